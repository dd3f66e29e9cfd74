"""The words of all texts for the quote checker of the browser.

Reads   a Library
Writes  search-data/passages.js: one call a text, `Kelisim.quoteTexts.push({…})`, its passages in order
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from .library import Library
from .model import Authority, Expression


def write_passages(library: Library, out: Path) -> None:
    """Every passage once, in the order of the text: [eId, number as printed, words]. The same library makes the same bytes."""
    lines = ["window.Kelisim = window.Kelisim || {};", "Kelisim.quoteTexts = [];"]
    for treaty in library.treaties:
        for lang, expression in treaty.expressions.items():
            text = {
                "treaty": treaty.slug, "lang": lang, "titles": dict(treaty.data.short_title),
                "working": expression.authority is Authority.WORKING_TRANSLATION,
                "passages": [list(passage) for passage in passages(expression)],
            }
            lines.append(f"Kelisim.quoteTexts.push({json.dumps(text, ensure_ascii=False, sort_keys=True)});")
    out.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def passages(expression: Expression) -> Iterator[tuple[str, str, str]]:
    """The passages of an expression, headings among them; the number stands with the first words of its unit."""
    number = ""
    for provision in expression.walk():
        number = provision.num or number
        heading = (provision.heading,) if provision.heading else ()
        for passage in (*heading, *provision.passages):
            yield provision.eid, number, passage.text
            number = ""
