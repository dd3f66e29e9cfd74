"""The page that shows what a search found; its script does the searching.

Reads   a Tree
Writes  Page `search.md`
"""

from __future__ import annotations

from .tree import Page, Tree


def search_page(tree: Tree) -> Page:
    title = tree.words("search.title")
    return Page(
        path="search.md",
        meta={"title": title, "lang": tree.lang, "kind": "search", "scripts": ["search-page.js"]},
        template="search.html",
        data={},
    )
