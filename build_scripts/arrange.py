"""Arrange a text: chapters, articles and annexes, each with the paragraphs that stand in it.

Reads   blocks, the headings chosen among them
Writes  Arranged: the blocks before the first heading, drafts of all that follows, the blocks after the last article

The heading of an article stands on its line, or, where the text has it so, on the line below. Words after the number that are a
sentence are the text of the article.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from .articles import Draft, Eids, build_units, join, step_in
from .blocks import HEADING_LENGTH, Block, has_number, is_title
from .choose import Chosen, Head
from .forms import Forms
from .model import ATTACHED, Kind, Mark, Passage
from .number import is_first

STEPS = {
    Kind.ARTICLE: "art",
    Kind.PART: "part",
    Kind.TITLE_DIVISION: "title",
    Kind.CHAPTER: "chp",
    Kind.SECTION: "sec",
    Kind.SUBSECTION: "subsec",
    Kind.ANNEX: "annex",
    Kind.APPENDIX: "appendix",
    Kind.PROTOCOL: "protocol",
}
MANY = 0.4  # the share of articles whose first line is a title, from which on it is taken as their heading
SHORT_HEADING = 70  # characters, on average: headings that end in a full stop are no longer than that
TITLE_LINES = 4  # lines that the heading of a chapter or an annex may take up


@dataclass
class Arranged:
    """before: the blocks before the first heading; main: the drafts of the main text; attached: its annexes at the end;
    after: the blocks after the last article of the main text that belong to its end."""

    before: list[Block]
    main: list[Draft] = field(default_factory=list)
    attached: list[Draft] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)


def arrange(blocks: Sequence[Block], chosen: Chosen, forms: Forms, is_end: Callable[[Sequence[Block]], int]) -> Arranged:
    """The drafts that the headings make. is_end: where among the last blocks of a text its end begins ("Done at …")."""
    return _Arranger(blocks, chosen, forms, is_end).run()


class _Arranger:
    def __init__(self, blocks: Sequence[Block], chosen: Chosen, forms: Forms, is_end: Callable[[Sequence[Block]], int]):
        self.blocks, self.chosen, self.forms, self.is_end = blocks, chosen, forms, is_end
        self.heads = chosen.heads
        self.drafts: dict[Head, Draft] = {}
        self.eids = Eids()
        self.counts: dict[tuple[str, Kind], int] = {}
        self.ends = [head.index for head in self.heads[1:]] + [len(blocks)]
        self.title_below = self._have_title_below()
        self.period_headings = self._have_period_headings()

    def run(self) -> Arranged:
        start = self.heads[0].index if self.heads else len(self.blocks)
        contents = self.chosen.contents
        result = Arranged([replace(block, is_contents=index in contents) for index, block in enumerate(self.blocks[:start])])
        last = max((place for place, head in enumerate(self.heads) if self._outermost(head) is None), default=-1)
        for place, head in enumerate(self.heads):
            draft = self._draft(head, self.ends[place])
            self.drafts[head] = draft
            if place == last or (head.kind is Kind.ARTICLE and self._is_last_of_annex(place)):
                self._cut_end(head, draft, result)
            build_units(draft, draft.content)
            if place > last and self._outermost(head) is head:
                result.attached.append(draft)
            elif head.inside is not None:
                self.drafts[head.inside].below.append(draft)
            else:
                result.main.append(draft)
        return result

    def _outermost(self, head: Head) -> Head | None:
        """The outermost annex that a heading stands in, or is; None in the main text."""
        found = None
        at: Head | None = head
        while at is not None:
            found = at if at.kind in ATTACHED else found
            at = at.inside
        return found

    def _is_last_of_annex(self, place: int) -> bool:
        """Whether this is the last article of an annex that has articles of its own."""
        own = self._outermost(self.heads[place])
        following = self.heads[place + 1] if place + 1 < len(self.heads) else None
        return own is not None and (following is None or self._outermost(following) is not own)

    def _cut_end(self, head: Head, draft: Draft, result: Arranged) -> None:
        """Take the end of a text out of its last article."""
        at = self.is_end(draft.content)
        end, draft.content = draft.content[at:], draft.content[:at]
        owner = self._outermost(head)
        if owner is None:
            result.after = end
        else:
            self.drafts[owner].after = end

    # one heading

    def _draft(self, head: Head, end: int) -> Draft:
        block = self.blocks[head.index]
        content = list(self.blocks[head.index + (not head.is_implied) : end])
        eid, number = self._eid(head)
        draft = Draft(head.kind, printed="" if head.is_implied else number, line=block.lines[0], eid=eid, content=content)
        if head.is_implied:
            self._title_lines(draft, [])
            return draft
        said = head.said
        draft.num = block.text[: said.num_end]
        rest = [block.cut(said.rest)] if said.rest < len(block.text) else []
        if head.kind is Kind.ARTICLE:
            self._article_heading(draft, rest)
        else:
            self._title_lines(draft, rest)
        return draft

    def _article_heading(self, draft: Draft, rest: list[Block]) -> None:
        if rest and self._is_heading(rest[0], draft):
            draft.heading = heading_passage(rest)
        elif rest:
            draft.content.insert(0, rest[0])
        elif self.title_below and len(draft.content) > 1 and self._is_title_block(draft.content[0]):
            draft.heading = heading_passage([draft.content.pop(0)])

    def _is_heading(self, rest: Block, draft: Draft) -> bool:
        if rest.level or is_title(rest.text):
            return len(rest.text) <= HEADING_LENGTH
        return self.period_headings and bool(draft.content) and _is_short_sentence(rest)

    def _title_lines(self, draft: Draft, rest: list[Block]) -> None:
        """The heading of a chapter or an annex: on its line, or on the lines below it."""
        if rest and not is_title(rest[0].text[:1].upper() + rest[0].text[1:]):
            draft.content.insert(0, rest[0])
            return
        if not rest or (draft.kind in ATTACHED and rest[0].text[0].islower()):
            while draft.content and len(rest) < TITLE_LINES and self._is_title_block(draft.content[0]):
                rest.append(draft.content.pop(0))
        if rest:
            draft.heading = heading_passage(rest)

    def _have_title_below(self) -> bool:
        """Whether this text has the headings of its articles on the line below the number."""
        below = [
            self.blocks[head.index + 1]
            for head, end in zip(self.heads, self.ends)
            if head.kind is Kind.ARTICLE and head.said.rest >= len(self.blocks[head.index].text) and end - head.index > 1
        ]
        return bool(below) and sum(map(self._is_title_block, below)) >= MANY * len(below)

    def _have_period_headings(self) -> bool:
        """Whether the headings on the line of the number end in a full stop: "Article 1. Scope." and the text below."""
        lines = [
            (self.blocks[head.index].cut(head.said.rest), end - head.index > 1)
            for head, end in zip(self.heads, self.ends)
            if head.kind is Kind.ARTICLE and head.said.rest < len(self.blocks[head.index].text)
        ]
        followed = sum(has_text for _, has_text in lines)
        short = sum(len(words.text) for words, _ in lines) <= SHORT_HEADING * len(lines)
        return len(lines) > 2 and followed >= 0.9 * len(lines) and short

    def _is_title_block(self, block: Block) -> bool:
        last = self.forms.fold(block.text.rpartition(" ")[2])
        goes_on = last in self.forms.leads_on or last in self.forms.words
        return is_title(block.text) and not goes_on and not has_number(block.text) and not block.closes

    # eIds

    def _eid(self, head: Head) -> tuple[str, str]:
        """The eId and the number in it. Articles are named by their number alone, after the annex or the chapter in which
        they are
        counted anew; annexes after the annex they stand in; divisions after what they stand in."""
        above = head.inside
        if head.kind is Kind.ARTICLE or head.kind in ATTACHED:
            while above is not None and not (above.is_anew and (head.kind is Kind.ARTICLE or above.kind in ATTACHED)):
                above = above.inside
        prefix = self.drafts[above].eid if above is not None else ""
        number = head.number
        if not number:
            self.counts[prefix, head.kind] = self.counts.get((prefix, head.kind), 0) + 1
            number = str(self.counts[prefix, head.kind])
        elif head.kind in ATTACHED and is_first(number):
            self.counts[prefix, head.kind] = self.counts.get((prefix, head.kind), 0) + 1
        return self.eids.free(step_in(prefix, f"{STEPS[head.kind]}_{number}")), number


def _is_short_sentence(block: Block) -> bool:
    return len(block.text) <= HEADING_LENGTH and block.text.endswith(".") and not has_number(block.text)


def heading_passage(blocks: Sequence[Block]) -> Passage:
    """The words of a heading; an edit of its line is marked at its end."""
    passage = join(blocks).passage()
    return replace(passage, edits=tuple(Mark(len(passage.text), mark.id) for mark in passage.edits))
