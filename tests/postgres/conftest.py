"""Two PostgreSQL servers of the tests' own, on loopback. Where PostgreSQL is missing the tests are skipped, and fail under CI."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator

import psycopg
import pytest

from build_scripts.index import Index, build_index
from build_scripts.library import Library
from build_scripts.postgres import PostgresIndex, write_index

from .cluster import Cluster, find, start

Database = Callable[..., str]
_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def clusters() -> Iterator[tuple[Cluster, Cluster]]:
    programs = find()
    if programs is None:
        reason = "no PostgreSQL was found; `CI=true python -m tests.postgres.cluster` installs it on Debian"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    running: list[Cluster] = []
    try:
        for _ in range(2):
            running.append(start(programs))
        yield running[0], running[1]
    finally:
        for cluster in running:
            cluster.stop()


@pytest.fixture(scope="session")
def database(clusters: tuple[Cluster, Cluster]) -> Database:
    """Makes an empty database on the first server, or the second (1), and gives its address."""

    def make(server: int = 0, options: str = "") -> str:
        name = f"d{next(_NUMBERS)}"
        statement(clusters[server].url("postgres"), f"CREATE DATABASE {name} {options}")
        return clusters[server].url(name)

    return make


def statement(url: str, *statements: str) -> list[tuple[object, ...]]:
    """Carry out statements; gives what the last one gives."""
    with psycopg.connect(url, autocommit=True) as connection:
        for each in statements:
            cursor = connection.execute(each)  # type: ignore[call-overload]
        return list(cursor.fetchall()) if cursor.description else []


@pytest.fixture(scope="session")
def whoosh(library: Library) -> Index:
    return build_index(library)


@pytest.fixture(scope="session", params=["one server", "three shards on two servers"])
def postgres(request: pytest.FixtureRequest, library: Library, database: Database) -> Iterator[PostgresIndex]:
    """The project's own treaties in PostgreSQL."""
    url = database()
    write_index(library, url, [] if request.param == "one server" else [database(1), database()])
    index = PostgresIndex(url)
    yield index
    index.close()
