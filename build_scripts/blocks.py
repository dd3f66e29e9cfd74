"""Join lines to logical paragraphs.

Reads   Lines, the forms of the language, the closing words that the editor marked
Writes  Blocks: one logical paragraph each, with the source line of every character

A text is laid out in one of two ways. `paragraphs`: a line is a paragraph, blank lines between. `wrapped`: a paragraph
begins with an indented line and runs on over the lines below; blank lines may be page breaks inside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .describe import ClosingWords
from .forms import Forms
from .model import Mark, Passage
from .problems import Code, Problems
from .read import Line

HEADING_MARKS = re.compile(r"^(#{1,6})\s+(?=\S)")
INDENT = 2  # spaces that make a line the first of a paragraph in a wrapped text
UNFINISHED = re.compile(r"\w\s*$")
OPEN_END = re.compile(r"[^.;:!?»”\"]$")


@dataclass(frozen=True)
class Block:
    """One logical paragraph; white space is single spaces, none at the ends.

    starts: (offset, line) pairs, from which offset on the characters come from which line of the source;
    level: how many "#" marked it as a heading; closes: the eId of the list whose closing words these are;
    after_closing: it followed closing words in the same paragraph of the source.
    """

    text: str
    starts: tuple[tuple[int, int], ...]
    marks: tuple[Mark, ...] = ()
    level: int = 0
    closes: str = ""
    after_closing: bool = False

    def line_at(self, offset: int) -> int:
        offsets = [start for start, _ in self.starts]
        return self.starts[max(bisect_right(offsets, offset) - 1, 0)][1]

    @property
    def lines(self) -> tuple[int, int]:
        return self.line_at(0), self.line_at(max(len(self.text) - 1, 0))

    def cut(self, start: int, end: int | None = None) -> Block:
        """The part from `start` to `end`, without white space at its ends."""
        end = len(self.text) if end is None else end
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        last = start + len(text)
        starts = ((0, self.line_at(start)),) + tuple((o - start, n) for o, n in self.starts if start < o < last)
        marks = tuple(Mark(max(m.at - start, 0), m.id) for m in self.marks if start < m.at <= end)
        return replace(self, text=text, starts=starts, marks=marks)

    def passage(self) -> Passage:
        return Passage(self.text, self.lines, edits=self.marks)


def lay_out(lines: Sequence[Line], forms: Forms, layout: str) -> tuple[list[Block], int]:
    """The blocks of `lines`, and how many "#" at the start of lines were read as marks of a heading.

    layout: "paragraphs", "wrapped" or "auto". "#" marks headings only in a text that marks its articles so.
    """
    marked = _is_marked(lines, forms)
    levels: dict[int, int] = {}
    if marked:
        lines = [_unmark(line, levels) for line in lines]
    wrapped = layout == "wrapped" or (layout == "auto" and _is_wrapped(lines))
    groups = _wrapped(lines, forms) if wrapped else [[line] for line in lines if line.text.strip()]
    blocks = [_join(group, levels.get(group[0].number, 0)) for group in groups]
    return blocks, sum(levels.values())


def _is_marked(lines: Sequence[Line], forms: Forms) -> bool:
    for line in lines:
        marks = HEADING_MARKS.match(line.text)
        if marks:
            rest = line.text[marks.end() :].strip()
            if forms.article_heading.search(rest) or forms.glued_heading.search(rest):
                return True
    return False


def _unmark(line: Line, levels: dict[int, int]) -> Line:
    marks = HEADING_MARKS.match(line.text)
    if not marks:
        return line
    levels[line.number] = len(marks.group(1))
    return Line(line.number, line.text[marks.end() :], tuple(Mark(m.at - marks.end(), m.id) for m in line.marks))


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Many lines go on, in lower case, with what the line above left unfinished."""
    full = sum(1 for line in lines if line.text.strip())
    runs_on = sum(1 for above, line in pairwise(lines) if UNFINISHED.search(above.text) and _goes_on_small(line.text))
    return full > 0 and runs_on >= full / 5


def _goes_on_small(text: str) -> bool:
    return text[:1].islower() and text[1:2] != ")"


