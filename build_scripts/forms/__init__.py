"""How treaty texts are laid out, one data file a language; each pattern stands with its examples, which are tests.

Reads   forms/<lang>.yml
Writes  Forms: compiled patterns
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Forms:
    """The patterns of one language. Each is searched in one logical paragraph, white space as single spaces."""

    lang: str
    akn_language: str  # three letters, ISO 639-2/T
    article_heading: re.Pattern[str]  # groups num, number, heading
    glued_heading: re.Pattern[str]  # groups num, heading
    enclosing_citation: re.Pattern[str]
    enclosing_formula: re.Pattern[str]
    enclosing_signature: re.Pattern[str]
    editorial_note: re.Pattern[str]
    entry_into_force: re.Pattern[str]
    preamble_formula: re.Pattern[str]
    testimonium: re.Pattern[str]
    done_at: re.Pattern[str]
    language_clause: re.Pattern[str]
    signature: re.Pattern[str]
    certification: re.Pattern[str]


def languages() -> tuple[str, ...]:
    """The languages whose texts can be parsed, two letters each."""
    return tuple(sorted(path.stem for path in HERE.glob("*.yml") if len(path.stem) == 2))


def load_data(lang: str) -> dict[str, object]:
    """forms/<lang>.yml as it is. Raises FileNotFoundError when there is none."""
    return yaml.safe_load((HERE / f"{lang}.yml").read_text(encoding="utf-8"))


@cache
def forms(lang: str) -> Forms:
    """The forms of `lang`. Raises FileNotFoundError when there are none."""
    data = load_data(lang)
    patterns = {
        name: re.compile(form["pattern"], re.VERBOSE | re.IGNORECASE)
        for name, form in data.items()
        if isinstance(form, dict)
    }
    return Forms(lang=lang, akn_language=str(data["akn_language"]), **patterns)
