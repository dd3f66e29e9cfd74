"""Find citations whose unit stands after the number: Kazakh.

Reads   tokens
Writes  drafts of citations, in order

    term   «1 және 2-тармақтарында», «екінші бөлігінің», «алдыңғы тармақта», «осы баптың»
    then   each term in the genitive leads to a smaller one: «4-баптың 1-тармағының е) тармақшасы»
    before «осы Келісімнің», or the name of another instrument in the genitive
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..citations import ReferenceForms
from .atoms import DIGITS, ORDINAL, Atom, Atoms, Branch, split
from .draft import RANK, Draft, Term, names_something, paths_of
from .model import RELATIVE, Place
from .scan import Token

LONGEST_ASIDE = 12  # tokens of «(бұдан әрі – Кодекс)» between an instrument's name and the number
LONGEST_ABBREVIATION = 6


class Trailing:
    """Reads one text."""

    def __init__(self, tokens: Sequence[Token], forms: ReferenceForms):
        self.tokens = tokens
        self.atoms = Atoms(tokens, forms)
        self.kind, self.glued = self.atoms.kind, self.atoms.glued

    def drafts(self) -> list[Draft]:
        found: list[Draft] = []
        at = 0
        while at < len(self.tokens) - 1:
            draft, at = self._citation(at)
            if draft is not None:
                found.append(draft)
        return found

    # --- one citation

    def _citation(self, at: int) -> tuple[Draft | None, int]:
        """The citation at `at`, and where to go on."""
        anchor = self._own_work(at)
        head, end = self._term(anchor or at)
        if head is None:
            return None, at + 1 if anchor else end
        terms, end = self._downwards(head)
        if not names_something(terms):
            return None, end
        until = self._until(terms, end)
        if until is not None:
            terms, end = until
        paths = paths_of([terms])
        if not paths:
            return None, end
        act, says_that, is_its = (None, False, False) if anchor else self._act(at, head)
        first = at if anchor else head.first
        return Draft(
            self.tokens[first].start,
            self.tokens[end - 1].end,
            first,
            end,
            tuple(terms),
            paths,
            anchor is not None,
            act,
            says_that,
            needs_possessor=is_its or (not anchor and act is None and head.has_possessor),
        ), end

    def _downwards(self, head: Term) -> tuple[list[Term], int]:
        """The terms that each belong to the one before."""
        terms, end = [head], head.end
        while terms[-1].leads_on:
            smaller, after = self._term(end)
            is_open = smaller is None and self.kind(end) == "open"
            if is_open:
                smaller, after = self._term(end + 1)
            last = terms[-1]
            if (
                smaller is None
                or smaller.first != end + is_open
                or smaller.unit in {term.unit for term in terms}
                or RANK[smaller.unit] < RANK[last.unit]
                or smaller.relation in ("this", "that")
            ):
                break
            if is_open and self.kind(after) != "close":
                break
            terms.append(smaller)
            end = after + is_open
        return terms, end

    def _until(self, terms: list[Term], at: int) -> tuple[list[Term], int] | None:
        """«3-баптан 7-бапқа дейін» is a range."""
        last = terms[-1]
        if "ablative" not in self.tokens[last.end - 1].word.marks or len(last.branches) != 1:
            return None
        other, end = self._term(at)
        if other is None or other.unit != last.unit or len(other.branches) != 1 or self.kind(end) != "until":
            return None
        both = (*last.branches, replace(other.branches[0], ends_range=True))
        return [*terms[:-1], replace(last, end=end, branches=both)], end + 1

    # --- one term

    def _term(self, at: int) -> tuple[Term | None, int]:
        """The term at `at`, and its end; or None, and where the next may begin."""
        kind = self.kind(at)
        if kind in ("this", "that"):
            start = at
            while self.kind(at) == "that" or (at == start and kind == "this"):
                at += 1
            return (self._related(start, at, kind, 1), at + 1) if self.kind(at) == "unit" else (None, at)
        if kind in RELATIVE or kind == "count":
            return self._beside(at)
        if kind == "unit":
            return None, at + 1
        return self._numbered(at)

    def _words(self, first: int, end: int) -> Place:
        return self.tokens[first].start, self.tokens[end - 1].end

    def _related(self, first: int, at: int, relation: str, count: int) -> Term:
        word = self.tokens[at].word
        return Term(
            word.unit, first, at + 1, self._words(first, at + 1), (), relation, count, "plural" in word.marks, leads_on=True
        )

    def _beside(self, at: int) -> tuple[Term | None, int]:
        """«алдыңғы тармақ», «алдыңғы екі тармақ», «алдыңғы тармақтар»."""
        first, relation, count = at, self.kind(at), 0
        if relation == "count":
            return None, at + 1
        at += 1
        if self.kind(at) == "count":
            count, at = self.tokens[at].word.number, at + 1
        if self.kind(at) != "unit":
            return None, at
        is_plural = "plural" in self.tokens[at].word.marks
        if is_plural and (self.tokens[at].word.unit == "article" or self.tokens[at + 1].text == ":"):
            return None, at + 1
        return self._related(first, at, relation, count or (0 if is_plural else 1)), at + 1

    def _numbered(self, first: int) -> tuple[Term | None, int]:
        """«1 және 2-тармақтарында», «a) және c) тармақшаларының», «екінші бөлігі»."""
        found = self._items(first)
        if found is None:
            return None, first + 1
        branches, at = found
        if self.kind(at) in ("hyphen", "dash"):
            at += 1
            if self.kind(at) == "suffix":
                at += 1
        if self.kind(at) != "unit":
            return None, max(at, first + 1)
        word, is_joined = self.tokens[at].word, self.kind(at - 1) in ("hyphen", "dash")
        end = at + 1 + (self.kind(at + 1) == "line")
        form = branches[0].atoms[0].form
        if (word.unit == "article" and form not in (DIGITS, ORDINAL)) or (
            word.unit == "article" and not is_joined and self.kind(end) == "consists"
        ):
            return None, end
        branches = list(split(branches, "plural" in word.marks))
        is_possessive = "possessive" in word.marks
        return Term(
            word.unit,
            first,
            end,
            self._words(first, end),
            tuple(branches),
            is_plural="plural" in word.marks,
            has_possessor=is_possessive,
            leads_on=is_possessive or "genitive" in word.marks,
        ), end

    def _items(self, at: int) -> tuple[list[Branch], int] | None:
        """The list of numbers and letters at `at`; all of one form."""
        found = self._atom(at)
        if found is None:
            return None
        atom, end = found
        branches = [Branch((atom,))]
        while (separator := self.atoms.separator(end)) is not None:
            is_range, start = separator
            following = self._atom(start)
            if following is None or following[0].form != atom.form:
                break
            branches.append(Branch((following[0],), is_range))
            end = following[1]
        return branches, end

    def _atom(self, at: int) -> tuple[Atom, int] | None:
        kind = self.kind(at)
        if kind == "number":
            return self._digits(at)
        if kind in ("ordinal", "tens"):
            return self.atoms.ordinal(at)
        if kind in ("open", "quote") or len(self.tokens[at].text) <= 5:
            found = self.atoms.marked(at) or self.atoms.upper_roman(at)
            if found is None and self.kind(at + 1) in ("unit", "hyphen", "and", "comma"):
                found = self.atoms.bare_letter(at, is_before_unit=True)
            if found is not None and found[0].form == "bracketed digits":
                return replace(found[0], form=DIGITS), found[1]
            return found
        return None

    def _digits(self, at: int) -> tuple[Atom, int] | None:
        found = self.atoms.number(at)
        if found is None:
            return None
        atom, end = found
        if self.glued(end, "close"):
            atom, end = replace(atom, place=(atom.place[0], self.tokens[end].end)), end + 1
        return atom, end

    # --- what it belongs to

    def _own_work(self, at: int) -> int | None:
        """The end of «осы Келісімнің» at `at`."""
        if self.kind(at) != "this":
            return None
        at += 1
        at += self.kind(at) == "adjective"
        return at + 1 if self.kind(at) == "act" else None

    def _act(self, first: int, head: Term) -> tuple[Place | None, bool, bool]:
        """The words before `first` that name another instrument; whether they only point back to one; whether it says
        "its" («оның 5-бабы»)."""
        if head.relation:
            return None, False, False
        end = first
        if self.kind(first - 1) == "comma" and self.kind(first - 2) == "act":  # «Вена конвенциясы, 36-бап»
            return (None if self.kind(first - 3) == "this" else self._words(first - 2, first - 1)), False, False
        if self.kind(end - 1) == "close":
            opened = next((at for at in range(end - 2, max(end - LONGEST_ASIDE, -1), -1) if self.kind(at) == "open"), None)
            end = opened if opened is not None else end
        noun = end - 1
        if self.kind(noun) == "its":
            return None, False, True
        token = self.tokens[max(noun, 0)]
        if self.kind(noun) in ("act", "preamble") and ("genitive" in token.word.marks or head.has_possessor):
            if self._own_work(noun - 1) == noun + 1 or self._own_work(noun - 2) == noun + 1:
                return None, False, False
            says_that = self.kind(noun - 1) == "that"
            return self._words(noun - says_that, noun + 1), says_that, False
        if head.has_possessor and self._is_abbreviation(noun):
            return self._words(noun, noun + 1), False, False
        return None, False, False

    def _is_abbreviation(self, at: int) -> bool:
        """ҚК, ҚПК-нің: capitals right before the number."""
        capitals = self.tokens[max(at, 0)].text.partition("-")[0]
        return self.kind(at) == "word" and 2 <= len(capitals) <= LONGEST_ABBREVIATION and capitals.isupper()
