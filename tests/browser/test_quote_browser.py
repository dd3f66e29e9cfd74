"""The quote checker, in a browser and from disk. The expected verdicts were read in the texts."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from ..conftest import EXTRADITION, ROOT

CASES = json.loads((ROOT / "tests" / "cases" / "quotes.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def page(browser: Browser, built_site: Path) -> Iterator[Page]:
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((built_site / "en" / "quote.html").as_uri())
    page.wait_for_function("Kelisim.quoteTexts !== undefined")
    page.evaluate("Kelisim.heldForTest = Kelisim.quote.prepare(Kelisim.quoteTexts)")
    yield page
    context.close()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(page: Page, case: dict) -> None:
    result = page.evaluate("text => Kelisim.quote.check(text, Kelisim.heldForTest)", case["text"])
    assert result["verdict"] == case["verdict"]
    if "eids" in case:
        place = result["places"][0]
        assert (place["lang"], place["eids"]) == (case["lang"], case["eids"])
        assert place["working"] == (case["lang"] == "en")
    for kind in ("missing", "added"):
        if kind in case:
            assert [word for step in result["steps"] if step["kind"] == kind for word in step["words"]] == case[kind]
    assert len(result["numbers"]) == case.get("numbers", 0)
    assert result["letters"] == case.get("letters", 0)
    assert result["capitals"] == case.get("capitals", 0)


def test_every_passage_of_every_text_is_verbatim(page: Page) -> None:
    """Each passage that has words, pasted as it stands with its number, is found at its place."""
    wrong = page.evaluate("""() => Kelisim.quoteTexts.flatMap((text) => text.passages
        .filter(([, , words]) => /[\\p{L}]/u.test(words)).filter(([eid, number, words]) => {
          const found = Kelisim.quote.check(`${number} ${words}`, Kelisim.heldForTest);
          const isThere = found.places.some((place) => place.eids.includes(eid));
          return found.verdict !== "verbatim" || (found.places.length < 5 && !isThere);
        }).map(([eid]) => `${text.treaty} ${text.lang} ${eid}`))""")
    assert wrong == []


@pytest.mark.parametrize("text", [
    "a " * 50_000, "ұстап беру " * 9_000, "(" * 100_000, "\u202e\u200f" * 50_000, "…" * 100_000, "1. " * 33_000,
    "the person sought may " * 4_500, "x" * 100_000,
], ids=range(8))
def test_long_and_hostile_texts_are_answered_at_once(page: Page, text: str) -> None:
    begin = time.perf_counter()
    assert page.evaluate("text => Kelisim.quote.check(text, Kelisim.heldForTest).verdict", text) in (
        "empty", "nowhere", "differs", "verbatim",
    )
    assert time.perf_counter() - begin < 5


def test_the_page_shows_place_and_difference(page: Page) -> None:
    page.locator("#k-quote-text").fill(
        "the person sought shall, upon the request of the Requesting Party, be arrested before the request"
    )
    page.get_by_role("heading", name="Not verbatim", exact=True).wait_for()
    assert page.locator("ins").inner_text().endswith("may")
    assert page.locator("del").inner_text().endswith("shall")
    link = page.locator("#k-quote-result a").first
    assert link.inner_text() == "Article 12(1)"
    assert str(link.get_attribute("href")).endswith(f"/en/{EXTRADITION}/art_12.html#art_12__para_1")
    page.locator("#k-quote-text").fill("the arrested person shall be released")
    page.get_by_role("heading", name="Verbatim", exact=True).wait_for()
    assert "unofficial working translation" in page.locator("#k-quote-result").inner_text()


def test_by_keyboard_alone(page: Page) -> None:
    page.locator("#k-quote-text").fill("")
    page.locator("#k-quote-text").focus()
    page.keyboard.type("the arrested person shall be released")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Verbatim", exact=True).wait_for()
