"""What `add` says of a text: to read, and as JSON.

Reads   Taken
Writes  lines, or a dictionary
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..model import Kind, Provision
from ..problems import Problem
from ..questions import Question
from .assemble import Assembled, Hanging
from .editor_files import Note
from .encoding import name_of
from .extract import brief
from .state import Fact, Stated
from .understand import Understood

SHOWN = 40  # articles, doubts and edits that are listed one by one


@dataclass(frozen=True)
class Taken:
    """A text taken in, or looked at. written: the files, relative to the project; () when it was only looked at."""

    slug: str
    lang: str
    text: Assembled
    understood: Understood
    stated: Stated
    questions: tuple[Question, ...]
    notes: tuple[Note, ...]
    unplaced_notes: tuple[Hanging, ...]
    remarks: tuple[str, ...]
    faults: tuple[Problem, ...]  # for which it was not taken in
    written: tuple[str, ...]

    @property
    def file(self) -> str:
        return f"treaties/{self.slug}/{self.lang}.txt"


def facts(stated: Stated) -> Iterator[tuple[str, Any, Fact[Any] | None]]:
    """What was looked for in the text: its name, its value in words, and the fact."""
    yield "title", stated.title and stated.title.value, stated.title
    yield "kind", stated.kind and stated.kind.value, stated.kind
    yield "signed on", stated.date and stated.date.value.isoformat(), stated.date
    yield "signed at", stated.place and stated.place.value.get(stated.lang), stated.place
    if stated.parties:
        for number, party in enumerate(stated.parties, 1):
            yield f"party {number}", party.value, party
    else:
        yield "parties", None, None
    yield "languages", stated.languages and ", ".join(stated.languages.value), stated.languages
    yield "prevailing language", stated.prevailing and stated.prevailing.value, stated.prevailing
    yield "entered into force on", stated.entry_date and stated.entry_date.value.isoformat(), stated.entry_date
    yield "entry into force", stated.entry_rule and stated.entry_rule.value, stated.entry_rule
    if stated.enclosing:
        yield "published with", ": ".join(part for part in stated.enclosing.value if part), stated.enclosing


def lines(taken: Taken) -> Iterator[str]:
    """The report as an editor reads it."""
    yield from _files(taken)
    if taken.stated:
        yield ""
        yield "What the text states:"
        for name, value, fact in facts(taken.stated):
            if fact is None:
                yield f"  {name}: not found"
            else:
                yield f"  {name}: {brief(str(value), 100)}{'' if fact.sure else ' (not sure)'}  [line {fact.line}]"
    yield ""
    yield from _articles(taken)
    yield from _doubts(taken, True, "To settle before the site is built")
    yield from _doubts(taken, False, "To look at")
    yield from _edits(taken)
    if taken.notes or taken.unplaced_notes:
        yield ""
        yield f"Footnotes kept as notes: {len(taken.notes)}"
        yield from (f"  line {each.line}, {each.eid}: {brief(each.text)}" for each in taken.notes)
        yield from (f"  line {each.line}: no provision was found for: {brief(each.note.text)}" for each in taken.unplaced_notes)
    if taken.remarks:
        yield ""
        yield "Remarks:"
        yield from (f"  {remark}" for remark in taken.remarks)
    yield from _what_next(taken)


def _doubts(taken: Taken, stops: bool, title: str) -> Iterator[str]:
    doubts = [each for each in taken.understood.doubts if each.stops == stops]
    if doubts:
        yield ""
        yield f"{title} ({len(doubts)}):"
        yield from (f"  line {each.line}: {each.code.value}: {each.message}\n      {each.hint}" for each in doubts[:SHOWN])
        if len(doubts) > SHOWN:
            counts = sorted(Counter(each.code.value for each in doubts).items())
            yield f"  … and {len(doubts) - SHOWN} more (--json lists all): {', '.join(f'{code} {n}' for code, n in counts)}"


def _files(taken: Taken) -> Iterator[str]:
    for source in taken.text.sources:
        reading = source.reading
        encoding = f", {name_of(reading.extract.encoding)}" if reading.extract.encoding else ""
        yield f"{reading.file.name}: {reading.format.value}{encoding}, lines {source.lines[0]}–{source.lines[1]} of the text"
        yield f"  SHA-256 {reading.file.sha256}"
        yield from (f"  left out: {words}" for words in reading.extract.left_out)


def _articles(taken: Taken) -> Iterator[str]:
    articles = taken.understood.parsed.articles
    yield f"Articles found: {len(articles)}"
    for article in articles[:SHOWN]:
        heading = article.heading.text if article.heading else ""
        yield f"  line {article.lines[0]}: {article.num} {brief(heading)}".rstrip()
    if len(articles) > SHOWN:
        yield f"  … and {len(articles) - SHOWN} more, up to {articles[-1].num} on line {articles[-1].lines[0]} (--json lists all)"


def _edits(taken: Taken) -> Iterator[str]:
    corrections = taken.text.corrections
    if not corrections:
        return
    yield ""
    yield f"Taken out of the text by edits.yml ({len(corrections)}); compare those that are not sure with the original:"
    for each in sorted(corrections, key=lambda one: (one.sure, one.line))[:SHOWN]:
        doubt = "" if each.sure else "  (not sure)"
        becomes = f" -> {brief(each.replacement)!r}" if each.replacement else f", {each.reason}"
        yield f"  line {each.line}: {brief(each.quote)!r}{becomes}{doubt}"
    if len(corrections) > SHOWN:
        yield f"  … and {len(corrections) - SHOWN} more"


def _what_next(taken: Taken) -> Iterator[str]:
    yield ""
    if taken.written:
        yield "Written:"
        yield from (f"  {name}" for name in taken.written)
        if taken.questions:
            yield f"{len(taken.questions)} questions are open in treaties/{taken.slug}/treaty.yml:"
            yield from (f"  line {each.line}: {each.field}: {each.hint}" for each in taken.questions)
        yield "Next: answer the questions, then `make check` (python -m build_scripts check), which names what is left."
    elif taken.faults:
        yield "Nothing was written."
    else:
        yield f"Nothing was written (--dry-run); {len(taken.questions)} questions would be open."


def to_json(taken: Taken) -> dict[str, Any]:
    """The report for programs."""
    stated = {
        name: {"value": value, "line": fact.line, "words": fact.words, "sure": fact.sure} if fact else None
        for name, value, fact in facts(taken.stated)
    }
    return {
        "slug": taken.slug, "lang": taken.lang, "written": list(taken.written),
        "files": [
            {
                "name": source.reading.file.name, "format": source.reading.format.value,
                "encoding": source.reading.extract.encoding, "sha256": source.reading.file.sha256, "lines": list(source.lines),
                "left_out": list(source.reading.extract.left_out),
            }
            for source in taken.text.sources
        ],
        "text": {
            "file": taken.file, "sha256": taken.text.sha256, "characters": len(taken.text.text), "layout": taken.text.layout,
        },
        "stated": stated,
        "articles": [_article(article) for article in taken.understood.parsed.articles],
        "attachments": [_article(each) for kind in _attachments() for each in taken.understood.parsed.by_kind(kind)],
        "doubts": [fault_to_json(each) for each in taken.understood.doubts],
        "edits": [
            {"line": each.line, "quote": each.quote, "replacement": each.replacement, "reason": each.reason, "sure": each.sure}
            for each in taken.text.corrections
        ],
        "notes": [{"line": each.line, "eid": each.eid, "words": each.words, "text": each.text} for each in taken.notes],
        "unplaced_notes": [{"line": each.line, "text": each.note.text} for each in taken.unplaced_notes],
        "questions": [
            {"field": each.field, "line": each.line, "proposal": each.proposal, "hint": each.hint} for each in taken.questions
        ],
        "remarks": list(taken.remarks),
        "faults": [fault_to_json(each) for each in taken.faults],
    }


def _attachments() -> list[Kind]:
    return [kind for kind in Kind if kind.value in ("annex", "protocol")]


def _article(article: Provision) -> dict[str, Any]:
    return {
        "eid": article.eid, "num": article.num, "number": article.number,
        "heading": article.heading.text if article.heading else "", "line": article.lines[0],
    }


def fault_to_json(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file, "line": problem.line, "code": problem.code.value, "message": problem.message, "hint": problem.hint,
        "stops": problem.stops,
    }
