"""The index: one document a provision with words, in each language."""

from __future__ import annotations

import random
import tempfile
import tracemalloc
from itertools import accumulate
from pathlib import Path

import pytest

from build_scripts import index as index_module
from build_scripts import postings as postings_module
from build_scripts.analyse import analyse
from build_scripts.index import (
    EXACT,
    FIELDS,
    HEADING,
    HEADWORDS,
    NOTHING,
    PLACE,
    TEXT,
    TREATY,
    And,
    Index,
    LanguageIndex,
    Leaf,
    Node,
    Or,
    Within,
    build_index,
    open_index,
    places_of,
    spellings,
)
from build_scripts.library import Library
from build_scripts.pack import unpacked
from build_scripts.postings import MemoryStorage


@pytest.fixture(scope="module")
def index(library: Library) -> Index:
    return build_index(library)


def test_every_provision_with_words_is_a_document_in_the_order_of_the_library(index: Index, library: Library) -> None:
    for lang, part in index.parts.items():
        expected = [
            (treaty.slug, provision.eid, provision.text)
            for treaty in library.treaties for provision in treaty.expressions[lang].walk() if provision.text
        ]
        held = [part.document(number) for number in range(part.doc_count)]
        assert [(document.treaty, document.eid, document.text) for document in held] == expected
        assert {document.lang for document in held} == {lang}


def test_a_document_knows_its_article_and_the_numbers_before_its_words(index: Index) -> None:
    part = index.parts["en"]
    by_eid = {(d.treaty, d.eid): d for d in map(part.document, range(part.doc_count))}
    intro = by_eid["kz-jo-extradition-2017", "art_12__para_2__intro"]
    assert (intro.article, intro.heading, intro.lead) == ("art_12", "Provisional arrest", ("2.", ""))
    point = by_eid["kz-jo-extradition-2017", "art_12__para_2__point_e"]
    assert point.lead == ("e)",)
    assert by_eid["kz-jo-extradition-2017", "preamble__rec_1"].article == ""


def test_leaves_are_found_in_their_field(index: Index) -> None:
    part = index.parts["en"]

    def eids(*leaves: Leaf) -> list[str]:
        found = part.find(And((Or(leaves), Within(TREATY, ("kz-jo-extradition-2017",)))))
        return [part.document(number).eid for number, _ in found]

    assert "art_12__para_2__point_a" in eids(Leaf(HEADING, ("arrest",)))
    assert "art_12__para_2__point_a" not in eids(Leaf(TEXT, ("arrest",)))
    assert eids(Leaf(TEXT, ("death", "penalti"))) == eids(Leaf(TEXT, ("penalti",)))
    assert eids(Leaf(TEXT, ("penalti", "death"))) == []
    assert eids(Leaf(EXACT, ("penalti",))) == []


@pytest.mark.parametrize(("eid", "places"), [
    ("art_8", ("8",)), ("art_12__para_1__point_e", ("12", "12(1)", "12(1)(e)")), ("art_7__point_1__indent_3", ("7", "7(1)")),
    ("art_67-1__para_2__wrapup", ("67-1", "67-1(2)")), ("preamble__rec_1", ()), ("annex_1__art_2", ("2",)),
])
def test_the_numbers_a_provision_is_cited_by(eid: str, places: tuple[str, ...]) -> None:
    assert places_of(eid) == places


def documents_of(node: Node, part: LanguageIndex, leaves: dict[Leaf, dict[int, float]]) -> dict[int, float]:
    """What a tree means, in the plainest way: the documents with their scores."""
    if isinstance(node, Leaf):
        return leaves.setdefault(node, dict(part.find(node)))
    if isinstance(node, Within):
        held = {doc: part.document(doc) for doc in range(part.doc_count)}
        return {
            doc: 0.0 for doc, document in held.items()
            if any(value == document.treaty or value in places_of(document.eid) for value in node.values)
        }
    parts = [documents_of(one, part, leaves) for one in node.parts]
    every = range(part.doc_count)
    if isinstance(node, Or):
        found = [doc for doc in every if any(doc in one for one in parts)]
    else:
        out = {doc for one in node.without for doc in documents_of(one, part, leaves)}
        found = [doc for doc in every if doc not in out and all(doc in one for one in parts)]
    return {doc: sum(one.get(doc, 0.0) for one in parts) for doc in found}


def random_tree(source: random.Random, depth: int) -> Node:
    kind = source.choice(["leaf", "phrase", "place"] + (["and", "or", "or"] if depth else []))
    words = ["extradit", "parti", "person", "request", "the", "of", "arrest", "zebra", "articl"]
    if kind == "leaf":
        return Leaf(source.choice([TEXT, HEADING]), (source.choice(words),), source.choice([1.0, 0.5]))
    if kind == "phrase":
        return Leaf(TEXT, tuple(source.choices(words, k=2)))
    if kind == "place":
        return source.choice([
            Within(TREATY, ("kz-jo-extradition-2017",)), Within(PLACE, ("4", "12(2)", "99")), Within(TREATY, ()), NOTHING,
        ])
    parts = tuple(random_tree(source, depth - 1) for _ in range(source.randrange(4)))
    without = tuple(random_tree(source, depth - 1) for _ in range(source.choice([0, 0, 1, 2])))
    return And(parts, without) if kind == "and" else Or(parts)


