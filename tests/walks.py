"""Ways through a walkthrough, for tests: how many there are, each of them, one that takes a given answer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

from build_scripts.decide import RESULT, Walkthrough, holds

Answers = dict[str, str]


def after(walkthrough: Walkthrough, name: str, answers: Answers) -> str:
    """The question that is asked at `name`, or later where it is passed over; RESULT when none is."""
    while name != RESULT and not holds(walkthrough.questions[name].given, answers):
        name = walkthrough.questions[name].next or RESULT
    return name


def number_of_ways(walkthrough: Walkthrough) -> int:
    @cache
    def ways(name: str, asked_about: tuple[tuple[str, str], ...]) -> int:
        answers = dict(asked_about)
        name = after(walkthrough, name, answers)
        if name == RESULT:
            return 1
        question = walkthrough.questions[name]
        return sum(
            ways(question.after(answer) or RESULT, _kept(walkthrough, {**answers, name: answer})) for answer in question.choices
        )

    return ways(walkthrough.start, ())


def _kept(walkthrough: Walkthrough, answers: Answers) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, answer) for name, answer in answers.items() if name in walkthrough.asked_about))


def every_way(walkthrough: Walkthrough) -> Iterator[Answers]:
    """The answers of every way from the start to the result."""
    ahead: list[tuple[str, Answers]] = [(walkthrough.start, {})]
    while ahead:
        name, answers = ahead.pop()
        name = after(walkthrough, name, answers)
        if name == RESULT:
            yield answers
            continue
        question = walkthrough.questions[name]
        ahead += [(question.after(answer) or RESULT, {**answers, name: answer}) for answer in question.choices]


def way_taking(walkthrough: Walkthrough, goal: str, answer: str, chance: random.Random) -> Answers | None:
    """Answers by chance, from the start to the result, among them `answer` to the question `goal`; None if there is no way."""
    seen: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
    ahead: list[tuple[str, Answers]] = [(walkthrough.start, {})]
    while ahead:
        name, answers = ahead.pop()
        name = after(walkthrough, name, answers)
        if name == goal:
            return _to_the_end(walkthrough, goal, {**answers, goal: answer}, chance)
        state = (name, _kept(walkthrough, answers))
        if name == RESULT or state in seen:
            continue
        seen.add(state)
        question = walkthrough.questions[name]
        choices = list(question.choices)
        chance.shuffle(choices)
        ahead += [(question.after(one) or RESULT, {**answers, name: one}) for one in choices]
    return None


def _to_the_end(walkthrough: Walkthrough, name: str, answers: Answers, chance: random.Random) -> Answers:
    name = after(walkthrough, walkthrough.questions[name].after(answers[name]) or RESULT, answers)
    while name != RESULT:
        answers[name] = chance.choice(list(walkthrough.questions[name].choices))
        name = after(walkthrough, walkthrough.questions[name].after(answers[name]) or RESULT, answers)
    return answers


def by_chance(walkthrough: Walkthrough, chance: random.Random) -> Answers:
    """An answer to every question, asked or not."""
    return {name: chance.choice(list(question.choices)) for name, question in walkthrough.questions.items()}
