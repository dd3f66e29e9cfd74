"""What the site is, how its texts are kept, and how much of each source stands in it.

Reads   a Tree
Writes  Page `about.md`
"""

from __future__ import annotations

from .addresses import page_of
from .labels import short_title
from .treaty import figures
from .tree import Page, Tree, breadcrumb

SECTIONS = ("what", "translation", "kept", "cite", "network")


def about_page(tree: Tree) -> Page:
    return Page(
        path="about.md",
        meta={"title": tree.words("page.about"), "lang": tree.lang, "kind": "about",
              "breadcrumb": breadcrumb(tree, "page.about"),
              "description": tree.words("page.about.what.body")},
        template="about.html",
        data={
            "sections": SECTIONS,
            "treaties": [
                (short_title(treaty, tree.lang), page_of(treaty.slug, ""), figures(tree, treaty))
                for treaty in tree.library.treaties
            ],
        },
    )
