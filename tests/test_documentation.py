"""What the documentation says is true: commands, codes, files, fields."""

import re
import subprocess
import sys

import pytest

from build_scripts.answer import findings, limits_named
from build_scripts.cli import main
from build_scripts.decide import (
    Answer,
    Effect,
    Finding,
    Follow,
    NotDecisive,
    Outcome,
    Question,
    Reading,
    See,
    Side,
    Unknown,
    Walkthrough,
    citations,
)
from build_scripts.describe import EditsData, NoteData, TreatyData
from build_scripts.gather import Gathered
from build_scripts.pages.flow import flow_of
from build_scripts.pages.words import load_all_words
from build_scripts.problems import Code, Problems
from build_scripts.walk import read_all

from .conftest import EXTRADITION, ROOT

EDITOR = (ROOT / "treaties" / "README.md").read_text(encoding="utf-8")
WRITER = (ROOT / "treaties" / "WALKTHROUGHS.md").read_text(encoding="utf-8")
FOLDER = f"treaties/{EXTRADITION}/walkthroughs"
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
    named = set(re.findall(r"`?make ([a-z-]+)", README + CONTRIBUTING + EDITOR + WRITER))
    assert named <= targets


def test_every_command_that_is_named_exists() -> None:
    named = set(re.findall(r"python -m build_scripts ([a-z]+)", README + CONTRIBUTING + EDITOR + WRITER + MAKEFILE))
    assert named <= set(main.commands)


def test_files_that_are_named_exist() -> None:
    for text, folder in ((README, ROOT), (CONTRIBUTING, ROOT), (EDITOR, ROOT / "treaties"), (WRITER, ROOT / "treaties")):
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


# ---- walkthroughs

MODELS = [Walkthrough, Question, Answer, Unknown, Finding, Reading, Follow, Outcome, See, NotDecisive]


@pytest.mark.parametrize("model", MODELS)
def test_every_field_of_a_walkthrough_is_in_the_table(model: type) -> None:
    table = WRITER[WRITER.index("## The fields") : WRITER.index("## What a finding can be")]
    assert {name for name in model.model_fields if f"`{name}`" not in table} == set()
    assert {side.value for side in Side if f"`{side.value}`" not in table} == set()


def test_every_effect_is_explained() -> None:
    table = WRITER[WRITER.index("## What a finding can be") : WRITER.index("## What proves it")]
    assert {effect.value for effect in Effect if f"`{effect.value}`" not in table} == set()


@pytest.fixture(scope="module")
def example(gathered: Gathered, tmp_path_factory: pytest.TempPathFactory) -> Walkthrough:
    """The example in the documentation, read and proved like any other."""
    root = tmp_path_factory.mktemp("example")
    folder = root / "treaties" / EXTRADITION / "walkthroughs"
    folder.mkdir(parents=True)
    (folder / "transit.yml").write_text(WRITER.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    for linked in (ROOT / FOLDER).glob("*.yml"):  # by the example, or by one that is
        if linked.name != "transit.yml":
            (folder / linked.name).write_bytes(linked.read_bytes())
    problems = Problems()
    walks = read_all(root, (gathered.library.treaty(EXTRADITION),), gathered.limits, problems)
    assert [str(one) for one in problems if one.code is not Code.PROVISION_UNUSED] == []
    return walks[EXTRADITION].walkthroughs["transit"]


def test_the_example_uses_all_of_article_17(example: Walkthrough) -> None:
    assert {eid for _, eid in citations(example)} == {f"art_17__para_{number}" for number in range(1, 7)}


def test_the_example_comes_to_what_is_said(example: Walkthrough) -> None:
    rows = re.findall(r"^\| (`landing.+?) \| `(.+?)` \| (.+?) \|$", WRITER, re.M)
    assert {outcome for _, outcome, _ in rows} == set(example.outcomes)
    for answers, outcome, found in rows:
        memo = findings(example, dict(answer.split(": ") for answer in re.findall(r"`(.+?)`", answers)))
        assert memo.pending is None
        assert memo.outcome == outcome
        assert [one.effect.value for one in memo.found] == re.findall(r"`(.+?)`", found)


def test_the_example_is_drawn_and_told(example: Walkthrough) -> None:
    words = load_all_words(ROOT / "docs" / "interface")
    for lang in ("kk", "en"):
        assert len(flow_of(example, words[lang]).steps) == len(example.questions)
    assert limits_named(example, findings(example, {"landing": "lands", "request": "none", "custody": "yes"})) == ("transit",)
