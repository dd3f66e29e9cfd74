"""Settle what each citation belongs to, where its own words leave that to others.

Reads   drafts of citations, in order, and the tokens
Writes  citations

1. Of two joined by "and", "or" or a comma, one may lack what the other says: the article, the instrument.
2. English and Russian say it last: "paragraph 2 or paragraph 3 of Article 4", «статьи 107 и статьи 108 Кодекса».
3. Kazakh says it first, and marks what belongs to something: «1-тармағында» does, «1-тармақта» does not. Such a one that
   stands alone takes what was last named in the sentence.
4. "that Article" is the one article cited before it in the sentence.
5. The end of a sentence ends all this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..citations import ReferenceForms
from .draft import RANK, Draft, shifted
from .model import THAT, THIS, Citation, Path, Place, Step
from .scan import Token

JOINTS = ("and", "comma", "slash", "the", "of")


def settle(drafts: Sequence[Draft], tokens: Sequence[Token], forms: ReferenceForms) -> list[Citation]:
    """The citations that `drafts` make, in order."""
    settled = _from_the_left(list(drafts), tokens) if not forms.unit_first else _from_the_right(list(drafts), tokens)
    return _pointing_back(settled, tokens)


def _are_joined(left: Draft, right: Draft, tokens: Sequence[Token]) -> bool:
    between = [token.kind for token in tokens[left.end : right.first]] if right.first - left.end <= 3 else []
    return bool(between) and all(kind in JOINTS for kind in between)


def _share_sentence(left: Draft, right: Draft, tokens: Sequence[Token]) -> bool:
    """Whether no sentence ends between the two. What was said is looked at once: nobody asks across a boundary."""
    return not any(ends_sentence(tokens, at) for at in range(left.end, right.first))


def ends_sentence(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.kind == "dot":
        following = tokens[at + 1]
        return not following.is_glued and (following.text[:1].isupper() or following.kind in ("number", "end", "open"))
    return token.kind == "stop" and token.text != ":"


def _from_the_right(drafts: list[Draft], tokens: Sequence[Token]) -> list[Draft]:
    for index in range(len(drafts) - 2, -1, -1):
        left, right = drafts[index], drafts[index + 1]
        if not _are_joined(left, right, tokens):
            continue
        lacks = _lacks_article(left)
        if (
            lacks
            and right.terms[0].unit == "article"
            and right.terms[-1].unit == left.terms[-1].unit
            and right.terms[0].relation != THIS
            and not _goes_down(right)
        ):
            drafts[index] = left = replace(
                left, paths=_below(left.paths, right), is_own=right.is_own, act=right.act, says_that=right.says_that
            )
        elif not lacks and left.act is None and not left.is_own and right.act is not None and right.paths[0].has_article:
            drafts[index] = replace(left, act=right.act, says_that=right.says_that)
    for index, (left, right) in enumerate(zip(drafts, drafts[1:]), 1):
        if (
            _lacks_article(right)
            and _goes_down(left)
            and left.terms[-1].unit == right.terms[0].unit
            and _are_joined(left, right, tokens)
        ):
            drafts[index] = replace(
                right, paths=_below(right.paths, left), is_own=left.is_own, act=left.act, says_that=left.says_that
            )
    return drafts


def _lacks_article(draft: Draft) -> bool:
    return all(term.unit != "article" for term in draft.terms)


def _goes_down(draft: Draft) -> bool:
    """Whether it is of the order "Article 4, paragraph 2"."""
    return len(draft.terms) > 1 and draft.terms[0].unit == "article" and draft.terms[0].first < draft.terms[-1].first


def _below(paths: Sequence[Path], other: Draft) -> tuple[Path, ...]:
    """The paths with what `other` has above their first unit. It names one thing there, or they are left as they are."""
    rank = RANK[paths[0].steps[0].unit]
    above = {tuple(step for step in path.steps if RANK[step.unit] < rank) for path in other.paths}
    return tuple(shifted(path, next(iter(above))) for path in paths) if len(above) == 1 else tuple(paths)


def _from_the_left(drafts: list[Draft], tokens: Sequence[Token]) -> list[Draft]:
    """Each that belongs to something takes it from the one before, in the same sentence."""
    for index, (left, right) in enumerate(zip(drafts, drafts[1:]), 1):
        if not right.needs_possessor or not _share_sentence(left, right, tokens):
            continue
        paths = right.paths if right.paths[0].has_article else _below(right.paths, left)
        drafts[index] = replace(right, paths=paths, is_own=left.is_own, act=left.act, says_that=left.says_that)
    return drafts


def _pointing_back(drafts: Sequence[Draft], tokens: Sequence[Token]) -> list[Citation]:
    """The citations; "that Article" is replaced by the article it points to, or left open."""
    found: list[Citation] = []
    articles: set[tuple[Step, tuple[Place | None, bool]]] = set()
    looked = 0
    for draft in drafts:
        if any(ends_sentence(tokens, at) for at in range(looked, draft.first)):
            articles = set()
        looked = draft.first
        paths, is_open, act = draft.paths, False, draft.act
        if any(step.relation == THAT for path in paths for step in path.steps):
            is_open = len(articles) != 1 or any(
                step.relation == THAT and step.unit != "article" for path in paths for step in path.steps
            )
            if not is_open:
                ((article, (named, _)),) = articles
                act = act or named
                paths = tuple(
                    replace(path, steps=tuple(article if step.relation == THAT else step for step in path.steps))
                    for path in paths
                )
        articles |= {
            (path.steps[0], (act, draft.says_that)) for path in paths if path.has_article and path.steps[0].relation != THAT
        }
        found.append(Citation(draft.start, draft.end_of_words, paths, draft.is_own, act, draft.says_that, is_open))
    return found
