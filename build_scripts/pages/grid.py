"""Provisions of several languages as rows of one grid: paragraph beside paragraph, point beside point, by eId.

Reads   the same provision in each expression that has it
Writes  Unit: a provision with its rows and its parts; Row: one cell a language

The opening and closing words of a list may stand in one language only: the other's cell is then empty. The number of
a unit stands in the first row of that unit, also where that row is the opening words of its list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..library import Treaty
from ..model import Expression, Kind, Provision
from ..unnumbered import has_number
from .addresses import address_of
from .labels import copied_words, provision_label
from .passage import Placed, passage_html
from .remarks import Remark, Remarks
from .tree import Tree

LISTED = (Kind.POINT, Kind.INDENT)

Parallel = Mapping[str, Provision]  # one provision, by language


@dataclass(frozen=True)
class Cell:
    """What one language has in a row. held: whether it has the provision at all."""

    lang: str
    dir: str
    held: bool
    num: str = ""
    heading: Markup | None = None
    is_capitals: bool = False  # the heading is printed all in capitals
    passages: tuple[Markup, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.num or self.heading or self.passages)


@dataclass(frozen=True)
class Row:
    """One row. eid: the provision that its number names; citations: its words in each
    language that a citation can be copied in, short and long; has_number: whether it is cited by numbers."""

    eid: str
    link: str  # the permalink, relative to the tree
    label: str
    citations: Mapping[str, tuple[str, str]]
    has_number: bool
    cells: tuple[Cell, ...]
    is_heading: bool = False
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Unit:
    """A provision: its rows, then its parts. depth: how many lists it stands in."""

    eid: str
    kind: str
    depth: int
    rows: tuple[Row, ...]
    parts: tuple[Unit, ...]


def pair(provisions: Sequence[tuple[str, Sequence[Provision]]]) -> list[Parallel]:
    """(language, its provisions) … -> the provisions paired by eId, in the order of the first language.

    What only a later language has stands after the provision it follows there.
    """
    order: list[str] = []
    found: dict[str, dict[str, Provision]] = {}
    for lang, row in provisions:
        previous = -1
        for provision in row:
            if provision.eid not in found:
                order.insert(previous + 1, provision.eid)
                found[provision.eid] = {}
            previous = order.index(provision.eid)
            found[provision.eid][lang] = provision
    return [found[eid] for eid in order]


def shown_eids(pairs: Sequence[Parallel]) -> Iterator[str]:
    """The eIds of all provisions below, in the order of the page."""
    for parallel in pairs:
        yield _any(parallel).eid
        yield from shown_eids(_parts(parallel))


class Grid:
    """Builds the rows of one page."""

    def __init__(self, tree: Tree, treaty: Treaty, columns: Sequence[Expression], remarks: Remarks, placed: Mapping[str, Placed]):
        self.tree = tree
        self.treaty = treaty
        self.langs = [expression.lang for expression in columns]
        self.remarks = remarks
        self.placed = placed

    def units(self, pairs: Sequence[Parallel]) -> tuple[Unit, ...]:
        return tuple(self._unit(parallel, depth=0) for parallel in pairs)

    def _unit(self, parallel: Parallel, depth: int, lead: Parallel | None = None) -> Unit:
        """lead: the unit above, when this is its first part: its number and its remarks go with this row."""
        provision = _any(parallel)
        parts = _parts(parallel)
        rows = list(self._own_rows(parallel, lead))
        part_lead = None
        if not rows and parts:
            if not _has_num(parts[0]):
                part_lead = lead if lead and not _has_num(parallel) else parallel
            elif _has_num(parallel):
                rows.append(self._row(parallel, parallel))
        units = tuple(
            self._unit(part, depth + _steps_in(provision, _any(part)), part_lead if place == 0 else None)
            for place, part in enumerate(parts)
        )
        return Unit(provision.eid, provision.kind.value, depth, tuple(rows), units)

    def _own_rows(self, parallel: Parallel, lead: Parallel | None) -> Iterator[Row]:
        """A heading, and words. The remarks stand below the words where there are any."""
        is_article = any(p.kind is Kind.ARTICLE for p in parallel.values())
        has_words = any(p.passages for p in parallel.values())
        if is_article:
            yield self._row(parallel, parallel, is_heading=True, remarked=not has_words)
        if has_words:
            numbers = lead if lead and _has_num(lead) else parallel
            yield self._row(parallel, {} if is_article else numbers, lead=lead)

    def _row(
        self, parallel: Parallel, numbers: Parallel, *, is_heading: bool = False, remarked: bool = True,
        lead: Parallel | None = None,
    ) -> Row:
        """One row: the words of `parallel`, the numbers of `numbers`, the citation of the unit that is numbered."""
        eid = _any(numbers or parallel).eid
        remarks = self.remarks.by_eid.get(_any(parallel).eid, ()) if remarked else ()
        if lead:
            remarks = self.remarks.by_eid.get(_any(lead).eid, ()) + remarks
        return Row(
            eid=eid,
            link=address_of(self.treaty.slug, eid),
            label=provision_label(eid, self.tree.words),
            citations=copied_words(eid),
            has_number=has_number(eid),
            cells=tuple(self._cell(lang, parallel.get(lang), numbers.get(lang), is_heading) for lang in self.langs),
            is_heading=is_heading,
            remarks=remarks,
        )

    def _cell(self, lang: str, provision: Provision | None, numbered: Provision | None, is_heading: bool) -> Cell:
        direction = self.tree.languages[lang].dir
        if not (provision or numbered):
            return Cell(lang, direction, held=False)
        heading = provision.heading if provision and is_heading else None
        passages = provision.passages if provision and not is_heading else ()
        return Cell(
            lang, direction, held=True,
            num=numbered.num if numbered else "",
            heading=passage_html(heading, self.placed[lang]) if heading else None,
            is_capitals=bool(heading and heading.text.isupper()),
            passages=tuple(passage_html(passage, self.placed[lang]) for passage in passages),
        )


def _any(parallel: Parallel) -> Provision:
    return next(iter(parallel.values()))


def _parts(parallel: Parallel) -> list[Parallel]:
    return pair([(lang, provision.children) for lang, provision in parallel.items()])


def _steps_in(whole: Provision, part: Provision) -> int:
    """1 when the part is an item of a list within a numbered unit: its number hangs where the unit's words begin."""
    return int(part.kind in LISTED and (bool(whole.num) or whole.kind in LISTED) and whole.kind is not Kind.ARTICLE)


def _has_num(parallel: Parallel) -> bool:
    return any(provision.num for provision in parallel.values())
