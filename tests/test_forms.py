"""What stands in forms/<lang>.yml holds: each announcement, number word and clause as its examples say."""

from typing import Any

import pytest

from build_scripts.announce import KINDS, announce
from build_scripts.forms import CLAUSES, forms, languages, load_data
from build_scripts.model import DIVISIONS, Kind
from build_scripts.numeral import in_words

UNITS = [(lang, name, unit) for lang in languages() for name, unit in load_data(lang)["units"].items()]
CLAUSE_FORMS = [(lang, name) for lang in languages() for name in CLAUSES]


def said(line: str, lang: str) -> str | None:
    """What a line announces, as the examples write it: the number, and after "|" the words."""
    found = announce(line, forms(lang))
    if found is None:
        return None
    number = found.numbers[0] if found.numbers else ""
    return f"{number} | {line[found.rest:]}" if line[found.rest :] else number


@pytest.mark.parametrize(("lang", "name", "unit"), UNITS, ids=[f"{lang}-{name}" for lang, name, _ in UNITS])
def test_announcements(lang: str, name: str, unit: dict[str, Any]) -> None:
    assert unit["examples"], "a form without an example is not known to work"
    assert {line: said(line, lang) for line in unit["examples"]} == unit["examples"]
    assert {announce(line, forms(lang)).kind for line in unit["examples"]} == {KINDS[name]}  # type: ignore[union-attr]
    assert [line for line in unit["not_examples"] if announce(line, forms(lang)) is not None] == []


@pytest.mark.parametrize("lang", languages())
def test_number_words(lang: str) -> None:
    examples = load_data(lang)["numerals_examples"]
    assert {words: in_words(forms(lang).fold(words), forms(lang).numerals) for words in examples} == examples


@pytest.mark.parametrize(("lang", "name"), CLAUSE_FORMS)
def test_clauses(lang: str, name: str) -> None:
    form, pattern = load_data(lang)[name], getattr(forms(lang), name)
    assert form["examples"], "a form without an example is not known to work"
    assert [text for text in form["examples"] if not pattern.search(text)] == []
    assert [text for text in form.get("not_examples", []) if pattern.search(text)] == []


def test_nine_languages_by_data_alone() -> None:
    assert set(languages()) == {"ar", "en", "es", "fr", "kk", "ky", "ru", "uk", "uz"}


def test_languages_say_the_same_things() -> None:
    """`led_by` (endings of the word before an annex) is only for languages that have it so."""
    assert len({frozenset(load_data(lang)) - {"led_by"} for lang in languages()}) == 1


def test_every_language_has_articles_and_something_that_holds_them() -> None:
    for lang in languages():
        kinds = {KINDS[name] for name in load_data(lang)["units"]}
        assert {Kind.ARTICLE, Kind.ANNEX, Kind.PROTOCOL} <= kinds and kinds & set(DIVISIONS)


def test_folding_keeps_the_length() -> None:
    for lang in languages():
        for text in ("İstanbul ß ŉ", "ΑΒΓ ǅ ﬁ", "Статья", "المادة ١٢"):
            assert len(forms(lang).fold(text)) == len(text)
