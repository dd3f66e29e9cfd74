"""Words of the index that a reader may have meant. The browser has the same in search-suggest.js.

Reads   a word that the index does not have, the exact words of the index
Writes  the nearest of them, nearest first; and the word itself with the nearest stem in place of its own

What a slip costs: WRONG a letter for another, EXTRA a letter too many, MISSING one too few, DOUBLED a letter typed twice, SWAPPED
two neighbours changed about; NEAR a letter for one that people type in its place (к for қ, where the keyboard has no Kazakh
letters); a word with nothing but such letters is as near as with one. So a whole word typed on a Russian keyboard is nearer than
one wrong letter. A word of 2 letters is near to what has a letter typed for another, one of 3 to 5 letters to what is within one
slip, a longer one within two.

A word in a form that the texts do not have is put right by its stem: «жагдайы» is «жағдайы» where the texts have «жағдайда», and
«кепилдик» is «кепілдік» where they have «кепілдіктер». What is typed after the stem must have vowels that may follow it.
Words of no weight (who, when) may be meant although no text has them.
A missing space is a missing letter: «ұстапберу» is «ұстап беру».
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf

from .analyse import TABLES, stem_of

MISSING, DOUBLED, SWAPPED, EXTRA, WRONG, NEAR = 4, 4, 4, 5, 5, 1
SLIP = 5  # the most that one slip costs
SHORTEST = 2  # letters of a word
MOST = 3
BEGINNING = 3  # letters that say where to look for a stem, and the fewest of a word that may lack its space
SHORTER, LONGER = 2, 7  # than the word: the words of the index whose stems are looked at
LETTER = 1  # what each letter costs that a word stands in for although its stem makes no form with it
FARTHEST = 12  # the most that such a word may cost
LONGER_WORD = 4  # what it costs that a word of the index goes on after what is meant: «құндылықтарды» for «құндылық»

_PAIRS = {(a, b) for letters in TABLES["near_letters"] for a in letters for b in letters if a != b}
_VOWELS: Mapping[str, Sequence[str]] = TABLES["harmony"]
Row = tuple[int, int, str]  # cost, minus the number of documents, word


def most_cost(length: int) -> int:
    if length <= SHORTEST:
        return NEAR if length == SHORTEST else 0
    return SLIP if length <= 5 else 2 * SLIP


def is_suggestible(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


class Vocabulary:
    """The exact words of an index by their length, with the number of documents that have them."""

    def __init__(self, words: Iterable[tuple[str, int]], lang: str):
        self._lang = lang
        self._stops = frozenset(TABLES["stop_words"].get(lang, ()))
        self._counts = dict.fromkeys(filter(is_suggestible, self._stops), 0)
        self._counts.update((word, count) for word, count in words if is_suggestible(word))
        self._by_length: dict[int, list[tuple[str, int]]] = {}
        for word, count in self._counts.items():
            self._by_length.setdefault(len(word), []).append((word, count))

    def nearest(self, word: str) -> list[Row]:
        """The words near `word`, best first, at most MOST."""
        limit = most_cost(len(word))
        found: list[Row] = []
        for length in range(len(word) - limit // MISSING, len(word) + limit // MISSING + 1):
            for candidate, frequency in self._by_length.get(length, ()):
                spent = cost(word, candidate, limit)
                if spent <= limit:
                    found.append((NEAR if has_near_letters_only(word, candidate) else spent, -frequency, candidate))
        least = min((row[0] for row in found), default=inf)
        if least >= MISSING:
            found += [row for row in self._by_stem(word) if row[0] < least]
            found += self._as_two(word)
        best: dict[str, Row] = {}  # by stem: another form of a word finds nothing else
        for row in sorted(found):
            best.setdefault(row[2] if " " in row[2] else stem_of(row[2], self._lang), row)
            if len(best) == MOST:
                break
        return list(best.values())

    def _as_two(self, word: str) -> list[Row]:
        """`word` as two words of the index, the commonest pair."""
        pairs = [(word[:at], word[at:]) for at in range(BEGINNING, len(word) - BEGINNING + 1)]
        held = [pair for pair in pairs if self._counts.get(pair[0]) and self._counts.get(pair[1])]
        return sorted((MISSING, -min(self._counts[one], self._counts[other]), f"{one} {other}") for one, other in held)[:1]

    def _by_stem(self, word: str) -> list[Row]:
        """`word` with a stem of the index in place of a beginning near it; a word of the index where that makes no form, or
        where `word` is near its beginning."""
        limit = most_cost(len(word))
        found: list[Row] = []
        for length in range(len(word) - SHORTER, len(word) + LONGER + 1):
            for candidate, frequency in self._by_length.get(length, ()):
                if candidate in self._stops or cost(word[:BEGINNING], candidate, SLIP, begins=True) > SLIP:
                    continue
                begun = cost(word, candidate, limit, begins=True)
                if begun <= limit:
                    found.append((begun + LONGER_WORD, -frequency, candidate))
                stem = stem_of(candidate, self._lang)
                spent, taken = nearest_beginning(word, stem)
                if spent > most_cost(len(stem)) or len(word) - taken > LONGER:
                    continue
                rest = word[taken:]
                made = stem + rest
                if made != word and is_in_harmony(stem, rest, self._lang) and stem_of(made, self._lang) == stem:
                    spent = NEAR if has_near_letters_only(word[:taken], stem) else spent
                    found.append((spent if rest else spent + NEAR, -frequency, made))
                elif (far := spent + SLIP + LETTER * len(rest)) <= FARTHEST:
                    found.append((far, -frequency, candidate))
        return found


def has_near_letters_only(typed: str, meant: str) -> bool:
    """Whether all that is wrong in `typed` are letters that people type for those of `meant`."""
    return len(typed) == len(meant) and all(a == b or (a, b) in _PAIRS for a, b in zip(typed, meant))


def is_in_harmony(stem: str, ending: str, lang: str) -> bool:
    """Whether the first vowel of `ending` may follow the last of `stem`; letters that are in neither row may follow any."""
    rows = _VOWELS.get(lang, ())
    before = [row for letter in stem for row in rows if letter in row]
    after = [row for letter in ending for row in rows if letter in row]
    return not before or not after or before[-1] == after[0]


def cost(typed: str, meant: str, limit: int, begins: bool = False) -> int:
    """The cost of the slips that make `typed` of `meant`, or of the nearest beginning of it; limit + 1 when it is more.

    Optimal string alignment: no letter has two slips.
    """
    last: Sequence[int] = ()
    for row in _rows(typed, meant):
        if last and min(row) > limit and min(last) > limit:
            return limit + 1
        last = row
    return min(min(last) if begins else last[-1], limit + 1)


def nearest_beginning(typed: str, meant: str) -> tuple[int, int]:
    """The cost of `meant` as the beginning of `typed` that is nearest, and the length of that beginning."""
    spent, negative = min((row[-1], -taken) for taken, row in enumerate(_rows(typed, meant)))
    return spent, -negative


def _rows(typed: str, meant: str) -> Iterator[list[int]]:
    """For each beginning of `typed`, from the empty one: its cost for each beginning of `meant`."""
    before: Sequence[int] = ()
    last = [MISSING * j for j in range(len(meant) + 1)]
    yield last
    for i, letter in enumerate(typed, 1):
        extra = DOUBLED if i > 1 and typed[i - 2] == letter else EXTRA
        row = [last[0] + extra]
        for j, other in enumerate(meant, 1):
            changed = 0 if letter == other else NEAR if (letter, other) in _PAIRS else WRONG
            best = min(last[j] + extra, row[j - 1] + MISSING, last[j - 1] + changed)
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == other:
                best = min(best, before[j - 2] + SWAPPED)
            row.append(best)
        yield row
        before, last = last, row
