"""Walkthroughs: each check with a broken example; what sets of answers amount to; the extradition walkthrough itself."""

from __future__ import annotations

import copy
import json
import random
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from build_scripts.decide import RESULT, UNKNOWN, Effect, Walkthrough, at_least_months, findings, resting_on
from build_scripts.model import Authority, Conservation, Expression, Kind, Part, Passage, Provision
from build_scripts.problems import Code, Problems
from build_scripts.walk import check, read_walkthrough

CASES = json.loads((Path(__file__).parent / "cases" / "walkthrough.json").read_text("utf-8"))
EXTRADITION = CASES["treaty"]

SMALL = """\
title: {kk: К, en: K}
lead: {kk: К, en: K}
detailed: [art_1]
start: first
questions:
  first:
    cites: [art_1__para_1]
    ask: {kk: Бірінші, en: First}
    answers:
      so: {label: {kk: Иә, en: "Yes"}, next: second}
      not: {label: {kk: Жоқ, en: "No"}, next: result, finding: {effect: must-refuse, says: {kk: Тиіс, en: Must}}}
    unknown: {next: second, says: {kk: Белгісіз, en: Unknown}}
  second:
    cites: [art_1__para_2__point_a]
    ask: {kk: Екінші, en: Second}
    answers:
      so: {label: {kk: Иә, en: "Yes"}, next: result}
      not: {label: {kk: Жоқ, en: "No"}, next: result}
    unknown: {next: result, says: {kk: Белгісіз, en: Unknown}}
outcomes:
  refuse: {when: [must-refuse], cites: [art_1], says: {kk: Жоқ, en: "No"}, explains: {kk: К, en: K}}
  extradite: {cites: [art_1], says: {kk: Иә, en: "Yes"}, explains: {kk: К, en: K}}
not_decisive:
  - {eid: art_2, reason: {kk: К, en: K}}
"""


def words(text: str) -> tuple[Passage, ...]:
    return (Passage(text, (1, 1)),)


def expression(lang: str) -> Expression:
    """Article 1 with a paragraph and a list of one point, and Article 2; only the Kazakh list has closing words."""
    closing = (Provision("art_1__para_2__wrapup", Kind.WRAPUP, passages=words("w")),) if lang == "kk" else ()
    listed = Provision("art_1__para_2", Kind.PARAGRAPH, "2.", "2", children=(
        Provision("art_1__para_2__intro", Kind.INTRO, passages=words("i")),
        Provision("art_1__para_2__point_a", Kind.POINT, "a)", "a", passages=words("p")), *closing,
    ))
    articles = (
        Provision("art_1", Kind.ARTICLE, "1", "1", children=(
            Provision("art_1__para_1", Kind.PARAGRAPH, "1.", "1", passages=words("x")), listed,
        )),
        Provision("art_2", Kind.ARTICLE, "2", "2", passages=words("y")),
    )
    return Expression(
        "t", lang, Authority.AS_PUBLISHED, "T", {Part.BODY: articles}, (), (), Conservation(0, 0, 0), f"t/{lang}.txt", "",
    )


EXPRESSIONS = {"kk": expression("kk"), "en": expression("en")}


def faults(text: str, tmp_path: Path) -> list[tuple[int, str]]:
    """(line, message) of every problem that `text` has; all must be faults of the walkthrough, with a hint."""
    path = tmp_path / "walkthrough.yml"
    path.write_text(text, "utf-8")
    problems = Problems()
    walkthrough = read_walkthrough(path, EXPRESSIONS, "w.yml", problems)
    assert (walkthrough is None) == (len(problems) > 0)
    for problem in problems:
        assert (problem.file, problem.code) == ("w.yml", Code.WALKTHROUGH_WRONG)
        assert problem.hint
    return [(problem.line, problem.message) for problem in problems]


