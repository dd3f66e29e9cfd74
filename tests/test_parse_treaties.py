"""The two treaties, unit by unit. Every expected value was read in the source, not taken from the parser."""

from collections import Counter

import pytest

from build_scripts.library import Library
from build_scripts.model import Expression, Kind, Part, Provision

from .conftest import CRIME, EXTRADITION


def by_eid(expression: Expression) -> dict[str, Provision]:
    return {provision.eid: provision for provision in expression.walk()}


# paragraphs of each article as counted in the source; 0: the article has no numbered paragraph
EXTRADITION_PARAGRAPHS = {
    1: 0, 2: 2, 3: 5, 4: 3, 5: 0, 6: 3, 7: 2, 8: 3, 9: 2, 10: 2, 11: 3, 12: 5, 13: 2, 14: 7, 15: 3, 16: 4, 17: 6, 18: 4,
    19: 0, 20: 0, 21: 0, 22: 5,
}
CRIME_PARAGRAPHS = {1: 2, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0, 7: 3, 8: 0, 9: 2, 10: 0, 11: 0, 12: 0, 13: 0, 14: 2}
POINTS = {  # eId -> letters or numbers printed under it
    (EXTRADITION, "art_4__para_1"): "abcdefghi", (EXTRADITION, "art_4__para_2"): "abcd", (EXTRADITION, "art_5"): "ab",
    (EXTRADITION, "art_7__para_1"): "abcde", (EXTRADITION, "art_7__para_2"): "abc", (EXTRADITION, "art_11__para_1"): "abc",
    (EXTRADITION, "art_11__para_3"): "ab", (EXTRADITION, "art_12__para_2"): "abcdef",
    (EXTRADITION, "art_13__para_2"): "abcdefgh",
    (CRIME, "art_1__para_2"): "123", (CRIME, "art_2"): "1234", (CRIME, "art_3"): "123", (CRIME, "art_4"): "12345",
    (CRIME, "art_5"): "123456", (CRIME, "art_7__para_1"): "12",
}


@pytest.mark.parametrize("lang", ["kk", "en"])
@pytest.mark.parametrize(("slug", "expected"), [(EXTRADITION, EXTRADITION_PARAGRAPHS), (CRIME, CRIME_PARAGRAPHS)])
def test_articles_and_paragraphs(library: Library, lang: str, slug: str, expected: dict[int, int]) -> None:
    articles = library.treaty(slug).expressions[lang].articles
    found = {int(a.number): sum(child.kind is Kind.PARAGRAPH for child in a.children) for a in articles}
    assert found == expected


@pytest.mark.parametrize("lang", ["kk", "en"])
def test_points(library: Library, lang: str) -> None:
    found = {}
    for slug in (EXTRADITION, CRIME):
        for provision in library.treaty(slug).expressions[lang].walk():
            points = "".join(child.number for child in provision.children if child.kind is Kind.POINT)
            if points:
                found[slug, provision.eid] = points
    assert found == POINTS


def test_headings_of_the_extradition_agreement(extradition: Expression) -> None:
    headings = [article.heading.text for article in extradition.articles if article.heading]
    assert len(headings) == 22
    assert headings[0] == "ҰСТАП БЕРУ МІНДЕТТЕМЕСІ"
    assert headings[13] == "БЕРУ"
    assert headings[14] == "ҰСТАП БЕРУДІ КЕЙІНГЕ ҚАЛДЫРУ НЕМЕСЕ УАҚЫТША ҰСТАП БЕРУ"
    assert [article.num for article in extradition.articles][:2] == ["1-БАП", "2-БАП"]


def test_glued_headings_are_edits_that_the_page_can_show(extradition: Expression) -> None:
    assert len(extradition.edits) == 23  # 22 headings and the official's title
    assert extradition.edits[0].quote == "1-БАПҰСТАП"
    for article in extradition.articles:
        assert article.heading
        assert [mark.at for mark in article.heading.edits] == [len(article.heading.text)]


def test_articles_of_the_crime_agreement_have_no_headings(crime: Expression) -> None:
    assert len(crime.articles) == 14
    assert not any(article.heading for article in crime.articles)


def test_displaced_word(crime: Expression) -> None:
    text = by_eid(crime)["decree__para_1"].text
    assert text.endswith("қарсы күрес саласындағы ынтымақтастық туралы келісім бекітілсін.")


