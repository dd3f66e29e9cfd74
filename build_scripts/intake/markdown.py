"""Read Markdown.

Reads   bytes, the language, the encoding the editor names, Signs
Writes  Extract: the text as it is where headings, of articles too, are its only marks; otherwise the words without the marks

Numbers stay as they were typed, though Markdown would count them anew.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from ..problems import Code
from .breaks import Signs
from .encoding import decode
from .extract import Extract
from .html import OWN_NUMBER, read_markup
from .received import Received
from .refuse import Refused

DEEPEST = 100  # quotations and lists inside each other
MARKS = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)


def read_markdown(file: Received, lang: str, encoding: str | None, signs: Signs) -> Extract:
    text, found = decode(file.data, lang, encoding)
    parser = MarkdownIt("commonmark", {"breaks": True, "maxNesting": DEEPEST}).enable("table").disable("code")
    tokens = parser.parse(text)
    if max((token.level for token in tokens), default=0) >= DEEPEST - 1:
        raise Refused(
            Code.FILE_TOO_LARGE, "the Markdown is nested deeper than any that a person has written; not all of it can be read",
            "save the file as plain text, with the ending .txt",
        )
    for token in tokens:
        if token.type == "list_item_open" and token.info:
            token.attrSet(OWN_NUMBER, f"{token.info}{token.markup}")
    extract = read_markup(parser.renderer.render(tokens, parser.options, {}), signs)
    lone = MARKS.search(text) and not any(each.level and signs.begins(each.text) for each in extract.paragraphs)
    if not lone and _characters(MARKS.sub("", text)) == _characters("\n".join(each.text for each in extract.paragraphs)):
        return Extract(verbatim=text, encoding=found)
    remark = "marks of Markdown (emphasis, links, tables and the like) were taken out of the text"
    return Extract(
        extract.paragraphs, encoding=found, left_out=extract.left_out + (remark,), remarks=extract.remarks
    )


def _characters(text: str) -> str:
    return "".join(text.split())
