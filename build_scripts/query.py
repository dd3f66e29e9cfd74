"""From what a reader typed to the plan to find it. The browser has the same in search-query.js.

Reads   a Reading of a query (grammar.py), one language of the index
Writes  Understood: a Plan for the index, the clauses in it, notices for the reader

What a query means:

- Words beside each other: provisions with all of them, each in the text or in the heading of the article; where no language has
  any, provisions with some. Stop words (of, және) are required only where there is nothing else.
- a AND b: both, nothing less. a OR b: either. NOT a, -a: not this. Where nothing else is asked for, every provision without it.
- "a phrase": words side by side in this order, in any of their forms.
- begin*: the MOST_WORDS commonest words that begin so.
- A number from 1 to 999 is found however it is written: 60, sixty, sixty (60); алпыс, алпыс (60). Inside a phrase too, up to
  MOST_SPELLINGS ways to write the phrase.
- treaty:, article:, lang: only what lies there; they score nothing. A value that nothing bears finds nothing, and a notice says
  so.

A query has at most MOST_CLAUSES words, phrases and filters; what comes after them is left out, and a notice says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise, product
from typing import Protocol

from .analyse import stem_of
from .clauses import Clause, ClauseKind, clauses_of, with_numbers
from .grammar import Asked, Filter, Group, Join, Reading, Without, Words, language_named
from .index import EXACT, HEADING, NOTHING, PLACE, TEXT, TREATY, And, Leaf, Node, Or, Plan, Within
from .numerals import number_at, spellings
from .places import Placed, places_named
from .titles import Titles

MOST_CLAUSES = 32
MOST_WORDS = 128  # that a beginning stands for
MOST_SPELLINGS = 25  # of a phrase with numbers
HEADING_BOOST = 0.8
EXACT_BOOST = 0.4
NUMBER_BOOST = 0.5  # of each way to write a number: sixty (60) says it twice
NEIGHBOUR_BOOST = 0.6  # of two words that stand side by side in the text as in the query
EVERYTHING = And(())


class Held(Placed, Protocol):
    """What the meaning of a query depends on in a language of the index."""

    lang: str

    @property
    def titles(self) -> Titles: ...

    def words_from(self, prefix: str) -> Iterator[tuple[str, int]]: ...


class NoticeKind(Enum):
    """What is to be said to the reader about the query."""

    TREATY = "treaty"  # no treaty bears this name
    LANGUAGE = "lang"
    ARTICLE = "article"
    CUT = "cut"  # the query is too long
    MANY = "many"  # it has too many words
    PREFIX = "prefix"  # a beginning of more words than are looked for


@dataclass(frozen=True)
class Notice:
    """value: what it is about, as typed. start: where in the query that stands."""

    kind: NoticeKind
    value: str = ""
    start: int = 0


@dataclass(frozen=True)
class Sought:
    """A clause, and what finds it alone."""

    clause: Clause
    node: Node


@dataclass(frozen=True)
class Understood:
    """sought: what is to be found, in the order of the query; what is to be left out is not among it."""

    plan: Plan
    sought: tuple[Sought, ...]
    notices: tuple[Notice, ...]


def understand(reading: Reading, query: str, held: Held) -> Understood | None:
    """What `query`, read as `reading`, asks of one language; None where it asks for nothing."""
    builder = _Builder(query, held)
    part = builder.part(reading.asked) if reading.asked is not None else None
    if part is None:
        return None
    some = part.some if part.some != part.wanted else None
    notices = [Notice(NoticeKind.CUT)] if reading.cut else []
    return Understood(Plan(part.wanted, _once(builder.optional), some), tuple(builder.sought), (*notices, *builder.notices))


def all_of(parts: Iterable[Node], without: Iterable[Node] = ()) -> Node:
    """The And of `parts` without `without`, in the shortest form."""
    inner = tuple(part for part in parts if part != EVERYTHING)
    outer = tuple(part for part in without if part != NOTHING)
    if NOTHING in inner or EVERYTHING in outer:
        return NOTHING
    return inner[0] if len(inner) == 1 and not outer else And(inner, outer)


def any_of(parts: Iterable[Node]) -> Node:
    """The Or of `parts`, in the shortest form."""
    there = tuple(part for part in parts if part != NOTHING)
    return there[0] if len(there) == 1 else Or(there)


@dataclass(frozen=True)
class _Part:
    """A piece of a plan: all that is wanted, and what will do where nothing has it all."""

    wanted: Node
    some: Node


class _Builder:
    """Makes the plan for one language, and gathers what belongs to the query as a whole."""

    def __init__(self, query: str, held: Held):
        self.optional: list[Leaf] = []
        self.sought: list[Sought] = []
        self.notices: list[Notice] = []
        self._query = query
        self._held = held
        self._left = MOST_CLAUSES
        self._inside_not = 0

    def part(self, asked: Asked) -> _Part | None:
        """The plan of a piece of the query; None where it asks for nothing."""
        if isinstance(asked, Without):
            part = self._unwanted(asked)
            return None if part is None else _Part(all_of((), (part.wanted,)), all_of((), (part.wanted,)))
        if isinstance(asked, Group) and asked.join is Join.OR:
            parts = [part for part in map(self.part, asked.parts) if part is not None]
            return _Part(any_of(part.wanted for part in parts), any_of(part.some for part in parts)) if parts else None
        if isinstance(asked, Group) and asked.join is Join.AND:
            return self._both(asked.parts)
        return self._beside(asked.parts if isinstance(asked, Group) else (asked,))

    def _unwanted(self, asked: Without) -> _Part | None:
        self._inside_not += 1
        part = self.part(asked.part)
        self._inside_not -= 1
        return part

    def _both(self, parts: Sequence[Asked]) -> _Part | None:
        inner = [part for one in parts if not isinstance(one, Without) and (part := self.part(one)) is not None]
        outer = [part.wanted for one in parts if isinstance(one, Without) and (part := self._unwanted(one)) is not None]
        if not inner and not outer:
            return None
        return _Part(all_of([part.wanted for part in inner], outer), all_of([part.some for part in inner], outer))

    def _beside(self, parts: Sequence[Asked]) -> _Part | None:
        """All of the parts first, then some; filters, and what is not wanted, hold in both."""
        runs: list[list[Clause]] = [[]]
        groups: list[_Part] = []
        places: list[Node] = []
        outer: list[Node] = []
        known: set[tuple[object, ...]] = set()
        for one in parts:
            if isinstance(one, Words):
                runs[-1].extend(clauses_of(self._query, one, self._held.lang))
            elif isinstance(one, Filter):
                places.extend(self._place(one))
            elif isinstance(one, Without):
                unwanted = self._unwanted(one)
                outer.extend([unwanted.wanted] if unwanted else [])
            else:
                group = self.part(one)
                groups.extend([group] if group else [])
                runs.append([])
        runs = [self._afforded(with_numbers(run, self._held.lang), known) for run in runs]
        clauses = [clause for run in runs for clause in run]
        if not clauses and not groups and not places and not outer:
            return None
        necessary = [clause for clause in clauses if not clause.stop]
        required = necessary if necessary or groups else clauses
        wanted, some = self._words(runs, required)
        wanted += [group.wanted for group in groups]
        some += [group.some for group in groups]
        return _Part(all_of(wanted + places, outer), all_of(([any_of(some)] if clauses or groups else []) + places, outer))

    def _afforded(self, clauses: Sequence[Clause], known: set[tuple[object, ...]]) -> list[Clause]:
        """The clauses that are not `known` yet, as many as the query may still have."""
        new: list[Clause] = []
        for clause in clauses:
            if clause.meaning not in known:
                known.add(clause.meaning)
                new.append(clause)
        if len(new) > self._left:
            self._notice(NoticeKind.MANY)
        new = new[: self._left]
        self._left -= len(new)
        return new

    def _notice(self, kind: NoticeKind, value: str = "", start: int = 0) -> None:
        notice = Notice(kind, value, start)
        if notice not in self.notices:
            self.notices.append(notice)

    def _words(self, runs: Sequence[Sequence[Clause]], required: Sequence[Clause]) -> tuple[list[Node], list[Node]]:
        """The nodes of the clauses required, and those for some of them. What only adds to the score is gathered.

        Measured on the treaties held, with words in other forms than the text's: the leaves for neighbours bring the provision
        that the words were taken from to the first place in 72 of 100 queries, where it was 66.
        """
        wanted: list[Node] = []
        some: list[Leaf] = []
        optional: list[Leaf] = []
        for clause in (clause for run in runs for clause in run):
            leaves = self._leaves(clause)
            if not self._inside_not:
                self.sought.append(Sought(clause, any_of(leaves)))
            if clause not in required:
                optional += leaves
                continue
            wanted.append(any_of(leaves))
            some += leaves
            if len(clause.stems) > 1 and clause.kind is not ClauseKind.NUMBER:
                words = [leaf for pair in zip(clause.stems, clause.exacts) for leaf in _word(*pair)]
                some += words
                optional += [leaf for leaf in words if leaf.field == EXACT]
        for run in runs:
            optional += _neighbours(run)
            some += _neighbours([clause for clause in run if clause in required])
        if not self._inside_not:
            self.optional += optional
        return wanted, list(_once(some))

    def _leaves(self, clause: Clause) -> list[Leaf]:
        if clause.kind is ClauseKind.PREFIX:
            return self._beginning(clause)
        if clause.kind is ClauseKind.NUMBER:
            return _number(clause.number, self._held.lang)
        if clause.kind is ClauseKind.WORD:
            return _word(clause.stems[0], clause.exacts[0])
        ways = _ways(clause, self._held.lang) if clause.kind is ClauseKind.PHRASE else [clause.stems]
        leaves = [leaf for way in ways for leaf in _side_by_side(way)]
        return leaves + (_word(*clause.whole) if clause.whole else [])

    def _beginning(self, clause: Clause) -> list[Leaf]:
        found = sorted(self._held.words_from(clause.exacts[0]), key=lambda pair: (-pair[1], pair[0].encode("utf-16-be")))
        if len(found) > MOST_WORDS:
            self._notice(NoticeKind.PREFIX, clause.exacts[0], clause.start)
        return [Leaf(EXACT, (word,)) for word, _ in found[:MOST_WORDS]]

    def _place(self, asked: Filter) -> list[Node]:
        """What a filter lets through: one node, or none where the query has no room for it."""
        if not self._left:
            self._notice(NoticeKind.MANY)
            return []
        self._left -= 1
        if asked.field == "lang":
            named = language_named(asked.value)
            if named != self._held.lang:
                self._notice(NoticeKind.LANGUAGE, asked.value, asked.start)
            return [EVERYTHING if named == self._held.lang else NOTHING]
        if asked.field == "treaty":
            kind, field, values = NoticeKind.TREATY, TREATY, self._held.titles.named(asked.value)
        else:
            kind, field, values = NoticeKind.ARTICLE, PLACE, places_named(asked.value, self._held)
        if not values:
            self._notice(kind, asked.value, asked.start)
        return [Within(field, values) if values else NOTHING]


def _number(number: int, lang: str) -> list[Leaf]:
    """However `number` is written: in figures, or in any words for it."""
    leaves = _word(str(number), str(number))
    for words in spellings(number, lang):
        stems = tuple(stem_of(word, lang) for word in words)
        leaves += _word(stems[0], words[0]) if len(words) == 1 else _side_by_side(stems)
    return [replace(leaf, boost=NUMBER_BOOST * leaf.boost) for leaf in leaves]


def _ways(phrase: Clause, lang: str) -> list[tuple[str, ...]]:
    """The ways to write a phrase: each number in it in words, in figures, or in both, as texts have it: алпыс (60)."""
    choices: list[list[tuple[str, ...]]] = []
    at = 0
    while at < len(phrase.exacts):
        number, count = number_at(phrase.exacts[at:], lang)
        if not number:
            choices.append([(phrase.stems[at],)])
            at += 1
            continue
        begin, at = at, at + count
        again, count = number_at(phrase.exacts[at:], lang)
        at += count if again == number else 0
        figure = (str(number),)
        spelt = [tuple(stem_of(word, lang) for word in words) for words in spellings(number, lang)]
        choices.append(list(dict.fromkeys([phrase.stems[begin:at], figure, *spelt, *(words + figure for words in spelt)])))
    count = 1
    for place, ways in enumerate(choices):
        if count * len(ways) > MOST_SPELLINGS:
            choices[place] = ways[:1]
        count *= len(choices[place])
    return [tuple(stem for words in way for stem in words) for way in product(*choices)]


def _neighbours(clauses: Sequence[Clause]) -> Iterator[Leaf]:
    """Pairs of words side by side; of a number, its figures stand last: sixty (60) days."""
    for one, other in pairwise(clauses):
        if ClauseKind.PREFIX not in (one.kind, other.kind):
            last = str(one.number) if one.number else one.stems[-1]
            yield Leaf(TEXT, (last, other.stems[0]), NEIGHBOUR_BOOST)


def _once(leaves: Sequence[Leaf]) -> tuple[Leaf, ...]:
    return tuple(dict.fromkeys(leaves))


def _side_by_side(stems: tuple[str, ...]) -> list[Leaf]:
    return [Leaf(TEXT, stems), Leaf(HEADING, stems, HEADING_BOOST)]


def _word(stem: str, exact: str) -> list[Leaf]:
    return [Leaf(TEXT, (stem,)), Leaf(HEADING, (stem,), HEADING_BOOST), Leaf(EXACT, (exact,), EXACT_BOOST)]
