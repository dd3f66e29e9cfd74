"""The interface's words in one language, and what is known of every language.

Reads   docs/interface/*.<lang>.yml, docs/interface/languages.yml
Writes  Words, Language
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..tables import read_table


@dataclass(frozen=True)
class Language:
    """A language that a text may be in. dir: "ltr" or "rtl"; names: its name in each language of the reader."""

    lang: str
    dir: str
    own: str
    short: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Words:
    """The interface's words in `lang`, by key."""

    lang: str
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The words of `key`, its {…} filled in. Raises KeyError when the language lacks the key."""
        words = self.texts[key]
        return words.format(**values) if values else words

    def __contains__(self, key: str) -> bool:
        return key in self.texts

    def date(self, day: date) -> str:
        month = self(f"page.month.{day.month}")
        return self("page.date", day=day.day, month=month, year=day.year)

    def join(self, items: Sequence[str]) -> str:
        """Items as a list in a sentence: a, b and c."""
        if len(items) < 2:
            return "".join(items)
        return self("page.list.comma").join(items[:-1]) + self("page.list.and") + items[-1]


def capital(text: str) -> str:
    """`text` with a capital at its start."""
    return text[:1].upper() + text[1:]


def load_words(interface: Path, lang: str) -> dict[str, str]:
    """All keys of all `<prefix>.<lang>.yml` files in `interface`, every prefix."""
    texts: dict[str, str] = {}
    for file in sorted(interface.glob(f"*.{lang}.yml")):
        texts.update({key: str(value) for key, value in (read_table(file) or {}).items()})
    return texts


def load_all_words(interface: Path) -> dict[str, Words]:
    """The words of every language that the pages are written in."""
    langs = sorted(file.name.split(".")[1] for file in interface.glob("page.*.yml"))
    return {lang: Words(lang, load_words(interface, lang)) for lang in langs}


def load_languages(interface: Path) -> dict[str, Language]:
    """languages.yml, in its order, which is the order of columns."""
    data = read_table(interface / "languages.yml")
    return {lang: Language(lang=lang, **fields) for lang, fields in data.items()}


def write_words(interface: Path, lang: str, out: Path) -> None:
    """The words of `lang` for the browser: `Kelisim.words`, by key."""
    words = json.dumps(load_words(interface, lang), ensure_ascii=False, sort_keys=True, indent=0)
    out.write_text(
        f"window.Kelisim = window.Kelisim || {{}};\nKelisim.words = {words};\n", encoding="utf-8", newline="\n"
    )
