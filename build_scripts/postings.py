"""How words lie in Whoosh's files: the same index as Whoosh's own way makes, written several times faster.

Reads   the words of a field of a document, each with its positions
Writes  Whoosh fields, a storage and a writer for them; and the postings of a word, read block by block

What is not Whoosh's own way: a field is given words, not a text, for two fields share one analysis; positions are packed, not
pickled; postings are gathered by word in the order of documents, so none are sorted; blocks are not compressed, and have no
statistics of lengths, which only a search for the best few would use. With index.py the only module that knows Whoosh.
"""

from __future__ import annotations

import heapq
import marshal
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, BinaryIO

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3LeafMatcher
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.formats import Format
from whoosh.writing import SegmentWriter

from .pack import packed, packed_distances, unpacked

GATHERED = 2_000_000  # postings that are kept in memory before they are written to a temporary file
BLOCK = 512  # postings of a block
Words = Mapping[str, Sequence[int]]  # the words of a field of a document, each with its positions in their order
_NO_VALUE = b""
_ONE = [packed([position]).encode() for position in range(1024)]


class _Positions(Format):
    """The distance of each position from the one before."""

    def __init__(self, **options: object):
        self.field_boost = 1.0
        self.options = options

    def decode_positions(self, value: bytes) -> list[int]:
        at = 0
        return [at := at + distance for distance in unpacked(value)]


class _Frequency(Format):
    """Nothing: how often a word stands in a document is its weight, which Whoosh keeps by itself."""

    posting_size = 0

    def __init__(self, **options: object):
        self.field_boost = 1.0
        self.options = options


class PositionsField(FieldType):
    """A field of words, with their positions."""

    def __init__(self) -> None:
        super().__init__(_Positions(), None, scorable=True)

    def index(self, value: Words, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for word, positions in value.items():
            first = positions[0]
            if len(positions) == 1:
                encoded = _ONE[first] if first < len(_ONE) else packed(positions).encode()
            else:
                encoded = packed_distances(positions).encode()
            yield word.encode(), len(positions), len(positions), encoded


class FrequencyField(FieldType):
    """A field of words, without positions."""

    def __init__(self) -> None:
        super().__init__(_Frequency(), None, scorable=True)

    def index(self, value: Words, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for word, positions in value.items():
            yield word.encode(), len(positions), len(positions), _NO_VALUE


class MemoryStorage(RamStorage):
    """An index in memory. Whoosh's own has one temporary folder for all processes, and each removes the files of the others."""

    def __init__(self) -> None:
        super().__init__()
        self._folders: dict[str | None, str] = {}

    def temp_storage(self, name: str | None = None) -> FileStorage:
        """The temporary folder of this name, which the writer of an index removes when it is done."""
        if name not in self._folders:
            self._folders[name] = tempfile.mkdtemp(prefix="kelisim-index-")
        return FileStorage(self._folders[name]).create()


class _Pool:
    """Postings gathered by word. Documents come in their order, and so do the postings of each word."""

    def __init__(self, temporary: FileStorage):
        self._temporary = temporary
        self._fields: dict[str, dict[bytes, list[Any]]] = {}
        self._count = 0
        self._runs: list[str] = []

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        field, word, doc, weight, value = item
        words = self._fields.get(field)
        if words is None:
            words = self._fields[field] = {}
        rows = words.get(word)
        if rows is None:
            words[word] = [doc, weight, value]
        else:
            rows += (doc, weight, value)
        self._count += 1
        if self._count >= GATHERED:
            self._save()

    def iter_postings(self) -> Iterator[tuple[str, bytes, list[Any]]]:
        """Field, word, and in one list its documents, weights and values, in the order of fields and words."""
        if not self._runs:
            yield from self._gathered()
            return
        self._save()
        runs = [self._run(name) for name in self._runs]
        merged = heapq.merge(*runs, key=lambda run: run[:2])
        for (field, word), parts in groupby(merged, key=lambda run: run[:2]):
            yield field, word, [item for part in parts for item in part[2]]

    def cleanup(self) -> None:
        for name in self._runs:
            self._temporary.delete_file(name)
        self._runs.clear()

    def _gathered(self) -> Iterator[tuple[str, bytes, list[Any]]]:
        for field in sorted(self._fields):
            words = self._fields[field]
            for word in sorted(words):
                yield field, word, words[word]

    def _save(self) -> None:
        name = f"run-{len(self._runs)}"
        with self._temporary.create_file(name).raw_file() as file:
            for run in self._gathered():
                marshal.dump(run, file)
        self._runs.append(name)
        self._fields.clear()
        self._count = 0

    def _run(self, name: str) -> Iterator[tuple[str, bytes, list[Any]]]:
        file: BinaryIO
        with self._temporary.open_file(name).raw_file() as file:
            while True:
                try:
                    yield marshal.load(file)
                except EOFError:
                    return


class _FieldWriter(W3FieldWriter):
    def add_postings(self, schema: Schema, lengths: object, items: Iterable[tuple[str, bytes, list[Any]]]) -> None:
        for field, words in groupby(items, key=lambda item: item[0]):
            self.start_field(field, schema[field])
            for _, word, rows in words:
                self.start_term(word)
                self._add_rows(rows)
                self.finish_term()
            self.finish_field()

    def _add_rows(self, rows: list[Any]) -> None:
        """Fill blocks and write each but the last, which finish_term writes."""
        writer = self._postwriter
        for begin in range(0, len(rows), 3 * BLOCK):
            if begin:
                writer._write_block()
            block = rows[begin : begin + 3 * BLOCK]
            writer._ids = array("I", block[0::3])
            writer._weights = array("f", block[1::3])
            writer._maxweight = max(writer._weights)
            writer._values = block[2::3]


class _Codec(W3Codec):
    length_stats = False

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK, compression=0)

    def field_writer(self, storage: object, segment: object) -> _FieldWriter:
        return _FieldWriter(self, storage, segment)


class Writer(SegmentWriter):
    """Adds documents whose fields are Words, or texts for fields of Whoosh's own.

    Its files are not put into one: of that, Whoosh copies into memory what it opens, and it opens nearly all.
    """

    def __init__(self, index: object):
        super().__init__(index, codec=_Codec(), compound=False)
        self.pool = _Pool(self.temp_storage())


def blocks(matcher: W3LeafMatcher) -> Iterator[tuple[Sequence[int], Sequence[float], Sequence[bytes]]]:
    """Documents, weights and values of all postings, block by block."""
    while matcher.is_active():
        matcher._read_ids()
        matcher._read_weights()
        matcher._read_values()
        values = matcher._values
        yield matcher._ids, matcher._weights, values if values[0] is not None else (_NO_VALUE,) * len(values)
        matcher._next_block()
