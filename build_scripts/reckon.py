"""Make dates of the time limits of a treaty.

Reads   Limits; the dates of the events that are known
Writes  Reckoned: for each limit that runs, its last day and the day after it, on every reading of the text

`reckon` and `disorder` are pure; docs/assets/javascripts/limits.js is the same in the browser, and both run the cases in
tests/cases/limits.json.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from .dates import add_days, add_months, days_in_month, lacks_day
from .limits import HowLong, Kind, Limit, Limits, Runs, Start, Unit

DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}
MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}


class Count(str, Enum):
    """How a length is counted from the day of an event."""

    NEXT_DAY = "next-day"  # the day of the event is not counted: the first day is the next one
    SAME_DAY = "same-day"  # the day of the event is the first day
    HOURS = "hours"  # from the hour of the event to the same hour
    NEXT_MONTH = "next-month"  # the last month has no day with that number: on to the first day of the next one
    AT_ONCE = "at-once"  # not counted: due as soon as the event has happened
    ON_DAY = "on-day"  # not counted: the day itself


@dataclass(frozen=True)
class Counted:
    """One way to count. first, last: the first and the last day counted; then: the first day on which the limit has passed.

    By the hour, `last` and `then` are the same day: before and after the hour of the event.
    """

    count: Count
    first: date
    last: date
    then: date | None


@dataclass(frozen=True)
class Reading:
    """One reading of when a limit begins, with all ways to count from there."""

    event: str
    day: date
    after_extension: bool
    counts: tuple[Counted, ...]


@dataclass(frozen=True)
class Reckoned:
    """The dates of one limit."""

    limit: str
    readings: tuple[Reading, ...]

    @property
    def earliest(self) -> date:
        """The first of the last days, on any reading."""
        return min(counted.last for reading in self.readings for counted in reading.counts)


def reckon(limits: Limits, days: Mapping[str, date]) -> tuple[Reckoned, ...]:
    """The dates of every limit that the events in `days` (event -> its day) start, the earliest first.

    Events that are not declared are left out. A limit in hours or in working days has no dates.
    """
    found = [
        Reckoned(name, tuple(
            Reading(start.event, days[start.event], start.after_extension, counts(limit, start, days[start.event]))
            for start in limit.starts if start.event in days
        ))
        for name, limit in limits.limits.items() if limit.length is None or limit.length.unit.is_reckoned
    ]
    found = [one for one in found if one.readings]
    return tuple(sorted(found, key=lambda one: one.earliest))


def counts(limit: Limit, start: Start, day: date) -> tuple[Counted, ...]:
    """Every way to count that the text leaves open, from an event on `day`."""
    if limit.length is None:
        return (Counted(Count.AT_ONCE if limit.kind is Kind.AT_ONCE else Count.ON_DAY, day, day, None),)
    found = [_upto(Count.NEXT_DAY, add_days(day, 1), _same_number(day, limit.length))]
    if start.runs in (Runs.DAY, Runs.UNSAID):
        found.append(_upto(Count.SAME_DAY, day, _day_before(day, limit.length)))
    if limit.length.unit in DAYS:
        last = _same_number(day, limit.length)
        found.append(Counted(Count.HOURS, day, last, last))
    elif lacks_day(day, _months(limit.length)):
        found.append(_upto(Count.NEXT_MONTH, add_days(day, 1), add_months(day.replace(day=1), _months(limit.length) + 1)))
    return tuple(found)


def _upto(count: Count, first: date, last: date) -> Counted:
    return Counted(count, first, last, add_days(last, 1))


def _months(length: HowLong) -> int:
    return length.number * MONTHS[length.unit]


def _same_number(day: date, length: HowLong) -> date:
    if length.unit in DAYS:
        return add_days(day, length.number * DAYS[length.unit])
    return add_months(day, _months(length))


def _day_before(day: date, length: HowLong) -> date:
    """The last day where the day of the event is the first: before the day with its number; where its month has no such day
    either, the last one it has (so 30 August and six months end on the last day of February)."""
    if length.unit in DAYS:
        return add_days(day, length.number * DAYS[length.unit] - 1)
    target = add_months(day.replace(day=1), _months(length))
    if day.day == 1:
        return add_days(target, -1)
    return target.replace(day=min(day.day - 1, days_in_month(target.year, target.month)))


def to_json(found: Reckoned) -> dict[str, Any]:
    """As the browser has it: dates as words."""
    return {
        "limit": found.limit,
        "readings": [
            {
                "event": reading.event, "day": reading.day.isoformat(), "after_extension": reading.after_extension,
                "counts": [
                    {
                        "count": counted.count.value, "first": counted.first.isoformat(), "last": counted.last.isoformat(),
                        "then": counted.then.isoformat() if counted.then else None,
                    }
                    for counted in reading.counts
                ],
            }
            for reading in found.readings
        ],
    }


def disorder(limits: Limits, days: Mapping[str, date]) -> tuple[tuple[str, str], ...]:
    """Events that stand before one that they cannot come before: (the event, the other)."""
    return tuple(
        (name, other)
        for name, event in limits.events.items() if name in days
        for other in event.not_before if other in days and days[name] < days[other]
    )
