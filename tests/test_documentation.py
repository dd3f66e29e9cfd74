"""What the documentation says is true: commands, codes, files, fields."""

import re
import subprocess
import sys

import pytest

from build_scripts.cli import main
from build_scripts.decide import Answer, Effect, Finding, NotDecisive, Outcome, Question, Unknown, Walkthrough
from build_scripts.describe import EditsData, NoteData, TreatyData
from build_scripts.problems import Code

from .conftest import ROOT

EDITOR = (ROOT / "treaties" / "README.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_code_is_explained_to_the_editor() -> None:
    table = EDITOR[EDITOR.index("## What the build may say") :]
    explained = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", table))
    assert {code.value for code in Code} <= explained


def test_every_field_of_treaty_yml_is_in_the_table() -> None:
    table = EDITOR[EDITOR.index("## treaty.yml") : EDITOR.index("## edits.yml")]
    assert {name for name in TreatyData.model_fields if f"`{name}`" not in table} == set()


@pytest.mark.parametrize("model", [EditsData, NoteData])
def test_every_field_of_the_other_files_is_shown(model: type) -> None:
    assert {name for name in model.model_fields if f"{name}:" not in EDITOR} == set()


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.M))
    named = set(re.findall(r"`?make ([a-z-]+)", README + CONTRIBUTING + EDITOR))
    assert named <= targets


def test_every_command_that_is_named_exists() -> None:
    named = set(re.findall(r"python -m build_scripts ([a-z]+)", README + CONTRIBUTING + EDITOR + MAKEFILE))
    assert named <= set(main.commands)


def test_files_that_are_named_exist() -> None:
    for text, folder in ((README, ROOT), (CONTRIBUTING, ROOT), (EDITOR, ROOT / "treaties")):
        for link in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (folder / link).exists(), link


@pytest.mark.parametrize("command", re.findall(r"^python -m build_scripts (.+)$", README, re.M))
def test_commands_of_the_readme_run(command: str) -> None:
    words = re.findall(r'"([^"]*)"|(\S+)', command)
    arguments = [quoted or plain for quoted, plain in words]
    done = subprocess.run(
        [sys.executable, "-m", "build_scripts", *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("model", [Walkthrough, Question, Answer, Unknown, Finding, Outcome, NotDecisive])
def test_every_field_of_a_walkthrough_is_in_the_table(model: type) -> None:
    table = EDITOR[EDITOR.index("## walkthrough.yml") : EDITOR.index("## How provisions are named")]
    rare = {"after", "reckon"}  # told by the example that the editor copies
    assert {name for name in model.model_fields if f"`{name}`" not in table} <= rare
    assert {effect.value for effect in Effect if f"`{effect.value}`" not in table} == set()
