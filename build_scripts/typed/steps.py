"""Put the elements of a query together: runs of numbers, steps with their units, citations.

Reads   elements, as scan.py finds them
Writes  citations: steps from the article (or the preamble) inwards
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .scan import LOOSE, Element
from .words import fold, roman, tables

PREAMBLE, RECITAL, BARE = "preamble", "recital", "bare"
WITHOUT_NUMBER = (PREAMBLE, "intro", "wrapup")  # units
FIRST = -1  # the rank of a bare number that begins a citation, until the rest is read
INNERMOST = 350  # the rank of a bare number before a named article: "(e) of paragraph 1 of article 4"


@dataclass(frozen=True)
class Item:
    """A number of a provision, or a range of them. either: `12-1` may be a range or an inserted number."""

    first: str
    last: str = ""
    either: bool = False

    def __str__(self) -> str:
        first, last = ("".join(fold(letter) for letter in label) for label in (self.first, self.last))
        return f"{first}{'-' if self.either else '–'}{last}" if last else first


@dataclass(frozen=True)
class Step:
    """One level of a citation: its unit ("bare" when none was said) and the numbers wanted.

    rank: where it stands from the outside in; word: the number is an ordinal in words; dotted: as 1 is in 12.1.
    """

    unit: str
    items: tuple[Item, ...] = ()
    rank: int = 0
    word: bool = False
    dotted: bool = False


@dataclass(frozen=True)
class Citation:
    """Steps from the article (or the preamble) inwards."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        if not self.steps:
            return ""
        head, *inner = [", ".join(map(str, step.items)) or step.unit for step in self.steps]
        return (roman(head) or head) + "".join(f"({words})" for words in inner)


@dataclass(frozen=True)
class _Run:
    """Numbers that stand together and share a unit."""

    items: tuple[Item, ...]
    word: bool = False
    dotted: bool = False
    kind: str = "run"
    text: str = ""
    lang: str = ""


def runs_of(elements: list[Element]) -> list[Element | _Run]:
    """Join the labels that stand together; units and the joints between citations ("and", "to", "until") stay."""
    parts: list[Element | _Run] = []
    run: list[list[Element]] = []  # lists of labels; within each, dashes between them
    joint: Element | None = None

    def close() -> None:
        parts.extend(_runs_in(run))
        run.clear()

    for element in elements:
        if element.kind == "label":
            before = run[-1][-1] if run else None
            if before and joint and _fit(before, element):
                if joint.kind == "and":
                    run.append([element])
                else:
                    run[-1] += [joint, element]
            elif before and joint and joint.kind == "dash" and joint.tight and before.is_number and not element.is_number:
                run[-1] += [joint, element]
            else:
                close()
                if joint and (joint.kind != "and" or before and before.bracket and element.is_number and not element.bracket):
                    parts.append(Element("to" if joint.kind == "dash" else joint.kind))
                run.append([element])
            joint = None
        elif element.kind in ("and", "to", "dash"):
            joint = element
        else:
            close()
            if joint and joint.kind == "to":
                parts.append(joint)
            joint = None
            parts.append(element)
    close()
    return parts


def _fit(one: Element, other: Element) -> bool:
    """Whether two labels are numbers of one list."""
    if one.is_number != other.is_number:
        return False
    return not one.is_number or one.bracket == other.bracket


def _runs_in(run: list[list[Element]]) -> Iterator[_Run]:
    """The items of a run; labels joined by tight dashes that make neither a range nor an inserted number are a path."""
    items: list[Item] = []
    word = any(label.word for labels in run for label in labels)
    dotted = bool(run) and run[0][0].dotted
    for labels in run:
        wide = next((at for at, e in enumerate(labels) if e.kind == "to" or (e.kind == "dash" and not e.tight)), -1)
        texts = [element.text for element in labels if element.kind == "label"]
        if wide >= 0:
            first = "-".join(element.text for element in labels[:wide] if element.kind == "label")
            last = "-".join(element.text for element in labels[wide + 1 :] if element.kind == "label")
            items.append(Item(first, last))
        elif len(texts) == 4 and all(text[0].isdigit() for text in texts):
            items.append(Item("-".join(texts[:2]), "-".join(texts[2:])))
        elif len(texts) == 2 and texts[0][0].isdigit() == texts[1][0].isdigit():
            items.append(Item(texts[0], texts[1], either=texts[0][0].isdigit() and not labels[0].bracket))
        elif len(texts) == 1:
            items.append(Item(texts[0]))
        else:
            if items:
                yield _Run(tuple(dict.fromkeys(items)), word, dotted)
                items = []
            yield from (_Run((Item(text),), word) for text in texts)
    if items:
        yield _Run(tuple(dict.fromkeys(items)), word, dotted)


