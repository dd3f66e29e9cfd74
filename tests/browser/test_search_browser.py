"""The search in a real browser, on pages opened from disk: the same as in Python, and what the reader sees of it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

from build_scripts.analyse import TABLES, Token, analyse
from build_scripts.grammar import Asked, Filter, Without, Words, read
from build_scripts.index import EXACT, Index
from build_scripts.index import spellings as spelled
from build_scripts.library import Library
from build_scripts.numerals import number_at, spellings
from build_scripts.pages.labels import provision_label
from build_scripts.pages.words import load_all_words
from build_scripts.search import Answer, Hit, Searcher
from build_scripts.suggest import Vocabulary
from tests import retrieval_report

ROOT = Path(__file__).resolve().parents[2]
CASES = yaml.safe_load((ROOT / "tests" / "search_cases.yml").read_text("utf-8"))
ASKED = [{"query": query} for query in CASES["queries"] + [case["query"] for case in CASES["meant"]]] + CASES["only"]
TRICKY = [
    "", " ", "İstanbul ISTANBUL ıı", "Straße ΣΊΣΥΦΟΣ", "é e\u0301 й и\u0306", "қыл\u00adмыс\u200b тық", "Келiсiм KEЛICIM Yкімет",
    "5-бабында 67¹-бап 129-1 12–15", "іс-қимыл сондай‐ақ бір‑бірін", "co-operation's Party’s 'quoted'", "٣ ۴ १२ ２ ²",
    "№681 §5 4(1)(e)", "об'єкт обʼєкт", "за\u0301мок ёлка ЁЛКА", "كِتَاب الـمـادة", "😀 a😀b 𝐀𝟗", "---a---b---", "a-a-a-a-a",
    "ⅷ ½ ①",
    "\u200f\u202eтарап\u202c", "x" * 200, "Ж" * 65 + "-" + "ж" * 3, "\u0301abc",
    "A_B_c", "д\u200d-\u200dе", "cot e) е)", "\u1e9e \ufb01",
]
ENGINE = "(asked) => Kelisim.searchEngine.search(asked.query, asked)"


@pytest.fixture
def site(search_site: Path) -> Path:
    return search_site


@pytest.fixture
def page(search_page: Page) -> Page:
    return search_page


@pytest.fixture
def open_page(page: Page, site: Path) -> Page:
    page.goto((site / "en" / "index.html").as_uri())
    page.evaluate("Kelisim.searchIndex.open()")
    return page


def as_row(token: Token) -> list[Any]:
    return [token.term, token.exact, token.position, token.start, token.end, token.glued, token.whole]


def rows_in(page: Page, texts: list[tuple[str, str]]) -> list[Any]:
    return page.evaluate(
        """(texts) => texts.map(([text, lang]) => Kelisim.analyse(text, lang)
            .map((t) => [t.term, t.exact, t.position, t.start, t.end, t.glued, t.whole]))""",
        texts,
    )


def test_analysis_is_the_same_on_every_word_of_the_corpus(open_page: Page, library: Library) -> None:
    texts = [
        (text, lang)
        for treaty in library.treaties for lang, expression in treaty.expressions.items()
        for provision in expression.walk()
        for text in (provision.text, provision.heading.text if provision.heading else "", provision.num) if text
    ]
    assert rows_in(open_page, texts) == [[as_row(token) for token in analyse(text, lang)] for text, lang in texts]


def test_analysis_is_the_same_on_tricky_strings(open_page: Page) -> None:
    texts = [(text, lang) for text in TRICKY for lang in ("kk", "en", "ru", "ar")]
    assert rows_in(open_page, texts) == [[as_row(token) for token in analyse(text, lang)] for text, lang in texts]


def test_analysis_is_the_same_on_noise(open_page: Page) -> None:
    letters = "aeбвқiіһHУy5٣¹-‐'’ \u00ad\u200f\u0301\u0306.,«»ёЁİıΣς"
    source = random.Random(7)
    texts = [
        ("".join(source.choices(letters, k=source.randrange(1, 40))), source.choice(["kk", "en", "ru"])) for _ in range(3000)
    ]
    assert rows_in(open_page, texts) == [[as_row(token) for token in analyse(text, lang)] for text, lang in texts]


def as_list(hit: Hit) -> list[Any]:
    return [hit.treaty, hit.eid, hit.lang, hit.heading, hit.snippet, hit.url, [list(mark) for mark in hit.marks]]


def assert_same(found: dict[str, Any], expected: Answer) -> None:
    """The browser's answer is Python's: hits in their order, scores, marks, suggestions, notices, counts of words."""
    keys = ("treaty", "eid", "lang", "heading", "snippet", "url", "marks")
    assert [[hit[key] for key in keys] for hit in found["hits"]] == [as_list(hit) for hit in expected.hits]
    assert [hit["score"] for hit in found["hits"]] == pytest.approx([hit.score for hit in expected.hits], rel=1e-9)
    assert [[hit[key] for key in keys] for hit in found["more"]] == [as_list(hit) for hit in expected.more]
    assert [found["suggestions"], found["instead"]] == [list(expected.suggestions), expected.instead]
    assert found["complete"] == expected.complete
    assert [[one["kind"], one["value"], one["known"]] for one in found["notices"]] == [
        [one.kind.value, one.value, list(one.known)] for one in expected.notices
    ]
    assert [[one["text"], one["count"]] for one in found["words"]] == [[one.text, one.count] for one in expected.words]


def assert_all_same(page: Page, searcher: Searcher, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answers of the browser, each compared with Python's."""
    answers: list[dict[str, Any]] = page.evaluate(
        """async (asked) => {
            const all = [];
            for (const one of asked) {
                const answer = await Kelisim.searchEngine.search(one.query, one);
                const { hits, more, suggestions, instead, complete, notices, words } = answer;
                all.push({ hits, more, suggestions, instead, complete, notices, words });
            }
            return all;
        }""", asked,
    )
    for one, answer in zip(asked, answers):
        try:
            assert_same(answer, searcher.search(one["query"], one.get("lang"), one.get("treaty"), one["limit"]))
        except AssertionError as fault:
            raise AssertionError(one) from fault
    return answers


