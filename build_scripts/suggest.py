"""Words of the index that a reader may have meant. The browser has the same in search-suggest.js.

Reads   a word that the index does not have, the exact words of the index
Writes  the nearest of them, nearest first

Cost of an edit: 2 for a letter left out, put in, changed or swapped with its neighbour; 1 for a letter changed into a near
one (к for қ). Words of up to 2 letters have no neighbours, of 3 to 5 letters within cost 2, longer ones within 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .analyse import TABLES

EDIT, NEAR = 2, 1
SHORTEST = 3
MOST = 3

_PAIRS = {(a, b) for letters in TABLES["near_letters"] for a in letters for b in letters if a != b}


def most_cost(length: int) -> int:
    if length < SHORTEST:
        return 0
    return EDIT if length <= 5 else 2 * EDIT


def is_suggestible(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


class Vocabulary:
    """The exact words of an index by their length, with the number of documents that have them."""

    def __init__(self, words: Iterable[tuple[str, int]]):
        self._by_length: dict[int, list[tuple[str, int]]] = {}
        for word, frequency in words:
            if is_suggestible(word):
                self._by_length.setdefault(len(word), []).append((word, frequency))

    def nearest(self, word: str) -> list[tuple[int, int, str]]:
        """(cost, minus the number of documents, word) of the words near `word`, best first, at most MOST."""
        limit = most_cost(len(word))
        found: list[tuple[int, int, str]] = []
        for length in range(len(word) - limit // EDIT, len(word) + limit // EDIT + 1):
            for candidate, frequency in self._by_length.get(length, ()):
                spent = cost(word, candidate, limit)
                if spent <= limit:
                    found.append((spent, -frequency, candidate))
        return sorted(found)[:MOST]


def cost(a: str, b: str, limit: int) -> int:
    """The cost of turning `a` into `b` (optimal string alignment); limit + 1 when it is more than `limit`."""
    before: Sequence[int] = ()
    last = [EDIT * j for j in range(len(b) + 1)]
    for i, letter in enumerate(a, 1):
        row = [EDIT * i]
        for j, other in enumerate(b, 1):
            changed = 0 if letter == other else NEAR if (letter, other) in _PAIRS else EDIT
            best = min(last[j] + EDIT, row[j - 1] + EDIT, last[j - 1] + changed)
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                best = min(best, before[j - 2] + EDIT)
            row.append(best)
        if min(row) > limit and min(last) > limit:
            return limit + 1
        before, last = last, row
    return min(last[-1], limit + 1)
