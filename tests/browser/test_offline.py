"""The archive, unpacked and opened from disk: everything works, and nothing is asked of any network."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from ..conftest import CRIME, EXTRADITION


@dataclass
class Watched:
    """A browser with no network that notes every request and every error."""

    context: BrowserContext
    root: Path
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        page = self.context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", self.note_failure)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        name, mark, rest = address.partition("#")
        page.goto((self.root / name).as_uri() + mark + rest)
        return page

    def note_failure(self, request: Request) -> None:
        """A page that is left while it loads (index.html leads on to the last language) is no failure."""
        if "ERR_ABORTED" not in str(request.failure):
            self.errors.append(f"failed: {request.url}")

    def check(self) -> None:
        assert self.errors == []
        assert [url for url in self.requests if not url.startswith(self.root.as_uri() + "/")] == []


@pytest.fixture(scope="module")
def unpacked(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("laptop дискі")  # a space and Kazakh letters, as on a laptop
    with zipfile.ZipFile(built_site.parent / "kelisim-offline.zip") as bundle:
        bundle.extractall(folder)
    return folder / "kelisim"


@pytest.fixture
def watched(browser: Browser, unpacked: Path) -> Iterator[Watched]:
    context = browser.new_context(offline=True)
    yield Watched(context, unpacked)
    context.close()


def test_every_page_opens_without_an_error_or_a_request(watched: Watched, unpacked: Path) -> None:
    pages = sorted(path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*.html"))
    assert len(pages) > 80
    page = watched.open(pages[0])
    for name in pages[1:]:
        page.goto((unpacked / name).as_uri())
    watched.check()


@pytest.mark.parametrize(("lang", "query", "expected"), [
    ("kk", "12-бап", f"{EXTRADITION}/art_12.html"),
    ("en", "4(1)(e)", f"{EXTRADITION}/art_4.html#art_4__para_1__point_e"),
    ("en", "article 12(5)", f"{EXTRADITION}/art_12.html#art_12__para_5"),
    ("en", "provisional arrest", f"{EXTRADITION}/art_12.html"),
    ("kk", "есірткі", f"{CRIME}/art_"),
])
def test_search_page(watched: Watched, lang: str, query: str, expected: str) -> None:
    page = watched.open(f"{lang}/search.html#q={query}")
    first = page.locator("#k-search-page a").first
    first.wait_for()
    assert expected in str(first.get_attribute("href"))
    watched.check()


def test_search_box_on_an_article_page(watched: Watched) -> None:
    page = watched.open(f"en/{EXTRADITION}/art_1.html")
    page.keyboard.press("/")
    page.keyboard.type("16(2)")
    page.locator("#k-search-results a, #k-search-results [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/art_16.html#art_16__para_2")
    watched.check()


def test_links_lead_from_page_to_page(watched: Watched) -> None:
    page = watched.open("index.html#choose")
    page.get_by_role("link", name="English").click()
    page.get_by_role("link", name="Extradition agreement", exact=True).first.click()
    page.wait_for_url(f"**/en/{EXTRADITION}/index.html")
    page.locator("main a[href*='art_14.html']").first.click()
    page.wait_for_url("**/art_14.html*")
    page.locator("main a", has_text="Article 7 of this Agreement").first.click()
    page.wait_for_url("**/art_7.html*")
    watched.check()


def test_language_switch_keeps_the_place(watched: Watched) -> None:
    page = watched.open(f"en/{EXTRADITION}/art_4.html#art_4__para_1__point_e")
    page.locator("header a[hreflang=kk]").click()
    page.wait_for_url(f"**/kk/{EXTRADITION}/art_4.html#art_4__para_1__point_e")
    watched.check()


def test_walkthrough_from_disk(watched: Watched) -> None:
    page = watched.open(f"en/{EXTRADITION}/walkthrough-requested-party.html")
    page.get_by_role("link", name="Yes", exact=True).first.click()
    page.wait_for_url("**#*territory=*")
    page.get_by_text("Question 2 of ").wait_for()
    page.reload()
    page.get_by_text("Question 2 of ").wait_for()
    watched.check()