def test_answers_are_those_of_whoosh(open_page: Page, searcher: Searcher) -> None:
    assert_all_same(open_page, searcher, [{"limit": 1000, **asked} for asked in ASKED])


def test_answers_are_those_of_whoosh_on_queries_thrown_together(open_page: Page, searcher: Searcher) -> None:
    source = random.Random(11)
    pieces = [
        "extradition", "arrest", "death penalty", "party", "the", "shall", "person", "босату", "тарап", "қамаққа алу", "және",
        "60", "sixty", "алпыс (60)", "zebra", "5-бабында", "extrad*", "AND", "OR", "NOT", "ЖӘНЕ", "ИЛИ", "-", "(", ")", "(", ")",
        '"', '"requested party"', "«алпыс тәулік»", "treaty:extradition", 'treaty:"қылмысқа қарсы"', "treaty:none", "lang:en",
        "тіл:қазақша", "article:12", "бап:4(1)", "article:3-5", "article:77",
    ]
    queries = ["".join(piece + source.choice([" ", " ", " ", ""]) for piece in source.choices(pieces, k=source.randrange(1, 9)))
               for _ in range(400)]
    found = assert_all_same(open_page, searcher, [{"query": query, "limit": 12} for query in queries])
    assert sum(bool(answer["hits"]) and answer["complete"] for answer in found) > 100


def as_tree(asked: Asked | None) -> Any:
    if isinstance(asked, Words):
        return ["words", asked.start, asked.end, asked.quoted]
    if isinstance(asked, Filter):
        return ["filter", asked.field, asked.value, asked.start, asked.end]
    if isinstance(asked, Without):
        return ["without", as_tree(asked.part)]
    return asked and [asked.join.value, *map(as_tree, asked.parts)]


