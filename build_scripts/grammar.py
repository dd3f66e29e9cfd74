"""What a reader typed, as a tree of words, filters and operators. The browser has the same in search-grammar.js.

Reads   a query; grammar.yml
Writes  a Reading: its tree, and whether it uses the language of queries at all

    query   = beside { OR beside }
    beside  = both { both }                    words beside each other: all of them first, then some
    both    = unary { AND unary }              all of them, nothing less
    unary   = { NOT | "-" } primary
    primary = "(" query ")" | filter | phrase | word
    filter  = ("treaty" | "lang" | "article") ":" ( word | phrase )
    phrase  = any quotation marks, words in this order
    word    = letters and digits, begin* for a beginning

AND binds closer than words beside each other, these closer than OR. Operators are words in capitals, in Kazakh, Russian or
English; in a query that is in capitals as a whole they are words. A minus stands at the beginning of a word, a filter's value
right after its colon.

Nothing is a mistake. What is no word is left out; a quotation mark or a parenthesis without its twin is none; an operator with
nothing beside it is left out. Only the first LONGEST_QUERY code points are read; parentheses deeper than MOST_DEPTH do not group.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from pathlib import Path
from typing import Any

from .analyse import LONGEST, SCRIPTS, fold
from .tables import read_table

LONGEST_QUERY = 1000  # code points that are read
MOST_DEPTH = 16  # of parentheses
LONGEST_OPERATOR = 20  # code points of a word that may be an operator or the name of a field
TABLES: Mapping[str, Any] = read_table(Path(__file__).with_name("grammar.yml"))
QUOTES = frozenset('"“”„‟«»')
MINUS = frozenset("-−")


class Join(Enum):
    """How the parts of a group belong together."""

    BESIDE = "beside"
    AND = "and"
    OR = "or"


@dataclass(frozen=True)
class Words:
    """A piece of the query that is words. start, end: code points of the query."""

    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True)
class Filter:
    """field: treaty, lang or article; value: as typed. start, end: code points of the value."""

    field: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Without:
    part: Asked


@dataclass(frozen=True)
class Group:
    """Two parts or more."""

    join: Join
    parts: tuple[Asked, ...]


Asked = Words | Filter | Without | Group


@dataclass(frozen=True)
class Reading:
    """asked: None where the query has nothing in it. plain: it is words and phrases only. cut: it is longer than what is read."""

    asked: Asked | None
    plain: bool
    operators: bool
    cut: bool


def read(query: str) -> Reading:
    """The tree of `query`. It takes time in proportion to what is read."""
    signs = _signs(query[: readable(query)])
    asked = _Parser(signs).query()
    kinds = {sign.kind for sign in signs}
    return Reading(asked, kinds <= {"words", "(", ")"}, bool(kinds & {"and", "or", "not"}), len(query) > LONGEST_QUERY)


def readable(query: str) -> int:
    """How many code points of `query` are read. A word that would be cut in two is left out."""
    if len(query) <= LONGEST_QUERY or is_space(query[LONGEST_QUERY]):
        return LONGEST_QUERY
    end = LONGEST_QUERY
    while end > LONGEST_QUERY - LONGEST and not is_space(query[end - 1]):
        end -= 1
    return end if is_space(query[end - 1]) else LONGEST_QUERY


@dataclass(frozen=True)
class _Sign:
    """kind: words, filter, and, or, not, ( or )."""

    kind: str
    asked: Words | Filter | None = None


def _signs(query: str) -> list[_Sign]:
    operators = _has_operators(query)
    return list(_Scanner(query, operators).signs())


def is_space(char: str) -> bool:
    return unicodedata.category(char) in ("Zs", "Zl", "Zp", "Cc")


def _has_operators(query: str) -> bool:
    """Whether words in capitals may be operators: not where all of the query's other words are in capitals too."""
    chunks = ("".join(chars) for space, chars in groupby(query, is_space) if not space)
    others = [chunk for chunk in chunks if _named(TABLES["operators"], chunk) is None]
    if any(char.islower() for chunk in others for char in chunk):
        return True
    return bool(others) and not any(char.isupper() for chunk in others for char in chunk)


def _named(table: Mapping[str, Sequence[str]], word: str) -> str | None:
    """The key of the list in `table` that has `word`, in any case and with look-alike letters; else None."""
    if len(word) > LONGEST_OPERATOR:
        return None
    folded = {fold(word, "en")} | ({fold(word, "kk")} if SCRIPTS["cyrillic"].search(word) else set())
    return next((key for key, names in table.items() if any(name.lower() in folded for name in names)), None)


def language_named(value: str) -> str | None:
    """The code of the language that `value` names, or None."""
    return _named(TABLES["languages"], value.strip())


