"""Put what was read of one citation together.

Reads   terms, one a unit word: "paragraphs 1 and 2", "this Article", "the preceding paragraph"
Writes  Draft: the paths they name, and where in the tokens they stand
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .atoms import BRACKETED, ORDINAL, Atom, Branch
from .model import RELATIVE, Path, Place, Step

LARGEST = 400  # paths; more is no citation that somebody wrote
RANK = {"article": 0, "part": 1, "paragraph": 1, "point": 2, "indent": 3, "subpara": 3}


@dataclass(frozen=True)
class Term:
    """A unit word with its numbers, or with what stands for them. first, end: tokens; words: in code points.

    relation: this, that, preceding, following; has_possessor: (Kazakh) it is said to belong to something.
    """

    unit: str
    first: int
    end: int
    words: Place
    branches: tuple[Branch, ...] = ()
    relation: str = ""
    count: int = 1
    is_plural: bool = False
    has_possessor: bool = False
    leads_on: bool = False  # what follows may belong to it (Kazakh), it belongs to what follows (Russian)


@dataclass(frozen=True)
class Draft:
    """A citation while it is not yet known what it belongs to. first, end: tokens; terms: the largest unit first."""

    start: int
    end_of_words: int
    first: int
    end: int
    terms: tuple[Term, ...]
    paths: tuple[Path, ...]
    is_own: bool = False
    act: Place | None = None
    says_that: bool = False
    needs_possessor: bool = False  # (Kazakh) it belongs to something that was named earlier in the sentence


def names_something(terms: Sequence[Term]) -> bool:
    """Whether there is a number, or a "preceding", and not only "this Article"."""
    return any(term.branches or term.relation in RELATIVE for term in terms)


def paths_of(groups: Sequence[Sequence[Term]]) -> tuple[Path, ...]:
    """The provisions named: in each group the terms, largest unit first, each item of one with each of the next."""
    found: list[Path] = []
    seen: set[Place] = set()
    for group in groups:
        rows: list[tuple[tuple[Step, ...], tuple[Place, ...], bool]] = [((), (), False)]
        for term in group:
            items = _items(term)
            if len(rows) * len(items) > max(LARGEST, len(rows), len(items)):
                return ()
            rows = [
                (steps + own, places + where, ends or own_ends) for steps, places, ends in rows for own, where, own_ends in items
            ]
        shared = Counter(place for _, places, _ in rows for place in places)
        for steps, places, ends in rows:
            own_places = [place for place in places if shared[place] == 1 and place not in seen]
            new = own_places or [place for place in places if place not in seen]
            seen.update(places)
            at = (min(start for start, _ in new), max(end for _, end in new)) if new else (-1, -1)
            found.append(Path(steps, at, ends))
    return tuple(found)


def _items(term: Term) -> list[tuple[tuple[Step, ...], tuple[Place, ...], bool]]:
    if not term.branches:
        return [((Step(term.unit, "", term.relation, term.count),), (term.words,), False)]
    return [
        (
            tuple(_step(term, branch.atoms, index) for index in range(len(branch.atoms))),
            tuple(atom.place for atom in branch.atoms),
            branch.ends_range,
        )
        for branch in term.branches
    ]


def _step(term: Term, atoms: Sequence[Atom], index: int) -> Step:
    atom = atoms[index]
    if index == 0:
        return Step("subpara" if term.unit == "point" and atom.form == ORDINAL else term.unit, atom.printed)
    return Step("paragraph" if index == 1 and term.unit == "article" and atom.form == BRACKETED else "point", atom.printed)


def shifted(path: Path, steps: tuple[Step, ...]) -> Path:
    """The path with `steps` above its own."""
    return replace(path, steps=(*steps, *path.steps))
