"""The figures that the finder of references must reach on the gold, language by language, on both halves."""

import pytest

from .citation_report import HALVES, LANGUAGES, Score, files, has_corpus, total

PRECISION, RECALL = 0.98, 0.95


def check(result: Score, least: int) -> None:
    assert result.labels >= least
    assert result.precision >= PRECISION, f"{result.found} found, {result.hits} of them right"
    assert result.recall >= RECALL, f"{result.hits} of {result.labels}"


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_texts(lang: str, half: str) -> None:
    if not has_corpus():
        pytest.skip("the shared corpus is not on this machine; the written texts are tested without it")
    check(total(files(lang), half), 50)


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_texts_written_for_the_gold(lang: str, half: str) -> None:
    check(total(files(lang, written=True), half), 30)


def test_texts_of_this_project() -> None:
    """The Kazakh treaties lie in the project: their sixteen references are all found."""
    for half in HALVES:
        result = total(files("kk", written=False), half)
        assert (result.precision, result.recall) == (1.0, 1.0)
