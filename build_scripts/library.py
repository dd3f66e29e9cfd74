"""All treaties held, joined: what the pages, the search and the walkthroughs read.

Reads   the expressions loaded from the Akoma Ntoso XML, the editor's data on each treaty, the instruments, the terms
Writes  a Library: treaties with their expressions, and for every provision and instrument who cites it
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .describe import Instrument, Term, TreatyData
from .model import Expression, Provision, Target


@dataclass(frozen=True)
class Treaty:
    """A work: its data and its expressions by language."""

    data: TreatyData
    expressions: Mapping[str, Expression]

    @property
    def slug(self) -> str:
        return self.data.slug


@dataclass(frozen=True)
class Citing:
    """A place that cites something: the provision, its language, and the words around the citation."""

    treaty: str
    eid: str
    lang: str
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Unresolved:
    """A reference that leads to no single target: where it stands, its words and the reason."""

    treaty: str
    eid: str
    lang: str
    words: str
    reason: Mapping[str, str]


@dataclass(frozen=True)
class Library:
    treaties: tuple[Treaty, ...]
    instruments: tuple[Instrument, ...] = ()
    terms: tuple[Term, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    cited_by: Mapping[Target, tuple[Citing, ...]] = field(default_factory=dict)

    def treaty(self, slug: str) -> Treaty:
        """Raises KeyError when no treaty has that slug."""
        for treaty in self.treaties:
            if treaty.slug == slug:
                return treaty
        raise KeyError(slug)


CONTEXT = 60  # code points of text shown on each side of a citation


def collect_citing(treaties: Iterable[Treaty]) -> dict[Target, tuple[Citing, ...]]:
    """For every target of a reference: the places that cite it, in the order of treaties, languages and text."""
    found: dict[Target, list[Citing]] = {}
    for treaty in treaties:
        for lang, expression in treaty.expressions.items():
            for provision in expression.walk():
                for passage in provision.passages:
                    for reference in passage.references:
                        citing = Citing(
                            treaty.slug, provision.eid, lang,
                            _tail(passage.text[: reference.start]),
                            passage.text[reference.start : reference.end],
                            _head(passage.text[reference.end :]),
                        )
                        for target in reference.targets:
                            found.setdefault(target, []).append(citing)
    return {target: tuple(places) for target, places in found.items()}


def _tail(text: str) -> str:
    return text if len(text) <= CONTEXT else "…" + text[-CONTEXT:].partition(" ")[2]


def _head(text: str) -> str:
    return text if len(text) <= CONTEXT else text[:CONTEXT].rpartition(" ")[0] + "…"


def article_of(expression: Expression, eid: str) -> Provision | None:
    """The article that the provision `eid` belongs to, or None when it stands outside the body."""
    for article in expression.articles:
        if eid == article.eid or eid.startswith(article.eid + "__"):
            return article
    return None
