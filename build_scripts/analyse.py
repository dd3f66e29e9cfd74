"""Words to terms: the one analysis of texts and queries, the same in the browser (docs/assets/javascripts/analyse.js).

Reads   a text or a query, and its language
Writes  its tokens: term, exact word, position, and where the word stands (code points)

What it guarantees:

1. Two spellings of one Unicode text (NFC, NFD) give the same terms.
2. Soft hyphens, zero-width characters and marks of direction change nothing.
3. Letters of another script that look like the language's own are folded: "Келiсiм" with Latin i is «Келісім».
4. Case, the stress accent, Arabic vowel signs, ё and the kinds of apostrophe change nothing.
5. A number is a word of its own: «5-бабында» is 5 and бабында; 67¹ is 67 and 1, as is 67-1.
6. A word with hyphens gives its parts, and the whole without hyphens: co-operation is found by cooperation.
7. Endings spelt in two ways (organized, organised) have one term.
8. Offsets are those of the text as given; time is linear in its length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from .stemmers import stem
from .tables import read_table

LONGEST = 64  # code points of a word that count
TABLES: Mapping[str, Any] = read_table(Path(__file__).with_name("analysis.yml"))

_APOSTROPHES = "'’‘ʼʻ`′"
_HYPHENS = "-\u2010\u2011"
_WORD = re.compile(
    r"""
      L(?:[LMF]|A(?=L))*    # letters, with marks, ignored characters, and apostrophes that are inside
    | D[DMF]*               # decimal digits
    | S[SMF]*               # other numbers: superscripts, Roman numerals in one character
    """,
    re.VERBOSE,
)
_GLUE = re.compile("F*H?F*")  # what may stand between two parts of one word
_MARKS = re.compile("[\u0300-\u036f\u064b-\u0652\u0670\u0640]")  # accents that NFC leaves, Arabic vowels, tatweel
SCRIPTS = {"cyrillic": re.compile("[\u0400-\u052f]"), "latin": re.compile("[A-Za-z]")}
_FOLDS = str.maketrans(TABLES["folds"])
_LOOK_ALIKES = {script: str.maketrans(table) for script, table in TABLES["look_alikes"].items()}


class _Classes(dict[int, str]):
    """Code point -> class: L letter, M mark, D digit, S other number, F ignored, A apostrophe, H hyphen, O other."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if char in _APOSTROPHES:
            kind = "A"
        elif char in _HYPHENS:
            kind = "H"
        elif category in ("Cf", "Nd"):
            kind = "F" if category == "Cf" else "D"
        else:
            kind = {"L": "L", "M": "M", "N": "S"}.get(category[0], "O")
        self[code] = kind
        return kind


_CLASSES = _Classes()


@dataclass(frozen=True)
class Token:
    """A word of a text.

    term: its stem; exact: the word, folded; position: its place among the words; start, end: code points.
    glued: it belongs to one word with the token before it («5-бабында», «іс-қимыл»).
    whole: it is that whole word without its hyphens, at the position of its first part.
    """

    term: str
    exact: str
    position: int
    start: int
    end: int
    glued: bool = False
    whole: bool = False


def analyse(text: str, lang: str) -> list[Token]:
    """The tokens of `text` in the order of their positions; a whole word follows its last part."""
    classes = text.translate(_CLASSES)
    tokens: list[Token] = []
    parts: list[Token] = []  # the parts of the word in hand, as long as they are letters with hyphens between
    end = -1
    for position, match in enumerate(_WORD.finditer(classes)):
        start, stop = match.start(), match.start() + len(match.group().rstrip("F"))
        glued = bool(tokens) and _GLUE.fullmatch(classes, end, start) is not None
        letters = match.group()[0] == "L"
        if not glued:
            _add_whole(tokens, parts, lang)
            parts = []
        term, exact = _forms(text[start:stop], letters, lang)
        token = Token(term, exact, position, start, stop, glued)
        if not letters:
            parts = []
        elif parts or not glued:
            parts.append(token)
        tokens.append(token)
        end = match.end()
    _add_whole(tokens, parts, lang)
    return tokens


@lru_cache(maxsize=200_000)
def _forms(word: str, letters: bool, lang: str) -> tuple[str, str]:
    """The term and the exact form of a word as it stands in a text, each distinct word folded and stemmed once."""
    exact = fold(word, lang)
    return stem_of(exact, lang) if letters else exact, exact


def _add_whole(tokens: list[Token], parts: list[Token], lang: str) -> None:
    """Add the whole word that `parts` make to `tokens`, when there are two or more."""
    if len(parts) > 1:
        exact = "".join(part.exact for part in parts)[:LONGEST]
        first, last = parts[0], parts[-1]
        tokens.append(Token(stem_of(exact, lang), exact, first.position, first.start, last.end, whole=True))


def fold(word: str, lang: str) -> str:
    """`word` as the exact field has it: composed, lower case, look-alike letters and accents folded."""
    word = "".join(char for char in word[: 4 * LONGEST] if unicodedata.category(char) != "Cf")
    word = _own_script(unicodedata.normalize("NFC", word), lang)
    word = _MARKS.sub("", word.translate(_FOLDS).lower())
    word = "".join(_digit(char) for char in word)
    return word[:LONGEST]


def _own_script(word: str, lang: str) -> str:
    """`word` with look-alike letters in the language's script, when it has letters of that script or no others."""
    script = TABLES["scripts"].get(lang)
    if script is None:
        return word
    table = _LOOK_ALIKES[script]
    if SCRIPTS[script].search(word) or all(ord(char) in table for char in word):
        return word.translate(table)
    return word


def _digit(char: str) -> str:
    """An ASCII digit for a decimal digit of any script."""
    return char if char.isascii() or not char.isdecimal() else str(unicodedata.decimal(char))


@lru_cache(maxsize=200_000)
def stem_of(word: str, lang: str) -> str:
    """The stem of a folded word, each distinct word stemmed once."""
    return stem(_respelt(word, lang), lang)


def _respelt(word: str, lang: str) -> str:
    """`word` with the spelling of its ending that is stemmed; the longest ending in the table counts."""
    endings = TABLES["spellings"].get(lang, {})
    starts = (start for start in range(len(word)) if word[start:] in endings) if endings else ()
    start = next(iter(starts), len(word))
    return word[:start] + str(endings.get(word[start:], ""))


def is_stop_word(exact: str, lang: str) -> bool:
    return exact in TABLES["stop_words"].get(lang, ())
