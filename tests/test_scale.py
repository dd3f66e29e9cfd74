"""The parts of the benchmark of large corpora that take a moment: what it makes, asks and counts."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from build_scripts.cite import Resolver
from build_scripts.index import EXACT, HEADING, TEXT, build_index, documents_of, open_index
from build_scripts.library import Library
from build_scripts.search import Searcher

from .scale.__main__ import OWN, _docs, _place_of
from .scale.corpus import MadeTreaties
from .scale.labelled import Labelled, answered, read_queries
from .scale.make import make
from .scale.plain import index_plainly
from .scale.texts import has_corpus, sources_of

ROOT = Path(__file__).resolve().parents[1]
QUERIES = ROOT / "tests" / "scale" / "queries.yml"


def made(library: Library, count: int, shared: bool = False) -> Library:
    return Library(MadeTreaties(library, sources_of(library, shared), count))  # type: ignore[arg-type]


def test_made_treaties_are_shaped_like_our_own_and_the_same_each_time(library: Library) -> None:
    treaties = list(made(library, 6).treaties)
    assert len(treaties) == 6 and treaties[: len(library.treaties)] == list(library.treaties)
    assert [treaty.slug for treaty in treaties[2:]] == ["made-00002", "made-00003", "made-00004", "made-00005"]
    for number, treaty in enumerate(treaties):
        model = library.treaties[number % len(library.treaties)]
        for lang, expression in treaty.expressions.items():
            assert [one.eid for one in expression.walk()] == [one.eid for one in model.expressions[lang].walk()]
    texts = [document.text for document in documents_of(made(library, 6))]
    assert texts == [document.text for document in documents_of(made(library, 6))]
    assert len(set(texts)) > 0.9 * len(texts)


def test_the_vocabulary_grows_with_the_corpus(library: Library) -> None:
    few, many = (build_index(made(library, count)).parts["kk"] for count in (2, 8))
    words = [sum(1 for _ in part.words(EXACT)) for part in (few, many)]
    assert 1.8 * words[0] < words[1] < 4 * words[0]  # 4 ** 0.65 is 2.5


def test_a_corpus_is_indexed_and_its_site_written(library: Library, tmp_path: Path) -> None:
    found = make(3, tmp_path / "three")
    index = open_index(tmp_path / "three" / "index")
    assert found["provisions"] == sum(1 for _ in documents_of(made(library, 3))) == sum(p.doc_count for p in index.parts.values())
    assert (tmp_path / "three" / "site" / "en" / "index.html").exists()
    files = [path for path in (tmp_path / "three" / "site" / "search-data").rglob("*") if path.is_file()]
    assert (found["data_files"], found["data_bytes"]) == (len(files), sum(path.stat().st_size for path in files))
    assert found["index_seconds"] > 0 and found["whoosh_bytes"] > 10_000
    docs = _docs(tmp_path / "three" / "index")
    assert len(docs) == found["provisions"]
    assert _place_of(docs[-1]["id"]) == f"made-00002 {docs[-1]['id'].split('#')[1]}"


@pytest.mark.parametrize("once", [True, False])
def test_whooshs_own_way_finds_the_same(library: Library, tmp_path: Path, once: bool) -> None:
    """The benchmark times two ways to the same index."""
    index_plainly(documents_of(library), tmp_path / "plain", once)
    (tmp_path / "plain" / "languages").write_text("kk\nen", "utf-8")
    plain, ours = open_index(tmp_path / "plain"), build_index(library)
    for lang, part in ours.parts.items():
        for field in (TEXT, HEADING, EXACT):
            assert list(plain.parts[lang].words(field)) == list(part.words(field))
            assert plain.parts[lang].average_length(field) == part.average_length(field)


def test_what_is_asked_finds_something(library: Library) -> None:
    """A query that finds nothing would be quick. Those that are misspelt have suggestions."""
    queries = [one.query for one in read_queries(QUERIES)]
    assert len(set(queries)) == len(queries) == 50
    if not has_corpus():
        pytest.skip("the shared texts, which some of the queries are about, are not on this machine")
    large = made(library, 12, shared=True)
    held = Library(tuple(large.treaties))
    searcher = Searcher(build_index(held), held, Resolver(library).resolve)
    for query in queries:
        answer = searcher.search(query)
        assert answer.hits or answer.suggestions or answer.nearest, query
    assert len(searcher.search("extradition").hits) == 20


def test_labelled_queries_are_those_of_the_retrieval_report() -> None:
    path = ROOT / "tests" / "retrieval" / "queries.yml"
    labelled = read_queries(path)
    rows = [row for rows in yaml.safe_load(path.read_text("utf-8")).values() for row in rows if "best" in row]
    assert [one.query for one in labelled] == [row["query"] for row in rows]
    assert {one.lang for one in labelled} == {"kk", "en"} and all(one.best for one in labelled)
    assert len({place.split(" ")[0] for one in labelled for place in one.best}) == OWN


@pytest.mark.parametrize(("hits", "most", "is_answered"), [
    (["a art_1", "a art_4"], 2, True), (["a art_1", "a art_4"], 1, False),
    (["a art_4__para_1__point_c"], 1, True),  # lies in it
    (["a art_40", "b art_4", "a art"], 10, False),
    ([], 10, False),
])
def test_an_answer_is_a_best_place_or_lies_in_one(hits: list[str], most: int, is_answered: bool) -> None:
    assert answered(Labelled("x", "en", ("a art_4", "a art_5")), hits, most) is is_answered
