"""Provisions as rows of the table `provisions`, and what the tables of words and languages hold.

Reads   documents, as index.py makes them of a library; their tokens, as analyse.py makes them
Writes  rows, and a count of all words

The column `words` has all words of a row in one tsvector, made of our own tokens, never by PostgreSQL's parser. Each word has
the letter of its field before it: `t:` a stem of the text, `h:` a stem of the heading, `e:` a word as written, `r:` the treaty's
slug, `p:` a number that the provision is cited by. Stems have positions, counted from 1.

The column `frequencies` has the words that stand in a row more than once, in another tsvector: for a word that stands there
1 + 2 + 8 times, `t:word+2` and `t:word+8`. (A number would be simpler, but what asks for it would not be sent to another server.)

A tsvector cannot hold everything: no position above 16383, no more than 255 positions of a word, no more than 1 MB. A row that
would need more is a long row: its `words` have no positions (or, above 1 MB, are EVERYTHING alone), it has no `frequencies`, and
`places` has what is true: all words of each position, from which phrases and frequencies are read.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ..analyse import Token, analyse
from ..index import EXACT, FIELDS, HEADING, HEADWORDS, PLACE, TEXT, TREATY, Document, kept_length
from ..places import places_of

LETTERS = {TEXT: "t:", HEADING: "h:", EXACT: "e:", TREATY: "r:", PLACE: "p:"}
EVERYTHING = "*"  # the one word of a row whose words do not fit
LAST_POSITION = 16_382
MOST_POSITIONS = 255
MOST_BYTES = 1_000_000
COLUMNS = (
    "shard", "lang", "doc", "treaty", "eid", "article", "num", "heading", "lead", "text",
    "words", "frequencies", "places", "text_length", "heading_length", "exact_length",
)
COUNTED = (*FIELDS, PLACE, HEADWORDS)
Row = tuple[object, ...]
Positions = Mapping[str, Mapping[str, Sequence[int]]]  # field -> word -> where it stands


@dataclass
class Counted:
    """What is counted of one language while its rows are made.

    long: long rows; totals: tokens a field; words: documents a word, by its field; most: how often a word stands in a document at
    most, where that is more than once.
    """

    documents: int = 0
    long: int = 0
    totals: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    words: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in COUNTED})
    most: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in COUNTED})


@dataclass
class TreatyKept:
    """The number of the shard that a treaty is kept in, its short titles, and the languages it is held in."""

    shard: int
    titles: Mapping[str, str]
    languages: list[str] = field(default_factory=list)


class Digest:
    """SHA-256 of documents, by which is known whether an index was made from the same texts."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, document: Document) -> None:
        self._digest.update(repr(document).encode() + b"\n")

    def __str__(self) -> str:
        return self._digest.hexdigest()


def digest_of(documents: Iterable[Document]) -> str:
    """The digest of all `documents`."""
    digest = Digest()
    for document in documents:
        digest.add(document)
    return str(digest)


@dataclass
class Tally:
    """What is counted while rows are made.

    shards: rows of each; treaties: by slug, in their order; digest: of all documents.
    """

    shards: list[int]
    languages: dict[str, Counted] = field(default_factory=dict)
    treaties: dict[str, TreatyKept] = field(default_factory=dict)
    digest: Digest = field(default_factory=Digest)

    @property
    def documents(self) -> int:
        return sum(self.shards)


def rows(documents: Iterable[Document], tally: Tally) -> Iterator[tuple[int, Row]]:
    """The number of the shard and the row of each document.

    A treaty stays in one piece, in the shard that has the fewest rows when its first provision comes.
    """
    for document in documents:
        if document.treaty not in tally.treaties:
            tally.treaties[document.treaty] = TreatyKept(tally.shards.index(min(tally.shards)), document.titles)
        treaty = tally.treaties[document.treaty]
        if document.lang not in treaty.languages:
            treaty.languages.append(document.lang)
        tally.shards[treaty.shard] += 1
        tally.digest.add(document)
        yield treaty.shard, _row(document, treaty.shard, tally.languages.setdefault(document.lang, Counted()))


