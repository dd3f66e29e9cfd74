"""Count the automatic numbers of a Word document, as Word prints them.

Reads   the numbering and the styles of the document (ECMA-376 part 1, 17.9)
Writes  for each paragraph in turn the number that stands before it: "1.", "Article 4", "б)"; "" when none does

Guarantees: 1. each list counts on its own, and goes on after other paragraphs; 2. a level begins anew below a new number
of the level above; 3. a start that a list overrides is used once; 4. a number may name the levels above it ("2.1.").
"""

from __future__ import annotations

from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml import etree

from ..number import RUSSIAN
from .html import roman

LEVELS = 9
DASHES = frozenset("-‐‑‒–—−")
ORDINALS = {1: "st", 2: "nd", 3: "rd"}
LEGAL = "decimal"


@dataclass
class _Level:
    start: int = 1
    shape: str = "decimal"
    text: str = ""
    after: str = "tab"
    restart: int | None = None  # the level whose numbers begin it anew; 0: none does
    legal: bool = False
    style: str = ""


@dataclass
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Asked for each paragraph in the order of the text."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None):
        self.styles = {} if styles is None else {s.get(qn("w:styleId")): s for s in styles.iterfind(qn("w:style"))}
        self.abstract: dict[str, _List] = {}
        self.lists: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self.used: set[tuple[str, int]] = set()
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: etree._Element) -> None:
        links: dict[str, str] = {}
        own: dict[str, str] = {}
        for definition in numbering.iterfind(qn("w:abstractNum")):
            name = str(definition.get(qn("w:abstractNumId")))
            self.abstract[name] = _List(dict(map(_level, definition.iterfind(qn("w:lvl")))))
            for key, target in (("w:numStyleLink", links), ("w:styleLink", own)):
                style = _value(definition.find(qn(key)))
                if style:
                    target[name if target is links else style] = style if target is links else name
        for name, style in links.items():
            if style in own:
                self.abstract[name] = self.abstract[own[style]]
        for number in numbering.iterfind(qn("w:num")):
            levels, starts = {}, {}
            for override in number.iterfind(qn("w:lvlOverride")):
                place = int(override.get(qn("w:ilvl"), "0"))
                start = _value(override.find(qn("w:startOverride")))
                if start:
                    starts[place] = int(start)
                if override.find(qn("w:lvl")) is not None:
                    levels[place] = _level(override.find(qn("w:lvl")))[1]
            abstract = _value(number.find(qn("w:abstractNumId")))
            self.lists[str(number.get(qn("w:numId")))] = (abstract, levels, starts)

    def label(self, paragraph: etree._Element) -> str:
        """The number of a paragraph (w:p), with the white space that follows it."""
        place = self._place(paragraph)
        if place is None:
            return ""
        number, depth = place
        abstract, overriding, starts = self.lists[number]
        counted = self.abstract[abstract]
        level = overriding.get(depth) or counted.levels.get(depth)
        if level is None:
            return ""
        self._count(number, depth, counted, level, starts)
        return self._print(level, counted, overriding)

    def _place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The list and the level of a paragraph: its own, or its style's."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        style = _value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")) or self._default_style()
        number = _value(own.find(qn("w:numId"))) if own is not None else ""
        depth = _value(own.find(qn("w:ilvl"))) if own is not None else ""
        named = ""
        while style in self.styles and not number:
            found = self.styles[style].find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if found is not None:
                number = _value(found.find(qn("w:numId")))
                depth = depth or _value(found.find(qn("w:ilvl")))
                named = style
            style = _value(self.styles[style].find(qn("w:basedOn")))
        if number not in self.lists or number == "0" or self.lists[number][0] not in self.abstract:
            return None
        if named and not depth:
            levels = self.abstract[self.lists[number][0]].levels
            depth = next((str(place) for place, level in levels.items() if level.style == named), "0")
        return number, min(int(depth or 0), LEVELS - 1)

    def _default_style(self) -> str:
        for name, style in self.styles.items():
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true"):
                return str(name)
        return ""

    def _count(self, number: str, depth: int, counted: _List, level: _Level, starts: dict[int, int]) -> None:
        counts = counted.counts
        if depth in starts and (number, depth) not in self.used:
            counts[depth] = starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self.used.add((number, depth))
        for above in range(depth):
            if above not in counts:
                counts[above] = counted.levels[above].start if above in counted.levels else 1
        for below in [place for place in counts if place > depth]:
            restart = counted.levels[below].restart if below in counted.levels else None
            if restart is None or (restart and depth < restart):
                del counts[below]

    def _print(self, level: _Level, counted: _List, overriding: dict[int, _Level]) -> str:
        if level.shape == "none" and "%" not in level.text.replace("%%", ""):
            return ""
        if level.shape == "bullet":
            return f"{level.text} " if level.text in DASHES and level.text else ""
        text = level.text
        for place in range(LEVELS):
            mark = f"%{place + 1}"
            if mark in text:
                shape = (overriding.get(place) or counted.levels.get(place) or _Level()).shape
                number = counted.counts.get(place, 1)
                text = text.replace(mark, printed(number, LEGAL if level.legal and shape != "none" else shape))
        if not text:
            return ""
        return text if level.after == "nothing" else f"{text} "


def _level(element: etree._Element) -> tuple[int, _Level]:
    restart = _value(element.find(qn("w:lvlRestart")))
    start = _value(element.find(qn("w:start")))
    legal = element.find(qn("w:isLgl"))
    return int(element.get(qn("w:ilvl"), "0")), _Level(
        int(start) if start else 1, _value(element.find(qn("w:numFmt"))) or "decimal", _value(element.find(qn("w:lvlText"))),
        _value(element.find(qn("w:suff"))) or "tab", int(restart) if restart else None,
        legal is not None and legal.get(qn("w:val"), "1") not in ("0", "false"), _value(element.find(qn("w:pStyle"))),
    )


def _value(element: etree._Element | None) -> str:
    return "" if element is None else str(element.get(qn("w:val"), ""))


def printed(number: int, shape: str) -> str:
    """A number as Word prints it in a shape (w:numFmt). One that is not known is printed in digits."""
    if shape == "none":
        return ""
    if shape == "decimalZero":
        return f"{number:02d}"
    if shape in ("lowerLetter", "upperLetter"):
        words = _repeated(number, "abcdefghijklmnopqrstuvwxyz")
    elif shape in ("russianLower", "russianUpper"):
        words = _repeated(number, RUSSIAN)
    elif shape in ("lowerRoman", "upperRoman"):
        words = roman(number)
    elif shape == "ordinal":
        return f"{number}{ORDINALS.get(number % 10 if number % 100 not in (11, 12, 13) else 0, 'th')}"
    else:
        return str(number)
    return words.upper() if shape.startswith(("upper", "russianUpper")) else words


def _repeated(number: int, alphabet: str) -> str:
    """Word's letters go a … z, aa, bb, not ab."""
    if number < 1:
        return str(number)
    turns, place = divmod(number - 1, len(alphabet))
    return alphabet[place] * (turns + 1)
