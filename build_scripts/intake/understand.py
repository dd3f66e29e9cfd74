"""What the parser makes of a text that no treaty.yml describes yet.

Reads   the text, its language, how it is laid out
Writes  Understood: the parsed text; everything the parser has doubts about, with lines
"""

from __future__ import annotations

from dataclasses import dataclass

from ..announce import announce
from ..forms import forms, languages
from ..model import Part
from ..notation import is_notation, read_notation, words_of
from ..parse import Parsed, read_text
from ..problems import Problem, Problems
from .breaks import Signs
from .statements import statements

HEADING = 200  # characters: a longer line is no heading
SAMPLE = 40_000  # characters that are tried in other languages


@dataclass(frozen=True)
class Understood:
    """parsed: the text; doubts: what the parser did not understand, in the order of the text."""

    parsed: Parsed
    doubts: tuple[Problem, ...]


def understand(text: str, lang: str, file: str, layout: str, enclosing: str | None = None) -> Understood:
    """enclosing: "law" or "decree", when words stand before the title."""
    if is_notation(text):
        return _notated(text)
    understood = _read(text, lang, file, layout, enclosing, None)
    title = _treaty_title(understood.parsed, lang)
    return understood if title == understood.parsed.title else _read(text, lang, file, layout, enclosing, title)


def _notated(text: str) -> Understood:
    """A text in our own notation says itself what it holds."""
    said = read_notation(text)
    return Understood(Parsed(said.title, said.parts, tuple(words_of(said)), 0), ())


def _read(text: str, lang: str, file: str, layout: str, enclosing: str | None, title: str | None) -> Understood:
    problems = Problems()
    parsed = read_text(text, lang, file, problems, title=title, layout=layout, enclosing=enclosing)
    return Understood(parsed, tuple(sorted(set(problems), key=lambda each: (each.line, each.code.value))))


def _treaty_title(parsed: Parsed, lang: str) -> str:
    """The title that the parser found; where that is a law's, or there is none, the line that is the title of a treaty."""
    own = statements(lang)
    if own is None or (parsed.title and not own.law_title.search(parsed.title)):
        return parsed.title
    for part in (Part.PREFACE, Part.PREAMBLE):
        for top in parsed.parts.get(part, ()):
            for provision in top.walk():
                for passage in provision.passages:
                    if own.title_line.search(passage.text) and not own.law_title.search(passage.text):
                        return passage.text
    return parsed.title


def signs(lang: str) -> Signs:
    """How the language announces an article, a chapter, an annex."""
    own = forms(lang)

    def begins(text: str) -> bool:
        found = announce(text, own)
        return bool(found and found.numbers and not found.goes_on and len(text) <= HEADING)

    def alone(text: str) -> bool:
        found = announce(text, own)
        return bool(found and found.numbers and found.rest >= len(text))

    return Signs(begins, alone)


def other_languages(text: str, lang: str, file: str) -> list[tuple[str, int]]:
    """The languages in which the text has articles when it has none in `lang`, with their number; the most first."""
    found = []
    for other in languages():
        if other != lang:
            count = len(read_text(text[:SAMPLE], other, file, Problems()).articles)
            if count > 1:
                found.append((other, count))
    return sorted(found, key=lambda each: -each[1])