class _Scanner:
    """Cuts a query into signs. Every code point is looked at a bounded number of times."""

    def __init__(self, query: str, operators: bool):
        self._query = query
        self._operators = operators
        self._ends = _twins(query)

    def signs(self) -> Iterator[_Sign]:
        at = 0
        while at < len(self._query):
            char = self._query[at]
            if char in QUOTES or char in "()":
                twin = self._ends.get(at)
                if char in QUOTES and twin is not None:
                    yield _Sign("words", Words(at + 1, twin, quoted=True))
                    at = twin
                elif twin is not None:
                    yield _Sign(char)
                at += 1
            elif is_space(char):
                at += 1
            else:
                sign, at = self._word(at)
                yield sign

    def _word(self, at: int) -> tuple[_Sign, int]:
        """The sign that begins at `at`, where neither space nor mark stands, and where it ends."""
        query = self._query
        end = self._chunk_end(at)
        begin = at
        while begin < end and unicodedata.category(query[begin]) == "Cf":
            begin += 1
        is_first = at == 0 or is_space(query[at - 1]) or query[at - 1] in "(-−"
        if is_first and begin < end and query[begin] in MINUS and self._stands_before_something(begin + 1):
            return _Sign("not"), begin + 1
        chunk = query[at:end]
        if self._operators and not any(char.islower() for char in chunk):
            operator = _named(TABLES["operators"], chunk)
            if operator:
                return _Sign(operator), end
        return self._filter(begin, end) or (_Sign("words", Words(at, end)), end)

    def _chunk_end(self, at: int) -> int:
        while at < len(self._query) and not (self._query[at] in QUOTES or self._query[at] in "()" or is_space(self._query[at])):
            at += 1
        return at

    def _stands_before_something(self, at: int) -> bool:
        """Whether a word, a phrase or a group begins at `at`: a minus may stand before it."""
        if at >= len(self._query):
            return False
        char = self._query[at]
        return char in MINUS or at in self._ends and char != ")" or unicodedata.category(char)[0] in "LN"

    def _filter(self, at: int, end: int) -> tuple[_Sign, int] | None:
        """The filter that the chunk from `at` to `end` begins, and where it ends; None when it is none."""
        colon = self._query.find(":", at, min(end, at + LONGEST_OPERATOR + 1))
        field = _named(TABLES["fields"], self._query[at:colon]) if colon > at else None
        if field is None:
            return None
        begin = colon + 1
        if begin == end and end in self._ends and self._query[end] in QUOTES:
            twin = self._ends[end]
            return _Sign("filter", Filter(field, self._query[end + 1 : twin], end + 1, twin)), twin + 1
        if field == "article":
            end = self._brackets_end(begin, end)
        if begin == end:
            return None
        return _Sign("filter", Filter(field, self._query[begin:end], begin, end)), end

    def _brackets_end(self, begin: int, end: int) -> int:
        """The end of a value such as 12(1)(e), whose parentheses are a part of it."""
        while end > begin and end in self._ends and self._query[end] == "(":
            twin = self._ends[end]
            if self._chunk_end(end + 1) != twin:
                break
            end = self._chunk_end(twin + 1)
        return end


def _twins(query: str) -> dict[int, int]:
    """Where the quotation marks and parentheses that have a twin stand: from the first to its second, and for ) from itself."""
    twins: dict[int, int] = {}
    opened: list[int] = []
    marks = [at for at, char in enumerate(query) if char in QUOTES]
    twins.update(zip(marks[::2], marks[1::2]))
    at = 0
    while at < len(query):
        if at in twins:
            at = twins[at]
        elif query[at] == "(":
            opened.append(at)
        elif query[at] == ")" and opened:
            begin = opened.pop()
            if len(opened) < MOST_DEPTH:
                twins[begin], twins[at] = at, begin
        at += 1
    return twins


class _Parser:
    """Recursive descent; its depth is bounded by MOST_DEPTH, for parentheses that are deeper are no signs."""

    def __init__(self, signs: Sequence[_Sign]):
        self._signs = signs
        self._at = 0

    def query(self) -> Asked | None:
        parts = [self._beside()]
        while self._take("or"):
            parts.append(self._beside())
        return _group(Join.OR, parts)

    def _beside(self) -> Asked | None:
        parts: list[Asked | None] = []
        while self._next() not in ("", "or", ")"):
            part = self._both()
            is_beside = isinstance(part, Group) and part.join is Join.BESIDE
            parts.extend(part.parts if is_beside and isinstance(part, Group) else [part])
        return _group(Join.BESIDE, parts)

    def _both(self) -> Asked | None:
        parts = [] if self._next() == "and" else [self._unary()]
        while self._take("and"):
            if self._next() not in ("", "and", "or", ")"):
                parts.append(self._unary())
        return _group(Join.AND, parts)

    def _unary(self) -> Asked | None:
        is_not = False
        while self._take("not"):
            is_not = not is_not
        part = self._primary()
        if not is_not or part is None:
            return part
        return part.part if isinstance(part, Without) else Without(part)

    def _primary(self) -> Asked | None:
        if self._take("("):
            part = self.query()
            self._take(")")
            return part
        if self._next() not in ("words", "filter"):
            return None
        self._at += 1
        return self._signs[self._at - 1].asked

    def _next(self) -> str:
        return self._signs[self._at].kind if self._at < len(self._signs) else ""

    def _take(self, kind: str) -> bool:
        found = self._next() == kind
        self._at += found
        return found


def _group(join: Join, parts: Sequence[Asked | None]) -> Asked | None:
    """The parts that are there, as one."""
    there = tuple(part for part in parts if part is not None)
    return there[0] if len(there) == 1 else Group(join, there) if there else None
