"""The treaty's words as a walkthrough quotes them: rows of all languages, links to provisions.

Reads   the expressions of a treaty
Writes  LawRow, Link
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..library import Treaty, article_of
from ..model import Expression, Kind, Provision
from .addresses import address_of, relative
from .grid import pair, shown_eids
from .labels import provision_label
from .tree import Link, Tree


@dataclass(frozen=True)
class Cell:
    """A provision's words in one language. heading: of the article, when the row opens one."""

    lang: str
    dir: str
    heading: str
    num: str
    text: str


@dataclass(frozen=True)
class LawRow:
    """A provision, its languages side by side."""

    eid: str
    href: str
    label: str
    cells: tuple[Cell, ...]

    @property
    def is_heading(self) -> bool:
        return any(cell.heading for cell in self.cells)


class Law:
    """The treaty's words as the page quotes them: a provision with the words that open and close the list it stands in."""

    def __init__(self, tree: Tree, treaty: Treaty, page: str):
        self.tree = tree
        self.treaty = treaty
        self.page = page
        self.columns = tree.columns(treaty)
        self.held = {column.lang: {unit.eid: unit for unit in column.walk()} for column in self.columns}

    def link(self, eid: str) -> Link:
        return Link(provision_label(eid, self.tree.words), relative(self.page, address_of(self.treaty.slug, eid)))

    def links(self, eids: Iterable[str]) -> tuple[Link, ...]:
        return tuple(self.link(eid) for eid in dict.fromkeys(eids))

    def quoted(self, eids: Sequence[str]) -> tuple[str, ...]:
        """The eIds of the rows that quote `eids`, in the order of the text."""
        order: dict[str, None] = {}
        for article in dict.fromkeys(self._article(eid) for eid in eids):
            order.update(dict.fromkeys(self._order(article)))
        return tuple(eid for eid in order if any(self._belongs(eid, cited) for cited in eids))

    def row(self, eid: str) -> LawRow:
        link = self.link(eid)
        return LawRow(eid, link.href, link.label, tuple(self._cell(column, eid) for column in self.columns))

    def _article(self, eid: str) -> str:
        article = article_of(self.columns[0], eid)
        return article.eid if article else eid

    def _order(self, article: str) -> Iterator[str]:
        units = [(lang, [held[article]]) for lang, held in self.held.items() if article in held]
        for eid in shown_eids(pair(units)) if units else ():
            if eid == article or any(eid in held and held[eid].passages for held in self.held.values()):
                yield eid

    def _belongs(self, eid: str, cited: str) -> bool:
        """Whether the row is the provision cited or below it, the head of its article, or words around its list."""
        if eid == cited or eid.startswith(cited + "__") or eid == self._article(cited):
            return True
        around, _, last = eid.rpartition("__")
        return last in (Kind.INTRO.value, Kind.WRAPUP.value) and cited.startswith(around + "__")

    def _cell(self, column: Expression, eid: str) -> Cell:
        direction = self.tree.languages[column.lang].dir
        unit = self.held[column.lang].get(eid)
        if unit is None:
            return Cell(column.lang, direction, "", "", "")
        if unit.kind is Kind.ARTICLE:
            heading = " ".join(filter(None, (unit.num, unit.heading.text if unit.heading else "")))
            return Cell(column.lang, direction, heading, "", unit.text)
        return Cell(column.lang, direction, "", unit.num or self._num_above(column, unit), unit.text)

    def _num_above(self, column: Expression, unit: Provision) -> str:
        """The opening words of a list carry the number of the paragraph that they open."""
        if unit.kind is not Kind.INTRO:
            return ""
        above = self.held[column.lang].get(unit.eid.rpartition("__")[0])
        return above.num if above and above.kind is not Kind.ARTICLE else ""
