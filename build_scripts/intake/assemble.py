"""Make one text of the files of a language.

Reads   Readings, in the order in which the editor named the files
Writes  Assembled: the bytes of <lang>.txt, the edits that take the marks of pages out of it, the places of footnotes, and where
        each file stands in it
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..read import BREAK
from .extract import Footnote, Paragraph
from .reading import Reading

REASONS = {
    "page-number": {"kk": "бет нөмірі, шарттың мәтіні емес", "en": "the number of a page, not the text of the treaty"},
    "running-head": {
        "kk": "бет колонтитулы, шарттың мәтіні емес", "en": "the head or foot of a page, not the text of the treaty",
    },
    "joined": {"kk": "сөз жол соңында тасымалданған", "en": "the end of a line has cut the word"},
    "kept-hyphen": {"kk": "сөз жол соңында дефистен кейін бөлінген", "en": "the end of a line has cut the word at its hyphen"},
}


@dataclass(frozen=True)
class Correction:
    """An edit of layout, as edits.yml will have it. reason: a key of REASONS; sure: the text itself shows that it is right."""

    line: int
    quote: str
    replacement: str
    reason: str
    sure: bool = True


@dataclass(frozen=True)
class Hanging:
    """A footnote: the line it hangs on, the words of that line before its mark."""

    line: int
    before: str
    note: Footnote


@dataclass(frozen=True)
class Source:
    """A file and the lines of the text that came from it."""

    reading: Reading
    lines: tuple[int, int]


@dataclass(frozen=True)
class Assembled:
    data: bytes
    text: str
    layout: str  # as treaty.yml takes it
    sources: tuple[Source, ...]
    corrections: tuple[Correction, ...]
    footnotes: tuple[Hanging, ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def edited(self) -> str:
        """The text with the corrections made, line for line."""
        lines = BREAK.split(self.text)
        for each in self.corrections:
            lines[each.line - 1] = lines[each.line - 1].replace(each.quote, each.replacement, 1)
        return "\n".join(lines)


def assemble(readings: Sequence[Reading]) -> Assembled:
    if len(readings) == 1 and readings[0].is_itself:
        data = readings[0].file.data
        text = data.decode("utf-8-sig")
        return Assembled(data, text, "auto", (Source(readings[0], (1, _lines(text))),), (), ())
    pieces: list[str] = []
    sources: list[Source] = []
    corrections: list[Correction] = []
    footnotes: list[Hanging] = []
    line = 1
    for reading in readings:
        paragraphs = reading.extract.paragraphs
        piece = reading.extract.verbatim
        if piece is None:
            piece = "\n\n".join(f"{'#' * each.level} {each.text}" if each.level else each.text for each in paragraphs)
            for place, paragraph in enumerate(paragraphs):
                corrections += _corrections(paragraph, line + 2 * place)
                footnotes += [Hanging(line + 2 * place, paragraph.text[:at], note) for at, note in paragraph.footnotes]
        piece = piece.rstrip("\r\n") if len(readings) > 1 or reading.extract.verbatim is None else piece
        sources.append(Source(reading, (line, line + _lines(piece) - 1)))
        line += _lines(piece) + 1
        pieces.append(piece)
    text = "\n\n".join(pieces)
    text += "" if text.endswith("\n") else "\n"
    layout = "paragraphs" if all(reading.extract.verbatim is None for reading in readings) else "auto"
    return Assembled(text.encode("utf-8"), text, layout, tuple(sources), tuple(corrections), tuple(footnotes))


def _lines(text: str) -> int:
    return len(BREAK.split(text.rstrip("\r\n")))


def _corrections(paragraph: Paragraph, line: int) -> Iterator[Correction]:
    """From the end of the paragraph to its beginning, so that each quotation is still as it was when its turn comes."""
    if paragraph.furniture:
        yield Correction(line, paragraph.text, "", paragraph.furniture)
    text = paragraph.text
    for join in sorted(paragraph.joins, key=lambda each: -each.at):
        at, end = join.at, join.at + len(join.quote)
        while at > 0 and text.count(text[at:end]) > 1:
            at = max(text.rfind(" ", 0, max(at - 1, 0)) + 1, 0)
        quote = text[at:end]
        replacement = quote[: join.at - at] + join.replacement
        reason = "joined" if len(join.replacement) < len(join.quote) - 1 else "kept-hyphen"
        yield Correction(line, quote, replacement, reason, join.sure)
        text = text[:at] + replacement + text[end:]


