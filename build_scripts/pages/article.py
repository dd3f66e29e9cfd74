"""The page of an article.

Reads   a treaty's expressions, who cites what, the walkthroughs' questions
Writes  Page `<slug>/art_4.md`
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..describe import ExpressionData
from ..library import Treaty
from ..model import Authority, Expression, Provision
from .addresses import page_of, relative
from .grid import Grid, Parallel, pair, shown_eids
from .labels import citation, copied_forms, names_of, parties, provision_label, quiet_heading, short_title
from .passage import Placed
from .relations import cited_by, cites, previews, questions, time_limits
from .remarks import Remarks, collect_remarks
from .tree import Link, Page, Tree
from .words import capital


@dataclass(frozen=True)
class Column:
    """The head of a column: which language it is, and what its text is."""

    lang: str
    dir: str
    own: str  # its name in itself, for the switch
    short: str
    language: str  # in the reader's, as it stands before "text"
    name: str  # as the head of the column
    authority: str
    warning: str
    is_translation: bool


@dataclass(frozen=True)
class Provenance:
    """Where a text comes from, in one line."""

    text: str
    file: str
    href: str
    sha256: str


def paired_articles(columns: Sequence[Expression]) -> list[Parallel]:
    """The articles of a treaty, by eId."""
    return pair([(expression.lang, expression.articles) for expression in columns])


def column_heads(tree: Tree, treaty: Treaty, columns: Sequence[Expression]) -> tuple[Column, ...]:
    return tuple(
        Column(
            lang=expression.lang,
            dir=tree.languages[expression.lang].dir,
            own=tree.languages[expression.lang].own,
            short=tree.languages[expression.lang].short,
            language=tree.name(expression.lang),
            name=tree.words("page.column.name", language=capital(tree.name(expression.lang))),
            authority=tree.words(f"page.authority.{expression.authority.value}"),
            warning=_warning(tree, treaty, expression),
            is_translation=expression.authority is Authority.WORKING_TRANSLATION,
        )
        for expression in columns
    )


def _warning(tree: Tree, treaty: Treaty, expression: Expression) -> str:
    """What a reader of a translation must know of the authentic text in that language."""
    if expression.authority in (Authority.AUTHENTIC, Authority.AS_PUBLISHED):
        return ""
    if treaty.data.prevailing_language == expression.lang:
        return tree.words("page.column.prevails-elsewhere", language=tree.name(expression.lang))
    if expression.lang in treaty.data.authentic_languages:
        return tree.words("page.column.authentic-elsewhere", language=tree.name(expression.lang))
    return ""


def article_list(tree: Tree, treaty: Treaty, current: str) -> list[dict[str, Any]]:
    """The treaty's articles, for the list beside the page; addresses are relative to the tree."""
    names = {lang: names_of(treaty, lang) for lang in treaty.expressions}
    found: list[dict[str, Any]] = []
    for parallel in paired_articles(tree.columns(treaty)):
        lang, article = next(iter(parallel.items()))
        found.append({
            "eid": article.eid,
            "number": article.number,
            "label": provision_label(article.eid, tree.words),
            "heading": quiet_heading(article.heading.text, names[lang]) if article.heading else "",
            "url": page_of(treaty.slug, article.eid),
            "current": article.eid == current,
        })
    return found


def treaty_meta(tree: Tree, treaty: Treaty, eid: str) -> dict[str, Any]:
    """The front matter that the treaty's page (eid "") and its articles' pages share, as docs/theme/main.html reads it."""
    title = short_title(treaty, tree.lang)
    home = {"label": tree.words("page.home"), "url": "index.html"}
    whole = {"label": f"{parties(treaty, tree.words)}: {title}", "url": page_of(treaty.slug, "")}
    here = [whole, {"label": provision_label(eid, tree.words)}] if eid else [{"label": whole["label"]}]
    return {
        "citation": citation(treaty, eid, tree.words),
        "eid": eid,
        "treaty": {"slug": treaty.slug, "short_title": title, "url": page_of(treaty.slug, "")},
        "articles": article_list(tree, treaty, eid),
        "breadcrumb": [home, *here],
    }


