"""The page of a walkthrough: complete without script, and with all that the script needs to take it step by step.

Reads   a checked Walkthrough, the treaty's expressions, the interface's words
Writes  `<slug>/walkthrough-<name>.md`; the Walkthrough that other pages link to
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2.utils import htmlsafe_json_dumps

from ..cover import Walks
from ..decide import RESULT, UNKNOWN, Answer, Effect, Finding, Follow, Outcome, Question, Walkthrough
from ..describe import Words as Wording
from ..library import Library, Treaty, article_of
from ..model import Expression, Kind, Provision
from . import PROJECT, page_environment, page_text
from .addresses import address_of, page_of, relative
from .article import column_heads
from .grid import pair, shown_eids
from .labels import citation, parties, provision_label, short_title
from .tree import Link, Page, Tree
from .tree import Walkthrough as Shown
from .words import load_all_words, load_languages

SCRIPTS = ("walkthrough-memo.js", "walkthrough.js")


def write_walkthroughs(
    library: Library, walks: Mapping[str, Walks], out_dir: Path, lang: str,
    interface: Path = PROJECT / "docs" / "interface",
) -> tuple[Shown, ...]:
    """Writes the pages of each treaty's walkthroughs below `out_dir`; returns what other pages show of them."""
    tree = Tree(library, lang, load_all_words(interface), load_languages(interface))
    environment = page_environment()
    for slug, each in walks.items():
        for name, walkthrough in each.walkthroughs.items():
            page = walkthrough_page(tree, library.treaty(slug), name, walkthrough)
            file = out_dir / page.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page_text(page, tree, environment), encoding="utf-8", newline="\n")
    return tuple(
        shown(slug, name, walkthrough, lang)
        for slug, each in walks.items() for name, walkthrough in each.walkthroughs.items()
    )


def url_of(slug: str, name: str) -> str:
    """The page of a walkthrough, relative to the tree."""
    return f"{slug}/walkthrough-{name}.html"


def anchor_of(question: str) -> str:
    return f"q-{question}"


def shown(slug: str, name: str, walkthrough: Walkthrough, lang: str) -> Shown:
    """What other pages show: the question it answers, and for each provision the questions that rest on it."""
    nodes: dict[str, list[tuple[str, str]]] = {}
    for each, question in walkthrough.questions.items():
        for eid in dict.fromkeys(question.cites):
            nodes.setdefault(eid, []).append((question.ask[lang], f"{url_of(slug, name)}#{anchor_of(each)}"))
    return Shown(slug, walkthrough.title[lang], url_of(slug, name), {eid: tuple(found) for eid, found in nodes.items()})


@dataclass(frozen=True)
class Cell:
    """A provision's words in one language. heading: of the article, when the row opens one."""

    lang: str
    dir: str
    heading: str
    num: str
    text: str


@dataclass(frozen=True)
class LawRow:
    """A provision, its languages side by side."""

    eid: str
    href: str
    label: str
    cells: tuple[Cell, ...]

    @property
    def is_heading(self) -> bool:
        return any(cell.heading for cell in self.cells)


class Law:
    """The treaty's words as the page quotes them: a provision with the words that open and close the list it stands in."""

    def __init__(self, tree: Tree, treaty: Treaty, page: str):
        self.tree = tree
        self.treaty = treaty
        self.page = page
        self.columns = tree.columns(treaty)
        self.held = {column.lang: {unit.eid: unit for unit in column.walk()} for column in self.columns}

    def link(self, eid: str) -> Link:
        return Link(provision_label(eid, self.tree.words), relative(self.page, address_of(self.treaty.slug, eid)))

    def links(self, eids: Iterable[str]) -> tuple[Link, ...]:
        return tuple(self.link(eid) for eid in dict.fromkeys(eids))

    def quoted(self, eids: Sequence[str]) -> tuple[str, ...]:
        """The eIds of the rows that quote `eids`, in the order of the text."""
        order: dict[str, None] = {}
        for article in dict.fromkeys(self._article(eid) for eid in eids):
            order.update(dict.fromkeys(self._order(article)))
        return tuple(eid for eid in order if any(self._belongs(eid, cited) for cited in eids))

    def row(self, eid: str) -> LawRow:
        link = self.link(eid)
        return LawRow(eid, link.href, link.label, tuple(self._cell(column, eid) for column in self.columns))

    def _article(self, eid: str) -> str:
        article = article_of(self.columns[0], eid)
        return article.eid if article else eid

    def _order(self, article: str) -> Iterator[str]:
        units = [(lang, [held[article]]) for lang, held in self.held.items() if article in held]
        for eid in shown_eids(pair(units)):
            if eid == article or any(eid in held and held[eid].passages for held in self.held.values()):
                yield eid

    def _belongs(self, eid: str, cited: str) -> bool:
        """Whether the row is the provision cited or below it, the head of its article, or words around its list."""
        if eid == cited or eid.startswith(cited + "__") or eid == self._article(cited):
            return True
        around, _, last = eid.rpartition("__")
        return last in (Kind.INTRO.value, Kind.WRAPUP.value) and cited.startswith(around + "__")

    def _cell(self, column: Expression, eid: str) -> Cell:
        direction = self.tree.languages[column.lang].dir
        unit = self.held[column.lang].get(eid)
        if unit is None:
            return Cell(column.lang, direction, "", "", "")
        if unit.kind is Kind.ARTICLE:
            heading = " ".join(filter(None, (unit.num, unit.heading.text if unit.heading else "")))
            return Cell(column.lang, direction, heading, "", unit.text)
        return Cell(column.lang, direction, "", unit.num or self._num_above(column, unit), unit.text)

    def _num_above(self, column: Expression, unit: Provision) -> str:
        """The opening words of a list carry the number of the paragraph that they open."""
        if unit.kind is not Kind.INTRO:
            return ""
        above = self.held[column.lang].get(unit.eid.rpartition("__")[0])
        return above.num if above and above.kind is not Kind.ARTICLE else ""


