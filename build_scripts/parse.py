"""Parse a text into provisions.

Reads   Blocks, the forms of the language, what treaty.yml says of title and enclosing act
Writes  Provisions with eIds by part of the document: preface, preamble, body, conclusions
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from .articles import ENUMERATOR, ArticleBuilder, Draft, check_row, free_eid, freeze, settle
from .blocks import Block
from .describe import TreatyData
from .forms import Forms
from .model import Kind, Mark, Part, Passage, Provision
from .problems import Code, Problems

HEADING_LENGTH = 200  # characters; a longer line that begins like a heading is a sentence


def parse(
    blocks: Sequence[Block], data: TreatyData, title: str, forms: Forms, file: str, problems: Problems
) -> Mapping[Part, tuple[Provision, ...]]:
    """The provisions of a text. Every block becomes part of exactly one; what fits nowhere is a Problem.

    title: the treaty's title as treaty.yml gives it for this expression; it is found in the text by comparison.
    """
    headings = [index for index, block in enumerate(blocks) if _heading(block, blocks, forms, file, problems)]
    if not headings:
        problems.add(
            Code.NO_ARTICLES, file, 0, f"no article was found (language {forms.lang})",
            "an article begins with its number on a line of its own, such as 1-бап or Article 1",
        )
        return {}
    end = next(
        (index for index in range(headings[-1] + 1, len(blocks)) if _is_conclusion(blocks[index].text, forms)), len(blocks)
    )
    preface, preamble = _divide(blocks[: headings[0]], title, forms, file, problems)
    return {
        Part.PREFACE: _preface(preface, data, title, forms, file, problems),
        Part.PREAMBLE: _preamble(preamble, forms),
        Part.BODY: _body(blocks[headings[0] : end], forms, file, problems),
        Part.CONCLUSIONS: _conclusions(blocks[end:], forms, file, problems),
    }


def _heading(
    block: Block, blocks: Sequence[Block], forms: Forms, file: str, problems: Problems | None = None
) -> re.Match[str] | None:
    if any(other.level for other in blocks) and not block.level:
        return None
    if len(block.text) > HEADING_LENGTH:
        return None
    found = forms.article_heading.search(block.text)
    if found and (block.level or _looks_like_heading(found["heading"])):
        return found
    glued = forms.glued_heading.search(block.text)
    if glued and problems is not None:
        problems.add(
            Code.HEADING_GLUED, file, block.lines[0], f"the heading is stuck to its number: {block.text!r}",
            f'declare it in edits.yml: quote "{glued["num"]}{glued["heading"]}", '
            f'replacement "{glued["num"]} {glued["heading"]}"',
        )
    return None


def _looks_like_heading(heading: str) -> bool:
    return not heading or (not heading[0].islower() and heading[-1] not in ".;:,")


def _is_conclusion(text: str, forms: Forms) -> bool:
    return any(form.search(text) for form in (forms.testimonium, forms.done_at, forms.signature, forms.certification))


def _same(text: str, title: str) -> bool:
    return " ".join(text.casefold().split()) == " ".join(title.casefold().split())


def _divide(
    blocks: Sequence[Block], title: str, forms: Forms, file: str, problems: Problems
) -> tuple[Sequence[Block], Sequence[Block]]:
    """The blocks before article 1: up to the title with the note that follows it, and the preamble."""
    for index, block in enumerate(blocks):
        if _same(block.text, title):
            end = index + 1
            while end < len(blocks) and (
                forms.entry_into_force.search(blocks[end].text) or forms.editorial_note.search(blocks[end].text)
            ):
                end += 1
            return blocks[:end], blocks[end:]
    problems.add(
        Code.TEXT_UNPLACED, file, blocks[0].lines[0] if blocks else 1, f"the title was not found: {title!r}",
        "give the title in treaty.yml exactly as it stands in the text (capital or small letters do not matter)",
    )
    return blocks[:1], blocks[1:]


def _simple(kind: Kind, eid: str, blocks: Sequence[Block]) -> Provision:
    passages = tuple(block.passage() for block in blocks)
    return Provision(eid, kind, passages=passages, lines=(passages[0].lines[0], passages[-1].lines[1]))


def _preface(
    blocks: Sequence[Block], data: TreatyData, title: str, forms: Forms, file: str, problems: Problems
) -> tuple[Provision, ...]:
    prefix = data.enclosing.kind if data.enclosing else "front"
    enclosing: list[Provision] = []
    after: list[Provision] = []
    signature: list[Block] = []
    numbered: list[Draft] = []
    unnumbered = 0
    for block in blocks:
        found = ENUMERATOR.match(block.text)
        if _same(block.text, title):
            after.append(_simple(Kind.TITLE, "title", [block]))
        elif forms.entry_into_force.search(block.text):
            after.append(_simple(Kind.ENTRY_INTO_FORCE, "entry_into_force", [block]))
        elif forms.editorial_note.search(block.text):
            after.append(_simple(Kind.EDITORIAL_NOTE, "editorial_note", [block]))
        elif not data.enclosing:
            if not any(_same(other.text, title) for other in blocks):
                continue  # that the title is missing was said before
            problems.add(
                Code.TEXT_UNPLACED, file, block.lines[0], f"words before the title: {block.text[:60]!r}",
                "say in treaty.yml which law or decree the treaty is published with (enclosing)",
            )
        elif not enclosing:
            enclosing.append(_simple(Kind.ENCLOSING_TITLE, f"{prefix}__title", [block]))
        elif forms.enclosing_citation.search(block.text):
            enclosing.append(_simple(Kind.ENCLOSING_CITATION, f"{prefix}__citation", [block]))
        elif forms.enclosing_formula.search(block.text):
            enclosing.append(_simple(Kind.ENCLOSING_FORMULA, f"{prefix}__formula", [block]))
        elif signature or forms.enclosing_signature.search(block.text):
            signature.append(block)
        elif found and found["dot"]:
            unit = Draft(
                Kind.PARAGRAPH, block.cut(found.start("rest")), found["num"], found["dot"], "dot", line=block.lines[0]
            )
            numbered.append(unit)
            enclosing.append(freeze(unit, f"{prefix}__para_{found['dot']}", found["dot"], file, problems))
        else:
            unnumbered += 1
            enclosing.append(_simple(Kind.SUBPARAGRAPH, f"{prefix}__subpara_{unnumbered}", [block]))
    check_row([u.printed for u in numbered], [(u.line, u.num) for u in numbered], prefix, file, problems)
    if signature:
        enclosing.append(_simple(Kind.ENCLOSING_SIGNATURE, f"{prefix}__signature", signature))
    if not enclosing:
        return tuple(after)
    lines = (enclosing[0].lines[0], enclosing[-1].lines[1])
    return (Provision(prefix, Kind.ENCLOSING, children=tuple(enclosing), lines=lines), *after)


def _preamble(blocks: Sequence[Block], forms: Forms) -> tuple[Provision, ...]:
    provisions: list[Provision] = []
    recitals = 0
    for index, block in enumerate(blocks):
        if forms.preamble_formula.search(block.text):
            provisions.append(_simple(Kind.PREAMBLE_FORMULA, "preamble__formula", [block]))
        elif index == 0:
            provisions.append(_simple(Kind.PREAMBLE_PARTIES, "preamble__parties", [block]))
        else:
            recitals += 1
            provisions.append(_simple(Kind.RECITAL, f"preamble__rec_{recitals}", [block]))
    return tuple(provisions)


def _body(blocks: Sequence[Block], forms: Forms, file: str, problems: Problems) -> tuple[Provision, ...]:
    articles: list[Draft] = []
    builder: ArticleBuilder | None = None
    for block in blocks:
        found = _heading(block, blocks, forms, file)
        if found:
            heading = _heading_passage(block.cut(found.start("heading"))) if found["heading"] else None
            article = Draft(Kind.ARTICLE, None, found["num"], found["number"], heading=heading, line=block.lines[0])
            articles.append(article)
            builder = ArticleBuilder(article)
        elif builder is not None:
            builder.add(block)
    row = [(article.line, article.num) for article in articles]
    check_row([article.printed for article in articles], row, "", file, problems, Code.ARTICLE_MISSING)
    taken: set[str] = set()
    provisions = []
    for article in articles:
        settle(article)
        eid = free_eid(f"art_{article.printed}", taken)
        provisions.append(freeze(article, eid, article.printed, file, problems))
    return tuple(provisions)


def _heading_passage(block: Block) -> Passage:
    """The words of a heading; an edit of its line is marked at its end."""
    passage = block.passage()
    return replace(passage, edits=tuple(Mark(len(passage.text), mark.id) for mark in passage.edits))


def _conclusions(blocks: Sequence[Block], forms: Forms, file: str, problems: Problems) -> tuple[Provision, ...]:
    """Testimonium, done-at clause, language clause, signatures, certification (with all that follows it)."""
    provisions: list[Provision] = []
    certification: list[Block] = []
    signatures = 0
    for block in chain.from_iterable(_split_language_clause(each, forms) for each in blocks):
        if certification or forms.certification.search(block.text):
            certification.append(block)
        elif forms.testimonium.search(block.text):
            provisions.append(_simple(Kind.TESTIMONIUM, "testimonium", [block]))
        elif forms.language_clause.search(block.text):
            provisions.append(_simple(Kind.LANGUAGE_CLAUSE, "language_clause", [block]))
        elif forms.done_at.search(block.text):
            provisions.append(_simple(Kind.DONE_AT, "done_at", [block]))
        elif forms.signature.search(block.text):
            signatures += 1
            provisions.append(_simple(Kind.SIGNATURE, f"signature_{signatures}", [block]))
        else:
            problems.add(
                Code.TEXT_UNPLACED, file, block.lines[0], f"no known unit after the articles: {block.text[:60]!r}",
                "the forms of the closing part stand in build_scripts/forms/; tell the developers of a new one",
            )
    if certification:
        provisions.append(_simple(Kind.CERTIFICATION, "certification", certification))
    return tuple(provisions)


def _split_language_clause(block: Block, forms: Forms) -> list[Block]:
    found = forms.language_clause.search(block.text)
    if found is None or found.start() == 0 or not forms.done_at.search(block.text):
        return [block]
    return [block.cut(0, found.start()), replace(block.cut(found.start()))]
