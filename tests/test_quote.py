"""The quote checker: tests/cases/quotes.json in Python and JavaScript, what holds for every passage, bad input, the command."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from build_scripts.library import Library
from build_scripts.passages import Row, rows_of, write_passages
from build_scripts.quote import Check, QuoteChecker, to_json
from build_scripts.quote.words import plain

from .conftest import ROOT

DATA = json.loads((ROOT / "tests" / "cases" / "quotes.json").read_text(encoding="utf-8"))
CASES = DATA["cases"]
SCRIPTS = [
    ROOT / "docs" / "assets" / "javascripts" / name
    for name in ("quote-words.js", "quote-place.js", "quote-align.js", "quote-report.js", "quote.js")
]
LONG = {  # each is repeated until it is long enough
    "a letter": "a ", "common words": "ұстап беру ", "brackets": "(", "direction": "\u202e\u200f", "ellipses": "…",
    "numbers": "1. ", "a phrase": "the person sought may ", "one word": "x", "a common phrase": "the Requested Party shall ",
    "parts": "the … ", "brackets with a dot": "(. ", "brackets with dots": "(......", "letters in brackets": "[T]",
    "phrase parts": "Requested … Party … ", "emoji": "😀 a𝐀b ", "apostrophes": "a'", "dashes": "—", "accents": "e\u0301\u0301",
    "divided": "per-\nson ",
}


@pytest.fixture(scope="session")
def checker(library: Library) -> QuoteChecker:
    return QuoteChecker(library)


def verify(case: dict, found: dict) -> None:
    """That what was found (as in JSON) is what a case expects."""
    assert found["verdict"] == case["verdict"]
    if "place" in case:
        assert named(found["places"][0])[0] == case["place"]
    if "eids" in case:
        assert found["places"][0]["eids"] == case["eids"]
    if "also" in case:
        assert [named(place) for place in found["places"][1:]] == case["also"]
    different = [
        [part["kind"], part["given"].strip(), part["source"]]
        for part in found["parts"] if part["kind"] not in ("same", "omitted")
    ]
    if "kinds" in case:
        assert [kind for kind, *_ in different] == case["kinds"]
    elif case["verdict"] != "nowhere" and "eids" in case:
        assert different == case.get("differences", [])
    if case["verdict"] in ("verbatim", "marks"):
        assert found["score"] == 100
    elif case["verdict"] == "differs":
        assert 0 < found["score"] < 100
    if "eids" in case:
        assert found["letters"] == case.get("letters", [])
        assert found["spacing"] == case.get("spacing", [])
        assert found["first_letter"] == case.get("first_letter", False)
        assert sum(part["kind"] == "omitted" for part in found["parts"]) == case.get("omissions", 0)


def named(place: dict) -> list:
    letter = next(letter for letter, slug in DATA["treaties"].items() if slug == place["treaty"])
    return [f"{letter} {place['lang']}", place["eids"]]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(checker: QuoteChecker, case: dict) -> None:
    found = checker.check(case["text"])
    verify(case, to_json(found))
    assert_whole(found, case["text"])


def assert_whole(found: Check, text: str) -> None:
    """The parts of a passage, joined, are the passage."""
    if found.parts:
        assert "".join(part.given for part in found.parts) == plain(text)


def all_rows(library: Library) -> list[tuple[str, str, list[Row]]]:
    return [
        (treaty.slug, lang, list(rows_of(expression)))
        for treaty in library.treaties for lang, expression in treaty.expressions.items()
    ]


def test_every_passage_of_every_text_is_verbatim_at_its_place(checker: QuoteChecker, library: Library) -> None:
    wrong = []
    for treaty, lang, rows in all_rows(library):
        for row in rows:
            for text in (f"{row.number} {row.words}", row.words):
                found = checker.check(text)
                places = [(p.treaty, p.lang) for p in found.places if any(row.eid.startswith(eid) for eid in p.eids)]
                if found.verdict != "verbatim" or (treaty, lang) not in places:
                    wrong.append(f"{treaty} {lang} {row.eid}: {found.verdict} {places}")
    assert wrong == []


def test_whole_texts_are_verbatim_with_and_without_numbers(checker: QuoteChecker, library: Library) -> None:
    for treaty, lang, rows in all_rows(library):
        for text in (
            "\n".join(f"{row.number} {row.words}" for row in rows),
            "\n".join(row.words for row in rows if not row.is_heading),
        ):
            found = checker.check(text)
            assert (found.verdict, found.places[0].treaty, found.places[0].lang) == ("verbatim", treaty, lang)


def bare(text: str) -> str:
    """The letters of a text, by a way that has nothing to do with the checker's own."""
    return re.sub(r"[\W\d_]+", "", text).casefold()


