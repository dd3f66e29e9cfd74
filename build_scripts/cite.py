"""Resolve what somebody typed as a citation.

Reads   a query; the library
Writes  a Resolution: the provisions it names, likelier first; when it names none that exists, the nearest ones

Rules. All treaties that have the whole of what was cited are offered, and none that lacks a part of it; words that choose
a treaty leave only that one. A unit that was said must be that unit: paragraph 3 of article 5 is not point 3 (the nearest
does offer it). What stands around the articles is cited by its name (unnumbered.yml) with words that choose a treaty. A
query with other words than a citation, a treaty's name and small words is a search, no citation. Order:
the treaty whose page is open, then the treaty with more provisions; `limits.treaties` of those that may be meant are looked into.
docs/assets/javascripts/cite.js is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from .leaves import order, write_data, write_leaves
from .library import Library
from .model import Target
from .outline import ASIDE, PREAMBLE, ROOT, Node, outline_of, tree_from, tree_of
from .pack import packed_distances
from .typed import BARE, Aside, Citation, Item, Reading, Step, aside_in, clean, fold, read, roman, tables, write_typed_data
from .typed.names import Phrases, TreatyNames, phrases_of
from .unnumbered import LEVEL, name_of

__all__ = ["Resolution", "Resolver", "to_json", "write_provisions_data", "write_typed_data"]

ADDRESS = re.compile(r"[a-z]+_[0-9a-z_-]+")  # an eId in a query, perhaps within a link
SLUG = re.compile(r"[a-z0-9-]+")  # what may be a treaty's, likewise
FARTHEST = 10**9  # how far off the provision is that lacks the number
MOST_MISSES = 3  # of one treaty, that the nearest are sought for
NEAREST_OF_ONE = 3  # of one treaty
OUTLINES = 4  # treaties of an outlines file
LEAF = 6_000  # characters of a leaf of names, about


@dataclass(frozen=True)
class Resolution:
    """What a query cites.

    resolved: provisions that exist, likelier first. nearest: offered when the one cited does not exist. rest: the words
    that were no citation and no treaty's name (then nothing is resolved). understood: the citation in the shortest form,
    "4(1)(e)", also when it leads nowhere; "" when there is none.
    """

    resolved: tuple[Target, ...] = ()
    nearest: tuple[Target, ...] = ()
    rest: str = ""
    understood: str = ""


@dataclass(frozen=True, eq=False)
class Held:
    """A treaty as the resolver sees it: what names it, what it has."""

    names: Phrases
    root: Node
    size: int

    @property
    def slug(self) -> str:
        return self.names.slug


@dataclass(frozen=True)
class Miss:
    """A number that the children of a node do not have."""

    node: Node
    unit: str
    item: Item


@dataclass(frozen=True)
class Match:
    """What one treaty has of a reading. tier: 0 when every unit is what was said, 1 when one was tolerated."""

    held: Held
    nodes: tuple[Node, ...]
    misses: tuple[Miss, ...]
    tier: int


def held_in(library: Library) -> list[Held]:
    """The treaties of a library, the one with more provisions first."""
    found = [Held(names, tree_from(outline), _size(outline)) for names, outline in _named_and_outlined(library)]
    return sorted(found, key=lambda held: (-held.size, held.slug))


def _size(outline: str) -> int:
    """How many provisions an outline has."""
    return outline.count(" ") + 1 if outline else 0


class Resolver:
    """Resolves queries against a library."""

    def __init__(self, library: Library):
        self._held = held_in(library)
        self._names = TreatyNames(held.names for held in self._held)

    def resolve(self, query: str, treaty: str = "") -> Resolution:
        """What `query` cites. treaty: the slug of the treaty whose page is open, which then comes first."""
        held = sorted(self._held, key=lambda one: one.slug != treaty)
        addressed = _addressed(query, held)
        if addressed:
            return addressed
        aside = aside_in(query, self._names)
        if aside:
            return _named(aside, held)
        reading = read(query, self._names)
        if not reading.citations:
            return Resolution(rest=reading.rest)
        named = {one.slug for one in held} if reading.treaties is None else reading.treaties
        matches = [_match(one, reading) for one in _likeliest(one for one in held if one.slug in named)]
        resolved, missed = _choose(matches)
        unnamed = _likeliest(one for one in held if one.slug not in named) if missed else []
        others = [_match(one, reading) for one in unnamed]
        return Resolution(_targets(resolved), _nearest(missed, others, set(_targets(resolved))), "", str(reading))


def _likeliest(held: Iterable[Held]) -> list[Held]:
    """As many treaties as are looked into."""
    return list(islice(held, tables()["limits"]["treaties"]))


def _named(aside: Aside, held: list[Held]) -> Resolution:
    """What stands around the articles, in the treaties named that have it; where none has, the first that such a one has."""
    found, near = [], []
    for one in _likeliest(one for one in held if one.slug in aside.treaties):
        asides = [node.eid for node in one.root.children if node.kind == ASIDE]
        if aside.eid in asides:
            found.append(Target(one.slug, aside.eid))
        near += [Target(one.slug, eid) for eid in asides[:1]]
    return Resolution(tuple(found), () if found else tuple(near), "", aside.eid)


def _choose(matches: list[Match]) -> tuple[list[Match], list[Match]]:
    """The matches that are the answer, and those whose misses call for the nearest."""
    whole = [match for match in matches if not match.misses]
    if whole:
        best = min(match.tier for match in whole)
        return [match for match in whole if match.tier == best], []
    parts = sorted((match for match in matches if match.nodes), key=lambda match: len(match.misses))
    return parts, parts or matches


def _targets(matches: Iterable[Match]) -> tuple[Target, ...]:
    found = [Target(match.held.slug, node.eid) for match in matches for node in match.nodes]
    return tuple(dict.fromkeys(found))[: tables()["limits"]["targets"]]


# one treaty


def _match(held: Held, reading: Reading) -> Match:
    nodes: list[Node] = []
    misses: list[Miss] = []
    tier = 0
    for citation in reading.citations:
        found, missed, rough = _follow(held.root, citation)
        nodes += found
        misses += missed
        tier = max(tier, rough)
    return Match(held, tuple(nodes), tuple(misses), tier)


def _follow(root: Node, citation: Citation) -> tuple[list[Node], list[Miss], int]:
    """The provisions at the end of a citation's steps, what was missed on the way, and the tier."""
    steps = _joined(root, citation.steps)
    here, misses, tier = {ROOT: root}, [], 0
    for step in steps:
        following: dict[str, Node] = {}
        for node in here.values():
            for item in step.items or (Item(""),):
                found, rough, missed = _pick(node, step.unit, item)
                following.update((one.eid, one) for one in found)
                misses += missed
                tier = max(tier, rough if found else 0)
        here = following
    return list(here.values()), misses, tier


