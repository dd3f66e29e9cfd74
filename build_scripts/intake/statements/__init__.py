"""In which words a text states what treaty.yml asks: one data file a language, with examples that are tests.

Reads   statements/<lang>.yml, places.yml
Writes  Statements: compiled patterns; None for a language that has no file
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ...tables import read_table

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Statements:
    """The patterns of one language; each is searched in one paragraph, white space as single spaces."""

    lang: str
    title_line: re.Pattern[str]  # a line that is the title of a treaty
    law_title: re.Pattern[str]  # the title of the law or decree that a treaty is published with
    months: Mapping[str, int]  # how the names of months begin
    dates: tuple[re.Pattern[str], ...]
    places: tuple[re.Pattern[str], ...]
    places_in_case: bool  # a place does not stand in the nominative
    lead: re.Pattern[str]  # what stands before the Parties' names
    end: re.Pattern[str]  # what ends them
    hereinafter: re.Pattern[str]  # that those who were named are the Parties
    between: tuple[str, ...]
    article: re.Pattern[str]  # the definite article before a name
    title_parties: re.Pattern[str]
    several: re.Pattern[str]  # a treaty of many Parties
    language_context: re.Pattern[str]
    languages: Mapping[str, str]  # how their names begin -> code
    prevails: tuple[re.Pattern[str], ...]
    entry_rule: re.Pattern[str]
    entry_note: re.Pattern[str]  # that it has entered into force
    entry_between: re.Pattern[str]  # what may stand between that and its day
    entry_other: re.Pattern[str]  # what else has a day: signature, ratification
    kinds: Mapping[str, re.Pattern[str]]
    enclosing: Mapping[str, re.Pattern[str]]
    short: re.Pattern[str]  # what is dropped from a title to make it short


def languages() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in HERE.glob("*.yml") if len(path.stem) == 2))


def load_data(lang: str) -> dict[str, Any]:
    data: dict[str, Any] = read_table(HERE / f"{lang}.yml")
    return data


@cache
def statements(lang: str) -> Statements | None:
    if lang not in languages():
        return None
    data = load_data(lang)
    parties, langs = data["parties"], data["languages"]
    return Statements(
        lang, _compile(data["title"]["line"]), _compile(data["title"]["law"]), data["months"],
        tuple(map(_compile, data["date"]["patterns"])), tuple(map(_compile, data["place"]["patterns"])),
        data["place"].get("cases", False), _compile(parties["lead"]), _compile(parties["end"]),
        _compile(parties["hereinafter"]), tuple(parties["between"]),
        _compile(parties["article"]), _compile(parties["title"]), _compile(data["several"]), _compile(langs["context"]),
        langs["names"], tuple(map(_compile, langs["prevails"])), _compile(data["entry_rule"]),
        _compile(data["entry_note"]["words"]), _compile(data["entry_note"]["between"]), _compile(data["entry_note"]["other"]),
        {kind: _compile(pattern) for kind, pattern in data["kinds"].items()},
        {kind: _compile(pattern) for kind, pattern in data["enclosing"].items()}, _compile(data["short"]["drop"]),
    )


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


@cache
def places() -> tuple[Mapping[str, Any], ...]:
    """Places where treaties were signed: their names by language, and `cases`, how they stand after a preposition."""
    return tuple(read_table(HERE / "places.yml"))
