"""Reckoning with calendar days: tests/cases/dates.json in Python and in JavaScript, and that the two agree on any date."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from datetime import date, timedelta
from typing import Any

import pytest

from build_scripts.dates import DateFault, add_days, add_months, at_least_months, days_in_month, lacks_day, parse_date
from build_scripts.typed import month_names

from .conftest import ROOT

CASES = json.loads((ROOT / "tests" / "cases" / "dates.json").read_text(encoding="utf-8"))
SCRIPTS = ROOT / "docs" / "assets" / "javascripts"
MONTHS = month_names()


def in_node(scripts: list[str], calls: list[tuple[str, list[Any]]], zone: str = "UTC") -> list[Any]:
    """What functions of the browser's scripts answer; {"throws": …} where one throws."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed; the browser tests run the same cases")
    command = [node, str(ROOT / "tests" / "call_in_node.js"), *(str(SCRIPTS / name) for name in scripts)]
    done = subprocess.run(
        command, input=json.dumps(calls), capture_output=True, text=True, encoding="utf-8", check=True, env={"TZ": zone}
    )
    return [answer.get("value", answer) for answer in json.loads(done.stdout)]


def calls_of(cases: dict[str, Any]) -> tuple[list[tuple[str, list[Any]]], list[Any]]:
    """Every case as a call of Kelisim.dates, and what it is to answer."""
    calls: list[tuple[str, list[Any]]] = []
    expected: list[Any] = []

    def add(name: str, given: list[Any], answer: Any) -> None:
        calls.append((f"dates.{name}", given))
        expected.append(answer)

    for one in cases["parse"]:
        add("parse", [one["text"], MONTHS], {key: value for key, value in one.items() if key != "text"})
    for one in cases["add_days"]:
        add("addDays", [one["start"], one["days"]], one["end"])
    for one in cases["add_months"]:
        add("addMonths", [one["start"], one["months"]], one["end"])
        add("lacksDay", [one["start"], one["months"]], one["lacks_day"])
    for one in cases["between"]:
        add("between", [one["start"], one["end"]], one["days"])
    for one in cases["weekday"]:
        add("weekday", [one["date"]], one["weekday"])
    for one in cases["days_in_month"]:
        add("daysInMonth", [one["year"], one["month"]], one["days"])
    for one in cases["at_least_months"]:
        add("atLeastMonths", [one["months"], one["start"], one["end"]], one["holds"])
    for one in cases["is_date"]:
        add("isDate", [one["text"]], one["holds"])
    return calls, expected


@pytest.mark.parametrize("case", CASES["parse"], ids=lambda case: repr(case["text"]))
def test_a_date_as_people_type_it(case: dict[str, Any]) -> None:
    if "date" in case:
        assert parse_date(case["text"], MONTHS) == date.fromisoformat(case["date"])
        return
    with pytest.raises(DateFault) as fault:
        parse_date(case["text"], MONTHS)
    assert (fault.value.code, fault.value.values) == (case["fault"], case["values"])


@pytest.mark.parametrize("case", CASES["add_days"], ids=lambda case: f"{case['start']}{case['days']:+}")
def test_days_are_added(case: dict[str, Any]) -> None:
    assert add_days(date.fromisoformat(case["start"]), case["days"]) == date.fromisoformat(case["end"])


@pytest.mark.parametrize("case", CASES["add_months"], ids=lambda case: f"{case['start']}{case['months']:+}")
def test_months_are_added(case: dict[str, Any]) -> None:
    start = date.fromisoformat(case["start"])
    assert add_months(start, case["months"]) == date.fromisoformat(case["end"])
    assert lacks_day(start, case["months"]) is case["lacks_day"]


@pytest.mark.parametrize("case", CASES["at_least_months"], ids=lambda case: f"{case['start']}-{case['end']}")
def test_at_least_so_many_months(case: dict[str, Any]) -> None:
    start, end = date.fromisoformat(case["start"]), date.fromisoformat(case["end"])
    assert at_least_months(case["months"], start, end) is case["holds"]


def test_months_differ_in_length() -> None:
    for case in CASES["days_in_month"]:
        assert days_in_month(case["year"], case["month"]) == case["days"]


def test_the_cases_hold_for_the_calendar_of_the_standard_library() -> None:
    for case in CASES["weekday"]:
        assert date.fromisoformat(case["date"]).isoweekday() == case["weekday"]
    for case in CASES["between"]:
        assert (date.fromisoformat(case["end"]) - date.fromisoformat(case["start"])).days == case["days"]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Almaty", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_cases_in_javascript(zone: str) -> None:
    calls, expected = calls_of(CASES)
    answers = in_node(["dates.js"], calls, zone)
    assert [(call, answer) for call, answer in zip(calls, answers)] == list(zip(calls, expected))


def test_any_date_is_reckoned_the_same_in_javascript() -> None:
    chance = random.Random(5)
    starts = [date(1900, 1, 1) + timedelta(days=chance.randrange(109_000)) for _ in range(3000)]
    starts += [date(year, 2, days_in_month(year, 2)) for year in range(1896, 2204)]
    calls: list[tuple[str, list[Any]]] = []
    expected: list[Any] = []
    for start in starts:
        days, months = chance.randrange(-800, 800), chance.randrange(-60, 60)
        calls += [
            ("dates.addDays", [start.isoformat(), days]), ("dates.addMonths", [start.isoformat(), months]),
            ("dates.weekday", [start.isoformat()]), ("dates.between", [start.isoformat(), "2027-03-01"]),
        ]
        expected += [
            add_days(start, days).isoformat(), add_months(start, months).isoformat(), start.isoweekday(),
            (date(2027, 3, 1) - start).days,
        ]
    assert in_node(["dates.js"], calls, "America/Los_Angeles") == expected


def test_a_day_that_does_not_exist_is_not_reckoned_with() -> None:
    calls = [("dates.addDays", ["2027-02-29", 1]), ("dates.weekday", ["x"]), ("dates.addMonths", ["2027-13-01", 1])]
    assert in_node(["dates.js"], calls) == [{"throws": "RangeError"}] * 3


def test_every_month_has_its_names() -> None:
    assert (MONTHS["march"], MONTHS["mar"], MONTHS["наурыз"], MONTHS["марта"]) == (3, 3, 3, 3)
    assert set(MONTHS.values()) == set(range(1, 13))
    assert all(name == name.lower() for name in MONTHS)
