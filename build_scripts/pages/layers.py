"""Boxes and lines of a graph that runs downwards, laid out in layers.

Reads   boxes with their heights, which leads to which
Writes  Layout: where each box and each line lies

The order within the layers and the places across come from fast-sugiyama (the method of Sugiyama, which `dot` uses too),
and only this module knows it; the heights of the layers are made here, for boxes differ in height. The same graph is laid
out the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import fast_sugiyama

Point = tuple[float, float]
DUMMY = 0.35  # how much room a line takes between boxes, in widths of a box


@dataclass(frozen=True)
class Box:
    """A box by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class Layout:
    """boxes: by name; lines: by (from, to), the points they run through; breaks: heights at which no box is cut."""

    width: float
    height: float
    boxes: Mapping[str, Box]
    lines: Mapping[tuple[str, str], tuple[Point, ...]]
    breaks: tuple[float, ...]


def lay_out(
    heights: Mapping[str, float], edges: Iterable[tuple[str, str]], width: float, across: float, down: float
) -> Layout:
    """Boxes of one `width` and their own `heights`, `across` and `down` apart. The graph is in one piece, without circles."""
    names = list(heights)
    number = {name: place for place, name in enumerate(names)}
    numbered = [(number[one], number[other]) for one, other in dict.fromkeys(edges)]
    ((positions, _, _, drawn),) = fast_sugiyama.from_edges(
        numbered, vertex_spacing=width + across, dummy_vertices=True, dummy_size=DUMMY, check_layout=False,
    )
    place = {int(one): at for one, at in positions}
    levels = sorted({y for _, y in place.values()}, reverse=True)
    level = {one: levels.index(y) for one, (_, y) in place.items()}
    left = min(x - (width / 2 if one < len(names) else 0) for one, (x, _) in place.items())
    right = max(x + (width / 2 if one < len(names) else 0) for one, (x, _) in place.items())
    tallest = [
        max(heights[name] for name, one in number.items() if level[one] == each) for each in range(len(levels))
    ]
    tops = [sum(tallest[:each]) + each * down for each in range(len(levels))]
    boxes = {
        name: Box(place[one][0] - left - width / 2, tops[level[one]], width, heights[name]) for name, one in number.items()
    }
    lines: dict[tuple[str, str], tuple[Point, ...]] = {}
    for one, passed, other in _chains(list(drawn or ()), len(names)):
        points = [(boxes[names[one]].middle, boxes[names[one]].y + boxes[names[one]].height)]
        for each in passed:
            x, top = place[each][0] - left, tops[level[each]]
            points += [(x, top), (x, top + tallest[level[each]])]
        points.append((boxes[names[other]].middle, boxes[names[other]].y))
        lines[names[one], names[other]] = tuple(points)
    return Layout(
        right - left, tops[-1] + tallest[-1], boxes, lines,
        tuple(top + height + down / 2 for top, height in zip(tops[:-1], tallest)),
    )


def _chains(drawn: Sequence[tuple[int | str, int | str]], count: int) -> list[tuple[int, list[int], int]]:
    """For each line: the box it leaves, the places without a box that it passes, from the top, the box it comes to."""
    steps = [(int(one), int(other)) for one, other in drawn]
    onward = {one: other for one, other in steps if one >= count}
    chains = []
    for one, other in steps:
        if one >= count:
            continue
        passed = []
        while other >= count:
            passed.append(other)
            other = onward[other]
        chains.append((one, passed, other))
    return chains
