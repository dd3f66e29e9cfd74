"""Mark the references in a text.

Reads   provisions with eIds, the forms of citations of the language, the instruments
Writes  the same provisions with their references; what leads to no single target is Unlinked, with the reason

A reference is linked only when one target remains for each thing it names. What belongs to another instrument never leads to
this text's own provisions: it leads to that instrument, when treaties/instruments.yml knows it, and to its provision, when the
text is held here. A reference to the agreement as a whole is not linked.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .citations import has_forms, reference_forms
from .cited import Citation, find
from .describe import AcceptedReference, Instrument
from .model import ATTACHED, Kind, Part, Passage, Provision, Reference, Target
from .problems import Code, Problems
from .resolve import Provisions, Resolver, provisions_of

__all__ = ["Unlinked", "find", "refer", "spans_of"]

OUTSIDE = {
    "kk": "сілтеме басқа актінің ережесіне жасалған, ол актінің мәтіні мұнда жоқ",
    "en": "the reference is to a provision of another instrument, which is not held here",
    "ru": "ссылка на положение другого акта, текста которого здесь нет",
}
NOT_THERE = {
    "kk": "сілтеме осындағы басқа шартқа жасалған, бірақ онда мұндай ереже жоқ",
    "en": "the reference is to another treaty held here, which has no such provision",
    "ru": "ссылка на другой имеющийся здесь договор, но такого положения в нём нет",
}
NOT_SAID = {
    "kk": "мәтінде қай бап айтылып тұрғаны бірмәнді емес",
    "en": "the text does not say which provision is meant: more than one, or none, was named before",
    "ru": "из текста не ясно, какое положение имеется в виду",
}
STEM = 5  # letters that are the same in all cases of "конвенция", "convention"


@dataclass(frozen=True)
class Unlinked:
    """A citation found but not linked: where it stands (provision, code points) and why."""

    eid: str
    words: str
    reason: Mapping[str, str]


@dataclass(frozen=True)
class _Named:
    """An instrument named in a passage."""

    start: int
    end: int
    instrument: Instrument


class _Names:
    """The instruments named in a passage, in order and apart."""

    def __init__(self, names: Iterable[_Named]):
        self.names = list(names)
        self.starts = [name.start for name in self.names]
        self.first = {name.instrument.id: name for name in reversed(self.names)}

    def touching(self, start: int, end: int) -> list[_Named]:
        """Those that have some of the words from `start` to `end`."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        return [name for name in self.names[first : bisect_left(self.starts, end)] if name.end > start]

    def within(self, places: Iterable[tuple[int, int]]) -> set[int]:
        """Where those begin that have words in one of the places."""
        return {name.start for start, end in places for name in self.touching(start, end)}

    def pointed_to(self, words: str, at: int, text: str) -> Instrument | None:
        """The one instrument named before `at` that "that Protocol" can be: its name has the same noun. "thereof" fits any."""
        noun = words.lower().split()[-1][:STEM]
        fitting = [
            name.instrument
            for name in self.first.values()
            if name.end <= at and (noun == "there" or noun in text[name.start : name.end].lower())
        ]
        return fitting[0] if len(fitting) == 1 else None


def refer(
    parts: Mapping[Part, tuple[Provision, ...]],
    lang: str,
    treaty: str,
    instruments: Sequence[Instrument],
    accepted: Sequence[AcceptedReference],
    file: str,
    problems: Problems,
    held: Mapping[str, Collection[str]] | None = None,
) -> tuple[dict[Part, tuple[Provision, ...]], list[Unlinked]]:
    """The provisions with their references, and the citations left unlinked. A citation that leads nowhere in this text
    and is not accepted in edits.yml is a Problem. held: the eIds of other treaties, by slug. In a language whose forms of
    references
    are not known nothing is linked; nor is anything in an annex with articles of its own, whose "Article 5" may be either's."""
    if not has_forms(lang):
        return dict(parts), []
    marker = _Marker(provisions_of(parts), lang, treaty, instruments, accepted, file, problems, held or {})
    result = {part: tuple(marker.mark(top, "") for top in provisions) for part, provisions in parts.items()}
    return result, marker.unlinked


