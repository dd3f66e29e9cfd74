"""The index as script files for the browser.

Reads   an Index
Writes  search-data/meta.js and, a language, <lang>/terms-N.js, positions-N.js, documents-N.js, words-N.js, treaty-SLUG.js,
        starts.js, slugs.js

Each file is one call, `Kelisim.searchData(name, value)`, and is loaded when a query needs it: the words of an index stand in
their order, cut into shards of about the same size, so that a word, and the words that begin like it, stand in one or two
files; documents stand in blocks. The bytes depend on the texts only: everything is sorted, nothing is taken from Whoosh's
files as they are.

Numbers stand in strings, five bits a character, lowest first, the sixth bit set where more follow (`packed`). Postings of a
word in a field: for each document the distance from the one before, doubled, plus 1 where a frequency other than 1 follows;
that frequency; the field's length. Positions: for each document as many distances as its frequency says.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import clauses, grammar, numerals, query, search, snippet, suggest
from .analyse import LONGEST, TABLES
from .index import EXACT, FIELDS, HEADING, K1, TEXT, B, Index, LanguageIndex, Posting
from .places import LONGEST as LONGEST_PLACE
from .suggest import is_suggestible

SHARD = 24_000  # characters of a terms file, about
BLOCK = 32  # documents of a documents file
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass
class _Shard:
    """Some of the words, with their postings and positions a field."""

    first: str
    terms: dict[str, list[str]] = field(default_factory=dict)
    positions: dict[str, list[str]] = field(default_factory=dict)
    size: int = 0


def export(index: Index, out_dir: Path) -> None:
    """Write the files of `index` to `out_dir`, which is made anew."""
    if out_dir.exists():
        shutil.rmtree(out_dir)
    out_dir.mkdir(parents=True)
    languages = {lang: _export_language(part, out_dir) for lang, part in index.parts.items()}
    write_data(out_dir, "meta", {**_rules(), "order": list(index.languages), "languages": languages})


def packed(numbers: Iterable[int]) -> str:
    """Numbers from 0 up as a string."""
    out: list[str] = []
    for number in numbers:
        while number >= 32:
            out.append(DIGITS[32 + number % 32])
            number //= 32
        out.append(DIGITS[number])
    return "".join(out)


def _rules() -> dict[str, Any]:
    """What the browser must do as Python does: tables of the analysis, limits, factors."""
    return {
        "analysis": TABLES,
        "longestWord": LONGEST,
        "grammar": {**grammar.TABLES, "longestQuery": grammar.LONGEST_QUERY, "mostDepth": grammar.MOST_DEPTH,
                    "longestOperator": grammar.LONGEST_OPERATOR},
        "numerals": numerals.TABLES,
        "longestNumber": clauses.LONGEST_NUMBER,
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
        },
    }


def _export_language(part: LanguageIndex, out_dir: Path) -> dict[str, Any]:
    """Write the files of one language. Gives what meta.js says of it."""
    shards = list(_shards(part))
    for number, shard in enumerate(shards):
        write_data(out_dir, f"{part.lang}/terms-{number}", shard.terms)
        write_data(out_dir, f"{part.lang}/positions-{number}", shard.positions)
    _write_documents(part, out_dir)
    return {
        "documents": part.doc_count,
        "averages": {name: part.average_length(name) for name in FIELDS},
        "shards": [shard.first for shard in shards],
        "lengths": _write_words(part, out_dir),
    }


def _order(word: str) -> bytes:
    """The order of words in the browser, where strings are compared by UTF-16 units."""
    return word.encode("utf-16-be")


def _shards(part: LanguageIndex) -> Iterator[_Shard]:
    held = {name: {word for word, _ in part.words(name)} for name in FIELDS}
    shard: _Shard | None = None
    for word in sorted(set().union(*held.values()), key=_order):
        if shard is None or shard.size >= SHARD:
            if shard is not None:
                yield shard
            shard = _Shard(word)
        postings = {name: list(part.postings(name, word)) if word in held[name] else [] for name in FIELDS}
        shard.terms[word] = [_packed_postings(postings[name]) for name in FIELDS]
        shard.positions[word] = [_packed_positions(postings[name]) for name in (TEXT, HEADING)]
        shard.size += len(word) + sum(map(len, shard.terms[word]))
    if shard is not None:
        yield shard


def _packed_postings(postings: Sequence[Posting]) -> str:
    numbers: list[int] = []
    last = 0
    for posting in postings:
        distance = 2 * (posting.doc - last)
        numbers += [distance, posting.length] if posting.frequency == 1 else [distance + 1, posting.frequency, posting.length]
        last = posting.doc
    return packed(numbers)


def _packed_positions(postings: Sequence[Posting]) -> str:
    return packed(
        after - before
        for posting in postings
        for before, after in zip((0, *posting.positions), posting.positions)
    )


def _write_documents(part: LanguageIndex, out_dir: Path) -> None:
    """Blocks of documents, each article's data once a block; where the treaties begin, and in each its articles."""
    starts: list[tuple[int, str]] = []
    places: dict[str, dict[str, int]] = {}
    for begin in range(0, part.doc_count, BLOCK):
        articles: dict[tuple[str, str], int] = {}
        data: list[list[Any]] = []
        rows: list[list[Any]] = []
        for number in range(begin, min(begin + BLOCK, part.doc_count)):
            document = part.document(number)
            if not starts or starts[-1][1] != document.treaty:
                starts.append((number, document.treaty))
            article = (document.treaty, document.article)
            if article not in articles:
                articles[article] = len(articles)
                data.append([document.treaty, dict(document.titles), document.article, document.num, document.heading])
            rows.append([articles[article], document.eid, list(document.lead), document.text])
            places.setdefault(document.treaty, {}).setdefault(document.eid.split("__")[0], number)
        write_data(out_dir, f"{part.lang}/documents-{begin // BLOCK}", {"articles": data, "rows": rows})
    for treaty, firsts in places.items():
        write_data(out_dir, f"{part.lang}/treaty-{treaty}", firsts)
    numbers = [number for number, _ in starts]
    write_data(out_dir, f"{part.lang}/starts", packed(after - before for before, after in zip([0, *numbers], numbers)))
    write_data(out_dir, f"{part.lang}/slugs", [slug for _, slug in starts])


def _write_words(part: LanguageIndex, out_dir: Path) -> list[int]:
    """Files of words as written by length, for suggestions. Gives the lengths there are."""
    by_length: dict[int, list[tuple[str, int]]] = {}
    for word, frequency in part.spellings():
        if is_suggestible(word):
            by_length.setdefault(len(word), []).append((word, frequency))
    for length, words in by_length.items():
        value = [" ".join(word for word, _ in words), packed(frequency for _, frequency in words)]
        write_data(out_dir, f"{part.lang}/words-{length}", value)
    return sorted(by_length)


def write_data(out_dir: Path, name: str, value: Any) -> None:
    """Write one file of the index: `value` under `name`."""
    path = out_dir / f"{name}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    data = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path.write_bytes(f'Kelisim.searchData("{name}",{data});\n'.encode())
