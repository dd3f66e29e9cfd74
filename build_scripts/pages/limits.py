"""The page of a treaty's time limits: the table, complete without script, and the calculator with what its scripts need.

Reads   Limits, the treaty's expressions, the interface's words
Writes  Page `<slug>/time-limits.md`
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from ..describe import Words as Wording
from ..library import Treaty
from ..limits import Duty, Kind, Limit, Limits, Start, Then
from ..model import Expression, Provision
from ..model import Kind as ProvisionKind
from ..typed import month_names
from .addresses import address_of, limit_anchor, page_of, relative
from .addresses import limits_page as url_of
from .article import column_heads, treaty_meta
from .labels import citation, in_lang, length_label, parties, provision_label, short_title
from .tree import Link, Page, Tree
from .words import capital

SCRIPTS = (
    "dates.js", "limits.js", "ics.js", "save-file.js", "limits-words.js", "limits-view.js", "limits-file.js", "limits-page.js",
)


@dataclass(frozen=True)
class Law:
    """A provision's words in one language. lines: its number and its words, what is meant marked in them."""

    lang: str
    dir: str
    lines: tuple[tuple[str, Markup], ...]


@dataclass(frozen=True)
class Row:
    """One limit in the table."""

    anchor: str
    length: str
    who: str
    what: str
    duty: Duty | None
    starts: tuple[Start, ...]
    when: str
    then: tuple[tuple[Then, Link], ...]
    extension: str
    doubts: tuple[str, ...]
    provision: Link
    law: tuple[Law, ...]
    is_counted: bool


class _Writer:
    """Knows the page: links from it, and the treaty's words."""

    def __init__(self, tree: Tree, treaty: Treaty, page: str = ""):
        self.tree = tree
        self.treaty = treaty
        self.page = page or url_of(treaty.slug)
        self.columns = tree.columns(treaty)

    def link(self, eid: str) -> Link:
        return Link(provision_label(eid, self.tree.words), relative(self.page, address_of(self.treaty.slug, eid)))

    def said(self, words: Wording | None) -> str:
        return in_lang(words, self.tree.lang) if words else ""

    def row(self, name: str, limit: Limit) -> Row:
        return Row(
            limit_anchor(name), length_label(limit, self.tree.words), self.said(limit.who), capital(self.said(limit.what)),
            limit.duty, tuple(limit.starts), self.said(limit.when), tuple((then, self.link(then.eid)) for then in limit.then),
            self.said(limit.extension), tuple(self.said(doubt) for doubt in limit.doubts), self.link(limit.eid),
            self.law(limit.eid, limit.words), limit.kind is Kind.COUNTED,
        )

    def law(self, eid: str, words: Wording) -> tuple[Law, ...]:
        return tuple(
            Law(column.lang, self.tree.languages[column.lang].dir, tuple(quoted(column, eid, words.get(column.lang, ""))))
            for column in self.columns
        )


def quoted(expression: Expression, eid: str, words: str) -> Iterator[tuple[str, Markup]]:
    """A provision line by line, (number, words); a point with the words that open and close its list. `words` are marked."""
    held = {provision.eid: provision for provision in expression.walk()}
    provision, parent = held[eid], held.get(eid.rpartition("__")[0])
    if parent and provision.kind in (ProvisionKind.POINT, ProvisionKind.INDENT):
        before = [child for child in parent.children if child.kind is ProvisionKind.INTRO]
        after = [child for child in parent.children if child.kind is ProvisionKind.WRAPUP]
        units, num = [*before, provision, *after], parent.num if before else ""
    else:
        units, num = [provision], ""
    for unit in units:
        for own, text in _lines(unit, num):
            yield own, _marked(text, words)
            num = ""


def _lines(provision: Provision, num: str) -> Iterator[tuple[str, str]]:
    num = (provision.num if provision.kind is not ProvisionKind.ARTICLE else "") or num
    for passage in provision.passages:
        yield num, passage.text
        num = ""
    for part in provision.children:
        yield from _lines(part, num)
        num = ""


