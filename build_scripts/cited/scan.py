"""Cut a text into the tokens that citations are made of.

Reads   a text, the forms of its language
Writes  tokens: numbers, words (with what they are in a citation) and marks, with their places in code points

One pass; no pattern can match in two ways, so the work grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..citations import PLAIN, ReferenceForms, Word

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
TOKEN = re.compile(
    rf"""
      (?P<number> [0-9]+ )
    | (?P<raised> [{SUPERSCRIPTS}]+ )                                  # 67¹
    | (?P<word> [^\W\d_{SUPERSCRIPTS}]+ (?: [-‐‑'’] [^\W\d_{SUPERSCRIPTS}]+ )* )
    | (?P<gap> \n [ \t\r]* \n )                                       # an empty line ends what was being said
    | (?P<mark> [^\w\s*] )                                            # asterisks are emphasis: (*b*)
    """,
    re.VERBOSE,
)
MARKS = {
    **dict.fromkeys("-‐‑", "hyphen"),
    **dict.fromkeys("–—−‒", "dash"),
    **dict.fromkeys("([", "open"),
    **dict.fromkeys(")]", "close"),
    **dict.fromkeys("\"«»“”„‟'‘’", "quote"),
    **dict.fromkeys(";:!?", "stop"),
    **dict.fromkeys("№#$€%°", "sign"),
    ",": "comma",
    ".": "dot",
    "/": "slash",
}


class Token(NamedTuple):
    """kind: "number", "raised", the name of a mark, or the kind of the word. is_glued: no white space before it."""

    kind: str
    text: str
    start: int
    end: int
    is_glued: bool
    word: Word = PLAIN


def scan(text: str, forms: ReferenceForms) -> list[Token]:
    """The tokens of `text`, with one of kind "end" after the last."""
    tokens: list[Token] = []
    at = -1
    for found in TOKEN.finditer(text):
        start, end = found.span()
        kind, words = found.lastgroup or "", found.group()
        glued = at == start or (start > 0 and text[start - 1] == "*")
        if kind == "word":
            word = forms.word(words)
            tokens.append(Token(word.kind, words, start, end, glued, word))
        elif kind == "mark":
            tokens.append(Token(MARKS.get(words, "other"), words, start, end, glued))
        else:
            tokens.append(Token("stop" if kind == "gap" else kind, words, start, end, glued))
        at = end
    tokens.append(Token("end", "", len(text), len(text), False))
    return tokens
