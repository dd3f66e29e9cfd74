"""The page of a treaty: its facts, its contents, its whole text.

Reads   treaty.yml as TreatyData, the expressions
Writes  Page `<slug>/index.md`
"""

from __future__ import annotations

from dataclasses import dataclass

from ..describe import Enclosing, ExpressionData
from ..library import Treaty
from ..model import Authority, Expression, Part
from .addresses import address_of, limits_page, page_of, relative, walkthroughs_page
from .article import column_heads, expression_data, placed_on, treaty_meta
from .grid import Grid, Parallel, pair, shown_eids
from .labels import copied_forms, in_lang, parties, provision_label, short_title, treaty_title
from .relations import previews
from .remarks import collect_remarks
from .tree import Link, Page, Tree
from .words import Words, capital

CONTENTS_GROUPS = {
    Part.PREFACE: "page.contents.before",
    Part.PREAMBLE: "page.contents.before",
    Part.CONCLUSIONS: "page.contents.after",
}


@dataclass(frozen=True)
class Fact:
    """One line of the box of facts. links: the provisions that state it."""

    name: str
    values: tuple[str, ...]
    links: tuple[Link, ...] = ()
    is_silent: bool = False  # the source held does not state it


@dataclass(frozen=True)
class Figures:
    """How much of a source stands in the XML."""

    name: str
    source: int
    kept: int
    share: str
    heading_marks: int
    edits: int


def in_force(treaty: Treaty, words: Words) -> str:
    """The date, or that the source held does not state it."""
    day = treaty.data.entry_into_force.date
    if day:
        return words("page.facts.in-force.since", date=words.date(day))
    if treaty.data.status == "not-stated":
        return words("page.facts.not-stated")
    return words(f"page.status.{treaty.data.status}")


def facts(tree: Tree, treaty: Treaty) -> tuple[Fact, ...]:
    """What treaty.yml states, and only that."""
    data, words = treaty.data, tree.words
    found = [
        Fact(words("page.facts.title"), (treaty_title(treaty, tree.lang),)),
        Fact(words("page.facts.parties"), tuple(in_lang(party.name, tree.lang) for party in data.parties)),
        Fact(words("page.facts.signed"), (words(
            "page.facts.signed.value", place=in_lang(data.signed.place, tree.lang), date=words.date(data.signed.date),
        ),), _links(tree, treaty, ("", "done_at"))),
        Fact(
            words("page.facts.in-force"), (in_force(treaty, words),),
            _links(tree, treaty, ("page.facts.in-force.stated-in", data.entry_into_force.stated_in),
                   ("page.facts.in-force.rule", data.entry_into_force.rule)),
            is_silent=data.entry_into_force.date is None and data.status == "not-stated",
        ),
        Fact(words("page.facts.status"), (words(f"page.status.{data.status}"),), is_silent=data.status == "not-stated"),
        Fact(
            words("page.facts.authentic"), (capital(words.join([tree.name(lang) for lang in data.authentic_languages])),),
            _links(tree, treaty, ("", data.languages_stated_in)),
        ),
        Fact(
            words("page.facts.prevailing"),
            (capital(tree.name(data.prevailing_language)) if data.prevailing_language
             else words("page.facts.prevailing.none"),),
            _links(tree, treaty, ("", data.prevailing_stated_in)),
            is_silent=data.prevailing_language is None,
        ),
    ]
    if data.enclosing:
        enclosing = data.enclosing
        found.append(Fact(
            words("page.facts.enclosing"),
            (_enclosing_name(enclosing, words) + ": " + in_lang(enclosing.title, tree.lang),),
            _links(tree, treaty, ("", enclosing.kind)),
        ))
    if data.publication:
        found.append(Fact(words("page.facts.publication"), (in_lang(data.publication.citation, tree.lang),)))
    held = tuple(_held(tree, column.authority.value, column.lang) for column in tree.columns(treaty))
    sources = tuple(
        f"{capital(tree.name(expression.lang))}: {in_lang(expression.source, tree.lang)}"
        for expression in data.expressions if expression.source and expression.lang in treaty.expressions
    )
    found += [Fact(words("page.facts.held"), held)] + ([Fact(words("page.facts.source"), sources)] if sources else [])
    return tuple(found)


def _enclosing_name(enclosing: Enclosing, words: Words) -> str:
    kind = words(f"page.facts.enclosing.{enclosing.kind}")
    if enclosing.number is None or enclosing.date is None:
        return kind
    return words("page.facts.enclosing.numbered", kind=kind, number=enclosing.number, date=words.date(enclosing.date))


def _held(tree: Tree, authority: str, lang: str) -> str:
    return f"{capital(tree.name(lang))}: {tree.words(f'page.authority.{authority}')}"


def _links(tree: Tree, treaty: Treaty, *places: tuple[str, str | None]) -> tuple[Link, ...]:
    """Links to provisions that are in the text; (key of the words around the label, or "", eId)."""
    held = {provision.eid for expression in treaty.expressions.values() for provision in expression.walk()}
    page = page_of(treaty.slug, "")
    links = []
    for key, eid in places:
        if eid and eid in held:
            label = provision_label(eid, tree.words)
            links.append(Link(tree.words(key, label=label) if key else label, relative(page, address_of(treaty.slug, eid))))
    return tuple(links)


