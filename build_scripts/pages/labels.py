"""Provisions and treaties as a lawyer names them, in each language of the reader.

Kazakh puts the whole before the part and the whole in the genitive: «4-баптың 1-тармағының e) тармақшасы»; the words for
it are data (`page.unit.…` in docs/interface/page.<lang>.yml).
"""

from __future__ import annotations

import re

from ..compose import STYLES, citation_form, citation_langs, provision_words
from ..lengths import haste_in
from ..library import Treaty
from ..limits import Kind, Limit
from ..unnumbered import name_of
from .words import Words

UNIT = re.compile(r"(?P<unit>art|para|point|indent|subpara|intro|wrapup)(?:_(?P<number>.+))?$")


def provision_label(eid: str, words: Words) -> str:
    """"Article 12(2)(e)" or «12-баптың 2-тармағының e) тармақшасы»; a name such as "Preamble, recital 2" elsewhere.

    An eId of no known form is its own label.
    """
    steps = [UNIT.match(segment) for segment in eid.split("__")]
    if not eid.startswith("art_") or not all(steps):
        return name_of(eid, words.lang)
    named = [(step["unit"], step["number"] or "") for step in steps if step]
    parts = [words(_unit_key(unit, place, len(named), words), n=number) for place, (unit, number) in enumerate(named)]
    return words("page.unit.join").join(parts)


def _unit_key(unit: str, place: int, count: int, words: Words) -> str:
    if place < count - 1:
        return f"page.unit.{unit}.of"
    alone = f"page.unit.{unit}.alone"
    return alone if count == 1 and alone in words else f"page.unit.{unit}.last"


def treaty_title(treaty: Treaty, lang: str) -> str:
    """The full title in `lang`, or the short one where no text in `lang` is held."""
    for expression in treaty.data.expressions:
        if expression.lang == lang:
            return expression.title
    return short_title(treaty, lang)


def short_title(treaty: Treaty, lang: str) -> str:
    return treaty.data.short_title.get(lang) or next(iter(treaty.data.short_title.values()))


def parties(treaty: Treaty, words: Words) -> str:
    """"Kazakhstan–Jordan"."""
    return words("page.parties-join").join(in_lang(party.short, words.lang) for party in treaty.data.parties)


def citation(treaty: Treaty, eid: str, words: Words) -> str:
    """What a lawyer writes: the treaty's title, place, date, and the provision."""
    values = {
        "title": treaty_title(treaty, words.lang),
        "place": in_lang(treaty.data.signed.place, words.lang),
        "date": words.date(treaty.data.signed.date),
    }
    if not eid:
        return words("page.citation.whole", **values)
    return words("page.citation", label=provision_label(eid, words), **values)


def copied_words(eid: str) -> dict[str, tuple[str, str]]:
    """A provision's words in a citation that is copied: short and long, in each language that there are forms in."""
    return {
        lang: (provision_words(eid, lang, "short"), provision_words(eid, lang, "long")) for lang in citation_langs()
    }


def copied_forms(treaty: Treaty) -> dict[str, dict[str, str]]:
    """The words around a provision's in a citation that is copied, by language and style."""
    return {
        lang: {style: citation_form(treaty.data, lang, style) for style in (*STYLES, "aside")} for lang in citation_langs()
    }


def length_label(limit: Limit, words: Words) -> str:
    """How long a time limit is: "40 days"; where it has no number the word of haste of the text, or what fixes it."""
    if limit.length and limit.length.called:
        return words("limits.length.called", n=limit.length.number, unit=in_lang(limit.length.called, words.lang))
    if limit.length:
        return words(f"limits.length.{limit.length.unit.value}", n=limit.length.number)
    if limit.kind is Kind.AT_ONCE:
        lang = words.lang if words.lang in limit.words else next(iter(limit.words))
        start, end = haste_in(limit.words[lang], lang)[0]
        return limit.words[lang][start:end]
    return words(f"limits.length.{limit.kind.value}")


def in_lang(texts: dict[str, str], lang: str) -> str:
    """The words in `lang`, or in the first language that has them; "" when none has."""
    return texts.get(lang) or next(iter(texts.values()), "")


def quiet_heading(heading: str, names: frozenset[str] = frozenset()) -> str:
    """A heading for a list of contents: one printed all in capitals gets small letters, save for `names`.

    The text itself is never changed: this is for links that lead to it.
    """
    if not heading.isupper():
        return heading
    kept = {name.upper(): name for name in names}
    lowered = " ".join(kept.get(word, word.lower()) for word in heading.split(" "))
    return lowered[:1].upper() + lowered[1:]


def names_of(treaty: Treaty, lang: str) -> frozenset[str]:
    """The words of the Parties' names that keep their capital."""
    texts = [party.name.get(lang, "") + " " + party.short.get(lang, "") for party in treaty.data.parties]
    return frozenset(word for text in texts for word in text.split() if word[:1].isupper())
