"""Forms that the two treaties do not have, and faults."""

import pytest

from build_scripts.describe import ClosingWords
from build_scripts.model import Kind, Part
from build_scripts.problems import Code

from .conftest import SHARED, Parsed, parse_text


def codes(parsed: Parsed) -> list[tuple[Code, int]]:
    return [(problem.code, problem.line) for problem in parsed.problems]


def test_letters_below_numbers_below_paragraphs() -> None:
    parsed = parse_text("SAMPLE TREATY\n\nArticle 1\n1. Any of:\n1) these:\na) one;\nb) two;\n2) those.\n2. End.")
    assert codes(parsed) == []
    assert parsed.eids[1:] == [
        "art_1", "art_1__para_1", "art_1__para_1__intro", "art_1__para_1__point_1", "art_1__para_1__point_1__intro",
        "art_1__para_1__point_1__point_a", "art_1__para_1__point_1__point_b", "art_1__para_1__point_2", "art_1__para_2",
    ]


def test_roman_numbers_below_letters() -> None:
    parsed = parse_text("SAMPLE TREATY\nArticle 1\n1. Any of:\n(a) these:\n(i) one;\n(ii) two;\n(b) those.")
    assert codes(parsed) == []
    assert "art_1__para_1__point_a__point_ii" in parsed.eids
    assert "art_1__para_1__point_b" in parsed.eids


def test_letter_i_in_a_long_list_is_no_roman_number() -> None:
    items = "\n".join(f"({letter}) item;" for letter in "abcdefghij")
    parsed = parse_text(f"SAMPLE TREATY\nArticle 1\n1. Any of:\n{items}")
    assert codes(parsed) == []
    assert "art_1__para_1__point_j" in parsed.eids


def test_duplicates_are_reported_and_nothing_is_dropped() -> None:
    parsed = parse_text(
        "SAMPLE TREATY\n\nArticle 1\n1. One.\n2. Two.\n2. Two again.\nNo number.\n\nArticle 1\n1. A copy."
    )
    assert set(codes(parsed)) == {(Code.NUMBER_DUPLICATE, 6), (Code.NUMBER_DUPLICATE, 9)}
    assert parsed.by_eid["art_1__para_2_dup_2__subpara_1"].text == "Two again."
    assert parsed.by_eid["art_1__para_2_dup_2__subpara_2"].text == "No number."
    assert parsed.by_eid["art_1_dup_2__para_1"].text == "A copy."


def test_missing_article_and_missing_paragraph_in_one_run() -> None:
    parsed = parse_text("SAMPLE TREATY\nArticle 1\n1. One.\n3. Three.\nArticle 3\nText.")
    assert set(codes(parsed)) == {(Code.NUMBER_MISSING, 4), (Code.ARTICLE_MISSING, 5)}


def test_inserted_articles() -> None:
    parsed = parse_text("SAMPLE TREATY\nArticle 12\nT.\nArticle 12-1\nT.\nArticle 12-2\nT.\nArticle 13\nT.")
    assert parsed.eids[1:] == ["art_12", "art_12-1", "art_12-2", "art_13"]
    assert codes(parsed) == [(Code.ARTICLE_MISSING, 2)]  # it begins at 12


def test_a_year_at_the_start_of_a_line_is_no_number() -> None:
    parsed = parse_text("SAMPLE TREATY\nArticle 1\n1. First.\n2. Second.\n1986. was the year of signature.")
    assert parsed.by_eid["art_1__para_2__subpara_2"].text == "1986. was the year of signature."


def test_a_sentence_that_begins_with_an_article_is_no_heading() -> None:
    parsed = parse_text("SAMPLE TREATY\nArticle 1\nArticle 2 applies to nationals.\nArticle 2\nText.")
    assert parsed.by_eid["art_1"].text == "Article 2 applies to nationals."


