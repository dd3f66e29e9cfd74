"""Lengths of time and words of haste in texts: the examples of each language, and what the two agreements name."""

from __future__ import annotations

from typing import Any

import pytest

from build_scripts.lengths import force_fits, haste_in, languages, lengths_in, load_data, number_of, start_fits
from build_scripts.library import Library

from .conftest import CRIME, EXTRADITION

EXAMPLES = [(lang, example) for lang in languages() for example in load_data(lang)["examples"]]


@pytest.mark.parametrize(("lang", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else value["text"])
def test_examples(lang: str, example: dict[str, Any]) -> None:
    text = example["text"]
    found = lengths_in(text, lang)
    assert [[length.number, length.unit] for length in found] == example.get("lengths", [])
    assert all(length.agrees for length in found)
    assert [text[start:end] for start, end in haste_in(text, lang)] == example.get("haste", [])


def test_the_languages() -> None:
    assert {"en", "kk", "ru"} <= set(languages())


@pytest.mark.parametrize(("words", "lang", "number"), [
    ("one", "en", 1), ("one hundred and eighty", "en", 180), ("ninety-nine", "en", 99), ("hundred", "en", 100),
    ("two thousand three hundred and one", "en", 2301),
    ("бір жүз сексен", "kk", 180), ("он бес", "kk", 15), ("жүз", "kk", 100), ("екі мың бес", "kk", 2005),
    ("сто восемьдесят", "ru", 180), ("сорока", "ru", 40),
])
def test_a_number_in_words(words: str, lang: str, number: int) -> None:
    assert number_of(words, lang) == number


def test_words_and_figures_that_differ_are_told() -> None:
    (length,) = lengths_in("within thirty (40) days", "en")
    assert (length.in_words, length.figure, length.agrees) == (30, 40, False)
    (length,) = lengths_in("қырық (30) тәулік", "kk")
    assert (length.in_words, length.figure, length.agrees) == (40, 30, False)


def test_where_it_stands() -> None:
    text = "released within sixty (60) days, and no later"
    (length,) = lengths_in(text, "en")
    assert text[length.start : length.end] == "sixty (60) days"


@pytest.mark.parametrize(("force", "words", "lang", "fits"), [
    ("may", "may refuse", "en", True), ("may", "is entitled to postpone", "en", True), ("may", "shall release", "en", False),
    ("shall", "shall release", "en", True), ("shall", "may release", "en", False), ("shall", "releases", "en", False),
    ("effect", "shall enter into force", "en", True), ("effect", "may enter", "en", False),
    ("may", "босата алады", "kk", True), ("may", "бас тартуға құқылы", "kk", True), ("may", "босатылуы мүмкін", "kk", True),
    ("may", "босатылады", "kk", False), ("shall", "босатылады", "kk", True), ("shall", "хабарлауға міндетті", "kk", True),
    ("shall", "босата алады", "kk", False), ("may", "вправе отказать", "ru", True), ("shall", "может отказать", "ru", False),
])
def test_may_and_shall(force: str, words: str, lang: str, fits: bool) -> None:
    assert force_fits(force, words, lang) is fits


@pytest.mark.parametrize(("kind", "words", "lang", "fits"), [
    ("moment", "алған кезден бастап", "kk", True), ("day", "алған кезден бастап", "kk", False),
    ("day", "алған күннен бастап", "kk", True), ("after", "келгеннен кейін", "kk", True),
    ("day", "from the date of receipt", "en", True), ("after", "from the day", "en", False),
])
def test_from_when(kind: str, words: str, lang: str, fits: bool) -> None:
    assert start_fits(kind, words, lang) is fits


NAMED = {  # read in kk.txt by a person: where a number of days, months or years stands, and where a word of haste
    EXTRADITION: (
        [("art_3__para_1", 1, "years"), *[("art_3__para_2", 6, "months")] * 3, ("art_8__para_1", 60, "days"),
         ("art_11__para_3__point_a", 30, "days"), ("art_12__para_5", 40, "days"), ("art_14__para_3", 30, "days"),
         ("art_17__para_5", 15, "days"), ("art_22__para_1", 30, "days"), ("art_22__para_3", 180, "days")],
        ["art_6__para_3", "art_8__para_3", "art_10__para_1", "art_12__para_4", "art_13__para_1", "art_14__para_1",
         "art_14__para_2", "art_14__para_4", "art_15__para_1", "art_21"],
    ),
    CRIME: ([("art_14__para_2", 6, "months")], ["art_6__subpara_2", "art_7__para_3"]),
}


@pytest.mark.parametrize("slug", NAMED)
@pytest.mark.parametrize("lang", ["kk", "en"])
def test_all_that_the_agreements_name(library: Library, slug: str, lang: str) -> None:
    units = [unit for article in library.treaty(slug).expressions[lang].articles for unit in article.walk()]
    passages = [(unit.eid, passage.text) for unit in units for passage in unit.passages]
    lengths = [(eid, length.number, length.unit) for eid, text in passages for length in lengths_in(text, lang)]
    assert (lengths, [eid for eid, text in passages for _ in haste_in(text, lang)]) == NAMED[slug]
