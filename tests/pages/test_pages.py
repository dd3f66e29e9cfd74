"""What pages say, and that Markdown leaves it alone."""

import re
from collections.abc import Callable
from pathlib import Path

import markdown
import pytest
import yaml
from lxml import html

from build_scripts.library import Library, Unresolved
from build_scripts.model import Authority, Passage, Reference, Target
from build_scripts.pages import OfflineBundle, Page, Tree, Walkthrough, make_pages, write_pages
from build_scripts.pages.passage import Placed, passage_html
from build_scripts.pages.treaty import facts, in_force, notice
from tests.conftest import CRIME, EXTRADITION, ROOT
from tests.pages.conftest import article, text_of, texts_of, tree_of

HOSTILE = "<b>bold</b> & <script>x</script> # one * two | three `four` {{ five }} [six](seven) --8<-- \"nine\" &lt;ten"
FIXED = ["index.md", "instruments.md", "references.md", "terms.md", "about.md"]


def body(text: str) -> str:
    return text.split("\n---\n", 1)[1].strip("\n")


def says(page: str) -> str:
    """The text of a page, white space as one space."""
    return " ".join("".join(html.fromstring(body(page)).itertext()).split())


def test_the_pages_of_a_tree(texts: dict[str, dict[str, str]]) -> None:
    for tree in texts.values():
        assert set(FIXED) <= set(tree)
        assert {f"{EXTRADITION}/art_{n}.md" for n in range(1, 23)} <= set(tree)
        assert {f"{CRIME}/art_{n}.md" for n in range(1, 15)} <= set(tree)
        assert {f"{EXTRADITION}/index.md", f"{CRIME}/index.md"} <= set(tree)


def test_markdown_leaves_every_page_as_it_is(texts: dict[str, dict[str, str]]) -> None:
    parser = markdown.Markdown(extensions=["attr_list", "md_in_html", "tables", "toc"])
    for tree in texts.values():
        for path, text in tree.items():
            block = body(text)
            assert not re.search(r"\n\s*\n", block), path
            assert parser.reset().convert(block).strip() == block, path


def test_one_heading_of_the_first_level_and_no_id_twice(texts: dict[str, dict[str, str]]) -> None:
    for tree in texts.values():
        for path, text in tree.items():
            document = html.fromstring(body(text))
            assert len(document.xpath("//h1")) == 1, path
            ids = document.xpath("//@id")
            assert len(ids) == len(set(ids)), path


def test_a_text_is_shown_as_text(sample_library: Callable[..., Library]) -> None:
    library = sample_library(text_of("en", article(1, Passage(HOSTILE, (1, 1)), heading=HOSTILE)))
    text = texts_of(tree_of(library, "en"))["sample/art_1.md"]
    converted = markdown.Markdown(extensions=["attr_list", "md_in_html", "tables", "toc"]).convert(body(text))
    document = html.fromstring(converted)
    assert [p.text_content() for p in document.xpath("//*[@class='k-words']/p")] == [HOSTILE]
    assert document.xpath("//*[@class='k-heading__words']")[0].text_content() == HOSTILE
    assert not document.xpath("//script[not(@type='application/json')]") and not document.xpath("//*[@class='k-words']//b")
    assert yaml.safe_load(text.split("\n---\n")[0].removeprefix("---\n"))["articles"][0]["heading"] == HOSTILE


def test_a_language_of_the_reader_that_is_not_held_is_not_missed(sample_library: Callable[..., Library]) -> None:
    library = sample_library(text_of("en", article(1, Passage("Words.", (1, 1)))))
    for lang in ("kk", "en"):
        text = texts_of(tree_of(library, lang))["sample/art_1.md"]
        assert "--k-columns: 1" in text and "Words." in text


def test_a_text_written_from_right_to_left(sample_library: Callable[..., Library]) -> None:
    library = sample_library(
        text_of("ar", article(1, Passage("كلمات", (1, 1)))), text_of("en", article(1, Passage("Words.", (1, 1))))
    )
    cells = html.fromstring(body(texts_of(tree_of(library, "en"))["sample/art_1.md"])).xpath("//*[@lang='ar'][@dir='rtl']")
    assert cells


@pytest.mark.parametrize(("slug", "lang", "value"), [
    (EXTRADITION, "en", "not stated in the source held"),
    (EXTRADITION, "kk", "қолда бар дереккөзде айтылмаған"),
    (CRIME, "en", "since 9 January 2019"),
    (CRIME, "kk", "2019 жылғы 9 қаңтар"),
])
def test_in_force_only_where_it_is_stated(library: Library, trees: dict[str, Tree], slug: str, lang: str, value: str) -> None:
    assert in_force(library.treaty(slug), trees[lang].words) == value


def test_not_stated_stands_only_where_nothing_is_stated(texts: dict[str, dict[str, str]]) -> None:
    for lang, silent in (("en", "not stated in the source held"), ("kk", "қолда бар дереккөзде айтылмаған")):
        assert silent in says(texts[lang][f"{EXTRADITION}/index.md"])
        assert silent not in says(texts[lang][f"{CRIME}/index.md"])


