"""The check of links finds what leads nowhere, and what comes from outside."""

from pathlib import Path

import pytest

from build_scripts.links import check_links
from build_scripts.problems import Code, Problems


def check(tmp_path: Path, body: str) -> list[str]:
    (tmp_path / "kk").mkdir()
    (tmp_path / "kk" / "a.html").write_text('<p id="art_1">x</p>', encoding="utf-8")
    (tmp_path / "index.html").write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    problems = Problems()
    check_links(tmp_path, problems, frozenset({"later.zip"}))
    assert {problem.code for problem in problems} <= {Code.PAGE_BROKEN}
    return [problem.message for problem in problems]


@pytest.mark.parametrize("body", [
    '<a href="kk/a.html#art_1">', '<a href="https://example.org/">', '<a href="later.zip">', '<a href="#top"><b id="top">',
    '<img src="data:image/png;base64,AA==">',
])
def test_good(tmp_path: Path, body: str) -> None:
    assert check(tmp_path, body) == []


@pytest.mark.parametrize(("body", "words"), [
    ('<a href="kk/b.html">', "leads to no file"),
    ('<a href="kk/a.html#art_2">', "without the place 'art_2'"),
    ('<a href="#nowhere">', "without the place"),
    ('<a href="../outside.html">', "leads to no file"),
    ('<a href="/kk/a.html">', "root of a server"),
    ('<script src="https://example.org/x.js"></script>', "loaded from outside"),
    ('<link rel="stylesheet" href="//example.org/x.css">', "loaded from outside"),
    ('<img src="x.png">', "leads to no file"),
])
def test_bad(tmp_path: Path, body: str, words: str) -> None:
    (message,) = check(tmp_path, body)
    assert words in message
