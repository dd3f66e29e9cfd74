"""The index: one document a provision with words, in each language."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_scripts.index import EXACT, HEADING, TEXT, Index, Leaf, Plan, build_index, open_index
from build_scripts.library import Library


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
        found = part.find_all(Plan((leaves,), (), leaves), "kz-jo-extradition-2017")
        return [part.document(number).eid for number, _ in found]

    assert "art_12__para_2__point_a" in eids(Leaf(HEADING, ("arrest",)))
    assert "art_12__para_2__point_a" not in eids(Leaf(TEXT, ("arrest",)))
    assert eids(Leaf(TEXT, ("death", "penalti"))) == eids(Leaf(TEXT, ("penalti",)))
    assert eids(Leaf(TEXT, ("penalti", "death"))) == []
    assert eids(Leaf(EXACT, ("penalti",))) == []


def test_postings_have_positions_and_lengths(index: Index) -> None:
    part = index.parts["kk"]
    for word, count in part.words(TEXT):
        postings = list(part.postings(TEXT, word))
        assert len(postings) == count == part.frequency(TEXT, word)
        assert all(len(p.positions) == p.frequency and list(p.positions) == sorted(p.positions) for p in postings)
        assert all(p.length > 0 for p in postings)


def test_an_index_on_disk_is_opened_again(library: Library, tmp_path: Path, index: Index) -> None:
    build_index(library, tmp_path / "index")
    opened = open_index(tmp_path / "index")
    assert opened.languages == index.languages
    leaf = Leaf(TEXT, ("extradit",))
    plan = Plan(((leaf,),), (), (leaf,))
    assert opened.parts["en"].find_all(plan) == index.parts["en"].find_all(plan)
    build_index(library, tmp_path / "index")  # in the place of the old one
    assert open_index(tmp_path / "index").parts["en"].doc_count == index.parts["en"].doc_count


def test_a_library_without_treaties_has_an_index() -> None:
    assert build_index(Library(())).languages == ()
