"""What `add` says: everything with the line it stands on, for people and for programs."""

import json
from pathlib import Path

from click.testing import CliRunner

from build_scripts.cli import main

from . import sample

DAMAGED = sample.as_text("en").replace("Article 3. Costs", "Article 5. Costs").replace("2. Nothing is paid", "4. Nothing is paid")


def report(project: Path, *arguments: str) -> str:
    (project / "a.txt").write_text(DAMAGED, encoding="utf-8")
    command = ["--project", str(project), "add", str(project / "a.txt"), "--slug", "a-b", "--lang", "en", *arguments]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    return result.output


def line_of(words: str) -> int:
    return DAMAGED[: DAMAGED.index(words)].count("\n") + 1


def test_the_report_for_programs(project: Path) -> None:
    found = json.loads(report(project, "--dry-run", "--json"))
    assert [(article["number"], article["line"]) for article in found["articles"]] == [
        (number, line_of(f"Article {number}.")) for number in ("1", "2", "5", "4")
    ]
    places = {(doubt["code"], doubt["line"]) for doubt in found["doubts"] if doubt["stops"]}
    assert ("article-missing", line_of("Article 5.")) in places and ("number-missing", line_of("4. Nothing")) in places
    assert found["stated"]["signed on"] == {
        "value": "2021-03-05", "line": line_of("DONE at"), "words": "5 March 2021", "sure": True,
    }
    assert found["stated"]["party 2"]["value"] == "Government of the Republic of Fiji" and found["stated"]["kind"] is None
    assert found["files"][0]["lines"] == [1, len(DAMAGED.split("\n")) - 1]
    assert found["written"] == [] and found["faults"] == []
    assert {"field", "line", "proposal", "hint"} == set(found["questions"][0])


def test_the_report_for_people(project: Path) -> None:
    said = report(project)
    for words in (
        f"line {line_of('Article 5.')}: Article 5. Costs", "Articles found: 4", f"[line {line_of('DONE at')}]",
        "To settle before",
        f"line {line_of('4. Nothing')}: number-missing", "kind: not found", "treaties/a-b/treaty.yml", "questions are open",
    ):
        assert words in said, words
    assert "Traceback" not in said


def test_faults_as_json(project: Path) -> None:
    (project / "a.txt").write_bytes(b"")
    command = ["--project", str(project), "add", str(project / "a.txt"), "--lang", "en", "--dry-run", "--json"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    (fault,) = json.loads(result.stdout)["faults"]
    assert (fault["code"], fault["file"]) == ("file-empty", str(project / "a.txt"))


def test_another_language_is_suggested_where_no_article_is_found(project: Path) -> None:
    (project / "a.txt").write_text(sample.as_text("kk"), encoding="utf-8")
    command = ["--project", str(project), "add", str(project / "a.txt"), "--lang", "en", "--dry-run"]
    result = CliRunner().invoke(main, command)
    assert "is --lang kk meant?" in result.output


def test_many_doubts_are_counted_and_not_all_listed(project: Path) -> None:
    text = "TREATY\n\n" + "\n\n".join(f"Article {2 * number}\n\nWords." for number in range(1, 101))
    (project / "b.txt").write_text(text, encoding="utf-8")
    command = ["--project", str(project), "add", str(project / "b.txt"), "--lang", "en", "--dry-run"]
    shown = CliRunner().invoke(main, command).output
    assert shown.count("article-missing: ") == 40
    assert "  … and 60 more (--json lists all): article-missing 100" in shown
    assert len(json.loads(CliRunner().invoke(main, [*command, "--json"]).output)["doubts"]) == 100


def test_a_control_character_is_shown_and_not_printed(project: Path) -> None:
    (project / "c.txt").write_text("Article 1. Pur\x07pose\n\nWords.\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["--project", str(project), "add", str(project / "c.txt"), "--lang", "en", "--dry-run"])
    assert "Article 1. Pur␇pose" in result.output and "\x07" not in result.output
