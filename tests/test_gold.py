"""The hand-made gold of references (gold/README.md): every label stands where it says, in a stretch, the halves are even."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold"
CORPUS = ROOT.parent / "shared" / "corpus"
LANGUAGES = ("en", "kk", "ru")
FIELDS = ["file", "start", "end", "words", "article", "para", "targets", "range", "instrument", "half"]
EID = re.compile(
    r"(art_\d+(-\d+)? (__para_\d+(-\d+)?)? | para_\d+) (__subpara_\d+)? (__point_[a-z0-9]+(-\d+)?)*", re.VERBOSE
)
LEAST = {"en": 140, "kk": 76, "ru": 130}


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines()]


REFERENCES = {lang: lines(f"references.{lang}.jsonl") for lang in LANGUAGES}
NEUTRAL = lines("neutral.jsonl")
STRETCHES = json.loads((GOLD / "stretches.json").read_text("utf-8"))
FILES = sorted({stretch["file"] for stretch in STRETCHES})


def place(file: str) -> Path:
    base = {"gold": GOLD.parent, "treaties": ROOT}.get(file.split("/")[0], CORPUS)
    return base / file


def text_of(file: str) -> str:
    """The file as it is: line ends are not changed, for offsets count every code point."""
    if not place(file).is_file():
        pytest.skip(f"{file} is not on this machine: the shared corpus is missing")
    return place(file).read_bytes().decode("utf-8")


def of_file(file: str) -> list[dict[str, Any]]:
    return [label for lang in LANGUAGES for label in REFERENCES[lang] if label["file"] == file]


@pytest.mark.parametrize("file", FILES)
def test_words_stand_at_their_offsets(file: str) -> None:
    text = text_of(file)
    for label in [*of_file(file), *(label for label in NEUTRAL if label["file"] == file)]:
        assert text[label["start"] : label["end"]] == label["words"], label


@pytest.mark.parametrize("file", FILES)
def test_stretches_do_not_meet_and_hold_text(file: str) -> None:
    text = text_of(file)
    mine = [stretch for stretch in STRETCHES if stretch["file"] == file]
    for stretch, following in zip(mine, mine[1:]):
        assert stretch["end"] < following["start"]
    assert all(text[s["start"] : s["end"]] == text[s["start"] : s["end"]].strip() != "" for s in mine)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_label_lies_in_one_stretch_of_its_half(lang: str) -> None:
    for label in REFERENCES[lang]:
        holding = [
            stretch for stretch in STRETCHES
            if stretch["file"] == label["file"] and stretch["start"] <= label["start"] and label["end"] <= stretch["end"]
        ]
        assert [stretch["half"] for stretch in holding] == [label["half"]], label


@pytest.mark.parametrize("file", FILES)
def test_labels_do_not_overlap(file: str) -> None:
    labels = sorted(
        [*of_file(file), *(label for label in NEUTRAL if label["file"] == file)], key=lambda label: label["start"]
    )
    assert all(label["end"] <= following["start"] for label, following in zip(labels, labels[1:]))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_labels_are_well_formed(lang: str) -> None:
    for label in REFERENCES[lang]:
        assert list(label) == FIELDS
        assert label["targets"] and all(EID.fullmatch(target) for target in label["targets"]), label
        assert len(set(label["targets"])) == len(label["targets"]), label
        assert not label["range"] or len(label["targets"]) == 2, label


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_enough_and_the_halves_are_even(lang: str) -> None:
    halves = Counter(label["half"] for label in REFERENCES[lang])
    assert sum(halves.values()) >= LEAST[lang]
    assert set(halves) == {"tune", "held"}
    assert min(halves.values()) >= 0.42 * sum(halves.values())


def test_the_counts_of_the_readme_hold() -> None:
    """A row of its table: | `file` | language | tune | held | stretches |."""
    readme = (GOLD / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\S+)` \| (\w+) \| (\d+) \| (\d+) \| (\d+) \|", readme, re.MULTILINE)
    told = {file: (lang, int(tune), int(held), int(stretches)) for file, lang, tune, held, stretches in rows}
    counted = {}
    for file in FILES:
        labels = [(lang, label) for lang in LANGUAGES for label in REFERENCES[lang] if label["file"] == file]
        halves = Counter(label["half"] for _, label in labels)
        lang = labels[0][0] if labels else "kk"  # only Kazakh files have stretches without a reference
        stretches = sum(stretch["file"] == file for stretch in STRETCHES)
        counted[file] = (lang, halves["tune"], halves["held"], stretches)
    assert told == counted
