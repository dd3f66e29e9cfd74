"""The whole run: what it ends with, that it repeats, and that it does nothing twice."""

import hashlib
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from build_scripts.build import SIZE_LATER, SUM_LATER, Places, build
from build_scripts.problems import ProblemsFound

from .conftest import CRIME, EXTRADITION, ROOT

ARCHIVE = "kelisim-offline.zip"
INPUTS = ("treaties", "docs", "build_scripts")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """A copy of the project somewhere else, built."""
    root = tmp_path_factory.mktemp("elsewhere") / "project"
    for name in INPUTS:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "requirements.txt"):
        shutil.copyfile(ROOT / name, root / name)
    places = Places.of(root)
    assert build(places)
    return places


def test_every_article_has_a_page_in_both_trees(built_site: Path) -> None:
    for lang in ("kk", "en"):
        for slug, articles in ((EXTRADITION, 22), (CRIME, 14)):
            pages = {path.name for path in (built_site / lang / slug).glob("art_*.html")}
            assert pages == {f"art_{number}.html" for number in range(1, articles + 1)}


def test_archive_is_the_same_byte_for_byte(built_site: Path, copy: Places) -> None:
    """Built in two places, at two times, from the same input."""
    assert copy.archive.read_bytes() == (built_site.parent / ARCHIVE).read_bytes()


def test_second_run_without_changes_does_nothing(copy: Places) -> None:
    before = copy.archive.stat().st_mtime_ns
    assert not build(copy)
    assert copy.archive.stat().st_mtime_ns == before


def test_faults_leave_the_old_site(copy: Places) -> None:
    before = {path: path.read_bytes() for path in copy.site.rglob("*") if path.is_file()}
    archive = copy.archive.read_bytes()
    text = copy.root / "treaties" / CRIME / "en.txt"
    good = text.read_bytes()
    text.write_bytes(good.replace(b"### Article 5", b"### Article 50").replace(b"### Article 9", b"### Article 90"))
    with pytest.raises(ProblemsFound) as found:
        build(copy)
    text.write_bytes(good)
    assert len(found.value.problems) >= 2
    assert {path: path.read_bytes() for path in copy.site.rglob("*") if path.is_file()} == before
    assert copy.archive.read_bytes() == archive


def test_first_page_has_the_size_and_the_checksum_of_the_archive(built_site: Path) -> None:
    data = (built_site / ARCHIVE).read_bytes()
    for lang in ("kk", "en"):
        page = (built_site / lang / "index.html").read_text(encoding="utf-8")
        assert hashlib.sha256(data).hexdigest() in page
        assert f"{len(data) / 1_000_000:.1f}" in page
    everywhere = "".join(path.read_text(encoding="utf-8") for path in built_site.rglob("*.html"))
    assert SIZE_LATER not in everywhere and SUM_LATER not in everywhere


def test_archive_does_not_offer_itself(built_site: Path) -> None:
    with zipfile.ZipFile(built_site / ARCHIVE) as bundle:
        page = bundle.read("kelisim/kk/index.html").decode()
        assert ARCHIVE not in page
        assert "kelisim/index.html" in bundle.namelist()
        assert f"kelisim/{ARCHIVE}" not in bundle.namelist()


# the names of namespaces, which a .docx has to state; they are written into the file and nothing is asked of them
NAMESPACES = {"walkthrough-docx.js": (b"http://schemas.openxmlformats.org", b"http://purl.org")}
ADDRESS = re.compile(rb"""(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}""", re.I)


def test_no_outside_address_in_anything_loaded(built_site: Path) -> None:
    found = [
        (path.relative_to(built_site).as_posix(), match.group())
        for path in sorted(built_site.rglob("*"))
        if path.suffix in (".html", ".css", ".js", ".svg")
        for match in ADDRESS.finditer(path.read_bytes())
        if not match.group().startswith((b"//www.w3.org", b"http://www.w3.org", b"https://www.w3.org"))
        and match.group() not in NAMESPACES.get(path.name, ())
    ]
    assert found == []


def test_html_in_a_text_is_shown_as_text(copy: Places) -> None:
    text = copy.root / "treaties" / CRIME / "en.txt"
    good = text.read_bytes()
    text.write_bytes(good.replace(b"### Article 8\n\n", b"### Article 8\n\n<b>x</b> & <script>alert(1)</script> #5 |a| *b* ", 1))
    try:
        assert build(copy)
        page = (copy.site / "en" / CRIME / "art_8.html").read_text(encoding="utf-8")
    finally:
        text.write_bytes(good)
    assert "&lt;b&gt;x&lt;/b&gt; &amp; &lt;script&gt;alert(1)&lt;/script&gt; #5 |a| *b* " in page
    assert "<script>alert(1)" not in page
