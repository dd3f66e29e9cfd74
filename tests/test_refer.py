"""References in texts: the sixteen of the extradition agreement by hand, then forms, then what must not be linked."""

from collections.abc import Sequence
from typing import Any

import pytest
from lxml import etree

from build_scripts.citations import load_data, reference_forms
from build_scripts.cited.belong import settle
from build_scripts.cited.leading import Leading
from build_scripts.cited.scan import scan
from build_scripts.cited.trailing import Trailing
from build_scripts.describe import Instrument
from build_scripts.draw_up import _unit, schema
from build_scripts.library import Library
from build_scripts.load import load_expression
from build_scripts.markup import mark_up
from build_scripts.model import Authority, Conservation, Expression, Part, Passage, Provision, Target
from build_scripts.problems import Code, Problems
from build_scripts.refer import Unlinked, find, refer
from build_scripts.resolve import Resolver

from .citation_report import Assumed
from .conftest import CRIME, EXTRADITION, parse_text, sample_data

# read in the Kazakh source: where it stands, its words, what it names
SIXTEEN = [
    ("art_3__para_5", "осы баптың 1 және 2-тармақтарында", ["art_3__para_1", "art_3__para_2"]),
    ("art_4__para_3", "осы баптың 1-тармағы е) тармақшасының", ["art_4__para_1__point_e"]),
    ("art_7__para_2__intro", "Осы баптың 1-тармағының", ["art_7__para_1"]),
    ("art_8__para_2", "осы баптың 1-тармағында", ["art_8__para_1"]),
    ("art_8__para_3", "осы баптың 2-тармағына", ["art_8__para_2"]),
    ("art_11__para_1__subpara_1", "7-бапта", ["art_7"]),
    ("art_11__para_3__wrapup", "осы баптың 1 және 2-тармақтары", ["art_11__para_1", "art_11__para_2"]),
    ("art_14__para_3", "осы баптың 4-тармағына", ["art_14__para_4"]),
    ("art_14__para_4", "осы баптың 3-тармағында", ["art_14__para_3"]),
    ("art_14__para_4", "осы баптың 5-тармағында", ["art_14__para_5"]),
    ("art_14__para_6", "осы Келісімнің 7-бабында", ["art_7"]),
    ("art_16__para_2", "осы баптың 1-тармағында", ["art_16__para_1"]),
    ("art_17__para_2", "осы баптың 1-тармағында", ["art_17__para_1"]),
    ("art_17__para_5", "осы баптың 4-тармағына", ["art_17__para_4"]),
    ("art_18__para_1", "осы Келісімнің 16-бабында", ["art_16"]),
    ("art_22__para_2", "осы баптың 1-тармағында", ["art_22__para_1"]),
]


def references(expression: Expression) -> list[tuple[str, str, list[str]]]:
    return [
        (p.eid, passage.text[r.start : r.end], [target.eid or target.instrument for target in r.targets])
        for p in expression.walk() for passage in p.passages for r in passage.references
    ]


def test_the_sixteen_references_in_kazakh(extradition: Expression) -> None:
    assert references(extradition) == SIXTEEN


def test_the_same_references_in_english(library: Library) -> None:
    english = references(library.treaty(EXTRADITION).expressions["en"])
    assert [(_unit(eid), targets) for eid, _, targets in english] == [(_unit(eid), targets) for eid, _, targets in SIXTEEN]


def test_each_of_two_paragraphs_is_a_link_of_its_own(extradition: Expression) -> None:
    passage = next(p for p in extradition.walk() if p.eid == "art_3__para_5").passages[0]
    (reference,) = passage.references
    assert [passage.text[start:end] for start, end in reference.spans] == ["осы баптың 1", "2-тармақтарында"]


@pytest.mark.parametrize("lang", ["kk", "en"])
def test_the_conventions_of_1961_1972_and_1988(library: Library, lang: str) -> None:
    found = references(library.treaty(CRIME).expressions[lang])
    assert {eid for eid, _, _ in found} == {"art_4__intro"}
    assert {targets[0] for _, _, targets in found} == {"single-convention-1961", "protocol-1972", "un-convention-1988"}


def test_cited_by(library: Library) -> None:
    places = library.cited_by[Target(EXTRADITION, "art_7")]
    assert [(place.eid, place.lang) for place in places] == [
        ("art_11__para_1__subpara_1", "kk"), ("art_14__para_6", "kk"),
        ("art_11__para_1__subpara_1", "en"), ("art_14__para_6", "en"),
    ]
    assert places[1].words == "осы Келісімнің 7-бабында"
    assert places[1].after.startswith(" тізбеленген құжаттарды")