def test_glued_heading_comes_with_the_edit_that_mends_it() -> None:
    parsed = parse_text("ҮЛГІ\n\n1-бап\nМәтін.\n\n2-БАПБЕРУ\nМәтін.", "kk", "ҮЛГІ")
    assert codes(parsed) == [(Code.HEADING_GLUED, 6)]
    assert 'quote "2-БАПБЕРУ", replacement "2-БАП БЕРУ"' in parsed.problems[0].hint


def test_text_without_articles() -> None:
    parsed = parse_text("SAMPLE TREATY\nJust words.\n1. One.\n2. Two.")
    assert codes(parsed) == [(Code.NO_ARTICLES, 0)]
    assert parsed.eids == ["title", "subpara_1", "para_1", "para_2"]
    assert codes(parse_text("")) == [(Code.NO_ARTICLES, 0)]


def test_title_that_is_not_in_the_text() -> None:
    parsed = parse_text("ANOTHER TREATY\nArticle 1\nText.")
    assert codes(parsed) == [(Code.TITLE_NOT_FOUND, 1)]
    assert parsed.by_eid["preamble__parties"].text == "ANOTHER TREATY"


def test_title_over_several_lines() -> None:
    parsed = parse_text("SAMPLE\nTREATY\nThe Parties\nArticle 1\nText.")
    assert codes(parsed) == []
    assert [passage.text for passage in parsed.by_eid["title"].passages] == ["SAMPLE", "TREATY"]


def test_words_before_the_title_are_kept() -> None:
    parsed = parse_text("Gazette No. 5\nSAMPLE TREATY\nArticle 1\nText.")
    assert codes(parsed) == [(Code.TEXT_UNPLACED, 1)]
    assert parsed.by_eid["front__text"].text == "Gazette No. 5"


def test_words_after_the_articles_that_are_no_known_unit() -> None:
    parsed = parse_text("SAMPLE TREATY\nArticle 1\nText.\nDone at Astana on 1 May 2020.\nStrange words.")
    assert codes(parsed) == [(Code.TEXT_UNPLACED, 5)]
    assert not parsed.problems[0].stops
    assert parsed.by_eid["end__text_1"].text == "Strange words."


def test_hash_is_text_where_articles_are_not_marked_with_it() -> None:
    parsed = parse_text("SAMPLE TREATY\nArticle 1\n1. First.\n# not a heading")
    assert parsed.by_eid["art_1__para_1__subpara_2"].text == "# not a heading"


def test_wrapped_lines_and_page_break_in_a_sentence() -> None:
    text = (
        "SAMPLE TREATY\n\nArticle 1\n\n      1. The Parties shall cooperate in the field\nof combating crime and\n\n\n\n"
        "exchange of information under\n\n\n\nProtocols in force.\n      2. End\nof it.\n"
    )
    parsed = parse_text(text)
    assert parsed.by_eid["art_1__para_1"].text == (
        "The Parties shall cooperate in the field of combating crime and exchange of information under Protocols in force."
    )
    assert parsed.by_eid["art_1__para_2"].text == "End of it."


def test_page_break_in_a_sentence_between_paragraphs() -> None:
    parsed = parse_text("SAMPLE TREATY\n\nArticle 1\n\n1. The Parties shall\n\ncooperate.\n\n2. End.")
    assert parsed.by_eid["art_1__para_1"].text == "The Parties shall cooperate."


def test_closing_words_on_a_line_of_their_own() -> None:
    parsed = parse_text("SAMPLE TREATY\nArticle 1\n1. If the person:\n(a) fled,\n(b) hid,\nextradition shall be refused.")
    assert parsed.by_eid["art_1__para_1__wrapup"].text == "extradition shall be refused."


def test_closing_words_that_close_something_else() -> None:
    words = ClosingWords(lang="en", line=5, begins="shall be refused.", closes="art_1__para_2")
    parsed = parse_text("SAMPLE TREATY\nArticle 1\n1. If:\n(a) one;\n(b) two shall be refused.", closing=[words])
    assert codes(parsed) == [(Code.CLOSING_NOT_FOUND, 5)]
    assert "art_1__para_1" in parsed.problems[0].message


