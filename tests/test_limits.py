"""Time limits: each check with a broken example; the dates that follow; the time limits of the two agreements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from build_scripts.attest import attest, read_limits
from build_scripts.cli import main
from build_scripts.gather import Gathered
from build_scripts.library import Library
from build_scripts.limits import Counting, Duty, Event, HowLong, Kind, Limit, Limits, NotLimit, Runs, Start, Then, Unit
from build_scripts.model import Authority, Conservation, Expression, Part, Passage, Provision
from build_scripts.model import Kind as ProvisionKind
from build_scripts.pages.limits import limits_data
from build_scripts.pages.tree import Tree
from build_scripts.pages.words import load_all_words, load_languages
from build_scripts.problems import Code, Problem, Problems
from build_scripts.reckon import disorder, reckon, to_json

from .conftest import CRIME, EXTRADITION, ROOT
from .test_dates import in_node

CASES = json.loads((ROOT / "tests" / "cases" / "limits.json").read_text(encoding="utf-8"))
README = (ROOT / "treaties" / "README.md").read_text(encoding="utf-8")

# the example of treaties/README.md, and the texts it is about
EXAMPLE = re.search(r"```yaml\n(# limits\.yml.*?)```", README, re.DOTALL).group(1)  # type: ignore[union-attr]
TEXTS = {
    "kk": {
        "art_1__para_1": "Тарап сұрау салуды алған күннен бастап отыз (30) тәулік ішінде жауап беруге міндетті. Жауап алынбаса, "
                         "екінші Тарап сұрау салуды кері қайтара алады.",
        "art_1__para_2": "Тарап шешімі туралы дереу хабарлайды.",
        "art_2": "Жазасы кемінде бір жыл болатын қылмыс үшін ғана сұрау салынады.",
    },
    "en": {
        "art_1__para_1": "A Party shall reply within thirty (30) days from the day on which it receives the request. If no reply "
                         "is received, the other Party may withdraw the request.",
        "art_1__para_2": "The Party shall immediately notify its decision.",
        "art_2": "A request is made only for an offence punishable by at least one year.",
    },
}


def expression(lang: str, texts: dict[str, str]) -> Expression:
    def passage(eid: str) -> tuple[Passage, ...]:
        line = list(texts).index(eid) + 1
        return (Passage(texts[eid], (line, line)),)

    paragraphs = tuple(
        Provision(eid, ProvisionKind.PARAGRAPH, f"{number}.", str(number), passages=passage(eid))
        for number, eid in enumerate(("art_1__para_1", "art_1__para_2"), 1)
    )
    articles = (
        Provision("art_1", ProvisionKind.ARTICLE, "1", "1", children=paragraphs),
        Provision("art_2", ProvisionKind.ARTICLE, "2", "2", passages=passage("art_2")),
    )
    return Expression(
        "t", lang, Authority.AS_PUBLISHED, "T", {Part.BODY: articles}, (), (), Conservation(0, 0, 0), f"t/{lang}.txt", "",
    )


def problems_of(yaml: str, folder: Path, texts: dict[str, dict[str, str]] | None = None) -> list[Problem]:
    path = folder / "limits.yml"
    path.write_text(yaml, "utf-8")
    problems = Problems()
    held = {lang: expression(lang, own) for lang, own in (texts or TEXTS).items()}
    limits = read_limits(path, held, "limits.yml", problems)
    assert (limits is None) == (len(problems) > 0)
    return list(problems)


def line_with(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def test_the_example_of_the_documentation_has_no_faults(tmp_path: Path) -> None:
    assert problems_of(EXAMPLE, tmp_path) == []


def test_the_example_has_every_list() -> None:
    assert set(Limits.model_fields) == set(re.findall(r"^([a-z_]+):", EXAMPLE, re.MULTILINE))


@pytest.mark.parametrize("model", [Limits, Event, Limit, HowLong, Start, Duty, Then, NotLimit, Counting])
def test_every_field_is_explained_to_the_editor(model: type[BaseModel]) -> None:
    table = README[README.index("## limits.yml") : README.index("## How provisions are named")]
    assert {name for name in model.model_fields if f"`{name}`" not in table and f"`{name}:" not in table} == set()
    for values in (Kind, Unit, Runs):
        assert {one.value for one in values if f"`{one.value}`" not in table} == set()


EN_WORDS = "within thirty (30) days from the day on which it receives the request"
KK_WORDS = "сұрау салуды алған күннен бастап отыз (30) тәулік ішінде"
START = "runs: day\n        words: {kk: алған күннен бастап, en: from the day on which it receives the request}"
NOTICE = "words: {kk: дереу хабарлайды, en: shall immediately notify its decision}"
FAULTS = [  # what is put in the place of what; a part of the line it is told on; what is told
    ("eid: art_1__para_1\n", "eid: art_9\n", "eid: art_9", "names 'art_9', which the text does not have in: kk, en"),
    ("eid: art_2,", "eid: art_2__para_1,", "eid: art_2", "names 'art_2__para_1', which the text does not have in: kk, en"),
    ("cites: [art_1__para_1]\n", "cites: [art_8]\n", "cites: [art_8]", "names 'art_8', which the text does not have in: kk, en"),
    (EN_WORDS, "in thirty (30) days", "in thirty", "'in thirty (30) days' stands 0 times in art_1__para_1 of t/en.txt, not once"),
    ("en: the other Party may withdraw the request}", "en: the}", "en: the}",
     "'the' stands 4 times in art_1__para_1 of t/en.txt, not once"),
    ("number: 30", "number: 31", "number: 31", f"31 days, but 30 in words, 30 in figures (days) in '{KK_WORDS}' (kk)"),
    ("unit: days", "unit: months", "unit: months", f"30 months, but 30 in words, 30 in figures (days) in '{EN_WORDS}' (en)"),
    (f"words: {{kk: {KK_WORDS}, en: {EN_WORDS}}}", "words: {kk: Жауап алынбаса, en: If no reply is received}", "number: 30",
     "30 days, but no number in 'If no reply is received' (en)"),
    ("force: may", "force: shall", "екінші Тарап сұрау салуды кері қайтара алады, en",
     "'екінші Тарап сұрау салуды кері қайтара алады' is declared 'shall', but its verb says otherwise"),
    ("force: shall, words: {kk: жауап", "force: may, words: {kk: жауап", "жауап беруге міндетті",
     "'жауап беруге міндетті' is declared 'may', but its verb says otherwise"),
    ("runs: day", "runs: moment", "words: {kk: алған күннен", "'алған күннен бастап' does not say runs: moment"),
    ("runs: day", "runs: after", "words: {kk: алған күннен",
     "'from the day on which it receives the request' does not say runs: after"),
    (NOTICE, "words: {kk: хабарлайды, en: notify its decision}", "words: {kk: хабарлайды",
     "'notify its decision' has no word such as \"immediately\""),
    ("event: request-received\n", "event: request-sent\n", "request-sent", "there is no event 'request-sent'"),
    ("event: request-received\n", "event: request-sent\n", "  request-received:",
     "the event 'request-received' starts no limit"),
    ("group: requests", "group: request", "group: request", "there is no group 'request'"),
    ("  requests: {kk", "  others: {kk: Ө, en: O}\n  requests: {kk", "others:", "the group 'others' has no event"),
    ("not_before: [request-received]", "not_before: [request-sent]", "not_before", "there is no event 'request-sent'"),
    ("жауап беру, en: to reply to the request}", "жауап беру}", "жауап беру}", "what has no words in: en"),
    ("{kk: Жазаның ұзақтығы., en", "{kk: '  ', en", "reason", "reason has no words in: kk"),
]


@pytest.mark.parametrize(("old", "new", "where", "message"), FAULTS, ids=[f"{one[1]} {one[3][:30]}" for one in FAULTS])
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, old: str, new: str, where: str, message: str) -> None:
    assert old in EXAMPLE
    text = EXAMPLE.replace(old, new, 1)
    found = problems_of(text, tmp_path)
    wrong = {problem.message: problem for problem in found if problem.code is Code.LIMIT_WRONG}
    assert message in wrong, sorted(wrong)
    assert wrong[message].line == line_with(text, where)
    assert all(problem.file and problem.hint for problem in found)


LEFT_OUT = [  # a part of the example; what is missed without it, and on which line of the texts
    (re.compile(r"  reply:.*?(?=  notice:)", re.DOTALL), ("отыз (30) тәулік", "thirty (30) days"), 1),
    (re.compile(r"  notice:.*?(?=not_limits)", re.DOTALL), ("дереу", "immediately"), 2),
    (re.compile(r"not_limits:.*", re.DOTALL), ("бір жыл", "one year"), 3),
]


@pytest.mark.parametrize(("part", "words", "line"), LEFT_OUT, ids=[words[1] for _, words, _ in LEFT_OUT])
def test_what_the_text_names_is_declared(tmp_path: Path, part: re.Pattern[str], words: tuple[str, str], line: int) -> None:
    text, times = part.subn("", EXAMPLE)
    assert times == 1
    found = [problem for problem in problems_of(text, tmp_path) if problem.code is Code.LIMIT_UNDECLARED]
    assert [(problem.file, problem.line) for problem in found] == [("t/kk.txt", line), ("t/en.txt", line)]
    for problem, own in zip(found, words):
        assert f"{own!r} in art_" in problem.message


def test_nothing_is_declared_twice(tmp_path: Path) -> None:
    text = EXAMPLE + "  - {eid: art_2, words: {kk: бір жыл болатын, en: at least one year}, reason: {kk: Ж, en: R}}\n"
    found = problems_of(text, tmp_path)
    assert {problem.message for problem in found} == {
        "'бір жыл' in art_2 (kk) is declared 2 times", "'one year' in art_2 (en) is declared 2 times",
    }
    assert {problem.line for problem in found} == {line_with(text, "eid: art_2"), text.count("\n")}


def test_words_and_figures_that_differ_are_a_fault(tmp_path: Path) -> None:
    texts = {**TEXTS, "en": {**TEXTS["en"], "art_1__para_1": TEXTS["en"]["art_1__para_1"].replace("thirty (30)", "forty (30)")}}
    text = EXAMPLE.replace("en: within thirty (30)", "en: within forty (30)")
    (problem,) = problems_of(text, tmp_path, texts)
    assert "but 40 in words, 30 in figures (days) in" in problem.message


def test_the_number_may_stand_in_one_language_only_in_words(tmp_path: Path) -> None:
    texts = {**TEXTS, "en": {**TEXTS["en"], "art_1__para_1": TEXTS["en"]["art_1__para_1"].replace("thirty (30)", "thirty")}}
    assert problems_of(EXAMPLE.replace("en: within thirty (30)", "en: within thirty"), tmp_path, texts) == []


@pytest.mark.parametrize(("old", "new", "message"), [
    ("    ends: within\n", "", "length and ends belong to kind: counted"),
    ("kind: counted", "kind: agreed", "length and ends belong to kind: counted"),
    ("        runs: day\n", "", "a counted limit needs starts, each with runs"),
    (START, "runs: day", "needs its words"),
    (START, "runs: unsaid", "needs `why`"),
    ("number: 30", "number: 0", "greater than or equal to 1"),
    ("unit: days", "unit: fortnights", "Input should be"),
    ("force: may", "force: can", "Input should be"),
    ("  reply:", "  Reply:", "String should match"),
    ("    ends: within\n", "    ends: within\n    end: x\n", "Extra inputs are not permitted"),
])
def test_a_file_of_the_wrong_form_is_a_fault_of_its_fields(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in EXAMPLE
    found = problems_of(EXAMPLE.replace(old, new, 1), tmp_path)
    assert {problem.code for problem in found} == {Code.FIELD_WRONG}
    assert any(message in problem.message for problem in found), found


def test_several_readings_each_have_a_reason(tmp_path: Path) -> None:
    second = "      - {event: decision, runs: unsaid, why: {kk: С, en: R}}\n"
    text = EXAMPLE.replace("    then:\n", second + "    then:\n", 1)
    assert any("each needs `why`" in problem.message for problem in problems_of(text, tmp_path))


def test_a_language_in_which_lengths_are_not_found_is_a_fault(tmp_path: Path) -> None:
    (problem,) = problems_of(EXAMPLE, tmp_path, {**TEXTS, "xx": TEXTS["en"]})
    assert problem.code is Code.LIMIT_WRONG and "texts in: xx" in problem.message


def test_attest_works_without_the_text_of_the_file() -> None:
    problems = Problems()
    held = {lang: expression(lang, own) for lang, own in TEXTS.items()}
    attest(Limits(), held, "limits.yml", problems)
    assert {(problem.code, problem.line) for problem in problems} == {(Code.LIMIT_UNDECLARED, line) for line in (1, 2, 3)}


# ---- reckoning


def days_of(case: dict[str, Any]) -> dict[str, date]:
    return {name: date.fromisoformat(day) for name, day in case["days"].items()}


def told(found: list[dict[str, Any]]) -> list[Any]:
    """What was found, in the form of the cases."""
    return [
        [one["limit"], [
            [reading["event"], [[c["count"], c["first"], c["last"], c["then"]] for c in reading["counts"]]]
            for reading in one["readings"]
        ]]
        for one in found
    ]


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["case"])
def test_the_dates_that_follow(gathered: Gathered, case: dict[str, Any]) -> None:
    found = reckon(gathered.limits[case["treaty"]], days_of(case))
    assert told([to_json(one) for one in found]) == case["found"]


@pytest.mark.parametrize("case", CASES["disorder"])
def test_events_in_the_wrong_order_are_told(gathered: Gathered, case: dict[str, Any]) -> None:
    assert [list(pair) for pair in disorder(gathered.limits[case["treaty"]], days_of(case))] == case["found"]


@pytest.fixture(scope="module")
def page_data(gathered: Gathered) -> dict[str, dict[str, Any]]:
    """What the page of each treaty gives to its scripts."""
    interface = ROOT / "docs" / "interface"
    tree = Tree(gathered.library, "kk", load_all_words(interface), load_languages(interface), limits=gathered.limits)
    return {
        slug: json.loads(json.dumps(limits_data(tree, gathered.library.treaty(slug), limits, f"{slug}/time-limits.html")))
        for slug, limits in gathered.limits.items()
    }


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_dates_that_follow_in_javascript(page_data: dict[str, dict[str, Any]], zone: str) -> None:
    scripts = ["dates.js", "limits.js"]
    found = in_node(scripts, [("limits.reckon", [page_data[c["treaty"]], c["days"]]) for c in CASES["cases"]], zone)
    assert [told(one) for one in found] == [case["found"] for case in CASES["cases"]]
    found = in_node(scripts, [("limits.disorder", [page_data[c["treaty"]], c["days"]]) for c in CASES["disorder"]], zone)
    assert found == [case["found"] for case in CASES["disorder"]]


def test_every_start_on_every_day_of_five_years_is_the_same_in_javascript(
    gathered: Gathered, page_data: dict[str, dict[str, Any]],
) -> None:
    calls, expected = [], []
    for slug, limits in gathered.limits.items():
        for number in range(0, 5 * 366):
            day = date.fromordinal(date(2026, 12, 1).toordinal() + number)
            given = dict.fromkeys(limits.events, day)
            calls.append(("limits.reckon", [page_data[slug], {name: own.isoformat() for name, own in given.items()}]))
            expected.append([to_json(one) for one in reckon(limits, given)])
    assert in_node(["dates.js", "limits.js"], calls) == expected


def test_day_by_day_has_as_many_days_as_the_text_says(gathered: Gathered, page_data: dict[str, dict[str, Any]]) -> None:
    """Counted from any day of two years, the days listed are as many as the number in the text."""
    limits = gathered.limits[EXTRADITION]
    checked = 0
    for number in range(0, 731, 7):
        day = date.fromordinal(date(2027, 1, 1).toordinal() + number)
        for found in reckon(limits, dict.fromkeys(limits.events, day)):
            length = limits.limits[found.limit].length
            if length is None:
                continue
            counted = [to_json(found)["readings"][0]["counts"][0], to_json(found)["readings"][0]["counts"][1]]
            lists = in_node(["dates.js", "limits.js"], [("limits.dayByDay", [one]) for one in counted]) if number < 14 else []
            for one, own in zip(counted, lists):
                assert len(own) == length.number + (one["count"] == "hours")
                assert (own[0], own[-1]) == (one["first"], one["last"])
                checked += 1
    assert checked == 2 * 2 * len(limits.of_kind(Kind.COUNTED))


def test_hours_and_working_days_are_listed_and_not_reckoned(tmp_path: Path) -> None:
    for unit, english, kazakh in (("hours", "hours", "сағат"), ("working-days", "working days", "жұмыс күні")):
        texts = {
            "en": {**TEXTS["en"], "art_1__para_1": TEXTS["en"]["art_1__para_1"].replace("days", english)},
            "kk": {**TEXTS["kk"], "art_1__para_1": TEXTS["kk"]["art_1__para_1"].replace("тәулік", kazakh)},
        }
        text = EXAMPLE.replace("unit: days", f"unit: {unit}")
        text = text.replace("(30) days", f"(30) {english}").replace("(30) тәулік", f"(30) {kazakh}")
        assert problems_of(text, tmp_path, texts) == []
        held = {lang: expression(lang, own) for lang, own in texts.items()}
        limits = read_limits(tmp_path / "limits.yml", held, "limits.yml", Problems())
        assert limits is not None
        assert [one.limit for one in reckon(limits, dict.fromkeys(limits.events, date(2027, 1, 1)))] == ["notice"]


def test_weeks_and_years() -> None:
    yaml = {
        "kind": "counted", "eid": "art_1", "words": {}, "ends": "within", "what": {},
        "starts": [{"event": "x", "runs": "day", "words": {}}],
    }
    limits = Limits.model_validate({"limits": {
        "weeks": {**yaml, "length": {"number": 2, "unit": "weeks"}}, "years": {**yaml, "length": {"number": 1, "unit": "years"}},
    }})
    found = {one.limit: one.readings[0].counts for one in reckon(limits, {"x": date(2028, 2, 29)})}
    assert [(c.count.value, c.last) for c in found["weeks"]] == [
        ("next-day", date(2028, 3, 14)), ("same-day", date(2028, 3, 13)), ("hours", date(2028, 3, 14)),
    ]
    assert [(c.count.value, c.last) for c in found["years"]] == [
        ("next-day", date(2029, 2, 28)), ("same-day", date(2029, 2, 28)), ("next-month", date(2029, 3, 1)),
    ]


# ---- the two agreements

COUNTED = {  # as a person read them in kk.txt: number, unit, ends, the predicates of what follows, and from when
    EXTRADITION: {
        "additional-information": (60, Unit.DAYS, "within", ["may", "effect"], ["moment"]),
        "leave-territory": (30, Unit.DAYS, "within", ["effect"], ["after"]),
        "provisional-arrest": (40, Unit.DAYS, "after", ["shall", "effect"], ["day"]),
        "removal": (30, Unit.DAYS, "within", ["may", "shall", "may"], ["unsaid", "unsaid", "unsaid", "unsaid"]),
        "transit": (15, Unit.DAYS, "within", ["may"], ["after"]),
        "entry-into-force": (30, Unit.DAYS, "after", ["effect"], ["day"]),
        "protocol-entry-into-force": (30, Unit.DAYS, "after", ["effect"], ["unsaid"]),
        "termination": (180, Unit.DAYS, "after", ["effect", "effect"], ["day"]),
    },
    CRIME: {"termination": (6, Unit.MONTHS, "after", ["effect"], ["day"])},
}
PREDICATES = {  # of what is to be done, as kk.txt has them
    "additional-information": ("shall", "ұсынылуға тиіс"),
    "information-release-notice": ("shall", "дереу хабардар етуге тиіс"),
    "provisional-arrest-notice": ("shall", "дереу хабарлауға міндетті"),
    "removal": ("shall", "алып кетуге міндетті"),
    "release-not-taken-over": ("shall", "дереу босатады"),
    "new-surrender-date": ("shall", "келісуге тиіс"),
    "postponement": ("may", "кейінге қалдыруға құқылы"),
    "temporary-return": ("shall", "қайта беріледі"),
    "property-postponement": ("may", "кейінге қалдырылуы мүмкін"),
    "property-return": ("may", "қайтарылған жағдайда берілуі мүмкін"),
}


@pytest.mark.parametrize("slug", COUNTED)
def test_the_counted_limits_are_those_of_the_text(gathered: Gathered, slug: str) -> None:
    found = {
        name: (limit.length.number, limit.length.unit, limit.ends, [then.force for then in limit.then],  # type: ignore[union-attr]
               [start.runs.value for start in limit.starts if start.runs])
        for name, limit in gathered.limits[slug].of_kind(Kind.COUNTED).items()
    }
    assert found == COUNTED[slug]


def test_may_and_shall_are_those_of_the_text(gathered: Gathered) -> None:
    limits = gathered.limits[EXTRADITION].limits
    for name, (force, words) in PREDICATES.items():
        duty = limits[name].duty
        assert duty is not None and (duty.force, duty.words["kk"]) == (force, words), name


def test_only_what_the_text_does_not_command_has_no_duty(gathered: Gathered) -> None:
    """A condition lays no duty on anybody: 11(3)(a), 12(5), 17(5); and what follows by itself."""
    without = {name for limits in gathered.limits.values() for name, limit in limits.limits.items() if limit.duty is None}
    assert without == {
        "leave-territory", "provisional-arrest", "transit", "entry-into-force", "protocol-entry-into-force", "termination",
        "survival",
    }


def test_every_duty_to_act_at_once_is_there(gathered: Gathered) -> None:
    found = {slug: [limit.eid for limit in limits.of_kind(Kind.AT_ONCE).values()] for slug, limits in gathered.limits.items()}
    assert sorted(found[EXTRADITION]) == sorted([
        "art_6__para_3", "art_8__para_3", "art_10__para_1", "art_12__para_4", "art_13__para_1", "art_14__para_1",
        "art_14__para_2", "art_14__para_4", "art_15__para_1", "art_21",
    ])
    assert found[CRIME] == ["art_6__subpara_2", "art_7__para_3"]


def test_a_limit_left_out_is_missed(gathered: Gathered, library: Library) -> None:
    """Drop any limit, or any declaration, that holds a number or a word of haste: the check says so in both languages."""
    missed = 0
    for slug, limits in gathered.limits.items():
        texts = library.treaty(slug).expressions
        data = limits.model_dump(mode="json")
        entries = [("limits", name) for name in limits.limits] + [("not_limits", n) for n in range(len(limits.not_limits))]
        for key, name in entries:
            changed = json.loads(json.dumps(data))
            del changed[key][name]
            problems = Problems()
            attest(Limits.model_validate(changed), texts, "limits.yml", problems)
            found = [problem.file for problem in problems if problem.code is Code.LIMIT_UNDECLARED]
            assert found in ([], [f"treaties/{slug}/kk.txt", f"treaties/{slug}/en.txt"])
            missed += bool(found)
    assert missed == (11 + 10) + (1 + 2)  # numbers and words of haste of the two agreements, as test_lengths.py lists them


def wordings(node: object) -> Iterator[dict[str, str]]:
    if isinstance(node, dict) and set(node) == {"kk", "en"}:
        yield node
    elif isinstance(node, (dict, list)):
        for part in node.values() if isinstance(node, dict) else node:
            yield from wordings(part)


@pytest.mark.parametrize("slug", COUNTED)
def test_words_in_quotation_marks_are_the_words_of_the_text(gathered: Gathered, library: Library, slug: str) -> None:
    held = {
        lang: " ".join(f"{unit.heading.text if unit.heading else ''} {unit.text}" for unit in text.walk()).lower()
        for lang, text in library.treaty(slug).expressions.items()
    }
    marks = {"kk": re.compile("«(.+?)»"), "en": re.compile('"(.+?)"')}
    found = [
        (lang, quotation) for words in wordings(gathered.limits[slug].model_dump(mode="json"))
        for lang, mark in marks.items() for quotation in mark.findall(words[lang])
    ]
    assert len(found) >= 4
    wrong = [(lang, quotation) for lang, quotation in found if quotation.lower() not in held[lang]]
    named = {("kk", "Түпкілікті босатылу"), ("kk", "Тәртіп"), ("kk", "Өзінің")}  # a word of the text without its ending
    assert [one for one in wrong if one not in named] == []


def test_both_languages_say_as_much(gathered: Gathered) -> None:
    """A wording that is more than twice as long in one language as in the other has lost something."""
    for limits in gathered.limits.values():
        data = limits.model_dump(mode="json")
        said = [data["counting"], [own["then"] + own["doubts"] for own in data["limits"].values()]]
        for words in wordings(said):
            if {len(text) > 60 for text in words.values()} == {True}:
                assert 0.5 < len(words["kk"]) / len(words["en"]) < 2, words


# ---- the command


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["limits", *arguments])


def test_the_command_lists_limits_and_events() -> None:
    said = run(EXTRADITION).output
    assert "provisional-arrest: Article 12(5)  40 days (тәулік)  Requesting Party: " in said
    assert "--event arrest=…  Day of provisional arrest" in said


def test_the_command_counts() -> None:
    said = run(EXTRADITION, "--event", "arrest=1 March 2027").output
    assert "The day of the event is not counted: 2027-04-10  (First day after it: 2027-04-11)" in said
    assert "The day of the event is the first day: 2027-04-09  (First day after it: 2027-04-10)" in said
    assert "12-баптың 5-тармағы  40 тәулік" in run(EXTRADITION, "--event", "arrest=2027-03-01", "--lang", "kk").output


@pytest.mark.parametrize("case", CASES["cases"][:7], ids=lambda case: case["case"])
def test_the_command_as_json(case: dict[str, Any]) -> None:
    events = [part for name, day in case["days"].items() for part in ("--event", f"{name}={day}")]
    answer = json.loads(run(case["treaty"], *events, "--json").output)
    assert told(answer["results"]) == case["found"]
    assert set(answer) == {"treaty", "events", "limits", "results", "disorder"}


@pytest.mark.parametrize(("arguments", "said"), [
    (["nowhere"], "'nowhere' is none of: "),
    ([EXTRADITION, "--event", "arest=2027-03-01"], "'arest' is no event; there are: arrest, "),
    ([EXTRADITION, "--event", "arrest"], "This is no date that can be read."),
    ([EXTRADITION, "--event", "arrest=31 February 2027"], "There is no such day: February 2027 has 28 days."),
    ([EXTRADITION, "--event", "arrest=20217-01-01"], "The year 20217 is not between 1900 and 2199."),
    ([EXTRADITION, "--event", "arrest=2027-01-01", "--event", "arrest=2027-01-02"], "'arrest' is given two dates"),
])
def test_the_command_explains_what_it_cannot_use(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
