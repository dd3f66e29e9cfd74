"""Other searches on the same texts, in the same Chromium, over http.

Reads   the provisions of a corpus; the lunr that mkdocs-material ships; npm packages, which are installed into a temporary folder
Writes  a Measured for each peer, or the reason why there is none

material   lunr as the theme sets it up: its own worker with its own reading of queries, English, the default separator
helped     the same with every help: the stemmers of Russian and Turkish beside English, words cut at hyphens and marks
minisearch, flexsearch   an index built beforehand, words found by their beginnings, MiniSearch within a fifth of wrong letters
pagefind   its index of chunks, loaded as a query needs them
"""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import material

from ..browser import launched, memory_of_pages

HERE = Path(__file__).parent
MATERIAL = Path(material.__file__).parent / "templates" / "assets" / "javascripts"
PACKAGES = {"minisearch": "7.2.0", "flexsearch": "0.8.212", "pagefind": "1.6.0"}
PEERS = ("material", "helped", *PACKAGES)
FIELDS = {"title": {"boost": 1e3}, "text": {"boost": 1.0}, "tags": {"boost": 1e6}}  # as the theme has them
PLAIN = {"lang": ["en"], "separator": r"[\s\-]+", "pipeline": ["stopWordFilter"], "fields": FIELDS}
HELPED = {**PLAIN, "lang": ["en", "ru", "tr"], "separator": r"[\s\-‐‑,.:;!?=/\[\]()\"«»“”]+"}
REPEATS = 3
HITS = 20


class LeftOut(Exception):
    """Why a peer is not in the table."""


@dataclass(frozen=True)
class Limits:
    seconds: float
    megabytes: int


@dataclass(frozen=True)
class Measured:
    """Seconds of the clock, bytes, milliseconds, MB.

    loaded: before the first query; cold: by a query when it is asked first, the median.
    """

    build: float
    size: int
    loaded: int
    load: float
    cold: float
    median: float
    worst: float
    memory: float
    hits: tuple[tuple[str, ...], ...]


def installed(folder: Path) -> dict[str, str]:
    """Install the packages into `folder`. By peer: why it cannot be used."""
    folder.mkdir(parents=True, exist_ok=True)
    if not shutil.which("npm") or not shutil.which("node"):
        return dict.fromkeys(PACKAGES, "npm is not installed")
    (folder / "package.json").write_text('{"private": true}')
    wanted = [f"{name}@{version}" for name, version in PACKAGES.items()]
    command = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", *wanted]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=300)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return dict.fromkeys(PACKAGES, "npm could not install it (no network?)")
    return {}


def measure(
    peer: str, docs: Sequence[dict[str, str]], queries: Sequence[str], work: Path, modules: Path, limits: Limits
) -> Measured:
    """Build and ask one peer. Raises LeftOut."""
    out = work / peer
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    begin = time.perf_counter()
    if peer in PACKAGES:
        _build(peer, docs, out, modules, limits)
    else:
        _material(HELPED if peer == "helped" else PLAIN, docs, out)
    build = time.perf_counter() - begin
    name = "material" if peer == "helped" else peer
    script = '<script src="peer.js"></script>' if (out / "peer.js").exists() else ""
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    shutil.copyfile(HERE / "page.js", out / "page.js")
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{peer}</title>{script}<script src="page.js"></script>'
    (out / "index.html").write_text(f"{page}</html>", "utf-8")
    return _asked(name, out, queries, build, size, limits)


def _build(peer: str, docs: Sequence[dict[str, str]], out: Path, modules: Path, limits: Limits) -> None:
    source = out.parent / "docs.json"
    source.write_text(json.dumps(docs, ensure_ascii=False), "utf-8")
    command = [
        "node", f"--max-old-space-size={limits.megabytes}", str(HERE / "build.mjs"), peer, str(modules), str(source), str(out),
    ]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=limits.seconds)
    except subprocess.TimeoutExpired:
        raise LeftOut(f"its index is not built in {limits.seconds / 60:.0f} minutes") from None
    except subprocess.CalledProcessError as fault:
        if "out of memory" in fault.stderr:
            raise LeftOut(f"its index is not built in {limits.megabytes / 1000:.0f} GB") from None
        said = next((line for line in fault.stderr.splitlines() if "Error" in line), fault.stderr[-80:])
        raise LeftOut(f"its index is not built: {said.strip()}") from None


def _material(config: dict[str, Any], docs: Sequence[dict[str, str]], out: Path) -> None:
    """search_index.json as the theme's plugin writes it; the index itself is built in the browser."""
    rows = [{"location": doc["id"], "title": doc["title"], "text": doc["text"]} for doc in docs]
    (out / "index.json").write_text(json.dumps({"config": config, "docs": rows}, ensure_ascii=False), "utf-8")
    scripts = out / "assets" / "javascripts"
    (scripts / "workers").mkdir(parents=True)
    shutil.copyfile(next((MATERIAL / "workers").glob("search.*.min.js")), scripts / "workers" / "search.js")
    shutil.copytree(MATERIAL / "lunr" / "min", scripts / "lunr" / "min")


class _Handler(http.server.SimpleHTTPRequestHandler):
    served = 0

    def log_message(self, *_: object) -> None:
        pass

    def copyfile(self, source: Any, outputfile: Any) -> None:
        data = source.read()
        type(self).served += len(data)
        outputfile.write(data)


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[str, type[_Handler]]]:
    handler = type("Handler", (_Handler,), {"served": 0})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", handler
        server.shutdown()


TIMED = """async ([peer, query, most]) => {
  const begin = performance.now();
  const hits = await window.peers[peer].ask(query, most);
  return [performance.now() - begin, hits];
}"""


def _asked(name: str, out: Path, queries: Sequence[str], build: float, size: int, limits: Limits) -> Measured:
    with _serving(out) as (address, handler), launched() as browser:
        page = browser.new_page()
        page.set_default_timeout(limits.seconds * 1000)
        page.goto(address)
        before = memory_of_pages(browser)
        handler.served = 0
        try:
            begin = time.perf_counter()
            page.evaluate(
                """([peer, most]) => Promise.race([window.peers[peer].load(), new Promise((_, fail) => {
                    setTimeout(() => fail(new Error("too long")), most);
                })])""",
                [name, limits.seconds * 1000],
            )
            load = time.perf_counter() - begin
        except Exception as fault:  # a page that is out of memory says so in several ways
            raise LeftOut(f"the browser does not load it: {str(fault).splitlines()[0][:80]}") from None
        loaded = handler.served
        cold, times, hits = [], [], []
        for query in queries:
            served = handler.served
            taken, found = page.evaluate(TIMED, [name, query, HITS])
            cold.append(handler.served - served)
            again = [page.evaluate(TIMED, [name, query, HITS])[0] for _ in range(REPEATS)]
            times.append(min([taken, *again]))
            hits.append(tuple(found))
        memory = memory_of_pages(browser) - before
    return Measured(build, size, loaded, load, statistics.median(cold), statistics.median(times), max(times), memory, tuple(hits))
