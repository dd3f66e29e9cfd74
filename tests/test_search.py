"""Queries and their answers; the expected provisions were read in the sources."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from build_scripts.cite import Resolver
from build_scripts.cli import main
from build_scripts.grammar import MOST_DEPTH, read
from build_scripts.index import NOTHING, And, Index, Leaf, Node, Or, Within, build_index
from build_scripts.library import Library
from build_scripts.places import places_of
from build_scripts.query import understand
from build_scripts.search import Answer, Hit, Searcher, answer_to_json, language_of
from build_scripts.snippet import WIDTH, Wanted, snippet

CASES = yaml.safe_load(Path(__file__).with_name("search_cases.yml").read_text("utf-8"))
MEANT, BAD = CASES["meant"], CASES["bad"]
EXTRADITION, CRIME = "kz-jo-extradition-2017", "kz-jo-crime-cooperation-2017"


@pytest.fixture(scope="module")
def index(library: Library) -> Index:
    return build_index(library)


@pytest.fixture(scope="module")
def searcher(library: Library, index: Index) -> Searcher:
    return Searcher(index, library, Resolver(library).resolve)


def places(answer: Answer) -> list[str]:
    return [f"{hit.treaty.split('-')[2]} {hit.eid}" for hit in answer.hits]


@pytest.mark.parametrize(("query", "lang", "first"), [
    ("өлім жазасы", "kk", "extradition art_4__para_1__point_c"),
    ("өлім жазасын", "kk", "extradition art_4__para_1__point_c"),
    ("death penalty", "en", "extradition art_4__para_1__point_c"),
    ("геноцидтің", "kk", "extradition art_4__para_2__point_c"),
    ("genocide", "en", "extradition art_4__para_2__point_c"),
    ("әскери қылмыстар", "kk", "extradition art_4__para_1__point_i"),
    ("пана беру", "kk", "extradition art_4__para_1__point_g"),
    ("Бас прокуратураның", "kk", "crime art_7__para_1__point_1__indent_3"),
    ("Prosecutor General's Office", "en", "crime art_7__para_1__point_1__indent_3"),
    ("бас прокуратура орталық орган", "kk", "extradition art_2__para_1"),
    ("өз азаматтарын бермеу", "kk", "extradition art_6__para_1"),
    ("alpys 60 тәулік", "kk", "extradition art_8__para_1"),
])
def test_the_provision_meant_is_the_first_hit(searcher: Searcher, query: str, lang: str, first: str) -> None:
    assert places(searcher.search(query, lang))[0] == first


def place(hit: Hit) -> str:
    """A hit as search_cases.yml names it: en ext 12(2)(e); an indent by its number after a space; outside articles the eId."""
    treaty = {EXTRADITION: "ext", CRIME: "crime"}[hit.treaty]
    indent = re.findall(r"__(?:indent|point)_(\d+)$", hit.eid)
    number = places_of(hit.eid.rpartition("__")[0] if indent else hit.eid)[-1:] or [hit.eid]
    return " ".join([hit.lang, treaty, *number, *indent])


@pytest.mark.parametrize("case", MEANT, ids=lambda case: case["query"][:40].encode("unicode_escape").decode())
def test_queries_find_what_they_mean(searcher: Searcher, case: dict[str, Any]) -> None:
    answer = searcher.search(case["query"], limit=1000)
    if "at" in case:
        assert sorted(map(place, answer.hits)) == sorted(case["at"])
    else:
        assert len(answer.hits) == case["found"]
    assert answer.complete != case.get("some", False)
    assert [[one.kind.value, one.value] for one in answer.notices] == case.get("notices", [])
    if "words" in case:
        assert {one.text: one.count for one in answer.words} == case["words"]
    if "suggestions" in case:
        assert list(answer.suggestions) == case["suggestions"]


def test_enough_queries_are_worked_out() -> None:
    assert len(MEANT) >= 40


def test_all_words_must_match_in_text_or_heading(searcher: Searcher) -> None:
    answer = searcher.search("provisional arrest INTERPOL", "en")
    assert answer.complete
    assert places(answer) == ["extradition art_12__para_3"]
    in_heading = searcher.search("provisional arrest location", "en")
    assert places(in_heading) == ["extradition art_12__para_2__point_b"]


def test_some_words_are_enough_where_nothing_has_all(searcher: Searcher) -> None:
    answer = searcher.search("genocide zebra", "en")
    assert not answer.complete
    assert places(answer) == ["extradition art_4__para_2__point_c"]


def test_a_phrase_keeps_its_order(searcher: Searcher) -> None:
    assert "extradition art_4__para_1__point_c" in places(searcher.search('"death penalty"', "en"))
    assert searcher.search('"the Requesting Party shall"', "en").complete
    assert not searcher.search('"penalty death"', "en").complete


def test_a_beginning_finds_the_words_that_begin_so(searcher: Searcher) -> None:
    assert {hit.lang for hit in searcher.search("геноц*").hits} == {"kk"}
    assert places(searcher.search("genoc*")) == ["extradition art_4__para_2__point_c"]


def test_stop_words_are_not_required_beside_others(searcher: Searcher) -> None:
    assert places(searcher.search("this genocide", "en")) == ["extradition art_4__para_2__point_c"]
    assert searcher.search("the", "en").hits


def test_look_alike_letters_are_no_obstacle(searcher: Searcher) -> None:
    assert places(searcher.search("гeнoцид", "kk")) == places(searcher.search("геноцид", "kk"))


def test_where_few_have_all_the_words_some_with_fewer_follow(searcher: Searcher) -> None:
    """Article 12 of the other treaty is on disputes too, but «реттеу» is not in it."""
    answer = searcher.search("дауды реттеу", "kk")
    assert answer.complete and places(answer) == ["extradition art_21"]
    assert "crime art_12" in [f"{hit.treaty.split('-')[2]} {hit.eid}" for hit in answer.more]
    many = searcher.search("тергеу материалдары", "kk")
    assert len(many.hits) + len(many.more) <= 10
    assert not {(hit.treaty, hit.eid) for hit in answer.more} & {(hit.treaty, hit.eid) for hit in answer.hits}
    assert [hit["eid"] for hit in answer_to_json(answer)["hits"]] == [hit.eid for hit in (*answer.hits, *answer.more)]
    assert answer_to_json(answer)["some"] == len(answer.more) > 0 and answer_to_json(answer)["complete"]
    assert len(searcher.search("дауды реттеу", "kk", limit=2).more) == 1


@pytest.mark.parametrize("query", [
    '"death penalty"', "extrad*", "smuggling AND weapons", "house arrest -zebra", "arrest", "genocide zebra", "4(1)(e)",
])
def test_nothing_follows_where_just_that_was_meant_or_nothing_has_all(searcher: Searcher, query: str) -> None:
    assert searcher.search(query).more == ()


def test_a_query_typed_without_kazakh_letters_is_answered_as_meant(searcher: Searcher) -> None:
    answer = searcher.search("устап беру")
    assert (answer.query, answer.instead, answer.suggestions[0]) == ("устап беру", "ұстап беру", "ұстап беру")
    assert answer.hits == searcher.search("ұстап беру").hits
    assert answer.complete


@pytest.mark.parametrize("query", ["өлем жазасы", "extraditoin", "zebra", "устап zebra"])
def test_other_slips_are_not_put_right_unasked(searcher: Searcher, query: str) -> None:
    assert searcher.search(query).instead == ""


def test_filters(searcher: Searcher) -> None:
    assert {hit.treaty for hit in searcher.search("party", treaty=CRIME, limit=500).hits} == {CRIME}
    assert {hit.lang for hit in searcher.search("2017", lang="kk", limit=500).hits} == {"kk"}
    assert searcher.search("party", treaty="none").hits == ()
    assert searcher.search("party", lang="xx").hits == ()
    assert len(searcher.search("party", limit=3).hits) == 3
    assert searcher.search("party", limit=0).hits == ()


@pytest.mark.parametrize(("query", "eid", "lang"), [
    ("4(1)(e)", "art_4__para_1__point_e", "kk"), ("article 12(5)", "art_12__para_5", "en"), ("extradition 12", "art_12", "en"),
    ("12-баптың 5-тармағы", "art_12__para_5", "kk"),
])
def test_a_citation_comes_first(searcher: Searcher, query: str, eid: str, lang: str) -> None:
    answer = searcher.search(query)
    assert (answer.hits[0].treaty, answer.hits[0].eid, answer.hits[0].lang) == (EXTRADITION, eid, lang)
    assert answer.hits[0] == answer.resolved[0]
    assert answer.hits[0].url == f"{lang}/{EXTRADITION}/{eid.split('__')[0]}.html#{eid}"
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, reverse=True)
    assert len({(hit.treaty, hit.eid, hit.lang) for hit in answer.hits}) == len(answer.hits)


def test_a_citation_in_the_language_asked_for(searcher: Searcher) -> None:
    assert searcher.search("4(1)(e)", lang="en").hits[0].snippet.startswith("e) ")
    assert all(hit.lang == "en" for hit in searcher.search("12-бап", lang="en").resolved)
    assert {hit.treaty for hit in searcher.search("12-бап", treaty=CRIME).resolved} == {CRIME}


def test_what_one_language_lacks_is_answered_in_the_one_that_has_it(searcher: Searcher) -> None:
    """English puts the closing words of a Kazakh list into its opening."""
    hits = searcher.search("closing words of article 12(2)").resolved
    assert [(hit.eid, hit.lang, hit.snippet) for hit in hits] == [("art_12__para_2__wrapup", "kk", "қамтуға тиіс.")]
    assert searcher.search("closing words of article 12(2)", lang="en").resolved == ()


@pytest.mark.parametrize(("query", "lang"), [("4(1)(e)", "kk"), ("Art. 4", "en"), ("4-бап", "kk"), ("ст. 4", "kk"), ("12", "kk")])
def test_the_language_of_a_citation(query: str, lang: str) -> None:
    assert language_of(query, ("kk", "en")) == lang


def test_the_json_has_exactly_these_keys(searcher: Searcher) -> None:
    found = json.loads(json.dumps(answer_to_json(searcher.search("12-бап")), ensure_ascii=False))
    assert list(found) == ["query", "resolved", "nearest", "hits", "complete", "some", "suggestions", "instead"]
    for hit in found["resolved"] + found["hits"]:
        assert list(hit) == ["treaty", "eid", "lang", "heading", "snippet", "url", "score"]


def test_the_json_offers_what_is_near_and_claims_nothing(searcher: Searcher) -> None:
    found = answer_to_json(searcher.search("6-баптың 9-тармағы"))
    assert found["resolved"] == []
    assert found["nearest"][0]["eid"] == "art_6__para_3"


@pytest.mark.parametrize("query", [
    *BAD["queries"], "\x00", "\ud800", *(piece * times for piece, times in BAD["long"]),
])
def test_any_query_is_answered_and_its_plan_is_small(searcher: Searcher, index: Index, query: str) -> None:
    assert searcher.search(query).query == query
    for part in index.parts.values():
        understood = understand(read(query), query, part)
        if understood is not None:
            trees = [understood.plan.wanted, understood.plan.some or NOTHING, *understood.plan.optional]
            assert sum(words_in(tree) for tree in trees) <= 20_000
            assert max(depth(tree) for tree in trees) <= 2 * MOST_DEPTH + 4


def words_in(node: Node) -> int:
    """How many words a tree looks up."""
    if isinstance(node, Leaf):
        return len(node.words)
    return 0 if isinstance(node, Within) else sum(map(words_in, (*node.parts, *(node.without if isinstance(node, And) else ()))))


def depth(node: Node) -> int:
    inner = (*node.parts, *(node.without if isinstance(node, And) else ())) if isinstance(node, And | Or) else ()
    return 1 + max(map(depth, inner), default=0)


def test_the_same_query_has_the_same_answer(library: Library, searcher: Searcher) -> None:
    again = Searcher(build_index(library), library, Resolver(library).resolve)
    for query in ("тарап", "extradition", "extraditoin", "12", "2017"):
        assert again.search(query) == searcher.search(query)


def test_a_snippet_is_cut_at_words_and_its_marks_are_right() -> None:
    text = "alpha " * 100 + "Extradition of the person sought " + "omega " * 100
    found = snippet(text.strip(), "en", Wanted(frozenset({"extradit", "sought"})))
    assert len(found.text) <= WIDTH + 4
    assert found.text.startswith("… alpha") and found.text.endswith(" …")
    assert [found.text[start:end] for start, end in found.marks] == ["Extradition", "sought"]
    assert snippet("short", "en", Wanted(frozenset())).text == "short"


@pytest.mark.parametrize(("case"), CASES["snippets"], ids=lambda case: case["text"][:20].encode("unicode_escape").decode())
def test_marks_stand_at_the_words_whatever_their_case_and_signs(case: dict[str, Any]) -> None:
    wanted = Wanted(frozenset(case.get("stems", ())), frozenset(), tuple(map(tuple, case.get("phrases", ()))))
    found = snippet(case["text"], case["lang"], wanted)
    assert [found.text[start:end] for start, end in found.marks] == case["marked"]


def test_the_command_says_what_nothing_bears_and_how_often_each_word_is_found() -> None:
    run = CliRunner().invoke(main, ["search", "article:99 arrest zebra"])
    assert run.exit_code == 0
    assert run.stdout.splitlines() == [
        "There is no article or paragraph “99”. There are: 1–22", "nothing found", "each by itself: arrest 16, zebra 0",
    ]


def test_json_stays_json_beside_what_is_said() -> None:
    run = CliRunner().invoke(main, ["search", "--json", "--", "-arrest lang:fr"])
    assert run.exit_code == 0
    assert json.loads(run.stdout)["hits"] == []
    assert run.stderr == "There is no text in a language called “fr”. There are: kk, en\n"
