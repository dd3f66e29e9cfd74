"""The index as script files for the browser.

Reads   an Index
Writes  search-data/meta.js and, in a folder for each language, what the list below says

Each file is one call, `Kelisim.searchData(name, value)`, and is loaded when a query needs it. However large the corpus, a query
loads little: words stand in their order, cut into leaves of about the same size (leaves.py), the postings of a common word in
pieces of their own, documents in small blocks, and each treaty has a file. The bytes depend on the texts only: everything is
sorted, nothing is taken from Whoosh's files as they are.

    terms-N       {word: postings in text, heading, exact}, the leaves of `terms`
    positions-N   {word: positions in text, heading}, for the same words
    pieces-N      a part of long postings; piece-positions-N, the positions in the same documents
    beginnings-N  {beginning: its commonest words, numbers of their documents}, for beginnings of many words
    documents-N   BLOCK documents, the data of their treaties and articles once
    treaty-N      a treaty: slug, titles, the first document of each of its articles
    slugs-N       {slug: number of the treaty}
    starts        the first document of each treaty
    words-N       words as written of N letters, for suggestions, and the numbers of their documents

Numbers stand in strings (pack.py). Postings of a word in a field: for each document the distance from the one before, doubled,
plus 1 where a frequency other than 1 follows; that frequency; the field's length. Long ones: [documents, the first of its
pieces, the first document of each piece as distances]; each piece begins at document 0. Where exact postings are the same as
those in the text, SAME stands for them. Positions: for each document as many distances as its frequency says.
"""

from __future__ import annotations

import heapq
import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from os.path import commonprefix
from pathlib import Path
from typing import Any

from . import clauses, grammar, numerals, query, search, snippet, suggest
from .analyse import LONGEST, TABLES
from .index import EXACT, FIELDS, HEADING, K1, NO_POSTINGS, TEXT, B, Document, Index, LanguageIndex, Postings, spellings
from .leaves import LeafWriter, order, write_data, write_leaves
from .pack import DIGITS, packed, packed_distances
from .places import LONGEST as LONGEST_PLACE
from .suggest import is_suggestible
from .unnumbered import names

LEAF = 10_000  # characters of a leaf, about
LONG = 1_500  # documents of a word whose postings still stand in a leaf
PIECE = 4_000  # documents of a piece of long postings
BLOCK = 8  # documents of a documents file
MANY = 1_000  # words with a beginning that has its commonest ones listed
SAME = "="
MOST_SHARED = 31  # letters that a word takes from the one before it, so that their number is a digit


def export(index: Index, out_dir: Path) -> None:
    """Write the files of `index` to `out_dir`, which is made anew."""
    if out_dir.exists():
        shutil.rmtree(out_dir)
    out_dir.mkdir(parents=True)
    languages = {lang: _Exporter(part, out_dir).export() for lang, part in index.parts.items()}
    write_data(out_dir, "meta", {**_rules(), "order": list(index.languages), "languages": languages})


def _rules() -> dict[str, Any]:
    """What the browser must do as Python does: tables of the analysis, limits, factors."""
    return {
        "analysis": TABLES,
        "longestWord": LONGEST,
        "grammar": {**grammar.TABLES, "longestQuery": grammar.LONGEST_QUERY, "mostDepth": grammar.MOST_DEPTH,
                    "longestOperator": grammar.LONGEST_OPERATOR},
        "numerals": numerals.TABLES,
        "unnumbered": names(),
        "longestNumber": clauses.LONGEST_NUMBER,
        "longestPhrase": clauses.LONGEST_PHRASE,
        "mostClauses": query.MOST_CLAUSES,
        "mostWords": query.MOST_WORDS,
        "mostSpellings": query.MOST_SPELLINGS,
        "longestPlace": LONGEST_PLACE,
        "mostKnown": search.MOST_KNOWN,
        "boosts": {TEXT: 1, HEADING: query.HEADING_BOOST, EXACT: query.EXACT_BOOST},
        "numberBoost": query.NUMBER_BOOST,
        "neighbourBoost": query.NEIGHBOUR_BOOST,
        "b": B,
        "k1": K1,
        "block": BLOCK,
        "cited": search.CITED,
        "enough": search.ENOUGH,
        "snippet": {"width": snippet.WIDTH, "lead": snippet.LEAD},
        "suggest": {
            "missing": suggest.MISSING, "doubled": suggest.DOUBLED, "swapped": suggest.SWAPPED, "extra": suggest.EXTRA,
            "wrong": suggest.WRONG, "near": suggest.NEAR, "slip": suggest.SLIP, "shortest": suggest.SHORTEST,
            "beginning": suggest.BEGINNING, "shorter": suggest.SHORTER, "longer": suggest.LONGER, "most": suggest.MOST,
            "letter": suggest.LETTER, "farthest": suggest.FARTHEST, "longer_word": suggest.LONGER_WORD,
        },
    }