def test_trees_find_what_they_mean(index: Index) -> None:
    part, source = index.parts["en"], random.Random(3)
    leaves: dict[Leaf, dict[int, float]] = {}
    found_something = 0
    for _ in range(400):
        tree = random_tree(source, 3)
        expected = documents_of(tree, part, leaves)
        found = dict(part.find(tree))
        assert found.keys() == expected.keys(), tree
        assert found == pytest.approx(expected), tree
        found_something += bool(found)
    assert found_something > 100


def test_what_is_optional_adds_to_the_score_and_finds_nothing(index: Index) -> None:
    part = index.parts["en"]
    arrest, person = Leaf(TEXT, ("arrest",)), Leaf(TEXT, ("person",))
    alone, more = dict(part.find(arrest)), dict(part.find(arrest, [person]))
    extra = dict(part.find(person))
    assert alone.keys() == more.keys() != extra.keys()
    assert any(doc in extra for doc in alone)
    assert {doc: score + extra.get(doc, 0.0) for doc, score in alone.items()} == pytest.approx(more)


def test_postings_have_positions_and_lengths(index: Index) -> None:
    part = index.parts["kk"]
    for word, count in part.words(TEXT):
        postings = part.postings(TEXT, word)
        assert len(postings.docs) == count == part.frequency(TEXT, word)
        assert [len(unpacked(packed)) for packed in postings.positions] == postings.frequencies
        assert all(length > 0 for length in postings.lengths)


def test_postings_are_those_of_the_texts(index: Index) -> None:
    """Whoosh's files, written and read in ways of our own, give back what the analysis says."""
    for lang, part in index.parts.items():
        stems: dict[str, dict[int, list[int]]] = {}
        exacts: dict[str, dict[int, list[int]]] = {}
        for number in range(part.doc_count):
            for token in analyse(part.document(number).text, lang):
                stems.setdefault(token.term, {}).setdefault(number, []).append(token.position)
                exacts.setdefault(token.exact, {}).setdefault(number, []).append(token.position)
        for field, expected in ((TEXT, stems), (EXACT, exacts)):
            assert {word for word, _ in part.words(field)} == set(expected)
            for word, rows in expected.items():
                postings = part.postings(field, word)
                assert dict(zip(postings.docs, postings.frequencies)) == {doc: len(places) for doc, places in rows.items()}
                if field == TEXT:
                    places = [list(accumulate(unpacked(packed))) for packed in postings.positions]
                    assert dict(zip(postings.docs, places)) == {doc: sorted(places) for doc, places in rows.items()}


def test_postings_that_do_not_fit_into_memory_are_gathered_on_disk(
    index: Index, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings_module, "GATHERED", 1000)
    monkeypatch.setattr(postings_module, "BLOCK", 16)
    for folder in (None, tmp_path / "index"):
        again = build_index(library, folder)
        for lang, part in index.parts.items():
            for field in FIELDS:
                assert list(part.words(field)) == list(again.parts[lang].words(field))
                for word, _ in part.words(field):
                    assert again.parts[lang].postings(field, word) == part.postings(field, word)


def test_indexes_in_memory_do_not_share_a_temporary_folder(library: Library) -> None:
    """Whoosh's own do, and the first that is done removes the files of the others."""
    one, other = (MemoryStorage().temp_storage("kk.tmp") for _ in range(2))
    assert one.folder != other.folder
    for storage in (one, other):
        storage.destroy()
        assert not Path(storage.folder).exists()


def test_no_temporary_folder_is_left(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    build_index(library)
    assert list(tmp_path.iterdir()) == []


def test_an_index_on_disk_is_opened_again(library: Library, tmp_path: Path, index: Index) -> None:
    build_index(library, tmp_path / "index")
    opened = open_index(tmp_path / "index")
    assert opened.languages == index.languages
    leaf = Leaf(TEXT, ("extradit",))
    assert opened.parts["en"].find(leaf) == index.parts["en"].find(leaf)
    build_index(library, tmp_path / "index")  # in the place of the old one
    assert open_index(tmp_path / "index").parts["en"].doc_count == index.parts["en"].doc_count


def test_an_index_on_disk_is_read_as_it_is_needed(library: Library, tmp_path: Path) -> None:
    build_index(library, tmp_path / "index")
    tracemalloc.start()
    try:
        opened = open_index(tmp_path / "index")
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    files = {path.name: path.stat().st_size for path in (tmp_path / "index").iterdir()}
    assert opened.parts["kk"].doc_count and taken < sum(files.values()) / 4
    build_index(library, tmp_path / "index")
    assert len(list((tmp_path / "index").iterdir())) == len(files)  # none of the old ones is left


def test_suggestions_look_at_the_commonest_words(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    part = index.parts["en"]
    every = dict(spellings(part))
    assert list(every) == sorted({word for field in (EXACT, HEADWORDS) for word, _ in part.words(field)})
    assert every["translations"] == 2  # a word of a heading alone; its article has 2 paragraphs
    monkeypatch.setattr(index_module, "MOST_SPELLED", 50)
    some = dict(spellings(part))
    assert len(some) == 50 and list(some) == sorted(some)
    assert some == {word: every[word] for word in some}
    assert {"the", "of", "shall", "extradition"} <= set(some)
    assert min(some.values()) >= max(count for word, count in every.items() if word not in some)


def test_a_library_without_treaties_has_an_index() -> None:
    assert build_index(Library(())).languages == ()
