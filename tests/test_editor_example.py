"""The example of treaties/README.md is true: its file, its commands, its questions and their answers."""

import re
import shlex
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from build_scripts.cli import main
from build_scripts.questions import open_questions

from .conftest import ROOT

PAGE = (ROOT / "treaties" / "README.md").read_text(encoding="utf-8")
SECTION = PAGE[PAGE.index("## Taking a text in") : PAGE.index("## The folder")]
NAME = "weather.txt"


def example() -> str:
    found = re.search(r"```\n(.+?)```", SECTION, re.DOTALL)
    assert found and f"`{NAME}`" in SECTION[: found.start()]
    return found[1]


def commands() -> list[list[str]]:
    return [shlex.split(command) for command in re.findall(r"`python -m build_scripts ([^`]+)`", SECTION)]


def answers() -> dict[str, str]:
    return dict(re.findall(r"^ *\| `([^`]+)` \| `([^`]+)` \|$", SECTION, re.MULTILINE))


def test_the_example_is_taken_in_answered_and_checked(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    Path(NAME).write_text(example(), encoding="utf-8")
    add, draw, check, site = commands()
    assert (add[0], draw, check, site) == ("add", ["draw"], ["check"], ["site"])  # `site` is run by tests/intake

    dry = CliRunner().invoke(main, ["--project", str(project), *add, "--dry-run"])
    slug = add[add.index("--slug") + 1]
    folder = project / "treaties" / slug
    assert dry.exit_code == 0 and not folder.exists()
    assert "Articles found: 2" in dry.output

    made = CliRunner().invoke(main, ["--project", str(project), *add])
    assert made.exit_code == 0, made.output
    text = (folder / "treaty.yml").read_text(encoding="utf-8")
    questions = open_questions(text)
    assert {each.field: each.line for each in questions}.keys() == answers().keys()
    known = yaml.safe_load(text)  # what the page says stands there already
    assert known["signed"] == {"date": yaml.safe_load("2021-03-05"), "place": {"en": "Astana", "kk": "Астана"}}
    assert known["parties"][1]["name"]["en"] == "Republic of Fiji" and known["authentic_languages"] == ["kk", "en"]
    assert known["entry_into_force"] == {"rule": "art_2"} and known["expressions"][0]["title"].startswith("AGREEMENT between")

    unanswered = CliRunner().invoke(main, ["--project", str(project), *check])
    assert unanswered.exit_code == 1
    for each in questions:
        assert f"{slug}/treaty.yml:{each.line}: question-open: {each.field} " in unanswered.output

    for each in reversed(questions):
        text = text[: each.start] + answers()[each.field] + text[each.end :]
    (folder / "treaty.yml").write_text(text, encoding="utf-8")
    for command in (draw, check):
        done = CliRunner().invoke(main, ["--project", str(project), *command])
        assert done.exit_code == 0, done.output
    assert "3 treaties, 5 texts: no faults" in done.output
    assert (folder / "en.txt").read_text(encoding="utf-8") == example()


def test_the_section_is_short() -> None:
    assert len(SECTION.splitlines()) <= 60
