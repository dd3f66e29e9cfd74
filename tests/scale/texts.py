"""The texts that large corpora are made from.

Reads   the project's own treaties; ../shared/corpus (trade agreements in English, a declaration in Kazakh) where it is there
Writes  Sources of a language: sentences by the text they come from, headings, and how its vocabulary grows
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from build_scripts.library import Library

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
LANGUAGES = ("kk", "en")
# Heaps' law: n words of running text have K * n**GROWTH different ones. For English this is what the trade agreements have
# (28,711 different in 3,591,263); Kazakh joins endings to its words, and languages of its kind lie between 0.6 and 0.75.
GROWTH = {"en": 0.51, "kk": 0.65}
WORD = re.compile(r"[^\W_]+")
_END = re.compile(r"(?<=[.;:])\s+|\n\s*\n")
_HEADING = re.compile(r"^(?:ARTICLE|Article)\s+[\w.-]+\s*\n+([A-Z][^\n.;:]{3,60})$", re.MULTILINE)
_SHORTEST, _LONGEST = 6, 70  # words of a sentence that is used


@dataclass(frozen=True)
class Sources:
    """sentences: one list a text; headings: of articles; scale: the K of Heaps' law."""

    sentences: Sequence[Sequence[str]]
    headings: Sequence[str]
    scale: float


def has_corpus() -> bool:
    return (CORPUS / "tota").is_dir()


def sources_of(library: Library, shared: bool = True) -> dict[str, Sources]:
    """What there is in each language: the project's own texts, and the shared ones where they are there and wanted."""
    found = {}
    for lang in LANGUAGES:
        texts = [_own(library, treaty.slug, lang) for treaty in library.treaties]
        headings = [
            article.heading.text
            for treaty in library.treaties for article in treaty.expressions[lang].articles if article.heading
        ]
        for path in _shared(lang) if shared else ():
            text = path.read_text("utf-8")
            if lang == "en" and text.count(" the ") < len(text) / 500:
                continue  # some of the agreements are in Spanish
            texts.append(_sentences(text))
            headings += _HEADING.findall(text)
        texts = [text for text in texts if len(text) > 20]
        found[lang] = Sources(texts, headings, _scale(texts, GROWTH[lang]))
    return found


def _shared(lang: str) -> list[Path]:
    return sorted((CORPUS / "tota").glob("*.txt")) if lang == "en" else sorted((CORPUS / "kk").glob("*.txt"))


def _own(library: Library, slug: str, lang: str) -> list[str]:
    return _fit(provision.text for provision in library.treaty(slug).expressions[lang].walk())


def _sentences(text: str) -> list[str]:
    return _fit(_END.split(text))


def _fit(sentences: Iterable[str]) -> list[str]:
    """Sentences of a usual length that are mostly words, white space joined."""
    found = []
    for sentence in sentences:
        words = sentence.split()
        if _SHORTEST <= len(words) <= _LONGEST and sum(map(str.isalpha, sentence)) > 0.6 * len(sentence):
            found.append(" ".join(words))
    return found


def _scale(texts: Iterable[Iterable[str]], growth: float) -> float:
    words = [word for text in texts for sentence in text for word in WORD.findall(sentence.lower())]
    return len(set(words)) / len(words) ** growth
