"""How well references are found: `make citation-report`. The figures of the gold (tests/gold/README.md), and the speed.

A reference found counts as right when it overlaps a label, leads to the same provisions, and is told to be, or not to be,
another instrument's. Resolution is the project's own; the texts of the gold are not parsed, so every provision is taken to
exist, save what their own numbers show not to be there.
"""

from __future__ import annotations

import json
import re
import time
from bisect import bisect
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from build_scripts.citations import reference_forms
from build_scripts.cited import Citation, find
from build_scripts.resolve import MISSING, Provisions, Resolver

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold"
CORPUS = ROOT.parent / "shared" / "corpus"
LANGUAGES = ("en", "ru", "kk")
HALVES = ("tune", "held")
# how a text names itself, as treaties/instruments.yml says it of a treaty held here
OWN_NAMES = {
    "ru/constitution-rf-2020.txt": re.compile(r"Конституции"),
    "ru/constitution-by-in-russian.txt": re.compile(r"Конституции"),
}
HEADING = re.compile(r"^[#\s]*(?:(?:ARTICLE|Article|Статья)\s+(\d+(?:-\d+)?)|(\d+(?:-\d+)?)\s*-\s*(?:бап|БАП))", re.MULTILINE)
NUMBERED = re.compile(r"^[ \t]*(\d+(?:-\d+)?)\.\s", re.MULTILINE)


def place(file: str) -> Path:
    base = {"gold": GOLD.parent, "treaties": ROOT}.get(file.split("/")[0], CORPUS)
    return base / file


@cache
def text_of(file: str) -> str:
    """The file as it is: offsets count every code point."""
    return place(file).read_bytes().decode("utf-8")


def is_written(file: str) -> bool:
    """Whether the text was written for the gold."""
    return file.startswith("gold/")


def has_corpus() -> bool:
    return CORPUS.is_dir()


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines()]


@cache
def stretches() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((GOLD / "stretches.json").read_text("utf-8"))
    return found


def language_of(file: str) -> str:
    return {"gold": file[5:7], "treaties": "kk"}.get(file.split("/")[0], file[:2])


class Assumed(Provisions):
    """The provisions of a text that was not parsed: all exist. numbers: the paragraphs that each article prints."""

    def __init__(self, numbers: dict[str, list[str]]):
        super().__init__([f"art_{article}" for article in numbers])
        self.numbers = numbers

    def has(self, eid: str) -> bool:
        steps = eid.split("__")
        printed = self.numbers.get(steps[0].removeprefix("art_"), [])
        if MISSING in eid or (len(steps) == 1 and _lost_its_figure(steps[0].removeprefix("art_"), self.numbers)):
            return False
        if len(steps) == 2 and steps[1].startswith("point_"):
            return not printed
        return len(steps) != 2 or not _lost_its_figure(steps[1].removeprefix("para_"), printed)

    def beside(self, eid: str) -> list[str]:
        article = eid.split("__")[0]
        return [f"{article}__para_{number}" for number in self.numbers.get(article.removeprefix("art_"), [])]

    def unnumbered(self, above: str, place: int) -> str | None:
        return f"{above}__subpara_{place}" if "__" in above else None

    def anywhere_below(self, above: str, last: str) -> str | None:
        return None


def _lost_its_figure(number: str, others: Container[str]) -> bool:
    """Whether 751 is 75¹, which is among the numbers, and not among them itself."""
    return number.isdigit() and number not in others and f"{number[:-1]}-{number[-1]}" in others


def _raise(numbers: Sequence[str]) -> list[str]:
    """The printed numbers; 751 after 75 is 75-1."""
    return [
        f"{before}-{number[-1]}" if number[:-1] == before.partition("-")[0] and number[:-1] else number
        for before, number in zip(["", *numbers], numbers)
    ]


@cache
def assumed(file: str) -> Assumed:
    """What the headings and numbers of the text show, and the labels tell of where they stand."""
    text = text_of(file)
    headings = [(found.end(), found.group(1) or found.group(2)) for found in HEADING.finditer(text)]
    places = [place for place, _ in headings]
    articles = _raise([article for _, article in headings])
    numbers: dict[str, list[str]] = {article: [] for article in articles}
    for stretch in (each for each in stretches() if each["file"] == file):
        heading = bisect(places, stretch["start"]) - 1
        if heading >= 0:
            numbers[articles[heading]] = _raise(NUMBERED.findall(text, stretch["start"] - 1, stretch["end"]))
    for label in (each for each in lines(f"references.{language_of(file)}.jsonl") if each["file"] == file and each["para"]):
        numbers[label["article"]] = numbers.get(label["article"]) or [label["para"]]
    return Assumed(numbers)


@dataclass
class Score:
    """labels, found, hits (right ones found), exact (of those, with the very words of the label)."""

    labels: int = 0
    found: int = 0
    hits: int = 0
    exact: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.hits / self.labels if self.labels else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.labels + other.labels,
            self.found + other.found,
            self.hits + other.hits,
            self.exact + other.exact,
            self.wrong + other.wrong,
        )


