"""Read the numbers that the paragraphs of one article begin with: "1.", "1)", "(a)", "(ii)", "1-1.", "A.".

Reads   the blocks between two headings
Writes  Item: a block, the form of its number and what it says; blocks in which a list goes on are cut at its numbers

A form of number is a level (articles.py). What one number alone does not tell, its neighbours do: (i) after (h) and before (j) is a
letter, before (ii) a roman number; "1986." is no number after "2."; "1." after "3. The following:" is a list of its own when "4."
comes later.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .blocks import Block
from .number import LATER, LOOK_ALIKES, follows, key_of, letter_of
from .numeral import roman_value

ENUMERATOR = re.compile(
    rf"""(?P<num>
        (?P<dot> \d{{1,3}} (?: [-.] \d{{1,2}} )* (?: [ ]? (?:{'|'.join(LATER)}) | [^\W\d_] )? ) \. \)? (?! [\d.] )
      | (?P<steps> \d{{1,3}} (?: \. \d{{1,2}} ){{1,3}} ) (?= \s \S )
      | \(? (?P<paren> \d{{1,3}} (?: -\d{{1,2}} )? (?: [ ]? (?:{'|'.join(LATER)}) | [^\W\d_] )? ) [ ]? \)
      | \(? (?P<letter> [ivxlc]{{2,7}} | (?P<one> [^\W\d_] ) (?: (?P=one) | ـ )? (?: -\d )? ) [ ]? \)
      | (?P<lettered> [ivxIVX]{{2,5}} | [^\W\d_] ) \. (?! [\w.] )
      | (?P<dash> \d{{1,2}} ) \s? [-–—] (?= \s )
    ) \s* (?P<rest> .* ) $""",
    re.VERBOSE | re.DOTALL,
)
FORMS = ("dot", "steps", "paren", "letter", "lettered", "dash")
LARGEST_STEP = 20  # a number that jumps further than this is no number of a list ("1986. was the year")
GOES_ON = re.compile(r"(?<=[.;:,!?»”\"')])\s+\(?(?P<number>\d{1,3})(?P<end>[.)])(?!\d)\s?(?=\S)")


@dataclass(frozen=True)
class Item:
    """style: "dot", "paren", "letter", "roman", "capital-letter", "capital-roman", with "-dot" for letters before a full stop, "nested"
    for a list 1. 2. 3. inside a paragraph; "" for a block without a number. number: as printed, without brackets; step: for eIds."""

    block: Block
    style: str = ""
    num: str = ""
    number: str = ""
    words: Block | None = None


@dataclass(frozen=True)
class _Read:
    """What a block begins with, before its neighbours are asked."""

    form: str
    num: str
    printed: str
    rest: int


def items(blocks: Sequence[Block]) -> list[Item]:
    """The blocks of one article with their numbers."""
    cut = list(_cut(blocks))
    return list(_Settler(cut, [_read(block) for block in cut]).run())


def _read(block: Block) -> _Read | None:
    if block.closes:
        return None
    found = ENUMERATOR.match(block.text)
    if found is None:
        return None
    form = next(form for form in FORMS if found[form])
    printed = found[form]
    rest = found["rest"]
    if any(step.startswith("0") for step in re.findall(r"\d+", printed)):
        return None
    if form == "steps" and (rest[:1].islower() or not rest[:1].isalpha()):
        return None  # "1.5 million"
    return _Read("dot" if form == "steps" else form, found["num"], printed, found.start("rest"))


# --- a list that goes on in the middle of a block ------------------------------------------------------------------


def _cut(blocks: Sequence[Block]) -> Iterator[Block]:
    """Cut "1. One. 2. Two." in two where the next block does not begin with 2."""
    for place, block in enumerate(blocks):
        following = _read(blocks[place + 1]) if place + 1 < len(blocks) else None
        read = _read(block)
        if read is not None:
            nested = _opens_list(block, read)
            if nested:
                yield replace(block.cut(0, nested))
                yield from _cut_at(block.cut(nested), _read(block.cut(nested)), following)
                continue
        yield from _cut_at(block, read, following)


def _opens_list(block: Block, read: _Read) -> int:
    """Where "(a)" begins in "1. (a) words", or 0."""
    rest = block.cut(read.rest)
    inner = _read(rest) if read.form in ("dot", "paren") else None
    if inner is None or inner.form == read.form or inner.form not in ("letter", "paren") or inner.printed.lower() not in ("a", "а", "i", "1"):
        return 0
    return read.rest


def _cut_at(block: Block, read: _Read | None, following: _Read | None) -> Iterator[Block]:
    if read is None or read.form not in ("dot", "paren") or block.closes:
        yield block
        return
    sign = read.num[-1]
    at, last = 0, _digits(read.printed)
    for found in GOES_ON.finditer(block.text, read.rest):
        number = found["number"]
        if found["end"] != sign or not follows(last, number):
            continue
        after = block.text[found.end() : found.end() + 1]
        if following is not None and following.form == read.form and _digits(following.printed) == number:
            break
        if after.islower() and sign == ".":
            continue
        start = found.start() + len(found.group()) - len(found.group().lstrip())
        yield block.cut(at, start)
        at, last = start, number
    yield block.cut(at) if at else block


def _digits(printed: str) -> str:
    """The number for eIds: 1.2А is 1-2a."""
    folded = "".join(
        str(int(one)) if one.isdecimal() else "-" if one in ".-" else one if one in "-" else letter_of(one) if one.isalpha() else "-"
        for one in printed
    )
    return next((f"{folded[: -len(later)].rstrip('-')}-{later}" for later in LATER if folded.endswith(later)), folded)


def roman_of(printed: str) -> int:
    """The value of a roman number, also of one in Cyrillic letters; 0 when it is none."""
    return roman_value(printed.lower().translate(LOOK_ALIKES))


# --- what the neighbours tell --------------------------------------------------------------------------------------


class _Settler:
    def __init__(self, blocks: Sequence[Block], reads: Sequence[_Read | None]):
        self.blocks, self.reads = blocks, reads
        self.open: list[tuple[str, str]] = []  # (style, last number) of the lists that are open, outermost first
        self.following = self._following()
        self.places: dict[tuple[str, str], list[int]] = {}  # where each number of each form stands
        for place, read in enumerate(reads):
            if read is not None:
                self.places.setdefault((read.form, _digits(read.printed)), []).append(place)

    def _following(self) -> list[_Read | None]:
        """For each block the next number of the same form after it."""
        after: dict[tuple[str, bool], _Read] = {}
        result: list[_Read | None] = []
        for read in reversed(self.reads):
            if read is None:
                result.append(None)
                continue
            key = (read.form, read.printed.isupper())
            result.append(after.get(key))
            after[key] = read
        return result[::-1]

    def run(self) -> Iterator[Item]:
        for place, (block, read) in enumerate(zip(self.blocks, self.reads)):
            settled = self._settle(place, read) if read is not None else None
            if read is None or settled is None:
                yield Item(block)
                continue
            style, number = settled
            self._opened(style, number)
            words = block.cut(read.rest)
            yield Item(block, style, read.num, number, words if words.text else None)

    def _opened(self, style: str, number: str) -> None:
        styles = [each for each, _ in self.open]
        if style in styles:
            del self.open[styles.index(style) :]
        elif style == "dot" and not any(each.startswith("capital") for each in styles):
            self.open.clear()
        self.open.append((style, number))

    def _last(self, style: str) -> str:
        return next((number for each, number in self.open if each == style), "")

    def _settle(self, place: int, read: _Read) -> tuple[str, str] | None:
        if read.form in ("dot", "paren", "dash"):
            return self._settle_digits(place, read)
        return self._settle_letter(place, read)

    def _settle_digits(self, place: int, read: _Read) -> tuple[str, str] | None:
        style = "paren" if read.form == "paren" else "dot"
        last = self._last(style)
        number = self._raised(place, read.form, _digits(read.printed), last)
        if key_of(number)[0] > (key_of(last)[0] if last else 0) + LARGEST_STEP:
            return None
        if read.form == "dash" and not self._is_dashed_list(place, number, last):
            return None
        if style == "dot" and self.blocks[place].text[read.rest : read.rest + 1].islower() and not follows(last or "0", number):
            return None  # "2017. жылғы"
        return ("nested" if style == "dot" and self._is_nested(place, number, last) else style), number

    def _raised(self, place: int, form: str, number: str, last: str) -> str:
        """21 is 2-1 between 2 and 3: copies lose the raised figure of 2¹."""
        raised = f"{number[:-1]}-{number[-1]}"
        if not (last and number.isdigit() and len(number) > 1) or follows(last, number) or not follows(last, raised):
            return number
        places = self.places.get((form, str(key_of(last)[0] + 1)), [])
        return raised if bisect_right(places, place) < len(places) else number

    def _is_nested(self, place: int, number: str, outer: str) -> bool:
        """A list 1. 2. 3. inside a paragraph: it follows a colon, and the numbers of the paragraphs do not go on with it."""
        inner = self._last("nested")
        above = self.blocks[place - 1].text[-1:] if place else ""
        following = self.following[place]
        if inner and follows(inner, number):
            return not follows(outer, number) or above in ";,"
        begins = bool(outer) and number == "1" and above == ":"
        return begins and following is not None and _digits(following.printed) == "2"

    def _is_dashed_list(self, place: int, number: str, last: str) -> bool:
        following = self.following[place]
        if not last:
            return number == "1" and following is not None and _digits(following.printed) == "2"
        return follows(last, number)

    def _settle_letter(self, place: int, read: _Read) -> tuple[str, str] | None:
        case = "capital-" if read.printed.isupper() and read.printed.lower() != read.printed.upper() else ""
        tail = "-dot" if read.form == "lettered" else ""
        roman, letter = f"{case}roman{tail}", f"{case}letter{tail}"
        value = roman_of(read.printed)
        is_letter = len(read.printed.partition("-")[0].rstrip("ـ")) == 1 or not value
        is_roman = bool(value) and self._is_roman(place, value, roman, letter, read, is_letter)
        style = roman if is_roman else letter
        if tail and not self._is_lettered_list(place, read, style, value if is_roman else 0):
            return None
        return style, read.printed

    def _is_roman(self, place: int, value: int, roman: str, letter: str, read: _Read, is_letter: bool) -> bool:
        if not is_letter:
            return True
        last_roman, last_letter = roman_of(self._last(roman)), self._last(letter)
        goes_on = value == last_roman + 1
        after_letter = bool(last_letter) and follows(letter_of(last_letter[0]), letter_of(read.printed[0]))
        if not goes_on or (after_letter and not last_roman and not self._next_is(place, value + 1)):
            return False
        return not (after_letter and last_roman and self._next_is_letter(place, read))

    def _next_is(self, place: int, value: int) -> bool:
        following = self.following[place]
        return following is not None and roman_of(following.printed) == value

    def _next_is_letter(self, place: int, read: _Read) -> bool:
        following = self.following[place]
        return (
            following is not None and len(following.printed) == 1 and follows(letter_of(read.printed[0]), letter_of(following.printed))
        )

    def _is_lettered_list(self, place: int, read: _Read, style: str, value: int) -> bool:
        """"a." or "I.": a list only where the neighbours go on; else it is an initial."""
        last = self._last(style)
        if last:
            return value == roman_of(last) + 1 if value else follows(letter_of(last[0]), letter_of(read.printed[0]))
        if value:
            return value == 1 and self._next_is(place, 2)
        return letter_of(read.printed[0]) == "a" and self._next_is_letter(place, read)
