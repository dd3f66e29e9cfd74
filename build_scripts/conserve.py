"""Check that no character of a text is lost.

Reads   the lines of the source after the declared edits, the XML document made from them
Writes  Conservation: the figures shown on the site; a difference is a Problem

Every character that is not white space stands in the XML exactly once and in order. "#" marks of headings are layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from .blocks import HEADING_MARKS
from .markup import AKN
from .model import Conservation
from .problems import Code, Problems
from .read import Line

TEXT_PARTS = ("preface", "preamble", "body", "conclusions")


def xml_text(xml: bytes) -> str:
    """The text of a document without its meta and without white space."""
    act = etree.fromstring(xml)[0]
    return "".join("".join("".join(act.find(f"{{{AKN}}}{part}").itertext()).split()) for part in TEXT_PARTS
                   if act.find(f"{{{AKN}}}{part}") is not None)


def _characters(lines: Sequence[Line], marked: bool) -> Iterator[tuple[str, int]]:
    for line in lines:
        marks = HEADING_MARKS.match(line.text) if marked else None
        for character in line.text[marks.end() if marks else 0 :]:
            if not character.isspace():
                yield character, line.number


def conserve(lines: Sequence[Line], heading_marks: int, xml: bytes, file: str, problems: Problems) -> Conservation:
    """Compare the source with the XML, character by character; the first difference is a Problem with its line.

    heading_marks: how many "#" were read as marks of headings; when there are none, "#" is text.
    """
    source = list(_characters(lines, heading_marks > 0))
    kept = xml_text(xml)
    for place, (character, line) in enumerate(source):
        if place >= len(kept) or kept[place] != character:
            before = "".join(c for c, _ in source[max(place - 20, 0) : place])
            there = kept[place : place + 20] or "nothing"
            problems.add(
                Code.TEXT_LOST, file, line, f"after …{before} the source has {character!r}, the XML has {there!r}",
                "this is a fault of the parser; tell the developers and send the text",
            )
            return Conservation(len(source), place, heading_marks)
    if len(kept) > len(source):
        problems.add(
            Code.TEXT_LOST, file, lines[-1].number if lines else 0,
            f"the XML holds words that the source has not: {kept[len(source):][:40]!r}",
            "this is a fault of the parser; tell the developers and send the text",
        )
    return Conservation(len(source), min(len(kept), len(source)), heading_marks)
