"""A walkthrough taken without a browser, for other programs.

Reads   answers as JSON; the walkthroughs and the texts they rest on
Writes  what the answers amount to, or the questions, as data that JSON can hold; faults of the answers as Problems

Words stand in every language that the treaty is held in. Provisions are named by eId wherever they are cited; their words
stand once, under `provisions`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from .answer import Found, findings, limits_named
from .cover import Walks
from .dates import DateFault, parse_date
from .decide import UNKNOWN, Finding, Follow, Question, See, Walkthrough, nodes
from .describe import Words as Wording
from .library import Library, Treaty
from .limits import Limits
from .pages.addresses import address_of, walkthrough_page
from .pages.labels import provision_label
from .pages.words import Words
from .problems import Code, Problems
from .reckon import disorder, reckon
from .reckon import to_json as reckoned_to_json
from .typed import month_names

LONGEST = 1_000_000  # bytes of a file of answers
EXAMPLE = '{"answers": {"territory": "there", "offence": "unknown"}, "dates": {"decision": "2027-03-01"}}'
PARTS = ("answers", "dates")


@dataclass(frozen=True)
class Given:
    """What a file of answers gives: question -> answer, event -> its day."""

    answers: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)


def find(name: str, walks: Mapping[str, Walks], problems: Problems) -> tuple[str, str] | None:
    """Treaty and name of the walkthrough called "treaty/name", or None with the fault in `problems`."""
    slug, _, each = name.partition("/")
    if slug in walks and each in walks[slug].walkthroughs:
        return slug, each
    there = ", ".join(f"{treaty}/{one}" for treaty, held in walks.items() for one in held.walkthroughs)
    problems.add(Code.ANSWERS_WRONG, name, 0, "there is no such walkthrough", f"there are: {there or 'none'}")
    return None


# ---- answers


def read_answers(path: Path, walkthrough: Walkthrough, limits: Limits, problems: Problems) -> Given:
    """What the file at `path` gives: {"answers": {question: answer}, "dates": {event: day}}, or the answers alone.

    Every fault of the file becomes a Problem; what is returned is only good when there was none.
    """
    name = path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as fault:
        message = f"the file cannot be read: {fault.strerror}"
        problems.add(Code.FILE_MISSING, name, 0, message, f"it holds, for instance: {EXAMPLE}")
        return Given()
    return parse_answers(data, name, walkthrough, limits, problems)


def parse_answers(data: bytes, name: str, walkthrough: Walkthrough, limits: Limits, problems: Problems) -> Given:
    """As `read_answers`, from the bytes of a file called `name`."""
    if len(data) > LONGEST:
        problems.add(Code.ANSWERS_WRONG, name, 0, f"{len(data)} bytes are too many", f"at most {LONGEST}; such as: {EXAMPLE}")
        return Given()
    try:
        text = data.decode("utf-8-sig")
        held = json.loads(text, object_pairs_hook=_Pairs)
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        problems.add(Code.NOT_UTF8, name, line, f"byte {fault.start} is not UTF-8", "save the file as UTF-8")
        return Given()
    except (ValueError, RecursionError) as fault:
        line, what = getattr(fault, "lineno", 0), getattr(fault, "msg", "nested too deep")
        problems.add(Code.ANSWERS_WRONG, name, line, f"not JSON: {what}", f"a file of answers looks so: {EXAMPLE}")
        return Given()
    return _Reader(text, name, problems).given(held, walkthrough, limits)


class _Pairs(list[tuple[str, Any]]):
    """An object of JSON as its pairs, so that a name said twice is seen."""


@dataclass(frozen=True)
class _Reader:
    """Checks what a file gives; text, name: of the file."""

    text: str
    name: str
    problems: Problems

    def given(self, held: Any, walkthrough: Walkthrough, limits: Limits) -> Given:
        whole = self._pairs(held, "the file")
        if whole and all(key in PARTS for key, _ in whole):
            parts = {key: self._pairs(value, key) for key, value in whole}
        else:
            parts = {"answers": whole}
        return Given(self._answers(parts.get("answers", _Pairs()), walkthrough), self._days(parts.get("dates", _Pairs()), limits))

    def _pairs(self, held: Any, what: str) -> _Pairs:
        if isinstance(held, _Pairs):
            return held
        self._add("", f"{what}: expected an object; found {_brief(held)}", f"a file of answers looks so: {EXAMPLE}")
        return _Pairs()

    def _add(self, key: str, message: str, hint: str) -> None:
        self.problems.add(Code.ANSWERS_WRONG, self.name, _line(self.text, key), message, hint)

    def _answers(self, pairs: _Pairs, walkthrough: Walkthrough) -> dict[str, str]:
        answers: dict[str, str] = {}
        for question, answer in pairs:
            if question not in walkthrough.questions:
                hint = "the questions: " + ", ".join(walkthrough.questions)
                self._add(question, f"there is no question {_brief(question)}", hint)
            elif not isinstance(answer, str) or answer not in walkthrough.questions[question].choices:
                choices = ", ".join(walkthrough.questions[question].choices)
                self._add(question, f"{question!r} has no answer {_brief(answer)}", f"its answers: {choices}")
            elif answers.setdefault(question, answer) != answer:
                message = f"{question!r} is answered twice: {answers[question]!r} and {answer!r}"
                self._add(question, message, "answer a question once")
        return answers

    def _days(self, pairs: _Pairs, limits: Limits) -> dict[str, date]:
        days: dict[str, date] = {}
        for event, text in pairs:
            if event not in limits.events:
                events = ", ".join(limits.events) or "none"
                self._add(event, f"there is no event {_brief(event)}", f"the events: {events}")
                continue
            try:
                day = parse_date(text if isinstance(text, str) else repr(text), month_names())
            except DateFault as fault:
                values = "".join(f", {key} {value}" for key, value in fault.values.items())
                message = f"{event!r} is on no day that there is: {_brief(text)} ({fault.code}{values})"
                self._add(event, message, "write a date as 2027-03-01, 01.03.2027 or 1 March 2027")
                continue
            if days.setdefault(event, day) != day:
                self._add(event, f"{event!r} has two dates: {days[event]} and {day}", "give an event one date")
        return days


def _line(text: str, key: str) -> int:
    """The line on which a key stands, as JSON writes it; 1 when it is written otherwise."""
    at = max(text.find(json.dumps(key)), text.find(json.dumps(key, ensure_ascii=False)))
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def _brief(value: Any) -> str:
    text = repr([list(pair) for pair in value]) if isinstance(value, _Pairs) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


# ---- as JSON


def questions_to_json(slug: str, name: str, walks: Mapping[str, Walks], library: Library) -> dict[str, Any]:
    """The questions of a walkthrough with their answers, in order, so that another program can ask them."""
    walkthrough, treaty = walks[slug].walkthroughs[name], library.treaty(slug)
    return {
        **_head(slug, name, walkthrough, walks),
        "start": walkthrough.start,
        "questions": [_question(each, question) for each, question in walkthrough.questions.items()],
        "outcomes": [
            {"name": each, "kind": one.kind.value, "says": one.says, "cites": one.cites}
            for each, one in walkthrough.outcomes.items()
        ],
        **_texts(treaty, _all_cited(walkthrough)),
    }


def _question(name: str, question: Question) -> dict[str, Any]:
    return {
        "name": name, "ask": question.ask, "why": question.why, "help": question.help, "doubt": question.doubt,
        "cites": question.cites, "given": question.given, "otherwise": question.next if question.given else None,
        "answers": [
            {
                "name": key, "label": None if key == UNKNOWN else answer.label, "next": question.after(key),
                "finds": [finding.effect.value for finding in answer.found],
            }
            for key, answer in question.choices.items()
        ],
    }


def walk_to_json(
    slug: str, name: str, given: Given, walks: Mapping[str, Walks], library: Library, limits: Limits
) -> dict[str, Any]:
    """What the answers amount to: the path, what is open, the outcome, all that was found, duties, dates, provisions."""
    walkthrough, treaty = walks[slug].walkthroughs[name], library.treaty(slug)
    memo = findings(walkthrough, given.answers)
    outcome = walkthrough.outcomes[memo.outcome]
    taken = {step.question for step in memo.steps}
    found = [_found(one) for one in memo.found]
    result = {
        **_head(slug, name, walkthrough, walks),
        "path": [
            {"question": step.question, "answer": step.answer, "ask": walkthrough.questions[step.question].ask}
            for step in memo.steps
        ],
        "unused": [question for question in given.answers if question not in taken],
        "next": memo.pending,
        "open": [one for one in found if one["kind"] in ("open", "open-after")],
        "outcome": {
            "name": memo.outcome, "kind": outcome.kind.value, "says": outcome.says, "explains": outcome.explains,
            "cites": outcome.cites,
        },
        "found": found,
        "duties": [_follow(follow) for follow in _once(memo.follows)],
        **_dates(limits_named(walkthrough, memo), given.days, limits),
        "see": [_see(link, slug) for step in memo.steps for link in _links(walkthrough, step.question, step.answer)]
        + [_see(link, slug) for link in outcome.see],
    }
    return {**result, **_texts(treaty, _cited_in(result))}


def _head(slug: str, name: str, walkthrough: Walkthrough, walks: Mapping[str, Walks]) -> dict[str, Any]:
    return {
        "walkthrough": f"{slug}/{name}", "title": walkthrough.title, "side": walkthrough.side.value,
        "url": walkthrough_page(slug, name), "sha256": walks[slug].sums.get(name, ""),
    }


def _found(found: Found) -> dict[str, Any]:
    return {
        "question": found.question or None, "answer": found.answer or None, "kind": found.effect.value,
        **_finding(found.finding), "cites": list(found.cites),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "says": finding.says, "doubt": finding.doubt,
        "readings": [{"leads": reading.leads_to, "says": reading.says} for reading in finding.readings],
        "limits": finding.limits,
    }


def _follow(follow: Follow) -> dict[str, Any]:
    return {"says": follow.says, "by": follow.by, "cites": follow.cites, "limits": follow.limits}


def _dates(names: Sequence[str], days: Mapping[str, date], limits: Limits) -> dict[str, Any]:
    """The time limits that run, with the events they run from, and the dates that follow from the days given."""
    named = {name: limits.limits[name] for name in names}
    return {
        "limits": [
            {
                "name": name, "cites": [limit.eid], "words": limit.words, "what": limit.what, "who": limit.who,
                "from": [start.event for start in limit.starts],
            }
            for name, limit in named.items()
        ],
        "dates": [reckoned_to_json(one) for one in reckon(limits.model_copy(update={"limits": named}), days)],
        "disorder": [list(pair) for pair in disorder(limits, days)],
    }


def _once(follows: Sequence[Follow]) -> list[Follow]:
    return [follow for place, follow in enumerate(follows) if follow not in follows[:place]]


def _links(walkthrough: Walkthrough, question: str, answer: str) -> list[See]:
    asked = walkthrough.questions[question]
    return [*asked.see, *asked.choices[answer].see]


def _see(link: See, slug: str) -> dict[str, Any]:
    return {
        "walkthrough": "/".join(link.target(slug)), "question": link.question, "says": link.says, "cites": link.cites,
    }


def _all_cited(walkthrough: Walkthrough) -> list[str]:
    return [eid for _, node in nodes(walkthrough) if not isinstance(node, See) for eid in getattr(node, "cites", ())]


def _cited_in(result: Mapping[str, Any]) -> list[str]:
    parts = [result["outcome"], *result["found"], *result["duties"], *result["limits"]]
    return [eid for part in parts for eid in part["cites"]]


def _texts(treaty: Treaty, cited: Iterable[str]) -> dict[str, Any]:
    """The provisions cited, in their words, and the texts they are taken from."""
    eids = list(dict.fromkeys(cited))
    held = {lang: {unit.eid: unit for unit in text.walk()} for lang, text in treaty.expressions.items()}
    return {
        "provisions": {
            eid: {
                "words": {
                    lang: f"{units[eid].num} {units[eid].full_text}".strip() for lang, units in held.items() if eid in units
                },
                "url": address_of(treaty.slug, eid),
            }
            for eid in eids
        },
        "texts": [
            {"lang": lang, "authority": text.authority.value, "file": text.source_file, "sha256": text.sha256}
            for lang, text in treaty.expressions.items()
        ],
        "signed": treaty.data.signed.date.isoformat(),
        "prevailing_language": treaty.data.prevailing_language,
    }


# ---- to be read


def walk_to_text(told: Mapping[str, Any], words: Words) -> str:
    """The same in words: the outcome, what was found with its provisions, what follows."""
    lines = [_in(told["title"], words), "", _in(told["outcome"]["says"], words), _in(told["outcome"]["explains"], words)]
    for one in told["found"]:
        lines += ["", f"{words('walk.js.effect.' + one['kind'])} {_in(one['says'], words)} [{_labels(one['cites'], words)}]"]
        lines += [
            f"    {words('walk.js.reading', n=place)}: {_in(reading['says'], words)}"
            for place, reading in enumerate(one["readings"], 1)
        ]
    if told["duties"]:
        lines += ["", words("walk.js.section.after")]
    for one in told["duties"]:
        by = f" {_in(one['by'], words)}." if one["by"] else ""
        lines.append(f"  - {_in(one['says'], words)}{by} [{_labels(one['cites'], words)}]")
    for one in told["dates"]:
        lines += ["", f"{one['limit']}:"]
        lines += [
            f"    {reading['event']} {reading['day']}: {words('limits.count.' + counted['count'])}: {counted['last']}"
            for reading in one["readings"] for counted in reading["counts"]
        ]
    if told["next"]:
        lines += ["", words("walk.js.memo.pending")]
    return "\n".join(lines)


def questions_to_text(told: Mapping[str, Any], words: Words) -> str:
    """The questions and the names of their answers, as a file of answers needs them."""
    lines = [_in(told["title"], words)]
    for one in told["questions"]:
        lines += ["", f"{one['name']}: {_in(one['ask'], words)} [{_labels(one['cites'], words)}]"]
        lines += [
            f"    {answer['name']}: {_in(answer['label'], words) if answer['label'] else words('walk.js.unknown')}"
            for answer in one["answers"]
        ]
    return "\n".join(lines)


def _in(wording: Wording, words: Words) -> str:
    return wording.get(words.lang) or next(iter(wording.values()), "")


def _labels(eids: Iterable[str], words: Words) -> str:
    return ", ".join(provision_label(eid, words) for eid in eids)
