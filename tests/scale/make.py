"""Index and site of a corpus, in a process of its own, so that its memory is its own.

Usage: python -m tests.scale.make TREATIES FOLDER [--plain]
Writes FOLDER/index, FOLDER/site (pages, scripts, search-data), and what it measured as JSON to standard output. --plain: time
Whoosh's own way of indexing beside ours on so many treaties, and do nothing else.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from build_scripts.gather import gather
from build_scripts.index import build_index, documents_of
from build_scripts.library import Library
from build_scripts.problems import Problems
from tests.browser.search_site import write_site

from .corpus import MadeTreaties
from .plain import forget, index_plainly
from .texts import sources_of

ROOT = Path(__file__).resolve().parents[2]
RUNS = 3
STATUS = Path("/proc/self/status")


def library_of(count: int) -> Library:
    own = gather(ROOT, Problems()).library
    return Library(MadeTreaties(own, sources_of(own), count))  # type: ignore[arg-type]


class Memory:
    """The most memory of its own that this process has while this is open, looked at twice a second, in MB.

    Files that are mapped, as Whoosh maps its own, are not counted where the system tells (/proc): it takes them back when it
    needs the room. Elsewhere it is 0.
    """

    def __init__(self) -> None:
        self.most = self.now()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._closed.wait(0.5):
            self.most = max(self.most, self.now())

    @staticmethod
    def now() -> float:
        if not STATUS.exists():
            return 0.0
        lines = dict(line.split(":", 1) for line in STATUS.read_text("ascii").splitlines())
        return int(lines["RssAnon"].split()[0]) / 1e3


def size_of(folder: Path) -> tuple[int, int]:
    """Bytes and number of the files in a folder."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return sum(sizes), len(sizes)


class Spent(NamedTuple):
    """Seconds of the processor, which other work on the machine changes less than those of the clock; and of the clock."""

    processor: float
    clock: float

    def without(self, other: Spent) -> Spent:
        return Spent(self.processor - other.processor, self.clock - other.clock)


def measured(part: Callable[[], Any]) -> tuple[Spent, Any]:
    """What `part` spends and what it gives."""
    processor, clock = time.process_time(), time.perf_counter()
    value = part()
    return Spent(time.process_time() - processor, time.perf_counter() - clock), value


def make(count: int, folder: Path) -> dict[str, Any]:
    """Index a corpus and write its site. Seconds of the processor and of the clock; MB; bytes."""
    library = library_of(count)
    texts = Memory.now()
    making, _ = measured(lambda: sum(1 for _ in library.treaties))  # the texts are made anew at each walk through them
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with Memory() as memory:
        indexing, index = measured(lambda: build_index(library, folder / "index"))
        writing, _ = measured(lambda: write_site(folder / "site", library, index))
    indexing, writing = indexing.without(making), writing.without(making)
    data, files = size_of(folder / "site" / "search-data")
    return {
        "treaties": count,
        "provisions": sum(part.doc_count for part in index.parts.values()),
        "words": {lang: sum(1 for _ in part.words("exact")) for lang, part in index.parts.items()},
        "making_seconds": making.processor,
        "index_seconds": indexing.processor,
        "export_seconds": writing.processor,
        "clock_seconds": indexing.clock + writing.clock,
        "peak_memory": memory.most,
        "texts_memory": texts,
        "whoosh_bytes": size_of(folder / "index")[0],
        "data_bytes": data,
        "data_files": files,
    }


def compare(count: int) -> dict[str, float]:
    """Provisions a second of the processor, Whoosh's own way and ours, by turns, the best of RUNS turns each.

    No stem is known when a turn begins. stemming: each word is stemmed each time that it is met; whoosh: each distinct word
    once; ours: the same, and our own writer.
    """
    library = Library(tuple(library_of(count).treaties))
    documents = list(documents_of(library))
    ways: dict[str, Callable[[Path], Any]] = {
        "stemming": partial(index_plainly, documents, once=False),
        "whoosh": partial(index_plainly, documents, once=True),
        "ours": partial(build_index, library),
    }
    best = dict.fromkeys(ways, 0.0)
    with tempfile.TemporaryDirectory() as folder:
        for turn, (name, way) in product(range(RUNS), ways.items()):
            forget()
            spent, _ = measured(partial(way, Path(folder) / f"{name}-{turn}"))
            best[name] = max(best[name], len(documents) / spent.processor)
    return best


if __name__ == "__main__":
    number, target = int(sys.argv[1]), Path(sys.argv[2])
    print(json.dumps(compare(number) if "--plain" in sys.argv else make(number, target)))
