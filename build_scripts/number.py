"""Normalise the numbers of a list, so that they can stand in eIds.

Guarantees, each with a test:
1. A digit number is itself: "1." -> 1, "1)" -> 1, "12-1" -> 12-1.
2. Cyrillic а, е, с, һ, і that stand in a Latin list become a, e, c, h, i: the whole list decides which it is.
3. A list in the order of another alphabet (а, б, в, г or а, ә, б, в or أ, ب, ج) is numbered by it: a, b, c, d; а, в is a, c.
4. Numbers that repeat keep their number; the caller gives the second unit a suffix.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from itertools import pairwise

LATIN = string.ascii_lowercase
LOOK_ALIKES = str.maketrans("аеосрхуһіӏјԛԝ", "aeocpxyhiljqw")
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
ARABIC = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
RUSSIAN_WITH_ALL = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
KAZAKH = "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщыіэюя"

ALPHABETS = (RUSSIAN, RUSSIAN_WITH_ALL, KAZAKH, UKRAINIAN, ARABIC)
LATER = ("bis", "ter", "quater", "quinquies", "sexies")  # inserted after a number, in this order
STEP = re.compile(r"\d+|[a-z]+")


def normalise(letters: Sequence[str]) -> list[str]:
    """The letters of one list, as printed, without brackets -> Latin letters for eIds (guarantees 2 and 3)."""
    lowered = [letter.lower().replace("ـ", "") for letter in letters]
    if any(not letter.translate(LOOK_ALIKES).isascii() for letter in lowered):
        return _by_alphabet(lowered)
    return [letter.translate(LOOK_ALIKES) for letter in lowered]


def _by_alphabet(letters: Sequence[str]) -> list[str]:
    """By the alphabet in which the list has the fewest gaps; when none has all letters, by their place in the list."""
    fitting = [alphabet for alphabet in ALPHABETS if all(letter[:1] in alphabet for letter in letters)]
    if not fitting:
        places: dict[str, str] = {}
        for letter in letters:
            places.setdefault(letter, _letters(len(places)))
        return [places[letter] for letter in letters]
    alphabet = min(fitting, key=lambda alphabet: _gaps(letters, alphabet))
    return [_letters(alphabet.index(letter[0])) + letter[1:].lstrip(letter[0]) for letter in letters]


def _gaps(letters: Sequence[str], alphabet: str) -> int:
    places = [-1] + [alphabet.index(letter[0]) for letter in letters]
    return sum(other - one not in (0, 1) for one, other in pairwise(places))


def _letters(place: int) -> str:
    """a, b, c … z, aa, bb …: the letters for a place counted from 0."""
    return LATIN[place % 26] * (place // 26 + 1)


def letter_of(letter: str) -> str:
    """The Latin letter for one letter that stands alone in a number: itself, its look-alike, or its place in the alphabet."""
    latin = letter.lower().translate(LOOK_ALIKES)
    if latin in LATIN:
        return latin
    for alphabet in (RUSSIAN, ARABIC, KAZAKH):
        if letter.lower() in alphabet:
            return LATIN[min(alphabet.index(letter.lower()), 25)]
    return "x"


def key_of(number: str) -> tuple[int, ...]:
    """What numbers are put in order by: 12 -> (12), 129-1 -> (129, 1), 12a -> (12, 1), 12-bis -> (12, 1), d-3 -> (4, 3), c
    -> (3)."""
    return tuple(_step(step) for step in STEP.findall(number))


def _step(step: str) -> int:
    if step.isdigit():
        return int(step)
    return LATER.index(step) + 1 if step in LATER else LATIN.find(step[0]) + 1 + 26 * (len(step) - 1)


def follows(previous: str, number: str) -> bool:
    """Whether `number` is the one after `previous`: 3 after 2, 12-1 after 12, 13 after 12-1, d after c, 2-1 after 1-9."""
    if previous[:1].isalpha() != number[:1].isalpha():
        return False
    old, new = key_of(previous), key_of(number)
    if new[:-1] == old and new[-1] == 1:
        return True
    for place in range(min(len(old), len(new))):
        if new[place] != old[place]:
            rest = new[place + 1 :]
            return new[place] == old[place] + 1 and (not rest or (len(old) == len(new) and set(rest) <= {0, 1}))
    return False


def is_first(number: str) -> bool:
    """Whether a row may begin with `number`: 1, a, 1-1, a-1, c-0 after another row."""
    key = key_of(number)
    return bool(key) and key[-1] <= 1 and (len(key) > 1 or key == (1,)) and all(step == 1 for step in key[:-1])


def between(previous: str, following: str) -> str:
    """The one number that is lost between two, "" when more than one is or none; previous "" at the beginning of the row."""
    known = previous or following
    step = re.search(r"\d+$", known)
    if step is None or not following:
        return ""
    number = known[: step.start()] + str(int(step.group()) + (1 if previous else -1))
    begins = follows(previous, number) if previous else is_first(number)
    return number if begins and follows(number, following) else ""
