"""What the finder makes of a text: citations, the paths they name, and the words they leave open."""

from __future__ import annotations

from dataclasses import dataclass

Place = tuple[int, int]  # start, end: code points of the text

THIS, THAT, PRECEDING, FOLLOWING = "this", "that", "preceding", "following"  # relations
RELATIVE = (PRECEDING, FOLLOWING)


@dataclass(frozen=True)
class Step:
    """One unit of a path: "paragraph 2", "point (b)", "this article", "the two preceding paragraphs".

    number: in digits ("2", "12-1") or the letter as printed ("б", "ii", "д-1"), "" when a relation stands for it.
    count: of a relation, how many are meant; 0 is all.
    """

    unit: str
    number: str = ""
    relation: str = ""
    count: int = 1

    @property
    def is_letter(self) -> bool:
        return bool(self.number) and not self.number[0].isdigit()


@dataclass(frozen=True)
class Path:
    """One provision that a citation names, from the article down. place: the words that only this path has.

    ends_range: it is the second end of a range that the path before it begins.
    """

    steps: tuple[Step, ...]
    place: Place
    ends_range: bool = False

    @property
    def has_article(self) -> bool:
        return self.steps[0].unit == "article"


@dataclass(frozen=True)
class Citation:
    """Words that refer to provisions.

    is_own: they say "of this Agreement"; act: the words that name the instrument they belong to, when another one may be
    meant; says_that: those words point back ("that Protocol", "thereof"); is_open: "that Article", and it is not known
    which.
    """

    start: int
    end: int
    paths: tuple[Path, ...]
    is_own: bool = False
    act: Place | None = None
    says_that: bool = False
    is_open: bool = False

    @property
    def is_range(self) -> bool:
        return len(self.paths) == 2 and self.paths[1].ends_range
