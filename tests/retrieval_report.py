"""How well the search finds what lawyers ask for: `make retrieval-report`. The queries are in tests/retrieval/queries.yml.

A query counts as in another form when a word of it that is no stop word is neither in the best provision nor in the heading of
its article. Each language is searched with the other, and citations are resolved, as for a reader.

Beside the search stand two that are easy to have: BM25 over the words as written, and over the first five letters of each. Both
find what has any of the words, in the text or in the heading.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from build_scripts.analyse import analyse, is_stop_word
from build_scripts.cite import Resolver
from build_scripts.gather import gather
from build_scripts.index import Document, Index, build_index
from build_scripts.library import Library
from build_scripts.problems import Problems
from build_scripts.search import Answer, Searcher

ROOT = Path(__file__).resolve().parents[1]
QUERIES = ROOT / "tests" / "retrieval" / "queries.yml"
LANGUAGES = ("kk", "en")
FIRST = 10  # hits that count
HALVES = ("tune", "held")
Place = str  # "extradition art_4__para_1": the treaty in a word, and the eId
Find = Callable[[str], Sequence[Place]]


@dataclass(frozen=True)
class Query:
    query: str
    lang: str
    best: tuple[Place, ...]
    also: tuple[Place, ...] = ()

    @property
    def half(self) -> str:
        return half_of(self.query)


@dataclass(frozen=True)
class Misspelt:
    query: str
    lang: str
    meant: str

    @property
    def half(self) -> str:
        return half_of(self.query)


@dataclass(frozen=True)
class Score:
    """recall: the share of the provisions wanted that are among the first ten; first: how often the best is the first hit.

    rank: the mean of 1, 1/2, 1/3 … for the best as first, second, third … hit.
    """

    queries: int
    recall: float
    first: float
    rank: float


def half_of(query: str) -> str:
    return HALVES[zlib.crc32(query.encode("utf-8")) % 2]


@cache
def queries() -> tuple[Query, ...]:
    data = yaml.safe_load(QUERIES.read_text("utf-8"))
    return tuple(
        Query(row["query"], lang, tuple(row["best"]), tuple(row.get("also", ()))) for lang in LANGUAGES for row in data[lang]
    )


@cache
def misspelt() -> tuple[Misspelt, ...]:
    return tuple(Misspelt(**row) for row in yaml.safe_load(QUERIES.read_text("utf-8"))["misspelt"])


def is_in(hit: Place, wanted: Place) -> bool:
    """Whether the hit is the provision wanted, or lies below it."""
    return hit == wanted or hit.startswith(f"{wanted}__")


def place_of(treaty: str, eid: str) -> Place:
    return f"{treaty.split('-')[2]} {eid}"


class Measured:
    """The search over the treaties held, and the two beside it."""

    def __init__(self, library: Library):
        self.index: Index = build_index(library)
        self._searcher = Searcher(self.index, library, Resolver(library).resolve)
        self._answers: dict[str, Answer] = {}
        self.documents = {
            lang: [part.document(number) for number in range(part.doc_count)] for lang, part in self.index.parts.items()
        }

    def answer(self, query: str) -> Answer:
        if query not in self._answers:
            self._answers[query] = self._searcher.search(query, limit=FIRST)
        return self._answers[query]

    def find(self, query: str) -> list[Place]:
        answer = self.answer(query)
        return [place_of(hit.treaty, hit.eid) for hit in (*answer.hits, *answer.more)]

    def is_in_another_form(self, query: Query) -> bool:
        """Whether no best provision, with its heading, has every word as the query has it."""
        asked = {token.exact for token in analyse(query.query, query.lang) if not token.whole}
        asked = {word for word in asked if not is_stop_word(word, query.lang)}
        held = set().union(*(
            _words(document) for document in self.documents[query.lang]
            if any(is_in(place_of(document.treaty, document.eid), best) for best in query.best)
        ))
        return not asked <= held

    def is_put_right(self, one: Misspelt) -> bool:
        """Whether the first suggestion is what was meant, or the query finds without help what that finds."""
        answer = self.answer(one.query)
        if answer.suggestions:
            return answer.suggestions[0] == one.meant
        return answer.complete and self.find(one.query)[:1] == self.find(one.meant)[:1] != []

    def beside(self, lang: str, term: Callable[[str], str]) -> Find:
        """BM25 over terms made of words by `term`."""
        rows = [
            (place_of(document.treaty, document.eid), Counter(term(word) for word in _word_list(document)))
            for document in self.documents[lang]
        ]
        frequency = Counter(word for _, counts in rows for word in counts)
        average = sum(counts.total() for _, counts in rows) / len(rows)

        def score(counts: Counter[str], asked: Iterable[str]) -> float:
            length = 0.25 + 0.75 * counts.total() / average
            return sum(
                math.log(1 + len(rows) / frequency[word]) * counts[word] * 2.2 / (counts[word] + 1.2 * length)
                for word in asked if counts[word]
            )

        def find(query: str) -> list[Place]:
            asked = {term(token.exact) for token in analyse(query, lang) if not token.whole}
            scored = [(score(counts, asked), place) for place, counts in rows]
            return [place for found, place in sorted(scored, key=lambda row: -row[0]) if found > 0][:FIRST]

        return find


def _word_list(document: Document) -> list[str]:
    return [token.exact for token in analyse(f"{document.text} {document.heading}", document.lang) if not token.whole]


def _words(document: Document) -> set[str]:
    return set(_word_list(document))


def score(asked: Iterable[Query], find: Find) -> Score:
    recall = first = rank = 0.0
    count = 0
    for query in asked:
        found = find(query.query)
        wanted = query.best + query.also
        recall += sum(any(is_in(hit, one) for hit in found) for one in wanted) / len(wanted)
        at = next((at for at, hit in enumerate(found) if any(is_in(hit, best) for best in query.best)), None)
        first += at == 0
        rank += 0 if at is None else 1 / (at + 1)
        count += 1
    return Score(count, recall / count, first / count, rank / count)


def groups(measured: Measured) -> Iterator[tuple[str, str, list[Query]]]:
    """Language, kind and queries."""
    for lang in LANGUAGES:
        here = [query for query in queries() if query.lang == lang]
        yield lang, "all", here
        yield lang, "other forms", [query for query in here if measured.is_in_another_form(query)]


def main() -> None:
    problems = Problems()
    measured = Measured(gather(ROOT, problems).library)
    print(f"{'':4}{'queries':13}{'half':6}{'search':16}{'count':>6}{'recall@10':>11}{'best first':>12}{'mean rank':>11}")
    for lang, kind, asked in groups(measured):
        finders: dict[str, Find] = {
            "ours": measured.find,
            "first five": measured.beside(lang, lambda word: word[:5]),
            "words": measured.beside(lang, lambda word: word),
        }
        for half in HALVES:
            for name, find in finders.items():
                one = score([query for query in asked if query.half == half], find)
                print(f"{lang:4}{kind:13}{half:6}{name:16}{one.queries:6}{one.recall:11.3f}{one.first:12.3f}{one.rank:11.3f}")
    print("\nMisspelt queries that are put right")
    for lang in LANGUAGES:
        for half in HALVES:
            here = [one for one in misspelt() if (one.lang, one.half) == (lang, half)]
            print(f"{lang:4}{'':13}{half:6}{sum(map(measured.is_put_right, here)):4} of {len(here)}")
    for line in failures(measured):
        print(line)


def failures(measured: Measured, half: str = "tune") -> Iterator[str]:
    """What is not found, or not first, in the half that may be looked at."""
    for query in (query for query in queries() if query.half == half):
        found = measured.find(query.query)
        missed = [one for one in query.best + query.also if not any(is_in(hit, one) for hit in found)]
        if missed or not any(is_in(found[0], best) for best in query.best):
            yield f"{query.query!r}: first is {found[:1]}, wanted {list(query.best)}; not among ten: {missed}"
    for one in (one for one in misspelt() if one.half == half and not measured.is_put_right(one)):
        yield f"{one.query!r}: suggested {list(measured.answer(one.query).suggestions)}, meant {one.meant!r}"


if __name__ == "__main__":
    main()
