"""Numbers as strings, for the index in Whoosh and for the browser (docs/assets/javascripts/search-data.js reads them).

Reads   numbers from 0 up
Writes  a string: five bits a character, lowest first, the sixth bit set where more follow
"""

from __future__ import annotations

from collections.abc import Iterable

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUES = {ord(digit): value for value, digit in enumerate(DIGITS)}
_SHORT = tuple(DIGITS[:32]) + tuple(DIGITS[32 + number % 32] + DIGITS[number // 32] for number in range(32, 1024))


def packed(numbers: Iterable[int]) -> str:
    """Numbers as a string."""
    return "".join([_SHORT[number] if number < 1024 else _long(number) for number in numbers])


def packed_distances(numbers: Iterable[int]) -> str:
    """Growing numbers, packed as the distance of each from the one before."""
    found = list(numbers)
    return packed(after - before for before, after in zip([0, *found], found))


def _long(number: int) -> str:
    out = ""
    while number >= 32:
        out += DIGITS[32 + number % 32]
        number //= 32
    return out + DIGITS[number]


def unpacked(text: bytes) -> list[int]:
    """The numbers that `packed` made into a string of these bytes."""
    numbers: list[int] = []
    number, shift = 0, 0
    for byte in text:
        digit = _VALUES[byte]
        number |= (digit & 31) << shift
        if digit & 32:
            shift += 5
        else:
            numbers.append(number)
            number, shift = 0, 0
    return numbers