def is_elsewhere(citation: Citation, file: str, start: int) -> bool:
    """Whether it is another instrument's; the text's own name is none."""
    own = OWN_NAMES.get(file)
    if citation.act is None or own is None:
        return citation.act is not None
    act = range(start + citation.act[0], start + citation.act[1])
    return not any(name.start() in act for name in own.finditer(text_of(file), act.start, act.stop + 40))


def targets_of(citation: Citation, label: dict[str, Any], file: str) -> set[str]:
    article = f"art_{label['article']}"
    eid = f"{article}__para_{label['para']}" if label["para"] else article
    if label["instrument"]:
        eid = article = ""
    resolver = Resolver(assumed(file), eid, article, language_of(file))
    return {eid for path in citation.paths for eid in resolver.targets(path)}


def score(file: str, half: str) -> Score:
    """The score of the stretches of one half of a file."""
    lang, text = language_of(file), text_of(file)
    labels = [each for each in lines(f"references.{lang}.jsonl") if (each["file"], each["half"]) == (file, half)]
    neutral = [(each["start"], each["end"]) for each in lines("neutral.jsonl") if each["file"] == file]
    result = Score(labels=len(labels))
    hit: set[int] = set()
    for stretch in (each for each in stretches() if (each["file"], each["half"]) == (file, half)):
        start = stretch["start"]
        for citation in find(text[start : stretch["end"]], reference_forms(lang)):
            first, last = start + citation.start, start + citation.end
            label = next(
                (each for each in labels if each["start"] < last and first < each["end"] and each["start"] not in hit), None
            )
            if label is None and any(a < last and first < b for a, b in neutral):
                continue
            result.found += 1
            if label is None:
                result.wrong.append(f"{file}: found {text[first:last]!r} … {text[last : last + 40]!r}")
                continue
            targets, elsewhere = targets_of(citation, label, file), is_elsewhere(citation, file, start)
            if targets == set(label["targets"]) and elsewhere == bool(label["instrument"]) and not citation.is_open:
                hit.add(label["start"])
                result.hits += 1
                result.exact += (first, last) == (label["start"], label["end"])
                if (first, last) != (label["start"], label["end"]):
                    result.wrong.append(f"{file}: span {text[first:last]!r}, not {label['words']!r}")
            else:
                result.wrong.append(
                    f"{file}: {text[first:last]!r} → {sorted(targets)}, elsewhere {elsewhere}; "
                    f"label {label['words']!r} → {label['targets']}, {label['instrument']!r}"
                )
    result.wrong += [f"{file}: missed {each['words']!r}" for each in labels if each["start"] not in hit]
    return result


def files(lang: str, written: bool | None = None) -> list[str]:
    """The files of the gold in `lang` that are here; written: only those written for it, or only the others."""
    names = sorted({each["file"] for each in stretches() if language_of(each["file"]) == lang})
    return [name for name in names if place(name).is_file() and (written is None or is_written(name) is written)]


def total(names: Iterable[str], half: str) -> Score:
    return sum((score(name, half) for name in names), Score())


def _rows() -> Iterable[tuple[str, str, str, Score]]:
    for lang in LANGUAGES:
        for half in HALVES:
            yield lang, half, "all", total(files(lang), half)
            for kind, written in (("real", False), ("written", True)):
                if any(is_written(name) for name in files(lang)):
                    yield lang, half, kind, total(files(lang, written), half)


def sample(lang: str) -> str:
    return "\n\n".join(text_of(file) for file in files(lang))


def speed(lang: str, lengths: Sequence[int]) -> list[tuple[int, float]]:
    """The seconds that texts of these lengths take, the best of three runs each."""
    text = sample(lang)
    text *= max(lengths) // len(text) + 1
    forms, found = reference_forms(lang), []
    for length in lengths:
        times = []
        for _ in range(3):
            start = time.perf_counter()
            find(text[:length], forms)
            times.append(time.perf_counter() - start)
        found.append((length, min(times)))
    return found


def main() -> None:
    if not has_corpus():
        print("The shared corpus is not on this machine: only the texts that lie in the project are measured.\n")
    print(f"{'':3} {'half':5} {'texts':8} {'labels':>6} {'found':>6} {'precision':>10} {'recall':>7} {'exact words':>12}")
    for lang, half, kind, result in _rows():
        exact = f"{result.exact}/{result.hits}"
        counts = f"{result.labels:6} {result.found:6}"
        print(f"{lang:3} {half:5} {kind:8} {counts} {result.precision:10.3f} {result.recall:7.3f} {exact:>12}")
    print("\nSpeed: seconds for texts of a length, twice and four times that; characters a second")
    for lang in LANGUAGES:
        times = speed(lang, [250_000, 500_000, 1_000_000])
        seconds = "  ".join(f"{length:,}: {taken:.2f} s" for length, taken in times)
        growth = "  ".join(f"×{later[1] / earlier[1]:.2f}" for earlier, later in zip(times, times[1:]))
        print(f"{lang:3} {seconds}   growth on doubling {growth}   {times[-1][0] / times[-1][1]:,.0f} characters a second")


def failures(half: str = "tune") -> Counter[str]:
    """What is wrong in the half that may be looked at."""
    return Counter(line for lang in LANGUAGES for line in total(files(lang), half).wrong)


if __name__ == "__main__":
    main()
