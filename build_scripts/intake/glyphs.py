"""Take the letters out of a PDF, with their places on the page.

Reads   bytes
Writes  for each page its Runs: letters of one line that stand side by side; what cannot be opened is Refused

PDFium gives the letters in the order of the file. Where a script runs from right to left it turns some words round and others
not; there the places of the letters say in which order they are read.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import bidirectional

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ..problems import Code
from . import limits
from .extract import superscript
from .refuse import Refused

GAP = 0.13  # of the height of a letter: more white than this is a space
SOME_GAP = 0.08  # the same between words that the file has in another order
SIGN_GAP = 0.25  # the same before a sign
NEAR = 3  # letters
FAR_GAP = 0.8  # the same where letters are joined, for some of them end in white: their spaces are known
SPLIT = 1.6  # of the height: more than this is another column, or another cell
RAISED = 0.12  # of the height: how far the foot of a raised letter is above the line
SMALL = 0.82  # of the height: how much smaller a raised letter is
SHIFT = 0.45  # of the height: a letter that stands higher or lower than this is on another line
SOME = 7  # letters that are asked whether a line is bold
HYPHEN_AT_END = "\ufffe"  # what PDFium gives for a hyphen that ends a line
PASSWORD_ERROR = 4
RIGHT_TO_LEFT = ("R", "AL")
LEFT_TO_RIGHT = ("L", "EN", "AN")
BETWEEN_NUMBERS = ("ES", "CS", "ET")
STREAM = re.compile(rb"stream\r?\n(?=\x78)")  # the beginning of packed bytes


@dataclass(frozen=True)
class Run:
    """Letters side by side. x0, x1: left and right edge; y: the line they stand on, from the foot of the page; height: of
    a letter with its white above and below; all in points. order: its place in the file; bold: whether its letters are."""

    text: str
    x0: float
    x1: float
    y: float
    height: float
    order: int = 0
    bold: bool = False

    @property
    def is_right_to_left(self) -> bool:
        letters = [letter for letter in self.text if letter.isalpha()]
        return sum(bidirectional(letter) in RIGHT_TO_LEFT for letter in letters) * 2 > len(letters)


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    runs: tuple[Run, ...]
    pictures: bool


@dataclass(frozen=True)
class _Letter:
    text: str
    x0: float
    x1: float
    y: float
    height: float
    space: bool  # white stands before it, as PDFium sees it
    index: int = 0  # as PDFium counts
    rank: int = 0  # in the file, among the letters of the page


def open_pdf(data: bytes) -> Iterator[Page]:
    """The pages, one after the other. Raises Refused."""
    _refuse_bomb(data)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        if getattr(fault, "err_code", None) == PASSWORD_ERROR or "password" in str(fault).lower():
            raise Refused(
                Code.PASSWORD_PROTECTED, "the PDF is protected by a password",
                "open it with the password, save a copy without one, and add that",
            ) from None
        raise Refused(Code.FILE_BROKEN, "the PDF is damaged and cannot be opened", "ask for it again") from None
    try:
        count = len(document)
        if count > limits.PAGES:
            raise Refused(
                Code.FILE_TOO_LARGE, f"the PDF has {count} pages; {limits.PAGES} are the most", "send the treaty's pages alone"
            )
        letters = 0
        for number in range(count):
            page = _page(document, number)
            letters += sum(len(run.text) for run in page.runs)
            if letters > limits.TEXT:
                raise Refused(
                    Code.FILE_TOO_LARGE, f"the PDF holds more than {limits.TEXT:,} letters", "send the treaty's pages alone"
                )
            yield page
    finally:
        document.close()


def _refuse_bomb(data: bytes) -> None:
    """A part that is small when packed and huge when unpacked, as no page is. Pictures may be: a white one packs well."""
    for start in STREAM.finditer(data):
        if b"/Image" in data[max(start.start() - 600, 0) : start.start()].rpartition(b" obj")[2]:
            continue
        unpacker = zlib.decompressobj()
        try:
            size = len(unpacker.decompress(memoryview(data)[start.end() :], limits.STREAM + 1))
        except zlib.error:
            continue
        packed = len(data) - start.end() - len(unpacker.unconsumed_tail) - len(unpacker.unused_data)
        if size > limits.STREAM and size > packed * limits.RATIO:
            raise Refused(
                Code.FILE_TOO_LARGE,
                f"a part of the PDF has more than {limits.megabytes(limits.STREAM)} when it is unpacked, {limits.RATIO} times "
                "what it has in the file", "this is no ordinary document; ask for the text in another format",
            )


def _page(document: pdfium.PdfDocument, number: int) -> Page:
    try:
        page = document[number]
        textpage = page.get_textpage()
    except pdfium.PdfiumError:
        raise Refused(Code.FILE_BROKEN, f"page {number + 1} of the PDF is damaged", "ask for the file again") from None
    letters = textpage.count_chars()
    if letters > limits.LETTERS:
        raise Refused(
            Code.FILE_TOO_LARGE, f"page {number + 1} of the PDF has {letters:,} letters; {limits.LETTERS:,} are the most",
            "this is no ordinary page; ask for the text in another format",
        )
    width, height = page.get_size()
    runs = tuple(
        replace(run, order=order, bold=_is_bold(textpage, letters))
        for order, (run, letters) in enumerate(_runs(_in_order(list(_letters(textpage)))))
    )
    pictures = any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    textpage.close()
    page.close()
    return Page(width, height, runs, pictures)


def _letters(textpage: pdfium.PdfTextPage) -> Iterator[_Letter]:
    white = False
    high = ""
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        text = chr(code) if code < 0x110000 else "\ufffd"
        if 0xD800 <= code < 0xDC00:
            high = text
            continue
        if 0xDC00 <= code < 0xE000:
            text = (high + text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        if raw.FPDFText_IsGenerated(textpage, index) == 1 or text in " \t\r\n":
            white = True
            continue
        if text in ("\x00", "\ufffd") and raw.FPDFText_HasUnicodeMapError(textpage, index) == 1:
            text = "\ufffd"
        if text in ("\x02", HYPHEN_AT_END):
            text = "-"
        yield _placed(textpage, index, text, white)
        white = False


def _placed(textpage: pdfium.PdfTextPage, index: int, text: str, white: bool) -> _Letter:
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    raw.FPDFText_GetCharOrigin(textpage, index, x, y)
    raw.FPDFText_GetLooseCharBox(textpage, index, box)
    size = abs(box.top - box.bottom) or raw.FPDFText_GetFontSize(textpage, index) or 1.0
    return _Letter(text, min(box.left, box.right), max(box.left, box.right), y.value, size, white, index)


def _in_order(letters: list[_Letter]) -> list[_Letter]:
    """The letters as they are; those of a page that is read from right to left line by line, as they are read."""
    if not _is_from_right(letters):
        return letters
    ranked = [replace(letter, rank=rank) for rank, letter in enumerate(letters)]
    tall = sorted(letter.height for letter in letters)[len(letters) * 3 // 4]  # letters and their marks differ much
    rows: list[list[_Letter]] = []
    for letter in sorted(ranked, key=lambda each: -each.y):
        if rows and rows[-1][0].y - letter.y < SHIFT * tall:
            rows[-1].append(letter)
        else:
            rows.append([letter])
    return [letter for row in rows for letter in _from_right(sorted(row, key=lambda each: each.rank))]


def _is_from_right(letters: Sequence[_Letter]) -> bool:
    kinds = [bidirectional(letter.text[0]) for letter in letters if letter.text[0].isalpha()]
    return sum(kind in RIGHT_TO_LEFT for kind in kinds) * 2 > len(kinds)


def _from_right(row: list[_Letter]) -> Iterator[_Letter]:
    """A line from right to left, its numbers and Latin words from left to right."""
    read: list[_Letter] = []
    turned: list[_Letter] = []  # what runs from left to right, and signs after it
    for letter in sorted(row, key=lambda each: -(each.x0 + each.x1)):
        kind = bidirectional(letter.text[0])
        if kind in LEFT_TO_RIGHT or (turned and kind in BETWEEN_NUMBERS):
            turned.append(letter)
            continue
        read += [*_unturned(turned), letter]
        turned = []
    read += _unturned(turned)
    whites = {letter.rank for letter in row if letter.space}  # white stands before them in the file
    for last, letter in zip([None, *read], read):
        yield replace(letter, space=last is not None and _white_between(last, letter, whites))


def _white_between(last: _Letter, letter: _Letter, whites: set[int]) -> bool:
    """What stands near each other in the file, in this order or turned round, has white where the file has it."""
    first, second = sorted((last.rank, letter.rank))
    if second - first <= NEAR:
        return any(rank in whites for rank in range(first + 1, second + 1))
    least = SOME_GAP if letter.text.isalnum() else SIGN_GAP
    return max(letter.x0 - last.x1, last.x0 - letter.x1) > least * max(last.height, letter.height)


def _unturned(turned: list[_Letter]) -> list[_Letter]:
    """What was gathered from right to left, from left to right; signs that only stand beside it stay on their side."""
    end = len(turned)
    while end and bidirectional(turned[end - 1].text[0]) in BETWEEN_NUMBERS:
        end -= 1
    return [*turned[:end][::-1], *turned[end:]]


def _is_bold(textpage: pdfium.PdfTextPage, letters: list[int]) -> bool:
    """Whether most of some letters are; a font may lack one, which is then of another."""
    some = letters[:: max(len(letters) // SOME, 1)]
    return sum(_is_bold_letter(textpage, index) for index in some) * 2 > len(some)


def _is_bold_letter(textpage: pdfium.PdfTextPage, index: int) -> bool:
    if raw.FPDFText_GetFontWeight(textpage, index) >= 600:
        return True
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, index, name, len(name), flags)
    return any(word in name.value.lower() for word in (b"bold", b"black", b"heavy"))


def _runs(letters: list[_Letter]) -> Iterator[tuple[Run, list[int]]]:
    """The runs, each with the places of its letters."""
    held: list[_Letter] = []
    for letter in letters:
        if held and not _goes_on(held, letter):
            yield _run(held), [each.index for each in held]
            held = []
        held.append(letter)
    if held:
        yield _run(held), [each.index for each in held]


def _base(held: list[_Letter]) -> _Letter:
    """The letter that says where the line stands: the largest of the last ones."""
    return max(held[-12:], key=lambda letter: letter.height)


def _goes_on(held: list[_Letter], letter: _Letter) -> bool:
    base, last = _base(held), held[-1]
    if abs(letter.y - base.y) > SHIFT * max(base.height, letter.height):
        return False
    gap = max(letter.x0 - last.x1, last.x0 - letter.x1)  # on either side: a script may run from right to left
    return gap < SPLIT * max(base.height, 1.0)


def _run(held: list[_Letter]) -> Run:
    body = max(held, key=lambda letter: letter.height)
    words: list[str] = []
    raised: list[str] = []
    last: _Letter | None = None
    usual, least = (FAR_GAP, -1.0) if _is_from_right(held) else (GAP, 0.02)
    for letter in held:
        is_raised = letter.height < SMALL * body.height and letter.y - body.y > RAISED * body.height
        gap = 0.0 if last is None else max(letter.x0 - last.x1, last.x0 - letter.x1)
        white = last is not None and (gap > usual * body.height or (letter.space and gap > least * body.height))
        if raised and (not is_raised or white):
            words.append(superscript("".join(raised)))
            raised = []
        if white:
            words.append(" ")
        if is_raised and (raised or (words and words[-1][-1:].isalnum() and not white)):
            raised.append(letter.text)
        else:
            words.append(letter.text)
        last = letter
    words.append(superscript("".join(raised)))
    heights = sorted(letter.height for letter in held)
    height = heights[len(heights) // 2]
    line = next(letter.y for letter in held if letter.height == height)
    return Run("".join(words), min(letter.x0 for letter in held), max(letter.x1 for letter in held), line, height)
