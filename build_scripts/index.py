"""The word index. With postings.py the only module that knows Whoosh.

Reads   a Library (or an index made before, in a directory of this project's own making)
Writes  an Index: one part a language; finds provisions, gives postings and lengths for the export

Each language is a Whoosh index of its own, so that a language added changes no score of another. A document is a provision with
words of its own. Fields: `text` (stems), `heading` (stems of the article's heading), `exact` (words as written); for filters
`treaty` (its slug) and `place` (the numbers it is cited by); for spelling `headwords` (words of the heading as written).
Whoosh keeps its files as pickles: open only what this project wrote, and ship none of it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from heapq import nsmallest
from math import floor
from pathlib import Path
from typing import Any, Protocol

from whoosh import query, scoring
from whoosh.fields import ID, KEYWORD, STORED, Schema
from whoosh.filedb.filestore import FileStorage, Storage
from whoosh.matching import ListMatcher, WrappingMatcher
from whoosh.reading import IndexReader
from whoosh.searching import Searcher as WhooshSearcher
from whoosh.util.numeric import byte_to_length, length_to_byte

from .analyse import analyse
from .library import Library, article_of
from .model import Expression, Kind, Part, Provision
from .places import place_order, places_of
from .postings import FrequencyField, MemoryStorage, PositionsField, Words, Writer, blocks
from .titles import Titles

TEXT, HEADING, EXACT = "text", "heading", "exact"
TREATY, PLACE = "treaty", "place"
FIELDS = (TEXT, HEADING, EXACT)
HEADWORDS = "headwords"
B, K1 = 0.75, 1.2  # BM25F, as in Whoosh
MOST_SPELLED = 20_000  # words of a language that a misspelt word may have been meant as


@dataclass(frozen=True)
class Document:
    """A provision with words of its own, in one language, as it is stored.

    titles: the treaty's short title in each language of the reader; article: the eId of its article, "" outside the body;
    num, heading: the article's, as printed.
    lead: the numbers printed before its words, below the article's, outermost first, "" for a level without: with "2." the
    number of the paragraph too, where these are the paragraph's first words.
    """

    treaty: str
    titles: Mapping[str, str]
    eid: str
    lang: str
    article: str
    num: str
    heading: str
    lead: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Leaf:
    """Words to be found in a field: one, or several that stand in this order side by side. It scores: BM25F times `boost`."""

    field: str
    words: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True)
class Within:
    """Documents of a place, by any of its values; it scores nothing.

    field: TREATY (values are slugs) or PLACE (numbers of provisions as `places_of` gives them: 12, 12(1), 12(1)(e); each holds
    all that stands below it).
    """

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class And:
    """Documents of every part and of none of `without`; no parts: of all documents. The score is the sum of the parts'."""

    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Or:
    """Documents of any part; no parts: none. The score is the sum over the parts that have the document."""

    parts: tuple[Node, ...]


Node = Leaf | Within | And | Or
NOTHING = Or(())


@dataclass(frozen=True)
class Plan:
    """What to find. `optional` adds to the scores of what is found, and finds nothing itself.

    some: what to find where no language has anything for `wanted`; None where only all will do. It scores alone.
    """

    wanted: Node
    optional: tuple[Leaf, ...] = ()
    some: Node | None = None


@dataclass(frozen=True)
class Postings:
    """The documents of a word in a field, in their order, in columns of one length.

    frequencies: how often it stands in each; lengths: of the field, as Whoosh keeps them (the longer, the less exact);
    positions: in each, packed (pack.py), each as its distance from the one before; b"" for exact words.
    """

    docs: Sequence[int]
    frequencies: Sequence[int]
    lengths: Sequence[int]
    positions: Sequence[bytes]

    def part(self, begin: int, end: int) -> Postings:
        """Some of the rows."""
        return Postings(
            self.docs[begin:end], self.frequencies[begin:end], self.lengths[begin:end], self.positions[begin:end]
        )

    def is_as(self, other: Postings) -> bool:
        """Whether both are the same but for the positions."""
        return self.docs == other.docs and self.frequencies == other.frequencies and self.lengths == other.lengths


NO_POSTINGS = Postings((), (), (), ())