def test_queries_are_read_as_in_python(open_page: Page) -> None:
    source = random.Random(5)
    pieces = [
        "a", "B", "ж", "AND", "OR", "НЕ", "ЖӘНЕ", "ЖӘHE", "И", " ", " ", " ", "\t", "(", ")", "(1)", '"', "«", "»", "-", "−", "*",
        ":", "treaty:", "шарт:", "LANG:", "article:12", "\u200f", "\u00a0", "😀", "5-б", "e)", "AND\u200e", "ß", "İ",
    ]
    queries = ["".join(source.choices(pieces, k=source.randrange(1, 14))) for _ in range(4000)]
    queries += ["(" * 40 + "a" + ")" * 40, "(" * 2000, "NOT " * 300 + "a", "-" * 50 + "a", "a OR " * 300, "x" * 1001]
    found = open_page.evaluate(
        """(queries) => {
            const tree = (asked) => {
                if (!asked) return null;
                if (asked.kind === "words") return ["words", asked.start, asked.end, asked.quoted];
                if (asked.kind === "filter") return ["filter", asked.field, asked.value, asked.start, asked.end];
                if (asked.kind === "without") return ["without", tree(asked.part)];
                return [asked.join, ...asked.parts.map(tree)];
            };
            return queries.map((query) => {
                const { asked, plain, operators, cut } = Kelisim.searchGrammar.read(query);
                return [tree(asked), plain, operators, cut];
            });
        }""", queries,
    )
    for query, tree in zip(queries, found):
        reading = read(query)
        assert tree == [as_tree(reading.asked), reading.plain, reading.operators, reading.cut], query


def test_numbers_are_read_as_in_python(open_page: Page) -> None:
    rows = [[number, lang] for number in range(1, 1000) for lang in ("kk", "en", "ru", "ar")]
    spelt = open_page.evaluate("(rows) => rows.map((row) => Kelisim.searchNumerals.spellings(...row))", rows)
    assert spelt == [[list(words) for words in spellings(*row)] for row in rows]
    texts = [(words, lang) for words, (_, lang) in zip([way for ways in spelt for way in ways], rows)]
    source = random.Random(2)
    words = [
        "one", "two", "ten", "eleven", "twenty", "hundred", "and", "days", "60", "он", "бес", "жүз", "бір", "сто",
        "двести", "пять", "",
    ]
    texts += [(source.choices(words, k=source.randrange(6)), source.choice(["kk", "en", "ru"])) for _ in range(3000)]
    read_as = open_page.evaluate("(texts) => texts.map((text) => Kelisim.searchNumerals.numberAt(...text))", texts)
    assert read_as == [list(number_at(*text)) for text in texts]


def test_answers_to_lawyers_queries_are_those_of_whoosh(open_page: Page, searcher: Searcher) -> None:
    """The queries of the retrieval report, and those misspelt."""
    asked = [query.query for query in retrieval_report.queries()] + [one.query for one in retrieval_report.misspelt()]
    found = open_page.evaluate("""async (asked) => {
        const answers = [];
        for (const query of asked) {
            const { hits, more, suggestions, instead, complete } = await Kelisim.searchEngine.search(query, { limit: 10 });
            const rows = [...hits, ...more].map((hit) => [hit.url, hit.lang, Math.round(hit.score * 1e6)]);
            answers.push([rows, suggestions, instead, complete]);
        }
        return answers;
    }""", asked)
    for query, row in zip(asked, found):
        expected = searcher.search(query, limit=10)
        rows = [[hit.url, hit.lang, round(hit.score * 1e6)] for hit in (*expected.hits, *expected.more)]
        assert row == [rows, list(expected.suggestions), expected.instead, expected.complete], query


UNKNOWN = [  # words of which each goes its own way to a suggestion, or to none
    "кепилдик", "уйкамак", "ким", "канша", "тәркілау", "банкнт", "құнлылық", "болик", "заңдастыру", "издестирилип", "құрбақа",
    "жагдайы", "ұстапберу", "үшінадам",
]


def test_the_nearest_words_are_those_of_python(open_page: Page, search_index: Index) -> None:
    """The browser leaves out by their letters most words that cannot be near; it must lose none."""
    source = random.Random(5)
    near = {letter: group for group in TABLES["near_letters"] for letter in group}
    asked = []
    for lang, part in search_index.parts.items():
        letters = "аәбғдеіқлнөрсұүы" if lang == "kk" else "abdehilnorst"
        for word in source.sample([word for word, _ in part.words(EXACT) if len(word) > 3 and word.isalpha()], 60):
            typed = list(word)
            for _ in range(source.randrange(1, 3)):
                at = source.randrange(len(typed))
                typed[at] = source.choice(["", typed[at] * 2, *letters, *near.get(typed[at], "") * 4])
                typed = list("".join(typed))
            asked.append([lang, "".join(typed)])
    asked += [["kk", word] for word in UNKNOWN]
    found = open_page.evaluate("""async (asked) => {
        const { languages } = await Kelisim.searchIndex.open();
        return Promise.all(asked.map(([lang, word]) => Kelisim.searchSuggest.nearest(word, languages.get(lang))));
    }""", asked)
    vocabularies = {lang: Vocabulary(spelled(part), lang) for lang, part in search_index.parts.items()}
    assert found == [[list(row) for row in vocabularies[lang].nearest(word)] for lang, word in asked]
    assert sum(1 for rows in found if rows) > 90


