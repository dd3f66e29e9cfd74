"""Read one file, whatever its format.

Reads   Received, the language, the encoding the editor names
Writes  Reading: what the file is and what it holds; a file that cannot be read is Refused
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..notation import check_notation, is_notation
from ..problems import Code
from . import control, limits
from .akoma_ntoso import read_akoma_ntoso
from .breaks import Signs
from .extract import Extract
from .html import read_html
from .markdown import read_markdown
from .pdf import read_pdf
from .plain import read_plain
from .received import Received
from .recognise import Format, recognise
from .refuse import Refused
from .word import read_word


@dataclass(frozen=True)
class Reading:
    """A file that was read. is_itself: the text is the file, byte for byte."""

    file: Received
    format: Format
    extract: Extract

    @property
    def is_itself(self) -> bool:
        verbatim = self.extract.verbatim
        return verbatim is not None and self.file.data.decode("utf-8-sig", "replace") == verbatim


def read(file: Received, lang: str, encoding: str | None, drop_control: bool, signs: Signs) -> Reading:
    """Raises Refused."""
    format_, remark = recognise(file)
    extract = _extract(file, format_, lang, encoding, signs)
    extract = _without_lone_marks(extract, signs)
    if drop_control:
        extract = _without_control(extract)
    if remark:
        extract = replace(extract, remarks=(remark, *extract.remarks))
    _check_size(extract)
    _check_notation(extract, lang)
    return Reading(file, format_, extract)


def _extract(file: Received, format_: Format, lang: str, encoding: str | None, signs: Signs) -> Extract:
    if format_ is Format.PDF:
        return read_pdf(file, signs)
    if format_ is Format.DOCX:
        return read_word(file, signs)
    if format_ is Format.HTML:
        return read_html(file, lang, encoding, signs)
    if format_ is Format.AKOMA_NTOSO:
        return read_akoma_ntoso(file, lang)
    if format_ is Format.MARKDOWN:
        return read_markdown(file, lang, encoding, signs)
    return read_plain(file, lang, encoding)


def _without_lone_marks(extract: Extract, signs: Signs) -> Extract:
    """Headings are marked in the text only where articles are among them: elsewhere "#" would be read as a letter."""
    if any(each.level and signs.begins(each.text) for each in extract.paragraphs):
        return extract
    return replace(extract, paragraphs=tuple(replace(each, level=0) for each in extract.paragraphs))


def _without_control(extract: Extract) -> Extract:
    if extract.verbatim is not None:
        text, taken = control.without(extract.verbatim)
        return replace(extract, verbatim=text, left_out=(*extract.left_out, taken)) if taken else extract
    joined = "\n".join(paragraph.text for paragraph in extract.paragraphs)
    taken = control.without(joined)[1]
    if not taken:
        return extract
    # footnotes and joins of a paragraph that loses characters keep their place well enough: a control character is no word
    kept = tuple(replace(each, text=control.without(each.text)[0]) for each in extract.paragraphs)
    return replace(extract, paragraphs=kept, left_out=(*extract.left_out, taken))


def _check_size(extract: Extract) -> None:
    size = len(extract.verbatim or "") + sum(len(paragraph.text) for paragraph in extract.paragraphs)
    if size > limits.TEXT:
        raise Refused(
            Code.FILE_TOO_LARGE, f"the text has {size:,} characters; {limits.TEXT:,} are the most",
            "send the treaty alone, or in parts",
        )
    words = extract.verbatim if extract.verbatim is not None else "".join(each.text for each in extract.paragraphs)
    if not words.strip():
        raise Refused(Code.FILE_EMPTY, "the file holds no words", "ask for it again, or for another format")


def _check_notation(extract: Extract, lang: str) -> None:
    """A text in our own notation says its language, and holds together."""
    if extract.verbatim is None or not is_notation(extract.verbatim):
        return
    given, faults = check_notation(extract.verbatim)
    for fault in faults:
        raise Refused(Code.NOTATION_BROKEN, fault.message, "docs/notation.md says how it is written", fault.line)
    if given is not None and given.lang != lang:
        message = f"its first line says that it is in {given.lang}, --lang says {lang}"
        raise Refused(Code.LANGUAGE_UNKNOWN, message, f"give --lang {given.lang}", 1)
