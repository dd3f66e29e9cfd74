"""Why a file is not taken in.

A reader raises Refused where it cannot go on; whoever called it makes a Problem of that, with the name of the file.
"""

from __future__ import annotations

from ..problems import Code, Problems


class Refused(Exception):
    """A file that is not taken in. line: of the text, from 1, or 0 for the file as a whole."""

    def __init__(self, code: Code, message: str, hint: str, line: int = 0):
        super().__init__(message)
        self.code, self.message, self.hint, self.line = code, message, hint, line

    def report(self, file: str, problems: Problems) -> None:
        problems.add(self.code, file, self.line, self.message, self.hint)
