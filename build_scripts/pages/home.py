"""The first page of a tree: what is here, the search, the treaties, the questions, the time limits, the offline bundle.

Reads   a Tree
Writes  Page `index.md`
"""

from __future__ import annotations

from dataclasses import dataclass

from .addresses import limits_page, page_of, walkthroughs_page
from .labels import parties, short_title
from .treaty import in_force
from .tree import Link, Page, Tree
from .words import capital


@dataclass(frozen=True)
class TreatyLine:
    """A line of the table of treaties."""

    title: str
    href: str
    parties: str
    signed: str
    in_force: str
    is_silent: bool
    articles: int
    languages: tuple[str, ...]


def home_page(tree: Tree) -> Page:
    words = tree.words
    lines = tuple(
        TreatyLine(
            short_title(treaty, tree.lang), page_of(treaty.slug, ""), parties(treaty, words),
            words.date(treaty.data.signed.date), in_force(treaty, words),
            treaty.data.entry_into_force.date is None and treaty.data.status == "not-stated",
            max((len(column.articles) for column in tree.columns(treaty)), default=0),
            tuple(
                f"{capital(tree.name(column.lang))} ({words(f'page.authority.{column.authority.value}')})"
                for column in tree.columns(treaty)
            ),
        )
        for treaty in tree.library.treaties
    )
    held = [lang for lang in tree.languages if any(lang in treaty.expressions for treaty in tree.library.treaties)]
    count = len(lines)
    treaties = words("page.home.treaties.one") if count == 1 else words("page.home.treaties.many", n=count)
    return Page(
        path="index.md",
        meta={"title": words("page.home.title"), "lang": tree.lang, "kind": "home",
              "description": words("page.home.title")},
        template="home.html",
        data={
            "sentence": words(
                "page.home.sentence", treaties=treaties, languages=words.join([tree.name(lang) for lang in held]),
            ),
            "lines": lines,
            "walkthroughs": [
                (Link(short_title(treaty, tree.lang), walkthroughs_page(treaty.slug)), parties(treaty, words), asked)
                for treaty in tree.library.treaties
                if (asked := [Link(one.question, one.url) for one in tree.walkthroughs if one.treaty == treaty.slug])
            ],
            "time_limits": [
                (Link(short_title(treaty, tree.lang), limits_page(treaty.slug)), parties(treaty, words))
                for treaty in tree.library.treaties if treaty.slug in tree.limits
            ],
            "bundle": tree.bundle,
        },
    )
