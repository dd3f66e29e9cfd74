"""From a query to provisions.

Reads   a query, the index, the library, what a citation in the query resolves to
Writes  an Answer: the provisions cited, then the provisions found, and other spellings where a word is unknown

What a query means is said in query.py. Provisions that a citation names come first; a query with operators or filters is no
citation. Order: score, then language, then place in the library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any, Protocol

from .analyse import SCRIPTS, TABLES
from .clauses import ClauseKind
from .grammar import QUOTES, Reading, read, readable
from .index import EXACT, NOTHING, TREATY, And, Document, Leaf, Node, Or, Within, rank, spellings
from .library import Library, article_of
from .meant import Meant, meant
from .model import Expression, Kind, Provision, Target
from .places import article_in, place_order, ranges
from .query import Held, Notice, NoticeKind, Understood, all_of, understand
from .snippet import Snippet, Wanted, snippet
from .suggest import Vocabulary

CITED = 1000.0  # the score of a provision that the query cites: above any that words reach
ENOUGH = 10  # hits; where fewer have all that is asked for, some with less follow
EXACTLY = (ClauseKind.PHRASE, ClauseKind.PREFIX)
MOST_KNOWN = 8  # values offered in place of one that nothing bears
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


class LanguagePart(Held, Protocol):
    """What is asked of the index of one language; index.LanguagePart says what each gives."""

    def document(self, doc: int) -> Document: ...

    def words(self, field: str) -> Iterator[tuple[str, int]]: ...

    def frequency(self, field: str, word: str) -> int: ...

    def find(self, wanted: Node, optional: Sequence[Leaf] = (), most: int | None = None) -> list[tuple[int, float]]: ...

    def count(self, wanted: Node) -> int: ...


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
class WordCount:
    """A word, phrase or beginning of the query, and how many provisions have it, whatever the filters."""

    text: str
    count: int


@dataclass(frozen=True)
class Said:
    """A notice for the reader. known: what could stand in the place of the value, at most MOST_KNOWN of it."""

    kind: NoticeKind
    value: str
    known: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """nearest: provisions offered in place of a cited one that does not exist. complete: every hit is all that was asked for.

    words: what the query looks for, where not everything was found. more: provisions with some of the words, where few have all
    and the query has no operators.
    instead: the query that is answered in place of the one asked, when that was typed without Kazakh letters.
    """

    query: str
    resolved: tuple[Hit, ...]
    hits: tuple[Hit, ...]
    suggestions: tuple[str, ...]
    nearest: tuple[Hit, ...] = ()
    complete: bool = True
    notices: tuple[Said, ...] = ()
    words: tuple[WordCount, ...] = ()
    more: tuple[Hit, ...] = ()
    instead: str = ""


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """The answer as `python -m build_scripts search --json` prints it.

    complete: every hit but the last `some` has all that is asked for. instead: the query that is answered, where it is another.
    """
    return {
        "query": answer.query,
        "resolved": [_hit_to_json(hit) for hit in answer.resolved],
        "nearest": [_hit_to_json(hit) for hit in answer.nearest],
        "hits": [_hit_to_json(hit) for hit in (*answer.hits, *answer.more)],
        "complete": answer.complete,
        "some": len(answer.more),
        "suggestions": list(answer.suggestions),
        "instead": answer.instead,
    }


def _hit_to_json(hit: Hit) -> dict[str, Any]:
    return {key: value for key, value in asdict(hit).items() if key != "marks"}


@dataclass(frozen=True)
class _Found:
    """Documents of one language with their scores, and the tree that found them."""

    part: LanguagePart
    understood: Understood
    by: Node
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
        reading = read(query)
        cited = self._resolve(query[: readable(query)]) if self._resolve and reading.plain else None
        resolved = self._targets(cited.resolved, query, lang, treaty) if cited else []
        nearest = self._targets(cited.nearest, query, lang, treaty) if cited else []
        understood = self._understand(reading, query)
        asked = {part: one for part, one in understood.items() if lang in (None, part.lang)}
        strict = bool(resolved or nearest)
        most = max(limit, 1) + len(resolved)  # one at least, to know whether there is any
        found, complete = self._find(asked, treaty, most, strict)
        guess = Meant() if complete else meant(query, asked, self._vocabulary)
        if guess.sure:
            instead = self.search(guess.queries[0], lang, treaty, limit)
            if instead.complete and instead.hits:
                return replace(instead, query=query, suggestions=guess.queries, instead=guess.queries[0])
        hits = self._merge(resolved, found, limit)
        is_some = complete and hits and not strict and not reading.operators
        more = self._more(asked, treaty, hits, min(limit, ENOUGH)) if is_some else ()
        notices = self._said(understood)
        counts = () if complete else _counts(query, understood)
        return Answer(query, tuple(resolved), tuple(hits), guess.queries, tuple(nearest), complete, notices, counts, more)

    def _understand(self, reading: Reading, query: str) -> dict[LanguagePart, Understood]:
        """What the query asks of each language, where it asks for anything."""
        understood = {part: understand(reading, query, part) for part in self._index.parts.values()}
        return {part: one for part, one in understood.items() if one is not None}

    def _find(
        self, asked: Mapping[LanguagePart, Understood], treaty: str | None, most: int, strict: bool
    ) -> tuple[list[_Found], bool]:
        """The best `most` of each language with all that is asked for, and True; or, unless `strict`, with some, and False."""
        found = [_run(part, one, one.plan.wanted, one.plan.optional, treaty, most) for part, one in asked.items()]
        if strict or any(one.scores for one in found) or not found:
            return found, True
        return [_run(part, one, one.plan.some or NOTHING, (), treaty, most) for part, one in asked.items()], False

    def _more(
        self, asked: Mapping[LanguagePart, Understood], treaty: str | None, hits: Sequence[Hit], limit: int
    ) -> tuple[Hit, ...]:
        """What has some of the words, after the `hits`, until there are `limit` of both; phrases and beginnings are meant so."""
        if len(hits) >= limit:
            return ()
        found = [
            _run(part, one, one.plan.some, (), treaty, limit) for part, one in asked.items()
            if one.plan.some is not None and not any(sought.clause.kind in EXACTLY for sought in one.sought)
        ]
        return tuple(self._merge(hits, found, limit)[len(hits) :])

    def _said(self, understood: Mapping[LanguagePart, Understood]) -> tuple[Said, ...]:
        """The notices that every language has, with the values there are."""
        notices = [one.notices for one in understood.values()]
        common = [notice for notice in notices[0] if all(notice in other for other in notices)] if notices else []
        cut = {notice: None for other in notices for notice in other if notice.kind is NoticeKind.PREFIX}
        parts = list(understood)
        return tuple(Said(one.kind, one.value, tuple(_known(one, parts))) for one in dict.fromkeys([*common, *cut]))

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
        if not target.eid:
            held = [one for one in self._index.languages if one in expressions]
            expression = expressions.get(lang or language_of(query, held))
            url = url_of(target.treaty, "", "", expression.lang) if expression else ""
            return Hit(target.treaty, "", expression.lang, expression.title, "", url, CITED) if expression else None
        having = {
            one: provision for one in self._index.languages if one in expressions
            for provision in expressions[one].walk() if provision.eid == target.eid
        }
        chosen = lang or (language_of(query, list(having)) if having else "")
        return _cited(expressions[chosen], having[chosen]) if chosen in having else None

    def _read_vocabulary(self, lang: str) -> Vocabulary:
        return Vocabulary(spellings(self._index.parts[lang]), lang)


def _run(
    part: LanguagePart, understood: Understood, tree: Node, optional: Sequence[Leaf], treaty: str | None, most: int
) -> _Found:
    wanted = tree if treaty is None else all_of((tree, Within(TREATY, (treaty,))))
    return _Found(part, understood, tree, tuple(part.find(wanted, optional, most)))


def _counts(query: str, understood: Mapping[LanguagePart, Understood]) -> tuple[WordCount, ...]:
    """How many provisions each thing sought is in, in the order of the query."""
    counts: dict[tuple[int, int], int] = {}
    for part, one in understood.items():
        for sought in one.sought:
            span = (sought.clause.start, sought.clause.end)
            counts[span] = counts.get(span, 0) + part.count(sought.node)
    return tuple(WordCount(_as_typed(query, start, end), count) for (start, end), count in sorted(counts.items()))


def _as_typed(query: str, start: int, end: int) -> str:
    """A word of the query with the signs that belong to it."""
    before, after = query[start - 1 : start], query[end : end + 1]
    if before in QUOTES and after in QUOTES and before and after:
        return query[start - 1 : end + 1]
    return query[start : end + 1] if after == "*" else query[start:end]


def _known(notice: Notice, parts: Sequence[LanguagePart]) -> Iterable[str]:
    """What could stand in the place of the value that the notice is about."""
    if notice.kind is NoticeKind.LANGUAGE:
        return [part.lang for part in parts][:MOST_KNOWN]
    if notice.kind is NoticeKind.TREATY:
        return list(dict.fromkeys(slug for part in parts for slug in part.titles.slugs[:MOST_KNOWN]))[:MOST_KNOWN]
    if notice.kind is not NoticeKind.ARTICLE:
        return []
    article = article_in(notice.value)
    below = {place for part in parts for place in part.places(article) if place.count("(") == 1} if article else set()
    numbers = below or {article for part in parts for article in part.articles}
    return ranges(sorted(numbers, key=place_order))[:MOST_KNOWN]


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
    piece: Snippet = snippet(document.text, document.lang, wanted_of(found.by))
    url = url_of(document.treaty, document.article, document.eid, document.lang)
    return Hit(document.treaty, document.eid, document.lang, document.heading, piece.text, url, score, piece.marks)


def wanted_of(tree: Node) -> Wanted:
    """The words to mark: those that `tree` finds, not those that only add to the score or are left out."""
    leaves = list(_leaves(tree))
    return Wanted(
        frozenset(leaf.words[0] for leaf in leaves if leaf.field != EXACT and len(leaf.words) == 1),
        frozenset(leaf.words[0] for leaf in leaves if leaf.field == EXACT),
        tuple(dict.fromkeys(leaf.words for leaf in leaves if len(leaf.words) > 1)),
    )


def _leaves(node: Node) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from _leaves(part)
