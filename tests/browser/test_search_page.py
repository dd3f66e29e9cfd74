"""What the reader sees of the search: the page and the box, by keyboard, with what they say where nothing is found."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from playwright.sync_api import Browser, Page

from build_scripts.pages.search import HELP
from build_scripts.search import Searcher

ROOT = Path(__file__).resolve().parents[2]
BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"


@pytest.fixture
def page(search_page: Page) -> Page:
    return search_page


@pytest.fixture
def site(search_site: Path) -> Path:
    return search_site


def ask(page: Page, site: Path, query: str, lang: str = "en", more: str = "") -> None:
    page.goto((site / lang / "search.html").as_uri() + f"#q={quote(query)}{more}")
    page.wait_for_function(
        """(query) => document.querySelector("#k-find").value === query
            && document.querySelector("#k-search-page").getAttribute("aria-busy") === null""", arg=query,
    )


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id")


# where nothing is found, or not all

def test_no_result_is_a_useful_page(page: Page, site: Path) -> None:
    ask(page, site, "xyzzy arrest AND genocide")
    assert page.locator("#k-search-status").inner_text() == "Nothing was found."
    assert page.locator(".k-each-word li").all_inner_texts() == [
        "xyzzy – in no provision", "arrest – 16 provisions", "genocide – One provision",
    ]
    assert page.locator(".k-nothing li").count() >= 4
    page.locator(".k-each-word a", has_text="arrest").click()
    page.wait_for_selector(".k-group")
    assert page.locator("#k-find").input_value() == "arrest"


def test_a_misspelt_word_is_put_right(page: Page, site: Path) -> None:
    ask(page, site, "provisonal")
    page.locator(".k-meant a").first.click()
    page.wait_for_selector(".k-group")
    assert page.locator("#k-find").input_value() == "provisional"


def test_which_words_are_missing_is_said_beside_what_has_some(page: Page, site: Path) -> None:
    ask(page, site, "genocide zebra")
    assert page.locator("#k-search-status").inner_text().startswith("No provision has all these words.")
    assert page.locator(".k-each-word li").all_inner_texts() == ["genocide – One provision", "zebra – in no provision"]
    assert page.locator(".k-group").count() == 1


@pytest.mark.parametrize(("query", "said", "offered", "instead"), [
    ("treaty:nonsense weapons", "No treaty is called “nonsense”.", "Agreement on cooperation against crime",
     "treaty:kz-jo-crime-cooperation-2017 weapons"),
    ("lang:fr weapons", "There is no text in a language called “fr”.", "English", "lang:en weapons"),
    ("article:12(9)", "There is no article or paragraph “12(9)”.", "12(5)", "article:12(5)"),
])
def test_a_value_that_nothing_bears_is_said_and_others_are_offered(
    page: Page, site: Path, query: str, said: str, offered: str, instead: str
) -> None:
    ask(page, site, query)
    notice = page.locator(".k-said-of-query")
    assert notice.inner_text().startswith(said)
    notice.get_by_role("link", name=offered, exact=True).click()
    page.wait_for_selector(".k-group")
    assert page.locator("#k-find").input_value() == instead
    assert notice.count() == 0


def test_articles_there_are_are_named(page: Page, site: Path) -> None:
    ask(page, site, "article:99 arrest", "kk")
    assert page.locator(".k-said-of-query").inner_text() == "«99» деген бап не тармақ жоқ. Мыналар бар: 1–22"


def test_a_query_with_operators_says_how_it_was_read(page: Page, site: Path) -> None:
    ask(page, site, "transit OR property expenses -court")
    assert page.locator(".k-as-read").inner_text() == "Read as: transit OR (property expenses NOT court)"
    ask(page, site, "транзит OR шығыстар", "kk")
    assert page.locator(".k-as-read").inner_text() == "Сұрау былай түсінілді: транзит НЕМЕСЕ шығыстар"
    ask(page, site, "transit OR expenses")
    assert page.locator(".k-as-read").count() == 0  # as it was typed


def test_a_query_that_is_too_long_says_so(page: Page, site: Path) -> None:
    page.goto((site / "en" / "search.html").as_uri())
    page.locator("#k-find").fill(" ".join(f"word{number}" for number in range(10_000)))
    page.locator("#k-find").press("Enter")
    page.wait_for_selector(".k-said-of-query")
    assert page.locator(".k-said-of-query").all_inner_texts() == [
        "The query is very long: only its first 1000 characters were read.",
        "Only the first 32 words, phrases and filters were looked for.",
    ]


def test_words_found_in_the_heading_are_marked_there(page: Page, site: Path) -> None:
    ask(page, site, "дауды реттеу", "kk")
    assert page.locator(".k-group h2").first.inner_text() == "21-бап · Дауларды реттеу"
    assert page.locator(".k-group h2").first.locator("mark").all_inner_texts() == ["Дауларды", "реттеу"]
    page.goto((site / "kk" / "index.html").as_uri())
    page.locator("#k-search-input").fill("дауды реттеу")
    page.wait_for_selector("#k-search-results .k-hit__heading mark")


# the help

@pytest.mark.parametrize("lang", ["kk", "en"])
def test_every_example_of_the_help_finds_something(searcher: Searcher, lang: str) -> None:
    words = yaml.safe_load((ROOT / "docs" / "interface" / f"search.{lang}.yml").read_text("utf-8"))
    for name in HELP:
        for query in words[f"search.help.{name}.ask"].split(" ; "):
            answer = searcher.search(query)
            assert answer.hits and answer.complete and not answer.notices, query


def test_the_help_stands_open_while_nothing_is_asked(page: Page, site: Path) -> None:
    page.goto((site / "en" / "search.html").as_uri())
    assert page.locator("#k-search-help table").is_visible()
    page.locator("#k-search-help a", has_text="extradit*").click()
    page.wait_for_selector(".k-group")
    assert page.locator("#k-find").input_value() == "extradit*"
    assert not page.locator("#k-search-help table").is_visible()
    page.locator("[data-k-help]").first.click()
    assert page.locator("#k-search-help table").is_visible()
    assert "q=extradit" in page.url
    assert page.locator(".k-group").count() > 0


# filters, address, focus

def test_filters_and_query_are_in_the_address_and_back_and_forward_work(page: Page, site: Path) -> None:
    ask(page, site, "2017")
    status = page.locator("#k-search-status")
    everything = status.inner_text()
    page.locator(".k-filter button", has_text="English").click()
    page.wait_for_function("(before) => document.querySelector('#k-search-status').textContent !== before", arg=everything)
    english = status.inner_text()
    assert "lang=en" in page.url
    assert page.evaluate("document.activeElement.dataset.filter") == "language en"  # the focus stays
    page.locator(".k-filter button", has_text="Extradition").click()
    page.wait_for_function("(before) => document.querySelector('#k-search-status').textContent !== before", arg=english)
    both = status.inner_text()
    assert "lang=en" in page.url and "treaty=kz-jo-extradition-2017" in page.url
    page.go_back()
    page.wait_for_function("(text) => document.querySelector('#k-search-status').textContent === text", arg=english)
    page.go_back()
    page.wait_for_function("(text) => document.querySelector('#k-search-status').textContent === text", arg=everything)
    page.go_forward()
    page.go_forward()
    page.wait_for_function("(text) => document.querySelector('#k-search-status').textContent === text", arg=both)
    assert page.locator(".k-filter [aria-pressed=true]").count() == 2
    page.reload()
    page.wait_for_function("(text) => document.querySelector('#k-search-status').textContent === text", arg=both)


def test_a_filter_that_leaves_nothing_can_be_taken_off(page: Page, site: Path) -> None:
    ask(page, site, "genocide", more="&lang=kk")
    assert page.locator("#k-search-status").inner_text() == "Nothing was found."
    assert page.locator(".k-filter [aria-pressed=true]").inner_text() == "Kazakh 0"
    page.locator(".k-nothing a", has_text="Look in all treaties and languages").click()
    page.wait_for_selector(".k-group")
    assert "lang=" not in page.url


def test_more_leads_to_the_first_new_hit(page: Page, site: Path) -> None:
    ask(page, site, "party")
    page.locator(".k-more").click()
    page.wait_for_function("document.querySelectorAll('.k-group__hit').length === 40")
    assert page.evaluate(
        "Array.from(document.querySelectorAll('.k-group__hit')).indexOf(document.activeElement)"
    ) == 20


def test_the_arrows_lead_through_what_is_found(page: Page, site: Path) -> None:
    ask(page, site, "death penalty")
    field = page.locator("#k-find")
    field.focus()
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith("Article 4")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.className") == "k-group__hit"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "k-find"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "k-find"
    page.keyboard.press("ArrowDown")
    with page.expect_request("**/art_4.html"):
        page.keyboard.press("Enter")


def test_what_is_found_is_told_to_who_does_not_see(page: Page, site: Path) -> None:
    ask(page, site, "genocide")
    status = page.locator("#k-search-status")
    assert status.get_attribute("role") == "status"
    assert status.inner_text() == "One provision"
    page.evaluate("window.region = document.getElementById('k-search-status')")
    page.locator("#k-find").fill("arrest")
    page.locator("#k-find").press("Enter")
    page.wait_for_function("window.region.isConnected && window.region.textContent === '16 provisions'")  # one region, kept
    ask(page, site, "2017")
    filters = page.locator(".k-filter")
    filters.first.wait_for()
    assert [row.get_attribute("aria-label") for row in filters.all()] == ["Language", "Treaty"]
    assert {row.get_attribute("role") for row in filters.all()} == {"group"}


# the box

def test_the_roles_of_the_box_are_those_of_a_combobox(page: Page, site: Path) -> None:
    page.goto((site / "en" / "index.html").as_uri())
    field = page.locator("#k-search-input")
    assert field.get_attribute("role") == "combobox"
    assert field.get_attribute("aria-expanded") == "false"
    field.fill("genocide zebra")
    page.wait_for_selector("#k-search-results:not([hidden])")
    listbox = page.locator("#" + field.get_attribute("aria-controls"))
    assert listbox.get_attribute("role") == "listbox"
    assert listbox.get_attribute("aria-label") == "Search"
    assert listbox.evaluate("(list) => Array.from(list.children).every((child) => child.getAttribute('role') === 'option')")
    assert page.locator("#k-search-results .k-search-note").count() == 1
    assert field.get_attribute("aria-expanded") == "true"
    assert page.locator("form [role=status]").inner_text().startswith("No provision has all these words.")


def test_the_box_says_what_no_text_bears(page: Page, site: Path) -> None:
    page.goto((site / "en" / "index.html").as_uri())
    page.locator("#k-search-input").fill("article:99 arrest")
    page.wait_for_selector("#k-search-results:not([hidden])")
    assert page.locator("#k-search-results .k-search-note").all_inner_texts() == [
        "There is no article or paragraph “99”. There are: 1–22", "Nothing was found.",
    ]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(".k-said-of-query")
    assert page.url.endswith("search.html#q=article%3A99%20arrest")


# recent searches

def test_recent_searches_are_offered_and_can_be_forgotten(page: Page, site: Path) -> None:
    page.goto((site / "en" / "search.html").as_uri())
    assert page.locator(".k-recent").count() == 0
    for query in ("genocide", "<b>arrest</b>", "genocide"):
        page.locator("#k-find").fill(query)
        page.locator("#k-find").press("Enter")
        page.wait_for_selector(".k-group")
    page.goto((site / "en" / "index.html").as_uri())
    field, options = page.locator("#k-search-input"), page.locator("#k-search-results [role=option]")
    field.focus()
    assert options.all_inner_texts() == ["genocide", "<b>arrest</b>", "Forget recent searches"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#k-search-results .k-hit__label")
    assert field.input_value() == "genocide"
    page.goto((site / "en" / "search.html").as_uri())
    assert page.locator(".k-recent a").all_inner_texts() == ["genocide", "<b>arrest</b>"]
    page.locator(".k-recent button").click()
    assert page.locator(".k-recent").count() == 0
    assert page.locator("#k-search-status").inner_text() == "The recent searches are forgotten."
    assert page.evaluate("localStorage.getItem('kelisim.searches')") is None


def test_at_most_eight_searches_are_kept(page: Page, site: Path) -> None:
    page.goto((site / "en" / "index.html").as_uri())
    for query in (*(f"word {number}" for number in range(20)), "x" * 5000):
        page.evaluate("(query) => Kelisim.searchRecent.add(query)", query)
    assert page.evaluate("Kelisim.searchRecent.all()") == [f"word {number}" for number in range(19, 11, -1)]
    for damaged in ("{", "7", "[1, {}]", "null"):
        page.evaluate("(text) => localStorage.setItem('kelisim.searches', text)", damaged)
        assert page.evaluate("Kelisim.searchRecent.all()") == []


def test_where_the_browser_keeps_nothing_the_search_works_all_the_same(page: Page, site: Path) -> None:
    page.add_init_script(BLOCKED)
    page.goto((site / "en" / "search.html").as_uri())
    page.locator("#k-find").fill("genocide")
    page.locator("#k-find").press("Enter")
    page.wait_for_selector(".k-group")
    page.goto((site / "en" / "index.html").as_uri())
    page.locator("#k-search-input").focus()
    assert page.locator("#k-search-results").is_hidden()


# on a phone

@pytest.mark.parametrize("query", ["provisional arrest", "treaty:nonsense x", "", "«өте-өте-ұзын-сөз" + "ұзын" * 60 + "»"])
def test_nothing_is_wider_than_a_phone(browser: Browser, site: Path, query: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    for lang in ("kk", "en"):
        page.goto((site / lang / "search.html").as_uri() + f"#q={quote(query)}")
        page.wait_for_selector("#k-search-status:not(:empty), #k-search-help[open]", state="attached")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
