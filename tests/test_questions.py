"""Open questions in treaty.yml are named with line and hint, and nothing is published before they are answered."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from build_scripts.cli import main
from build_scripts.describe import TreatyData
from build_scripts.problems import Code
from build_scripts.questions import hint_of, open_questions, question

from .conftest import CRIME
from .test_faults import faults, replace

TEXT = 'a: "?"\nb:\n  - c: "? proposed"\n    d: [x, "?"]\ne: what?\nf: "?x"\ng: {h: \'? y\'}\n'


def test_questions_are_found_with_their_places() -> None:
    found = open_questions(TEXT)
    assert [(each.path, each.line, each.proposal) for each in found] == [
        (("a",), 1, ""), (("b", 0, "c"), 3, "proposed"), (("b", 0, "d", 1), 4, ""), (("g", "h"), 7, "y"),
    ]
    assert [TEXT[each.start : each.end] for each in found] == ['"?"', '"? proposed"', '"?"', "'? y'"]
    assert found[1].field == "b.1.c"


def test_what_is_no_yaml_has_no_questions() -> None:
    assert open_questions("a: [") == [] and open_questions("") == []


def test_a_value_that_asks() -> None:
    assert (question(), question("kz")) == ("?", "? kz")


@pytest.mark.parametrize(("old", "new", "field", "hint"), [
    ("status: in-force", 'status: "?"', "status", "fields"),
    ("  date: 2017-11-01", '  date: "?"', "signed.date", "day of signature"),
    ("  - code: jo", '  - code: "? jo"', "parties.2.code", "take away the question mark"),
    ("authentic_languages: [kk, ar, en, ru]", 'authentic_languages: "?"', "authentic_languages", "two letters each"),
    ("  place: {kk: Астана, en: Astana}", '  place: {kk: Астана, en: "?"}', "signed.place.en", "Astana"),
    ("  - lang: en\n    authority: working-translation", '  - lang: en\n    authority: "?"', "expressions.2.authority",
    "authentic"),
])
def test_each_question_is_one_fault_with_its_line(project: Path, old: str, new: str, field: str, hint: str) -> None:
    file = f"{CRIME}/treaty.yml"
    replace(file, old, new)(project)
    (fault,) = [fault for fault in faults(project) if fault.file == f"treaties/{file}"]
    text = (project / "treaties" / file).read_text(encoding="utf-8")
    assert fault.code is Code.QUESTION_OPEN
    assert fault.message.startswith(f"{field} is not answered") and hint in fault.hint
    assert "?" in text.split("\n")[fault.line - 1]


def test_other_faults_are_reported_beside_the_questions(project: Path) -> None:
    file = f"{CRIME}/treaty.yml"
    replace(file, "status: in-force", 'status: "?"')(project)
    replace(file, "kind: police-cooperation", "kind: police")(project)
    codes = [fault.code for fault in faults(project) if fault.file == f"treaties/{file}"]
    assert sorted(codes) == [Code.FIELD_WRONG, Code.QUESTION_OPEN]


@pytest.mark.parametrize("command", ["check", "draw", "site"])
def test_commands_end_with_the_questions_and_write_nothing(project: Path, command: str) -> None:
    replace(f"{CRIME}/treaty.yml", "status: in-force", 'status: "?"')(project)
    result = CliRunner().invoke(main, ["--project", str(project), command])
    assert result.exit_code == 1 and "question-open" in result.output and "Traceback" not in result.output
    assert not (project / "site").exists()


def test_every_field_that_is_asked_has_a_hint_of_its_own() -> None:
    for path in (("kind",), ("signed", "date"), ("parties", 0, "name", "kk"), ("expressions", 0, "authority"), ("frbr_author",)):
        assert "README" not in hint_of(path)
        assert path[0] in TreatyData.model_fields
