"""An index in PostgreSQL, for search.py in place of Whoosh's.

Reads   the schema that write.py made
Writes  documents and their scores: the same documents, and up to a billionth the same scores, as Whoosh has
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from ..index import EXACT, FIELDS, Document, Leaf, Node
from .connect import PostgresFault, Session
from .state import SCHEMA, lock_key, readable_state
from .statement import Statistics, condition, score

TIME_LIMIT = "60s"  # that one statement may take
MOST_KEPT = 10_000
_DOCUMENT = "p.treaty, p.eid, p.article, p.num, p.heading, p.lead, p.text"


class PostgresPart:
    """The index of one language, as index.LanguageIndex. Documents are numbered from 0 in the order of the library."""

    def __init__(self, index: PostgresIndex, lang: str, documents: int, averages: dict[str, float], has_long: bool):
        self.lang = lang
        self.doc_count = documents
        self._index = index
        self._kept: dict[int, Document] = {}
        self._statistics = Statistics(documents, averages, lru_cache(maxsize=MOST_KEPT)(self._frequency), has_long)

    def document(self, doc: int) -> Document:
        """Raises IndexError when there is none of that number."""
        if doc not in self._kept:
            found = self._index.rows(
                f"SELECT p.doc, {_DOCUMENT} FROM {{0}}.provisions p WHERE p.lang = %s AND p.doc = %s", self.lang, doc
            )
            if not found:
                raise IndexError(doc)
            self._keep(found)
        return self._kept[doc]

    def words(self, field: str) -> Iterator[tuple[str, int]]:
        """All words of a field with the number of documents that have them, in the order of code points."""
        yield from self._index.rows(
            "SELECT word, documents FROM {0}.words WHERE lang = %s AND field = %s ORDER BY word", self.lang, field
        )

    def words_from(self, prefix: str) -> Iterator[tuple[str, int]]:
        """The exact words that begin with `prefix`, as `words` gives them."""
        yield from self._index.rows(
            "SELECT word, documents FROM {0}.words WHERE lang = %s AND field = %s AND word ^@ %s AND word >= %s ORDER BY word",
            self.lang, EXACT, prefix, prefix,
        )

    def frequency(self, field: str, word: str) -> int:
        """How many documents have the word."""
        return self._statistics.frequency(field, word)[0]

    def _frequency(self, field: str, word: str) -> tuple[int, int]:
        """How many documents have the word, and how often one has it at most."""
        found = self._index.rows(
            "SELECT documents, most FROM {0}.words WHERE lang = %s AND field = %s AND word = %s", self.lang, field, word
        )
        return (int(found[0][0]), int(found[0][1])) if found else (0, 0)

    def find(self, wanted: Node, optional: Sequence[Leaf] = (), most: int | None = None) -> list[tuple[int, float]]:
        """Documents of `wanted` with their scores, in the order of the documents; with `most`, only so many, the best."""
        where = condition(wanted, self._statistics)
        if where is None or most == 0:
            return []
        total = score(wanted, optional, self._statistics)
        columns, best = "p.doc", ""
        if most is not None:
            columns, best = f"p.doc, {_DOCUMENT}", f"ORDER BY rank DESC, p.doc LIMIT {int(most)}"
        found = self._index.rows(
            f"SELECT floor({total.text} * 1e9::float8 + 0.5::float8) AS rank, {columns} FROM {{0}}.provisions p "
            f"WHERE p.lang = %s AND {where.text} {best}",
            *total.values, self.lang, *where.values,
        )
        if most is not None:
            self._keep([row[1:] for row in found])
        return sorted((row[1], row[0] / 1e9) for row in found)

    def _keep(self, found: Sequence[tuple[Any, ...]]) -> None:
        """What was read, so that showing hits asks no more."""
        if len(self._kept) > MOST_KEPT:
            self._kept.clear()
        for doc, treaty, eid, article, num, heading, lead, text in found:
            titles = self._index.titles[treaty]
            self._kept[doc] = Document(treaty, titles, eid, self.lang, article, num, heading, tuple(lead), text)


class PostgresIndex:
    """All languages held. As long as it is open, what it reads is not dropped by who makes the index anew.

    digest: rows.digest_of the documents it was made from.
    """

    def __init__(self, url: str):
        """Raises PostgresFault when there is no server, no index, or one that this program cannot read."""
        self._session = Session(url, read_only=True)
        try:
            self._open()
        except PostgresFault:
            self.close()
            raise

    def _open(self) -> None:
        self._session.run(f"SET statement_timeout = '{TIME_LIMIT}'")
        self._session.run("SET enable_partitionwise_aggregate = on")
        state = self._locked()
        self._schema = f"{SCHEMA}_{state['token']}"
        self.digest = state.get("digest", "")
        totals = ", ".join(f"{name}_total" for name in FIELDS)
        self.parts: Mapping[str, PostgresPart] = {
            lang: PostgresPart(
                self, lang, documents, {name: sum_ / (documents or 1) or 1.0 for name, sum_ in zip(FIELDS, sums)}, long > 0
            )
            for lang, documents, long, *sums in self.rows(
                f"SELECT lang, documents, long, {totals} FROM {{0}}.languages ORDER BY place"
            )
        }

    def _locked(self) -> Mapping[str, str]:
        """The state of the index that is read now, locked: it may be another one between the question and the lock."""
        state = readable_state(self._session)
        while True:
            self._session.rows("SELECT pg_advisory_lock_shared(%s)", lock_key(state["token"]))
            again = readable_state(self._session)
            if again["token"] == state["token"]:
                return again
            self._session.rows("SELECT pg_advisory_unlock_shared(%s)", lock_key(state["token"]))
            state = again

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.parts)

    @cached_property
    def titles(self) -> Mapping[str, Mapping[str, str]]:
        """The short titles of each treaty, in each language of the reader."""
        return dict(self.rows("SELECT treaty, titles FROM {0}.treaties ORDER BY place"))

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query gives; {0} stands for the schema."""
        return self._session.rows(statement.replace("{0}", self._schema), *values)

    def close(self) -> None:
        self._session.close()
