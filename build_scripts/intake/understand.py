"""What the parser makes of a text that no treaty.yml describes yet.

Reads   the text, its language, how it is laid out
Writes  Understood: the parsed text; everything the parser has doubts about, with lines
"""

from __future__ import annotations

from dataclasses import dataclass

from ..forms import forms, languages
from ..problems import Problem, Problems
from .breaks import Signs
from .interim import Parsed, read_text


@dataclass(frozen=True)
class Understood:
    """parsed: the text; doubts: what the parser did not understand, in the order of the text."""

    parsed: Parsed
    doubts: tuple[Problem, ...]


def understand(text: str, lang: str, file: str, layout: str, enclosing: str | None = None) -> Understood:
    problems = Problems()
    parsed = read_text(text, lang, file, problems, layout=layout, enclosing=enclosing)
    return Understood(parsed, tuple(sorted(set(problems), key=lambda each: (each.line, each.code.value))))


def signs(lang: str) -> Signs:
    """How the language announces an article."""
    heading = forms(lang).article_heading

    def begins(text: str) -> bool:
        found = heading.search(text)
        return bool(found) and len(text) < 200

    def alone(text: str) -> bool:
        found = heading.search(text)
        return bool(found and not found["heading"])

    return Signs(begins, alone)


def other_languages(text: str, lang: str, file: str) -> list[tuple[str, int]]:
    """The languages in which the text has articles when it has none in `lang`, with their number; the most first."""
    found = []
    for other in languages():
        if other != lang:
            count = len(read_text(text[:200_000], other, file, Problems()).articles)
            if count > 1:
                found.append((other, count))
    return sorted(found, key=lambda each: -each[1])