class LanguageIndex:
    """The index of one language. Documents are numbered from 0 in the order of the library."""

    def __init__(self, lang: str, searcher: WhooshSearcher):
        self.lang = lang
        self._searcher = searcher
        self._reader = searcher.reader()
        self._field_lengths: dict[str, array[int]] = {}

    @property
    def doc_count(self) -> int:
        return self._searcher.doc_count_all()

    def document(self, doc: int) -> Document:
        return Document(**self._searcher.stored_fields(doc)["document"])

    def average_length(self, field: str) -> float:
        """The length that BM25F compares a field's with."""
        return self._searcher.avg_field_length(field) or 1.0

    def words(self, field: str) -> Iterator[tuple[str, int]]:
        """All words of a field with the number of documents that have them, in the order of code points."""
        for raw, info in self._reader.iter_field(field):
            yield raw.decode("utf-8"), int(info.doc_frequency())

    def words_from(self, prefix: str) -> Iterator[tuple[str, int]]:
        """The exact words that begin with `prefix`, as `words` gives them."""
        for raw in self._reader.expand_prefix(EXACT, prefix):
            yield raw.decode("utf-8"), self._reader.doc_frequency(EXACT, raw)

    @cached_property
    def titles(self) -> Titles:
        """The treaties held in this language, in the order of the library."""
        firsts = sorted(next(self._reader.postings(TREATY, raw).all_ids()) for raw in self._reader.lexicon(TREATY))
        documents = [self.document(first) for first in firsts]
        return Titles({document.treaty: document.titles for document in documents})

    @cached_property
    def articles(self) -> tuple[str, ...]:
        """The numbers of all articles, in the order of numbers: 4, 12, 12-1."""
        places = (raw.decode("utf-8") for raw in self._reader.lexicon(PLACE))
        return tuple(sorted((place for place in places if "(" not in place), key=place_order))

    def places(self, article: str) -> tuple[str, ...]:
        """What stands below the articles of this number, as it is cited: 12(1), 12(1)(a) …"""
        found = [raw.decode("utf-8") for raw in self._reader.expand_prefix(PLACE, f"{article}(")]
        return tuple(sorted(found, key=place_order))

    def frequency(self, field: str, word: str) -> int:
        """How many documents have the word."""
        return int(self._reader.doc_frequency(field, word))

    def postings(self, field: str, word: str) -> Postings:
        """Raises whoosh.reading.TermNotFound when no document has the word."""
        docs: list[int] = []
        frequencies: list[int] = []
        positions: list[bytes] = []
        for block in blocks(self._reader.postings(field, word)):
            docs += block[0]
            frequencies += map(int, block[1])
            positions += block[2]
        lengths = self._lengths(field)
        return Postings(docs, frequencies, [lengths[doc] for doc in docs], positions)

    def _lengths(self, field: str) -> array[int]:
        """The length of a field in each document."""
        if field not in self._field_lengths:
            reader = self._reader
            self._field_lengths[field] = array("I", (reader.doc_field_length(doc, field) or 0 for doc in range(self.doc_count)))
        return self._field_lengths[field]

    def find(self, wanted: Node, optional: Sequence[Leaf] = (), most: int | None = None) -> list[tuple[int, float]]:
        """Documents of `wanted` with their scores, in the order of the documents; with `most`, only so many, the best."""
        asked = _query(wanted)
        if optional:
            asked = query.AndMaybe(asked, query.Or([_query(leaf) for leaf in optional]))
        found = sorted((hit.docnum, hit.score) for hit in self._searcher.search(asked, limit=None))
        return found if most is None else sorted(nsmallest(most, found, key=lambda row: (-rank(row[1]), row[0])))

    def count(self, wanted: Node) -> int:
        """How many documents `wanted` finds."""
        return len(self.find(wanted))


def rank(score: float) -> int:
    """The score as it is compared: equal where two only differ by the order in which floats were added."""
    return floor(score * 1e9 + 0.5)


class _Every(query.Every):
    """All documents, with a score of nothing: Whoosh's own gives each 1, whatever its boost."""

    def matcher(self, searcher: WhooshSearcher, context: object = None) -> WrappingMatcher:
        return WrappingMatcher(super().matcher(searcher, context), boost=0.0)


class _Within(query.Query):
    """The documents of a place, with a score of nothing. However many values it has, it is one list."""

    def __init__(self, within: Within):
        self._within = within

    def matcher(self, searcher: WhooshSearcher, context: object = None) -> WrappingMatcher:
        return WrappingMatcher(ListMatcher(self._ids(searcher.reader())), boost=0.0)

    def estimate_size(self, reader: IndexReader) -> int:
        return sum(reader.doc_frequency(self._within.field, value) for value in self._within.values)

    def _ids(self, reader: IndexReader) -> list[int]:
        field = self._within.field
        held = [value for value in self._within.values if (field, value) in reader]
        return sorted({doc for value in held for doc in reader.postings(field, value).all_ids()})


def _query(node: Node) -> query.Query:
    """`node` as Whoosh runs it.

    Whoosh's Or forgets documents that score nothing, DefaultOr keeps them. Its AndNot lets the first document through where the
    unwanted ones begin before it, Require of a Not does not.
    """
    if isinstance(node, Leaf):
        if len(node.words) == 1:
            return query.Term(node.field, node.words[0], boost=node.boost)
        return query.Phrase(node.field, list(node.words), boost=node.boost)
    if isinstance(node, Within):
        return _Within(node)
    parts = [_query(part) for part in node.parts]
    if isinstance(node, Or):
        scored = all(isinstance(part, Leaf) for part in node.parts)
        return query.Or(parts) if scored else query.DefaultOr(parts)
    wanted = query.And(parts) if parts else _Every()
    return query.Require(wanted, query.Not(query.DefaultOr([_query(part) for part in node.without]))) if node.without else wanted


