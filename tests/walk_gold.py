"""What every walkthrough finds and comes to, with the provisions, as a list that a person reviews.

    python -m tests.walk_gold            says which lists differ from tests/gold/walkthroughs
    python -m tests.walk_gold --write    writes them; read the difference, as if it were code, before it is committed

A line of the list is a finding or an outcome: what it is, the provisions, and the first words of what it says.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from build_scripts.decide import Finding, Follow, Walkthrough
from build_scripts.gather import Gathered, gather
from build_scripts.pages.labels import provision_label
from build_scripts.pages.words import load_all_words
from build_scripts.problems import Problems

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold" / "walkthroughs"
WORDS = load_all_words(ROOT / "docs" / "interface")["en"]
WIDTH = 110


def lists(gathered: Gathered) -> dict[str, str]:
    """The list of each walkthrough, by the name of its file below tests/gold/walkthroughs."""
    return {
        f"{slug}/{name}.txt": "\n".join(_lines(walkthrough)) + "\n"
        for slug, walks in gathered.walks.items() for name, walkthrough in walks.walkthroughs.items()
    }


def _lines(walkthrough: Walkthrough) -> Iterator[str]:
    yield walkthrough.title["en"]
    yield ""
    for finding in walkthrough.always:
        yield from _finding("always ", finding, finding.cites)
    for name, question in walkthrough.questions.items():
        yield f"? {name}: {_cited(question.cites)}"
        if question.given:
            yield f"    asked if {_given(question.given)}"
        for answer, choice in question.choices.items():
            yield f"    {answer} -> {question.after(answer)}"
            for finding in choice.found:
                yield from _finding("      ", finding, finding.cites or question.cites)
            yield from _follows("      ", choice.follows)
    yield ""
    for name, outcome in walkthrough.outcomes.items():
        conditions = [" or ".join(effect.value for effect in outcome.when), _given(outcome.given)]
        fits = " and ".join(condition for condition in conditions if condition) or "nothing of that"
        yield f"= {name}: {outcome.kind.value}, if {fits}: {_cited(outcome.cites)}"
        yield f"      {_short(outcome.says['en'])}"
        yield from _follows("      ", outcome.follows)


def _finding(indent: str, finding: Finding, cites: Iterable[str]) -> Iterator[str]:
    yield f"{indent}{finding.effect.value}: {_cited(cites)}: {_short(finding.says['en'])}"
    for reading in finding.readings:
        yield f"{indent}    or {reading.leads_to}: {_short(reading.says['en'])}"


def _follows(indent: str, follows: Iterable[Follow]) -> Iterator[str]:
    for follow in follows:
        by = f" [{follow.by['en']}]" if follow.by else ""
        yield f"{indent}then {_cited(follow.cites)}: {_short(follow.says['en'])}{by}"


def _cited(eids: Iterable[str]) -> str:
    return ", ".join(provision_label(eid, WORDS) for eid in eids)


def _given(given: dict[str, list[str]]) -> str:
    return " and ".join(f"{name} is {'/'.join(answers)}" for name, answers in given.items())


def _short(text: str) -> str:
    return text if len(text) <= WIDTH else text[: text.rindex(" ", 0, WIDTH)] + " …"


def main(write: bool) -> int:
    problems = Problems()
    made = lists(gather(ROOT, problems))
    problems.raise_if_any()
    held = {path.relative_to(GOLD).as_posix(): path.read_text("utf-8") for path in GOLD.rglob("*.txt")}
    for name in sorted({*made, *held}):
        if made.get(name) == held.get(name):
            continue
        print(f"{'written' if write else 'differs'}: tests/gold/walkthroughs/{name}")
        if write and name in made:
            (GOLD / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLD / name).write_text(made[name], encoding="utf-8", newline="\n")
        elif write:
            (GOLD / name).unlink()
    return 0 if write or made == held else 1


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv[1:]))
