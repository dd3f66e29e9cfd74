"""The page of a walkthrough: complete without script, and with all that the script needs to take it step by step.

Reads   a checked Walkthrough, the treaty's expressions, the interface's words
Writes  `<slug>/walkthrough-<name>.md`; the Walkthrough that other pages link to
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinja2.utils import htmlsafe_json_dumps

from ..cover import Walks
from ..decide import RESULT, UNKNOWN, Answer, Effect, Finding, Follow, Outcome, Question, See, Walkthrough, nodes
from ..describe import Words as Wording
from ..library import Treaty
from ..problems import Problem
from .addresses import limits_page, page_of, relative, walkthrough_page, walkthroughs_page
from .article import column_heads
from .flow import flow_of
from .labels import citation, in_lang, parties, provision_label, short_title
from .law import Law
from .limits import limits_data
from .tree import Link, Page, Tree
from .tree import Walkthrough as Shown
from .words import capital

SCRIPTS = (
    "dates.js", "limits.js", "ics.js", "save-file.js", "zip.js", "limits-words.js", "limits-view.js", "limits-file.js",
    "walkthrough-memo.js", "walkthrough-address.js", "walkthrough-dates.js", "walkthrough-document.js", "walkthrough-text.js",
    "walkthrough-docx.js", "walkthrough-view.js", "walkthrough.js",
)
CASE_WORDS = "walk.js."  # the words of the interface that the script gets


def anchor_of(question: str) -> str:
    return f"q-{question}"


def shown(slug: str, name: str, walkthrough: Walkthrough, lang: str) -> Shown:
    """What other pages show: the question it answers, and for each provision the questions that rest on it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for each, question in walkthrough.questions.items():
        for eid in dict.fromkeys(question.cites):
            found.setdefault(eid, []).append((in_lang(question.ask, lang), f"{walkthrough_page(slug, name)}#{anchor_of(each)}"))
    return Shown(
        slug, in_lang(walkthrough.title, lang), walkthrough_page(slug, name), {eid: tuple(each) for eid, each in found.items()},
        walkthrough.side.value,
    )


def make_page(
    tree: Tree, treaty: Treaty, name: str, walks: Mapping[str, Walks], faults: Mapping[str, Sequence[Problem]] | None = None,
) -> Page:
    """The page of one walkthrough of `treaty`. faults: by question ("" for the whole), shown beside what they are about."""
    walkthrough = walks[treaty.slug].walkthroughs[name]
    writer = _Writer(tree, treaty, name, walks)
    law, words = writer.law, tree.words
    title, short = in_lang(walkthrough.title, tree.lang), short_title(treaty, tree.lang)
    heads = column_heads(tree, treaty, law.columns)
    return Page(
        path=law.page.removesuffix(".html") + ".md",
        meta={
            "title": title, "lang": tree.lang, "kind": "walkthrough", "description": in_lang(walkthrough.lead, tree.lang),
            "citation": f"{title} {citation(treaty, '', words)}",
            "treaty": {"slug": treaty.slug, "short_title": short, "url": page_of(treaty.slug, "")},
            "breadcrumb": [
                {"label": words("page.home"), "url": "index.html"},
                {"label": f"{short}, {parties(treaty, words)}", "url": page_of(treaty.slug, "")},
                {"label": words("walk.all"), "url": walkthroughs_page(treaty.slug)},
                {"label": title},
            ],
            "scripts": list(SCRIPTS),
        },
        template="walkthrough.html",
        data={
            "walkthrough": walkthrough, "law": law, "heads": heads, "say": writer.say, "see": writer.see,
            "whole": Link(citation(treaty, "", words), relative(law.page, page_of(treaty.slug, ""))),
            "data": htmlsafe_json_dumps(writer.page_data(), ensure_ascii=False),
            "rows_beside": _rows_beside(walkthrough, law), "anchor_of": anchor_of, "RESULT": RESULT, "UNKNOWN": UNKNOWN,
            "flow": None if faults else flow_of(walkthrough, words),
            "faults": faults or {}, "guide": guide(tree, treaty), "language_clause": _language_clause(treaty, law),
        },
    )


