"""Choose which announcements are headings, and what stands in what.

Reads   blocks, the forms of the language
Writes  Head: one heading, its number as the row of numbers shows it, and the division or annex that it stands in

A line that begins with "Article 2" may be a heading or a sentence, 671 may be 67¹, C may be a letter or a hundred: the row
decides.
A heading is sure by itself when it stands alone on its line, in capitals, or is marked with "#"; a doubtful one is taken
where its
number is the one that the row lacks. Articles are counted anew in an annex, and in a chapter that begins with an article 1
of its own.
Each block is looked at a bounded number of times.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .announce import KINDS, Announcement, announce, announce_nearly
from .blocks import Block, has_number, is_title
from .forms import Forms
from .model import ATTACHED, DIVISIONS, Kind
from .number import between, follows, is_first, key_of
from .numeral import flattened

FINISHED = tuple('.;:!?…»”"’)]|*–—-')
LONG_LINE = 60  # characters; a line as long as that, without a full stop, goes on below
SHORTEST = 6  # characters; a number with its brackets is no longer
LIST_NEAR = 6  # paragraphs below a title in which its list begins
LEAST_CONTENTS = 3  # headings in a row without text, which come again later, are a table of contents


@dataclass(eq=False)
class Head:
    """A heading. number: as it stands in eIds, "" when it has none; inside: the division or annex that it stands in;
    is_anew: it is a division, or an annex, whose articles are counted anew; is_implied: a second text begins here,
    unannounced."""

    index: int  # of its block
    said: Announcement
    is_sure: bool
    number: str = ""
    inside: Head | None = None
    is_anew: bool = False
    is_implied: bool = False

    @property
    def kind(self) -> Kind:
        return self.said.kind

    @property
    def number_said(self) -> str:
        """The likeliest reading of its number."""
        return self.said.numbers[0] if self.said.numbers else ""


@dataclass(eq=False)
class Row:
    """Articles that are counted together. owner: the division or annex, None for the main text."""

    owner: Head | None
    heads: list[Head] = field(default_factory=list)
    end: int = 0  # the block after its last one

    @property
    def last(self) -> str:
        return self.heads[-1].number if self.heads else ""


@dataclass(frozen=True)
class Chosen:
    """contents: the blocks of a table of contents; rows: for the check of gaps and repeats."""

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    contents: frozenset[int]


def choose(blocks: Sequence[Block], forms: Forms, is_conclusion: Callable[[str], bool]) -> Chosen:
    """The headings among `blocks`. is_conclusion: whether a paragraph belongs to the end of a treaty."""
    found = _found(blocks, forms)
    contents = _contents(found, blocks)
    found = [head for head in found if head.index not in contents]
    chooser = _Chooser(blocks, found, forms, is_conclusion)
    return Chosen(tuple(chooser.run()), tuple(chooser.rows), frozenset(contents))


# --- what may be a heading ----------------------------------------------------------------------------------------


def _found(blocks: Sequence[Block], forms: Forms) -> list[Head]:
    said = [announce(block.text, forms, block.level > 0) or announce_nearly(block.text, forms) for block in blocks]
    is_marked = any(block.level and one and one.kind is Kind.ARTICLE for block, one in zip(blocks, said))
    return [
        Head(index, one, _is_sure(index, one, blocks, said, is_marked, forms))
        for index, one in enumerate(said)
        if one is not None
    ]


def _is_sure(
    index: int,
    said: Announcement,
    blocks: Sequence[Block],
    all_said: Sequence[Announcement | None],
    is_marked: bool,
    forms: Forms,
) -> bool:
    block = blocks[index]
    if said.is_misspelt:
        return False
    if block.level or block.is_cut:
        return True
    words = block.text[said.rest :]
    if said.is_glued or (is_marked and said.kind is Kind.ARTICLE):
        return False
    above_ends = index == 0 or all_said[index - 1] is not None or is_finished(blocks[index - 1].text, forms)
    if not words:
        goes_on = index + 1 < len(blocks) and all_said[index + 1] is None and goes_on_small(blocks[index + 1])
        ends_sentence = said.kind in ATTACHED and block.text.endswith(".")
        return not goes_on and (said.is_capital or (above_ends and not ends_sentence))
    if not above_ends:
        return False
    if is_title(words):
        return said.is_parted or said.is_capital
    return said.is_parted and said.kind is Kind.ARTICLE


def is_finished(text: str, forms: Forms) -> bool:
    """Whether a paragraph ends what it says."""
    if text.endswith(FINISHED):
        return not (len(text) < SHORTEST and has_number(text))  # "(a)" alone
    if text.isupper():
        return True
    return len(text) < LONG_LINE and text[-1:] != "," and forms.fold(text.rpartition(" ")[2]) not in forms.leads_on


def goes_on_small(block: Block) -> bool:
    """Whether a paragraph begins in small letters, or with a comma, and with no number of a list."""
    return (block.text[:1].islower() and not has_number(block.text)) or block.text[:1] in ",;"


# --- a table of contents ------------------------------------------------------------------------------------------


def _contents(heads: Sequence[Head], blocks: Sequence[Block]) -> set[int]:
    """The blocks of a table of contents: headings with nothing, or only a title, between them, which come again later."""
    keys = [(head.kind, head.said.numbers[:1]) for head in heads]
    last = {key: place for place, key in enumerate(keys)}
    found: set[int] = set()
    start = 0
    while start < len(heads):
        seen = {keys[start]}
        end = start + 1
        while end < len(heads) and _is_thin(blocks, heads[end - 1].index + 1, heads[end].index):
            if keys[end] in seen and last[keys[end]] == end:
                break  # here the text itself begins
            seen.add(keys[end])
            end += 1
        run = heads[start:end]
        again = sum(last[key] >= end for key in keys[start:end])
        if len(run) >= LEAST_CONTENTS and again >= 0.8 * len(run):
            found |= set(range(run[0].index, run[-1].index + 1))
        start = end
    return found


def _is_thin(blocks: Sequence[Block], start: int, end: int) -> bool:
    return end - start <= 1 and all(is_title(block.text) for block in blocks[start:end])


# --- the row ------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class _Region:
    """The main text, or one annex while it is read. rows: the row of the region itself, then those of divisions counted anew."""

    head: Head | None
    above: _Region | None
    rows: list[Row]
    divisions: list[Head] = field(default_factory=list)  # open, the largest first
    last: dict[Kind, str] = field(default_factory=dict)  # the last number of each kind of division and annex
    fresh: list[Head] = field(default_factory=list)  # divisions opened since the last article

    @property
    def row(self) -> Row:
        return self.rows[-1]


class _Chooser:
    def __init__(self, blocks: Sequence[Block], found: Sequence[Head], forms: Forms, is_conclusion: Callable[[str], bool]):
        self.blocks, self.found, self.forms, self.is_conclusion = blocks, found, forms, is_conclusion
        self.region = _Region(None, None, [Row(None)])
        self.rows = [self.region.row]
        self.contains = _containing(found)
        self.order = [KINDS[name] for name in forms.order]
        self.next_article = list(_next_sure(found))
        self.places: dict[tuple[Kind, str], list[int]] = {}  # the blocks on which each number stands
        for head in found:
            for number in head.said.numbers[:1]:
                self.places.setdefault((head.kind, number), []).append(head.index)

    def run(self) -> Iterator[Head]:
        for place, head in enumerate(self.found):
            if head.kind is Kind.ARTICLE:
                yield from self._article(head, self.next_article[place])
            elif head.kind in DIVISIONS:
                yield from self._division(head)
            else:
                yield from self._attached(head, self.next_article[place])
        while self.region is not None:
            self._close(len(self.blocks))

    # articles

    def _article(self, head: Head, after: Head | None) -> Iterator[Head]:
        self._return_for(head, lambda region: region.row.last)
        row = self.region.row
        number = self._reading(head, row.last) if head.said.numbers else between(row.last, after.number_said if after else "")
        is_alone = head.said.rest >= len(self.blocks[head.index].text)
        if not number or (not head.is_sure and (head.said.is_misspelt or not is_alone) and not self._ends_above(head)):
            return
        fits = follows(row.last, number) if row.last else is_first(number)
        if not head.is_sure and not (fits or self._begins_anew(number)):
            return
        if not head.is_sure and after is not None and number in after.said.numbers[:1] and not self._looks_like_one(head):
            return
        if not fits and row.last and self._is_stray(head, number, row.last, after):
            return
        head.number = number
        if not fits and row.heads and is_first(number):
            yield from self._count_anew(head, after)
        self.region.row.heads.append(head)
        head.inside = self.region.divisions[-1] if self.region.divisions else self.region.head
        self.region.fresh.clear()
        yield head

    def _looks_like_one(self, head: Head) -> bool:
        """Whether a doubtful heading is a number and a title below something that ended."""
        return is_title(self.blocks[head.index].text[head.said.rest :]) and self._ends_above(head)

    def _ends_above(self, head: Head) -> bool:
        return head.index == 0 or is_finished(self.blocks[head.index - 1].text, self.forms)

    def _begins_anew(self, number: str) -> bool:
        return is_first(number) and bool(self.region.fresh)

    def _reading(self, head: Head, last: str) -> str:
        """The reading that the row asks for. 671 is 67-1 after 67, and 67 after 66, when 68 comes later."""
        numbers = head.said.numbers
        plain = numbers[0]
        if not last:
            return next((number for number in numbers if is_first(number)), plain)
        if follows(last, plain):
            return plain
        fitting = next((number for number in numbers[1:] if follows(last, number)), None)
        if fitting is not None:
            return fitting
        raised = next((number for number in flattened(plain) if follows(last, number)), plain)
        next_plain = str(key_of(raised)[0] + 1)
        places = self.places.get((head.kind, next_plain), [])
        return raised if bisect_right(places, head.index) < len(places) else plain

    def _is_stray(self, head: Head, number: str, last: str, after: Head | None) -> bool:
        """A reference at the beginning of a line: without it the row is whole."""
        is_alone = head.said.rest >= len(self.blocks[head.index].text)
        if is_first(number) or self.blocks[head.index].level or (head.said.is_capital and is_alone):
            return False
        return after is not None and any(follows(last, reading) for reading in after.said.numbers)

    def _count_anew(self, head: Head, after: Head | None) -> Iterator[Head]:
        """Article 1 once more: in a chapter that has just begun, or in a text that begins without being announced."""
        if self.region.fresh:
            owner = self.region.fresh[0]
            owner.is_anew = True
            self._add_row(owner)
            return
        begins = self._after_conclusion(head.index)
        goes_on = after is not None and follows(head.number, after.number_said)
        if begins is None and not (goes_on and len(self.region.row.heads) > 2):
            return
        start = head.index if begins is None else begins
        implied = Head(start, Announcement(Kind.ANNEX, (), 0, 0), False, is_anew=True, is_implied=True)
        while self.region.above is not None:
            self._close(start)
        implied.number = self._next_number(Kind.ANNEX)
        self._open(implied)
        yield implied

    def _after_conclusion(self, end: int) -> int | None:
        """The block after the last one of a conclusion, since the last heading."""
        last = self.region.row.heads[-1].index
        conclusion = [index for index in range(last + 1, end) if self.is_conclusion(self.blocks[index].text)]
        if not conclusion:
            return None
        return next(
            (
                i
                for i in range(conclusion[0] + 1, end)
                if self.forms.titles.search(self.blocks[i].text) and is_title(self.blocks[i].text)
            ),
            conclusion[-1] + 1,
        )

    # divisions

    def _division(self, head: Head) -> Iterator[Head]:
        self._return_for(head, lambda region: region.last.get(head.kind, ""))
        region = self.region
        last = region.last.get(head.kind, "")
        number = self._reading(head, last)
        fits = is_first(number) or follows(last, number)
        if not head.is_sure and not fits:
            return
        head.number = number
        while region.divisions and not self._is_above(region.divisions[-1].kind, head.kind):
            closed = region.divisions.pop()
            if region.rows[-1].owner is closed:
                region.rows.pop().end = head.index
        head.inside = region.divisions[-1] if region.divisions else region.head
        region.divisions.append(head)
        region.fresh = [one for one in region.fresh if one in region.divisions] + [head]
        region.last[head.kind] = number
        for smaller in DIVISIONS:
            if self._is_above(head.kind, smaller):
                region.last.pop(smaller, None) if is_first(number) else None
        yield head

    def _is_above(self, one: Kind, other: Kind) -> bool:
        """Whether a division of the kind `one` holds divisions of the kind `other`, as this text has them, or else its
        language."""
        if one is other:
            return False
        balance = self.contains[one, other] - self.contains[other, one]
        if balance:
            return balance > 0
        return self.order.index(one) < self.order.index(other) if one in self.order and other in self.order else one < other

    # annexes

    def _attached(self, head: Head, after: Head | None) -> Iterator[Head]:
        if not self._is_attached(head, after):
            return
        while self.region.above is not None and not self._holds(self.region, head):
            self._close(head.index)
        last = self.region.last.get(head.kind, "")
        head.number = self._reading(head, last) if head.said.numbers else ""
        self.region.last[head.kind] = head.number
        head.is_anew = True
        self._open(head)
        yield head

    def _is_attached(self, head: Head, after: Head | None) -> bool:
        if not any(row.heads for row in self.rows) and not (head.is_sure and head.said.is_capital and not head.said.goes_on):
            return False
        words = self.blocks[head.index].text[head.said.rest :]
        if not any(row.heads for row in self.rows) and after is not None:
            return False  # the title of the treaty itself, or of what it amends
        if head.is_sure and (head.said.numbers or head.said.is_capital):
            return not head.said.goes_on or is_title(words[:1].upper() + words[1:])
        begins = (after is not None and is_first(after.number_said)) or (after is None and self._list_begins(head.index))
        last = self.region.last.get(head.kind, "")
        follows_on = any(is_first(number) or follows(last, number) for number in head.said.numbers)
        above_ends = head.index == 0 or is_finished(self.blocks[head.index - 1].text, self.forms)
        return above_ends and is_title((words or "X")[:1].upper() + words[1:]) and (begins or follows_on or head.is_sure)

    def _list_begins(self, index: int) -> bool:
        """Whether the next paragraph with a number below is the first of its list."""
        below = next((block.text for block in self.blocks[index + 1 : index + 1 + LIST_NEAR] if has_number(block.text)), "")
        return below.lstrip("(").startswith(("1.", "1)"))

    def _holds(self, region: _Region, head: Head) -> bool:
        """Whether an annex stands in the one that is open: an appendix in an annex, an annex in a protocol."""
        if region.head is None or ATTACHED.index(region.head.kind) >= ATTACHED.index(head.kind):
            return False
        above = region.above.last.get(head.kind, "") if region.above else ""
        own = region.last.get(head.kind, "")
        return not (above and not own and any(follows(above, number) for number in head.said.numbers))

    def _next_number(self, kind: Kind) -> str:
        return ""

    # regions

    def _open(self, head: Head) -> None:
        head.inside = self.region.divisions[-1] if self.region.divisions else self.region.head
        self.region = _Region(head, self.region, [Row(head)])
        self.rows.append(self.region.row)

    def _close(self, end: int) -> None:
        for row in self.region.rows:
            row.end = end
        self.region = self.region.above  # type: ignore[assignment]

    def _add_row(self, owner: Head) -> None:
        self.region.rows.append(Row(owner))
        self.rows.append(self.region.row)

    def _return_for(self, head: Head, last_of: Callable[[_Region], str]) -> None:
        """Leave the annexes that end here: the number goes on with the text that holds them, and not with their own."""
        here = last_of(self.region)
        numbers = head.said.numbers
        if here and any(follows(here, number) for number in numbers):
            return
        region = self.region
        while region.above is not None:
            region = region.above
            above = last_of(region)
            if above and any(follows(above, number) for number in numbers):
                while self.region is not region:
                    self._close(head.index)
                return


def _containing(heads: Sequence[Head]) -> Counter[tuple[Kind, Kind]]:
    """How often a division of one kind directly follows one of another."""
    return Counter(
        (one.kind, other.kind)
        for one, other in pairwise(heads)
        if one.kind in DIVISIONS and other.kind in DIVISIONS and one.is_sure and other.is_sure
    )


def _next_sure(heads: Sequence[Head]) -> Iterator[Head | None]:
    """For each heading the next sure article after it."""
    after: list[Head | None] = []
    following: Head | None = None
    for head in reversed(heads):
        after.append(following)
        if head.kind is Kind.ARTICLE and head.is_sure:
            following = head
    return reversed(after)
