"""References in texts: the sixteen of the extradition agreement by hand, then forms, then what must not be linked."""

import pytest

from build_scripts.citations import load_data, reference_forms
from build_scripts.draw_up import _unit
from build_scripts.library import Library
from build_scripts.model import Expression, Passage, Provision, Target
from build_scripts.problems import Code, Problems
from build_scripts.refer import find, refer

from .conftest import CRIME, EXTRADITION, parse_text

# read in the Kazakh source: where it stands, its words, what it names
SIXTEEN = [
    ("art_3__para_5", "осы баптың 1 және 2-тармақтарында", ["art_3__para_1", "art_3__para_2"]),
    ("art_4__para_3", "осы баптың 1-тармағы е) тармақшасының", ["art_4__para_1__point_e"]),
    ("art_7__para_2__intro", "Осы баптың 1-тармағының", ["art_7__para_1"]),
    ("art_8__para_2", "осы баптың 1-тармағында", ["art_8__para_1"]),
    ("art_8__para_3", "осы баптың 2-тармағына", ["art_8__para_2"]),
    ("art_11__para_1__subpara_1", "7-бапта", ["art_7"]),
    ("art_11__para_3__wrapup", "осы баптың 1 және 2-тармақтары", ["art_11__para_1", "art_11__para_2"]),
    ("art_14__para_3", "осы баптың 4-тармағына", ["art_14__para_4"]),
    ("art_14__para_4", "осы баптың 3-тармағында", ["art_14__para_3"]),
    ("art_14__para_4", "осы баптың 5-тармағында", ["art_14__para_5"]),
    ("art_14__para_6", "осы Келісімнің 7-бабында", ["art_7"]),
    ("art_16__para_2", "осы баптың 1-тармағында", ["art_16__para_1"]),
    ("art_17__para_2", "осы баптың 1-тармағында", ["art_17__para_1"]),
    ("art_17__para_5", "осы баптың 4-тармағына", ["art_17__para_4"]),
    ("art_18__para_1", "осы Келісімнің 16-бабында", ["art_16"]),
    ("art_22__para_2", "осы баптың 1-тармағында", ["art_22__para_1"]),
]


def references(expression: Expression) -> list[tuple[str, str, list[str]]]:
    return [
        (p.eid, passage.text[r.start : r.end], [target.eid or target.instrument for target in r.targets])
        for p in expression.walk() for passage in p.passages for r in passage.references
    ]


def test_the_sixteen_references_in_kazakh(extradition: Expression) -> None:
    assert references(extradition) == SIXTEEN


def test_the_same_references_in_english(library: Library) -> None:
    english = references(library.treaty(EXTRADITION).expressions["en"])
    assert [(_unit(eid), targets) for eid, _, targets in english] == [(_unit(eid), targets) for eid, _, targets in SIXTEEN]


def test_each_of_two_paragraphs_is_a_link_of_its_own(extradition: Expression) -> None:
    passage = next(p for p in extradition.walk() if p.eid == "art_3__para_5").passages[0]
    (reference,) = passage.references
    assert [passage.text[start:end] for start, end in reference.spans] == ["осы баптың 1", "2-тармақтарында"]


@pytest.mark.parametrize("lang", ["kk", "en"])
def test_the_conventions_of_1961_1972_and_1988(library: Library, lang: str) -> None:
    found = references(library.treaty(CRIME).expressions[lang])
    assert {eid for eid, _, _ in found} == {"art_4__intro"}
    assert {targets[0] for _, _, targets in found} == {"single-convention-1961", "protocol-1972", "un-convention-1988"}


def test_cited_by(library: Library) -> None:
    places = library.cited_by[Target(EXTRADITION, "art_7")]
    assert [(place.eid, place.lang) for place in places] == [
        ("art_11__para_1__subpara_1", "kk"), ("art_14__para_6", "kk"),
        ("art_11__para_1__subpara_1", "en"), ("art_14__para_6", "en"),
    ]
    assert places[1].words == "осы Келісімнің 7-бабында"
    assert places[1].after.startswith(" тізбеленген құжаттарды")


