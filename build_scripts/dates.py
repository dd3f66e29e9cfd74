"""Reckon with calendar days, and read dates as people type them.

Reads   dates, whole numbers of days, months and years; a text that somebody typed
Writes  dates

A date here is a day of the Gregorian calendar and nothing else: no hour, no time zone. docs/assets/javascripts/dates.js is
the same in the browser; both run the cases in tests/cases/dates.json. All functions are pure.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1900, 2199  # of a date that somebody types: another year is a slip of the keyboard

ISO = re.compile(r"(?P<year>[0-9]{1,9})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
POINTS = re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{1,9})(?: ?(?:ж|г)\.)?")
NAMED = (
    re.compile(r"(?P<day>[0-9]{1,2}) (?P<month>[^\W\d_]+),? (?P<year>[0-9]{1,9})(?: ?(?:ж|г)\.)?"),  # 1 March 2027
    re.compile(r"(?P<month>[^\W\d_]+) (?P<day>[0-9]{1,2}),? (?P<year>[0-9]{1,9})"),  # March 1, 2027
    re.compile(r"(?P<year>[0-9]{1,9}) ?(?:жылғы|жылдың|жылы|ж\.) (?P<day>[0-9]{1,2}) (?P<month>[^\W\d_]+)"),  # жылғы: of the year
)
SPACES = re.compile(r"[\t-\r \u00a0\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]+")  # invisible marks of direction too


class DateFault(ValueError):
    """Why a text is no date. code: as in `dates.fault.<code>` of docs/interface; values: what its words say.

    unreadable     no date in a form that is known
    no-such-month  a month that does not exist: {month}
    no-such-day    a day that its month does not have: {day}, {month} (a number), {year}, {days} (how many there are)
    year           a year that is far from any case: {year}, {first}, {last}
    """

    def __init__(self, code: str, **values: int | str):
        self.code = code
        self.values = values
        super().__init__(f"{code}: {values}" if values else code)


def parse_date(text: str, months: Mapping[str, int]) -> date:
    """The date in `text`: 2027-03-01, 01.03.2027, 1 March 2027, March 1, 2027, 1 наурыз 2027, 2027 жылғы 1 наурыз.

    months: names in small letters, and their numbers. Raises DateFault. 01/03/2027 is no date: it is read in two ways.
    """
    words = SPACES.sub(" ", text).strip().lower()
    for form in (ISO, POINTS, *NAMED):
        found = form.fullmatch(words)
        if found:
            month = found["month"]
            if not month.isdecimal() and month not in months:
                continue
            return _date(int(found["year"]), int(month) if month.isdecimal() else months[month], int(found["day"]))
    raise DateFault("unreadable")


def _date(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateFault("year", year=year, first=FIRST_YEAR, last=LAST_YEAR)
    if not 1 <= month <= 12:
        raise DateFault("no-such-month", month=month)
    days = days_in_month(year, month)
    if not 1 <= day <= days:
        raise DateFault("no-such-day", day=day, month=month, year=year, days=days)
    return date(year, month, day)


def days_in_month(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def add_days(start: date, days: int) -> date:
    """The day that is `days` days after `start` (before it, when negative)."""
    return start + timedelta(days=days)


def add_months(start: date, months: int) -> date:
    """The day with the same number, `months` calendar months later; where that month has no such day, its last one."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, days_in_month(year, month)))


def lacks_day(start: date, months: int) -> bool:
    """Whether the month that is `months` after `start` has no day with the same number."""
    return add_months(start, months).day != start.day


def at_least_months(months: int, start: date, end: date) -> bool:
    """Whether `end` is `months` calendar months after `start`, or later.

    Where the month in which they end has no such day, its last day counts: from 31 August six months run to the last
    day of February. The day itself is enough ("at least", article 3(2) of the extradition agreement).
    """
    return end >= add_months(start, months)
