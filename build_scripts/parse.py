"""Parse a text into provisions.

Reads   Blocks, the forms of the language, what treaty.yml says of title and enclosing act
Writes  Provisions with eIds by part of the document: preface, preamble, body, conclusions, attachments
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from .arrange import Arranged, arrange
from .articles import Draft, Eids, build_units, check_row, freeze, freeze_units, step_in
from .blocks import Block, lay_out
from .choose import Chosen, Head, choose
from .describe import TreatyData
from .forms import Forms, forms
from .model import ATTACHED, DIVISIONS, Kind, Part, Provision, articles_of
from .number import follows, is_first
from .numeral import flattened
from .problems import Code, Problems
from .read import Line, edit_lines
from .surround import divide, end_begins, end_of, guess_title, is_conclusion, preamble, preface
from .within import cut_within


@dataclass(frozen=True)
class Parsed:
    """A text read without treaty.yml. title: as printed, "" when there is none that may be called so."""

    title: str
    parts: Mapping[Part, tuple[Provision, ...]]
    lines: tuple[Line, ...]
    heading_marks: int

    @property
    def articles(self) -> tuple[Provision, ...]:
        """The articles of the main text, in order."""
        return articles_of(self.parts)

    def walk(self) -> Iterator[Provision]:
        """All provisions, in the order of the text."""
        for part in Part:
            for top in self.parts.get(part, ()):
                yield from top.walk()

    def by_kind(self, kind: Kind) -> tuple[Provision, ...]:
        return tuple(provision for provision in self.walk() if provision.kind is kind)


def read_text(
    text: str,
    lang: str,
    file: str,
    problems: Problems,
    *,
    title: str | None = None,
    layout: str = "auto",
    enclosing: str | None = None,
) -> Parsed:
    """Parse a text of which nothing is known but its language. Raises FileNotFoundError when there are no forms of `lang`.

    title: None, and it is looked for; enclosing: "law" or "decree", when the treaty is published with one.
    """
    own = forms(lang)
    lines, _ = edit_lines(text, [], file, "", problems)
    blocks, heading_marks = lay_out(lines, own, layout)
    parser = _Parser(blocks, own, file, problems)
    found = guess_title(parser.before, own) if title is None else title
    return Parsed(found, parser.parts(found, enclosing), lines, heading_marks)


def parse(
    blocks: Sequence[Block], data: TreatyData, title: str, forms: Forms, file: str, problems: Problems
) -> Mapping[Part, tuple[Provision, ...]]:
    """The provisions of a text. Every block becomes part of exactly one; what is no known unit is kept as text, and is a Problem.

    title: the treaty's title as treaty.yml gives it for this expression; it is found in the text by comparison.
    """
    return _Parser(blocks, forms, file, problems).parts(title, data.enclosing.kind if data.enclosing else None)


class _Parser:
    def __init__(self, blocks: Sequence[Block], forms: Forms, file: str, problems: Problems):
        self.forms, self.file, self.problems = forms, file, problems
        self.blocks = list(blocks)
        self.chosen = self._choose()
        self.arranged = arrange(self.blocks, self.chosen, forms, partial(end_begins, forms=forms))

    @property
    def before(self) -> list[Block]:
        """The blocks before the first heading."""
        return self.arranged.before

    def _choose(self) -> Chosen:
        sure_end = partial(is_conclusion, forms=self.forms)
        chosen = choose(self.blocks, self.forms, sure_end)
        cut = cut_within(self.blocks, chosen, self.forms)
        if cut is None:
            return chosen
        self.blocks = cut
        return choose(self.blocks, self.forms, sure_end)

    def parts(self, title: str, enclosing: str | None) -> dict[Part, tuple[Provision, ...]]:
        arranged, forms, file, problems = self.arranged, self.forms, self.file, self.problems
        if not any(head.kind is Kind.ARTICLE for head in self.chosen.heads):
            problems.add(
                Code.NO_ARTICLES,
                file,
                0,
                f"no article was found (language {forms.lang})",
                "an article begins with its number on a line of its own, such as 1-бап or Article 1; "
                "a text that has none is kept as it is",
            )
        if not self.blocks:
            return {}
        front, place, rest = divide(arranged.before, title, forms, file, problems)
        plain = [] if arranged.main else self._without_headings(arranged, rest)
        self._report_headings()
        result = {
            Part.PREFACE: preface(front, place, enclosing, forms, file, problems),
            Part.PREAMBLE: preamble(rest if arranged.main else (), forms),
            Part.BODY: (*plain, *self._frozen(arranged.main)),
            Part.CONCLUSIONS: end_of(arranged.after, "", forms, file, problems),
            Part.ATTACHMENTS: tuple(self._frozen(arranged.attached)),
        }
        if not result[Part.BODY]:  # the standard wants one: a text that is all annex is its own body
            result[Part.BODY], result[Part.ATTACHMENTS] = result[Part.ATTACHMENTS], ()
        self._check_rows()
        return result

    def _without_headings(self, arranged: Arranged, rest: Sequence[Block]) -> list[Provision]:
        """The paragraphs of a text that has no heading, save of annexes."""
        end = end_begins(rest, self.forms) if not arranged.attached else len(rest)
        arranged.after = list(rest[end:])
        whole = Draft(Kind.TEXT)
        build_units(whole, rest[:end])
        opening = [Draft(Kind.SUBPARAGRAPH, whole.pieces, line=whole.pieces[0].lines[0])] if whole.pieces else []
        return freeze_units(opening + whole.children, "", "", self.file, self.problems, Eids())

    def _frozen(self, drafts: Sequence[Draft]) -> Iterator[Provision]:
        for draft in drafts:
            yield self._freeze(draft)

    def _freeze(self, draft: Draft) -> Provision:
        """A division, an annex or an article with all that stands in it."""
        own = freeze(draft, draft.eid, draft.printed, self.file, self.problems)
        end = end_of(draft.after, draft.eid, self.forms, self.file, self.problems)
        if not draft.below and not end:
            return own
        units = own.children
        if own.passages:
            kind = Kind.INTRO if draft.below else Kind.SUBPARAGRAPH
            step = "intro" if draft.below else "subpara_1"
            opening = replace(own, eid=step_in(own.eid, step), kind=kind, num="", number="", heading=None)
            units = (replace(opening, lines=own.passages[0].lines),)
        children = (*units, *self._frozen(draft.below), *end)
        return replace(own, passages=(), children=children, lines=(own.lines[0], children[-1].lines[1]))

    def _report_headings(self) -> None:
        for head in self.chosen.heads:
            block = self.blocks[head.index]
            if head.said.is_glued:
                num, rest = block.text[: head.said.num_end], block.text[head.said.rest :]
                self.problems.add(
                    Code.HEADING_GLUED,
                    self.file,
                    block.lines[0],
                    f"the heading is stuck to its number: {block.text!r}",
                    f"it is read as {num!r} and {rest!r}; "
                    f'declare it in edits.yml: quote "{num}{rest}", replacement "{num} {rest}"',
                )
            if head.said.is_misspelt and not head.said.numbers:
                self.problems.add(
                    Code.ARTICLE_MISSING,
                    self.file,
                    block.lines[0],
                    f"{block.text!r} is taken for the heading of article {head.number}, whose number is lost",
                    "compare with the original; if it is so, declare it under `accepted` in edits.yml",
                )
            elif head.said.is_misspelt:
                self.problems.add(
                    Code.HEADING_MISSPELT,
                    self.file,
                    block.lines[0],
                    f"{block.text!r} is taken for the heading of an article",
                    "the row of articles lacks it here; compare with the original. The words are kept as they are",
                )
            plain = head.number_said
            if head.kind is Kind.ARTICLE and head.number in flattened(plain)[1:]:
                self.problems.add(
                    Code.ARTICLE_MISSING,
                    self.file,
                    block.lines[0],
                    f"{block.text[: head.said.num_end]!r} stands where article {head.number} is expected, "
                    "and is taken for it, with the number "
                    "of a note after it",
                    "compare with the original; if it is so, declare it under `accepted` in edits.yml",
                )
            if head.is_implied:
                self.problems.add(
                    Code.ARTICLES_ANEW,
                    self.file,
                    block.lines[0],
                    f"the articles begin anew with no annex announced: {block.text[:60]!r}",
                    "a text attached to the treaty is taken to begin here; if so, declare it under `accepted` in edits.yml",
                )

    def _check_rows(self) -> None:
        """Gaps and repeats in the articles, row by row, and in the numbers of divisions and annexes."""
        for row in self.chosen.rows:
            places = [(self.blocks[head.index].lines[0], self.blocks[head.index].text[: head.said.num_end]) for head in row.heads]
            owner = row.owner.number if row.owner is not None else ""
            where = "" if row.owner is None else f"the {row.owner.kind.value} at line {self.blocks[row.owner.index].lines[0]}"
            check_row([head.number for head in row.heads], places, where, self.file, self.problems, Code.ARTICLE_MISSING, owner)
        self._check_divisions()

    def _check_divisions(self) -> None:
        """Each division, and each annex with a plain number, follows the one of its kind before it, or is the first in what
        holds it."""
        last: dict[tuple[Head | None, Kind], tuple[str, Head | None]] = {}
        for head in self.chosen.heads:
            if head.kind is Kind.ARTICLE or not head.number or (head.kind in ATTACHED and "-" in head.number):
                continue
            region = head.inside
            while region is not None and region.kind in DIVISIONS:
                region = region.inside
            before, inside = last.get((region, head.kind), ("", None))
            begins_anew = is_first(head.number) and (not before or head.inside is not inside)
            if not begins_anew and not follows(before, head.number):
                block = self.blocks[head.index]
                num = block.text[: head.said.num_end]
                self.problems.add(
                    Code.DIVISION_MISSING, self.file, block.lines[0],
                    f"{num!r} stands {'after ' + before if before else 'at the beginning'}: "
                    "a number is missing, repeated or out of order",
                    "compare with the original; what is right declare under `accepted` in edits.yml",
                )
            last[region, head.kind] = head.number, head.inside
