"""Where in the texts a passage stands, as nearly as can be found (docs/assets/javascripts/quote-place.js is the same).

Reads   the texts of one language, the words of a passage
Writes  a Found: the text, and runs of words that stand there as in the passage, in the same order

Groups of three words are looked up in an index and grow into runs; runs that follow one another in passage and text are
chained, at a price for what lies between. Frequent groups are left aside, so that time grows with the length of the passage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..passages import Row
from .words import Token, tokens_of

COMMON = 40  # places of a group of words that are looked at, in the texts and in the passage
SHORT = 12  # words of a passage in which pairs of words are looked up too
LONG = 12  # words of a run that make short ones beside it needless
WORTH = 4  # of a word that is the same; the prices below are in the same unit
FAR, FAR_OMITTED, STEP = 24, 8, 4  # going on elsewhere; the same where words are left out; any break
CUTS = (0, 1, 2, 3, 4, 6, 8)  # words by which a run may be cut short for the next to begin
BUCKET, NEAR = 64, 24  # words of a bucket; runs of a bucket that are looked at as neighbours
BORDER = "\n"  # no word; stands between texts


@dataclass(frozen=True, slots=True)
class SourceToken:
    """A token of a text. row: the row it stands in; free: it belongs to a number or a heading, which a passage may leave out."""

    token: Token
    row: int
    free: bool


@dataclass(frozen=True)
class Text:
    """A treaty's text in one language. words: the places of its words among its tokens. sizes: how many provisions with words
    an article, paragraph or point has."""

    treaty: str
    lang: str
    authority: str
    rows: tuple[Row, ...]
    strings: tuple[str, ...]  # of each row: its number and its words
    tokens: tuple[SourceToken, ...]
    words: tuple[int, ...]
    sizes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are the same: from word `i` of the passage, from word `p` of the text."""

    i: int
    p: int
    length: int


@dataclass(frozen=True)
class Found:
    text: Text
    runs: tuple[Run, ...]
    score: int


@dataclass(frozen=True)
class Words:
    """The words of a passage. segments: for each, how many omissions stand before it."""

    keys: Sequence[str]
    segments: Sequence[int]

    @property
    def longest(self) -> int:
        counts: dict[int, int] = {}
        for segment in self.segments:
            counts[segment] = counts.get(segment, 0) + 1
        return max(counts.values(), default=0)


def make_text(treaty: str, lang: str, authority: str, rows: Iterable[Row]) -> Text:
    rows = tuple(rows)
    strings, tokens = [], []
    for number, row in enumerate(rows):
        strings.append(f"{row.number} {row.words}".strip())
        for token in tokens_of(strings[-1], lang):
            tokens.append(SourceToken(token, number, row.is_heading or token.start < len(row.number)))
    words = tuple(at for at, token in enumerate(tokens) if token.token.is_word)
    sizes = sizes_of(dict.fromkeys(row.eid for row in rows if not row.is_heading))
    return Text(treaty, lang, authority, rows, tuple(strings), tuple(tokens), words, sizes)


def shelves_of(texts: Sequence[Text]) -> tuple[Shelf, Shelf]:
    """The texts as they are printed, and without numbers and headings: a passage may be quoted either way."""
    bare = [replace(text, words=tuple(at for at in text.words if not text.tokens[at].free)) for text in texts]
    return Shelf(texts), Shelf(bare)


def sizes_of(eids: Iterable[str]) -> dict[str, int]:
    """How many of `eids` belong to each article, paragraph and point."""
    sizes: dict[str, int] = {}
    for eid in eids:
        for unit in units_of(eid):
            sizes[unit] = sizes.get(unit, 0) + 1
    return sizes


def units_of(eid: str) -> list[str]:
    """The units of an article that a provision belongs to, the article first, itself last; outside the articles itself."""
    if not eid.startswith("art_"):
        return [eid]
    segments = eid.split("__")
    return ["__".join(segments[:count]) for count in range(1, len(segments) + 1)]


def whole_units(eids: Sequence[str], text: Text) -> tuple[str, ...]:
    """`eids` in which all parts of a unit are named by the unit."""
    sizes = sizes_of(eids)
    found = [
        next((unit for unit in units_of(eid) if sizes[unit] == text.sizes.get(unit)), eid) for eid in eids
    ]
    return tuple(dict.fromkeys(found))


