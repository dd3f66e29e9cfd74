"""Headings, in all the ways that texts print them, and what only the row of numbers tells.

Every expected value was reasoned from the text."""

from __future__ import annotations

import pytest

from build_scripts.model import Kind, Part, Provision
from build_scripts.parse import Parsed, read_text
from build_scripts.problems import Code, Problem, Problems


def read(text: str, lang: str = "en") -> tuple[Parsed, list[Problem]]:
    problems = Problems()
    return read_text(text, lang, "sample.txt", problems), list(problems)


def articles(text: str, lang: str = "en") -> list[tuple[str, str, str]]:
    """Each article of the main text: eId, number as printed, heading."""
    return [(a.eid, a.num, a.heading.text if a.heading else "") for a in read(text, lang)[0].articles]


def eids(text: str, lang: str = "en") -> list[str]:
    return [article.eid for article in read(text, lang)[0].articles]


def codes(text: str, lang: str = "en") -> list[tuple[Code, int]]:
    return [(problem.code, problem.line) for problem in read(text, lang)[1]]


def tree(provision: Provision) -> dict[str, object]:
    """The divisions, articles and annexes below a provision, by eId."""
    gathered = ("art", "chp", "part", "sec", "annex")
    units = [child for child in provision.children if child.eid.rpartition("__")[2].partition("_")[0] in gathered]
    return {child.eid: tree(child) for child in units}


# --- one heading --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "lines", "expected"), [
    ("kk", ["1-бап", "2-бап"], ["art_1", "art_2"]),
    ("kk", ["1 бап", "2 бап"], ["art_1", "art_2"]),
    ("kk", ["1-БАП МІНДЕТТЕМЕ", "2-БАП АНЫҚТАМАЛАР"], ["art_1", "art_2"]),
    ("kk", ["1-БАПМІНДЕТТЕМЕ", "2-БАПБЕРУ"], ["art_1", "art_2"]),
    ("kk", ["Бірінші бап", "Екінші бап"], ["art_1", "art_2"]),
    ("ky", ["1‐статья", "2‐статья"], ["art_1", "art_2"]),
    ("uz", ["1‐модда", "2‐модда"], ["art_1", "art_2"]),
    ("ru", ["Статья 1", "Статья 2"], ["art_1", "art_2"]),
    ("ru", ["Статья первая", "Статья вторая"], ["art_1", "art_2"]),
    ("uk", ["Стаття 1.", "Стаття 2."], ["art_1", "art_2"]),
    ("en", ["Article 1", "Article 2"], ["art_1", "art_2"]),
    ("en", ["ARTICLE I", "ARTICLE II", "ARTICLE III", "ARTICLE IV"], ["art_1", "art_2", "art_3", "art_4"]),
    ("en", ["ARTICLE - I", "ARTICLE - II"], ["art_1", "art_2"]),
    ("en", ["ARTICLE TWENTY-SEVEN", "ARTICLE TWENTY-EIGHT"], ["art_27", "art_28"]),
    ("en", ["## Article 1. Scope", "## Article 2. Terms"], ["art_1", "art_2"]),
    ("en", ["**Article 1**", "**Article 2**"], ["art_1", "art_2"]),
    ("en", ["Article\u00a01", "Article\u202f2"], ["art_1", "art_2"]),
    ("en", ["Arti\u00adcle 1", "Arti\u00adcle 2"], ["art_1", "art_2"]),
    ("ru", ["Статья 12‑1", "Статья 12‐2"], ["art_12-1", "art_12-2"]),
    ("fr", ["Article premier", "Article 2"], ["art_1", "art_2"]),
    ("es", ["Artículo 1.- Objeto", "Artículo 2.- Ámbito"], ["art_1", "art_2"]),
    ("ar", ["المادة 1", "المادة 2"], ["art_1", "art_2"]),
    ("ar", ["المادة الأولى", "المادة الثانية"], ["art_1", "art_2"]),
])
def test_ways_to_announce_an_article(lang: str, lines: list[str], expected: list[str]) -> None:
    text = "TITLE\n\n" + "\n\n".join(f"{line}\n\nWords of the article." for line in lines)
    assert eids(text, lang) == expected


def test_number_is_shown_as_printed() -> None:
    text = "T\n\nARTICLE IX. Costs\n\nText.\n\nARTICLE X. Disputes\n\nText."
    assert articles(text) == [("art_9", "ARTICLE IX.", "Costs"), ("art_10", "ARTICLE X.", "Disputes")]


