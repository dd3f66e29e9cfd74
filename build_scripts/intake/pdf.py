"""Read a PDF.

Reads   bytes, Signs
Writes  Extract: paragraphs in reading order; page numbers and running heads as paragraphs of their own, marked; where the
        end of a line has cut a word, how it is read

A paragraph ends where the white below a line is larger than usual, where a line ends though the next word had room, and
before a numbered unit, a heading, or a line that is moved to the right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from ..problems import Code
from .breaks import ENDED, NUMBERED, Signs
from .columns import Line, read_page
from .extract import Extract, Gathering, Join, Paragraph
from .glyphs import Page, open_pdf
from .pages import furniture
from .received import Received
from .refuse import Refused

LEADING = 1.25  # how much more white than usual ends a paragraph
INDENT = 0.7  # of the height of a letter
LARGER = 1.12  # how much larger or smaller letters begin another paragraph
NOTE = 0.9  # how much smaller the letters of a footnote are than those of the page
HYPHENATED = 12  # of so many lines one or more ends in a hyphen where words are cut
HYPHENS = "-‐\u00ad"
CUT = re.compile(r"(?P<word>[^\W\d_]+(?:[-‐][^\W\d_]+)*)(?P<hyphen>[-‐\u00ad])$")
REST = re.compile(r"^(?P<word>[^\W\d_]+)")
WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff]")


def read_pdf(file: Received, signs: Signs) -> Extract:
    """Raises Refused."""
    pages = list(open_pdf(file.data))
    letters = sum(len(run.text) for page in pages for run in page.runs)
    _refuse_without_text(pages, letters)
    lines = [read_page(page) for page in pages]
    _refuse_lost(lines, letters)
    kinds = furniture(lines, signs.begins)
    gathering = Gathering()
    for paragraph in _paragraphs(lines, kinds, signs):
        gathering.add(paragraph)
    empty = [number for number, page in enumerate(pages, 1) if not page.runs and page.pictures]
    if empty:
        gathering.remarks.append(f"without text, only pictures: page {', '.join(map(str, empty))}")
    if RIGHT_TO_LEFT.search("".join(line.text for page in lines for line in page)):
        gathering.remarks.append(
            "words that run from right to left were put in order by where their letters stand; compare them with the page, above "
            "all spaces and signs above letters"
        )
    return gathering.extract()


def _refuse_without_text(pages: Sequence[Page], letters: int) -> None:
    if letters >= 20 * min(len(pages), 3) or (letters and not any(page.pictures for page in pages)):
        return
    what = "pictures of pages (a scan)" if any(page.pictures for page in pages) else "pages"
    raise Refused(
        Code.NO_TEXT, f"the PDF holds {what} and no text ({letters} letters on {len(pages)} pages)",
        "ask for the text, or have the letters recognised (OCR) and compare them with the pages",
    )


def _refuse_lost(pages: Sequence[Sequence[Line]], letters: int) -> None:
    """A letter that the PDF has no meaning for cannot be guessed."""
    lost = [(number, line.text) for number, lines in enumerate(pages, 1) for line in lines if "\ufffd" in line.text]
    if lost:
        number, words = lost[0]
        raise Refused(
            Code.NO_TEXT,
            f"{sum(words.count(chr(0xFFFD)) for _, words in lost)} of {letters} letters have a shape and no meaning (first on "
            f"page {number}: {words[:60]!r})",
            "the PDF was made without tables of its letters; ask for the DOCX, or have it recognised (OCR) and compare",
        )


def _paragraphs(pages: Sequence[Sequence[Line]], kinds: Sequence[Sequence[str]], signs: Signs) -> list[Paragraph]:
    usual = _usual_step([line for line, kind in zip(chain(*pages), chain(*kinds)) if not kind])
    texts = [line.text for line, kind in zip(chain(*pages), chain(*kinds)) if not kind]
    known = _Words(_whole_words(texts), _cuts_words(texts))
    body = _body_height(pages, kinds)
    found: list[Paragraph] = []
    held: list[Line] = []
    aside: list[Paragraph] = []  # what belongs to the pages that the paragraph runs over
    for lines, of_page in zip(pages, kinds):
        text = [line for line, kind in zip(lines, of_page) if not kind]
        feet = _footnotes(text, body)
        own = [Paragraph(" ".join(line.text.split()), furniture=kind) for line, kind in zip(lines, of_page) if kind]
        main = text[: len(text) - len(feet)]
        if own and not held:
            found += own
            own = []
        turned = True
        for place, line in enumerate(main):
            after = main[place + 1] if place + 1 < len(main) else None
            if held and _begins(held, line, after, usual, turned, signs):
                found += [_paragraph(held, known), *aside]
                held, aside = [], []
            held.append(line)
            turned = False
        if held:
            aside += own
        else:
            found += own
        aside += [_paragraph(group, known) for group in _groups(feet, usual, signs)]
    if held:
        found.append(_paragraph(held, known))
    return found + aside


@dataclass(frozen=True)
class _Words:
    """The words of a text, how often each stands in it uncut; cuts: whether lines end in words that are written together."""

    counts: Counter[str]
    cuts: bool


def _cuts_words(lines: Sequence[str]) -> bool:
    """Whether the ends of lines cut words: else a hyphen there is one of the word. Many do so: one in HYPHENATED."""
    cuts = sum(bool(CUT.search(line.strip())) for line in lines)
    if cuts * HYPHENATED > len(lines):
        return True
    counts = _whole_words(lines)
    pairs = ((CUT.search(one.strip()), REST.match(two.strip())) for one, two in pairwise(lines))
    return any(counts[(cut["word"] + rest["word"]).casefold()] for cut, rest in pairs if cut and rest)


def _whole_words(lines: Sequence[str]) -> Counter[str]:
    """How often each word stands in the text, without those that the end of a line has cut."""
    known: Counter[str] = Counter()
    cut = False
    for line in lines:
        words = line.strip()
        if cut:
            words = REST.sub("", words, count=1)
        cut = bool(CUT.search(words))
        known.update(word.casefold() for word in WORD.findall(CUT.sub("", words)))
    return known


def _groups(lines: Sequence[Line], usual: float, signs: Signs) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for place, line in enumerate(lines):
        after = lines[place + 1] if place + 1 < len(lines) else None
        if groups and not _begins(groups[-1], line, after, usual, False, signs):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _usual_step(lines: Sequence[Line]) -> float:
    """The distance of two lines of a paragraph, in heights of a letter: a small one among those of the text."""
    steps = [
        (above.y - below.y) / above.height
        for above, below in zip(lines, lines[1:])
        if above.left == below.left and 0 < above.y - below.y < 3 * above.height
    ]
    return sorted(steps)[len(steps) // 10] if steps else 1.2


def _body_height(pages: Sequence[Sequence[Line]], kinds: Sequence[Sequence[str]]) -> float:
    letters: Counter[float] = Counter()
    for lines, of_page in zip(pages, kinds):
        for line, kind in zip(lines, of_page):
            if not kind:
                letters[round(line.height, 1)] += len(line.text)
    return max(letters, key=lambda height: letters[height]) if letters else 0.0


def _footnotes(lines: Sequence[Line], body: float) -> Sequence[Line]:
    """The lines at the foot of a page in smaller letters, when the first of them begins with a mark."""
    start = len(lines)
    while start > 0 and lines[start - 1].height < NOTE * body:
        start -= 1
    while start < len(lines) and not re.match(r"[\d*†¹²³⁴-⁹]", lines[start].text):
        start += 1
    return lines[start:] if start else ()


def _begins(held: Sequence[Line], line: Line, after: Line | None, usual: float, turned: bool, signs: Signs) -> bool:
    """Whether a new paragraph begins with `line`. turned: the page was turned before it."""
    above = held[-1]
    words = above.text.strip()
    if signs.alone(words):
        return True
    if signs.begins(line.text) and (line.is_centred or above.is_centred or ENDED.search(words) or _ended_early(above, line)):
        return True
    if not 1 / LARGER < line.height / above.height < LARGER or line.bold != above.bold:
        return True
    moved = turned or line.left != above.left or line.y >= above.y
    if not moved and above.y - line.y > LEADING * usual * above.height:
        return True
    if CUT.search(words) and REST.match(line.text):
        return False
    if above.is_centred or line.is_centred:
        runs_on = above.is_balanced and line.is_balanced and not _ended_early(above, line)
        return not (above.is_centred and line.is_centred or runs_on) or bool(ENDED.search(words))
    if NUMBERED.match(line.text) and (ENDED.search(words) or words.endswith(",") or words.endswith(("и", "and", "or"))):
        return True
    if _is_indented(held, line, after):
        return True
    return _ended_early(above, line) and not (line.text[:1].islower() and not ENDED.search(words))


def _is_indented(held: Sequence[Line], line: Line, after: Line | None) -> bool:
    """Whether a line is moved to the right of its column and those around it are not."""
    if line.x0 - line.left < INDENT * line.height or line.text[:1].islower():
        return False
    hanging = len(held) > 1 and abs(held[-1].x0 - line.x0) < INDENT * line.height
    if len(held) == 1 and held[0].x0 < line.x0 and after is not None and abs(after.x0 - line.x0) < INDENT * line.height:
        hanging = bool(NUMBERED.match(held[0].text))
    return not hanging or bool(ENDED.search(held[-1].text.strip()))


def _ended_early(above: Line, line: Line) -> bool:
    """Whether the first word of a line would have had room on the line above."""
    first = line.text.split()[0]
    width = (line.x1 - line.x0) * (len(first) + 1) / max(len(line.text), 1)
    room = above.right - above.x1 + (above.x0 - above.left if above.is_centred else 0)
    return room > width + 0.5 * above.height


def _paragraph(lines: Sequence[Line], known: _Words) -> Paragraph:
    pieces: list[str] = []
    joins: list[Join] = []
    length = 0  # of the pieces, with a space between
    for line in lines:
        words = line.text.strip()
        cut, rest = CUT.search(pieces[-1]) if pieces else None, REST.match(words)
        if cut and rest:
            joins.append(_join(length - len(pieces[-1]) + cut.start("word"), cut, rest["word"], known))
        length += len(words) + (1 if pieces else 0)
        pieces.append(words)
    return Paragraph(" ".join(pieces), joins=tuple(joins))


def _join(at: int, cut: re.Match[str], rest: str, words: _Words) -> Join:
    """How a word that the end of a line has cut is read: as the text writes it elsewhere. A soft hyphen says it itself."""
    known = words.counts
    first, hyphen = cut["word"], cut["hyphen"]
    together, apart = (first + rest).casefold(), f"{first}-{rest}".casefold()
    part = re.split("[-‐]", first)[-1].casefold()
    if hyphen == "\u00ad":
        whole, sure = True, True
    elif known[together] != known[apart]:
        whole, sure = known[together] > known[apart], True
    elif rest[:1].isupper():
        whole, sure = False, True
    else:
        whole, sure = words.cuts and not (known[part] and known[rest.casefold()]), False
    return Join(at, f"{first}{hyphen} {rest}", first + rest if whole else f"{first}{hyphen}{rest}", sure)