def test_glued_russian_words(extradition: Expression) -> None:
    certification = by_eid(extradition)["certification"]
    assert [passage.text for passage in certification.passages][1:] == [
        "Начальник Департамента международного сотрудничества Генеральной Прокуратуры", "Г. Койгелдиев",
    ]


def test_sentence_over_wrapped_lines_is_one(crime: Expression) -> None:
    assert by_eid(crime)["art_8"].text == (
        "Тараптар өз мемлекеттерінің ұлттық заңнамаларына сәйкес көзделген қаражат шегінде осы Келісімді орындаумен "
        "байланысты шығыстарды дербес көтереді."
    )


def test_page_break_inside_a_list(crime: Expression) -> None:
    provisions = by_eid(crime)
    assert provisions["art_3__point_3__intro"].lines == (84, 85)  # three blank lines before
    assert provisions["art_7__para_1__point_1__indent_5"].text == "Мемлекеттік күзет қызметі;"
    assert provisions["art_4__point_5"].lines == (126, 128)


def test_page_break_between_heading_and_text(crime: Expression) -> None:
    assert by_eid(crime)["art_1__para_1"].lines == (41, 44)
    assert by_eid(crime)["art_13"].lines == (209, 215)


def test_look_alike_letters_are_kept_as_printed(extradition: Expression) -> None:
    points = [p for p in by_eid(extradition)["art_4__para_1"].children if p.kind is Kind.POINT]
    assert [p.num for p in points] == ["а)", "b)", "c)", "d)", "е)", "f)", "g)", "һ)", "і)"]
    assert [hex(ord(p.num[0])) for p in (points[0], points[4], points[7], points[8])] == ["0x430", "0x435", "0x4bb", "0x456"]
    assert by_eid(extradition)["art_11__para_1__point_c"].num == "с)"  # Cyrillic


def test_bracketed_number_is_a_paragraph_in_article_13_only(extradition: Expression, crime: Expression) -> None:
    assert by_eid(extradition)["art_13__para_1"].num == "1)"
    assert by_eid(extradition)["art_13__para_2__point_h"].text == (
        "сұрау салушы мемлекеттерден сұрау салулардың келіп түсуінің хронологиялық ретін"
    )
    assert by_eid(crime)["art_2__point_1"].num == "1)"


def test_semicolons_inside_one_item(crime: Expression) -> None:
    text = by_eid(crime)["art_4__point_2"].text
    assert text.count(";") == 3
    assert text.endswith("детальдары туралы ақпаратпен және деректермен алмасады;")


def test_items_without_numbers(crime: Expression) -> None:
    indents = Counter(p.eid.split("__")[0] for p in crime.walk() if p.kind is Kind.INDENT)
    assert indents == {"art_3": 7, "art_7": 6}
    assert by_eid(crime)["art_7__para_1__point_2__subpara_1"].text == (
        "Ішкі істер министрлігі және басқа да уәкілетті органдар"
    )


CLOSING = {
    (CRIME, "art_1__para_2__wrapup"): "ынтымақтасады.",
    (CRIME, "art_2__wrapup"): "нысандарында ынтымақтасады.",
    (CRIME, "art_3__point_3__wrapup"): "саласындағы қылмысқа қарсы күрес үшін бірлескен шаралар қабылдау",
    (CRIME, "art_3__wrapup"): "нысандарында ынтымақтасады.",
    (CRIME, "art_5__wrapup"): "арқылы жүзеге асырылады.",
    (CRIME, "art_7__para_1__wrapup"): "болып табылады.",
    (EXTRADITION, "art_5__wrapup"): "адамды ұстап беруден бас тартылуы мүмкін.",
    (EXTRADITION, "art_7__para_1__wrapup"): "қамтуға тиіс.",
    (EXTRADITION, "art_7__para_2__wrapup"): "қоса берілуге тиіс.",
    (EXTRADITION, "art_11__para_1__wrapup"): (
        "оны ұстап беру алдында жасалған кез келген қылмысы үшін Сұрау салушы Тараптың аумағында сот тәртібімен "
        "ұсталмауға, қудаланбауға немесе оның жеке бас бостандығы қандай да бір басқа шектелмеуге тиіс."
    ),
    (EXTRADITION, "art_11__para_3__wrapup"): "осы баптың 1 және 2-тармақтары қолданылмайды.",
    (EXTRADITION, "art_12__para_2__wrapup"): "қамтуға тиіс.",
    (EXTRADITION, "art_13__para_2__wrapup"): "назарға алады.",
}


