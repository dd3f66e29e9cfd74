"""Numbers from 1 to 999 in words and in figures: алпыс, sixty, 60. The browser has the same in search-numerals.js.

Reads   words of a language, folded as analyse.py folds them; numerals.yml
Writes  the number that they say; the words that say a number
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from .tables import read_table

TABLES: Mapping[str, Any] = read_table(Path(__file__).with_name("numerals.yml"))
MOST = 999


def number_at(words: Sequence[str], lang: str) -> tuple[int, int]:
    """The number that `words` begin with, and how many of them say it; 0 and 0 when they begin with none.

    The longest number is read: one hundred and eighty days is 180, four words. A word that alone means other things too
    (one, бір) is a number only together with others.
    """
    if words and _figure(words[0]):
        return _figure(words[0]), 1
    table = TABLES.get(lang)
    if table is None:
        return 0, 0
    value, count = 0, 0
    while count < len(words):
        joint = count > 0 and words[count] == table["joint"] and value % 100 == 0
        following = words[count + joint] if count + joint < len(words) else ""
        joined = _joined(value, table["words"].get(following, 0), table)
        if not joined:
            break
        value, count = joined, count + joint + 1
    return (0, 0) if count == 1 and words[0] in table["no_number"] else (value, count)


def _figure(word: str) -> int:
    """The number in ASCII figures, or 0."""
    return int(word) if 0 < len(word) <= 3 and word.isascii() and word.isdigit() and word[0] != "0" else 0


def _joined(value: int, following: int, table: Mapping[str, Any]) -> int:
    """`value` with the numeral `following` after it, or 0 where the two do not make one number."""
    if following == 100:
        return 100 * value if 1 <= value <= 9 else 100 if not value and table["bare_hundred"] else 0
    if following >= 100:
        return 0 if value else following
    if following >= 10:
        return 0 if value % 100 else value + following
    takes_unit = value % 10 == 0 and (value % 100 != 10 or table["ten_and"])
    return value + following if following and takes_unit else 0


@cache
def spellings(number: int, lang: str) -> tuple[tuple[str, ...], ...]:
    """The ways to write `number` in words: 180 is бір жүз сексен, жүз сексен. None for a language that is not in the table."""
    table = TABLES.get(lang)
    if table is None or not 1 <= number <= MOST:
        return ()
    word_of = {value: word for word, value in table["words"].items()}
    hundreds, rest = number - number % 100, number % 100
    parts = [rest] if rest in word_of else [rest - rest % 10, rest % 10]
    tail = [word_of[part] for part in parts if part]
    if not hundreds:
        return (tuple(tail),)
    heads = [[word_of[hundreds]]] if hundreds in word_of and (hundreds > 100 or table["bare_hundred"]) else []
    if 200 not in word_of:
        heads.insert(0, [word_of[hundreds // 100], word_of[100]])
    joints = [[table["joint"]], []] if table["joint"] and tail else [[]]
    return tuple((*head, *joint, *tail) for head in heads for joint in joints)
