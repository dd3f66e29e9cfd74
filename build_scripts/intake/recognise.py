"""Say what a file is, by what it holds; its name only decides between text and Markdown.

Reads   the bytes of a file and its name
Writes  Format; what is none of them is Refused, with what to send instead
"""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum

from ..problems import Code
from .received import Received
from .refuse import Refused


class Format(str, Enum):
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    AKOMA_NTOSO = "akoma-ntoso"


OF_EXTENSION = {
    "txt": Format.TEXT, "text": Format.TEXT, "md": Format.MARKDOWN, "markdown": Format.MARKDOWN, "htm": Format.HTML,
    "html": Format.HTML, "xhtml": Format.HTML, "docx": Format.DOCX, "pdf": Format.PDF,
    "xml": Format.AKOMA_NTOSO, "akn": Format.AKOMA_NTOSO,
}
AS_READ = {
    Format.TEXT: "plain text", Format.MARKDOWN: "Markdown", Format.HTML: "HTML", Format.DOCX: "a Word file (DOCX)",
    Format.PDF: "a PDF", Format.AKOMA_NTOSO: "Akoma Ntoso (XML)",
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = {
    b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"II*\x00": "TIFF", b"MM\x00*": "TIFF", b"BM": "BMP",
    b"AT&TFORM": "DjVu",
}
ARCHIVES = {b"\x1f\x8b": "gzip", b"7z\xbc\xaf": "7z", b"Rar!": "RAR", b"BZh": "bzip2", b"\xfd7zXZ": "xz"}
HTML_START = re.compile(
    rb"""(?isx) ^ \W{0,8} (?: <!--.*?--> \s* | <\?xml[^>]*\?> \s* | <!doctype\s+html[^>]*> \s* )*
    < (?: !doctype\s+html | html | head | body | meta ) \b"""
)
FRAGMENT = re.compile(rb"(?i)<(?:p|div|h[1-6]|table|br|span|li)\b[^>]*>")
XML_START = re.compile(rb"^\W{0,8}<(?:\?xml|!DOCTYPE|[A-Za-z])")
AKOMA_NTOSO = re.compile(rb"<(?:[\w.-]{1,40}:)?akomaNtoso\b")
NARROW = re.compile(rb"\x00")


def recognise(file: Received) -> tuple[Format, str]:
    """The format, and a remark when the name of the file says another ("" when it does not)."""
    found = _by_content(file)
    named = OF_EXTENSION.get(file.extension)
    if found is Format.TEXT and named is Format.MARKDOWN:
        found = Format.MARKDOWN
    texts = (Format.TEXT, Format.MARKDOWN)
    if named is found or (named is None and found in texts):
        return found, ""
    return found, f"{file.name} is {AS_READ[found]}, whatever its name says; it was read as that"


def _by_content(file: Received) -> Format:
    data = file.data
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if data.startswith(OLE):
        raise _old_office(data)
    if data.lstrip()[:5] == b"{\\rtf":
        raise Refused(Code.FORMAT_UNKNOWN, "this is RTF", "open it in a word processor and save it as DOCX")
    for start, name in PICTURES.items():
        if data.startswith(start) and not (name == "BMP" and b"\x00" not in data[:64]):
            raise Refused(
                Code.NO_TEXT, f"this is a picture ({name}) without text",
                "ask for the text, or have the letters recognised (OCR) and compare them with the picture",
            )
    for start, name in ARCHIVES.items():
        if data.startswith(start):
            raise Refused(Code.FORMAT_UNKNOWN, f"this is an archive ({name})", "unpack it and name the files in it")
    narrow = NARROW.sub(b"", data[:4096])  # UTF-16 that is nearly ASCII, as a page begins
    if HTML_START.search(narrow):
        return Format.HTML
    if XML_START.search(narrow):
        return _marked_up(file, narrow)
    return Format.HTML if OF_EXTENSION.get(file.extension) is Format.HTML and FRAGMENT.search(data) else Format.TEXT


def _packed(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise Refused(
            Code.FILE_BROKEN, "the file is a damaged DOCX or archive", "ask for it again: it was cut off or changed on the way"
        ) from None
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(n.startswith("word/") for n in names)):
        return Format.DOCX
    if "content.xml" in names:
        raise Refused(Code.FORMAT_UNKNOWN, "this is an OpenDocument file", "open it and save it as DOCX")
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        raise Refused(Code.FORMAT_UNKNOWN, "this is a table or slides, no text", "send the text as DOCX, PDF, HTML or plain text")
    raise Refused(Code.FORMAT_UNKNOWN, "this is an archive (ZIP)", "unpack it and name the files in it")


def _old_office(data: bytes) -> Refused:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Refused(
            Code.PASSWORD_PROTECTED, "the Word file is protected by a password",
            "open it with the password, save a copy without one, and add that",
        )
    return Refused(
        Code.FORMAT_UNKNOWN, "this is a file of an old Office (such as .doc)", "open it and save it as DOCX"
    )


def _marked_up(file: Received, start: bytes) -> Format:
    """HTML without its frame, Akoma Ntoso, or other XML, which is refused."""
    is_xml = start.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith((b"<?xml", b"<!DOCTYPE")) or b"xmlns" in start[:600]
    if not is_xml and not AKOMA_NTOSO.search(start) and FRAGMENT.search(start):
        return Format.HTML
    if not is_xml and not AKOMA_NTOSO.search(start) and OF_EXTENSION.get(file.extension) in (Format.TEXT, Format.MARKDOWN):
        return Format.TEXT
    if b"<!ENTITY" in file.data or b"<!ENTITY" in NARROW.sub(b"", file.data[:100_000]):
        raise Refused(
            Code.XML_UNSAFE, "the file is XML that declares entities: it may ask for other files, or grow without end",
            "ask for the text itself, as DOCX, PDF, HTML or plain text",
        )
    if AKOMA_NTOSO.search(start):
        return Format.AKOMA_NTOSO
    raise Refused(
        Code.FORMAT_UNKNOWN, "this is XML, but no Akoma Ntoso", "send the text as Akoma Ntoso, DOCX, PDF, HTML or plain text"
    )
