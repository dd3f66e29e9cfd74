"""Places: the numbers that provisions are cited by, for the filter `article:`. The browser has the same in search-places.js.

Reads   an eId; a place as typed
Writes  places: 12, 12(1), 12(1)(e), 67-1
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from .analyse import fold

LONGEST = 64  # code points of a place as typed that are read
_STEP = re.compile("[0-9]{1,6}(?:-[0-9]{1,6})?|[^ 0-9().,;:/_-]+")
_DASHES = re.compile("[‐‑‒–—−]")
_ORDER = re.compile(r"([0-9]+)(?:-([0-9]+))?|([^()0-9-]+)")


class Placed(Protocol):
    """The places that a language of the index has."""

    @property
    def articles(self) -> tuple[str, ...]: ...

    def places(self, article: str) -> tuple[str, ...]: ...


def places_of(eid: str) -> tuple[str, ...]:
    """The numbers that the provision is cited by, outermost first: art_12__para_1__point_e is 12, 12(1) and 12(1)(e)."""
    places: list[str] = []
    for segment in eid.split("__"):
        unit, _, number = segment.partition("_")
        if unit == "art":
            places = [number]
        elif places and unit in ("para", "point"):
            places.append(f"{places[-1]}({number})")
    return tuple(places)


def place_order(place: str) -> tuple[tuple[int, int, str], ...]:
    """What places are sorted by: numbers as numbers, 12-1 between 12 and 13, letters after them."""
    return tuple((int(number or 0), int(inserted or 0), letters) for number, inserted, letters in _ORDER.findall(place))


def places_named(value: str, held: Placed) -> tuple[str, ...]:
    """The places that `value` names: 12; 12-14, a range; 67-1, an inserted article; 12(1)(e), 12.1.e. () where there is none."""
    steps = _steps(value)
    if not steps:
        return ()
    first, _, last = steps[0].partition("-")
    if last and int(last) > int(first):
        inside = [number for number in held.articles if ((int(first), 0, ""),) <= place_order(number) <= ((int(last), 0, ""),)]
        return tuple(inside) if len(steps) == 1 else ()
    place = steps[0] + "".join(f"({step})" for step in steps[1:])
    there = held.articles if len(steps) == 1 else held.places(steps[0])
    return (place,) if place in there else ()


def article_in(value: str) -> str:
    """The number of the article that a place as typed is in; "" where there is none, or it is a range."""
    steps = _steps(value)
    first, _, last = steps[0].partition("-") if steps else ("", "", "")
    return "" if last and int(last) > int(first) else steps[0] if steps else ""


def _steps(value: str) -> list[str]:
    """The numbers of a place as typed, outermost first: 12(1)(e), 12.1.e -> 12, 1, e; none where it begins with no number."""
    steps = _STEP.findall(fold(_DASHES.sub("-", value[:LONGEST]), "en"))
    return steps if steps and steps[0][0].isdigit() else []


def ranges(places: Sequence[str]) -> list[str]:
    """Numbers in their order as a reader writes them: 1–22, 67-1; or, of one article, 12(1) … one by one."""
    runs: list[list[str]] = []
    for place in places:
        follows = runs and place.isdigit() and runs[-1][-1].isdigit() and int(place) == int(runs[-1][-1]) + 1
        if follows:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
