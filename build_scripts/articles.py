"""Build the units inside one article.

Reads   the blocks between two headings
Writes  drafts of paragraphs, points, indents, opening and closing words, paragraphs without a number

The level of a list follows from the form of its numbers: a form that is open goes on, a new form opens a list inside the
last unit. `1.` is a paragraph. `1)` is a point, save directly under an article whose items are sentences or have lists
of their own: there it is a paragraph (extradition agreement, article 13).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .blocks import OPEN_END, Block
from .model import Kind, Passage, Provision
from .number import follows, normalise
from .problems import Code, Problems

ENUMERATOR = re.compile(
    r"""^(?P<num>
        (?P<dot> \d{1,3} (?: -\d{1,2} )? ) \. (?! \d )
      | \(? (?P<paren> \d{1,3} ) \)
      | \(? (?P<letter> [ivx]{2,4} | [^\W\d_] ) \)
    ) \s* (?P<rest> \S .* ) $""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
LARGEST_STEP = 20  # a number that jumps further than this is no number of a list ("1986. was the year")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
STEPS = {Kind.PARAGRAPH: "para", Kind.POINT: "point", Kind.INDENT: "indent", Kind.SUBPARAGRAPH: "subpara"}
NUMBERED = (Kind.PARAGRAPH, Kind.POINT)


@dataclass
class Draft:
    """A unit while it is built. style: the form of its number: "dot", "paren", "letter", "roman" or ""."""

    kind: Kind
    block: Block | None = None
    num: str = ""
    printed: str = ""  # the number without brackets and full stop
    style: str = ""
    heading: Passage | None = None
    line: int = 0
    closes: str = ""
    children: list[Draft] = field(default_factory=list)

    def walk(self) -> Iterator[Draft]:
        yield self
        for child in self.children:
            yield from child.walk()


class ArticleBuilder:
    """Takes the blocks of one article in order; `article` is the draft they make."""

    def __init__(self, article: Draft):
        self.article = article
        self.open: list[Draft] = []  # the numbered units that are open, outermost first

    def add(self, block: Block) -> None:
        numbered = None if block.closes else self._numbered(block)
        if block.closes:
            self._close(block)
        elif numbered is not None:
            self._add_numbered(numbered)
        else:
            self._add_plain(block)

    def _numbered(self, block: Block) -> Draft | None:
        found = ENUMERATOR.match(block.text)
        if found is None:
            return None
        style, printed = next((style, found.group(style)) for style in ("dot", "paren", "letter") if found.group(style))
        if style == "letter" and self._is_roman(printed.lower()):
            style = "roman"
        if style in ("dot", "paren") and int(printed.split("-")[0]) > self._last_number(style) + LARGEST_STEP:
            return None
        kind = Kind.PARAGRAPH if style == "dot" else Kind.POINT
        return Draft(kind, block.cut(found.start("rest")), found.group("num"), printed, style, line=block.lines[0])

    def _siblings(self, style: str) -> list[Draft]:
        parent = self.article
        for unit in self.open:
            if unit.style == style:
                break
            parent = unit
        return [child for child in parent.children if child.style == style]

    def _last_number(self, style: str) -> int:
        siblings = self._siblings(style)
        return int(siblings[-1].printed.split("-")[0]) if siblings else 0

    def _is_roman(self, printed: str) -> bool:
        if printed not in ROMAN:
            return False
        styles = [unit.style for unit in self.open]
        if "roman" in styles:
            expected = len(self._siblings("roman"))
            return expected < len(ROMAN) and printed == ROMAN[expected]
        if "letter" in styles:
            return printed == "i" and self._siblings("letter")[-1].printed.lower() not in ("h", "һ")
        return printed == "i" or len(printed) > 1

    def _add_numbered(self, unit: Draft) -> None:
        styles = [opened.style for opened in self.open]
        if unit.style in styles:
            del self.open[styles.index(unit.style) :]
        elif unit.style == "dot":
            self.open.clear()
        (self.open[-1] if self.open else self.article).children.append(unit)
        self.open.append(unit)

    def _add_plain(self, block: Block) -> None:
        top = self.open[-1] if self.open else self.article
        if top.block is None and not top.children:
            top.block = block
            return
        last = top.children[-1] if top.children else top
        words = last.block.text if last.block else ""
        if block.text[0].islower() and OPEN_END.search(words) and not block.after_closing:
            if words.endswith(",") and self.open and not last.closes:
                self._wrap_up(block)
            elif last.block is not None:
                last.block = join(last.block, block)
            return
        listed = last.kind is Kind.INDENT and not words.endswith(".")
        if listed or (last is top and words.endswith(":") and self.open):
            top.children.append(Draft(Kind.INDENT, block, line=block.lines[0]))
            return
        host = self.open[0] if self.open and self.open[0].style == "dot" else self.article
        if block.after_closing and self.open:
            host = self.open[-1]
        del self.open[1 if host is not self.article else 0 :]
        host.children.append(Draft(Kind.SUBPARAGRAPH, block, line=block.lines[0]))

    def _wrap_up(self, block: Block) -> None:
        self.open.pop()
        host = self.open[-1] if self.open else self.article
        host.children.append(Draft(Kind.WRAPUP, block, line=block.lines[0]))

    def _close(self, block: Block) -> None:
        """Closing words close the open unit at the depth that their eId has."""
        depth = block.closes.count("__")
        del self.open[depth:]
        host = self.open[-1] if self.open else self.article
        host.children.append(Draft(Kind.WRAPUP, block, line=block.lines[0], closes=block.closes))


