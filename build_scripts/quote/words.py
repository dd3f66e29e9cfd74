"""A passage as words and signs, so that two can be compared (docs/assets/javascripts/quote-words.js is the same).

Reads   a text and its language
Writes  the text made plain, its Tokens

What it guarantees:

1. White space, line breaks, hyphens, dashes, quotation marks, bullets and invisible characters are no tokens.
2. An ellipsis of any form (…  ...  . . .  […]  (...)  <…>) is one token that stands for words left out.
3. Letters of another script that look like the language's own give the same `exact` and `key`.
4. Capital letters give the same `key`, not the same `exact`. "[T]he" is "The".
5. Time is linear in the text's length.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ..analyse import SCRIPTS, TABLES

WORD, NUMBER, SIGN, OMISSION = "word", "number", "sign", "omission"

_SPACE = re.compile("[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_FIRST_LETTER = re.compile(r"\[([^\W\d_])\](?=[^\W\d_])")
_APOSTROPHES = "'’‘ʼʻ`′"
_IGNORED = '"„‚″−_*•·‣◦|~#'
_TOKEN = re.compile(
    r"""
      (?P<dots>   [(]\ ?[E.](?:\ ?[E.])*\ ?[)]  |  [E.](?:\ ?[E.])*  )
    | (?P<word>   L(?:[LM]|A(?=L))*  )          # letters with marks, and apostrophes that are inside
    | (?P<number> D+  )
    | (?P<sign>   [P()]  )
    """,
    re.VERBOSE,
)
_LOOK_ALIKES = {script: str.maketrans(table) for script, table in TABLES["look_alikes"].items()}
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))


@dataclass(frozen=True, slots=True)
class Token:
    """kind: WORD, NUMBER, SIGN or OMISSION. exact: compared to the letter; key: without regard to capitals. start, end: in the
    plain text, in code points."""

    kind: str
    text: str
    exact: str
    key: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.kind in (WORD, NUMBER)


class _Visible(dict[int, int | None]):
    """Code point -> itself, or None when it is invisible."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)) == "Cf" else code
        return self[code]


class _Classes(dict[int, str]):
    """Code point -> what it is to `_TOKEN`."""

    def __missing__(self, code: int) -> str:
        self[code] = _class_of(chr(code))
        return self[code]


def _class_of(char: str) -> str:
    category = unicodedata.category(char)
    if char in ".… ":
        return "E" if char == "…" else char
    if char in "([<{":
        return "("
    if char in ")]>}":
        return ")"
    if char in _APOSTROPHES:
        return "A"
    if char in _IGNORED or category in ("Pd", "Pi", "Pf"):
        return "Q"
    return {"L": "L", "M": "M", "N": "D"}.get(category[0], "P")


_VISIBLE, _CLASSES = _Visible(), _Classes()


def plain(text: str) -> str:
    """`text` composed, with single spaces, none at its ends, without invisible characters."""
    text = _SPACE.sub(" ", unicodedata.normalize("NFC", text.translate(_VISIBLE))).strip(" ")
    return _FIRST_LETTER.sub(r"\1", text)


def tokens_of(text: str, lang: str) -> list[Token]:
    """The tokens of a plain text."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text.translate(_CLASSES)):
        start, end, kind = match.start(), match.end(), str(match.lastgroup)
        if kind != "dots":
            tokens.append(_token(kind, text[start:end], lang, start))
        elif "E" in match.group() or match.group().count(".") > 2:
            tokens.append(Token(OMISSION, text[start:end], "…", "…", start, end))
        else:
            tokens += [_token(SIGN, text[at], lang, at) for at in range(start, end) if text[at] != " "]
    return tokens


def _token(kind: str, text: str, lang: str, start: int) -> Token:
    exact = in_own_script(text, lang) if kind == WORD else text
    return Token(kind, text, exact, exact.lower(), start, start + len(text))


def in_own_script(word: str, lang: str) -> str:
    """`word` with look-alike letters in the language's script, when it has letters of that script or no others."""
    word = word.translate(_ONE_APOSTROPHE)
    script = TABLES["scripts"].get(lang)
    if script is None:
        return word
    table = _LOOK_ALIKES[script]
    own = SCRIPTS[script].search(word) or all(ord(char) in table for char in word)
    return word.translate(table) if own else word


def letters_of(text: str, lang: str) -> int:
    """How many letters of the language's script a text has; for a script without a table, letters of no script that has one."""
    script = TABLES["scripts"].get(lang)
    if script is not None:
        return len(SCRIPTS[script].findall(text))
    return sum(char.isalpha() for char in text) - sum(len(pattern.findall(text)) for pattern in SCRIPTS.values())
