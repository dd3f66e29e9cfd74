"""Bad input: every fault is reported with code, file, line and hint, all in one run, and nothing is written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_scripts.cli import main
from build_scripts.gather import gather
from build_scripts.problems import Code, Problem, Problems

from .conftest import CRIME, EXTRADITION

Damage = Callable[[Path], None]


def replace(file: str, old: str, new: str, count: int = 1) -> Damage:
    def damage(project: Path) -> None:
        path = project / "treaties" / file
        text = path.read_bytes()
        assert old.encode() in text, old
        path.write_bytes(text.replace(old.encode(), new.encode(), count))

    return damage


def faults(project: Path) -> list[Problem]:
    problems = Problems()
    gather(project, problems)
    return sorted(set(problems))


def line_of(project: Path, file: str, words: str) -> int:
    lines = (project / "treaties" / file).read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if words in line)


@pytest.mark.parametrize(("file", "old", "new", "code"), [
    (f"{CRIME}/treaty.yml", "status: in-force", "status: inforce", Code.FIELD_WRONG),
    (f"{CRIME}/treaty.yml", "status: in-force", "statuss: in-force", Code.FIELD_WRONG),
    (f"{CRIME}/treaty.yml", "date: 2017-11-01", "date: 2017-13-01", Code.FIELD_WRONG),
    (f"{CRIME}/treaty.yml", "authentic_languages: [kk", "authentic_languages: [kk, [", Code.YAML_BROKEN),
    (f"{CRIME}/treaty.yml", "status: in-force", "status: in-force\nstatus: in-force", Code.YAML_BROKEN),
    (f"{CRIME}/kk.txt", "алмасу;", "алмасу!", Code.CHECKSUM_WRONG),
    (f"{CRIME}/en.txt", "2. The Parties shall", "1. The Parties shall", Code.NUMBER_DUPLICATE),
    (f"{CRIME}/en.txt", "### Article 5", "### Article 6", Code.ARTICLE_MISSING),
    (f"{CRIME}/en.txt", "### Article 5", "### Article 4", Code.NUMBER_DUPLICATE),
    (f"{EXTRADITION}/en.txt", "specified in Article 7,", "specified in Article 99,", Code.REFERENCE_UNRESOLVED),
    (f"{EXTRADITION}/en.txt", "specified in Article 7,", "specified in Article 8,", Code.LANGUAGES_DIFFER),
    (f"{CRIME}/edits.yml", "бекітілсін.келісім", "бекітілсін келісім", Code.EDIT_NOT_FOUND),
    (f"{CRIME}/edits.yml", "line: 13", "line: 12", Code.EDIT_NOT_FOUND),
    (f"{EXTRADITION}/edits.yml", "- lang: kk\n    line: 21\n", "- lang: en\n    line: 21\n", Code.HEADING_GLUED),
    (f"{CRIME}/edits.yml", "closes: art_5", "closes: art_9", Code.CLOSING_NOT_FOUND),
    (f"{CRIME}/notes.yml", "eid: art_2__point_3", "eid: art_2__point_9", Code.NOTE_NOT_FOUND),
    ("terms.yml", "eid: art_12__para_1", "eid: art_99__para_1", Code.FIELD_WRONG),
])
def test_damage_is_reported(project: Path, file: str, old: str, new: str, code: Code) -> None:
    replace(file, old, new)(project)
    found = faults(project)
    assert code in {problem.code for problem in found}
    for problem in found:
        assert problem.file.startswith("treaties/") and problem.message and problem.hint


def test_lines_of_faults_in_yaml(project: Path) -> None:
    file = f"{CRIME}/treaty.yml"
    replace(file, "status: in-force", "status: inforce")(project)
    (fault,) = faults(project)
    assert fault.line == line_of(project, file, "inforce")


def test_not_utf8_and_control_character(project: Path) -> None:
    path = project / "treaties" / CRIME / "en.txt"
    text = path.read_bytes()
    path.write_bytes(text.replace(b"### Article 3", b"### Article \xff3"))
    (fault,) = [problem for problem in faults(project) if problem.code is Code.NOT_UTF8]
    assert fault.line == text[: text.index(b"### Article 3")].count(b"\n") + 1
    path.write_bytes(text.replace(b"### Article 3", b"### Article \x003"))
    (fault,) = [problem for problem in faults(project) if problem.code is Code.CONTROL_CHARACTER]
    assert fault.line == text[: text.index(b"### Article 3")].count(b"\n") + 1


def test_missing_text(project: Path) -> None:
    (project / "treaties" / CRIME / "en.txt").unlink()
    assert [(problem.code, problem.file) for problem in faults(project)] == [
        (Code.FILE_MISSING, f"treaties/{CRIME}/en.txt"),
    ]


def test_all_faults_of_all_files_in_one_run(project: Path) -> None:
    replace(f"{CRIME}/en.txt", "### Article 5", "### Article 4")(project)
    replace(f"{CRIME}/edits.yml", "line: 13", "line: 12")(project)
    replace(f"{EXTRADITION}/en.txt", "specified in Article 7,", "specified in Article 99,")(project)
    (project / "treaties" / EXTRADITION / "notes.yml").write_text("- id: [", encoding="utf-8")
    codes = {problem.code for problem in faults(project)}
    assert {
        Code.NUMBER_DUPLICATE, Code.EDIT_NOT_FOUND, Code.REFERENCE_UNRESOLVED, Code.YAML_BROKEN,
    } <= codes


def test_command_ends_with_an_error_and_changes_nothing(project: Path) -> None:
    site = project / "site"
    site.mkdir()
    (site / "index.html").write_text("the old site", encoding="utf-8")
    xml = project / "treaties" / CRIME / "en.xml"
    before = xml.read_bytes()
    replace(f"{CRIME}/en.txt", "### Article 5", "### Article 55")(project)
    result = CliRunner().invoke(main, ["--project", str(project), "site"])
    assert result.exit_code == 1
    assert "article-missing" in result.output and "hint:" in result.output
    assert (site / "index.html").read_text(encoding="utf-8") == "the old site"
    assert xml.read_bytes() == before
    assert not (project / "kelisim-offline.zip").exists()


def test_stale_xml_is_a_fault_of_check(project: Path) -> None:
    path = project / "treaties" / CRIME / "kk.xml"
    path.write_bytes(path.read_bytes().replace("ынтымақтасады".encode(), "ынтымақтаспайды".encode(), 1))
    result = CliRunner().invoke(main, ["--project", str(project), "check"])
    assert result.exit_code == 1
    assert f"treaties/{CRIME}/kk.xml: xml-stale" in result.output


def test_check_of_good_input_passes(project: Path) -> None:
    result = CliRunner().invoke(main, ["--project", str(project), "check"])
    assert result.exit_code == 0, result.output
    assert "2 treaties, 4 texts: no faults" in result.output


def test_no_treaty_at_all(tmp_path: Path) -> None:
    (tmp_path / "treaties").mkdir()
    assert {problem.code for problem in faults(tmp_path)} == {Code.FILE_MISSING}
