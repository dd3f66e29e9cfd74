"""Compose the citation of a provision as it is copied: short or long, in Kazakh, Russian and English.

Reads   a treaty (its titles, place and date of signature), an eId; citations/copied.yml, citations/unnumbered.yml
Writes  the words; each resolves to the same provision again (cite.py)

    short  Extradition agreement, art. 4(1)(e)
           Адамдарды ұстап беру туралы келісім, 4-баптың 1-тармағының e) тармақшасы
           Соглашение о выдаче лиц, пп. e) п. 1 ст. 4
    long   … келісімнің (Астана, 2017 жылғы 1 қараша) 4-бабы 1-тармағының e) тармақшасы
           подпункт e) пункта 1 статьи 4 Соглашения … (Астана, 1 ноября 2017 года)

A page carries the forms of its treaty once and a provision's words in each row; docs/assets/javascripts/article.js joins them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from .describe import TreatyData
from .tables import read_table
from .unnumbered import LEVEL, has_number, name_of

STYLES = ("short", "long")
PLACE_OF_PROVISION = "{provision}"


@cache
def _rules() -> dict[str, Any]:
    data: dict[str, Any] = read_table(Path(__file__).parent / "citations" / "copied.yml")
    return data


def citation_langs() -> tuple[str, ...]:
    """The languages a citation can be copied in."""
    return tuple(_rules())


def citation_form(treaty: TreatyData, lang: str, style: str) -> str:
    """The words around a provision's, for "{provision}". style: short, long, or aside (long, for what has no number)."""
    rules = _rules()[lang]
    form: str = rules["aside"] if style == "aside" else rules[style]["whole"]
    day = treaty.signed.date
    date = rules["date"].format(day=day.day, month=rules["months"][day.month - 1], year=day.year)
    return form.format(**_titles(treaty, lang), date=date, provision=PLACE_OF_PROVISION)


def _titles(treaty: TreatyData, lang: str) -> dict[str, str]:
    """The titles and the place in `lang`. Where none is stated: the first text's; where there is no genitive, the title."""
    stated = treaty.citation_titles.get(lang)
    expression = next((one for one in treaty.expressions if one.lang == lang), treaty.expressions[0])
    full = (stated.full if stated else None) or expression.title
    return {
        "full": full,
        "genitive": (stated.genitive if stated else None) or full,
        "short": (stated.short if stated else None) or treaty.short_title.get(lang) or expression.short_title,
        "place": (stated.place if stated else None) or treaty.signed.place.get(lang) or next(iter(treaty.signed.place.values())),
    }


def provision_words(eid: str, lang: str, style: str) -> str:
    """A provision in words. An eId of no known form is its own words."""
    if not has_number(eid):
        return name_of(eid, lang)
    rules, order = _rules()[lang][style], _rules()[lang]["order"]
    levels = [match for match in map(LEVEL.fullmatch, eid.split("__")) if match]
    words = []
    for inside, level in enumerate(reversed(levels)):
        forms = rules[level["unit"]]
        words.append(forms[min(inside, len(forms) - 1)].replace("{n}", level["number"] or ""))
    return str(rules["join"].join(words if order == "inside-out" else reversed(words)))


def compose(treaty: TreatyData, eid: str, lang: str, style: str) -> str:
    """The whole citation."""
    form = citation_form(treaty, lang, style if style == "short" or has_number(eid) else "aside")
    return form.replace(PLACE_OF_PROVISION, provision_words(eid, lang, style))
