"""`add --dry-run` on every real and damaged text of the shared folder. Skipped where it is missing; nothing of it is copied."""

import re
from pathlib import Path

import pytest

from build_scripts.forms import languages
from build_scripts.intake import Request, add
from build_scripts.problems import Code, Problems

from ..conftest import SHARED

CORPUS, INPUTS = SHARED / "corpus", SHARED / "inputs"
NOT_SHARED = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared texts are not on this machine")


def counts() -> list[tuple[str, int]]:
    """The files whose articles the corpus's README counts."""
    if not SHARED.is_dir():
        return []
    table = (CORPUS / "README.md").read_text(encoding="utf-8")
    return [(name, int(number)) for name, number in re.findall(r"^\| `([^`]+)` \| (\d+) \|", table, re.MULTILINE)]


def look(path: Path, lang: str) -> tuple[int, list[Code]]:
    problems = Problems()
    taken = add(SHARED, Request((path,), "", lang, dry=True), problems)
    return len(taken.understood.parsed.articles) if taken else 0, [problem.code for problem in problems]


@NOT_SHARED
@pytest.mark.parametrize(("name", "number"), counts())
def test_as_many_articles_are_found_as_are_counted(name: str, number: int) -> None:
    lang = name.partition("/")[0]
    if lang not in languages():
        pytest.skip(f"there are no forms of {lang} yet")
    assert look(CORPUS / name, lang) == (number, [])


@NOT_SHARED
@pytest.mark.parametrize("lang", ["en", "kk"])
def test_every_damaged_text_is_looked_at(lang: str) -> None:
    found = {path.name: look(path, lang)[1] for path in sorted(INPUTS.iterdir())}
    assert len(found) >= 10
    assert {name for name, codes in found.items() if codes} == {"15-control-characters.txt"}
    assert set(found["15-control-characters.txt"]) == {Code.CONTROL_CHARACTER}


@NOT_SHARED
def test_a_page_of_the_corpus_gives_the_articles_of_its_text() -> None:
    assert look(CORPUS / "kk" / "udhr-kaz.html", "kk") == (30, [])


@NOT_SHARED
@pytest.mark.parametrize(("name", "number"), [
    ("it_senato_ddl_2013", 6), ("uk_pga-2014-27-enacted-data", 8), ("us_Title9-Chap3-eng", 7),
])
def test_akoma_ntoso_made_by_others(name: str, number: int) -> None:
    """As many as the XML has of `article`, or, where it has none, of `section`."""
    assert look(CORPUS / "akn" / f"{name}.xml", "en") == (number, [])