def notice(tree: Tree, treaty: Treaty) -> tuple[str, Link | None, str]:
    """What is not official, which text prevails (with the clause that says so), and whether it is held."""
    words, data = tree.words, treaty.data
    first = [words("page.notice.body")] if not _has_authentic(treaty) else []
    first += [
        words("page.notice.translation", language=capital(tree.name(column.lang)))
        for column in tree.columns(treaty) if column.authority is Authority.WORKING_TRANSLATION
    ]
    if not data.prevailing_language:
        return " ".join(first), None, ""
    language = tree.name(data.prevailing_language)
    first.append(words("page.notice.prevails", language=language))
    clause = next(iter(_links(tree, treaty, ("", data.prevailing_stated_in))), None)
    held = treaty.expressions.get(data.prevailing_language)
    is_held = held is not None and held.authority in (Authority.AUTHENTIC, Authority.AS_PUBLISHED)
    last = words("page.notice.prevails.held") if is_held else words("page.notice.prevails.not-held", language=language)
    return " ".join(first), clause, last


def _has_authentic(treaty: Treaty) -> bool:
    return any(expression.authority is Authority.AUTHENTIC for expression in treaty.expressions.values())


def formats(tree: Tree, treaty: Treaty) -> tuple[Link, ...]:
    """The files that the page offers to take along."""
    order = [column.lang for column in tree.columns(treaty)]
    links = []
    for file in sorted(tree.formats.get(treaty.slug, ()), key=lambda name: order.index(name.partition(".")[0])):
        lang, _, ending = file.partition(".")
        data = expression_data(treaty, lang)
        links.append(Link(tree.words(_format_key(ending, data), language=capital(tree.name(lang))), file))
    return tuple(links)


def _format_key(ending: str, data: ExpressionData | None) -> str:
    if ending == "xml":
        return "page.format.xml"
    is_translation = data is not None and data.authority is Authority.WORKING_TRANSLATION
    return "page.format.txt.translation" if is_translation else "page.format.txt.source"


def figures(tree: Tree, treaty: Treaty) -> tuple[Figures, ...]:
    return tuple(_figures(tree, expression) for expression in tree.columns(treaty))


def _figures(tree: Tree, expression: Expression) -> Figures:
    counted = expression.conservation
    share = counted.kept / counted.source * 100 if counted.source else 100.0
    return Figures(
        tree.words("page.text-in", language=capital(tree.name(expression.lang))), counted.source, counted.kept,
        f"{share:.2f} %" if counted.kept != counted.source else "100 %", counted.heading_marks, len(expression.edits),
    )


def whole_text(tree: Tree, treaty: Treaty) -> list[tuple[Part, list[Parallel]]]:
    """The text by parts of the document, each in all languages."""
    columns = tree.columns(treaty)
    return [
        (part, pair([(expression.lang, expression.parts.get(part, ())) for expression in columns])) for part in Part
    ]


def treaty_page(tree: Tree, treaty: Treaty) -> Page:
    columns = tree.columns(treaty)
    url = page_of(treaty.slug, "")
    parts = whole_text(tree, treaty)
    eids = list(dict.fromkeys(eid for _, pairs in parts for eid in shown_eids(pairs)))
    remarks = collect_remarks(tree, columns, eids)
    grid = Grid(tree, treaty, columns, remarks, placed_on(columns, url, remarks, treaty.slug, set(eids)))
    title = short_title(treaty, tree.lang)
    meta = treaty_meta(tree, treaty, "")
    words_before, clause, words_after = notice(tree, treaty)
    contents: dict[str, list[Link]] = {}
    for part, pairs in parts:
        if part in CONTENTS_GROUPS:
            contents.setdefault(CONTENTS_GROUPS[part], []).extend(_contents(tree, pairs))
    return Page(
        path=f"{treaty.slug}/index.md",
        meta={
            "title": f"{title} · {parties(treaty, tree.words)}", "lang": tree.lang, "kind": "treaty",
            "description": meta["citation"], **meta,
        },
        template="treaty.html",
        data={
            "title": title, "parties": parties(treaty, tree.words), "facts": facts(tree, treaty),
            "notice": {"before": words_before, "clause": clause, "after": words_after},
            "formats": formats(tree, treaty), "contents": contents, "articles": [
                {**entry, "url": relative(url, entry["url"])} for entry in meta["articles"]
            ],
            "columns": column_heads(tree, treaty, columns), "remarks": remarks,
            "parts": [(part.value, grid.units(pairs)) for part, pairs in parts],
            "figures": figures(tree, treaty),
            "forms": copied_forms(treaty), "previews": previews(tree, [
                (expression.lang, provision)
                for expression in columns for part in Part for provision in expression.parts.get(part, ())
            ]),
            "walkthroughs": [
                Link(walkthrough.question, relative(url, walkthrough.url))
                for walkthrough in tree.walkthroughs if walkthrough.treaty == treaty.slug
            ],
            "all_walkthroughs": relative(url, walkthroughs_page(treaty.slug)),
            "time_limits": (
                Link(tree.words("limits.from-article"), relative(url, limits_page(treaty.slug)))
                if treaty.slug in tree.limits else None
            ),
        },
    )


def _contents(tree: Tree, pairs: list[Parallel]) -> list[Link]:
    eids = [next(iter(parallel.values())).eid for parallel in pairs]
    return [Link(provision_label(eid, tree.words), f"#{eid}") for eid in eids]
