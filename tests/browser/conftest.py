"""The one browser of all browser tests; a small site with the search, for the tests of the search."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from build_scripts.cite import Resolver
from build_scripts.index import Index, build_index
from build_scripts.library import Library
from build_scripts.search import Searcher
from tests.browser import chromium
from tests.browser.search_site import write_site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium without a window. Where there is none the tests are skipped, and fail under CI."""
    path = chromium.find()
    if path is None:
        reason = "no Chromium or Chrome was found; `python -m tests.browser.chromium` installs one on Debian"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        yield found
        found.close()


@pytest.fixture(scope="session")
def search_index(library: Library) -> Index:
    return build_index(library)


@pytest.fixture(scope="session")
def searcher(library: Library, search_index: Index) -> Searcher:
    return Searcher(search_index, library, Resolver(library).resolve)


@pytest.fixture(scope="session")
def search_site(tmp_path_factory: pytest.TempPathFactory, library: Library, search_index: Index) -> Path:
    folder = tmp_path_factory.mktemp("search")
    write_site(folder, library, search_index)
    return folder


@pytest.fixture
def search_page(browser: Browser) -> Iterator[Page]:
    """A page in an English browser; it fails the test when a script fails, or anything but a file is asked for."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("request", lambda request: faults.append(request.url) if not request.url.startswith("file://") else None)
    yield page
    context.close()
    assert faults == []
