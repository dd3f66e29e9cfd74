"""Words that may have been meant, and the queries made of them."""

from __future__ import annotations

import pytest

from build_scripts.analyse import stem_of
from build_scripts.index import build_index
from build_scripts.library import Library
from build_scripts.search import Searcher
from build_scripts.suggest import Vocabulary, cost, is_in_harmony, most_cost, nearest_beginning


@pytest.fixture(scope="module")
def searcher(library: Library) -> Searcher:
    return Searcher(build_index(library), library)


@pytest.mark.parametrize(("typed", "meant", "spent"), [
    ("қылмыс", "қылмыс", 0),
    ("кылмыс", "қылмыс", 1),  # letters that people type for one another
    ("устап", "ұстап", 1), ("жагдай", "жағдай", 1),
    ("arest", "arrest", 4),  # one missing
    ("extraditoin", "extradition", 4),  # two changed about
    ("arrrest", "arrest", 4),  # one typed twice
    ("arrxest", "arrest", 5),  # one too many
    ("arrezt", "arrest", 5),  # one for another
    ("", "abc", 12), ("abc", "", 15),
])
def test_the_cost_of_slips(typed: str, meant: str, spent: int) -> None:
    assert cost(typed, meant, limit=20) == spent
    assert cost(typed, meant, limit=spent) == spent
    assert spent == 0 or cost(typed, meant, limit=spent - 1) == spent


def test_the_cost_of_the_nearest_beginning() -> None:
    assert cost("жаг", "жағдайды", limit=5, begins=True) == 1
    assert nearest_beginning("жагдайы", "жағдай") == (1, 6)
    assert nearest_beginning("жағдай", "жағдай") == (0, 6)


def test_short_words_have_few_neighbours() -> None:
    assert [most_cost(length) for length in (1, 2, 3, 5, 6)] == [0, 1, 5, 5, 10]


def words(vocabulary: Vocabulary, word: str) -> list[str]:
    return [near for _, _, near in vocabulary.nearest(word)]


def test_nearest_words_are_ordered_by_cost_then_frequency() -> None:
    vocabulary = Vocabulary([("arrest", 3), ("arrests", 9), ("ares", 1), ("crest", 2), ("zebra", 5), ("a1", 1)], "en")
    assert words(vocabulary, "arest") == ["arrest", "crest", "ares"]


def test_a_letter_of_the_keyboard_is_nearer_than_a_missing_one() -> None:
    assert words(Vocabulary([("қара", 1), ("карта", 9)], "kk"), "кара") == ["қара", "карта"]


def test_a_form_that_the_texts_do_not_have_is_made_of_the_stem() -> None:
    vocabulary = Vocabulary([("жағдайда", 2), ("жағдайды", 5)], "kk")
    assert words(vocabulary, "жагдайы")[0] == "жағдайы"


def test_a_word_of_the_index_stands_in_where_the_stem_makes_no_form() -> None:
    assert words(Vocabulary([("жәбірленушінің", 1)], "kk"), "жабирленуши") == ["жәбірленушінің"]


def test_a_missing_space_is_put_in() -> None:
    vocabulary = Vocabulary([("ұстап", 9), ("беру", 9), ("ұста", 1), ("пберу", 1)], "kk")
    assert words(vocabulary, "ұстапберу") == ["ұстап беру"]


@pytest.mark.parametrize(("query", "meant"), [
    ("extraditoin", "extradition"),
    ("provisonal arrest", "provisional arrest"),
    ("өлем жазасы", "өлім жазасы"),
    ("кылмыс кудалау", "қылмыс қудалау"),
    ("прокуратурра", "прокуратура"),
    ("ис-кимыл", "іс-қимыл"),
    ("үй қамақ", "үйқамақ"),
    ("finger prints", "fingerprints"),
    ("бсекелес сұрау салулар", "бәсекелес сұрау салулар"),  # a word of a heading only
    ("конституцяға", "конституцияға"),  # the texts have конституциясына
])
def test_the_first_suggestion_is_what_was_meant(searcher: Searcher, query: str, meant: str) -> None:
    assert searcher.search(query).suggestions[:1] == (meant,)


@pytest.mark.parametrize(("query", "meant"), [
    ("кепилдик", "кепілдік"),  # the texts have кепілдіктер only
    ("уйкамак", "үйқамақ"),
    ("кауипсиздик", "қауіпсіздік"),  # five letters that the keyboard has not
    ("издестирилип жаткан адам", "іздестіріліп жатқан адам"),
    ("шыгыстарды кім котереди", "шығыстарды кім көтереді"),  # кім is in no text, and is right
    ("кашан кушине енеди", "қашан күшіне енеді"),
    ("когамдык тартип", "қоғамдық тәртіп"),
])
def test_what_is_typed_without_kazakh_letters_is_answered_as_it_was_meant(searcher: Searcher, query: str, meant: str) -> None:
    answer = searcher.search(query)
    assert answer.instead == meant
    assert [hit.eid for hit in answer.hits] == [hit.eid for hit in searcher.search(meant).hits] != []


@pytest.mark.parametrize(("query", "meant"), [
    ("банкнт", "банкнот"), ("конвениця", "конвенция"), ("материвл", "материал"), ("азптау", "азаптау"),
    ("құнлылық", "құндылықтарды"), ("болік", "бөліктері"),  # forms that the texts have, where their stem is no word
])
def test_the_form_of_the_dictionary_is_suggested_too(searcher: Searcher, query: str, meant: str) -> None:
    answer = searcher.search(query)
    assert answer.suggestions[:1] == (meant,)
    assert not answer.instead


def test_what_a_word_begins_is_suggested_and_never_answered_in_its_place(searcher: Searcher) -> None:
    answer = searcher.search("заңдастыру")  # the texts have заңдастырусыз, without legalisation
    assert "заңдастырусыз" in answer.suggestions and not answer.instead and not answer.hits


def test_suggestions_are_of_different_words(searcher: Searcher) -> None:
    for query in ("кукык", "extraditoin", "шешмі", "банкнт"):
        suggested = searcher.search(query).suggestions
        assert suggested and len({stem_of(word, "en" if query.isascii() else "kk") for word in suggested}) == len(suggested)


@pytest.mark.parametrize(("stem", "ending", "may"), [
    ("шешім", "дер", True), ("шешім", "дар", False), ("құжат", "тар", True), ("құжат", "ке", False), ("мүлк", "", True),
    ("кітап", "ты", True),
])
def test_an_ending_has_the_vowels_of_its_stem(stem: str, ending: str, may: bool) -> None:
    assert is_in_harmony(stem, ending, "kk") is may
    assert is_in_harmony(stem, ending, "en")


@pytest.mark.parametrize("query", ["құрбақа", "бауырсақ", "футбол", "полицейлер", "elephant", "photosynthesis"])
def test_nothing_is_suggested_for_words_of_other_fields(searcher: Searcher, query: str) -> None:
    assert searcher.search(query).suggestions == ()


@pytest.mark.parametrize("query", ["arrest", "қамаққа алу", "xyzzyq", "of the", "4"])
def test_nothing_is_suggested_for_what_is_known_or_near_nothing(searcher: Searcher, query: str) -> None:
    assert searcher.search(query).suggestions == ()
