"""The countries that the names of Parties speak of.

Reads   the names of countries in the CLDR, as the package Babel carries them
Writes  the code of the country, and its short name by language, as proposals
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Country:
    """code: two small letters, or "" when there is no country in a name, or more than one. sure: else it is a proposal."""

    code: str = ""
    sure: bool = False


def country_of(name: str, lang: str) -> Country:
    """The country in a Party's name. It is sure when its name stands there as it is; a name that begins like it is a proposal."""
    words = name.casefold()
    exact = {code for code, country in _names(lang) if re.search(rf"\b{re.escape(country)}\b", words)}
    if len(exact) == 1:
        return Country(exact.pop(), True)
    near = {code for code, country in _names(lang) if _stands_in(country, words)}
    return Country(near.pop()) if len(near) == 1 else Country()


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


def countries_of(names: Sequence[str], lang: str) -> list[Country]:
    """The country in each name; one that two names would share is none."""
    found = [country_of(name, lang) for name in names]
    codes = [country.code for country in found]
    return [country if codes.count(country.code) == 1 else Country() for country in found]
