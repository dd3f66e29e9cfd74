"""The folder of a treaty: made whole, never overwritten, added to without touching what an editor wrote."""

import hashlib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from build_scripts.cli import main
from build_scripts.describe import TreatyData, read_yaml
from build_scripts.intake import folder as folder_module
from build_scripts.intake.yaml_text import NotAList, add_items
from build_scripts.problems import Code, Problems
from build_scripts.questions import open_questions

from . import sample

SLUG = "kz-fj-weather-2021"


def run(project: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["--project", str(project), "add", *map(str, arguments)])


def put(project: Path, name: str, data: bytes) -> Path:
    path = project / name
    path.write_bytes(data)
    return path


def add(project: Path, name: str, data: bytes, lang: str, slug: str = SLUG) -> Path:
    result = run(project, put(project, name, data), "--slug", slug, "--lang", lang)
    assert result.exit_code == 0, result.output
    return project / "treaties" / slug


def answers(**given: object) -> dict[str, object]:
    return {
        "kind": "other", "short_title.kk": "Ауа райы туралы келісім", "short_title.en": "Agreement on weather",
        "parties.1.name.kk": "Қазақстан Республикасының Үкіметі", "parties.2.name.kk": "Фиджи Республикасының Үкіметі",
        "parties.1.name.en": "Government of the Republic of Kazakhstan",
        "parties.2.name.en": "Government of the Republic of Fiji",
        "expressions.1.authority": "authentic", "expressions.2.authority": "authentic", **given,
    }


def answer_all(folder: Path) -> None:
    """Answer the questions as an editor does: each in its place."""
    path = folder / "treaty.yml"
    text = path.read_text(encoding="utf-8")
    for each in reversed(open_questions(text)):
        text = text[: each.start] + f'"{answers()[each.field]}"' + text[each.end :]
    path.write_text(text, encoding="utf-8")


def test_a_new_treaty(project: Path) -> None:
    data = sample.as_text("en").encode()
    folder = add(project, "a.txt", data, "en")
    assert sorted(path.name for path in folder.rglob("*")) == ["en.txt", "treaty.yml"]  # the text is the file itself
    assert (folder / "en.txt").read_bytes() == data
    known = yaml.safe_load((folder / "treaty.yml").read_text(encoding="utf-8"))
    (expression,) = known["expressions"]
    assert expression["sha256"] == hashlib.sha256(data).hexdigest() == expression["received"][0]["sha256"]
    assert known["parties"][1]["code"] == "fj" and known["parties"][1]["short"] == {"en": "Fiji", "kk": "Фиджи"}
    assert known["signed"]["place"] == {"en": "Astana", "kk": "Астана"}
    assert known["frbr_author"] == "kz-fj" and known["entry_into_force"] == {"rule": "art_4__para_1"}
    assert {each.field for each in open_questions((folder / "treaty.yml").read_text(encoding="utf-8"))} == {
        "kind", "short_title.kk", "parties.1.name.kk", "parties.2.name.kk", "expressions.1.authority",
    }


@pytest.mark.parametrize(("name", "kept"), [
    ("a.docx", "received/en.docx"), ("a.html", "received/en.html"), ("a.txt", "received/en.txt"),
])
def test_the_original_is_kept_where_the_text_is_not_the_file_itself(project: Path, name: str, kept: str) -> None:
    data = {
        "a.docx": sample.as_docx("en"), "a.html": sample.as_html("en").encode(), "a.txt": sample.as_text("en").encode("utf-16"),
    }[name]
    folder = add(project, name, data, "en")
    assert (folder / kept).read_bytes() == data
    (received,) = yaml.safe_load((folder / "treaty.yml").read_text(encoding="utf-8"))["expressions"][0]["received"]
    assert (received["file"], received["sha256"]) == (kept, hashlib.sha256(data).hexdigest())
    assert (folder / "en.txt").read_bytes().decode("utf-8")


def test_the_made_files_are_read_by_the_build_once_the_questions_are_answered(project: Path) -> None:
    folder = add(project, "a.txt", sample.as_text("en").encode(), "en")
    answer_all(folder)
    problems = Problems()
    data = read_yaml(folder / "treaty.yml", "treaty.yml", TreatyData, problems)
    assert data is not None and not list(problems)