CASES = [(lang, case) for lang in ("kk", "en", "ru") for case in load_data(lang)["examples"]]


@pytest.mark.parametrize(("lang", "case"), CASES, ids=[f"{lang}: {case['found']}" for lang, case in CASES])
def test_examples(lang: str, case: dict) -> None:
    found = find(case["text"], reference_forms(lang))
    assert [case["text"][each.start : each.end] for each in found] == [case["found"]]


@pytest.mark.parametrize(("lang", "text"), [(lang, t) for lang in ("kk", "en", "ru") for t in load_data(lang)["not_examples"]])
def test_not_examples(lang: str, text: str) -> None:
    assert find(text, reference_forms(lang)) == []


def resolved(text: str, lang: str = "en", title: str = "SAMPLE TREATY") -> tuple[list[tuple[str, list[str]]], Problems]:
    parsed = parse_text(text, lang, title)
    problems = Problems()
    parts, _ = refer(parsed.parts, lang, "sample", [], [], "sample.txt", problems)
    provisions: list[Provision] = [p for tops in parts.values() for top in tops for p in top.walk()]
    passages: list[Passage] = [passage for p in provisions for passage in p.passages]
    return [
        (passage.text[r.start : r.end], [t.eid for t in r.targets]) for passage in passages for r in passage.references
    ], problems


ARTICLES = "SAMPLE TREATY\nArticle 1\n{}\nArticle 2\n1. One.\n2. Two:\n(a) x;\n(b) y;\n(c) z.\nArticle 3\nThree.\n"


@pytest.mark.parametrize(("words", "targets"), [
    ("Article 2", ["art_2"]),
    ("Articles 2 and 3", ["art_2", "art_3"]),
    ("Articles 1, 2 and 3", ["art_1", "art_2", "art_3"]),
    ("Articles 2 to 3", ["art_2", "art_3"]),
    ("paragraph 1 of Article 2", ["art_2__para_1"]),
    ("subparagraphs (a) to (c) of paragraph 2 of Article 2", ["art_2__para_2__point_a", "art_2__para_2__point_c"]),
    ("Article 2, paragraph 2, subparagraph (b)", ["art_2__para_2__point_b"]),
    ("art. 3", ["art_3"]),
])
def test_english_forms(words: str, targets: list[str]) -> None:
    found, problems = resolved(ARTICLES.format(f"As {words} says, so be it."))
    assert not list(problems)
    assert found == [(words, targets)]


def test_reference_over_a_line_break_and_a_no_break_space() -> None:
    found, _ = resolved(ARTICLES.format("See Article\u00a02."))
    assert found == [("Article 2", ["art_2"])]


@pytest.mark.parametrize("words", [
    "Article 2 of the Vienna Convention on Consular Relations",
    "paragraph 1 of Article 2 of that Protocol",
])
def test_articles_of_another_instrument_are_not_ours(words: str) -> None:
    found, problems = resolved(ARTICLES.format(f"As {words} says."))
    assert (found, list(problems)) == ([], [])


def test_articles_of_another_instrument_in_kazakh() -> None:
    found, problems = resolved(
        "ҮЛГІ\n1-бап\nАталған Конвенцияның 2-бабы қолданылады. Осы Келісімнің 2-бабы да қолданылады.\n2-бап\nМәтін.", "kk", "ҮЛГІ"
    )
    assert (found, list(problems)) == ([("Осы Келісімнің 2-бабы", ["art_2"])], [])


def test_reference_to_an_article_that_does_not_exist() -> None:
    found, problems = resolved(ARTICLES.format("As Article 99 says."))
    assert found == []
    assert [(p.code, p.line, "art_99" in p.message) for p in problems] == [(Code.REFERENCE_UNRESOLVED, 3, True)]
