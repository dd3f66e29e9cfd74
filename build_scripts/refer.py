"""Find the references in a text and resolve them.

Reads   provisions with eIds, the forms of citations of the language, the instruments
Writes  the same provisions with their references; what leads to no single target is Unresolved, with the reason

A reference is linked only when one target remains. Numbers that belong to another instrument never lead to this text's
own provisions. A reference to the agreement as a whole is not linked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .citations import UNITS, ReferenceForms, reference_forms
from .describe import AcceptedReference, Instrument
from .model import Kind, Part, Passage, Provision, Reference, Target
from .number import normalise
from .problems import Code, Problems

STEP = {"article": "art", "paragraph": "para"}
POINT_STEPS = ("point", "para", "indent")  # what a text calls a point may be printed as any of these
OUTSIDE = {
    "kk": "сілтеме басқа актінің ережесіне жасалған, ол актінің мәтіні мұнда жоқ",
    "en": "the reference is to a provision of another instrument, which is not held here",
}


@dataclass(frozen=True)
class Numbered:
    """One unit of a citation with its numbers. unit: article, paragraph or point; places: of the numbers (code points)."""

    unit: str
    start: int
    end: int
    numbers: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    is_range: bool


@dataclass(frozen=True)
class Citation:
    """Words that refer to provisions. this: the anchors they have (article, paragraph, work)."""

    start: int
    end: int
    units: tuple[Numbered, ...]
    this: frozenset[str]

    def unit(self, name: str) -> Numbered | None:
        return next((unit for unit in self.units if unit.unit == name), None)


@dataclass(frozen=True)
class Unlinked:
    """A citation found but not linked: where it stands (provision, code points) and why."""

    eid: str
    words: str
    reason: Mapping[str, str]


def find(text: str, forms: ReferenceForms) -> list[Citation]:
    """The citations of provisions in `text`, in order."""
    citations: list[Citation] = []
    chain: list[re.Match[str]] = []
    for token in forms.token.finditer(text):
        if chain and not (
            forms.join.fullmatch(text[chain[-1].end() : token.start()]) and _descends([*chain, token])
        ):
            citations += _citation(chain, forms)
            chain = []
        chain.append(token)
    return citations + _citation(chain, forms)


RANK = {"work": -1, "article": 0, "paragraph": 1, "point": 2}


def _unit(token: re.Match[str]) -> str:
    return str(token.lastgroup).removeprefix("this_")


def _descends(chain: Sequence[re.Match[str]]) -> bool:
    ranks = [RANK[_unit(token)] for token in chain]
    return ranks == sorted(set(ranks)) or ranks == sorted(set(ranks), reverse=True)


def _citation(chain: Sequence[re.Match[str]], forms: ReferenceForms) -> list[Citation]:
    this = frozenset(_unit(token) for token in chain if str(token.lastgroup).startswith("this_"))
    units = tuple(_numbered(token, forms) for token in chain if not str(token.lastgroup).startswith("this_"))
    return [Citation(chain[0].start(), chain[-1].end(), units, this)] if units else []


def _numbered(token: re.Match[str], forms: ReferenceForms) -> Numbered:
    unit, text = _unit(token), token.group()
    found = list(forms.number.finditer(text))
    if unit == "point" and not found:
        letters = list(forms.letter.finditer(text))
        found = [letter for letter in letters if text[letter.end() :].lstrip().startswith(")")] or letters
    numbers = [match.group() for match in found]
    if numbers and not numbers[0][0].isdigit():
        numbers = normalise(numbers)
    between = [text[a.end() : b.start()].strip(" ()") for a, b in zip(found, found[1:])]
    is_range = len(found) == 2 and (between[0] in "-‐‑–—−" or bool(forms.is_range.fullmatch(f" {between[0]} ")))
    places = tuple((token.start() + match.start(), token.start() + match.end()) for match in found)
    return Numbered(unit, token.start(), token.end(), tuple(numbers), places, is_range)


def refer(
    parts: Mapping[Part, tuple[Provision, ...]], lang: str, treaty: str, instruments: Sequence[Instrument],
    accepted: Sequence[AcceptedReference], file: str, problems: Problems,
) -> tuple[dict[Part, tuple[Provision, ...]], list[Unlinked]]:
    """The provisions with their references, and the citations left unlinked. A citation that leads nowhere in this text
    and is not accepted in edits.yml is a Problem."""
    eids = {p.eid for provisions in parts.values() for top in provisions for p in top.walk()}
    finder = _Finder(lang, treaty, eids, instruments, accepted, file, problems)
    result = {part: tuple(finder.mark(top, "") for top in provisions) for part, provisions in parts.items()}
    return result, finder.unlinked


class _Finder:
    """Marks the references of one expression."""

    def __init__(
        self, lang: str, treaty: str, eids: set[str], instruments: Sequence[Instrument],
        accepted: Sequence[AcceptedReference], file: str, problems: Problems,
    ):
        self.forms = reference_forms(lang)
        self.lang, self.treaty, self.eids, self.file, self.problems = lang, treaty, eids, file, problems
        self.accepted = accepted
        self.instruments = [
            (instrument.id, re.compile(pattern, re.VERBOSE | re.IGNORECASE))
            for instrument in instruments
            for pattern in instrument.patterns.get(lang, ())
        ]
        self.unlinked: list[Unlinked] = []

    def mark(self, provision: Provision, article: str) -> Provision:
        if provision.kind is Kind.ENCLOSING:
            return provision
        article = provision.eid if provision.kind is Kind.ARTICLE else article
        return replace(
            provision,
            passages=tuple(self._passage(passage, provision.eid, article) for passage in provision.passages),
            children=tuple(self.mark(child, article) for child in provision.children),
        )

    def _passage(self, passage: Passage, eid: str, article: str) -> Passage:
        named = list(self._named(passage.text))
        references = list(named)
        for citation in find(passage.text, self.forms):
            reference = self._resolve(citation, passage, eid, article, named)
            if reference is not None:
                references.append(reference)
        return replace(passage, references=tuple(sorted(references, key=lambda reference: reference.start)))

    def _named(self, text: str) -> Iterator[Reference]:
        for instrument, pattern in self.instruments:
            for found in pattern.finditer(text):
                yield Reference(found.start(), found.end(), (Target(instrument=instrument),))

    def _resolve(
        self, citation: Citation, passage: Passage, eid: str, article: str, named: Iterable[Reference]
    ) -> Reference | None:
        words = passage.text[citation.start : citation.end]
        if self._is_foreign(citation, passage.text):
            near = [r for r in named if 0 <= r.start - citation.end < 12 or 0 <= citation.start - r.end < 4]
            if near:
                return Reference(citation.start, citation.end, near[0].targets)
            self.unlinked.append(Unlinked(eid, words, OUTSIDE))
            return None
        steps = self._targets(citation, eid, article)
        if all(step in self.eids for step in steps):
            return self._reference(citation, steps)
        self._report(words, passage, eid, [step for step in steps if step not in self.eids])
        return None

    def _is_foreign(self, citation: Citation, text: str) -> bool:
        if citation.this:
            return False
        before, after = self.forms.foreign_before, self.forms.foreign_after
        return bool(
            (before and before.search(text[max(citation.start - 200, 0) : citation.start]))
            or (after and after.search(text[citation.end : citation.end + 200]))
        )

    def _targets(self, citation: Citation, eid: str, article: str) -> list[str]:
        """The eIds cited; those that do not exist are among them."""
        bases = [article]
        cited = citation.unit("article")
        if cited:
            bases = [f"art_{number}" for number in cited.numbers]
        for name in UNITS[1:]:
            unit = citation.unit(name)
            if unit:
                if name == "point" and not citation.unit("paragraph") and not cited:
                    bases = self._own_paragraph(eid, bases)
                bases = [self._below(base, name, number) for base in bases for number in unit.numbers]
        return bases

    def _own_paragraph(self, eid: str, bases: list[str]) -> list[str]:
        """"point e)" alone is a point of the paragraph it is said in."""
        steps = eid.split("__")
        return ["__".join(steps[:2])] if len(steps) > 1 and steps[1].startswith("para_") else bases

    def _below(self, base: str, unit: str, number: str) -> str:
        steps = POINT_STEPS if unit == "point" else ("para", "point", "subpara")
        candidates = [f"{base}__{step}_{number}" for step in steps]
        return next((candidate for candidate in candidates if candidate in self.eids), candidates[0])

    def _reference(self, citation: Citation, eids: Sequence[str]) -> Reference:
        targets = tuple(Target(self.treaty, eid) for eid in eids)
        if len(targets) == 1:
            return Reference(citation.start, citation.end, targets)
        many = next(unit for unit in citation.units if len(unit.numbers) > 1)
        if len(many.numbers) != len(targets):  # several articles with several paragraphs each: one link to all
            return Reference(citation.start, citation.end, targets)
        starts = [citation.start, *(start for start, _ in many.places[1:])]
        ends = [*(end for _, end in many.places[:-1]), citation.end]
        return Reference(citation.start, citation.end, targets, many.is_range, tuple(zip(starts, ends)))

    def _report(self, words: str, passage: Passage, eid: str, missing: Sequence[str]) -> None:
        for accepted in self.accepted:
            if passage.lines[0] <= accepted.line <= passage.lines[1] and accepted.quote in words:
                self.unlinked.append(Unlinked(eid, words, accepted.reason))
                return
        self.problems.add(
            Code.REFERENCE_UNRESOLVED, self.file, passage.lines[0],
            f"{words!r} leads to {', '.join(missing)}, which does not exist",
            "compare with the original; when the source itself is wrong, list it in edits.yml under unresolved_references",
        )