CASES = [(lang, case) for lang in ("kk", "en", "ru") for case in load_data(lang)["examples"]]
ANY = Assumed({str(number): [str(paragraph) for paragraph in range(1, 8)] for number in range(1, 23)})


@pytest.mark.parametrize(("lang", "case"), CASES, ids=[f"{lang}: {case['found']}" for lang, case in CASES])
def test_examples(lang: str, case: dict) -> None:
    found = find(case["text"], reference_forms(lang))
    assert [case["text"][each.start : each.end] for each in found] == [case["found"]]
    resolver = Resolver(ANY, case["from"], case["from"].split("__")[0], lang)
    assert [eid for path in found[0].paths for eid in resolver.targets(path)] == case["targets"]


@pytest.mark.parametrize(("lang", "text"), [(lang, t) for lang in ("kk", "en", "ru") for t in load_data(lang)["not_examples"]])
def test_not_examples(lang: str, text: str) -> None:
    assert find(text, reference_forms(lang)) == []


def referred(
    text: str, lang: str = "en", title: str = "SAMPLE TREATY", instruments: Sequence[Instrument] = (), **more: Any
) -> tuple[dict[Part, tuple[Provision, ...]], list[Unlinked], Problems]:
    problems = Problems()
    parts, unlinked = refer(
        parse_text(text, lang, title).parts, lang, "sample", instruments, [], "sample.txt", problems, **more
    )
    return parts, unlinked, problems


def passages(parts: dict[Part, tuple[Provision, ...]]) -> list[Passage]:
    return [passage for tops in parts.values() for top in tops for p in top.walk() for passage in p.passages]


def resolved(text: str, lang: str = "en", title: str = "SAMPLE TREATY") -> tuple[list[tuple[str, list[str]]], Problems]:
    parts, _, problems = referred(text, lang, title)
    return [
        (passage.text[r.start : r.end], [t.eid for t in r.targets]) for passage in passages(parts) for r in passage.references
    ], problems


ARTICLES = "SAMPLE TREATY\nArticle 1\n{}\nArticle 2\n1. One.\n2. Two:\n(a) x;\n(b) y;\n(c) z.\nArticle 3\nThree.\n"


@pytest.mark.parametrize(("words", "targets"), [
    ("Article 2", ["art_2"]),
    ("Articles 2 and 3", ["art_2", "art_3"]),
    ("Articles 1, 2 and 3", ["art_1", "art_2", "art_3"]),
    ("Articles 2 to 3", ["art_2", "art_3"]),
    ("paragraph 1 of Article 2", ["art_2__para_1"]),
    ("subparagraphs (a) to (c) of paragraph 2 of Article 2", ["art_2__para_2__point_a", "art_2__para_2__point_c"]),
    ("Article 2, paragraph 2, subparagraph (b)", ["art_2__para_2__point_b"]),
    ("art. 3", ["art_3"]),
    ("Article 2(2)(b)", ["art_2__para_2__point_b"]),
    ("ARTICLES 2 AND 3", ["art_2", "art_3"]),
    ("the following Article", ["art_2"]),
    ("paragraph 2 (a) and (c) of Article 2", ["art_2__para_2__point_a", "art_2__para_2__point_c"]),
    ("paragraph 1 or paragraph 2 of Article 2", ["art_2__para_1", "art_2__para_2"]),
    ("point (b) of Article 2", ["art_2__para_2__point_b"]),  # the only point b there
    ("Article II", ["art_2"]),
])
def test_english_forms(words: str, targets: list[str]) -> None:
    found, problems = resolved(ARTICLES.format(f"As {words} says, so be it."))
    assert not list(problems)
    assert [target for _, each in found for target in each] == targets
    assert len(found) == 1 + words.count(" or ")
    assert found[-1][0] == words.rpartition(" or ")[2]


KAZAKH = "ҮЛГІ\n1-бап\n{}\n2-бап\n1. Бір.\n2. Екі:\na) x;\nb) y;\nc) z.\n3-бап\nҮш."


@pytest.mark.parametrize(("words", "targets"), [
    ("2-баптың 2-тармағы b) тармақшасының", ["art_2__para_2__point_b"]),
    ("2\u20113-баптар", ["art_2", "art_3"]),
    ("2 және 3-баптардан", ["art_2", "art_3"]),
    ("2-бабы 2-тармағының а) – с) тармақшалары", ["art_2__para_2__point_a", "art_2__para_2__point_c"]),  # Cyrillic а, с
    ("екінші бапта", ["art_2"]),
    ("2\u00a0-\u00a0баптың 1\u00a0- тармағына", ["art_2__para_1"]),
])
def test_kazakh_forms(words: str, targets: list[str]) -> None:
    found, problems = resolved(KAZAKH.format(f"Бұл {words} сәйкес болады."), "kk", "ҮЛГІ")
    assert not list(problems)
    assert [each for _, each in found] == [targets]


