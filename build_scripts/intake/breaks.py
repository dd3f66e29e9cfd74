"""Line breaks inside a paragraph: which of them end a paragraph, and which only end a line.

Reads   the pieces between the breaks; Signs, which the forms of the language give
Writes  the paragraphs they make

A break ends a paragraph: where another break follows; after a full stop, a colon, a semicolon; before a numbered unit or a
heading of an article; after such a heading that stands alone. Any other break is a line of a title or of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

NUMBERED = re.compile(r"^\(?(?:\d{1,3}|[^\W\d_]|[ivxlcdm]{1,6})[.)]\s*\S", re.IGNORECASE)
ENDED = re.compile(r"[.;:!?]$")


@dataclass(frozen=True)
class Signs:
    """What the language says of a line. begins: it begins an article; alone: it is the number of an article and no more."""

    begins: Callable[[str], bool]
    alone: Callable[[str], bool]


def divide(pieces: Sequence[str], signs: Signs) -> list[list[int]]:
    """The pieces that make each paragraph, by place."""
    groups: list[list[int]] = []
    broken = True
    for place, piece in enumerate(pieces):
        text = piece.strip()
        if not text:
            broken = True
            continue
        above = pieces[groups[-1][-1]].strip() if groups else ""
        if broken or ENDED.search(above) or signs.alone(above) or signs.begins(text) or NUMBERED.match(text):
            groups.append([place])
        else:
            groups[-1].append(place)
        broken = False
    return groups
