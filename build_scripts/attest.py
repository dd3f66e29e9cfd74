"""Compare the time limits that the editor wrote down with the words of the treaty, in every language.

Reads   treaties/<slug>/limits.yml, the treaty's expressions
Writes  Limits; every fault becomes a Problem with its line
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .describe import Model, Words, line_of, read_yaml
from .lengths import Length, force_fits, haste_in, languages, lengths_in, start_fits
from .limits import Kind, Limit, Limits, Runs
from .model import Expression, Part
from .problems import Code, Problems

Place = tuple[str | int, ...]  # where in the YAML a thing stands


def read_limits(path: Path, expressions: Mapping[str, Expression], file: str, problems: Problems) -> Limits | None:
    """The time limits in the file at `path`, or None with the faults in `problems`. file: its name in problems."""
    limits = read_yaml(path, file, Limits, problems)
    if limits is None:
        return None
    before = len(problems)
    attest(limits, expressions, file, problems, path.read_text(encoding="utf-8"))
    return limits if len(problems) == before else None


def attest(
    limits: Limits, expressions: Mapping[str, Expression], file: str, problems: Problems, text: str = ""
) -> None:
    """Adds a Problem for everything in which limits.yml and the treaty differ. text: the YAML, for the lines.

    1. Every provision named exists in every language.
    2. Every quotation stands once in its provision, in every language.
    3. The number of a counted limit stands in the words quoted, in words or figures, and the two agree.
    4. A limit that is due at once is quoted with the word that says so.
    5. A quoted predicate allows where it is declared "may", and nowhere else.
    6. The words quoted for a start say "from the moment", "from the day" or "after", as it is declared.
    7. Every number of days, months or years, and every word of haste, is in exactly one limit, or declared as none.
    8. Every event that starts a limit is declared, every one declared starts one, and its group exists.
    9. Every wording is there in every language.
    """
    if unknown := sorted(set(expressions) - set(languages())):
        problems.add(
            Code.LIMIT_WRONG, file, 1, f"numbers of days cannot be found in texts in: {', '.join(unknown)}",
            f"add build_scripts/lengths/<lang>.yml; known are {', '.join(languages())}",
        )
        return
    attester = _Attester(limits, {lang: _Text(expression) for lang, expression in expressions.items()}, file, text, problems)
    attester.limits_and_quotations()
    attester.events()
    attester.wordings()
    attester.undeclared()


@dataclass(frozen=True)
class _Found:
    """Words found in a text: the provision whose own words they are, the passage of it, start and end."""

    eid: str
    passage: int
    start: int
    end: int

    def holds(self, eid: str, passage: int, start: int, end: int) -> bool:
        return (self.eid, self.passage) == (eid, passage) and self.start <= start and end <= self.end


class _Text:
    """An expression, to find quotations in."""

    def __init__(self, expression: Expression):
        self.expression = expression
        self.lang = expression.lang
        self.provisions = {provision.eid: provision for provision in expression.walk()}

    def places(self, eid: str, words: str) -> list[_Found]:
        """Every place in the provision, or below it, where `words` stand as whole words."""
        quotation = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
        return [
            _Found(provision.eid, index, *match.span())
            for provision in self.provisions[eid].walk()
            for index, passage in enumerate(provision.passages)
            for match in quotation.finditer(passage.text)
        ]

    def named(self) -> Iterator[tuple[_Found, int, str]]:
        """Every length of time and word of haste in the body: where, on which line of the source, in which words."""
        for provision in (unit for top in self.expression.parts.get(Part.BODY, ()) for unit in top.walk()):
            for index, passage in enumerate(provision.passages):
                spans = [(length.start, length.end) for length in lengths_in(passage.text, self.lang)]
                for start, end in sorted(spans + list(haste_in(passage.text, self.lang))):
                    yield _Found(provision.eid, index, start, end), passage.lines[0], passage.text[start:end]


class _Attester:
    def __init__(self, limits: Limits, texts: Mapping[str, _Text], file: str, yaml: str, problems: Problems):
        self.limits = limits
        self.texts = texts
        self.file = file
        self.yaml = yaml
        self.problems = problems
        self.claimed: dict[str, list[tuple[Place, _Found]]] = {lang: [] for lang in texts}  # what sets a limit, or none

    def fault(self, place: Place, message: str, hint: str) -> None:
        line = line_of(self.yaml, place) if self.yaml else 0
        self.problems.add(Code.LIMIT_WRONG, self.file, line, message, hint)

    def limits_and_quotations(self) -> None:
        for name, limit in self.limits.limits.items():
            place: Place = ("limits", name)
            if not self._exists((*place, "eid"), limit.eid):
                continue
            for lang, found in self._quoted((*place, "words"), limit.eid, limit.words).items():
                self.claimed[lang].append((place, found))
            self._length(place, limit)
            if limit.duty:
                self._predicate((*place, "duty", "words"), limit.eid, limit.duty.words, limit.duty.force)
            if limit.when:
                self._quoted((*place, "when"), limit.eid, limit.when)
            for index, start in enumerate(limit.starts):
                self._start((*place, "starts", index, "words"), limit, start.words, start.runs)
            for index, then in enumerate(limit.then):
                if self._exists((*place, "then", index, "eid"), then.eid):
                    self._predicate((*place, "then", index, "words"), then.eid, then.words, then.force)
        for number, other in enumerate(self.limits.not_limits):
            at: Place = ("not_limits", number)
            if not self._exists((*at, "eid"), other.eid):
                continue
            for lang, found in self._quoted((*at, "words"), other.eid, other.words).items():
                self.claimed[lang].append((at, found))
        for number, counting in enumerate(self.limits.counting):
            for eid in counting.cites:
                self._exists(("counting", number, "cites"), eid)

    def _exists(self, place: Place, eid: str) -> bool:
        missing = [lang for lang, text in self.texts.items() if eid not in text.provisions]
        if missing:
            self.fault(
                place, f"names {eid!r}, which the text does not have in: {', '.join(missing)}",
                "an eId looks like art_4__para_1__point_e; opening and closing words may differ between languages, "
                "so name the unit itself",
            )
        return not missing

    def _quoted(self, place: Place, eid: str, words: Words) -> dict[str, _Found]:
        """Where the words stand, by language; a Problem for each language in which they do not stand exactly once."""
        found = {}
        for lang, text in self.texts.items():
            places = text.places(eid, words[lang]) if words.get(lang) else []
            if len(places) == 1:
                found[lang] = places[0]
            elif words.get(lang):
                file = text.expression.source_file
                self.fault(
                    (*place, lang), f"{words[lang]!r} stands {len(places)} times in {eid} of {file}, not once",
                    "quote the words of one unit exactly as they stand there, and enough of them to be found once",
                )
        return found

    def _length(self, place: Place, limit: Limit) -> None:
        """The number stands in the words quoted, or in the provision that is said to state it."""
        if limit.stated_in and not self._exists((*place, "stated_in"), limit.stated_in):
            return
        for lang, words in limit.words.items():
            if lang not in self.texts:
                continue
            if limit.kind is Kind.AT_ONCE and not haste_in(words, lang):
                self.fault(
                    (*place, "words", lang), f"{words!r} has no word such as \"immediately\"",
                    f"quote it too, or add the word to haste in build_scripts/lengths/{lang}.yml",
                )
            if limit.length is None:
                continue
            stated = words if not limit.stated_in else " ".join(
                passage.text for unit in self.texts[lang].provisions[limit.stated_in].walk() for passage in unit.passages
            )
            lengths = lengths_in(stated, lang)
            told = [(length.number, length.unit) for length in lengths if length.agrees]
            if told != [(limit.length.number, limit.length.unit.value)]:
                self.fault(
                    (*place, "length"),
                    f"{limit.length.number} {limit.length.unit.value}, but {_said(lengths)} in "
                    f"{limit.stated_in or repr(words)} ({lang})",
                    "the number, in words and in figures, is the one in the words quoted, and the only one there",
                )

    def _predicate(self, place: Place, eid: str, words: Words, force: str) -> None:
        for lang in self._quoted(place, eid, words):
            if not force_fits(force, words[lang], lang):
                self.fault(
                    (*place, lang), f"{words[lang]!r} is declared {force!r}, but its verb says otherwise",
                    "\"may\" where the text allows (мүмкін, құқылы, may), \"shall\" where it commands, \"effect\" where it "
                    "follows by itself; quote the predicate",
                )

    def _start(self, place: Place, limit: Limit, words: Words | None, runs: Runs | None) -> None:
        if words is None:
            return
        for lang in self._quoted(place, limit.eid, words):
            if runs in (Runs.MOMENT, Runs.DAY, Runs.AFTER) and not start_fits(runs.value, words[lang], lang):
                self.fault(
                    (*place, lang), f"{words[lang]!r} does not say runs: {runs.value}",
                    "moment: \"from the moment\", кезден бастап; day: \"from the day\", күннен бастап; after: \"after\", кейін",
                )

    def events(self) -> None:
        started = {start.event for limit in self.limits.limits.values() for start in limit.starts}
        for name, limit in self.limits.limits.items():
            for index, start in enumerate(limit.starts):
                if start.event not in self.limits.events:
                    self.fault(
                        ("limits", name, "starts", index, "event"), f"there is no event {start.event!r}",
                        "declare it under events, or name one of: " + ", ".join(self.limits.events),
                    )
        for name, event in self.limits.events.items():
            place: Place = ("events", name)
            if name not in started:
                self.fault(place, f"the event {name!r} starts no limit", "name it in the starts of a limit, or drop it")
            if event.group not in self.limits.groups:
                self.fault((*place, "group"), f"there is no group {event.group!r}", "declare it under groups")
            for other in event.not_before:
                if other not in self.limits.events:
                    self.fault((*place, "not_before"), f"there is no event {other!r}", "name an event that is declared")
            for eid in event.cites:
                self._exists((*place, "cites"), eid)
        asked = {event.group for event in self.limits.events.values()}
        for name in self.limits.groups:
            if name not in asked:
                self.fault(("groups", name), f"the group {name!r} has no event", "drop it")

    def wordings(self) -> None:
        for place, words in _wordings(self.limits):
            if missing := [lang for lang in self.texts if not words.get(lang, "").strip()]:
                name = next(step for step in reversed(place) if isinstance(step, str))
                self.fault(
                    place, f"{name} has no words in: {', '.join(missing)}", "say the same in every language, as in {kk: …, en: …}"
                )

    def undeclared(self) -> None:
        """What the text names is declared once."""
        for lang, text in self.texts.items():
            for found, line, words in text.named():
                claims = [
                    place for place, claim in self.claimed[lang]
                    if claim.holds(found.eid, found.passage, found.start, found.end)
                ]
                if not claims:
                    self.problems.add(
                        Code.LIMIT_UNDECLARED, text.expression.source_file, line,
                        f"{words!r} in {found.eid} is neither a time limit nor declared as none",
                        f"add it to {self.file}: under limits, or under not_limits with a reason",
                    )
                for place, times in Counter(claims).items():
                    if len(claims) > 1 or times > 1:
                        self.fault(
                            place, f"{words!r} in {found.eid} ({lang}) is declared {len(claims)} times",
                            "quote fewer words, so that each number and each word of haste is declared once",
                        )


def _said(lengths: Sequence[Length]) -> str:
    told = [f"{one.in_words or 'nothing'} in words, {one.figure or 'nothing'} in figures ({one.unit})" for one in lengths]
    return "; ".join(told) or "no number"


_WORDED = ("name", "called", "help", "words", "what", "who", "when", "why", "says", "extension", "reason")


def _wordings(node: object, place: Place = ()) -> Iterator[tuple[Place, Words]]:
    """Place and words of everything that is said to the reader, or quoted."""
    if isinstance(node, Model):
        for name in type(node).model_fields:
            value = getattr(node, name)
            if name in _WORDED and isinstance(value, dict):
                yield (*place, name), value
            elif name == "doubts":
                yield from (((*place, name, number), words) for number, words in enumerate(value))
            elif name == "groups":
                yield from (((*place, name, key), words) for key, words in value.items())
            else:
                yield from _wordings(value, (*place, name))
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from _wordings(value, (*place, name))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _wordings(value, (*place, number))
