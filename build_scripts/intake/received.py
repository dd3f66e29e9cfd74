"""Read a file as received.

Reads   a file that the editor names
Writes  Received: its name and bytes; what is no file, or cannot be read, is Refused
"""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

from ..problems import Code
from . import limits
from .refuse import Refused


@dataclass(frozen=True)
class Received:
    """name: without the folders above it; data: byte for byte."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def extension(self) -> str:
        """Small letters without the point; "" when there is none."""
        return Path(self.name).suffix.lower().removeprefix(".")


def receive(path: Path) -> Received:
    """Raises Refused for a folder, a device, a file that is not there, cannot be read, is empty or too large."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Refused(Code.FILE_UNREADABLE, "this is a folder", "name the files in it, in the order of the text")
        if not stat.S_ISREG(found.st_mode):
            raise Refused(Code.FILE_UNREADABLE, "this is no ordinary file", "save the text to a file and name that")
        if found.st_size > limits.FILE:
            raise Refused(
                Code.FILE_TOO_LARGE,
                f"the file has {limits.megabytes(found.st_size)}; {limits.megabytes(limits.FILE)} are the most",
                "a treaty is a few megabytes of text: take the pictures out, or send the text alone or in parts",
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise Refused(Code.FILE_MISSING, "there is no such file", "look at its name and at the folder you are in") from None
    except PermissionError:
        raise Refused(Code.FILE_UNREADABLE, "you may not read this file", "ask for the right to read it, or copy it") from None
    except OSError as fault:
        raise Refused(
            Code.FILE_UNREADABLE, f"the file cannot be read: {fault.strerror}", "copy it to another place and try again"
        ) from None
    if not data:
        raise Refused(Code.FILE_EMPTY, "the file is empty", "ask for it again: nothing arrived")
    return Received(path.name, data)