def _wrapped(lines: Sequence[Line], forms: Forms) -> list[list[Line]]:
    """Guarantees: 1. an indented line begins a paragraph; 2. a heading of an article stands alone; 3. after one blank
    line a new paragraph begins, save where the one above is unfinished and the line goes on in lower case; 4. after a
    page break (two blank lines and more) an unindented line goes on with an unfinished paragraph."""
    groups: list[list[Line]] = []
    blank = 0
    closed = True
    for line in lines:
        text = line.text.strip()
        if not text:
            blank += 1
            continue
        heading = bool(forms.article_heading.search(text)) and len(text) < 40
        indented = len(line.text) - len(line.text.lstrip()) >= INDENT
        if heading or closed or indented or (blank and not _goes_on(groups[-1][-1], text, blank)):
            groups.append([line])
        else:
            groups[-1].append(line)
        closed, blank = heading, 0
    return groups


def _goes_on(above: Line, text: str, blank: int) -> bool:
    return bool(OPEN_END.search(above.text.rstrip())) and (text[0].islower() or blank >= 2)


def _join(group: Sequence[Line], level: int) -> Block:
    text = ""
    starts: list[tuple[int, int]] = []
    marks: list[Mark] = []
    for line in group:
        glue = "" if not text or _is_hyphenated(text, line.text.strip()) else " "
        text += glue
        starts.append((len(text), line.number))
        places = {0: len(text)}
        column = 0
        for part in re.finditer(r"\S+", line.text):
            if part.start() > column and column:
                text += " "
            for offset in range(part.start(), part.end()):
                text += line.text[offset]
                places[offset + 1] = len(text)
            column = part.end()
        marks += [Mark(max(p for at, p in places.items() if at <= mark.at), mark.id) for mark in line.marks]
    return Block(text, tuple(starts), tuple(marks), level)


def _is_hyphenated(above: str, below: str) -> bool:
    return above.endswith("-") and above[-2:-1].isalpha() and below[:1].islower()


def mark_closing(
    blocks: Sequence[Block], closing: Sequence[tuple[ClosingWords, int]], file: str, edits_file: str, problems: Problems
) -> list[Block]:
    """The blocks with the closing words of lists as blocks of their own.

    closing: each with the line of `edits_file` it stands on. Words that are not found once are a Problem.
    """
    result = list(blocks)
    for words, declared_on in closing:
        index, start = _find(result, words, file, edits_file, declared_on, problems)
        if index is None:
            continue
        block = result[index]
        end = len(block.text)
        if words.ends is not None:
            at = block.text.find(words.ends, start)
            if at < 0:
                _not_found(words.ends, words, file, edits_file, declared_on, problems)
                continue
            end = at + len(words.ends)
        pieces = [block.cut(0, start), replace(block.cut(start, end), closes=words.closes)]
        if block.text[end:].strip():
            pieces.append(replace(block.cut(end), after_closing=True))
        result[index : index + 1] = [piece for piece in pieces if piece.text]
    return result


def _find(
    blocks: Sequence[Block], words: ClosingWords, file: str, edits_file: str, declared_on: int, problems: Problems
) -> tuple[int | None, int]:
    places = [
        (index, at.start())
        for index, block in enumerate(blocks)
        if block.lines[0] <= words.line <= block.lines[1]
        for at in re.finditer(re.escape(words.begins), block.text)
    ]
    if not places:
        _not_found(words.begins, words, file, edits_file, declared_on, problems)
        return None, 0
    if len(places) > 1:
        problems.add(
            Code.CLOSING_NOT_FOUND, edits_file, declared_on,
            f"{words.begins!r} stands {len(places)} times in the paragraph at line {words.line} of {file}",
            "quote more words, so that they stand there once",
        )
        return None, 0
    return places[0]


def _not_found(
    quote: str, words: ClosingWords, file: str, edits_file: str, declared_on: int, problems: Problems
) -> None:
    problems.add(
        Code.CLOSING_NOT_FOUND, edits_file, declared_on, f"{quote!r} is not in the paragraph at line {words.line} of {file}",
        "quote the words as they are in the source after edits, in one piece, and give a line of their paragraph",
    )
