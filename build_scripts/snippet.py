"""The piece of a text that shows why it was found. The browser has the same in search-snippet.js.

Reads   a text, its language, the words looked for
Writes  a piece of it in plain text, with the places of those words
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .analyse import Token, analyse

WIDTH = 220  # code points of a snippet
LEAD = 40  # of them before the first word found


@dataclass(frozen=True)
class Wanted:
    """The words looked for: stems, exact words where only those count, and phrases, whose stems count side by side only."""

    stems: frozenset[str]
    exacts: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()

    def among(self, tokens: Sequence[Token]) -> list[Token]:
        """Those of `tokens` that are wanted."""
        inside = self._inside_phrases(tokens)
        return [
            token for number, token in enumerate(tokens)
            if token.term in self.stems or token.exact in self.exacts or number in inside
        ]

    def _inside_phrases(self, tokens: Sequence[Token]) -> set[int]:
        """The numbers of the tokens that stand in a phrase."""
        places: dict[tuple[int, str], int] = {}
        for number, token in enumerate(tokens):
            places.setdefault((token.position, token.term), number)
        return {
            places[token.position + step, stem]
            for phrase in self.phrases
            for token in tokens if token.term == phrase[0]
            if all((token.position + step, stem) in places for step, stem in enumerate(phrase))
            for step, stem in enumerate(phrase)
        }


@dataclass(frozen=True)
class Snippet:
    """marks: start and end (code points of `text`) of the words found."""

    text: str
    marks: tuple[tuple[int, int], ...]


def snippet(text: str, lang: str, wanted: Wanted) -> Snippet:
    """The piece of `text` with the most of the wanted words; its beginning when it has none of them."""
    found = wanted.among(analyse(text, lang))
    begin, end = _window(text, found)
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    shift = len(before) - begin
    marks: list[tuple[int, int]] = []
    for token in sorted(found, key=lambda token: (token.start, -token.end)):
        inside = begin <= token.start and token.end <= end
        if inside and (not marks or token.start + shift >= marks[-1][1]):
            marks.append((token.start + shift, token.end + shift))
    return Snippet(before + text[begin:end] + after, tuple(marks))


def _window(text: str, found: list[Token]) -> tuple[int, int]:
    """Start and end of the piece to show, at the edges of words."""
    if len(text) <= WIDTH:
        return 0, len(text)
    first = _densest(found)
    begin = 0
    if first > LEAD:
        space = text.find(" ", first - LEAD, first)
        begin = space + 1 if space >= 0 else first
    if begin + WIDTH >= len(text):
        return begin, len(text)
    space = text.rfind(" ", begin, begin + WIDTH + 1)
    return begin, space if space > begin else begin + WIDTH


def _densest(found: list[Token]) -> int:
    """Where the piece with the most different words begins, the first of its like."""
    best, place = 0, 0
    for number, token in enumerate(found):
        words = {other.term for other in found[number : number + WIDTH] if other.end <= token.start + WIDTH - LEAD}
        if len(words) > best:
            best, place = len(words), token.start
    return place
