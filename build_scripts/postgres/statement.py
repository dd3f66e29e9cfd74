"""A tree of leaves, places, And and Or as SQL.

Reads   a tree (index.Node), the numbers that BM25F needs of the language
Writes  a condition on `provisions`, an expression for the score, and the values that stand for their %s, in their order

Everything is said with what PostgreSQL brings, so that a shard on another server can do its part of the work: a tree becomes one
tsquery, which the GIN index answers. Words are always values, never part of the SQL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log

from ..index import K1, And, B, Leaf, Node, Within
from .rows import EVERYTHING, LETTERS, powers, quoted

LONGEST_WORD = 2000  # bytes; PostgreSQL takes a little more
_SIGN = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True)
class Sql:
    """SQL with the values that stand for its %s."""

    text: str
    values: tuple[object, ...] = ()


@dataclass(frozen=True)
class Statistics:
    """What the statement must know of a language.

    documents: how many; averages: the length of each field; frequency: in how many documents a word of a field stands, and how
    often at most in one; has_long: there are long rows.
    """

    documents: int
    averages: dict[str, float]
    frequency: Callable[[str, str], tuple[int, int]]
    has_long: bool


def condition(node: Node, statistics: Statistics) -> Sql | None:
    """Which rows `node` finds; None where it can find none."""
    exact = _tsquery(node, _phrase)
    if not statistics.has_long:
        return _matches(exact)
    wide = _tsquery(node, _words, lambda leaf: False)
    if isinstance(wide, str):
        wide = f"({wide}) | {quoted(EVERYTHING)}"
    if wide is False:
        wide = quoted(EVERYTHING)
    narrow = _holds(node, statistics)
    index = _matches(wide)
    assert index is not None
    return Sql(f"{index.text} AND {narrow.text}", (*index.values, *narrow.values))


def score(node: Node, optional: Iterable[Leaf], statistics: Statistics) -> Sql:
    """The score of a row that `node` finds: BM25F, computed as Whoosh computes it."""
    terms = [*_terms(node, statistics, known=True), *(term for leaf in optional for term in _terms(leaf, statistics))]
    return _sum(terms)


# As a tsquery


def _matches(query: str | bool) -> Sql | None:
    """The condition that a tsquery is; True is every row, False none."""
    if query is False:
        return None
    return Sql("TRUE") if query is True else Sql("p.words @@ %s::tsquery", (query,))


AsQuery = Callable[[Leaf], str | bool]


def _tsquery(node: Node, phrase: AsQuery, unwanted: AsQuery | None = None) -> str | bool:
    """`node` as a tsquery, or True for all rows, or False for none.

    phrase: how a phrase is asked for; unwanted: how it is where what it finds is left out.
    """
    if isinstance(node, Leaf):
        if not all(map(_can_be_held, node.words)):
            return False
        return phrase(node) if len(node.words) > 1 else quoted(LETTERS[node.field] + node.words[0])
    if isinstance(node, Within):
        return _any([quoted(LETTERS[node.field] + value) if _can_be_held(value) else False for value in node.values])
    parts = [_tsquery(part, phrase, unwanted) for part in node.parts]
    if not isinstance(node, And):
        return _any(parts)
    return _all(parts + [_not(_tsquery(part, unwanted or phrase, phrase if unwanted else None)) for part in node.without])


def _phrase(leaf: Leaf) -> str | bool:
    return "(" + " <-> ".join(quoted(LETTERS[leaf.field] + word) for word in leaf.words) + ")"


def _words(leaf: Leaf) -> str | bool:
    """The words of a phrase, wherever they stand."""
    return "(" + " & ".join(quoted(LETTERS[leaf.field] + word) for word in leaf.words) + ")"


def _can_be_held(word: str) -> bool:
    """Whether a row can have the word at all: not when PostgreSQL could not even read it."""
    try:
        return 0 < len(word.encode()) <= LONGEST_WORD and "\0" not in word
    except UnicodeEncodeError:
        return False


def _any(parts: Sequence[str | bool]) -> str | bool:
    if any(part is True for part in parts):
        return True
    asked = [part for part in parts if isinstance(part, str)]
    return "(" + " | ".join(asked) + ")" if asked else False


def _all(parts: Sequence[str | bool]) -> str | bool:
    if any(part is False for part in parts):
        return False
    asked = [part for part in parts if isinstance(part, str)]
    return "(" + " & ".join(asked) + ")" if asked else True


def _not(part: str | bool) -> str | bool:
    return not part if isinstance(part, bool) else f"!{part}"


# As a condition that also reads long rows


def _holds(node: Node, statistics: Statistics) -> Sql:
    """Whether `node` has the row, long or not."""
    short = _matches(_tsquery(node, _phrase)) or Sql("FALSE")
    if not statistics.has_long:
        return short
    long = _in_places(node)
    return Sql(f"CASE WHEN p.places IS NULL THEN {short.text} ELSE {long.text} END", (*short.values, *long.values))


def _in_places(node: Node) -> Sql:
    """`node`, read from `places`."""
    if isinstance(node, Leaf):
        between = "[^ ]* [^ ]*"
        if not all(map(_can_be_held, node.words)):
            return Sql("FALSE")
        return Sql("p.places ~ %s", (between.join(_barred(node.field, word) for word in node.words),))
    if isinstance(node, Within):
        held = [value for value in node.values if _can_be_held(value)]
        return _joined("OR", [Sql("p.places ~ %s", (_barred(node.field, value),)) for value in held])
    parts = [_in_places(part) for part in node.parts]
    if not isinstance(node, And):
        return _joined("OR", parts)
    without = [_in_places(part) for part in node.without]
    return _joined("AND", parts + [Sql(f"NOT {part.text}", part.values) for part in without])


def _barred(field: str, word: str) -> str:
    """A word between its bars, as a regular expression."""
    return r"\|" + _SIGN.sub(r"\\\1", LETTERS[field] + word) + r"\|"


def _joined(operator: str, parts: Sequence[Sql]) -> Sql:
    nothing = "TRUE" if operator == "AND" else "FALSE"
    text = f" {operator} ".join(part.text for part in parts) or nothing
    return Sql(f"({text})", tuple(value for part in parts for value in part.values))


# As a score


def _terms(node: Node, statistics: Statistics, known: bool = False) -> list[Sql]:
    """What is to be added up for a row. known: that `node` has the row need not be asked any more."""
    if isinstance(node, Within):
        return []
    if not isinstance(node, Leaf | And):
        return [term for part in node.parts for term in _terms(part, statistics)]
    if isinstance(node, Leaf):
        terms = _leaf(node, statistics)
    else:
        terms = [term for part in node.parts for term in _terms(part, statistics, known=True)]
    if known or not terms:
        return terms
    asked, total = _holds(node, statistics), _sum(terms)
    return [Sql(f"CASE WHEN {asked.text} THEN {total.text} ELSE 0 END", (*asked.values, *total.values))]


def _sum(terms: Sequence[Sql]) -> Sql:
    text = " + ".join(term.text for term in terms) or "0.0"
    return Sql(f"({text})", tuple(value for term in terms for value in term.values))


def _leaf(leaf: Leaf, statistics: Statistics) -> list[Sql]:
    """What a leaf adds to the score of a row that has it: for a phrase, the sum over its words. Nothing where no row has it."""
    frequencies = [statistics.frequency(leaf.field, word) for word in leaf.words]
    if not all(documents for documents, _ in frequencies):
        return []
    words = _sum([_bm25(leaf.field, word, *frequency, statistics) for word, frequency in zip(leaf.words, frequencies)])
    return [Sql(f"%s::float8 * {words.text}", (float(leaf.boost), *words.values))]


def _bm25(field: str, word: str, documents: int, most: int, statistics: Statistics) -> Sql:
    """whoosh.scoring.bm25 of a word that the row has."""
    idf = log(statistics.documents / (documents + 1)) + 1
    count = _count(LETTERS[field] + word, most, statistics)
    length = f"({1 - B}::float8 + {B}::float8 * p.{field}_length::float8 / %s::float8)"
    return Sql(
        f"%s::float8 * ({count.text} * {K1 + 1}::float8 / ({count.text} + {K1}::float8 * {length}))",
        (idf, *count.values, *count.values, statistics.averages[field]),
    )


def _count(name: str, most: int, statistics: Statistics) -> Sql:
    """How often the word stands in a row that has it. Whoever changes this: EXPLAIN must still show it in `Remote SQL`."""
    parts = [f"{power} * (p.frequencies @@ %s::tsquery)::int" for power in powers(most - 1)]
    short = f"({' + '.join(['1', *parts])})::float8"
    values = tuple(quoted(f"{name}+{power}") for power in powers(most - 1))
    if not statistics.has_long:
        return Sql(short, values)
    long = "((length(p.places) - length(replace(p.places, %s, ''))) / %s)::float8"
    return Sql(f"(CASE WHEN p.places IS NULL THEN {short} ELSE {long} END)", (*values, f"|{name}|", len(name) + 2))
