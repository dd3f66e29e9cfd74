"""Treaties by the words of their names, for the filter `treaty:`.

Reads   slugs, and the short titles of each treaty in the languages of the reader
Writes  Titles: the treaties that a value names
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .analyse import analyse

SLUG = ""  # stands for the language of slugs, whose words are not stemmed


class Titles:
    """The treaties of a part of the index, in their order. words: "language stem" -> the numbers of the treaties that have it."""

    def __init__(self, treaties: Mapping[str, Mapping[str, str]]):
        self.titles = dict(treaties)
        self.slugs = tuple(treaties)
        self.words: dict[str, list[int]] = {}
        self.languages = (SLUG, *sorted({lang for titles in treaties.values() for lang in titles}))
        for number, (slug, titles) in enumerate(treaties.items()):
            for lang, name in ((SLUG, slug), *titles.items()):
                for word in _terms(name, lang):
                    self.words.setdefault(f"{lang} {word}", []).append(number)

    def named(self, value: str) -> tuple[str, ...]:
        """The slugs of the treaties that `value` names: the one with this slug, or all with its words in the slug or a title."""
        slug = value.strip().lower()
        if slug in self.titles:
            return (slug,)
        found: set[int] = set()
        for lang in self.languages:
            words = _terms(value, lang)
            if words:
                found |= set.intersection(*(set(self.words.get(f"{lang} {word}", ())) for word in words))
        return tuple(self.slugs[number] for number in sorted(found))


def _terms(text: str, lang: str) -> Iterable[str]:
    """The stems of `text`, each once."""
    tokens = analyse(text, lang or "en")
    return dict.fromkeys(token.term if lang else token.exact for token in tokens if not token.whole)