class _Marker:
    """Marks the references of one expression."""

    def __init__(
        self,
        own: Provisions,
        lang: str,
        treaty: str,
        instruments: Sequence[Instrument],
        accepted: Sequence[AcceptedReference],
        file: str,
        problems: Problems,
        held: Mapping[str, Collection[str]],
    ):
        self.own, self.forms, self.lang, self.treaty = own, reference_forms(lang), lang, treaty
        self.accepted, self.file, self.problems = accepted, file, problems
        self.held = {slug: Provisions(eids) for slug, eids in held.items()}
        self.instruments = [
            (instrument, re.compile(pattern, re.VERBOSE | re.IGNORECASE))
            for instrument in instruments
            for pattern in instrument.patterns.get(lang, ())
        ]
        self.unlinked: list[Unlinked] = []

    def mark(self, provision: Provision, article: str) -> Provision:
        if provision.kind is Kind.ENCLOSING or (
            provision.kind in ATTACHED and any(child.kind is Kind.ARTICLE for child in provision.walk())
        ):
            return provision
        article = provision.eid if provision.kind is Kind.ARTICLE else article
        return replace(
            provision,
            passages=tuple(self._passage(passage, provision.eid, article) for passage in provision.passages),
            children=tuple(self.mark(child, article) for child in provision.children),
        )

    def _passage(self, passage: Passage, eid: str, article: str) -> Passage:
        named = _Names(self._named(passage.text))
        resolver = Resolver(self.own, eid, article, self.lang)
        references = [
            reference
            for citation in find(passage.text, self.forms)
            if (reference := self._reference(citation, passage, resolver, named)) is not None
        ]
        inside = named.within([(reference.start, reference.end) for reference in references])
        references += [
            Reference(name.start, name.end, (_whole(name.instrument),))
            for name in named.names
            if name.instrument.treaty != self.treaty and name.start not in inside
        ]
        return replace(passage, references=tuple(sorted(references, key=lambda reference: reference.start)))

    def _named(self, text: str) -> Iterator[_Named]:
        """The instruments named, in order; of names that overlap, the one that begins first, and the longer one."""
        found = [
            _Named(*match.span(), instrument) for instrument, pattern in self.instruments for match in pattern.finditer(text)
        ]
        at = 0
        for name in sorted(found, key=lambda name: (name.start, -name.end)):
            if name.start >= at and name.end > name.start:
                yield name
                at = name.end

    def _reference(self, citation: Citation, passage: Passage, resolver: Resolver, named: _Names) -> Reference | None:
        words = passage.text[citation.start : citation.end]
        instrument = self._instrument(citation, passage.text, named)
        is_own = instrument is not None and instrument.treaty == self.treaty
        if citation.is_open:
            return self._leave(resolver.eid, words, NOT_SAID)
        if instrument is None and citation.act is not None:
            return self._leave(resolver.eid, words, OUTSIDE)
        if instrument is not None and not is_own:
            return self._elsewhere(citation, instrument, resolver.eid, words)
        found = [resolver.targets(path) for path in citation.paths]
        missing = [eid for eids in found for eid in eids if not self.own.has(eid)]
        if not missing:
            return _link(citation, [[Target(self.treaty, eid) for eid in eids] for eids in found])
        self._report(words, passage, resolver.eid, missing)
        return None

    def _instrument(self, citation: Citation, text: str, named: _Names) -> Instrument | None:
        """The instrument that the citation belongs to, when the text names one that is known."""
        at = citation.act
        if at is None:
            beside = named.touching(citation.start - 1, citation.start) or named.touching(citation.end, citation.end + 1)
            return beside[0].instrument if beside and not citation.is_own else None
        covering = named.touching(*at)
        if covering:
            return covering[-1 if at[0] < citation.start else 0].instrument
        return named.pointed_to(text[at[0] : at[1]], at[0], text) if citation.says_that else None

    def _elsewhere(self, citation: Citation, instrument: Instrument, eid: str, words: str) -> Reference | None:
        """A reference into another instrument: to its provision, when its text is held here."""
        if not instrument.treaty or instrument.treaty not in self.held:
            return _link(replace(citation, paths=citation.paths[:1]), [[_whole(instrument)]])
        there = self.held[instrument.treaty]
        resolver = Resolver(there, "", "", self.lang)
        found = [resolver.targets(path) for path in citation.paths]
        if not all(there.has(each) for eids in found for each in eids):
            return self._leave(eid, words, NOT_THERE)
        return _link(citation, [[Target(instrument.treaty, each) for each in eids] for eids in found])

    def _leave(self, eid: str, words: str, reason: Mapping[str, str]) -> Reference | None:
        """Note the citation as not linked, which gives no reference."""
        self.unlinked.append(Unlinked(eid, words, reason))
        return None

    def _report(self, words: str, passage: Passage, eid: str, missing: Sequence[str]) -> None:
        for accepted in self.accepted:
            if passage.lines[0] <= accepted.line <= passage.lines[1] and accepted.quote in words:
                self.unlinked.append(Unlinked(eid, words, accepted.reason))
                return
        self.problems.add(
            Code.REFERENCE_UNRESOLVED,
            self.file,
            passage.lines[0],
            f"{words!r} leads to {', '.join(missing)}, which does not exist",
            "compare with the original; when the source itself is wrong, list it in edits.yml under unresolved_references",
        )


def _whole(instrument: Instrument) -> Target:
    """The instrument itself, or the treaty held that it is."""
    return Target(treaty=instrument.treaty) if instrument.treaty else Target(instrument=instrument.id)


def _link(citation: Citation, targets: Sequence[Sequence[Target]]) -> Reference:
    """targets: of each path of the citation."""
    flat = tuple(target for each in targets for target in each)
    if len(flat) == 1:
        return Reference(citation.start, citation.end, flat)
    is_range = citation.is_range and len(flat) == 2
    return Reference(
        citation.start, citation.end, flat, is_range, () if is_range else spans_of(citation, [len(each) for each in targets])
    )


def spans_of(citation: Citation, counts: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The words that each target is linked from, in order and apart. counts: of the targets of each path.

    A target that has no words of its own ("paragraphs 1 and 2 of Articles 3 and 4") has an empty span.
    """
    starts = [path.place[0] for path in citation.paths]
    starts[0] = citation.start
    following, ends = citation.end, []
    for start, path in zip(reversed(starts), reversed(citation.paths)):
        ends.append(citation.end if following == citation.end else min(path.place[1], following))
        following = start if start >= 0 else following
    spans: list[tuple[int, int]] = []
    for start, end, count in zip(starts, reversed(ends), counts):
        before = spans[-1][1] if spans else 0
        first, last = (before, before) if start < 0 else (max(start, before), max(start, before, end))
        spans += [(first, last), *[(last, last)] * (count - 1)]
    return tuple(spans)