class _Exporter:
    """Writes the files of one language."""

    def __init__(self, part: LanguageIndex, out_dir: Path):
        self._part = part
        self._out_dir = out_dir
        self._pieces = 0

    def export(self) -> dict[str, Any]:
        """Write them. Gives what meta.js says of the language."""
        self._write_documents()
        return {
            "documents": self._part.doc_count,
            "averages": {name: self._part.average_length(name) for name in FIELDS},
            "trees": {"terms": self._write_terms(), "beginnings": self._write_beginnings(), "slugs": self._write_treaties()},
            "lengths": self._write_words(),
        }

    def _write(self, name: str, value: Any) -> None:
        write_data(self._out_dir, f"{self._part.lang}/{name}", value)

    def _write_terms(self) -> dict[str, Any]:
        lang = self._part.lang
        leaves = LeafWriter(self._out_dir, f"{lang}/terms-branch", (f"{lang}/terms", f"{lang}/positions"), LEAF)
        held = {name: {word for word, _ in self._part.words(name)} for name in FIELDS}
        for word in sorted(set().union(*held.values()), key=order):
            text, heading, exact = (self._part.postings(name, word) if word in held[name] else NO_POSTINGS for name in FIELDS)
            terms = [self._entry(text), self._entry(heading), SAME if exact.docs and exact.is_as(text) else self._entry(exact)]
            positions = [_packed_positions(one) if len(one.docs) <= LONG else "" for one in (text, heading)]
            size = sum(len(entry) for entry in terms if isinstance(entry, str))
            leaves.add(word, [terms, positions if any(positions) else None], size)
        return leaves.finish()

    def _entry(self, postings: Postings) -> str | list[Any]:
        """What stands in a leaf for postings in a field; long ones are written to pieces."""
        if len(postings.docs) <= LONG:
            return _packed_postings(postings)
        first = self._pieces
        pieces = [postings.part(begin, begin + PIECE) for begin in range(0, len(postings.docs), PIECE)]
        for piece in pieces:
            self._write(f"pieces-{self._pieces}", _packed_postings(piece))
            if any(piece.positions):
                self._write(f"piece-positions-{self._pieces}", _packed_positions(piece))
            self._pieces += 1
        return [len(postings.docs), first, packed_distances(piece.docs[0] for piece in pieces)]

    def _write_beginnings(self) -> dict[str, Any]:
        rows = sorted(_beginnings(list(self._part.words(EXACT)), 1), key=lambda row: order(row[0]))
        name = f"{self._part.lang}/beginnings"
        return write_leaves(self._out_dir, name, ((beginning, value, len(value[0])) for beginning, value in rows), LEAF)

    def _write_documents(self) -> None:
        count = self._part.doc_count
        for begin in range(0, count, BLOCK):
            documents = map(self._part.document, range(begin, min(begin + BLOCK, count)))
            self._write(f"documents-{begin // BLOCK}", _block(documents))

    def _write_treaties(self) -> dict[str, Any]:
        """A file for each treaty, where they begin, and their numbers by slug. Gives the root of the slugs."""
        documents = map(self._part.document, range(self._part.doc_count))
        starts: list[int] = []
        numbers: dict[str, int] = {}
        for number, (slug, rows) in enumerate(groupby(enumerate(documents), key=lambda row: row[1].treaty)):
            places: dict[str, int] = {}
            for doc, document in rows:
                places.setdefault(document.eid.split("__")[0], doc)
            self._write(f"treaty-{number}", [slug, dict(document.titles), places])
            starts.append(min(places.values()))
            numbers[slug] = number
        self._write("starts", packed_distances(starts))
        leaves = ((slug, numbers[slug], 4) for slug in sorted(numbers, key=order))
        return write_leaves(self._out_dir, f"{self._part.lang}/slugs", leaves, LEAF)

    def _write_words(self) -> list[int]:
        """Files of words as written by length, for suggestions. Gives the lengths there are."""
        by_length: dict[int, list[tuple[str, int]]] = {}
        for word, frequency in spellings(self._part):
            if is_suggestible(word):
                by_length.setdefault(len(word), []).append((word, frequency))
        for length, words in by_length.items():
            value = [_front_coded(word for word, _ in words), packed(frequency for _, frequency in words)]
            self._write(f"words-{length}", value)
        return sorted(by_length)


def _beginnings(words: Sequence[tuple[str, int]], length: int) -> Iterator[tuple[str, list[str]]]:
    """Beginnings of `length` letters and more that many of the sorted words have, each with its commonest words."""
    for beginning, group in groupby(words, key=lambda row: row[0][:length]):
        found = list(group)
        if len(found) >= MANY and len(beginning) == length:
            # one more than a query takes, so that it can say that there are more
            commonest = heapq.nsmallest(query.MOST_WORDS + 1, found, key=lambda row: (-row[1], order(row[0])))
            yield beginning, [" ".join(word for word, _ in commonest), packed(count for _, count in commonest)]
            yield from _beginnings(found, length + 1)


def _front_coded(words: Iterable[str]) -> str:
    """Sorted words in one string: of each, how many UTF-16 units it shares with the one before, as a digit, and the rest."""
    coded: list[str] = []
    last = ""
    for word in words:
        shared = commonprefix([last, word])[:MOST_SHARED]
        coded.append(DIGITS[len(shared.encode("utf-16-le")) // 2] + word[len(shared) :])
        last = word
    return " ".join(coded)


def _block(documents: Iterable[Document]) -> dict[str, Any]:
    """What a documents file holds: [number of the article, eId, numbers before the words, words] for each document."""
    treaties: dict[str, list[Any]] = {}
    articles: dict[tuple[str, str], list[Any]] = {}
    rows: list[list[Any]] = []
    for document in documents:
        treaties.setdefault(document.treaty, [document.treaty, dict(document.titles)])
        article = (document.treaty, document.article)
        articles.setdefault(article, [list(treaties).index(document.treaty), document.article, document.num, document.heading])
        rows.append([list(articles).index(article), document.eid, list(document.lead), document.text])
    return {"treaties": list(treaties.values()), "articles": list(articles.values()), "rows": rows}


def _packed_postings(postings: Postings) -> str:
    numbers: list[int] = []
    last = 0
    for doc, frequency, length in zip(postings.docs, postings.frequencies, postings.lengths):
        distance = 2 * (doc - last)
        numbers += (distance, length) if frequency == 1 else (distance + 1, frequency, length)
        last = doc
    return packed(numbers)


def _packed_positions(postings: Postings) -> str:
    return b"".join(postings.positions).decode("ascii")
