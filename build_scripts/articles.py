"""Build the units inside one article.

Reads   the blocks between two headings
Writes  drafts of paragraphs, points, indents, opening and closing words, paragraphs without a number; provisions made of them

The level of a list follows from the form of its numbers: a form that is open goes on, a new form opens a list inside the
last unit. `1.` is a paragraph. `1)` is a point, save directly under an article whose items are sentences or have lists
of their own: there it is a paragraph (extradition agreement, article 13). `I.` and `A.` are paragraphs that hold others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from .blocks import OPEN_END, Block, is_title
from .listed import Item, items, roman_of
from .model import Kind, Mark, Passage, Provision
from .number import LOOK_ALIKES, follows, is_first, key_of, letter_of, normalise
from .problems import Code, Problems

STEPS = {Kind.PARAGRAPH: "para", Kind.POINT: "point", Kind.INDENT: "indent", Kind.SUBPARAGRAPH: "subpara"}
NUMBERED = (Kind.PARAGRAPH, Kind.POINT)
HOLDING_STYLES = ("capital-roman-dot", "capital-letter-dot")  # paragraphs that hold others
TOP_STYLES = ("dot", *HOLDING_STYLES)


@dataclass(eq=False)
class Draft:
    """A unit while it is built. style: the form of its number (listed.py), or "".

    pieces: its words, several blocks where a page break parts them. below: for a division or an annex, the divisions,
    articles and
    annexes in it; eid: set for those. content: its blocks before its units are built; after: for an annex, the blocks of its end.
    """

    kind: Kind
    pieces: list[Block] = field(default_factory=list)
    num: str = ""
    printed: str = ""  # the number without brackets and full stop
    style: str = ""
    heading: Passage | None = None
    line: int = 0
    closes: str = ""
    children: list[Draft] = field(default_factory=list)
    below: list[Draft] = field(default_factory=list)
    eid: str = ""
    content: list[Block] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)

    @property
    def block(self) -> Block | None:
        """Its words as one block."""
        return join(self.pieces) if self.pieces else None

    @property
    def ending(self) -> str:
        """The last of its words."""
        return self.pieces[-1].text if self.pieces else ""

    @property
    def is_first(self) -> bool:
        """Whether its number begins a row."""
        return (
            roman_of(self.printed) == 1
            if "roman" in self.style
            else is_first(letter_of(self.printed) if "letter" in self.style else self.printed)
        )

    def walk(self) -> Iterator[Draft]:
        yield self
        for child in self.children:
            yield from child.walk()


def build_units(article: Draft, blocks: Sequence[Block]) -> None:
    """Give `article` the units that `blocks` make."""
    builder = _Builder(article)
    listed = items(blocks)
    for item, following in zip_longest(listed, listed[1:]):
        builder.add(item, following)
    settle(article)


class _Builder:
    """Takes the items of one article in order; `article` is the draft they make."""

    def __init__(self, article: Draft):
        self.article = article
        self.open: list[Draft] = []  # the numbered units that are open, outermost first
        self.holding: Draft | None = None  # the paragraph just above that may open a list of its own
        self.last: dict[str, tuple[Draft, list[Draft]]] = {}  # by style: the last unit, and the units it stands in

    def add(self, item: Item, following: Item | None) -> None:
        if item.block.closes:
            self._close(item.block)
        elif item.style:
            words = [item.words] if item.words else []
            kind = Kind.PARAGRAPH if item.style in TOP_STYLES else Kind.POINT
            self._add_numbered(Draft(kind, words, item.num, item.number, item.style, line=item.block.lines[0]))
            self.holding = None
        else:
            before = self.holding
            self._add_plain(item.block, following)
            self.holding = None if self.holding is before else self.holding

    def _add_numbered(self, unit: Draft) -> None:
        styles = [opened.style for opened in self.open]
        if (
            self.holding is not None
            and unit.is_first
            and any(child.style == unit.style for child in self._above_holding.children)
        ):
            self.open.append(self.holding)
        elif unit.style in styles:
            del self.open[styles.index(unit.style) :]
        elif unit.style in self.last and self._goes_on(unit):
            self._reopen(unit.style)
        elif unit.style == "dot" and not any(style in HOLDING_STYLES for style in styles):
            self.open.clear()
        (self.open[-1] if self.open else self.article).children.append(unit)
        if unit.style in TOP_STYLES:
            self.last.clear()  # lists of the paragraph above are over
        self.last[unit.style] = unit, list(self.open)
        self.open.append(unit)

    def _reopen(self, style: str) -> None:
        """Go on in the last list of `style`. What has interrupted it becomes part of it."""
        path = self.last[style][1]
        tails = [_after(host, unit) for host, unit in zip([self.article, *path], path)]
        if any(tail is None for tail in tails):
            del self.last[style]  # the list has become part of what stands elsewhere
            return
        between: list[Draft] = []
        for host, tail in reversed(list(zip([self.article, *path], tails))):
            if tail:
                between += host.children[-tail:]
                del host.children[-tail:]
        self.open = list(path)
        (path[-1] if path else self.article).children += between

    def _goes_on(self, unit: Draft) -> bool:
        """Whether a unit goes on with a list that words without a number have interrupted: (c) after (a), (b) and a paragraph."""
        before = self.last[unit.style][0].printed
        if "roman" in unit.style:
            return roman_of(unit.printed) == roman_of(before) + 1 > 1
        if "letter" in unit.style:
            return follows(letter_of(before), letter_of(unit.printed))
        return unit.style not in TOP_STYLES and follows(before, unit.printed)

    @property
    def _above_holding(self) -> Draft:
        return self.open[-1] if self.open else self.article

    def _add_plain(self, block: Block, following: Item | None) -> None:
        top = self.open[-1] if self.open else self.article
        if not top.pieces and not top.children:
            top.pieces.append(block)
            return
        last = top.children[-1] if top.children else top
        words = last.ending
        goes_on = block.text[0].islower() and OPEN_END.search(words[-1:]) and not block.after_closing
        if goes_on and not self._opens_another(block, following, last):
            if words.endswith(",") and self.open and not last.closes:
                self._wrap_up(block)
            elif last.pieces:
                last.pieces.append(block)
            return
        listed = last.kind is Kind.INDENT and not words.endswith(".")
        if listed or (last is top and words.endswith(":") and self.open):
            top.children.append(Draft(Kind.INDENT, [block], line=block.lines[0]))
            return
        depth = max((place + 1 for place, unit in enumerate(self.open) if unit.style in TOP_STYLES), default=0)
        if following is not None and following.style == "dot" and self._heads_a_list(block, following):
            depth = 0
        host = self.open[-1] if block.after_closing and self.open else self.open[depth - 1] if depth else self.article
        del self.open[depth if host is not self.article else 0 :]
        host.children.append(Draft(Kind.SUBPARAGRAPH, [block], line=block.lines[0]))
        if block.text.endswith(":") or depth == 0 and is_title(block.text):
            self.holding = host.children[-1]

    def _opens_another(self, block: Block, following: Item | None, last: Draft) -> bool:
        """Whether words open a list like the one above them: "the other means:" between (b) and (a)."""
        if following is None or not last.style or following.style != last.style or not block.text.endswith(":"):
            return False
        return Draft(Kind.POINT, printed=following.number, style=following.style).is_first

    def _heads_a_list(self, block: Block, following: Item) -> bool:
        """A title over paragraphs that are numbered anew."""
        return is_title(block.text) and following.number == "1" and any(child.style == "dot" for child in self.article.children)

    def _wrap_up(self, block: Block) -> None:
        self.last.clear()
        self.open.pop()
        host = self.open[-1] if self.open else self.article
        host.children.append(Draft(Kind.WRAPUP, [block], line=block.lines[0]))

    def _close(self, block: Block) -> None:
        """Closing words close the open unit at the depth that their eId has."""
        self.last.clear()
        depth = block.closes.count("__")
        del self.open[depth:]
        host = self.open[-1] if self.open else self.article
        host.children.append(Draft(Kind.WRAPUP, [block], line=block.lines[0], closes=block.closes))


def _after(host: Draft, unit: Draft) -> int | None:
    """How many of the parts of `host` come after `unit`; None where it is none of them."""
    return next((count for count, child in enumerate(reversed(host.children)) if child is unit), None)


def join(blocks: Sequence[Block]) -> Block:
    """Blocks that are one paragraph broken by a page."""
    if len(blocks) == 1:
        return blocks[0]
    starts: list[tuple[int, int]] = []
    marks: list[Mark] = []
    shift = 0
    for block in blocks:
        starts += [(offset + shift, line) for offset, line in block.starts]
        marks += [Mark(mark.at + shift, mark.id) for mark in block.marks]
        shift += len(block.text) + 1
    return Block(" ".join(block.text for block in blocks), tuple(starts), tuple(marks), blocks[0].level)


def settle(article: Draft) -> None:
    """Decide what can only be seen of a whole list.

    1. `1)` directly under an article is a paragraph when its items are sentences or have lists of their own.
    2. A single paragraph after a colon is no list: it is a paragraph without a number.
    3. Closing words close only what goes on with nothing but paragraphs without a number.
    """
    top = [child for child in article.children if child.style == "paren"]
    sentences = len(top) > 1 and all(_ends_sentence(child) for child in top[:-1])
    if top and (sentences or any(grandchild.style for child in top for grandchild in child.children)):
        for child in top:
            child.kind = Kind.PARAGRAPH
    for unit in article.walk():
        indents = [child for child in unit.children if child.kind is Kind.INDENT]
        if len(indents) == 1:
            indents[0].kind = Kind.SUBPARAGRAPH
        _settle_closing(unit)


def _settle_closing(unit: Draft) -> None:
    is_last = True
    for child in reversed(unit.children):
        if child.kind is Kind.WRAPUP:
            if not is_last:
                child.kind = Kind.SUBPARAGRAPH
            is_last = False
        elif child.kind is not Kind.SUBPARAGRAPH or child.children:
            is_last = False


def _ends_sentence(unit: Draft) -> bool:
    while unit.children:
        unit = unit.children[-1]
    return unit.ending.endswith(".")


class Eids:
    """The eIds given in one place. `free` gives each once: a second gets the suffix `_dup_2`, a third `_dup_3`."""

    def __init__(self) -> None:
        self.copies: dict[str, int] = {}

    def free(self, eid: str) -> str:
        self.copies[eid] = copy = self.copies.get(eid, 0) + 1
        return eid if copy == 1 else f"{eid}_dup_{copy}"


def step_in(eid: str, step: str) -> str:
    return f"{eid}__{step}" if eid else step


def freeze(draft: Draft, eid: str, number: str, file: str, problems: Problems) -> Provision:
    """The provision that a draft makes, with eIds below `eid`. Gaps, repeats and closing words astray are Problems."""
    block = draft.block
    if not draft.children:
        last = block.lines[1] if block else draft.line
        passages = (block.passage(),) if block else ()
        return Provision(eid, draft.kind, draft.num, number, draft.heading, passages, (), (draft.line, last))
    children = freeze_units(_with_opening(draft, block), eid, number, file, problems, Eids())
    return Provision(eid, draft.kind, draft.num, number, draft.heading, (), tuple(children), (draft.line, children[-1].lines[1]))


def freeze_units(drafts: Sequence[Draft], eid: str, number: str, file: str, problems: Problems, eids: Eids) -> list[Provision]:
    """The provisions that the units `drafts` make right below `eid`; number: of the unit that holds them."""
    numbers, repeated = _numbers(drafts, eid, number, file, problems)
    children: list[Provision] = []
    counts: dict[Kind, int] = {}
    for child, child_number in zip(drafts, numbers):
        wanted = step_in(eid, _step(child, child_number, counts))
        child_eid = eids.free(wanted)
        if child_eid != wanted and child.line not in repeated:
            problems.add(Code.NUMBER_DUPLICATE, file, child.line, f"{child.num!r} stands twice in {eid or 'the text'}", REPEATED)
        if child.closes and child.closes != eid:
            problems.add(
                Code.CLOSING_NOT_FOUND,
                file,
                child.line,
                f"these closing words close {eid}, not {child.closes}",
                f"write `closes: {eid}` in edits.yml, or look whether the list is parsed as you expect",
            )
        children.append(freeze(child, child_eid, child_number, file, problems))
    return children


def _with_opening(draft: Draft, block: Block | None) -> list[Draft]:
    if block is None:
        return draft.children
    opens_list = draft.children[0].kind in (*NUMBERED, Kind.INDENT)
    if opens_list and draft.kind is Kind.ARTICLE and not block.text.endswith((":", "–", "-", "—")):
        opens_list = draft.children[0].style not in TOP_STYLES
    alone = draft.children[0].kind is Kind.SUBPARAGRAPH and block.text.endswith(":")
    kind = Kind.INTRO if opens_list or alone else Kind.SUBPARAGRAPH
    return [Draft(kind, [block], line=block.lines[0]), *draft.children]


def _step(child: Draft, number: str, counts: dict[Kind, int]) -> str:
    if child.kind in (Kind.INTRO, Kind.WRAPUP):
        return child.kind.value
    if child.kind in NUMBERED:
        return f"{STEPS[child.kind]}_{number}"
    counts[child.kind] = counts.get(child.kind, 0) + 1
    return f"{STEPS[child.kind]}_{counts[child.kind]}"


def _numbers(drafts: Sequence[Draft], eid: str, above: str, file: str, problems: Problems) -> tuple[list[str], set[int]]:
    """The numbers for eIds, and the lines on which a repeat was reported."""
    numbers = [draft.printed for draft in drafts]
    repeated: set[int] = set()
    for style in dict.fromkeys(draft.style for draft in drafts if draft.style):
        places = [index for index, draft in enumerate(drafts) if draft.style == style]
        printed = [drafts[index].printed for index in places]
        normal = normalise(printed) if "letter" in style else [number.lower().translate(LOOK_ALIKES) for number in printed]
        for index, number in zip(places, normal):
            numbers[index] = number
        steps = [str(roman_of(number)) if "roman" in style else number for number in normal]
        repeated |= check_row(
            steps, [(drafts[index].line, drafts[index].num) for index in places], eid, file, problems, above=above
        )
    return numbers, repeated


REPEATED = "compare with the original; when it really repeats the number, declare it under `accepted` in edits.yml"
MISSING = (
    "compare with the original: a line may be lost, or two lines stuck together; "
    "what is right declare under `accepted` in edits.yml"
)


def check_row(
    numbers: Sequence[str],
    places: Sequence[tuple[int, str]],
    eid: str,
    file: str,
    problems: Problems,
    missing: Code = Code.NUMBER_MISSING,
    above: str = "",
) -> set[int]:
    """Report repeats and gaps in a row of numbers that should begin at 1, at a, or after the number `above` at 5-1.

    places: line and number as printed. Returns the lines on which a repeat was reported.
    """
    where = f"in {eid}" if eid else "in the text"
    previous = ""
    seen: set[str] = set()
    repeated: set[int] = set()
    for number, (line, printed) in zip(numbers, places):
        if number in seen:
            repeated.add(line)
            problems.add(Code.NUMBER_DUPLICATE, file, line, f"{printed!r} stands twice {where}", REPEATED)
        elif not (_goes_on(previous, number, numbers[0]) if previous else _may_begin(number, above)):
            after = f"after {previous}" if seen else "at the beginning"
            problems.add(missing, file, line, f"{printed!r} stands {after} {where}: a number is missing or out of order", MISSING)
        seen.add(number)
        previous = number
    return repeated


def _goes_on(previous: str, number: str, first: str) -> bool:
    """Whether a number comes next; 201 comes after 107 where the articles of chapter 1 begin with 101."""
    if first == "101" and previous.isdigit() and number.isdigit() and number.endswith("01"):
        return int(number) // 100 == int(previous) // 100 + 1
    return follows(previous, number)


def _may_begin(number: str, above: str) -> bool:
    key = key_of(number)
    return key in ((1,), (1, 1), (101,)) or (len(key) > 1 and key[-1] <= 1 and (key[:-1] == key_of(above) or number[0].isalpha()))
