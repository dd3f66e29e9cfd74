"""Open questions in treaty.yml: values that begin with a question mark.

Reads   the text of treaty.yml; questions.yml, which says what each field takes
Writes  Questions with their lines; a Problem for each, so that nothing is published before all are answered

    date: "?"                   nothing is known
    place: {ru: "? Астане"}     a proposal: take the question mark away to accept it, or write the answer in its place
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from .problems import Code, Problems
from .tables import SAFE_LOADER, read_table

MARK = "?"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Question:
    """path: the steps to the value; line: from 1; start, end: code points of the value in the file, with its quotes."""

    path: tuple[int | str, ...]
    line: int
    proposal: str
    start: int
    end: int

    @property
    def field(self) -> str:
        """`parties.1.code` as the editor counts, from 1."""
        return ".".join(str(step + 1) if isinstance(step, int) else step for step in self.path)

    @property
    def hint(self) -> str:
        return hint_of(self.path)


def question(proposal: str = "") -> str:
    """The value that asks."""
    return f"{MARK} {proposal}" if proposal else MARK


def open_questions(text: str) -> list[Question]:
    """All questions of a YAML file, in order; none when it is no YAML."""
    try:
        node = yaml.compose(text, Loader=SAFE_LOADER)
    except yaml.YAMLError:
        return []
    return list(_walk(node, ())) if node is not None else []


def _walk(node: yaml.Node, path: tuple[int | str, ...]) -> Iterator[Question]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _walk(value, (*path, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            yield from _walk(value, (*path, place))
    elif node.value == MARK or node.value.startswith(f"{MARK} "):
        start, end = node.start_mark, node.end_mark
        yield Question(path, start.line + 1, node.value[2:].strip(), start.index, end.index)


def report(text: str, file: str, problems: Problems) -> list[Question]:
    """The open questions of `text`, each as a Problem."""
    found = open_questions(text)
    for each in found:
        message = f"{each.field} is not answered" + (f"; proposed: {each.proposal}" if each.proposal else "")
        accept = "; to accept what is proposed, take away the question mark and the space after it" if each.proposal else ""
        problems.add(Code.QUESTION_OPEN, file, each.line, message, each.hint + accept)
    return found


@cache
def _hints() -> list[tuple[tuple[str, ...], str]]:
    data = read_table(HERE / "questions.yml")
    return [(tuple(path.split(".")), hint) for path, hint in data.items()]


def hint_of(path: tuple[int | str, ...]) -> str:
    """What a field takes, in words. `*` in questions.yml stands for any step."""
    steps = tuple(str(step) for step in path)
    for pattern, hint in _hints():
        if len(pattern) == len(steps) and all(want in ("*", step) for want, step in zip(pattern, steps)):
            return hint
    return "treaties/README.md lists the fields and what they take"