def test_the_facts_of_the_two_treaties_are_not_mixed(library: Library, trees: dict[str, Tree]) -> None:
    found = {
        treaty.slug: {fact.name: fact for fact in facts(trees["en"], treaty)} for treaty in library.treaties
    }
    extradition, crime = found[EXTRADITION], found[CRIME]
    assert extradition["Parties"].values == ("Republic of Kazakhstan", "Hashemite Kingdom of Jordan")
    assert crime["Parties"].values[0] == "Government of the Republic of Kazakhstan"
    assert extradition["Authentic languages"].values == ("Kazakh, Arabic and English",)
    assert crime["Authentic languages"].values == ("Kazakh, Arabic, English and Russian",)
    assert extradition["Published with"].values[0].startswith("Law: ")
    assert "No. 681" in crime["Published with"].values[0]
    assert "Publication" not in extradition
    assert crime["Publication"].values == (
        "Bulletin of International Treaties of the Republic of Kazakhstan, 2019, No. 1, document 7",
    )
    assert [link.href for link in extradition["In force"].links] == ["art_22.html#art_22__para_1"]
    assert [link.href for link in crime["In force"].links] == ["#entry_into_force", "art_14.html#art_14__para_1"]
    assert [link.href for link in extradition["Prevailing language"].links] == ["#language_clause"]


def test_the_notice_says_which_language_prevails_and_that_it_is_not_held(library: Library, trees: dict[str, Tree]) -> None:
    before, clause, after = notice(trees["en"], library.treaty(EXTRADITION))
    assert "unofficial working translation" in before
    assert clause is not None and clause.href == "#language_clause"
    assert after == "The authentic English text is not held here."


def test_english_is_called_a_working_translation_wherever_it_stands(texts: dict[str, dict[str, str]]) -> None:
    for path, text in texts["en"].items():
        if 'lang="en"' in body(text) and "k-text" in text:
            said = says(text)
            assert "unofficial working translation" in said, path
            assert "The authentic English text prevails and is not held here." in said, path
    for path, text in texts["kk"].items():
        if 'lang="en"' in body(text) and "k-text" in text:
            assert "бейресми жұмыс аудармасы" in says(text), path


def test_who_cites_article_7_of_the_extradition_agreement(pages: dict[str, dict[str, Page]]) -> None:
    for lang in ("kk", "en"):
        hrefs = [item.href for item in pages[lang][f"{EXTRADITION}/art_7.md"].data["cited_by"]]
        outside = [href.partition("#")[2] for href in hrefs if not href.startswith("#")]
        assert outside == ["art_11__para_1__subpara_1", "art_14__para_6"]


def test_one_citation_to_two_paragraphs_is_one_place_with_two_targets(pages: dict[str, dict[str, Page]]) -> None:
    (item,) = pages["en"][f"{EXTRADITION}/art_11.md"].data["cited_by"]
    assert item.label == "Article 11(3)"
    assert item.target_labels == ("Article 11(1)", "Article 11(2)")
    assert item.words == "Paragraphs 1 and 2 of this Article"


def test_where_article_12_comes_from(pages: dict[str, dict[str, Page]]) -> None:
    kazakh, english = pages["kk"][f"{EXTRADITION}/art_12.md"].data["provenance"]
    assert "153–175-жолдар" in kazakh.text
    assert kazakh.sha256 == "735293ccc946afe4ec362f29c2c10a4af70657c9699656e5730155ebe31f6ad4"
    assert "бейресми жұмыс аудармасы" in english.text


def test_previous_and_next(pages: dict[str, dict[str, Page]]) -> None:
    first, last = (pages["en"][f"{EXTRADITION}/art_{n}.md"].data for n in (1, 22))
    assert first["previous"] is None and first["next"].href == "art_2.html"
    assert last["next"] is None and last["previous"].href == "art_21.html"


def test_the_conventions_are_listed_with_who_cites_them(texts: dict[str, dict[str, str]]) -> None:
    document = html.fromstring(body(texts["en"]["instruments.md"]))
    sections = document.xpath("//section[@class='k-instrument']")
    assert [section.get("id") for section in sections] == ["single-convention-1961", "protocol-1972", "un-convention-1988"]
    for section in sections:
        assert [href for href in section.xpath(".//a/@href") if href.startswith(f"{CRIME}/art_4.html#art_4")]


def test_figures_of_references(texts: dict[str, dict[str, str]]) -> None:
    rows = html.fromstring(body(texts["en"]["references.md"])).xpath("//tbody/tr")
    figures = {(row[0].text, row[1].text): [cell.text for cell in row[2:]] for row in rows}
    assert figures[("Extradition agreement", "Kazakh")] == ["16", "16", "0", "0"]
    assert figures[("Agreement on cooperation against crime", "Kazakh")] == ["3", "0", "3", "0"]


def test_an_unresolved_reference_is_listed_with_its_reason(sample_library: Callable[..., Library]) -> None:
    made = sample_library(text_of("en", article(1, Passage("See Article 99.", (1, 1)))))
    library = Library(made.treaties, unresolved=(
        Unresolved("sample", "art_1", "en", "Article 99", {"en": "there is no Article 99", "kk": "99-бап жоқ"}),
    ))
    assert "there is no Article 99" in says(texts_of(tree_of(library, "en"))["references.md"])


