"""What every reader of a format gives: the paragraphs that a file holds, in reading order.

Reads   nothing: these are the objects that pass between the readers and what follows them
Writes  Extract
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

SUPERSCRIPT = str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
PICTURES = {code: chr(0x2400 + code) for code in range(32)} | {0x7F: "␡"}
RAISED = re.compile(r"[0-9]+([-−][0-9]+)?")


@dataclass(frozen=True)
class Join:
    """Words that a line end has cut. quote: as they stand in the paragraph; replacement: as they are read.

    sure: whether the text itself shows which way the word is written.
    """

    at: int  # code points from the beginning of the paragraph
    quote: str
    replacement: str
    sure: bool


@dataclass(frozen=True)
class Footnote:
    """A footnote of the source. mark: as printed, or ""; text: its words."""

    mark: str
    text: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: a line of the text that is written.

    level: 1 to 6 for a heading, 0 otherwise;
    furniture: "page-number" or "running-head" when it belongs to the page and not to the treaty;
    footnotes: (code points before the mark, footnote).
    """

    text: str
    level: int = 0
    furniture: str = ""
    joins: tuple[Join, ...] = ()
    footnotes: tuple[tuple[int, Footnote], ...] = ()


@dataclass(frozen=True)
class Extract:
    """What a file holds. verbatim: the text itself, where the file is nothing else; then there are no paragraphs.

    left_out: what the file holds besides its text, in words, for the report and for treaty.yml;
    remarks: what an editor should look at, without a line.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    verbatim: str | None = None
    encoding: str | None = None
    left_out: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass
class Gathering:
    """Paragraphs while a file is read."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, paragraph: Paragraph) -> None:
        """A paragraph without white space at its ends; one of white space alone is none."""
        text = paragraph.text.strip()
        if not text:
            if paragraph.footnotes and self.paragraphs:
                last = self.paragraphs[-1]
                moved = tuple((len(last.text), note) for _, note in paragraph.footnotes)
                self.paragraphs[-1] = replace(last, footnotes=last.footnotes + moved)
            return
        shift = len(paragraph.text) - len(paragraph.text.lstrip())
        notes = tuple((min(max(at - shift, 0), len(text)), note) for at, note in paragraph.footnotes)
        joins = tuple(replace(join, at=join.at - shift) for join in paragraph.joins)
        self.paragraphs.append(replace(paragraph, text=text, footnotes=notes, joins=joins))

    def extract(self) -> Extract:
        return Extract(tuple(self.paragraphs), left_out=tuple(self.left_out), remarks=tuple(self.remarks))


def table_row(cells: Iterable[str]) -> str:
    """A row of a table in one line: "| Tariff | 5 % |"."""
    return "| " + " | ".join(cell.strip() for cell in cells) + " |"


def superscript(text: str) -> str:
    """Raised digits as the characters that stand for them: 1 -> ¹. Other words stay as they are."""
    return text.translate(SUPERSCRIPT) if RAISED.fullmatch(text) else text


def brief(text: str, length: int = 60) -> str:
    """Words for a message, on one line; a control character is shown as its picture."""
    text = " ".join(text.split()).translate(PICTURES)
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
