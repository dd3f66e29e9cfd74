"""The walkthroughs held: every answer and path, the cases, the list of what they find, and how they put it."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterator

import pytest

from build_scripts.answer import Memo, findings, resting_on
from build_scripts.cover import Walks, coverage, operative
from build_scripts.decide import UNKNOWN, Effect, Finding, Walkthrough, nodes
from build_scripts.gather import Gathered
from build_scripts.prove import reached

from . import walk_gold
from .conftest import EXTRADITION, ROOT
from .walks import by_chance, every_way, number_of_ways, way_taking

CASES = ROOT / "tests" / "cases" / "walkthroughs"
MOST_WAYS = 25_000  # where a walkthrough has more ways, each answer is taken many times over by chance
FILES = sorted((ROOT / "treaties").glob("*/walkthroughs/*.yml"))
NAMES = [(path.parts[-3], path.stem) for path in FILES if path.stem != "not-decisive"]
EACH = pytest.mark.parametrize(("slug", "name"), NAMES, ids=[f"{slug}-{name}" for slug, name in NAMES])
SLUGS = sorted({slug for slug, _ in NAMES})


def all_cases() -> list[tuple[str, str, dict, dict]]:
    """(treaty, walkthrough, clean answers, case) of every file of cases."""
    found = []
    for path in sorted(CASES.rglob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        found += [(path.parent.name, path.stem, data["clean"], case) for case in data["cases"]]
    return found


def answers_of(clean: dict, case: dict) -> dict[str, str]:
    return {name: answer for name, answer in {**clean, **case["changes"]}.items() if answer is not None}


@pytest.fixture
def walkthrough(gathered: Gathered, slug: str, name: str) -> Walkthrough:
    return gathered.walks[slug].walkthroughs[name]


# ---- what answers amount to


@pytest.mark.parametrize(
    ("slug", "name", "clean", "case"), all_cases(), ids=[f"{name}-{case['case']}" for _, name, _, case in all_cases()],
)
def test_what_answers_amount_to(walkthrough: Walkthrough, clean: dict, case: dict) -> None:
    memo = findings(walkthrough, answers_of(clean, case))
    assert memo.outcome == case["outcome"]
    assert memo.pending == case["pending"]
    assert [[one.question, one.answer, one.effect.value] for one in memo.found] == case["found"]
    assert [follow.cites for follow in memo.follows] == case["follows"]


@EACH
def test_every_outcome_is_the_result_of_a_case(slug: str, name: str, walkthrough: Walkthrough) -> None:
    results = {case["outcome"] for each, of, _, case in all_cases() if (each, of) == (slug, name)}
    assert results == set(walkthrough.outcomes)


def test_cases_name_what_is_there(gathered: Gathered) -> None:
    """An answer that is not there would silently leave its question open; only a case about that may name one."""
    for slug, name, clean, case in all_cases():
        questions = gathered.walks[slug].walkthroughs[name].questions
        for question, answer in answers_of(clean, case).items():
            if question != case["pending"]:
                assert answer in questions[question].choices, f"{slug}/{name}, {case['case']}: {question}={answer}"


@EACH
def test_every_answer_is_taken_and_every_path_where_their_number_allows(walkthrough: Walkthrough) -> None:
    taken = set()
    outcomes = set()
    for answers in ways(walkthrough):
        memo = findings(walkthrough, answers)
        check_way(walkthrough, answers, memo)
        taken |= {(step.question, step.answer) for step in memo.steps}
        outcomes.add(memo.outcome)
    assert taken == {(name, answer) for name, question in walkthrough.questions.items() for answer in question.choices}
    if number_of_ways(walkthrough) <= MOST_WAYS:
        assert outcomes == set(walkthrough.outcomes) == reached(walkthrough).outcomes


def ways(walkthrough: Walkthrough) -> Iterator[dict[str, str]]:
    if number_of_ways(walkthrough) <= MOST_WAYS:
        yield from every_way(walkthrough)
        return
    chance = random.Random(3)
    for name, question in walkthrough.questions.items():
        for answer in question.choices:
            for _ in range(5):
                taken = way_taking(walkthrough, name, answer, chance)
                assert taken is not None, (name, answer)
                yield taken


def check_way(walkthrough: Walkthrough, answers: dict[str, str], memo: Memo) -> None:
    """A whole way: each question once, every finding of its answers in the memo, in order, and an outcome that fits."""
    assert memo.pending is None
    assert {step.question: step.answer for step in memo.steps} == answers
    assert len({step.question for step in memo.steps}) == len(memo.steps)
    found = [finding for name, answer in answers.items() for finding in walkthrough.questions[name].choices[answer].found]
    assert len(memo.found) == len(found) + len(walkthrough.always)
    ranks = [list(Effect).index(one.effect) for one in memo.found]
    assert ranks == sorted(ranks)
    assert all(one.cites for one in memo.found)
    outcome = walkthrough.outcomes[memo.outcome]
    assert not outcome.when or {one.effect for one in memo.found} & set(outcome.when)


@EACH
def test_answers_to_questions_that_are_not_asked_change_nothing(walkthrough: Walkthrough) -> None:
    chance = random.Random(5)
    for _ in range(50):
        answers = by_chance(walkthrough, chance)
        memo = findings(walkthrough, answers)
        assert memo == findings(walkthrough, {step.question: step.answer for step in memo.steps})


@EACH
def test_a_way_broken_off_anywhere_counts_as_open(walkthrough: Walkthrough) -> None:
    chance = random.Random(7)
    whole = findings(walkthrough, by_chance(walkthrough, chance)).steps
    for length in range(len(whole)):
        memo = findings(walkthrough, {step.question: step.answer for step in whole[:length]})
        assert memo.pending == whole[length].question
        assert memo.outcome


@EACH
def test_not_known_yet_is_last_and_keeps_its_question_open(walkthrough: Walkthrough) -> None:
    for question in walkthrough.questions.values():
        assert list(question.choices)[-1] == UNKNOWN
        assert [finding.effect for finding in question.choices[UNKNOWN].found] in ([Effect.OPEN], [Effect.OPEN_AFTER])


def test_the_ways_are_counted_one_by_one(gathered: Gathered) -> None:
    """The number that says whether every path is taken is right: on walkthroughs cut short, as many as there are."""
    for walks in gathered.walks.values():
        for walkthrough in walks.walkthroughs.values():
            short = cut_short(walkthrough, 6)
            assert number_of_ways(short) == len(list(every_way(short)))


def cut_short(walkthrough: Walkthrough, length: int) -> Walkthrough:
    """The same with the last `length` questions only."""
    data = walkthrough.model_dump(mode="json")
    kept = list(data["questions"])[-length:]
    data["start"] = kept[0]
    data["questions"] = {name: data["questions"][name] for name in kept}
    for question in data["questions"].values():
        question["given"] = {}
    for outcome in data["outcomes"].values():
        outcome["given"] = {}
    return Walkthrough.model_validate(data)


# ---- the list of what they find, and how they put it


def test_what_they_find_is_what_was_reviewed(gathered: Gathered) -> None:
    """A difference is read and then accepted with `python -m tests.walk_gold --write`."""
    made = walk_gold.lists(gathered)
    held = {path.relative_to(walk_gold.GOLD).as_posix(): path.read_text("utf-8") for path in walk_gold.GOLD.rglob("*.txt")}
    assert sorted(held) == sorted(made)
    for name, text in made.items():
        assert text.splitlines() == held[name].splitlines(), name


def findings_in(walkthrough: Walkthrough) -> Iterator[Finding]:
    yield from (node for _, node in nodes(walkthrough) if isinstance(node, Finding))


@EACH
def test_may_and_must_are_kept_apart(walkthrough: Walkthrough) -> None:
    """A right is never put as a duty, and refusal that the text commands is put as one."""
    for finding in findings_in(walkthrough):
        if finding.effect in (Effect.MAY_REFUSE, Effect.MAY_GRANT):
            assert "тиіс" not in finding.says["kk"], finding.says["kk"]
            assert not re.search(r"\b(must|shall)\b", finding.says["en"]), finding.says["en"]
        if finding.effect is Effect.MUST_REFUSE:
            assert "тиіс" in finding.says["kk"] or "тартады" in finding.says["kk"], finding.says["kk"]
            assert re.search(r"\b(must|shall)\b", finding.says["en"]), finding.says["en"]


def wordings(node: object) -> Iterator[dict[str, str]]:
    if isinstance(node, dict) and set(node) == {"kk", "en"}:
        yield node
    elif isinstance(node, (dict, list)):
        for part in node.values() if isinstance(node, dict) else node:
            yield from wordings(part)


@EACH
def test_words_in_quotation_marks_are_the_words_of_the_text(
    slug: str, name: str, walkthrough: Walkthrough, gathered: Gathered
) -> None:
    texts = gathered.library.treaty(slug).expressions
    held = {
        lang: " ".join(f"{p.heading.text if p.heading else ''} {p.text}" for p in text.walk()).lower()
        for lang, text in texts.items()
    }
    quotations = {"kk": re.compile("«(.+?)»"), "en": re.compile('"(.+?)"')}
    found = [
        (lang, quotation)
        for wording in wordings(walkthrough.model_dump()) for lang, pattern in quotations.items()
        for quotation in pattern.findall(wording[lang])
    ]
    assert [(lang, quotation) for lang, quotation in found if quotation.lower() not in held[lang]] == []


# ---- what they rest on


@pytest.mark.parametrize("slug", SLUGS)
def test_every_operative_provision_is_used_or_declared(slug: str, gathered: Gathered) -> None:
    texts = gathered.library.treaty(slug).expressions
    covered = coverage(gathered.walks[slug], texts)
    assert [one.eid for one in covered] == operative(texts)
    for one in covered:
        assert bool(one.uses) != (one.declared is not None), one.eid


@pytest.mark.parametrize("slug", SLUGS)
def test_a_provision_left_out_is_missed(slug: str, gathered: Gathered) -> None:
    """Operative units, some by chance, are needed: drop what cites or declares one, and the check says so."""
    walks, texts = gathered.walks[slug], gathered.library.treaty(slug).expressions
    for one in random.Random(9).sample(coverage(walks, texts), 8):
        if one.uses:
            less = Walks({
                name: Walkthrough.model_validate(without(copy.deepcopy(each.model_dump(mode="json")), one.eid))
                for name, each in walks.walkthroughs.items()
            }, walks.not_decisive)
        else:
            less = Walks(walks.walkthroughs, [each for each in walks.not_decisive if each is not one.declared])
        assert one.eid in [each.eid for each in coverage(less, texts) if not each.uses and each.declared is None]


def without(node: object, eid: str) -> object:
    """The same with every citation of `eid` replaced by its article's, or by the title for an article."""
    if isinstance(node, dict):
        return {key: without(value, eid) for key, value in node.items()}
    if isinstance(node, list):
        return [without(value, eid) for value in node]
    return "title" if node == eid else node