def test_text_on_the_line_of_the_number() -> None:
    text = (
        "КОНСТИТУЦИЯ\n\nСтатья 1. Республика Беларусь – унитарное демократическое социальное правовое государство.\n\n"
        "Она обладает верховенством на своей территории.\n\nСтатья 2. Человек, его права и свободы являются высшей ценностью."
    )
    parsed, _ = read(text, "ru")
    first, second = parsed.articles
    assert (first.num, first.heading) == ("Статья 1.", None)
    assert first.children[0].text == "Республика Беларусь – унитарное демократическое социальное правовое государство."
    assert second.text == "Человек, его права и свободы являются высшей ценностью."


def test_heading_on_the_line_of_the_number() -> None:
    assert articles("T\n\nСтатья 1. Предмет\n\nСтороны сотрудничают.\n\nСтатья 2. Термины\n\nСтороны решают.", "ru") == [
        ("art_1", "Статья 1.", "Предмет"), ("art_2", "Статья 2.", "Термины"),
    ]


def test_heading_that_ends_in_a_full_stop() -> None:
    titles = enumerate(("Scope", "Terms", "Costs"), 1)
    text = "T\n" + "\n".join(f"Article {n}. {words}.\nThe Parties shall act." for n, words in titles)
    assert articles(text) == [
        ("art_1", "Article 1.", "Scope."), ("art_2", "Article 2.", "Terms."), ("art_3", "Article 3.", "Costs."),
    ]


def test_heading_on_the_line_below() -> None:
    text = (
        "T\n\nArticle 1\n\nObligation to extradite\n\nThe Parties undertake it.\n\nArticle 2\n\nExtraditable offences\n\n"
        "1. One.\n\n2. Two."
    )
    assert articles(text) == [("art_1", "Article 1", "Obligation to extradite"), ("art_2", "Article 2", "Extraditable offences")]


def test_heading_below_in_a_wrapped_text() -> None:
    text = (
        "TREATY\n\nARTICLE 1\nTerritorial application\nThis Agreement shall apply to the customs territories of the\n"
        "Parties to it and to no\n"
        "other territory.\n\nARTICLE 2\nEntry into force\nThis Agreement shall enter into force on the day of its\n"
        "signature by both of\nthe Parties."
    )
    assert articles(text) == [("art_1", "ARTICLE 1", "Territorial application"), ("art_2", "ARTICLE 2", "Entry into force")]


def test_glued_heading_is_read_and_said() -> None:
    parsed, problems = read("ҮЛГІ\n\n1-бап\nМәтін.\n\n2-БАПБЕРУ\nМәтін.", "kk")
    second = parsed.articles[1]
    assert (second.eid, second.num, second.heading and second.heading.text) == ("art_2", "2-БАП", "БЕРУ")
    assert [(problem.code, problem.line, problem.stops) for problem in problems] == [(Code.HEADING_GLUED, 6, False)]


# --- the row ------------------------------------------------------------------------------------------------------


def test_a_sentence_that_begins_with_an_article_is_no_heading() -> None:
    text = "T\n\nArticle 1\nText.\n\nArticle 2\n\nArticle 1 The obligations named there apply.\n\nArticle 3\nText."
    assert eids(text) == ["art_1", "art_2", "art_3"]


def test_a_reference_at_the_end_of_a_broken_line_is_no_heading() -> None:
    text = (
        "T\n\nArticle 1\nThe procedure for this is set out at length in the provisions of\nArticle 3\nof this Treaty.\n\n"
        "Article 2\nText.\n\nArticle 3\nText."
    )
    assert eids(text) == ["art_1", "art_2", "art_3"]


def test_inserted_numbers() -> None:
    text = "\n".join(f"Статья {n}\nТекст." for n in ("31", "32", "32.1", "33", "129", "129-1", "129-2", "130"))
    assert eids(text, "ru") == ["art_31", "art_32", "art_32-1", "art_33", "art_129", "art_129-1", "art_129-2", "art_130"]


def test_raised_number_and_its_flattened_form() -> None:
    raised = "\n".join(f"Статья {n}\nТекст." for n in ("66", "67", "67¹", "68"))
    flat = "\n".join(f"Статья {n}\nТекст." for n in ("66", "67", "671", "68"))
    assert eids(raised, "ru") == eids(flat, "ru") == ["art_66", "art_67", "art_67-1", "art_68"]
    assert read(flat, "ru")[0].articles[2].num == "Статья 671"


