"""Open a DOCX, which is a ZIP of XML files, without harm.

Reads   bytes
Writes  the opened document; a ZIP that grows without end, XML with declarations of its own, and a package that is no Word
        document are Refused
"""

from __future__ import annotations

import io
import zipfile
import zlib

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError

from ..problems import Code
from . import limits
from .refuse import Refused

BROKEN_HINT = "open it in a word processor, save it again as DOCX, and add that"


def open_docx(data: bytes) -> Document:
    """Raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, len(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as fault:
        if "encrypted" in str(fault):
            raise Refused(
                Code.PASSWORD_PROTECTED, "the file is protected by a password", "save a copy without one, and add that"
            ) from None
        raise Refused(Code.FILE_BROKEN, f"the DOCX is damaged: {fault}", "ask for it again") from None
    try:
        return docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, PackageNotFoundError, SyntaxError, AttributeError, TypeError, IndexError) as fault:
        raise Refused(Code.FILE_BROKEN, f"the DOCX is of a kind that is not read: {fault}", BROKEN_HINT) from None


def _check(archive: zipfile.ZipFile, packed: int) -> None:
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if len(parts) > limits.PARTS or size > limits.UNPACKED or (size > limits.SMALL and size > packed * limits.RATIO):
        raise Refused(
            Code.FILE_TOO_LARGE,
            f"unpacked, the DOCX would have {limits.megabytes(size)} in {len(parts)} parts; the most are "
            f"{limits.megabytes(limits.UNPACKED)} in {limits.PARTS} parts, and {limits.RATIO} times its packed size",
            "this is no ordinary document; ask for the text as PDF or plain text",
        )
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and _declares(archive, part):
            raise Refused(
                Code.XML_UNSAFE, f"{part.filename} in the DOCX has declarations (DOCTYPE, ENTITY), which no Word file has",
                "it may be made to do harm; ask who sent it, and " + BROKEN_HINT,
            )


def _declares(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    words = archive.read(part).replace(b"\x00", b"")
    return b"<!DOCTYPE" in words or b"<!ENTITY" in words
