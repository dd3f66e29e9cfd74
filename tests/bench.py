"""How long each part takes: `make bench`. Ratios within one run are what can be compared; machines are noisy.

Writes a table: the part, the best of several runs in milliseconds, and its share of a whole build.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from build_scripts.analyse import analyse
from build_scripts.build import Places, build
from build_scripts.cite import Resolver
from build_scripts.export import export
from build_scripts.gather import gather
from build_scripts.index import build_index
from build_scripts.load import load_expression
from build_scripts.problems import Problems
from build_scripts.quote import QuoteChecker
from build_scripts.search import Searcher

ROOT = Path(__file__).resolve().parents[1]
QUERIES = ("ұстап беру", "provisional arrest", '"Requested Party"', "12-бап", "4(1)(e)", "есірткі заттар", "transit expenses")
HOSTILE = {  # each is repeated until it is long enough
    "common words": "ұстап беру ", "a common phrase": "the Requested Party shall ", "brackets": "(. ", "divided": "per-\nson ",
    "hyphens": "a-", "accents": "ж\u0301",
}
SHORT, LONG = 25_000, 100_000  # characters of a hostile text
RUNS = 3


def best(part: Callable[[], object], runs: int = RUNS) -> float:
    """The shortest of several runs, in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        part()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def hostile(answer: Callable[[str], object], name: str) -> None:
    """How long texts made to be slow take, and how many times as long a long one takes as a short one."""
    print(f"\n{name}: {LONG:,} characters made to be slow; {LONG // SHORT} times as long as the short ones")
    for unit, repeated in HOSTILE.items():
        texts = [(repeated * size)[:size] for size in (SHORT, LONG)]
        short, long = (best(partial(answer, text)) for text in texts)
        print(f"{unit:40} {long:10.1f} ms {long / short:7.1f} times the short one's")


def main() -> None:
    gathered = gather(ROOT, Problems())
    library = gathered.library
    index = build_index(library)
    resolver = Resolver(library)
    searcher = Searcher(index, library, resolver.resolve)
    with tempfile.TemporaryDirectory() as folder:
        places = Places(ROOT, Path(folder) / "work", Path(folder) / "site", Path(folder) / "x.zip")
        whole = best(lambda: build(places, force=True), 1)
        rows = [
            ("a whole build", whole),
            ("a build without changes", best(lambda: build(places))),
            ("parse, check and mark up all texts", best(lambda: gather(ROOT, Problems()))),
            ("load all XML", best(lambda: [load_expression(xml) for xml in gathered.xml.values()])),
            ("index all provisions", best(lambda: build_index(library))),
            ("export the index", best(lambda: export(index, Path(folder) / "data"))),
            (f"search, {len(QUERIES)} queries", best(lambda: [searcher.search(query) for query in QUERIES])),
            (f"resolve, {len(QUERIES)} queries", best(lambda: [resolver.resolve(query) for query in QUERIES])),
        ]
        files = [path for path in places.site.rglob("*") if path.is_file()]
        for name, milliseconds in rows:
            print(f"{name:40} {milliseconds:10.1f} ms {milliseconds / whole:8.1%}")
        size = sum(path.stat().st_size for path in files)
        print(f"{len(files)} files, {size / 1e6:.1f} MB; the archive {places.archive.stat().st_size / 1e6:.1f} MB")
    hostile(lambda text: list(analyse(text, "kk")), "The words of a text")
    hostile(QuoteChecker(library).check, "The quote checker")


if __name__ == "__main__":
    main()
