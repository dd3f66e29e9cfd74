"""A tree of leaves, places, And and Or as SQL.

Reads   a tree (index.Node), the numbers that BM25F needs of the language
Writes  a condition on rows of `provisions`, an expression for their score, and the values that stand for the %s in them, in order

Everything is said with what PostgreSQL brings, in a form that postgres_fdw sends on, so that a shard on another server does its
part of the work (seen in `Remote SQL` of EXPLAIN VERBOSE). A tree becomes one tsquery, which the GIN index answers. Words are
always values, never part of the SQL.

A tsquery cannot say everything: it knows nothing of the phrases of long rows (rows.py), and has no room for the names of
thousands of treaties. Then it finds somewhat more, and a condition that is true to the tree is set beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from ..index import K1, TREATY, And, B, Leaf, Node, Within
from .rows import EVERYTHING, LETTERS, powers, quoted

LONGEST_WORD = 2000  # bytes; PostgreSQL takes a little more
MOST_VALUES = 100  # of a place that stand in a tsquery
_SIGN = re.compile(r"([!-/:-@\[-`{-~])")
_BETWEEN = "[^ ]* [^ ]*"  # what stands in `places` between two words side by side


@dataclass(frozen=True)
class Sql:
    """SQL with the values that stand for its %s."""

    text: str
    values: tuple[object, ...] = ()


TRUE, FALSE, ZERO = Sql("TRUE"), Sql("FALSE"), Sql("0::float8")


@dataclass(frozen=True)
class Statistics:
    """What is known of a language.

    documents: how many there are; averages: the length of each field; words: for each word of the tree with its field, in how
    many documents it stands, and how often at most in one; has_long: there are long rows.
    """

    documents: int
    averages: Mapping[str, float]
    words: Mapping[tuple[str, str], tuple[int, int]]
    has_long: bool


def words_in(node: Node) -> Iterator[tuple[str, str]]:
    """The words of all leaves of a tree, each with its field."""
    if isinstance(node, Leaf):
        for word in node.words:
            yield node.field, word
    elif not isinstance(node, Within):
        for part in (*node.parts, *(node.without if isinstance(node, And) else ())):
            yield from words_in(part)


def can_be_held(word: str) -> bool:
    """Whether a row can have the word at all: not when PostgreSQL could not even read it."""
    try:
        return 0 < len(word.encode()) <= LONGEST_WORD and "\0" not in word
    except UnicodeEncodeError:
        return False


class Asking:
    """Writes the SQL of trees, for one language."""

    def __init__(self, statistics: Statistics):
        self._known = statistics

    def condition(self, node: Node) -> Sql | None:
        """Which rows `node` finds; None where it can find none."""
        query = self._query(node, wide=True)
        if self._is_exact(node):
            return None if query is False else _matches(query)
        if self._known.has_long and query is not True:
            query = quoted(EVERYTHING) if query is False else f"{query} | {quoted(EVERYTHING)}"
        return None if query is False else _joined("AND", [_matches(query), self._holds(node)])

    def score(self, node: Node, optional: Iterable[Leaf]) -> Sql:
        """The score of a row that `node` finds: BM25F, computed as Whoosh computes it."""
        terms = self._terms(node, known=True)
        for leaf in optional:
            terms += self._terms(leaf)
        return _joined("+", terms)

    # As a tsquery: a string; True for all rows, False for none

    def _is_exact(self, node: Node) -> bool:
        """Whether a tsquery says just what `node` means."""
        if self._known.has_long:
            return False
        if isinstance(node, Within):
            return len(node.values) <= MOST_VALUES
        if isinstance(node, Leaf):
            return True
        return all(map(self._is_exact, (*node.parts, *(node.without if isinstance(node, And) else ()))))

    def _query(self, node: Node, wide: bool) -> str | bool:
        """`node` as a tsquery. Where that cannot be exact it finds more than `node`, if `wide`, or else less."""
        if isinstance(node, Leaf):
            return self._leaf_query(node, wide)
        if isinstance(node, Within):
            if len(node.values) > MOST_VALUES:
                return wide
            return _any([quoted(LETTERS[node.field] + value) for value in node.values if can_be_held(value)])
        parts = [self._query(part, wide) for part in node.parts]
        if isinstance(node, And):
            return _all(parts + [_not(self._query(part, not wide)) for part in node.without])
        return _any(parts)

    def _leaf_query(self, leaf: Leaf, wide: bool) -> str | bool:
        if not self._is_known(leaf):
            return False
        words = [quoted(LETTERS[leaf.field] + word) for word in leaf.words]
        if len(words) == 1 or not self._known.has_long:
            return f"({' <-> '.join(words)})"
        return wide and f"({' & '.join(words)})"

    def _is_known(self, leaf: Leaf) -> bool:
        return all((leaf.field, word) in self._known.words for word in leaf.words)

    # As a condition that is always true to the tree

    def _holds(self, node: Node) -> Sql:
        if self._is_exact(node):
            return _matches(self._query(node, wide=True))
        if isinstance(node, Leaf):
            return self._leaf_holds(node)
        if isinstance(node, Within):
            return self._within_holds(node)
        parts = [self._holds(part) for part in node.parts]
        if not isinstance(node, And):
            return _joined("OR", parts)
        without = [self._holds(part) for part in node.without]
        return _joined("AND", parts + [Sql(f"NOT {part.text}", part.values) for part in without])

    def _leaf_holds(self, leaf: Leaf) -> Sql:
        """Whether a row has the words side by side, long or not."""
        if not self._is_known(leaf):
            return FALSE
        words = [LETTERS[leaf.field] + word for word in leaf.words]
        return _read_either(" <-> ".join(map(quoted, words)), _BETWEEN.join(map(_barred, words)))

    def _within_holds(self, within: Within) -> Sql:
        values = [value for value in within.values if can_be_held(value)]
        if within.field == TREATY:
            return Sql("p.treaty = ANY(%s::text[])", (values,))
        names = [LETTERS[within.field] + value for value in values]
        return _joined("OR", [_read_either(quoted(name), _barred(name)) for name in names])

    # As a score

    def _terms(self, node: Node, known: bool = False) -> list[Sql]:
        """What is to be added up for a row. known: that `node` has the row need not be asked any more."""
        if isinstance(node, Within):
            return []
        if not isinstance(node, Leaf | And):
            return [term for part in node.parts for term in self._terms(part)]
        if isinstance(node, Leaf):
            terms = self._leaf_terms(node)
        else:
            terms = [term for part in node.parts for term in self._terms(part, known=True)]
        if known or not terms:
            return terms
        asked, total = self._holds(node), _joined("+", terms)
        return [Sql(f"CASE WHEN {asked.text} THEN {total.text} ELSE {ZERO.text} END", (*asked.values, *total.values))]

    def _leaf_terms(self, leaf: Leaf) -> list[Sql]:
        """What a leaf adds to the score of a row that has it: for a phrase, the sum over its words."""
        if not self._is_known(leaf):
            return []
        words = _joined("+", [self._bm25(leaf.field, word) for word in leaf.words])
        return [Sql(f"%s::float8 * {words.text}", (float(leaf.boost), *words.values))]

    def _bm25(self, field: str, word: str) -> Sql:
        """whoosh.scoring.bm25 of a word that the row has."""
        documents, most = self._known.words[field, word]
        idf = log(self._known.documents / (documents + 1)) + 1
        count = self._count(LETTERS[field] + word, most)
        length = f"({1 - B}::float8 + {B}::float8 * p.{field}_length::float8 / %s::float8)"
        return Sql(
            f"(%s::float8 * ({count.text} * {K1 + 1}::float8 / ({count.text} + {K1}::float8 * {length})))",
            (idf, *count.values, *count.values, self._known.averages[field]),
        )

    def _count(self, name: str, most: int) -> Sql:
        """How often the word stands in a row that has it."""
        parts = [f"{power} * (p.frequencies @@ %s::tsquery)::int" for power in powers(most - 1)]
        short = Sql(f"({' + '.join(['1', *parts])})", tuple(quoted(f"{name}+{power}") for power in powers(most - 1)))
        if not self._known.has_long:
            return Sql(f"{short.text}::float8", short.values)
        bars = f"|{name}|"
        long = "(length(p.places) - length(replace(p.places, %s, ''))) / %s"
        return Sql(f"(CASE WHEN p.places IS NULL THEN {short.text} ELSE {long} END)::float8", (*short.values, bars, len(bars)))


def _matches(query: str | bool) -> Sql:
    if isinstance(query, bool):
        return TRUE if query else FALSE
    return Sql("p.words @@ %s::tsquery", (query,))


def _read_either(query: str, pattern: str) -> Sql:
    """A tsquery for rows as they should be, a regular expression on `places` for long ones."""
    return Sql("CASE WHEN p.places IS NULL THEN p.words @@ %s::tsquery ELSE p.places ~ %s END", (query, pattern))


def _barred(name: str) -> str:
    """A word between its bars, as a regular expression."""
    return r"\|" + _SIGN.sub(r"\\\1", name) + r"\|"


def _any(parts: Sequence[str | bool]) -> str | bool:
    if any(part is True for part in parts):
        return True
    asked = [part for part in parts if isinstance(part, str)]
    return _paired("|", asked) if asked else False


def _all(parts: Sequence[str | bool]) -> str | bool:
    if any(part is False for part in parts):
        return False
    asked = [part for part in parts if isinstance(part, str)]
    return _paired("&", asked) if asked else True


def _not(part: str | bool) -> str | bool:
    return not part if isinstance(part, bool) else f"!{part}"


def _joined(operator: str, parts: Sequence[Sql]) -> Sql:
    """The parts with AND, OR or + between them; of none, what changes nothing."""
    if not parts:
        return {"AND": TRUE, "OR": FALSE, "+": ZERO}[operator]
    return Sql(_paired(operator, [part.text for part in parts]), tuple(value for part in parts for value in part.values))


def _paired(operator: str, texts: Sequence[str]) -> str:
    """Texts with an operator between them, in brackets, halves of halves: thousands in a row would be too deep for the server."""
    if len(texts) == 1:
        return f"({texts[0]})"
    middle = len(texts) // 2
    return f"({_paired(operator, texts[:middle])} {operator} {_paired(operator, texts[middle:])})"
