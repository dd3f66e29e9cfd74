"""Write an expression as text in our own notation, and read it back.

Reads   an Expression, or a text in the notation
Writes  the text, or the Expression; `read_notation(write_notation(expression))` is the same expression

The notation says what plain text leaves to the parser: which unit a paragraph is, what it is called, what is marked in its
words. An editor who has an XML and no text begins with it. One line each, two spaces deeper for each level:

    %kelisim-text {"lang": "en", "title": "…", …}     what is known of the text; %edit and %note follow, one line each
    = body                                            a part of the document
    {article art_4 @31-40} Article 4                  a unit: its kind, its eId, the lines of the source; then its number
                                                      as printed
      # Grounds for refusal                           its heading
      {paragraph art_4__para_1 @32-40} 1.
        : Extradition shall be refused …              its words, a printed paragraph on a line

eId and lines may be left out: the eId is then made of the number, and the line is the one of this file. Marks in the words:
`{ref #art_5}Article 5{/}`, `{refs}…{/}` around several, `{range #art_5 #art_7}…{/}`, `{note name}` and `{edit edit-1}` where
they hang. A brace that is text is written twice: `{{`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .announce import announce
from .arrange import STEPS as HEADING_STEPS
from .articles import STEPS as UNIT_STEPS
from .articles import Eids, step_in
from .forms import forms, languages
from .model import (
    ATTACHED,
    Authority,
    Conservation,
    EditMade,
    Expression,
    Kind,
    Mark,
    Note,
    Part,
    Passage,
    Provision,
    Reference,
    Target,
)
from .number import letter_of, normalise
from .read import Line

FIRST_LINE = "%kelisim-text"
UNIT = re.compile(
    r"(?P<indent> *)\{(?P<kind>[a-z-]+)(?: (?P<eid>[^\s@{}]+))?(?: @(?P<first>\d+)-(?P<last>\d+))?\}(?: (?P<num>.*))?"
)
WORDS = re.compile(r" *(?P<sign>[:#])(?:\{@(?P<first>\d+)-(?P<last>\d+)\})?(?: (?P<words>.*))?")
MARK = re.compile(r"\{(?:(?P<brace>\{)|(?P<close>/)\}|(?P<name>ref|refs|range|note|edit)(?: (?P<of>[^{}]*))?\})")
FIGURES = re.compile(r"\d+(?:[.-]\d+)*[a-z]?\b")
INSTRUMENT = "instrument:"
AROUND = {
    Kind.ENCLOSING: "law",
    Kind.PREAMBLE_PARTIES: "preamble__parties",
    Kind.PREAMBLE_FORMULA: "preamble__formula",
}
COUNTED = (Kind.RECITAL, Kind.SIGNATURE, Kind.TEXT)


class NotationBroken(ValueError):
    """A text in the notation that cannot be read. line: from 1."""

    def __init__(self, line: int, message: str):
        self.line, self.message = line, message
        super().__init__(f"line {line}: {message}")


def is_notation(text: str) -> bool:
    return text.startswith(FIRST_LINE)


# --- write --------------------------------------------------------------------------------------------------------


def write_notation(expression: Expression, with_eids: bool = True, with_lines: bool = True) -> str:
    """`expression` as text in the notation; without eIds and without the lines of its source they are made when it is read."""
    return "\n".join(_lines(expression, with_eids, with_lines)) + "\n"


def _lines(expression: Expression, with_eids: bool, with_lines: bool) -> Iterator[str]:
    known: dict[str, Any] = {"lang": expression.lang, "title": expression.title}
    if with_lines:
        kept = expression.conservation
        known = {
            "treaty": expression.treaty,
            "lang": expression.lang,
            "authority": expression.authority.value,
            "title": expression.title,
            "source_file": expression.source_file,
            "sha256": expression.sha256,
            "conservation": [kept.source, kept.kept, kept.heading_marks],
        }
    yield f"{FIRST_LINE} {_json(known)}"
    for edit in expression.edits:
        yield "%edit " + _json({**vars(edit), "reason": dict(edit.reason)})
    for note in expression.notes:
        yield "%note " + _json({"id": note.id, "eid": note.eid, "kind": note.kind, "text": dict(note.text)})
    for part in Part:
        if part in expression.parts:
            yield f"= {part.value}"
            for provision in expression.parts[part]:
                yield from _unit(provision, 0, expression.treaty, with_eids, with_lines)


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _unit(provision: Provision, depth: int, treaty: str, with_eids: bool, with_lines: bool) -> Iterator[str]:
    first, last = provision.lines
    said = [provision.kind.value, *([provision.eid] if with_eids else []), *([f"@{first}-{last}"] if with_lines else [])]
    yield "  " * depth + f"{{{' '.join(said)}}}" + (f" {provision.num}" if provision.num else "")
    signed = [("#", provision.heading)] if provision.heading is not None else []
    for sign, passage in [*signed, *((":", passage) for passage in provision.passages)]:
        is_own = with_lines and passage.lines != provision.lines
        lines = f"{{@{passage.lines[0]}-{passage.lines[1]}}}" if is_own else ""
        yield "  " * (depth + 1) + f"{sign}{lines} {_marked(passage, treaty)}"
    for child in provision.children:
        yield from _unit(child, depth + 1, treaty, with_eids, with_lines)


def _marked(passage: Passage, treaty: str) -> str:
    """The words with their marks. At one place: what closes first, then notes and edits, then what opens."""
    places: dict[int, list[tuple[int, int, str]]] = {}

    def put(at: int, rank: int, order: int, words: str) -> None:
        places.setdefault(at, []).append((rank, order, words))

    for mark in (*passage.notes, *passage.edits):
        name = "note" if mark in passage.notes else "edit"
        inside = any(reference.start < mark.at <= reference.end for reference in passage.references)
        put(mark.at, 0 if inside else 3, 0, f"{{{name} {mark.id}}}")
    for reference in passage.references:
        outer, inner = _reference(reference, treaty)
        put(reference.start, 4, 0, outer)
        for (start, end), words in inner:
            put(start, 5, 0, words)
            put(end, 1, 0, "{/}")
        put(reference.end, 2, 0, "{/}")
    pieces = []
    at = 0
    for place in sorted(places):
        pieces.append(_escaped(passage.text[at:place]))
        pieces += [words for _, _, words in sorted(places[place])]
        at = place
    return "".join([*pieces, _escaped(passage.text[at:])])


def _reference(reference: Reference, treaty: str) -> tuple[str, list[tuple[tuple[int, int], str]]]:
    """The mark that opens a reference, and the marks inside it with the words they are on."""
    targets = [_target(target, treaty) for target in reference.targets]
    if reference.is_range:
        return f"{{range {' '.join(targets)}}}", []
    if len(targets) == 1 and not reference.spans:
        return f"{{ref {targets[0]}}}", []
    return "{refs}", [(span, f"{{ref {target}}}") for span, target in zip(reference.spans, targets)]


def _target(target: Target, treaty: str) -> str:
    if target.instrument:
        return INSTRUMENT + target.instrument
    return ("" if target.treaty == treaty else target.treaty) + "#" + target.eid


def _escaped(words: str) -> str:
    return words.replace("{", "{{")


# --- read ---------------------------------------------------------------------------------------------------------


def read_notation(text: str, treaty: str | None = None) -> Expression:
    """The expression that a text in the notation says. treaty: its slug here, where the text says another.

    Raises NotationBroken."""
    return _Reader(text, treaty).read()


def check_notation(text: str, treaty: str | None = None) -> tuple[Expression | None, list[NotationBroken]]:
    """The expression, and what cannot be in it although it can be read: an eId twice, words and parts in one unit, marks that
    lead nowhere. Of a text that cannot be read, None, and that as the only fault there is. treaty: as in read_notation."""
    try:
        reader = _Reader(text, treaty)
        said = reader.read()
    except NotationBroken as fault:
        return None, [fault]
    return said, sorted(reader.faults(), key=lambda fault: fault.line)


def words_of(expression: Expression) -> list[Line]:
    """All words of an expression in their order, a number, a heading or a paragraph on a line."""
    return [Line(line, words) for provision in expression.walk() for line, words in _words_of(provision)]


def _words_of(provision: Provision) -> Iterator[tuple[int, str]]:
    yield provision.lines[0], provision.num
    for passage in (*([provision.heading] if provision.heading else []), *provision.passages):
        yield passage.lines[0], passage.text


class _Reader:
    def __init__(self, text: str, treaty: str | None):
        ends_in_cr = text.partition("\n")[0].endswith("\r")
        self.lines = text.replace("\r\n", "\n").split("\n") if ends_in_cr else text.split("\n")
        self.slug = treaty
        self.known: dict[str, Any] = {}
        self.edits: list[EditMade] = []
        self.notes: list[Note] = []
        self.treaty = ""
        self.lang = ""
        self.free = Eids()
        self.counts: dict[tuple[str, str], int] = {}  # of units without a number
        self.units: list[tuple[int, Provision]] = []  # with their lines in this text
        self.passages: list[tuple[int, Passage]] = []

    def read(self) -> Expression:
        start = self._head()
        read: dict[Part, list[_Unit]] = {}
        stack: list[_Unit] = []
        tops: list[_Unit] = []
        part: Part | None = None
        for number, line in enumerate(self.lines[start:], start + 1):
            if not line.strip():
                continue
            if line.startswith("= "):
                if part is not None:
                    read[part] = tops
                part, tops, stack = self._part(line, number), [], []
                continue
            if part is None:
                raise NotationBroken(number, f"no part was begun: {line[:40]!r}; a line such as `= body` comes first")
            self._line(line, number, tops, stack)
        if part is not None:
            read[part] = tops
        for unit in (unit for units in read.values() for top in units for unit in top.walk() if unit.eid):
            self.free.free(unit.eid)  # what the text says itself is given to nothing else
        parts = {part: self._frozen(units) for part, units in read.items()}
        known = self.known
        return Expression(
            self.treaty,
            self.lang,
            Authority(known["authority"]),
            known["title"],
            parts,
            tuple(self.notes),
            tuple(self.edits),
            Conservation(*known["conservation"]),
            known["source_file"],
            known["sha256"],
        )

    def faults(self) -> Iterator[NotationBroken]:
        """Of the text that was read."""
        known: set[str] = set()
        for line, unit in self.units:
            if unit.eid in known:
                yield NotationBroken(line, f"the eId {unit.eid} stands twice")
            if unit.children and unit.passages:
                message = "the unit has words and parts; words that open a list stand in an {intro} of their own"
                yield NotationBroken(line, message)
            known.add(unit.eid)
        notes, edits = {note.id for note in self.notes}, {edit.id for edit in self.edits}
        for line, passage in self.passages:
            for target in (target for reference in passage.references for target in reference.targets):
                if target.treaty == self.treaty and not target.instrument and target.eid not in known:
                    yield NotationBroken(line, f"the mark {{ref #{target.eid}}} leads nowhere")
            for name, marks, there in (("note", passage.notes, notes), ("edit", passage.edits, edits)):
                for mark in marks:
                    if mark.id not in there:
                        yield NotationBroken(line, f"the mark {{{name} {mark.id}}} has no line %{name} in the head")

    def _head(self) -> int:
        """What is known of the text; returns how many lines say it."""
        for number, line in enumerate(self.lines, 1):
            if not line.startswith("%"):
                break
            name, _, rest = line.partition(" ")
            try:
                value = json.loads(rest)
                if name == FIRST_LINE:
                    defaults = {
                        "treaty": "",
                        "authority": "authentic",
                        "title": "",
                        "source_file": "",
                        "sha256": "",
                        "conservation": [0, 0, 0],
                    }
                    self.known = {**defaults, **value}
                    self.treaty, self.lang = self.slug or self.known["treaty"], self.known["lang"]
                elif name == "%edit":
                    self.edits.append(EditMade(**value))
                elif name == "%note":
                    self.notes.append(Note(**value))
                else:
                    raise NotationBroken(number, f"{name} is no line of the head")
            except (ValueError, TypeError, KeyError) as fault:
                if isinstance(fault, NotationBroken):
                    raise
                raise NotationBroken(number, f"{name}: {fault}") from fault
        if not self.known:
            raise NotationBroken(1, f"the first line does not begin with {FIRST_LINE}")
        return number - 1

    def _part(self, line: str, number: int) -> Part:
        try:
            return Part(line[2:].strip())
        except ValueError:
            raise NotationBroken(number, f"{line[2:]!r} is no part; there are {', '.join(part.value for part in Part)}") from None

    def _line(self, line: str, number: int, tops: list[_Unit], stack: list[_Unit]) -> None:
        words = WORDS.fullmatch(line)
        if words is not None and stack:
            lines = (int(words["first"]), int(words["last"])) if words["first"] else None
            passage = self._passage(words["words"] or "", lines, number, stack[-1])
            if words["sign"] == "#":
                stack[-1].heading = passage
            else:
                stack[-1].passages.append(passage)
            return
        found = UNIT.fullmatch(line)
        if found is None:
            raise NotationBroken(number, f"neither a unit such as {{paragraph}} nor words after `: `: {line.strip()[:60]!r}")
        depth = len(found["indent"]) // 2
        if depth > len(stack):
            raise NotationBroken(number, "the unit stands deeper than the one above it can hold")
        del stack[depth:]
        try:
            kind = Kind(found["kind"])
        except ValueError:
            raise NotationBroken(number, f"{found['kind']!r} is no kind of unit") from None
        lines = (int(found["first"]), int(found["last"])) if found["first"] else None
        unit = _Unit(kind, found["eid"] or "", found["num"] or "", lines, number)
        (stack[-1].children if stack else tops).append(unit)
        stack.append(unit)

    def _passage(self, marked: str, lines: tuple[int, int] | None, number: int, unit: _Unit) -> Passage:
        passage = _Words(marked, self.treaty, number).read()
        self.passages.append((number, passage))
        return replace(passage, lines=lines or unit.lines or (number, number))

    def _frozen(self, units: Sequence[_Unit], above: str = "", attached: str = "") -> tuple[Provision, ...]:
        """attached: the eId of the annex that the units are in, or ""."""
        numbers = self._numbers(units)
        return tuple(self._freeze(unit, number, above, attached) for unit, number in zip(units, numbers))

    def _freeze(self, unit: _Unit, printed: str, above: str, attached: str) -> Provision:
        eid = unit.eid or self._eid(unit, printed, above, attached)
        step = eid.rpartition("__")[2]
        number = step.partition("_")[2].partition("_dup_")[0] if unit.num else ""
        children = self._frozen(unit.children, eid, eid if unit.kind in ATTACHED else attached)
        lines = unit.lines or (
            unit.number,
            max([unit.number, *(p.lines[1] for p in unit.passages), *(c.lines[1] for c in children)]),
        )
        made = Provision(eid, unit.kind, unit.num, number, unit.heading, tuple(unit.passages), children, lines)
        self.units.append((unit.number, made))
        return made

    def _eid(self, unit: _Unit, number: str, above: str, attached: str) -> str:
        """The eId of a unit that does not say it: from its number as printed, or counted."""
        if unit.kind in AROUND:
            return self.free.free(AROUND[unit.kind])
        if unit.kind.value.startswith("enclosing-"):
            return self.free.free(step_in(above, unit.kind.value.partition("-")[2]))
        step = HEADING_STEPS.get(unit.kind) or UNIT_STEPS.get(unit.kind) or unit.kind.value.replace("-", "_")
        if unit.kind is Kind.RECITAL:
            above, step = "preamble", "rec"
        if unit.kind is Kind.ARTICLE or unit.kind in ATTACHED:
            above = attached
        is_counted = unit.kind in HEADING_STEPS or unit.kind in UNIT_STEPS or unit.kind in COUNTED
        if not number and is_counted:
            self.counts[above, step] = self.counts.get((above, step), 0) + 1
            number = str(self.counts[above, step])
        return self.free.free(step_in(above, f"{step}_{number}" if number else step))

    def _numbers(self, units: Sequence[_Unit]) -> list[str]:
        """The numbers that eIds are made of. Letters are read as a row: в) after б) is c, с) after b) is c, too."""
        numbers = [self._number(unit) for unit in units]
        rows: dict[Kind, list[int]] = {}
        for place, (unit, number) in enumerate(zip(units, numbers)):
            if unit.kind in UNIT_STEPS and len(number) == 1 and number.isalpha():
                rows.setdefault(unit.kind, []).append(place)
        for places in rows.values():
            for place, number in zip(places, normalise([numbers[place] for place in places])):
                numbers[place] = number
        return ["".join(letter if letter.isascii() else letter_of(letter) for letter in number) for number in numbers]

    def _number(self, unit: _Unit) -> str:
        if unit.kind in HEADING_STEPS and unit.num:
            said = announce(unit.num, forms(self.lang), True) if self.lang in languages() else None
            if said and said.numbers:
                return said.numbers[0]
            figures = FIGURES.search(unit.num)
            return re.sub(r"[.-]+", "-", figures.group().lower()) if figures else ""
        return re.sub(r"\W+", "-", unit.num.lower()).strip("-_")


class _Unit:
    """A unit while it is read."""

    def __init__(self, kind: Kind, eid: str, num: str, lines: tuple[int, int] | None, number: int):
        self.kind, self.eid, self.num, self.lines, self.number = kind, eid, num, lines, number
        self.heading: Passage | None = None
        self.passages: list[Passage] = []
        self.children: list[_Unit] = []

    def walk(self) -> Iterator[_Unit]:
        yield self
        for child in self.children:
            yield from child.walk()


class _Words:
    """Reads the words of one line with their marks."""

    def __init__(self, marked: str, treaty: str, number: int):
        self.marked, self.treaty, self.number = marked, treaty, number
        self.pieces: list[str] = []
        self.length = 0
        self.references: list[Reference] = []
        self.notes: list[Mark] = []
        self.edits: list[Mark] = []
        self.open: list[tuple[str, int, tuple[Target, ...], list[Reference]]] = []

    def read(self) -> Passage:
        at = 0
        for found in MARK.finditer(self.marked):
            if self.marked.find("{", at, found.start()) >= 0:
                self._fail("a brace that opens no mark; a brace that is text is written twice")
            self._text(self.marked[at : found.start()])
            at = found.end()
            if found["brace"]:
                self._text("{")
            elif found["close"]:
                self._close()
            else:
                self._open(found["name"], (found["of"] or "").split())
        if self.marked.find("{", at) >= 0:
            self._fail("a brace that opens no mark; a brace that is text is written twice")
        self._text(self.marked[at:])
        if self.open:
            self._fail(f"the mark {self.open[-1][0]!r} is not closed with {{/}}")
        return Passage("".join(self.pieces), (0, 0), tuple(self.references), tuple(self.notes), tuple(self.edits))

    def _fail(self, message: str) -> None:
        raise NotationBroken(self.number, message)

    def _text(self, words: str) -> None:
        self.pieces.append(words)
        self.length += len(words)

    def _open(self, name: str, of: Sequence[str]) -> None:
        if name in ("note", "edit"):
            (self.notes if name == "note" else self.edits).append(Mark(self.length, " ".join(of)))
        elif len(of) != {"ref": 1, "refs": 0, "range": 2}[name]:
            self._fail(f"the mark {name!r} has {len(of)} targets")
        else:
            self.open.append((name, self.length, tuple(map(self._target, of)), []))

    def _close(self) -> None:
        if not self.open:
            self._fail("{/} closes nothing")
        name, start, targets, inner = self.open.pop()
        if name == "refs":
            reference = Reference(
                start,
                self.length,
                tuple(target for each in inner for target in each.targets),
                False,
                tuple((each.start, each.end) for each in inner),
            )
        else:
            reference = Reference(start, self.length, targets, name == "range")
        (self.open[-1][3] if self.open else self.references).append(reference)

    def _target(self, words: str) -> Target:
        if words.startswith(INSTRUMENT):
            return Target(instrument=words.removeprefix(INSTRUMENT))
        treaty, _, eid = words.partition("#")
        return Target(treaty or self.treaty, eid)
