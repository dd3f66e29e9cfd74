"""Provisions as a lawyer names them."""

import pytest

from build_scripts.library import Library
from build_scripts.pages import Tree
from build_scripts.pages.addresses import address_of, named_unit, relative, unit_of
from build_scripts.pages.labels import citation, provision_label, quiet_heading
from tests.conftest import CRIME, EXTRADITION

LABELS = [
    ("art_12", "Article 12", "12-бап"),
    ("art_12__para_5", "Article 12(5)", "12-баптың 5-тармағы"),
    ("art_4__para_1__point_e", "Article 4(1)(e)", "4-баптың 1-тармағының e) тармақшасы"),
    ("art_5__point_b", "Article 5(b)", "5-баптың b) тармақшасы"),
    ("art_3__point_3__indent_7", "Article 3(3), indent 7", "3-баптың 3) тармақшасының 7-абзацы"),
    ("art_1__para_2__wrapup", "Article 1(2), closing words", "1-баптың 2-тармағының қорытынды сөздері"),
    ("art_129-1__para_2", "Article 129-1(2)", "129-1-баптың 2-тармағы"),
    ("preamble__rec_2", "Preamble, recital 2", "Кіріспенің 2-абзацы"),
    ("language_clause", "Language clause", "Басым мәтін туралы ереже"),
    ("decree__para_1", "Approving resolution, paragraph 1", "Бекіту туралы қаулының 1-тармағы"),
    ("signature_2", "Signature 2", "2-қол"),
    ("unheard_of", "unheard_of", "unheard_of"),
]


@pytest.mark.parametrize(("eid", "english", "kazakh"), LABELS)
def test_labels(trees: dict[str, Tree], eid: str, english: str, kazakh: str) -> None:
    assert provision_label(eid, trees["en"].words) == english
    assert provision_label(eid, trees["kk"].words) == kazakh


def test_every_provision_held_has_a_label(library: Library, trees: dict[str, Tree]) -> None:
    for treaty in library.treaties:
        for expression in treaty.expressions.values():
            for provision in expression.walk():
                for tree in trees.values():
                    assert provision_label(provision.eid, tree.words) != provision.eid


def test_citations_in_both_languages(library: Library, trees: dict[str, Tree]) -> None:
    treaty = library.treaty(EXTRADITION)
    assert citation(treaty, "art_12__para_5", trees["en"].words) == (
        "Agreement between the Republic of Kazakhstan and the Hashemite Kingdom of Jordan on the extradition of persons "
        "(Astana, 1 November 2017), Article 12(5)"
    )
    assert citation(treaty, "art_12__para_5", trees["kk"].words) == (
        "Қазақстан Республикасы мен Иордан Хашимит Корольдігі арасындағы адамдарды ұстап беру туралы келісім "
        "(Астана, 2017 жылғы 1 қараша), 12-баптың 5-тармағы"
    )
    assert "crime" in citation(library.treaty(CRIME), "", trees["en"].words)


def test_both_languages_have_the_same_words(trees: dict[str, Tree]) -> None:
    """A unit of the Kazakh citation may have a form of its own for standing alone."""
    mine = {
        lang: {key for key in tree.words.texts if key.startswith("page.") and not key.endswith(".alone")}
        for lang, tree in trees.items()
    }
    assert mine["kk"] == mine["en"]


def test_addresses() -> None:
    assert address_of("t", "art_4__para_1__point_e") == "t/art_4.html#art_4__para_1__point_e"
    assert address_of("t", "preamble__rec_1") == "t/index.html#preamble__rec_1"
    assert address_of("t", "") == "t/index.html"
    assert unit_of("annex_1__art_2__para_3") == "annex_1__art_2"
    assert named_unit("art_11__para_3__wrapup") == "art_11__para_3"
    assert relative("t/art_4.html", "t/art_7.html#art_7") == "art_7.html#art_7"
    assert relative("t/art_4.html", "u/index.html") == "../u/index.html"
    assert relative("t/art_4.html", "t/art_4.html#art_4__para_1") == "#art_4__para_1"
    assert relative("instruments.html", "t/art_4.html") == "t/art_4.html"


def test_a_heading_in_capitals_is_quiet_in_a_list_and_keeps_names() -> None:
    assert quiet_heading("АЛДЫН АЛА ҚАМАҚҚА АЛУ") == "Алдын ала қамаққа алу"
    assert quiet_heading("ҚАЗАҚСТАН ҮШІН", frozenset({"Қазақстан"})) == "Қазақстан үшін"
    assert quiet_heading("Rule of speciality") == "Rule of speciality"
