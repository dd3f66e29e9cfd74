"""What a text states: the examples of each language's file, and whole texts."""

import datetime
from typing import Any

import pytest

from build_scripts.describe import TreatyData, read_yaml
from build_scripts.forms import languages as with_forms
from build_scripts.intake.countries import Country, countries_of, country_of, short_name
from build_scripts.intake.state import Stated, _Reader, sentence_case, state
from build_scripts.intake.statements import languages, load_data, statements
from build_scripts.intake.understand import understand
from build_scripts.problems import Problems

from ..conftest import CRIME, EXTRADITION, ROOT
from . import sample


def reader(lang: str) -> _Reader:
    own = statements(lang)
    assert own is not None
    return _Reader(understand("x", "en", "x.txt", "auto").parsed, own)


def examples(*path: str) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for lang in languages():
        data: Any = load_data(lang)
        for step in path:
            data = data[step]
        found += [(lang, example) for example in data["examples"]]
    return found


@pytest.mark.parametrize(("lang", "example"), examples("title"))
def test_titles(lang: str, example: dict[str, Any]) -> None:
    own = statements(lang)
    assert own is not None
    found = "law" if own.law_title.search(example["words"]) else "line" if own.title_line.search(example["words"]) else ""
    assert found == example["is"]


@pytest.mark.parametrize(("lang", "example"), examples("date"))
def test_days(lang: str, example: dict[str, Any]) -> None:
    found = [day for day, _ in reader(lang).dates(example["words"])]
    assert found[:1] == ([example["found"]] if example["found"] else [])


@pytest.mark.parametrize(("lang", "example"), examples("place"))
def test_places(lang: str, example: dict[str, Any]) -> None:
    assert reader(lang)._find_place(example["words"]) == example["found"]


@pytest.mark.parametrize(("lang", "example"), examples("parties"))
def test_parties(lang: str, example: dict[str, Any]) -> None:
    assert list(reader(lang).names(example["words"])) == example["found"]


@pytest.mark.parametrize(("lang", "example"), examples("languages"))
def test_languages(lang: str, example: dict[str, Any]) -> None:
    if "prevails" in example:
        assert reader(lang).prevailing_in(example["words"]) == example["prevails"]
    else:
        assert list(reader(lang).languages_in(example["words"])) == example["found"]


@pytest.mark.parametrize(("lang", "example"), examples("short"))
def test_short_titles(lang: str, example: dict[str, Any]) -> None:
    own = statements(lang)
    assert own is not None
    assert sentence_case(own.short.sub("", example["words"], count=1).strip()) == example["found"]


@pytest.mark.parametrize(("lang", "example"), examples("entry_note"))
def test_days_of_entry_into_force(lang: str, example: dict[str, Any]) -> None:
    found = reader(lang).entered(example["words"])
    wanted = (example["found"], not example.get("is_doubtful")) if example["found"] else None
    assert (found and (found[0], found[2])) == wanted


def stated(lang: str, text: str | None = None) -> Stated:
    return state(understand(text or sample.as_text(lang), lang, "x.txt", "auto").parsed, lang)


PARTIES = {
    "en": ["Government of the Republic of Kazakhstan", "Government of the Republic of Fiji"],
    "kk": ["Қазақстан Республикасының Үкіметі", "Фиджи Республикасының Үкіметі"],
    "ru": ["Правительство Республики Казахстан", "Правительство Республики Фиджи"],
}


@pytest.mark.parametrize("lang", [lang for lang in ("en", "kk", "ru") if lang in with_forms()])
def test_all_that_a_text_states(lang: str) -> None:
    found = stated(lang)
    lines = sample.as_text(lang).split("\n")
    assert found.title and found.title.value == sample.TITLE[lang] and found.title.line == 1
    assert found.date and found.date.value == datetime.date(2021, 3, 5)
    assert lines[found.date.line - 1].find("2021") >= 0
    assert found.place and found.place.value == {"en": "Astana", "kk": "Астана", "ru": "Астана"}
    assert [party.value for party in found.parties] == PARTIES[lang] and all(party.sure for party in found.parties)
    assert found.languages and found.languages.value == ("kk", "en")
    assert found.prevailing and found.prevailing.value == "en"
    assert found.entry_rule and (found.entry_rule.value, found.entry_rule.sure) == ("art_4__para_1", True)
    assert found.entry_date is None and found.enclosing is None and found.kind is None


def test_what_a_text_does_not_state_is_not_guessed() -> None:
    found = stated("en", "Some words\n\nArticle 1\n\nThe Parties do nothing.\n")
    assert found.parties == ()
    for fact in (found.date, found.place, found.languages, found.prevailing, found.entry_rule, found.entry_date):
        assert fact is None


def test_a_treaty_of_many_parties_names_none() -> None:
    text = "CONVENTION on weather\n\nThe States Parties to this Convention,\n\nhave agreed as follows:\n\nArticle 1\n\nWords.\n"
    assert stated("en", text).parties == () and stated("en", text).several


