"""What people type as citations: tests/cases/typed-citations.json, in Python and in JavaScript; and bad input."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from build_scripts import cite, leaves
from build_scripts.cite import Resolution, Resolver, held_in, title_of, to_json, write_provisions_data, write_typed_data
from build_scripts.model import Expression, Kind, Part, Provision, Target
from build_scripts.outline import outline_of, tree_from, tree_of
from build_scripts.typed import clean, data, fold, roman, tables

from .conftest import CRIME, EXTRADITION, ROOT
from .scale.corpus import MadeTreaties
from .scale.texts import sources_of

DATA = json.loads((ROOT / "tests" / "cases" / "typed-citations.json").read_text(encoding="utf-8"))
CASES = [tuple(case) for group in DATA["groups"] for case in group["cases"]]
SCRIPT_NAMES = ("search-data.js", "cite-read.js", "cite-names.js", "cite.js")
SCRIPTS = [ROOT / "docs" / "assets" / "javascripts" / name for name in SCRIPT_NAMES]
LONG = {  # each is repeated until it is long enough
    "numbers": "1", "numbered": "1,", "paths": "4(1)(e) ", "open brackets": "(", "closed brackets": ")", "dashes": "-",
    "ranges": "4-", "units": "ст. ", "numbered units": "ст. 4 ", "abbreviations": "п.", "one word": "а", "endings": "тармағының",
    "letters": "а б ", "roman": "iv ", "dates": "1 қараша ", "years": "2017 ", "decimals": "1.1.", "brackets": "(1,2)",
    "lists": "1,2(1,2,3)(a,b)", "names": "ұстап беру ", "name begun": "agreement between the republic of kazakhstan and ",
    "superscripts": "1¹", "numero": "№", "direction": "\u200f4\u202e", "accents": "e\u0301\u0301", "tens": "twenty ",
    "kazakh units": "4-баптың ", "quotation": "«", "bomb": "(a+)+$ ", "eids": "art_4__", "ligatures": "ﷺ", "emoji": "⚖️",
}


@pytest.fixture(scope="session")
def resolver(library) -> Resolver:
    return Resolver(library)


def expected(names: list[str]) -> list[str]:
    return [f"{DATA['treaties'][name[0]]}#{name[2:]}" for name in names]


def ids(targets: tuple[Target, ...]) -> list[str]:
    return [f"{target.treaty}#{target.eid}" for target in targets]


def flat(answer: Resolution) -> list:
    return [ids(answer.resolved), ids(answer.nearest), answer.understood]


@pytest.mark.parametrize("query, resolved, nearest", CASES, ids=[repr(case[0][:60]) for case in CASES])
def test_typed(resolver, query, resolved, nearest):
    answer = resolver.resolve(query)
    assert ids(answer.resolved) == expected(resolved)
    assert ids(answer.nearest)[: len(nearest) or None] == expected(nearest)


def test_there_are_many_cases_and_none_twice():
    queries = [case[0] for case in CASES]
    assert len(queries) >= 150
    assert len(set(queries)) == len(queries)


def test_every_target_exists(resolver, library):
    held = {one.slug: {node.eid for node in one.root.walk()} for one in held_in(library)}
    provisions = {t.slug: {p.eid for e in t.expressions.values() for p in e.walk()} for t in library.treaties}
    for query, *_ in CASES:
        answer = resolver.resolve(query)
        assert all(target.eid in held[target.treaty] & provisions[target.treaty] for target in answer.resolved + answer.nearest)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_title_of_a_provision_resolves_to_it(resolver, library, lang):
    for one in held_in(library):
        for node in one.root.walk():
            if node.eid:
                target = Target(one.slug, node.eid)
                title = title_of(target, library, lang)
                assert resolver.resolve(title).resolved == (target,), title


def test_json(resolver, library):
    answer = to_json("4(1)(e)", resolver.resolve("4(1)(e)"), library, "en")
    assert answer == {
        "query": "4(1)(e)",
        "resolved": [{
            "treaty": EXTRADITION, "eid": "art_4__para_1__point_e",
            "title": "Article 4, paragraph 1, subparagraph (e), Extradition agreement",
            "url": f"en/{EXTRADITION}/art_4.html#art_4__para_1__point_e",
        }],
        "nearest": [],
    }
    near = to_json("recital 9", resolver.resolve("recital 9"), library, "kk")["nearest"][0]
    assert near["title"] == "Кіріспенің 3-абзацы, Қылмысқа қарсы күрестегі ынтымақтастық туралы келісім"
    assert near["url"] == f"kk/{CRIME}/index.html#preamble__rec_3"


def test_the_address_of_every_provision_is_on_a_page(resolver, library, built_site):
    pages: dict[str, str] = {}
    for treaty in library.treaties:
        for expression in treaty.expressions.values():
            for provision in expression.walk():
                answer = Resolution((Target(treaty.slug, provision.eid),))
                file, _, anchor = to_json("", answer, library, "en")["resolved"][0]["url"].partition("#")
                pages.setdefault(file, (built_site / file).read_text(encoding="utf-8"))
                assert f'id="{anchor}"' in pages[file], (file, anchor)


def test_the_treaty_whose_page_is_open_comes_first(resolver):
    assert ids(resolver.resolve("12", treaty=CRIME).resolved) == [f"{CRIME}#art_12", f"{EXTRADITION}#art_12"]


def test_other_words_are_handed_back(resolver):
    assert resolver.resolve("article 12 provisional arrest") == Resolution(rest="provisional arrest")


def test_understood_is_the_short_form(resolver):
    assert resolver.resolve("6-баптың 9-тармағы").understood == "6(9)"
    assert resolver.resolve("Article XII, paragraphs 1 to 3").understood == "12(1–3)"


# treaties that are not held here: built by hand


def provision(eid: str, kind: Kind, num: str = "", *children: Provision) -> Provision:
    return Provision(eid, kind, num, children=children)


@pytest.fixture(scope="session")
def inserted(library):
    """The extradition agreement with articles 12-1, 12-2 and 67-1, and with a list а б в г д е in Cyrillic order."""
    points = [
        provision(f"art_40__point_{latin}", Kind.POINT, f"{printed})") for latin, printed in zip("abcdef", "абвгде", strict=True)
    ]
    more = (
        provision("art_12-1", Kind.ARTICLE),
        provision("art_12-2", Kind.ARTICLE, "", provision("art_12-2__para_1", Kind.PARAGRAPH, "1.")),
        provision("art_67-1", Kind.ARTICLE),
        provision("art_40", Kind.ARTICLE, "", *points),
    )
    treaty = library.treaty(EXTRADITION)
    text: Expression = treaty.expressions["kk"]
    parts = {**text.parts, Part.BODY: text.parts[Part.BODY] + more}
    return replace(library, treaties=(replace(treaty, expressions={"kk": replace(text, parts=parts)}),))


INSERTED = {
    "12-1": "art_12-1", "12-1-бап": "art_12-1", "статья 12-1": "art_12-1", "67¹": "art_67-1", "67.1": "art_67-1",
    "67¹-бап": "art_67-1", "12.1": "art_12__para_1", "12-2(1)": "art_12-2__para_1", "3-4": "art_3 art_4",
    "12-1 – 12-2": "art_12-1 art_12-2", "Articles 12-1 to 12-2": "art_12-1 art_12-2", "12-1–12-2-баптар": "art_12-1 art_12-2",
    "40(а)": "art_40__point_a", "40(б)": "art_40__point_b", "40(в)": "art_40__point_c", "40(е)": "art_40__point_f",
    "40(а) – (в)": "art_40__point_a art_40__point_b art_40__point_c", "4(1)(в)": "art_4__para_1__point_c",
}


@pytest.mark.parametrize("query, eids", INSERTED.items())
def test_inserted_articles_and_cyrillic_lists(inserted, query, eids):
    assert [target.eid for target in Resolver(inserted).resolve(query).resolved] == eids.split(" ")


def test_an_outline_says_the_whole_tree(inserted):
    for treaty in inserted.treaties:
        tree = tree_of(treaty.expressions.values())
        again = tree_from(outline_of(tree))
        seen = [[(n.eid, n.kind, n.number, n.bracket, n.cyrillic, n.depth) for n in root.walk()] for root in (tree, again)]
        assert seen[0] == seen[1]


# the words


def test_clean_keeps_its_guarantees():
    assert clean("4‑5 4—5 （4）［1］ ٤/４ 4،5") == "4-5 4-5 (4)(1) 4/4 4,5"  # 1
    assert clean("\u200f12\u00adба\u0301п\u2066") == "12бап"  # 2
    assert clean(" \t12\u00a0 \n\x00 бап ") == "12 бап"  # 3
    assert clean("67¹² № 5 БАП") == "67^12 no 5 бап"  # 4
    assert clean("статьи\u0306") == clean("статьй")  # 1: composed


def test_look_alikes_meet():
    assert fold("Тармақ".replace("а", "a")) == fold("тармак")
    assert fold("е") == "e" and fold("в") == "в"


def test_roman_numbers_are_canonical():
    assert [roman(word) for word in ("iv", "xii", "хх", "іх")] == ["4", "12", "20", "9"]
    assert not any(roman(word) for word in ("iiii", "ic", "", "xxxxx", "iiv"))


def test_the_vocabulary_says_nothing_twice():
    rows = [(name, row if isinstance(row, list) else [row]) for name, forms in data()["words"].items() for row in forms]
    words = [(name, form) for name, row in rows for form in row]
    assert len(words) == len(set(words))


ENGLISH = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
RUSSIAN = ["первая", "вторая", "третья", "четвертая", "пятая", "шестая", "седьмая", "восьмая", "девятая"]
KAZAKH = ["бірінші", "екінші", "үшінші", "төртінші", "бесінші", "алтыншы", "жетінші", "сегізінші", "тоғызыншы"]


@pytest.mark.parametrize("ones, form, after_ten", [
    (ENGLISH, "paragraph {} of article 50", "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
     "eighteenth nineteenth twentieth|twenty-{}|thirtieth"),
    (RUSSIAN, "{} часть статьи 50", "десятая одиннадцатая двенадцатая тринадцатая четырнадцатая пятнадцатая шестнадцатая "
     "семнадцатая восемнадцатая девятнадцатая двадцатая|двадцать {}|тридцатая"),
    (KAZAKH, "50-баптың {} тармағы", "оныншы|он {}|жиырмасыншы|жиырма {}|отызыншы"),
])
def test_ordinals_reach_thirty(resolver, ones, form, after_ten):
    words = list(ones)
    for part in after_ten.split("|"):
        words += [part.format(one) for one in ones] if "{}" in part else part.split(" ")
    assert [resolver.resolve(form.format(word)).understood for word in words] == [f"50({n})" for n in range(1, 31)]


# bad input


def operations(resolver: Resolver, query: str) -> int:
    """How many lines of Python one answer takes."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        resolver.resolve(query)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("unit", LONG.values(), ids=LONG.keys())
