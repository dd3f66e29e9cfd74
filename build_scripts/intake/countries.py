"""The countries that the names of Parties speak of.

Reads   the names of countries in the CLDR, as the package Babel carries them
Writes  the code of the country, and its short name by language, as proposals
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from babel import Locale, UnknownLocaleError

WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 4  # letters of a name that is compared by its beginning


NO_COUNTRIES = frozenset(["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"])


@cache
def _names(lang: str) -> tuple[tuple[str, str], ...]:
    """(code, name in small letters) of every country in `lang`; () when the CLDR does not have the language."""
    try:
        territories = Locale(lang).territories
    except UnknownLocaleError:
        return ()
    return tuple(
        (code.lower(), name.casefold()) for code, name in territories.items()
        if re.fullmatch("[A-Z]{2}", code) and code not in NO_COUNTRIES
    )


def code_of(name: str, lang: str) -> str:
    """The code of the country in a Party's name; "" when there is none, or more than one.

    The name of the country may stand in a case: all of it but its last two letters is looked for.
    """
    words = name.casefold()
    exact = {code for code, country in _names(lang) if re.search(rf"\b{re.escape(country)}\b", words)}
    if len(exact) == 1:
        return exact.pop()
    near = {code for code, country in _names(lang) if _stands_in(country, words)}
    return near.pop() if len(near) == 1 else ""


def _stands_in(country: str, words: str) -> bool:
    parts = WORD.findall(country)
    found = WORD.findall(words)
    return bool(parts) and all(any(_same(part, word) for word in found) for part in parts)


def _same(part: str, word: str) -> bool:
    stem = part[:-2] if len(part) - 2 >= SHORTEST else part
    return word.startswith(stem) and len(word) - len(part) <= 5


def short_name(code: str, lang: str) -> str:
    """Kazakhstan for kz in English; "" when it is not known."""
    try:
        return str(Locale(lang).territories.get(code.upper(), ""))
    except UnknownLocaleError:
        return ""


def codes_of(names: Sequence[str], lang: str) -> list[str]:
    """The code for each name; a code that two names would share is none."""
    codes = [code_of(name, lang) for name in names]
    return [code if codes.count(code) == 1 else "" for code in codes]
