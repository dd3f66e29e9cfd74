"""What a walkthrough is: the model of its YAML.

Reads   treaties/<slug>/walkthroughs/<name>.yml, not-decisive.yml, as data
Writes  Walkthrough, NotDecisive

`answer` says what a set of answers amounts to, `prove` and `cover` prove that a walkthrough can be relied on, `walk`
reads the files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cached_property
from typing import Literal, TypeVar

from pydantic import Field, model_validator

from .describe import Model, Slug, Words

RESULT = "result"  # the `next` of an answer after which nothing is asked
UNKNOWN = "unknown"  # the name of the answer "not known yet", which every question has
NOTHING = "nothing"  # what a reading leads to when nothing follows from it

Given = dict[Slug, list[Slug]]  # question -> answers: holds when each of the questions has been answered with one of them
Place = tuple[str | int, ...]  # where in the YAML a thing stands

T = TypeVar("T", bound=Model)


class Effect(str, Enum):
    """What a finding is. The members stand in the order of the memo: what the text commands before what it leaves open."""

    NOT_PERMITTED = "not-permitted"  # the text forbids it, or permits it only under a condition that is not met
    MUST_REFUSE = "must-refuse"  # the text commands refusal
    MUST_GRANT = "must-grant"  # the text commands what is asked for: to extradite, to permit transit
    MISSING = "missing"  # something that the text requires, and that the case has not
    REQUIRED = "required"  # a document, a step or a condition that the text requires
    NO_DUTY = "no-duty"  # the case lies outside what the text obliges to
    NO_DUTY_IN_PART = "no-duty-in-part"  # so for some of the offences
    MAY_GRANT = "may-grant"  # a right to grant where there is no duty
    MAY_REFUSE = "may-refuse"  # a right to refuse, never a duty
    PERMITTED = "permitted"  # the text permits it
    RIGHT = "right"  # any other right or possibility: to postpone, to ask for more, to be released
    READINGS = "both-readings"  # the text can be read in several ways, and the result depends on which
    UNCLEAR = "unclear"  # the text does not say
    OPEN = "open"  # not known yet
    DUTY = "duty"  # a duty that follows
    TIME_LIMIT = "time-limit"  # a time limit that runs, or has passed
    OPEN_AFTER = "open-after"  # not known yet, but only what follows depends on it


class Side(str, Enum):
    """Whom a walkthrough is for; the order in which they are listed."""

    REQUESTED = "requested-party"
    REQUESTING = "requesting-party"
    DEFENCE = "defence"
    BOTH = "both-parties"


class See(Model):
    """A link to another walkthrough, and the provisions it is about, which are those of its treaty.

    walkthrough: its name, with "<treaty>/" before it when it is another treaty's.
    """

    walkthrough: str
    question: Slug | None = None
    cites: list[str] = Field(min_length=1)
    says: Words

    def target(self, slug: str) -> tuple[str, str]:
        """Treaty and name of the walkthrough it leads to, from one of the treaty `slug`."""
        treaty, _, name = self.walkthrough.rpartition("/")
        return treaty or slug, name


class Follow(Model):
    """What has to be done next. by: the time limit in the provision's words; limits: the time limits, by name."""

    cites: list[str] = Field(min_length=1)
    says: Words
    by: Words | None = None
    limits: list[Slug] = Field(default_factory=list)


class Reading(Model):
    """One way to read an unclear text. leads: what follows when it is read so."""

    leads: Effect | Literal["nothing"]
    says: Words

    @property
    def leads_to(self) -> str:
        """The name of what follows: an effect's, or NOTHING."""
        return self.leads.value if isinstance(self.leads, Effect) else self.leads


class Finding(Model):
    """What an answer establishes. cites: left out, the provisions of the question."""

    effect: Effect
    says: Words
    cites: list[str] = Field(default_factory=list)
    readings: list[Reading] = Field(default_factory=list)
    doubt: Words | None = None
    limits: list[Slug] = Field(default_factory=list)

    @model_validator(mode="after")
    def _two_readings(self) -> Finding:
        if len(self.readings) == 1 or (self.effect is Effect.READINGS and not self.readings):
            raise ValueError("an unclear text has at least two readings; both-readings needs them")
        return self


