"""A passage of law as HTML: its words escaped, its references as links, its notes and edits as marks.

The words of the page are exactly the words of the passage: a mark holds no text (its sign is drawn by the style sheet).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from ..model import Mark, Passage, Reference, Target
from .addresses import address, relative
from .remarks import Remark


@dataclass(frozen=True)
class Placed:
    """Where a passage is shown: the page, the language, the remarks its marks lead to.

    in_page: whether a provision (treaty, eId) stands on this page itself.
    """

    page: str
    lang: str
    remarks: Mapping[tuple[str, str], Remark]
    in_page: Callable[[str, str], bool]


def passage_html(passage: Passage, placed: Placed) -> Markup:
    """The passage as inline HTML."""
    marks = sorted((*passage.notes, *passage.edits), key=lambda mark: mark.at)
    html = Markup()
    at = 0
    for reference in sorted(passage.references, key=lambda reference: reference.start):
        if reference.start < at or not reference.targets:
            continue
        html += _text(passage.text, at, reference.start, marks, placed)
        inside = [mark for mark in marks if reference.start < mark.at <= reference.end]
        html += _reference(passage.text, reference, placed)
        html += _marks(inside, placed)
        marks = [mark for mark in marks if mark.at > reference.end]
        at = reference.end
    return html + _text(passage.text, at, len(passage.text), marks, placed)


def _text(text: str, start: int, end: int, marks: list[Mark], placed: Placed) -> Markup:
    """text[start:end] with the marks that hang in it."""
    html = Markup()
    at = start
    for mark in [mark for mark in marks if start <= mark.at <= end]:
        html += escape(text[at : mark.at]) + _marks([mark], placed)
        at = mark.at
        marks.remove(mark)
    return html + escape(text[at:end])


def _reference(text: str, reference: Reference, placed: Placed) -> Markup:
    """The words of a reference: a link for each target that has words of its own, one for all where none has."""
    html = Markup()
    at = reference.start
    for start, end, targets in _linked(reference):
        html += escape(text[at:start]) + _link(text[start:end], targets, placed)
        at = end
    return html + escape(text[at : reference.end])


def _linked(reference: Reference) -> list[tuple[int, int, list[Target]]]:
    """Words (start, end) with what they lead to; a target without words of its own goes with the one before it."""
    spans = reference.spans or ((reference.start, reference.end),)
    found: list[tuple[int, int, list[Target]]] = []
    for place, target in enumerate(reference.targets):
        start, end = spans[place] if place < len(spans) else (0, 0)
        if end > start:
            found.append((start, end, [target]))
        elif found:
            found[-1][2].append(target)
    return found


def _link(words: str, targets: Sequence[Target], placed: Placed) -> Markup:
    first = targets[0]
    is_here = placed.in_page(first.treaty, first.eid)
    href = f"#{first.eid}" if is_here else relative(placed.page, address(first))
    keys = " ".join(address(target) for target in targets)
    return Markup('<a class="k-ref" href="{}" data-targets="{}">{}</a>').format(href, keys, words)


def _marks(marks: list[Mark], placed: Placed) -> Markup:
    html = Markup()
    for mark in marks:
        remark = placed.remarks.get((placed.lang, mark.id))
        if remark:
            html += Markup('<a class="k-mark k-mark--{}" href="#{}" data-sign="{}" aria-label="{}"></a>').format(
                remark.tone, remark.id, remark.number, ": ".join(filter(None, (remark.title, remark.kind))),
            )
    return html
