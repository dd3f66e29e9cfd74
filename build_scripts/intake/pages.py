"""Tell what belongs to the page from what belongs to the treaty.

Reads   the Lines of all pages
Writes  for each line "", "page-number" or "running-head"

A page number stands at the head or the foot of a page and counts with the pages; a running head says the same at the same
place of several pages. What only looks like one is left in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .columns import Line

EDGE = 3  # how many lines at the head and at the foot of a page may belong to it
NUMBER = re.compile(
    r"^[\s\-–—.|]*(?:(?:page|p\.|стр\.?|страница|бет|стор\.|pág\.|página|صفحة)\s*)?(?P<number>\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:/|of|из|з|sur|de)\s*\d{1,4})?(?:\s*(?:-?\s*бет))?[\s\-–—.|]*$",
    re.IGNORECASE,
)
DIGITS = re.compile(r"\d+")
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True)
class _Place:
    page: int
    line: int
    zone: str  # "head" or "foot"


def furniture(pages: Sequence[Sequence[Line]], begins: Callable[[str], bool] = lambda text: False) -> list[list[str]]:
    """What each line of each page is. begins: whether a text begins an article; then its number is part of what it says."""
    found = [[""] * len(lines) for lines in pages]
    zones = [zone for page, lines in enumerate(pages) for zone in _zones(page, lines)]
    edges = [place for zone in zones for place in zone]
    kinds = dict([*_heads(pages, edges, begins), *_numbers(pages, edges)])
    for zone in zones:
        for place in zone:
            if place not in kinds:
                break  # what is further in belongs to the text
            found[place.page][place.line] = kinds[place]
    return found


def _zones(page: int, lines: Sequence[Line]) -> tuple[list[_Place], list[_Place]]:
    """The lines at the head and at the foot of a page, by their place on it; each from the edge inwards."""
    order = sorted(range(len(lines)), key=lambda number: -lines[number].y)
    half = (len(order) + 1) // 2
    heads = [_Place(page, number, "head") for number in order[: min(EDGE, half)]]
    feet = [_Place(page, number, "foot") for number in order[max(len(order) - EDGE, half) :]]
    return heads, feet[::-1]


def _heads(
    pages: Sequence[Sequence[Line]], edges: Sequence[_Place], begins: Callable[[str], bool]
) -> list[tuple[_Place, str]]:
    words = {place: _same(pages[place.page][place.line], begins) for place in edges}
    pages_with = Counter((zone, same) for _, zone, same in {(place.page, place.zone, words[place]) for place in edges})
    enough = 2 if len(pages) < 4 else 3
    return [
        (place, "running-head") for place in edges
        if pages_with[place.zone, words[place]] >= enough and re.search(r"[^\W\d_]{2}", words[place][0])
    ]


def _same(line: Line, begins: Callable[[str], bool]) -> tuple[str, int]:
    """What two running heads have in common: words without numbers, and the height on the page. "Article 15" and "Article 29"
    have nothing in common."""
    words = " ".join(line.text.split())
    return (words if begins(words) else DIGITS.sub("0", words)).casefold(), round(line.y / 6)


def _numbers(pages: Sequence[Sequence[Line]], edges: Sequence[_Place]) -> list[tuple[_Place, str]]:
    """The lines that count with the pages: number less page is the same on at least two pages."""
    numbers = []
    for place in edges:
        match = NUMBER.match(pages[place.page][place.line].text)
        if match:
            numbers.append((place, _value(match["number"]) - place.page))
    steps = Counter((place.zone, step) for place, step in numbers)
    return [
        (place, "page-number") for place, step in numbers
        if steps[place.zone, step] >= 2 or (len(pages) == 1 and step == 1)
    ]


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    values = [ROMAN[letter] for letter in number.lower()]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0]))
