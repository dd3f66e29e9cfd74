"""How many citations are linked, and those that lead to no single target.

Reads   the references of all expressions, the unresolved ones of a Library
Writes  Page `references.md`
"""

from __future__ import annotations

from dataclasses import dataclass

from ..library import Treaty, Unresolved
from ..model import Expression, Target
from .addresses import address_of
from .labels import in_lang, short_title
from .relations import references_in, target_label
from .tree import Page, Tree, breadcrumb
from .words import capital


@dataclass(frozen=True)
class Count:
    """The references of one text."""

    treaty: str
    text: str
    linked: int
    to_provisions: int
    to_instruments: int
    unresolved: int


@dataclass(frozen=True)
class UnresolvedView:
    label: str
    href: str
    text: str
    lang: str
    words: str
    reason: str


def references_page(tree: Tree) -> Page:
    unresolved = tree.library.unresolved
    return Page(
        path="references.md",
        meta={"title": tree.words("page.references"), "lang": tree.lang, "kind": "references",
              "breadcrumb": breadcrumb(tree, "page.references"),
              "description": tree.words("page.references.lead")},
        template="references.html",
        data={
            "counts": [
                _count(tree, treaty, expression) for treaty in tree.library.treaties for expression in tree.columns(treaty)
            ],
            "unresolved": [_view(tree, entry) for entry in unresolved],
        },
    )


def _count(tree: Tree, treaty: Treaty, expression: Expression) -> Count:
    found = [
        reference for parts in expression.parts.values() for provision in parts
        for _, reference in references_in(provision)
    ]
    to_instruments = sum(1 for reference in found if any(target.instrument for target in reference.targets))
    missing = [
        entry for entry in tree.library.unresolved if (entry.treaty, entry.lang) == (treaty.slug, expression.lang)
    ]
    return Count(
        short_title(treaty, tree.lang), capital(tree.name(expression.lang)), len(found), len(found) - to_instruments,
        to_instruments, len(missing),
    )


def _view(tree: Tree, entry: Unresolved) -> UnresolvedView:
    return UnresolvedView(
        target_label(tree, Target(treaty=entry.treaty, eid=entry.eid), ""), address_of(entry.treaty, entry.eid),
        capital(tree.name(entry.lang)), entry.lang, entry.words, in_lang(dict(entry.reason), tree.lang),
    )
