"""Read what somebody typed as a citation.

Reads   a query in Kazakh, Russian, English or bare numbers; citations/typed.yml; the words that choose a treaty
Writes  a Reading: the citations in it as steps from the article inwards, the treaties named, the words left over;
        `write_typed_data` gives docs/assets/javascripts/cite.js, which is this module in the browser, the same tables

No regular expression walks the query: it is cut into words, numbers and marks once, and each is looked at a bounded
number of times. A query longer than `limits.query` code points (after white space is joined) is no citation.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Iterator, Protocol

import yaml

DATA = Path(__file__).parent / "citations" / "typed.yml"
ARTICLE, PREAMBLE, BARE, LOOSE, POINT = "article", "preamble", "bare", "loose", "point"
INNERMOST = 350  # the rank of a bare number before a named article: "(e) of paragraph 1 of article 4"


@dataclass(frozen=True)
class Token:
    """A word, a number or a mark of a query. space: white space stands before it."""

    kind: str  # "word", "number", "mark"
    text: str
    space: bool


@dataclass(frozen=True)
class Element:
    """A token that means something in a citation.

    kind: "unit", "label", "and", "to", "until", "dash". text: the unit's name, or the label as typed.
    lang: of a unit. bracket: the label stands in brackets, or before a closing one. word: the label is an ordinal in
    words. tight: a dash without white space on either side.
    """

    kind: str
    text: str = ""
    lang: str = ""
    bracket: bool = False
    word: bool = False
    tight: bool = False

    @property
    def is_number(self) -> bool:
        return self.text[:1].isdigit()


@dataclass(frozen=True)
class Item:
    """A number of a provision, or a range of them. either: `12-1` may be a range or an inserted number."""

    first: str
    last: str = ""
    either: bool = False

    def __str__(self) -> str:
        return f"{self.first}{'-' if self.either else '–'}{self.last}" if self.last else self.first


@dataclass(frozen=True)
class Step:
    """One level of a citation: its unit ("bare" when none was said) and the numbers wanted."""

    unit: str
    items: tuple[Item, ...] = ()
    rank: int = 0
    word: bool = False


@dataclass(frozen=True)
class Citation:
    """Steps from the article (or the preamble) inwards. to_previous: the end of a range the one before it begins."""

    steps: tuple[Step, ...]
    to_previous: bool = False

    def __str__(self) -> str:
        if not self.steps:
            return ""
        head, *inner = [step.unit if step.unit == PREAMBLE else ", ".join(map(str, step.items)) for step in self.steps]
        return head + "".join(f"({words})" for words in inner)


@dataclass(frozen=True)
class Reading:
    """citations: what was cited; treaties: slugs that the words choose, or None when none does; rest: other words."""

    citations: tuple[Citation, ...] = ()
    treaties: frozenset[str] | None = None
    rest: str = ""

    def __str__(self) -> str:
        parts = ""
        for citation in self.citations:
            parts += (("–" if citation.to_previous else ", ") if parts else "") + str(citation)
        return parts


class Names(Protocol):
    """The words that choose treaties. See names.py."""

    def longest(self, words: list[str], at: int) -> tuple[int, frozenset[str]]:
        """How many words from `at` name treaties, and which; (0, …) when none do."""

    def signed_in(self, year: str) -> frozenset[str]:
        """The treaties signed in a year."""


@cache
def data() -> dict[str, Any]:
    return yaml.safe_load(DATA.read_text(encoding="utf-8"))


@cache
def tables() -> dict[str, Any]:
    """typed.yml as both resolvers use it: every word folded, with the classes it has; ordinals and months among them."""
    source = data()
    words: dict[str, list[str]] = {}
    stems: dict[str, list[str]] = {}

    def add(table: dict[str, list[str]], word: str, name: str) -> None:
        classes = table.setdefault(fold(word), [])
        if name not in classes:
            classes.append(name)

    for name, forms in source["words"].items():
        for form in _flat(forms):
            add(words, form, name)
    for name, forms in source["stems"].items():
        for form in forms:
            add(stems, form, name.partition(",")[0])
    for lang, months in source["months"].items():
        for number, forms in enumerate(months, 1):
            for form in _flat([forms]):
                add(stems if lang == "kk" else words, form, f"month {number}")
    adjective = _flat(source["endings"]["ru_adjective"])
    for name, forms in source["ordinals"].items():
        lang, _, value = name.partition("_")
        for number, form in enumerate(_flat([forms]), int(value or 1)):
            for ending in adjective if lang == "ru" else [""]:
                add(stems if lang == "kk" else words, form + ending, f"ordinal {number}")
    for forms in source["cardinals"].values():
        for number, form in enumerate(forms, 1):
            add(words, form, f"cardinal {number}")
    for number, forms in source["tens"].items():
        for form in forms:
            add(words, form, f"tens {number}")
    endings = {fold("".join(parts), whole=True) for parts in product(*([""] + row for row in source["endings"]["kk"]))}
    return {
        "limits": source["limits"],
        "characters": {mark: key for key, marks in source["characters"].items() for mark in marks},
        "superscripts": {mark: str(place) for place, mark in enumerate(source["superscripts"])},
        "ignored": source["ignored"],
        "folding": source["folding"],
        "units": source["units"],
        "words": words,
        "stems": stems,
        "endings": sorted(endings),
        "longest_ending": max(map(len, endings)),
        "name_endings": {
            lang: sorted({fold(ending, whole=True) for ending in endings}, key=lambda e: (-len(e), e))
            for lang, endings in source["name_endings"].items()
        },
        "titles": source["titles"],
    }


def write_typed_data(out: Path) -> Path:
    """Write the tables as a script file into the folder `out`; returns its path."""
    path = out / "cite-words.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(tables(), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.write_text(f"window.Kelisim=window.Kelisim||{{}};\nKelisim.citeWords={text};\n", encoding="utf-8")
    return path


def _flat(forms: Any) -> list[str]:
    return [form for entry in forms for form in (entry if isinstance(entry, list) else [entry])]


def fold(word: str, whole: bool = False) -> str:
    """A word in one alphabet: small letters, look-alikes Latin, Kazakh letters as the plain ones that stand in for them.

    A single letter keeps more of itself, for it may be a number of a list; whole: fold even that as a word.
    """
    letters = data()["folding"]["words" if whole or len(word) > 1 else "labels"]
    return "".join(letters.get(letter, letter) for letter in word.lower())


def clean(query: str) -> str:
    """One form for what is written in many. Guarantees, each tested in tests/test_cite.py:

    1. dashes, spaces, brackets, commas, slashes and digits are the plain ones; compatibility forms are composed;
    2. invisible marks (direction, joiners, soft hyphen, stray accents) are gone;
    3. white space is single, none at the ends; control characters are white space;
    4. a superscript number stands after "^"; № is "no"; letters are small.
    """
    characters, superscripts = tables()["characters"], tables()["superscripts"]
    raised = False
    parts = []
    for mark in query.replace("№", " no "):
        digit = superscripts.get(mark)
        parts.append(("" if raised else "^") + digit if digit else mark)
        raised = bool(digit)
    parts = [characters.get(mark, mark) for mark in unicodedata.normalize("NFKC", "".join(parts)).lower()]
    kept = [" " if unicodedata.category(mark) == "Cc" else mark for mark in parts
            if unicodedata.category(mark)[0] != "M" and unicodedata.category(mark) not in ("Cf", "Cs")]
    return " ".join(part for part in "".join(kept).split(" ") if part)


def tokens_of(text: str) -> list[Token]:
    """The words, numbers and marks of a clean query. A mark that says nothing is white space."""
    ignored = tables()["ignored"]
    found: list[Token] = []
    space, at = False, 0
    while at < len(text):
        end = at + 1
        if text[at] == " " or text[at] in ignored:
            space, at = True, end
            continue
        kind = _kind(text[at])
        while kind != "mark" and end < len(text) and _kind(text[end]) == kind:
            end += 1
        found.append(Token(kind, text[at:end], space))
        space, at = False, end
    return found


def _kind(letter: str) -> str:
    if letter.isascii() and letter.isdigit():
        return "number"
    return "word" if unicodedata.category(letter)[0] == "L" else "mark"


def classes_of(word: str) -> list[str]:
    """What a word may be, as typed.yml says: "unit article kk", "ordinal 4", "and" …; exact forms first, then stems."""
    known = tables()
    if len(word) > known["limits"]["word"]:
        return []
    folded = fold(word)
    found = list(known["words"].get(folded, ()))
    for cut in range(len(folded), max(1, len(folded) - known["longest_ending"] - 1), -1):
        if folded[:cut] in known["stems"] and (cut == len(folded) or folded[cut:] in _endings()):
            found += [name for name in known["stems"][folded[:cut]] if name not in found]
            break
    return found


@cache
def _endings() -> frozenset[str]:
    return frozenset(tables()["endings"])


def _value(classes: list[str], name: str) -> str:
    """What follows `name` in the first class that begins with it, or ""."""
    return next((entry[len(name) + 1 :] for entry in classes if entry.startswith(name + " ")), "")


class _Scan:
    """The elements of one query, and what was found on the way: treaties named, and words that are neither."""

    def __init__(self, tokens: list[Token], names: Names):
        self.tokens = tokens
        self.classes = [classes_of(token.text) if token.kind == "word" else [] for token in tokens]
        self.taken = [False] * len(tokens)  # by a name or a date
        self.elements: list[Element] = []
        self.rest: list[str] = []
        self.hints: list[frozenset[str]] = []
        self.depth = 0
        self.numbered = False  # "No." stands before
        self.find_names(names)
        self.find_dates(names)
        at = 0
        while at < len(tokens):
            at = at + 1 if self.taken[at] else self.step(at)

    # names and dates

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
        """Dates and years of signature are no citation; they choose the treaties signed in that year."""
        at = 0
        while at < len(self.tokens):
            end, year = self.date_at(at)
            if not end:
                at += 1
                continue
            treaties = names.signed_in(year) if year else frozenset()
            if treaties:
                self.hints.append(treaties)
            else:
                self.rest.append("".join((" " if token.space else "") + token.text for token in self.tokens[at:end]).strip())
            self.taken[at:end] = [True] * (end - at)
            at = end

    def date_at(self, at: int) -> tuple[int, str]:
        """Where a date that begins at a token ends (0 when none does), and its year ("" when it has none)."""
        numeric = self.numeric_date_at(at)
        if numeric[0]:
            return numeric
        year, day, month, here = "", "", "", at
        for _ in range(4):
            token = self.token(here)
            if self.is_free(here) and token.kind == "number" and self.is_year(here) and not year:
                year, here = token.text, self.after_year(here)
            elif self.is_free(here) and token.kind == "number" and len(token.text) < 3 and 0 < int(token.text) < 32 and not day:
                if not (month or self.is_month(self.past(here + 1, "-", "/", "."))):
                    break
                day, here = token.text, self.past(here + 1, "-", "/", ".")
            elif self.is_free(here) and self.is_month(here) and not month:
                if not (day or year or self.token(self.past(here + 1, ".")).kind == "number"):
                    break
                month, here = token.text, self.past(here + 1, ".", ",")
            else:
                break
        if month and (day or year):
            return here, year
        if year and self.is_year(at) and not self.beside_unit(at):
            return self.after_year(at), year
        return 0, ""

    def numeric_date_at(self, at: int) -> tuple[int, str]:
        first, mark, second, again, third = (self.token(place) for place in range(at, at + 5))
        if mark.text not in ("." , "/", "-") or again.text != mark.text or not self.is_free(at):
            return 0, ""
        if not first.kind == second.kind == third.kind == "number":
            return 0, ""
        day, year = (third, first) if len(first.text) == 4 else (first, third)
        if len(year.text) == 4 and len(day.text) < 3 and len(second.text) < 3 and int(day.text) < 32 and int(second.text) < 13:
            return self.after_year(at + 4) if year is third else at + 5, year.text
        return 0, ""

    def is_year(self, at: int) -> bool:
        text = self.token(at).text
        return self.token(at).kind == "number" and len(text) == 4 and "1800" <= text <= "2199"

    def is_month(self, at: int) -> bool:
        return self.is_free(at) and bool(_value(self.classes_at(at), "month"))

    def after_year(self, at: int) -> int:
        here = at + 1
        if self.token(here).text == "-" and "year" in self.classes_at(here + 1):
            here += 1
        if "year" in self.classes_at(here):
            here += 1
            here = here + 1 if self.token(here).text == "." else here
        return self.past(here, ",")

    def beside_unit(self, at: int) -> bool:
        before = self.classes_at(self.back(at - 1))
        after = self.classes_at(self.past(at + 1, "-"))
        return bool(_value(before, "unit") or _value(after, "unit"))

    # looking about

    def token(self, at: int) -> Token:
        return self.tokens[at] if 0 <= at < len(self.tokens) else Token("", "", False)

    def classes_at(self, at: int) -> list[str]:
        return self.classes[at] if 0 <= at < len(self.tokens) else []

    def is_free(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and not self.taken[at]

    def past(self, at: int, *marks: str) -> int:
        return at + 1 if self.token(at).text in marks else at

    def back(self, at: int) -> int:
        return at - 1 if self.token(at).text in (".", "-", "(") else at

    def is_single(self, at: int) -> bool:
        return self.token(at).kind == "word" and len(self.token(at).text) == 1

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
        unit, _, lang = name.partition(" ")
        self.elements.append(Element("unit", unit, lang))
        return after

    def label(self, at: int, text: str, after: int, word: bool = False) -> int:
        bracket = self.depth > 0 or self.token(after).text == ")"
        self.elements.append(Element("label", text, bracket=bracket, word=word))
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
        if dash and len(token.text) > 1 and fold(token.text) in _endings() and not _value(self.classes_at(here), "unit"):
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
        elif token.text not in ("/", "."):
            return self.junk(at)
        return at + 1

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
        unit, lang = _value(classes, "unit"), _value(classes, "unit").rpartition(" ")[2]
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
        if unit and (number_next or self.token(after).text == "(" or (dot and self.is_single(after))):
            return self.unit(unit, after)
        if self.last.kind in ("and", "to", "dash") and self.last_label.text and not self.last_label.is_number:
            return self.label(at, token.text, at + 1)
        if "number" in classes and (dot or number_next):
            self.numbered = True
            return after
        next_unit = _value(self.classes_at(at + 1), "unit")
        if next_unit and (next_unit.endswith("kk") or not self.small_word(classes)):
            return self.label(at, token.text, at + 1)
        return self.small(at)

    def letter_after_label(self, at: int, unit: str, lang: str, dot: bool, after: int) -> int:
        token, classes, before = self.tokens[at], self.classes[at], self.token(at - 1)
        glued = before.kind == "number" and not token.space
        if unit and (lang == "kk" and (dot or not glued) and self.last.is_number):
            return self.unit(unit, after)
        if unit and not glued and (self.token(after).kind == "number" or (dot and self.is_single(after))):
            return self.unit(unit, after)
        if glued or before.text == "-" or not self.small_word(classes):
            return self.label(at, token.text, at + 1)
        next_token = self.token(at + 1)
        if not next_token.kind:
            return self.label(at, token.text, at + 1)
        if "and" in classes or _value(self.classes_at(at + 1), "unit") or next_token.kind == "number":
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
            self.elements.append(Element("until"))
            return at + 1
        return at + 1 if "skip" in classes else self.junk(at)

    def word(self, at: int) -> int:
        token, classes = self.tokens[at], self.classes[at]
        bracketed = self.token(at - 1).text == "(" and self.token(at + 1).text == ")"
        if "sub" in classes:
            here = self.past(at + 1, "-", ".")
            unit = _value(self.classes_at(here), "unit")
            if unit:
                return self.unit(f"{POINT} {unit.rpartition(' ')[2]}", here + 1)
        unit = _value(classes, "unit")
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
        tens = _value(self.classes_at(at), "tens")
        if tens:
            here = self.past(at + 1, "-")
            for name in names:
                ones = _value(self.classes_at(here), name)
                if ones and int(ones) < 10:
                    return str(int(tens) + int(ones)), here + 1
        for name in names:
            value = _value(self.classes_at(at), name)
            if value:
                return value, at + 1
        return (tens, at + 1) if tens and self.last.kind == "unit" else ("", at)

    def is_roman(self, at: int) -> bool:
        if not roman(self.tokens[at].text):
            return False
        beside = self.token(at - 1).text == "(" or self.token(at + 1).text in ("(", ")", "/")
        joined = self.last.kind in ("and", "to", "dash", "label") and bool(roman(self.last_label.text))
        kazakh = _value(self.classes_at(self.past(at + 1, "-")), "unit").endswith("kk")
        return self.last.kind == "unit" or beside or joined or kazakh


def roman(word: str) -> str:
    """The number that Roman numerals up to 89 say, in digits, or "". Look-alike letters count."""
    values = {"i": 1, "v": 5, "x": 10, "l": 50}
    letters = [data()["folding"]["labels"].get(letter, letter) for letter in word]
    if not 0 < len(letters) < 9 or any(letter not in values for letter in letters):
        return ""
    total = 0
    for letter, following in zip(letters, letters[1:] + [""]):
        total += -values[letter] if values.get(following, 0) > values[letter] else values[letter]
    return str(total) if _as_roman(total) == "".join(letters) else ""


def _as_roman(number: int) -> str:
    text = ""
    for value, letters in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        text += letters * (number // value)
        number %= value
    return text


# elements -> runs of numbers -> steps -> citations


@dataclass(frozen=True)
class _Run:
    """Numbers that stand together and share a unit."""

    items: tuple[Item, ...]
    word: bool = False
    kind: str = "run"
    text: str = ""


def runs_of(elements: list[Element]) -> list[Element | _Run]:
    """Join the labels that stand together; units and the joints between citations ("and", "to", "until") stay."""
    parts: list[Element | _Run] = []
    run: list[list[Element]] = []  # lists of labels; within each, dashes between them
    joint: Element | None = None

    def close() -> None:
        parts.extend(_runs_in(run))
        run.clear()

    for element in elements:
        if element.kind == "label":
            before = run[-1][-1] if run else None
            if before and joint and _fit(before, element):
                if joint.kind == "and":
                    run.append([element])
                else:
                    run[-1] += [joint, element]
            elif before and joint and joint.kind == "dash" and joint.tight and before.is_number and not element.is_number:
                run[-1] += [joint, element]
            else:
                close()
                if joint and (joint.kind != "and" or before and before.bracket and element.is_number and not element.bracket):
                    parts.append(Element("to" if joint.kind == "dash" else joint.kind))
                run.append([element])
            joint = None
        elif element.kind in ("and", "to", "dash"):
            joint = element
        else:
            close()
            if joint and joint.kind == "to":
                parts.append(joint)
            joint = None
            parts.append(element)
    close()
    return parts


def _fit(one: Element, other: Element) -> bool:
    """Whether two labels are numbers of one list."""
    if one.is_number != other.is_number:
        return False
    return not one.is_number or one.bracket == other.bracket


def _runs_in(run: list[list[Element]]) -> Iterator[_Run]:
    """The items of a run; labels joined by tight dashes that make neither a range nor an inserted number are a path."""
    items: list[Item] = []
    word = any(label.word for labels in run for label in labels)
    for labels in run:
        wide = next((at for at, e in enumerate(labels) if e.kind == "to" or (e.kind == "dash" and not e.tight)), -1)
        texts = [element.text for element in labels if element.kind == "label"]
        if wide >= 0:
            first = "-".join(element.text for element in labels[:wide] if element.kind == "label")
            last = "-".join(element.text for element in labels[wide + 1 :] if element.kind == "label")
            items.append(Item(first, last))
        elif len(texts) == 4 and all(text[0].isdigit() for text in texts):
            items.append(Item("-".join(texts[:2]), "-".join(texts[2:])))
        elif len(texts) == 2 and texts[0][0].isdigit() == texts[1][0].isdigit():
            items.append(Item(texts[0], texts[1], either=texts[0][0].isdigit() and not labels[0].bracket))
        elif len(texts) == 1:
            items.append(Item(texts[0]))
        else:
            if items:
                yield _Run(tuple(items), word)
                items = []
            yield from (_Run((Item(text),), word) for text in texts)
    if items:
        yield _Run(tuple(items), word)


def steps_of(parts: list[Element | _Run]) -> list[Step | Element] | None:
    """Give each run its unit, before it (Russian, English) or after it (Kazakh); None when a unit is left alone."""
    steps: list[Step | Element] = []
    chain: list[Element | _Run] = []
    for part in parts + [Element("end")]:
        takes_turn = part.kind in ("run", "unit") and part.text != PREAMBLE
        if chain and not (takes_turn and part.kind != chain[-1].kind):
            if part.kind == "unit" and chain[-1].text == LOOSE:
                continue  # "unnumbered paragraph"
            paired = _pair(chain)
            if paired is None:
                return None
            steps += paired
            chain = []
        if takes_turn:
            chain.append(part)
        elif part.text == PREAMBLE:
            steps.append(Step(PREAMBLE))
        elif part.kind != "end":
            steps.append(part)
    return steps


def _pair(chain: list[Element | _Run]) -> list[Step] | None:
    """Steps of a row in which runs and units take turns."""
    starts_bare, ends_bare = chain[0].kind == "run", chain[-1].kind == "run"
    if not starts_bare and not ends_bare:
        return None
    unit_first = not starts_bare
    lone = -1  # the run without a unit
    if starts_bare and ends_bare:
        kazakh = len(chain) > 1 and chain[1].lang == "kk"
        lone, unit_first = (len(chain) - 1, False) if kazakh else (0, True)
    steps = []
    for at, part in enumerate(chain):
        if isinstance(part, _Run):
            unit = BARE if at == lone else chain[at - 1 if unit_first else at + 1].text
            steps.append(Step(unit, part.items, word=part.word))
    return steps


def citations_of(steps: list[Step | Element]) -> list[Citation]:
    """Group steps into citations: a level said again begins the next one, which takes what it lacks from the one before."""
    ranks = {name: unit["rank"] for name, unit in tables()["units"].items()}
    groups: list[tuple[list[Step], bool]] = [([], False)]
    for step in steps:
        if isinstance(step, Element):
            if step.kind == "until":
                groups[-1] = (groups[-1][0], True)
            else:
                groups.append(([], step.kind == "to"))
            continue
        current = groups[-1][0]
        rank = ranks[step.unit] if step.unit != BARE else current[-1].rank + 1 if current else -1
        if any(other.rank == rank for other in current):
            groups.append(([], False))
        groups[-1][0].append(replace(step, rank=rank))
    ordered = [(_ordered(group), to) for group, to in groups if group]
    found: list[Citation] = []
    for at, (group, to) in enumerate(ordered):
        if group[0].rank > 0:
            near = found[-1].steps if found else next((other for other, _ in ordered[at:] if other[0].rank <= 0), ())
            group = tuple(step for step in near if step.rank < group[0].rank) + group
        found.append(Citation(group, to and bool(found)))
    return found


def _ordered(group: list[Step]) -> tuple[Step, ...]:
    """From the outside in. A bare number that came first is the article, or the innermost when an article was named."""
    named = any(step.rank == 0 for step in group)
    if group[0].rank < 0:
        article = replace(group[0], unit=group[0].unit if named else ARTICLE, rank=INNERMOST if named else 0)
        bare = replace(article, unit=BARE)
        # what follows a bare article counts from it; "4(1)" has ranks 0, 1
        group = [bare] + [replace(step, rank=step.rank + 1) if step.unit == BARE else step for step in group[1:]]
    return tuple(sorted(group, key=lambda step: step.rank))


def read(query: str, names: Names) -> Reading:
    """The citations in a query. It has none when it holds other words (in `rest`), is too long, or names no article."""
    text = clean(query)
    if len(text) > tables()["limits"]["query"]:
        return Reading(rest=text)
    scan = _Scan(tokens_of(text), names)
    treaties = chosen(scan.hints)
    if scan.rest:
        return Reading((), treaties, " ".join(scan.rest))
    steps = steps_of(runs_of(scan.elements))
    citations = citations_of(steps) if steps else []
    if not citations or not all(_is_citation(citation) for citation in citations):
        return Reading((), treaties, "")
    return Reading(tuple(citations), treaties, "")


def _is_citation(citation: Citation) -> bool:
    """It begins with an article or the preamble. A bare ordinal, a bare letter and a bare count are no article."""
    first = citation.steps[0]
    if first.rank != 0 or any(step.word and step.unit == BARE for step in citation.steps):
        return False
    if first.unit != BARE:
        return True
    text = first.items[0].first
    if not text[0].isdigit():
        return bool(roman(text)) and (len(text) > 1 or len(citation.steps) > 1)
    return int(text.partition("-")[0]) <= tables()["limits"]["bare_number"]


def chosen(hints: list[frozenset[str]]) -> frozenset[str] | None:
    """The treaties that all words choose; when they choose different ones, all of them."""
    if not hints:
        return None
    return frozenset.intersection(*hints) or frozenset.union(*hints)
