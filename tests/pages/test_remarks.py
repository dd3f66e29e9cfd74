"""Editor's notes and corrections of layout."""

from lxml import html

from build_scripts.library import Library
from build_scripts.model import Mark, Passage, Reference, Target
from build_scripts.pages import Page
from build_scripts.pages.passage import Placed, passage_html
from build_scripts.pages.remarks import Remark
from tests.conftest import EXTRADITION

DOUBT = Remark("note-x", "1", "doubt", "Editor's note", "doubtful wording", "Says so.")


def shown(passage: Passage) -> str:
    placed = Placed("t/art_1.html", "en", {("en", "x"): DOUBT}, lambda treaty, eid: False)
    return str(passage_html(passage, placed))


def test_a_mark_adds_no_text() -> None:
    made = shown(Passage("one two", (1, 1), notes=(Mark(3, "x"),)))
    assert made.startswith('one<a class="k-mark k-mark--doubt" href="#note-x" data-sign="1"')
    assert html.fromstring(f"<p>{made}</p>").text_content() == "one two"


def test_a_mark_inside_a_reference_stands_behind_it() -> None:
    reference = Reference(0, 9, (Target("t", "art_2"),))
    made = shown(Passage("Article 2 says", (1, 1), (reference,), notes=(Mark(4, "x"),)))
    assert ">Article 2</a><a class=\"k-mark" in made
    assert html.fromstring(f"<p>{made}</p>").text_content() == "Article 2 says"


def test_a_mark_at_the_end_is_not_lost() -> None:
    assert shown(Passage("end", (1, 1), notes=(Mark(3, "x"),))).count("k-mark--doubt") == 1


def test_a_mark_without_its_note_is_left_out() -> None:
    assert shown(Passage("end", (1, 1), notes=(Mark(3, "unknown"),))) == "end"


def test_every_note_of_a_treaty_stands_below_its_provision_once(library: Library, texts: dict[str, dict[str, str]]) -> None:
    for treaty in library.treaties:
        document = html.fromstring(texts["en"][f"{treaty.slug}/index.md"].split("\n---\n", 1)[1])
        for note in treaty.expressions["en"].notes:
            (details,) = document.xpath(f"//details[@id='note-{note.id}']")
            assert note.text["en"] in details.text_content()
            assert details.xpath(f"ancestor::*[@id='{note.eid}']"), note.eid


def test_marks_are_numbered_in_the_order_of_the_readers_text(pages: dict[str, dict[str, Page]]) -> None:
    for lang in ("kk", "en"):
        for path, page in pages[lang].items():
            if page.meta["kind"] == "article":
                assert [r.number for r in page.data["remarks"].notes] == [
                    str(n + 1) for n in range(len(page.data["remarks"].notes))], path


def test_the_heading_glued_to_its_number_is_shown_as_corrected(pages: dict[str, dict[str, Page]]) -> None:
    (edit,) = pages["en"][f"{EXTRADITION}/art_12.md"].data["remarks"].edits
    assert edit.text == "In the Kazakh source, line 153: “12-БАПАЛДЫН” is read as “12-БАП АЛДЫН”."
    assert edit.detail == "Reason: the heading is stuck to the number of the article."
