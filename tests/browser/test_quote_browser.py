"""The quote checker in a browser and from disk: the cases of Python, and what a reader sees of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from build_scripts.library import Library
from build_scripts.quote import QuoteChecker, to_json

from ..conftest import EXTRADITION
from ..test_quote import CASES, LONG, verify

CHECK = "text => Kelisim.quote.check(text, Kelisim.heldForTest)"
CHANGED = "the person sought shall, upon the request of the Requesting Party, be arrested before the request"


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture(scope="module")
def engine(context: BrowserContext, built_site: Path) -> Page:
    """A page whose texts are ready."""
    page = context.new_page()
    page.goto((built_site / "en" / "quote.html").as_uri())
    page.wait_for_function("Kelisim.quoteTexts !== undefined")
    page.evaluate("Kelisim.heldForTest = Kelisim.quote.prepare(Kelisim.quoteTexts)")
    return page


@pytest.fixture
def page(context: BrowserContext, built_site: Path) -> Iterator[Page]:
    """The English page; the test fails when a script fails or anything but a file is asked for."""
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("request", lambda request: faults.append(request.url) if not request.url.startswith("file://") else None)
    page.goto((built_site / "en" / "quote.html").as_uri())
    yield page
    page.close()
    assert faults == []


def fill(page: Page, text: str, verdict: str) -> None:
    page.locator("#k-quote-result").evaluate("(out) => out.replaceChildren()")
    page.locator("#k-quote-text").fill(text)
    page.get_by_role("heading", name=verdict, exact=True).wait_for()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(engine: Page, case: dict) -> None:
    verify(case, engine.evaluate(CHECK, case["text"]))


def test_the_browser_answers_as_python_does(engine: Page, library: Library) -> None:
    checker = QuoteChecker(library)
    for text in [case["text"] for case in CASES] + [(unit * 5_000)[:5_000] for unit in LONG.values()]:
        assert engine.evaluate(CHECK, text) == to_json(checker.check(text))


def test_long_and_hostile_passages_are_shown(page: Page) -> None:
    whole = "Kelisim.quoteTexts[3].rows.map((row) => row[2]).join(' ')"
    fill(page, CHANGED, "Not verbatim")
    for text in [(unit * 100_000)[:100_000] for unit in LONG.values()] + [(page.evaluate(whole) + " zzz ") * 3]:
        page.locator("#k-quote-result").evaluate("(out) => out.replaceChildren()")
        page.locator("#k-quote-text").evaluate("(field, text) => { field.value = text; }", text)
        page.locator("#k-quote button").click()
        said = page.locator("#k-quote-result > :first-child")
        said.wait_for()
        assert said.inner_text() not in ("", "Verbatim")


def test_a_changed_word_is_shown_and_said(page: Page) -> None:
    fill(page, CHANGED, "Not verbatim")
    text = page.locator(".k-quote__text")
    assert text.locator("del").inner_text().endswith("shall")
    assert text.locator("ins").inner_text().endswith("may")
    assert "(changed: your passage: shall the text: may)" in " ".join(str(text.text_content()).split())
    assert page.locator(".k-quote__table tbody tr").all_inner_texts() == ["changed\tshall\tmay"]
    assert "93 % of the words are the same" in str(page.locator("#k-quote-status").text_content())
    link = page.locator("#k-quote-result a").first
    assert link.inner_text() == "Article 12(1)"
    assert str(link.get_attribute("href")).endswith(f"/en/{EXTRADITION}/art_12.html#art_12__para_1")
    link.click()
    page.wait_for_url(f"**/en/{EXTRADITION}/art_12.html#art_12__para_1")


def test_differences_are_marked_with_more_than_colour(page: Page) -> None:
    fill(page, CHANGED, "Not verbatim")
    style = "(mark) => [getComputedStyle(mark).borderBlockEndStyle, getComputedStyle(mark, '::before').content]"
    added = page.locator(".k-quote__text del").evaluate(style)
    missing = page.locator(".k-quote__text ins").evaluate(style)
    assert added[0] == "dotted" and "−" in added[1]
    assert missing[0] == "solid" and "+" in missing[1]


def test_a_working_translation_is_not_the_treaty(page: Page) -> None:
    fill(page, "the arrested person shall be released", "Verbatim")
    assert "cannot be quoted as the treaty's own" in page.locator("#k-quote-result").inner_text()
    fill(page, "қамаққа алынған адам босатылады", "Verbatim")
    assert "cannot be quoted" not in page.locator("#k-quote-result").inner_text()
    assert "as published" in page.locator("#k-quote-result").inner_text()


def test_look_alike_letters_are_told(page: Page) -> None:
    fill(page, "Әрбip Тaрaп өз азаматтарын ұстап беруден", "Verbatim")
    assert "«Әрбip», «Тaрaп»" in page.locator("#k-quote-result").inner_text()


def test_all_places_of_the_same_words_are_named(page: Page) -> None:
    fill(page, "through diplomatic channels", "Verbatim")
    links = page.locator(".k-quote__places a").all_inner_texts()
    assert len(links) == 8 and "Article 11" in links and "Article 2(1)" in links


def test_nothing_is_shown_for_an_empty_field(page: Page) -> None:
    fill(page, CHANGED, "Not verbatim")
    page.locator("#k-quote-text").fill(" ")
    page.wait_for_function("document.getElementById('k-quote-result').childElementCount === 0")
    page.locator("#k-quote-text").fill("\u202e … ;")
    page.get_by_text("There are no words to check yet.").first.wait_for()


def test_what_is_pasted_is_text_and_never_markup(page: Page) -> None:
    fill(page, CHANGED + " <img src=x onerror=alert(1)>", "Not verbatim")
    assert page.locator("#k-quote-result img").count() == 0
    assert "<img src" in page.locator("#k-quote-result").inner_text()


def test_by_keyboard_alone(page: Page) -> None:
    page.locator("#k-quote-text").focus()
    page.keyboard.type("the arrested person shall be released")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "submit"
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Verbatim", exact=True).wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Article 12(5)"
    page.keyboard.press("Enter")
    page.wait_for_url("**/art_12.html#art_12__para_5")


def test_in_kazakh(context: BrowserContext, built_site: Path) -> None:
    page = context.new_page()
    page.goto((built_site / "kk" / "quote.html").as_uri())
    fill(page, "Әрбір Тарап өз азаматтарын ұстап беруден бас тартуға міндетті", "Сөзбе-сөз емес")
    assert page.locator("#k-quote-result a").first.inner_text() == "6-баптың 1-тармағы"
    page.close()


def test_it_is_reached_from_the_search_page_and_the_footer(context: BrowserContext, built_site: Path) -> None:
    for place in ("main", "footer"):
        page = context.new_page()
        page.goto((built_site / "en" / "search.html").as_uri())
        page.locator(f"{place} a[href$='quote.html']").click()
        page.get_by_role("heading", name="Check a quotation").wait_for()
        page.close()


def test_texts_that_cannot_be_read_are_told_and_asked_for_again(context: BrowserContext, built_site: Path) -> None:
    data = built_site / "search-data" / "passages.js"
    held = data.with_suffix(".held")
    data.rename(held)
    page = context.new_page()
    try:
        page.goto((built_site / "en" / "quote.html").as_uri())
        page.locator("#k-quote-text").fill(CHANGED)
        page.get_by_role("alert").wait_for()
    finally:
        held.rename(data)
    page.locator("#k-quote button").click()
    page.get_by_role("heading", name="Not verbatim", exact=True).wait_for()
    page.close()


def test_without_script(browser: Browser, built_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built_site / "en" / "quote.html").as_uri())
    assert "This page needs JavaScript" in page.locator("noscript p").inner_text()
    assert page.locator("noscript p").is_visible()
    assert not page.locator("#k-quote-text").is_visible()
    context.close()
