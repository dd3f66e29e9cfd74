"""The forms of citations, as data: how texts refer to provisions, one file a language, each form with its examples.

Reads   citations/references.<lang>.yml
Writes  ReferenceForms: compiled patterns
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
UNITS = ("article", "paragraph", "point")  # largest first


@dataclass(frozen=True)
class ReferenceForms:
    """How one language refers to provisions.

    token: one unit with its numbers (groups article, paragraph, point) or an anchor (this_article, this_paragraph,
    this_work); join: what may stand between two tokens of one citation; number, letter: one in a row; is_range: what
    between two numbers makes them the ends of a range; foreign_before, foreign_after: words of another instrument that
    the numbers belong to.
    """

    token: re.Pattern[str]
    join: re.Pattern[str]
    number: re.Pattern[str]
    letter: re.Pattern[str]
    is_range: re.Pattern[str]
    foreign_before: re.Pattern[str] | None
    foreign_after: re.Pattern[str] | None


def load_data(lang: str) -> dict[str, Any]:
    """citations/references.<lang>.yml as it is. Raises FileNotFoundError when there is none."""
    return yaml.safe_load((HERE / f"references.{lang}.yml").read_text(encoding="utf-8"))


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)


@cache
def reference_forms(lang: str) -> ReferenceForms:
    """The forms of `lang`. Raises FileNotFoundError when there are none."""
    data = load_data(lang)
    number, letter = data["number"], data["letter"]
    between = f"(?: {data['list']} | {data['range']} )"
    marked = rf"(?: \( {letter} \) | (?<!\w) {letter} \) | (?<!\w) {letter} (?!\w) )"
    numbers = rf"(?<![\w№.,/-]) {number} (?: {between} {number} )*"
    letters = f"{marked} (?: {between} {marked} )*"
    units = [
        f"(?P<{unit}> {data['units'][unit].replace('{numbers}', numbers).replace('{letters}', letters)} )"
        for unit in UNITS
    ]
    anchors = [f"(?P<this_{name}> {pattern} )" for name, pattern in data["this"].items()]
    # the point comes first: in Kazakh "1-тармақша" begins like "1-тармақ"
    token = rf"(?<!\w) (?: {' | '.join([*anchors, units[2], units[1], units[0]])} )"
    foreign = {name: _compile(data[name]) if name in data else None for name in ("foreign_before", "foreign_after")}
    return ReferenceForms(
        _compile(token), _compile(data["join"]), _compile(number), _compile(rf"(?<!\w) {letter} (?!\w)"),
        _compile(data["range"]), **foreign,
    )