@pytest.mark.parametrize("lang", ["en", "kk", "ru"])
def test_offsets_are_code_points(lang: str) -> None:
    words = {"en": "Article 7", "kk": "7-бапта", "ru": "статье 7"}[lang]
    text = f"𝔘🇰🇿 é {words} 𝔘"
    (found,) = find(text, reference_forms(lang))
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(("lang", "template", "title", "words"), [
    ("en", ARTICLES, "SAMPLE TREATY", "paragraph 1 of Article 2"), ("kk", KAZAKH, "ҮЛГІ", "2-баптың 1-тармағында"),
])
def test_line_breaks_and_no_break_spaces(lang: str, template: str, title: str, words: str) -> None:
    for space in ("\n", "\u00a0", "\u202f", " \n "):
        text = words.replace(" ", space)
        (found,) = find(text, reference_forms(lang))
        assert (found.start, found.end) == (0, len(text))


@pytest.mark.parametrize(("words", "targets"), [
    ("пунктом 1 или пунктом 2 статьи 2", ["art_2__para_1", "art_2__para_2"]),
    ("статьями 2 – 3", ["art_2", "art_3"]),
    ("статьёй 2 (пункт 1)", ["art_2__para_1"]),
])
def test_russian_forms(words: str, targets: list[str]) -> None:
    forms = reference_forms("ru")
    resolver = Resolver(ANY, "art_1", "art_1", "ru")
    paths = [path for each in find(f"Согласно {words}, да.", forms) for path in each.paths]
    assert [eid for path in paths for eid in resolver.targets(path)] == targets


def test_a_letter_is_looked_for_as_it_is_printed() -> None:
    """б is the second letter of а, б, в; in a list а, ә, б it is the third."""
    text = "ҮЛГІ\n1-бап\n2-баптың б) тармақшасы.\n2-бап\nМыналар:\nа) x;\nә) y;\nб) z."
    found, problems = resolved(text, "kk", "ҮЛГІ")
    assert (found, list(problems)) == ([("2-баптың б) тармақшасы", ["art_2__point_c"])], [])


def test_relative_words() -> None:
    text = ARTICLES.format("None.").replace("Three.", "1. X.\n2. Y.\n3. As the {} says.")
    for words, targets in {
        "preceding paragraph": ["art_3__para_2"], "foregoing paragraphs": ["art_3__para_1", "art_3__para_2"],
        "two preceding paragraphs": ["art_3__para_1", "art_3__para_2"], "preceding Article": ["art_2"],
    }.items():
        found, problems = resolved(text.format(words))
        assert (found, list(problems)) == ([(f"the {words}", targets)], [])


def test_relative_words_that_lead_nowhere_are_a_fault() -> None:
    _, problems = resolved(ARTICLES.format("As the preceding Article says."))
    assert [p.code for p in problems] == [Code.REFERENCE_UNRESOLVED]


@pytest.mark.parametrize(("text", "targets"), [
    ("in Article 3, and paragraph 1 of that Article", None),  # there is one, but it has no paragraph 1
    ("in Article 2 and paragraph 1 of that Article", [["art_2"], ["art_2__para_1"]]),
    ("in Articles 2 and 3, and paragraph 1 of that Article", [["art_2", "art_3"]]),
    ("in Article 2. Paragraph 1 of that Article", [["art_2"]]),
])
def test_that_article_is_the_one_named_before_in_the_sentence(text: str, targets: list[list[str]] | None) -> None:
    parts, unlinked, problems = referred(ARTICLES.format(f"It is {text}."))
    if targets is None:
        assert [p.code for p in problems] == [Code.REFERENCE_UNRESOLVED]
        return
    found = [[t.eid for t in r.targets] for passage in passages(parts) for r in passage.references]
    assert found == targets
    assert len(unlinked) == 2 - len(targets) and all(set(each.reason) >= {"kk", "en"} for each in unlinked)


def test_reference_over_a_line_break_and_a_no_break_space() -> None:
    found, _ = resolved(ARTICLES.format("See Article\u00a02."))
    assert found == [("Article 2", ["art_2"])]


@pytest.mark.parametrize("words", [
    "Article 2 of the Vienna Convention on Consular Relations",
    "paragraph 1 of Article 2 of that Protocol",
])
def test_articles_of_another_instrument_are_not_ours(words: str) -> None:
    found, problems = resolved(ARTICLES.format(f"As {words} says."))
    assert (found, list(problems)) == ([], [])


