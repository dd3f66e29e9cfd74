"""Editor's notes and corrections of layout, as a page shows them: numbered in the order of the page.

Reads   the notes and edits of a treaty's expressions, the provisions that a page shows
Writes  Remarks: by mark, for the marks in the text; by provision, for what is opened below it
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..model import EditMade, Expression, Note, Passage, Provision
from .labels import in_lang
from .tree import Tree
from .words import capital

FOOTNOTE = "footnote"  # the source's own
PLAIN_KINDS = ("translation", "inconsistent-terms", FOOTNOTE)  # these cast no doubt on the wording


@dataclass(frozen=True)
class Remark:
    """A note or an edit. id: its anchor; number: as the mark shows it; tone: "doubt", "plain" or "edit"."""

    id: str
    number: str
    tone: str
    title: str
    kind: str  # "doubtful wording", or ""
    text: str
    detail: str = ""


@dataclass(frozen=True)
class Remarks:
    by_mark: Mapping[tuple[str, str], Remark] = field(default_factory=dict)  # (lang, id) -> remark
    by_eid: Mapping[str, tuple[Remark, ...]] = field(default_factory=dict)

    def all(self) -> Iterator[Remark]:
        for remarks in self.by_eid.values():
            yield from remarks

    @property
    def notes(self) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.all() if remark.tone != "edit")

    @property
    def edits(self) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.all() if remark.tone == "edit")


def collect_remarks(tree: Tree, columns: Sequence[Expression], shown: Sequence[str]) -> Remarks:
    """The remarks on the provisions `shown` (eIds, in the order of the page)."""
    by_mark: dict[tuple[str, str], Remark] = {}
    by_eid: dict[str, tuple[Remark, ...]] = {}
    notes = {note.id: note for expression in reversed(columns) for note in expression.notes}
    by_provision: dict[str, list[Note]] = {}
    for note in notes.values():
        by_provision.setdefault(note.eid, []).append(note)
    places = _places(columns)
    edits = {expression.lang: _edits_by_eid(expression) for expression in columns}
    note_number = edit_number = 0
    for eid in dict.fromkeys(shown):
        here: list[Remark] = []
        for note in sorted(by_provision.get(eid, ()), key=lambda note: places.get(note.id, 0)):
            note_number += 1
            remark = _note(tree, note, str(note_number))
            here.append(remark)
            by_mark.update({(expression.lang, note.id): remark for expression in columns})
        for expression in columns:
            for edit in edits[expression.lang].get(eid, ()):
                if (expression.lang, edit.id) not in by_mark:
                    edit_number += 1
                    remark = _edit(tree, expression.lang, edit, f"†{edit_number}" if edit_number > 1 else "†")
                    here.append(remark)
                    by_mark[(expression.lang, edit.id)] = remark
        if here:
            by_eid[eid] = tuple(here)
    return Remarks(by_mark, by_eid)


def passages_of(provision: Provision) -> tuple[Passage, ...]:
    """Its heading and its own words."""
    return ((provision.heading,) if provision.heading else ()) + provision.passages


def _places(columns: Sequence[Expression]) -> dict[str, int]:
    """Where the mark of each note stands in the first text that has it, counted through the whole text."""
    places: dict[str, int] = {}
    for expression in columns:
        before = 0
        for provision in expression.walk():
            for passage in passages_of(provision):
                for mark in passage.notes:
                    places.setdefault(mark.id, before + mark.at)
                before += len(passage.text)
    return places


def _edits_by_eid(expression: Expression) -> dict[str, list[EditMade]]:
    edits = {edit.id: edit for edit in expression.edits}
    found: dict[str, list[EditMade]] = {}
    for provision in expression.walk():
        for passage in passages_of(provision):
            for mark in passage.edits:
                if mark.id in edits:
                    found.setdefault(provision.eid, []).append(edits[mark.id])
    return found


def _note(tree: Tree, note: Note, number: str) -> Remark:
    tone = "plain" if note.kind in PLAIN_KINDS else "doubt"
    kind = tree.words(f"page.note-kind.{note.kind}")
    title = tree.words("page.footnote" if note.kind == FOOTNOTE else "page.note")
    return Remark(f"note-{note.id}", number, tone, title, kind, in_lang(dict(note.text), tree.lang))


def _edit(tree: Tree, lang: str, edit: EditMade, number: str) -> Remark:
    key = "page.edit.detail" if edit.replacement.strip() else "page.edit.removed"
    change = tree.words(
        key, language=tree.name(lang), line=edit.line, quote=_one_line(edit.quote),
        replacement=_one_line(edit.replacement),
    )
    reason = tree.words("page.edit.reason", reason=in_lang(dict(edit.reason), tree.lang).rstrip("."))
    return Remark(f"{lang}-{edit.id}", number, "edit", tree.words("page.edit"), "", capital(change), reason)


def _one_line(text: str) -> str:
    return " ".join(text.split())
