"""A passage laid beside the place where it stands, token by token (docs/assets/javascripts/quote-align.js is the same).

Reads   the tokens of a passage and of a text, the runs that are the same
Writes  Steps: what in the passage stands beside what in the text, in order

Between runs the cheapest alignment is computed, as long as both sides are short; what is longer counts as another text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .place import Run, SourceToken, Text
from .words import OMISSION, SIGN, Token

CELLS, ALL_CELLS = 60_000, 1_000_000  # of one alignment, of all in a passage
NEVER = 10**6
CAPITAL, OTHER_SIGN, OTHER_NUMBER, OTHER_ENDING, OTHER_WORD = 1, 3, 3, 3, 7  # one for another
WHOLE_WORD, WHOLE_SIGN = 4, 2  # too much or too little
AT_END = 3  # one word for another at the ends of a passage or beside words left out: more likely than one too many
FEW = 4  # words at an end for which that holds
STEM = 3  # letters that two words must share to be each other's beginning or end


@dataclass(frozen=True, slots=True)
class Step:
    """given: a token of the passage; source: a token of the text beside it. One of the two may be missing; for an omission
    the words left out are no steps."""

    given: int | None
    source: int | None


@dataclass(frozen=True, slots=True)
class Slice:
    """Tokens of both sides that stand between what is the same. is_head, is_tail: the text goes on before, after."""

    given: range
    source: range
    is_head: bool = False
    is_tail: bool = False


def align(given: Sequence[Token], text: Text, runs: Iterable[Run]) -> list[Step]:
    """All tokens of `given` in order, each with its like in the text; between them what the passage lacks."""
    pairs = _pairs(given, text, runs)
    steps: list[Step] = []
    left = ALL_CELLS
    for part in _slices(pairs, len(given), len(text.tokens)):
        cells = len(part.given) * len(part.source)
        if cells > min(CELLS, left):
            steps += _unlike(part, given)
        else:
            left -= cells
            steps += _aligned(part, given, text.tokens)
        if not part.is_tail:
            at, place = part.given.stop, part.source.stop
            steps.append(Step(at, place))
    return steps


def _pairs(given: Sequence[Token], text: Text, runs: Iterable[Run]) -> list[tuple[int, int]]:
    places = [at for at, token in enumerate(given) if token.is_word]
    return [(places[run.i + n], text.words[run.p + n]) for run in runs for n in range(run.length)]


def _slices(pairs: Sequence[tuple[int, int]], given: int, source: int) -> Iterable[Slice]:
    first, last = pairs[0], pairs[-1]
    yield Slice(range(first[0]), range(max(0, first[1] - _reach(first[0])), first[1]), is_head=True)
    for (at, place), (next_at, next_place) in zip(pairs, pairs[1:]):
        yield Slice(range(at + 1, next_at), range(place + 1, next_place))
    left = given - last[0] - 1
    yield Slice(range(last[0] + 1, given), range(last[1] + 1, min(source, last[1] + 1 + _reach(left))), is_tail=True)


def _reach(count: int) -> int:
    """How many tokens of the text may stand beside `count` of the passage at its ends."""
    return 2 * count + 12 if count else 0


def _unlike(part: Slice, given: Sequence[Token]) -> list[Step]:
    """A slice too long to align: all of it is other words, or words left out."""
    steps = [Step(at, None) for at in part.given]
    omits = any(given[at].kind == OMISSION for at in part.given)
    return steps if part.is_head or part.is_tail or omits else steps + [Step(None, place) for place in part.source]


def _aligned(part: Slice, given: Sequence[Token], source: Sequence[SourceToken]) -> list[Step]:
    """The cheapest alignment of a slice. Among equals: a pair before a token of the passage before one of the text."""
    rows, columns = len(part.given), len(part.source)
    if not rows:
        return [Step(None, place) for place in part.source]
    other_word = _other_word(part, given)
    costs = [[0] * (columns + 1) for _ in range(rows + 1)]
    dropped = [_lack(source[place]) for place in part.source]
    for row in range(rows + 1):
        token = given[part.given[row - 1]] if row else None
        is_free = (row == 0 and part.is_head) or (row == rows and part.is_tail) or (token and token.kind == OMISSION)
        added = _excess(token) if token else 0
        for column in range(columns + 1):
            best = 0 if not row and not column else NEVER
            if token and column:
                best = min(best, costs[row - 1][column - 1] + _pair(token, source[part.source[column - 1]], other_word))
            if token:
                best = min(best, costs[row - 1][column] + added)
            if column:
                best = min(best, costs[row][column - 1] + (0 if is_free else dropped[column - 1]))
            costs[row][column] = best
    return _trace(part, given, source, costs, other_word)


def _trace(
    part: Slice, given: Sequence[Token], source: Sequence[SourceToken], costs: Sequence[Sequence[int]], other_word: int
) -> list[Step]:
    steps = []
    row, column = len(part.given), len(part.source)
    while row or column:
        at, place = part.given.start + row - 1, part.source.start + column - 1
        here = costs[row][column]
        if row and column and here == costs[row - 1][column - 1] + _pair(given[at], source[place], other_word):
            steps.append(Step(at, place))
            row, column = row - 1, column - 1
        elif row and here == costs[row - 1][column] + _excess(given[at]):
            steps.append(Step(at, None))
            row -= 1
        else:
            left_out = (row == 0 and part.is_head) or (row == len(part.given) and part.is_tail)
            if not left_out and not (row and given[at].kind == OMISSION):
                steps.append(Step(None, place))
            column -= 1
    return steps[::-1]


def _other_word(part: Slice, given: Sequence[Token]) -> int:
    tokens = [given[at] for at in part.given]
    is_end = part.is_head or part.is_tail or any(token.kind == OMISSION for token in tokens)
    return AT_END if is_end and sum(token.is_word for token in tokens) <= FEW else OTHER_WORD


def _pair(given: Token, source: SourceToken, other_word: int) -> int:
    token = source.token
    if given.kind == OMISSION or (given.kind == SIGN) != (token.kind == SIGN):
        return NEVER
    if given.exact == token.exact:
        return 0
    if given.key == token.key:
        return CAPITAL
    if given.kind == SIGN:
        return OTHER_SIGN
    if source.free and _may_number(given) and _may_number(token):
        return OTHER_NUMBER
    return OTHER_ENDING if _shares_stem(given.key, token.key) else other_word


def _may_number(token: Token) -> bool:
    return token.kind == "number" or len(token.key) == 1


def _shares_stem(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= STEM and (long.startswith(short) or long.endswith(short))


def _excess(given: Token) -> int:
    if given.kind == OMISSION:
        return 0
    return WHOLE_SIGN if given.kind == SIGN else WHOLE_WORD


def _lack(source: SourceToken) -> int:
    if source.free:
        return 0
    return WHOLE_SIGN if source.token.kind == SIGN else WHOLE_WORD