def _marked(text: str, words: str) -> Markup:
    before, found, after = text.partition(words) if words else (text, "", "")
    return escape(before) + (Markup('<mark class="k-set">{}</mark>').format(found) if found else Markup()) + escape(after)


def limits_page(tree: Tree, treaty: Treaty, limits: Limits) -> Page:
    writer = _Writer(tree, treaty)
    words = tree.words
    title, short = words("limits.title"), short_title(treaty, tree.lang)
    meta = treaty_meta(tree, treaty, "")
    whole = f"{short}, {parties(treaty, words)}"
    return Page(
        path=writer.page.removesuffix(".html") + ".md",
        meta={
            "title": f"{title} · {short}", "lang": tree.lang, "kind": "limits", "description": words("limits.lead"), **meta,
            "citation": f"{title}. {citation(treaty, '', words)}",
            "breadcrumb": [*meta["breadcrumb"][:-1], {"label": whole, "url": page_of(treaty.slug, "")}, {"label": title}],
            "scripts": list(SCRIPTS),
        },
        template="limits.html",
        data={
            "title": title, "whole": Link(citation(treaty, "", words), relative(writer.page, page_of(treaty.slug, ""))),
            "heads": column_heads(tree, treaty, writer.columns), "notice": _notice(writer),
            "counting": [(one, [writer.link(eid) for eid in one.cites]) for one in limits.counting],
            "kinds": [
                (kind.value, [writer.row(name, limit) for name, limit in of_kind.items()])
                for kind in Kind if (of_kind := limits.of_kind(kind))
            ],
            "not_limits": [(other, writer.link(other.eid)) for other in limits.not_limits],
            "event_names": {name: event.name[tree.lang] for name, event in limits.events.items()},
            "data": htmlsafe_json_dumps(limits_data(tree, treaty, limits, writer.page), ensure_ascii=False),
        },
    )


def _notice(writer: _Writer) -> tuple[str, Link | None]:
    """What the page is, and which text prevails, with the clause that says so."""
    words, data = writer.tree.words, writer.treaty.data
    if not data.prevailing_language:
        return words("limits.notice"), None
    clause = data.prevailing_stated_in
    prevails = words("limits.notice.prevails", language=writer.tree.name(data.prevailing_language))
    return words("limits.notice") + prevails, writer.link(clause) if clause else None


def limits_data(tree: Tree, treaty: Treaty, limits: Limits, page: str) -> dict[str, Any]:
    """What limits.js and the page's scripts read, in the language of the tree. page: where it is shown, for the links."""
    writer = _Writer(tree, treaty, page)
    said = writer.said
    return {
        "treaty": treaty.slug,
        "title": short_title(treaty, tree.lang),
        "months": month_names(),
        "groups": {name: said(words) for name, words in limits.groups.items()},
        "events": {
            name: {
                "group": event.group, "name": said(event.name), "help": said(event.help), "not_before": event.not_before,
                "links": [[link.label, link.href] for link in map(writer.link, event.cites)],
            }
            for name, event in limits.events.items()
        },
        "limits": {name: _limit_data(writer, name, limit) for name, limit in limits.limits.items()},
    }


def _limit_data(writer: _Writer, name: str, limit: Limit) -> dict[str, Any]:
    said, link = writer.said, writer.link(limit.eid)
    return {
        "kind": limit.kind.value,
        "label": link.label, "href": link.href, "anchor": limit_anchor(name),
        "length": {"number": limit.length.number, "unit": limit.length.unit.value} if limit.length else None,
        "length_words": length_label(limit, writer.tree.words),
        "ends": limit.ends, "who": said(limit.who), "what": said(limit.what), "words": said(limit.words),
        "starts": [
            {
                "event": start.event, "runs": start.runs.value if start.runs else None, "words": said(start.words),
                "why": said(start.why), "after_extension": start.after_extension,
            }
            for start in limit.starts
        ],
        "then": [
            {"force": then.force, "says": said(then.says), "label": to.label, "href": to.href}
            for then, to in ((then, writer.link(then.eid)) for then in limit.then)
        ],
        "extension": said(limit.extension), "doubts": [said(doubt) for doubt in limit.doubts],
    }
