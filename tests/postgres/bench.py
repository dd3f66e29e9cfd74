"""How fast PostgreSQL indexes and answers: `python -m tests.postgres.bench [PROVISIONS]`, on servers started for it.

Reads   the project's treaties, from which it makes as many provisions as are wanted; the shared cases of queries
Writes  a table: speed of indexing, size, times of queries, for Whoosh, for one server and for three shards; what EXPLAIN says
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from build_scripts.gather import gather
from build_scripts.index import build_index, documents_of
from build_scripts.library import Library, Treaty
from build_scripts.model import Passage, Provision
from build_scripts.postgres import PostgresIndex, write_index
from build_scripts.postgres.connect import Session
from build_scripts.problems import Problems
from build_scripts.search import Searcher

from .cluster import find, start

ROOT = Path(__file__).resolve().parents[2]
PROVISIONS = 50_000
QUERIES = 50
LIMIT = 20
ROUNDS = 5


@dataclass(frozen=True)
class Measured:
    """seconds: to index; size: bytes on disk; queries: milliseconds of each, the best of some rounds; plan: what EXPLAIN says."""

    provisions: int
    seconds: float
    size: int
    queries: tuple[tuple[str, float], ...]
    plan: str = ""

    @property
    def median(self) -> float:
        return statistics.median(milliseconds for _, milliseconds in self.queries)

    @property
    def worst(self) -> tuple[str, float]:
        return max(self.queries, key=lambda pair: pair[1])


def measure(library: Library, url: str, shards: Sequence[str] = (), queries: Sequence[str] = ()) -> Measured:
    """Index `library` at `url`, with `shards`, and ask it `queries` (or those of the shared cases), all languages at once."""
    begin = time.perf_counter()
    written = write_index(library, url, shards)
    seconds = time.perf_counter() - begin
    with closing(PostgresIndex(url)) as index:
        times = ask(Searcher(index, library), queries or shared_queries())
        plan = explain(index, "extradition request")
    return Measured(written.provisions, seconds, sum(map(size_of, {url, *shards})), times, plan)


def measure_whoosh(library: Library, queries: Sequence[str] = ()) -> Measured:
    """The same of Whoosh, for comparison."""
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        index = build_index(library, Path(folder))
        seconds = time.perf_counter() - begin
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        times = ask(Searcher(index, library), queries or shared_queries())
    return Measured(sum(part.doc_count for part in index.parts.values()), seconds, size, times)


def ask(searcher: Searcher, queries: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """Each query with its milliseconds: the best of some rounds, so the first, cold one does not count."""
    return tuple((query, min(_once(searcher, query) for _ in range(ROUNDS))) for query in queries)


def _once(searcher: Searcher, query: str) -> float:
    begin = time.perf_counter()
    searcher.search(query, limit=LIMIT)
    return (time.perf_counter() - begin) * 1000


def shared_queries() -> list[str]:
    cases = yaml.safe_load((ROOT / "tests" / "search_cases.yml").read_text("utf-8"))
    return [query for query in cases["queries"] if query.strip()][:QUERIES]


def size_of(url: str) -> int:
    """Bytes of all tables and indexes of the project's in a database."""
    with closing(Session(url)) as session:
        (size,), = session.rows(
            "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname LIKE 'kelisim%' AND relkind = 'r'"
        )
    return int(size)


def explain(index: PostgresIndex, words: str) -> str:
    """What the first server does to count the provisions with both words, without lengths and costs."""
    rows = index.rows(
        "EXPLAIN (COSTS OFF) SELECT count(*) FROM {0}.provisions WHERE words @@ %s::tsquery",
        " & ".join(f"'e:{word}'" for word in words.split(" ")),
    )
    return "\n".join(line for line, in rows)


def enlarged(library: Library, provisions: int) -> Library:
    """The treaties of `library`, then as many made of their sentences as are needed: each joins halves of two sentences."""
    source = random.Random(20171101)
    sentences = {
        lang: [text.split(" ") for treaty in library.treaties for text in _texts(treaty, lang)]
        for lang in library.treaties[0].expressions
    }
    held = sum(1 for _ in documents_of(library))
    treaties = list(library.treaties)
    while held < provisions:
        model = library.treaties[len(treaties) % len(library.treaties)]
        slug = f"made-{len(treaties):06}"
        expressions = {
            lang: replace(expression, treaty=slug, parts={
                part: tuple(_rewritten(top, sentences[lang], source) for top in tops) for part, tops in expression.parts.items()
            })
            for lang, expression in model.expressions.items()
        }
        treaties.append(Treaty(model.data.model_copy(update={"slug": slug}), expressions))
        held += sum(1 for lang in model.expressions for _ in _texts(model, lang))
    return replace(library, treaties=tuple(treaties))


def _texts(treaty: Treaty, lang: str) -> Iterator[str]:
    return (provision.text for provision in treaty.expressions[lang].walk() if provision.text)


def _rewritten(provision: Provision, sentences: Sequence[Sequence[str]], source: random.Random) -> Provision:
    one, other = source.choices(sentences, k=2)
    words = [*one[: len(one) // 2 + 1], *other[len(other) // 2 :]]
    passages = (Passage(" ".join(words), (1, 1)),) if provision.text else ()
    children = tuple(_rewritten(child, sentences, source) for child in provision.children)
    return replace(provision, passages=passages, children=children)


def main() -> None:
    programs = find()
    if programs is None:
        sys.exit("no PostgreSQL was found")
    library = enlarged(gather(ROOT, Problems()).library, int(sys.argv[1]) if len(sys.argv) > 1 else PROVISIONS)
    show("Whoosh", measure_whoosh(library))
    clusters = [start(programs) for _ in range(3)]
    try:
        one = measure(library, clusters[0].url("postgres"))
        show("one server", one)
        with closing(Session(clusters[0].url("postgres"))) as first:
            first.run("CREATE DATABASE shared")
        show("three shards on three servers", measure(
            library, clusters[0].url("shared"), [cluster.url("postgres") for cluster in clusters[1:]]
        ))
        print(one.plan)
    finally:
        for cluster in clusters:
            cluster.stop()


def show(name: str, measured: Measured) -> None:
    query, milliseconds = measured.worst
    speed = measured.provisions / measured.seconds
    print(
        f"{name}: {measured.provisions} provisions in {measured.seconds:.1f} s ({speed:.0f} a second), "
        f"{measured.size / 1e6:.0f} MB; {len(measured.queries)} queries, median {measured.median:.1f} ms, "
        f"worst {milliseconds:.1f} ms ({query})"
    )


if __name__ == "__main__":
    main()
