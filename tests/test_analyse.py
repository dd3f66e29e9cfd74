"""The guarantees of the analysis, by their numbers in analyse.py."""

from __future__ import annotations

import pytest

from build_scripts.analyse import TABLES, Token, analyse, fold, is_stop_word


def terms(text: str, lang: str = "kk") -> list[str]:
    return [token.term for token in analyse(text, lang)]


def exacts(text: str, lang: str = "kk") -> list[str]:
    return [token.exact for token in analyse(text, lang)]


def test_1_composed_and_decomposed_text_give_the_same_terms() -> None:
    assert terms("и\u0306од е\u0308лка cafe\u0301") == terms("йод ёлка café")


def test_2_characters_that_are_not_seen_change_nothing() -> None:
    assert terms("қыл\u00adмыс \u200fтарап\u202c") == terms("қылмыс тарап")
    token, = analyse("\u200bқыл\u00adмыс\u200b", "kk")
    assert (token.start, token.end) == (1, 8)


@pytest.mark.parametrize(("typed", "lang", "meant"), [
    ("Келiсiм", "kk", "келісім"), ("TАРАП", "kk", "тарап"), ("ұcтaп", "kk", "ұстап"), ("cот", "ru", "сот"),
    ("HҰСҚА", "kk", "нұсқа"), ("келіcıм", "kk", "келісім"), ("əділет", "kk", "әділет"), ("ƏДІЛЕТ", "kk", "әділет"),
    ("ɵлім", "kk", "өлім"),
    ("үкİм", "kk", "үкім"), ("жаcалған", "kk", "жасалған"), ("оffеnсе", "en", "offence"), ("POCC", "ru", "росс"),
    ("Раrtу", "en", "party"), ("Аrticle", "en", "article"), ("Article", "kk", "article"), ("сот", "en", "сот"), ("e", "kk", "е"),
])
def test_3_look_alike_letters_are_folded_in_words_of_the_language(typed: str, lang: str, meant: str) -> None:
    assert fold(typed, lang) == meant


@pytest.mark.parametrize(("typed", "meant"), [
    ("ІСТЕР", "істер"), ("за\u0301мок", "замок"), ("ЁЖ", "еж"), ("İstanbul", "istanbul"), ("об’єкт", "об'єкт"), ("كِتَابٌ", "كتاب"),
])
def test_4_case_accents_and_apostrophes_change_nothing(typed: str, meant: str) -> None:
    assert fold(typed, "xx") == meant


@pytest.mark.parametrize(("text", "lang"), [
    ("İI ıi", "en"), ("ISTANBUL İSTANBUL ıstanbul istanbul", "en"), ("İSTANBUL istanbul", "xx"),
])
def test_4_the_four_letters_i_are_one(text: str, lang: str) -> None:
    assert len(set("".join(exacts(text, lang)).replace("stanbul", ""))) == 1


@pytest.mark.parametrize(("text", "lang", "words"), [
    ("е) тармақшасы", "kk", ["е", "тармақшасы"]), ("e) тармақшасы", "kk", ["е", "тармақшасы"]), ("point e", "en", ["point", "e"]),
    ("(i) and (ii)", "en", ["i", "and", "ii"]), ("һ)", "kk", ["һ"]), ("b) немесе с)", "kk", ["b", "немесе", "с"]),
])
def test_5_enumerators_are_words_of_their_own(text: str, lang: str, words: list[str]) -> None:
    assert exacts(text, lang) == words


@pytest.mark.parametrize(("text", "words"), [
    ("5-бабында", ["5", "бабында"]), ("67¹", ["67", "1"]), ("67-1", ["67", "1"]), ("№681", ["681"]), ("12–15", ["12", "15"]),
    ("4(1)(e)", ["4", "1", "е"]), ("алпыс (60)", ["алпыс", "60"]), ("٣ ४", ["3", "4"]), ("12бап", ["12", "бап"]),
])
def test_5_numbers_are_words(text: str, words: list[str]) -> None:
    assert exacts(text) == words


def test_6_a_word_with_hyphens_gives_its_parts_and_the_whole() -> None:
    assert analyse("өзара іс-қимыл", "kk") == [
        Token("өзара", "өзара", 0, 0, 5), Token("іс", "іс", 1, 6, 8), Token("қимыл", "қимыл", 2, 9, 14, glued=True),
        Token("ісқимыл", "ісқимыл", 1, 6, 14, whole=True),
    ]
    assert "cooper" in terms("co-operation", "en")
    assert terms("cooperation", "en") == ["cooper"]
    assert exacts("сондай-ақ") == ["сондай", "ақ", "сондайақ"]


@pytest.mark.parametrize(("one", "other"), [
    ("organized", "organised"), ("organization", "organisation"), ("legalization", "legalisation"),
    ("recognizing", "recognising"),
    ("offense", "offence"), ("offenses", "offences"), ("judgement", "judgment"), ("defense", "defence"), ("size", "size"),
])
def test_7_endings_spelt_in_two_ways_have_one_term(one: str, other: str) -> None:
    assert terms(one, "en") == terms(other, "en")
    assert exacts(one, "en") == [one]


def test_7_only_english_is_respelt() -> None:
    assert terms("organized", "xx") == ["organized"]


def test_8_offsets_are_code_points_of_the_text_as_given() -> None:
    text = "😀 е\u0308лка, 12-бап"
    assert [text[token.start : token.end] for token in analyse(text, "kk")] == ["е\u0308лка", "12", "бап"]


@pytest.mark.parametrize("text", [
    "a-" * 50_000, "'" * 100_000, "a'" * 50_000, "1" * 100_000, "\u00ad-" * 50_000, "ж\u0301" * 50_000,
])
def test_8_long_and_hostile_texts_are_read(text: str) -> None:
    """How fast, says `make bench`."""
    tokens = list(analyse(text, "kk"))
    assert all(0 <= token.start < token.end <= len(text) and token.exact for token in tokens)
    assert len({token.position for token in tokens}) <= len(text)


@pytest.mark.parametrize("word", ["not", "no", "unless", "without", "only", "may", "shall", "if"])
def test_words_that_change_the_sense_are_no_stop_words(word: str) -> None:
    assert not is_stop_word(word, "en")


def test_the_tables_hold_words_and_letters_only() -> None:
    for script, table in TABLES["look_alikes"].items():
        assert all(isinstance(a, str) and isinstance(b, str) and len(a) == len(b) == 1 for a, b in table.items()), script
    for lang, words in TABLES["stop_words"].items():
        assert all(isinstance(word, str) and fold(word, lang) == word for word in words), lang
