"""Gather everything that the site is made of.

Reads   treaties/: every folder with a treaty.yml, instruments.yml, terms.yml
Writes  Gathered: the XML of every expression, and the Library loaded from that XML; all faults of all files together
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .attest import read_limits
from .cover import Walks
from .describe import Instrument, Term, read_yaml
from .draw_up import DrawnUp, draw_up, loaded
from .library import Library, Treaty, Unresolved, collect_citing
from .limits import Limits
from .problems import Code, Problems
from .walk import read_all


@dataclass(frozen=True)
class Gathered:
    """xml: what stands, or should stand, in each file beside the texts; walks, limits: by the treaty's slug."""

    library: Library
    xml: Mapping[Path, bytes]
    walks: Mapping[str, Walks]
    limits: Mapping[str, Limits]


def gather(root: Path, problems: Problems) -> Gathered:
    """Everything below `root`/treaties. The result is only good when `problems` stayed empty."""
    folder = root / "treaties"
    instruments = read_yaml(folder / "instruments.yml", "treaties/instruments.yml", list[Instrument], problems) or []
    terms = read_yaml(folder / "terms.yml", "treaties/terms.yml", list[Term], problems) or []
    folders = sorted(path.parent for path in folder.glob("*/treaty.yml"))
    if not folders:
        problems.add(
            Code.FILE_MISSING, "treaties", 0, "there is no treaty",
            "each treaty has a folder with a treaty.yml, as treaties/README.md shows",
        )
    held = _held(folders, root, instruments)
    drawn = [made for made in (draw_up(each, root, instruments, problems, held) for each in folders) if made is not None]
    treaties = tuple(Treaty(each.data, loaded(each)) for each in drawn)
    _check_terms(terms, treaties, problems)
    limits = _limits(folder, treaties, problems)
    return Gathered(
        Library(
            treaties, tuple(instruments), tuple(terms),
            tuple(unresolved for each in drawn for unresolved in _unresolved(each)), collect_citing(treaties),
        ),
        {folder / each.data.slug / f"{lang}.xml": xml for each in drawn for lang, xml in each.xml.items()},
        read_all(root, treaties, limits, problems),
        limits,
    )


def _held(folders: list[Path], root: Path, instruments: list[Instrument]) -> dict[str, set[str]]:
    """The eIds that every expression of a treaty has, for treaties that others cite as an instrument."""
    cited = {instrument.treaty for instrument in instruments if instrument.treaty}
    made = [draw_up(each, root, instruments, Problems()) for each in folders if each.name in cited]
    return {
        each.data.slug: set.intersection(*({p.eid for p in expression.walk()} for expression in loaded(each).values()))
        for each in made if each is not None and each.xml
    }


def _unresolved(drawn: DrawnUp) -> list[Unresolved]:
    return [
        Unresolved(drawn.data.slug, each.eid, lang, each.words, each.reason)
        for lang, unlinked in drawn.unlinked.items()
        for each in unlinked
    ]


def _limits(folder: Path, treaties: tuple[Treaty, ...], problems: Problems) -> dict[str, Limits]:
    found: dict[str, Limits] = {}
    for treaty in treaties:
        path = folder / treaty.slug / "limits.yml"
        if path.exists() and treaty.expressions:
            limits = read_limits(path, treaty.expressions, f"treaties/{treaty.slug}/limits.yml", problems)
            if limits is not None:
                found[treaty.slug] = limits
    return found


def _check_terms(terms: list[Term], treaties: tuple[Treaty, ...], problems: Problems) -> None:
    """Every provision that is said to define a term exists. A treaty whose own files have faults is not asked."""
    known = {
        (treaty.slug, provision.eid)
        for treaty in treaties for expression in treaty.expressions.values() for provision in expression.walk()
    }
    read = {treaty.slug for treaty in treaties}
    for term in terms:
        if term.defined and term.defined.treaty in read and (term.defined.treaty, term.defined.eid) not in known:
            problems.add(
                Code.FIELD_WRONG, "treaties/terms.yml", 0,
                f"{term.id}: defined in {term.defined.treaty}, {term.defined.eid}, which does not exist",
                "look up the eId in the address of the provision's page",
            )


def stale(gathered: Gathered) -> list[Path]:
    """The files of XML that are not what their sources make."""
    return [path for path, xml in gathered.xml.items() if not path.exists() or path.read_bytes() != xml]
