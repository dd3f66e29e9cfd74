"""The finder of references against the hand-made gold, and its work on strings made to slow it down."""

from __future__ import annotations

import sys

import pytest

from build_scripts.citations import reference_forms
from build_scripts.cited import find

from . import citation_report as report

PRECISION, RECALL = 0.98, 0.95


@pytest.mark.parametrize("half", report.HALVES)
@pytest.mark.parametrize("lang", report.LANGUAGES)
def test_precision_and_recall(lang: str, half: str) -> None:
    """All texts of a language; where the corpus is missing, those that lie in the project."""
    names = report.files(lang)
    if not report.has_corpus() and lang == "en":
        pytest.skip("the shared corpus is not on this machine, and no English text lies in the project")
    result = report.total(names, half)
    assert result.labels > 0
    assert result.precision >= PRECISION, result.wrong
    assert result.recall >= RECALL, result.wrong


def test_the_gold_has_at_least_300_references() -> None:
    assert sum(len(report.lines(f"references.{lang}.jsonl")) for lang in report.LANGUAGES) >= 300


UNITS = {
    "en": [
        "1, ",
        "Article 1, ",
        "(a)(a)",
        "paragraph ",
        "Articles 1 to 2 and ",
        "of this Article ",
        "subparagraph (a) of ",
        "1-1-",
        "((",
        "12 ",
    ],
    "ru": ["1, ", "статьи ", "статья 1, ", "пункт 1 ", "настоящей статьи ", "подпункт «а» ", "1-1-", "(1) ", "части первой и "],
    "kk": [
        "1, ",
        "осы баптың ",
        "1-бап, ",
        "1-тармағының ",
        "е) тармақшасы ",
        "осы Келісімнің ",
        "1 және ",
        "1-1-",
        "3 – 5-баптар ",
    ],
}
CASES = [(lang, unit) for lang, units in UNITS.items() for unit in units]


def steps(text: str, lang: str) -> int:
    """How many lines of Python it takes to search `text`: the same on every machine."""
    count = 0

    def trace(frame: object, event: str, argument: object) -> object:
        nonlocal count
        count += 1
        return trace

    forms = reference_forms(lang)
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        find(text, forms)
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize(("lang", "unit"), CASES, ids=[f"{lang}: {unit}" for lang, unit in CASES])
def test_work_grows_with_the_length_and_no_faster(lang: str, unit: str) -> None:
    short, long = (steps(unit * times, lang) for times in (60, 240))
    assert long <= 4.6 * short + 2000


@pytest.mark.parametrize(("lang", "unit"), CASES, ids=[f"{lang}: {unit}" for lang, unit in CASES])
def test_long_strings_are_searched_to_the_end(lang: str, unit: str) -> None:
    text = unit * (100_000 // len(unit))
    for citation in find(text, reference_forms(lang)):
        assert 0 <= citation.start < citation.end <= len(text)


@pytest.mark.parametrize("lang", report.LANGUAGES)
def test_offsets_are_code_points(lang: str) -> None:
    """Characters outside the basic plane before a citation move it by one place each."""
    words = {"en": "Article 7", "ru": "статья 7", "kk": "7-бап"}[lang]
    (plain,) = find(f" {words} ", reference_forms(lang))
    (moved,) = find(f"😀😀 {words} ", reference_forms(lang))
    assert moved.start == plain.start + 2
