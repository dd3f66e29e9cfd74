"""What a walkthrough is, and what a set of answers amounts to.

Reads   a Walkthrough (walkthrough.yml), the reader's answers
Writes  a Memo: what was found, in order, what it comes to, what follows

`findings` is pure; docs/assets/javascripts/walkthrough-memo.js is its twin, and both run the cases in
tests/cases/walkthrough.json. `walk` reads and checks the file.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from .describe import Model, Slug, Words

RESULT = "result"  # the `next` of an answer after which nothing is asked
UNKNOWN = "unknown"  # the name of the answer "not known yet", which every question has


class Effect(str, Enum):
    """What a finding does to the duty to extradite. The members stand in the order of the memo."""

    NOT_PERMITTED = "not-permitted"  # the text permits extradition only under a condition that is not met
    MUST_REFUSE = "must-refuse"  # the text says that extradition is refused
    NO_DUTY = "no-duty"  # the case lies outside what the text obliges to
    NO_DUTY_IN_PART = "no-duty-in-part"  # so for some of the offences
    MAY_GRANT = "may-grant"  # a right to grant where there is no duty
    MAY_REFUSE = "may-refuse"  # a right to refuse, never a duty
    READINGS = "both-readings"  # the text can be read in two ways, and the result depends on which
    OPEN = "open"  # not known yet
    DUTY = "duty"  # a duty that follows
    OPEN_AFTER = "open-after"  # not known yet, but only what follows depends on it


class Follow(Model):
    """What has to be done next. by: the time limit in the provision's words."""

    cites: list[str] = Field(min_length=1)
    says: Words
    by: Words | None = None


class Finding(Model):
    """What an answer establishes. cites: left out, the provisions of the question."""

    effect: Effect
    says: Words
    cites: list[str] = Field(default_factory=list)
    readings: list[Words] = Field(default_factory=list)
    doubt: Words | None = None

    @model_validator(mode="after")
    def _two_readings(self) -> Finding:
        if self.effect is Effect.READINGS and len(self.readings) < 2:
            raise ValueError("both-readings needs at least two readings")
        return self


class Answer(Model):
    label: Words
    next: str
    finding: Finding | None = None
    follows: list[Follow] = Field(default_factory=list)


class Unknown(Model):
    """The answer "not known yet". says: what stays open; after: only what follows depends on it."""

    next: str
    says: Words
    after: bool = False

    @property
    def answer(self) -> Answer:
        effect = Effect.OPEN_AFTER if self.after else Effect.OPEN
        return Answer(label={}, next=self.next, finding=Finding(effect=effect, says=self.says))


class Question(Model):
    """One thing asked. doubt: what is doubtful in the words it rests on; reckon: a reckoning of dates that helps."""

    cites: list[str] = Field(min_length=1)
    ask: Words
    help: Words | None = None
    doubt: Words | None = None
    reckon: Literal["six-months"] | None = None
    answers: dict[Slug, Answer] = Field(min_length=2)
    unknown: Unknown

    @cached_property
    def choices(self) -> dict[str, Answer]:
        """Every answer by name, "not known yet" last."""
        return {**self.answers, UNKNOWN: self.unknown.answer}


class Outcome(Model):
    """What all answers together come to: the first outcome one of whose effects was found; the last has no `when`."""

    when: list[Effect] = Field(default_factory=list)
    cites: list[str] = Field(min_length=1)
    says: Words
    explains: Words
    follows: list[Follow] = Field(default_factory=list)


class NotDecisive(Model):
    """A provision that no question rests on, and why."""

    eid: str
    reason: Words


class Walkthrough(Model):
    """walkthrough.yml. detailed: the articles of which every paragraph and point must be used or declared."""

    title: Words
    lead: Words
    detailed: list[str] = Field(default_factory=list)
    start: str
    questions: dict[Slug, Question] = Field(min_length=1)
    outcomes: dict[Slug, Outcome] = Field(min_length=1)
    not_decisive: list[NotDecisive] = Field(default_factory=list)


@dataclass(frozen=True)
class Step:
    question: str
    answer: str


@dataclass(frozen=True)
class Found:
    """A finding, and the question and answer it comes from."""

    question: str
    answer: str
    effect: Effect
    cites: tuple[str, ...]


@dataclass(frozen=True)
class Memo:
    """What a set of answers amounts to. pending: the question that is next, None when all are answered."""

    steps: tuple[Step, ...]
    pending: str | None
    found: tuple[Found, ...]
    outcome: str
    follows: tuple[Follow, ...]


def findings(walkthrough: Walkthrough, answers: Mapping[str, str]) -> Memo:
    """What `answers` (question name -> answer name) amount to. Pure.

    Answers to questions that are not on the way are left out; the way ends at the first question without a known
    answer, and what has not been asked counts as open.
    """
    steps, pending = _way(walkthrough, answers)
    found = [found for step in steps if (found := _found(walkthrough, step))]
    effects = {one.effect for one in found} | ({Effect.OPEN} if pending else set())
    outcome = next(
        (name for name, one in walkthrough.outcomes.items() if not one.when or effects.intersection(one.when)), ""
    )
    follows = [follow for step in steps for follow in walkthrough.questions[step.question].choices[step.answer].follows]
    follows += walkthrough.outcomes[outcome].follows if outcome else []
    rank = list(Effect)
    return Memo(
        tuple(steps), pending, tuple(sorted(found, key=lambda one: rank.index(one.effect))), outcome, tuple(follows)
    )


def _way(walkthrough: Walkthrough, answers: Mapping[str, str]) -> tuple[list[Step], str | None]:
    steps: list[Step] = []
    name = walkthrough.start
    while name != RESULT:
        answer = walkthrough.questions[name].choices.get(answers.get(name, ""))
        if answer is None:
            return steps, name
        steps.append(Step(name, answers[name]))
        name = answer.next
    return steps, None


def _found(walkthrough: Walkthrough, step: Step) -> Found | None:
    question = walkthrough.questions[step.question]
    finding = question.choices[step.answer].finding
    if finding is None:
        return None
    return Found(step.question, step.answer, finding.effect, tuple(finding.cites or question.cites))


def at_least_months(months: int, start: date, end: date) -> bool:
    """Whether `end` is `months` calendar months after `start`, or later.

    Where the month in which they end has no such day, its last day counts: from 31 August six months run to the last
    day of February. The day itself is enough ("at least", article 3(2) of the extradition agreement).
    """
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return end >= date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def resting_on(walkthrough: Walkthrough, eid: str) -> tuple[str, ...]:
    """The names of the questions that rest on the provision `eid` or on one below it, in order."""
    return tuple(
        name for name, question in walkthrough.questions.items()
        if any(cited == eid or cited.startswith(eid + "__") for cited in question.cites)
    )
