"""Read what the editor says of a treaty.

Reads   treaties/<slug>/treaty.yml, edits.yml, notes.yml, treaties/instruments.yml, treaties/terms.yml
Writes  typed, frozen models; every fault becomes a Problem with the line it stands on
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from . import questions
from .model import Authority
from .problems import Code, Problems
from .tables import SAFE_LOADER

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Lang = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Words = dict[Lang, str]  # the same words in each language of the reader
NOT_STATED = "not stated"

T = TypeVar("T")


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Party(Model):
    name: Words
    short: Words
    code: Annotated[str, Field(pattern=r"^[a-z]{2}$")]  # ISO 3166-1


class Signed(Model):
    date: datetime.date
    place: Words


class EntryIntoForce(Model):
    """date: as the source states it; None when the source held does not state one."""

    date: datetime.date | None = None
    rule: str | None = None  # eId of the provision that says when
    stated_in: str | None = None  # eId of the note that states the date


class Enclosing(Model):
    """The law or decree that the treaty is published with."""

    kind: Literal["law", "decree"]
    title: Words
    number: str | None = None
    date: datetime.date | None = None


class Publication(Model):
    """Where the text was printed, as the source states it."""

    citation: Words


class Received(Model):
    """A file that the text was taken from. `file` is where its original is kept; None when the text is the file itself.

    lines: of the text, first and last; left_out: what the file holds besides the text of the treaty.
    """

    name: str
    format: Literal["text", "markdown", "html", "docx", "pdf", "akoma-ntoso"]
    encoding: str | None = None
    sha256: Sha256
    file: Annotated[str, Field(pattern=r"^received/[\w.-]+$")] | None = None
    lines: tuple[int, int]
    left_out: list[str] = Field(default_factory=list)


class ExpressionData(Model):
    lang: Lang
    authority: Authority
    title: str
    short_title: str
    translated_from: Lang | None = None
    sha256: Sha256 | None = None  # of a source as received; a working translation has none
    layout: Literal["auto", "paragraphs", "wrapped"] = "auto"
    source: Words = Field(default_factory=dict)  # where the text came from
    received: list[Received] = Field(default_factory=list)  # the files it was taken from, as `add` writes them


class CitationTitle(Model):
    """A treaty's titles as its citations need them, in one language. What an expression states is not said again.

    working_rendering: the titles are the editor's own, for no text in that language is held.
    """

    genitive: str | None = None  # of the full title, where the language has one
    full: str | None = None
    short: str | None = None
    place: str | None = None
    working_rendering: bool = False


class TreatyData(Model):
    """treaty.yml: what is known of a treaty, only as far as its sources state it."""

    slug: Slug
    kind: Literal["extradition", "police-cooperation", "legal-assistance", "other"]
    names: dict[Lang, list[str]]  # words that choose this treaty in a citation
    short_title: Words
    citation_titles: dict[Lang, CitationTitle] = Field(default_factory=dict)
    parties: list[Party] = Field(min_length=1)
    signed: Signed
    authentic_languages: list[Lang] = Field(min_length=1)
    prevailing_language: Lang | None = None
    languages_stated_in: str | None = None  # eId of the clause that names the authentic languages
    prevailing_stated_in: str | None = None  # eId of the clause that says which one prevails
    status: Literal["in-force", "not-stated", "not-in-force", "terminated"]
    entry_into_force: EntryIntoForce
    enclosing: Enclosing | None = None
    publication: Publication | None = None
    frbr_author: str
    expressions: list[ExpressionData] = Field(min_length=1)

    def expression(self, lang: str) -> ExpressionData:
        """Raises KeyError when there is none in `lang`."""
        for expression in self.expressions:
            if expression.lang == lang:
                return expression
        raise KeyError(lang)


class Edit(Model):
    """A declared correction of layout: `quote` stands on `line` of the source and is read as `replacement`."""

    lang: Lang
    line: Annotated[int, Field(ge=1)]
    quote: Annotated[str, Field(min_length=1)]
    replacement: str
    reason: Words


class ClosingWords(Model):
    """Where the closing words of a list begin: `begins` is quoted from the text at `line`, `closes` is the eId closed.

    They end with the paragraph they stand in, or with the quotation `ends`; what follows that is a paragraph without
    a number.
    """

    lang: Lang
    line: Annotated[int, Field(ge=1)]
    begins: Annotated[str, Field(min_length=1)]
    closes: str
    ends: str | None = None


class AcceptedReference(Model):
    """A reference that leads nowhere in the source itself: it is not linked, and listed with the reason."""

    lang: Lang
    line: Annotated[int, Field(ge=1)]
    quote: Annotated[str, Field(min_length=1)]
    reason: Words


class AcceptedProblem(Model):
    """A problem that the source itself has: a number that lacks there, too, or repeats. It is no longer reported.

    line: as the problem gives it; code: of the problem; quote: words of the line, so that the declaration does not slip to
    another.
    """

    lang: Lang
    line: Annotated[int, Field(ge=0)]
    code: Literal[
        "article-missing",
        "articles-anew",
        "division-missing",
        "heading-glued",
        "heading-misspelt",
        "no-articles",
        "number-duplicate",
        "number-missing",
        "text-unplaced",
        "title-not-found",
    ]
    quote: str = ""
    reason: Words


class EditsData(Model):
    edits: list[Edit] = Field(default_factory=list)
    accepted: list[AcceptedProblem] = Field(default_factory=list)
    closing_words: list[ClosingWords] = Field(default_factory=list)
    unresolved_references: list[AcceptedReference] = Field(default_factory=list)


class NoteData(Model):
    """An editor's note: the provision, the words it hangs on in each language, what it says to the reader."""

    id: Slug
    eid: str
    kind: Literal[
        "doubtful-party",
        "missing-word",
        "doubtful-grammar",
        "doubtful-reference",
        "inconsistent-terms",
        "contradiction",
        "unclear-condition",
        "translation",
        "footnote",
    ]
    words: Words = Field(default_factory=dict)
    text: Words


