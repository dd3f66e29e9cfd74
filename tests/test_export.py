"""The export: the index as script files."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from build_scripts import export as exporting
from build_scripts.export import BLOCK, LEAF, export
from build_scripts.index import EXACT, HEADING, TEXT, Index, build_index, spellings
from build_scripts.leaves import FAN, order, write_leaves
from build_scripts.library import Library
from build_scripts.pack import DIGITS, packed, unpacked
from build_scripts.suggest import is_suggestible

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


def test_packed_numbers_come_back() -> None:
    numbers = [0, 1, 31, 32, 33, 1023, 1024, 2**40, 7]
    assert packed([33, 0]) == "hBA"
    assert unpacked(packed(numbers).encode()) == numbers


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


def rows_of(text: str) -> list[tuple[int, int, int]]:
    """Document, frequency and length of packed postings."""
    numbers = unpacked(text.encode())
    rows, doc = [], 0
    while numbers:
        distance = numbers.pop(0)
        doc += distance // 2
        frequency = numbers.pop(0) if distance % 2 else 1
        rows.append((doc, frequency, numbers.pop(0)))
    return rows


def check_postings(index: Index, folder: Path) -> int:
    """Every posting and position is exported once. Gives how many words have pieces of their own."""
    meta = value(folder, "meta")
    long_ones = 0
    for lang, part in index.parts.items():
        leaves = meta["languages"][lang]["trees"]["terms"]["count"]
        terms = {word: entry for number in range(leaves) for word, entry in value(folder, f"{lang}/terms-{number}").items()}
        places = {word: entry for number in range(leaves) for word, entry in value(folder, f"{lang}/positions-{number}").items()}
        assert set(terms) == {word for field in (TEXT, HEADING, EXACT) for word, _ in part.words(field)}
        for column, field in enumerate((TEXT, HEADING, EXACT)):
            for word, count in part.words(field):
                entry = terms[word][0] if terms[word][column] == "=" else terms[word][column]
                positions = places[word][column] if field != EXACT and not isinstance(entry, list) else ""
                if isinstance(entry, list):
                    long_ones += 1
                    total, first, firsts = entry
                    pieces = [value(folder, f"{lang}/pieces-{first + i}") for i in range(len(unpacked(firsts.encode())))]
                    rows = [row for piece in pieces for row in rows_of(piece)]
                    begins, at = [], 0
                    for distance in unpacked(firsts.encode()):
                        begins.append(at := at + distance)
                    assert begins == [rows_of(piece)[0][0] for piece in pieces]
                    assert total == count
                    if field != EXACT:
                        positions = "".join(
                            value(folder, f"{lang}/piece-positions-{first + i}") for i in range(len(pieces))
                        )
                else:
                    rows = rows_of(entry)
                postings = part.postings(field, word)
                assert rows == list(zip(postings.docs, postings.frequencies, postings.lengths))
                assert len(rows) == count
                assert positions.encode() == b"".join(postings.positions)
    return long_ones


def test_every_posting_is_exported(index: Index, folder: Path) -> None:
    assert check_postings(index, folder) == 0


def test_long_postings_stand_in_pieces(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "LONG", 20)
    monkeypatch.setattr(exporting, "PIECE", 7)
    export(index, tmp_path / "out")
    assert check_postings(index, tmp_path / "out") > 20


def test_the_commonest_words_of_a_beginning_are_listed(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MANY", 20)
    export(index, tmp_path / "out")
    part = index.parts["en"]
    listed = value(tmp_path / "out", "en/beginnings-0")
    assert {"e", "ex", "ext", "re"} > {"e", "ex"} & set(listed)
    for beginning, (words, counts) in listed.items():
        rows = sorted(part.words_from(beginning), key=lambda row: (-row[1], order(row[0])))
        assert len(rows) >= 20
        assert list(zip(words.split(" "), unpacked(counts.encode()))) == rows[: len(words.split(" "))]
    assert not any(len(list(part.words_from(one))) >= 20 for one in ("extr", "party") if one not in listed)


def whole_words(coded: str) -> list[str]:
    """Words of which each begins with the number of UTF-16 units that it shares with the one before, as a digit."""
    words, last = [], b""
    for word in coded.split(" "):
        last = last[: 2 * DIGITS.index(word[0])] + word[1:].encode("utf-16-le")
        words.append(last.decode("utf-16-le"))
    return words


def test_words_share_their_beginnings() -> None:
    words = ["a", "abacus", "abandon", "zero", "x" * 40, "x" * 41, "𐐨" * 35, "𐐨" * 36]
    coded = exporting._front_coded(words)
    assert coded.startswith("Aa Bbacus Dndon Azero A")
    assert whole_words(coded) == words


def test_words_for_suggestions_are_exported_by_length(index: Index, folder: Path) -> None:
    for lang, part in index.parts.items():
        found = {}
        for length in value(folder, "meta")["languages"][lang]["lengths"]:
            words, counts = value(folder, f"{lang}/words-{length}")
            here = dict(zip(whole_words(words), unpacked(counts.encode()), strict=True))
            assert {len(word) for word in here} == {length}
            found.update(here)
        assert found == {word: count for word, count in spellings(part) if is_suggestible(word)}
        assert len(found) > 700


def test_a_key_is_found_by_way_of_the_branches(tmp_path: Path) -> None:
    keys = [f"{number:05}" for number in range(3 * FAN)]
    root = write_leaves(tmp_path, "kk/tree", ((key, int(key), 10) for key in keys), 1)  # a key to a leaf
    assert (root["level"], root["count"]) == (1, 3 * FAN)
    assert root["firsts"] == ["0", "00128", "00256"]
    for key in ("00000", "00127", "00128", "00300", "00383"):
        branch = max(number for number, first in enumerate(root["firsts"]) if first <= key)
        names = value(tmp_path, f"kk/tree-branch-1-{branch}")
        leaf = branch * FAN + max(number for number, first in enumerate(names) if first <= key)
        assert value(tmp_path, f"kk/tree-{leaf}") == {key: int(key)}


def test_firsts_are_as_short_as_they_can_be(tmp_path: Path) -> None:
    root = write_leaves(tmp_path, "tree", ((key, 0, 10) for key in ("abacus", "abandon", "zero")), 1)
    assert root["firsts"] == ["a", "aban", "z"]


def test_every_document_is_exported(index: Index, folder: Path) -> None:
    for lang, part in index.parts.items():
        for number in range(part.doc_count):
            block = value(folder, f"{lang}/documents-{number // BLOCK}")
            article, eid, lead, text = block["rows"][number % BLOCK]
            document = part.document(number)
            assert (eid, tuple(lead), text) == (document.eid, document.lead, document.text)
            owner, *data = block["articles"][article]
            assert block["treaties"][owner] == [document.treaty, document.titles]
            assert data == [document.article, document.num, document.heading]


def test_every_treaty_has_its_number_and_its_places(index: Index, folder: Path) -> None:
    for lang, part in index.parts.items():
        slugs = value(folder, f"{lang}/slugs-0")
        starts = unpacked(value(folder, f"{lang}/starts").encode())
        assert sorted(slugs) == ["kz-jo-crime-cooperation-2017", "kz-jo-extradition-2017"]
        assert len(starts) == 2
        for slug, number in slugs.items():
            named, titles, places = value(folder, f"{lang}/treaty-{number}")
            assert (named, titles) == (slug, part.document(places["art_1"]).titles)
            assert min(places.values()) == sum(starts[: number + 1])
            for top, doc in places.items():
                assert part.document(doc).treaty == slug
                assert part.document(doc).eid.split("__")[0] == top
                assert doc == 0 or part.document(doc - 1).eid.split("__")[0] != top or part.document(doc - 1).treaty != slug


def test_leaves_are_small(folder: Path) -> None:
    for path in folder.glob("*/terms-*.js"):
        assert len(path.read_text("utf-8")) < 3 * LEAF


def test_an_old_export_is_replaced(index: Index, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old.js").write_text("old")
    export(index, tmp_path / "out")
    assert not (tmp_path / "out" / "old.js").exists()


def test_an_index_without_words_is_exported(tmp_path: Path) -> None:
    export(build_index(Library(())), tmp_path / "out")
    assert value(tmp_path / "out", "meta")["languages"] == {}
