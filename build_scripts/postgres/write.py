"""All provisions into PostgreSQL, in place of those that were there.

Reads   a Library; the address of a database, and of others that shall hold a share of the provisions
Writes  in the first database the schema `kelisim` with the table `state`, and a schema `kelisim_<token>` with the index; in each
        other one a schema `kelisim_<token>_<number>` with a share of `provisions`, which the first reads through postgres_fdw

An index is made whole beside the old one, in one transaction a server; the last of them, on the first server, makes it the one
that is read. What fails before leaves the old index as it was. An old index is dropped when nobody reads it any more: each reader
holds a lock on what it reads.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ..index import EXACT, HEADING, TEXT, documents_of
from ..library import Library
from .connect import DENIED, PostgresFault, Session
from .rows import COLUMNS, Tally, rows
from .state import FORMAT, SCHEMA, STATE, analysis_digest, lock_key, state_of

WRITERS_LOCK = 0x6B656C6973696D  # "kelisim": who writes holds it
SHARD_SETTINGS = "-c jit=off -c statement_timeout=60s"
TUPLE_COST = "10"  # of a row that a shard sends: high enough that shards sort, and send the best only
_PROVISIONS = """
    shard int NOT NULL, lang text NOT NULL, doc int NOT NULL, treaty text NOT NULL, eid text NOT NULL, article text NOT NULL,
    num text NOT NULL, heading text NOT NULL, lead text[] NOT NULL, text text NOT NULL,
    words tsvector NOT NULL, frequencies tsvector NOT NULL, places text,
    text_length int NOT NULL, heading_length int NOT NULL, exact_length int NOT NULL
"""
_TABLES = """
    CREATE TABLE {0}.languages (
        place int PRIMARY KEY, lang text NOT NULL, documents int NOT NULL, long int NOT NULL,
        text_total bigint NOT NULL, heading_total bigint NOT NULL, exact_total bigint NOT NULL
    );
    CREATE TABLE {0}.treaties (place int PRIMARY KEY, treaty text NOT NULL, titles jsonb NOT NULL, languages text[] NOT NULL);
    CREATE TABLE {0}.words (
        lang text NOT NULL, field text NOT NULL, word text COLLATE "C" NOT NULL, documents int NOT NULL, most int NOT NULL,
        PRIMARY KEY (lang, field, word)
    );
    CREATE TABLE {0}.provisions ({1}) PARTITION BY LIST (shard)
