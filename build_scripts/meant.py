"""The queries that a reader may have meant, where nothing has all the words. The browser has the same in search-suggest.js.

Reads   a query, what it asks of each language, the words of each index
Writes  Meant: the query with each word that no language knows replaced by one that is near it, or joined to its neighbour
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol, TypeVar

from .analyse import stem_of
from .clauses import ClauseKind
from .index import HEADING, TEXT
from .query import Understood
from .suggest import MISSING, MOST, Row, Vocabulary, is_suggestible

Span = tuple[int, int]  # code points of the query
VocabularyOf = Callable[[str], Vocabulary]


class Held(Protocol):
    """The index of a language, as far as it says which words there are."""

    lang: str

    def frequency(self, field: str, word: str) -> int: ...


Part = TypeVar("Part", bound=Held)


@dataclass(frozen=True)
class Meant:
    """queries: best first. sure: the first has nothing but Kazakh letters in place of those that people type for them."""

    queries: tuple[str, ...] = ()
    sure: bool = False


def meant(query: str, asked: Mapping[Part, Understood], vocabulary: VocabularyOf) -> Meant:
    """What may have been meant by `query`; nothing where every word is known."""
    unknown = _unknown(asked)
    near = {span: rows for span, exacts in unknown.items() if (rows := _nearest(asked, exacts, vocabulary))}
    joined = [_replaced(query, {span: word}) for span, word in _joined(query, asked)]
    if len(near) == 1:
        (span, rows), = near.items()
        queries = [_replaced(query, {span: word}) for _, _, word in rows]
    else:
        queries = [_replaced(query, {span: rows[0][2] for span, rows in near.items()})] if near else []
    sure = bool(near) and not joined and len(near) == len(unknown) and all(rows[0][0] < MISSING for rows in near.values())
    return Meant(tuple(dict.fromkeys([*joined, *queries]))[:MOST], sure)


def _nearest(asked: Mapping[Part, Understood], exacts: Sequence[str], vocabulary: VocabularyOf) -> list[Row]:
    rows = sorted(
        (spent, count, order, word)
        for order, (part, exact) in enumerate(zip(asked, exacts))
        for spent, count, word in vocabulary(part.lang).nearest(exact)
    )
    best: dict[str, Row] = {}
    for spent, count, _, word in rows:
        best.setdefault(word, (spent, count, word))
    return list(best.values())[:MOST]


def _unknown(asked: Mapping[Part, Understood]) -> dict[Span, tuple[str, ...]]:
    """Where in the query a word stands that no language has, and how each language reads it.

    A word of no weight needs no text that has it. A word that some language does not look for, since the query has it twice, is
    not among them.
    """
    known: set[Span] = set()
    read_as: dict[Span, list[str]] = {}
    for part, understood in asked.items():
        for clause in (sought.clause for sought in understood.sought):
            words = clause.kind in (ClauseKind.WORD, ClauseKind.COMPOUND, ClauseKind.PHRASE)
            whole = clause.whole is not None and _is_held(clause.whole[0], part)
            for span, stem, exact in zip(clause.spans, clause.stems, clause.exacts):
                read_as.setdefault(span, []).append(exact)
                if clause.stop or not words or whole or not is_suggestible(exact) or _is_held(stem, part):
                    known.add(span)
    return {
        span: tuple(exacts) for span, exacts in sorted(read_as.items()) if span not in known and len(exacts) == len(asked)
    }


def _joined(query: str, asked: Mapping[Part, Understood]) -> Iterator[tuple[Span, str]]:
    """Two words side by side made one, where a language has the one and not both: «үй қамақ» is «үйқамақ»."""
    for part, understood in asked.items():
        words = [sought.clause for sought in understood.sought if sought.clause.kind is ClauseKind.WORD]
        for one, other in pairwise(words):
            apart = query[one.end : other.start]
            word = one.exacts[0] + other.exacts[0]
            if not apart or apart.strip() or not _is_held(stem_of(word, part.lang), part):
                continue
            if not (_is_held(one.stems[0], part) and _is_held(other.stems[0], part)):
                yield (one.start, other.end), word


def _is_held(stem: str, part: Held) -> bool:
    return any(part.frequency(field, stem) for field in (TEXT, HEADING))


def _replaced(query: str, words: Mapping[Span, str]) -> str:
    for (start, end), word in sorted(words.items(), reverse=True):
        query = query[:start] + word + query[end:]
    return query