@dataclass
class Shelf:
    """The texts of one language, and where each group of words stands in them."""

    texts: Sequence[Text]
    keys: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    _groups: dict[int, dict[str, list[int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for text in self.texts:
            self.starts.append(len(self.keys))
            self.keys += [text.tokens[at].token.key for at in text.words] + [BORDER]

    def places(self, words: Sequence[str]) -> list[int]:
        """Where one, two or three words stand, side by side."""
        return self.groups(len(words)).get(" ".join(words), [])

    def groups(self, size: int) -> dict[str, list[int]]:
        if size not in self._groups:
            found: dict[str, list[int]] = {}
            for at in range(len(self.keys) - size + 1):
                found.setdefault(" ".join(self.keys[at : at + size]), []).append(at)
            self._groups[size] = found
        return self._groups[size]

    def text_at(self, place: int) -> int:
        """The number of the text that a place belongs to."""
        return bisect_right(self.starts, place) - 1


def find(words: Words, shelf: Shelf) -> Found | None:
    """The place of a passage: of the text where most of it stands; None when not even single words can be looked up."""
    runs = _runs(words, shelf)
    by_text: dict[int, list[Run]] = {}
    for run in runs:
        by_text.setdefault(shelf.text_at(run.p), []).append(run)
    best: Found | None = None
    for number in sorted(by_text):
        start = shelf.starts[number]
        own = sorted((Run(run.i, run.p - start, run.length) for run in by_text[number]), key=lambda run: (run.i, run.p))
        score, chain = _chain(own, words.segments, len(shelf.texts[number].words))
        if best is None or score > best.score:
            best = Found(shelf.texts[number], tuple(chain), score)
    return best


def same_words(words: Words, shelf: Shelf, most: int) -> list[tuple[int, int]]:
    """The places where all words of a passage stand side by side, at most `most`: number of the text, word of it."""
    size = min(3, len(words.keys))
    groups = [words.keys[at : at + size] for at in range(len(words.keys) - size + 1)]
    rarest = min(range(len(groups)), key=lambda at: len(shelf.places(groups[at])))
    found = []
    for place in shelf.places(groups[rarest]):
        start = place - rarest
        if start >= 0 and shelf.keys[start : start + len(words.keys)] == words.keys:
            number = shelf.text_at(start)
            found.append((number, start - shelf.starts[number]))
            if len(found) == most:
                break
    return found


# runs


def _runs(words: Words, shelf: Shelf) -> list[Run]:
    longest = words.longest
    sizes = [3] + [2] * (len(words.keys) <= SHORT or longest == 2) + [1] * (longest == 1 or len(words.keys) <= 2)
    for size in sizes:
        for take_common in (False, True):
            runs = _runs_of(words, shelf, size, take_common)
            if runs:
                return _pruned(runs, len(words.keys))
    return []


def _runs_of(words: Words, shelf: Shelf, size: int, take_common: bool) -> list[Run]:
    groups = shelf.groups(size)
    done: dict[int, int] = {}  # by distance of text and passage: how far runs go
    met: dict[str, int] = {}
    runs = []
    for i in range(len(words.keys) - size + 1):
        if words.segments[i] != words.segments[i + size - 1]:
            continue
        group = " ".join(words.keys[i : i + size])
        places = groups.get(group)
        if places is None or (len(places) > COMMON and not take_common):
            continue
        met[group] = met.get(group, 0) + 1
        if met[group] > COMMON:
            continue
        for p in places[:COMMON]:
            if done.get(p - i, 0) <= i:
                runs.append(_grown(words, shelf.keys, i, p, size, done))
    return runs


def _grown(words: Words, keys: Sequence[str], i: int, p: int, size: int, done: dict[int, int]) -> Run:
    distance, segment = p - i, words.segments[i]
    first, last = i, i + size
    floor = max(done.get(distance, 0), -distance)
    while first > floor and words.segments[first - 1] == segment and words.keys[first - 1] == keys[first - 1 + distance]:
        first -= 1
    while last < len(words.keys) and words.segments[last] == segment and words.keys[last] == keys[last + distance]:
        last += 1
    done[distance] = last
    return Run(first, first + distance, last - first)


def _pruned(runs: list[Run], count: int) -> list[Run]:
    """Without the short runs of words that stand in a much longer one."""
    cover = [0] * count
    for run in runs:
        if run.length >= LONG:
            for at in range(run.i, run.i + run.length):
                cover[at] = max(cover[at], run.length)
    return [run for run in runs if 4 * run.length > min(cover[run.i], cover[run.i + run.length - 1])]


# chains


class _Best:
    """The best end of a chain up to each place of the text (a Fenwick tree of maxima)."""

    def __init__(self, size: int):
        self._ends: list[tuple[int, int, int, int]] = [(-1, 0, -1, 0)] * (size + 2)

    def add(self, end: tuple[int, int, int, int]) -> None:
        at = end[1] + 1
        while at < len(self._ends):
            if end[:2] > self._ends[at][:2]:
                self._ends[at] = end
            at += at & -at

    def up_to(self, place: int) -> tuple[int, int, int, int]:
        best = (-1, 0, -1, 0)
        at = place + 1
        while at > 0:
            if self._ends[at][:2] > best[:2]:
                best = self._ends[at]
            at -= at & -at
        return best


def _chain(runs: Sequence[Run], segments: Sequence[int], size: int) -> tuple[int, list[Run]]:
    """The best chain of runs (sorted) and what it is worth. An end is (worth, place in the text, run, words cut off)."""
    everywhere, omitted = _Best(size), _Best(size)
    waiting: dict[int, list[tuple[int, int, int, int]]] = {}
    this_segment: list[tuple[int, int, int, int]] = []
    near: dict[int, list[int]] = {}
    worth, before, cut = [0] * len(runs), [-1] * len(runs), [0] * len(runs)
    segment = reached = 0
    for number, run in enumerate(runs):
        while reached <= run.i:
            for end in waiting.pop(reached, ()):
                everywhere.add(end)
                this_segment.append(end)
            reached += 1
        if segments[run.i] != segment:
            segment = segments[run.i]
            for end in this_segment:
                omitted.add(end)
            this_segment = []
        options = [(0, -1, 0)]
        for bucket in (run.p // BUCKET - 1, run.p // BUCKET, run.p // BUCKET + 1):
            for other in near.get(bucket, ())[-NEAR:]:
                options += _beside(runs, other, run, worth[other], segments)
        for best, price in ((omitted.up_to(run.p), FAR_OMITTED), (everywhere.up_to(run.p), FAR)):
            if best[2] >= 0:
                options.append((best[0] - price, best[2], best[3]))
        gain, before[number], cut[number] = max(options, key=lambda option: option[0])
        worth[number] = gain + WORTH * run.length
        for cut_off in CUTS:
            if cut_off < run.length:
                end = (worth[number] - WORTH * cut_off, run.p + run.length - cut_off, number, cut_off)
                waiting.setdefault(run.i + run.length - cut_off, []).append(end)
        near.setdefault((run.p + run.length) // BUCKET, []).append(number)
    return _walk_back(runs, worth, before, cut)


def _beside(
    runs: Sequence[Run], other: int, run: Run, worth: int, segments: Sequence[int]
) -> list[tuple[int, int, int]]:
    """What the chain up to a neighbouring run is worth to `run`: (worth, run, words cut off), or nothing."""
    pred = runs[other]
    if pred.i >= run.i or pred.p >= run.p:
        return []
    gap_i, gap_p = run.i - pred.i - pred.length, run.p - pred.p - pred.length
    over = max(0, -gap_i, -gap_p)
    if over >= pred.length:
        return []
    price = min(FAR if segments[pred.i] == segments[run.i] else FAR_OMITTED, STEP + abs(gap_p - gap_i))
    return [(worth - WORTH * over - price, other, over)]


def _walk_back(
    runs: Sequence[Run], worth: Sequence[int], before: Sequence[int], cut: Sequence[int]
) -> tuple[int, list[Run]]:
    at = max(range(len(runs)), key=lambda number: worth[number])
    score, chain, short = worth[at], [], 0
    while at >= 0:
        run = runs[at]
        chain.append(Run(run.i, run.p, run.length - short))
        short, at = cut[at], before[at]
    return score, chain[::-1]
