"""Read single numbers and letters of a citation from the tokens.

Reads   tokens, and where to look
Writes  atoms: "12-1", "IV", "(a)", "«б»", "2)", "second"; lists of atoms that have parts below them: 1 (a) (ii)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..citations import SCRIPTS, ReferenceForms
from .model import Place
from .scan import SUPERSCRIPTS, Token

RAISED = str.maketrans(SUPERSCRIPTS, "0123456789")
ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
UPPER_ROMAN = re.compile(r"(?: X{0,3} | XL | L X{0,3} | XC ) (?: I{1,3} | IV | VI{0,3} | IX | (?<=.) )", re.VERBOSE)
LOWER_ROMAN = re.compile(r"x{0,2} (?: i{1,3} | iv | vi{0,3} | ix | (?<=.) )", re.VERBOSE)
DIGITS, BRACKETED, LETTER, ROMAN, ORDINAL = "digits", "bracketed digits", "letter", "roman", "ordinal"
DEEPEST = 5  # atoms in one path: 1 (a) (ii) has three


@dataclass(frozen=True)
class Atom:
    """One number or letter. second: the number after its hyphen, until it is known whether it is 10 to 12 or 12-1."""

    form: str
    printed: str
    place: Place
    second: str = ""


@dataclass(frozen=True)
class Branch:
    """One item of a list: an atom with those below it. ends_range: the one before it begins a range that this ends."""

    atoms: tuple[Atom, ...]
    ends_range: bool = False


class Atoms:
    """Reads atoms at places in the tokens. Every method gives what it read and the place after it, or None."""

    def __init__(self, tokens: Sequence[Token], forms: ReferenceForms):
        self.tokens, self.forms = tokens, forms

    def kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else "end"

    def glued(self, at: int, *kinds: str) -> bool:
        return self.kind(at) in kinds and self.tokens[at].is_glued

    def number(self, at: int) -> tuple[Atom, int] | None:
        """Digits, with what was inserted after them: 12, 12-1, 12.1 (where that is an insertion), 67¹, 12 bis."""
        token = self.tokens[at]
        if token.kind != "number" or len(token.text) > 4:
            return None
        if self.kind(at - 1) in ("sign", "number_sign"):
            return None
        if self.glued(at, "number") and self.kind(at - 1) in ("slash", "dot", "stop") and self.kind(at - 2) == "number":
            return None  # the month of 01.11.2017
        printed, second, end = token.text.lstrip("0") or "0", "", at + 1
        if self.glued(end, "raised"):
            printed, end = f"{printed}-{self.tokens[end].text.translate(RAISED)}", end + 1
        elif self._has_part(end, "hyphen"):
            second, end = self.tokens[end + 1].text, end + 2
        elif self.forms.dot_inserts and self._has_part(end, "dot"):
            printed, end = f"{printed}-{self.tokens[end + 1].text}", end + 2
        elif self.kind(end) == "inserted":
            printed, end = printed + self.tokens[end].text.lower(), end + 1
        if self.glued(end, "sign", "slash") or (self._has_part(end, "dot") and self.forms.dot_inserts):
            return None
        return Atom(DIGITS, printed, (token.start, self.tokens[end - 1].end), second), end

    def _has_part(self, at: int, mark: str) -> bool:
        """Whether `mark` and a number of one or two digits are glued to what stands before `at`."""
        return self.glued(at, mark) and self.glued(at + 1, "number") and len(self.tokens[at + 1].text) <= 2

    def ordinal(self, at: int) -> tuple[Atom, int] | None:
        """A number in words: second, «он екінші»."""
        tens = self.tokens[at].word.number * 10 if self.kind(at) == "tens" else 0
        last = at + (tens > 0)
        if self.kind(last) != "ordinal":
            return None
        number = tens + self.tokens[last].word.number
        return Atom(ORDINAL, str(number), (self.tokens[at].start, self.tokens[last].end)), last + 1

    def upper_roman(self, at: int) -> tuple[Atom, int] | None:
        token = self.tokens[at]
        text = token.text.translate(SCRIPTS["latin"])
        if len(text) > 7 or not UPPER_ROMAN.fullmatch(text):
            return None
        return Atom(DIGITS, str(roman(text)), (token.start, token.end)), at + 1

    def misprinted_one(self, at: int) -> tuple[Atom, int] | None:
        """The letter l, or I, that stands for the number 1: paragraph l(a)."""
        token = self.tokens[at]
        return (Atom(DIGITS, "1", (token.start, token.end)), at + 1) if token.text in ("l", "I") else None

    def marked(self, at: int) -> tuple[Atom, int] | None:
        """What brackets or quotation marks show to be a number or letter: (a), a), «a», (1), 1)."""
        opened = self.kind(at) in ("open", "quote")
        inner = self._letter(at + opened) or (self._plain_digits(at + opened) if self.kind(at) != "quote" else None)
        if inner is None:
            return None
        atom, end = inner
        if self.kind(end) != ("quote" if self.kind(at) == "quote" else "close"):
            return None
        if atom.form == DIGITS and opened:
            atom = replace(atom, form=BRACKETED)
        return replace(atom, place=(self.tokens[at].start, self.tokens[end].end)), end + 1

    def _plain_digits(self, at: int) -> tuple[Atom, int] | None:
        found = self.number(at)
        if found is None or not found[0].second:
            return found
        atom, end = found
        return replace(atom, printed=f"{atom.printed}-{atom.second}", second=""), end

    def _letter(self, at: int) -> tuple[Atom, int] | None:
        """A letter, also with a number after it (д1), or a small Roman number."""
        token = self.tokens[at]
        text = token.text.lower()
        if not text.isalpha() or not (len(text) == 1 or (len(text) <= 5 and LOWER_ROMAN.fullmatch(text))):
            return None
        form, end = (LETTER if len(text) == 1 else ROMAN), at + 1
        if self.glued(end, "raised") or (self.glued(end, "number") and len(self.tokens[end].text) <= 2):
            text, end = f"{text}-{self.tokens[end].text.translate(RAISED)}", end + 1
        elif self._has_part(end, "hyphen"):
            text, end = f"{text}-{self.tokens[end + 1].text}", end + 2
        return Atom(form, text, (token.start, self.tokens[end - 1].end)), end

    def bare_letter(self, at: int, is_before_unit: bool = False) -> tuple[Atom, int] | None:
        """A letter without marks; a word may not follow it ("at some point a State")."""
        found = self._letter(at)
        if found is None or not (
            is_before_unit or self.kind(found[1]) in ("of", "unit", "comma", "dot", "stop", "and", "end", "close")
        ):
            return None
        return found

    def glued_letter(self, at: int) -> tuple[Atom, int] | None:
        """The b of "1b"."""
        token = self.tokens[at]
        if not token.is_glued or len(token.text) != 1 or not token.text.isalpha() or self.glued(at + 1, "number", "hyphen"):
            return None
        return Atom(LETTER, token.text.lower(), (token.start, token.end)), at + 1

    def chain(self, atoms: tuple[Atom, ...], at: int, is_article: bool) -> tuple[tuple[Atom, ...], int]:
        """The atoms with those below the last one: the (1)(e) of 4(1)(e), the a) (i) of 1 a) (i)."""
        while len(atoms) < DEEPEST:
            found = self._below(atoms[-1], at, is_article and len(atoms) == 1)
            if found is None:
                break
            atom, at = found
            if atom.form == LETTER and atoms[-1].form == LETTER and LOWER_ROMAN.fullmatch(atom.printed):
                atom = replace(atom, form=ROMAN)
            atoms = (*atoms, atom)
        return atoms, at

    def _below(self, last: Atom, at: int, is_article: bool) -> tuple[Atom, int] | None:
        if is_article and self._has_part(at, "dot"):  # Article 4.1
            token = self.tokens[at + 1]
            return Atom(BRACKETED, token.text, (token.start, token.end)), at + 2
        found = self.marked(at) or (self.glued_letter(at) if last.form in (DIGITS, BRACKETED) else None)
        if found is None or found[0].form == DIGITS:
            return None
        form = found[0].form
        if form == BRACKETED and not (is_article or self.tokens[at].is_glued):
            return None
        return (
            found
            if last.form in (DIGITS, BRACKETED) or form in (BRACKETED, ROMAN) or found[0].printed in ("i", "v", "x")
            else None
        )

    def separator(self, at: int) -> tuple[bool, int] | None:
        """What may stand between two items of a list; whether it makes a range of them."""
        start, is_range = at, False
        while at - start < 5:
            if self.kind(at) == "open" and self.kind(at + 1) == "and" and self.kind(at + 2) == "close":  # and (or)
                at += 3
            elif self.kind(at) in ("comma", "and", "slash", "range", "dash", "hyphen"):
                is_range = is_range or self.kind(at) in ("range", "dash", "hyphen")
                at += 1
            else:
                break
        return (is_range, at) if at > start else None


def split(branches: Sequence[Branch], is_plural: bool) -> tuple[Branch, ...]:
    """The branches with each "10-12" decided: two ends of a range, where several are meant and the second is larger, or the
    one number 10-12."""
    result: list[Branch] = []
    for branch in branches:
        first = branch.atoms[0]
        if not first.second:
            result.append(branch)
        elif is_plural and first.printed.isdigit() and int(first.second) > int(first.printed):
            middle = first.place[0] + len(first.printed)
            result.append(Branch((replace(first, second="", place=(first.place[0], middle)),), branch.ends_range))
            last = replace(first, printed=first.second, second="", place=(first.place[1] - len(first.second), first.place[1]))
            result.append(Branch((last, *branch.atoms[1:]), True))
        else:
            result.append(
                replace(branch, atoms=(replace(first, printed=f"{first.printed}-{first.second}", second=""), *branch.atoms[1:]))
            )
    return tuple(result)


def roman(text: str) -> int:
    """The value of a Roman number: IV is 4."""
    values = [ROMAN_VALUES[letter] for letter in text.lower()]
    return sum(-value if following > value else value for value, following in zip(values, [*values[1:], 0]))
