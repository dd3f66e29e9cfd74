"""From a query to provisions.

Reads   a query, the index, the library, what a citation in the query resolves to
Writes  an Answer: the provisions cited, then the provisions found, and other spellings where a word is unknown

All words must match, each in the text of a provision or in the heading of its article; where nothing has all of them, some are
enough. Provisions that a citation names come first. Order: score, then language, then place in the library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Protocol

from .analyse import SCRIPTS, TABLES
from .index import EXACT, HEADING, NOTHING, TEXT, TREATY, And, Document, Leaf, Node, Or, Plan, Within, rank
from .library import Library, article_of
from .model import Expression, Kind, Provision, Target
from .query import LONGEST_QUERY, Clause, ClauseKind, parse, plan
from .snippet import Snippet, Wanted, snippet
from .suggest import MOST, Vocabulary, is_suggestible

CITED = 1000.0  # the score of a provision that the query cites: above any that words reach
NO_WORDS = Wanted(frozenset())
_LETTERS = re.compile(r"[^\W\d_]{2,}")


class Resolution(Protocol):
    """What a citation resolver says of a query: build_scripts.cite has the real one."""

    @property
    def resolved(self) -> tuple[Target, ...]: ...

    @property
    def nearest(self) -> tuple[Target, ...]: ...

    @property
    def rest(self) -> str: ...


Resolve = Callable[[str], Resolution]


class LanguagePart(Protocol):
    """What is asked of the index of one language; index.LanguageIndex says what each gives."""

    @property
    def lang(self) -> str: ...

    def document(self, doc: int) -> Document: ...

    def words(self, field: str) -> Iterator[tuple[str, int]]: ...

    def words_from(self, prefix: str) -> Iterator[tuple[str, int]]: ...

    def frequency(self, field: str, word: str) -> int: ...

    def find(self, wanted: Node, optional: Sequence[Leaf] = (), most: int | None = None) -> list[tuple[int, float]]: ...


class AnyIndex(Protocol):
    """What is asked of an index: index.Index is Whoosh's, postgres.PostgresIndex one on a server."""

    @property
    def parts(self) -> Mapping[str, LanguagePart]: ...

    @property
    def languages(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Hit:
    """A provision found. url: relative to the folder of the site; snippet: plain text, `marks` its words found."""

    treaty: str
    eid: str
    lang: str
    heading: str
    snippet: str
    url: str
    score: float
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Answer:
    """nearest: provisions offered in place of a cited one that does not exist. complete: every hit has all the words."""

    query: str
    resolved: tuple[Hit, ...]
    hits: tuple[Hit, ...]
    suggestions: tuple[str, ...]
    nearest: tuple[Hit, ...] = ()
    complete: bool = True


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """The answer as `python -m build_scripts search --json` prints it."""
    return {
        "query": answer.query,
        "resolved": [_hit_to_json(hit) for hit in answer.resolved],
        "nearest": [_hit_to_json(hit) for hit in answer.nearest],
        "hits": [_hit_to_json(hit) for hit in answer.hits],
        "suggestions": list(answer.suggestions),
    }


def _hit_to_json(hit: Hit) -> dict[str, Any]:
    return {key: value for key, value in asdict(hit).items() if key != "marks"}


@dataclass(frozen=True)
class _Found:
    """Documents of one language with their scores, and what to mark in them."""

    part: LanguagePart
    clauses: tuple[Clause, ...]
    plan: Plan
    scores: tuple[tuple[int, float], ...]


class Searcher:
    """Answers queries. resolve: finds the citations in a query; without it a query is words only."""

    def __init__(self, index: AnyIndex, library: Library, resolve: Resolve | None = None):
        self._index = index
        self._library = library
        self._resolve = resolve
        self._vocabulary = lru_cache(maxsize=None)(self._read_vocabulary)

    def search(self, query: str, lang: str | None = None, treaty: str | None = None, limit: int = 20) -> Answer:
        """The answer to `query`. A language or treaty that is not held gives no hits."""
        cited = self._resolve(query[:LONGEST_QUERY]) if self._resolve else None
        resolved = self._targets(cited.resolved, query, lang, treaty) if cited else []
        nearest = self._targets(cited.nearest, query, lang, treaty) if cited else []
        words = cited.rest if cited and resolved and cited.rest.strip() else query
        most = max(limit, 1) + len(resolved)  # one at least, to know whether there is any
        found, complete = self._find(words, lang, treaty, most, strict=words == query and bool(resolved or nearest))
        hits = self._merge(resolved, found, limit)
        suggestions = () if complete else self._suggest(words, found)
        return Answer(query, tuple(resolved), tuple(hits), suggestions, tuple(nearest), complete)

    def _find(
        self, words: str, lang: str | None, treaty: str | None, most: int, strict: bool
    ) -> tuple[list[_Found], bool]:
        """The best `most` of each language that have all the words, and True; or, unless `strict`, some of them, and False."""
        parts = [part for part in self._index.parts.values() if lang in (None, part.lang)]
        asked = [(part, parse(words, part.lang)) for part in parts]
        plans = [(part, clauses, plan(clauses, part.words_from)) for part, clauses in asked if clauses]
        found = [
            _Found(part, clauses, to_find, _run(part, to_find.wanted, to_find.optional, treaty, most))
            for part, clauses, to_find in plans
        ]
        if strict or any(one.scores for one in found) or not plans:
            return found, True
        return [
            _Found(part, clauses, to_find, _run(part, to_find.some or NOTHING, (), treaty, most))
            for part, clauses, to_find in plans
        ], False

    def _merge(self, resolved: Sequence[Hit], found: Sequence[_Found], limit: int) -> list[Hit]:
        known = {(hit.treaty, hit.eid, hit.lang) for hit in resolved}
        rows = sorted(
            (-rank(score), order, doc, score) for order, one in enumerate(found) for doc, score in one.scores
        )
        hits = list(resolved[:limit])
        for _, order, doc, score in rows:
            if len(hits) >= limit:
                break
            hit = _hit(found[order], doc, score)
            if (hit.treaty, hit.eid, hit.lang) not in known:
                hits.append(hit)
        return hits

    def _targets(self, targets: Iterable[Target], query: str, lang: str | None, treaty: str | None) -> list[Hit]:
        hits = [self._target(target, query, lang) for target in targets if target.treaty and treaty in (None, target.treaty)]
        return [hit for hit in hits if hit is not None]

    def _target(self, target: Target, query: str, lang: str | None) -> Hit | None:
        expressions = self._library.treaty(target.treaty).expressions
        held = [one for one in self._index.languages if one in expressions]
        expression = expressions.get(lang or language_of(query, held))
        if expression is None:
            return None
        if not target.eid:
            url = url_of(target.treaty, "", "", expression.lang)
            return Hit(target.treaty, "", expression.lang, expression.title, "", url, CITED)
        provision = next((one for one in expression.walk() if one.eid == target.eid), None)
        return None if provision is None else _cited(expression, provision)

    def _suggest(self, words: str, found: Sequence[_Found]) -> tuple[str, ...]:
        """The query with each word that no language knows replaced by one that is near it."""
        unknown = _unknown(found)
        near = {span: self._nearest(found, number) for span, number in unknown.items()}
        near = {span: candidates for span, candidates in near.items() if candidates}
        if len(near) == 1:
            (span, candidates), = near.items()
            return tuple(_replaced(words, {span: word}) for word in candidates)
        return (_replaced(words, {span: candidates[0] for span, candidates in near.items()}),) if near else ()

    def _nearest(self, found: Sequence[_Found], exacts: Sequence[str]) -> list[str]:
        rows = [
            (spent, frequency, order, word)
            for order, (one, exact) in enumerate(zip(found, exacts))
            for spent, frequency, word in self._vocabulary(one.part.lang).nearest(exact)
        ]
        return list(dict.fromkeys(word for _, _, _, word in sorted(rows)))[:MOST]

    def _read_vocabulary(self, lang: str) -> Vocabulary:
        return Vocabulary(self._index.parts[lang].words(EXACT))


def _run(
    part: LanguagePart, wanted: Node, optional: Sequence[Leaf], treaty: str | None, most: int
) -> tuple[tuple[int, float], ...]:
    only = wanted if treaty is None else And((wanted, Within(TREATY, (treaty,))))
    return tuple(part.find(only, optional, most))


def url_of(treaty: str, article: str, eid: str, lang: str) -> str:
    """The address of a provision, relative to the folder of the site."""
    page = f"{lang}/{treaty}/{article or 'index'}.html"
    return f"{page}#{eid}" if eid else page


def language_of(query: str, languages: Sequence[str], prefer: str | None = None) -> str:
    """The language that a citation is answered in: one written as the words of the query are, else `prefer`, else the first.

    Single letters say nothing: 4(1)(e) is typed in every language.
    """
    words = "".join(_LETTERS.findall(query))
    counts = {script: len(pattern.findall(words)) for script, pattern in SCRIPTS.items()}
    script = max(counts, key=lambda name: counts[name])
    written = [lang for lang in languages if counts[script] and TABLES["scripts"].get(lang) == script]
    return (written or [lang for lang in languages if lang == prefer] or languages)[0]


def _cited(expression: Expression, provision: Provision) -> Hit:
    article = article_of(expression, provision.eid)
    heading = article.heading.text if article and article.heading else ""
    number = "" if provision.kind is Kind.ARTICLE else provision.num
    piece = snippet(f"{number} {provision.full_text}".strip(), expression.lang, NO_WORDS)
    url = url_of(expression.treaty, article.eid if article else "", provision.eid, expression.lang)
    return Hit(expression.treaty, provision.eid, expression.lang, heading, piece.text, url, CITED)


def _hit(found: _Found, doc: int, score: float) -> Hit:
    document: Document = found.part.document(doc)
    piece: Snippet = snippet(document.text, document.lang, wanted_of(found.plan))
    url = url_of(document.treaty, document.article, document.eid, document.lang)
    return Hit(document.treaty, document.eid, document.lang, document.heading, piece.text, url, score, piece.marks)


def wanted_of(to_find: Plan) -> Wanted:
    """The words to mark: those of the clauses, not those that only add to the score."""
    return Wanted(
        frozenset(word for leaf in _leaves(to_find.some) if leaf.field in (TEXT, HEADING) for word in leaf.words),
        frozenset(word for leaf in _leaves(to_find.some) if leaf.field == EXACT for word in leaf.words),
    )


def _leaves(node: Node | None) -> tuple[Leaf, ...]:
    return tuple(part for part in node.parts if isinstance(part, Leaf)) if isinstance(node, Or) else ()


def _unknown(found: Sequence[_Found]) -> dict[tuple[int, int], tuple[str, ...]]:
    """Where in the query a word stands that no language has, and how each language reads it."""
    known: set[tuple[int, int]] = set()
    read: dict[tuple[int, int], list[str]] = {}
    for one in found:
        for clause in one.clauses:
            span = (clause.start, clause.end)
            single = clause.kind is ClauseKind.WORD and is_suggestible(clause.exacts[0])
            read.setdefault(span, []).append(clause.exacts[0])
            if not single or any(one.part.frequency(field, clause.stems[0]) for field in (TEXT, HEADING)):
                known.add(span)
    return {span: tuple(exacts) for span, exacts in sorted(read.items()) if span not in known}


def _replaced(query: str, words: dict[tuple[int, int], str]) -> str:
    for (start, end), word in sorted(words.items(), reverse=True):
        query = query[:start] + word + query[end:]
    return query
