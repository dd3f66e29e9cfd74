"""The export: the index as script files."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from build_scripts.export import BLOCK, DIGITS, SHARD, export, packed
from build_scripts.index import EXACT, TEXT, Index, build_index
from build_scripts.library import Library

FILE = re.compile(r'Kelisim\.searchData\("([^"]+)",(.*)\);\n', re.DOTALL)


@pytest.fixture(scope="module")
def index(library: Library) -> Index:
    return build_index(library)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, index: Index) -> Path:
    out = tmp_path_factory.mktemp("export") / "search-data"
    export(index, out)
    return out


def value(folder: Path, name: str) -> Any:
    found = FILE.fullmatch((folder / f"{name}.js").read_text("utf-8"))
    assert found and found[1] == name
    return json.loads(found[2])


def unpacked(text: str) -> list[int]:
    numbers, number, factor = [], 0, 1
    for digit in map(DIGITS.index, text):
        number += digit % 32 * factor
        factor *= 32
        if digit < 32:
            numbers.append(number)
            number, factor = 0, 1
    return numbers


def test_packed_numbers_come_back() -> None:
    numbers = [0, 1, 31, 32, 33, 1023, 1024, 2**40, 7]
    assert unpacked(packed(numbers)) == numbers


def test_the_bytes_are_the_same_each_time(library: Library, folder: Path, tmp_path: Path) -> None:
    def digests(root: Path) -> dict[str, str]:
        files = sorted(path for path in root.rglob("*") if path.is_file())
        return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    export(build_index(library, tmp_path / "index"), tmp_path / "again")
    assert digests(tmp_path / "again") == digests(folder)


def test_every_file_is_one_call_and_none_holds_an_outside_address(folder: Path) -> None:
    for path in folder.rglob("*.js"):
        name = path.relative_to(folder).with_suffix("").as_posix()
        value(folder, name)
        assert "://" not in path.read_text("utf-8")


def test_every_posting_is_exported(index: Index, folder: Path) -> None:
    meta = value(folder, "meta")
    for lang, part in index.parts.items():
        shards = meta["languages"][lang]["shards"]
        terms = [value(folder, f"{lang}/terms-{number}") for number in range(len(shards))]
        assert shards == [min(shard, key=lambda word: word.encode("utf-16-be")) for shard in terms]
        assert shards == sorted(shards)
        for column, field in ((0, TEXT), (2, EXACT)):
            for word, count in part.words(field):
                shard = next(shard for shard in terms if word in shard)
                numbers = unpacked(shard[word][column])
                docs, doc = [], 0
                while numbers:
                    distance = numbers.pop(0)
                    doc += distance // 2
                    frequency = numbers.pop(0) if distance % 2 else 1
                    docs.append((doc, frequency, numbers.pop(0)))
                assert docs == [(p.doc, p.frequency, p.length) for p in part.postings(field, word)]
                assert len(docs) == count


def test_every_document_is_exported(index: Index, folder: Path) -> None:
    for lang, part in index.parts.items():
        for number in range(part.doc_count):
            block = value(folder, f"{lang}/documents-{number // BLOCK}")
            article, eid, lead, text = block["rows"][number % BLOCK]
            document = part.document(number)
            assert (eid, tuple(lead), text) == (document.eid, document.lead, document.text)
            assert block["articles"][article] == [
                document.treaty, document.titles, document.article, document.num, document.heading,
            ]


def test_shards_are_small(folder: Path) -> None:
    for path in folder.glob("*/terms-*.js"):
        assert len(path.read_text("utf-8")) < 2 * SHARD


def test_an_old_export_is_replaced(index: Index, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old.js").write_text("old")
    export(index, tmp_path / "out")
    assert not (tmp_path / "out" / "old.js").exists()


def test_an_index_without_words_is_exported(tmp_path: Path) -> None:
    export(build_index(Library(())), tmp_path / "out")
    assert value(tmp_path / "out", "meta")["languages"] == {}
