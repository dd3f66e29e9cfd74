"""What leads from a provision and to it: cited provisions, citing places, questions of walkthroughs, previews.

Reads   a Library, the expressions of a treaty
Writes  Cited, CitedBy, Question, Preview, Limit: what stands beside an article and in its reference previews
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..library import Citing, Treaty
from ..model import Expression, Kind, Provision, Reference, Target
from .addresses import address, address_of, limit_anchor, limits_page, named_unit, relative
from .labels import in_lang, length_label, provision_label, short_title
from .tree import Tree


@dataclass(frozen=True)
class Cited:
    """A provision or instrument that this article cites, and the places where it does."""

    label: str
    href: str
    places: tuple[tuple[str, str], ...]  # (label, href)


@dataclass(frozen=True)
class CitedBy:
    """A place that cites this article: from where, which provisions of it, with the words around."""

    label: str
    href: str
    target_labels: tuple[str, ...]
    lang: str
    dir: str
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Question:
    label: str
    href: str


@dataclass(frozen=True)
class Preview:
    """The words of what a reference leads to, in one language. lines: (depth, number, words)."""

    key: str  # the address, as `data-targets` of a link names it
    lang: str
    dir: str
    label: str
    note: str
    lines: tuple[tuple[int, str, str], ...]


def target_label(tree: Tree, target: Target, treaty: str) -> str:
    """What a reference leads to, in words; the treaty is named only when it is not `treaty` itself."""
    if target.instrument and not target.treaty:
        for instrument in tree.library.instruments:
            if instrument.id == target.instrument:
                return in_lang(instrument.name, tree.lang)
        return target.instrument
    title = short_title(tree.library.treaty(target.treaty), tree.lang)
    if not target.eid:
        return title
    label = provision_label(named_unit(target.eid), tree.words)
    return label if target.treaty == treaty else f"{title}, {label}"


def references_in(provision: Provision) -> Iterator[tuple[str, Reference]]:
    """(eId of the place, reference) for all references in a provision and below."""
    for part in provision.walk():
        for passage in part.passages:
            for reference in passage.references:
                yield part.eid, reference


def cites(tree: Tree, page: str, treaty: str, provision: Provision) -> tuple[Cited, ...]:
    """What `provision` cites, in the order of its text."""
    places: dict[Target, dict[str, None]] = {}
    for eid, reference in references_in(provision):
        for target in reference.targets:
            places.setdefault(target, {})[eid] = None
    return tuple(
        Cited(
            target_label(tree, target, treaty),
            relative(page, address(target)),
            tuple(
                (provision_label(named_unit(eid), tree.words), relative(page, address_of(treaty, eid))) for eid in eids
            ),
        )
        for target, eids in places.items()
    )


def cited_by(tree: Tree, page: str, treaty: str, eids: Iterable[str]) -> tuple[CitedBy, ...]:
    """Who cites the provisions `eids`: each place once, its words in the reader's language where they are held."""
    found: dict[Citing, list[str]] = {}
    for eid in eids:
        for citing in prefer(tree.library.cited_by.get(Target(treaty=treaty, eid=eid), ()), tree.lang):
            found.setdefault(citing, []).append(provision_label(eid, tree.words))
    return tuple(citing_view(tree, page, treaty, citing, tuple(labels)) for citing, labels in found.items())


def prefer(places: Sequence[Citing], lang: str) -> list[Citing]:
    """Each citing unit in one language: in `lang` if it cites there, else in the first language that does.

    The same citation may stand in the opening words of a list in one language and in its closing words in another.
    """
    units: dict[tuple[str, str], list[Citing]] = {}
    for citing in places:
        units.setdefault((citing.treaty, named_unit(citing.eid)), []).append(citing)
    chosen: list[Citing] = []
    for citings in units.values():
        langs = [citing.lang for citing in citings]
        kept = lang if lang in langs else langs[0]
        chosen += [citing for citing in citings if citing.lang == kept]
    return chosen