def test_671_is_itself_where_the_row_does_not_go_back() -> None:
    text = "\n".join(f"Статья {n}\nТекст." for n in ("67", "671", "672", "673"))
    assert eids(text, "ru") == ["art_67", "art_671", "art_672", "art_673"]


def test_number_with_the_number_of_a_note_is_read_and_stops() -> None:
    parsed, problems = read("T\n" + "\n".join(f"Article {n}\nText." for n in ("1", "2", "35", "4")))
    assert [article.eid for article in parsed.articles] == ["art_1", "art_2", "art_3", "art_4"]
    assert [(problem.code, problem.line, problem.stops) for problem in problems] == [(Code.ARTICLE_MISSING, 6, True)]


def test_letter_c_after_b_is_a_letter() -> None:
    text = "T\nArticle 1\nText.\n" + "\n".join(f"ANNEX {n}\n1. Words." for n in "ABCD")
    assert [p.eid for p in read(text)[0].parts[Part.ATTACHMENTS]] == ["annex_a", "annex_b", "annex_c", "annex_d"]


def test_chapter_and_article_in_one_number() -> None:
    text = "\n".join(f"ARTICLE {n}\nText." for n in ("1.1", "1.2", "2.1", "2.2"))
    assert (eids(text), codes(text)) == (["art_1-1", "art_1-2", "art_2-1", "art_2-2"], [])


def test_letter_and_article_in_one_number() -> None:
    text = "\n".join(f"ARTICLE {n}\nText." for n in ("A-01", "A-02", "B-01", "C-00", "C-01"))
    assert (eids(text), codes(text)) == (["art_a-1", "art_a-2", "art_b-1", "art_c-0", "art_c-1"], [])


def test_articles_numbered_by_hundreds() -> None:
    text = "\n".join(f"ARTICLE {n}\nText." for n in ("101", "102", "201", "202", "301"))
    assert (eids(text), codes(text)) == (["art_101", "art_102", "art_201", "art_202", "art_301"], [])


def test_misspelt_heading_where_the_row_lacks_one() -> None:
    text = "T\n\nСтаття 1.\nТекст.\n\nтаття 2.\nТекст.\n\nСтаття 3.\nТекст."
    assert eids(text, "uk") == ["art_1", "art_2", "art_3"]
    assert codes(text, "uk") == [(Code.HEADING_MISSPELT, 6)]


def test_heading_without_its_number_where_the_row_lacks_one() -> None:
    text = "T\n\nARTICLE 1\nText.\n\nARTICLE\nText.\n\nARTICLE 3\nText."
    assert eids(text) == ["art_1", "art_2", "art_3"]
    assert codes(text) == [(Code.ARTICLE_MISSING, 6)]


def test_gap_in_the_articles_stops() -> None:
    parsed, problems = read("T\nArticle 1\nText.\nArticle 3\nText.")
    assert [(problem.code, problem.line, problem.stops) for problem in problems] == [(Code.ARTICLE_MISSING, 4, True)]


# --- one line -----------------------------------------------------------------------------------------------------


def test_a_whole_treaty_on_one_line() -> None:
    text = (
        "МЫ, НАРОДЫ, решили. Глава I: Цели Статья 1 Организация преследует цели, указанные в статье 2, и следующие: "
        "мир. Статья 2 Для достижения целей, "
        "указанных в статье 1, Организация действует. Глава II: Члены Статья 3 Члены Организации суть государства."
    )
    parsed, problems = read(text, "ru")
    assert {top.eid: tree(top) for top in parsed.parts[Part.BODY]} == {
        "chp_1": {"art_1": {}, "art_2": {}}, "chp_2": {"art_3": {}},
    }
    assert [top.heading.text for top in parsed.parts[Part.BODY] if top.heading] == ["Цели", "Члены"]
    assert parsed.articles[1].text == "Для достижения целей, указанных в статье 1, Организация действует."
    assert problems == []