def join(first: Block, second: Block) -> Block:
    """Two blocks that are one paragraph broken by a page."""
    shift = len(first.text) + 1
    return Block(
        f"{first.text} {second.text}",
        first.starts + tuple((offset + shift, line) for offset, line in second.starts),
        first.marks + tuple(type(mark)(mark.at + shift, mark.id) for mark in second.marks),
        first.level,
    )


def settle(article: Draft) -> None:
    """Decide what can only be seen of a whole list.

    1. `1)` directly under an article is a paragraph when its items are sentences or have lists of their own.
    2. A single paragraph after a colon is no list: it is a paragraph without a number.
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


def _ends_sentence(unit: Draft) -> bool:
    last = list(unit.walk())[-1]
    return bool(last.block and last.block.text.endswith("."))


def freeze(draft: Draft, eid: str, number: str, file: str, problems: Problems) -> Provision:
    """The provision that a draft makes, with eIds below `eid`. Gaps, repeats and closing words astray are Problems."""
    if not draft.children:
        return Provision(
            eid, draft.kind, draft.num, number, draft.heading,
            (draft.block.passage(),) if draft.block else (), (),
            (draft.line, draft.block.lines[1] if draft.block else draft.line),
        )
    drafts = _with_opening(draft)
    numbers = _numbers(drafts, eid, file, problems)
    children: list[Provision] = []
    taken: set[str] = set()
    counts: dict[Kind, int] = {}
    for child, child_number in zip(drafts, numbers):
        step = _step(child, child_number, counts)
        child_eid = free_eid(f"{eid}__{step}", taken)
        if child.closes and child.closes != eid:
            problems.add(
                Code.CLOSING_NOT_FOUND, file, child.line, f"these closing words close {eid}, not {child.closes}",
                f"write `closes: {eid}` in edits.yml, or look whether the list is parsed as you expect",
            )
        children.append(freeze(child, child_eid, child_number, file, problems))
    return Provision(
        eid, draft.kind, draft.num, number, draft.heading, (), tuple(children), (draft.line, children[-1].lines[1])
    )


def _with_opening(draft: Draft) -> list[Draft]:
    if draft.block is None:
        return draft.children
    opens_list = draft.children[0].kind in (*NUMBERED, Kind.INDENT)
    if opens_list and draft.kind is Kind.ARTICLE and not draft.block.text.endswith((":", "–", "-", "—")):
        opens_list = draft.children[0].style != "dot"
    alone = draft.children[0].kind is Kind.SUBPARAGRAPH and draft.block.text.endswith(":")
    kind = Kind.INTRO if opens_list or alone else Kind.SUBPARAGRAPH
    return [Draft(kind, draft.block, line=draft.block.lines[0]), *draft.children]


def _step(child: Draft, number: str, counts: dict[Kind, int]) -> str:
    if child.kind in (Kind.INTRO, Kind.WRAPUP):
        return child.kind.value
    if child.kind in NUMBERED:
        return f"{STEPS[child.kind]}_{number}"
    counts[child.kind] = counts.get(child.kind, 0) + 1
    return f"{STEPS[child.kind]}_{counts[child.kind]}"


def free_eid(eid: str, taken: set[str]) -> str:
    """`eid`, or with the first free suffix `_dup_2`, `_dup_3` … when it is taken. Adds it to `taken`."""
    result, copy = eid, 1
    while result in taken:
        copy += 1
        result = f"{eid}_dup_{copy}"
    taken.add(result)
    return result


def _numbers(drafts: Sequence[Draft], eid: str, file: str, problems: Problems) -> list[str]:
    numbers = [draft.printed for draft in drafts]
    for style in ("dot", "paren", "letter", "roman"):
        places = [index for index, draft in enumerate(drafts) if draft.style == style]
        printed = [drafts[index].printed for index in places]
        normal = normalise(printed) if style == "letter" else [number.lower() for number in printed]
        for index, number in zip(places, normal):
            numbers[index] = number
        steps = [str(ROMAN.index(number) + 1) if style == "roman" else number for number in normal]
        check_row(steps, [(drafts[index].line, drafts[index].num) for index in places], eid, file, problems)
    return numbers


def check_row(
    numbers: Sequence[str], places: Sequence[tuple[int, str]], eid: str, file: str, problems: Problems,
    missing: Code = Code.NUMBER_MISSING,
) -> None:
    """Report repeats and gaps in a row of numbers that should begin at 1 or a. places: line and number as printed."""
    previous = "`" if numbers and numbers[0].isalpha() else "0"
    seen: set[str] = set()
    for number, (line, printed) in zip(numbers, places):
        where = f"in {eid}" if eid else "in the text"
        if number in seen:
            problems.add(
                Code.NUMBER_DUPLICATE, file, line, f"{printed!r} stands twice {where}",
                "compare with the original; when it really repeats the number, the text cannot be cited as it is",
            )
        elif not (follows(previous, number) or (previous == "`" and number == "a")):
            after = f"after {previous}" if seen else "at the beginning"
            problems.add(
                missing, file, line, f"{printed!r} stands {after} {where}: a number is missing or out of order",
                "compare with the original: a line may be lost, or two lines stuck together",
            )
        seen.add(number)
        previous = number
