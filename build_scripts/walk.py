"""The walkthroughs of all treaties: read, and proved.

Reads   treaties/<slug>/walkthroughs/<name>.yml and not-decisive.yml, the treaties' expressions
Writes  Walks by the treaty's slug; every fault becomes a Problem with its line

A treaty without walkthroughs has no folder for them and owes no coverage.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from .cover import Walks, check_coverage
from .decide import NotDecisive, Place, See, Side, Walkthrough, nodes
from .describe import read_yaml
from .library import Treaty
from .limits import Limits
from .model import Expression
from .problems import Code, Problem, Problems
from .prove import Faults, check_citations, check_words, prove

FOLDER = "walkthroughs"
NOT_DECISIVE = "not-decisive"
FILE = re.compile(rf"treaties/(?P<slug>[^/]+)/{FOLDER}/(?P<name>[^/]+)\.yml")
TOP, QUESTION = re.compile(r"([a-z_]+):"), re.compile(r""" {2}["']?([a-z0-9-]+)["']?:""")  # as the files are laid out
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def file_of(slug: str, name: str) -> str:
    """The file of a walkthrough, as problems name it."""
    return f"treaties/{slug}/{FOLDER}/{name}.yml"


def read_all(
    root: Path, treaties: tuple[Treaty, ...], limits: Mapping[str, Limits], problems: Problems
) -> dict[str, Walks]:
    """The walkthroughs of each treaty that has any. Those that are no walkthrough at all are left out, with their faults."""
    found: dict[str, Walks] = {}
    by_slug = {treaty.slug: treaty for treaty in treaties}
    for treaty in treaties:
        if (root / "treaties" / treaty.slug / FOLDER).is_dir() and treaty.expressions:
            walks = read_walks(root, treaty, problems)
            if walks.walkthroughs or walks.broken:
                found[treaty.slug] = walks
    for slug, walks in found.items():
        for name, walkthrough in walks.walkthroughs.items():
            faults = _faults(root, slug, name, problems)
            _check_links(slug, walkthrough, found, by_slug, faults)
            _check_limits(walkthrough, limits.get(slug), faults)
    return found


def read_walks(root: Path, treaty: Treaty, problems: Problems) -> Walks:
    """The walkthroughs of one treaty, in the order they are listed: whom they are for, their `order`, their name."""
    folder = root / "treaties" / treaty.slug / FOLDER
    paths = [path for path in sorted(folder.glob("*.yml")) if path.stem != NOT_DECISIVE]
    read: dict[str, Walkthrough] = {}
    for path in paths:
        file = file_of(treaty.slug, path.stem)
        _check_name(path.stem, file, problems)
        walkthrough = read_walkthrough(path, treaty.expressions, file, problems)
        if walkthrough is not None:
            read[path.stem] = walkthrough
    sides = list(Side)
    listed = dict(sorted(read.items(), key=lambda item: (sides.index(item[1].side), item[1].order, item[0])))
    declared = _not_decisive(root, treaty, problems)
    sums = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    walks = Walks(listed, declared or [], sums, [path.stem for path in paths if path.stem not in read])
    if paths and len(read) == len(paths) and declared is not None:  # a file that cannot be read would make provisions look unused
        check_coverage(walks, treaty.expressions, _faults(root, treaty.slug, NOT_DECISIVE, problems))
    return walks


def read_walkthrough(
    path: Path, expressions: Mapping[str, Expression], file: str, problems: Problems
) -> Walkthrough | None:
    """The walkthrough at `path`, its faults in `problems`; None when it has not the form of one. file: its name there."""
    walkthrough = read_yaml(path, file, Walkthrough, problems)
    if walkthrough is not None:
        prove(walkthrough, expressions, Faults(file, path.read_text(encoding="utf-8"), problems))
    return walkthrough


def _check_name(name: str, file: str, problems: Problems) -> None:
    if not SLUG.fullmatch(name):
        problems.add(
            Code.NAME_RESERVED, file, 0, f"the file is named {name!r}",
            "its name is its address: small Latin letters, digits and hyphens, such as requested-party.yml",
        )


def _not_decisive(root: Path, treaty: Treaty, problems: Problems) -> list[NotDecisive] | None:
    """What is declared; [] when there is no such file, None when it cannot be read."""
    path, file = root / file_of(treaty.slug, NOT_DECISIVE), file_of(treaty.slug, NOT_DECISIVE)
    if not path.exists():
        return []
    declared = read_yaml(path, file, list[NotDecisive], problems)
    if declared is not None:
        faults = _faults(root, treaty.slug, NOT_DECISIVE, problems)
        cited: list[tuple[Place, str]] = [((number, "eid"), one.eid) for number, one in enumerate(declared)]
        check_citations(cited, treaty.expressions, faults)
        check_words(declared, tuple(treaty.expressions), faults)
    return declared


def _check_links(
    slug: str, walkthrough: Walkthrough, found: Mapping[str, Walks], treaties: Mapping[str, Treaty], faults: Faults
) -> None:
    """Every link leads to a walkthrough, and a question of it, and names provisions of that treaty."""
    for place, node in nodes(walkthrough):
        if not isinstance(node, See):
            continue
        to, name = node.target(slug)
        walks = found[to].walkthroughs if to in found else {}
        if name not in walks:
            names = ", ".join(walks) if walks else "none; treaties with walkthroughs: " + ", ".join(found)
            faults.add(
                Code.LINK_UNKNOWN, (*place, "walkthrough"), f"links to {node.walkthrough!r}, which is no walkthrough",
                f"there are: {names}",
            )
            continue
        if node.question and node.question not in walks[name].questions:
            faults.add(
                Code.LINK_UNKNOWN, (*place, "question"), f"links to {node.question!r}, which is no question of {name!r}",
                "its questions: " + ", ".join(walks[name].questions),
            )
        cited: list[tuple[Place, str]] = [((*place, "cites", number), eid) for number, eid in enumerate(node.cites)]
        check_citations(cited, treaties[to].expressions, faults)


def _check_limits(walkthrough: Walkthrough, limits: Limits | None, faults: Faults) -> None:
    """Every time limit named is one of the treaty's."""
    known = list(limits.limits) if limits else []
    for place, node in nodes(walkthrough):
        for number, name in enumerate(getattr(node, "limits", ())):
            if name not in known:
                faults.add(
                    Code.LIMIT_UNKNOWN, (*place, "limits", number), f"names {name!r}, which is no time limit of the treaty",
                    f"limits.yml has: {', '.join(known) or 'none'}",
                )


def faults_at_nodes(root: Path, problems: Iterable[Problem]) -> dict[tuple[str, str], dict[str, list[Problem]]]:
    """The faults of walkthroughs by (treaty, walkthrough) and question; "" for what stands at no question.

    Those of not-decisive.yml stand under (treaty, "").
    """
    found: dict[tuple[str, str], dict[str, list[Problem]]] = {}
    for problem in problems:
        place = FILE.fullmatch(problem.file)
        if place:
            slug, name = place["slug"], "" if place["name"] == NOT_DECISIVE else place["name"]
            path = root / problem.file
            text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
            found.setdefault((slug, name), {}).setdefault(_question_at(text, problem.line), []).append(problem)
    return found


def _question_at(text: str, line: int) -> str:
    """The question whose part of the file holds `line`, or ""."""
    at, name = "", ""
    for number, words in enumerate(text.splitlines(), 1):
        top, question = TOP.match(words), QUESTION.match(words)
        if top:
            at, name = top[1], ""
        elif question and at == "questions":
            name = question[1]
        if number >= line:
            break
    return name


def _faults(root: Path, slug: str, name: str, problems: Problems) -> Faults:
    path = root / file_of(slug, name)
    return Faults(file_of(slug, name), path.read_text(encoding="utf-8") if path.exists() else "", problems)
