"""Rows of several languages."""

import re

from lxml import html

from build_scripts.library import Library
from build_scripts.model import Kind, Passage, Provision
from build_scripts.pages import Page, Tree
from build_scripts.pages.grid import Row, Unit, pair
from tests.conftest import CRIME, EXTRADITION

MARKUP = re.compile(r"<[^>]*>")


def rows_of(unit: Unit) -> list[Row]:
    return [*unit.rows, *(row for part in unit.parts for row in rows_of(part))]


def words_of(row: Row) -> list[str]:
    return [MARKUP.sub("", " ".join(cell.passages)) for cell in row.cells]


def article_rows(pages: dict[str, dict[str, Page]], lang: str, slug: str, number: int) -> list[Row]:
    return rows_of(pages[lang][f"{slug}/art_{number}.md"].data["unit"])


def point(letter: str) -> Provision:
    return Provision(f"p_{letter}", Kind.POINT, f"{letter})", letter, passages=(Passage(letter, (1, 1)),))


def test_the_row_of_paragraph_5_of_article_12(pages: dict[str, dict[str, Page]]) -> None:
    (row,) = [row for row in article_rows(pages, "kk", EXTRADITION, 12) if row.eid == "art_12__para_5"]
    assert [cell.lang for cell in row.cells] == ["kk", "en"]
    assert [cell.num for cell in row.cells] == ["5.", "5."]
    kazakh, english = words_of(row)
    assert kazakh.startswith("Егер адамды қамаққа алған күннен бастап қырық (40) тәулік өткеннен кейін")
    assert kazakh.endswith("оны қайта қамаққа алуға кедергі болмауға тиіс.")
    assert "forty (40) days" in english
    assert row.link == f"{EXTRADITION}/art_12.html#art_12__para_5"
    assert row.citations["en"] == ("art. 12(5)", "Article 12(5)")
    assert row.citations["kk"] == ("12-баптың 5-тармағы", "12-бабының 5-тармағы")
    assert row.citations["ru"] == ("п. 5 ст. 12", "пункт 5 статьи 12")


def test_the_readers_language_stands_first(pages: dict[str, dict[str, Page]]) -> None:
    for lang, order in (("kk", ["kk", "en"]), ("en", ["en", "kk"])):
        for row in article_rows(pages, lang, EXTRADITION, 12):
            assert [cell.lang for cell in row.cells] == order


def test_opening_words_carry_the_number_of_their_paragraph(pages: dict[str, dict[str, Page]]) -> None:
    (row,) = [row for row in article_rows(pages, "kk", EXTRADITION, 12) if row.eid == "art_12__para_2"]
    assert words_of(row)[0] == "Алдын ала қамаққа алуға сұрау салу мыналарды:"
    assert [cell.num for cell in row.cells] == ["2.", "2."]


def test_closing_words_of_one_language_face_an_empty_cell(pages: dict[str, dict[str, Page]]) -> None:
    (row,) = [row for row in article_rows(pages, "kk", EXTRADITION, 12) if row.eid == "art_12__para_2__wrapup"]
    assert words_of(row) == ["қамтуға тиіс.", ""]
    assert [cell.held for cell in row.cells] == [True, False]


def test_a_list_is_one_step_in_under_a_number_and_none_without(pages: dict[str, dict[str, Page]]) -> None:
    def depths(unit: Unit) -> dict[str, int]:
        return {unit.eid: unit.depth} | {eid: depth for part in unit.parts for eid, depth in depths(part).items()}

    assert depths(pages["kk"][f"{EXTRADITION}/art_12.md"].data["unit"])["art_12__para_2__point_e"] == 1
    assert depths(pages["kk"][f"{EXTRADITION}/art_5.md"].data["unit"])["art_5__point_a"] == 0
    assert depths(pages["kk"][f"{CRIME}/art_3.md"].data["unit"])["art_3__point_3__indent_7"] == 1


def test_an_article_of_one_paragraph_has_its_words_below_its_heading(pages: dict[str, dict[str, Page]]) -> None:
    heading, words = article_rows(pages, "kk", CRIME, 8)
    assert heading.is_heading and heading.eid == words.eid == "art_8"
    assert words_of(words)[0].startswith("Тараптар өз мемлекеттерінің ұлттық заңнамаларына сәйкес")


def test_what_only_a_later_language_has_stands_after_what_it_follows() -> None:
    paired = pair([("kk", [point("a"), point("c")]), ("en", [point("a"), point("b"), point("c"), point("d")])])
    assert [list(parallel) for parallel in paired] == [["kk", "en"], ["en"], ["kk", "en"], ["en"]]
    assert [next(iter(parallel.values())).number for parallel in paired] == ["a", "b", "c", "d"]


def test_the_words_on_the_treaty_page_are_the_words_of_the_text(
    library: Library, trees: dict[str, Tree], texts: dict[str, dict[str, str]]
) -> None:
    """Every number, heading and passage, once and in order; marks and labels add nothing to them."""
    for treaty in library.treaties:
        document = html.fromstring(texts["kk"][f"{treaty.slug}/index.md"].partition("\n---\n")[2])
        for lang, expression in treaty.expressions.items():
            shown = "".join(
                "".join(cell.itertext())
                for cell in document.xpath(f"//*[contains(@class, 'k-text')]//*[contains(@class, 'k-cell')][@lang='{lang}']")
            )
            held = "".join(
                (p.num + (p.heading.text if p.heading else "") + p.text) for p in expression.walk()
            )
            assert "".join(shown.split()) == "".join(held.split())
