"""The calculator of time limits in a browser, from disk: the cases of Python, and what a reader sees, hears and takes along."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, BrowserContext, Page, expect

from build_scripts.gather import Gathered

from ..conftest import CRIME, EXTRADITION
from ..test_dates import CASES as DATES
from ..test_dates import MONTHS, calls_of
from ..test_limits import CASES, told

ZONES = ["Asia/Almaty", "Asia/Amman", "America/Los_Angeles", "Pacific/Kiritimati"]
CALL = """calls => calls.map(([name, given]) => name.split(".").reduce((object, key) => object[key], Kelisim)(...given))"""
Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, built_site: Path) -> Iterator[Open]:
    """Opens the page of a treaty; a fault of a script, or a request that leaves the disk, fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_(hash_: str = "", lang: str = "en", slug: str = EXTRADITION, now: str = "", **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "offline": True, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.on("request", lambda request: faults.append(request.url) if not request.url.startswith(("file:", "blob:")) else None)
        if now:
            page.clock.install(time=now)
        page.goto((built_site / lang / slug / "time-limits.html").as_uri() + hash_)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


def field(page: Page, event: str) -> Any:
    return page.locator(f"#k-event-{event}")


def note(page: Page, event: str) -> Any:
    return page.locator(f"#k-event-{event}-note")


def dates(page: Page, what: str) -> list[list[str]]:
    """The rows of a limit that runs: way of counting, last day, first day after it."""
    rows = page.locator(".k-due", has_text=what).locator("tbody tr")
    return [[cell.inner_text() for cell in row.locator("th, td").all()] for row in rows.all()]


@pytest.mark.parametrize("zone", ZONES)
def test_cases_of_the_calendar_in_every_time_zone(open_page: Open, zone: str) -> None:
    page = open_page(timezone_id=zone)
    calls, expected = calls_of(DATES)
    assert page.evaluate(CALL, calls) == expected


@pytest.mark.parametrize("zone", ZONES)
def test_the_dates_that_follow_in_every_time_zone(open_page: Open, zone: str) -> None:
    for slug in (EXTRADITION, CRIME):
        page = open_page(slug=slug, timezone_id=zone)
        data = json.loads(str(page.locator("#k-limits").text_content()))
        for case in CASES["cases"]:
            if case["treaty"] == slug:
                found = page.evaluate(CALL, [["limits.reckon", [data, case["days"]]]])[0]
                assert told(found) == case["found"], case["case"]


@pytest.mark.parametrize(("zone", "day"), [
    ("Asia/Almaty", "Sunday, 14 March 2027"), ("Asia/Amman", "Sunday, 14 March 2027"),
    ("America/Los_Angeles", "Saturday, 13 March 2027"), ("Pacific/Kiritimati", "Sunday, 14 March 2027"),
])
def test_today_is_the_readers_own_day(open_page: Open, zone: str, day: str) -> None:
    """At half past eleven at night in Greenwich on 13 March 2027; hours later clocks change in Los Angeles."""
    page = open_page("#arrest=2027-02-02", now="2027-03-13T23:30:00Z", timezone_id=zone)
    expect(page.locator(".k-calculator__today")).to_have_text(f"Today is {day}, by the clock of this device ({zone}).")
    rows = dates(page, "To have the request for extradition received")
    is_sunday = day.startswith("Sunday")
    assert rows == [
        ["The day of the event is not counted", f"Sunday, 14 March 2027 {'today' if is_sunday else 'tomorrow'}", "15 March 2027"],
        ["The day of the event is the first day", f"Saturday, 13 March 2027 {'passed yesterday' if is_sunday else 'today'}",
         "14 March 2027"],
        ["By the hour, to the hour of the event", f"Sunday, 14 March 2027 {'today' if is_sunday else 'tomorrow'}",
         "the same day, after that hour"],
    ]


def test_what_is_typed_is_counted(open_page: Open) -> None:
    page = open_page(now="2027-03-20T12:00:00Z", timezone_id="Asia/Almaty")
    expect(page.locator(".k-dues")).to_have_text("No date has been entered yet.")
    for typed in ("2027-03-01", "01.03.2027", "1 March 2027", "1 наурыз 2027", " 2027 жылғы 1 наурыз "):
        field(page, "arrest").fill(typed)
        expect(note(page, "arrest")).to_have_text("Monday, 1 March 2027")
        assert [row[1] for row in dates(page, "To have the request")] == [
            "Saturday, 10 April 2027 in 21 days", "Friday, 9 April 2027 in 20 days", "Saturday, 10 April 2027 in 21 days",
        ]
        assert page.evaluate("location.hash") == "#arrest=2027-03-01"


def test_readings_stand_side_by_side_and_none_is_chosen(open_page: Open) -> None:
    page = open_page("#decision=2027-02-01&decision-notified=2027-02-10&surrender-date=2027-03-05&new-surrender-date=2027-04-01")
    part = page.locator(".k-due", has_text="To take the person away")
    assert [one.split(" ")[:4] for one in part.locator(".k-due__from").all_inner_texts()] == [
        ["Reading", "1", "of", "3."], ["Reading", "2", "of", "3."], ["Reading", "3", "of", "3."], ["If", "a", "new", "date"],
    ]
    assert part.locator("tbody tr td:nth-child(2) b").all_inner_texts() == [
        "Wednesday, 3 March 2027", "Tuesday, 2 March 2027", "Wednesday, 3 March 2027",
        "Friday, 12 March 2027", "Thursday, 11 March 2027", "Friday, 12 March 2027",
        "Sunday, 4 April 2027", "Saturday, 3 April 2027", "Sunday, 4 April 2027",
        "Saturday, 1 May 2027", "Friday, 30 April 2027", "Saturday, 1 May 2027",
    ]
    assert part.locator(".k-due__then .k-force").all_inner_texts() == ["may", "shall", "may"]
    assert "Whether thirty days run anew is not said." in part.inner_text()


def test_months_and_the_end_of_a_month(open_page: Open) -> None:
    page = open_page("#termination-notice=2026-08-31", slug=CRIME)
    assert [row[0] for row in dates(page, "End of the operation")] == [
        "The day of the event is not counted", "The day of the event is the first day",
        "The last month has no such day; counted on into the next one",
    ]
    assert page.locator(".k-due tbody td:nth-child(2) b").all_inner_texts() == [
        "Sunday, 28 February 2027", "Sunday, 28 February 2027", "Monday, 1 March 2027",
    ]


def test_day_by_day_on_demand(open_page: Open) -> None:
    page = open_page("#arrest=2028-01-20")
    lists = page.locator(".k-days")
    assert lists.count() == 2 and page.locator(".k-days li").count() == 0
    lists.first.locator("summary").click()
    days = lists.first.locator("li")
    expect(days).to_have_count(40)
    assert (days.first.inner_text(), days.last.inner_text()) == ("Friday, 21 January 2028", "Tuesday, 29 February 2028")
    assert lists.first.locator("p").inner_text() == "Thursday, 20 January 2028: the day of the event, not counted"
    lists.last.locator("summary").click()
    assert lists.last.locator("li").first.inner_text() == "Thursday, 20 January 2028"
    assert lists.last.locator("li").count() == 40
    field(page, "transit-arrival").fill("2028-02-01")  # the lists stay open when another date is entered
    assert page.locator(".k-days[open]").count() == 2
    expect(page.locator(".k-days[open] li")).to_have_count(80)


@pytest.mark.parametrize(("typed", "said"), [
    ("31 February 2027", "There is no such day: February 2027 has 28 days."),
    ("31.04.2027", "There is no such day: April 2027 has 30 days."),
    ("00.00.0000", "The year 0 is not between 1900 and 2199."),
    ("20217-01-01", "The year 20217 is not between 1900 and 2199."),
    ("2027-13-01", "There is no month 13."),
    ("soon", "This is no date that can be read."),
    ("<img src=x onerror=alert(1)>", "This is no date that can be read."),
    ("javascript:alert(1)", "This is no date that can be read."),
])
def test_an_impossible_date_is_explained_and_the_others_stay(open_page: Open, typed: str, said: str) -> None:
    page = open_page("#arrest=2027-03-01")
    own = field(page, "decision")
    own.fill(typed)
    own.blur()
    expect(note(page, "decision")).to_contain_text(said)
    assert own.get_attribute("aria-invalid") == "true"
    assert own.get_attribute("aria-describedby") == "k-event-decision-note"
    assert own.input_value() == typed
    assert page.locator(".k-due").count() == 1 and "Article 12(5)" in page.locator(".k-due").inner_text()
    assert page.evaluate("location.hash") == "#arrest=2027-03-01"
    assert page.locator("main img").count() == 0
    own.fill("2027-03-01")
    assert own.get_attribute("aria-invalid") is None
    assert page.locator(".k-due").count() == 4  # with 10(1), 14(1) and 14(3)


def test_a_date_is_not_wrong_while_it_is_typed(open_page: Open) -> None:
    page = open_page()
    field(page, "arrest").focus()
    page.keyboard.type("2027-0")
    assert field(page, "arrest").get_attribute("aria-invalid") is None and note(page, "arrest").inner_text() == ""
    page.keyboard.press("Enter")
    assert field(page, "arrest").get_attribute("aria-invalid") == "true"


def test_an_address_that_is_shared_shows_the_same_in_both_languages(open_page: Open) -> None:
    hash_ = "#information-request-received=15.12.2027&transit-arrival=2027-12-25"
    english = open_page(hash_)
    assert [one.split("\n")[0] for one in english.locator(".k-due").all_inner_texts()] == [
        "To carry out the transportation of the person in transit", "To provide the additional information",
    ]
    assert english.locator(".k-due td b").all_inner_texts()[:1] == ["Sunday, 9 January 2028"]
    english.locator("[data-k-language=kk]").click()
    english.wait_for_url("**/kk/**")
    assert english.evaluate("location.hash") == hash_
    expect(english.locator(".k-due td b").first).to_have_text("2028 жылғы 9 қаңтар, жексенбі")
    assert english.locator(".k-due h4").last.inner_text() == "Қосымша ақпаратты ұсыну"


@pytest.mark.parametrize(("hash_", "said", "limits"), [
    ("#arest=2027-03-01&arrest=2027-03-01", "events that this page does not have; they were left out: «arest»", 1),
    ("#__proto__=2027-03-01&constructor=x", "«__proto__», «constructor»", 0),
    ("#arrest=2027-03-01&arrest=2027-03-02", "two dates for one event; the first was taken: «Day of provisional arrest»", 1),
    ("#arrest=%E0%A4%A&decision=2027-03-01", "", 3),
    ("#<script>alert(1)</script>=1", "«<script>alert(1)</script>»", 0),
    ("#" + "x" * 100_000 + "=1", "«" + "x" * 40 + "…»", 0),
    ("#arrest=" + "9" * 100_000, "", 0),
    ("#=&&&==", "", 0),
])
def test_an_address_that_cannot_be_used_is_explained(open_page: Open, hash_: str, said: str, limits: int) -> None:
    page = open_page(hash_)
    assert said in page.locator(".k-calculator__remarks").inner_text()
    assert page.locator(".k-due").count() == limits
    assert page.locator("h1").inner_text() == "Time limits"
    assert page.locator("main script:not([type])").count() == 0


def test_an_impossible_date_in_an_address_is_explained_beside_its_field(open_page: Open) -> None:
    page = open_page("#arrest=2027-02-31&transit-arrival=2027-03-01")
    assert field(page, "arrest").input_value() == "2027-02-31"
    assert note(page, "arrest").inner_text() == "There is no such day: February 2027 has 28 days."
    assert page.locator(".k-due").count() == 1


def test_events_in_the_wrong_order_are_told(open_page: Open) -> None:
    page = open_page("#decision=2027-03-05&surrender-date=2027-03-01")
    assert note(page, "surrender-date").inner_text() == (
        "Monday, 1 March 2027. This day is before “Day of the decision on the request for extradition”, which comes first."
    )
    assert field(page, "surrender-date").get_attribute("aria-invalid") is None


def test_the_address_is_all_that_holds_the_dates(open_page: Open) -> None:
    page = open_page()
    field(page, "arrest").fill("1 March 2027")
    field(page, "decision").fill("2 March 2027")
    assert page.evaluate("location.hash") == "#arrest=2027-03-01&decision=2027-03-02"
    stored = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert [key for key in stored if key not in ("kelisim.lang", "kelisim.palette")] == []
    page.reload()
    assert field(page, "arrest").input_value() == "2027-03-01"
    page.get_by_role("button", name="Clear all dates").click()
    assert page.evaluate("location.hash") == ""
    assert page.locator(".k-due").count() == 0
    assert page.evaluate("document.activeElement.id") == "k-event-arrest"


def test_another_address_in_the_same_page_is_taken(open_page: Open) -> None:
    page = open_page("#arrest=2027-03-01")
    page.evaluate("location.hash = '#transit-arrival=2027-03-01'")
    expect(field(page, "transit-arrival")).to_have_value("2027-03-01")
    assert field(page, "arrest").input_value() == ""
    page.go_back()
    expect(field(page, "arrest")).to_have_value("2027-03-01")


def test_a_link_to_a_row_keeps_the_dates(open_page: Open) -> None:
    page = open_page("#arrest=2027-03-01")
    page.locator(".k-due a[href='#limit-provisional-arrest']").click()
    assert page.evaluate("location.hash") == "#limit-provisional-arrest"
    assert field(page, "arrest").input_value() == "2027-03-01" and page.locator(".k-due").count() == 1
    assert page.locator("#limit-provisional-arrest").evaluate("row => Math.abs(row.getBoundingClientRect().top) < 150")


def test_an_article_leads_to_the_row(open_page: Open, built_site: Path) -> None:
    page = open_page()
    page.goto((built_site / "en" / EXTRADITION / "art_17.html").as_uri())
    page.get_by_role("link", name="Table and date calculator").click()
    page.wait_for_url("**/time-limits.html#limit-transit")
    assert page.locator("#limit-transit").evaluate("row => Math.abs(row.getBoundingClientRect().top) < 200")


# ---- to take along


def calendar_of(page: Page) -> Any:
    with page.expect_download() as download:
        page.get_by_role("button", name=".ics").click()
    assert download.value.suggested_filename.endswith(f"{EXTRADITION}.ics")
    return Calendar.from_ical(Path(download.value.path()).read_bytes())


def test_the_calendar_file(open_page: Open) -> None:
    page = open_page("#arrest=2027-03-01&decision=2027-02-20", now="2027-03-20T10:11:12Z", timezone_id="Pacific/Kiritimati")
    calendar = calendar_of(page)
    assert not calendar.errors
    events = [(str(event["uid"]), event["dtstart"].dt.isoformat(), str(event["summary"])) for event in calendar.walk("VEVENT")]
    head, arrest = EXTRADITION, f"{EXTRADITION}.provisional-arrest.arrest.2027-03-01"
    reach = "Last day: to have the request for extradition received by the central authority of the Requested Party"
    release = (
        "If the central authority of the Requested Party has not received the request for extradition, the arrested person shall "
        "be released"
    )
    take = "Last day: to take the person away from the territory of the Requested Party"
    uncounted, counted = "the day of the event is not counted", "the day of the event is the first day"
    assert events == [
        (f"{head}.decision-notice.decision.2027-02-20.at-once.day@kelisim", "2027-02-20",
         "Immediately: to notify the Requesting Party of its decision on the request for extradition, whatever it is "
         "(Article 10(1))"),
        (f"{head}.extradition-decision-notice.decision.2027-02-20.at-once.day@kelisim", "2027-02-20",
         "Immediately: to notify the Requesting Party of its decision on extradition (Article 14(1))"),
        (f"{head}.removal.decision.2027-02-20.next-day.last@kelisim", "2027-03-22", f"{take} – {uncounted} (Article 14(3))"),
        (f"{head}.removal.decision.2027-02-20.same-day.last@kelisim", "2027-03-21", f"{take} – {counted} (Article 14(3))"),
        (f"{arrest}.next-day.last@kelisim", "2027-04-10", f"{reach} – {uncounted} (Article 12(5))"),
        (f"{arrest}.next-day.then@kelisim", "2027-04-11", f"{release} – {uncounted} (Article 12(5))"),
        (f"{arrest}.same-day.last@kelisim", "2027-04-09", f"{reach} – {counted} (Article 12(5))"),
        (f"{arrest}.same-day.then@kelisim", "2027-04-10", f"{release} – {counted} (Article 12(5))"),
    ]
    stamp = calendar.walk("VEVENT")[0]["dtstamp"].dt
    made = datetime.datetime(2027, 3, 20, 10, 11, 12, tzinfo=datetime.UTC)
    assert made <= stamp < made + datetime.timedelta(hours=1)
    described = str(calendar.walk("VEVENT")[4]["description"])
    assert "«after the expiry of forty (40) days from the day on which the person was arrested»" in described
    assert "Counted from: Day of provisional arrest, Monday, 1 March 2027" in described
    again = [str(event["uid"]) for event in calendar_of(page).walk("VEVENT")]
    assert again == [uid for uid, _, _ in events] and len(set(again)) == len(again)


def test_the_calendar_file_in_kazakh(open_page: Open) -> None:
    page = open_page("#last-notification=2027-01-31", lang="kk")
    calendar = calendar_of(page)
    assert [(str(event["summary"]), event["dtstart"].dt.isoformat()) for event in calendar.walk("VEVENT")] == [
        ("Келісім күшіне енеді – оқиға болған күн есептелмейді (22-баптың 1-тармағы)", "2027-03-03"),
        ("Келісім күшіне енеді – оқиға болған күн — бірінші күн (22-баптың 1-тармағы)", "2027-03-02"),
    ]
    assert all(event["summary"].params["LANGUAGE"] == "kk" for event in calendar.walk("VEVENT"))


def test_every_event_together_makes_a_calendar_that_another_program_reads(open_page: Open, gathered: Gathered) -> None:
    for lang in ("kk", "en"):
        page = open_page("#" + "&".join(f"{name}=2027-12-31" for name in gathered.limits[EXTRADITION].events), lang=lang)
        calendar = calendar_of(page)
        assert not calendar.errors and not any(event.errors for event in calendar.walk("VEVENT"))
        uids = [str(event["uid"]) for event in calendar.walk("VEVENT")]
        assert len(uids) == len(set(uids)) > 30


def test_copied_as_text(open_page: Open) -> None:
    page = open_page(
        "#arrest=2027-03-01", now="2027-03-20T10:00:00Z", timezone_id="Asia/Almaty",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page.get_by_role("button", name="Copy as text").click()
    expect(page.locator(".k-calculator__said")).to_have_text("Copied")
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[:4] == ["Extradition agreement: time limits", "Counted on 20 March 2027.", "", (
        "To have the request for extradition received by the central authority of the Requested Party (Requesting Party) – "
        "40 days (тәулік), Article 12(5)"
    )]
    for line in (
        "The day of the event is not counted: last day – Saturday, 10 April 2027; first day after it – 11 April 2027",
        "The day of the event is the first day: last day – Friday, 9 April 2027; first day after it – 10 April 2027",
    ):
        assert f"    {line}" in lines
    assert any(line.startswith("  shall: If the central authority") for line in lines)


def test_where_copying_is_refused_the_text_is_selected(open_page: Open) -> None:
    page = open_page("#arrest=2027-03-01")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(Error('no')) } })")
    page.get_by_role("button", name="Copy the address with the dates").click()
    box = page.locator(".k-calculator__said textarea")
    assert box.input_value().endswith("time-limits.html#arrest=2027-03-01")
    assert box.evaluate("box => box.selectionEnd - box.selectionStart === box.value.length")