@pytest.mark.parametrize(("name", "lang", "code", "sure"), [
    ("Republic of Kazakhstan", "en", "kz", True), ("Government of the Hashemite Kingdom of Jordan", "en", "jo", True),
    ("Қазақстан Республикасының Үкіметі", "kk", "kz", True), ("Правительство Республики Казахстан", "ru", "kz", True),
    ("Королевство Испания", "ru", "es", True),
    # the name of the country is another form of the word: a proposal
    ("Иордан Хашимит Корольдігі", "kk", "jo", False), ("Иорданское Хашимитское Королевство", "ru", "jo", False),
    ("Kingdom of Nowhere", "en", "", False), ("Republic of Korea", "en", "", False),  # there are two Koreas
])
def test_countries(name: str, lang: str, code: str, sure: bool) -> None:
    assert country_of(name, lang) == Country(code, sure)


def test_two_parties_never_share_a_country() -> None:
    assert countries_of(["Republic of Fiji", "Republic of Fiji"], "en") == [Country(), Country()]


def test_short_names() -> None:
    assert (short_name("kz", "en"), short_name("kz", "kk"), short_name("kz", "ru")) == ("Kazakhstan", "Қазақстан", "Казахстан")
    assert short_name("zz", "xx") == ""


@pytest.mark.parametrize(("slug", "lang"), [(slug, lang) for slug in (CRIME, EXTRADITION) for lang in ("kk", "en")])
def test_what_the_treaties_held_state_is_what_their_editor_wrote(slug: str, lang: str) -> None:
    """An editor has read these texts and written down what they state."""
    folder = ROOT / "treaties" / slug
    problems = Problems()
    known = read_yaml(folder / "treaty.yml", "treaty.yml", TreatyData, problems)
    assert known is not None
    found = stated(lang, (folder / f"{lang}.txt").read_text(encoding="utf-8"))
    assert found.title and found.title.value.casefold() == known.expression(lang).title.casefold()
    assert found.date and found.date.value == known.signed.date
    assert found.place and found.place.value[lang] == known.signed.place[lang]
    assert [party.value for party in found.parties if party.sure] == [party.name[lang] for party in known.parties]
    assert found.languages and found.languages.value == tuple(known.authentic_languages)
    assert found.prevailing and found.prevailing.value == known.prevailing_language
    assert found.enclosing and known.enclosing and found.enclosing.value == (known.enclosing.kind, known.enclosing.title[lang])
    number = (known.enclosing.number, known.enclosing.date)
    assert (found.enclosing_number or (None, None)) == number
    assert found.entry_rule and found.entry_rule.value == known.entry_into_force.rule
    assert (found.entry_date and found.entry_date.value) == known.entry_into_force.date
    assert found.kind and found.kind.value == known.kind


LAW = {
    "kk": (
        "Қазақстан Республикасының Үкіметі мен Фиджи Республикасының Үкіметі арасындағы келісімді ратификациялау туралы\n\n"
        "Қазақстан Республикасының 2022 жылғы 6 мамырдағы № 118-VII Заңы\n\n"
        "2021 жылғы 5 наурызда Астанада жасалған келісім ратификациялансын.\n\n"
        "Қазақстан Республикасының Президенті\n\n"
    ),
    "en": (
        "On ratification of the Agreement between the Government of the Republic of Kazakhstan and the Government of Fiji\n\n"
        "Law of the Republic of Kazakhstan of 6 May 2022, No. 118-VII\n\n"
        "The Agreement done at Astana on 5 March 2021 shall be ratified.\n\nPresident of the Republic of Kazakhstan\n\n"
    ),
}
NOTE = {
    "kk": ("(2022 жылғы 6 мамырда ратификацияланды, 2022 жылғы 9 маусымда күшіне енді)", datetime.date(2022, 6, 9)),
    "en": ("(Ratified on 6 May 2022; entered into force on 9 June 2022)", datetime.date(2022, 6, 9)),
}


@pytest.mark.parametrize("lang", ["kk", "en"])
@pytest.mark.parametrize("noted", [False, True])
def test_signature_ratification_and_entry_into_force_are_not_confused(lang: str, noted: bool) -> None:
    text = LAW[lang] + sample.as_text(lang)
    if noted:
        text = text.replace(sample.TITLE[lang], f"{sample.TITLE[lang]}\n\n{NOTE[lang][0]}")
    found = stated_with_law(lang, text)
    assert found.date and (found.date.value, found.date.sure) == (datetime.date(2021, 3, 5), True)
    assert found.enclosing_number == ("118-VII", datetime.date(2022, 5, 6))
    assert (found.entry_date and found.entry_date.value) == (NOTE[lang][1] if noted else None)
    assert found.entry_rule and found.entry_rule.value == "art_4__para_1"


def stated_with_law(lang: str, text: str) -> Stated:
    return state(understand(text, lang, "x.txt", "auto", "law").parsed, lang)


def test_a_day_that_is_not_clear_is_a_question() -> None:
    twice = sample.as_text("en").replace("on 5 March 2021,", "on 5 March 2021 and at Suva on 9 April 2021,")
    found = stated("en", twice)
    assert found.date and (found.date.value, found.date.sure) == (datetime.date(2021, 3, 5), False)
    note = f"{sample.TITLE['en']}\n\n(entered into force provisionally on 9 June 2022)"
    found = stated("en", sample.as_text("en").replace(sample.TITLE["en"], note))
    assert found.entry_date and not found.entry_date.sure