def _joined(root: Node, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """12.1 is article 12-1 where there is one and article 12 has no paragraph 1."""
    if len(steps) < 2 or not steps[1].dotted or not len(steps[0].items) == len(steps[1].items) == 1:
        return steps
    first, second = steps[0].items[0], steps[1].items[0]
    inserted = f"{first.first}-{second.first}"
    plain = root.by_number.get(("art", first.first))
    if ("art", inserted) not in root.by_number or (plain and _child(plain, steps[1].unit, second.first)[0]):
        return steps
    return (Step(steps[0].unit, (Item(inserted),)), *steps[2:])


def _pick(node: Node, unit: str, item: Item) -> tuple[list[Node], int, list[Miss]]:
    """The children that an item names, their tier, and what it names in vain."""
    if not item.last:
        child, tier = _child(node, unit, item.first)
        return ([child], tier, []) if child else ([], 0, [Miss(node, unit, item)])
    if item.either:
        child, tier = _child(node, unit, f"{item.first}-{item.last}")
        if child:
            return [child], tier, []
        if _value(item.first) >= _value(item.last):
            return [], 0, [Miss(node, unit, item)]
    return _range(node, unit, item)


def _range(node: Node, unit: str, item: Item) -> tuple[list[Node], int, list[Miss]]:
    ends = [_child(node, unit, label) for label in (item.first, item.last)]
    known = [child for child, _ in ends if child]
    if not known:
        return [], 0, [Miss(node, unit, item)]
    missed = [Miss(node, unit, Item(label)) for label, (child, _) in zip((item.first, item.last), ends) if not child]
    low, high = sorted(_value(child.number if child else label) for label, (child, _) in zip((item.first, item.last), ends))
    found = [child for child in _of_kind(node, known[0].kind) if low <= _value(child.number) <= high]
    return found, max(tier for _, tier in ends), missed


def _of_kind(node: Node, kind: str) -> list[Node]:
    return [child for child in node.children if child.kind == kind]


def _child(node: Node, unit: str, label: str) -> tuple[Node | None, int]:
    """The child with a number as `unit`, and the tier; (None, 0) when there is none."""
    if unit == PREAMBLE:
        return node.by_number.get((PREAMBLE, "")), 0
    for tier, kinds in enumerate(_tiers(node, unit, label)):
        for kind in kinds:
            for reading in _readings(label, node.cyrillic):
                child = node.by_number.get((kind.rstrip(")"), reading))
                if child and (child.bracket or not kind.endswith(")")):
                    return child, tier
    return None, 0


def _tiers(node: Node, unit: str, label: str) -> list[list[str]]:
    """The kinds that `unit` may be below `node`: the exact ones, the tolerated ones."""
    if node.kind == ROOT:
        return [["art"]]
    if node.kind == PREAMBLE:
        return [["rec"]]
    rules = tables()["units"].get(unit, {})
    letters = not label[:1].isdigit() and not (len(label) > 1 and roman(label))
    return rules.get("letters" if letters else "kinds", [])


def _kinds(node: Node, unit: str, label: str) -> list[str]:
    return [kind.rstrip(")") for kinds in _tiers(node, unit, label) for kind in kinds]


def _readings(label: str, cyrillic: bool) -> list[str]:
    """What a number as typed may be in eIds: itself or its look-alike, its place in the Cyrillic alphabet, its Roman value."""
    if label[:1].isdigit() or not label:
        return [label]
    found = ["".join(fold(letter) for letter in label)]
    place = tables()["folding"]["places"].find(label) if len(label) == 1 else -1
    if 0 <= place < 26:
        found.insert(0 if cyrillic else 1, chr(ord("a") + place))
    value = roman(label)
    return found + [value] if value else found


def _value(label: str) -> int:
    """A number that orders labels: 12-1 after 12; letters by their place."""
    first, _, second = label.partition("-")
    if first.isdigit():
        return int(first) * 1000 + (int(second) if second.isdigit() else 0)
    letter = next((reading for reading in _readings(first, False) if len(reading) == 1 and "a" <= reading <= "z"), "")
    return (ord(letter) - ord("a") + 1) * 1000 if letter else int(roman(first) or 0) * 1000


# the nearest


def _nearest(missed: list[Match], others: list[Match], known: set[Target]) -> tuple[Target, ...]:
    """Provisions in place of those that do not exist; after them, the same citation in treaties that were not named."""
    ranked = []
    for place, match in enumerate(missed):
        offers = [offer for miss in match.misses[:MOST_MISSES] for offer in _offers(miss)]
        if offers:
            depth = max(miss.node.depth for miss in match.misses)
            ranked.append((-depth, offers[0][0], place, [Target(match.held.slug, node.eid) for _, node in offers]))
    ranked.sort(key=lambda entry: entry[:3])
    found = [target for entry in ranked for target in list(dict.fromkeys(entry[3]))[:NEAREST_OF_ONE]]
    found += _targets(match for match in others if not match.misses)
    return tuple(target for target in dict.fromkeys(found) if target not in known)[: tables()["limits"]["nearest"]]


def _offers(miss: Miss) -> list[tuple[int, Node]]:
    """Provisions near one that is missed, each with how far off it is: another kind of unit with that number, the one place
    below that has it, the next number, the provision that lacks it."""
    node, label = miss.node, miss.item.first
    found: list[tuple[int, Node]] = []
    if miss.item.either:
        found += [(0, child) for child, _ in [_inner(node, miss.item)] if child]
    elif node.kind != ROOT and label:
        found += [(0, one) for one in _elsewhere(node, label)]
    siblings = next((s for s in (_of_kind(node, kind) for kind in _kinds(node, miss.unit, label)) if s), node.children)
    siblings = [one for one in siblings if one.number and one.kind != ASIDE]
    if siblings and (label or node.kind == ROOT):
        wanted = _value(label)
        closest = min(siblings, key=lambda one: abs(_value(one.number) - wanted))
        found.append((1 + abs(_value(closest.number) - wanted), closest))
    if node.kind != ROOT:
        found.append((FARTHEST, node))
    return found


def _elsewhere(node: Node, label: str) -> list[Node]:
    """Children with a number that are other units than was said; else the only one further in that has it."""
    for reading in _readings(label, node.cyrillic):
        same = [one for one in node.walk() if one is not node and one.number == reading]
        direct = [one for one in same if one.parent is node]
        if direct or len(same) == 1:
            return direct or same
    return []


def _inner(node: Node, item: Item) -> tuple[Node | None, int]:
    """12-1 that is no inserted article may be meant as 12(1)."""
    outer, _ = _child(node, BARE, item.first)
    return _child(outer, BARE, item.last) if outer else (None, 0)


# an eId or a link


def _addressed(query: str, held: list[Held]) -> Resolution | None:
    """The provisions whose eIds stand in a query (a link that was pasted), or None when there are none."""
    if "_" not in query or len(query) > tables()["limits"]["query"]:
        return None
    text = clean(query)
    eids = sorted(set(ADDRESS.findall(text)))
    eids = [eid for eid in eids if not any(other.startswith(eid + "__") for other in eids)]
    pieces = set(SLUG.findall(text))
    named = [one for one in held if one.slug in pieces]
    exact, above = [], []
    for one in _likeliest(named or held):
        nodes = {node.eid: node for node in one.root.walk() if node.kind != ROOT}
        for eid in eids:
            if eid in nodes:
                exact.append(Target(one.slug, eid))
            else:
                above += [Target(one.slug, eid.rpartition("__")[0])] if eid.rpartition("__")[0] in nodes else []
    if not exact and not above:
        return None
    return Resolution(tuple(exact), () if exact else tuple(above), "", ", ".join(eids))


# what others read


def write_provisions_data(library: Library, out_dir: Path) -> None:
    """Write what exists and what names it as script files into `out_dir`. Treaties are numbered in the order of likelihood.

    provisions.js has the roots of two trees (leaves.py): cite/names, of "language stem stem …" and "0 year" with the numbers of
    the treaties, packed as distances; cite/slugs, of slugs with their numbers. cite/outlines-N.js has the slugs and outlines of
    OUTLINES treaties.
    """
    treaties = sorted(_named_and_outlined(library), key=lambda one: (-_size(one[1]), one[0].slug))
    names: dict[str, list[int]] = {}
    for number, (phrases, _) in enumerate(treaties):
        names.setdefault(f"0 {phrases.year}", []).append(number)
        for lang, each in phrases.by_lang.items():
            for phrase in each:
                names.setdefault(f"{lang} {phrase}", []).append(number)
    for begin in range(0, len(treaties), OUTLINES):
        rows = [[phrases.slug, outline] for phrases, outline in treaties[begin : begin + OUTLINES]]
        write_data(out_dir, f"cite/outlines-{begin // OUTLINES}", rows)
    named = [(name, packed_distances(names[name])) for name in sorted(names, key=order)]
    slugs = sorted(((phrases.slug, number) for number, (phrases, _) in enumerate(treaties)), key=lambda row: order(row[0]))
    write_data(out_dir, "provisions", {
        "count": len(treaties),
        "block": OUTLINES,
        "languages": sorted({lang for phrases, _ in treaties for lang in phrases.by_lang}),
        "names": write_leaves(out_dir, "cite/names", ((name, numbers, len(numbers)) for name, numbers in named), LEAF),
        "slugs": write_leaves(out_dir, "cite/slugs", ((slug, number, 4) for slug, number in slugs), LEAF),
    })


def _named_and_outlined(library: Library) -> Iterator[tuple[Phrases, str]]:
    for treaty in library.treaties:
        yield phrases_of(treaty.data), outline_of(tree_of(list(treaty.expressions.values())))


def to_json(query: str, resolution: Resolution, library: Library, lang: str) -> dict[str, Any]:
    """`{query, resolved, nearest}`, each a list of `{treaty, eid, title, url}`. url: relative to the folder of the site."""
    return {
        "query": query,
        "resolved": [_described(target, library, lang) for target in resolution.resolved],
        "nearest": [_described(target, library, lang) for target in resolution.nearest],
    }


def _described(target: Target, library: Library, lang: str) -> dict[str, str]:
    title, article = title_of(target, library, lang), target.eid.partition("__")[0]
    page = article if article.startswith("art_") else "index"
    return {"treaty": target.treaty, "eid": target.eid, "title": title, "url": f"{lang}/{target.treaty}/{page}.html#{target.eid}"}


def title_of(target: Target, library: Library, lang: str) -> str:
    """A provision and its treaty in words of `lang`, which resolve to it again. An unknown language gets English."""
    forms = tables()["titles"].get(lang) or tables()["titles"]["en"]
    levels = [LEVEL.fullmatch(segment) for segment in target.eid.split("__")]
    words = []
    for inside, level in enumerate(reversed(levels)):
        if level is None or level["unit"] not in forms:
            words = [name_of(target.eid, lang)]
            break
        words.append(forms[level["unit"]][min(inside, 1)].replace("{n}", level["number"] or ""))
    if forms["order"] == "outside-in":
        words.reverse()
    short = library.treaty(target.treaty).data.short_title
    name = short.get(lang) or short.get("en") or next(iter(short.values()))
    citation = forms["join"].join(words)
    return f"{citation[:1].upper()}{citation[1:]}, {name}"
