"""Read what a citation belongs to, where the unit stands before the number: English, Russian.

Reads   tokens beside a citation
Writes  the end of "of this Agreement"; the words that name another instrument
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..citations import LONGEST_WORD, ReferenceForms
from .atoms import Atoms
from .draft import Term
from .model import Place
from .scan import Token

LONGEST_NAME = 9  # words before the noun of an instrument's name: "of the United Nations Convention"


class Naming:
    """Reads one text."""

    def __init__(self, tokens: Sequence[Token], forms: ReferenceForms):
        self.tokens, self.forms = tokens, forms
        self.kind = Atoms(tokens, forms).kind
        self.has_of = "genitive" not in forms.marks  # English; Russian has the genitive

    def _words(self, first: int, end: int) -> Place:
        return self.tokens[first].start, self.tokens[end - 1].end

    def own_work(self, at: int) -> int | None:
        """The end of "of this Agreement", "настоящего Соглашения", "hereof" at `at`."""
        if self.kind(at) == "here":
            return at + 1
        at += self.kind(at) == "comma" and self.kind(at + 1) == "of"
        at += self.kind(at) == "of"
        at += self.kind(at) == "the"
        if self.kind(at) != "this":
            return None
        for noun in range(at + 1, at + 4):
            if self.kind(noun) == "act":
                return noun + 1
            if self.kind(noun) != "word":
                return None
        return None

    def act(self, head: Term, end: int) -> tuple[Place | None, bool]:
        """The words beside a citation (its first term, the token after its last) that name another instrument, and whether
        they only point back to one."""
        is_shouted = any(t.kind == "unit" and t.text.isupper() for t in self.tokens[head.first : head.first + 4])
        place, says_that = self._act(end, is_shouted)  # in a text of capitals they are no sign of an abbreviation
        if place is None and self._is_owner(head.first - 1):
            place = self._words(head.first - 1, head.first)
        if place is None and head.unit == "article" and self.kind(head.first - 1) == "comma":
            place = self._before_comma(head.first - 1)
        return place, says_that

    def _act(self, at: int, is_shouted: bool) -> tuple[Place | None, bool]:
        """The words at `at` that name another instrument, and whether they only point back to one."""
        if self.kind(at) == "there":
            return self._words(at, at + 1), True
        start = at
        at += self.kind(at) == "comma" and self.kind(at + 1) == "of"
        if self.has_of and self.kind(at) != "of":
            return (None, False) if is_shouted else self._abbreviation(at)
        at += self.kind(at) == "of"
        says_that, first = False, at
        for place in range(at, at + LONGEST_NAME):
            kind = self.kind(place)
            says_that = says_that or kind == "that"
            if kind in ("act", "preamble"):
                return self._words(first, place + 1), says_that
            if self.has_of and not is_shouted and self._abbreviation(place)[0] is not None:
                return self._words(first, place + 1), says_that
            if kind in ("halt", "stop", "comma", "unit", "dot", "end", "this") or (kind == "open" and place == start):
                return None, False
            if not self.has_of and not self._may_lead_to_act(place):
                return None, False
        return None, False

    def _may_lead_to_act(self, at: int) -> bool:
        """Russian has no "of": only words in the genitive stand between the number and the instrument."""
        token = self.tokens[at]
        if token.kind != "word" or len(token.text) > LONGEST_WORD:
            return token.kind in ("that", "same", "ordinal", "quote", "hyphen", "its")
        last = re.split("[-‐‑]", self.forms.fold(token.text))[-1]  # Уголовно-процессуального
        return self.forms.marks["genitive"].fullmatch(last) is not None

    def _is_owner(self, at: int) -> bool:
        """ "the Convention's" at `at`."""
        text = self.tokens[max(at, 0)].text
        return text[-2:] in ("'s", "’s") and self.forms.word(text[:-2]).kind == "act" and self.kind(at - 1) != "this"

    def _before_comma(self, comma: int) -> Place | None:
        """ "the Vienna Convention on Consular Relations, Article 36", «Венская конвенция о сношениях, статья 36»: a name has
        capitals, and more words than its noun."""
        for noun in range(comma - 1, max(comma - LONGEST_NAME, 0) - 1, -1):
            kind = self.kind(noun)
            if kind in ("act", "title"):
                first = noun
                while first > 0 and self.kind(first - 1) == "word" and self.tokens[first - 1].text[:1].isupper():
                    first -= 1
                is_name = self.tokens[first].text[:1].isupper() and comma - first > 1
                return self._words(first, comma) if is_name and self.kind(first - 1) != "this" else None
            if kind not in ("word", "of", "the", "and", "open", "close", "number", "counted"):
                return None
        return None

    def _abbreviation(self, at: int) -> tuple[Place | None, bool]:
        """ECHR, VCLT: capitals right after the number."""
        text = self.tokens[at].text
        if self.kind(at) == "word" and 2 <= len(text) <= 8 and text.isupper():
            return self._words(at, at + 1), False
        return None, False
