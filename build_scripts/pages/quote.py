"""The page that checks a quotation; its scripts do the checking.

Reads   a Tree
Writes  Page `quote.md`
"""

from __future__ import annotations

from .tree import Page, Tree, breadcrumb

SCRIPTS = ("quote-words.js", "quote-place.js", "quote-align.js", "quote-report.js", "quote.js", "quote-page.js")


def quote_page(tree: Tree) -> Page:
    return Page(
        path="quote.md",
        meta={
            "title": tree.words("quote.title"), "lang": tree.lang, "kind": "quote", "scripts": list(SCRIPTS),
            "breadcrumb": breadcrumb(tree, "quote.title"), "description": tree.words("quote.lead"),
        },
        template="quote.html",
        data={},
    )
