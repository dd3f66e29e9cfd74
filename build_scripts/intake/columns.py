"""Put the runs of a page into reading order: lines, columns, tables.

Reads   the Runs of a page
Writes  Lines, from the first that is read to the last

Two columns are read one after the other when each is full of lines; rows of short words are a table, and read row by row.
A line across both columns ends what is beside each other above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .glyphs import Page, Run

SAME_LINE = 0.4  # of the height
FULL = 0.55  # of the width of a column: how long its lines are, at the middle
FEW = 6  # lines: two short columns at most this long are a block of signatures, and read one after the other


@dataclass(frozen=True)
class Line:
    """A line of a column. left, right: the edges of its column; the rest as in Run."""

    text: str
    x0: float
    x1: float
    y: float
    height: float
    left: float
    right: float
    bold: bool = False

    @property
    def is_centred(self) -> bool:
        """As much white on its left as on its right, and enough to be seen."""
        return self.is_balanced and self.x0 - self.left > 0.4 * self.height

    @property
    def is_balanced(self) -> bool:
        """As much white on its left as on its right, or none."""
        return abs((self.x0 - self.left) - (self.right - self.x1)) < 0.6 * self.height


def read_page(page: Page) -> list[Line]:
    rows = _rows(page.runs)
    if not rows:
        return []
    left, right = min(run.x0 for row in rows for run in row), max(run.x1 for row in rows for run in row)
    return list(_read(rows, left, right))


def _rows(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs that stand on one line each, from the head of the page to its foot; in a row from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.y):
        if rows and rows[-1][0].y - run.y < SAME_LINE * min(max(one.height for one in rows[-1]), run.height):
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=lambda run: run.x0)
    return rows


def _read(rows: Sequence[Sequence[Run]], left: float, right: float) -> Iterator[Line]:
    """Stretches of rows beside each other, and what stands between them."""
    gutter = _gutter(rows, left, right)
    stretch: list[Sequence[Run]] = []
    for row in rows:
        if gutter is not None and all(run.x1 <= gutter or run.x0 >= gutter for run in row):
            stretch.append(row)
            continue
        yield from _side_by_side(stretch, gutter, left, right)
        stretch = []
        yield _line(row, left, right)
    yield from _side_by_side(stretch, gutter, left, right)


def _gutter(rows: Sequence[Sequence[Run]], left: float, right: float) -> float | None:
    """Where the white between two columns lies: the middle of the widest gap that the most rows share."""
    split = [row for row in rows if len(row) > 1]
    if len(split) < 2:
        return None
    best, found = 0, None
    for row in split:
        for before, after in zip(row, row[1:]):
            middle = (before.x1 + after.x0) / 2
            if not left + 0.2 * (right - left) < middle < right - 0.2 * (right - left):
                continue
            shared = sum(
                1 for other in split
                if any(one.x1 <= middle <= two.x0 for one, two in zip(other, other[1:]))
            )
            if shared > best:
                best, found = shared, middle
    return found if best >= 2 else None


def _side_by_side(stretch: Sequence[Sequence[Run]], gutter: float | None, left: float, right: float) -> Iterator[Line]:
    if gutter is None or not stretch:
        return
    runs = [run for row in stretch for run in row]
    halves = [run for run in runs if run.x1 <= gutter], [run for run in runs if run.x0 >= gutter]
    if not halves[0] or not halves[1] or sum(1 for row in stretch if len(row) > 1) < 2:
        yield from (_line(row, left, right) for row in stretch)
        return
    pairs = all(len(row) <= 2 for row in stretch)
    if pairs and (_is_full(halves[0]) and _is_full(halves[1]) or len(stretch) <= FEW):
        for half in halves:
            edges = min(run.x0 for run in half), max(run.x1 for run in half)
            yield from (_line([run], *edges) for run in half)
    else:
        yield from (_line(row, left, right) for row in stretch)


def _is_full(runs: Sequence[Run]) -> bool:
    width = max(run.x1 for run in runs) - min(run.x0 for run in runs)
    lengths = sorted(run.x1 - run.x0 for run in runs)
    return lengths[len(lengths) // 2] >= FULL * width


def _line(row: Sequence[Run], left: float, right: float) -> Line:
    body = max(row, key=lambda run: len(run.text))
    if body.is_right_to_left:
        row = sorted(row, key=lambda run: run.order)
    text = "\t".join(run.text for run in row)
    return Line(text, min(run.x0 for run in row), max(run.x1 for run in row), body.y, body.height, left, right, body.bold)
