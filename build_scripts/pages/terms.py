"""The terms with their agreed renderings.

Reads   the terms of a Library
Writes  Page `terms.md`
"""

from __future__ import annotations

from dataclasses import dataclass

from ..describe import Term
from ..model import Target
from .addresses import address
from .labels import in_lang
from .relations import target_label
from .tree import Page, Tree, breadcrumb
from .words import capital

RENDERINGS = ("kk", "en", "ru")  # the languages that terms.yml has


@dataclass(frozen=True)
class TermView:
    """renderings: (language, direction, words), the reader's language first; "" where there is none. note: in the reader's."""

    id: str
    renderings: tuple[tuple[str, str, str], ...]
    defined: str
    href: str
    note: str


def terms_page(tree: Tree) -> Page:
    order = sorted(RENDERINGS, key=lambda lang: lang != tree.lang)
    entries = [_view(tree, term, order) for term in tree.library.terms]
    return Page(
        path="terms.md",
        meta={"title": tree.words("page.terms"), "lang": tree.lang, "kind": "terms",
              "breadcrumb": breadcrumb(tree, "page.terms"),
              "description": tree.words("page.terms.lead")},
        template="terms.html",
        data={
            "languages": [(lang, capital(tree.name(lang))) for lang in order],
            "terms": entries,
            "has_notes": any(entry.note for entry in entries),
        },
    )


def _view(tree: Tree, term: Term, order: list[str]) -> TermView:
    target = Target(treaty=term.defined.treaty, eid=term.defined.eid) if term.defined else None
    is_held = target is not None and any(treaty.slug == target.treaty for treaty in tree.library.treaties)
    return TermView(
        term.id,
        tuple((lang, tree.languages[lang].dir, getattr(term, lang) or "") for lang in order),
        target_label(tree, target, "") if target and is_held else "",
        address(target) if target and is_held else "",
        in_lang(term.note, tree.lang),
    )
