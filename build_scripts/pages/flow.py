"""The picture of a walkthrough: every question a box, every answer a line, as SVG that stands in the page.

Reads   a Walkthrough, the interface's words
Writes  Flow: the SVG in sheets that fit on paper, and the same as a list of words

The sheets are one drawing cut between its layers: on a screen they stand under each other without a gap, on paper each
stays on its page. Colours come from the style sheet.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..decide import RESULT, UNKNOWN, Answer, Effect, Question, Walkthrough
from .layers import Box, Layout, Point, lay_out
from .words import Words

ACROSS, DOWN = 22.0, 46.0  # between boxes, between layers
NARROW, WIDE = 200.0, 420.0  # widths of a box: wide where one stands under the other all the way
LATIN, OTHERS = 6.6, 7.7  # how wide a letter is: other scripts than Latin are wider
EDGE = 9.0  # between a box and its words
LINES, LINE, SIZE = 4, 14.0, 11.5  # of a box's words: lines at most, height, size
LABEL, LABEL_SIZE = 22, 10.0  # of an answer on its line
SHEET, SHAPE = 900.0, 1.35  # the most that a sheet is high, and high for its width, so that it fills a page and can be read
Texts = dict[str, list[tuple[str, str]]]  # box -> its lines, each with its class
Edges = dict[tuple[str, str], list[str]]  # line (from, to) -> what is written on it

QUIET = {Effect.OPEN, Effect.OPEN_AFTER}  # what every question can find is not written into its box


@dataclass(frozen=True)
class Step:
    """A question in words: its number, and where each answer leads, as (answer, address, where in words)."""

    number: int
    href: str
    ask: str
    only: str  # when it is asked at all, in words
    ways: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Flow:
    sheets: tuple[Markup, ...]
    steps: tuple[Step, ...]


def flow_of(walkthrough: Walkthrough, words: Words) -> Flow:
    """The picture and the list, in the language of `words`. Every answer must lead somewhere."""
    drawing = _Drawing(walkthrough, words)
    return Flow(tuple(drawing.sheets()), tuple(drawing.steps()))


class _Drawing:
    def __init__(self, walkthrough: Walkthrough, words: Words):
        self.walkthrough = walkthrough
        self.words = words
        self.number = {name: place for place, name in enumerate(walkthrough.questions, 1)}

    # ---- in words

    def steps(self) -> Iterator[Step]:
        for name, question in self.walkthrough.questions.items():
            ways = tuple(
                (self._label(key, answer), self._href(to), self._where(to))
                for key, answer in question.choices.items() if (to := question.after(key) or RESULT)
            )
            yield Step(self.number[name], self._href(name), question.ask[self.words.lang], self._only(question), ways)

    def _label(self, key: str, answer: Answer) -> str:
        return self.words("walk.js.unknown") if key == UNKNOWN else answer.label[self.words.lang]

    def _href(self, to: str) -> str:
        return "#outcomes" if to == RESULT else f"#q-{to}"

    def _where(self, to: str) -> str:
        return self.words("walk.outcomes") if to == RESULT else self.words("walk.flow.question", n=self.number[to])

    def _only(self, question: Question) -> str:
        return "; ".join(self.words("walk.flow.given", n=n, answers=answers) for n, answers in self._conditions(question))

    def _conditions(self, question: Question) -> Iterator[tuple[int, str]]:
        """The questions that this one depends on, by number, and the answers that call for it."""
        for name, keys in question.given.items():
            asked = self.walkthrough.questions[name]
            yield self.number[name], " / ".join(self._label(key, asked.choices[key]) for key in keys)

    # ---- as a drawing

    def sheets(self) -> Iterator[Markup]:
        labels = self._labels()
        layout, texts = self._laid_out(NARROW, labels)
        if layout.width < 2 * NARROW:
            layout, texts = self._laid_out(WIDE, labels)
        for top, bottom in _cuts(layout):
            yield self._sheet(layout, texts, labels, top, bottom)

    def _laid_out(self, width: float, edges: Edges) -> tuple[Layout, Texts]:
        texts = {name: self._box_words(name, width) for name in (*self.walkthrough.questions, RESULT)}
        heights = {name: 14 + len(lines) * LINE for name, lines in texts.items()}
        return lay_out(heights, edges, width, ACROSS, DOWN), texts

    def _box_words(self, name: str, width: float) -> list[tuple[str, str]]:
        """The lines of a box, each with its class."""
        if name == RESULT:
            return [("k-flow__ask", line) for line in _wrapped(self.words("walk.outcomes"), width, LINES)]
        question = self.walkthrough.questions[name]
        lines = [
            ("k-flow__only", line) for given in self._conditions(question)
            for line in _wrapped(self.words("walk.flow.if", n=given[0], answers=given[1]), width, 1)
        ]
        lines += [
            ("k-flow__ask", line)
            for line in _wrapped(f"{self.number[name]}. {question.ask[self.words.lang]}", width, LINES)
        ]
        effects = {
            finding.effect for answer in question.answers.values() for finding in answer.found if finding.effect not in QUIET
        }
        for effect in sorted(effects, key=list(Effect).index):
            said = "→ " + self.words(f"walk.js.effect.{effect.value}").rstrip(".")
            lines += [(f"k-flow__effect k-flow__effect--{effect.value}", line) for line in _wrapped(said, width, 1)]
        return lines

    def _labels(self) -> Edges:
        """For each line: the answers that take it, none where all take the same; a question passed over adds a line."""
        labels: Edges = {}
        for name, question in self.walkthrough.questions.items():
            ways: dict[str, list[str]] = {}
            for key, answer in question.choices.items():
                ways.setdefault(question.after(key) or RESULT, []).append(self._label(key, answer))
            if question.given:
                ways.setdefault(question.next or RESULT, []).append(self.words("walk.flow.passed-over"))
            for to, names in ways.items():
                labels[name, to] = names if len(ways) > 1 else []
        return labels

    def _sheet(self, layout: Layout, texts: Texts, labels: Edges, top: float, bottom: float) -> Markup:
        margin = 8.0
        parts = [
            _line(points, labels[edge]) for edge, points in layout.lines.items()
            if points[0][1] <= bottom and points[-1][1] >= top
        ]
        parts += [
            self._box(name, box, texts[name]) for name, box in layout.boxes.items() if top <= box.y + box.height / 2 < bottom
        ]
        view = f"{-margin:g} {top:g} {layout.width + 2 * margin:g} {bottom - top:g}"
        return Markup(
            '<svg class="k-flow__sheet" viewBox="{}" style="width: {:g}px" aria-hidden="true" focusable="false">{}</svg>'
        ).format(view, layout.width + 2 * margin, Markup("").join(parts))

    def _box(self, name: str, box: Box, lines: Sequence[tuple[str, str]]) -> Markup:
        words = Markup("").join(
            Markup('<tspan class="{}" x="{:g}" dy="{:g}">{}</tspan>').format(style, box.x + EDGE, LINE if place else 0, text)
            for place, (style, text) in enumerate(lines)
        )
        return Markup(
            '<a class="k-flow__box" href="{}" data-box="{}" tabindex="-1">'
            '<rect x="{:g}" y="{:g}" width="{:g}" height="{:g}" rx="3"/><text x="{:g}" y="{:g}" font-size="{:g}">{}</text></a>'
        ).format(self._href(name), name, box.x, box.y, box.width, box.height, box.x + EDGE, box.y + 17, SIZE, words)


def _wrapped(text: str, width: float, lines: int) -> list[str]:
    letters = int((width - 2 * EDGE) / (LATIN if text.isascii() else OTHERS))
    return textwrap.wrap(text, letters, max_lines=lines, placeholder=" …")


def _cuts(layout: Layout) -> Iterator[tuple[float, float]]:
    """The heights from which and to which each sheet shows."""
    margin, top = 8.0, -8.0
    most = max(SHEET, SHAPE * layout.width)
    breaks = [*layout.breaks, layout.height + margin]
    for place, end in enumerate(breaks):
        last = place + 1 == len(breaks)
        if last or breaks[place + 1] - top > most:
            yield top, end
            top = end


def _line(points: Sequence[Point], labels: Sequence[str]) -> Markup:
    """A line in soft curves between the layers, an arrow at its end, its answers at its beginning."""
    path = f"M{points[0][0]:g} {points[0][1]:g}"
    for (x, y), (to_x, to_y) in zip(points, points[1:]):
        if x == to_x:
            path += f"V{to_y:g}"
        else:
            half = (y + to_y) / 2
            path += f"C{x:g} {half:g} {to_x:g} {half:g} {to_x:g} {to_y:g}"
    x, y = points[-1]
    arrow = f"M{x - 4:g} {y - 7:g}L{x:g} {y:g}L{x + 4:g} {y - 7:g}"
    line = Markup('<path class="k-flow__line" d="{}"/><path class="k-flow__arrow" d="{}"/>').format(path, arrow)
    if not labels:
        return line
    (x, y), (to_x, _) = points[0], points[1]
    text = ", ".join(labels)
    at, anchor = x + (to_x - x) * 0.35 + (4 if to_x >= x else -4), "start" if to_x >= x else "end"
    label = '<text class="k-flow__label" x="{:g}" y="{:g}" font-size="{:g}" text-anchor="{}">{}<title>{}</title></text>'
    return line + Markup(label).format(at, y + 15, LABEL_SIZE, anchor, textwrap.shorten(text, LABEL, placeholder=" …"), text)
