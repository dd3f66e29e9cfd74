"""Find citations whose unit stands before the number: English, Russian.

Reads   tokens
Writes  drafts of citations, in order

    term      "paragraphs 1 and 2", "the second paragraph", "the preceding paragraph", "this Article"
    upwards   "point (a) of paragraph 2 of Article 4", «пункт 2 статьи 4»: each term belongs to the next
    downwards "Article 4, paragraph 2, point (a)", «статья 4 (пункт 2)»: each term is part of the one before
    then      "of this Agreement", or the name of another instrument
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..citations import ReferenceForms
from .atoms import DIGITS, ROMAN, Atom, Atoms, Branch, split
from .draft import RANK, Draft, Term, names_something, paths_of
from .model import RELATIVE, Place
from .naming import Naming
from .scan import Token

BEGINNINGS = ("unit", "the", "ordinal", "tens", "that", "count", "this", *RELATIVE)


class Leading:
    """Reads one text."""

    def __init__(self, tokens: Sequence[Token], forms: ReferenceForms):
        self.tokens, self.forms = tokens, forms
        self.atoms = Atoms(tokens, forms)
        self.kind, self.glued = self.atoms.kind, self.atoms.glued
        self.naming = Naming(tokens, forms)
        self.has_of = "genitive" not in forms.marks  # English; Russian has the genitive

    def drafts(self) -> list[Draft]:
        found: list[Draft] = []
        at = 0
        while at < len(self.tokens):
            draft = self._citation(at) if self.kind(at) in BEGINNINGS else None
            if draft is not None:
                found.append(draft)
            at = draft.end if draft is not None else at + 1
        return found

    # --- one citation

    def _citation(self, at: int) -> Draft | None:
        head = self._term(at)
        if head is None:
            return None
        terms, end = self._upwards([head])
        groups = [terms[::-1]]
        if len(terms) == 1:
            groups, end = self._downwards(head)
            above = self._larger(head, end + 1) if len(groups[0]) > 1 and self.kind(end) == "comma" else None
            if above is not None:  # "paragraph 1, subparagraph (a), of Article 5"
                groups, end = [[above, *groups[0]]], above.end
        if not any(names_something(group) for group in groups):
            return None
        own_end = self.naming.own_work(end)
        if (
            own_end is None
            and len(groups) == 1
            and len(groups[0]) > 1
            and len(head.branches) > 1
            and head.unit == "article"
            and head is groups[0][0]
        ):
            groups, end = [[head]], head.end  # "articles 49, 50, 51 or 52, paragraph 2 does not apply"
        is_own = own_end is not None
        end = own_end or end
        act, says_that = (None, False) if is_own else self.naming.act(head, end)
        paths = paths_of(groups)
        if not paths:
            return None
        return Draft(
            self.tokens[head.first].start,
            self.tokens[end - 1].end,
            head.first,
            end,
            tuple(groups[0]),
            paths,
            is_own,
            act,
            says_that,
        )

    def _upwards(self, terms: list[Term]) -> tuple[list[Term], int]:
        """The terms that each belong to the next, beginning with the smallest unit."""
        while True:
            last = terms[-1]
            larger = self._larger(last)
            if larger is None or larger.unit in {term.unit for term in terms}:
                return terms, last.end
            terms = [*terms, larger]

    def _larger(self, term: Term, at: int | None = None) -> Term | None:
        """The term that `term` belongs to; it stands at `at`, or right after."""
        at = term.end if at is None else at
        if term.unit == "article":
            return None
        larger = (self._term(at + 1) if self.kind(at) == "of" else None) if self.has_of else self._term(at)
        if larger is None or larger.unit == term.unit or RANK[larger.unit] > RANK[term.unit]:
            return None
        return larger if self.has_of or larger.leads_on else None

    def _downwards(self, head: Term) -> tuple[list[list[Term]], int]:
        """Groups of terms, each part of the one before: "articles 31, paragraph 1, and 54, paragraph 1" are two groups."""
        groups, end = [[head]], head.end
        while True:
            last = groups[-1][-1]
            smaller, after = self._smaller(last, end, head.unit == "article")
            if smaller is not None:
                groups[-1].append(smaller)
                end = after
                continue
            again = self._again(head, end) if len(groups[-1]) > 1 else None
            if again is None:
                return groups, end
            groups.append([again])
            end = again.end

    def _smaller(self, last: Term, at: int, is_from_article: bool) -> tuple[Term | None, int]:
        is_open = self.kind(at) == "open"
        start = at + (is_open or self.kind(at) == "comma")
        if self.kind(start) == "unit":
            term = self._numbered(start, last)
        else:
            term = self._term(start) if self.kind(start) in ("ordinal", "tens") else None
        if term is None or not term.branches or RANK[term.unit] <= RANK[last.unit]:
            return None, at
        if start == at and not is_from_article:
            return None, at
        if self._larger(term) is not None:  # it belongs to what follows
            return None, at
        end = term.end + (is_open and self.kind(term.end) == "close")
        return (term, end) if not is_open or end > term.end else (None, at)

    def _again(self, head: Term, at: int) -> Term | None:
        """The ", and 54" of "articles 31, paragraph 1, and 54, paragraph 1"."""
        if head.unit != "article" or not head.is_plural:
            return None
        separator = self.atoms.separator(at)
        found = self._items(separator[1], head.unit, True) if separator and not separator[0] else None
        if found is None:
            return None
        branches, end = found
        return replace(head, first=at, end=end, branches=branches, words=branches[0].atoms[0].place)

    # --- one term

    def _term(self, at: int) -> Term | None:
        start = at
        at += self.kind(at) == "the"
        kind = self.kind(at)
        if kind == "unit":
            return self._numbered(at)
        if kind in ("this", "that"):
            at += 1
            while self.kind(at) in ("same", "that"):
                at += 1
            return self._related(start, at, kind, 1) if self.kind(at) == "unit" else None
        if kind in ("ordinal", "tens"):
            return self._counted_off(start, at)
        return self._beside(start, at)

    def _words(self, first: int, end: int) -> Place:
        return self.tokens[first].start, self.tokens[end - 1].end

    def _related(self, first: int, at: int, relation: str, count: int) -> Term | None:
        """ "this Article": the unit stands at `at`; when a number follows, the unit speaks for itself."""
        word = self.tokens[at].word
        if self.kind(at + 1) == "number" or (
            relation == "following" and self.kind(at + 1) == "stop" and self.tokens[at + 1].text == ":"
        ):
            return None
        return Term(
            word.unit,
            first,
            at + 1,
            self._words(first, at + 1),
            (),
            relation,
            count,
            "plural" in word.marks,
            leads_on=self.kind(at - 1) != "the" and "genitive" in word.marks,
        )

    def _beside(self, first: int, at: int) -> Term | None:
        """ "the preceding paragraph", "the two preceding paragraphs", "the foregoing paragraphs"."""
        count = 0
        if self.kind(at) == "count":
            count, at = self.tokens[at].word.number, at + 1
        if self.kind(at) not in RELATIVE:
            return None
        relation, at = self.kind(at), at + 1
        if self.kind(at) == "count" and not count:
            count, at = self.tokens[at].word.number, at + 1
        if self.kind(at) != "unit":
            return None
        word = self.tokens[at].word
        is_plural = "plural" in (word if self.has_of else self.tokens[at - 1].word).marks
        if is_plural and word.unit == "article" and not count:
            return None  # "the following articles" are no closed set
        return self._related(first, at, relation, count if is_plural else 1)

    def _counted_off(self, first: int, at: int) -> Term | None:
        """ "the second paragraph", "the first and second paragraphs"."""
        branches: list[Branch] = []
        while (found := self.atoms.ordinal(at)) is not None and len(branches) < 10:
            branches.append(Branch((found[0],)))
            at = found[1]
            separator = self.atoms.separator(at)
            if separator is None or self.kind(separator[1]) not in ("ordinal", "tens"):
                break
            at = separator[1]
        if self.kind(at) != "unit" or self.kind(at + 1) == "number" or self.tokens[at].word.unit == "article":
            return None
        word = self.tokens[at].word
        return Term(
            word.unit,
            first,
            at + 1,
            self._words(first, at + 1),
            tuple(branches),
            is_plural=len(branches) > 1,
            leads_on="genitive" in word.marks,
        )

    def _numbered(self, at: int, holder: Term | None = None) -> Term | None:
        """ "paragraphs 1 and 2", "Article 4(1)(e)", "ст.ст. 3 и 4"."""
        word, first = self.tokens[at].word, at
        if "abbreviation" in word.marks and self.glued(at, "unit") and self.kind(at - 1) == "dot":
            return None  # "в т.ч. 5"; "ст.ст." is read from its first part
        at += 1
        if "abbreviation" in word.marks and self.kind(at) == "dot":
            at += 1
            if self.glued(at, "unit") and self.tokens[at].word.unit == word.unit:
                at += 1 + (self.kind(at + 1) == "dot")
        at += self.kind(at) == "number_sign"
        is_plural = "plural" in word.marks
        found = self._items(at, word.unit, is_plural, holder)
        if found is None:
            return None
        branches, end = found
        return Term(
            word.unit,
            first,
            end,
            self._words(first, end),
            branches,
            is_plural=is_plural,
            leads_on="genitive" in word.marks,
        )

    def _items(self, at: int, unit: str, is_plural: bool, holder: Term | None = None) -> tuple[tuple[Branch, ...], int] | None:
        """The list of numbers and letters at `at`. holder: the larger unit it is part of."""
        is_article = unit == "article"
        may_go_on = holder is not None and holder.unit == "article" and holder.is_plural  # with another article
        at += self.kind(at) == "from"
        found = self._first(at, unit)
        if found is None:
            return None
        atoms, end = self.atoms.chain((found[0],), found[1], is_article)
        branches = [Branch(atoms)]
        while (separator := self.atoms.separator(end)) is not None:
            is_range, start = separator
            following = self._next(start, atoms)
            if following is None:
                break
            atom, depth, after = following
            if depth == 0 and may_go_on and (self._begins_another(after, unit) or not is_plural):
                break  # "articles 31, paragraph 1, and 54": 54 is an article
            atoms, end = self.atoms.chain((*atoms[:depth], atom), after, is_article)
            branches.append(Branch(atoms, is_range))
        return split(branches, is_plural), end

    def _first(self, at: int, unit: str) -> tuple[Atom, int] | None:
        found = self.atoms.number(at)
        if found is not None:
            return self._with_bracket(found)
        if unit == "article":
            return self.atoms.upper_roman(at) or self.atoms.ordinal(at)
        if unit == "paragraph" and (one := self.atoms.misprinted_one(at)) is not None:
            return one
        found = self.atoms.marked(at) or self.atoms.bare_letter(at) or self.atoms.ordinal(at)
        if found is not None and found[0].form not in ("letter", ROMAN, "ordinal"):
            return replace(found[0], form=DIGITS), found[1]
        return found

    def _with_bracket(self, found: tuple[Atom, int]) -> tuple[Atom, int]:
        """1) is a number as 1 is; the bracket of "(пункт 1)" is not part of it."""
        atom, end = found
        if not self.glued(end, "close") or self._is_inside(end):
            return found
        return replace(atom, place=(atom.place[0], self.tokens[end].end)), end + 1

    def _is_inside(self, at: int) -> bool:
        """Whether the bracket that closes at `at` was opened a few tokens before."""
        return any(self.kind(back) == "open" for back in range(max(at - 6, 0), at))

    def _next(self, at: int, atoms: Sequence[Atom]) -> tuple[Atom, int, int] | None:
        """The next item of a list, the depth at which it stands in the path before it, and the place after it."""
        at += self.kind(at) == "from"
        found = self.atoms.number(at)
        if found is not None:
            found = self._with_bracket(found)
            after = self.kind(found[1])
            if after == "counted" or len(found[0].printed) > max(3, len(atoms[0].printed)) or self._is_compound(found[1]):
                return None
        else:
            found = self.atoms.marked(at) or self.atoms.ordinal(at)
            if found is None and atoms[0].form == DIGITS and self.tokens[at].text.isupper():
                found = self.atoms.upper_roman(at)
            if found is None and atoms[-1].form == "letter":
                found = self.atoms.bare_letter(at)
        if found is None:
            return None
        return self._place_in(found[0], atoms, found[1])

    def _is_compound(self, at: int) -> bool:
        return self.glued(at, "hyphen") and self.tokens[at + 1].is_glued  # "30-day"

    def _place_in(self, atom: Atom, atoms: Sequence[Atom], end: int) -> tuple[Atom, int, int] | None:
        forms = [each.form for each in atoms]
        if atom.form == "letter" and ROMAN in forms and atom.printed in ("i", "v", "x"):
            atom = replace(atom, form=ROMAN)
        if atom.form not in forms:
            return None
        return atom, forms.index(atom.form), end

    def _begins_another(self, at: int, unit: str) -> bool:
        """Whether ", paragraph" follows: then the number before it is no paragraph."""
        return self.kind(at) == "comma" and self.kind(at + 1) == "unit" and self.tokens[at + 1].word.unit == unit
