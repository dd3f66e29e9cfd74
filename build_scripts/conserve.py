"""Check that no character of a text is lost.

Reads   the lines of the source after the declared edits, the XML document made from them
Writes  Conservation: the figures shown on the site; a difference is a Problem

Every character that is not white space stands in the XML exactly once and in order. "#" marks of headings are layout.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from .blocks import HEADING_MARKS
from .markup import AKN
from .model import Conservation
from .problems import Code, Problems
from .read import Line

TEXT_PARTS = ("coverPage", "preface", "preamble", "body", "mainBody", "conclusions", "attachments")
HINT = "this is a fault of the parser; tell the developers and send the text"


def xml_text(xml: bytes) -> str:
    """The text of a document without its meta and without white space."""
    act = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))[0]
    parts = [part for part in act if isinstance(part.tag, str) and etree.QName(part).localname in TEXT_PARTS]
    return "".join("".join(words.split()) for part in parts for words in part.itertext(f"{{{AKN}}}*"))


def _without_space(line: Line, is_marked: bool) -> str:
    marks = HEADING_MARKS.match(line.text) if is_marked else None
    return "".join(line.text[marks.end() if marks else 0 :].split())


def conserve(lines: Sequence[Line], heading_marks: int, xml: bytes, file: str, problems: Problems) -> Conservation:
    """Compare the source with the XML, character by character; the first difference is a Problem with its line.

    heading_marks: how many "#" were read as marks of headings; when there are none, "#" is text.
    """
    pieces = [_without_space(line, heading_marks > 0) for line in lines]
    source, kept = "".join(pieces), xml_text(xml)
    same = _same_until(source, kept)
    if same < len(source):
        there = kept[same : same + 20] or "nothing"
        problems.add(
            Code.TEXT_LOST, file, _line_of(same, pieces, lines),
            f"after …{source[max(same - 20, 0) : same]} the source has {source[same]!r}, the XML has {there!r}", HINT,
        )
    elif len(kept) > len(source):
        problems.add(
            Code.TEXT_LOST, file, lines[-1].number if lines else 0,
            f"the XML holds words that the source has not: {kept[len(source):][:40]!r}", HINT,
        )
    return Conservation(len(source), same, heading_marks)


def _same_until(one: str, other: str) -> int:
    """How many characters two texts have in common from the beginning."""
    if one == other:
        return len(one)
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _line_of(place: int, pieces: Sequence[str], lines: Sequence[Line]) -> int:
    for piece, line in zip(pieces, lines):
        if place < len(piece):
            return line.number
        place -= len(piece)
    return lines[-1].number if lines else 0
