"""Tell whether a line announces a unit: "Article 12. Provisional arrest", "РАЗДЕЛ ПЕРВЫЙ", "1-бап", "ANNEX II".

Reads   one logical paragraph, the forms of its language
Writes  Announcement: which unit, the readings of its number, where the number ends and the heading begins

Whether it is a heading, and not a sentence that begins with a reference, is settled by the row of all of them (choose.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .forms import Forms, Unit
from .model import ATTACHED, Kind
from .numeral import read_numbers

KINDS = {
    "article": Kind.ARTICLE,
    "part": Kind.PART,
    "title": Kind.TITLE_DIVISION,
    "chapter": Kind.CHAPTER,
    "section": Kind.SECTION,
    "subsection": Kind.SUBSECTION,
    "annex": Kind.ANNEX,
    "appendix": Kind.APPENDIX,
    "protocol": Kind.PROTOCOL,
}
CLOSERS = re.compile(r"[)\]*_|]*(?:\s?[.:]+)?[*_|]*(?:\s?[-‐‑–—]{1,2}(?=\s|$))?\s*")
SIGNS = set(".:-‐‑–—")  # what parts a number from the words after it
WINDOW = 340  # characters that are looked at: no announcement is longer
LONGEST_BARE = 260  # characters of a line that may be an annex without a number
WORDS_FOLLOW = re.compile(r"\s[^\W\d_]")
LONGEST_MISSPELT = 40  # characters of a line that may be a misspelt heading
SHORTEST_WORD = 4  # letters: shorter words are too like others
BRACKETED_TITLE = re.compile(r"\([^\W\d]{4,}[^()]*\)[.*_]*$")


@dataclass(frozen=True)
class Announcement:
    """numbers: the readings of the number, likelier first, () when it has none; num_end: where the number with its full stop,
    colon or dash ends; rest: where the words after it begin, the length of the text when there are none.

    is_parted: a full stop, colon or dash stands between the number and the words; is_glued: nothing stands between them;
    is_capital: the word is in capitals; goes_on: the words go on in small letters, as "to the Agreement" does; is_misspelt:
    the word is
    nearly that of an article. An article may lack its number, too; then the row tells which it is.
    """

    kind: Kind
    numbers: tuple[str, ...]
    num_end: int
    rest: int
    is_parted: bool = False
    is_glued: bool = False
    is_capital: bool = False
    goes_on: bool = False
    is_misspelt: bool = False


def announce(text: str, forms: Forms, is_marked: bool = False, start: int = 0) -> Announcement | None:
    """What the words of `text` from `start` on announce, or None. is_marked: "#" says that they are a heading."""
    return _Line(text, start, forms, is_marked).read()


def announce_nearly(text: str, forms: Forms) -> Announcement | None:
    """What a line announces that a misprint keeps from being read: "ARTICEL 5", "таття 3.", "ARTICLE" without its number."""
    if len(text) > LONGEST_MISSPELT:
        return None
    folded = forms.fold(text)
    found = forms.nearly.fullmatch(folded)
    if found is None:
        return None
    word = found["word"] or found["last"]
    if not any(_is_nearly(word, each) for each, unit in forms.words.items() if unit.name == "article"):
        return None
    printed = found["number"] or found["first"] or ""
    start = folded.index(printed) if printed else 0
    numbers = read_numbers(text[start : start + len(printed)], forms.numerals, printed) if printed else ()
    is_capital = text.strip().isupper()
    if (printed and not numbers) or (not printed and not is_capital):
        return None
    return Announcement(Kind.ARTICLE, numbers, len(text), len(text), is_capital=is_capital, is_misspelt=True)


def _is_nearly(word: str, wanted: str) -> bool:
    """Whether one letter is wrong, missing, added, or two have changed places; or nothing is wrong."""
    if len(wanted) < SHORTEST_WORD or abs(len(word) - len(wanted)) > 1:
        return word == wanted
    start = next((i for i, (a, b) in enumerate(zip(word, wanted)) if a != b), min(len(word), len(wanted)))
    one, other = word[start:], wanted[start:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or (one[:2] == other[:2][::-1] and one[2:] == other[2:])


class _Line:
    def __init__(self, text: str, start: int, forms: Forms, is_marked: bool):
        self.text, self.start, self.forms, self.is_marked = text, start, forms, is_marked
        self.words = text[start : start + WINDOW]
        self.folded = forms.fold(self.words)

    def read(self) -> Announcement | None:
        before = self.forms.before.match(self.folded) if self.forms.before else None
        if before is not None:
            return self._before(before)
        after = self.forms.after.match(self.folded)
        if after is not None and not self._is_word(after):
            return self._after(after)
        glued = self._glued()
        if glued is not None:
            return self._announcement(glued, is_glued=True)
        bare = self.forms.bare.match(self.folded) if self.forms.bare and len(self.text) - self.start <= LONGEST_BARE else None
        return self._announcement(bare) if bare else None

    def _is_word(self, found: re.Match[str]) -> bool:
        """ПРОТОКОЛ О ПРОИСХОЖДЕНИИ: a letter that is a word of its own."""
        if found["number"] not in self.forms.unit(found["word"]).of | self.forms.continues:
            return False
        is_roman = self.words[slice(*found.span("number"))] in ("I", "V", "X", "І", "Х")
        return not is_roman and bool(WORDS_FOLLOW.match(self.folded, found.end()))

    def _after(self, found: re.Match[str]) -> Announcement | None:
        if not found["gap"] and not found["number"][0].isdigit():
            return None
        if self.words[found.start("word")].islower() and not self.is_marked:
            return None  # "article 5" is a reference
        return self._announcement(found)

    def _glued(self) -> re.Match[str] | None:
        """ "Article 1OBLIGATION": capitals right after the digits."""
        glued = re.search(r"\d(?=[^\W\d_]{2})", self.words[:40])
        if glued is None or not self.words[glued.end()].isupper():
            return None
        found = self.forms.after.match(self.folded[: glued.end()])
        return found if found and found.end() == glued.end() else None

    def _before(self, found: re.Match[str]) -> Announcement | None:
        if not found["gap"] and not found["number"][-1:].isdigit():
            return None
        after, last = self.words[found.end() : found.end() + 1], self.words[found.end() - 1]
        if not after.isalpha():
            return self._announcement(found)
        is_glued = after.isupper() and (self._is_capital(found) or last.islower())
        return self._announcement(found, is_glued=True) if is_glued else None

    def _announcement(self, found: re.Match[str], is_glued: bool = False) -> Announcement | None:
        unit = self.forms.unit(found["word"])
        kind = KINDS[unit.name]
        printed = self.words[slice(*found.span("number"))] if found["number"] else ""
        numbers = read_numbers(printed, self.forms.numerals, found["number"]) if printed else ()
        if not numbers and (printed or kind not in ATTACHED):
            return None
        end = self.start + found.end()
        closing = CLOSERS.match(self.text, end)
        rest = closing.end() if closing else end
        closers = self.text[end:rest].strip()
        goes_on = False
        if rest < len(self.text):
            goes_on = self._first_word(rest) in unit.of
            if not self._may_follow(rest, closers, unit, is_glued):
                return None
        return Announcement(
            kind,
            numbers,
            end + len(closers and self.text[end:rest].rstrip()),
            rest,
            bool(SIGNS & set(closers)),
            is_glued,
            self._is_capital(found),
            goes_on,
        )

    def _first_word(self, rest: int) -> str:
        return re.split(r"[\s,;.:]", self.forms.fold(self.text[rest : rest + 40]), maxsplit=1)[0]

    def _may_follow(self, rest: int, closers: str, unit: Unit, is_glued: bool) -> bool:
        """Whether the words from `rest` on can be a heading or a text of its own, and no sentence about the unit."""
        first = self.text[rest]
        if first in ",;/،؛" or (first == "(" and not BRACKETED_TITLE.match(self.text[rest : rest + WINDOW])):
            return False
        if first.isdigit() and (closers[-1:] not in (".", ":") or self.text[rest - 1] == ":"):
            return False  # "Article 4 - 7", "Article XI:4"
        word = self._first_word(rest)
        if self.is_marked or is_glued or word in unit.of:
            return True
        return not first.islower() and word not in self.forms.continues

    def _is_capital(self, found: re.Match[str]) -> bool:
        return self.words[slice(*found.span("word"))].isupper()
