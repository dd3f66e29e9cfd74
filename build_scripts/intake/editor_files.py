"""Write the entries of edits.yml and notes.yml that a text brings with it.

Reads   Assembled, the parsed text
Writes  items of YAML: corrections of layout with quotation, line and reason; footnotes of the source as notes
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model import Passage, Provision
from ..parse import Parsed
from .assemble import REASONS, Assembled, Correction, Hanging
from .yaml_text import flow, quoted

FEWEST, MOST = 3, 40  # words that are quoted before the mark of a footnote


@dataclass(frozen=True)
class Note:
    """A footnote as notes.yml has it. words: "" when it hangs at the end of its provision."""

    id: str
    eid: str
    words: str
    text: str
    line: int


def edit_items(corrections: Sequence[Correction], lang: str) -> list[str]:
    return [
        f"- lang: {lang}\n  line: {each.line}\n  quote: {quoted(each.quote)}\n  replacement: {quoted(each.replacement)}\n"
        f"  reason: {flow(REASONS[each.reason])}"
        for each in corrections
    ]


def note_items(notes: Sequence[Note], lang: str) -> list[str]:
    items = []
    for note in notes:
        lines = [f"- id: {note.id}", f"  eid: {note.eid}", "  kind: footnote"]
        if note.words:
            lines.append(f"  words: {flow({lang: note.words})}")
        lines.append(f"  text: {flow({lang: note.text})}")
        items.append("\n".join(lines))
    return items


def footnotes(text: Assembled, parsed: Parsed, lang: str) -> tuple[list[Note], list[Hanging]]:
    """The footnotes as notes on the provisions they hang on, and those whose place was not found."""
    provisions = [provision for top in parsed.parts.values() for each in top for provision in each.walk()]
    notes, lost = [], []
    for number, hanging in enumerate(text.footnotes, 1):
        place = _place(hanging, provisions)
        if place is None:
            lost.append(hanging)
        else:
            mark = f"{hanging.note.mark}. " if hanging.note.mark else ""
            notes.append(Note(f"footnote-{lang}-{number}", *place, f"{mark}{hanging.note.text}", hanging.line))
    return notes, lost


def _place(hanging: Hanging, provisions: Sequence[Provision]) -> tuple[str, str] | None:
    """The provision and the words in it that a footnote hangs on: as few as are found once."""
    words = hanging.before.split()
    here = [provision for provision in provisions if any(True for _ in _passages(provision, hanging.line))]
    for count in range(min(FEWEST, len(words)), min(MOST, len(words)) + 1):
        quote = " ".join(words[len(words) - count :]) if count else ""
        found = [
            provision for provision in here
            if quote and sum(passage.text.count(quote) for passage in _passages(provision, hanging.line)) == 1
        ]
        if len(found) == 1 and sum(passage.text.count(quote) for passage in found[0].passages or _heading(found[0])) == 1:
            return found[0].eid, quote
    return (here[-1].eid, "") if here else None


def _passages(provision: Provision, line: int) -> Iterator[Passage]:
    """The passages that came from `line`; the heading only where there is nothing else, as notes take it."""
    for passage in provision.passages or _heading(provision):
        if passage.lines[0] <= line <= passage.lines[1]:
            yield passage


def _heading(provision: Provision) -> tuple[Passage, ...]:
    return (provision.heading,) if provision.heading else ()
