"""The page of time limits as it is written: the table, complete without script; the links to and from it."""

from __future__ import annotations

import json

import pytest
from lxml import html

from build_scripts.gather import Gathered
from build_scripts.library import Library
from build_scripts.model import Passage
from build_scripts.pages import Page, Tree, make_pages, page_text
from build_scripts.pages import page_environment as environment_of
from build_scripts.pages.limits import quoted
from build_scripts.pages.words import load_all_words, load_languages
from tests.conftest import CRIME, EXTRADITION

from .conftest import INTERFACE, article, tree_of
from .conftest import text_of as text_in

Element = html.HtmlElement


@pytest.fixture(scope="module")
def trees_with_limits(gathered: Gathered) -> dict[str, Tree]:
    return {
        lang: Tree(gathered.library, lang, load_all_words(INTERFACE), load_languages(INTERFACE), limits=gathered.limits)
        for lang in ("kk", "en")
    }


@pytest.fixture(scope="module")
def made(trees_with_limits: dict[str, Tree]) -> dict[str, dict[str, Page]]:
    return {lang: {page.path: page for page in make_pages(tree)} for lang, tree in trees_with_limits.items()}


@pytest.fixture(scope="module")
def documents(trees_with_limits: dict[str, Tree], made: dict[str, dict[str, Page]]) -> dict[tuple[str, str], Element]:
    environment = environment_of()
    return {
        (lang, slug): html.fromstring(
            page_text(made[lang][f"{slug}/time-limits.md"], tree, environment).split("\n---\n", 1)[1].strip()
        )
        for lang, tree in trees_with_limits.items() for slug in (EXTRADITION, CRIME)
    }


def text_of(element: Element) -> str:
    return " ".join(element.text_content().split())


def test_every_limit_has_a_row(gathered: Gathered, documents: dict[tuple[str, str], Element]) -> None:
    for (_, slug), document in documents.items():
        rows = document.xpath("//tbody[starts-with(@id, 'limit-')]/@id")
        assert sorted(rows) == sorted(f"limit-{name}" for name in gathered.limits[slug].limits)


def test_no_id_twice_and_one_heading_of_the_first_level(documents: dict[tuple[str, str], Element]) -> None:
    for document in documents.values():
        ids = document.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert len(document.xpath("//h1")) == 1


def test_a_row_says_how_long_who_what_from_when_and_what_follows(documents: dict[tuple[str, str], Element]) -> None:
    (row,) = documents["en", EXTRADITION].xpath("//tbody[@id='limit-provisional-arrest']")
    cells = [text_of(cell) for cell in row.xpath("./tr[1]/*")]
    assert cells[0] == "40 days (тәулік) Article 12(5)"
    assert cells[1].startswith("Requesting Party To have the request for extradition received by the central authority")
    assert "The text sets no duty" in cells[1]
    assert cells[2] == "from the day on which the person was arrested"
    assert cells[3].startswith("shall If the central authority of the Requested Party has not received the request")
    assert cells[3].endswith("The text provides for no extension.")
    assert row.xpath("./tr[1]/th//a/@href") == ["art_12.html#art_12__para_5"]


def test_may_and_shall_stand_beside_what_follows(documents: dict[tuple[str, str], Element]) -> None:
    for lang, words in (("en", ["may", "shall", "may"]), ("kk", ["құқық", "міндет", "құқық"])):
        (row,) = documents[lang, EXTRADITION].xpath("//tbody[@id='limit-removal']")
        assert [mark.text for mark in row.xpath("./tr[1]/td[3]//b[contains(@class, 'k-force')]")] == words


def test_every_reading_of_an_unsaid_start_is_there_with_its_reason(documents: dict[tuple[str, str], Element]) -> None:
    (row,) = documents["kk", EXTRADITION].xpath("//tbody[@id='limit-removal']")
    assert text_of(row.xpath("./tr[1]/td[2]/p")[0]) == "Мәтінде айтылмаған."
    readings = [text_of(item) for item in row.xpath("./tr[1]/td[2]/ol/li")]
    assert [reading.split(":")[0] for reading in readings] == [
        "Ұстап беру туралы сұрау салу бойынша шешім қабылданған күн", "Бұл шешім Сұрау салушы Тарапқа хабарланған күн",
        "Беру үшін келісілген күн", "Берудің жаңа күні (егер келісілсе)",
    ]


def test_the_words_of_the_text_are_quoted_whole_in_both_languages(
    library: Library, gathered: Gathered, documents: dict[tuple[str, str], Element],
) -> None:
    for (lang, slug), document in documents.items():
        held = {
            own: {unit.eid: unit for unit in expression.walk()} for own, expression in library.treaty(slug).expressions.items()
        }
        for name, limit in gathered.limits[slug].limits.items():
            columns = document.xpath(f"//tbody[@id='limit-{name}']//div[@class='k-limits__law']/div")
            assert [column.get("lang") for column in columns] == [lang, "en" if lang == "kk" else "kk"]
            for column in columns:
                own = column.get("lang")
                assert column.xpath("string(.//mark)") == limit.words[own]
                assert held[own][limit.eid].text in text_of(column)