def test_a_word_put_in_place_of_another_is_never_verbatim(checker: QuoteChecker, library: Library) -> None:
    rng = random.Random(20171101)
    for _, lang, rows in all_rows(library):
        whole = bare("".join(row.words for row in rows)), bare("".join(row.words for row in rows if not row.is_heading))
        words = " ".join(row.words for row in rows if not row.is_heading).split()
        for _ in range(400):
            length = rng.choice((4, 6, 10, 25, 80))
            start = rng.randrange(len(words) - length)
            passage = words[start : start + length]
            passage[rng.randrange(length)] = rng.choice(words)
            text = " ".join(passage)
            found = checker.check(text)
            assert_whole(found, text)
            if not any(bare(text) in each for each in whole):
                assert found.verdict in ("differs", "nowhere"), (lang, text)


def test_a_cut_from_a_text_is_verbatim(checker: QuoteChecker, library: Library) -> None:
    rng = random.Random(681)
    for treaty, lang, rows in all_rows(library):
        words = " ".join(row.words for row in rows if not row.is_heading).split()
        for _ in range(300):
            length = rng.choice((3, 6, 10, 25, 80, 400))
            start = rng.randrange(len(words) - length)
            passage = " ".join(words[start : start + length])
            if not bare(passage):
                continue
            found = checker.check(passage)
            assert found.verdict == "verbatim", (treaty, lang, passage, found)


@pytest.mark.parametrize("unit", LONG.values(), ids=LONG)
def test_long_and_hostile_passages_are_answered(checker: QuoteChecker, unit: str) -> None:
    """How fast, and whether the time grows as the length does, says `make bench`."""
    text = (unit * 100_000)[:100_000]
    found = checker.check(text)
    assert found.verdict != "verbatim"
    assert_whole(found, text)


def test_nothing_is_cut_off(checker: QuoteChecker, library: Library) -> None:
    """A passage that is verbatim for 40,000 words and then is not, is not verbatim."""
    _, _, rows = all_rows(library)[-1]
    whole = "\n".join(f"{row.number} {row.words}" for row in rows)
    assert checker.check(whole + " and nothing else").verdict == "differs"
    assert checker.check(whole * 8).verdict != "verbatim"


def test_node_answers_as_python_does(checker: QuoteChecker, library: Library, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node")
    write_passages(library, tmp_path / "passages.js")
    texts = [case["text"] for case in CASES] + [(unit * 20_000)[:20_000] for unit in LONG.values()]
    done = subprocess.run(
        [node, str(ROOT / "tests" / "quote_in_node.js"), str(tmp_path / "passages.js"), *map(str, SCRIPTS)],
        input=json.dumps(texts), capture_output=True, text=True, encoding="utf-8", check=True,
    )
    answers = json.loads(done.stdout)
    assert answers == [to_json(checker.check(text)) for text in texts]
    for case, answer in zip(CASES, answers):
        verify(case, answer)


def test_the_data_is_the_same_each_time(library: Library, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_passages(library, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("as_json", [True, False])
def test_the_command(as_json: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "build_scripts", "quote", "-", *(["--json"] if as_json else [])],
        cwd=ROOT, input="Әрбір Тарап өз азаматтарын ұстап беруден бас тартуға міндетті.", capture_output=True, text=True,
        encoding="utf-8", check=True,
    )
    if as_json:
        found = json.loads(done.stdout)
        assert (found["verdict"], found["places"][0]["eids"]) == ("differs", ["art_6__para_1"])
    else:
        assert "changed: 'міндетті' -> 'құқылы'" in done.stdout
