"""Akoma Ntoso made by others: every word is kept where it stands, and what is not supported is said."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from build_scripts.cli import main
from build_scripts.draw_up import schema
from build_scripts.foreign import NotAkomaNtoso, read_foreign
from build_scripts.load import load_expression
from build_scripts.markup import mark_up
from build_scripts.notation import read_notation, write_notation

from .whole import CORPUS

META = """<meta><identification source="#a"><FRBRWork><FRBRdate date="2001-02-03" name="x"/><FRBRcountry value="fr"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="fra"/></FRBRExpression></identification></meta>"""


def document(body: str, root: str = "act") -> bytes:
    return f"""<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0/WD17"><{root} name="x">{META}
    {body}</{root}></akomaNtoso>""".encode()


def kinds(xml: bytes) -> list[tuple[str, str, str]]:
    return [(p.kind.value, p.eid, p.text) for p in read_foreign(xml, "x.xml").expression.walk()]


def test_kinds_numbers_and_eids_are_kept() -> None:
    xml = document("""<body><chapter eId="chp_I"><num>I</num><heading>Terms</heading><article eId="art_1"><num>Art. 1</num>
      <paragraph eId="art_1__para_1"><num>1.</num><list><intro><p>Any of:</p></intro>
        <point eId="p_a"><num>a)</num><content><p>one;</p></content></point>
        <point><num>b)</num><content><p>two.</p></content></point></list></paragraph></article></chapter></body>""")
    assert kinds(xml) == [
        ("chapter", "chp_I", ""), ("article", "art_1", ""), ("paragraph", "art_1__para_1", ""),
        ("intro", "art_1__para_1__intro", "Any of:"), ("point", "p_a", "one;"), ("point", "art_1__para_1__point_1", "two."),
    ]
    found = read_foreign(xml, "x.xml")
    assert (found.unsupported, found.kept, found.expression.lang) == ({}, found.characters, "fr")
    assert found.data.signed.date.isoformat() == "2001-02-03"


def test_what_is_not_supported_is_kept_as_text_and_said() -> None:
    xml = document("""<body><clause><num>1</num><content><p>See <ref href="/akn/x">the law</ref>
      and <ref href="#c">here</ref>.</p><table><tr><td><p>a cell</p></td><td><p>another</p></td></tr></table></content></clause>
      <clause eId="c"><crossHeading>Cross</crossHeading><subclause><content><p>Words
      <authorialNote><p>a note</p></authorialNote> go on.</p></content></subclause></clause></body>""")
    found = read_foreign(xml, "x.xml")
    assert found.kept == found.characters > 0
    assert found.unsupported == {
        "clause, read as paragraph": 2, "ref to another document": 1, "table": 1, "crossHeading, read as subparagraph": 1,
        "subclause, read as point": 1, "authorialNote": 1,
    }
    first = found.expression.parts[next(iter(found.expression.parts))][0]
    assert [passage.text for passage in first.passages] == ["See the law and here.", "a cell", "another"]
    assert [target.eid for reference in first.passages[0].references for target in reference.targets] == ["c"]


def test_what_is_read_can_be_marked_up_and_written_down() -> None:
    xml = document("""<coverPage><p>Cover</p></coverPage>
      <preface><longTitle><p>A <docTitle>Title</docTitle></p></longTitle></preface>
      <preamble><recitals><recital><p>Whereas;</p></recital></recitals><formula name="f"><p>agree:</p></formula></preamble>
      <body><section><num>1</num><content><p>Any of:</p><blockList eId="l"><listIntroduction>these</listIntroduction>
      <item><num>a</num><p>one</p></item></blockList></content></section></body><conclusions><p>Done.</p></conclusions>
      <attachments><attachment><heading>Annex</heading><doc name="a"><mainBody><p>Loose words</p>
      <section><num>1</num><content><p>x</p></content></section></mainBody></doc></attachment></attachments>""", "bill")
    found = read_foreign(xml, "x.xml")
    made = mark_up(found.expression, found.data)
    assert schema().validate(etree.fromstring(made)), schema().error_log
    assert found.kept == found.characters
    loaded = load_expression(made)
    assert loaded == found.expression
    assert mark_up(read_notation(write_notation(loaded)), found.data) == made


@pytest.mark.parametrize(("xml", "words"), [
    (b"<a>", "no XML"), (b"<html/>", "no Akoma Ntoso"),
    (b'<!DOCTYPE akomaNtoso [<!ENTITY x SYSTEM "file:///etc/passwd">]><akomaNtoso><act>&x;</act></akomaNtoso>', "document type"),
])
def test_other_xml_is_refused(xml: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(NotAkomaNtoso, match=words):
        read_foreign(xml, "x.xml")
    path = tmp_path / "x.xml"
    path.write_bytes(xml)
    result = CliRunner().invoke(main, ["text", str(path)])
    assert (result.exit_code, words in result.output) == (1, True)


@pytest.mark.parametrize("name", ["it_senato_ddl_2013", "uk_pga-2014-27-enacted-data", "us_Title9-Chap3-eng"])
def test_real_documents(name: str) -> None:
    path = CORPUS / "akn" / f"{name}.xml"
    if not path.exists():
        pytest.skip("the shared corpus is not on this machine")
    found = read_foreign(path.read_bytes(), path.name)
    assert found.kept == found.characters > 3000
    assert found.unsupported
    made = mark_up(found.expression, found.data)
    assert schema().validate(etree.fromstring(made)), schema().error_log
    assert load_expression(made) == found.expression
    assert mark_up(read_notation(write_notation(found.expression)), found.data) == made
