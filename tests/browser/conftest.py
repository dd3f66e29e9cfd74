"""The one browser of all browser tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium


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