def line_with(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def test_a_walkthrough_that_proves_itself_has_no_faults(tmp_path):
    assert faults(SMALL, tmp_path) == []


@pytest.mark.parametrize(("old", "new", "where", "message"), [
    ('en: "Yes"}, next: second}', 'en: "Yes"}, next: third}', "next: third", "leads to 'third', which is no question"),
    ("start: first", "start: zero", "start: zero", "leads to 'zero', which is no question"),
    ("unknown: {next: result,", "unknown: {next: nowhere,", "next: nowhere", "leads to 'nowhere', which is no question"),
    ("start: first", "start: second", "  first:", "no answer leads to the question 'first'"),
    ('so: {label: {kk: Иә, en: "Yes"}, next: result}', 'so: {label: {kk: Иә, en: "Yes"}, next: first}', "next: first",
     "'second' leads to 'first', from which a way leads back to 'second'"),
    ("cites: [art_1__para_1]", "cites: [art_9]", "[art_9]", "cites 'art_9', which the text does not have in: kk, en"),
    ("cites: [art_1__para_1]", "cites: [art_1__para_1, art_1__para_2__wrapup]", "wrapup",
     "cites 'art_1__para_2__wrapup', which the text does not have in: en"),
    ("{when: [must-refuse], cites: [art_1]", "{when: [must-refuse], cites: [art_1, art_8]", "art_8",
     "cites 'art_8', which the text does not have in: kk, en"),
    ("eid: art_2,", "eid: art_3,", "eid: art_3", "cites 'art_3', which the text does not have in: kk, en"),
    ("eid: art_2,", "eid: art_3,", "not_decisive:", "nothing rests on 'art_2', and it is not declared"),
    ("cites: [art_1__para_2__point_a]", "cites: [art_1__para_2]", "not_decisive:",
     "nothing rests on 'art_1__para_2__point_a', and it is not declared"),
    ("cites: [art_1__para_1]", "cites: [art_1__para_1, art_2]", "eid: art_2", "'art_2' is declared not decisive, and cited"),
    ("ask: {kk: Екінші, en: Second}", "ask: {kk: Екінші}", "ask: {kk: Екінші}", "ask has no words in: en"),
    ("reason: {kk: К, en: K}", 'reason: {kk: "  ", en: K}', "reason:", "reason has no words in: kk"),
    ("says: {kk: Тиіс, en: Must}", "says: {en: Must}", "says: {en: Must}", "says has no words in: kk"),
    ("extradite: {cites", "extradite: {when: [open], cites", "extradite:", "the last outcome, 'extradite', has a condition"),
    ("{when: [must-refuse]", "{when: [may-refuse]", "refuse:", "nothing found leads to the outcome 'refuse'"),
])
def test_what_is_wrong_is_said_with_its_line(tmp_path, old, new, where, message):
    assert SMALL.count(old) >= 1
    text = SMALL.replace(old, new, 1)
    assert (line_with(text, where), message) in faults(text, tmp_path)


def test_every_fault_is_reported_in_one_run(tmp_path):
    text = SMALL.replace("next: second}", "next: third}", 1).replace("eid: art_2", "eid: art_3").replace(", en: Second", "")
    assert len(faults(text, tmp_path)) == 4


def test_a_second_declaration_is_a_fault(tmp_path):
    text = SMALL + "  - {eid: art_2, reason: {kk: К, en: K}}\n"
    assert [message for _, message in faults(text, tmp_path)] == ["'art_2' is declared twice"] * 2


@pytest.mark.parametrize("name", ["result", "at"])
def test_a_name_with_a_use_of_its_own_is_no_question(tmp_path, name):
    text = SMALL.replace("second", name)
    assert f"a question is named {name!r}" in [message for _, message in faults(text, tmp_path)]


def test_not_known_yet_stands_beside_the_answers(tmp_path):
    text = SMALL.replace('not: {label: {kk: Жоқ, en: "No"}, next: result}', 'unknown: {label: {kk: Жоқ, en: "No"}, next: result}')
    assert "'unknown' stands among the answers" in [message for _, message in faults(text, tmp_path)]


@pytest.mark.parametrize(("old", "new", "message"), [
    ("effect: must-refuse", "effect: both-readings", "both-readings needs at least two readings"),
    ("effect: must-refuse", "effect: should-refuse", "Input should be"),
    ("    unknown: {next: result, says: {kk: Белгісіз, en: Unknown}}\n", "", "questions.second.unknown: Field required"),
    ("cites: [art_1__para_1]", "cites: []", "at least 1 item"),
    ("      not: {label", "      no: {label", "questions.first.answers"),
    ("start: first", "start: first\nend: last", "Extra inputs are not permitted"),
])
def test_a_file_of_the_wrong_form_is_a_fault_of_its_fields(tmp_path, old, new, message):
    path = tmp_path / "walkthrough.yml"
    path.write_text(SMALL.replace(old, new, 1), "utf-8")
    problems = Problems()
    assert read_walkthrough(path, EXPRESSIONS, "w.yml", problems) is None
    assert {problem.code for problem in problems} == {Code.FIELD_WRONG}
    assert any(message in problem.message for problem in problems)


def test_check_works_without_the_text_of_the_file():
    problems = Problems()
    walkthrough = Walkthrough.model_validate(yaml.safe_load(SMALL.replace("eid: art_2", "eid: art_3")))
    check(walkthrough, EXPRESSIONS, "w.yml", problems)
    assert [problem.line for problem in problems] == [0, 0]


# ---- the walkthrough of the extradition agreement


@pytest.fixture(scope="module")
def walkthrough(gathered) -> Walkthrough:
    return gathered.walkthroughs[EXTRADITION]


@pytest.fixture(scope="module")
def texts(library):
    return library.treaty(EXTRADITION).expressions


def answers_of(case: dict) -> dict[str, str]:
    return {name: answer for name, answer in {**CASES["clean"], **case["changes"]}.items() if answer is not None}


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["case"])
def test_what_answers_amount_to(walkthrough, case):
    memo = findings(walkthrough, answers_of(case))
    assert memo.outcome == case["outcome"]
    assert memo.pending == case["pending"]
    assert [[one.question, one.answer, one.effect.value] for one in memo.found] == case["found"]
    assert [follow.cites for follow in memo.follows] == case["follows"]


