"""The objects that pass from stage to stage: a treaty (work), its expressions, their provisions, what is marked in them.

All are frozen. Offsets are in code points of `Passage.text`; line numbers count from 1 in the source as received.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property


class Kind(str, Enum):
    """What a provision is. The value is its name in CSS classes, in the search index and in messages."""

    # the body
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    POINT = "point"
    INDENT = "indent"  # an item of a list that has no number
    SUBPARAGRAPH = "subparagraph"  # a paragraph that has no number
    INTRO = "intro"  # the opening words of a list
    WRAPUP = "wrapup"  # the closing words of a list
    # what articles are gathered in
    PART = "part"
    TITLE_DIVISION = "title-division"  # "TITLE II"; not the treaty's title
    CHAPTER = "chapter"
    SECTION = "section"
    SUBSECTION = "subsection"
    # what is attached, with articles of its own or without
    ANNEX = "annex"
    APPENDIX = "appendix"
    PROTOCOL = "protocol"
    # what stands around it
    ENCLOSING = "enclosing"  # the law or decree that the treaty is published with
    ENCLOSING_TITLE = "enclosing-title"
    ENCLOSING_CITATION = "enclosing-citation"  # "Resolution of the Government of … No. 681"
    ENCLOSING_FORMULA = "enclosing-formula"  # "… RESOLVES:"
    ENCLOSING_SIGNATURE = "enclosing-signature"
    EDITORIAL_NOTE = "editorial-note"  # the publisher's, in the source; not one of ours
    TITLE = "title"
    ENTRY_INTO_FORCE = "entry-into-force"
    PREAMBLE_PARTIES = "preamble-parties"
    RECITAL = "recital"
    PREAMBLE_FORMULA = "preamble-formula"  # "have agreed as follows:"
    TESTIMONIUM = "testimonium"
    DONE_AT = "done-at"
    LANGUAGE_CLAUSE = "language-clause"
    SIGNATURE = "signature"
    CERTIFICATION = "certification"
    CONTENTS = "contents"  # a table of contents that the source prints
    TEXT = "text"  # words that are no known unit, kept in their place


class Part(str, Enum):
    """The part of the document that a top-level provision stands in."""

    PREFACE = "preface"
    PREAMBLE = "preamble"
    BODY = "body"
    CONCLUSIONS = "conclusions"
    ATTACHMENTS = "attachments"


DIVISIONS = (Kind.PART, Kind.TITLE_DIVISION, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION)
ATTACHED = (Kind.PROTOCOL, Kind.ANNEX, Kind.APPENDIX)


class Authority(str, Enum):
    """What an expression is."""

    AUTHENTIC = "authentic"
    AS_PUBLISHED = "as-published"  # an authentic language's text, as a gazette or database prints it; not certified
    OFFICIAL_TRANSLATION = "official-translation"
    WORKING_TRANSLATION = "working-translation"


@dataclass(frozen=True)
class Target:
    """What a reference leads to: a provision of a treaty held (`eid` may be "" for the whole), or an instrument."""

    treaty: str = ""  # slug, or ""
    eid: str = ""
    instrument: str = ""  # id in treaties/instruments.yml, or ""


@dataclass(frozen=True)
class Reference:
    """A citation found in a text. start, end: code points. is_range: the targets are the two ends of a range.

    spans: for a list of targets, the words (start, end) that each target is linked from; () when there is one target.
    """

    start: int
    end: int
    targets: tuple[Target, ...]
    is_range: bool = False
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Mark:
    """A place in a text (code points) where an editor's note or an edit of layout hangs, by its id."""

    at: int
    id: str


@dataclass(frozen=True)
class Passage:
    """Words in one piece, and what is marked in them. White space is single spaces, none at the ends."""

    text: str
    lines: tuple[int, int]  # first and last line of the source
    references: tuple[Reference, ...] = ()
    notes: tuple[Mark, ...] = ()
    edits: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Provision:
    """A unit that can be cited. It has words of its own (`passages`, one a printed paragraph) or parts (`children`)."""

    eid: str
    kind: Kind
    num: str = ""  # as printed: "1.", "а)", "1-БАП"
    number: str = ""  # normalised: "1", "a", "1"; "" when there is none
    heading: Passage | None = None
    passages: tuple[Passage, ...] = ()
    children: tuple[Provision, ...] = ()
    lines: tuple[int, int] = (0, 0)

    @property
    def text(self) -> str:
        """Its own words, without number, heading and children."""
        return " ".join(passage.text for passage in self.passages)

    @property
    def full_text(self) -> str:
        """Its words and those of its parts, with numbers, in order, without its own number and heading."""
        parts = [self.text] + [f"{child.num} {child.full_text}".strip() for child in self.children]
        return " ".join(part for part in parts if part)

    def walk(self) -> Iterator[Provision]:
        """Itself, then all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class EditMade:
    """A declared correction of layout, as the page shows it."""

    id: str  # "edit-3"
    line: int
    quote: str
    replacement: str
    reason: Mapping[str, str]


@dataclass(frozen=True)
class Note:
    """An editor's note on a provision, in each language of the reader."""

    id: str
    eid: str
    kind: str
    text: Mapping[str, str]
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Conservation:
    """How much of the source stands in the XML: characters that are not white space."""

    source: int  # after the declared edits, without heading marks
    kept: int
    heading_marks: int  # "#" at the start of a line, which is layout and no text


@dataclass(frozen=True)
class Expression:
    """A treaty's text in one language."""

    treaty: str
    lang: str  # "kk", "en", "ru" …: two letters, as in file names and addresses
    authority: Authority
    title: str
    parts: Mapping[Part, tuple[Provision, ...]]
    notes: tuple[Note, ...]
    edits: tuple[EditMade, ...]
    conservation: Conservation
    source_file: str  # "treaties/<slug>/kk.txt"
    sha256: str

    def walk(self) -> Iterator[Provision]:
        """All provisions, in the order of the text."""
        for part in Part:
            for provision in self.parts.get(part, ()):
                yield from provision.walk()

    @cached_property
    def articles(self) -> tuple[Provision, ...]:
        """The articles of the main text, in order."""
        return articles_of(self.parts)


def articles_of(parts: Mapping[Part, tuple[Provision, ...]]) -> tuple[Provision, ...]:
    """The articles of the main text, in order, also those in chapters; not those of annexes."""
    return tuple(article for top in parts.get(Part.BODY, ()) for article in _articles(top))


def _articles(provision: Provision) -> Iterator[Provision]:
    if provision.kind is Kind.ARTICLE:
        yield provision
    elif provision.kind in DIVISIONS:
        for child in provision.children:
            yield from _articles(child)