def test_a_point_is_quoted_with_the_words_around_its_list(library: Library) -> None:
    texts = library.treaty(EXTRADITION).expressions
    kazakh = [(num, str(words)) for num, words in quoted(texts["kk"], "art_11__para_3__point_a", "отыз (30) тәулік")]
    assert [num for num, _ in kazakh] == ["3.", "a)", ""]
    assert kazakh[0][1] == "Егер:"
    assert '<mark class="k-set">отыз (30) тәулік</mark>' in kazakh[1][1]
    assert kazakh[2][1] == "осы баптың 1 және 2-тармақтары қолданылмайды."
    english = [(num, str(words)) for num, words in quoted(texts["en"], "art_11__para_3__point_a", "")]
    assert english[0] == ("3.", "Paragraphs 1 and 2 of this Article shall not apply if:")


def test_what_is_quoted_is_escaped() -> None:
    text = text_in("en", article(1, Passage("within <b>30</b> days & no <script>later", (1, 1))))
    ((num, words),) = quoted(text, "art_1", "<b>30</b> days &")
    assert (num, words) == (
        "", 'within <mark class="k-set">&lt;b&gt;30&lt;/b&gt; days &amp;</mark> no &lt;script&gt;later',
    )


def test_what_is_no_limit_is_listed_with_its_reason(documents: dict[tuple[str, str], Element]) -> None:
    rows = documents["en", EXTRADITION].xpath("//h3[@id='not-limits']/following-sibling::table[1]/tbody/tr")
    said = [[text_of(cell) for cell in row] for row in rows]
    assert len(said) == 9
    assert said[0] == ["for a term of at least one year", "Article 3(1)", "The length of the punishment for the offence."]


def test_how_days_are_counted_and_where_the_text_is_silent(documents: dict[tuple[str, str], Element]) -> None:
    for lang, silent in (("en", "The text is silent:"), ("kk", "Мәтін айтпайды:")):
        said = [text_of(item) for item in documents[lang, EXTRADITION].xpath("//section[@id='counting']//li")]
        assert len(said) == 5 and sum(one.startswith(silent) for one in said) == 4
        assert "тәулік" in said[0]


def test_the_page_says_that_it_is_no_advice_and_which_text_prevails(documents: dict[tuple[str, str], Element]) -> None:
    said = text_of(documents["en", EXTRADITION].xpath("//p[@class='k-limits__notice']")[0])
    assert "This is a guide to the text held here, not advice; the authentic English text prevails (Language clause)." in said
    assert "түпнұсқалы ағылшын мәтіні басым" in text_of(documents["kk", CRIME].xpath("//p[@class='k-limits__notice']")[0])


def test_without_script_it_says_what_the_calculator_needs(documents: dict[tuple[str, str], Element]) -> None:
    for document in documents.values():
        assert "JavaScript" in text_of(document.xpath("//noscript")[0])
        assert document.xpath("//*[@id='k-calculator']/@hidden")


def test_what_the_scripts_are_given(gathered: Gathered, documents: dict[tuple[str, str], Element]) -> None:
    for (lang, slug), document in documents.items():
        data = json.loads(document.xpath("string(//script[@id='k-limits'])"))
        limits = gathered.limits[slug]
        assert list(data["limits"]) == list(limits.limits) and list(data["events"]) == list(limits.events)
        assert all(event["name"] == limits.events[name].name[lang] for name, event in data["events"].items())


def test_an_article_leads_to_the_table_and_the_treaty_too(made: dict[str, dict[str, Page]]) -> None:
    (limit,) = [one for one in made["en"][f"{EXTRADITION}/art_12.md"].data["time_limits"] if one.length == "40 days (тәулік)"]
    assert limit.href == "#art_12__para_5" and limit.in_table == "time-limits.html#limit-provisional-arrest"
    assert [one.length for one in made["kk"][f"{EXTRADITION}/art_14.md"].data["time_limits"]] == [
        "дереу", "дереу", "30 тәулік", "дереу", "келісіледі",
    ]
    assert made["en"][f"{EXTRADITION}/art_9.md"].data["time_limits"] == ()
    assert made["kk"][f"{CRIME}/index.md"].data["time_limits"].href == "time-limits.html"


def test_the_first_page_leads_to_every_table(made: dict[str, dict[str, Page]]) -> None:
    assert [link.href for link, _ in made["en"]["index.md"].data["time_limits"]] == [
        f"{CRIME}/time-limits.html", f"{EXTRADITION}/time-limits.html",
    ]


def test_a_treaty_without_limits_has_no_such_page(library: Library) -> None:
    pages = {page.path: page for page in make_pages(tree_of(library, "en"))}
    assert f"{EXTRADITION}/time-limits.md" not in pages
    assert pages[f"{EXTRADITION}/index.md"].data["time_limits"] is None
    assert pages["index.md"].data["time_limits"] == []
