"""An index in PostgreSQL, for search.py in place of Whoosh's.

Reads   the schema that write.py made
Writes  documents and their scores: the same documents, and up to a billionth the same scores, as Whoosh has
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from ..index import EXACT, FIELDS, PLACE, Document, Leaf, Node, Or
from ..places import place_order
from ..titles import Titles
from .connect import PostgresFault, Session
from .state import SCHEMA, lock_key, readable_state
from .statement import Asking, Sql, Statistics, can_be_held, words_in

TIME_LIMIT = "60s"  # that one statement may take
MOST_KEPT = 10_000
LAST_CHARACTER = "\U0010ffff"
_DOCUMENT = "p.doc, p.treaty, p.eid, p.article, p.num, p.heading, p.lead, p.text"
_RANK = "floor({0} * 1e9::float8 + 0.5::float8)"  # as index.rank


class PostgresPart:
    """The index of one language, as index.LanguageIndex. Documents are numbered from 0 in the order of the library."""

    def __init__(self, index: PostgresIndex, lang: str, documents: int, averages: Mapping[str, float], has_long: bool):
        self.lang = lang
        self.doc_count = documents
        self._index = index
        self._averages = averages
        self._has_long = has_long
        self._documents: dict[int, Document] = {}
        self._frequencies: dict[tuple[str, str], tuple[int, int]] = {}

    @cached_property
    def titles(self) -> Titles:
        """The treaties held in this language, in the order of the library."""
        return Titles(dict(self._index.rows(
            "SELECT treaty, titles FROM {0}.treaties WHERE %s = ANY(languages) ORDER BY place", self.lang
        )))

    @cached_property
    def articles(self) -> tuple[str, ...]:
        """The numbers of all articles, in the order of numbers: 4, 12, 12-1."""
        return tuple(sorted((place for place, _ in self.words(PLACE) if "(" not in place), key=place_order))

    def places(self, article: str) -> tuple[str, ...]:
        """What stands below the articles of this number, as it is cited: 12(1), 12(1)(a) …"""
        return tuple(sorted((place for place, _ in self._words_from(PLACE, f"{article}(")), key=place_order))

    def document(self, doc: int) -> Document:
        """Raises IndexError when there is none of that number."""
        if doc not in self._documents:
            self._keep(self._index.rows(
                f"SELECT {_DOCUMENT} FROM {{0}}.provisions p WHERE p.lang = %s AND p.doc = %s", self.lang, doc
            ))
        if doc not in self._documents:
            raise IndexError(doc)
        return self._documents[doc]

    def words(self, field: str) -> Iterator[tuple[str, int]]:
        """All words of a field with the number of documents that have them, in the order of code points."""
        yield from self._index.rows(
            "SELECT word, documents FROM {0}.words WHERE lang = %s AND field = %s ORDER BY word", self.lang, field
        )

    def words_from(self, prefix: str) -> Iterator[tuple[str, int]]:
        """The exact words that begin with `prefix`, as `words` gives them."""
        return self._words_from(EXACT, prefix)

    def _words_from(self, field: str, prefix: str) -> Iterator[tuple[str, int]]:
        if not prefix or can_be_held(prefix):
            yield from self._index.rows(
                "SELECT word, documents FROM {0}.words "
                "WHERE lang = %s AND field = %s AND word >= %s AND word < %s ORDER BY word",
                self.lang, field, prefix, prefix + LAST_CHARACTER,
            )

    def frequency(self, field: str, word: str) -> int:
        """How many documents have the word."""
        return self._known([(field, word)]).get((field, word), (0, 0))[0]

    def find(self, wanted: Node, optional: Sequence[Leaf] = (), most: int | None = None) -> list[tuple[int, float]]:
        """Documents of `wanted` with their scores, in the order of the documents; with `most`, only so many, the best."""
        asking = self._asking(wanted, optional)
        where = asking.condition(wanted)
        if where is None or most == 0:
            return []
        rank = asking.score(wanted, optional)
        rank = Sql(_RANK.replace("{0}", rank.text), rank.values)
        if most is None:
            found = self._index.select_all(rank, self.lang, where)
        else:
            found = self._index.select_best(rank, self.lang, where, most)
            self._keep([row[1:] for row in found])
        return sorted((row[1], row[0] / 1e9) for row in found)

    def count(self, wanted: Node) -> int:
        """How many documents `wanted` finds."""
        where = self._asking(wanted, ()).condition(wanted)
        return 0 if where is None else self._index.count(self.lang, where)

    def _asking(self, wanted: Node, optional: Sequence[Leaf]) -> Asking:
        words = set(words_in(Or((wanted, *optional))))
        return Asking(Statistics(self.doc_count, self._averages, self._known(words), self._has_long))

    def _known(self, words: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, int]]:
        """Of the words that there are: how many documents have them, and how often one has them at most."""
        asked = [pair for pair in words if can_be_held(pair[1])]
        new = [pair for pair in asked if pair not in self._frequencies]
        if len(self._frequencies) > MOST_KEPT:
            self._frequencies.clear()
            new = asked
        if new:
            found = self._index.rows(
                "SELECT field, word, documents, most FROM {0}.words "
                "WHERE lang = %s AND (field, word) IN (SELECT * FROM unnest(%s::text[], %s::text[]))",
                self.lang, [field for field, _ in new], [word for _, word in new],
            )
            self._frequencies.update(dict.fromkeys(new, (0, 0)))
            self._frequencies.update({(field, word): (documents, most) for field, word, documents, most in found})
        return {pair: self._frequencies[pair] for pair in asked if self._frequencies[pair][0]}

    def _keep(self, found: Sequence[tuple[Any, ...]]) -> None:
        """What was read, so that showing hits asks no more."""
        if len(self._documents) > MOST_KEPT:
            self._documents.clear()
        for doc, treaty, eid, article, num, heading, lead, text in found:
            titles = self.titles.titles[treaty]
            self._documents[doc] = Document(treaty, titles, eid, self.lang, article, num, heading, tuple(lead), text)


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
        self._session.run("SET jit = off")  # it takes longer than what it speeds up
        state = self._locked()
        self._schema = f"{SCHEMA}_{state['token']}"
        self._shards = len(state["shards"].splitlines())
        self.digest = state["digest"]
        totals = ", ".join(f"{name}_total" for name in FIELDS)
        found = self.rows(f"SELECT lang, documents, long, {totals} FROM {{0}}.languages ORDER BY place")
        self.parts: Mapping[str, PostgresPart] = {
            lang: PostgresPart(
                self, lang, documents, {name: total / documents or 1.0 for name, total in zip(FIELDS, totals)}, long > 0
            )
            for lang, documents, long, *totals in found
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

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query gives; {0} stands for the schema."""
        return self._session.rows(statement.replace("{0}", self._schema), *values)

    def select_all(self, rank: Sql, lang: str, where: Sql) -> list[tuple[Any, ...]]:
        """Rank and number of all documents that a condition holds for."""
        return self.rows(
            f"SELECT {rank.text} AS rank, p.doc FROM {{0}}.provisions p WHERE p.lang = %s AND {where.text}",
            *rank.values, lang, *where.values,
        )

    def select_best(self, rank: Sql, lang: str, where: Sql, most: int) -> list[tuple[Any, ...]]:
        """Rank and columns of the best documents.

        Each shard is asked for its best: so it sorts them itself, and no others are sent. OFFSET 0 keeps the shards apart from
        what sorts them in the end; without it they would be asked one after the other.
        """
        one = (
            f"(SELECT {rank.text} AS rank, {_DOCUMENT} FROM {{0}}.provisions_{{1}} p WHERE p.lang = %s AND {where.text} "
            f"ORDER BY rank DESC, p.doc LIMIT %s)"
        )
        asked, values = self._of_each_shard(one, (*rank.values, lang, *where.values, most))
        if not self._shards:
            return self.rows(asked, *values)
        return self.rows(
            f"SELECT * FROM (SELECT * FROM ({asked}) u OFFSET 0) v ORDER BY rank DESC, doc LIMIT %s", *values, most
        )

    def count(self, lang: str, where: Sql) -> int:
        """How many documents a condition holds for."""
        one = f"SELECT count(*) AS n FROM {{0}}.provisions_{{1}} p WHERE p.lang = %s AND {where.text}"
        asked, values = self._of_each_shard(one, (lang, *where.values))
        (found,), = self.rows(f"SELECT sum(n) FROM ({asked}) c", *values)
        return int(found)

    def _of_each_shard(self, one: str, values: tuple[object, ...]) -> tuple[str, tuple[object, ...]]:
        """A query for each shard, as one; {1} stands for the number of the shard."""
        shards = range(self._shards + 1)
        return " UNION ALL ".join(one.replace("{1}", str(number)) for number in shards), values * len(shards)

    def close(self) -> None:
        self._session.close()
