"""Join lines to logical paragraphs.

Reads   Lines, the forms of the language, the closing words that the editor marked
Writes  Blocks: one logical paragraph each, with the source line of every character

A text is laid out in one of two ways. `paragraphs`: a line is a paragraph, blank lines between. `wrapped`: a paragraph
begins with an indented line, a number, or after a blank line, and runs on over the lines below; blank lines may be page breaks
inside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .announce import Announcement, announce
from .describe import ClosingWords
from .forms import Forms
from .model import Mark, Passage
from .problems import Code, Problems
from .read import Line

HEADING_MARKS = re.compile(r"^(#{1,6})\s+(?=\S)")
INDENT = 2  # spaces that make a line the first of a paragraph in a wrapped text
UNFINISHED = re.compile(r"\w\s*$")
OPEN_END = re.compile(r"[^.;:!?»”\"]$")
NUMBER = re.compile(r"\(?(?:\d{1,3}(?:[-.]\d{1,2})*|[^\W\d_]|[ivxlIVXL]{2,5})(?:\)|\.(?!\d))|[-–—•·*]\s")
HEADING_LENGTH = 200  # characters; a longer line that begins like a heading is a sentence


@dataclass(frozen=True)
class Block:
    """One logical paragraph; white space is single spaces, none at the ends.

    starts: (offset, line) pairs, from which offset on the characters come from which line of the source;
    level: how many "#" marked it as a heading; closes: the eId of the list whose closing words these are;
    after_closing: it followed closing words in the same paragraph of the source; is_cut: a heading was found in the middle of the
    paragraph, and this begins with it; is_contents: it is a line of a table of contents.
    """

    text: str
    starts: tuple[tuple[int, int], ...]
    marks: tuple[Mark, ...] = ()
    level: int = 0
    closes: str = ""
    after_closing: bool = False
    is_cut: bool = False
    is_contents: bool = False

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


def has_number(text: str) -> bool:
    """Whether a paragraph begins with the number, letter or dash of a list."""
    return NUMBER.match(text) is not None


def is_title(words: str) -> bool:
    """Whether words may be a heading: short, and no sentence."""
    return 0 < len(words) <= HEADING_LENGTH and not words[0].islower() and words[-1] not in ".;:,"


def _is_marked(lines: Sequence[Line], forms: Forms) -> bool:
    for line in lines:
        marks = HEADING_MARKS.match(line.text)
        if marks and announce(" ".join(line.text[marks.end() :].split()), forms, True):
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
    """Guarantees: 1. an indented line begins a paragraph, and so does a number below a line that ended; 2. a heading stands
    alone, and
    so does the title below it; 3. after one blank line a new paragraph begins, save where the one above is unfinished and
    the line
    goes on in lower case; 4. after a page break (two blank lines and more) an unindented line goes on with an unfinished
    paragraph."""
    groups: list[list[Line]] = []
    full = [line for line in lines if line.text.strip()]
    width = sorted(len(line.text.rstrip()) for line in full)[len(full) * 9 // 10] if full else 0
    closed, bare = True, False
    for place, line in enumerate(full):
        text = " ".join(line.text.split())
        above = groups[-1][-1] if groups else None
        blank = line.number - above.number - 1 if above else 0
        following = full[place + 1] if place + 1 < len(full) else None
        below = following.text.strip() if following else ""
        said = announce(text, forms) if len(text) <= HEADING_LENGTH else None
        heading = said is not None and _stands_alone(text, said, above, blank, below)
        ends_there = (
            following is None or following.number > line.number + 1 or len(line.text.rstrip()) < 0.8 * width or has_number(below)
        )
        title = bare and ends_there and _is_title_line(text, below)
        indented = len(line.text) - len(line.text.lstrip()) >= INDENT
        listed = above is not None and has_number(text) and not OPEN_END.search(above.text.rstrip())
        if above is None or heading or closed or indented or listed or (blank and not _goes_on(above, text, blank)):
            groups.append([line])
        else:
            groups[-1].append(line)
        closed = heading or title
        bare = heading and said is not None and said.rest >= len(text)
    return groups


def _stands_alone(text: str, said: Announcement, above: Line | None, blank: int, below: str) -> bool:
    if said.rest >= len(text):
        above_ends = above is None or blank or not OPEN_END.search(above.text.rstrip())
        return said.is_capital or bool(above_ends) or not below[:1].islower() or has_number(below)
    return (said.is_parted or said.is_capital) and text[-1] not in ".;:," and not _goes_on_small(below)


def _is_title_line(text: str, below: str) -> bool:
    """The title of an article on the line below its number."""
    return text[0].isupper() and len(text) < HEADING_LENGTH / 2 and text[-1] not in ".;:," and not _goes_on_small(below)


def _goes_on(above: Line, text: str, blank: int) -> bool:
    return bool(OPEN_END.search(above.text.rstrip())) and (text[0].islower() or blank >= 2)


def _join(group: Sequence[Line], level: int) -> Block:
    pieces: list[str] = []
    starts: list[tuple[int, int]] = []
    marks: list[Mark] = []
    length = 0
    for line in group:
        words = line.text.split()
        if pieces and not _is_hyphenated(pieces[-1], words[0]):
            pieces.append(" ")
            length += 1
        starts.append((length, line.number))
        text = " ".join(words)
        marks += [Mark(length + _squeezed(line.text, mark.at), mark.id) for mark in line.marks]
        pieces.append(text)
        length += len(text)
    return Block("".join(pieces), tuple(starts), tuple(marks), level)


def _squeezed(text: str, at: int) -> int:
    """Where `at` stands when white space becomes single spaces and is cut off at the ends."""
    return len(" ".join(text[:at].split()))


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
            Code.CLOSING_NOT_FOUND,
            edits_file,
            declared_on,
            f"{words.begins!r} stands {len(places)} times in the paragraph at line {words.line} of {file}",
            "quote more words, so that they stand there once",
        )
        return None, 0
    return places[0]


def _not_found(quote: str, words: ClosingWords, file: str, edits_file: str, declared_on: int, problems: Problems) -> None:
    problems.add(
        Code.CLOSING_NOT_FOUND,
        edits_file,
        declared_on,
        f"{quote!r} is not in the paragraph at line {words.line} of {file}",
        "quote the words as they are in the source after edits, in one piece, and give a line of their paragraph",
    )
