"""`make serve`: a fault of a walkthrough stands on its page, at the question it is about, until it is put right."""

from __future__ import annotations

import http.server
import shutil
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from lxml import html

from build_scripts.build import Places
from build_scripts.preview import Preview, handler_of
from build_scripts.problems import Code, Problem, ProblemsFound
from build_scripts.walk import faults_at_nodes

from .conftest import EXTRADITION, ROOT

FILE = f"treaties/{EXTRADITION}/walkthroughs/requested-party.yml"
PAGE = f"en/{EXTRADITION}/walkthrough-requested-party.html"


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A copy of all that the site is made of."""
    for name in ("treaties", "docs", "build_scripts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    return tmp_path


def replace(project: Path, old: str, new: str) -> None:
    path = project / FILE
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_fault_is_shown_at_its_question_and_goes_when_it_is_put_right(whole: Path) -> None:
    heard: list[list[Problem]] = []
    replace(whole, "    cites: [art_4__para_1__point_g]", "    cites: [art_44]")
    preview = Preview(Places.of(whole), lambda problems: heard.append(list(problems)))
    assert not (whole / "site").exists()  # what has faults is shown and not published
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler_of(preview)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_address[1]}/"

        def page(path: str = PAGE) -> html.HtmlElement:
            return html.fromstring(urllib.request.urlopen(base + path).read().decode("utf-8"))

        def faults(question: str = "") -> list[str]:
            inside = f"//*[@id='q-{question}']" if question else ""
            return [one.text_content() for one in page().xpath(f"{inside}//p[@class='k-fault']")]

        (said,) = faults("asylum")
        assert "citation-unknown" in said and "requested-party.yml:" in said and "art_44" in said and "an eId looks like" in said
        assert faults() == [said]
        assert any("citation-unknown" in str(problem) for problem in heard[0])
        overview = page(f"en/{EXTRADITION}/walkthroughs.html")
        assert overview.xpath("//h1")

        replace(whole, "    cites: [art_44]", "    cites: [art_4__para_1__point_g]")
        replace(whole, "        next: military\n", "        next: nowhere\n")
        (said,) = faults("interests")
        assert "answer-dead" in said and "leads to 'nowhere', which is no question" in said
        assert faults() == [said]

        replace(whole, "    why:\n", "    whyy:\n")
        broken = page()
        assert "whyy" in broken.xpath("//section[@id='q-territory']")[0].text_content()

        replace(whole, "    whyy:\n", "    why:\n")
        replace(whole, "        next: nowhere\n", "        next: military\n")
        assert faults() == []
        assert page(f"kk/{EXTRADITION}/art_4.html").xpath("//h1")
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(base + "en/nothing/walkthrough-nothing.html")
        server.shutdown()


def test_other_faults_stop_it(whole: Path) -> None:
    path = whole / "treaties" / EXTRADITION / "treaty.yml"
    path.write_text(path.read_text("utf-8").replace("status: not-stated", "status: unheard-of"), "utf-8")
    with pytest.raises(ProblemsFound):
        Preview(Places.of(whole), lambda problems: None)


def test_faults_stand_at_their_nodes() -> None:
    text = (ROOT / FILE).read_text("utf-8").splitlines()
    lines = {
        "": text.index("questions:") + 1,
        "asylum": text.index("  asylum:") + 3,
        "earlier": text.index("outcomes:") - 2,
    }
    outcome = text.index("  refuse:") + 1
    problems = [Problem(FILE, line, Code.ANSWER_DEAD, name or "none", "") for name, line in [*lines.items(), ("", outcome)]]
    problems.append(Problem(f"treaties/{EXTRADITION}/walkthroughs/not-decisive.yml", 3, Code.PROVISION_UNUSED, "declared", ""))
    problems.append(Problem(f"treaties/{EXTRADITION}/treaty.yml", 3, Code.FIELD_WRONG, "other", ""))
    found = faults_at_nodes(ROOT, problems)
    assert set(found) == {(EXTRADITION, "requested-party"), (EXTRADITION, "")}
    at = {question: [one.message for one in these] for question, these in found[EXTRADITION, "requested-party"].items()}
    assert at == {"": ["none", "none"], "asylum": ["asylum"], "earlier": ["earlier"]}
