"""Indexing as Whoosh does it by itself: an analyser for each field, its own formats, codec and pool of postings.

It is what build_scripts/index.py did before build_scripts/postings.py, and finds the same. The fields of a text share its
analysis, as in ours; Whoosh would analyse it for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path

from whoosh.analysis import Token as WhooshToken
from whoosh.fields import ID, KEYWORD, STORED, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence, Frequency, Positions

from build_scripts import analyse as analysis
from build_scripts.index import Document
from build_scripts.places import places_of

KEEPING = ("_forms", "stem_of", "stem")  # what the analysis keeps of each distinct word


def index_plainly(documents: Iterable[Document], folder: Path, once: bool) -> None:
    """An index of each language in `folder`. once: stem each distinct word once; else each time that it is met."""
    kept = {name: getattr(analysis, name) for name in KEEPING}
    for name, function in kept.items():
        setattr(analysis, name, function if once else function.__wrapped__)
    try:
        _index(documents, FileStorage(str(folder)).create())
    finally:
        for name, function in kept.items():
            setattr(analysis, name, function)
        _tokens.cache_clear()


def forget() -> None:
    """Forget all stems, so that a measurement begins with none."""
    for name in KEEPING:
        getattr(analysis, name).cache_clear()


def _index(documents: Iterable[Document], storage: FileStorage) -> None:
    writers = {}
    for document in documents:
        if document.lang not in writers:
            writers[document.lang] = storage.create_index(_schema(document.lang), indexname=document.lang).writer()
        writers[document.lang].add_document(
            treaty=document.treaty, place=" ".join(places_of(document.eid)), document=vars(document),
            text=document.text, exact=document.text, heading=document.heading, headwords=document.heading,
        )
    for writer in writers.values():
        writer.commit(optimize=True)


def _schema(lang: str) -> Schema:
    stems = FieldType(Positions(), partial(_stems, lang=lang), scorable=True)
    words = FieldType(Frequency(), partial(_exact, lang=lang), scorable=True)
    spellings = FieldType(Existence(), partial(_exact, lang=lang))
    return Schema(
        text=stems, heading=stems, exact=words, headwords=spellings, treaty=ID(), place=KEYWORD(), document=STORED(),
    )


@lru_cache(maxsize=4)
def _tokens(text: str, lang: str) -> list[analysis.Token]:
    return analysis.analyse(text, lang)


def _stems(text: str, lang: str = "", **_: object) -> Iterator[WhooshToken]:
    for token in _tokens(text, lang):
        yield WhooshToken(text=token.term, pos=token.position, boost=1.0, stopped=False)


def _exact(text: str, lang: str = "", **_: object) -> Iterator[WhooshToken]:
    for token in _tokens(text, lang):
        yield WhooshToken(text=token.exact, pos=token.position, boost=1.0, stopped=False)
