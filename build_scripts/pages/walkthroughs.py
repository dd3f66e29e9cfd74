"""The walkthroughs of a treaty on one page, and which provisions they rest on; all pages of walkthroughs written.

Reads   the Walks of every treaty, a Library, the interface's words
Writes  `<slug>/walkthroughs.md`, `<slug>/walkthrough-<name>.md`; the Walkthroughs that other pages link to
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..cover import Covered, Use, Walks, coverage
from ..decide import Side
from ..library import Library, Treaty, article_of
from ..limits import Limits
from ..problems import Problem
from . import PROJECT, page_environment, page_text
from .addresses import address_of, page_of, relative, walkthrough_page, walkthroughs_page
from .labels import citation, in_lang, parties, provision_label, short_title
from .tree import Link, Page, Tree
from .tree import Walkthrough as Shown
from .walkthrough import anchor_of, guide, make_page, shown
from .words import load_all_words, load_languages

Faults = Mapping[tuple[str, str], Mapping[str, Sequence[Problem]]]  # (treaty, walkthrough) -> question, or "" -> its faults


def write_walkthroughs(
    library: Library, walks: Mapping[str, Walks], out_dir: Path, lang: str, limits: Mapping[str, Limits],
    interface: Path = PROJECT / "docs" / "interface", faults: Faults | None = None,
) -> tuple[Shown, ...]:
    """Writes the pages of each treaty's walkthroughs below `out_dir`; returns what other pages show of them.

    faults: shown on the pages, each at its question; ("<slug>", "") holds those of a treaty's files that are no walkthrough.
    """
    tree = Tree(library, lang, load_all_words(interface), load_languages(interface), limits=limits)
    environment = page_environment()
    known = faults or {}
    for slug, each in walks.items():
        treaty = library.treaty(slug)
        pages = [make_page(tree, treaty, name, walks, known.get((slug, name))) for name in each.walkthroughs]
        pages.append(overview_page(tree, treaty, each, known.get((slug, ""), {}).get("", ())))
        pages += [broken_page(tree, treaty, name, known.get((slug, name), {})) for name in each.broken]
        for page in pages:
            file = out_dir / page.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page_text(page, tree, environment), encoding="utf-8", newline="\n")
    return tuple(
        shown(slug, name, walkthrough, lang)
        for slug, each in walks.items() for name, walkthrough in each.walkthroughs.items()
    )


def broken_page(tree: Tree, treaty: Treaty, name: str, faults: Mapping[str, Sequence[Problem]]) -> Page:
    """In place of a walkthrough whose file has not the form of one: its faults, question by question."""
    page = walkthrough_page(treaty.slug, name)
    return Page(
        path=page.removesuffix(".html") + ".md",
        meta={"title": name, "lang": tree.lang, "kind": "walkthroughs", "breadcrumb": [
            {"label": tree.words("page.home"), "url": "index.html"},
            {"label": tree.words("walk.all"), "url": walkthroughs_page(treaty.slug)}, {"label": name},
        ]},
        template="walkthrough-broken.html", data={"name": name, "faults": faults, "anchor_of": anchor_of},
    )


@dataclass(frozen=True)
class Line:
    """A provision in the table: its first words, the places that use it by walkthrough, or the reason that none does."""

    label: str
    href: str
    words: str
    uses: tuple[tuple[str, tuple[Link, ...]], ...]
    reason: str


@dataclass(frozen=True)
class Group:
    """An article and its operative provisions."""

    label: str
    heading: str
    href: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Listed:
    """A walkthrough in the list of its treaty."""

    title: str
    href: str
    lead: str
    questions: int


def overview_page(tree: Tree, treaty: Treaty, walks: Walks, faults: Sequence[Problem] = ()) -> Page:
    page, words = walkthroughs_page(treaty.slug), tree.words
    title, short = words("walk.all"), short_title(treaty, tree.lang)
    covered = coverage(walks, treaty.expressions)
    return Page(
        path=page.removesuffix(".html") + ".md",
        meta={
            "title": f"{title} · {short}", "lang": tree.lang, "kind": "walkthroughs", "description": words("walk.all.lead"),
            "citation": f"{title}. {citation(treaty, '', words)}",
            "treaty": {"slug": treaty.slug, "short_title": short, "url": page_of(treaty.slug, "")},
            "breadcrumb": [
                {"label": words("page.home"), "url": "index.html"},
                {"label": f"{short}, {parties(treaty, words)}", "url": page_of(treaty.slug, "")},
                {"label": title},
            ],
        },
        template="walkthroughs.html",
        data={
            "title": title, "guide": guide(tree, treaty), "faults": faults,
            "whole": Link(citation(treaty, "", words), relative(page, page_of(treaty.slug, ""))),
            "sides": [
                (words(f"walk.side.{side.value}"), listed) for side in Side
                if (listed := [
                    Listed(
                        in_lang(each.title, tree.lang), relative(page, walkthrough_page(treaty.slug, name)),
                        in_lang(each.lead, tree.lang), len(each.questions),
                    )
                    for name, each in walks.walkthroughs.items() if each.side is side
                ])
            ],
            "groups": _groups(tree, treaty, walks, covered, page),
            "total": len(covered), "used": sum(1 for one in covered if one.uses),
        },
    )


def _groups(tree: Tree, treaty: Treaty, walks: Walks, covered: Sequence[Covered], page: str) -> list[Group]:
    column = tree.columns(treaty)[0]
    texts = {unit.eid: unit.full_text for unit in column.walk()}
    groups: dict[str, list[Line]] = {}
    headings = {article.eid: article.heading.text if article.heading else "" for article in column.articles}
    for one in covered:
        article = article_of(column, one.eid)
        groups.setdefault(article.eid if article else one.eid, []).append(Line(
            provision_label(one.eid, tree.words), relative(page, address_of(treaty.slug, one.eid)),
            _short(texts.get(one.eid, "")), _uses(tree, treaty, walks, one.uses, page),
            in_lang(one.declared.reason, tree.lang) if one.declared else "",
        ))
    return [
        Group(provision_label(eid, tree.words), headings.get(eid, ""), relative(page, address_of(treaty.slug, eid)), tuple(lines))
        for eid, lines in groups.items()
    ]


def _uses(
    tree: Tree, treaty: Treaty, walks: Walks, uses: Sequence[Use], page: str
) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """By walkthrough: the questions and outcomes that rest on a provision, as links."""
    found: dict[str, dict[Link, None]] = {}
    for use in uses:
        walkthrough = walks.walkthroughs[use.walkthrough]
        if use.question:
            number = list(walkthrough.questions).index(use.question) + 1
            label, anchor = tree.words("walk.flow.question", n=number), anchor_of(use.question)
        else:
            label, anchor = tree.words("walk.outcomes").lower(), "outcomes"
        link = Link(label, relative(page, f"{walkthrough_page(treaty.slug, use.walkthrough)}#{anchor}"))
        found.setdefault(in_lang(walkthrough.title, tree.lang), {})[link] = None
    return tuple((title, tuple(links)) for title, links in found.items())


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + " …"
