"""What an alignment says of a passage (docs/assets/javascripts/quote-report.js is the same).

Reads   Steps, the tokens of passage and text
Writes  Report: the passage in parts that are the same, other, too much or too little; what was tolerated

Tolerated: signs at the ends of a passage and beside an omission; the brackets of numbers; a capital letter at a beginning;
capitals in headings; words written together or apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .align import Step
from .place import SourceToken, Text
from .words import OMISSION, SIGN, Token

MOST_MISSING = 20  # words of one gap that count in the score
MOST_LISTED = 20  # words with look-alike letters that are named
MOST_JOINED = 60  # tokens that are tried whether they are the same letters, written together or apart

SAME, CHANGED, ADDED, MISSING, MARK, OMITTED = "same", "changed", "added", "missing", "mark", "omitted"


@dataclass(frozen=True)
class Part:
    """A piece of the passage. kind: SAME; other words: CHANGED, ADDED, MISSING; MARK: other signs or capitals; OMITTED.

    given: what the passage has (all of them joined are the passage, made plain); source: what the text has instead.
    """

    kind: str
    given: str
    source: str = ""


@dataclass
class Report:
    """same, given, different: numbers of words. run: the most words in a row that are the same. rows: of the text, with the
    number of words that stand there."""

    parts: list[Part] = field(default_factory=list)
    rows: dict[int, int] = field(default_factory=dict)
    letters: list[str] = field(default_factory=list)
    spacing: list[str] = field(default_factory=list)
    first_letter: bool = False
    same: int = 0
    given: int = 0
    different: int = 0
    marks: int = 0
    run: int = 0


def report(steps: Sequence[Step], passage: str, given: Sequence[Token], text: Text) -> Report:
    return _Reporter(steps, passage, given, text).report()


class _Reporter:
    """Goes through the steps once, block by block."""

    def __init__(self, steps: Sequence[Step], passage: str, given: Sequence[Token], text: Text):
        self.passage, self.given, self.text = passage, given, text
        self.steps = _without_ends(steps, text)
        self.out = Report(given=sum(token.is_word for token in given))
        self.at = 0  # how much of the passage is told
        self.run = 0
        self.free_rows: dict[int, int] = {}
        self.begins = True  # a word that comes now begins the passage, or follows an omission
        self.tolerated = self._tolerated_signs()

    def report(self) -> Report:
        block: list[Step] = []
        for number, step in enumerate(self.steps):
            if self._is_free(step):
                continue
            if self._is_same(step, number):
                self._tell_block(block)
                block = []
                self._tell_same(step)
            else:
                block.append(step)
        self._tell_block(block)
        self._tell(SAME, len(self.passage))
        self.out.rows = self.out.rows or self.free_rows
        return self.out

    # what a step is

    def _source(self, step: Step) -> SourceToken | None:
        return None if step.source is None else self.text.tokens[step.source]

    def _token(self, step: Step) -> Token | None:
        return None if step.given is None else self.given[step.given]

    def _is_free(self, step: Step) -> bool:
        source = self._source(step)
        return step.given is None and source is not None and source.free

    def _is_same(self, step: Step, number: int) -> bool:
        token, source = self._token(step), self._source(step)
        if number in self.tolerated or (token and token.kind == OMISSION):
            return True
        if not token or not source:
            return False
        if token.exact == source.token.exact:
            return True
        if token.key != source.token.key:
            return token.kind == SIGN and source.free
        return source.free or (self.begins and token.exact[1:] == source.token.exact[1:])

    def _tolerated_signs(self) -> set[int]:
        """The signs at the ends, beside omissions, and of numbers."""
        kinds = [self._kind(step) for step in self.steps]
        found: set[int] = set()
        for order in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
            is_edge = True
            beside_number = False
            for number in order:
                step, kind = self.steps[number], kinds[number]
                source = self._source(step)
                if kind == OMISSION:
                    is_edge = True
                elif kind == SIGN and step.given is not None and (is_edge or (beside_number and not source)):
                    found.add(number)
                elif kind != SIGN and not self._is_free(step):
                    is_edge = False
                beside_number = source is not None and source.free and step.given is not None
        return found

    def _kind(self, step: Step) -> str:
        token, source = self._token(step), self._source(step)
        if token:
            return token.kind
        return source.token.kind if source else SIGN

    # telling

    def _tell_same(self, step: Step) -> None:
        token, source = self._token(step), self._source(step)
        if token and token.kind == OMISSION:
            self._tell(SAME, token.start)
            self._tell(OMITTED, self._end_of(step))
            self.begins, self.run = True, 0
            return
        if token and token.is_word and source:
            capital = token.exact != source.token.exact and not source.free
            self.out.first_letter = self.out.first_letter or capital
            self._count_same(token, source)
        self._tell(SAME, self._end_of(step))

    def _count_same(self, token: Token, source: SourceToken) -> None:
        out = self.out
        out.same += 1
        self.run += 1
        out.run = max(out.run, self.run)
        self._list_letters(token, source)
        self._place(source)
        self.begins = False

    def _list_letters(self, token: Token, source: SourceToken) -> None:
        letters = self.out.letters
        differ = token.text.lower().replace("’", "'") != source.token.text.lower().replace("’", "'")
        if differ and len(token.text) > 1 and token.text not in letters and len(letters) < MOST_LISTED:
            letters.append(token.text)

    def _place(self, source: SourceToken) -> None:
        rows = self.free_rows if source.free else self.out.rows
        rows[source.row] = rows.get(source.row, 0) + 1

    def _tell_block(self, block: list[Step]) -> None:
        """A stretch that is not the same: words in it are told as other words, else as signs or capitals."""
        if not block:
            return
        if all(self._is_mark(step) for step in block):
            self._tell_marks(block)
            return
        head, tail = self._joined(block, 1), self._joined(block, -1)
        if head == len(block):
            self._tell_spacing(block)
            return
        if head + tail > len(block):
            tail = 0
        self._tell_spacing(block[:head])
        self._tell_words(block[head : len(block) - tail])
        self._tell_spacing(block[len(block) - tail :])

    def _is_mark(self, step: Step) -> bool:
        token, source = self._token(step), self._source(step)
        if token and source and token.key == source.token.key:
            return True
        return self._kind(step) == SIGN

    def _tell_marks(self, block: list[Step]) -> None:
        for step in block:
            token, source = self._token(step), self._source(step)
            if token and source and token.is_word:
                self._count_same(token, source)
        self.out.marks += len(block)
        self._tell_part(MARK, block)

    def _joined(self, block: list[Step], direction: int) -> int:
        """How many steps at one end are the same letters, written together or apart: the most, where both sides meet."""
        given = source = ""
        found = 0
        for count, step in enumerate(block[::direction][:MOST_JOINED], 1):
            token, beside = self._token(step), self._source(step)
            if self._kind(step) == SIGN:
                break
            one, other = token.key if token else "", beside.token.key if beside else ""
            given, source = (given + one, source + other) if direction > 0 else (one + given, other + source)
            if given == source:
                found = count
        return found

    def _tell_spacing(self, block: list[Step]) -> None:
        if not block:
            return
        given = [token for token in map(self._token, block) if token]
        sources = [source for source in map(self._source, block) if source]
        self.out.same += len(given)
        self.out.spacing.append(" ".join(token.text for token in given))
        for source in sources:
            self._place(source)
        self.begins = False
        self._tell(SAME, max(token.end for token in given))

    def _tell_words(self, block: list[Step]) -> None:
        if not block:
            return
        given = sum(token.is_word for token in map(self._token, block) if token)
        source = sum(source.token.is_word for source in map(self._source, block) if source)
        self.out.different += max(given, min(source, MOST_MISSING))
        self.run = 0
        for step in block:
            found = self._source(step)
            if found and step.given is not None:
                self._place(found)
        has_given = any(step.given is not None for step in block)
        has_source = any(step.source is not None for step in block)
        self._tell_part(CHANGED if has_given and has_source else ADDED if has_given else MISSING, block)
        self.begins = self.begins and not given

    def _tell_part(self, kind: str, block: list[Step]) -> None:
        tokens = [token for token in map(self._token, block) if token]
        if tokens:
            self._tell(SAME, tokens[0].start)
        source = self._said(block)
        end = tokens[-1].end if tokens else self.at
        self.out.parts.append(Part(kind, self.passage[self.at : end], source))
        self.at = end

    def _said(self, block: list[Step]) -> str:
        """The words of the text from the first to the last token of a block, row by row."""
        places = [step.source for step in block if step.source is not None]
        spans: list[list[int]] = []
        for place in places:
            found = self.text.tokens[place]
            if spans and spans[-1][0] == found.row:
                spans[-1][2] = found.token.end
            else:
                spans.append([found.row, found.token.start, found.token.end])
        return " ".join(self.text.strings[row][start:end] for row, start, end in spans)

    def _end_of(self, step: Step) -> int:
        token = self._token(step)
        return token.end if token else self.at

    def _tell(self, kind: str, end: int) -> None:
        """The passage up to `end` as a part, joined to the one before where that is of the same kind."""
        if end <= self.at:
            return
        given = self.passage[self.at : end]
        parts = self.out.parts
        if parts and parts[-1].kind == kind == SAME:
            parts[-1] = Part(SAME, parts[-1].given + given)
        else:
            parts.append(Part(kind, given))
        self.at = end


def _without_ends(steps: Sequence[Step], text: Text) -> list[Step]:
    """Without what the text has before the first and after the last token of the passage."""
    given = [number for number, step in enumerate(steps) if step.given is not None]
    return list(steps[given[0] : given[-1] + 1]) if given else []