def test_closing_words_that_are_not_there() -> None:
    words = ClosingWords(lang="en", line=5, begins="no such words", closes="art_1__para_1")
    parsed = parse_text("SAMPLE TREATY\nArticle 1\n1. If:\n(a) one;\n(b) two.", closing=[words])
    assert [code for code, _ in codes(parsed)] == [Code.CLOSING_NOT_FOUND]


def test_preamble_and_heading_on_the_line() -> None:
    parsed = parse_text("SAMPLE TREATY\nThe Parties,\nwishing well,\nhave agreed as follows:\nArticle 1. Scope\nText.")
    assert [p.eid for p in parsed.parts[Part.PREAMBLE]] == ["preamble__parties", "preamble__rec_1", "preamble__formula"]
    article = parsed.by_eid["art_1"]
    assert (article.num, article.heading.text if article.heading else "") == ("Article 1.", "Scope")


def test_list_without_numbers() -> None:
    parsed = parse_text("SAMPLE TREATY\nArticle 1\n1. Authorities are:\nthe Ministry;\nthe Office;\nthe Court.\n2. End.")
    kinds = [parsed.by_eid[f"art_1__para_1__indent_{n}"].kind for n in (1, 2, 3)]
    assert kinds == [Kind.INDENT] * 3


@pytest.mark.parametrize("name", [
    "01-duplicate-numbers", "03-hyphen-number-range", "05-reference-broken-by-line-or-nbsp", "09-page-numbering",
])
def test_damaged_texts_lose_nothing(name: str) -> None:
    path = SHARED / "inputs" / f"{name}.txt"
    if not path.exists():
        pytest.skip("the shared texts are not on this machine")
    text = path.read_text(encoding="utf-8")
    parsed = parse_text(text)
    kept = "".join(
        "".join(p.num.split()) + "".join(p.heading.text.split() if p.heading else []) + "".join("".join(p.text.split()))
        for tops in parsed.parts.values() for top in tops for p in top.walk()
    )
    assert kept == "".join(text.split())


# --- lists --------------------------------------------------------------------------------------------------------


def units(article: str, lang: str = "en") -> list[str]:
    """The eIds below article 1, without its own."""
    heading = {"en": "Article 1", "ru": "Статья 1", "uk": "Стаття 1", "kk": "1-бап", "ar": "المادة 1"}[lang]
    parsed = parse_text(f"SAMPLE TREATY\n\n{heading}\n{article}", lang)
    return [eid.removeprefix("art_1__") for eid in parsed.eids if eid.startswith("art_1__")]


def faults(article: str, lang: str = "en") -> list[tuple[Code, int]]:
    heading = {"en": "Article 1", "ru": "Статья 1"}[lang]
    return codes(parse_text(f"SAMPLE TREATY\n\n{heading}\n{article}", lang))