def steps_of(parts: list[Element | _Run]) -> list[Step | Element] | None:
    """Give each run its unit, before it (Russian, English) or after it (Kazakh); None when a unit is left alone."""
    steps: list[Step | Element] = []
    chain: list[Element | _Run] = []
    for part in parts + [Element("end")]:
        takes_turn = part.kind in ("run", "unit") and part.text not in WITHOUT_NUMBER
        if chain and not (takes_turn and part.kind != chain[-1].kind):
            if part.kind == "unit" and chain[-1].text == LOOSE:
                continue  # "unnumbered paragraph"
            paired = _pair(chain)
            if paired is None:
                return None
            steps += paired
            chain = []
        if takes_turn:
            chain.append(part)
        elif part.text in WITHOUT_NUMBER:
            steps.append(Step(part.text))
        elif isinstance(part, Element) and part.kind != "end":
            steps.append(part)
    return steps


def _pair(chain: list[Element | _Run]) -> list[Step] | None:
    """Steps of a row in which runs and units take turns."""
    starts_bare, ends_bare = chain[0].kind == "run", chain[-1].kind == "run"
    if not starts_bare and not ends_bare:
        return None
    unit_first = not starts_bare
    lone = -1  # the run without a unit
    if starts_bare and ends_bare:
        kazakh = len(chain) > 1 and chain[1].lang == "kk"
        lone, unit_first = (len(chain) - 1, False) if kazakh else (0, True)
    steps = []
    for at, part in enumerate(chain):
        if isinstance(part, _Run):
            unit = BARE if at == lone else chain[at - 1 if unit_first else at + 1].text
            steps.append(Step(unit, part.items, word=part.word, dotted=part.dotted))
    return steps


def citations_of(steps: list[Step | Element]) -> list[Citation]:
    """Group steps into citations: a level said again begins the next one, which takes what it lacks from the one before."""
    ranks = {name: unit["rank"] for name, unit in tables()["units"].items()}
    groups: list[tuple[list[Step], bool]] = [([], False)]
    for step in steps:
        if isinstance(step, Element):
            if step.kind == "until":
                groups[-1] = (groups[-1][0], True)
            else:
                groups.append(([], step.kind == "to"))
            continue
        current = groups[-1][0]
        if len(current) == tables()["limits"]["steps"]:
            return []
        rank = ranks[step.unit] if step.unit != BARE else max(current[-1].rank, 0) + 1 if current else FIRST
        if current and current[-1].rank == rank and _is_inner(current[-1], step):
            rank += 1
        elif any(other.rank == rank for other in current):
            groups.append(([], False))
        groups[-1][0].append(replace(step, rank=rank))
    ordered = [(_ordered(group), to) for group, to in groups if group]
    found: list[Citation] = []
    for at, (group, to) in enumerate(ordered):
        if group[0].rank > 0:
            near = found[-1].steps if found else next((other for other, _ in ordered[at:] if other[0].rank <= 0), ())
            group = tuple(step for step in near if step.rank < group[0].rank) + group
        ranged = _ranged(found[-1].steps, group) if to and found else ()
        if ranged:
            found[-1] = Citation(ranged)
        else:
            found.append(Citation(group))
    return found


def _is_inner(outer: Step, step: Step) -> bool:
    """13-баптың 2) тармақшасының а) тармақшасы: letters right after a number are its parts."""
    if outer.unit != step.unit or not (outer.items and step.items):
        return False
    return outer.items[0].first[0].isdigit() and not step.items[0].first[0].isdigit()


def _ranged(first: tuple[Step, ...], last: tuple[Step, ...]) -> tuple[Step, ...]:
    """Two citations as one range, when they differ in their last number only: "from article 3 to article 5"."""
    ends = [step.items for step in (first[-1], last[-1])]
    alike = [step.items for step in first[:-1]] == [step.items for step in last[:-1]]
    if not alike or any(len(items) != 1 or items[0].last for items in ends):
        return ()
    return first[:-1] + (replace(first[-1], items=(Item(ends[0][0].first, ends[1][0].first),)),)


def _ordered(group: list[Step]) -> tuple[Step, ...]:
    """From the outside in. A bare number that came first is the article, or the innermost when an article was named."""
    if group[0].rank == FIRST:
        named = any(step.rank == 0 for step in group)
        group = [replace(group[0], rank=INNERMOST if named else 0), *group[1:]]
    elif any(step.unit == RECITAL for step in group) and all(step.rank for step in group):
        group = [Step(PREAMBLE), *group]
    return tuple(sorted(group, key=lambda step: step.rank))
