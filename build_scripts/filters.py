"""What the filters of a query need, as script files for the browser.

Reads   an Index
Writes  search-data, a language: <lang>/places.js, article-N.js, titles-N.js

places.js names the articles there are and the first word of each titles file. An article's file has the documents of all articles
of this number: their places, and for each document the distance from the one before and the number of its place (`packed`). A
titles file has words of treaties' names ("language stem", as titles.py has them) with the numbers of the treaties, `packed` as
distances; treaties are numbered in the order of slugs.js.
"""

from __future__ import annotations

from pathlib import Path

from .export import packed, write_data
from .index import Index, LanguageIndex
from .places import places_of
from .titles import Titles

SHARD = 24_000  # characters of a titles file, about


def write_filters(index: Index, out_dir: Path) -> None:
    """Write the files for the filters beside those of the index, in `out_dir`."""
    for part in index.parts.values():
        firsts = _write_titles(part.titles, part.lang, out_dir)
        _write_articles(part, out_dir)
        value = {"articles": list(part.articles), "titles": firsts, "languages": list(part.titles.languages)}
        write_data(out_dir, f"{part.lang}/places", value)


def _write_titles(titles: Titles, lang: str, out_dir: Path) -> list[str]:
    """The first word of each file."""
    shards: list[dict[str, str]] = []
    size = SHARD
    for word in sorted(titles.words, key=lambda word: word.encode("utf-16-be")):
        if size >= SHARD:
            shards.append({})
            size = 0
        numbers = titles.words[word]
        shards[-1][word] = packed(after - before for before, after in zip([0, *numbers], numbers))
        size += len(word) + len(shards[-1][word])
    for number, shard in enumerate(shards):
        write_data(out_dir, f"{lang}/titles-{number}", shard)
    return [next(iter(shard)) for shard in shards]


def _write_articles(part: LanguageIndex, out_dir: Path) -> None:
    found: dict[str, tuple[dict[str, int], list[int]]] = {}
    last: dict[str, int] = {}
    for doc in range(part.doc_count):
        places = places_of(part.document(doc).eid)
        if not places:
            continue
        article, place = places[0], places[-1]
        numbers, rows = found.setdefault(article, ({}, []))
        rows += [doc - last.get(article, 0), numbers.setdefault(place, len(numbers))]
        last[article] = doc
    for article, (numbers, rows) in found.items():
        write_data(out_dir, f"{part.lang}/article-{article}", {"places": list(numbers), "rows": packed(rows)})
