"""Bad input, and an index with files missing or damaged: said to the reader, and the rest of the page works."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from playwright.sync_api import Browser, Page

BAD = yaml.safe_load((Path(__file__).parents[1] / "search_cases.yml").read_text("utf-8"))["bad"]
WHOLE, PART = "The search cannot be used", "What stands here may be incomplete"


def settled(page: Page) -> None:
    page.wait_for_function("document.querySelector('#k-search-page').getAttribute('aria-busy') === null")


@pytest.mark.parametrize("query", [*BAD["queries"], *(piece * times for piece, times in BAD["long"])], ids=lambda query: (
    f"{query[:12]}-{len(query)}".encode("unicode_escape").decode()
))
def test_bad_input_is_answered_and_nothing_of_it_is_run(search_page: Page, search_site: Path, query: str) -> None:
    page = search_page  # it fails when a script fails, a dialog opens or anything but a file is asked for
    page.goto((search_site / "en" / "search.html").as_uri())
    page.locator("#k-find").fill(query)
    page.locator("#k-find").press("Enter")
    settled(page)
    assert page.locator("[role=alert]").count() == 0
    assert page.locator("main").locator("img, svg, script, b[onerror]").count() == 0
    assert page.title() == "search"
    page.goto((search_site / "en" / "index.html").as_uri())
    page.locator("#k-search-input").fill(query[:5000])
    page.wait_for_timeout(200)
    page.wait_for_function(
        "!document.querySelector('#k-search-results').hidden || !document.querySelector('#k-search-input').value.trim()"
    )
    assert page.locator("[role=alert], #k-search-results img, #k-search-results script").count() == 0
    assert page.title() == "search"


def test_markup_in_the_address_is_text(search_page: Page, search_site: Path) -> None:
    markup = '<img src=x onerror="document.title=1">'
    given = quote(markup)
    for part in (f"#q={given}", f"?q={given}", f"#q=x&lang={given}&treaty={given}&n={given}"):
        search_page.goto((search_site / "en" / "search.html").as_uri() + part)
        search_page.wait_for_selector("#k-search-status:not(:empty)")
        assert search_page.locator("main img").count() == 0
        assert search_page.title() == "search"
        search_page.goto("about:blank")


# files of the index: what is asked so that they are needed, and whether anything can be found without them

FILES = [
    ("meta", "genocide", WHOLE),
    ("en/terms-*", "genocide", WHOLE),
    ("en/positions-*", "provisional arrest", PART),
    ("en/positions-*", '"provisional arrest"', WHOLE),
    ("en/documents-*", "genocide", PART),
    ("en/starts", "genocide", PART),
    ("en/slugs-*", "genocide", None),
    ("en/slugs-*", "treaty:kz-jo-extradition-2017 genocide", WHOLE),
    ("en/treaty-*", "genocide", PART),
    ("en/words-*", "genocyde arrest", PART),
    ("en/places", "article:4 genocide", WHOLE),
    ("en/article-4", "article:4 genocide", WHOLE),
    ("en/titles-*", "treaty:extradition genocide", WHOLE),
    ("citations", "genocide", PART),
    ("provisions", "genocide", PART),
]


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory, search_site: Path) -> Path:
    """A copy of the site whose index is damaged and mended by the tests."""
    folder = tmp_path_factory.mktemp("damaged") / "site"
    shutil.copytree(search_site, folder)
    return folder


@pytest.fixture
def broken(damaged: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The site without the files of one kind (or with halves of them); they are there again afterwards."""
    (pattern, *_), how = request.param
    files = {file: file.read_bytes() for file in (damaged / "search-data").glob(f"{pattern}.js")}
    assert files
    for file, content in files.items():
        if how == "missing":
            file.unlink()
        else:
            file.write_bytes(content[: len(content) // 2])
    yield damaged
    for file, content in files.items():
        file.write_bytes(content)


def name_of(value: object) -> str | None:
    return f"{value[0][0]}-{value[1]}".replace("/", "-") if isinstance(value, tuple) else None


@pytest.mark.parametrize(("broken", "query", "said"), [
    ((row, how), row[1], row[2]) for row in FILES for how in ("missing", "cut")
], indirect=["broken"], ids=name_of)
def test_a_file_that_cannot_be_read_is_said_and_the_rest_works(
    browser: Browser, broken: Path, query: str, said: str | None
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()  # half a file is a script error of its own
    page.goto((broken / "en" / "search.html").as_uri() + f"#q={quote(query)}")
    page.wait_for_selector("#k-search-page > *")
    alerts = page.locator("[role=alert]")
    assert alerts.count() == (0 if said is None else 1)
    if said is not None:
        assert said in alerts.inner_text()
        assert "search-data/" in alerts.inner_text()
    if said == PART and "documents" not in alerts.inner_text():
        assert page.locator(".k-group").count() > 0
    page.locator("[data-k-help]").first.click()
    assert page.locator("#k-search-help table").is_visible()
    page.goto((broken / "en" / "index.html").as_uri())
    page.locator("#k-search-input").fill(query)
    page.wait_for_selector("#k-search-results:not([hidden])")
    assert page.locator("h1").inner_text() == "Text"
    context.close()


@pytest.mark.parametrize("broken", [(("meta",), "missing"), (("en/terms-*",), "cut")], indirect=True, ids=["meta", "terms"])
def test_once_the_files_are_back_the_search_works_without_a_reload(browser: Browser, broken: Path, search_site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((broken / "en" / "search.html").as_uri() + "#q=genocide")
    page.wait_for_selector("[role=alert]")
    shutil.copytree(search_site / "search-data", broken / "search-data", dirs_exist_ok=True)
    page.locator("#k-find").press("Enter")
    page.wait_for_selector(".k-group")
    assert page.locator("[role=alert]").count() == 0
    context.close()