def test_chapter_and_its_article_on_one_line() -> None:
    parsed, _ = read(
        "ҮЛГІ\n1 бап Міндеттеме\n1.Тараптар ұстап береді. 2.Тараптар бас тартпайды.\n"
        "I Тарау Жалпы ережелер 2 бап Анықтамалар\nМәтін.",
        "kk",
    )
    provisions = {p.eid: p for p in parsed.walk()}
    assert [article.eid for article in parsed.articles] == ["art_1", "art_2"]
    assert provisions["art_1__para_2"].text == "Тараптар бас тартпайды."
    chapter = provisions["chp_1"]
    assert (chapter.num, chapter.heading and chapter.heading.text) == ("I Тарау", "Жалпы ережелер")
    assert provisions["art_2"].heading and provisions["art_2"].heading.text == "Анықтамалар"


# --- chapters -----------------------------------------------------------------------------------------------------


def test_parts_chapters_and_sections() -> None:
    text = (
        "T\n\nPART I\nGENERAL\n\nCHAPTER I. Terms\n\nArticle 1\nText.\n\nCHAPTER II. Scope\n\nArticle 2\nText.\n\n"
        "PART II\nDUTIES\n\nCHAPTER I. All\n\nSECTION 1. Some\n\nArticle 3\nText.\n\nSECTION 2. Others\n\nArticle 4\nText."
    )
    parsed, problems = read(text)
    assert {top.eid: tree(top) for top in parsed.parts[Part.BODY]} == {
        "part_1": {"part_1__chp_1": {"art_1": {}}, "part_1__chp_2": {"art_2": {}}},
        "part_2": {"part_2__chp_1": {
            "part_2__chp_1__sec_1": {"art_3": {}}, "part_2__chp_1__sec_2": {"art_4": {}},
        }},
    }
    assert problems == []
    assert parsed.parts[Part.BODY][0].heading and parsed.parts[Part.BODY][0].heading.text == "GENERAL"


def test_the_text_itself_tells_whether_a_section_holds_chapters() -> None:
    text = "T\nSECTION I\nCHAPTER 1\nArticle 1\nText.\nCHAPTER 2\nArticle 2\nText.\nSECTION II\nCHAPTER 3\nArticle 3\nText."
    assert {top.eid: tree(top) for top in read(text)[0].parts[Part.BODY]} == {
        "sec_1": {"sec_1__chp_1": {"art_1": {}}, "sec_1__chp_2": {"art_2": {}}}, "sec_2": {"sec_2__chp_3": {"art_3": {}}},
    }


def test_a_division_with_paragraphs_and_no_article() -> None:
    text = (
        "КОНСТИТУЦИЯ\n\nРАЗДЕЛ ПЕРВЫЙ\n\nСтатья 1\n\nТекст.\n\nРАЗДЕЛ ВТОРОЙ\n\nЗАКЛЮЧИТЕЛЬНЫЕ ПОЛОЖЕНИЯ\n\n"
        "1. Первое.\n\n2. Второе."
    )
    parsed, _ = read(text, "ru")
    assert [child.eid for child in parsed.parts[Part.BODY][1].children] == ["sec_2__para_1", "sec_2__para_2"]


def test_articles_counted_anew_in_a_chapter() -> None:
    text = "T\nCHAPTER 1\nArticle 1\nText.\nArticle 2\nText.\nCHAPTER 2\nArticle 1\nText.\nArticle 2\nText.\nArticle 3\nText."
    assert (eids(text), codes(text)) == (["art_1", "art_2", "chp_2__art_1", "chp_2__art_2", "chp_2__art_3"], [])


def test_a_gap_in_the_chapters_stops() -> None:
    text = "T\nCHAPTER 1\nArticle 1\nText.\nCHAPTER 3\nArticle 2\nText."
    assert codes(text) == [(Code.DIVISION_MISSING, 5)]


# --- annexes ------------------------------------------------------------------------------------------------------


def test_annexes_with_their_own_article_1() -> None:
    text = (
        "T\n\nArticle 1\nText.\n\nArticle 2\nText.\n\nDone at Astana on 1 May 2020.\n\nANNEX I\n\nRULES OF ORIGIN\n\n"
        "Article 1\nText.\n\n"
        "Article 2\nText.\n\nAPPENDIX 1\n\n1. Words.\n\nANNEX II\n\nArticle 1\nText.\n\nPROTOCOL\n"
        "on mutual assistance\n\nArticle 1\nText."
    )
    parsed, problems = read(text)
    assert [article.eid for article in parsed.articles] == ["art_1", "art_2"]
    assert [p.eid for p in parsed.parts[Part.ATTACHMENTS]] == ["annex_1", "annex_2", "protocol_1"]
    assert [p.eid for p in parsed.by_kind(Kind.ARTICLE)][2:] == [
        "annex_1__art_1", "annex_1__art_2", "annex_2__art_1", "protocol_1__art_1",
    ]
    assert [p.eid for p in parsed.by_kind(Kind.APPENDIX)] == ["annex_1__appendix_1"]
    assert problems == []