def test_a_reference_leads_to_its_target_and_carries_its_words(sample_library: Callable[..., Library]) -> None:
    words = "as Article 2 says"
    library = sample_library(text_of("en", article(
        1, Passage(words, (1, 1), (Reference(3, 12, (Target("sample", "art_2"),)),))), article(2, Passage("Two & two.", (2, 2)))))
    document = html.fromstring(body(texts_of(tree_of(library, "en"))["sample/art_1.md"]))
    (link,) = document.xpath("//a[@class='k-ref']")
    assert (link.text, link.get("href"), link.get("data-targets")) == ("Article 2", "art_2.html#art_2", "sample/art_2.html#art_2")
    (preview,) = document.xpath("//template[@data-target='sample/art_2.html#art_2']")
    assert "Two & two." in preview.text_content()


def test_walkthroughs_stand_on_home_treaty_and_articles_or_nowhere(library: Library, texts: dict[str, dict[str, str]]) -> None:
    walkthrough = Walkthrough(
        EXTRADITION, "Must this person be extradited?", "walkthroughs/w.html",
        {"art_4__para_1__point_a": (("Is the offence political?", "walkthroughs/w.html#political"),)},
    )
    made = texts_of(tree_of(library, "en", (walkthrough,)))
    assert 'href="walkthroughs/w.html"' in made["index.md"]
    assert 'href="../walkthroughs/w.html"' in made[f"{EXTRADITION}/index.md"]
    assert 'href="../walkthroughs/w.html#political"' in made[f"{EXTRADITION}/art_4.md"]
    assert "walkthroughs/w.html" not in made[f"{EXTRADITION}/art_12.md"]
    assert "walkthroughs/w.html" not in made[f"{CRIME}/art_4.md"]
    assert 'id="walkthroughs"' not in texts["en"]["index.md"]


def test_files_written(library: Library, tmp_path: Path) -> None:
    written = write_pages(
        library, tmp_path, "en", project=ROOT, offline_bundle=OfflineBundle("../x.zip", "1.5", "a" * 64),
    )
    assert all(file.is_file() for file in written)
    for file in ("kk.xml", "en.xml", "kk.txt", "en.txt"):
        assert (tmp_path / EXTRADITION / file).read_bytes() == (ROOT / "treaties" / EXTRADITION / file).read_bytes()
    home = (tmp_path / "index.md").read_text("utf-8")
    assert "1.5 MB" in home and "a" * 64 in home
    page = (tmp_path / EXTRADITION / "index.md").read_text("utf-8")
    assert 'href="kk.xml"' in page and 'href="kk.txt"' in page


def test_nothing_to_take_along_without_the_files(texts: dict[str, dict[str, str]]) -> None:
    assert "k-formats" not in texts["en"][f"{EXTRADITION}/index.md"]
    assert 'id="offline"' not in texts["en"]["index.md"]


def test_an_authentic_text_in_place_of_the_translation_is_not_called_one(sample_library: Callable[..., Library]) -> None:
    library = sample_library(text_of("en", article(1, Passage("Words.", (1, 1))), authority=Authority.AUTHENTIC))
    said = says(texts_of(tree_of(library, "en"))["sample/art_1.md"])
    assert "authentic text" in said and "unofficial working translation" not in said


def test_making_pages_writes_nothing_and_is_the_same_twice(trees: dict[str, Tree], texts: dict[str, dict[str, str]]) -> None:
    assert texts_of(trees["en"]) == texts["en"]
    assert len(make_pages(trees["en"])) == len(texts["en"])


def test_a_note_on_a_term_is_in_the_language_of_the_reader(library: Library, texts: dict[str, dict[str, str]]) -> None:
    noted = [term for term in library.terms if term.note]
    assert len(noted) > 50
    for lang, tree in texts.items():
        rows = html.fromstring(body(tree["terms.md"])).xpath("//tbody/tr")
        shown = {row.get("id"): " ".join(note.text_content() for note in row.xpath(".//*[@class='k-small']")) for row in rows}
        for term in library.terms:
            assert shown[term.id] == term.note.get(lang, ""), term.id
        assert all(term.note[lang] for term in noted)


def test_each_of_two_paragraphs_has_a_link_of_its_own(library: Library) -> None:
    """Article 3(5): «осы баптың 1 және 2-тармақтарында»."""
    expression = library.treaty(EXTRADITION).expressions["kk"]
    passage = next(p for p in expression.walk() if p.eid == "art_3__para_5").passages[0]
    placed = Placed(f"{EXTRADITION}/art_3.html", "kk", {}, lambda treaty, eid: eid.startswith("art_3"))
    shown = str(passage_html(passage, placed))
    assert re.findall(r'<a class="k-ref" href="([^"]+)"[^>]*>([^<]+)</a>', shown) == [
        ("#art_3__para_1", "осы баптың 1"), ("#art_3__para_2", "2-тармақтарында"),
    ]
    assert re.sub("<[^>]+>", "", shown) == passage.text.replace('"', "&#34;")