def walkthrough_page(tree: Tree, treaty: Treaty, name: str, walkthrough: Walkthrough) -> Page:
    law = Law(tree, treaty, url_of(treaty.slug, name))
    title, short = walkthrough.title[tree.lang], short_title(treaty, tree.lang)
    return Page(
        path=law.page.removesuffix(".html") + ".md",
        meta={
            "title": title, "lang": tree.lang, "kind": "walkthrough", "description": walkthrough.lead[tree.lang],
            "citation": f"{title} {citation(treaty, '', tree.words)}",
            "treaty": {"slug": treaty.slug, "short_title": short, "url": page_of(treaty.slug, "")},
            "breadcrumb": [
                {"label": tree.words("page.home"), "url": "index.html"},
                {"label": f"{short}, {parties(treaty, tree.words)}", "url": page_of(treaty.slug, "")},
                {"label": title},
            ],
            "scripts": list(SCRIPTS),
        },
        template="walkthrough.html",
        data={
            "walkthrough": walkthrough, "law": law, "heads": column_heads(tree, treaty, law.columns),
            "whole": Link(citation(treaty, "", tree.words), relative(law.page, page_of(treaty.slug, ""))),
            "data": htmlsafe_json_dumps(page_data(walkthrough, law), ensure_ascii=False),
            "rows_beside": _rows_beside(walkthrough, law), "anchor_of": anchor_of, "RESULT": RESULT, "UNKNOWN": UNKNOWN,
            "language_clause": _language_clause(treaty, law),
        },
    )


def _language_clause(treaty: Treaty, law: Law) -> Link | None:
    eid = treaty.data.prevailing_stated_in
    return law.link(eid) if eid else None


def _rows_beside(walkthrough: Walkthrough, law: Law) -> tuple[str, ...]:
    """The rows that the result may quote and that stand beside no question."""
    beside = {eid for question in walkthrough.questions.values() for eid in law.quoted(question.cites)}
    findings = [
        finding for question in walkthrough.questions.values() for answer in question.choices.values()
        for finding in answer.found if finding.cites
    ]
    quoted = [eid for finding in (*walkthrough.always, *findings) for eid in law.quoted(finding.cites)]
    return tuple(eid for eid in dict.fromkeys(quoted) if eid not in beside)


def page_data(walkthrough: Walkthrough, law: Law) -> dict[str, Any]:
    """What walkthrough-memo.js and walkthrough.js read, in the language of the tree."""
    lang = law.tree.lang
    return {
        "title": walkthrough.title[lang],
        "start": walkthrough.start,
        "always": [_finding_data(finding, finding.cites, lang, law) for finding in walkthrough.always],
        "effects": [effect.value for effect in Effect],
        "questions": {name: _question_data(question, lang, law) for name, question in walkthrough.questions.items()},
        "outcomes": {name: _outcome_data(outcome, lang, law) for name, outcome in walkthrough.outcomes.items()},
        "words": {
            key.removeprefix("walk.js."): text
            for key, text in law.tree.words.texts.items() if key.startswith("walk.js.")
        },
    }


def _question_data(question: Question, lang: str, law: Law) -> dict[str, Any]:
    return {
        "ask": question.ask[lang],
        "cites": question.cites,
        "given": question.given,
        "next": question.next or RESULT,
        "links": _links(law, question.cites),
        "choices": {name: _choice_data(question, name, answer, lang, law) for name, answer in question.choices.items()},
    }


def _choice_data(question: Question, name: str, answer: Answer, lang: str, law: Law) -> dict[str, Any]:
    return {
        "label": law.tree.words("walk.js.unknown") if name == UNKNOWN else answer.label[lang],
        "next": question.after(name),
        "findings": [_finding_data(finding, finding.cites or question.cites, lang, law) for finding in answer.found],
        "follows": [_follow_data(follow, lang, law) for follow in answer.follows],
    }


def _finding_data(finding: Finding, cites: Sequence[str], lang: str, law: Law) -> dict[str, Any]:
    return {
        "effect": finding.effect.value,
        "says": finding.says[lang],
        "readings": [{"leads": reading.leads_to, "says": reading.says[lang]} for reading in finding.readings],
        "doubt": _said(finding.doubt, lang),
        "cites": list(cites),
        "links": _links(law, cites),
        "rows": law.quoted(cites),
    }


def _outcome_data(outcome: Outcome, lang: str, law: Law) -> dict[str, Any]:
    return {
        "kind": outcome.kind.value,
        "when": [effect.value for effect in outcome.when],
        "given": outcome.given,
        "says": outcome.says[lang],
        "explains": outcome.explains[lang],
        "links": _links(law, outcome.cites),
        "follows": [_follow_data(follow, lang, law) for follow in outcome.follows],
    }


def _follow_data(follow: Follow, lang: str, law: Law) -> dict[str, Any]:
    return {
        "cites": follow.cites, "links": _links(law, follow.cites), "says": follow.says[lang], "by": _said(follow.by, lang),
    }


def _said(wording: Wording | None, lang: str) -> str:
    return wording[lang] if wording else ""


def _links(law: Law, eids: Sequence[str]) -> list[list[str]]:
    return [[link.label, link.href] for link in law.links(eids)]
