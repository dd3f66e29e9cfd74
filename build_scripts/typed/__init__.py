"""Read what somebody typed as a citation.

Reads   a query in Kazakh, Russian, English or bare numbers; citations/typed.yml; the words that choose a treaty
Writes  a Reading: the citations in it as steps from the article inwards, the treaties named, the words left over;
        docs/assets/javascripts/cite-read.js is the same in the browser, with the same tables

No regular expression walks the query: it is cut into words, numbers and marks once (words.py), dates are taken out
(dates.py), each of the rest is looked at a bounded number of times (scan.py) and put together (steps.py). A query longer
than `limits.query` code points (after white space is joined and invisible marks are gone) is no citation.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..unnumbered import PLACE_OF_NUMBER
from .scan import Names, scan
from .steps import BARE, Citation, Item, Step, citations_of, runs_of, steps_of
from .words import NUMBER, Token, clean, data, fold, month_names, roman, tables, tokens_of, unnumbered, write_typed_data

__all__ = [
    "BARE", "Aside", "Citation", "Item", "Names", "Reading", "Step", "aside_in", "clean", "data", "fold", "month_names", "read",
    "roman", "tables", "tokens_of", "write_typed_data",
]


@dataclass(frozen=True)
class Reading:
    """citations: what was cited; treaties: slugs that the words choose, or None when none does; rest: other words."""

    citations: tuple[Citation, ...] = ()
    treaties: frozenset[str] | None = None
    rest: str = ""

    def __str__(self) -> str:
        return ", ".join(map(str, self.citations))


def read(query: str, names: Names) -> Reading:
    """The citations in a query. It has none when it holds other words (in `rest`), is too long, or names no article."""
    text = clean(query)
    if len(text) > tables()["limits"]["query"]:
        return Reading(rest=text)
    scanned = scan(tokens_of(text), names)
    treaties = chosen(scanned.hints)
    if scanned.rest:
        return Reading((), treaties, " ".join(scanned.rest))
    steps = steps_of(runs_of(scanned.elements))
    citations = citations_of(steps) if steps else []
    if not citations or not all(_is_citation(citation) for citation in citations):
        return Reading((), treaties, "")
    return Reading(tuple(citations), treaties, "")


@dataclass(frozen=True)
class Aside:
    """A provision around the articles that is cited by its name, and the treaties that the words beside it choose."""

    eid: str
    treaties: frozenset[str]


def aside_in(query: str, names: Names) -> Aside | None:
    """The provision whose name (unnumbered.yml) stands in a query, when all other words only choose treaties."""
    text = clean(query)
    if len(text) > tables()["limits"]["query"]:
        return None
    tokens = [token for token in tokens_of(text) if token.kind != "mark"]
    start, end, eid = _name_in(tokens)
    if not eid:
        return None
    scanned = scan(tokens[:start] + tokens[end:], names)
    treaties = chosen(scanned.hints)
    return Aside(eid, treaties) if treaties and not scanned.rest and not scanned.elements else None


def _name_in(tokens: list[Token]) -> tuple[int, int, str]:
    """Where the longest name of a provision stands, the first of several, and its eId, or (0, 0, "")."""
    known = unnumbered()
    longest = max(name.count(" ") + 1 for name in known)
    words = [NUMBER if token.kind == "number" else fold(token.text, whole=True) for token in tokens]
    for size in range(min(longest, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            eid = known.get(" ".join(words[start : start + size]))
            if eid:
                number = next((token.text for token in tokens[start : start + size] if token.kind == "number"), "")
                return start, start + size, eid.replace(PLACE_OF_NUMBER, number)
    return 0, 0, ""


def _is_citation(citation: Citation) -> bool:
    """It begins with an article or the preamble. A bare ordinal, a bare letter and a bare count are no article."""
    first = citation.steps[0]
    if first.rank != 0 or any(step.word and step.unit == BARE for step in citation.steps):
        return False
    if first.unit != BARE:
        return True
    text = first.items[0].first
    if not text[0].isdigit():
        return bool(roman(text)) and (len(text) > 1 or len(citation.steps) > 1)
    return int(text.partition("-")[0]) <= tables()["limits"]["bare_number"]


def chosen(hints: list[frozenset[str]]) -> frozenset[str] | None:
    """The treaties that all words choose; when they choose different ones, all of them."""
    if not hints:
        return None
    return frozenset.intersection(*hints) or frozenset.union(*hints)
