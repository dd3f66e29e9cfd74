"""Check a quotation: is it verbatim, where does it stand, what is different.

Reads   what somebody pasted; the library
Writes  a Check

    words  place  align  report     passage -> tokens -> its place -> token beside token -> what is different

The browser does the same (docs/assets/javascripts/quote.js); tests/cases/quotes.json is run by both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..library import Library
from ..passages import rows_of
from .align import align
from .place import Found, Run, Shelf, Text, Words, find, make_text, same_words, shelves_of, whole_units
from .report import MOST_LISTED, Part, Report, report
from .words import OMISSION, WORD, Token, letters_of, plain, tokens_of

__all__ = ["Check", "Part", "Place", "QuoteChecker", "check_quote", "to_json"]

MOST_PLACES = 60  # where the same words stand
MOST_WORK = 200_000  # words compared to find them all
ENOUGH = 0.5  # a share of words, below which another text is quoted

VERBATIM, MARKS, DIFFERS, NOWHERE, EMPTY = "verbatim", "marks", "differs", "nowhere", "empty"


@dataclass(frozen=True)
class Place:
    """Where a passage stands. authority: what that text is, as in treaty.yml. eids: in the order of the text."""

    treaty: str
    lang: str
    authority: str
    eids: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """What is to be said of a quotation.

    verdict: VERBATIM; MARKS: the words are the same, signs or capitals are not; DIFFERS; NOWHERE: no text held has it (places:
    the nearest there is); EMPTY: it has no words. score: in a hundred words, how many are the same. places: all where the
    same words stand, the best first. letters: words with letters of another script. spacing: words written together or apart.
    first_letter: a capital at a beginning is another.
    """

    verdict: str
    score: int = 0
    places: tuple[Place, ...] = ()
    parts: tuple[Part, ...] = ()
    letters: tuple[str, ...] = ()
    spacing: tuple[str, ...] = ()
    first_letter: bool = False


class QuoteChecker:
    """Checks passages against all texts of a library."""

    def __init__(self, library: Library):
        texts: dict[str, list[Text]] = {}
        for treaty in library.treaties:
            for lang, expression in treaty.expressions.items():
                text = make_text(treaty.slug, lang, expression.authority.value, rows_of(expression))
                texts.setdefault(lang, []).append(text)
        self._shelves = {lang: shelves_of(held) for lang, held in texts.items()}

    def check(self, text: str) -> Check:
        """`text`: a passage as it was pasted, of any length."""
        passage = plain(text)
        best: tuple[Found, Sequence[Token], Words, Sequence[Shelf]] | None = None
        for lang in self._languages(passage):
            tokens = tokens_of(passage, lang)
            words = _words(tokens)
            if not any(token.kind == WORD for token in tokens):
                return Check(EMPTY)
            for shelf in self._shelves[lang]:
                found = find(words, shelf)
                if found and (best is None or found.score > best[0].score):
                    best = (found, tokens, words, self._shelves[lang])
        return _judge(passage, *best) if best else Check(NOWHERE)

    def _languages(self, passage: str) -> list[str]:
        """The languages of the script that most letters of a passage belong to."""
        counts = {lang: letters_of(passage, lang) for lang in self._shelves}
        return [lang for lang, count in counts.items() if count == max(counts.values())]


def check_quote(text: str, library: Library) -> Check:
    """Check one passage. For many, keep a QuoteChecker."""
    return QuoteChecker(library).check(text)


def to_json(check: Check) -> dict[str, Any]:
    """A Check as the browser has it, with lists for tuples."""
    return asdict(check, dict_factory=lambda pairs: {key: _plain(value) for key, value in pairs})


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _words(tokens: Iterable[Token]) -> Words:
    keys: list[str] = []
    segments: list[int] = []
    segment = 0
    for token in tokens:
        if token.kind == OMISSION:
            segment += 1
        elif token.is_word:
            keys.append(token.key)
            segments.append(segment)
    return Words(keys, segments)


def _judge(passage: str, found: Found, tokens: Sequence[Token], words: Words, shelves: Sequence[Shelf]) -> Check:
    told = report(align(tokens, found.text, found.runs), passage, tokens, found.text)
    if not _is_near(told):
        nearest = (_place(found.text, told),) if told.run > 2 else ()
        return Check(NOWHERE, _score(told), nearest, tuple(told.parts) if nearest else ())
    places = [(found.text, told)]
    if len(found.runs) == 1 and found.runs[0].length == len(words.keys):
        places = _all_places(passage, tokens, words, shelves) or places
        told = places[0][1]
    verdict = DIFFERS if told.different else MARKS if told.marks else VERBATIM
    return Check(
        verdict, _score(told), tuple(_place(text, each) for text, each in places), tuple(told.parts),
        tuple(told.letters), tuple(told.spacing[:MOST_LISTED]), told.first_letter,
    )


def _all_places(
    passage: str, tokens: Sequence[Token], words: Words, shelves: Sequence[Shelf]
) -> list[tuple[Text, Report]]:
    """Everywhere that the words stand, with the fewest other signs, in the order of the texts."""
    count = len(words.keys)
    most = max(1, min(MOST_PLACES, MOST_WORK // count))
    found: dict[tuple[int, int], tuple[Text, Report]] = {}
    for shelf in shelves:
        for number, place in same_words(words, shelf, most):
            text = shelf.texts[number]
            told = report(align(tokens, text, [Run(0, place, count)]), passage, tokens, text)
            found.setdefault((number, text.words[place]), (text, told))
    fewest = min(((told.different, told.marks) for _, told in found.values()), default=(0, 0))
    return [each for _, each in sorted(found.items(), key=lambda item: item[0]) if (each[1].different, each[1].marks) == fewest]


def _is_near(told: Report) -> bool:
    """Whether enough is the same, and in a row, for this to be the text that is quoted."""
    return told.same >= ENOUGH * told.given and told.run >= min(told.given, 2 if told.given < 6 else 3)


def _score(told: Report) -> int:
    return 100 * told.same // max(1, told.same + told.different)


def _place(text: Text, told: Report) -> Place:
    rows = sorted(told.rows)
    if told.different:  # a single word that is the same by chance is no place
        rows = [row for row in rows if told.rows[row] > 1] or rows
    eids = tuple(dict.fromkeys(text.rows[row].eid for row in rows))
    return Place(text.treaty, text.lang, text.authority, whole_units(eids, text))
