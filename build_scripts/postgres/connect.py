"""A connection to a PostgreSQL server. The only module that knows the driver, psycopg, which is loaded when a connection is made.

Reads   an address, postgresql://USER@HOST:PORT/DATABASE; what libpq reads besides (PGPASSWORD, ~/.pgpass, PGSSLMODE)
Writes  a Session; whatever goes wrong becomes a PostgresFault with a sentence for the reader, in which no password stands
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import quote

EXAMPLE = "postgresql://USER@HOST:5432/DATABASE"
OLDEST = 14  # the first that asks several foreign servers at a time
SECONDS_TO_CONNECT = 10
# what a server says to a reader who may not do what was asked, or of a thing that is not there
DENIED = "42501"
MISSING = ("3F000", "42P01")  # schema, table


class PostgresFault(Exception):
    """What went wrong, for the reader. code: the server's five characters, "" where none were given."""

    def __init__(self, message: str, code: str = ""):
        super().__init__(message)
        self.code = code


class Session:
    """One connection. Statements are carried out at once, unless they stand in `transaction`."""

    def __init__(self, url: str, read_only: bool = False):
        """Raises PostgresFault when `url` is no address, or the server does not let us in, is too old or does not keep UTF-8."""
        self._driver = _driver()
        self._secrets: tuple[str, ...] = ()
        self.place = "PostgreSQL"
        wanted = self._parsed(url)
        self.place = _place(wanted)
        with self._said():
            self._connection = self._driver.connect(
                **{"connect_timeout": SECONDS_TO_CONNECT, **wanted}, autocommit=True, client_encoding="utf8",
                application_name="kelisim", prepare_threshold=None,  # a plan for words in general would be a bad one
            )
        try:
            self._check()
            self.run("SET search_path = pg_catalog, pg_temp")  # so that nobody's functions are taken for PostgreSQL's own
            if read_only:
                self.run("SET default_transaction_read_only = on")
        except PostgresFault:
            self.close()
            raise

    @property
    def login(self) -> Mapping[str, str]:
        """Host, port, database, user, password and sslmode with which the session was opened; "" for what was not given."""
        info = self._connection.info
        return {
            "host": info.host, "port": str(info.port), "dbname": info.dbname, "user": info.user, "password": info.password,
            "sslmode": info.get_parameters().get("sslmode", ""),
        }

    def close(self) -> None:
        """Locks are given back first: the server notices the end of a connection only some time after it."""
        with suppress(self._driver.Error):
            self._connection.execute("SELECT pg_advisory_unlock_all()")
        self._connection.close()

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a query gives. Values stand for %s."""
        with self._said(), self._connection.cursor() as cursor:
            return list(cursor.execute(statement, values or None).fetchall())

    def row(self, statement: str, *values: Any) -> tuple[Any, ...] | None:
        """The first row of what a query gives."""
        return next(iter(self.rows(statement, *values)), None)

    def run(self, statement: str, *values: Any) -> None:
        """Carry out a statement. Values stand for %s, also where the server itself takes none, as in CREATE SERVER."""
        with self._said(), self._driver.ClientCursor(self._connection) as cursor:
            cursor.execute(statement, values or None)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of the statements inside."""
        with self._said(), self._connection.transaction():
            yield

    @contextmanager
    def copy(self, statement: str) -> Iterator[Any]:
        """Many rows at once: what is given has `write_row`."""
        with self._said(), self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            yield copy

    def _parsed(self, url: str) -> dict[str, Any]:
        # said without the address: it may have a password in it
        if not url.startswith(("postgresql://", "postgres://")):
            raise PostgresFault(f"this is no address of a PostgreSQL database; write {EXAMPLE}")
        if "\0" in url or not url.isprintable():
            raise PostgresFault(f"the address of the database has characters that none can have; write {EXAMPLE}")
        try:
            wanted: dict[str, Any] = importlib.import_module("psycopg.conninfo").conninfo_to_dict(url)
        except self._driver.Error:
            raise PostgresFault(
                f"the address of the database cannot be read; write {EXAMPLE}, and signs such as @ / : % in a password as "
                f"%40 %2F %3A %25"
            ) from None
        ports = [port for port in str(wanted.get("port") or "").split(",") if port]
        if not all(port.isascii() and port.isdigit() and 0 < int(port) < 65536 for port in ports):
            raise PostgresFault(f"the port in the address of the database is none; write {EXAMPLE}")
        password = str(wanted.get("password") or "")
        self._secrets = tuple(sorted({password, quote(password), quote(password, safe="")} - {""}, key=len, reverse=True))
        return wanted

    def _check(self) -> None:
        version = self._connection.info.server_version // 10_000
        if version < OLDEST:
            raise PostgresFault(f"{self.place} is PostgreSQL {version}; {OLDEST} or newer is needed")
        (encoding,), = self.rows("SHOW server_encoding")
        if encoding != "UTF8":
            raise PostgresFault(f"{self.place} keeps its texts as {encoding}; make the database with ENCODING 'UTF8'")

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Faults of the driver in words of ours. Statements are never repeated in them."""
        try:
            yield
        except self._driver.Error as fault:
            detail = fault.diag
            said = [detail.message_primary or str(fault), detail.message_detail, detail.message_hint]
            text = " ".join(" ".join(part.split()) for part in said if part)
            for secret in self._secrets:
                text = text.replace(secret, "***")
            raise PostgresFault(f"{self.place}: {text}", fault.sqlstate or "") from None
        except UnicodeEncodeError:
            raise PostgresFault(f"{self.place}: a text has a character that UTF-8 cannot write") from None


def _driver() -> Any:
    try:
        return importlib.import_module("psycopg")
    except ImportError as fault:
        hint = "pip install -r requirements.txt"
        raise PostgresFault(f"psycopg, the driver of PostgreSQL, cannot be loaded ({fault}): {hint}") from None


def _place(wanted: Mapping[str, Any]) -> str:
    """Where the database is, as it is said to the reader: without user and password."""
    host = wanted.get("host") or wanted.get("hostaddr") or "localhost"
    port = f":{wanted['port']}" if wanted.get("port") else ""
    name = wanted.get("dbname") or wanted.get("user") or ""
    return f"{host}{port}/{name}"