def test_enough_queries_are_compared() -> None:
    assert len(ASKED) >= 60


def test_a_query_loads_few_files(page: Page, site: Path) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url) if "/search-data/" in request.url else None)
    page.goto((site / "en" / "index.html").as_uri())
    assert loaded == []
    page.evaluate(ENGINE, {"query": "death penalty", "lang": "en", "limit": 5})
    names = [url.split("/search-data/")[1] for url in loaded]
    assert not any("words" in name for name in names)
    assert len(names) <= 3 + 2 * 2 + 5  # meta and the citations' two; words and positions of two words; documents of five hits
    size = sum((site / "search-data" / name).stat().st_size for name in names if name[:2] == "en" or name == "meta.js")
    whole = sum(path.stat().st_size for path in (site / "search-data").rglob("*.js"))
    assert size < whole / 2


@pytest.mark.parametrize(("query", "first"), [
    ("4(1)(e)", "kk/kz-jo-extradition-2017/art_4.html#art_4__para_1__point_e"),
    ("article 12(5)", "en/kz-jo-extradition-2017/art_12.html#art_12__para_5"),
    ("12-баптың 2-тармағы", "kk/kz-jo-extradition-2017/art_12.html#art_12__para_2"),
    ("extradition 12", "en/kz-jo-extradition-2017/art_12.html#art_12"),
    ("12-бап", "kk/kz-jo-extradition-2017/art_12.html#art_12"),
])
def test_cited_provisions_come_first(open_page: Page, searcher: Searcher, query: str, first: str) -> None:
    expected = searcher.search(query)
    found = open_page.evaluate(ENGINE, {"query": query})
    assert expected.hits[0].url == first
    for name in ("resolved", "hits", "nearest"):
        wanted = [[hit.url, hit.lang, hit.heading, hit.snippet] for hit in getattr(expected, name)]
        assert [[hit["url"], hit["lang"], hit["heading"], hit["snippet"]] for hit in found[name]] == wanted


def test_a_provision_that_does_not_exist_is_not_claimed(page: Page, site: Path, searcher: Searcher) -> None:
    assert searcher.search("23-бап").resolved == ()
    page.goto((site / "kk" / "search.html").as_uri() + "#q=23-бап")
    page.wait_for_selector(".k-nearest a")
    assert page.locator(".k-cited").count() == 0
    assert page.locator(".k-nearest p").inner_text().startswith("Мұндай ереже жоқ")


def type_in(page: Page, query: str) -> None:
    page.locator("#k-search-input").fill(query)
    page.wait_for_selector("#k-search-results:not([hidden])")


def test_the_box_shows_hits_while_typing(open_page: Page) -> None:
    field, options = open_page.locator("#k-search-input"), open_page.locator("#k-search-results [role=option]")
    assert field.get_attribute("role") == "combobox"
    type_in(open_page, "provisional arr")
    assert field.get_attribute("aria-expanded") == "true"
    assert options.first.locator(".k-hit__label").inner_text().startswith("Article 12")
    assert options.first.locator("mark").first.inner_text().lower() == "provisional"
    assert options.first.get_attribute("href").startswith("../en/kz-jo-extradition-2017/art_12.html#art_12")
    assert options.last.inner_text().startswith("All results")


def test_the_box_is_worked_by_keys(open_page: Page) -> None:
    field = open_page.locator("#k-search-input")
    type_in(open_page, "death penalty")
    field.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert open_page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowUp")
    assert open_page.locator("[aria-selected=true]").inner_text().startswith("All results")
    field.press("Escape")
    assert open_page.locator("#k-search-results").is_hidden()
    assert field.input_value() == "death penalty"
    field.press("Escape")
    assert field.input_value() == ""
    type_in(open_page, "death penalty")
    field.press("ArrowDown")
    with open_page.expect_request("**/art_4.html"):
        field.press("Enter")


