"""`index --to` and `search --from` on the command line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from build_scripts.cli import main
from tests.conftest import ROOT

from .cluster import PASSWORD, Cluster
from .conftest import Database, statement

PAGE = ROOT / "docs" / "postgresql.md"


def run(*arguments: str, project: Path | None = None) -> Result:
    where = ["--project", str(project)] if project else []
    return CliRunner().invoke(main, [*where, *arguments])


@pytest.fixture(scope="module")
def url(database: Database) -> str:
    """The address of an index that the command has made, on two servers."""
    address = database()
    done = run("index", "--to", address, "--shard", database(1))
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("409 provisions in kk, en: 127.0.0.1:")
    assert done.stderr == ""
    return address


@pytest.mark.parametrize("arguments", [
    ["provisional arrest", "--lang", "en", "--limit", "5"], ["12-бап"], ["extraditoin"], ["treaty:nonsense arrest"],
    ["тарап", "--treaty", "kz-jo-extradition-2017", "--limit", "300"], ["party", "--treaty", "no'such\\treaty", "--limit", "0"],
])
def test_the_answer_is_that_of_the_other_index(url: str, arguments: list[str]) -> None:
    done = [run("search", *arguments, *more) for more in (["--from", url], [])]
    assert [one.exit_code for one in done] == [0, 0], [one.exception for one in done]
    assert (done[0].stdout, done[0].stderr) == (done[1].stdout, done[1].stderr)


def test_json_is_that_of_the_other_index(url: str) -> None:
    done = [run("search", "extradition request", "--json", *more) for more in (["--from", url], [])]
    ours, theirs = (json.loads(one.stdout) for one in done)
    scores = [[hit.pop("score") for hit in answer["hits"]] for answer in (ours, theirs)]
    assert len(scores[0]) == 20 and scores[0] == pytest.approx(scores[1], abs=2e-9)
    assert ours == theirs


def test_queries_from_standard_input(url: str) -> None:
    queries = "death penalty\n' OR 1=1; --\nөлім\n\0\n\u202e\n" + "қылмыс " * 10_000 + "\n😀\n" + '"' * 5000
    done = CliRunner().invoke(main, ["search", "-", "--json", "--from", url], input=queries)
    assert done.exit_code == 0, done.output
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == 8
    assert answers[0]["hits"][0]["eid"] == "art_4__para_1__point_c"


def test_texts_that_have_changed_since_are_said(url: str, project: Path) -> None:
    data = project / "treaties" / "kz-jo-crime-cooperation-2017" / "treaty.yml"
    text = data.read_text("utf-8")
    begin = text.index("short_title:")
    data.write_text(text[:begin] + text[begin:].replace("en: ", "en: Another ", 1), "utf-8")
    done = run("search", "death penalty", "--from", url, project=project)
    assert done.exit_code == 0, done.output
    assert done.stderr.startswith("The index was made from other texts than this project has now")
    assert "art_4__para_1__point_c" in done.stdout
    assert "other texts" not in run("search", "death penalty", "--from", url).stderr


def test_a_treaty_that_only_the_index_has_is_shown_by_its_name(database: Database, url: str) -> None:
    token, = statement(url, "SELECT value FROM kelisim.state WHERE key = 'token'")[0]
    tables = f"kelisim_{token}.treaties", f"kelisim_{token}.provisions"
    statement(url, *(f"UPDATE {table} SET treaty = treaty || '-x'" for table in tables))
    done = run("search", "death penalty", "--from", url, "--limit", "1")
    statement(url, *(f"UPDATE {table} SET treaty = rtrim(treaty, '-x')" for table in tables))
    assert done.exit_code == 0, done.output
    assert "kz-jo-extradition-2017-x#art_4__para_1__point_c" in done.stdout


def test_faults_are_sentences_with_exit_code_1(clusters: tuple[Cluster, Cluster], database: Database, project: Path) -> None:
    wrong = clusters[0].url("postgres", password="geheim-geheim")
    with_shard = ["index", "--to", database(), "--shard", wrong]
    for arguments in (["search", "x", "--from", wrong], ["index", "--to", wrong], with_shard):
        done = run(*arguments)
        assert done.exit_code == 1
        assert "password authentication failed" in done.stderr
        assert "Traceback" not in done.output and "geheim" not in done.output
    done = run("search", "x", "--from", database())
    assert (done.exit_code, done.stdout) == (1, "")
    assert "there is no index here" in done.stderr
    assert run("index").exit_code == 2
    # with a fault in the texts nothing is written
    address = database()
    (project / "treaties" / "kz-jo-extradition-2017" / "treaty.yml").write_text("nonsense: [", "utf-8")
    done = run("index", "--to", address, project=project)
    assert done.exit_code == 1 and "nothing was changed" in done.stderr
    assert statement(address, "SELECT 1 FROM pg_namespace WHERE nspname LIKE 'kelisim%'") == []


def test_the_password_may_come_from_the_environment(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    address = re.sub(":[^:@]*@", "@", database())
    assert "%" not in address
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    done = run("index", "--to", address)
    assert done.exit_code == 0, done.output
    assert run("search", "death penalty", "--from", address).exit_code == 0


def test_the_driver_is_loaded_only_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import sys, build_scripts.cli; sys.exit('psycopg' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
    monkeypatch.setitem(sys.modules, "psycopg", None)
    done = run("search", "x", "--from", "postgresql://u@127.0.0.1:1/d")
    assert done.exit_code == 1
    assert "psycopg, the driver of PostgreSQL, cannot be loaded" in done.stderr and "pip install" in done.stderr


def test_the_commands_that_the_page_for_operators_shows_exist() -> None:
    text = PAGE.read_text("utf-8")
    assert set(re.findall(r"python -m build_scripts ([a-z]+)", text)) == {"index", "search"}
    options = {option for name in ("index", "search") for param in main.commands[name].params for option in param.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z]+", text)) <= options
