"""Read Akoma Ntoso, ours or others', as a text in our own notation.

Reads   the bytes of the XML, the language the editor names
Writes  Extract: the notation, with the lines and, where others made the XML, the eIds left to be made anew
"""

from __future__ import annotations

from dataclasses import replace

from ..foreign import NotAkomaNtoso, is_ours, read_foreign, renamed, told
from ..forms import languages
from ..load import load_expression
from ..notation import write_notation
from ..problems import Code
from .extract import Extract
from .received import Received
from .refuse import Refused


def read_akoma_ntoso(file: Received, lang: str) -> Extract:
    """Raises Refused."""
    try:
        if is_ours(file.data, file.name):
            own = load_expression(file.data)
            _check_language(own.lang, lang)
            return Extract(verbatim=write_notation(own, with_lines=False))
        found = read_foreign(file.data, file.name)
    except NotAkomaNtoso as fault:
        hint = "send it as it was made, or the text as DOCX, PDF, HTML or plain text"
        raise Refused(Code.FORMAT_UNKNOWN, str(fault), hint) from None
    if found.lang:
        _check_language(found.lang, lang)
    if found.kept < found.characters:
        raise Refused(
            Code.TEXT_LOST, f"of its {found.characters:,} characters only {found.kept:,} would be kept",
            "this is a fault of the program: send the file to the developers",
        )
    expression = renamed(replace(found.expression, lang=lang, title=found.title))
    text = write_notation(expression, with_eids=False, with_lines=False)
    return Extract(verbatim=text, remarks=tuple(told(found.unsupported)))


def _check_language(said: str, lang: str) -> None:
    if said != lang and lang in languages():
        raise Refused(Code.LANGUAGE_UNKNOWN, f"the XML says that it is in {said}, --lang says {lang}", f"give --lang {said}")