def test_enter_leads_to_the_search_page(open_page: Page) -> None:
    type_in(open_page, "death penalty")
    open_page.locator("#k-search-input").press("Enter")
    open_page.wait_for_selector(".k-group")
    assert open_page.url.endswith("en/search.html#q=death%20penalty")
    assert open_page.locator("#k-find").input_value() == "death penalty"


def test_enter_on_a_citation_leads_to_its_provision(open_page: Page) -> None:
    type_in(open_page, "article 12(5) extradition")
    first = open_page.locator("#k-search-results [role=option]").first
    assert "k-hit--cited" in first.get_attribute("class")
    assert first.locator(".k-hit__label").inner_text() == "Article 12(5)"
    with open_page.expect_request("**/art_12.html"):
        open_page.locator("#k-search-input").press("Enter")


def test_a_misspelt_word_is_put_right_in_the_box(open_page: Page) -> None:
    type_in(open_page, "extraditoin")
    option = open_page.locator("[data-query]").first
    assert option.inner_text() == "Did you mean: extradition"
    option.click()
    open_page.wait_for_selector("#k-search-results .k-hit__label")
    assert open_page.locator("#k-search-input").input_value() == "extradition"


def test_the_page_groups_hits_by_article(page: Page, site: Path) -> None:
    page.goto((site / "en" / "search.html").as_uri() + "#q=" + "provisional%20arrest")
    page.wait_for_selector(".k-group")
    first = page.locator(".k-group").first
    assert first.locator("h2").inner_text() == "Article 12 · Provisional arrest"
    assert first.locator(".k-group__hit").count() > 1
    assert first.locator(".k-hit__origin").inner_text() == "Extradition agreement · English"
    assert {text.lower() for text in first.locator("mark").all_inner_texts()} >= {"provisional", "arrest"}


def test_the_filters_count_and_filter(page: Page, site: Path, searcher: Searcher) -> None:
    page.goto((site / "kk" / "search.html").as_uri() + "?q=2017")
    page.wait_for_selector(".k-group")
    total = len(searcher.search("2017", limit=1000).hits)
    kazakh = len(searcher.search("2017", "kk", limit=1000).hits)
    assert page.locator(".k-amount").inner_text() == f"{total} ереже"
    button = page.locator(".k-filter button", has_text="қазақша")
    assert button.inner_text() == f"қазақша {kazakh}"
    button.click()
    page.wait_for_selector("[aria-pressed=true]")
    assert page.locator(".k-group__hit").count() == kazakh
    assert "lang=kk" in page.url
    page.go_back()
    page.wait_for_function(f"document.querySelector('.k-amount').textContent === '{total} ереже'")


def test_more_hits_are_shown_when_asked_for(page: Page, site: Path, searcher: Searcher) -> None:
    page.goto((site / "en" / "search.html").as_uri() + "#q=party")
    page.wait_for_selector(".k-more")
    assert page.locator(".k-group__hit").count() == 20
    page.locator(".k-more").click()
    page.wait_for_function("document.querySelectorAll('.k-group__hit').length === 40")


def test_a_provision_is_named_as_on_its_page(open_page: Page, library: Library) -> None:
    words = load_all_words(ROOT / "docs" / "interface")["en"]
    eids = sorted({one.eid for treaty in library.treaties for text in treaty.expressions.values() for one in text.walk()})
    named = open_page.evaluate("(eids) => eids.map(Kelisim.searchView.label)", eids)
    assert named == [provision_label(eid, words) for eid in eids]


@pytest.mark.parametrize("case", CASES["snippets"], ids=lambda case: case["text"][:20].encode("unicode_escape").decode())
def test_marks_stand_at_the_words_whatever_their_case_and_signs(open_page: Page, case: dict[str, Any]) -> None:
    marked = open_page.evaluate(
        """({text, lang, stems = [], phrases = []}) => {
            const found = Kelisim.snippet(text, lang, {stems: new Set(stems), exacts: new Set(), phrases});
            const line = Kelisim.searchView.marked(found.text, found.marks, lang);
            return Array.from(line.querySelectorAll("mark"), (mark) => mark.textContent);
        }""", case,
    )
    assert marked == case["marked"]