def test_articles_of_another_instrument_in_kazakh() -> None:
    found, problems = resolved(
        "ҮЛГІ\n1-бап\nАталған Конвенцияның 2-бабы қолданылады. Осы Келісімнің 2-бабы да қолданылады.\n2-бап\nМәтін.", "kk", "ҮЛГІ"
    )
    assert (found, list(problems)) == ([("Осы Келісімнің 2-бабы", ["art_2"])], [])


@pytest.mark.parametrize(("lang", "text", "outside"), [
    ("en", "Article 36 of the Vienna Convention on Consular Relations. Article 3 applies.", ["Article 36"]),
    ("en", "Article 2 thereof, and Article 6 ECHR", ["Article 2", "Article 6"]),
    ("en", "the Convention's Article 2", ["Article 2"]),
    ("en", "paragraph 2 of the Annex and paragraph 1 of the preamble", ["paragraph 2", "paragraph 1"]),
    ("en", "Articles 2 and 3 of this Convention and Article 5 of the Statute of the Court", ["Article 5"]),
    ("en", "Vienna Convention on Consular Relations, Article 36(1); this Convention, Article 5", ["Article 36(1)"]),
    ("en", "In cases covered by the Code, the Parties, Article 5 notwithstanding, may", []),
    ("en", "If it withdraws from a multilateral treaty, paragraph 1 applies; under the Convention, Article 5 applies", []),
    ("ru", "Венская конвенция о консульских сношениях 1963 года, статья 36; настоящая Конвенция, статья 5", ["статья 36"]),
    ("kk", "Консулдық қатынастар туралы Вена конвенциясы, 36-бап; осы Келісім, 5-бап", ["36-бап"]),
    ("ru", "статьи 107 и пункт 2 статьи 108 Уголовно-процессуального кодекса. Статья 3", ["статьи 107", "пункт 2 статьи 108"]),
    ("ru", "в статье 43 особых соглашений", []),
    ("kk", "Қылмыстық кодекстің 99-бабы және 100-бабы. 5-бап", ["99-бабы", "100-бабы"]),
    ("kk", "Заңның 15-бабымен белгіленген рәсім аяқталғаннан кейін 8-бап қолданылады", ["15-бабымен"]),
    ("kk", "ҚК-нің 99-бабы, кодекстің (бұдан әрі – Кодекс) 5-бабы", ["99-бабы", "5-бабы"]),
    ("kk", "осы Келісімнің 9-бабын және 10-бабын", []),
])
def test_the_scope_of_another_instrument(lang: str, text: str, outside: list[str]) -> None:
    found = find(text, reference_forms(lang))
    assert [text[each.start : each.end] for each in found if each.act] == outside


VIENNA = Instrument(
    id="vienna-1963", name={"en": "VCCR"}, patterns={"en": [r"Vienna \s Convention \s on \s Consular \s Relations"]}
)


def test_an_instrument_that_is_known_is_linked() -> None:
    parts, unlinked, _ = referred(
        ARTICLES.format(
            "Under Articles 36 and 37 of the Vienna Convention on Consular Relations, and Article 5 of that Convention."
        ),
        instruments=[VIENNA],
    )
    (passage,) = [each for each in passages(parts) if each.references]
    assert [(passage.text[r.start : r.end], r.targets) for r in passage.references] == [
        ("Articles 36 and 37", (Target(instrument="vienna-1963"),)),
        ("Vienna Convention on Consular Relations", (Target(instrument="vienna-1963"),)),
        ("Article 5", (Target(instrument="vienna-1963"),)),
    ]
    assert unlinked == []


def test_an_instrument_that_is_held_is_linked_to_its_provision() -> None:
    held = VIENNA.model_copy(update={"treaty": "vccr"})
    parts, unlinked, _ = referred(
        ARTICLES.format("Under Article 36 of the Vienna Convention on Consular Relations; "
                        "Article 99 of the Vienna Convention on Consular Relations."),
        instruments=[held], held={"vccr": ["art_36", "art_36__para_1"]},
    )
    (passage,) = [each for each in passages(parts) if each.references]
    assert passage.references[0].targets == (Target("vccr", "art_36"),)
    assert [(each.words, "no such provision" in each.reason["en"]) for each in unlinked] == [("Article 99", True)]


def test_the_text_itself_by_its_name() -> None:
    own = VIENNA.model_copy(update={"treaty": "sample"})
    parts, unlinked, _ = referred(ARTICLES.format("Article 3 of the Vienna Convention on Consular Relations."), instruments=[own])
    assert [r.targets for passage in passages(parts) for r in passage.references] == [(Target("sample", "art_3"),)]
    assert unlinked == []


