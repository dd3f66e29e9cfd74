"""The words that choose a treaty, and finding them in a query.

Reads   the phrases of each treaty, by language: treaty.yml `names`, its titles, `citation_titles`, its parties, the place of
        signature
Writes  TreatyNames: which treaties the words at a place of a query name, whatever their case endings
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from ..describe import TreatyData
from .words import clean, fold, tables, tokens_of

SHORTEST_STEM = 3  # letters; no ending is taken off below that


@dataclass(frozen=True)
class Phrases:
    """What names one treaty: stems of words, joined by spaces, by language; and its year of signature."""

    slug: str
    year: str
    by_lang: Mapping[str, tuple[str, ...]]


@cache
def stem(word: str, lang: str) -> str:
    """A word of a name without its endings. Kazakh endings pile up, so they are taken off until none is left."""
    word = fold(word, whole=True)
    soft = tables()["folding"]["soft_ends"]
    endings = tables()["name_endings"].get(lang, ())
    while True:
        ending = next((e for e in endings if word.endswith(e) and len(word) - len(e) >= SHORTEST_STEM), "")
        if not ending:
            return word
        word = word[: -len(ending)]
        if lang != "kk":
            return word
        word = word[:-1] + soft.get(word[-1], word[-1])


def phrases_of(treaty: TreatyData) -> Phrases:
    """All that names a treaty, shortest first."""
    found: dict[str, set[str]] = {}
    for lang, words in _words_of(treaty):
        stems = [stem(token.text, lang) for token in tokens_of(clean(words)) if token.kind != "mark"]
        if stems:
            found.setdefault(lang, set()).add(" ".join(stems))
    by_lang = {lang: tuple(sorted(phrases, key=lambda one: (len(one), one))) for lang, phrases in sorted(found.items())}
    return Phrases(treaty.slug, str(treaty.signed.date.year), by_lang)


def _words_of(treaty: TreatyData) -> Iterator[tuple[str, str]]:
    for lang, names in treaty.names.items():
        for name in names:
            yield lang, name
    yield from treaty.short_title.items()
    for lang, title in treaty.citation_titles.items():
        yield from ((lang, words) for words in (title.full, title.genitive, title.short, title.place) if words)
    yield from treaty.signed.place.items()
    for party in treaty.parties:
        yield from party.name.items()
        yield from party.short.items()
    for expression in treaty.expressions:
        yield expression.lang, expression.title
        yield expression.lang, expression.short_title
    yield "en", treaty.slug


@dataclass(frozen=True)
class _Branch:
    """Where a phrase may go on: by the next stem. treaties: those that the phrase up to here names."""

    next: dict[str, _Branch] = field(default_factory=dict)
    treaties: set[str] = field(default_factory=set)


class TreatyNames:
    """The phrases of all treaties, as a tree of stems for each language, so that a look-up is as long as its phrase."""

    def __init__(self, treaties: Iterable[Phrases]):
        self.years: dict[str, set[str]] = {}
        self.trees: dict[str, _Branch] = {}
        for treaty in treaties:
            self.years.setdefault(treaty.year, set()).add(treaty.slug)
            for lang, phrases in treaty.by_lang.items():
                for phrase in phrases:
                    branch = self.trees.setdefault(lang, _Branch())
                    for word in phrase.split(" "):
                        branch = branch.next.setdefault(word, _Branch())
                    branch.treaties.add(treaty.slug)

    def longest(self, words: list[str], at: int) -> tuple[int, frozenset[str]]:
        """How many words from `at` name treaties, and which; (0, …) when none do. All languages are tried."""
        length, treaties = 0, frozenset[str]()
        for lang, tree in self.trees.items():
            branch = tree
            for here in range(at, len(words)):
                following = branch.next.get(stem(words[here], lang))
                if following is None:
                    break
                branch = following
                reached = here - at + 1
                if branch.treaties and reached >= length:
                    treaties = frozenset(branch.treaties) | (treaties if reached == length else frozenset())
                    length = reached
        return length, treaties

    def signed_in(self, year: str) -> frozenset[str]:
        """The treaties signed in a year."""
        return frozenset(self.years.get(year, ()))
