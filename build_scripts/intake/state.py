"""What a text states of itself: title, day and place of signature, Parties, languages, entry into force.

Reads   the parsed text, the statements of its language
Writes  Stated: each with the line it was read from; what the text does not say, or not clearly, is None

Nothing is guessed: a proposal (`sure` is False) is a question for the editor.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ..forms import forms
from ..model import Kind, Part, Provision
from ..parse import Parsed
from .statements import Statements, places, statements

T = TypeVar("T")
CLOSE = 30  # characters between "entered into force" and its day, at most
LONGEST_NAME = 120  # characters of a Party's name
NUMBER = re.compile(r"(?:№|\bNo\.|\bN\b)\s?(?P<number>[\w/-]*\d[\w/-]*)")
CAPITALS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Fact(Generic[T]):
    """What the text states. line: of the text, from 1; words: of the text, which say it; sure: else it is a proposal."""

    value: T
    line: int
    words: str
    sure: bool = True


@dataclass(frozen=True)
class Stated:
    lang: str
    title: Fact[str] | None = None
    short_title: Fact[str] | None = None
    kind: Fact[str] | None = None
    date: Fact[datetime.date] | None = None
    place: Fact[Mapping[str, str]] | None = None  # by language
    parties: tuple[Fact[str], ...] = ()
    languages: Fact[tuple[str, ...]] | None = None
    languages_in: str = ""  # eId of the clause
    prevailing: Fact[str] | None = None
    prevailing_in: str = ""
    entry_rule: Fact[str] | None = None  # eId
    entry_date: Fact[datetime.date] | None = None
    entry_date_in: str = ""
    enclosing: Fact[tuple[str, str]] | None = None  # "law" or "decree" or "", and its title
    enclosing_number: tuple[str, datetime.date] | None = None  # of the law or decree, with its date
    several: bool = False  # a treaty of many Parties
    first_words: Fact[str] | None = field(default=None)


def state(parsed: Parsed, lang: str) -> Stated:
    """What `parsed` states. In a language without statements only the title is known."""
    own = statements(lang)
    title = _title(parsed, own)
    first = _first(parsed)
    if own is None:
        return Stated(lang, title, title, first_words=first)
    return _Reader(parsed, own).run(title, first)


def _title(parsed: Parsed, own: Statements | None) -> Fact[str] | None:
    """What stands where a title stands; a proposal where it does not say that it is one of a treaty."""
    found = parsed.by_kind(Kind.TITLE)
    if not parsed.title:
        return None
    sure = own is not None and bool(own.title_line.search(parsed.title)) and not own.law_title.search(parsed.title)
    return Fact(parsed.title, found[0].lines[0] if found else 1, parsed.title, sure)


def _first(parsed: Parsed) -> Fact[str] | None:
    for part in Part:
        for top in parsed.parts.get(part, ()):
            words = top.full_text or (top.heading.text if top.heading else "")
            if words:
                return Fact(words[:300], top.lines[0], words[:80], False)
    return None


class _Reader:
    def __init__(self, parsed: Parsed, own: Statements):
        self.parsed = parsed
        self.own = own
        self.closing = list(_closing(parsed))

    def run(self, title: Fact[str] | None, first: Fact[str] | None) -> Stated:
        words = title.value if title else ""
        done = self._done_at()
        langs, langs_in = self._languages()
        prevailing, prevailing_in = self._prevailing()
        entry_date, entry_in = self._entry_date()
        opening = " ".join(provision.full_text for provision in self.parsed.parts.get(Part.PREAMBLE, ()))[:2000]
        return Stated(
            self.own.lang, title, self._short(title), self._kind(title), self._date(done), self._place(done),
            self._parties(title), langs, langs_in, prevailing, prevailing_in, self._entry_rule(), entry_date, entry_in,
            self._enclosing(title), self._enclosing_number(title), bool(self.own.several.search(f"{words} {opening}")), first,
        )

    # --- the title -------------------------------------------------------------------------------------------------

    def _short(self, title: Fact[str] | None) -> Fact[str] | None:
        if title is None:
            return None
        words = self.own.short.sub("", title.value, count=1).strip()
        return Fact(sentence_case(words or title.value), title.line, title.words, title.sure)

    def _kind(self, title: Fact[str] | None) -> Fact[str] | None:
        if title is not None:
            for kind, pattern in self.own.kinds.items():
                if pattern.search(title.value):
                    return Fact(kind, title.line, title.words)
        return None

    def _enclosing(self, title: Fact[str] | None) -> Fact[tuple[str, str]] | None:
        """The law or decree before the title."""
        before = [
            provision for provision in self.parsed.parts.get(Part.PREFACE, ())
            if title is not None and provision.kind is not Kind.TITLE and provision.lines[0] < title.line
        ]
        words = " ".join(provision.full_text for provision in before)
        first = next((passage.text for top in before for leaf in top.walk() for passage in leaf.passages), "")
        if not first:
            return None
        for kind, pattern in self.own.enclosing.items():
            if pattern.search(first) or pattern.search(words[:600]):
                return Fact((kind, first), before[0].lines[0], first)
        return Fact(("", first), before[0].lines[0], first, False)

    def _enclosing_number(self, title: Fact[str] | None) -> tuple[str, datetime.date] | None:
        """What stands beside a sign for "number" in a paragraph before the title that names a day."""
        for provision in self.parsed.parts.get(Part.PREFACE, ()):
            for leaf in provision.walk():
                for passage in leaf.passages:
                    number, day = NUMBER.search(passage.text), self._find_date(passage.text)
                    if title and passage.lines[0] < title.line and number and day:
                        return number["number"], day[0]
        return None

    # --- the Parties -----------------------------------------------------------------------------------------------

    def _parties(self, title: Fact[str] | None) -> tuple[Fact[str], ...]:
        for provision in self.parsed.parts.get(Part.PREAMBLE, ())[:3]:
            names = self.names(provision.full_text)
            if names:
                sure = self.introduces(provision.full_text)
                return tuple(Fact(name, provision.lines[0], name, sure) for name in names)
        found = self.own.title_parties.search(title.value) if title else None
        if found and title:
            sure = not title.value.isupper()
            return tuple(Fact(found[name].strip(), title.line, found[name], sure) for name in ("first", "second"))
        return ()

    def introduces(self, words: str) -> bool:
        """Whether the words say that those they name are the Parties."""
        return bool(self.own.lead.search(words) or self.own.hereinafter.search(words))

    def names(self, words: str) -> tuple[str, ...]:
        """The two names that the opening words of a preamble begin with; () when they are not clearly two."""
        lead = self.own.lead.search(words)
        words = words[lead.end() :] if lead else words
        end = self.own.end.search(words)
        words = words[: end.start()] if end else words
        for between in self.own.between:
            if words.count(between) == 1:
                names = [self.own.article.sub("", name.strip(" ,\"«»“”"), count=1) for name in words.split(between)]
                if all(name[:1].isupper() and len(name) <= LONGEST_NAME for name in names):
                    return tuple(names)
        return ()

    # --- the closing words -----------------------------------------------------------------------------------------

    def _done_at(self) -> Provision | None:
        found = self.parsed.by_kind(Kind.DONE_AT)
        if found:
            return found[-1]
        for each in reversed(self.closing):
            words = each.full_text
            if self._find_date(words) and self._find_place(words) and not self.own.entry_note.search(words):
                return each
        return None

    def _date(self, done: Provision | None) -> Fact[datetime.date] | None:
        """The day of signature: a proposal where the words name several days, or where they do not say that it was done."""
        found = dict(self.dates(done.full_text)) if done else {}
        if done is None or not found:
            return None
        day, words = next(iter(found.items()))
        says_so = done.kind in (Kind.DONE_AT, Kind.TESTIMONIUM) or forms(self.own.lang).done_at.search(done.full_text)
        return Fact(day, done.lines[0], words, len(found) == 1 and bool(says_so))

    def _find_date(self, words: str) -> tuple[datetime.date, str] | None:
        return next(self.dates(words), None)

    def dates(self, words: str) -> Iterator[tuple[datetime.date, str]]:
        """The days that are named, each with its words. 31 February is none."""
        for pattern in self.own.dates:
            for found in pattern.finditer(words):
                name = found["month"].lower()
                month = next((number for start, number in self.own.months.items() if name.startswith(start)), 0)
                try:
                    yield datetime.date(int(found["year"]), month, int(found["day"])), found.group()
                except ValueError:
                    continue

    def _place(self, done: Provision | None) -> Fact[Mapping[str, str]] | None:
        found = self._find_place(done.full_text) if done else None
        if not found or done is None:
            return None
        names = self._known_place(found)
        if names:
            return Fact(names, done.lines[0], found)
        return Fact({self.own.lang: found}, done.lines[0], found, not self.own.places_in_case)

    def _find_place(self, words: str) -> str:
        for pattern in self.own.places:
            found = pattern.search(words)
            if found:
                return capitalised(found["place"].rstrip(".,- "))
        return ""

    def _known_place(self, found: str) -> Mapping[str, str] | None:
        for place in places():
            if found in (place.get(self.own.lang), *(place["cases"] if self.own.places_in_case else ())):
                return {lang: name for lang, name in place.items() if lang != "cases"}
        return None

    def _languages(self) -> tuple[Fact[tuple[str, ...]] | None, str]:
        for provision in self.closing:
            codes = self.languages_in(provision.full_text)
            if codes:
                return Fact(codes, provision.lines[0], provision.full_text), provision.eid
        return None, ""

    def languages_in(self, words: str) -> tuple[str, ...]:
        """The codes of the languages that are named, in the order of the text; () where it does not speak of languages."""
        if not self.own.language_context.search(words):
            return ()
        found = []
        for name, code in self.own.languages.items():
            place = re.search(rf"\b{name}", words, re.IGNORECASE)
            if place:
                found.append((place.start(), code))
        return tuple(dict.fromkeys(code for _, code in sorted(found)))

    def _prevailing(self) -> tuple[Fact[str] | None, str]:
        for provision in self.closing:
            code = self.prevailing_in(provision.full_text)
            if code:
                return Fact(code, provision.lines[0], provision.full_text), provision.eid
        return None, ""

    def prevailing_in(self, words: str) -> str:
        found = next((match for match in (pattern.search(words) for pattern in self.own.prevails) if match), None)
        name = found["language"].lower() if found else ""
        return next((code for start, code in self.own.languages.items() if name.startswith(start)), "") if name else ""

    # --- entry into force ------------------------------------------------------------------------------------------

    def _entry_rule(self) -> Fact[str] | None:
        """The provision that says when it enters into force; a proposal when several speak of it."""
        found = []
        for article in self.parsed.articles:
            for provision in article.walk():
                if any(self.own.entry_rule.search(passage.text) for passage in provision.passages):
                    found.append(provision)
        if not found:
            return None
        eid = found[0].eid.removesuffix("__intro")
        return Fact(eid, found[0].lines[0], found[0].text, len(found) == 1)

    def _entry_date(self) -> tuple[Fact[datetime.date] | None, str]:
        """The day on which the source says that it entered into force; no day of anything else."""
        for provision in self.parsed.by_kind(Kind.ENTRY_INTO_FORCE):
            found = self.entered(provision.full_text)
            if found:
                day, words, sure = found
                return Fact(day, provision.lines[0], words, sure), provision.eid
        return None, ""

    def entered(self, words: str) -> tuple[datetime.date, str, bool] | None:
        """The day beside the words for "entered into force", and whether it is sure: no other day is there, and nothing stands
        between that may mean something else. A day of a signature or a ratification is not taken."""
        beside: dict[datetime.date, tuple[str, bool]] = {}
        for said in self.own.entry_note.finditer(words):
            for day, date_words in self.dates(words):
                at = words.index(date_words)
                gap = words[said.end() : at] if at >= said.end() else words[at + len(date_words) : said.start()]
                if at + len(date_words) > said.start() and at < said.end():
                    continue
                if re.search("[;.,()]", gap) or self.own.entry_other.search(gap) or any(True for _ in self.dates(gap)):
                    continue
                plain = self.own.entry_between.sub("", gap).strip(" :-–—") == ""
                if plain or len(gap) <= CLOSE:
                    beside.setdefault(day, (date_words, plain))
        if not beside:
            return None
        day, (date_words, plain) = next(iter(beside.items()))
        return day, date_words, plain and len(beside) == 1


def _closing(parsed: Parsed) -> Iterator[Provision]:
    """The closing part; where the parser found none, the last paragraphs."""
    tops: Sequence[Provision] = parsed.parts.get(Part.CONCLUSIONS, ())
    if not tops and parsed.articles:
        last = parsed.articles[-1]
        tops = [leaf for leaf in last.walk() if leaf.passages][-6:]
    yield from tops


def sentence_case(words: str) -> str:
    """Words printed all in capitals in small letters, with a capital at the beginning; others as they are."""
    letters = [word for word in CAPITALS.findall(words) if len(word) > 1]
    if letters and letters[0].isupper() and not words.isupper():
        first = letters[0]
        return words.replace(first, first.capitalize(), 1)
    lowered = words.lower() if words.isupper() else words
    return lowered[:1].upper() + lowered[1:]


def capitalised(name: str) -> str:
    """ASTANA -> Astana; a name that is not all in capitals stays."""
    return CAPITALS.sub(lambda word: word.group().capitalize(), name) if name.isupper() else name
