"""Normalise the numbers of a list, so that they can stand in eIds.

Guarantees, each with a test:
1. A digit number is itself: "1." -> 1, "1)" -> 1, "12-1" -> 12-1.
2. Cyrillic а, е, с, һ, і that stand in a Latin list become a, e, c, h, i: the whole list decides which it is.
3. A list in Cyrillic order (а, б, в, г or а, ә, б, в) is numbered by place: a, b, c, d.
4. Numbers that repeat keep their number; the caller gives the second unit a suffix.
"""

from __future__ import annotations

import string
from collections.abc import Sequence

LATIN = string.ascii_lowercase
LOOK_ALIKES = str.maketrans("аеосрхуһіӏјԛԝ", "aeocpxyhiljqw")
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
KAZAKH = "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщыіэюя"


def normalise(letters: Sequence[str]) -> list[str]:
    """The letters of one list, as printed, without brackets -> Latin letters for eIds (guarantees 2 and 3)."""
    lowered = [letter.lower() for letter in letters]
    if any(_is_cyrillic_only(letter) for letter in lowered):
        return _by_place(lowered)
    return [letter.translate(LOOK_ALIKES) for letter in lowered]


def _is_cyrillic_only(letter: str) -> bool:
    return letter.translate(LOOK_ALIKES) not in LATIN


def _by_place(letters: Sequence[str]) -> list[str]:
    numbers: list[str] = []
    for place, letter in enumerate(letters):
        repeats = place > 0 and letter == letters[place - 1]
        numbers.append(numbers[-1] if repeats else LATIN[min(len(set(letters[: place + 1])) - 1, 25)])
    return numbers


def follows(previous: str, number: str) -> bool:
    """Whether `number` is the one after `previous`: 3 after 2, 12-1 after 12, 13 after 12-1, d after c."""
    if previous.isalpha() and number.isalpha():
        return len(previous) == len(number) == 1 and ord(number) == ord(previous) + 1
    old, new = _key(previous), _key(number)
    return new == (old[0] + 1, 0) or new == (old[0], old[1] + 1)


def _key(number: str) -> tuple[int, int]:
    main, _, inserted = number.partition("-")
    return (int(main) if main.isdigit() else 0, int(inserted) if inserted.isdigit() else 0)
