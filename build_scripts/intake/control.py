"""Characters that no text should hold.

Reads   a text
Writes  the places where they stand, each as a Problem; or the text without them, and how many went
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from ..problems import Code, Problems
from ..read import BREAK, LOST, SPACES

AT_MOST = 20  # places that are reported one by one
REMOVABLE = "\ufffe\uffff"  # and every control character; U+FFFD marks a loss and is never taken away


def is_wrong(character: str) -> bool:
    return character in LOST or (unicodedata.category(character) == "Cc" and character not in SPACES + "\r\n")


def report(text: str, file: str, problems: Problems) -> None:
    """A Problem for each of the first places, and one for the rest."""
    count = 0
    for number, line in enumerate(BREAK.split(text), 1):
        for column, character in enumerate(line, 1):
            if not is_wrong(character):
                continue
            count += 1
            if count <= AT_MOST:
                lost = " (a letter was lost here)" if character == "\ufffd" else ""
                problems.add(
                    Code.CONTROL_CHARACTER, file, number,
                    f"U+{ord(character):04X} in column {column} is no character of a text{lost}",
                    "look up the place in the original and put the right character"
                    + ("" if lost else ", or add with --without-control-characters"),
                )
    if count > AT_MOST:
        problems.add(
            Code.CONTROL_CHARACTER, file, 0, f"{count - AT_MOST} more characters that are none of a text",
            "the file is damaged, or it is no text at all: ask for it again",
        )


def without(text: str) -> tuple[str, str]:
    """The text without control characters, and what was taken out, in words ("" when nothing was)."""
    taken = Counter(character for character in text if is_wrong(character) and character != "\ufffd")
    if not taken:
        return text, ""
    kinds = ", ".join(f"U+{ord(character):04X} ({count})" for character, count in sorted(taken.items()))
    return re.sub("[" + re.escape("".join(taken)) + "]", "", text), f"control characters: {kinds}"