def test_another_language_joins_and_answers_what_was_open(project: Path) -> None:
    folder = add(project, "kk.docx", sample.as_docx("kk"), "kk")
    before = (folder / "treaty.yml").read_text(encoding="utf-8")
    (folder / "treaty.yml").write_text("# the editor's own remark\n" + before, encoding="utf-8")
    add(project, "en.txt", sample.as_text("en").encode(), "en")
    after = (folder / "treaty.yml").read_text(encoding="utf-8")
    known = yaml.safe_load(after)
    assert after.startswith("# the editor's own remark\n")
    assert [each["lang"] for each in known["expressions"]] == ["kk", "en"]
    assert known["parties"][0]["name"]["en"] == "Government of the Republic of Kazakhstan"
    assert {each.field for each in open_questions(after)} == {"kind", "expressions.1.authority", "expressions.2.authority"}
    assert (folder / "received" / "kk.docx").is_file()


def test_a_text_that_is_there_is_never_overwritten(project: Path) -> None:
    folder = add(project, "a.txt", sample.as_text("en").encode(), "en")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    other = put(project, "b.txt", sample.as_text("en").replace("weather", "tides").encode())
    result = run(project, other, "--slug", SLUG, "--lang", "en")
    assert result.exit_code == 1 and f"{Code.ALREADY_THERE.value}: " in result.output
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    (folder / "kk.txt").write_text("the editor's own", encoding="utf-8")  # not yet in treaty.yml
    result = run(project, put(project, "kk", sample.as_text("kk").encode()), "--slug", SLUG, "--lang", "kk")
    assert result.exit_code == 1 and (folder / "kk.txt").read_text(encoding="utf-8") == "the editor's own"


def test_a_dry_run_writes_nothing(project: Path) -> None:
    file = put(project, "a.docx", sample.as_docx("en"))
    before = sorted(project.rglob("*"))
    result = run(project, file, "--slug", SLUG, "--lang", "en", "--dry-run")
    assert result.exit_code == 0 and "Articles found: 4" in result.output and "Nothing was written" in result.output
    assert sorted(project.rglob("*")) == before
    assert run(project, file, "--lang", "en", "--dry-run").exit_code == 0  # without a name too


def test_a_run_that_is_broken_off_leaves_the_folder_as_it_was(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = add(project, "a.txt", sample.as_text("en").encode(), "en")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def broken(made: Path, target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(folder_module, "_move", broken)
    run(project, put(project, "kk.txt", sample.as_text("kk").encode()), "--slug", SLUG, "--lang", "kk")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert list((project / "build").iterdir()) == []


def test_a_treaty_yml_that_cannot_be_read_is_not_added_to(project: Path) -> None:
    folder = add(project, "a.txt", sample.as_text("en").encode(), "en")
    (folder / "treaty.yml").write_text("slug: [", encoding="utf-8")
    result = run(project, put(project, "kk.txt", sample.as_text("kk").encode()), "--slug", SLUG, "--lang", "kk")
    assert result.exit_code == 1 and "yaml-broken" in result.output
    assert not (folder / "kk.txt").exists() and (folder / "treaty.yml").read_text(encoding="utf-8") == "slug: ["


ITEM = ['- a: 1\n  b: "x"']


@pytest.mark.parametrize(("text", "key", "new"), [
    ("", "edits", 'edits:\n  - a: 1\n    b: "x"\n'),
    ("edits:\n  - c: 2\n", "edits", 'edits:\n  - c: 2\n  - a: 1\n    b: "x"\n'),
    ("edits:\n- c: 2 # why\n\n# more\nclosing_words: []\n",
    "edits", 'edits:\n- c: 2 # why\n- a: 1\n  b: "x"\n\n# more\nclosing_words: []\n'),
    ("edits: []\nz: 1\n", "edits", 'edits:\n  - a: 1\n    b: "x"\nz: 1\n'),
    ("edits:\nz: 1\n", "edits", 'edits:\n  - a: 1\n    b: "x"\nz: 1\n'),
    ("edits:\n  - c: |\n      two\n      lines\nz: 1",
    "edits", 'edits:\n  - c: |\n      two\n      lines\n  - a: 1\n    b: "x"\nz: 1'),
    ("z: 1", "edits", 'z: 1\nedits:\n  - a: 1\n    b: "x"\n'),
    ("- c: 2\r\n", None, '- c: 2\r\n- a: 1\r\n  b: "x"\r\n'),
    ("# nothing yet\n", None, '# nothing yet\n- a: 1\n  b: "x"\n'),
])
def test_items_are_added_and_the_rest_stays(text: str, key: str | None, new: str) -> None:
    assert add_items(text, key, ITEM) == new


@pytest.mark.parametrize("text", ["edits: {a: 1}\n", "edits: [{c: 2}]\n", "edits: x\n"])
def test_a_list_of_another_form_is_not_added_to(text: str) -> None:
    with pytest.raises(NotAList):
        add_items(text, "edits", ITEM)