def test_closing_words(library: Library) -> None:
    found = {
        (slug, p.eid): p.text
        for slug in (CRIME, EXTRADITION)
        for p in library.treaty(slug).expressions["kk"].walk() if p.kind is Kind.WRAPUP
    }
    assert found == CLOSING


def test_sentence_after_closing_words(extradition: Expression) -> None:
    after = by_eid(extradition)["art_11__para_1__subpara_1"]
    assert after.text.startswith("Сұрау салынатын Тараптың талап етуі бойынша келісу туралы өтінішке 7-бапта")
    assert by_eid(extradition)["art_11__para_1__point_c"].text == (
        "Сұрау салушы Тараптың келісімімен ұстап беруге әкелетін кез келген басқа қылмыстардан басқа,"
    )


def test_paragraph_after_a_list(crime: Expression) -> None:
    assert by_eid(crime)["art_1__para_2__subpara_1"].text.startswith("Тараптардың келісімі бойынша ынтымақтастық")


def test_paragraphs_without_numbers(crime: Expression) -> None:
    assert [child.eid for child in by_eid(crime)["art_6"].children] == ["art_6__subpara_1", "art_6__subpara_2"]


def test_done_at_clause_is_no_part_of_article_14(crime: Expression) -> None:
    assert by_eid(crime)["art_14__para_2"].text.endswith("алты ай өткенге дейін күшінде қалады.")
    conclusions = {p.eid: p.text for p in crime.parts[Part.CONCLUSIONS]}
    assert list(conclusions) == ["done_at", "language_clause"]
    assert conclusions["done_at"].startswith('2017 жылғы "1" қарашада Астана қаласында')
    assert conclusions["done_at"].endswith("бұл ретте барлық мәтіндердің бірдей күші бар.")
    assert conclusions["language_clause"].endswith("ағылшын тіліндегі мәтінді басшылыққа алатын болады.")


def test_what_stands_around_the_extradition_agreement(extradition: Expression) -> None:
    tops = {part: [p.eid for p in extradition.parts[part]] for part in (Part.PREFACE, Part.PREAMBLE, Part.CONCLUSIONS)}
    assert tops == {
        Part.PREFACE: ["law", "editorial_note", "title"],
        Part.PREAMBLE: ["preamble__parties", "preamble__rec_1", "preamble__rec_2", "preamble__formula"],
        Part.CONCLUSIONS: [
            "testimonium", "done_at", "language_clause", "signature_1", "signature_2", "certification",
        ],
    }
    assert [passage.text for passage in by_eid(extradition)["law__signature"].passages] == [
        "Қазақстан Республикасының Президенті", "Н. НАЗАРБАЕВ",
    ]


def test_what_stands_around_the_crime_agreement(crime: Expression) -> None:
    assert [p.eid for p in crime.parts[Part.PREFACE]] == ["decree", "title", "entry_into_force"]
    assert [p.eid for p in by_eid(crime)["decree"].children] == [
        "decree__title", "decree__citation", "decree__formula", "decree__para_1", "decree__para_2", "decree__signature",
    ]
    assert [p.eid for p in crime.parts[Part.PREAMBLE]] == [
        "preamble__parties", "preamble__rec_1", "preamble__rec_2", "preamble__rec_3", "preamble__formula",
    ]


def test_nothing_is_lost(library: Library) -> None:
    for slug, characters in ((CRIME, 9119), (EXTRADITION, 21117)):
        expression = library.treaty(slug).expressions["kk"]
        source = expression.source_file
        kept = expression.conservation
        assert kept.kept == kept.source == characters, source


@pytest.mark.parametrize(("slug", "marks"), [(CRIME, 0), (EXTRADITION, 69)])
def test_conservation_counts_what_stands_in_the_file(library: Library, slug: str, marks: int) -> None:
    """Counted again, straight from the file: no declared edit adds or removes a character that is not white space."""
    from .conftest import ROOT

    expression = library.treaty(slug).expressions["kk"]
    text = (ROOT / expression.source_file).read_text(encoding="utf-8")
    assert len("".join(text.split())) - marks == expression.conservation.source


def test_both_languages_have_the_same_provisions(library: Library) -> None:
    for slug in (CRIME, EXTRADITION):
        kk, en = (
            [p.eid for p in library.treaty(slug).expressions[lang].walk() if p.kind not in (Kind.INTRO, Kind.WRAPUP)]
            for lang in ("kk", "en")
        )
        assert kk == en
