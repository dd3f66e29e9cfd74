"""Write YAML as an editor would, and add to YAML that an editor has written without touching the rest of it.

Reads   values; the text of a file
Writes  scalars on one line; the text with items added to a list, or with values put in place of questions
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from ..questions import MARK, Question


class NotAList(Exception):
    """What stands under the key is no list that can be added to, written an item on a line."""


def plain(value: object) -> str:
    """A value on one line, in quotes where it needs them."""
    if isinstance(value, str) and (value == MARK or value.startswith(f"{MARK} ")):
        return quoted(value)
    return _dump(value, None)


def quoted(value: object) -> str:
    """A text in double quotes, for a place between braces."""
    return _dump(str(value), '"')


def flow(words: Mapping[str, str]) -> str:
    """{kk: "…", en: "…"}"""
    return "{" + ", ".join(f"{lang}: {quoted(text)}" for lang, text in words.items()) + "}"


def _dump(value: object, style: str | None) -> str:
    text: str = yaml.safe_dump(value, allow_unicode=True, width=10**9, default_style=style, default_flow_style=True)
    return text.removesuffix("\n").removesuffix("\n...")


def add_items(text: str, key: str | None, items: Sequence[str]) -> str:
    """`text` with items at the end of its list: the list under `key`, or the whole file when `key` is None.

    items: each a block of lines that begins with "- "; a list that is not there, or empty, is begun. Raises NotAList.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    found = node if key is None else _under(node, key)
    if found is None or found.tag == "tag:yaml.org,2002:null":
        head = "" if key is None else f"{key}:\n"
        if found is not None and key is not None:  # "edits:" and nothing after it
            return _insert(text, _key_line(node, key) + 1, items, 2, newline)
        return _ended(text, newline) + _laid_out(items, 0 if key is None else 2, head, newline)
    if not isinstance(found, yaml.SequenceNode):
        raise NotAList(key or "the file")
    if not found.value:
        start, end = found.start_mark.index, found.end_mark.index
        laid_out = _laid_out(items, 0 if key is None else 2, "", newline)
        return text[:start].rstrip(" ") + (newline if key else "") + laid_out + text[end:].lstrip(newline)
    if found.flow_style:
        raise NotAList(key or "the file")
    return _insert(text, _last_line(found) + 1, items, found.start_mark.column, newline)


def _under(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)


def _key_line(node: yaml.Node, key: str) -> int:
    return int(next(name.start_mark.line for name, _ in node.value if name.value == key))


def _last_line(node: yaml.Node) -> int:
    """The line (from 0) of the last thing that is said below `node`."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        end = node.end_mark
        return int(end.line - (1 if end.column == 0 and end.line > node.start_mark.line else 0))
    children = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
    return max((_last_line(child) for child in children), default=node.start_mark.line)


def _insert(text: str, line: int, items: Sequence[str], indent: int, newline: str) -> str:
    lines = text.splitlines(keepends=True)
    before = _ended("".join(lines[:line]), newline)
    return before + _laid_out(items, indent, "", newline) + "".join(lines[line:])


def _ended(text: str, newline: str) -> str:
    return text if not text or text.endswith(("\n", "\r")) else text + newline


def _laid_out(items: Sequence[str], indent: int, head: str, newline: str) -> str:
    lines = [" " * indent + line if line else line for item in items for line in item.splitlines()]
    return (head + "\n".join(lines) + "\n").replace("\n", newline)


def answer(text: str, answers: Sequence[tuple[Question, Any]]) -> str:
    """`text` with the values in place of the questions."""
    for question, value in sorted(answers, key=lambda each: -each[0].start):
        text = text[: question.start] + _shown(value) + text[question.end :]
    return text


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(value)}]"
    return quoted(value) if isinstance(value, str) else str(value)
