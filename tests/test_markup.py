"""The XML: valid, the same text, and back again."""

import pytest
from lxml import etree

from build_scripts.draw_up import schema
from build_scripts.gather import Gathered, stale
from build_scripts.load import load_expression
from build_scripts.markup import AKN, mark_up

NS = {"a": AKN}


def test_every_document_is_valid(gathered: Gathered) -> None:
    for path, xml in gathered.xml.items():
        assert schema().validate(etree.fromstring(xml)), (path, schema().error_log)


def test_the_schema_is_the_oasis_one_and_refuses_what_is_wrong() -> None:
    wrong = etree.fromstring(f'<akomaNtoso xmlns="{AKN}"><act name="x"><body/></act></akomaNtoso>'.encode())
    assert not schema().validate(wrong)


def test_loading_and_marking_up_again_gives_the_same_bytes(gathered: Gathered) -> None:
    for path, xml in gathered.xml.items():
        data = gathered.library.treaty(path.parent.name).data
        assert mark_up(load_expression(xml), data) == xml


def test_committed_xml_is_what_its_sources_make(gathered: Gathered) -> None:
    assert stale(gathered) == []


def test_eids_are_unique(gathered: Gathered) -> None:
    for path, xml in gathered.xml.items():
        eids = etree.fromstring(xml).xpath("//@eId")
        assert len(eids) == len(set(eids)), path


@pytest.fixture(scope="module")
def kk(gathered: Gathered) -> etree._Element:
    return etree.fromstring(next(xml for path, xml in gathered.xml.items() if path.match("*extradition*/kk.xml")))


@pytest.fixture(scope="module")
def en(gathered: Gathered) -> etree._Element:
    return etree.fromstring(next(xml for path, xml in gathered.xml.items() if path.match("*extradition*/en.xml")))


def test_document_is_an_agreement_in_kazakh(kk: etree._Element) -> None:
    assert kk.xpath("string(a:act/@name)", namespaces=NS) == "agreement"
    assert kk.xpath("string(//a:FRBRlanguage/@language)", namespaces=NS) == "kaz"
    assert kk.xpath("string(//a:FRBRWork/a:FRBRdate/@date)", namespaces=NS) == "2017-11-01"
    assert not kk.xpath("//a:FRBRtranslation", namespaces=NS)


def test_translation_says_so(en: etree._Element) -> None:
    (translation,) = en.xpath("//a:FRBRtranslation", namespaces=NS)
    assert dict(translation.attrib)["authoritative"] == "false"
    assert dict(translation.attrib)["fromLanguage"] == "kaz"


def test_expressions_are_of_one_work(kk: etree._Element, en: etree._Element) -> None:
    work = "string(//a:FRBRWork/a:FRBRuri/@value)"
    assert kk.xpath(work, namespaces=NS) == en.xpath(work, namespaces=NS) != ""


def test_hierarchy_without_list(kk: etree._Element) -> None:
    assert not kk.xpath("//a:list", namespaces=NS)
    point = kk.xpath("//a:point[@eId='art_4__para_1__point_e']", namespaces=NS)[0]
    assert point.findtext("a:num", namespaces=NS) == "е)"  # as printed, Cyrillic
    assert point.getparent().get("eId") == "art_4__para_1"


def test_sentence_after_closing_words_is_a_unit_of_its_own(kk: etree._Element) -> None:
    (block,) = kk.xpath("//a:block[@eId='art_11__para_1__subpara_1']", namespaces=NS)
    assert block.getparent().get("eId") == "art_11__para_1__wrapup"


def test_references(kk: etree._Element) -> None:
    assert len(kk.xpath("//a:body//a:mref", namespaces=NS)) == 2
    assert len(kk.xpath("//a:body//a:ref[not(parent::a:mref)]", namespaces=NS)) == 14
    (many,) = kk.xpath("//a:paragraph[@eId='art_3__para_5']//a:mref", namespaces=NS)
    assert [ref.get("href") for ref in many] == ["#art_3__para_1", "#art_3__para_2"]
    assert "".join(many.itertext()) == "осы баптың 1 және 2-тармақтарында"


def test_every_internal_reference_has_its_target(gathered: Gathered) -> None:
    for xml in gathered.xml.values():
        root = etree.fromstring(xml)
        eids = {f"#{eid}" for eid in root.xpath("//@eId")}
        hrefs = set(root.xpath("//a:ref/@href[starts-with(., '#')]", namespaces=NS))
        assert hrefs <= eids


def test_notes_are_referred_to(kk: etree._Element) -> None:
    notes = {f"#{note.get('eId')}" for note in kk.xpath("//a:note", namespaces=NS)}
    marks = set(kk.xpath("//a:noteRef[@marker='note']/@href", namespaces=NS))
    assert notes and notes == marks