def test_print_has_the_results_and_the_table_and_nothing_to_press(open_page: Open) -> None:
    page = open_page("#arrest=2027-03-01")
    page.emulate_media(media="print")
    assert not page.locator(".k-calculator__form").is_visible() and not page.get_by_role("button", name="Print").is_visible()
    assert page.locator(".k-due").is_visible() and page.locator(".k-calculator__today").is_visible()
    assert page.locator("#limit-provisional-arrest").is_visible() and page.locator("#counting").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
    page = open_page()
    page.emulate_media(media="print")
    assert not page.locator("#calculator").is_visible() and page.locator("#limit-transit").is_visible()


# ---- who reads, and how


def test_by_keyboard_alone(open_page: Open) -> None:
    page = open_page()
    page.locator(".k-limits__contents a").first.focus()
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")  # the provision, then the field
    assert page.evaluate("document.activeElement.id") == "k-event-arrest"
    page.keyboard.type("1 March 2027")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused == "Choose from a calendar: Day of provisional arrest"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Article 12(4)"
    expect(page.locator(".k-due")).to_have_count(1)
    expect(page.locator(".k-calculator__status[role=status]")).to_contain_text("One time limit runs. The next last day: ")
    page.locator(".k-days summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".k-days[open] li")).to_have_count(40)
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_every_field_has_a_name_and_every_table_its_heads(open_page: Open) -> None:
    page = open_page("#" + "arrest=2027-03-01&decision=2027-03-01")
    for own in page.locator("#k-calculator input[type=text]").all():
        assert page.locator(f"label[for={own.get_attribute('id')}]").inner_text()
        assert page.locator(f"#{own.get_attribute('aria-describedby')}").count() == 1
    assert page.locator("#k-calculator fieldset").count() == page.locator("#k-calculator legend").count() == 6
    for table in page.locator("main table").all():
        assert table.locator("thead th[scope=col]").count() >= 3 and table.locator("tbody th[scope=row]").count() >= 1
    levels = page.locator("main :is(h1, h2, h3, h4)").evaluate_all("all => all.map((one) => Number(one.tagName[1]))")
    assert levels[0] == 1 and all(after - before <= 1 for before, after in zip(levels, levels[1:]))


def test_the_calendar_of_the_browser_fills_the_field(open_page: Open) -> None:
    page = open_page()
    picked = page.locator(".k-field", has=field(page, "arrest")).locator("input[type=date]")
    assert picked.get_attribute("tabindex") == "-1" and picked.get_attribute("aria-hidden") == "true"
    page.locator(".k-field", has=field(page, "arrest")).get_by_role("button").click()
    picked.evaluate("(own) => { own.value = '2027-03-01'; own.dispatchEvent(new Event('change')); }")
    assert field(page, "arrest").input_value() == "2027-03-01"
    assert page.locator(".k-due").count() == 1


@pytest.mark.parametrize("lang", ["kk", "en"])
@pytest.mark.parametrize("slug", [EXTRADITION, CRIME])
def test_nothing_is_wider_than_a_phone(open_page: Open, lang: str, slug: str, gathered: Gathered) -> None:
    page = open_page(
        "#" + "&".join(f"{name}=2027-12-31" for name in gathered.limits[slug].events), lang=lang, slug=slug,
        viewport={"width": 320, "height": 700},
    )
    for details in page.locator(".k-days").all()[:3]:
        details.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    row = page.locator("tbody[id^=limit-] td[data-head]").first
    assert row.evaluate("(cell) => getComputedStyle(cell, '::before').content").strip('"') != "none"


def test_a_page_left_open_overnight_moves_on(open_page: Open) -> None:
    page = open_page("#arrest=2027-03-01", now="2027-04-09T12:00:00Z", timezone_id="Asia/Almaty")
    assert dates(page, "To have")[1][1] == "Friday, 9 April 2027 today"
    page.clock.set_fixed_time("2027-04-10T12:00:00Z")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    assert dates(page, "To have")[1][1] == "Friday, 9 April 2027 passed yesterday"
    expect(page.locator(".k-calculator__today b")).to_have_text("Today is Saturday, 10 April 2027")


def test_past_dates_are_marked_with_more_than_colour(open_page: Open) -> None:
    page = open_page("#arrest=2027-03-01", now="2027-05-01T12:00:00Z", timezone_id="Asia/Almaty")
    row = page.locator(".k-due tbody tr").first
    assert "passed 21 days ago" in row.inner_text()
    assert row.locator("b").evaluate("one => getComputedStyle(one).textDecorationLine") == "line-through"


def test_without_script_there_is_the_table_and_what_the_calculator_needs(browser: Browser, built_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    for lang in ("kk", "en"):
        page = context.new_page()
        page.goto((built_site / lang / EXTRADITION / "time-limits.html").as_uri())
        assert "JavaScript" in page.locator("noscript p").inner_text()
        assert not page.locator("#k-calculator").is_visible()
        assert page.locator("#limit-provisional-arrest").is_visible()
    context.close()


def test_dates_are_said_in_the_readers_language(open_page: Open) -> None:
    page = open_page("#arrest=2027-03-01", lang="kk", now="2027-03-20T12:00:00Z", timezone_id="Asia/Almaty")
    assert dates(page, "Ұстап беру туралы сұрау салуды")[0] == [
        "Оқиға болған күн есептелмейді", "2027 жылғы 10 сәуір, сенбі 21 күн қалды", "2027 жылғы 11 сәуір",
    ]
    own = field(page, "decision")
    own.fill("31 ақпан 2027")
    own.blur()
    assert note(page, "decision").inner_text() == "Мұндай күн жоқ: 2027 жылғы ақпан айында 28 күн бар."


def test_the_months_are_those_of_python(open_page: Open) -> None:
    assert json.loads(str(open_page().locator("#k-limits").text_content()))["months"] == MONTHS
