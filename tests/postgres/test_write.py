"""An index is made whole or not at all, in place of the old one; nothing is said of passwords; what is wrong is said clearly."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import psycopg
import pytest

from build_scripts.index import TEXT, Leaf, documents_of
from build_scripts.library import Library
from build_scripts.model import Part
from build_scripts.postgres import PostgresFault, PostgresIndex, digest_of, write_index
from build_scripts.postgres import write as write_module

from .cluster import PASSWORD, Cluster
from .conftest import Database, statement
from .test_long import library_of

OLD, NEW = library_of({"old": "alpha beta"}), library_of({"new": "alpha gamma", "newer": "alpha delta"})
ALPHA = Leaf(TEXT, ("alpha",))


def treaties(url: str) -> list[str]:
    """The treaties that are found in the index at `url`."""
    index = PostgresIndex(url)
    try:
        return [index.parts["en"].document(doc).treaty for doc, _ in index.parts["en"].find(ALPHA)]
    finally:
        index.close()


def schemas(url: str) -> list[str]:
    """The kinds of schemas of ours in a database: the token is taken out."""
    found = statement(url, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'kelisim%'")
    return sorted(re.sub("_[0-9a-f]{12}", "_TOKEN", str(name)) for name, in found)


def test_the_new_index_takes_the_place_of_the_old(database: Database) -> None:
    url, shard = database(), database(1)
    for library, expected in ((OLD, ["old"]), (NEW, ["new", "newer"]), (NEW, ["new", "newer"]), (OLD, ["old"])):
        written = write_index(library, url, [shard])
        assert (written.provisions, written.languages, written.left) == (len(expected), ("en",), ())
        assert treaties(url) == expected
        assert schemas(url) == ["kelisim", "kelisim_TOKEN"]
        assert schemas(shard) == ["kelisim_TOKEN_1"]
        assert len(statement(url, "SELECT 1 FROM pg_foreign_server")) == 1
    assert len(write_index(OLD, url).left) == 1  # now without the shard
    assert treaties(url) == ["old"]
    assert len(statement(url, "SELECT 1 FROM pg_foreign_server")) == 0


def test_treaties_are_spread_evenly_each_in_one_piece(library: Library, database: Database) -> None:
    many = library_of({f"t{number}": "alpha" for number in range(10)})
    url = database()
    write_index(many, url, [database(1), database(1), database()])
    (token,), = statement(url, "SELECT value FROM kelisim.state WHERE key = 'token'")
    assert statement(url, f"SELECT shard, count(*) FROM kelisim_{token}.provisions GROUP BY 1 ORDER BY 1") == [
        (0, 3), (1, 3), (2, 2), (3, 2),
    ]
    write_index(library, url, [database(1)])
    (token,), = statement(url, "SELECT value FROM kelisim.state WHERE key = 'token'")
    assert statement(url, f"SELECT count(DISTINCT shard) FROM kelisim_{token}.provisions GROUP BY treaty") == [(1,), (1,)]


def test_a_shard_is_asked_as_its_address_says(database: Database) -> None:
    url, shard = database(), database(1)
    write_index(NEW, url, [f"{shard}?sslmode=allow"])
    (options,), = statement(url, "SELECT srvoptions FROM pg_foreign_server")
    assert {"sslmode=allow", "host=127.0.0.1", f"dbname={shard.rsplit('/', 1)[1]}"} <= set(options)  # type: ignore[call-overload]
    assert PASSWORD not in str(options)


def test_an_empty_library_has_an_index(database: Database) -> None:
    url = database()
    assert write_index(Library(()), url, [database(1)]).provisions == 0
    index = PostgresIndex(url)
    assert index.languages == ()
    index.close()


def test_the_digest_tells_whether_the_texts_are_the_same(database: Database) -> None:
    url = database()
    write_index(NEW, url)
    index = PostgresIndex(url)
    assert index.digest == digest_of(documents_of(NEW))
    assert index.digest != digest_of(documents_of(OLD))
    index.close()


class Broken(Exception):
    """What the tests throw in the middle of a run."""


def breaking_library() -> Library:
    """A library that fails after its first treaty."""

    class Treaties(tuple):  # type: ignore[type-arg]
        def __iter__(self) -> Iterator[object]:
            yield from NEW.treaties
            raise Broken

    return replace(NEW, treaties=Treaties())


@pytest.mark.parametrize("step", ["_load", "_finish", "_count", "_attach", "_check", "_switch"])
def test_a_run_that_fails_leaves_the_old_index(database: Database, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    url, shard = database(), database(1)
    write_index(OLD, url, [shard])
    real = getattr(write_module, step)

    def failing(*arguments: object) -> None:
        real(*arguments)
        raise PostgresFault("broken")

    monkeypatch.setattr(write_module, step, failing)
    with pytest.raises(PostgresFault, match="broken"):
        write_index(NEW, url, [shard])
    monkeypatch.undo()
    assert treaties(url) == ["old"]
    assert schemas(url) == ["kelisim", "kelisim_TOKEN"]
    assert schemas(shard) == ["kelisim_TOKEN_1"]
    write_index(NEW, url, [shard])
    assert treaties(url) == ["new", "newer"]
    assert schemas(shard) == ["kelisim_TOKEN_1"]


def test_a_run_that_is_cut_off_leaves_the_old_index(database: Database) -> None:
    url, shard = database(), database(1)
    write_index(OLD, url, [shard])
    with pytest.raises(Broken):
        write_index(breaking_library(), url, [shard])
    assert treaties(url) == ["old"]
    assert schemas(shard) == ["kelisim_TOKEN_1"]


def test_what_a_dead_run_left_is_taken_away_by_the_next(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    url, shard = database(), database(1)
    write_index(OLD, url, [shard])
    monkeypatch.setattr(write_module, "_forget", lambda run: None)  # as if the machine had stopped
    monkeypatch.setattr(write_module, "_check", lambda run: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_index(NEW, url, [shard])
    monkeypatch.undo()
    assert schemas(shard) == ["kelisim_TOKEN_1"] * 2
    assert treaties(url) == ["old"]
    write_index(NEW, url, [shard])
    assert schemas(shard) == ["kelisim_TOKEN_1"]


def test_an_index_that_is_read_is_not_dropped(database: Database) -> None:
    url, shard = database(), database(1)
    write_index(OLD, url, [shard])
    reader = PostgresIndex(url)
    written = write_index(NEW, url, [shard])
    assert len(written.left) == 1 and "still being read" in written.left[0]
    part = reader.parts["en"]
    assert [part.document(doc).treaty for doc, _ in part.find(ALPHA)] == ["old"]
    assert treaties(url) == ["new", "newer"]
    assert schemas(shard) == ["kelisim_TOKEN_1"] * 2
    reader.close()
    assert write_index(NEW, url, [shard]).left == ()
    assert schemas(url) == ["kelisim", "kelisim_TOKEN"]
    assert schemas(shard) == ["kelisim_TOKEN_1"]


def test_readers_find_one_index_or_the_other_while_it_is_made(database: Database) -> None:
    url = database()
    write_index(OLD, url)
    stop, seen, faults = threading.Event(), set[tuple[str, ...]](), list[Exception]()

    def read() -> None:
        while not stop.is_set():
            try:
                seen.add(tuple(treaties(url)))
            except Exception as fault:
                faults.append(fault)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for library in (NEW, OLD) * 5:
        write_index(library, url)
    stop.set()
    for reader in readers:
        reader.join()
    assert faults == []
    assert seen == {("old",), ("new", "newer")}


def test_two_runs_at_a_time(database: Database) -> None:
    url = database()
    write_index(OLD, url)
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", (write_module.WRITERS_LOCK,))
        with pytest.raises(PostgresFault, match="another run is writing this index"):
            write_index(NEW, url)
    assert treaties(url) == ["old"]


def test_indexes_that_share_a_server_leave_each_other_alone(database: Database) -> None:
    one, other, shard = database(), database(), database(1)
    write_index(OLD, one, [shard])
    write_index(NEW, other, [shard])
    assert write_index(NEW, other, [shard, one]).left == ()
    left, = write_index(NEW, other, [shard]).left
    assert left.startswith(one.split("@")[1] + ": ") and "DROP SCHEMA kelisim_" in left
    assert treaties(one) == ["old"]
    assert treaties(other) == ["new", "newer"]
    assert schemas(shard) == ["kelisim_TOKEN_1"] * 2
    # a share that lies where no shard is any more is left to the owner of the database
    assert schemas(one) == ["kelisim", "kelisim_TOKEN", "kelisim_TOKEN_2"]


# What is wrong


def fault_of(url: str, *shards: str, library: Library = OLD) -> str:
    with pytest.raises(PostgresFault) as found:
        write_index(library, url, shards)
    return str(found.value)


@pytest.mark.parametrize("url", [
    "", "x", "postgresql://u:geheim@h:65536/d", "http://example.org/", "sqlite:///x", "postgresql:/kelisim:geheim@h/d", "postgresql://u:geheim@h:port/d",
    "postgresql://u:geheim@h/d?nonsense=1", "postgresql://u:geheim@[::1/d", "postgresql://u:geheim%00@h/d", "postgresql://u:geheim\0@h/d",
    "postgresql://u:geheim%zz@h/d", "host=h password=geheim",
])
def test_what_is_no_address_is_said_without_the_password(url: str) -> None:
    message = fault_of(url)
    assert "postgresql://USER@HOST:5432/DATABASE" in message
    assert "geheim" not in message


def test_a_server_that_does_not_answer(clusters: tuple[Cluster, Cluster]) -> None:
    message = fault_of(replace(clusters[0], port=1).url("d"))
    assert message.startswith("127.0.0.1:1/d: ") and "refused" in message
    with pytest.raises(PostgresFault, match="127.0.0.1:1/d"):
        PostgresIndex(replace(clusters[0], port=1).url("d"))


def test_a_wrong_password_or_database(clusters: tuple[Cluster, Cluster], database: Database) -> None:
    message = fault_of(clusters[0].url("postgres", password="secret-one"))
    assert "password authentication failed" in message and "secret-one" not in message
    assert 'database "not_there" does not exist' in fault_of(clusters[0].url("not_there"))
    url = database()
    write_index(OLD, url)
    message = fault_of(url, clusters[1].url("postgres", password="secret-two"), library=NEW)
    assert "password authentication failed" in message and "secret-two" not in message
    assert treaties(url) == ["old"]


def test_there_is_no_index(database: Database) -> None:
    url = database()
    for _ in range(2):
        with pytest.raises(PostgresFault, match="there is no index here; make it with: python -m build_scripts index --to"):
            PostgresIndex(url)
        statement(url, "CREATE SCHEMA IF NOT EXISTS kelisim", "CREATE TABLE IF NOT EXISTS kelisim.state (key text, value text)")


def test_nobody_waits_for_a_server_to_notice_the_end_of_a_connection(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    url = database()
    with ExitStack() as later:
        close = psycopg.Connection.close
        monkeypatch.setattr(psycopg.Connection, "close", lambda connection: later.callback(close, connection))
        write_index(OLD, url)
        PostgresIndex(url).close()
        assert write_index(NEW, url).left == ()
        assert treaties(url) == ["new", "newer"]


@pytest.mark.parametrize(("key", "value", "said"), [
    ("format", "0", "format 0, this program reads format 1"), ("analysis", "0", "stems words in another way"),
])
def test_an_index_of_another_version_is_not_read(database: Database, key: str, value: str, said: str) -> None:
    url = database()
    write_index(OLD, url)
    statement(url, f"UPDATE kelisim.state SET value = '{value}' WHERE key = '{key}'")
    with pytest.raises(PostgresFault, match=said):
        PostgresIndex(url)
    write_index(NEW, url)  # and is made anew
    assert treaties(url) == ["new", "newer"]


def test_a_database_that_is_not_utf8(database: Database) -> None:
    assert "keeps its texts as LATIN1" in fault_of(database(0, "ENCODING 'LATIN1' TEMPLATE template0"))


def test_a_text_that_postgresql_cannot_hold(database: Database) -> None:
    url = database()
    write_index(OLD, url)
    assert fault_of(url, library=library_of({"bad": "alpha \0 beta"}))
    assert fault_of(url, library=library_of({"bad": "alpha \ud800 beta"}))
    assert treaties(url) == ["old"]


@pytest.fixture(scope="module")
def users(clusters: tuple[Cluster, Cluster]) -> tuple[str, str]:
    """One who may make an index, one who may only read it; both on both servers, with a password."""
    roles = "CREATE ROLE writer LOGIN PASSWORD 'w-secret'", "CREATE ROLE reader LOGIN PASSWORD 'r-secret'"
    for cluster in clusters:
        statement(cluster.url("postgres"), *roles)
    return "writer", "reader"


def test_what_those_need_who_may_not_do_everything(
    clusters: tuple[Cluster, Cluster], database: Database, users: tuple[str, str]
) -> None:
    urls = [database(), database(1)]
    names = [url.rsplit("/", 1)[1] for url in urls]
    writer, shard = (cluster.url(name, "writer", "w-secret") for cluster, name in zip(clusters, names))
    reader = clusters[0].url(names[0], "reader", "r-secret")
    message = fault_of(writer)
    assert "GRANT CREATE ON DATABASE" in message and "w-secret" not in message
    for url, name in zip(urls, names):
        statement(url, f"GRANT CREATE ON DATABASE {name} TO writer")
    message = fault_of(writer, shard)
    assert "CREATE EXTENSION postgres_fdw; GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO" in message
    statement(urls[0], "CREATE EXTENSION postgres_fdw", "GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO writer")
    write_index(NEW, writer, [shard])
    assert treaties(writer) == ["new", "newer"]
    with pytest.raises(PostgresFault, match="permission denied"):
        PostgresIndex(reader)
    # as docs/postgresql.md says
    statement(
        writer, "GRANT USAGE ON SCHEMA kelisim TO reader", "GRANT SELECT ON kelisim.state TO reader",
        "ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO reader", "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader",
    )
    write_index(NEW, writer, [shard])
    assert treaties(reader) == ["new", "newer"]
    with pytest.raises(PostgresFault):
        write_index(OLD, reader)
    assert treaties(reader) == ["new", "newer"]
    # nobody but the owner sees with which password the first server asks the shard
    assert statement(reader, "SELECT umoptions FROM pg_user_mappings") == [(None,)]


def test_the_parts_of_a_treaty_are_in_the_order_of_the_library(library: Library, database: Database) -> None:
    first = library.treaties[0].expressions["kk"]
    assert list(first.parts)[0] in (Part.PREFACE, Part.PREAMBLE)
    url = database()
    write_index(library, url, [database(1)])
    index = PostgresIndex(url)
    documents = [index.parts["kk"].document(doc) for doc in range(index.parts["kk"].doc_count)]
    assert [(one.treaty, one.eid) for one in documents] == [
        (treaty.slug, provision.eid)
        for treaty in library.treaties for provision in treaty.expressions["kk"].walk() if provision.text
    ]
    index.close()


def test_the_password_of_the_tests_has_signs_that_addresses_write_otherwise() -> None:
    assert {"@", "/", ":", "%", " "} <= set(PASSWORD)
