"""Resolve a citation: from what it names to the provisions of a text.

Reads   citations; the provisions that a text has; where in it the citation stands
Writes  eIds, those that do not exist among them

What a citation calls a paragraph may be printed as a point, and the other way round: the numbers decide, and which of them
exist. A letter is first looked for as printed («б»), then by its place in the alphabet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .cited import PRECEDING, THIS, Path, Step
from .model import Kind, Part, Provision
from .number import LOOK_ALIKES, RUSSIAN

# what a unit may be in an eId, likelier first: right below an article, and below a paragraph
UNDER_ARTICLE = {
    "paragraph": ("para", "point", "subpara"),
    "part": ("para", "subpara"),
    "point": ("point", "para", "indent"),
    "indent": ("indent", "subpara"),
    "subpara": ("subpara", "para"),
}
BELOW = {
    "paragraph": ("point", "para"),
    "part": ("subpara",),
    "point": ("point", "para", "indent"),
    "indent": ("indent", "subpara"),
    "subpara": ("subpara", "indent"),
}
UNNUMBERED = ("intro", "subpara", "indent")
LAST_OF_LISTS = 14  # no list goes on to the Russian letter с; it stands for a Latin c
MISSING = "?"  # stands for the number in an eId that cannot be: the article before the first


class Provisions:
    """The provisions of one text. printed: (eId above, letter as printed, folded) -> eId."""

    def __init__(self, eids: Iterable[str], printed: Mapping[tuple[str, str], str] | None = None):
        self.eids = list(eids)
        self.known = set(self.eids)
        self.printed = printed or {}
        self.children: dict[str, list[str]] = {}
        for eid in self.eids:
            above, _, last = eid.rpartition("__")
            self.children.setdefault(above, []).append(eid)
            if last.startswith("point_"):
                self.children.setdefault(f"*{last}", []).append(eid)

    def has(self, eid: str) -> bool:
        return eid in self.known

    def articles(self) -> Sequence[str]:
        return [eid for eid in self.children.get("", ()) if eid.startswith("art_")]

    def beside(self, eid: str) -> Sequence[str]:
        """The numbered units of the list that `eid` stands in, in order."""
        above, _, last = eid.rpartition("__")
        return [
            each for each in self.children.get(above, ()) if each.rpartition("__")[2].startswith(last.partition("_")[0] + "_")
        ]

    def lettered(self, above: str, letter: str) -> str | None:
        """The unit below `above` that is printed with `letter`."""
        return self.printed.get((above, fold(letter)))

    def unnumbered(self, above: str, place: int) -> str | None:
        """The paragraph of `above` that has no number, counted from 1; the opening words are the first."""
        below = [each for each in self.children.get(above, ()) if each.rpartition("__")[2].partition("_")[0] in UNNUMBERED]
        return below[place - 1] if 0 < place <= len(below) else None

    def anywhere_below(self, above: str, last: str) -> str | None:
        """The only unit at any depth below `above` whose eId ends in `last`."""
        found = [eid for eid in self.children.get(f"*{last}", ()) if eid.startswith(f"{above}__")]
        return found[0] if len(found) == 1 else None


def provisions_of(parts: Mapping[Part, Sequence[Provision]]) -> Provisions:
    """What a parsed text has."""
    eids: list[str] = []
    printed: dict[tuple[str, str], str] = {}
    for tops in parts.values():
        for top in tops:
            for provision in top.walk():
                eids.append(provision.eid)
                if provision.kind in (Kind.POINT, Kind.PARAGRAPH) and provision.num:
                    printed.setdefault((provision.eid.rpartition("__")[0], fold(provision.num)), provision.eid)
    return Provisions(eids, printed)


def fold(letter: str) -> str:
    return letter.lower().translate(LOOK_ALIKES).strip("()[].«»\"' ")


class Resolver:
    """Resolves the citations that stand in one place: `eid` in the article `article` ("" outside the articles)."""

    def __init__(self, held: Provisions, eid: str, article: str, lang: str):
        self.held, self.eid, self.article, self.lang = held, eid, article, lang
        steps = eid.split("__")
        self.paragraph = "__".join(steps[:2]) if len(steps) > 1 and steps[1].startswith("para_") else ""

    def targets(self, path: Path) -> list[str]:
        """The provisions that `path` names: one, or all of a set ("the preceding paragraphs")."""
        bases = [self.article]
        for index, step in enumerate(path.steps):
            bases = (
                self._related(step, bases[0]) if step.relation else [self._numbered(base, step, path, index) for base in bases]
            )
        return bases

    def _numbered(self, base: str, step: Step, path: Path, index: int) -> str:
        if step.unit == "article":
            return self._raised(f"art_{step.number}")
        if index == 0 and self.paragraph and self._is_of_own_paragraph(step, path):
            found = self._below(self.paragraph, step)
            if self.held.has(found):
                return found
        if index == 1 and path.steps[0].relation == THIS and self.paragraph and step.unit == "point":
            direct, own = self._below(base, step), self._below(self.paragraph, step)
            return own if self.held.has(own) and not self.held.has(direct) else direct
        return self._below(base, step)

    def _is_of_own_paragraph(self, step: Step, path: Path) -> bool:
        """ "point e)" alone is a point of the paragraph it is said in, and so is a letter that a Russian text calls a пункт."""
        return step.unit in ("point", "indent", "subpara") or (step.is_letter and step.unit == "paragraph")

    def _below(self, base: str, step: Step) -> str:
        units = (BELOW if "__" in base else UNDER_ARTICLE)[step.unit]
        if step.is_letter:
            printed = self.held.lettered(base, step.number)
            if printed is not None:
                return printed
            units = tuple(sorted(units, key=lambda unit: unit != "point"))
        number = self._letter(step.number) if step.is_letter else step.number
        candidates = [
            f"{base}__{unit}_{number}".removeprefix("__") for unit in units if not unit.startswith(("subpara", "indent"))
        ]
        found = next((candidate for candidate in candidates if self.held.has(candidate)), None)
        if found is None and not step.is_letter and any(unit in ("subpara", "indent") for unit in units):
            found = self.held.unnumbered(base, int(step.number)) if step.number.isdigit() else None
        if found is None and step.unit == "point":
            found = self.held.anywhere_below(base, f"point_{number}")
        return found or self._raised((candidates or [f"{base}__{units[0]}_{number}".removeprefix("__")])[0])

    def _raised(self, eid: str) -> str:
        """The eId; when only 75-1 exists, 75-1 for 751: copies lose the raised figure of 75¹."""
        other = f"{eid[:-1]}-{eid[-1]}"
        return other if eid[-2:].isdigit() and not self.held.has(eid) and self.held.has(other) else eid

    def _letter(self, letter: str) -> str:
        """The letter for an eId. Russian lists go by the Russian alphabet; in others a letter that looks Latin is Latin."""
        main, _, inserted = letter.partition("-")
        latin = main.translate(LOOK_ALIKES)
        place = RUSSIAN.find(main)
        if place >= 0 and (self.lang == "ru" and place < LAST_OF_LISTS or not latin.isascii()):
            latin = "abcdefghijklmnopqrstuvwxyz"[place] if place < 26 else main
        return f"{latin}-{inserted}" if inserted else latin

    def _related(self, step: Step, base: str) -> list[str]:
        """What "this paragraph", "the preceding article", "the foregoing paragraphs" are."""
        own = {"article": self.article, "paragraph": self.paragraph, "part": self.paragraph}.get(step.unit, self._own_item())
        if step.relation == THIS:
            return [own or f"{base}__{MISSING}"]
        row = list(self.held.articles() if step.unit == "article" else self.held.beside(own) if own else ())
        if own not in row:
            return [f"{base}__{MISSING}"]
        at = row.index(own)
        found = row[:at] if step.relation == PRECEDING else row[at + 1 :]
        if step.count:
            found = (
                (found[-step.count :] if step.relation == PRECEDING else found[: step.count]) if len(found) >= step.count else []
            )
        return found or [f"{base}__{MISSING}"]

    def _own_item(self) -> str:
        """The point, or the paragraph without a number, that the citation stands in."""
        steps = self.eid.split("__")
        while steps and not steps[-1].startswith(("point_", "subpara_", "indent_")):
            steps.pop()
        return "__".join(steps)
