"""How the search behaves as the corpus grows, beside other searches: `make bench-scale`.

Usage: python -m tests.scale [--treaties 2 200 489] [--queries FILE] [--labelled FILE] [--peers NAME … | --peers none]
                             [--minutes 10] [--megabytes 4096] [--keep FOLDER]

Writes tables to standard output: what a corpus costs to index and to keep, what a query costs in the browser, the same of the
peers, and how many of the labelled queries each answers on the project's own treaties. A treaty's worth is as the project's own:
102 provisions in each of two languages. Machines are noisy, and figures of one run are to be compared with each other only.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from build_scripts.index import open_index
from tests.retrieval_report import half_of

from .ask import Asked, ask_all, hits_of, memory_after
from .labelled import Labelled, answered, read_queries
from .peers import PACKAGES, PEERS, LeftOut, Limits, installed, measure
from .texts import has_corpus

HERE = Path(__file__).parent
COMPARED = 25  # treaties' worth that Whoosh's own way is timed on; about 5,000 provisions
OWN = 2  # treaties that are the project's own, which the labelled queries ask about


def main() -> None:
    options = _options()
    work = options.keep or Path(tempfile.mkdtemp(prefix="kelisim-scale-"))
    try:
        _run(options, work)
    finally:
        if not options.keep:
            shutil.rmtree(work, ignore_errors=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.scale")
    parser.add_argument("--treaties", type=int, nargs="+", default=[2, 200, 489], help="sizes; 489 are 100,000 provisions")
    parser.add_argument("--queries", type=Path, default=HERE / "queries.yml", help="what is asked, cold and warm")
    parser.add_argument(
        "--labelled", type=Path, default=HERE.parent / "retrieval" / "queries.yml", help="queries with their answers"
    )
    parser.add_argument("--peers", nargs="+", default=list(PEERS), choices=[*PEERS, "none"])
    parser.add_argument("--peer-treaties", type=int, nargs="+", help="sizes at which peers are measured; all when left out")
    parser.add_argument("--minutes", type=float, default=10, help="that a peer may take for its index, and to load it")
    parser.add_argument("--megabytes", type=int, default=4096, help="that a peer may take for its index")
    parser.add_argument("--keep", type=Path, help="a folder for the corpora; what is there from a run before is used again")
    return parser.parse_args()


def _run(options: argparse.Namespace, work: Path) -> None:
    if not has_corpus():
        print("../shared/corpus is not here: the corpora are made of the project's own two treaties alone")
    queries = [labelled.query for labelled in read_queries(options.queries)]
    _say_load("at the start")
    _compare_indexing()
    made = {count: _made(count, work) for count in sorted(options.treaties)}
    _table("The index", _INDEX, made.values())
    asked = {count: list(ask_all(work / str(count) / "site", queries)) for count in made}
    rows = [_summary(count, made[count], asked[count], memory_after(work / str(count) / "site", queries)) for count in made]
    _table(f"A query in the browser, of {len(queries)}", _QUERY, rows)
    _details(asked[max(asked)], max(asked))
    if "none" not in options.peers:
        _peers(options, work, made, asked, queries)
    _say_load("at the end")


def _say_load(when: str) -> None:
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{when}: {os.cpu_count()} processors{load}\n")


_WAYS = {
    "stemming": "Whoosh's own way, each word stemmed when it is met",
    "whoosh": "Whoosh's own way, each distinct word stemmed once",
    "ours": "our own writer, each distinct word stemmed once",
}


def _compare_indexing() -> None:
    print("Provisions indexed a second of the processor, by turns, the best of three turns each:")
    found = _child(str(COMPARED), "-", "--plain")
    for way, rate in found.items():
        print(f"  {_WAYS[way]:52} {rate:6.0f}, ours {found['ours'] / rate:.1f} times as many")
    print(flush=True)


def _made(count: int, work: Path) -> dict[str, Any]:
    """What make.py measured; from a run before, where it is kept."""
    note = work / f"{count}.json"
    if note.exists() and (work / str(count) / "site").exists():
        return json.loads(note.read_text("utf-8"))
    found = _child(str(count), str(work / str(count)))
    note.write_text(json.dumps(found), "utf-8")
    return found


def _child(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.scale.make", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


Column = tuple[str, Callable[[Any], str]]

_INDEX: Sequence[Column] = (
    ("treaties", lambda row: f"{row['treaties']:,}"),
    ("provisions", lambda row: f"{row['provisions']:,}"),
    ("words kk", lambda row: f"{row['words'].get('kk', 0):,}"),
    ("words en", lambda row: f"{row['words'].get('en', 0):,}"),
    ("index s", lambda row: f"{row['index_seconds']:.1f}"),
    ("a second", lambda row: f"{row['provisions'] / row['index_seconds']:.0f}"),
    ("export s", lambda row: f"{row['export_seconds']:.1f}"),
    ("clock s", lambda row: f"{row['clock_seconds']:.0f}"),
    ("peak MB", lambda row: f"{row['peak_memory']:.0f}"),
    ("of it texts", lambda row: f"{row['texts_memory']:.0f}"),
    ("Whoosh MB", lambda row: f"{row['whoosh_bytes'] / 1e6:.1f}"),
    ("site MB", lambda row: f"{row['data_bytes'] / 1e6:.1f}"),
    ("files", lambda row: f"{row['data_files']:,}"),
)
_QUERY: Sequence[Column] = (
    ("treaties", lambda row: f"{row['treaties']:,}"),
    ("provisions", lambda row: f"{row['provisions']:,}"),
    ("cold kB", lambda row: f"{row['size'][0] / 1e3:.0f}"),
    ("worst", lambda row: f"{row['size'][1] / 1e3:.0f}"),
    ("of the index", lambda row: f"{row['size'][0] / row['data_bytes']:.2%}"),
    ("zipped kB", lambda row: f"{row['zipped'][0] / 1e3:.0f}"),
    ("worst   ", lambda row: f"{row['zipped'][1] / 1e3:.0f}"),
    ("files", lambda row: f"{row['files'][0]:.0f}"),
    ("cold ms", lambda row: f"{row['cold'][0]:.0f}"),
    ("worst ", lambda row: f"{row['cold'][1]:.0f}"),
    ("warm ms", lambda row: f"{row['warm'][0]:.1f}"),
    ("worst  ", lambda row: f"{row['warm'][1]:.1f}"),
    ("memory MB", lambda row: f"{max(row['memory'], 0):.0f}"),
)
_PEER: Sequence[Column] = (
    ("", lambda row: row["name"]),
    ("build s", lambda row: f"{row['build']:.1f}"),
    ("index MB", lambda row: f"{row['size'] / 1e6:.2f}"),
    ("loaded MB", lambda row: f"{row['loaded'] / 1e6:.2f}"),
    ("load s", lambda row: f"{row['load']:.2f}"),
    ("query kB", lambda row: f"{row['cold'] / 1e3:.0f}"),
    ("query ms", lambda row: f"{row['median']:.1f}"),
    ("worst", lambda row: f"{row['worst']:.0f}"),
    ("memory MB", lambda row: f"{max(row['memory'], 0):.0f}"),
)


def _table(title: str, columns: Sequence[Column], rows: Iterable[Any]) -> None:
    cells = [[name.strip() for name, _ in columns], *([cell(row) for _, cell in columns] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    print(title)
    for line in cells:
        print("  " + "  ".join(cell.rjust(width) for cell, width in zip(line, widths)))
    print(flush=True)


def _summary(count: int, made: dict[str, Any], asked: Sequence[Asked], memory: float) -> dict[str, Any]:
    def both(value: Callable[[Asked], float]) -> tuple[float, float]:
        values = [value(one) for one in asked]
        return statistics.median(values), max(values)

    return {
        "treaties": count, "provisions": made["provisions"], "data_bytes": made["data_bytes"], "memory": memory,
        "size": both(lambda one: one.size), "zipped": both(lambda one: one.zipped), "files": both(lambda one: one.files),
        "cold": both(lambda one: one.cold), "warm": both(lambda one: one.warm),
    }


def _details(asked: Sequence[Asked], count: int) -> None:
    print(f"Each query at {count:,} treaties")
    for one in asked:
        largest = sorted(one.kinds.items(), key=lambda item: -item[1])
        kinds = ", ".join(f"{kind} {size // 1000}" for kind, size in largest if size > 999)
        told = f"{one.total:>9,} hits {one.size // 1000:>5} kB {one.cold:6.0f} ms {one.warm:6.1f} ms"
        print(f"  {one.query[:36]:36} {told}  {kinds}")
    print(flush=True)


# the peers


def _peers(
    options: argparse.Namespace, work: Path, made: dict[int, dict[str, Any]], asked: dict[int, list[Asked]],
    queries: Sequence[str],
) -> None:
    limits = Limits(options.minutes * 60, options.megabytes)
    modules = work / "npm"
    missing = installed(modules) if set(options.peers) & set(PACKAGES) else {}
    labelled = read_queries(options.labelled)
    answers: dict[str, Sequence[Sequence[str]]] = {}
    for count in (count for count in made if count in (options.peer_treaties or made)):
        docs = _docs(work / str(count) / "index")
        questions = [*queries, *(one.query for one in labelled if count == OWN)]
        rows, notes = [_as_peer(work / str(count), made[count], asked[count])], []
        for peer in options.peers:
            try:
                if peer in missing:
                    raise LeftOut(missing[peer])
                found = measure(peer, docs, questions, work / str(count) / "peers", modules, limits)
            except LeftOut as reason:
                notes.append(f"  {peer} is left out: {reason}")
                continue
            rows.append({"name": peer, **vars(found)})
            if count == OWN:
                answers[peer] = found.hits[len(queries) :]
        _table(f"Beside others at {count:,} treaties, {len(docs):,} provisions", _PEER, rows)
        print("\n".join(notes), flush=True)
        if count == OWN:
            ours = hits_of(work / str(count) / "site", [one.query for one in labelled])
            _print_answers(labelled, {"Kelisim": ours, **answers})


def _docs(index: Path) -> list[dict[str, str]]:
    """The provisions as a peer gets them: what it is, its article's heading, its words."""
    docs = []
    for lang, part in open_index(index).parts.items():
        for number in range(part.doc_count):
            document = part.document(number)
            page = f"{lang}/{document.treaty}/{document.article or 'index'}.html"
            docs.append({"id": f"{page}#{document.eid}", "lang": lang, "title": document.heading, "text": document.text})
    return docs


