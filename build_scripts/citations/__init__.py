"""The words of citations, as data: how texts refer to provisions, one file a language, each form with its examples.

Reads   citations/references.<lang>.yml
Writes  ReferenceForms: what a word is in a citation
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ..tables import read_table

HERE = Path(__file__).parent
LONGEST_WORD = 40  # longer ones are none of ours, so that a pattern never runs over more
# letters that look alike: a word of two scripts is read in the script of its language
LATIN, CYRILLIC = "aeocpxyhikmtbAEOCPXYHIKMTB", "аеосрхуһікмтвАЕОСРХУҺІКМТВ"
SCRIPTS = {"cyrillic": str.maketrans(LATIN, CYRILLIC), "latin": str.maketrans(CYRILLIC, LATIN)}


@dataclass(frozen=True)
class Word:
    """What a word is in a citation. kind: "unit", one of the kinds under `words` and "ordinal", or "word" for all others.

    unit: article, part, paragraph, point, subpara or indent; number: of an ordinal or a count; marks: plural, genitive,
    possessive, abbreviation.
    """

    kind: str = "word"
    unit: str = ""
    number: int = 0
    marks: frozenset[str] = frozenset()


PLAIN = Word()


@dataclass(frozen=True)
class ReferenceForms:
    """How one language refers to provisions. unit_first: "Article 4", against "4-бап"; dot_inserts: "12.1" is 12-1."""

    lang: str
    unit_first: bool
    dot_inserts: bool
    script: Mapping[int, int]
    units: Mapping[str, re.Pattern[str]]
    marks: Mapping[str, re.Pattern[str]]
    words: Mapping[str, re.Pattern[str]]
    numbers: Mapping[str, tuple[re.Pattern[str], ...]] = field(repr=False)  # ordinal, count: a pattern for 1, for 2 …

    def word(self, text: str) -> Word:
        """What `text`, one word in any case, is in a citation."""
        return _word(self, self.fold(text)) if len(text) <= LONGEST_WORD else PLAIN

    def fold(self, text: str) -> str:
        """The word in small letters, in one script."""
        folded = text.lower()
        other = folded.translate(self.script)
        return other if other != folded and len(text) > 1 and _is_mixed(folded) else folded

    def read(self, folded: str) -> Word:
        for unit, pattern in self.units.items():
            if pattern.fullmatch(folded):
                return Word("unit", unit, 0, frozenset(mark for mark, of in self.marks.items() if of.fullmatch(folded)))
        for kind, patterns in self.numbers.items():
            for number, pattern in enumerate(patterns, 1):
                if pattern.fullmatch(folded):
                    return Word(kind, number=number)
        for kind, pattern in self.words.items():
            if pattern.fullmatch(folded):
                return Word(kind, marks=frozenset(mark for mark, of in self.marks.items() if of.fullmatch(folded)))
        return PLAIN


def _is_mixed(word: str) -> bool:
    return any(letter < "\u0250" for letter in word) and any("\u0400" <= letter < "\u0530" for letter in word)


@lru_cache(maxsize=1 << 15)
def _read(lang: str, folded: str) -> Word:
    return reference_forms(lang).read(folded)


def _word(forms: ReferenceForms, folded: str) -> Word:
    return _read(forms.lang, folded)


def has_forms(lang: str) -> bool:
    """Whether it is known how texts in `lang` refer to provisions."""
    return (HERE / f"references.{lang}.yml").exists()


def load_data(lang: str) -> dict[str, Any]:
    """citations/references.<lang>.yml as it is. Raises FileNotFoundError when there is none."""
    return read_table(HERE / f"references.{lang}.yml")


def _compile(patterns: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern, re.VERBOSE) for name, pattern in patterns.items()}


@cache
def reference_forms(lang: str) -> ReferenceForms:
    """The forms of `lang`. Raises FileNotFoundError when there are none."""
    data = load_data(lang)
    return ReferenceForms(
        lang, data["order"] == "unit first", data["dot"] == "inserts", SCRIPTS[data["script"]],
        _compile(data["units"]), _compile(data["marks"]), _compile(data["words"]),
        {kind: tuple(re.compile(each, re.VERBOSE) for each in patterns) for kind, patterns in data["numbers"].items()},
    )
