"""The calendar file that the browser writes: read back by another program, and looked at octet by octet."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from icalendar import Calendar

from .test_dates import in_node

SCRIPTS = ["dates.js", "ics.js"]
META = {"name": "Мерзімдер; «12-бап», 40 \\ тәулік", "lang": "kk", "stamp": "2026-11-26T13:34:05.678Z"}
KAZAKH = "Ұстап беру туралы сұрау салуды Сұрау салынатын Тараптың орталық органына жеткізу – соңғы күн әғқңөұүһі ӘҒҚҢӨҰҮҺІ"


def ics(entries: list[dict[str, Any]], meta: dict[str, str] = META) -> Any:
    return in_node(SCRIPTS, [("ics", [entries, meta])])[0]


def entry(**changes: Any) -> dict[str, Any]:
    return {"uid": "slug.arrest.2027-03-01.next-day.last", "date": "2027-04-10", "summary": "Last day", **changes}


def unfolded(text: str) -> list[str]:
    return re.sub("\r\n[ \t]", "", text).split("\r\n")[:-1]


def test_another_program_reads_what_was_written() -> None:
    description = "12(5); 40 days, from the day\nSecond line\\third: «сөз»"
    text = ics([
        entry(summary=KAZAKH, description=description, categories=["Extradition, 2017", "b;c"]),
        entry(uid="two", date="2028-02-29", end="2028-03-02"),
    ])
    calendar = Calendar.from_ical(text)
    assert (calendar["version"], calendar["calscale"]) == ("2.0", "GREGORIAN")
    assert "NAME;LANGUAGE=kk:Мерзімдер\\; «12-бап»\\, 40 \\\\ тәулік" in unfolded(text)  # icalendar leaves it as it stands
    assert not calendar.errors
    first, second = calendar.walk("VEVENT")
    assert not first.errors
    assert str(first["summary"]) == KAZAKH and first["summary"].params["LANGUAGE"] == "kk"
    assert str(first["description"]) == description
    assert [str(category) for category in first["categories"].cats] == ["Extradition, 2017", "b;c"]
    assert first["dtstart"].dt == datetime.date(2027, 4, 10) and first["dtstart"].params["VALUE"] == "DATE"
    assert first["dtend"].dt == datetime.date(2027, 4, 11)
    assert first["dtstamp"].dt == datetime.datetime(2026, 11, 26, 13, 34, 5, tzinfo=datetime.UTC)
    assert str(first["uid"]) == "slug.arrest.2027-03-01.next-day.last@kelisim"
    assert (second["dtstart"].dt, second["dtend"].dt) == (datetime.date(2028, 2, 29), datetime.date(2028, 3, 3))


def test_an_entry_on_the_last_day_of_a_year_ends_in_the_next() -> None:
    (event,) = Calendar.from_ical(ics([entry(date="2026-12-31")])).walk("VEVENT")
    assert event["dtend"].dt == datetime.date(2027, 1, 1)


@pytest.mark.parametrize("summary", [
    "x" * 400, KAZAKH * 5, "😀" * 60, "a" * 66 + "ұ" * 40, "a" * 67 + "😀" * 30, ",;\\" * 60, " " * 200 + "x", "я" * 34,
    "я" * 33 + "a",
])
def test_no_line_has_more_than_75_octets_and_no_letter_is_divided(summary: str) -> None:
    text = ics([entry(summary=summary, description=summary + "\n" + summary)])
    data = text.encode()
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    assert data.endswith(b"END:VCALENDAR\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # raises when a letter was divided
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["summary"]) == summary
    assert str(event["description"]) == summary + "\n" + summary


def test_lines_are_as_long_as_they_may_be() -> None:
    lines = ics([entry(summary="x" * 400)]).split("\r\n")
    start = next(place for place, line in enumerate(lines) if line.startswith("SUMMARY"))
    assert [len(line) for line in lines[start : start + 5]] == [75, 75, 75, 75, 75]
    assert all(line.startswith(" ") for line in lines[start + 1 : start + 5])


def test_every_property_is_known_and_stands_once() -> None:
    lines = unfolded(ics([entry(description="d", categories=["c"])]))
    names = [re.split("[;:]", line)[0] for line in lines]
    assert names == [
        "BEGIN", "VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME", "BEGIN", "UID", "DTSTAMP", "DTSTART", "DTEND",
        "SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP", "END", "END",
    ]
    assert "DTSTAMP:20261126T133405Z" in lines and "DTSTART;VALUE=DATE:20270410" in lines


def test_what_is_typed_never_becomes_a_property() -> None:
    typed = "a\r\nBEGIN:VALARM\rX:1\nEND:VEVENT\u0000\u0007\u007f"
    text = ics([entry(summary=typed, uid="u\nATTENDEE:x", description="\ud800x")])
    lines = unfolded(text)
    assert "SUMMARY;LANGUAGE=kk:a\\nBEGIN:VALARM\\nX:1\\nEND:VEVENT" in lines
    assert "UID:u\\nATTENDEE:x@kelisim" in lines
    assert "DESCRIPTION;LANGUAGE=kk:\ufffdx" in lines
    assert sum(line.startswith("BEGIN:") for line in lines) == 2


def test_without_entries_and_with_a_language_that_is_none() -> None:
    text = ics([], {**META, "lang": "kk;X=1:"})
    assert list(Calendar.from_ical(text).walk("VEVENT")) == []
    (event,) = Calendar.from_ical(ics([entry()], {**META, "lang": "kk;X=1:"})).walk("VEVENT")
    assert dict(event["summary"].params) == {}


@pytest.mark.parametrize("changes", [
    {"date": "2027-02-29"}, {"date": "2027-4-1"}, {"date": "x"}, {"end": "2027-04-09"}, {"end": "2027-04-31"},
])
def test_a_day_that_does_not_exist_is_refused(changes: dict[str, str]) -> None:
    assert ics([entry(**changes)]) == {"throws": "RangeError"}


@pytest.mark.parametrize("stamp", ["", "2026-11-26", "2026-11-26T13:34:05+05:00"])
def test_an_instant_that_is_none_is_refused(stamp: str) -> None:
    assert ics([entry()], {**META, "stamp": stamp}) == {"throws": "RangeError"}
