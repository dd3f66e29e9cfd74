"""What stands around the articles, in words: the title, the preamble's parts, signatures, an enclosing law or decree.

Reads   citations/unnumbered.yml
Writes  the name of such a provision in a language; all names, for what reads typed citations
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from .tables import read_table

LEVEL = re.compile(r"(?P<unit>art|para|point|indent|subpara|intro|wrapup|rec|preamble)(?:_(?P<number>.+))?")
NUMBERED = re.compile(r"(?P<name>.+)_(?P<number>\d+)")
PLACE_OF_NUMBER = "{n}"


@cache
def names() -> Mapping[str, Mapping[str, str]]:
    """By eId, without the last number where the name has {n}: the name in each language."""
    data: dict[str, dict[str, str]] = read_table(Path(__file__).parent / "citations" / "unnumbered.yml")
    return data


def has_number(eid: str) -> bool:
    """Whether a provision is cited by numbers: an article, the preamble, or what is in them."""
    return all(LEVEL.fullmatch(segment) for segment in eid.split("__"))


def key_of(eid: str) -> tuple[str, str]:
    """The key of a provision's name, and the number to be put into it; ("", "") when it has no name."""
    if eid in names():
        return eid, ""
    numbered = NUMBERED.fullmatch(eid)
    return (numbered["name"], numbered["number"]) if numbered and numbered["name"] in names() else ("", "")


def name_of(eid: str, lang: str) -> str:
    """The provision's name in `lang`, or in the first language that has one; its eId when it has no name."""
    key, number = key_of(eid)
    if not key:
        return eid
    by_lang = names()[key]
    return (by_lang.get(lang) or next(iter(by_lang.values()))).replace(PLACE_OF_NUMBER, number)
