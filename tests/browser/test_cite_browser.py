"""Typed citations in a real browser, on a page opened from disk: the answers of Python, and no error whatever is typed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from build_scripts.cite import Resolver, write_provisions_data, write_typed_data
from build_scripts.library import Library
from tests.test_cite import CASES, LONG, SCRIPT_NAMES, SCRIPTS, flat

PAGE = """<!doctype html><html lang="kk"><meta charset="utf-8"><title>cite</title>
<script>window.Kelisim = { page: { root: "../" } };</script>
{scripts}</html>""".replace("{scripts}", "".join(f'<script src="{name}"></script>' for name in SCRIPT_NAMES))
ASK = """(queries) => Promise.all(queries.map((query) => Kelisim.cite.ask(query))).then((answers) => answers.map((found) => [
  found.resolved.map((one) => `${one.treaty}#${one.eid}`), found.nearest.map((one) => `${one.treaty}#${one.eid}`),
  found.understood]))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Path:
    folder = tmp_path_factory.mktemp("cite")
    for name in ("kk", "search-data"):
        (folder / name).mkdir()
    for script in SCRIPTS:
        shutil.copyfile(script, folder / "kk" / script.name)
    (folder / "kk" / "index.html").write_text(PAGE, encoding="utf-8")
    write_typed_data(folder / "search-data" / "citations.js")
    write_provisions_data(library, folder / "search-data")
    return folder


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    """The page; the test fails when a script fails or anything but a file is asked for."""
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("request", lambda request: faults.append(request.url) if not request.url.startswith("file://") else None)
    page.goto((site / "kk" / "index.html").as_uri())
    yield page
    context.close()
    assert faults == []


def test_the_cases_are_answered_as_in_python(page: Page, library: Library) -> None:
    resolver = Resolver(library)
    queries = [case[0] for case in CASES]
    assert page.evaluate(ASK, queries) == [flat(resolver.resolve(query)) for query in queries]


def test_long_queries_are_answered_as_in_python(page: Page, library: Library) -> None:
    resolver = Resolver(library)
    queries = [(unit * length)[:length] for unit in LONG.values() for length in (1000, 100_000)]
    assert page.evaluate(ASK, queries) == [flat(resolver.resolve(query)) for query in queries]


def test_data_that_cannot_be_read_is_asked_for_again(page: Page, site: Path) -> None:
    data = site / "search-data" / "provisions.js"
    text = data.read_text(encoding="utf-8")
    data.unlink()
    try:
        message = page.evaluate("() => Kelisim.cite.ask('12').then(() => '', (fault) => fault.message)")
        assert message == "search-data/provisions.js cannot be read"
    finally:
        data.write_text(text, encoding="utf-8")
    assert len(page.evaluate(ASK, ["12"])[0][0]) == 2
