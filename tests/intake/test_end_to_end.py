"""From a file to a page: taken in, its questions answered, drawn, built, found. One treaty a format, one build for all."""

import shutil
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from build_scripts.cli import main
from build_scripts.questions import open_questions
from tests.conftest import ROOT

from . import sample
from .test_folder import answers
from .test_word import with_footnote

ANSWERS = {
    "short_title.ru": "Соглашение о погоде", "parties.1.name.ru": "Правительство Республики Казахстан",
    "parties.2.name.ru": "Правительство Республики Фиджи",
}
SLUGS = {name: f"kz-fj-weather-{name}-2021" for name in ("txt", "md", "html", "pdf", "docx", "xml")}


def run(root: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["--project", str(root), *map(str, arguments)])


def add(root: Path, name: str, data: bytes, lang: str, slug: str) -> None:
    (root / name).write_bytes(data)
    result = run(root, "add", root / name, "--slug", slug, "--lang", lang)
    assert result.exit_code == 0, result.output


def answer_all(root: Path, slug: str) -> None:
    path = root / "treaties" / slug / "treaty.yml"
    text = path.read_text(encoding="utf-8")
    for each in reversed(open_questions(text)):
        text = text[: each.start] + f'"{answers(**ANSWERS)[each.field]}"' + text[each.end :]
    path.write_text(text, encoding="utf-8")


def noted_docx() -> bytes:
    """The English treaty as a Word file with a footnote to its article 3."""
    document = docx.Document()
    document.add_paragraph(sample.TITLE["en"], "Title")
    for text, _ in sample.paragraphs("en"):
        paragraph = document.add_paragraph(text)
        if text.startswith("2. Nothing is paid"):
            paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="1"/></w:r>'))
    return sample.saved(with_footnote(document, "Not even postage."))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with six more treaties, built."""
    root = tmp_path_factory.mktemp("end-to-end") / "project"
    for name in ("treaties", "docs", "build_scripts"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "requirements.txt"):
        shutil.copyfile(ROOT / name, root / name)
    add(root, "a.txt", sample.as_text("en").encode(), "en", SLUGS["txt"])
    add(root, "a.md", sample.as_markdown("kk").encode(), "kk", SLUGS["md"])
    page = sample.as_html("ru").replace("charset=utf-8", "charset=windows-1251")
    add(root, "a.html", page.encode("cp1251"), "ru", SLUGS["html"])
    add(root, "a.pdf", sample.as_pdf("kk", root), "kk", SLUGS["pdf"])
    add(root, "kk.docx", sample.as_docx("kk"), "kk", SLUGS["docx"])
    add(root, "en.docx", noted_docx(), "en", SLUGS["docx"])  # a second language of the same treaty
    add(root, "a.xml", sample.as_akoma_ntoso("en"), "en", SLUGS["xml"])
    half = run(root, "site")
    assert half.exit_code == 1 and half.output.count("question-open") > 10 and not (root / "site").exists()
    for slug in SLUGS.values():
        answer_all(root, slug)
    for command in ("draw", "check", "site"):
        result = run(root, command)
        assert result.exit_code == 0, result.output
    return root


@pytest.mark.parametrize(("name", "lang"), [
    ("txt", "en"), ("md", "kk"), ("html", "ru"), ("pdf", "kk"), ("docx", "kk"), ("docx", "en"), ("xml", "en"),
])
def test_every_text_is_drawn_whole_and_every_article_has_its_page(built: Path, name: str, lang: str) -> None:
    folder = built / "treaties" / SLUGS[name]
    drawn = (folder / f"{lang}.xml").read_text(encoding="utf-8")
    for reader in ("kk", "en"):
        pages = sorted(path.stem for path in (built / "site" / reader / SLUGS[name]).glob("art_*.html"))
        assert pages == [f"art_{number}" for number in sample.ARTICLES]
        page = (built / "site" / reader / SLUGS[name] / "art_3.html").read_text(encoding="utf-8")
        heading = next(text for text, is_heading in sample.paragraphs(lang) if is_heading and "3" in text).partition(". ")[2]
        assert heading in page and heading in drawn


def test_the_marks_of_pages_are_on_no_page_of_the_site_but_in_the_text(built: Path) -> None:
    text = (built / "treaties" / SLUGS["pdf"] / "kk.txt").read_text(encoding="utf-8")
    assert "Weather Gazette" in text
    assert (built / "treaties" / SLUGS["pdf"] / "edits.yml").read_text(encoding="utf-8").count("Weather Gazette") >= 2
    for page in (built / "site" / "kk" / SLUGS["pdf"]).glob("*.html"):
        assert "Weather Gazette" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(("query", "lang", "name"), [
    ("weather observations", "en", "txt"), ("weather observations", "en", "docx"),
    ("weather observations", "en", "xml"), ("ауа райы", "kk", "md"),
    ("ауа райы", "kk", "pdf"),
    ("наблюдения за погодой", "ru", "html"),
])
def test_search_finds_it(built: Path, query: str, lang: str, name: str) -> None:
    result = run(built, "search", query, "--lang", lang, "--treaty", SLUGS[name])
    assert f"{SLUGS[name]}#art_1" in result.output, result.output


def test_a_citation_leads_to_it(built: Path) -> None:
    result = run(built, "cite", f"{SLUGS['txt']} article 3(1)", "--json")
    assert "art_3__para_1" in result.output


def test_a_footnote_of_the_source_is_a_note_on_its_provision(built: Path) -> None:
    page = (built / "site" / "en" / SLUGS["docx"] / "art_3.html").read_text(encoding="utf-8")
    assert "Not even postage." in page and "Footnote of the source" in page
    assert "postage" not in (built / "treaties" / SLUGS["docx"] / "en.txt").read_text(encoding="utf-8")


def test_originals_are_kept_checked_and_not_on_the_site(built: Path) -> None:
    original = built / "treaties" / SLUGS["docx"] / "received" / "kk.docx"
    assert original.read_bytes() == (built / "kk.docx").read_bytes()
    assert not list((built / "site").rglob("*.docx"))
    good = original.read_bytes()
    original.write_bytes(good + b"x")
    changed = run(built, "check")
    original.unlink()
    missing = run(built, "check")
    original.write_bytes(good)
    assert changed.exit_code == 1 and "received/kk.docx: checksum-wrong" in changed.output
    assert missing.exit_code == 1 and "received/kk.docx: file-missing" in missing.output
