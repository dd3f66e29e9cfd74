"""A library as large as wanted: the project's own treaties, then made ones, each shaped like one of them.

Reads   the project's treaties, the Sources of each language
Writes  treaties one after the other, none kept: the same from the same seed

A made treaty has the provisions of one of the project's own, with other words: it keeps to a few of the source texts, joins
halves of their sentences, and where the vocabulary has grown less than Heaps' law says, coins words, which come back later.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from build_scripts.library import Library, Treaty
from build_scripts.model import Passage, Provision

from .texts import GROWTH, WORD, Sources

SEED = 20171101
SUBJECTS = 3  # source texts that a treaty keeps to
SYLLABLES = {
    "en": "ba be bo ca ce co da de do fa fe ga ge la le lo ma me mi na ne no pa pe ra re ri ro sa se so ta te to va ve",
    "kk": "ба бе бұ га да де жа же ка ке қа қо ла ле ма ме мұ на не са се сы та те тұ ша ше ра ре ры рі",
}
ENDINGS = {"en": " s ed ing al", "kk": " ның дың ға ге ды да дан лар ларды"}
LANDS = 200


class MadeTreaties(Sequence[Treaty]):
    """`count` treaties, made anew each time they are walked through; the first are the project's own."""

    def __init__(self, own: Library, sources: dict[str, Sources], count: int):
        self._own = own.treaties
        self._sources = sources
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, key: object) -> Treaty:  # type: ignore[override]
        raise TypeError("the treaties are made in their order only")

    def __iter__(self) -> Iterator[Treaty]:
        yield from self._own[: self._count]
        source = random.Random(SEED)
        lands = [(_coined(source, "en").capitalize(), _coined(source, "kk").capitalize()) for _ in range(LANDS)]
        writers = {lang: Writer(lang, sources, source) for lang, sources in self._sources.items()}
        for number in range(len(self._own), self._count):
            yield self._made(number, source, lands, writers)

    def _made(
        self, number: int, source: random.Random, lands: list[tuple[str, str]], writers: dict[str, Writer]
    ) -> Treaty:
        model = self._own[number % len(self._own)]
        slug = f"made-{number:05}"
        parties = source.sample(lands, 2)
        subject = source.choice(self._sources["en"].headings)
        titles = {
            "en": f"{subject} agreement, {parties[0][0]} and {parties[1][0]}",
            "kk": f"{source.choice(self._sources['kk'].headings)} туралы келісім, {parties[0][1]}, {parties[1][1]}",
        }
        data = model.data
        lang_data = [
            one.model_copy(update={"title": titles[one.lang], "short_title": titles[one.lang]}) for one in data.expressions
        ]
        data = data.model_copy(update={
            "slug": slug, "short_title": titles, "names": {lang: [title] for lang, title in titles.items()},
            "citation_titles": {}, "expressions": lang_data,
            "parties": [
                party.model_copy(update={"name": {"en": en, "kk": kk}, "short": {"en": en, "kk": kk}})
                for party, (en, kk) in zip(data.parties, parties)
            ],
            "signed": data.signed.model_copy(update={"date": date(1950 + source.randrange(75), 1 + source.randrange(12), 1)}),
        })
        expressions = {}
        for lang, expression in model.expressions.items():
            writers[lang].begin()
            parts = {part: tuple(map(writers[lang].rewritten, tops)) for part, tops in expression.parts.items()}
            expressions[lang] = replace(expression, treaty=slug, title=titles[lang], parts=parts, notes=(), edits=())
        return Treaty(data, expressions)


class Writer:
    """Writes provisions in one language and minds the growth of its vocabulary."""

    def __init__(self, lang: str, sources: Sources, source: random.Random):
        self._lang = lang
        self._sources = sources
        self._random = source
        self._words = 0
        self._known: set[str] = set()
        self._coined: list[str] = []
        self._here: list[str] = []
        self._sentences: list[Sequence[str]] = []

    def begin(self) -> None:
        """Turn to a new treaty."""
        self._sentences = self._random.choices(self._sources.sentences, k=SUBJECTS)
        self._here = []

    def rewritten(self, provision: Provision) -> Provision:
        """The provision with other words: eId, kind and numbers stay."""
        heading = provision.heading and Passage(self._random.choice(self._sources.headings), provision.heading.lines)
        passages = tuple(Passage(self._sentence(), passage.lines) for passage in provision.passages)
        return replace(
            provision, heading=heading, passages=passages, children=tuple(map(self.rewritten, provision.children))
        )

    def _sentence(self) -> str:
        one, other = (self._random.choice(self._random.choice(self._sentences)).split(" ") for _ in range(2))
        words = one[: self._cut(one)] + other[self._cut(other) :]
        self._words += len(words)
        self._known.update(WORD.findall(" ".join(words).lower()))
        wanted = int(self._sources.scale * self._words ** GROWTH[self._lang]) - len(self._known)
        for _ in range(min(wanted, len(words) // 3)):
            self._put(words, self._coin())
        if self._coined:
            self._put(words, self._random.choice(self._here if self._here and self._random.random() < 0.5 else self._coined))
        return " ".join(words)

    def _cut(self, words: list[str]) -> int:
        """Where a sentence is cut: after one of its commas, or in its middle."""
        places = [place for place, word in enumerate(words, 1) if word.endswith(",")]
        return self._random.choice(places) if places else len(words) // 2

    def _coin(self) -> str:
        word = _coined(self._random, self._lang)
        self._known.add(word)
        self._here.append(word)
        return word

    def _put(self, words: list[str], word: str) -> None:
        words[self._random.randrange(len(words))] = word
        self._coined.append(word)


def _coined(source: random.Random, lang: str) -> str:
    syllables = source.choices(SYLLABLES[lang].split(" "), k=source.randrange(2, 5))
    return "".join(syllables) + source.choice(ENDINGS[lang].split(" "))