class Instrument(Model):
    """A legal act that is cited but not held here."""

    id: Slug
    name: Words
    date: datetime.date | None = None
    place: Words | None = None
    treaty: Slug | None = None  # set when it is held after all
    patterns: dict[Lang, list[str]]  # how the texts name it: regular expressions, white space as one space


class Defined(Model):
    treaty: Slug
    eid: str


class Term(Model):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Slug
    kk: str
    en: str
    ru: str | None = None
    defined: Defined | None = None
    note: Words = Field(default_factory=dict)
    forms: list[str] = Field(default_factory=list)


class _LineLoader(SAFE_LOADER):
    """SafeLoader that refuses a key said twice."""


def _mapping(loader: _LineLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", key_node.start_mark)
        seen.add(key)
    return SAFE_LOADER.construct_mapping(loader, node, deep=True)


_LineLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
# dates stay words, so that a wrong one (2017-13-01) is reported like any other wrong value
_LineLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@lru_cache(maxsize=16)
def _nodes(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=SAFE_LOADER)
    except yaml.YAMLError:
        return None


def line_of(text: str, path: tuple[int | str, ...]) -> int:
    """The line of YAML `text` on which the value at `path` (or the nearest one above it) stands; 1 when in doubt."""
    node = _nodes(text)
    line = 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if str(step) not in pairs:
                return line
            key, node = pairs[str(step)]
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def read_yaml(path: Path, name: str, shape: type[T], problems: Problems) -> T | None:
    """The file at `path` as `shape` (a model, or a list of models), or None with the faults in `problems`.

    The open questions of a treaty.yml are faults; what they ask for is not reported a second time as missing or wrong.
    name: the path as problems give it, relative to the project.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        problems.add(Code.FILE_MISSING, name, 0, "the file is not there", "treaties/README.md shows one to start from")
        return None
    except UnicodeDecodeError as fault:
        line = path.read_bytes()[: fault.start].count(b"\n") + 1
        problems.add(Code.NOT_UTF8, name, line, f"byte {fault.start} is not UTF-8", "save the file as UTF-8")
        return None
    try:
        data = yaml.load(text, Loader=_LineLoader)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        what = getattr(fault, "problem", None) or str(fault)
        problems.add(
            Code.YAML_BROKEN,
            name,
            mark.line + 1 if mark else 1,
            f"not YAML: {what}",
            "check indentation (spaces, no tabs), quotes, and that no key stands twice",
        )
        return None
    asked = questions.report(text, name, problems) if shape is TreatyData else []
    try:
        read = TypeAdapter(shape).validate_python(data if data is not None else _empty(shape))
        return None if asked else read
    except ValidationError as fault:
        for error in fault.errors():
            if any(each.path[: len(error["loc"])] == error["loc"] for each in asked):
                continue
            where = ".".join(str(step) for step in error["loc"]) or "the file"
            problems.add(
                Code.FIELD_WRONG,
                name,
                line_of(text, error["loc"]),
                f"{where}: {error['msg']}; found {_short(error['input'])}",
                "treaties/README.md lists the fields and what they take",
            )
        return None


def _empty(shape: Any) -> Any:
    return [] if getattr(shape, "__origin__", None) is list else {}


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
