"""Word files: automatic numbers, raised figures, footnotes, tracked changes, hidden words."""

import copy

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from build_scripts.intake.breaks import Signs
from build_scripts.intake.extract import Extract
from build_scripts.intake.numbering import printed
from build_scripts.intake.received import Received
from build_scripts.intake.refuse import Refused
from build_scripts.intake.word import read_word
from build_scripts.problems import Code

from .sample import saved

W = nsdecls("w")


def read(document: Document) -> Extract:
    return read_word(Received("a.docx", saved(document)), Signs(lambda text: False, lambda text: False))


def lines(document: Document) -> list[str]:
    return [each.text for each in read(document).paragraphs]


def with_list(levels: str, overrides: str = "") -> Document:
    """A document with one list (number 90) and, with overrides, a second of the same kind (number 91)."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="91"><w:abstractNumId w:val="90"/>{overrides}</w:num>'))
    return document


def level(place: int, shape: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{shape}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def item(document: Document, text: str, place: int = 0, number: int = 90) -> None:
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(parse_xml(
        f'<w:numPr {W}><w:ilvl w:val="{place}"/><w:numId w:val="{number}"/></w:numPr>'
    ))


def test_levels_count_and_begin_anew_below_a_new_number() -> None:
    document = with_list(level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2.") + level(2, "lowerLetter", "%3)"))
    for text, place in (("a", 0), ("b", 1), ("c", 2), ("d", 2), ("e", 1), ("f", 2), ("g", 0), ("h", 1)):
        item(document, text, place)
    assert lines(document) == ["1. a", "1.1. b", "a) c", "b) d", "1.2. e", "a) f", "2. g", "2.1. h"]


def test_a_list_goes_on_after_other_paragraphs() -> None:
    document = with_list(level(0, "decimal", "%1.", start=3))
    item(document, "a")
    document.add_paragraph("between")
    item(document, "b")
    assert lines(document) == ["3. a", "between", "4. b"]


def test_a_start_that_is_overridden_is_used_once() -> None:
    document = with_list(level(0, "decimal", "%1)"), '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    for text, number in (("a", 90), ("b", 90), ("c", 91), ("d", 91)):
        item(document, text, 0, number)
    assert lines(document) == ["1) a", "2) b", "1) c", "2) d"]


def test_a_level_that_never_begins_anew() -> None:
    document = with_list(level(0, "decimal", "Article %1") + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'))
    for text, place in (("", 0), ("a", 1), ("", 0), ("b", 1)):
        item(document, text, place)
    assert lines(document) == ["Article 1", "1. a", "Article 2", "2. b"]


def test_numbers_of_a_legal_list_are_all_digits() -> None:
    document = with_list(level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    item(document, "a")
    item(document, "b", 1)
    assert lines(document) == ["I. a", "1.1 b"]


def test_a_number_of_the_style() -> None:
    document = with_list(level(0, "decimal", "%1.") + level(1, "decimal", "(%2)", '<w:pStyle w:val="Heading3"/>'))
    style = document.styles["Heading 3"].element
    style.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:numId w:val="90"/></w:numPr>'))
    document.add_paragraph("a", "Heading 3")
    document.add_paragraph("b", "Heading 3")
    assert lines(document) == ["(1) a", "(2) b"]


def test_no_number_where_a_paragraph_puts_it_off() -> None:
    document = with_list(level(0, "decimal", "%1."))
    item(document, "a", 0, 0)
    assert lines(document) == ["a"]


def test_dashes_are_words_and_dots_are_not() -> None:
    assert lines(_one_item(level(0, "bullet", "–"))) == ["– a"]
    assert lines(_one_item(level(0, "bullet", "\uf0b7"))) == ["a"]


def _one_item(levels: str) -> Document:
    document = with_list(levels)
    item(document, "a")
    return document


@pytest.mark.parametrize(("number", "shape", "words"), [
    (1, "decimal", "1"), (28, "lowerLetter", "bb"), (27, "upperLetter", "AA"), (4, "lowerRoman", "iv"),
    (1999, "upperRoman", "MCMXCIX"),
    (1, "russianLower", "а"), (10, "russianLower", "к"), (2, "russianUpper", "Б"), (3, "decimalZero", "03"),
    (22, "ordinal", "22nd"),
    (12, "ordinal", "12th"), (5, "none", ""), (7, "unheardOf", "7"),
])
def test_shapes_of_numbers(number: int, shape: str, words: str) -> None:
    assert printed(number, shape) == words


def test_raised_figures_hyphens_tabs_and_breaks() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Article 67")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run(" of the exam")
    paragraph._p.append(parse_xml(f"<w:r {W}><w:softHyphen/><w:t>ple, Nur</w:t><w:noBreakHyphen/><w:t>Sultan</w:t></w:r>"))
    paragraph._p.append(parse_xml(f'<w:r {W}><w:tab/><w:t>end.</w:t><w:br/><w:t xml:space="preserve">next\u00a0one</w:t></w:r>'))
    assert lines(document) == ["Article 67¹ of the exam\u00adple, Nur\u2011Sultan\tend.", "next\u00a0one"]


def test_fields_links_content_controls_and_boxes() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("see ")
    for xml in (
        '<w:r {W}><w:fldChar w:fldCharType="begin"/></w:r>', "<w:r {W}><w:instrText>PAGE secret</w:instrText></w:r>",
        '<w:r {W}><w:fldChar w:fldCharType="separate"/></w:r>', "<w:r {W}><w:t>5</w:t></w:r>",
        '<w:r {W}><w:fldChar w:fldCharType="end"/></w:r>', "<w:hyperlink {W}><w:r><w:t>, link</w:t></w:r></w:hyperlink>",
        "<w:sdt {W}><w:sdtContent><w:r><w:t>, control</w:t></w:r></w:sdtContent></w:sdt>",
        "<w:r {W}><w:pict><w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
    ):
        paragraph._p.append(parse_xml(xml.replace("{W}", W)))
    document.element.body.insert(1, parse_xml(
        f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>a paragraph in a control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    ))
    assert lines(document) == ["see 5, link, control", "in a box", "a paragraph in a control"]


def test_a_drawing_that_is_there_twice_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>once</w:t></w:r></w:p></w:txbxContent>"
    document = docx.Document()
    document.add_paragraph("x")._p.append(parse_xml(
        f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent><mc:Choice>'
        f"<w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    ))
    assert lines(document) == ["x", "once"]


def test_tables() -> None:
    document = docx.Document()
    for cells in ([["Tariff", "5 %"], ["Duty", "7 %"]], [["FOR A\nMinister\n" + "x" * 80, "FOR B"]]):
        table = document.add_table(len(cells), 2)
        for row, words in zip(table.rows, cells):
            for cell, text in zip(row.cells, words):
                cell.text = text
    assert lines(document) == ["| Tariff | 5 % |", "| Duty | 7 % |", "FOR A Minister " + "x" * 80, "FOR B"]


def test_hidden_words_comments_and_heads_of_pages_are_left_out_and_said() -> None:
    document = docx.Document()
    document.add_paragraph("shown ").add_run("secret").font.hidden = True
    document.sections[0].header.paragraphs[0].text = "Weather Gazette"
    extract = read(document)
    assert [each.text for each in extract.paragraphs] == ["shown"]
    assert "secret" in " ".join(extract.left_out) and "Weather Gazette" in " ".join(extract.left_out)


def with_footnote(document: Document, text: str) -> Document:
    xml = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="1"><w:p><w:r>'
        f"<w:footnoteRef/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    ).encode()
    part = Part(
        PackURI("/word/footnotes.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml", xml,
        document.part.package,
    )
    document.part.relate_to(part, RT.FOOTNOTES)
    return document


def test_a_footnote_hangs_on_the_words_before_its_mark() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Each Party bears the costs")
    paragraph._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="1"/></w:r>'))
    paragraph.add_run(" of this.")
    (found,) = read(with_footnote(document, "As corrected.")).paragraphs
    assert found.text == "Each Party bears the costs of this."
    ((at, note),) = found.footnotes
    assert (found.text[:at], note.mark, note.text) == ("Each Party bears the costs", "1", "As corrected.")


@pytest.mark.parametrize("change", [
    '<w:ins {W} w:id="1" w:author="A. Editor"><w:r><w:t>new words</w:t></w:r></w:ins>',
    '<w:del {W} w:id="1" w:author="A. Editor"><w:r><w:delText>new words</w:delText></w:r></w:del>',
    '<w:moveTo {W} w:id="1" w:author="A. Editor"><w:r><w:t>new words</w:t></w:r></w:moveTo>',
])
def test_tracked_changes_are_refused(change: str) -> None:
    document = docx.Document()
    document.add_paragraph("Article 1")._p.append(parse_xml(change.replace("{W}", W)))
    with pytest.raises(Refused) as refused:
        read(document)
    assert refused.value.code is Code.TRACKED_CHANGES
    assert "A. Editor" in refused.value.message and "new words" in refused.value.message
    assert "signed" in refused.value.hint


def test_a_changed_mark_of_a_paragraph_and_changes_in_footnotes_are_tracked_changes_too() -> None:
    document = docx.Document()
    mark = parse_xml(f'<w:rPr {W}><w:ins w:id="1" w:author="A"/></w:rPr>')
    document.add_paragraph("Article 1")._p.get_or_add_pPr().append(copy.deepcopy(mark))
    with pytest.raises(Refused):
        read(document)
    document = with_footnote(docx.Document(), "x</w:t></w:r><w:ins w:id='2'><w:r><w:t>y</w:t></w:r></w:ins><w:r><w:t>")
    with pytest.raises(Refused):
        read(document)


def test_changes_of_form_alone_are_no_tracked_changes() -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("Article 1")
    run._r.get_or_add_rPr().append(parse_xml(f'<w:rPrChange {W} w:id="1" w:author="A"><w:rPr/></w:rPrChange>'))
    assert lines(document) == ["Article 1"]
    assert run._r.find(f".//{qn('w:rPrChange')}") is not None
