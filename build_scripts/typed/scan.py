"""Find the elements of citations in a query: units, numbers, and what joins them.

Reads   tokens; the words that choose treaties
Writes  Scanned: elements, the treaties named, the words that are neither
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from .dates import date_at
from .row import Row
from .words import Token, fold, known_endings, roman, tables, value_in

LOOSE, POINT = "loose", "point"


@dataclass(frozen=True)
class Element:
    """A token that means something in a citation.

    kind: "unit", "label", "and", "to", "until", "dash". text: the unit's name, or the label as typed.
    lang: of a unit. bracket: the label stands in brackets, or before a closing one. word: the label is an ordinal in
    words. tight: a dash without white space on either side. dotted: a point stands right before the label, as in 12.1.
    """

    kind: str
    text: str = ""
    lang: str = ""
    bracket: bool = False
    word: bool = False
    tight: bool = False
    dotted: bool = False

    @property
    def is_number(self) -> bool:
        return self.text[:1].isdigit()


class Names(Protocol):
    """The words that choose treaties. See names.py."""

    def longest(self, words: list[str], at: int) -> tuple[int, frozenset[str]]:
        """How many words from `at` name treaties, and which; (0, …) when none do."""

    def signed_in(self, year: str) -> frozenset[str]:
        """The treaties signed in a year."""


@dataclass(frozen=True)
class Scanned:
    """rest: the words that are no part of a citation; hints: for each name or year, the treaties it chooses."""

    elements: list[Element]
    rest: list[str]
    hints: list[frozenset[str]]


def scan(tokens: list[Token], names: Names) -> Scanned:
    """The elements of a query."""
    found = _Scan(tokens)
    found.find_names(names)
    found.find_dates(names)
    at = 0
    while at < len(tokens):
        at = at + 1 if found.taken[at] else found.step(at)
    return Scanned(found.elements, found.rest, found.hints)


class _Scan(Row):
    """Walks over one query. Most methods take the token at a place and return the place of the next."""

    def __init__(self, tokens: list[Token]):
        super().__init__(tokens)
        self.elements: list[Element] = []
        self.rest: list[str] = []
        self.hints: list[frozenset[str]] = []
        self.depth = 0
        self.numbered = False  # "No." stands before

    def find_names(self, names: Names) -> None:
        places = [at for at, token in enumerate(self.tokens) if token.kind != "mark"]
        words = [self.tokens[at].text for at in places]
        at = 0
        while at < len(words):
            length, treaties = names.longest(words, at)
            if length:
                self.hints.append(treaties)
                for place in places[at : at + length]:
                    self.taken[place] = True
            at += length or 1

    def find_dates(self, names: Names) -> None:
        """Dates choose the treaties signed in their year; others are other words."""
        at = 0
        while at < len(self.tokens):
            end, year = date_at(self, at)
            if not end:
                at += 1
                continue
            treaties = names.signed_in(year) if year else frozenset()
            if treaties:
                self.hints.append(treaties)
            else:
                self.rest.append(self.text_of(at, end))
            self.taken[at:end] = [True] * (end - at)
            at = end

    @property
    def last(self) -> Element:
        return self.elements[-1] if self.elements else Element("")

    @property
    def last_label(self) -> Element:
        return next((e for e in self.elements[:-4:-1] if e.kind == "label"), Element(""))

    # one token

    def step(self, at: int) -> int:
        """Take the token at a place; returns the place of the next."""
        token = self.tokens[at]
        if token.kind == "number":
            return self.number(at)
        if token.kind == "mark":
            return self.mark(at)
        return self.letter(at) if len(token.text) == 1 else self.word(at)

    def junk(self, at: int) -> int:
        self.rest.append(self.tokens[at].text)
        self.numbered = False
        return at + 1

    def unit(self, name: str, after: int) -> int:
        text, _, lang = name.partition(" ")
        element = Element("unit", text, lang)
        if element != self.last:  # ст.ст. 3-5
            self.elements.append(element)
        return after

    def label(self, at: int, text: str, after: int, word: bool = False) -> int:
        bracket = self.depth > 0 or self.token(after).text == ")"
        dotted = self.token(at - 1).text == "." and not self.token(at).space and self.last.kind == "label"
        self.elements.append(Element("label", text, bracket=bracket, word=word, dotted=dotted))
        return after

    def number(self, at: int) -> int:
        text, after = self.tokens[at].text, at + 1
        if text[0] == "0" or len(text) > tables()["limits"]["digits"] or (self.numbered and self.last.kind != "unit"):
            return self.junk(at)
        self.numbered = False
        if self.token(after).text == "^" and self.token(after + 1).kind == "number":
            text, after = f"{text}-{self.token(after + 1).text}", after + 2
        return self.label(at, text, self.after_suffix(after))

    def after_suffix(self, at: int) -> int:
        """The place after the ending of a number: 12-ші, 12-ге, 4-я, 4th."""
        dash = self.token(at).text == "-" and not self.token(at).space
        here = at + dash
        token = self.token(here)
        if token.kind != "word" or token.space or not self.is_free(here):
            return at
        if "suffix" in self.classes_at(here) and (dash or len(token.text) > 1):
            return here + 1
        if dash and len(token.text) > 1 and fold(token.text) in known_endings() and not value_in(self.classes_at(here), "unit"):
            return here + 1
        return at

    def mark(self, at: int) -> int:
        token = self.tokens[at]
        if token.text in ("(", ")"):
            self.depth = max(0, self.depth + (1 if token.text == "(" else -1))
        elif token.text == "§":
            self.unit("paragraph en", at)
        elif token.text == "-":
            if self.last.kind == "label":
                tight = not token.space and not self.token(at + 1).space
                self.elements.append(Element("dash", tight=tight))
        elif token.text in (",", "&", "+"):
            self.join("and")
        elif token.text not in ("/", ".", ":") or self.is_time(at):
            return self.junk(at)
        return at + 1

    def is_time(self, at: int) -> bool:
        """12:30"""
        after = self.token(at + 1)
        tight = self.token(at - 1).kind == after.kind == "number" and not after.space
        return self.tokens[at].text == ":" and tight and len(after.text) == 2

    def join(self, kind: str) -> None:
        if self.last.kind not in ("", "and", "to"):
            if self.last.kind == "dash":
                self.elements.pop()
            self.elements.append(Element(kind))
        elif self.last.kind == "and" and kind == "to":
            self.elements[-1] = Element(kind)

    def letter(self, at: int) -> int:
        """A single letter: a number of a list, an abbreviation, or a small word."""
        token, classes = self.tokens[at], self.classes[at]
        unit, lang = value_in(classes, "unit"), value_in(classes, "unit").rpartition(" ")[2]
        dot = self.token(at + 1).text == "."
        after = self.past(at + 1, ".")
        if token.text == "п" and self.token(at + 1).text in (".", "/") and self.token(at + 2).text == "п":
            return self.unit("point ru", self.past(at + 3, "."))
        if self.token(at + 1).text == ")" or self.token(at - 1).text == "(":
            return self.label(at, token.text, at + 1)
        number_next = self.token(after).kind == "number"
        if self.last.kind == "unit" and not (unit and number_next):
            return self.label(at, token.text, at + 1)
        before = self.token(at - 1)
        if self.last.kind == "label" and before.text in ("/", ".") and not token.space:
            return self.label(at, token.text, at + 1)
        if self.last.kind == "label":
            return self.letter_after_label(at, unit, lang, dot, after)
        if self.last.kind == "dash" and self.last.tight:
            if lang == "kk":
                self.elements.pop()
                return self.unit(unit, after)
            return self.label(at, token.text, at + 1)
        if unit and (number_next or self.token(after).text == "(" or (dot and self.is_single(after))):
            return self.unit(unit, after)
        if self.last.kind in ("and", "to", "dash") and self.last_label.text and not self.last_label.is_number:
            return self.label(at, token.text, at + 1)
        if "number" in classes and (dot or number_next):
            self.numbered = True
            return after
        next_unit = value_in(self.classes_at(at + 1), "unit")
        if next_unit and (next_unit.endswith("kk") or not self.small_word(classes)):
            return self.label(at, token.text, at + 1)
        return self.small(at)

    def letter_after_label(self, at: int, unit: str, lang: str, dot: bool, after: int) -> int:
        token, classes, before = self.tokens[at], self.classes[at], self.token(at - 1)
        glued = before.kind == "number" and not token.space
        if unit and (lang == "kk" and (dot or not glued) and self.last.is_number):
            return self.unit(unit, after)
        russian = lang == "ru"
        if unit and (dot or russian or not glued) and self.token(after).kind == "number":
            return self.unit(unit, after)
        if unit and (dot or russian and not glued) and self.is_single(after):
            return self.unit(unit, after)
        if glued or before.text == "-" or not self.small_word(classes):
            return self.label(at, token.text, at + 1)
        next_token = self.token(at + 1)
        if not next_token.kind:
            return self.label(at, token.text, at + 1)
        if "and" in classes or value_in(self.classes_at(at + 1), "unit") or next_token.kind == "number":
            return self.small(at)
        return self.label(at, token.text, at + 1)

    def small_word(self, classes: list[str]) -> bool:
        return any(name in classes for name in ("and", "to", "skip"))

    def small(self, at: int) -> int:
        classes = self.classes[at]
        for kind in ("and", "to"):
            if kind in classes:
                self.join(kind)
                return at + 1
        if "until" in classes:
            self.until()
            return at + 1
        return at + 1 if "skip" in classes else self.junk(at)

    def until(self) -> None:
        """3-тен 5-бапқа дейін: a joint between the two numbers; 3-баптан 5-бапқа дейін: between the two citations."""
        label = len(self.elements) - (2 if self.last.kind == "unit" else 1)
        if label > 0 and self.elements[label].kind == self.elements[label - 1].kind == "label":
            self.elements.insert(label, Element("to"))
        else:
            self.elements.append(Element("until"))

    def word(self, at: int) -> int:
        token, classes = self.tokens[at], self.classes[at]
        bracketed = self.token(at - 1).text == "(" and self.token(at + 1).text == ")"
        if "sub" in classes:
            here = self.past(at + 1, "-", ".")
            unit = value_in(self.classes_at(here), "unit")
            if unit:
                return self.unit(f"{POINT} {unit.rpartition(' ')[2]}", here + 1)
        unit = value_in(classes, "unit")
        if unit:
            return self.unit(unit, at + 1)
        spoken, after = self.spoken_number(at)
        if spoken:
            return self.label(at, spoken, after, word=True)
        if self.is_roman(at) or (bracketed and len(token.text) <= 3):
            return self.label(at, token.text, at + 1)
        if "number" in classes:
            self.numbered = True
            return self.past(at + 1, ".")
        return self.small(at)

    def spoken_number(self, at: int) -> tuple[str, int]:
        """ "fourth", "twenty-first"; after a unit also "four". ("", at) when it is none."""
        names = ("ordinal", "cardinal") if self.last.kind == "unit" else ("ordinal",)
        tens = value_in(self.classes_at(at), "tens")
        if tens:
            here = self.past(at + 1, "-")
            for name in names:
                ones = value_in(self.classes_at(here), name)
                if ones and int(ones) < 10:
                    return str(int(tens) + int(ones)), here + 1
        for name in names:
            value = value_in(self.classes_at(at), name)
            if value:
                return value, at + 1
        return (tens, at + 1) if tens and self.last.kind == "unit" else ("", at)

    def is_roman(self, at: int) -> bool:
        if not roman(self.tokens[at].text):
            return False
        beside = self.token(at - 1).text == "(" or self.token(at + 1).text in ("(", ")", "/")
        joined = self.last.kind in ("and", "to", "dash", "label") and bool(roman(self.last_label.text))
        kazakh = value_in(self.classes_at(self.past(at + 1, "-")), "unit").endswith("kk")
        named = bool(self.hints) and len(self.tokens[at].text) > 1
        return self.last.kind == "unit" or beside or joined or kazakh or named
