"""What the filters of a query need, as script files for the browser.

Reads   an Index
Writes  search-data, a language: <lang>/places.js, article-N.js, titles-N.js

places.js names the articles there are and has the root of the titles files (leaves.py). An article's file has the documents of
all articles of this number: their places, and for each document the distance from the one before and the number of its place
(`packed`). A titles file has words of treaties' names ("language stem", as titles.py has them) with the numbers of the treaties,
`packed` as distances; treaties are numbered as export.py does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .index import Index, LanguageIndex
from .leaves import order, write_data, write_leaves
from .pack import packed, packed_distances
from .places import places_of
from .titles import Titles

LEAF = 10_000  # characters of a titles file, about


def write_filters(index: Index, out_dir: Path) -> None:
    """Write the files for the filters beside those of the index, in `out_dir`."""
    for part in index.parts.values():
        root = _write_titles(part.titles, part.lang, out_dir)
        _write_articles(part, out_dir)
        value = {"articles": list(part.articles), "titles": root, "languages": list(part.titles.languages)}
        write_data(out_dir, f"{part.lang}/places", value)


def _write_titles(titles: Titles, lang: str, out_dir: Path) -> dict[str, Any]:
    """The root of the tree of words."""
    rows = []
    for word in sorted(titles.words, key=order):
        value = packed_distances(titles.words[word])
        rows.append((word, value, len(value)))
    return write_leaves(out_dir, f"{lang}/titles", rows, LEAF)


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