def test_reference_to_an_article_that_does_not_exist() -> None:
    found, problems = resolved(ARTICLES.format("As Article 99 says."))
    assert found == []
    assert [(p.code, p.line, "art_99" in p.message) for p in problems] == [(Code.REFERENCE_UNRESOLVED, 3, True)]


@pytest.mark.parametrize(("words", "targets", "is_range"), [
    ("Articles 1 to 3", ["art_1", "art_3"], True),
    ("Articles 1, 2 to 3 and 2", ["art_1", "art_2", "art_3", "art_2"], False),
    ("paragraphs 1 and 2 of Articles 2 and 4", ["art_2__para_1", "art_2__para_2", "art_4__para_1", "art_4__para_2"], False),
    ("Articles 2, paragraph 1, and 4, paragraph 2", ["art_2__para_1", "art_4__para_2"], False),
])
def test_many_targets_survive_the_xml(words: str, targets: list[str], is_range: bool) -> None:
    parts, _, problems = referred(ARTICLES.format(f"As {words} say.") + "Article 4\n1. One.\n2. Two.\n")
    assert not list(problems)
    expression = Expression(
        "sample", "en", Authority.AUTHENTIC, "SAMPLE TREATY", parts, (), (), Conservation(0, 0, 0), "sample.txt", "0" * 64
    )
    xml = mark_up(expression, sample_data())
    assert schema().validate(etree.fromstring(xml)), schema().error_log
    (reference,) = [r for passage in passages(dict(load_expression(xml).parts)) for r in passage.references]
    assert ([target.eid for target in reference.targets], reference.is_range) == (targets, is_range)
    assert dict(load_expression(xml).parts) == {part: tops for part, tops in parts.items() if tops}


class Counted(list):
    """Tokens that count how often they are looked at."""

    looked = 0

    def __getitem__(self, at: Any) -> Any:
        self.looked += len(range(*at.indices(len(self)))) if isinstance(at, slice) else 1
        return super().__getitem__(at)


def looks(text: str, lang: str) -> int:
    forms = reference_forms(lang)
    tokens = Counted(scan(text, forms))
    drafts = (Leading if forms.unit_first else Trailing)(tokens, forms).drafts()
    settle(drafts, tokens, forms)
    return tokens.looked


BOMBS = [
    ("en", piece) for piece in (
        "1, ", "Article ", "(a)", "Articles 1, 1, ", "paragraph 1 of ", "Article 1, paragraph 1, ", "the preceding ", "a) ", "1-",
        "articles 1, paragraph 1, and ", "Article 1 of the ", "paragraph 1 of that Article and ", "Article 1(1)(a)", "(", "\n \n",
        "Article 1, paragraph 1 of Article 1, ", "subparagraph (a) of paragraph 1 of ", "Article (1", "first and second ",
    )
] + [
    ("ru", piece) for piece in (
        "1, ", "статьи ", "пункт ", "статьи 1 ", "пункта 1 ", "«а» ", "статьи 1, пункт 1 ", "предыдущих ", "п.п.",
        "статьи с 1 по ", "части первой и ", "статьи 1 того ",
    )
] + [
    ("kk", piece) for piece in (
        "1, ", "осы баптың ", "1-тармағының ", "а) ", "1 және ", "осы Келісімнің ", "(а) ", "1-бап ", "1-баптың (",
        "1 - ", "1-баптан ", "бірінші ", "1-бабы, ", "оның 1-бабы ", "аталған ",
    )
]


@pytest.mark.parametrize(("lang", "piece"), BOMBS)
def test_work_grows_with_the_length_and_no_faster(lang: str, piece: str) -> None:
    once = looks(piece * 2_000, lang)
    assert looks(piece * 4_000, lang) <= 2.05 * once
    assert once <= 300 * 2_000


@pytest.mark.parametrize(("lang", "text"), [
    ("en", "1, " * 100_000), ("ru", "статьи " * 100_000), ("kk", "осы баптың " * 50_000), ("en", "(a)" * 100_000),
    ("en", "a-" * 100_000), ("kk", "ә" * 300_000), ("en", "\u202e" * 100_000), ("en", ".,;:" * 50_000),
])
def test_bombs_are_no_citations(lang: str, text: str) -> None:
    assert find(text, reference_forms(lang)) == []


def test_no_word_is_matched_against_a_pattern_when_it_is_longer_than_any_of_ours() -> None:
    assert reference_forms("kk").word("баптың" * 20).kind == "word"
