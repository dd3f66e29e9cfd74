"""What a set of answers to a walkthrough amounts to.

Reads   a Walkthrough, the reader's answers
Writes  a Memo: what was found, in order, what it comes to, what follows

Pure. docs/assets/javascripts/walkthrough-memo.js is its twin, and both run the cases in tests/cases/walkthroughs/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .decide import RESULT, Effect, Finding, Follow, Walkthrough, holds


@dataclass(frozen=True)
class Step:
    question: str
    answer: str


@dataclass(frozen=True)
class Found:
    """A finding, the question and answer it comes from ("" for what is always found), and what it rests on."""

    question: str
    answer: str
    finding: Finding
    cites: tuple[str, ...]

    @property
    def effect(self) -> Effect:
        return self.finding.effect


@dataclass(frozen=True)
class Memo:
    """What a set of answers amounts to. pending: the question that is next, None when all are answered."""

    steps: tuple[Step, ...]
    pending: str | None
    found: tuple[Found, ...]
    outcome: str
    follows: tuple[Follow, ...]


def findings(walkthrough: Walkthrough, answers: Mapping[str, str]) -> Memo:
    """What `answers` (question name -> answer name) amount to.

    Answers to questions that are not on the way are left out; the way ends at the first question without a known
    answer, and what has not been asked counts as open.
    """
    steps, pending = way(walkthrough, answers)
    found = list(_found(walkthrough, steps))
    effects = {one.effect for one in found} | ({Effect.OPEN} if pending else set())
    outcome = outcome_of(walkthrough, effects, {step.question: step.answer for step in steps})
    follows = [follow for step in steps for follow in walkthrough.questions[step.question].choices[step.answer].follows]
    follows += walkthrough.outcomes[outcome].follows if outcome else []
    rank = list(Effect)
    return Memo(
        tuple(steps), pending, tuple(sorted(found, key=lambda one: rank.index(one.effect))), outcome, tuple(follows)
    )


def outcome_of(walkthrough: Walkthrough, effects: set[Effect], answers: Mapping[str, str]) -> str:
    """The name of the first outcome that fits what was found and answered."""
    return next(
        (
            name for name, one in walkthrough.outcomes.items()
            if (not one.when or effects.intersection(one.when)) and holds(one.given, answers)
        ), "",
    )


def way(walkthrough: Walkthrough, answers: Mapping[str, str]) -> tuple[list[Step], str | None]:
    """The steps that `answers` take, and the first question that they leave without an answer."""
    steps: list[Step] = []
    taken: dict[str, str] = {}
    met: set[str] = set()
    name = walkthrough.start
    while name != RESULT:
        if name in met or name not in walkthrough.questions:  # a faulty walkthrough, which is shown but never published
            return steps, None
        met.add(name)
        question = walkthrough.questions[name]
        if not holds(question.given, taken):
            name = question.next or RESULT
            continue
        answer = answers.get(name, "")
        if answer not in question.choices:
            return steps, name
        steps.append(Step(name, answer))
        taken[name] = answer
        name = question.after(answer) or RESULT
    return steps, None


def _found(walkthrough: Walkthrough, steps: list[Step]) -> Iterator[Found]:
    for finding in walkthrough.always:
        yield Found("", "", finding, tuple(finding.cites))
    for step in steps:
        question = walkthrough.questions[step.question]
        for finding in question.choices[step.answer].found:
            yield Found(step.question, step.answer, finding, tuple(finding.cites or question.cites))


def limits_named(walkthrough: Walkthrough, memo: Memo) -> tuple[str, ...]:
    """The time limits that the questions asked, what was found and what follows name, each once, in that order."""
    named = [limit for step in memo.steps for limit in walkthrough.questions[step.question].limits]
    named += [limit for found in memo.found for limit in found.finding.limits]
    named += [limit for follow in memo.follows for limit in follow.limits]
    return tuple(dict.fromkeys(named))


def resting_on(walkthrough: Walkthrough, eid: str) -> tuple[str, ...]:
    """The names of the questions that rest on the provision `eid` or on one below it, in order."""
    return tuple(
        name for name, question in walkthrough.questions.items()
        if any(cited == eid or cited.startswith(eid + "__") for cited in question.cites)
    )
