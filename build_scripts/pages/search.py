"""The page that shows what a search found, and says how the search works; its script does the searching.

Reads   a Tree
Writes  Page `search.md`
"""

from __future__ import annotations

from typing import Any

from .tree import Page, Tree
from .words import Words

HELP = ("words", "phrase", "beginning", "and", "or", "not", "group", "number", "treaty", "article", "lang", "citation")
MORE = ("some", "capitals", "order", "mistakes", "keys", "private")


def search_page(tree: Tree) -> Page:
    title = tree.words("search.title")
    return Page(
        path="search.md",
        meta={"title": title, "lang": tree.lang, "kind": "search", "scripts": ["search-page.js"]},
        template="search.html",
        data=search_help(tree.words),
    )


def search_help(words: Words) -> dict[str, Any]:
    """The rows of the help: queries to try, and what each finds; then what else there is to know."""
    rows = [
        {"queries": words(f"search.help.{name}.ask").split(" ; "), "meaning": words(f"search.help.{name}.found")} for name in HELP
    ]
    return {"help": rows, "more": [words(f"search.help.{name}") for name in MORE]}