def test_annex_between_chapters() -> None:
    text = "T\nCHAPTER 1\nARTICLE 1\nText.\nANNEX 1\nA list of goods.\nCHAPTER 2\nARTICLE 2\nText."
    parsed, problems = read(text)
    found = {top.eid: tree(top) for top in parsed.parts[Part.BODY]}
    assert found == {"chp_1": {"art_1": {}, "annex_1": {}}, "chp_2": {"art_2": {}}}
    assert problems == []


def test_kazakh_annex_led_by_what_it_belongs_to() -> None:
    text = (
        "ҮЛГІ\n\n1-бап\nМәтін.\n\n2-бап\nМәтін.\n\nКелісімге 1-қосымша\n\n1-бап\nМәтін.\n\nКелісімге 2-қосымша\n\n"
        "1-бап\nМәтін."
    )
    parsed, problems = read(text, "kk")
    assert [p.eid for p in parsed.by_kind(Kind.ARTICLE)] == ["art_1", "art_2", "annex_1__art_1", "annex_2__art_1"]
    assert parsed.parts[Part.ATTACHMENTS][0].num == "Келісімге 1-қосымша"
    assert problems == []


def test_a_second_text_that_nothing_announces() -> None:
    text = (
        "T\n\nArticle 1\nText.\n\nArticle 2\nText.\n\nArticle 3\nText.\n\nDONE at Astana on 1 May 2020.\n\n"
        "AGREEMENT ON COSTS\n\nArticle 1\nText.\n\nArticle 2\nText."
    )
    parsed, problems = read(text)
    assert [p.eid for p in parsed.by_kind(Kind.ARTICLE)] == ["art_1", "art_2", "art_3", "annex_1__art_1", "annex_1__art_2"]
    assert parsed.parts[Part.ATTACHMENTS][0].heading and parsed.parts[Part.ATTACHMENTS][0].heading.text == "AGREEMENT ON COSTS"
    assert [(problem.code, problem.line) for problem in problems] == [(Code.ARTICLES_ANEW, 14)]


@pytest.mark.parametrize("line", [
    "Annex I, which is a part of it, applies.", "Protocol 1 lays down the rules.", "Annexes And Protocols",
])
def test_what_is_said_of_an_annex_is_none(line: str) -> None:
    parts = read(f"T\nArticle 1\nText.\n{line}\nArticle 2\nText.")[0].parts
    assert not parts.get(Part.ATTACHMENTS)


# --- a table of contents ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["Article {} {}", "Article {} {} .......... {}", "Article {} {}\t{}", "Article {} {}\n"])
def test_the_text_may_begin_right_after_its_table_of_contents(line: str) -> None:
    names = ["Scope", "Terms", "Costs", "Disputes", "End"]
    contents = "\n".join(line.format(n, name, 10 + n) for n, name in enumerate(names, 1))
    body = "\n\n".join(f"Article {n} {name}\n\nThe Parties do it in this way." for n, name in enumerate(names, 1))
    parsed, problems = read(f"TREATY\n\nCONTENTS\n\n{contents}\n\n{body}")
    begins = f"TREATY\n\nCONTENTS\n\n{contents}\n\n".count("\n") + 1
    found = [(article.eid, article.lines[0]) for article in parsed.articles]
    assert found == [(f"art_{n}", begins + 4 * (n - 1)) for n in range(1, 6)]
    assert [article.full_text for article in parsed.articles] == ["The Parties do it in this way."] * 5


def test_a_table_of_contents_is_no_text() -> None:
    names = ("Scope", "Terms", "Costs", "Disputes")
    contents = "\n".join(f"Article {n} {name}" for n, name in enumerate(names, 1))
    text = f"TREATY\n\nCONTENTS\n\n{contents}\n\nThe Parties have agreed as follows:\n\n" + "\n\n".join(
        f"Article {n}. {name}\n\nText." for n, name in enumerate(names, 1)
    )
    parsed, problems = read(text)
    assert [article.eid for article in parsed.articles] == ["art_1", "art_2", "art_3", "art_4"]
    (found,) = parsed.by_kind(Kind.CONTENTS)
    assert len(found.passages) == 4
    assert problems == []
