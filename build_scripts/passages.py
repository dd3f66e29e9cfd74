"""The words of all texts for the quote checker.

Reads   a Library
Writes  Rows of an expression, in order; search-data/passages.js: `Kelisim.quoteRules`, then one call a text,
        `Kelisim.quoteTexts.push({…})`

The same library makes the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from .analyse import TABLES
from .library import Library
from .model import Expression


class Row(NamedTuple):
    """A passage or a heading. number: what is printed before its words, of its own unit and of those that begin with it."""

    eid: str
    number: str
    words: str
    is_heading: bool


def write_passages(library: Library, out: Path) -> None:
    """Every passage once: [eId, number, words, 1 for a heading]."""
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _lines(library))


def _lines(library: Library) -> Iterator[str]:
    rules = {"scripts": TABLES["scripts"], "lookAlikes": TABLES["look_alikes"]}
    yield from ("window.Kelisim = window.Kelisim || {};", f"Kelisim.quoteRules = {_json(rules)};", "Kelisim.quoteTexts = [];")
    for treaty in library.treaties:
        for lang, expression in treaty.expressions.items():
            text = {
                "treaty": treaty.slug, "lang": lang, "titles": dict(treaty.data.short_title),
                "authority": expression.authority.value,
                "rows": [[row.eid, row.number, row.words, int(row.is_heading)] for row in rows_of(expression)],
            }
            yield f"Kelisim.quoteTexts.push({_json(text)});"


def rows_of(expression: Expression) -> Iterator[Row]:
    """The passages of an expression, headings among them; a number stands with the first words of its unit."""
    numbers: list[str] = []
    for provision in expression.walk():
        numbers += [provision.num] if provision.num else []
        heading = [(provision.heading, True)] if provision.heading else []
        for passage, is_heading in (*heading, *((passage, False) for passage in provision.passages)):
            yield Row(provision.eid, " ".join(numbers), passage.text, is_heading)
            numbers = []


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
