"""How well the search finds what lawyers ask for, held at what it reaches (make retrieval-report shows it)."""

from __future__ import annotations

import pytest

from build_scripts.library import Library
from tests.retrieval_report import LANGUAGES, Measured, groups, is_in, misspelt, place_of, queries, score

RECALL = {"all": 0.98, "other forms": 0.97}
FIRST = {"kk": 0.97, "en": 0.95}
PUT_RIGHT = 0.95


@pytest.fixture(scope="module")
def measured(library: Library) -> Measured:
    return Measured(library)


def test_there_are_enough_queries_and_no_query_twice(measured: Measured) -> None:
    assert len(queries()) >= 200
    assert len({(query.lang, query.query) for query in queries()}) == len(queries())
    kazakh = [query for query in queries() if query.lang == "kk"]
    assert sum(map(measured.is_in_another_form, kazakh)) >= len(kazakh) / 2
    assert sum(2 <= len(query.query.split()) <= 6 for query in queries()) >= 0.9 * len(queries())


def test_every_provision_wanted_is_in_the_index(measured: Measured) -> None:
    held = {
        lang: [place_of(document.treaty, document.eid) for document in documents]
        for lang, documents in measured.documents.items()
    }
    for query in queries():
        for wanted in query.best + query.also:
            assert any(is_in(place, wanted) for place in held[query.lang]), (query.query, wanted)


def test_what_is_wanted_is_among_the_first_ten_and_the_best_is_first(measured: Measured) -> None:
    for lang, kind, asked in groups(measured):
        reached = score(asked, measured.find)
        assert reached.recall >= RECALL[kind], (lang, kind, reached)
        if kind == "all":
            assert reached.first >= FIRST[lang], (lang, reached)


def test_the_search_is_better_than_words_as_written_and_first_letters(measured: Measured) -> None:
    for lang in LANGUAGES:
        asked = [query for query in queries() if query.lang == lang]
        ours = score(asked, measured.find)
        for term in (lambda word: word, lambda word: word[:5]):
            other = score(asked, measured.beside(lang, term))
            assert (ours.first, ours.rank) > (other.first, other.rank), (lang, ours, other)


def test_what_is_misspelt_is_put_right(measured: Measured) -> None:
    right = [measured.is_put_right(one) for one in misspelt()]
    assert len(right) >= 60
    assert sum(right) >= PUT_RIGHT * len(right)
