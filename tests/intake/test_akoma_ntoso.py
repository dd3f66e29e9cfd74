"""Akoma Ntoso, ours or others', is taken in as a text in our own notation; so is a text in the notation itself."""

import re
from pathlib import Path

import pytest
import yaml

from build_scripts.load import load_expression
from build_scripts.model import Kind
from build_scripts.notation import read_notation, write_notation
from tests.conftest import CRIME, EXTRADITION, ROOT
from tests.whole import CORPUS

from . import sample
from .test_folder import SLUG, add, put, run


def test_the_xml_of_others(project: Path) -> None:
    xml = sample.as_akoma_ntoso("en")
    folder = add(project, "a.xml", xml, "en")
    assert (folder / "received" / "en.xml").read_bytes() == xml
    text = (folder / "en.txt").read_text(encoding="utf-8")
    found = read_notation(text)
    words = "".join(p.num + (p.heading.text if p.heading else "") + p.text for p in found.walk())
    assert "".join(words.split()) == sample.words("en")
    assert [p.eid for p in found.walk() if p.eid.startswith("art_")] == [
        "art_1", "art_1__para_1", "art_1__para_2", "art_1__para_2__intro", "art_1__para_2__point_a", "art_1__para_2__point_b",
        "art_2", "art_3", "art_3__para_1", "art_3__para_2", "art_4", "art_4__para_1", "art_4__para_2",
    ]
    assert "named in {ref #art_2}Article 2{/}." in text  # not #article-2, as others call it


def test_what_it_states_is_read_and_its_lines_are_those_of_the_new_text(project: Path) -> None:
    result = run(project, put(project, "a.xml", sample.as_akoma_ntoso("en")), "--slug", SLUG, "--lang", "en")
    known = yaml.safe_load((project / "treaties" / SLUG / "treaty.yml").read_text(encoding="utf-8"))
    assert known["signed"]["date"].isoformat() == "2021-03-05" and known["signed"]["place"]["en"] == "Astana"
    assert [party["code"] for party in known["parties"]] == ["kz", "fj"]
    assert (known["authentic_languages"], known["prevailing_language"]) == (["kk", "en"], "en")
    (received,) = known["expressions"][0]["received"]
    assert (received["format"], received["file"]) == ("akoma-ntoso", "received/en.xml")
    assert known["expressions"][0]["title"] == sample.TITLE["en"]
    lines = (project / "treaties" / SLUG / "en.txt").read_text(encoding="utf-8").split("\n")
    at = next(number for number, line in enumerate(lines, 1) if line == "{article} Article 3.")
    assert f"  line {at}: Article 3. Costs" in result.output


def test_what_is_not_supported_is_in_the_report(project: Path) -> None:
    xml = sample.as_akoma_ntoso("en").replace(b"<p>DONE", b"<table><tr><td><p>a<img src='x'/></p></td></tr></table><p>DONE")
    xml = xml.replace(b"<paragraph eId='paragraph-3-1'>", b"<clause>").replace(
        b"</paragraph>\n <paragraph eId='paragraph-3-2'>", b"</clause>\n <paragraph eId='paragraph-3-2'>"
    )
    result = run(project, put(project, "a.xml", xml), "--lang", "en", "--dry-run")
    for words in ("not supported, kept as text: table (1)", "not supported, left out: img (1)",
                  "not supported: clause, read as paragraph (1)"):
        assert f"a.xml: {words}" in result.output


@pytest.mark.parametrize("slug", [EXTRADITION, CRIME])
@pytest.mark.parametrize("lang", ["kk", "en"])
def test_our_own_xml_keeps_its_eids_and_words(project: Path, slug: str, lang: str) -> None:
    xml = (ROOT / "treaties" / slug / f"{lang}.xml").read_bytes()
    folder = add(project, "a.xml", xml, lang)
    found, before = read_notation((folder / f"{lang}.txt").read_text(encoding="utf-8")), load_expression(xml)
    assert [(p.eid, p.kind, p.num, p.full_text) for p in found.walk()] == [
        (p.eid, p.kind, p.num, p.full_text) for p in before.walk()
    ]


@pytest.mark.parametrize("slug", [EXTRADITION, CRIME])
@pytest.mark.parametrize("lang", ["kk", "en"])
def test_eids_are_made_as_the_parser_makes_them(slug: str, lang: str) -> None:
    """Save that the notation does not know a decree from a law."""
    before = load_expression((ROOT / "treaties" / slug / f"{lang}.xml").read_bytes())
    made = read_notation(write_notation(before, with_eids=False, with_lines=False))
    assert [p.eid for p in made.walk()] == [p.eid.replace("decree", "law") for p in before.walk()]


