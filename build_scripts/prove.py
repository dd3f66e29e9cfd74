"""Proofs that a walkthrough leads somewhere and rests on what the treaty says.

Reads   a Walkthrough, the treaty's expressions, the text of its file (for the lines)
Writes  a Problem, with a code of its own and its line, for everything that keeps it from being relied on

1. Every answer leads to a question or to the result (answer-dead).
2. Every condition names questions that may come before, and their answers (condition-wrong).
3. Every path ends: no question is asked twice on one way (way-endless).
4. Every question is asked on some way (question-unreached).
5. Every outcome can come about, and one always does (outcome-unreached).
6. Every provision cited exists in every language (citation-unknown).
7. Every wording is there in every language (words-missing).

Ways are walked, not guessed: 4 and 5 hold for the conditions too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .decide import RESULT, UNKNOWN, Finding, Given, NotDecisive, Place, Walkthrough, citations, holds, nodes
from .describe import Words, line_of
from .model import Expression
from .problems import Code, Problems

RESERVED = (RESULT, "at")  # "at" is what the page's address says of the question shown


@dataclass(frozen=True)
class Faults:
    """Reports faults of one file with the line their place stands on."""

    file: str
    text: str
    problems: Problems

    def add(self, code: Code, place: Place, message: str, hint: str) -> None:
        line = line_of(self.text, place) if self.text else 0
        self.problems.add(code, self.file, line, message, hint)


def prove(walkthrough: Walkthrough, expressions: Mapping[str, Expression], faults: Faults) -> None:
    """Every fault of one walkthrough."""
    sound = _check_leads(walkthrough, faults)
    sound = _check_conditions(walkthrough, faults) and sound
    if sound and _check_ends(walkthrough, faults):
        reach = reached(walkthrough)
        _check_reached(walkthrough, reach, faults)
        _check_outcomes(walkthrough, reach, faults)
    check_citations(citations(walkthrough), expressions, faults)
    _check_always(walkthrough, faults)
    check_words(walkthrough, tuple(expressions), faults)


# ---- where answers lead


def _edges(walkthrough: Walkthrough) -> Iterator[tuple[Place, str, str | None]]:
    """Place, question and next of every answer, and of every question that may be passed over."""
    for name, question in walkthrough.questions.items():
        for answer in question.choices:
            own = question.choices[answer].next
            if own is None and question.next is not None:
                place: Place = ("questions", name, "next")
            else:
                place = ("questions", name, *((answer,) if answer == UNKNOWN else ("answers", answer)), "next")
            yield place, name, question.after(answer)
        if question.given:
            yield ("questions", name, "next"), name, question.next


def _check_leads(walkthrough: Walkthrough, faults: Faults) -> bool:
    known = {*walkthrough.questions, RESULT}
    wrong = [(place, to) for place, _, to in _edges(walkthrough) if to not in known]
    if walkthrough.start not in walkthrough.questions:
        wrong.append((("start",), walkthrough.start))
    for place, to in dict.fromkeys(wrong):
        message = f"leads to {to!r}, which is no question" if to else "leads nowhere: neither it nor its question has a `next`"
        faults.add(Code.ANSWER_DEAD, place, message, f"name a question, or {RESULT!r} to end")
    for name, question in walkthrough.questions.items():
        if name in RESERVED:
            faults.add(
                Code.NAME_RESERVED, ("questions", name), f"a question is named {name!r}",
                "that name has a use of its own: choose another",
            )
        if UNKNOWN in question.answers:
            faults.add(
                Code.NAME_RESERVED, ("questions", name, "answers", UNKNOWN), f"{UNKNOWN!r} stands among the answers",
                "write it beside them: unknown: {says: …}",
            )
    return not wrong


def _conditions(walkthrough: Walkthrough) -> Iterator[tuple[Place, Given]]:
    for name, question in walkthrough.questions.items():
        yield ("questions", name, "given"), question.given
    for name, outcome in walkthrough.outcomes.items():
        yield ("outcomes", name, "given"), outcome.given


def _check_conditions(walkthrough: Walkthrough, faults: Faults) -> bool:
    sound = True
    for place, given in _conditions(walkthrough):
        for name, answers in given.items():
            question = walkthrough.questions.get(name)
            unknown = [one for one in answers if question and one not in question.choices]
            if question is None:
                message, hint = f"asks about {name!r}, which is no question", "name a question of this file"
            elif unknown:
                message = f"{name!r} has no answer {', '.join(map(repr, unknown))}"
                hint = "its answers: " + ", ".join(question.choices)
            elif not answers:
                message, hint = f"names no answer to {name!r}", "its answers: " + ", ".join(question.choices)
            else:
                continue
            faults.add(Code.CONDITION_WRONG, (*place, name), message, hint)
            sound = False
    return sound


def _check_ends(walkthrough: Walkthrough, faults: Faults) -> bool:
    """Takes away, again and again, the questions all of whose answers end; what is left goes round for ever."""
    edges = list(_edges(walkthrough))
    leads: dict[str, set[str]] = {name: set() for name in walkthrough.questions}
    for _, name, to in edges:
        leads[name].add(to or RESULT)
    left = set(leads)
    while ending := {name for name in left if not leads[name] & left}:
        left -= ending
    for place, name, to in dict.fromkeys(edges):
        if name in left and to in left and _leads_back(leads, to, name):
            faults.add(
                Code.WAY_ENDLESS, place, f"{name!r} leads to {to!r}, from which a way leads back to {name!r}",
                "a way must never meet one question twice: lead the answer to a later question",
            )
    return not left


def _leads_back(leads: Mapping[str, set[str]], start: str, goal: str) -> bool:
    return goal in _ahead(leads, start)


def _ahead(leads: Mapping[str, set[str]], start: str) -> set[str]:
    """`start` and every question that may come after it."""
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        name = ahead.pop()
        if name not in seen and name != RESULT:
            seen.add(name)
            ahead += leads[name]
    return seen


# ---- what is reached


Answers = tuple[tuple[str, str], ...]  # question and answer
State = tuple[str, Answers, frozenset[str]]  # the question, what was answered, the outcomes that what was found fits


@dataclass(frozen=True)
class Reach:
    """The questions asked on some way, and the outcomes that some whole way comes to."""

    asked: frozenset[str]
    outcomes: frozenset[str]


def reached(walkthrough: Walkthrough) -> Reach:
    """Walks every way of a walkthrough whose ways end; ways that differ in nothing that matters later are walked once."""
    ways = _Ways(walkthrough)
    start: State = (walkthrough.start, (), ways.fitting(walkthrough.always, ways.unconditional))
    seen, ahead = {start}, [start]
    asked: set[str] = set()
    outcomes: set[str] = set()
    while ahead:
        name, answers, fitting = ahead.pop()
        if name == RESULT:
            outcomes.add(ways.outcome(dict(answers), fitting))
            continue
        question = walkthrough.questions[name]
        if not holds(question.given, dict(answers)):
            after: list[State] = [(question.next or RESULT, answers, fitting)]
        else:
            asked.add(name)
            after = [
                (question.after(answer) or RESULT, (*answers, (name, answer)), ways.fitting(choice.found, fitting))
                for answer, choice in question.choices.items()
            ]
        for to, taken, found in after:
            state: State = (to, ways.kept(to, taken), found)
            if state not in seen:
                seen.add(state)
                ahead.append(state)
    return Reach(frozenset(asked), frozenset(outcomes))


class _Ways:
    """What of a way still matters: the answers that a condition ahead looks at, the outcomes that what was found fits."""

    def __init__(self, walkthrough: Walkthrough):
        self.outcomes = walkthrough.outcomes
        self.order = list(walkthrough.outcomes)
        self.unconditional = self._shortened({name for name, one in self.outcomes.items() if not one.when})
        leads: dict[str, set[str]] = {name: set() for name in walkthrough.questions}
        for _, name, to in _edges(walkthrough):
            leads[name].add(to or RESULT)
        at_end = {name for outcome in self.outcomes.values() for name in outcome.given}
        self.matter = {
            name: at_end | {one for ahead in _ahead(leads, name) for one in walkthrough.questions[ahead].given}
            for name in walkthrough.questions
        } | {RESULT: at_end}

    def kept(self, to: str, answers: Answers) -> Answers:
        return tuple(sorted(one for one in answers if one[0] in self.matter[to]))

    def fitting(self, found: Iterable[Finding], before: frozenset[str]) -> frozenset[str]:
        """The outcomes that what was found fits, those of `before` included; none that an earlier one hides for good."""
        effects = {finding.effect for finding in found}
        return self._shortened({name for name, one in self.outcomes.items() if effects.intersection(one.when)} | before)

    def _shortened(self, names: set[str] | frozenset[str]) -> frozenset[str]:
        kept: list[str] = []
        for name in self.order:
            if name in names:
                kept.append(name)
                if not self.outcomes[name].given:
                    break
        return frozenset(kept)

    def outcome(self, answers: dict[str, str], fitting: frozenset[str]) -> str:
        return next(
            (name for name in self.order if name in fitting and holds(self.outcomes[name].given, answers)), "",
        )


def _check_reached(walkthrough: Walkthrough, reach: Reach, faults: Faults) -> None:
    for name, question in walkthrough.questions.items():
        if name not in reach.asked:
            hint = "lead an answer to it, or drop it"
            if question.given:
                hint = "its `given` must be able to hold where it stands: " + hint
            faults.add(Code.QUESTION_UNREACHED, ("questions", name), f"no way leads to the question {name!r}", hint)


def _check_outcomes(walkthrough: Walkthrough, reach: Reach, faults: Faults) -> None:
    last = list(walkthrough.outcomes)[-1]
    if walkthrough.outcomes[last].when or walkthrough.outcomes[last].given:
        faults.add(
            Code.OUTCOME_UNREACHED, ("outcomes", last), f"the last outcome, {last!r}, has a condition",
            "leave out its `when` and `given`, so that every way comes to an outcome",
        )
    for name in walkthrough.outcomes:
        if name not in reach.outcomes:
            faults.add(
                Code.OUTCOME_UNREACHED, ("outcomes", name), f"no way comes to the outcome {name!r}",
                "its `when` must name the effect of a finding, and no outcome above it may fit whenever it does",
            )


# ---- what it says


def check_citations(cited: Iterable[tuple[Place, str]], expressions: Mapping[str, Expression], faults: Faults) -> None:
    """A Problem for each eId that a language does not have."""
    held = {lang: {provision.eid for provision in expression.walk()} for lang, expression in expressions.items()}
    for place, eid in cited:
        if missing := [lang for lang, eids in held.items() if eid not in eids]:
            faults.add(
                Code.CITATION_UNKNOWN, place, f"cites {eid!r}, which the text does not have in: {', '.join(missing)}",
                "an eId looks like art_4__para_1__point_e; opening and closing words may differ between languages, "
                "so cite the unit itself",
            )


def _check_always(walkthrough: Walkthrough, faults: Faults) -> None:
    for number, finding in enumerate(walkthrough.always):
        if not finding.cites:
            faults.add(
                Code.CITATION_UNKNOWN, ("always", number), "cites nothing",
                "what is always found comes from no question, so it names its provisions: cites: […]",
            )


def check_words(node: Walkthrough | list[NotDecisive], langs: tuple[str, ...], faults: Faults) -> None:
    """A Problem for each wording that a language does not have."""
    for place, words in _wordings(node):
        if missing := [lang for lang in langs if not words.get(lang, "").strip()]:
            faults.add(
                Code.WORDS_MISSING, place,
                f"{place[-1] if isinstance(place[-1], str) else place[-2]} has no words in: {', '.join(missing)}",
                "say the same in every language, as in {kk: …, en: …}",
            )


_WORDED = ("title", "lead", "ask", "why", "help", "doubt", "label", "says", "explains", "by", "reason")


def _wordings(tree: Walkthrough | list[NotDecisive]) -> Iterator[tuple[Place, Words]]:
    """Place and words of everything that is said to the reader."""
    for place, node in nodes(tree):
        for name in type(node).model_fields:
            value = getattr(node, name)
            if name in _WORDED and value is not None:
                yield (*place, name), value
