"""The words of citations as people type them, and one form for what is written in many.

Reads   citations/typed.yml
Writes  the tables that both resolvers use; clean text, its tokens, what a word may be; `write_typed_data` gives the
        tables to the browser
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from ..tables import read_table
from ..unnumbered import PLACE_OF_NUMBER, has_number, names

NUMBER = "#"  # stands for a number in a name
DATA = Path(__file__).parents[1] / "citations" / "typed.yml"


@dataclass(frozen=True)
class Token:
    """A word, a number or a mark of a query. space: white space stands before it."""

    kind: str  # "word", "number", "mark"
    text: str
    space: bool


@cache
def data() -> dict[str, Any]:
    return read_table(DATA)


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


@cache
def unnumbered() -> dict[str, str]:
    """The folded names of what stands around the articles, with their eIds; # and {n}: the number."""
    found = {}
    for key, by_lang in names().items():
        for name in by_lang.values() if not has_number(key) else ():
            tokens = [token for token in tokens_of(clean(name.replace(PLACE_OF_NUMBER, "0"))) if token.kind != "mark"]
            words = [NUMBER if token.kind == "number" else fold(token.text, whole=True) for token in tokens]
            found[" ".join(words)] = f"{key}_{PLACE_OF_NUMBER}" if NUMBER in words else key
    return found


def month_names() -> dict[str, int]:
    """The names of the months in every language, in small letters, and their numbers: {"march": 3, "наурыз": 3, …}."""
    return {
        name: number
        for months in data()["months"].values()
        for number, names in enumerate(months, 1) for name in ([names] if isinstance(names, str) else names)
    }


def write_typed_data(out: Path) -> None:
    """Write the tables as the script file `out`: it sets Kelisim.citeWords."""
    known = {**tables(), "unnumbered": unnumbered()}
    text = json.dumps(known, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    out.write_text(f"window.Kelisim=window.Kelisim||{{}};\nKelisim.citeWords={text};\n", encoding="utf-8", newline="\n")


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
        if folded[:cut] in known["stems"] and (cut == len(folded) or folded[cut:] in known_endings()):
            found += [name for name in known["stems"][folded[:cut]] if name not in found]
            break
    return found


@cache
def known_endings() -> frozenset[str]:
    return frozenset(tables()["endings"])


def value_in(classes: list[str], name: str) -> str:
    """What follows `name` in the first class that begins with it, or ""."""
    return next((entry[len(name) + 1 :] for entry in classes if entry.startswith(name + " ")), "")


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
