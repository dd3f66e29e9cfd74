"""A walkthrough without a browser: the command, what it returns, and what it says of bad answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from build_scripts.answer import findings
from build_scripts.cli import main
from build_scripts.decide import UNKNOWN
from build_scripts.gather import Gathered
from build_scripts.limits import Limits
from build_scripts.problems import Code, Problems
from build_scripts.tell import Given, parse_answers, questions_to_json, walk_to_json

from .conftest import EXTRADITION
from .test_walkthroughs import EACH, all_cases, answers_of

NAME = f"{EXTRADITION}/requested-party"
REFUSED = {"territory": "there", "offence": "both", "asylum": "granted"}


def run(*arguments: str, given: object = None) -> Result:
    text = given if isinstance(given, (str, bytes)) else json.dumps(given)
    return CliRunner().invoke(main, ["walk", *arguments], input=text)


def whole_way(name: str, clean: str) -> dict:
    return next(answers_of(base, case) for _, each, base, case in all_cases() if (each, case["case"]) == (name, clean))


# ---- what it returns


def test_the_path_the_open_questions_and_the_outcome() -> None:
    result = run(NAME, "--answers", "-", "--json", given={"answers": REFUSED})
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["walkthrough"] == NAME
    assert [(step["question"], step["answer"]) for step in told["path"]] == [("territory", "there"), ("offence", "both")]
    assert told["next"] == "year"
    assert told["unused"] == ["asylum"]
    assert (told["outcome"]["name"], told["outcome"]["kind"]) == ("open", "open")
    assert told["outcome"]["says"]["en"] == "It cannot be said yet: questions are open."
    assert told["title"]["kk"] == "Бұл адамды ұстап беру міндетті ме?"


def test_grounds_have_kind_provisions_readings_and_the_duties_that_follow() -> None:
    answers = whole_way("requested-party", "limitation-expired") | {"persecution": "yes", "rights": UNKNOWN}
    told = json.loads(run(NAME, "--answers", "-", "--json", given=answers).stdout)
    assert [(one["question"], one["kind"]) for one in told["found"]] == [
        ("interruption", "must-refuse"), ("persecution", "both-readings"), ("rights", "open"), (None, "duty"),
    ]
    assert told["found"][0]["cites"] == ["art_4__para_1__point_e"]
    assert [reading["leads"] for reading in told["found"][1]["readings"]] == ["must-refuse", "may-refuse"]
    assert [one["question"] for one in told["open"]] == ["rights"]
    assert told["outcome"]["kind"] == "must-refuse"
    assert told["duties"][0]["cites"] == ["art_4__para_3"]
    words = told["provisions"]["art_4__para_3"]["words"]
    assert words["en"].startswith("3. If the Requested Party intends to refuse the extradition")
    assert "консультация өткізуге тиіс" in words["kk"]
    assert {one["lang"]: len(one["sha256"]) for one in told["texts"]} == {"kk": 64, "en": 64}


def test_dates_follow_from_the_days_given() -> None:
    """Article 14(3): thirty days. From 15 January 2027 they end on 14 February, or on 13 February when that day counts."""
    answers = whole_way("requested-party", "nothing-against")
    given = {"answers": answers, "dates": {"decision": "15 January 2027"}}
    told = json.loads(run(NAME, "--answers", "-", "--json", given=given).stdout)
    assert "removal" in [limit["name"] for limit in told["limits"]]
    removal = next(one for one in told["dates"] if one["limit"] == "removal")
    (reading,) = [one for one in removal["readings"] if one["event"] == "decision"]
    assert {counted["count"]: counted["last"] for counted in reading["counts"]} == {
        "next-day": "2027-02-14", "same-day": "2027-02-13", "hours": "2027-02-14",
    }
    assert all(one["cites"] and one["from"] for one in told["limits"])


@EACH
def test_the_questions_are_enough_to_drive_it(gathered: Gathered, slug: str, name: str) -> None:
    """A program that follows `next`, and `otherwise` where `given` does not hold, asks what the walkthrough asks."""
    told = questions_to_json(slug, name, gathered.walks, gathered.library)
    asked = {one["name"]: one for one in told["questions"]}
    for place in range(3):
        at, answers = told["start"], {}
        while at != "result":
            question = asked[at]
            if not all(answers.get(other) in allowed for other, allowed in question["given"].items()):
                at = question["otherwise"]
                continue
            answer = question["answers"][min(place, len(question["answers"]) - 1)]
            answers[at], at = answer["name"], answer["next"]
        memo = findings(gathered.walks[slug].walkthroughs[name], answers)
        assert {step.question: step.answer for step in memo.steps} == answers
        assert memo.pending is None
    json.dumps(told)


@EACH
def test_every_case_is_told(gathered: Gathered, slug: str, name: str) -> None:
    for each, of, clean, case in all_cases():
        if (each, of) == (slug, name):
            given = Given({key: answer for key, answer in answers_of(clean, case).items() if key != case["pending"]})
            told = walk_to_json(slug, name, given, gathered.walks, gathered.library, gathered.limits.get(slug, Limits()))
            assert told["outcome"]["name"] == case["outcome"]
            assert [[one["question"] or "", one["answer"] or "", one["kind"]] for one in told["found"]] == case["found"]
            cited = {eid for part in (told["outcome"], *told["found"], *told["duties"]) for eid in part["cites"]}
            assert cited <= set(told["provisions"])
            assert all(set(one["words"]) == {"kk", "en"} and all(one["words"].values()) for one in told["provisions"].values())


def test_in_words() -> None:
    answers = whole_way("requested-party", "asylum-granted")
    english = run(NAME, "--answers", "-", given=answers).stdout
    assert "Must be refused. The Requested Party has granted the person asylum." in english
    assert "[Article 4(1)(g)]" in english
    kazakh = run(NAME, "--answers", "-", "--lang", "kk", given=answers).stdout
    assert "Бас тартылуға тиіс." in kazakh
    questions = run(NAME, "--questions").stdout
    assert "territory: Is the person in the territory of the Requested Party? [Article 1]" in questions
    assert "    unknown: Not known yet" in questions


def test_no_answers_at_all_is_a_beginning() -> None:
    told = json.loads(run(NAME, "--json").stdout)
    assert (told["path"], told["next"]) == ([], "territory")


# ---- bad input


def faults_of(gathered: Gathered, data: bytes | str) -> list[tuple[int, Code, str]]:
    problems = Problems()
    walkthrough = gathered.walks[EXTRADITION].walkthroughs["requested-party"]
    raw = data if isinstance(data, bytes) else data.encode()
    parse_answers(raw, "a.json", walkthrough, gathered.limits[EXTRADITION], problems)
    assert all(problem.hint for problem in problems)
    return [(problem.line, problem.code, problem.message) for problem in problems]


@pytest.mark.parametrize(("data", "line", "message"), [
    ('{"answers": {\n"terrritory": "there"}}', 2, "there is no question 'terrritory'"),
    ('{\n\n"territory": "perhaps"}', 3, "'territory' has no answer 'perhaps'"),
    ('{"territory": null}', 1, "'territory' has no answer None"),
    ('{"territory": {"a": 1}}', 1, "'territory' has no answer [['a', 1]]"),
    ('{"territory": "there",\n"territory": "elsewhere"}', 1, "'territory' is answered twice: 'there' and 'elsewhere'"),
    ('{"territory": "there"', 1, "not JSON: Expecting ',' delimiter"),
    ("", 1, "not JSON: Expecting value"),
    ("[1, 2]", 1, "the file: expected an object; found [1, 2]"),
    ('{"answers": []}', 1, "answers: expected an object; found []"),
    ('{"answers": {}, "dates": {"decision": "31.02.2027"}}', 1,
     "'decision' is on no day that there is: '31.02.2027' (no-such-day, day 31, month 2, year 2027, days 28)"),
    ('{"answers": {}, "dates": {"decision": "2021-13-01"}}', 1,
     "'decision' is on no day that there is: '2021-13-01' (no-such-month, month 13)"),
    ('{"answers": {}, "dates": {"decision": "1 March 20217"}}', 1,
     "'decision' is on no day that there is: '1 March 20217' (year, year 20217, first 1900, last 2199)"),
    ('{"answers": {}, "dates": {"decision": 5}}', 1, "'decision' is on no day that there is: 5 (unreadable)"),
    ('{"answers": {}, "dates": {"party": "2027-03-01"}}', 1, "there is no event 'party'"),
    ('{"answers": {}, "dates": {"decision": "2027-03-01", "decision": "2027-03-02"}}', 1,
     "'decision' has two dates: 2027-03-01 and 2027-03-02"),
    ("[" * 100_000, 0, "not JSON: nested too deep"),
])
def test_bad_answers_are_explained(gathered: Gathered, data: str, line: int, message: str) -> None:
    assert faults_of(gathered, data) == [(line, Code.ANSWERS_WRONG, message)]


def test_bytes_that_are_no_text(gathered: Gathered) -> None:
    assert faults_of(gathered, b'{"territory":\n "\xff"}') == [(2, Code.NOT_UTF8, "byte 16 is not UTF-8")]
    assert faults_of(gathered, b" " * 1_000_001)[0][2] == "1000001 bytes are too many"


def test_all_faults_in_one_run_with_their_lines() -> None:
    result = run(NAME, "--answers", "-", given='{"answers": {\n"nowhere": "x",\n"offence": 3},\n"dates": {"decision": "never"}}')
    assert result.exit_code == 1
    assert "standard input:2: answers-wrong: there is no question 'nowhere'" in result.stderr
    assert "standard input:3: answers-wrong: 'offence' has no answer 3" in result.stderr
    assert "hint: its answers: both, one, unknown" in result.stderr
    assert "standard input:4: answers-wrong: 'decision'" in result.stderr
    assert "3 faults found" in result.stderr


@pytest.mark.parametrize("name", ["kz-jo-extradition-2017", "kz-jo-extradition-2017/nothing", "nothing/requested-party", ""])
def test_no_such_walkthrough(name: str) -> None:
    result = run(name, "--questions", "--json")
    assert result.exit_code == 1
    assert "there is no such walkthrough" in result.stderr
    assert "hint: there are: " in result.stderr and NAME in result.stderr.partition("hint:")[2]
    assert result.stdout == ""


def test_no_such_file_and_no_such_language(tmp_path: Path) -> None:
    result = run(NAME, "--answers", str(tmp_path / "none.json"))
    assert result.exit_code == 1
    assert "file-missing: the file cannot be read: No such file or directory" in result.stderr
    result = run(NAME, "--lang", "xx")
    assert result.exit_code == 2
    assert "no words in 'xx'; there are: en, kk" in result.stderr


def test_a_file_with_a_byte_order_mark(gathered: Gathered) -> None:
    assert faults_of(gathered, b'\xef\xbb\xbf{"territory": "there"}') == []
