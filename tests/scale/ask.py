"""The queries in pages opened from disk: bytes, time and memory, cold and warm.

Reads   a site that make.py wrote, queries
Writes  an Asked for each query

Cold is a page of a new browser that has loaded nothing, its files in the system's cache; warm is the same query in the same page
again, the best of REPEATS. A query is what the search page does: twenty hits with their snippets, and the counts of the filters.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from .browser import launched, memory_of_pages

REPEATS = 7
ASK = """async (query) => {
  const begin = performance.now();
  const answer = await Kelisim.searchEngine.search(query, { limit: 20, prefer: "en" });
  await Kelisim.searchEngine.count(answer, {});
  const end = performance.now();
  const hits = answer.hits.concat(answer.more).map((hit) => `${hit.treaty} ${hit.eid}`);
  return { milliseconds: end - begin, total: answer.total, hits };
}"""


@dataclass(frozen=True)
class Asked:
    """size: bytes from disk; zipped: as a server would send them; kinds: bytes by the kind of file; cold, warm: milliseconds.

    hits: "treaty eId" of the first ones.
    """

    query: str
    files: int
    size: int
    zipped: int
    kinds: dict[str, int]
    cold: float
    warm: float
    total: int
    hits: tuple[str, ...]


def ask_all(site: Path, queries: Sequence[str]) -> Iterator[Asked]:
    """Each query in a page of its own."""
    with launched() as browser:
        for query in queries:
            context = browser.new_context()
            page = context.new_page()
            loaded: list[str] = []
            page.on("request", lambda request, loaded=loaded: loaded.append(unquote(request.url)))  # type: ignore[misc]
            page.goto((site / "en" / "index.html").as_uri())
            cold = page.evaluate(ASK, query)
            names = [url.split("/search-data/")[1] for url in loaded if "/search-data/" in url]
            files = [(site / "search-data" / name).read_bytes() for name in names]
            warm = min(page.evaluate(ASK, query)["milliseconds"] for _ in range(REPEATS))
            kinds: dict[str, int] = {}
            for name, file in zip(names, files):
                kind = Path(name).stem.rstrip("0123456789-")
                kinds[kind] = kinds.get(kind, 0) + len(file)
            yield Asked(
                query, len(files), sum(map(len, files)), sum(len(gzip.compress(file)) for file in files), kinds,
                cold["milliseconds"], warm, cold["total"], tuple(cold["hits"]),
            )
            context.close()


def memory_after(site: Path, queries: Sequence[str]) -> float:
    """What one page takes that was asked all the queries, beyond one that was asked nothing, in MB."""
    with launched() as browser:
        page = browser.new_page()
        page.goto((site / "en" / "index.html").as_uri())
        before = memory_of_pages(browser)
        for query in queries:
            page.evaluate(ASK, query)
        return memory_of_pages(browser) - before


def hits_of(site: Path, queries: Sequence[str]) -> list[list[str]]:
    """The first hits of each query, all in one page."""
    with launched() as browser:
        page = browser.new_page()
        page.goto((site / "en" / "index.html").as_uri())
        return [page.evaluate(ASK, query)["hits"] for query in queries]
