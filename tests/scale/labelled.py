"""Queries for the benchmark, and what some of them should find.

Reads   a YAML file: {queries: [query, …]}, or {language: [{query, best: [places], also: [places]}, …]} as
        tests/retrieval/queries.yml has it; a place is "treaty eId", the treaty's kind or slug
Writes  Labelled queries
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

SLUGS = {"extradition": "kz-jo-extradition-2017", "crime": "kz-jo-crime-cooperation-2017"}


@dataclass(frozen=True)
class Labelled:
    """best: the provisions of which one should come first; () where nothing is said."""

    query: str
    lang: str
    best: tuple[str, ...]


def read_queries(path: Path) -> list[Labelled]:
    data = yaml.safe_load(path.read_text("utf-8"))
    if "queries" in data:
        return [Labelled(query, "", ()) for query in data["queries"]]
    found = []
    for lang, rows in data.items():
        for row in rows:
            if isinstance(row, dict) and "best" in row:
                found.append(Labelled(row["query"], lang, tuple(_place(place) for place in row["best"])))
    return found


def _place(place: str) -> str:
    treaty, _, eid = place.partition(" ")
    return f"{SLUGS.get(treaty, treaty)} {eid}"


def answered(labelled: Labelled, hits: Sequence[str], most: int) -> bool:
    """Whether one of the first `most` hits is a best place, or lies in one."""
    return any(hit == best or hit.startswith(f"{best}__") for hit in hits[:most] for best in labelled.best)