class Answer(Model):
    """next: left out, the `next` of the question. finding: one; findings: several."""

    label: Words
    next: str | None = None
    finding: Finding | None = None
    findings: list[Finding] = Field(default_factory=list)
    follows: list[Follow] = Field(default_factory=list)
    see: list[See] = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_way(self) -> Answer:
        if self.finding and self.findings:
            raise ValueError("write finding for one, findings for several, not both")
        return self

    @property
    def found(self) -> list[Finding]:
        return [self.finding] if self.finding else self.findings


class Unknown(Model):
    """The answer "not known yet". says: what stays open; after: only what follows depends on it."""

    next: str | None = None
    says: Words
    after: bool = False

    @property
    def answer(self) -> Answer:
        effect = Effect.OPEN_AFTER if self.after else Effect.OPEN
        return Answer(label={}, next=self.next, finding=Finding(effect=effect, says=self.says))


class Question(Model):
    """One thing asked, and why.

    doubt: what is doubtful in the words it rests on; reckon: a reckoning of dates that helps; limits: time limits to
    reckon beside it. given: the question is asked only where this holds, otherwise its `next` comes at once.
    """

    cites: list[str] = Field(min_length=1)
    ask: Words
    why: Words
    help: Words | None = None
    doubt: Words | None = None
    reckon: Literal["six-months"] | None = None
    limits: list[Slug] = Field(default_factory=list)
    given: Given = Field(default_factory=dict)
    next: str | None = None
    answers: dict[Slug, Answer] = Field(min_length=2)
    unknown: Unknown
    see: list[See] = Field(default_factory=list)

    @cached_property
    def choices(self) -> dict[str, Answer]:
        """Every answer by name, "not known yet" last."""
        return {**self.answers, UNKNOWN: self.unknown.answer}

    def after(self, answer: str) -> str | None:
        """The question that comes after `answer`, or RESULT; None when the file names none."""
        return self.choices[answer].next or self.next


class Outcome(Model):
    """What all answers together come to: the first outcome that fits; the last has neither `when` nor `given`.

    kind: what it is, for other programs and for its colour. when: one of these was found; given: these answers.
    """

    kind: Effect
    when: list[Effect] = Field(default_factory=list)
    given: Given = Field(default_factory=dict)
    cites: list[str] = Field(min_length=1)
    says: Words
    explains: Words
    follows: list[Follow] = Field(default_factory=list)
    see: list[See] = Field(default_factory=list)


class NotDecisive(Model):
    """A provision, with all below it, that no walkthrough of the treaty rests on, and why."""

    eid: str
    reason: Words


class Walkthrough(Model):
    """A walkthrough. always: what is found whatever is answered; order: its place among those of the same side."""

    title: Words
    lead: Words
    side: Side
    order: int = 0
    start: str
    always: list[Finding] = Field(default_factory=list)
    questions: dict[Slug, Question] = Field(min_length=1)
    outcomes: dict[Slug, Outcome] = Field(min_length=1)

    @cached_property
    def asked_about(self) -> frozenset[str]:
        """The questions whose answers a `given` looks at."""
        conditions = [question.given for question in self.questions.values()]
        conditions += [outcome.given for outcome in self.outcomes.values()]
        return frozenset(name for given in conditions for name in given)


def holds(given: Mapping[str, list[str]], answers: Mapping[str, str]) -> bool:
    """Whether each question of `given` has been answered with one of the answers it names."""
    return all(answers.get(question) in names for question, names in given.items())


def nodes(node: object, place: Place = ()) -> Iterator[tuple[Place, Model]]:
    """Every part of a walkthrough that is a model, with its place in the YAML."""
    if isinstance(node, Model):
        yield place, node
        for name in type(node).model_fields:
            yield from nodes(getattr(node, name), (*place, name))
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from nodes(value, (*place, name))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from nodes(value, (*place, number))


def citations(node: object) -> Iterator[tuple[Place, str]]:
    """Place and eId of every citation that a part of a walkthrough rests on. A link to another rests on nothing."""
    for place, part in nodes(node):
        if isinstance(part, (Question, Finding, Follow, Outcome)):
            for number, eid in enumerate(part.cites):
                yield (*place, "cites", number), eid
