"""Find headings inside paragraphs: a whole treaty on one line, a chapter and its first article on another.

Reads   blocks, the headings chosen among them
Writes  the blocks, cut where a heading begins that the row lacks

Only where the row has a gap, or ends, is anything looked for; and only the numbers that the row asks for are taken, in their
order. So "Article 5" in running words stays there. Each stretch of text is looked through once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .announce import Announcement, announce
from .blocks import Block
from .choose import Chosen, Row
from .forms import Forms
from .model import DIVISIONS, Kind
from .number import follows, is_first

ENDS = tuple(".:;!?…»”)]")
BEFORE_ARTICLE = 260  # characters before an article in which the heading of its chapter may stand
LOOK_AHEAD = 40  # announcements


@dataclass(frozen=True)
class _Place:
    """An announcement inside a paragraph. is_plain: a sentence ends before it."""

    index: int
    at: int
    said: Announcement
    is_plain: bool


def cut_within(blocks: Sequence[Block], chosen: Chosen, forms: Forms) -> list[Block] | None:
    """The blocks cut at the headings that the rows lack, or None when there are none."""
    cuts: dict[int, list[int]] = {}
    divisions = {head.index for head in chosen.heads if head.kind in DIVISIONS}
    for row in chosen.rows:
        for before, after, start, end in _gaps(row, chosen):
            for place in _fill(blocks, forms, before, after, start, end, divisions):
                cuts.setdefault(place.index, []).append(place.at)
    if not cuts:
        return None
    return [piece for index, block in enumerate(blocks) for piece in _pieces(block, sorted(cuts.get(index, ())), forms)]


def _gaps(row: Row, chosen: Chosen) -> Iterator[tuple[str, str, int, int]]:
    """Where numbers lack: the number before ("" at the beginning), the one after ("" at the end), the first block, the last."""
    if not row.heads:
        if row.owner is None:
            yield "", "", 0, row.end - 1
        return
    start = row.owner.index if row.owner is not None else 0
    if not is_first(row.heads[0].number):
        yield "", row.heads[0].number, start, row.heads[0].index - 1
    for one, other in zip(row.heads, row.heads[1:]):
        if not follows(one.number, other.number):
            yield one.number, other.number, one.index, other.index - 1
    yield row.last, "", row.heads[-1].index, row.end - 1


def _fill(
    blocks: Sequence[Block], forms: Forms, before: str, after: str, start: int, end: int, divisions: set[int]
) -> Iterator[_Place]:
    """The announcements that continue the row from `before` up to `after`."""
    places = list(_places(blocks, forms, start, end))
    is_open = bool(before) and not after
    last = before
    for index, place in enumerate(places):
        fitting = [n for n in place.said.numbers if (follows(last, n) if last else is_first(n))]
        if not fitting or fitting[0] == after:
            continue
        if not place.is_plain and (
            (is_open and place.index not in divisions) or _comes_again(places[index + 1 : index + LOOK_AHEAD], fitting[0])
        ):
            continue
        last = fitting[0]
        yield place


def _comes_again(places: Sequence[_Place], number: str) -> bool:
    """Whether the number comes once more after the end of a sentence, before the next number comes so."""
    for place in places:
        if place.is_plain and number in place.said.numbers:
            return True
        if place.is_plain and any(follows(number, each) for each in place.said.numbers):
            return False
    return False


def _places(blocks: Sequence[Block], forms: Forms, start: int, end: int) -> Iterator[_Place]:
    for index in range(start, end + 1):
        text = blocks[index].text
        for found in forms.within.finditer(forms.fold(text)):
            at = found.start()
            if at == 0 or not text[at].isalnum() or text[at].islower():
                continue
            said = announce(text, forms, start=at)
            if said is not None and said.kind is Kind.ARTICLE and not said.is_glued:
                yield _Place(index, at, said, text[:at].rstrip()[-1:] in ENDS)


def _pieces(block: Block, cuts: Sequence[int], forms: Forms) -> Iterator[Block]:
    """The pieces of a paragraph; a heading of a chapter before an article is a piece of its own."""
    if not cuts:
        yield block
        return
    at = 0
    for cut in cuts:
        yield from _with_division(block, at, cut, forms)
        at = cut
    yield replace(block.cut(at), is_cut=True)


def _with_division(block: Block, start: int, end: int, forms: Forms) -> Iterator[Block]:
    tail = max(start, end - BEFORE_ARTICLE)
    found = None
    for each in forms.within.finditer(forms.fold(block.text[tail:end])):
        at = tail + each.start()
        said = announce(block.text[:end], forms, start=at)
        is_plain = at == start or block.text[start:at].rstrip()[-1:] in ENDS
        if said is not None and said.kind in DIVISIONS and is_plain and at > start and not block.text[at].islower():
            found = at
            break
    middle = end if found is None else found
    first = replace(block.cut(start, middle), is_cut=block.is_cut or start > 0)
    if first.text:
        yield first
    if found is not None:
        yield replace(block.cut(found, end), is_cut=True)