class Worded(Protocol):
    """An index of one language, as far as its words go."""

    def words(self, field: str) -> Iterator[tuple[str, int]]: ...


def spellings(part: Worded) -> Iterator[tuple[str, int]]:
    """The commonest words as written in texts and headings, at most MOST_SPELLED, with the number of documents that have them.

    In the order of code points. The others would be most of what a misspelt word loads in the browser, and are seldom meant.
    """
    counts = dict(part.words(HEADWORDS))
    for word, frequency in part.words(EXACT):
        counts[word] = max(frequency, counts.get(word, 0))
    yield from sorted(nsmallest(MOST_SPELLED, counts.items(), key=lambda row: (-row[1], row[0])))


@dataclass(frozen=True)
class Index:
    """All languages held, in the order in which the library has them first."""

    parts: Mapping[str, LanguageIndex]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.parts)


def build_index(library: Library, directory: Path | None = None) -> Index:
    """The index of `library`, in `directory` (made if need be) or, without one, in memory. Treaties are taken one by one."""
    storage = _storage(directory)
    indexes: dict[str, Any] = {}
    writers: dict[str, Writer] = {}
    for document in documents_of(library):
        if document.lang not in writers:
            indexes[document.lang] = storage.create_index(_schema(), indexname=document.lang)
            writers[document.lang] = Writer(indexes[document.lang])
        _add(writers[document.lang], document)
    for writer in writers.values():
        writer.commit(optimize=True)
    if directory is not None:
        (directory / "languages").write_text("\n".join(writers), encoding="utf-8")
    return Index({lang: _part(lang, index) for lang, index in indexes.items()})


def open_index(directory: Path) -> Index:
    """The index that `build_index` made in `directory`. Raises FileNotFoundError when there is none."""
    languages = (directory / "languages").read_text(encoding="utf-8").split()
    storage = _storage(directory)
    return Index({lang: _part(lang, storage.open_index(indexname=lang)) for lang in languages})


def _storage(directory: Path | None) -> Storage:
    if directory is None:
        return MemoryStorage()
    directory.mkdir(parents=True, exist_ok=True)
    return FileStorage(str(directory))


def documents_of(library: Library) -> Iterator[Document]:
    """Every provision with words of its own, treaty by treaty, in each treaty language by language."""
    for treaty in library.treaties:
        for expression in treaty.expressions.values():
            yield from _documents(expression, treaty.data.short_title)


def kept_length(length: int) -> int:
    """The length of a field as Whoosh keeps it, in one byte: exact up to 10, then rounded up, 106,374 at most."""
    return int(byte_to_length(length_to_byte(length)))


def _documents(expression: Expression, titles: Mapping[str, str]) -> Iterator[Document]:
    for part in Part:
        for top in expression.parts.get(part, ()):
            for provision, lead in _with_leads(top, ()):
                article = article_of(expression, provision.eid)
                heading = article.heading.text if article and article.heading else ""
                yield Document(
                    expression.treaty, titles, provision.eid, expression.lang, article.eid if article else "",
                    article.num if article else "", heading, lead, provision.text,
                )


def _with_leads(provision: Provision, above: tuple[str, ...]) -> Iterator[tuple[Provision, tuple[str, ...]]]:
    """The provisions with words of their own, each with the numbers that stand before these words."""
    lead = above if provision.kind is Kind.ARTICLE else (*above, provision.num)
    if provision.text:
        yield provision, lead
        lead = ()
    for child in provision.children:
        yield from _with_leads(child, lead)
        lead = ()


def _add(writer: Writer, document: Document) -> None:
    stems, exacts = _words(document.text, document.lang)
    heading, headwords = _heading(document.heading, document.lang)
    writer.add_document(
        treaty=document.treaty, place=" ".join(places_of(document.eid)), document=vars(document),
        text=stems, exact=exacts, heading=heading, headwords=headwords,
    )


def _part(lang: str, index: object) -> LanguageIndex:
    return LanguageIndex(lang, index.searcher(weighting=scoring.BM25F(B=B, K1=K1)))  # type: ignore[attr-defined]


def _schema() -> Schema:
    return Schema(
        text=PositionsField(), heading=PositionsField(), exact=FrequencyField(), headwords=FrequencyField(), treaty=ID(),
        place=KEYWORD(), document=STORED(),
    )


def _words(text: str, lang: str) -> tuple[Words, Words]:
    """The stems of a text and its exact words, with their positions."""
    stems: dict[str, list[int]] = {}
    exacts: dict[str, list[int]] = {}
    for token in analyse(text, lang):
        for word, words in ((token.term, stems), (token.exact, exacts)):
            positions = words.setdefault(word, [])
            positions.append(token.position)
            if token.whole:  # it stands where its first part does
                positions.sort()
    return stems, exacts


@lru_cache(maxsize=256)
def _heading(text: str, lang: str) -> tuple[Words, Words]:
    """Kept for a moment: the provisions of an article have the same heading."""
    return _words(text, lang)