def test_a_provision_knows_the_questions_that_rest_on_it(gathered: Gathered) -> None:
    walkthrough = gathered.walks[EXTRADITION].walkthroughs["requested-party"]
    assert resting_on(walkthrough, "art_4__para_1__point_c") == ("death", "guarantees")
    assert resting_on(walkthrough, "art_5") == ("jurisdiction", "against")
    assert resting_on(walkthrough, "art_4__para_1__point_e") == ("limitation", "interruption")
    assert resting_on(walkthrough, "art_2") == ()


# ---- the duty to extradite: what the text makes mandatory, what it leaves open


def test_the_mandatory_grounds_are_those_the_text_makes_mandatory(gathered: Gathered) -> None:
    walkthrough = gathered.walks[EXTRADITION].walkthroughs["requested-party"]
    grounds: dict[Effect, set[str]] = {Effect.MUST_REFUSE: set(), Effect.MAY_REFUSE: set()}
    for question in walkthrough.questions.values():
        for answer in question.choices.values():
            for finding in answer.found:
                if finding.effect in grounds:
                    grounds[finding.effect] |= set(finding.cites or question.cites)
    assert {eid for eid in grounds[Effect.MUST_REFUSE] if eid.startswith("art_4")} == {
        f"art_4__para_1__point_{letter}" for letter in "acdefghi"
    }
    assert {"art_5__point_a", "art_5__point_b", "art_6__para_1"} <= grounds[Effect.MAY_REFUSE]
    assert not any(eid.startswith("art_4") for eid in grounds[Effect.MAY_REFUSE])