def _row(document: Document, shard: int, counts: Counted) -> Row:
    text, heading = analyse(document.text, document.lang), _heading(document.heading, document.lang)
    positions: Positions = {
        TEXT: _positions((token.term, token) for token in text),
        HEADING: _positions((token.term, token) for token in heading),
        EXACT: _positions((token.exact, token) for token in text),
        TREATY: {document.treaty: []},
        PLACE: {place: [] for place in places_of(document.eid)},
    }
    lengths = {name: sum(len(found) for found in positions[name].values()) for name in FIELDS}
    places = _places(positions) if _is_long(positions) else None
    many = [(name, word, len(found)) for name in FIELDS for word, found in positions[name].items() if len(found) > 1]
    number = counts.documents
    counts.documents += 1
    counts.long += places is not None
    for name in FIELDS:
        counts.totals[name] += lengths[name]
    for name in (*FIELDS, PLACE):
        counts.words[name].update(positions[name].keys())
    counts.words[HEADWORDS].update({token.exact for token in heading})
    for name, word, count in many:
        counts.most[name][word] = max(count, counts.most[name].get(word, 1))
    return (
        shard, document.lang, number, document.treaty, document.eid, document.article, document.num, document.heading,
        list(document.lead), document.text, _vector(positions, places is not None), "" if places else _frequencies(many), places,
        *(kept_length(lengths[name]) for name in FIELDS),
    )


@lru_cache(maxsize=64)
def _heading(text: str, lang: str) -> Sequence[Token]:
    """Kept for a moment: the provisions of an article have the same heading."""
    return analyse(text, lang)


def _positions(words: Iterable[tuple[str, Token]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for word, token in words:
        found.setdefault(word, []).append(token.position + 1)
    return found


def _is_long(positions: Positions) -> bool:
    held = [found for name in (TEXT, HEADING) for found in positions[name].values()]
    return (
        any(max(found) > LAST_POSITION or len(found) > MOST_POSITIONS for found in held)
        or sum(_size(word, found) for name in positions for word, found in positions[name].items()) > MOST_BYTES
    )


def _size(word: str, positions: Sequence[int]) -> int:
    """Bytes of a word in a tsvector, at most."""
    return len(word.encode()) + 6 + 2 * len(positions)


def _vector(positions: Positions, is_long: bool) -> str:
    """The column `words`, as PostgreSQL reads it."""
    if is_long and sum(_size(word, ()) for name in positions for word in positions[name]) > MOST_BYTES:
        return quoted(EVERYTHING)
    entries = []
    for name, words in positions.items():
        has_positions = name in (TEXT, HEADING) and not is_long
        for word, found in words.items():
            entry = quoted(LETTERS[name] + word)
            entries.append(f"{entry}:{','.join(map(str, found))}" if has_positions else entry)
    return " ".join(entries)


def _frequencies(many: Iterable[tuple[str, str, int]]) -> str:
    """The column `frequencies`, as PostgreSQL reads it."""
    return " ".join(
        quoted(f"{LETTERS[name]}{word}+{power}")
        for name, word, count in many for power in powers(count - 1) if power & (count - 1)
    )


def powers(number: int) -> tuple[int, ...]:
    """The powers of two up to `number`."""
    return tuple(1 << bit for bit in range(number.bit_length()))


def quoted(word: str) -> str:
    """A word as it stands in what PostgreSQL reads as tsvector or tsquery."""
    doubled = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def _places(positions: Positions) -> str:
    """The column `places`: each word between bars of its own, positions between blanks, the fields one after the other."""
    fields = []
    for name, words in positions.items():
        at: dict[int, list[str]] = {}
        for word, found in words.items():
            for position in found or [0]:
                at.setdefault(position, []).append(f"|{LETTERS[name]}{word}|")
        fields.append(" ".join("".join(at[position]) for position in sorted(at)))
    return "  ".join(fields)