def placed_on(
    columns: Sequence[Expression], page: str, remarks: Remarks, slug: str, eids: set[str],
) -> dict[str, Placed]:
    """For each language: how its passages find their marks and links on this page, which shows `eids`."""
    return {
        expression.lang: Placed(page, expression.lang, remarks.by_mark, lambda treaty, eid: treaty == slug and eid in eids)
        for expression in columns
    }


def article_page(tree: Tree, treaty: Treaty, parallel: Parallel) -> Page:
    """The page of the article that `parallel` holds in each language."""
    article = next(iter(parallel.values()))
    columns = tuple(expression for expression in tree.columns(treaty) if expression.lang in parallel)
    url = page_of(treaty.slug, article.eid)
    eids = list(dict.fromkeys(shown_eids([parallel])))
    remarks = collect_remarks(tree, columns, eids)
    grid = Grid(tree, treaty, columns, remarks, placed_on(columns, url, remarks, treaty.slug, set(eids)))
    (unit,) = grid.units([parallel])
    meta = treaty_meta(tree, treaty, article.eid)
    label = provision_label(article.eid, tree.words)
    before, after = _neighbours(meta["articles"], article.eid, url)
    heading = next(entry["heading"] for entry in meta["articles"] if entry["current"])
    title = ". ".join(filter(None, (label, heading)))
    return Page(
        path=url.removesuffix(".html") + ".md",
        meta={
            "title": f"{title} · {meta['treaty']['short_title']}", "lang": tree.lang, "kind": "article",
            "description": meta["citation"], **meta,
        },
        template="article.html",
        data={
            "title": title, "unit": unit, "columns": column_heads(tree, treaty, columns), "remarks": remarks,
            "cites": cites(tree, url, treaty.slug, article),
            "cited_by": cited_by(tree, url, treaty.slug, eids),
            "time_limits": time_limits(tree, url, treaty, eids),
            "questions": questions(tree, url, treaty.slug, eids),
            "forms": copied_forms(treaty), "previews": previews(tree, parallel.items()),
            "provenance": tuple(_provenance(tree, treaty, expression, parallel[expression.lang]) for expression in columns),
            "previous": before, "next": after, "treaty_url": relative(url, meta["treaty"]["url"]),
        },
    )


def _neighbours(articles: list[dict[str, Any]], eid: str, page: str) -> tuple[Link | None, Link | None]:
    """The articles before and after, where there are such."""
    place = [entry["eid"] for entry in articles].index(eid)
    links = [
        Link(". ".join(filter(None, (entry["label"], entry["heading"]))), relative(page, entry["url"]))
        for entry in articles
    ]
    return (links[place - 1] if place else None), (links[place + 1] if place + 1 < len(links) else None)


def _provenance(tree: Tree, treaty: Treaty, expression: Expression, article: Provision) -> Provenance:
    first, last = lines_of(article)
    key = "page.provenance.line" if first == last else "page.provenance.lines"
    lines = tree.words(key, first=first, last=last)
    name = capital(tree.name(expression.lang))
    data = expression_data(treaty, expression.lang)
    if expression.authority is Authority.WORKING_TRANSLATION:
        source = tree.name(data.translated_from) if data and data.translated_from else ""
        text = tree.words("page.provenance.translation", language=name, from_language=source, lines=lines)
    else:
        text = tree.words("page.provenance.source", language=name, lines=lines)
    file = expression.source_file.rpartition("/")[2]
    return Provenance(text, file, file if file in tree.formats.get(treaty.slug, ()) else "", expression.sha256)


def expression_data(treaty: Treaty, lang: str) -> ExpressionData | None:
    return next((data for data in treaty.data.expressions if data.lang == lang), None)


def lines_of(provision: Provision) -> tuple[int, int]:
    """The first and the last line of the source that a provision with all its parts takes up."""
    spans = [passage.lines for part in provision.walk() for passage in part.passages]
    spans += [part.lines for part in provision.walk() if part.lines != (0, 0)]
    return min((first for first, _ in spans), default=0), max((last for _, last in spans), default=0)
