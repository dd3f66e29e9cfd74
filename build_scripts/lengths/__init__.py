"""Find lengths of time and words of haste in a text; what the words of a text allow or command.

Reads   lengths/<lang>.yml: numbers, units, words of haste, starts, verbs, each with examples that are tests
Writes  Length: a number and a unit, and where they stand
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..tables import read_table

HERE = Path(__file__).parent
LARGEST = 1000  # a larger number of years is the year of a date
SCALES = (100, 1000)


@dataclass(frozen=True)
class Length:
    """A length of time in a text. start, end: code points; figure: said in digits; in_words: said in words; or None."""

    start: int
    end: int
    unit: str  # days, working-days, weeks, months, years, hours
    figure: int | None
    in_words: int | None

    @property
    def number(self) -> int:
        """As the text says it; in figures, where figures and words differ."""
        return self.figure if self.figure is not None else self.in_words or 0

    @property
    def agrees(self) -> bool:
        """Whether words and figures say the same, where both stand."""
        return self.figure is None or self.in_words is None or self.figure == self.in_words


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language."""

    numbers: Mapping[str, int]
    lengths: re.Pattern[str]
    units: Mapping[str, re.Pattern[str]]
    haste: re.Pattern[str]
    starts: Mapping[str, tuple[str, ...]]  # moment, day, after
    may: re.Pattern[str]
    shall: re.Pattern[str] | None  # None where the language commands in too many ways to be told


def languages() -> tuple[str, ...]:
    """The languages that lengths can be found in."""
    return tuple(sorted(path.stem for path in HERE.glob("*.yml")))


@cache
def load_data(lang: str) -> dict[str, Any]:
    """lengths/<lang>.yml as it is. Raises FileNotFoundError when there is none."""
    return read_table(HERE / f"{lang}.yml")


@cache
def vocabulary(lang: str) -> Vocabulary:
    """The words of `lang`. Raises FileNotFoundError when there are none."""
    data = load_data(lang)
    number = _any(re.escape(word) for word in sorted(data["numbers"], key=len, reverse=True))
    inside = _any([" ", "-", *(f" {word} " for word in data["between"])])
    words = rf"{number}(?:{inside}{number})*"
    pattern = rf"""(?<!\w)(?:
        (?P<digits>[0-9]+)(?:\ \((?P<repeated>{_spaced(words)})\))?    # 60 (sixty) days, 60 days
      | (?P<words>{_spaced(words)})(?:\ \((?P<figure>[0-9]+)\))?      # sixty (60) days, sixty days
    )\ (?P<unit>{_spaced(_any(data["units"].values()))})(?!\w)"""
    flags = re.IGNORECASE
    return Vocabulary(
        data["numbers"], re.compile(pattern, flags | re.VERBOSE),
        {unit: re.compile(form, flags) for unit, form in data["units"].items()},
        re.compile(rf"(?<!\w){_any(data['haste'])}(?!\w)", flags),
        {name: tuple(forms) for name, forms in data["starts"].items()},
        re.compile(_any(data["verbs"]["may"]), flags),
        re.compile(_any(data["verbs"]["shall"]), flags) if data["verbs"]["shall"] else None,
    )


def _any(forms: Any) -> str:
    return "(?:" + "|".join(forms) + ")"


def _spaced(pattern: str) -> str:
    """A pattern for a verbose expression, where a bare space says nothing."""
    return pattern.replace("\\ ", " ").replace(" ", r"\ ")


def lengths_in(text: str, lang: str) -> tuple[Length, ...]:
    """The lengths of time that `text` names, in order: "sixty (60) days", «алпыс (60) тәулік». White space is single spaces."""
    known = vocabulary(lang)
    found = []
    for match in known.lengths.finditer(text):
        unit = next(unit for unit, form in known.units.items() if form.fullmatch(match["unit"]))
        figure, words = match["digits"] or match["figure"], match["words"] or match["repeated"]
        length = Length(
            match.start(), match.end(), unit, int(figure) if figure else None, number_of(words, lang) if words else None,
        )
        if not (unit == "years" and length.number > LARGEST):
            found.append(length)
    return tuple(found)


def number_of(words: str, lang: str) -> int:
    """A number in words: "one hundred and eighty", «бір жүз сексен». Raises KeyError on a word that is no number."""
    known, between = vocabulary(lang).numbers, load_data(lang)["between"]
    total = below = 0
    for word in re.split(r"[ -]", words.lower()):
        if word in between:
            continue
        value = known[word]
        if value not in SCALES:
            below += value
        elif value == SCALES[0]:
            below = (below or 1) * value
        else:
            total, below = total + (below or 1) * value, 0
    return total + below


def haste_in(text: str, lang: str) -> tuple[tuple[int, int], ...]:
    """Where words of haste stand ("immediately", «дереу»), start and end in code points."""
    return tuple(match.span() for match in vocabulary(lang).haste.finditer(text))


def force_fits(force: str, text: str, lang: str) -> bool:
    """Whether the words of the text can have that force: "may" needs a word that allows; nothing else may have one."""
    known = vocabulary(lang)
    allows = bool(known.may.search(text))
    if force == "may":
        return allows
    return not allows and (force != "shall" or known.shall is None or bool(known.shall.search(text)))


def start_fits(kind: str, text: str, lang: str) -> bool:
    """Whether words say that a length runs from a "moment", from a "day", or "after" something."""
    return any(form in text.lower() for form in vocabulary(lang).starts[kind])
