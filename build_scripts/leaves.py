"""Values by key as script files: a tree, so that a look-up loads two or three small files however many keys there are.

Reads   keys in the order of the browser's strings, each with the values of one or more columns
Writes  <column>-N.js, the leaves: {key: value} for some of the keys that follow each other; branch-… .js, which name the first
        key of each leaf, and of each branch; the root, for meta.js

    root    {"level": 0, "fan": FAN, "firsts": […], "count": …}: firsts[n] is the first key of leaf n, cut where it differs from
            the key before it; with level 1, of branch 1-n, which names the leaves n * FAN and on. count: of the leaves
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from os.path import commonprefix
from pathlib import Path
from typing import Any

FAN = 128  # leaves or branches that one branch names


def write_data(out_dir: Path, name: str, value: Any) -> None:
    """Write one file of the index: `value` under `name`."""
    path = out_dir / f"{name}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    data = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path.write_bytes(f'Kelisim.searchData("{name}",{data});\n'.encode())


def order(key: str) -> bytes:
    """The order of keys in the browser, where strings are compared by UTF-16 units."""
    return key.encode("utf-16-be")


class LeafWriter:
    """Writes the leaves of a tree one after the other, and its branches at the end."""

    def __init__(self, out_dir: Path, name: str, columns: Sequence[str], size: int):
        """name: of the branches, with the folder; columns: names of the leaves, likewise; size: characters of a leaf, about."""
        self._out_dir = out_dir
        self._name = name
        self._columns = columns
        self._most = size
        self._leaf: list[dict[str, Any]] = [{} for _ in columns]
        self._size = 0
        self._firsts: list[str] = []
        self._last = ""

    def add(self, key: str, values: Sequence[Any], size: int) -> None:
        """size: characters of the first column's value. A column without a value (None) has no such key."""
        if not self._firsts or self._size >= self._most:
            self._finish_leaf()
            self._firsts.append(key[: len(commonprefix([key, self._last])) + 1])
        for leaf, value in zip(self._leaf, values):
            if value is not None:
                leaf[key] = value
        self._size += len(key) + size
        self._last = key

    def _finish_leaf(self) -> None:
        if self._firsts:
            for column, leaf in zip(self._columns, self._leaf):
                write_data(self._out_dir, f"{column}-{len(self._firsts) - 1}", leaf)
        self._leaf = [{} for _ in self._columns]
        self._size = 0

    def finish(self) -> dict[str, Any]:
        """Write what is left. Gives the root."""
        self._finish_leaf()
        level, firsts, count = 0, self._firsts, len(self._firsts)
        while len(firsts) > FAN:
            level += 1
            groups = [firsts[begin : begin + FAN] for begin in range(0, len(firsts), FAN)]
            for number, group in enumerate(groups):
                write_data(self._out_dir, f"{self._name}-{level}-{number}", group)
            firsts = [group[0] for group in groups]
        return {"level": level, "fan": FAN, "firsts": firsts, "count": count}


def write_leaves(out_dir: Path, name: str, rows: Iterable[tuple[str, Any, int]], size: int) -> dict[str, Any]:
    """A tree of one column of leaves. rows: key, value, characters of the value. Gives the root."""
    writer = LeafWriter(out_dir, f"{name}-branch", [name], size)
    for key, value, length in rows:
        writer.add(key, [value], length)
    return writer.finish()
