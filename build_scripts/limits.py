"""The time limits of a treaty: what limits.yml says of them.

Reads   treaties/<slug>/limits.yml
Writes  Limits, frozen models. attest.py compares them with the treaty's words; reckon.py makes dates of them
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from .describe import Model, Slug, Words


class Kind(str, Enum):
    """What fixes a time limit. The members stand in the order of the table."""

    COUNTED = "counted"  # a number of days, months or years
    AT_ONCE = "at-once"  # "immediately", "promptly": no number
    AGREED = "agreed"  # a day, or a length of time, that is agreed in the case
    BY_EVENT = "by-event"  # lasts until something happens, or is due together with it


class Unit(str, Enum):
    """What is counted. No dates are made of hours and of working days, which depend on a clock and on holidays."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"
    WORKING_DAYS = "working-days"

    @property
    def is_reckoned(self) -> bool:
        return self not in (Unit.HOURS, Unit.WORKING_DAYS)


class Runs(str, Enum):
    """From when a length runs, as the text says it."""

    MOMENT = "moment"  # "from the moment of"
    DAY = "day"  # "from the day on which"
    AFTER = "after"  # "within … after"
    UNSAID = "unsaid"  # the text does not say


class HowLong(Model):
    """called: what the text calls its unit, where that is not simply "days" (тәулік is a day of twenty-four hours)."""

    number: Annotated[int, Field(ge=1, le=1000)]
    unit: Unit
    called: Words | None = None


class Event(Model):
    """A day that starts limits, which the reader enters. not_before: events that come before it in any case."""

    group: Slug
    name: Words
    help: Words | None = None
    cites: list[str] = Field(min_length=1)
    not_before: list[Slug] = Field(default_factory=list)


class Start(Model):
    """A day from which a limit runs, on one reading. words: quoted from the provision; why: the reason for this reading.

    after_extension: this start is only there when the limit has been extended.
    """

    event: Slug
    runs: Runs | None = None
    words: Words | None = None
    why: Words | None = None
    after_extension: bool = False

    @model_validator(mode="after")
    def _said_or_unsaid(self) -> Start:
        if self.runs in (Runs.MOMENT, Runs.DAY, Runs.AFTER) and self.words is None:
            raise ValueError("a start that the text names needs its words; where the text is silent write runs: unsaid")
        if self.runs is Runs.UNSAID and self.why is None:
            raise ValueError("a start that the text does not name needs `why`: the reason for reading it so")
        return self


class Duty(Model):
    """What the text says of the act: its predicate, quoted, which commands or allows."""

    force: Literal["shall", "may"]
    words: Words


class Then(Model):
    """What follows when the limit has passed. effect: it follows by itself, nobody has to do it."""

    eid: str
    force: Literal["shall", "may", "effect"]
    words: Words
    says: Words


class Limit(Model):
    """One time limit. words: the words that set it, quoted; stated_in: the provision that has the number, when another has it.

    ends: "within" when something is to be done in that time, "after" when something follows once it has expired.
    who: who has to act for the limit to be kept; None when nobody has to. when: the words for the case in which it
    applies, quoted, where no event starts it.
    """

    kind: Kind
    eid: str
    words: Words
    length: HowLong | None = None
    stated_in: str | None = None
    ends: Literal["within", "after"] | None = None
    who: Words | None = None
    what: Words
    duty: Duty | None = None
    when: Words | None = None
    starts: list[Start] = Field(default_factory=list)
    then: list[Then] = Field(default_factory=list)
    extension: Words | None = None
    doubts: list[Words] = Field(default_factory=list)

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Limit:
        is_counted = self.kind is Kind.COUNTED
        if is_counted != (self.length is not None) or is_counted != (self.ends is not None):
            raise ValueError("length and ends belong to kind: counted, and to no other")
        if is_counted and (not self.starts or any(start.runs is None for start in self.starts)):
            raise ValueError("a counted limit needs starts, each with runs: moment, day, after or unsaid")
        if not is_counted and any(start.runs is not None for start in self.starts):
            raise ValueError("runs belongs to kind: counted, and to no other")
        if self.stated_in is not None and not is_counted:
            raise ValueError("stated_in belongs to kind: counted, and to no other")
        if sum(not start.after_extension for start in self.starts) > 1 and any(start.why is None for start in self.starts):
            raise ValueError("several starts are several readings: each needs `why`")
        return self


class NotLimit(Model):
    """Words that name a length of time, or haste, and set no time limit, and why."""

    eid: str
    words: Words
    reason: Words


class Counting(Model):
    """How the text counts, or that it is silent on that."""

    cites: list[str] = Field(default_factory=list)
    is_silent: bool = False
    says: Words


class Limits(Model):
    """limits.yml. groups: the headings under which the events are asked for, in order."""

    counting: list[Counting] = Field(default_factory=list)
    groups: dict[Slug, Words] = Field(default_factory=dict)
    events: dict[Slug, Event] = Field(default_factory=dict)
    limits: dict[Slug, Limit] = Field(default_factory=dict)
    not_limits: list[NotLimit] = Field(default_factory=list)

    def of_kind(self, kind: Kind) -> dict[str, Limit]:
        return {name: limit for name, limit in self.limits.items() if limit.kind is kind}
