"""The acts that are cited and not held here, each with the places that cite it.

Reads   the instruments of a Library and who cites them
Writes  Page `instruments.md`
"""

from __future__ import annotations

from dataclasses import dataclass

from ..describe import Instrument
from .addresses import INSTRUMENTS
from .labels import in_lang
from .relations import CitedBy, citing_view, prefer
from .tree import Page, Tree, breadcrumb


@dataclass(frozen=True)
class InstrumentView:
    id: str
    name: str
    other_names: tuple[tuple[str, str, str], ...]  # (language, direction, name)
    made: str
    cited_by: tuple[CitedBy, ...]


def instruments_page(tree: Tree) -> Page:
    return Page(
        path=INSTRUMENTS.replace(".html", ".md"),
        meta={"title": tree.words("page.instruments"), "lang": tree.lang, "kind": "instruments",
              "breadcrumb": breadcrumb(tree, "page.instruments"),
              "description": tree.words("page.instruments.lead")},
        template="instruments.html",
        data={"instruments": [_view(tree, instrument) for instrument in tree.library.instruments]},
    )


def _view(tree: Tree, instrument: Instrument) -> InstrumentView:
    name = in_lang(instrument.name, tree.lang)
    places = [
        citing for target, citings in tree.library.cited_by.items() if target.instrument == instrument.id
        for citing in citings
    ]
    made = [in_lang(instrument.place, tree.lang)] if instrument.place else []
    made += [tree.words.date(instrument.date)] if instrument.date else []
    return InstrumentView(
        instrument.id, name,
        tuple((lang, tree.languages[lang].dir, text) for lang, text in instrument.name.items() if text != name),
        tree.words("page.list.comma").join(made),
        tuple(citing_view(tree, INSTRUMENTS, "", citing, ()) for citing in prefer(places, tree.lang)),
    )
