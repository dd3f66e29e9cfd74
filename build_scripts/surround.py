"""Parse what stands around the articles.

Reads   the blocks before the first heading, and those after the last article; the forms of the language
Writes  provisions: enclosing law or decree, title, notes; parties, recitals, formula; testimonium, signatures, certification

Every block becomes part of exactly one provision. What is no known unit is kept in its place as text, and is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby

from .articles import Draft, Eids, freeze_units, step_in
from .blocks import Block, is_title
from .forms import Forms
from .listed import items
from .model import Kind, Provision
from .problems import Code, Problems

LONGEST_TITLE = 8  # blocks that a title may take up
SIGNATURES = 60  # blocks at most that names and offices of those who sign may take up
SHORT = 200  # characters; a paragraph of names and offices is no longer


def simple(kind: Kind, eid: str, blocks: Sequence[Block]) -> Provision:
    passages = tuple(block.passage() for block in blocks)
    return Provision(eid, kind, passages=passages, lines=(passages[0].lines[0], passages[-1].lines[1]))


def unplaced(blocks: Sequence[Block], eid: str, file: str, problems: Problems) -> Provision:
    """Text that is no known unit, kept where it stands."""
    words = blocks[0].text[:60] + ("…" if len(blocks[0].text) > 60 or len(blocks) > 1 else "")
    problems.add(
        Code.TEXT_UNPLACED, file, blocks[0].lines[0], f"no known unit, kept as text: {words!r}",
        "look whether it belongs to the treaty; nothing is lost, the words stand in the XML in their place",
    )
    return simple(Kind.TEXT, eid, blocks)


# --- the end ------------------------------------------------------------------------------------------------------


def is_conclusion(text: str, forms: Forms) -> bool:
    """Whether a paragraph surely belongs to the end of a treaty."""
    return any(form.search(text) for form in (forms.testimonium, forms.done_at))


def end_begins(blocks: Sequence[Block], forms: Forms) -> int:
    """Where among the blocks of the last article the end of the text begins; the number of blocks when it has none."""
    sure = next((place for place, block in enumerate(blocks) if is_conclusion(block.text, forms)), len(blocks))
    signed = next(
        (place for place, block in enumerate(blocks)
         if forms.signature.search(block.text) or forms.certification.search(block.text)), len(blocks)
    )
    if signed < sure:
        rest = blocks[signed:sure]
        if signed > 0 and len(rest) <= SIGNATURES and all(len(block.text) <= SHORT for block in rest):
            return signed
    return sure


def end_of(blocks: Sequence[Block], prefix: str, forms: Forms, file: str, problems: Problems) -> tuple[Provision, ...]:
    """Testimonium, done-at clause, language clause, signatures, certification (with all that follows it)."""
    provisions: list[Provision] = []
    eids = Eids()
    pieces = list(chain.from_iterable(_split_language_clause(each, forms) for each in blocks))
    counts: dict[Kind, int] = {}
    certified = next((i for i, block in enumerate(pieces) if forms.certification.search(block.text)), len(pieces))
    for kind, group in groupby(pieces[:certified], key=lambda block: _kind_at_end(block, forms)):
        gathered = list(group)
        runs = [gathered] if kind is Kind.TEXT else [[block] for block in gathered]
        for run in runs:
            counts[kind] = counts.get(kind, 0) + 1
            name = kind.value.replace("-", "_") + (f"_{counts[kind]}" if kind in (Kind.SIGNATURE, Kind.TEXT) else "")
            eid = eids.free(step_in(prefix, f"end__{name}" if kind is Kind.TEXT else name))
            provisions.append(unplaced(run, eid, file, problems) if kind is Kind.TEXT else simple(kind, eid, run))
    if certified < len(pieces):
        provisions.append(simple(Kind.CERTIFICATION, step_in(prefix, "certification"), pieces[certified:]))
    return tuple(provisions)


def _kind_at_end(block: Block, forms: Forms) -> Kind:
    if forms.testimonium.search(block.text):
        return Kind.TESTIMONIUM
    if forms.language_clause.search(block.text):
        return Kind.LANGUAGE_CLAUSE
    if forms.done_at.search(block.text):
        return Kind.DONE_AT
    return Kind.SIGNATURE if forms.signature.search(block.text) else Kind.TEXT


def _split_language_clause(block: Block, forms: Forms) -> list[Block]:
    found = forms.language_clause.search(block.text)
    if found is None or found.start() == 0 or not forms.done_at.search(block.text):
        return [block]
    return [block.cut(0, found.start()), replace(block.cut(found.start()))]


# --- the beginning ------------------------------------------------------------------------------------------------


def same(text: str, title: str) -> bool:
    """Whether a text is the title: capital or small letters, hyphens and white space do not matter."""
    return _flat(text) == _flat(title)


def _flat(text: str) -> str:
    return re.sub(r"[\s\u00ad\-‐‑‒–—«»“”\"]+", "", text.casefold())


def find_title(blocks: Sequence[Block], title: str) -> tuple[int, int] | None:
    """The blocks (first, after the last) that are the title together, or None."""
    wanted = _flat(title)
    for start in range(len(blocks)):
        words = ""
        for end in range(start, min(start + LONGEST_TITLE, len(blocks))):
            words += _flat(blocks[end].text)
            if words == wanted:
                return start, end + 1
            if not wanted.startswith(words):
                break
    return None


def guess_title(blocks: Sequence[Block], forms: Forms) -> str:
    """What the title may be, where nobody said it: the lines together that name a treaty, no sentence among them; or ""."""
    for start, block in enumerate(blocks):
        if not is_title(block.text) or forms.enclosing_citation.search(block.text):
            continue
        lines = [block.text]
        for other in blocks[start + 1 : start + LONGEST_TITLE]:
            if not is_title(other.text) or other.text.isupper() is not block.text.isupper():
                break
            lines.append(other.text)
        named = [place for place, line in enumerate(lines) if forms.titles.search(line)]
        if named:
            return " ".join(lines if block.text.isupper() else lines[: named[-1] + 1])
    first = blocks[0].text if blocks else ""
    return first if first.isupper() and is_title(first) else ""


def divide(
    blocks: Sequence[Block], title: str, forms: Forms, file: str, problems: Problems
) -> tuple[Sequence[Block], tuple[int, int], Sequence[Block]]:
    """The blocks before article 1: up to the title with the note that follows it, the place of the title, and the preamble."""
    place = find_title(blocks, title) if title else (0, 0)
    if place is None:
        problems.add(
            Code.TITLE_NOT_FOUND, file, blocks[0].lines[0] if blocks else 1, f"the title was not found: {title!r}",
            "give the title in treaty.yml exactly as it stands in the text (capital or small letters do not matter); "
            "when the text has none, declare it under `accepted` in edits.yml",
        )
        return blocks[:0], (0, 0), blocks
    end = place[1]
    while end < len(blocks) and _note_kind(blocks[end], forms):
        end += 1
    return blocks[:end], place, blocks[end:]


def preface(
    blocks: Sequence[Block], title: tuple[int, int], enclosing: str | None, forms: Forms, file: str, problems: Problems
) -> tuple[Provision, ...]:
    """What stands before the preamble. title: which of `blocks` are the title; enclosing: "law", "decree" or None."""
    first = title[0]
    while first and _note_kind(blocks[first - 1], forms):
        first -= 1
    provisions: list[Provision] = []
    if first and enclosing:
        provisions.append(_enclosing(blocks[:first], enclosing, forms, file, problems))
    elif first:
        provisions.append(unplaced(blocks[:first], "front__text", file, problems))
    eids = Eids()
    provisions += _notes(blocks[first : title[0]], eids, forms)
    if title[1] > title[0]:
        provisions.append(simple(Kind.TITLE, "title", blocks[title[0] : title[1]]))
    return (*provisions, *_notes(blocks[title[1] :], eids, forms))


def _note_kind(block: Block, forms: Forms) -> Kind | None:
    """What may stand between the title and what is around it."""
    if block.is_contents:
        return Kind.CONTENTS
    if forms.entry_into_force.search(block.text):
        return Kind.ENTRY_INTO_FORCE
    return Kind.EDITORIAL_NOTE if forms.editorial_note.search(block.text) else None


def _notes(blocks: Sequence[Block], eids: Eids, forms: Forms) -> Iterator[Provision]:
    for kind, group in groupby(blocks, key=lambda block: _note_kind(block, forms) or Kind.TEXT):
        gathered = list(group)
        for run in [gathered] if kind is Kind.CONTENTS else [[block] for block in gathered]:
            yield simple(kind, eids.free(kind.value.replace("-", "_")), run)


def _enclosing(blocks: Sequence[Block], prefix: str, forms: Forms, file: str, problems: Problems) -> Provision:
    """The law or decree that the treaty is published with. Its paragraphs are kept flat: they are not the treaty's."""
    signed = next((i for i, block in enumerate(blocks) if i and forms.enclosing_signature.search(block.text)), len(blocks))
    eids = Eids()
    children = [simple(Kind.ENCLOSING_TITLE, f"{prefix}__title", blocks[:1])]
    opening = 1
    while opening < signed and (kind := _opening_kind(blocks[opening], forms)):
        children.append(simple(kind, eids.free(f"{prefix}__{kind.value.partition('-')[2]}"), [blocks[opening]]))
        opening += 1
    units = [
        Draft(Kind.PARAGRAPH, [item.words], item.num, item.number, item.style, line=item.block.lines[0])
        if item.style == "dot" and item.words else Draft(Kind.SUBPARAGRAPH, [item.block], line=item.block.lines[0])
        for item in items(blocks[opening:signed])
    ]
    children += freeze_units(units, prefix, "", file, problems, Eids())
    if blocks[signed:]:
        children.append(simple(Kind.ENCLOSING_SIGNATURE, f"{prefix}__signature", blocks[signed:]))
    return Provision(prefix, Kind.ENCLOSING, children=tuple(children), lines=(children[0].lines[0], children[-1].lines[1]))


def _opening_kind(block: Block, forms: Forms) -> Kind | None:
    if forms.enclosing_citation.search(block.text):
        return Kind.ENCLOSING_CITATION
    return Kind.ENCLOSING_FORMULA if forms.enclosing_formula.search(block.text) else None


def preamble(blocks: Sequence[Block], forms: Forms) -> tuple[Provision, ...]:
    provisions: list[Provision] = []
    eids = Eids()
    recitals = 0
    for is_contents, group in groupby(blocks, key=lambda block: block.is_contents):
        gathered = list(group)
        if is_contents:
            provisions.append(simple(Kind.CONTENTS, eids.free("contents_2"), gathered))
            continue
        for block in gathered:
            if forms.preamble_formula.search(block.text):
                provisions.append(simple(Kind.PREAMBLE_FORMULA, eids.free("preamble__formula"), [block]))
            elif not provisions:
                provisions.append(simple(Kind.PREAMBLE_PARTIES, "preamble__parties", [block]))
            else:
                recitals += 1
                provisions.append(simple(Kind.RECITAL, f"preamble__rec_{recitals}", [block]))
    return tuple(provisions)