def guide(tree: Tree, treaty: Treaty) -> str:
    """What every walkthrough says of itself: a guide to the text held, not advice; which text prevails."""
    prevailing = treaty.data.prevailing_language
    if prevailing is None:
        return tree.words("walk.guide")
    return tree.words("walk.guide.prevails", language=tree.name(prevailing))


def _language_clause(treaty: Treaty, law: Law) -> Link | None:
    eid = treaty.data.prevailing_stated_in
    return law.link(eid) if eid else None


def _rows_beside(walkthrough: Walkthrough, law: Law) -> tuple[str, ...]:
    """The rows that the result may quote and that stand beside no question."""
    beside = {eid for question in walkthrough.questions.values() for eid in law.quoted(question.cites)}
    findings = [node for _, node in nodes(walkthrough) if isinstance(node, Finding) and node.cites]
    quoted = [eid for finding in findings for eid in law.quoted(finding.cites)]
    return tuple(eid for eid in dict.fromkeys(quoted) if eid not in beside)


class _Writer:
    """What walkthrough-memo.js and the others read, in the language of the tree."""

    def __init__(self, tree: Tree, treaty: Treaty, name: str, walks: Mapping[str, Walks]):
        self.tree, self.treaty, self.name, self.walks = tree, treaty, name, walks
        self.law = Law(tree, treaty, walkthrough_page(treaty.slug, name))
        self.walkthrough = walks[treaty.slug].walkthroughs[name]

    def say(self, wording: Wording | None) -> str:
        return in_lang(wording, self.tree.lang) if wording else ""

    def see(self, link: See) -> dict[str, Any]:
        """A link to another walkthrough: its title, its address, the provisions it is about."""
        slug, name = link.target(self.treaty.slug)
        to = self.walks[slug].walkthroughs.get(name) if slug in self.walks else None
        address = walkthrough_page(slug, name) + (f"#{anchor_of(link.question)}" if link.question else "")
        return {
            "title": self.say(to.title) if to else link.walkthrough, "says": self.say(link.says),
            "href": relative(self.law.page, address),
            "cites": ", ".join(provision_label(eid, self.tree.words) for eid in link.cites),
        }

    def page_data(self) -> dict[str, Any]:
        walkthrough, words = self.walkthrough, self.tree.words
        return {
            "name": f"{self.treaty.slug}/{self.name}",
            "title": self.say(walkthrough.title),
            "lang": self.tree.lang,
            "start": walkthrough.start,
            "effects": [effect.value for effect in Effect],
            "always": [self._finding(finding, finding.cites) for finding in walkthrough.always],
            "questions": {name: self._question(question) for name, question in walkthrough.questions.items()},
            "outcomes": {name: self._outcome(outcome) for name, outcome in walkthrough.outcomes.items()},
            "notes": list(self._notes()),
            "treaty": citation(self.treaty, "", words),
            "limits": self._limits(),
            "table": relative(self.law.page, limits_page(self.treaty.slug)),
            "edition": list(self._edition()),
            "guide": guide(self.tree, self.treaty),
            "words": {
                key.removeprefix(CASE_WORDS): text for key, text in words.texts.items() if key.startswith(CASE_WORDS)
            },
        }

    def _question(self, question: Question) -> dict[str, Any]:
        return {
            "ask": self.say(question.ask), "doubt": self.say(question.doubt), "cites": question.cites,
            "given": question.given, "next": question.next or RESULT, "links": self._links(question.cites),
            "limits": self._known(question.limits),
            "see": [self.see(link) for link in question.see],
            "choices": {name: self._choice(question, name, answer) for name, answer in question.choices.items()},
        }

    def _choice(self, question: Question, name: str, answer: Answer) -> dict[str, Any]:
        return {
            "label": self.tree.words("walk.js.unknown") if name == UNKNOWN else self.say(answer.label),
            "next": question.after(name),
            "findings": [self._finding(finding, finding.cites or question.cites) for finding in answer.found],
            "follows": [self._follow(follow) for follow in answer.follows],
            "see": [self.see(link) for link in answer.see],
        }

    def _finding(self, finding: Finding, cites: Sequence[str]) -> dict[str, Any]:
        return {
            "effect": finding.effect.value, "says": self.say(finding.says), "doubt": self.say(finding.doubt),
            "readings": [{"leads": each.leads_to, "says": self.say(each.says)} for each in finding.readings],
            "cites": list(cites), "links": self._links(cites), "rows": self.law.quoted(cites),
            "limits": self._known(finding.limits),
        }

    def _follow(self, follow: Follow) -> dict[str, Any]:
        return {
            "cites": follow.cites, "links": self._links(follow.cites), "says": self.say(follow.says),
            "by": self.say(follow.by), "limits": self._known(follow.limits),
        }

    def _outcome(self, outcome: Outcome) -> dict[str, Any]:
        return {
            "kind": outcome.kind.value, "when": [effect.value for effect in outcome.when], "given": outcome.given,
            "says": self.say(outcome.says), "explains": self.say(outcome.explains), "links": self._links(outcome.cites),
            "follows": [self._follow(follow) for follow in outcome.follows],
            "see": [self.see(link) for link in outcome.see],
        }

    def _links(self, eids: Sequence[str]) -> list[list[str]]:
        return [[link.label, link.href] for link in self.law.links(eids)]

    def _known(self, names: Sequence[str]) -> list[str]:
        held = self.tree.limits.get(self.treaty.slug)
        return [name for name in names if held and name in held.limits]

    def _limits(self) -> dict[str, Any] | None:
        """The time limits that the walkthrough names, as limits.js reads them, and the events that start them."""
        held = self.tree.limits.get(self.treaty.slug)
        named = {name for _, node in nodes(self.walkthrough) for name in getattr(node, "limits", ())}
        if held is None or not named:
            return None
        limits = {name: limit for name, limit in held.limits.items() if name in named}
        started = {start.event for limit in limits.values() for start in limit.starts}
        events = {
            name: event.model_copy(update={"not_before": [one for one in event.not_before if one in started]})
            for name, event in held.events.items() if name in started
        }
        return limits_data(self.tree, self.treaty, held.model_copy(update={"limits": limits, "events": events}), self.law.page)

    def _notes(self) -> Iterator[dict[str, Any]]:
        """The editor's notes on provisions that a finding rests on, each once."""
        cited = {row for _, node in nodes(self.walkthrough) if isinstance(node, Finding) for row in self.law.quoted(node.cites)}
        cited |= {row for question in self.walkthrough.questions.values() for row in self.law.quoted(question.cites)}
        seen = set()
        for column in self.law.columns:
            for note in column.notes:
                if note.eid in cited and note.id not in seen:
                    seen.add(note.id)
                    yield {"eid": note.eid, "links": self._links([note.eid]), "says": in_lang(dict(note.text), self.tree.lang)}

    def _edition(self) -> Iterator[str]:
        """What text the walkthrough was worked out from: the texts held with their checksums, the publication if stated."""
        words, data = self.tree.words, self.treaty.data
        for column in self.law.columns:
            yield words(
                "walk.edition.text", language=capital(self.tree.name(column.lang)),
                authority=words(f"page.authority.{column.authority.value}"), file=column.source_file, sha256=column.sha256,
            )
        yield words("walk.edition.signed", date=words.date(data.signed.date))
        if data.publication:
            yield words("walk.edition.published", citation=in_lang(data.publication.citation, self.tree.lang))
        else:
            yield words("walk.edition.published.not-stated")
        sums = self.walks[self.treaty.slug].sums
        yield words("walk.edition.walkthrough", name=f"{self.treaty.slug}/{self.name}", sha256=sums.get(self.name, ""))
