"""The words of a query as clauses: words, numbers, phrases, beginnings. The browser has the same in search-clauses.js.

Reads   a piece of a query (grammar.Words), its language, the tokens that analyse.py makes of it
Writes  Clauses
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from .analyse import Token, analyse, is_stop_word
from .grammar import Words
from .numerals import number_at

LONGEST_NUMBER = 8  # clauses that may say one number
LONGEST_PHRASE = 64  # words; a longer one is made several


class ClauseKind(Enum):
    WORD = "word"
    COMPOUND = "compound"  # one word of several parts: 5-бабында, іс-қимыл
    NUMBER = "number"  # 60, алпыс, one hundred and eighty
    PHRASE = "phrase"
    PREFIX = "prefix"


@dataclass(frozen=True)
class Clause:
    """One thing to find. start, end: code points of the query; spans: those of its parts.

    whole: stem and exact form of a compound without hyphens. number: what a NUMBER says.
    """

    kind: ClauseKind
    stems: tuple[str, ...]
    exacts: tuple[str, ...]
    whole: tuple[str, str] | None
    stop: bool
    spans: tuple[tuple[int, int], ...]
    number: int = 0

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]

    @property
    def meaning(self) -> tuple[object, ...]:
        """What two clauses that ask for the same have in common."""
        return (self.kind, self.number) if self.number else (self.kind, self.stems, self.exacts)


def clauses_of(query: str, piece: Words, lang: str) -> list[Clause]:
    """The clauses of a piece of `query`; numbers are not among them yet."""
    tokens = analyse(query[piece.start : piece.end], lang)
    groups = [tokens] if piece.quoted and tokens else list(_grouped(tokens))
    return [_clause(part, query, piece, lang) for group in groups for part in _in_pieces(group)]


def _clause(group: Sequence[Token], query: str, piece: Words, lang: str) -> Clause:
    parts = [token for token in group if not token.whole]
    wholes = [(token.term, token.exact) for token in group if token.whole]
    whole = wholes[0] if wholes and not piece.quoted else None
    spans = tuple((part.start + piece.start, part.end + piece.start) for part in parts)
    stems, exacts = tuple(part.term for part in parts), tuple(part.exact for part in parts)
    end = spans[-1][1]
    if query[end : end + 1] == "*" and not piece.quoted and (whole or len(parts) == 1):
        word = whole[1] if whole else exacts[0]
        return Clause(ClauseKind.PREFIX, (word,), (word,), None, False, ((spans[0][0], end),))
    if len(parts) > 1:
        return Clause(ClauseKind.PHRASE if piece.quoted else ClauseKind.COMPOUND, stems, exacts, whole, False, spans)
    return Clause(ClauseKind.WORD, stems, exacts, None, not piece.quoted and is_stop_word(exacts[0], lang), spans)


def _in_pieces(group: list[Token]) -> Iterator[list[Token]]:
    """The tokens of a phrase or compound, as several where there are too many: without the whole words then."""
    if len(group) <= LONGEST_PHRASE:
        yield group
        return
    parts = [token for token in group if not token.whole]
    for begin in range(0, len(parts), LONGEST_PHRASE):
        yield parts[begin : begin + LONGEST_PHRASE]


def _grouped(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Tokens that are one word together."""
    group: list[Token] = []
    for token in tokens:
        if group and not (token.glued or token.whole):
            yield group
            group = []
        group.append(token)
    if group:
        yield group


def with_numbers(clauses: Sequence[Clause], lang: str) -> list[Clause]:
    """`clauses` with those that say a number made one: one hundred and eighty; алпыс (60), which says it twice."""
    found: list[Clause] = []
    at = 0
    while at < len(clauses):
        number, count = _number_of(clauses[at:], lang)
        if not number:
            found.append(clauses[at])
            at += 1
            continue
        one = _joined(clauses[at : at + count], number)
        at += count
        if found and found[-1].number == number:
            one = _joined((found.pop(), one), number)
        found.append(one)
    return found


def _number_of(clauses: Sequence[Clause], lang: str) -> tuple[int, int]:
    """The number that the first clauses say, and how many clauses; 0 and 0 when they say none."""
    words: list[str] = []
    ends: list[int] = []
    for clause in islice(clauses, LONGEST_NUMBER):
        if clause.kind not in (ClauseKind.WORD, ClauseKind.COMPOUND):
            break
        words += clause.exacts
        ends.append(len(words))
    number, count = number_at(words, lang)
    return (number, ends.index(count) + 1) if count in ends else (0, 0)


def _joined(clauses: Sequence[Clause], number: int) -> Clause:
    stems = tuple(stem for clause in clauses for stem in clause.stems)
    exacts = tuple(exact for clause in clauses for exact in clause.exacts)
    spans = tuple(span for clause in clauses for span in clause.spans)
    return Clause(ClauseKind.NUMBER, stems, exacts, None, False, spans, number)
