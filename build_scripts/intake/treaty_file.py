"""Write treaty.yml from what a text states, with questions for what it does not.

Reads   Stated, Assembled, the name of the folder
Writes  the text of treaty.yml; the entry of an expression, for a treaty.yml that is there; answers to its questions
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from ..questions import Question, question
from .assemble import Assembled, Source
from .countries import Country, countries_of, short_name
from .state import Fact, Stated
from .yaml_text import plain, quoted

READERS = ("kk", "en")  # the languages of the site; what a reader is shown is asked for in each
HEAD = """\
# Made by `add` from what the text states. treaties/README.md says what each field takes.
# "?" is a question: write the answer in its place. "? words" proposes one: take the question mark away to accept it.
"""
SOURCES = {
    "kk": "Мәтін мына файлдан алынды: {names}; алынған күйінде.",
    "en": "The text was taken from the file {names}, as received.",
}


def treaty_text(slug: str, stated: Stated, text: Assembled) -> str:
    """The whole of treaty.yml."""
    return HEAD + "\n".join(_lines(slug, stated, text)) + "\n"


def _lines(slug: str, stated: Stated, text: Assembled) -> Iterator[str]:
    names, countries = _parties(stated)
    readers = _readers(stated.lang)
    yield f"slug: {slug}"
    yield f"kind: {plain(_value(stated.kind))}"
    yield "names: {} # words that choose this treaty when somebody types a citation, by language: {en: [extradition]}"
    yield "short_title:"
    for lang in readers:
        yield f"  {lang}: {plain(_value(stated.short_title) if lang == stated.lang else question())}"
    yield from _several(stated)
    yield "parties:"
    for name, country in zip(names, countries):
        yield f"  - code: {plain(country.code if country.sure else question(country.code))}"
        yield "    name:"
        for lang in readers:
            yield f"      {lang}: {plain(name if lang == stated.lang else question())}"
        yield "    short:"
        for lang in readers:
            known = short_name(country.code, lang) if country.code else ""
            yield f"      {lang}: {plain(known if known and country.sure else question(known))}"
    yield "signed:"
    yield f"  date: {_day(stated.date)}"
    yield "  place:"
    for lang in readers:
        yield f"    {lang}: {plain(_place(stated, lang))}"
    langs = stated.languages
    yield f"authentic_languages: {'[' + ', '.join(langs.value) + ']' if langs else quoted(question())}"
    if stated.prevailing:
        yield f"prevailing_language: {stated.prevailing.value}"
    if stated.languages_in:
        yield f"languages_stated_in: {stated.languages_in}"
    if stated.prevailing_in:
        yield f"prevailing_stated_in: {stated.prevailing_in}"
    yield f"status: {'in-force' if stated.entry_date and stated.entry_date.sure else 'not-stated'}"
    yield "entry_into_force:"
    if stated.entry_date:
        yield f"  date: {_day(stated.entry_date)}"
        yield f"  stated_in: {stated.entry_date_in}"
    yield f"  rule: {plain(_value(stated.entry_rule))}"
    if stated.enclosing:
        kind, title = stated.enclosing.value
        yield "enclosing: # what the treaty is published with; take it out if it is with nothing"
        yield f"  kind: {plain(kind or question())}"
        if stated.enclosing_number:
            yield f"  number: {quoted(stated.enclosing_number[0])}"
            yield f"  date: {stated.enclosing_number[1].isoformat()}"
        yield "  title:"
        own = title if stated.enclosing.sure else question(title)
        for lang in readers:
            yield f"    {lang}: {plain(own if lang == stated.lang else question())}"
    author = "-".join(country.code for country in countries) if all(country.code for country in countries) else ""
    yield f"frbr_author: {plain(author if all(country.sure for country in countries) else question(author))}"
    yield "expressions:"
    yield from ("  " + line for line in expression_item(stated, text).splitlines())


def expression_item(stated: Stated, text: Assembled) -> str:
    """The entry of one text in the list of expressions."""
    title = _value(stated.title) if stated.title else question(stated.first_words.words if stated.first_words else "")
    lines = [
        f"- lang: {stated.lang}",
        f"  authority: {quoted(question())} # authentic, as-published, official-translation or working-translation",
        f"  title: {plain(title)}",
        f"  short_title: {plain(_value(stated.short_title))}",
        f"  sha256: {text.sha256}",
    ]
    if text.layout != "auto":
        lines.append(f"  layout: {text.layout}")
    names = ", ".join(source.reading.file.name for source in text.sources)
    lines.append("  source:")
    lines += [f"    {lang}: {plain(words.format(names=names))}" for lang, words in SOURCES.items()]
    lines.append("  received: # the files as they came; the originals are kept in received/")
    for place, source in enumerate(text.sources, 1):
        lines += ["    " + line for line in _received(source, kept_as(stated.lang, place, source, text))]
    return "\n".join(lines)


def kept_as(lang: str, place: int, source: Source, text: Assembled) -> str:
    """The name that the original is kept under; "" when the text is the file itself."""
    if source.reading.file.data == text.data:
        return ""
    format_ = source.reading.format.value
    extension = {"text": "txt", "markdown": "md", "akoma-ntoso": "xml"}.get(format_, format_)
    return f"received/{lang}{'' if place == 1 else f'-{place}'}.{extension}"


def _received(source: Source, kept: str) -> Iterator[str]:
    file, extract = source.reading.file, source.reading.extract
    yield f"- name: {quoted(file.name)}"
    yield f"  format: {source.reading.format.value}"
    if extract.encoding:
        yield f"  encoding: {extract.encoding}"
    yield f"  sha256: {file.sha256}"
    if kept:
        yield f"  file: {kept}"
    yield f"  lines: [{source.lines[0]}, {source.lines[1]}]"
    if extract.left_out:
        yield "  left_out:"
        yield from (f"    - {plain(words)}" for words in extract.left_out)


def _readers(lang: str) -> tuple[str, ...]:
    """The language of the text first, then those of the readers."""
    return (lang, *(reader for reader in READERS if reader != lang))


def _parties(stated: Stated) -> tuple[list[str], list[Country]]:
    """The names of the Parties, or questions, and their countries."""
    if not stated.parties:
        return [question(), question()], [Country(), Country()]
    names = [fact.value if fact.sure else question(fact.value) for fact in stated.parties]
    return names, countries_of([fact.value for fact in stated.parties], stated.lang)


def _several(stated: Stated) -> Iterator[str]:
    if not stated.parties:
        words = "it seems to be one of many Parties" if stated.several else "the text does not name two"
        yield f"# Parties: {words}. Each Party is an entry of the list; take out what is too much."


def _value(fact: Fact[str] | None) -> str:
    if fact is None:
        return question()
    return fact.value if fact.sure else question(fact.value)


def _day(fact: Fact[datetime.date] | None) -> str:
    """A day that is sure, or a question."""
    if fact is None:
        return quoted(question())
    return fact.value.isoformat() if fact.sure else quoted(question(fact.value.isoformat()))


def _place(stated: Stated, lang: str) -> str:
    if stated.place is None or lang not in stated.place.value:
        return question()
    return stated.place.value[lang] if stated.place.sure else question(stated.place.value[lang])


def answers(questions: Sequence[Question], stated: Stated, codes: Sequence[str]) -> list[tuple[Question, Any]]:
    """The questions of a treaty.yml that this text answers: what is asked in its language, and what is asked of all.

    codes: of the Parties, as treaty.yml has them; each text may name them in an order of its own.
    """
    known = dict(_known(stated, codes))
    return [(each, known[each.path]) for each in questions if each.path in known]


def _known(stated: Stated, codes: Sequence[str]) -> Iterator[tuple[tuple[int | str, ...], Any]]:
    lang = stated.lang
    if stated.short_title and stated.short_title.sure:
        yield ("short_title", lang), stated.short_title.value
    names = [fact.value for fact in stated.parties if fact.sure]
    for name, country in zip(names, countries_of(names, lang)):
        if country.code in codes:
            yield ("parties", codes.index(country.code), "name", lang), name
    if stated.place and stated.place.sure:
        for other, place in stated.place.value.items():
            yield ("signed", "place", other), place
    if stated.date and stated.date.sure:
        yield ("signed", "date"), stated.date.value
    if stated.languages:
        yield ("authentic_languages",), list(stated.languages.value)
    if stated.kind:
        yield ("kind",), stated.kind.value
    if stated.entry_rule and stated.entry_rule.sure:
        yield ("entry_into_force", "rule"), stated.entry_rule.value
