"""Nothing is lost: text -> XML -> text gives back every character that is not white space, in order; eIds are unique; the XML
is valid.

As a property, with texts that are made up of what treaties are made of and of what they are not; and on every text of the
shared corpus."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from build_scripts.conserve import conserve
from build_scripts.forms import languages, load_data
from build_scripts.load import load_expression
from build_scripts.markup import mark_up
from build_scripts.model import Part, Provision
from build_scripts.notation import read_notation, write_notation
from build_scripts.problems import Code, Problems
from build_scripts.read import decode

from .corpus_report import REFUSED, agreements, counts, language_of, texts
from .whole import CORPUS, INPUTS, Whole, read_file, whole

LONG = 60_000  # bytes: from here on a trade agreement is long

# what lines begin with: every announcement of every language, numbers of lists, things that only look like them
HEADINGS = {
    lang: [line for unit in load_data(lang)["units"].values() for line in (*unit["examples"], *unit["not_examples"])]
    for lang in languages()
}
CLAUSES = {
    lang: [text for form in load_data(lang).values() if isinstance(form, dict) and "pattern" in form for text in form["examples"]]
    for lang in languages()
}
BEGINNINGS = [
    "1. ", "2. ", "3. ", "4.", "(a) ", "(b) ", "(i) ", "(ii) ", "(h) ", "1) ", "2) ", "а) ", "б) ", "1.1 ", "1-1. ", "A. ",
    "II. ", "- ", "• ", "# ", "## ",
    "1. (a) ", "1986. ", "12.05.2020 ", "№ 5 ", "| ", "“", "«", "***", "\u00ad", "\u200b", "    ", "\t", "(أ) ", "1 - ",
]
ENDINGS = [".", ";", ":", ",", "", " and", "-", " |", ". 2. Again", "; (b) this", " 1", ".»"]
# any character that a text may hold: no surrogates, no control characters but white space, none that XML refuses
LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffd\ufffe\uffff") | st.sampled_from(
    "\t\u00a0\u2028 \u0085")


@st.composite
def lines(draw: st.DrawFn, lang: str) -> str:
    usual = st.sampled_from(["The Parties shall act", "тараптар", "Text", "слова и слова", "words of it", "", "СЛОВА"])
    words = draw(usual | st.text(LETTERS, max_size=20))
    return draw(st.one_of(
        st.sampled_from(HEADINGS[lang]),
        st.sampled_from(CLAUSES[lang]),
        st.just(""),
        st.builds("{}{}{}".format, st.sampled_from(BEGINNINGS), st.just(words), st.sampled_from(ENDINGS)),
        st.builds("{}{}{}".format, st.sampled_from(BEGINNINGS), st.sampled_from(HEADINGS[lang]), st.sampled_from(ENDINGS)),
        st.just(words),
    ))


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, str]:
    lang = draw(st.sampled_from(languages()))
    found = draw(st.lists(lines(lang), max_size=25))
    break_ = draw(st.sampled_from(["\n", "\n\n", " ", "\r\n"]))
    return lang, break_.join(found)


def assert_whole(result: Whole) -> None:
    assert result.lost == 0, [str(problem) for problem in result.problems]
    assert result.repeated == ()
    assert result.invalid == ()
    assert not any(problem.code in (Code.TEXT_LOST, Code.XML_INVALID) for problem in result.problems)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(documents())
def test_nothing_is_lost(document: tuple[str, str]) -> None:
    lang, text = document
    if not text.strip():
        return
    result = whole(text, lang)
    assert_whole(result)
    back = load_expression(result.xml)
    assert mark_up(back, result.data) == result.xml
    assert mark_up(read_notation(write_notation(back)), result.data) == result.xml


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    documents(), st.sampled_from(["paragraphs", "wrapped"]), st.sampled_from([None, "law", "decree"]),
    st.sampled_from(["", "TREATY", "1. One"]),
)
def test_nothing_is_lost_whatever_treaty_yml_says(
    document: tuple[str, str], layout: str, enclosing: str | None, title: str
) -> None:
    lang, text = document
    if text.strip():
        assert_whole(whole(text, lang, title, layout, enclosing))


NUMBERS = [
    "(a) ", "(b) ", "(c) ", "(i) ", "(ii) ", "(iii) ", "1. ", "2. ", "3. ", "1) ", "2) ", "a) ", "b) ", "A. ", "B. ", "I. ",
    "II. ", "(A) ", "(1) ", "", "",
]
UNITS = st.builds(
    "{}{}{}".format, st.sampled_from(NUMBERS), st.sampled_from(["Words of it", "words go on", "the other means"]),
    st.sampled_from([".", ";", ":", "; and", ",", ""]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(UNITS, min_size=1, max_size=30))
@example([f"{number} Words of it." for number in ("1)", "(a)", "1)", "(i)", "(b)", "(a)", "(ii)")])
def test_nothing_is_lost_of_lists_in_any_disorder(units: list[str]) -> None:
    text = "T\n\nArticle 1\n\n" + "\n\n".join(units) + "\n\nArticle 2\n\nEnd."
    result = whole(text, "en")
    assert_whole(result)
    back = load_expression(result.xml)
    assert mark_up(read_notation(write_notation(back)), result.data) == result.xml
    made = [p.eid for p in read_notation(write_notation(back, with_eids=False, with_lines=False)).walk()]
    assert len(made) == len(set(made))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(LETTERS | st.just("\n"), min_size=1, max_size=200))
def test_nothing_is_lost_of_any_text(text: str) -> None:
    if text.strip():
        assert_whole(whole(text, "en"))


def kept_by(provision: Provision) -> str:
    words = [provision.num, provision.heading.text if provision.heading else "", provision.text]
    return "".join("".join(piece.split()) for piece in words) + "".join(map(kept_by, provision.children))


@pytest.mark.parametrize("damage", ["lose", "swap", "add"])
def test_what_is_lost_is_seen(damage: str) -> None:
    """The check itself: a character lost, two that changed places, one too many."""
    result = whole("T\n\nArticle 1\n\nThe Parties shall act.\n\nArticle 2\n\nEnd.", "en")
    wrong = {"lose": (b"shall", b"shal"), "swap": (b"shall", b"hsall"), "add": (b"End.", b"End!.")}[damage]
    problems = Problems()
    kept = conserve(result.parsed.lines, 0, result.xml.replace(*wrong), "x.txt", problems)
    assert [(problem.code, problem.line) for problem in problems] == [(Code.TEXT_LOST, 9 if damage == "add" else 5)]
    assert kept.kept < kept.source


# --- the corpus ---------------------------------------------------------------------------------------------------


def named(paths: list[Path]) -> list[str]:
    return [f"{path.parent.name}/{path.name}" for path in paths]


@pytest.mark.parametrize("path", texts(), ids=named(texts()))
def test_texts_of_the_corpus(path: Path) -> None:
    text = read_file(path)
    result = whole(text, language_of(path, text))
    assert_whole(result)
    assert kept_by(Provision("", result.expression.parts[Part.BODY][0].kind, children=tuple(
        top for part in Part for top in result.parsed.parts.get(part, ())
    ))) == "".join(text.split())
    name = f"{path.parent.name}/{path.name}"
    assert len(result.parsed.articles) == counts().get(name, len(result.parsed.articles))


@pytest.mark.parametrize("group", range(6))
def test_trade_agreements(group: int) -> None:
    """All that are not long, and six of the long ones; `make corpus-report` takes all 225."""
    found = agreements() if CORPUS.is_dir() else []
    if not found:
        pytest.skip("the shared corpus is not on this machine")
    short = [path for path in found if path.stat().st_size < LONG]
    long = random.Random(0).sample([path for path in found if path not in short], 6)
    for path in [*short[group::6], long[group]]:
        text = read_file(path)
        assert_whole(whole(text, language_of(path, text)))


@pytest.mark.parametrize("path", sorted(INPUTS.glob("*.txt")), ids=lambda path: path.name)
def test_damaged_texts(path: Path) -> None:
    text = read_file(path)
    if REFUSED.search(text):
        problems = Problems()
        assert decode(path.read_bytes(), path.name, None, problems) is None
        assert {problem.code for problem in problems} == {Code.CONTROL_CHARACTER}
    else:
        assert_whole(whole(text, language_of(path, text)))


def test_the_corpus_is_there_or_said_to_be_missing() -> None:
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus is not on this machine")
    assert len(texts()) >= 24
