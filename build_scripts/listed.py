"""Read the numbers that the paragraphs of one article begin with: "1.", "1)", "(a)", "(ii)", "1-1.", "A.".

Reads   the blocks between two headings
Writes  Item: a block, the form of its number and what it says; blocks in which a list goes on are cut at its numbers

A form of number is a level (articles.py). What one number alone does not tell, its neighbours do: (i) after (h) and before
(j) is a
letter, before (ii) a roman number; "1986." is no number after "2."; "1." after "3. The following:" is a list of its own when "4."
comes later.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .blocks import HEADING_LENGTH, Block, is_title
from .number import KAZAKH, LATER, LOOK_ALIKES, RUSSIAN, follows, key_of, letter_of
from .numeral import flattened, roman_value

ENUMERATOR = re.compile(
    rf"""(?P<num>
        (?P<dot> \d{{1,3}} (?: [-.] \d{{1,2}} )* (?: [ ]? (?:{"|".join(LATER)}) | [^\W\d_] )? ) \. \)? (?! [\d.] )
      | (?P<steps> \d{{1,3}} (?: \. \d{{1,2}} ){{1,3}} ) (?= \s \S )
      | \(? (?P<paren> \d{{1,3}} (?: -\d{{1,2}} )? (?: [ ]? (?:{"|".join(LATER)}) | [^\W\d_] )? ) [ ]? \)
      | \(? (?P<letter> [ivxlc]{{2,7}} | (?P<one> [^\W\d_] ) (?: (?P=one) | ـ )? (?: -\d )? ) [ ]? \)
      | (?P<lettered> [ivxIVX]{{2,5}} | [^\W\d_] ) \. (?! [\w.] )
      | (?P<dash> \d{{1,2}} ) \s? [-–—] (?= \s )
    ) \s* (?P<rest> .* ) $""",
    re.VERBOSE | re.DOTALL,
)
FORMS = ("dot", "steps", "paren", "letter", "lettered", "dash")
LARGEST_STEP = 20  # a number that jumps further than this is no number of a list ("1986. was the year")
WINDOW = 4  # blocks above in which a number that lacks is looked for
MOST_MISSING = 6
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii")
FIRST = ("a", "а", "i", "1", "أ")
ROWS = (
    tuple(LETTERS),
    ROMANS,
    tuple(RUSSIAN),
    tuple(KAZAKH),
    tuple(str(number) for number in range(1, 200)),
    tuple(LETTERS.upper()),
    tuple(number.upper() for number in ROMANS),
)
GOES_ON = re.compile(r"(?<=[.;:,!?»”\"')])\s+\(?(?P<number>\d{1,3})(?P<end>[.)])(?!\d)\s?(?=\S)")


@dataclass(frozen=True)
class Item:
    """style: "dot", "paren", "letter", "roman", "capital-letter", "capital-roman", with "-dot" for letters before a full
    stop, "nested"
    for a list 1. 2. 3. inside a paragraph; "" for a block without a number. number: as printed, without brackets; step: for
    eIds."""

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
    cut = list(_nested(list(close_gaps(list(_nested(list(_cut(blocks))))))))
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
    """Cut "1. One. 2. Two." in two where no block that follows begins with 2."""
    reads = [_read(block) for block in blocks]
    last = {"dot": "", "paren": ""}
    following = _next_numbers(reads)
    for place, (block, read) in enumerate(zip(blocks, reads)):
        own = read.form if read is not None and read.form in last else ""
        if read is not None and own:
            last[own] = _digits(read.printed)
        if block.closes:
            yield block
            continue
        yield from _cut_at(block, read.rest if read else 0, own or "dot", last, following[place])


def _next_numbers(reads: Sequence[_Read | None]) -> list[Mapping[str, str]]:
    """For each block the number of each form that the next blocks begin with."""
    after: dict[str, str] = {}
    result: list[Mapping[str, str]] = []
    for read in reversed(reads):
        result.append(dict(after))
        if read is not None and read.form in ("dot", "paren"):
            after[read.form] = _digits(read.printed)
    return result[::-1]


def _cut_at(block: Block, start: int, form: str, last: dict[str, str], following: Mapping[str, str]) -> Iterator[Block]:
    at = 0
    for found in GOES_ON.finditer(block.text, start):
        number = found["number"]
        if (found["end"] == ".") is not (form == "dot") or not last[form] or not follows(last[form], number):
            continue
        if following.get(form) == number or (block.text[found.end() : found.end() + 1].islower() and form == "dot"):
            continue
        begins = found.start() + len(found.group()) - len(found.group().lstrip())
        yield block.cut(at, begins)
        at, last[form] = begins, number
    yield block.cut(at) if at else block


def _nested(blocks: Sequence[Block]) -> Iterator[Block]:
    """Cut "1. (a) words" in two: the number of a paragraph, and the first point of its list."""
    for block in blocks:
        read = _read(block)
        while read is not None and (at := _opens_list(block, read)):
            yield block.cut(0, at)
            block = block.cut(at)
            read = _read(block)
        yield block


def _opens_list(block: Block, read: _Read) -> int:
    """Where "(a)" begins in "1. (a) words", or 0."""
    rest = block.cut(read.rest)
    inner = _read(rest) if read.form in ("dot", "paren", "letter") else None
    if (
        inner is None
        or inner.form not in ("letter", "paren")
        or (inner.form == read.form and inner.printed.lower() != "i")
        or inner.printed.lower() not in FIRST
    ):
        return 0
    return read.rest


# --- a number that stands in the middle of a block above --------------------------------------------------------------


def close_gaps(blocks: Sequence[Block]) -> list[Block]:
    """Cut blocks where a number stands that the next ones lack: "… shall: (a) one;" above "(b) two", "Resale 3. Each …"
    above "4."."""
    last: dict[tuple[str, bool], tuple[int, str]] = {}
    cuts: dict[int, list[int]] = {}
    for place, block in enumerate(blocks):
        read = _read(block)
        if read is None or read.form not in ("dot", "paren", "letter"):
            continue
        key = (_kind(read, last), read.printed.isupper())
        before = last.get(key)
        missing = _missing(before[1] if before else "", read.printed, key[0])
        goes_on = before is not None and len(missing) and missing[0] not in FIRST
        start = before[0] if goes_on and before else max(0, place - WINDOW)
        found = _find_all(blocks, missing, read, start, place) if missing else []
        for index, at in found:
            cuts.setdefault(index, []).append(at)
        last[key] = (place, read.printed)
    return [piece for index, block in enumerate(blocks) for piece in _pieces(block, sorted(set(cuts.get(index, ()))))]


def _kind(read: _Read, last: Mapping[tuple[str, bool], tuple[int, str]]) -> str:
    """Which row a number belongs to: (i) is a roman number, save after (h)."""
    if read.form != "letter" or not roman_of(read.printed):
        return read.form
    is_capital = read.printed.isupper()
    above = last.get(("roman", is_capital), (0, ""))[1]
    beside = last.get(("letter", is_capital), (0, ""))[1]
    if len(read.printed) > 1 or (above and roman_of(read.printed) == roman_of(above) + 1):
        return "roman"
    return "roman" if read.printed.lower() == "i" and beside.lower() != "h" else "letter"


def _missing(before: str, number: str, kind: str) -> list[str]:
    """The numbers as printed between `before` and `number`, or from the first one of a new list; [] when none, or too many."""
    rows = [row for row in ROWS if number in row and (row[1].lower() == "ii") is (kind == "roman")]
    row = next((row for row in rows if before in row), next(iter(rows), None))
    if row is None:
        return []
    at = row.index(number)
    start = row.index(before) + 1 if before in row and row.index(before) < at else 0
    return list(row[start:at]) if 0 < at - start <= MOST_MISSING else []


def _find_all(blocks: Sequence[Block], missing: Sequence[str], read: _Read, start: int, end: int) -> list[tuple[int, int]]:
    """Where all the missing numbers stand, in their order; [] when one does not."""
    found: list[tuple[int, int]] = []
    index, at = start, 1
    for number in missing:
        pattern = re.compile(re.escape(read.num.replace(read.printed, number, 1)) + r"(?=\s*[^\W\d_(]|\s*\()")
        while index < end:
            text = blocks[index].text
            match = next((m for m in pattern.finditer(text, at) if _stands_apart(text, m.start(), read.form)), None)
            if match is not None:
                break
            index, at = index + 1, 1
        else:
            return []
        found.append((index, match.start()))
        at = match.end()
    return found


def _stands_apart(text: str, at: int, form: str) -> bool:
    """Whether a number in the middle of a block begins an item: a sign stands before it, or a title."""
    before = text[:at].rstrip()
    if len(before) == at or not before:
        return False
    return before[-1] in ".;:,–—" or (form == "dot" and at <= HEADING_LENGTH and is_title(before) and before[-1].isalpha())


def _pieces(block: Block, cuts: Sequence[int]) -> Iterator[Block]:
    at = 0
    for cut in cuts:
        yield block.cut(at, cut)
        at = cut
    yield block.cut(at) if at else block


def _digits(printed: str) -> str:
    """The number for eIds: 1.2А is 1-2a."""
    folded = "".join(
        str(int(one))
        if one.isdecimal()
        else "-"
        if one in ".-"
        else one
        if one in "-"
        else letter_of(one)
        if one.isalpha()
        else "-"
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
        if style == "dot" and self._is_nested(place, number, last):
            return "nested", number
        if style == "dot" and self.blocks[place].text[read.rest : read.rest + 1].islower() and not follows(last or "0", number):
            return None  # "2017. жылғы"
        return style, number

    def _raised(self, place: int, form: str, number: str, last: str) -> str:
        """21 is 2-1 between 2 and 3: copies lose the raised figure of 2¹."""
        raised = next((reading for reading in flattened(number)[:1] if last and follows(last, reading)), number)
        if raised == number or follows(last, number):
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
            following is not None
            and len(following.printed) == 1
            and follows(letter_of(read.printed[0]), letter_of(following.printed))
        )

    def _is_lettered_list(self, place: int, read: _Read, style: str, value: int) -> bool:
        """ "a." or "I.": a list only where the neighbours go on; else it is an initial."""
        last = self._last(style)
        if last:
            return value == roman_of(last) + 1 if value else follows(letter_of(last[0]), letter_of(read.printed[0]))
        if value:
            return value == 1 and self._next_is(place, 2)
        return letter_of(read.printed[0]) == "a" and self._next_is_letter(place, read)
