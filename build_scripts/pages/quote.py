"""The page that checks a quotation; its scripts do the checking.

Reads   a Tree
Writes  Page `quote.md`
"""

from __future__ import annotations

from .tree import Page, Tree


def quote_page(tree: Tree) -> Page:
    title = tree.words("quote.title")
    return Page(
        path="quote.md",
        meta={"title": title, "lang": tree.lang, "kind": "quote", "scripts": ["quote.js", "quote-page.js"]},
        template="quote.html",
        data={},
    )