@pytest.mark.parametrize("case", CASES["at_least_months"], ids=lambda case: f"{case['start']}-{case['end']}")
def test_months_are_reckoned_by_the_calendar(case):
    start, end = date.fromisoformat(case["start"]), date.fromisoformat(case["end"])
    assert at_least_months(case["months"], start, end) is case["holds"]


def test_every_answer_is_on_a_way_that_ends(walkthrough):
    """Takes every answer at least once, on a way chosen at random otherwise: all end, none is longer than it should be."""
    chance = random.Random(3)
    for name, question in walkthrough.questions.items():
        for answer in question.choices:
            chosen = way_through(walkthrough, name, chance)
            chosen[name] = answer
            memo = findings(walkthrough, chosen)
            steps = [(step.question, step.answer) for step in memo.steps]
            assert (name, answer) in steps
            assert len({question for question, _ in steps}) == len(steps) <= 30
            assert memo.pending is None
            assert memo.outcome


def way_through(walkthrough: Walkthrough, goal: str, chance: random.Random) -> dict[str, str]:
    """An answer to every question, such that the way leads through `goal`."""

    @cache
    def leads(name: str) -> bool:
        if name in (goal, RESULT):
            return name == goal
        return any(leads(answer.next) for answer in walkthrough.questions[name].choices.values())

    chosen = {}
    for name, question in walkthrough.questions.items():
        fit = [key for key, answer in question.choices.items() if leads(answer.next)]
        chosen[name] = chance.choice(fit or list(question.choices))
    return chosen


def test_the_number_of_ways(walkthrough):
    @cache
    def ways(name: str) -> int:
        return 1 if name == RESULT else sum(ways(answer.next) for answer in walkthrough.questions[name].choices.values())

    assert ways(walkthrough.start) > 10**12
    assert len(walkthrough.questions) == 31


def test_not_known_yet_is_last_and_keeps_its_question_open(walkthrough):
    for question in walkthrough.questions.values():
        assert list(question.choices)[-1] == UNKNOWN
        assert question.choices[UNKNOWN].finding.effect in (Effect.OPEN, Effect.OPEN_AFTER)