"""


@dataclass(frozen=True)
class Written:
    """What was done. left: old things that could not be taken away, each with the reason."""

    provisions: int
    languages: tuple[str, ...]
    places: tuple[str, ...]
    left: tuple[str, ...] = ()


@dataclass
class _Run:
    """One making of an index. sessions: the first server, then the shards."""

    library: Library
    sessions: Sequence[Session]
    owner: str  # what tells this index from others that keep shares on the same servers
    tally: Tally
    token: str = field(default_factory=lambda: secrets.token_hex(6))
    switched: bool = False  # whether the new index is, or may be, the one that is read

    @property
    def schema(self) -> str:
        return f"{SCHEMA}_{self.token}"

    def share(self, number: int) -> str:
        """The schema that the table of a shard stands in."""
        return f"{self.schema}_{number}" if number else self.schema


def write_index(library: Library, url: str, shards: Sequence[str] = ()) -> Written:
    """Make the index of `library` in the database at `url`, shared with those at `shards`.

    Raises PostgresFault; then the index that was there before is as it was.
    """
    with ExitStack() as stack:
        sessions = []
        for address in (url, *shards):
            sessions.append(Session(address))
            stack.callback(sessions[-1].close)
        first = sessions[0]
        (free,), = first.rows("SELECT pg_try_advisory_lock(%s)", WRITERS_LOCK)
        if not free:
            raise PostgresFault(f"{first.place}: another run is writing this index; let it end first")
        before = _prepare(first)
        run = _Run(library, sessions, before["owner"], Tally([0] * len(sessions)))
        try:
            _make(run)
        except PostgresFault as fault:
            _forget(run)
            raise _explained(fault) from None
        left = [*_sweep(run), *_orphans(run, before)]
        return Written(run.tally.documents, tuple(run.tally.languages), tuple(session.place for session in sessions), tuple(left))


def _prepare(first: Session) -> Mapping[str, str]:
    """Make the table `state` where there is none. Gives what is in it; `owner` is how shards know whose share they keep."""
    try:
        with first.transaction():
            if state_of(first) is None:
                first.run(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
                first.run(f"CREATE TABLE {STATE} (key text PRIMARY KEY, value text NOT NULL)")
                first.run(f"COMMENT ON SCHEMA {SCHEMA} IS 'Kelisim: which index is read'")
            first.run(f"INSERT INTO {STATE} VALUES ('owner', %s) ON CONFLICT DO NOTHING", secrets.token_hex(6))
    except PostgresFault as fault:
        raise _explained(fault) from None
    return state_of(first) or {}


def _make(run: _Run) -> None:
    first, *others = run.sessions
    with first.transaction():
        with ExitStack() as stack:
            for session in others:
                stack.enter_context(session.transaction())
            _create(run)
            _load(run)
            for number, session in enumerate(run.sessions):
                _finish(session, f"{run.share(number)}.provisions_{number}")
        _count(run)
        for number in range(1, len(run.sessions)):
            _attach(run, number)
        _check(run)
        _switch(run)
        run.switched = True


def _create(run: _Run) -> None:
    """Schemas and empty tables."""
    for number, session in enumerate(run.sessions):
        session.run(f"CREATE SCHEMA {run.share(number)}")
        session.run(f"COMMENT ON SCHEMA {run.share(number)} IS %s", _comment(run.owner))
        session.run("SET LOCAL maintenance_work_mem = '256MB'")
        if number == 0:
            session.run(_TABLES.format(run.schema, _PROVISIONS))
            session.run(f"CREATE TABLE {run.schema}.provisions_0 PARTITION OF {run.schema}.provisions FOR VALUES IN (0)")
        else:
            session.run(f"CREATE TABLE {run.share(number)}.provisions_{number} ({_PROVISIONS})")
        table = f"{run.share(number)}.provisions_{number}"
        # words are read far more often than they are stored: never compressed, and beside their row as long as a page has room
        session.run(f"ALTER TABLE {table} ALTER COLUMN words SET STORAGE EXTERNAL, ALTER COLUMN frequencies SET STORAGE EXTERNAL")
        session.run(f"ALTER TABLE {table} SET (toast_tuple_target = 8160)")


def _comment(owner: str) -> str:
    return f"Kelisim: provisions, for the index {owner}"


def _load(run: _Run) -> None:
    """All provisions, each to its shard, as they are made."""
    columns = ", ".join(COLUMNS)
    with ExitStack() as stack:
        copies = [
            stack.enter_context(session.copy(f"COPY {run.share(number)}.provisions_{number} ({columns}) FROM STDIN (FREEZE)"))
            for number, session in enumerate(run.sessions)
        ]
        for shard, row in rows(documents_of(run.library), run.tally):
            copies[shard].write_row(row)


def _finish(session: Session, table: str) -> None:
    """Indexes and statistics of a table that is full."""
    session.run(f"ALTER TABLE {table} ADD PRIMARY KEY (doc, lang)")
    session.run(f"CREATE INDEX ON {table} USING gin (words) WITH (fastupdate = off)")
    session.run(f"ANALYZE {table}")


def _count(run: _Run) -> None:
    """What the scores are made of: languages, treaties, words."""
    first = run.sessions[0]
    with first.copy(f"COPY {run.schema}.languages FROM STDIN (FREEZE)") as copy:
        for place, (lang, counts) in enumerate(run.tally.languages.items()):
            totals = counts.totals
            copy.write_row((place, lang, counts.documents, counts.long, totals[TEXT], totals[HEADING], totals[EXACT]))
    with first.copy(f"COPY {run.schema}.treaties FROM STDIN (FREEZE)") as copy:
        for place, (slug, treaty) in enumerate(run.tally.treaties.items()):
            copy.write_row((place, slug, json.dumps(dict(treaty.titles), ensure_ascii=False), treaty.languages))
    with first.copy(f"COPY {run.schema}.words FROM STDIN (FREEZE)") as copy:
        for lang, counts in run.tally.languages.items():
            for name, words in counts.words.items():
                for word in sorted(words):
                    copy.write_row((lang, name, word, words[word], counts.most[name].get(word, 1)))
    first.run(f"ANALYZE {run.schema}.words")


def _attach(run: _Run, number: int) -> None:
    """The table of a shard as a foreign table of the first server."""
    first, login = run.sessions[0], run.sessions[number].login
    server = run.share(number)
    if not first.rows("SELECT 1 FROM pg_extension WHERE extname = 'postgres_fdw'"):
        first.run("CREATE EXTENSION postgres_fdw SCHEMA public")
    where = {
        **{name: login[name] for name in ("host", "port", "dbname", "sslmode") if login[name]},
        "async_capable": "true", "fetch_size": "1000", "fdw_tuple_cost": TUPLE_COST, "options": SHARD_SETTINGS,
    }
    who = {name: login[name] for name in ("user", "password") if login[name]}
    first.run(f"CREATE SERVER {server} FOREIGN DATA WRAPPER postgres_fdw OPTIONS ({_options(where)})", *where.values())
    first.run(f"CREATE USER MAPPING FOR PUBLIC SERVER {server} OPTIONS ({_options(who)})", *who.values())
    first.run(
        f"CREATE FOREIGN TABLE {run.schema}.provisions_{number} PARTITION OF {run.schema}.provisions FOR VALUES IN ({number}) "
        f"SERVER {server} OPTIONS (schema_name %s)", server,
    )
    first.run(f"ANALYZE {run.schema}.provisions_{number}")


def _options(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name} %s" for name in values)


def _check(run: _Run) -> None:
    """Whether the first server sees all provisions, also those of the shards."""
    first = run.sessions[0]
    try:
        (seen,), = first.rows(f"SELECT count(*) FROM {run.schema}.provisions")
    except PostgresFault as fault:
        others = ", ".join(session.place for session in run.sessions[1:])
        raise PostgresFault(
            f"the first server must reach the others ({others}) under the same addresses. {fault}", fault.code
        ) from None
    if seen != run.tally.documents:
        raise PostgresFault(f"{first.place}: {run.tally.documents} provisions were written, {seen} can be read")


def _switch(run: _Run) -> None:
    """From here on the new index is read."""
    first = run.sessions[0]
    values = {
        "format": str(FORMAT), "analysis": analysis_digest(), "token": run.token, "digest": str(run.tally.digest),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "shards": "\n".join(session.place for session in run.sessions[1:]),
    }
    for key, value in values.items():
        first.run(f"INSERT INTO {STATE} VALUES (%s, %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)


# What is taken away


def _forget(run: _Run) -> None:
    """After a fault: drop the shares of the index that was not finished. What stays behind is dropped by the next run."""
    if run.switched:
        return  # the last answer of the first server was lost, and may have been that all is well
    for number, session in enumerate(run.sessions[1:], start=1):
        with suppress(PostgresFault):
            session.run(f"DROP SCHEMA IF EXISTS {run.share(number)} CASCADE")


def _sweep(run: _Run) -> list[str]:
    """Drop the indexes that are read no more. Gives what could not be dropped."""
    first, *others = run.sessions
    left: list[str] = []
    kept = {run.token}
    for schema in _schemas(first, run.owner, SCHEMA + "_[0-9a-f]{12}"):
        token = schema.removeprefix(f"{SCHEMA}_")
        if token != run.token and not _drop_index(first, token, left):
            kept.add(token)
    for session in others:
        for schema in _schemas(session, run.owner, SCHEMA + "_[0-9a-f]{12}_[0-9]+"):
            if schema.split("_")[1] not in kept:
                _drop(session, f"DROP SCHEMA {schema} CASCADE", schema, left)
    return left


def _orphans(run: _Run, before: Mapping[str, str]) -> list[str]:
    """What is to be said of databases that were shards of the index before, and are none now."""
    shards = [session.place for session in run.sessions[1:]]
    return [
        f"{place}: this is no shard any more; drop what it has with DROP SCHEMA {SCHEMA}_{before['token']}_{number} CASCADE"
        for number, place in enumerate(before.get("shards", "").splitlines(), start=1) if place not in shards
    ]


def _schemas(session: Session, owner: str, pattern: str) -> Iterable[str]:
    found = session.rows(
        "SELECT nspname FROM pg_namespace WHERE nspname ~ %s AND obj_description(oid, 'pg_namespace') = %s ORDER BY 1",
        f"^{pattern}$", _comment(owner),
    )
    return [name for name, in found]


def _drop_index(first: Session, token: str, left: list[str]) -> bool:
    """Drop an old index of the first server, unless somebody reads it."""
    schema = f"{SCHEMA}_{token}"
    (free,), = first.rows("SELECT pg_try_advisory_lock(%s)", lock_key(token))
    if not free:
        left.append(f"{first.place}: {schema} is still being read; the next run drops it")
        return False
    servers = [name for name, in first.rows("SELECT srvname FROM pg_foreign_server WHERE srvname ~ %s", f"^{schema}_[0-9]+$")]
    statements = [f"DROP SCHEMA {schema} CASCADE", *(f"DROP SERVER {name} CASCADE" for name in servers)]
    dropped = _drop(first, "; ".join(statements), schema, left)
    first.rows("SELECT pg_advisory_unlock(%s)", lock_key(token))
    return dropped


def _drop(session: Session, statement: str, schema: str, left: list[str]) -> bool:
    try:
        with session.transaction():
            session.run("SET LOCAL lock_timeout = '5s'")
            session.run(statement)
    except PostgresFault as fault:
        left.append(f"{schema} could not be dropped: {fault}")
        return False
    return True


def _explained(fault: PostgresFault) -> PostgresFault:
    """What the owner of the database must do where something is not allowed."""
    if fault.code != DENIED:
        return fault
    if "postgres_fdw" in str(fault):
        hint = (
            "a superuser must once say: CREATE EXTENSION postgres_fdw; "
            "GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO <user>"
        )
    else:
        hint = "who indexes needs: GRANT CREATE ON DATABASE <database> TO <user>"
    return PostgresFault(f"{fault} ({hint})", fault.code)
