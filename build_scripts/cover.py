"""Which provisions of a treaty its walkthroughs rest on, all of them taken together.

Reads   the walkthroughs of a treaty, what is declared not decisive, the treaty's expressions
Writes  Covered for each operative provision; a Problem for each that is neither used nor declared

Operative is every smallest unit of every article: a paragraph, point or item with words of its own. To cite the list that
a point stands in is not to use the point; to declare an article is to declare all below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .decide import NotDecisive, Place, Walkthrough, citations
from .model import Expression, Kind, Provision
from .problems import Code
from .prove import Faults


@dataclass(frozen=True)
class Walks:
    """The walkthroughs of a treaty, by name in the order they are listed, and what none of them rests on.

    sums: the SHA-256 of each walkthrough's file; broken: the files that are no walkthrough.
    """

    walkthroughs: Mapping[str, Walkthrough]
    not_decisive: Sequence[NotDecisive] = ()
    sums: Mapping[str, str] = field(default_factory=dict)
    broken: Sequence[str] = ()


@dataclass(frozen=True)
class Use:
    """A place that rests on a provision: a question, an outcome, or ("", "") what is always found."""

    walkthrough: str
    question: str
    outcome: str


@dataclass(frozen=True)
class Covered:
    """An operative provision: where it is used, or what declares it not decisive."""

    eid: str
    uses: tuple[Use, ...]
    declared: NotDecisive | None


def coverage(walks: Walks, expressions: Mapping[str, Expression]) -> tuple[Covered, ...]:
    """Every operative provision of the treaty, in the order of the text."""
    uses: dict[str, dict[Use, None]] = {}
    for name, walkthrough in walks.walkthroughs.items():
        for place, eid in citations(walkthrough):
            uses.setdefault(eid, {})[_use(name, place)] = None
    return tuple(
        Covered(eid, tuple(uses.get(eid, ())), _declared(walks.not_decisive, eid)) for eid in operative(expressions)
    )


def _use(name: str, place: Place) -> Use:
    kind, which = str(place[0]), str(place[1])
    return Use(name, which if kind == "questions" else "", which if kind == "outcomes" else "")


def _declared(not_decisive: Sequence[NotDecisive], eid: str) -> NotDecisive | None:
    return next((one for one in not_decisive if is_within(eid, one.eid)), None)


def is_within(eid: str, above: str) -> bool:
    """Whether a provision is `above` or stands below it."""
    return eid == above or eid.startswith(above + "__")


def operative(expressions: Mapping[str, Expression]) -> list[str]:
    """The smallest units of every article, in every language, each once."""
    units = [
        unit.eid
        for expression in expressions.values() for article in expression.articles for unit in _smallest(article)
    ]
    return list(dict.fromkeys(units))


def _smallest(provision: Provision) -> list[Provision]:
    parts = [child for child in provision.children if child.kind not in (Kind.INTRO, Kind.WRAPUP)]
    return [unit for part in parts for unit in _smallest(part)] if parts else [provision]


def check_coverage(walks: Walks, expressions: Mapping[str, Expression], faults: Faults) -> None:
    """Adds a Problem for each provision without use or declaration, and for declarations that are double or untrue."""
    times = Counter(one.eid for one in walks.not_decisive)
    covered = coverage(walks, expressions)
    used = {one.eid: one.uses for one in covered if one.uses}
    for number, one in enumerate(walks.not_decisive):
        if by := sorted({use.walkthrough for eid, uses in used.items() if is_within(eid, one.eid) for use in uses}):
            faults.add(
                Code.DECLARATION_WRONG, (number,), f"{one.eid!r} is declared not decisive, and used in: {', '.join(by)}",
                "take it out of one of the two; declare only the points that are not used",
            )
        if times[one.eid] > 1:
            faults.add(Code.DECLARATION_WRONG, (number,), f"{one.eid!r} is declared twice", "declare a provision once")
    for unit in covered:
        if not unit.uses and unit.declared is None:
            faults.add(
                Code.PROVISION_UNUSED, (), f"no walkthrough rests on {unit.eid!r}, and it is not declared",
                f"cite it where it decides, or add here: - {{eid: {unit.eid}, reason: {{kk: …, en: …}}}}",
            )
