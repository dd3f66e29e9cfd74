"""PostgreSQL finds what Whoosh finds: the same documents, in the same order, with the same scores."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from build_scripts.cite import Resolver
from build_scripts.index import EXACT, FIELDS, HEADING, HEADWORDS, PLACE, TEXT, TREATY, And, Index, Leaf, Node, Or, Within
from build_scripts.library import Library
from build_scripts.postgres import PostgresIndex
from build_scripts.search import Answer, Searcher
from tests.test_index import random_tree

CASES = yaml.safe_load((Path(__file__).parents[1] / "search_cases.yml").read_text("utf-8"))
QUERIES = [{"query": case["query"]} for case in CASES["meant"]] + [{"query": query} for query in CASES["queries"]] + CASES["only"]
NEAR = 2e-9  # ranks are billionths


def assert_same(answer: Answer, expected: Answer) -> None:
    """All but the scores is equal, and these nearly."""
    assert [hit.score for hit in answer.hits] == pytest.approx([hit.score for hit in expected.hits], abs=NEAR)
    assert [hit.score for hit in answer.more] == pytest.approx([hit.score for hit in expected.more], abs=NEAR)

    def scoreless(one: Answer) -> Answer:
        plain = {name: tuple(replace(hit, score=0.0) for hit in getattr(one, name)) for name in ("hits", "more")}
        return replace(one, **plain)

    assert scoreless(answer) == scoreless(expected)


def test_the_shared_queries(postgres: PostgresIndex, whoosh: Index, library: Library) -> None:
    resolve = Resolver(library).resolve
    ours, theirs = Searcher(postgres, library, resolve), Searcher(whoosh, library, resolve)
    hits = 0
    for case in QUERIES:
        for limit in (20, 1000):
            expected = theirs.search(limit=limit, **case)
            assert_same(ours.search(limit=limit, **case), expected)
            hits += len(expected.hits)
    assert hits > 2000


def assert_found_the_same(node: Node, postgres: PostgresIndex, whoosh: Index, lang: str, optional: list[Leaf]) -> int:
    """All documents with their scores, the best of them, and their number. Gives the number."""
    ours, theirs = postgres.parts[lang], whoosh.parts[lang]
    expected = theirs.find(node, optional)
    found = ours.find(node, optional)
    assert [doc for doc, _ in found] == [doc for doc, _ in expected], node
    assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=NEAR), node
    assert ours.count(node) == len(expected), node
    best = theirs.find(node, optional, 5)
    assert [doc for doc, _ in ours.find(node, optional, 5)] == [doc for doc, _ in best], node
    return len(expected)


def test_random_trees(postgres: PostgresIndex, whoosh: Index) -> None:
    source = random.Random(5)
    optional = [Leaf(TEXT, ("person",), 0.7), Leaf(TEXT, ("request", "parti")), Leaf(EXACT, ("requested",), 0.4)]
    found = [
        assert_found_the_same(random_tree(source, 3), postgres, whoosh, "en", source.choice([[], optional])) for _ in range(200)
    ]
    assert sum(map(bool, found)) > 60


def test_every_word_of_the_texts(postgres: PostgresIndex, whoosh: Index) -> None:
    for lang, theirs in whoosh.parts.items():
        ours = postgres.parts[lang]
        for field in (*FIELDS, PLACE, HEADWORDS):
            words = list(theirs.words(field))
            assert list(ours.words(field)) == words
            assert {word: ours.frequency(field, word) for word, _ in words[::20]} == dict(words[::20])
        # a hundred words at a time, each alone in its branch
        for field in FIELDS:
            words = list(theirs.words(field))
            for begin in range(0, len(words), 100):
                some = words[begin : begin + 100]
                node = Or(tuple(Leaf(field, (word,), 1 + number / 7) for number, (word, _) in enumerate(some)))
                assert assert_found_the_same(node, postgres, whoosh, lang, []) > 0


def plan_of(postgres: PostgresIndex, node: Node, monkeypatch: pytest.MonkeyPatch) -> str:
    """What EXPLAIN says of the statement that finds the best five documents of `node`."""
    rows = postgres.rows
    said: list[str] = []

    def explained(statement: str, *values: object) -> list[tuple[object, ...]]:
        if "AS rank" in statement:
            said.extend(line for line, in rows(f"EXPLAIN (VERBOSE) {statement}", *values))
        return rows(statement, *values)

    with monkeypatch.context() as patched:
        patched.setattr(postgres, "rows", explained)
        postgres.parts["en"].find(node, (), 5)
    return "\n".join(said)


def test_the_index_is_used_and_shards_send_their_best_only(postgres: PostgresIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    rare = And((Leaf(TEXT, ("genocid",)), Or((Leaf(TEXT, ("offenc",)), Leaf(TEXT, ("crime", "of"))))))
    postgres.rows("SELECT set_config('enable_seqscan', 'off', false)")  # so few rows are read faster without an index
    plan = plan_of(postgres, rare, monkeypatch)
    postgres.rows("SELECT set_config('enable_seqscan', 'on', false)")
    if "provisions_1" not in plan:  # where shards have a share, what is left is so little that any way is as good
        assert "Bitmap Index Scan on provisions_0_words_idx" in plan
    remote = [line for line in plan_of(postgres, Leaf(TEXT, ("the",)), monkeypatch).splitlines() if "Remote SQL" in line]
    assert len(remote) in (0, 2)
    assert all("ORDER BY floor(" in line for line in remote), remote
    assert not remote or "LIMIT" in remote[0], remote  # the other shard has nothing


def test_documents_titles_and_places(postgres: PostgresIndex, whoosh: Index) -> None:
    assert postgres.languages == whoosh.languages
    for lang, theirs in whoosh.parts.items():
        ours = postgres.parts[lang]
        assert ours.doc_count == theirs.doc_count
        assert [ours.document(doc) for doc in range(ours.doc_count)] == [theirs.document(doc) for doc in range(ours.doc_count)]
        with pytest.raises(IndexError):
            ours.document(ours.doc_count)
        assert ours.titles.titles == theirs.titles.titles
        assert ours.titles.slugs == theirs.titles.slugs
        assert ours.articles == theirs.articles
        assert ours.places("12") == theirs.places("12") != ()
        for prefix in ("қ", "ext", "2", "zzz", "'", "\\", "%", "_", "\0", "\ud800"):
            assert list(ours.words_from(prefix)) == list(theirs.words_from(prefix) if prefix.isprintable() else [])


@pytest.mark.parametrize("word", [
    "'", "''", "\\", "a'b", "a\\'b", "' | 't:the", "'); DROP SCHEMA kelisim; --", "%s", "{0}", ":*", "&|!()<->", "\0", "a\0b",
    "\ud800", "😀", "\u202e", "x" * 3000, "",
])
def test_signs_of_all_kinds_are_words_that_are_not_there(postgres: PostgresIndex, word: str) -> None:
    part = postgres.parts["en"]
    the = Leaf(TEXT, ("the",))
    every = part.find(the)
    leaves = Leaf(TEXT, (word,)), Leaf(EXACT, (word,)), Leaf(HEADING, ("arrest", word))
    for leaf in (*leaves, Within(TREATY, (word,)), Within(PLACE, (word,))):
        assert part.find(leaf) == []
        assert part.find(And((the, leaf))) == []
        assert part.find(And((the,), (leaf,))) == every
        assert part.find(Or((the, leaf))) == every
    assert part.frequency(TEXT, word) == 0
    assert list(part.words_from(word)) == ([] if word else list(part.words(EXACT)))


def test_more_treaties_than_a_tsquery_has_room_for(postgres: PostgresIndex, whoosh: Index) -> None:
    many = Within(TREATY, ("kz-jo-extradition-2017", *(f"not-there-{number}" for number in range(3_000))))
    arrest = Leaf(TEXT, ("arrest",))
    for node in (many, And((arrest, many)), And((arrest,), (many,)), Or((And((arrest, many)), many))):
        assert_found_the_same(node, postgres, whoosh, "en", [])


def test_very_many_leaves(postgres: PostgresIndex, whoosh: Index) -> None:
    words = [word for word, _ in whoosh.parts["kk"].words(EXACT)]
    leaves = tuple(Leaf(EXACT, (word,)) for word in (words * 10)[:2000])
    assert assert_found_the_same(Or(leaves), postgres, whoosh, "kk", []) == 211