def test_work_grows_with_the_length_and_no_faster(resolver, unit):
    longest = tables()["limits"]["query"]
    short, long = (unit * longest)[: longest // 4], (unit * longest)[:longest]
    resolver.resolve(long)  # what is kept between calls is kept now
    assert operations(resolver, long) <= 6 * operations(resolver, short) + 2000


@pytest.mark.parametrize("unit", LONG.values(), ids=LONG.keys())
def test_a_hundred_thousand_characters(resolver, unit):
    answer = resolver.resolve((unit * 100_000)[:100_000])
    assert len(answer.resolved) <= tables()["limits"]["targets"]
    assert len(answer.nearest) <= tables()["limits"]["nearest"]


def test_white_space_does_not_count_for_the_length(resolver):
    assert resolver.resolve("12" + " " * 100_000 + "бап").resolved


# the same in JavaScript


def in_node(library, folder: Path, queries: list[str]) -> list:
    if not shutil.which("node"):
        pytest.skip("node is not installed: JavaScript's answers were not compared here; tests/browser does it in Chromium")
    data = folder / "search-data"
    write_provisions_data(library, data)
    write_typed_data(data / "citations.js")
    command = ["node", str(ROOT / "tests" / "cite_in_node.js"), str(folder), *map(str, SCRIPTS)]
    text = json.dumps({"queries": queries})
    done = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def differences(resolver: Resolver, queries: list[str], answers: list) -> list:
    mine = [flat(resolver.resolve(query)) for query in queries]
    return [(query[:80], one, other) for query, one, other in zip(queries, mine, answers, strict=True) if one != other]


def test_javascript_answers_the_cases_alike(resolver, library, tmp_path):
    queries = [case[0] for case in CASES]
    assert not differences(resolver, queries, in_node(library, tmp_path, queries))


def test_javascript_answers_inserted_articles_alike(inserted, tmp_path):
    queries = list(INSERTED)
    assert not differences(Resolver(inserted), queries, in_node(inserted, tmp_path, queries))


@pytest.fixture(scope="module")
def many(library):
    """Of 120 treaties, more than are looked into; each named by two of 200 lands and by its subject."""
    return replace(library, treaties=tuple(MadeTreaties(library, sources_of(library, shared=False), 120)))


def test_a_library_of_many_treaties_is_looked_into_so_far(many):
    resolver = Resolver(many)
    assert len({target.treaty for target in resolver.resolve("12").resolved}) == tables()["limits"]["treaties"]
    last = many.treaties[-1]
    assert last.slug not in {target.treaty for target in resolver.resolve("12").resolved}
    assert resolver.resolve("12", last.slug).resolved[0] == Target(last.slug, "art_12")
    assert resolver.resolve(f"12 {last.data.short_title['en']}").resolved == (Target(last.slug, "art_12"),)
    assert resolver.resolve(f"../{last.slug}/art_12.html#art_12").resolved == (Target(last.slug, "art_12"),)


def test_javascript_finds_its_way_among_many_treaties(many, tmp_path, monkeypatch):
    """Leaves of a name or two, and branches of three leaves: every look-up goes over several files."""
    monkeypatch.setattr(cite, "LEAF", 40)
    monkeypatch.setattr(leaves, "FAN", 3)
    chance = random.Random(5)
    queries = ["12", "article 500", "12(5)", "preamble", "2017 art. 4", "1 қараша 2017 4-бап", "no such land 12"]
    for treaty in chance.sample(many.treaties, 12):
        title, slug, year = treaty.data.short_title, treaty.slug, treaty.data.signed.date.year
        land = treaty.data.parties[0].short
        queries += [
            f"{title['en']} 4(1)", f"12-бап {title['kk']}", f"{land['en']} {year} art. 3", f"{land['kk']}, 4-бап",
            f"{land['en']} 99",
            f"{title['en'][:-1]} 4", f"kk/{slug}/art_4.html#art_4__para_1", f"{slug} art_400", f"preamble of the {title['en']}",
        ]
    answers = in_node(many, tmp_path, queries)
    assert len(list((tmp_path / "search-data" / "cite").glob("names-branch-*"))) > 10
    assert not differences(Resolver(many), queries, answers)
    assert sum(bool(resolved) for resolved, _, _ in answers) > len(queries) / 2


def test_javascript_answers_long_queries_alike(resolver, library, tmp_path):
    queries = [(unit * length)[:length] for unit in LONG.values() for length in (40, 200, 1000, 100_000)]
    assert not differences(resolver, queries, in_node(library, tmp_path, queries))


def test_javascript_answers_shuffled_queries_alike(resolver, library, tmp_path):
    """Pieces of the cases in any order: what nobody types, and both languages must read alike."""
    chance = random.Random(7)
    pieces = [piece for case in CASES for piece in case[0].split(" ") if piece]
    pieces += list("()-–.,/:_§№ивскаеIabe1234") + ["а)", "п.", "т.", "б.", "ч.", "to", "дейін", "12", "ii", "бап", "статья"]
    queries = [chance.choice((" ", "")).join(chance.choices(pieces, k=chance.randint(1, 7))) for _ in range(5000)]
    assert not differences(resolver, queries, in_node(library, tmp_path, queries))