def test_a_text_in_the_notation_is_the_text_itself(project: Path) -> None:
    text = '%kelisim-text {"lang": "en", "title": "T"}\n= body\n{article} Article 1\n  : Words.\n'
    folder = add(project, "a.txt", text.encode(), "en")
    assert (folder / "en.txt").read_text(encoding="utf-8") == text
    assert not (folder / "received").exists()


GOOD = sample.as_akoma_ntoso("en")
NOTATION = b'%kelisim-text {"lang": "en"}\n= body\n{article} Article 1\n  : Words'


@pytest.mark.parametrize(("name", "data", "words"), [
    ("a.xml", sample.as_akoma_ntoso("kk"), "language-unknown: the XML says that it is in kk, --lang says en"),
    (
        "a.xml", b'<!DOCTYPE akomaNtoso SYSTEM "http://localhost/x.dtd">' + GOOD.partition(b"?>")[2],
        "format-unknown: a.xml has a document type of its own",
    ),
    ("a.xml", GOOD[:-200], "format-unknown: a.xml is no XML"),
    ("a.xml", b"<akomaNtoso>" + b"<p>" * 5000 + b"x" + b"</p>" * 5000 + b"</akomaNtoso>", "Excessive depth"),
    ("a.txt", NOTATION + b" {ref #art_9}of it{/}", "a.txt:4: notation-broken: the mark {ref #art_9} leads nowhere"),
    ("a.txt", NOTATION + b" {note n}", "a.txt:4: notation-broken: the mark {note n} has no line %note"),
    ("a.txt", NOTATION + b"\n{article} Article 2\n  : A:\n  {point} a)\n    : b", "a.txt:5: notation-broken: the unit has words"),
    (
        "a.txt", NOTATION.replace(b"le}", b"le art_1}") + b"\n{article art_1} Article 1",
        "a.txt:5: notation-broken: the eId art_1 stands twice",
    ),
    ("a.txt", NOTATION.replace(b"en", b"kk"), "a.txt:1: language-unknown: its first line says that it is in kk"),
])
def test_what_is_refused(project: Path, name: str, data: bytes, words: str) -> None:
    result = run(project, put(project, name, data), "--slug", SLUG, "--lang", "en")
    assert result.exit_code == 1
    assert words in result.output
    assert not (project / "treaties" / SLUG).exists()


def test_nothing_is_joined_to_it(project: Path) -> None:
    files = put(project, "a.xml", GOOD), put(project, "b.txt", b"Article 1\n\nWords.\n")
    result = run(project, *files, "--slug", SLUG, "--lang", "en")
    assert result.exit_code == 1 and "nothing is joined to it" in result.output


def test_deep_xml_that_can_be_parsed_is_read(project: Path) -> None:
    """As deep as the XML library lets it be."""
    deep = b"<akomaNtoso><act><body><article><num>1</num>" + b"<paragraph>" * 240 + b"<content><p>x</p></content>"
    deep += b"</paragraph>" * 240 + b"</article></body></act></akomaNtoso>"
    result = run(project, put(project, "a.xml", deep), "--lang", "en", "--dry-run")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("name", ["it_senato_ddl_2013", "uk_pga-2014-27-enacted-data", "us_Title9-Chap3-eng"])
def test_real_documents(project: Path, name: str) -> None:
    path = CORPUS / "akn" / f"{name}.xml"
    if not path.exists():
        pytest.skip("the shared corpus is not on this machine")
    folder = add(project, "a.xml", path.read_bytes(), "en")
    articles = [p for p in read_notation((folder / "en.txt").read_text(encoding="utf-8")).walk() if p.kind.value == "article"]
    assert len(articles) == {"it": 6, "uk": 8, "us": 7}[name[:2]]


def test_the_example_of_the_page_on_the_notation(project: Path) -> None:
    page = (ROOT / "docs" / "notation.md").read_text(encoding="utf-8")
    text = page.partition("```\n")[2].partition("```")[0]
    folder = add(project, "a.txt", text.encode(), "en")
    found = read_notation((folder / "en.txt").read_text(encoding="utf-8"))
    assert [p.eid for p in found.walk() if not p.children] == [
        "title", "preamble__parties", "preamble__rec_1", "art_1__para_1__intro", "art_1__para_1__point_a",
        "art_1__para_1__point_b", "art_1__para_2", "done_at",
    ]
    listed = page[page.index("Units:") : page.index("`{article art_1")]
    there = {kind.value for kind in Kind if not kind.value.startswith("enclosing")} - {"editorial-note", "entry-into-force"}
    assert there - {"certification", "contents"} == set(re.findall(r"`([a-z-]+)`", listed))
