"""Read a plain text.

Reads   bytes, the language, the encoding the editor names
Writes  Extract: the text as it is
"""

from __future__ import annotations

from .encoding import decode
from .extract import Extract
from .received import Received


def read_plain(file: Received, lang: str, encoding: str | None) -> Extract:
    text, found = decode(file.data, lang, encoding)
    return Extract(verbatim=text, encoding=found)
