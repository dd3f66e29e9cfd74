"""Read the number in a heading: "12", "IX", "TWENTY-EIGHT", "129-1", "67¹", "D-03", "12 bis".

Reads   the number as printed, the number words of the language
Writes  its readings as they stand in eIds, the likelier first; the row of numbers decides which it is

Guarantees, each with a test:
1. Digits of any script, roman numbers and number words become digits.
2. An inserted number keeps what it is inserted after: 129-1, 32.1 and 67¹ are 129-1, 32-1 and 67-1; 12A is 12a; 12 bis is 12-bis.
3. A number with a letter before it keeps the letter: D-03 is d-3.
4. C, D, L and M are a letter or a roman number, I, V and X a roman number or a letter; so in V.1, too.
5. 671 may be 67¹ with its raised figure flattened, or 67 with the number of a note: `flattened` tells, for the row to choose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from .number import LATER, LOOK_ALIKES, letter_of

RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})")
DIGITS = re.compile(
    rf"(?P<main>\d{{1,4}}(?:-\d{{1,3}})*)(?P<raised>[⁰¹²³⁴-⁹]*)"
    rf"(?:[ -]?(?P<later>{'|'.join(LATER)})(?:-(?P<tail>\d+))?|-?(?P<letter>[^\W\d_]))?"
)
LETTERED = re.compile(r"(?P<letter>[^\W\d_])-?(?P<digits>\d{1,3}(?:-\d{1,3})*)")
INSERTED = re.compile(r"(?P<main>[^\W\d_]+)(?:-(?P<inserted>\d{1,3})|[ -](?P<later>" + "|".join(LATER) + "))")


def read_numbers(printed: str, words: Mapping[str, int], folded: str = "") -> tuple[str, ...]:
    """The readings of `printed`, or () when it is no number. words: number words as Forms.fold has them; folded: so `printed`."""
    text = "".join(str(unicodedata.decimal(c, c)) for c in printed.strip("()[] №").lower())
    value = in_words(folded or text, words)
    if value:
        return (str(value),)
    text = re.sub(r"[.‐‑‒–—−]", "-", re.sub(r"\s?\((\w)$", r"\1", text))
    found = DIGITS.fullmatch(text)
    if found:
        return _digits(found)
    found = LETTERED.fullmatch(text)
    if found:
        steps = "-".join(str(int(step)) for step in found["digits"].split("-"))
        return tuple(f"{reading}-{steps}" for reading in _letters(found["letter"]))
    found = INSERTED.fullmatch(text)
    if found:
        tail = found["inserted"] or found["later"]
        return tuple(f"{reading}-{tail}" for reading in _letters(found["main"]))
    return _letters(text)


def _digits(found: re.Match[str]) -> tuple[str, ...]:
    steps = [str(int(step)) for step in found["main"].split("-")]
    if found["raised"]:
        return ("-".join([*steps, found["raised"].translate(RAISED)]),)
    if found["later"]:
        return ("-".join([*steps, found["later"], *([found["tail"]] if found["tail"] else [])]),)
    plain = "-".join(steps) + (letter_of(found["letter"]) if found["letter"] else "")
    return (plain,)


def flattened(number: str) -> tuple[str, ...]:
    """What else a number of two figures and more may be: 671 is 67-1, 67 with a note 1, or 6 with a note 71."""
    if not number.isdigit() or len(number) < 2:
        return ()
    return (f"{number[:-1]}-{number[-1]}", *(number[:-cut] for cut in (1, 2) if len(number) > cut))


def _letters(text: str) -> tuple[str, ...]:
    latin = text.translate(LOOK_ALIKES)
    roman = roman_value(latin)
    single = letter_of(text) if len(text) == 1 else ""
    if roman and single:
        both = (str(roman), single) if latin in "ivx" else (single, str(roman))
        return (*both, "1") if latin == "l" else both  # a scanner's l for 1
    if not roman and len(latin) > 1:
        roman = roman_value(latin.replace("l", "i"))  # II read as Il by a scanner
    return (str(roman),) if roman else (single,) if single else ()


def roman_value(text: str) -> int:
    """The value of a roman number in small Latin letters, or 0."""
    if not text or not ROMAN.fullmatch(text):
        return 0
    values = [ROMAN_VALUES[letter] for letter in text]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0]))


def in_words(text: str, words: Mapping[str, int]) -> int:
    """The value of number words ("twenty-eight", "жиырма бірінші", "الحادية والعشرون"), or 0. The words of a compound are
    added."""
    whole = " ".join(re.split(r"[\s\-‐‑–]+", text))
    if whole in words:
        return words[whole]
    total, taken = 0, set[str]()
    parts = whole.split(" ")
    at = 0
    while at < len(parts):
        size = next((size for size in (3, 2, 1) if " ".join(parts[at : at + size]) in words), 0)
        if not size:
            return 0
        value = words[" ".join(parts[at : at + size])]
        places = _places(value)
        if value and taken & places:
            return 0
        taken |= places
        total += value
        at += size
    return total


def _places(value: int) -> set[str]:
    """Which of units, tens and hundreds a number word fills: no compound says one of them twice. A joining word (0) fills
    none."""
    return {place for place, digit in zip(("units", "tens", "hundreds"), reversed(str(value))) if digit != "0"}
