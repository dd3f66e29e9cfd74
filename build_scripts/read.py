"""Read a text as received.

Reads   the bytes of treaties/<slug>/<lang>.txt, its SHA-256 from treaty.yml, the edits of layout declared for it
Writes  Lines: the text line by line, with the edits made and marked. Nothing else is changed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from .describe import Edit
from .model import EditMade, Mark
from .problems import Code, Problems

BREAK = re.compile(r"\r\n|\n|\r")
# U+FFFD stands for a character that somebody's program lost; U+FFFE and U+FFFF are no characters
LOST = "\ufffd\ufffe\uffff"
SPACES = "\t\f\v\u0085\u2028\u2029"


@dataclass(frozen=True)
class Line:
    """One line of the source, after edits. number: from 1; marks: where edits were made (code points)."""

    number: int
    text: str
    marks: tuple[Mark, ...] = ()


def decode(data: bytes, file: str, sha256: str | None, problems: Problems) -> str | None:
    """The bytes as text, or None with the faults in `problems`.

    Guarantees: 1. the bytes are UTF-8 (a byte order mark is dropped); 2. they have the SHA-256 declared, if one is;
    3. no control characters stand in the text but white space.
    """
    actual = hashlib.sha256(data).hexdigest()
    if sha256 is not None and actual != sha256:
        problems.add(
            Code.CHECKSUM_WRONG, file, 0, f"treaty.yml says sha256 {sha256}, the file has {actual}",
            "restore the source as received; if it was replaced on purpose, put the new sum into treaty.yml",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        problems.add(
            Code.NOT_UTF8, file, line, f"byte {fault.start} (0x{data[fault.start]:02x}) is not UTF-8",
            "save the file as UTF-8 (in a text editor: Save as, encoding UTF-8)",
        )
        return None
    faults = len(problems)
    for number, words in enumerate(BREAK.split(text), 1):
        for column, character in enumerate(words, 1):
            if character in LOST or (unicodedata.category(character) == "Cc" and character not in SPACES):
                problems.add(
                    Code.CONTROL_CHARACTER, file, number,
                    f"U+{ord(character):04X} in column {column} is no character of a text",
                    "look up the place in the original and put the right character, or delete this one",
                )
    return text if len(problems) == faults else None


def edit_lines(
    text: str, edits: Sequence[tuple[Edit, int]], file: str, edits_file: str, problems: Problems
) -> tuple[tuple[Line, ...], tuple[EditMade, ...]]:
    """The lines of `text` with `edits` made, and the edits as made.

    edits: each with the line of `edits_file` it stands on. An edit whose quotation is not on its line exactly once is
    a Problem and is not made.
    """
    lines = [Line(number, line) for number, line in enumerate(BREAK.split(text), 1)]
    made = []
    for index, (edit, declared_on) in enumerate(edits, 1):
        line = lines[edit.line - 1] if edit.line <= len(lines) else Line(edit.line, "")
        found = line.text.count(edit.quote)
        if found != 1:
            _report(edit, found, lines, file, edits_file, declared_on, problems)
            continue
        at = line.text.index(edit.quote)
        grown = len(edit.replacement) - len(edit.quote)
        moved = tuple(Mark(m.at if m.at <= at else m.at + grown, m.id) for m in line.marks)
        made.append(EditMade(f"edit-{index}", edit.line, edit.quote, edit.replacement, edit.reason))
        lines[edit.line - 1] = Line(
            line.number,
            line.text[:at] + edit.replacement + line.text[at + len(edit.quote) :],
            tuple(sorted(moved + (Mark(at + len(edit.replacement), f"edit-{index}"),), key=lambda mark: mark.at)),
        )
    return tuple(lines), tuple(made)


def _report(
    edit: Edit, found: int, lines: Sequence[Line], file: str, edits_file: str, declared_on: int, problems: Problems
) -> None:
    if found:
        problems.add(
            Code.EDIT_AMBIGUOUS, edits_file, declared_on,
            f"{edit.quote!r} stands {found} times on line {edit.line} of {file}",
            "quote more of the line, so that it stands once",
        )
        return
    elsewhere = [line.number for line in lines if edit.quote in line.text]
    there = f"it stands on line {', '.join(map(str, elsewhere))}" if elsewhere else "it stands nowhere in the file"
    problems.add(
        Code.EDIT_NOT_FOUND, edits_file, declared_on, f"{edit.quote!r} is not on line {edit.line} of {file}; {there}",
        "quote the line exactly as it is in the source, and give its number",
    )
