"""Decision trees over a treaty: read, and proved to lead somewhere and to rest on what the treaty says.

Reads   treaties/<slug>/walkthrough.yml, the treaty's expressions
Writes  a Walkthrough; every fault becomes a Problem with its line
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .decide import RESULT, UNKNOWN, Finding, Follow, NotDecisive, Outcome, Question, Walkthrough
from .describe import Model, Words, line_of, read_yaml
from .model import Expression, Kind, Provision
from .problems import Code, Problems

RESERVED = (RESULT, "at")  # "at" is what the page's address says of the question shown

Place = tuple[str | int, ...]  # where in the YAML a thing stands


def read_walkthrough(
    path: Path, expressions: Mapping[str, Expression], file: str, problems: Problems
) -> Walkthrough | None:
    """The checked walkthrough at `path`, or None with the faults in `problems`. file: its name in problems."""
    walkthrough = read_yaml(path, file, Walkthrough, problems)
    if walkthrough is None:
        return None
    before = len(problems)
    check(walkthrough, expressions, file, problems, path.read_text(encoding="utf-8"))
    return walkthrough if len(problems) == before else None


@dataclass(frozen=True)
class _Faults:
    """Reports faults of one file with the line their place stands on."""

    file: str
    text: str
    problems: Problems

    def add(self, place: Place, message: str, hint: str) -> None:
        line = line_of(self.text, place) if self.text else 0
        self.problems.add(Code.WALKTHROUGH_WRONG, self.file, line, message, hint)


def check(
    walkthrough: Walkthrough, expressions: Mapping[str, Expression], file: str, problems: Problems, text: str = ""
) -> None:
    """Adds a Problem for everything that keeps the walkthrough from being relied on. text: the YAML, for the lines.

    1. Every answer leads to a question or to the result.
    2. Every question is reached from the start.
    3. Every path ends: no question is asked twice on one way.
    4. Every outcome can come about, and one always does.
    5. Every provision cited exists in every language.
    6. Every operative provision of the treaty is cited, or declared not decisive with a reason, and not both.
    7. Every wording is there in every language.
    """
    faults = _Faults(file, text, problems)
    if _check_leads(walkthrough, faults):
        _check_reached(walkthrough, faults)
        _check_ends(walkthrough, faults)
    _check_outcomes(walkthrough, faults)
    _check_cited(walkthrough, expressions, faults)
    _check_complete(walkthrough, expressions, faults)
    _check_words(walkthrough, tuple(expressions), faults)


def _edges(walkthrough: Walkthrough) -> Iterator[tuple[Place, str, str]]:
    """Place, question and next of every answer."""
    for name, question in walkthrough.questions.items():
        for answer, one in question.answers.items():
            yield ("questions", name, "answers", answer, "next"), name, one.next
        yield ("questions", name, "unknown", "next"), name, question.unknown.next


def _check_leads(walkthrough: Walkthrough, faults: _Faults) -> bool:
    known = {*walkthrough.questions, RESULT}
    wrong = [(place, to) for place, _, to in _edges(walkthrough) if to not in known]
    if walkthrough.start not in walkthrough.questions:
        wrong.append((("start",), walkthrough.start))
    for place, to in wrong:
        faults.add(place, f"leads to {to!r}, which is no question", f"name a question, or {RESULT!r} to end")
    for name, question in walkthrough.questions.items():
        if name in RESERVED:
            faults.add(("questions", name), f"a question is named {name!r}", "that name has a use of its own: choose another")
        if UNKNOWN in question.answers:
            place = ("questions", name, "answers", UNKNOWN)
            faults.add(place, f"{UNKNOWN!r} stands among the answers", "write it beside them: unknown: {next: …, says: …}")
    return not wrong


def _check_reached(walkthrough: Walkthrough, faults: _Faults) -> None:
    reached, ahead = set(), [walkthrough.start]
    while ahead:
        name = ahead.pop()
        if name == RESULT or name in reached:
            continue
        reached.add(name)
        ahead += [answer.next for answer in walkthrough.questions[name].choices.values()]
    for name in walkthrough.questions:
        if name not in reached:
            faults.add(("questions", name), f"no answer leads to the question {name!r}", "lead an answer to it, or drop it")


def _check_ends(walkthrough: Walkthrough, faults: _Faults) -> None:
    """Takes away, again and again, the questions all of whose answers end; what is left goes round for ever."""
    left = dict(walkthrough.questions)
    while ending := [n for n, q in left.items() if not any(a.next in left for a in q.choices.values())]:
        for name in ending:
            del left[name]
    for place, name, to in _edges(walkthrough):
        if name in left and to in left and _leads_back(walkthrough, to, name):
            faults.add(
                place, f"{name!r} leads to {to!r}, from which a way leads back to {name!r}",
                "a way must never meet one question twice: lead the answer to a later question",
            )


def _leads_back(walkthrough: Walkthrough, start: str, goal: str) -> bool:
    seen, ahead = set(), [start]
    while ahead:
        name = ahead.pop()
        if name == goal:
            return True
        if name not in seen and name != RESULT:
            seen.add(name)
            ahead += [answer.next for answer in walkthrough.questions[name].choices.values()]
    return False


def _check_outcomes(walkthrough: Walkthrough, faults: _Faults) -> None:
    found = {
        answer.finding.effect
        for question in walkthrough.questions.values() for answer in question.choices.values() if answer.finding
    }
    *others, last = walkthrough.outcomes.items()
    if last[1].when:
        faults.add(("outcomes", last[0]), f"the last outcome, {last[0]!r}, has a condition", "leave out its `when`")
    for name, outcome in others:
        if not found.intersection(outcome.when):
            faults.add(
                ("outcomes", name), f"nothing found leads to the outcome {name!r}",
                "its `when` must name the effect of a finding; only the last outcome goes without",
            )


def _citing(walkthrough: Walkthrough) -> Iterator[tuple[Place, str]]:
    """Place and eId of every citation."""
    for place, node in _nodes(walkthrough):
        if isinstance(node, (Question, Finding, Follow, Outcome)):
            for number, eid in enumerate(node.cites):
                yield (*place, "cites", number), eid
        elif isinstance(node, NotDecisive):
            yield (*place, "eid"), node.eid


def _nodes(node: object, place: Place = ()) -> Iterator[tuple[Place, Model]]:
    """Every part of a walkthrough that is a model, with its place in the YAML."""
    if isinstance(node, Model):
        yield place, node
        for name in type(node).model_fields:
            yield from _nodes(getattr(node, name), (*place, name))
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from _nodes(value, (*place, name))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _nodes(value, (*place, number))


def _check_cited(walkthrough: Walkthrough, expressions: Mapping[str, Expression], faults: _Faults) -> None:
    held = {lang: {provision.eid for provision in expression.walk()} for lang, expression in expressions.items()}
    for place, eid in _citing(walkthrough):
        if missing := [lang for lang, eids in held.items() if eid not in eids]:
            faults.add(
                place, f"cites {eid!r}, which the text does not have in: {', '.join(missing)}",
                "an eId looks like art_4__para_1__point_e; opening and closing words may differ between languages, "
                "so cite the unit itself",
            )


def _check_complete(walkthrough: Walkthrough, expressions: Mapping[str, Expression], faults: _Faults) -> None:
    declared = Counter(one.eid for one in walkthrough.not_decisive)
    cited = {eid for place, eid in _citing(walkthrough) if place[0] != "not_decisive"}
    for number, one in enumerate(walkthrough.not_decisive):
        place = ("not_decisive", number)
        if _is_used(one.eid, cited):
            faults.add(place, f"{one.eid!r} is declared not decisive, and cited", "take it out of one of the two")
        if declared[one.eid] > 1:
            faults.add(place, f"{one.eid!r} is declared twice", "declare a provision once")
    for eid in _operative(walkthrough, expressions):
        if not (_is_used(eid, cited) or eid in declared):
            faults.add(
                ("not_decisive",), f"nothing rests on {eid!r}, and it is not declared",
                f"cite it, or add to not_decisive: {{eid: {eid}, reason: {{kk: …, en: …}}}}",
            )


def _is_used(eid: str, cited: set[str]) -> bool:
    return any(one == eid or one.startswith(eid + "__") for one in cited)


def _operative(walkthrough: Walkthrough, expressions: Mapping[str, Expression]) -> list[str]:
    """Every article; of the detailed ones every paragraph and point that has words of its own."""
    units = [
        unit.eid
        for expression in expressions.values() for article in expression.articles
        for unit in (_smallest(article) if article.eid in walkthrough.detailed else [article])
    ]
    return list(dict.fromkeys(units))


def _smallest(provision: Provision) -> list[Provision]:
    parts = [child for child in provision.children if child.kind not in (Kind.INTRO, Kind.WRAPUP)]
    return [unit for part in parts for unit in _smallest(part)] if parts else [provision]


def _check_words(walkthrough: Walkthrough, langs: tuple[str, ...], faults: _Faults) -> None:
    for place, words in _wordings(walkthrough):
        if missing := [lang for lang in langs if not words.get(lang, "").strip()]:
            faults.add(
                place, f"{place[-1] if isinstance(place[-1], str) else place[-2]} has no words in: {', '.join(missing)}",
                "say the same in every language, as in {kk: …, en: …}",
            )


_WORDED = ("title", "lead", "ask", "help", "doubt", "label", "says", "explains", "by", "reason")


def _wordings(walkthrough: Walkthrough) -> Iterator[tuple[Place, Words]]:
    """Place and words of everything that is said to the reader."""
    for place, node in _nodes(walkthrough):
        for name in type(node).model_fields:
            value = getattr(node, name)
            if name in _WORDED and value is not None:
                yield (*place, name), value
            elif name == "readings":
                yield from (((*place, name, number), words) for number, words in enumerate(value))