def _place_of(address: str) -> str:
    """ "treaty eId" of a provision's address, as the labels have it."""
    page, _, eid = address.partition("#")
    return f"{page.split('/')[-2] if '/' in page else page} {eid}"


def _as_peer(folder: Path, made: dict[str, Any], asked: Sequence[Asked]) -> dict[str, Any]:
    """The project's own search in the columns of the peers; nothing is loaded beforehand."""
    return {
        "name": "Kelisim", "build": made["clock_seconds"], "size": made["data_bytes"], "loaded": 0,
        "load": 0.0, "cold": statistics.median(one.size for one in asked), "median": statistics.median(one.warm for one in asked),
        "worst": max(one.warm for one in asked), "memory": memory_after(folder / "site", [one.query for one in asked]),
    }


def _print_answers(labelled: Sequence[Labelled], answers: dict[str, Sequence[Sequence[str]]]) -> None:
    print(f"Labelled queries answered, of {len(labelled)}: the best provision first, and among the first ten")
    print("  held: the half that nothing was tuned on")
    for name, found in answers.items():
        hits = [[_place_of(hit) if "/" in hit else hit for hit in row] for row in found]
        cells = []
        for lang, half in product(sorted({one.lang for one in labelled}), ("all", "held")):
            rows = [(one, row) for one, row in zip(labelled, hits) if one.lang == lang and half in ("all", half_of(one.query))]
            first, ten = (sum(answered(one, row, most) for one, row in rows) for most in (1, 10))
            cells.append(f"{lang} {half} {len(rows)}: {first:3} {first / len(rows):6.1%} {ten:3} {ten / len(rows):6.1%}")
        print(f"  {name:12} " + "   ".join(cells))
    print(flush=True)


if __name__ == "__main__":
    main()