@pytest.mark.parametrize(("article", "expected"), [
    ("1. One.\n1-1. Inserted.\n2. Two.", ["para_1", "para_1-1", "para_2"]),
    ("1. One.\n1.1. Inserted.\n1.2 Also inserted.\n2. Two.", ["para_1", "para_1-1", "para_1-2", "para_2"]),
    ("1. One.\n2. Two.\n21. Between, its raised figure lost.\n3. Three.", ["para_1", "para_2", "para_2-1", "para_3"]),
    ("A. First:\n1. one;\n2. two.\nB. Second:\n1. three.", [
        "para_a", "para_a__intro", "para_a__para_1", "para_a__para_2", "para_b", "para_b__intro", "para_b__para_1",
    ]),
    ("a. one;\nb. two;\nc. three.", ["point_a", "point_b", "point_c"]),
    ("1. (a) one;\n(b) two.\n2. End.", ["para_1", "para_1__point_a", "para_1__point_b", "para_2"]),
    ("1. One. 2. Two. 3. Three.", ["para_1", "para_2", "para_3"]),
    ("1. Any of: (a) one;\n(b) two.", ["para_1", "para_1__intro", "para_1__point_a", "para_1__point_b"]),
    ("1. One.\nCosts 2. Two.\n3. Three.", ["para_1", "para_1__subpara_1", "para_1__subpara_2", "para_2", "para_3"]),
    ("1. The following:\n1. one;\n2. two.\n2. End.", ["para_1", "para_1__intro", "para_1__point_1", "para_1__point_2", "para_2"]),
    ("Two lists:\n1) one;\n2) two.\nThe second:\n1) three;\n2) four.", [
        "intro", "point_1", "point_2", "subpara_1", "subpara_1__intro", "subpara_1__point_1", "subpara_1__point_2",
    ]),
    # words without a number that interrupt a list: the list goes on where it was
    ("Any of:\n(a) one:\n(i) first;\n(ii) second;\nIt is a note.\n(iii) third;\n(b) two.", [
        "intro", "point_a", "point_a__intro", "point_a__point_i", "point_a__point_ii", "point_a__subpara_1",
        "point_a__point_iii", "point_b",
    ]),
    ("Any of:\n(a) one;\nIt is a note.\n(i) first;\n(ii) second;\n(b) two:\n(i) third;\n(ii) fourth.", [
        "intro", "point_a", "subpara_1", "point_i", "point_ii", "point_b", "point_b__intro", "point_b__point_i",
        "point_b__point_ii",
    ]),
    # words that open a list like the one above them
    ("Any of:\n(a) one; and\n(b) two; and\nthe other means:\n(a) three; or\n(b) four.", [
        "intro", "point_a", "point_b", "subpara_1", "subpara_1__intro", "subpara_1__point_a", "subpara_1__point_b",
    ]),
    ("1. Of A. Nazarbayev. It is said.\n2. End.", ["para_1", "para_2"]),
    ("In 2020:\n1.5 million tonnes.\n1986. was a year.", ["intro", "subpara_1", "subpara_2"]),
])
def test_lists(article: str, expected: list[str]) -> None:
    assert units(article) == expected
    assert faults(article) == []


def test_a_date_at_the_beginning_of_a_line_is_no_number() -> None:
    assert units("1. Первое.\n2. Второе.\n12.05.2020 стороны решили.\n5 мая 2020 года.\n2020. год подписания.", "ru") == [
        "para_1", "para_2", "para_2__subpara_1", "para_2__subpara_2", "para_2__subpara_3", "para_2__subpara_4",
    ]


def test_letters_of_other_alphabets() -> None:
    assert units("1. Любое:\nа) одно;\nб) два;\nв) три.", "ru")[-3:] == ["para_1__point_a", "para_1__point_b", "para_1__point_c"]
    assert units("1 - ما يلي:\n(أ) واحد؛\n(ب) اثنان؛\n(ج) ثلاثة.\n2 - النهاية.", "ar") == [
        "para_1", "para_1__intro", "para_1__point_a", "para_1__point_b", "para_1__point_c", "para_2",
    ]


def test_letter_i_by_the_row() -> None:
    letters = "\n".join(f"({letter}) item;" for letter in "abcdefghij")
    romans = "(h) those:\n(i) one;\n(ii) two;"
    assert units(f"1. Any of:\n{letters}")[-2:] == ["para_1__point_i", "para_1__point_j"]
    long = "\n".join(f"({letter}) item;" for letter in "abcdefg")
    assert units(f"1. Any of:\n{long}\n{romans}")[-4:] == [
        "para_1__point_h", "para_1__point_h__intro", "para_1__point_h__point_i", "para_1__point_h__point_ii",
    ]


def test_a_gap_in_letters_of_another_alphabet_is_seen() -> None:
    assert faults("1. Любое:\nа) одно;\nв) три.", "ru") == [(Code.NUMBER_MISSING, 6)]


def test_closing_words_stay_last() -> None:
    parsed = parse_text("SAMPLE TREATY\nArticle 1\n1. If:\n(a) one,\n(b) two,\nit is refused,\n(c) three.")
    assert [parsed.by_eid[eid].kind for eid in parsed.eids if "wrapup" in eid] == []