def citing_view(tree: Tree, page: str, treaty: str, citing: Citing, labels: tuple[str, ...]) -> CitedBy:
    """The place as the page shows it; its treaty is named only when it is not `treaty`."""
    place = Target(treaty=citing.treaty, eid=citing.eid)
    return CitedBy(
        label=target_label(tree, place, treaty),
        href=relative(page, address(place)),
        target_labels=labels,
        lang=citing.lang,
        dir=tree.languages[citing.lang].dir,
        before=citing.before, words=citing.words, after=citing.after,
    )


def questions(tree: Tree, page: str, treaty: str, eids: Iterable[str]) -> tuple[Question, ...]:
    """The questions of walkthroughs that rest on the provisions, each once."""
    found: dict[str, Question] = {}
    for eid in eids:
        for walkthrough in tree.walkthroughs:
            if walkthrough.treaty == treaty:
                for label, url in walkthrough.nodes.get(eid, ()):
                    found.setdefault(url, Question(label, relative(page, url)))
    return tuple(found.values())


def previews(tree: Tree, provisions: Iterable[tuple[str, Provision]]) -> tuple[Preview, ...]:
    """The words of everything that (language, provision) … refer to, each target once a language."""
    found: dict[tuple[str, str], Preview] = {}
    for lang, provision in provisions:
        for _, reference in references_in(provision):
            for target in reference.targets:
                key = (address(target), lang)
                if key not in found:
                    preview = _preview(tree, target, lang)
                    if preview:
                        found[key] = preview
    return tuple(found.values())


def _preview(tree: Tree, target: Target, lang: str) -> Preview | None:
    direction = tree.languages[lang].dir
    words = tree.all_words.get(lang, tree.words)
    if not target.treaty:
        for instrument in tree.library.instruments:
            if instrument.id == target.instrument:
                name = in_lang(instrument.name, lang)
                return Preview(address(target), lang, direction, words("page.instruments"), "", ((0, "", name),))
        return None
    expression = tree.library.treaty(target.treaty).expressions.get(lang)
    provision = _find(expression, target.eid) if expression else None
    if not expression or not provision:
        return None
    heading = f": {provision.heading.text}" if provision.heading else ""
    return Preview(
        address(target), lang, direction, provision_label(target.eid, words) + heading,
        words(f"page.authority.{expression.authority.value}"), tuple(_lines(provision, 0, "")),
    )


def _find(expression: Expression, eid: str) -> Provision | None:
    return next((provision for provision in expression.walk() if provision.eid == eid), None)


def _lines(provision: Provision, depth: int, num: str) -> Iterator[tuple[int, str, str]]:
    """A provision as lines; a number with no words of its own goes to the words that follow it."""
    for passage in provision.passages:
        yield depth, num, passage.text
        num = ""
    for part in provision.children:
        own = part.num or num
        num = ""
        yield from _lines(part, depth + (part.kind in (Kind.POINT, Kind.INDENT)), own)


@dataclass(frozen=True)
class Limit:
    """A time limit beside the text: how long, the provision that sets it, what it is for, and its place in the table."""

    length: str
    label: str
    href: str
    what: str
    in_table: str


def time_limits(tree: Tree, page: str, treaty: Treaty, eids: Container[str]) -> tuple[Limit, ...]:
    """The time limits that the provisions on a page set, in the order of limits.yml."""
    limits = tree.limits.get(treaty.slug)
    return tuple(
        Limit(
            length_label(limit, tree.words), provision_label(limit.eid, tree.words),
            relative(page, address_of(treaty.slug, limit.eid)), in_lang(limit.what, tree.lang),
            f"{relative(page, limits_page(treaty.slug))}#{limit_anchor(name)}",
        )
        for name, limit in (limits.limits.items() if limits else ()) if limit.eid in eids
    )
