"""One Chromium for a measurement, and the memory that its pages take.

Reads   /proc, where there is one
Writes  Chromium without a window; the private memory of the process that shows a page, workers and all
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium


@contextmanager
def launched() -> Iterator[Browser]:
    """Raises RuntimeError when there is no Chromium."""
    path = chromium.find()
    if path is None:
        raise RuntimeError("no Chromium or Chrome was found; `python -m tests.browser.chromium` installs one on Debian")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        yield browser
        browser.close()


def memory_of_pages(browser: Browser) -> float:
    """The private memory of the largest process that shows pages, in MB; 0 where there is no /proc."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return max((_private(process["id"]) for process in processes if process["type"] == "renderer"), default=0.0)


def _private(process: int) -> float:
    path = Path(f"/proc/{process}/smaps_rollup")
    if not path.exists():
        return 0.0
    kilobytes = [int(line.split()[1]) for line in path.read_text().splitlines() if line.startswith("Private_")]
    return sum(kilobytes) / 1e3