def findings_in(walkthrough: Walkthrough):
    for name, question in walkthrough.questions.items():
        for answer in question.answers.values():
            if answer.finding:
                yield name, answer.finding


def test_may_and_must_are_kept_apart(walkthrough):
    """Only what the text commands is said to be a duty; what it leaves open is said to be a right."""
    for _, finding in findings_in(walkthrough):
        if finding.effect is Effect.MUST_REFUSE:
            assert finding.says["kk"].endswith("Ұстап беруден бас тартылуға тиіс.")
            assert finding.says["en"].endswith("Extradition must be refused.")
        elif finding.effect in (Effect.MAY_REFUSE, Effect.MAY_GRANT):
            assert "тиіс" not in finding.says["kk"]
            assert not re.search(r"\b(must|shall)\b", finding.says["en"])


def test_the_mandatory_grounds_are_those_the_text_makes_mandatory(walkthrough):
    mandatory = {
        eid for name, finding in findings_in(walkthrough) if finding.effect is Effect.MUST_REFUSE
        for eid in finding.cites or walkthrough.questions[name].cites
    }
    assert mandatory == {f"art_4__para_1__point_{letter}" for letter in "acdefghi"}
    optional = {
        eid for name, finding in findings_in(walkthrough) if finding.effect is Effect.MAY_REFUSE
        for eid in finding.cites or walkthrough.questions[name].cites
    }
    assert optional == {"art_5__point_a", "art_5__point_b", "art_6__para_1"}


def test_words_in_quotation_marks_are_the_words_of_the_text(walkthrough, texts):
    held = {
        lang: " ".join(f"{p.heading.text if p.heading else ''} {p.text}" for p in text.walk()).lower()
        for lang, text in texts.items()
    }
    quotations = {"kk": re.compile("«(.+?)»"), "en": re.compile('"(.+?)"')}
    found = [
        (lang, quotation)
        for wording in wordings(walkthrough.model_dump()) for lang, pattern in quotations.items()
        for quotation in pattern.findall(wording[lang])
    ]
    assert len(found) > 30
    assert [(lang, quotation) for lang, quotation in found if quotation.lower() not in held[lang]] == []


def wordings(node):
    if isinstance(node, dict) and set(node) == {"kk", "en"}:
        yield node
    elif isinstance(node, (dict, list)):
        for part in node.values() if isinstance(node, dict) else node:
            yield from wordings(part)


def test_a_provision_knows_the_questions_that_rest_on_it(walkthrough):
    assert resting_on(walkthrough, "art_4__para_1__point_c") == ("death", "guarantees")
    assert resting_on(walkthrough, "art_5") == ("jurisdiction", "against")
    assert resting_on(walkthrough, "art_4__para_1__point_e") == ("limitation", "interruption")
    assert resting_on(walkthrough, "art_2") == ()


def test_a_provision_left_out_is_missed(walkthrough, texts):
    """Each paragraph and point of Articles 3 to 6 is needed: drop what cites it, and the check says so."""
    units = [p.eid for n in (3, 4, 5, 6) for p in texts["kk"].articles[n - 1].walk() if p.kind in (Kind.PARAGRAPH, Kind.POINT)]
    leaves = [eid for eid in units if not any(other.startswith(eid + "__") for other in units)]
    assert len(leaves) == 5 + 9 + 4 + 1 + 2 + 3
    for eid in leaves:
        data = without(copy.deepcopy(walkthrough.model_dump(mode="json")), eid)
        problems = Problems()
        check(Walkthrough.model_validate(data), texts, "w.yml", problems)
        assert f"nothing rests on {eid!r}, and it is not declared" in [problem.message for problem in problems]


def without(node, eid: str):
    """The same with every citation of `eid` replaced by the article before it, which is always used."""
    if isinstance(node, dict):
        return {key: without(value, eid) for key, value in node.items()}
    if isinstance(node, list):
        return [without(value, eid) for value in node]
    return "art_1" if node == eid else node
