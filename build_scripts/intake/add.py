"""Take in the files of one text.

Reads   the files, treaties/<slug>/ where it is there
Writes  treaties/<slug>/ (not when it is only looked at); Taken, which the report is made of

First everything is read and checked; then the folder is made. All faults of all files are gathered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from ..forms import languages
from ..notation import is_notation
from ..problems import Code, Problems
from ..questions import Question, open_questions
from ..read import BREAK
from . import control, limits
from .assemble import Assembled, assemble
from .editor_files import edit_items, footnotes, note_items
from .encoding import name_of
from .folder import Contents, check_language, check_names, create, extend
from .reading import Reading, read
from .received import Received, receive
from .refuse import Refused
from .report import Taken
from .state import Stated, state
from .treaty_file import answers, expression_item, kept_as, treaty_text
from .understand import other_languages, signs, understand
from .yaml_text import answer


@dataclass(frozen=True)
class Request:
    """What the editor asks for. encoding: as named by the editor; dry: only look."""

    files: tuple[Path, ...]
    slug: str
    lang: str
    encoding: str | None = None
    drop_control: bool = False
    dry: bool = False


def add(root: Path, request: Request, problems: Problems) -> Taken | None:
    """Take the files in, or only look at them. None, or a Taken with faults, when `problems` has some: nothing was written.

    root: the project, which treaties/ lies in.
    """
    check_language(request.lang, problems)
    if request.slug or not request.dry:
        check_names(root / "treaties", request.slug, request.lang, problems)
    readings = _read(request, problems)
    if len(problems) and (request.lang not in languages() or len(readings) < len(request.files)):
        return None
    if len(readings) > 1 and any(is_notation(reading.extract.verbatim or "") for reading in readings):
        problems.add(
            Code.FORMAT_UNKNOWN, "FILE", 0,
            "Akoma Ntoso, or a text in our own notation, is a whole text: nothing is joined to it", "name it alone",
        )
        return None
    text = assemble(readings)
    slug = request.slug or "new-treaty"
    taken = _look(text, slug, request.lang)
    for path, source in zip(request.files, text.sources):
        first, last = source.lines
        control.report("\n".join(BREAK.split(text.edited)[first - 1 : last]), str(path), problems)
    if request.dry or len(problems):
        return replace(taken, faults=tuple(problems))
    try:
        return _write(root, taken)
    except Refused as refused:
        refused.report(f"treaties/{slug}", problems)
    except OSError as fault:
        problems.add(
            Code.FILE_UNREADABLE, f"treaties/{slug}", 0, f"the folder cannot be written: {fault.strerror}",
            "look whether the disk is full, and whether you may write there",
        )
    return replace(taken, faults=tuple(problems))


def _read(request: Request, problems: Problems) -> list[Reading]:
    if not request.files or len(request.files) > limits.FILES:
        problems.add(
            Code.FILE_MISSING, "FILE", 0, f"{len(request.files)} files are named; 1 to {limits.FILES} can be",
            "name the files of one text in the order of the text",
        )
        return []
    readings: list[Reading] = []
    seen: dict[str, str] = {}
    for path in request.files:
        try:
            file = receive(path)
            _refuse_twice(file, seen)
            if request.lang in languages():
                readings.append(read(file, request.lang, request.encoding, request.drop_control, signs(request.lang)))
        except Refused as refused:
            refused.report(str(path), problems)
    return readings


def _refuse_twice(file: Received, seen: dict[str, str]) -> None:
    if file.sha256 in seen:
        raise Refused(
            Code.ALREADY_THERE, f"it is the same, byte for byte, as {seen[file.sha256]}", "name each file once"
        )
    seen[file.sha256] = file.name


def _look(text: Assembled, slug: str, lang: str) -> Taken:
    """What the text holds and states."""
    file = f"treaties/{slug}/{lang}.txt"
    edited = text.edited
    understood = understand(edited, lang, file, text.layout)
    stated = state(understood.parsed, lang)
    if stated.enclosing:
        understood = understand(edited, lang, file, text.layout, stated.enclosing.value[0] or "law")
        stated = state(understood.parsed, lang)
    notes, unplaced = footnotes(text, understood.parsed, lang)
    remarks = _remarks(text, understood.parsed.articles, edited, lang, file)
    asked = tuple(open_questions(treaty_text(slug, stated, text)))
    return Taken(slug, lang, text, understood, stated, asked, tuple(notes), tuple(unplaced), tuple(remarks), (), ())


def _remarks(text: Assembled, articles: Sequence[object], edited: str, lang: str, file: str) -> list[str]:
    remarks = []
    for source in text.sources:
        reading = source.reading
        remarks += [f"{reading.file.name}: {remark}" for remark in reading.extract.remarks]
        encoding = reading.extract.encoding
        if encoding and encoding != "utf-8":
            remarks.append(
                f"{reading.file.name}: recognised as {name_of(encoding)}; the text is kept in UTF-8, the original in received/"
            )
    if len(text.sources) > 1:
        names = ", ".join(source.reading.file.name for source in text.sources)
        remarks.append(f"{len(text.sources)} files were joined in this order: {names}")
    if not articles:
        others = other_languages(edited, lang, file)
        if others:
            other, count = others[0]
            remarks.append(f"no article was found in {lang}, but {count} in {other}: is --lang {other} meant?")
    return remarks


def _write(root: Path, taken: Taken) -> Taken:
    folder = root / "treaties" / taken.slug
    text, lang = taken.text, taken.lang
    files: dict[str, bytes] = {f"{lang}.txt": text.data}
    for place, source in enumerate(text.sources, 1):
        kept = kept_as(lang, place, source, text)
        if kept:
            files[kept] = source.reading.file.data
    items: dict[tuple[str, str], Sequence[str]] = {
        ("edits.yml", "edits"): edit_items(text.corrections, lang), ("notes.yml", ""): note_items(taken.notes, lang),
    }
    if folder.exists():
        description = _answered((folder / "treaty.yml").read_bytes(), taken.stated)
        files["treaty.yml"] = description.encode("utf-8")
        items["treaty.yml", "expressions"] = [expression_item(taken.stated, text)]
        written = extend(root, taken.slug, Contents(files, items))
    else:
        files["treaty.yml"] = treaty_text(taken.slug, taken.stated, text).encode("utf-8")
        written = create(root, taken.slug, Contents(files, items))
    asked = tuple(open_questions((folder / "treaty.yml").read_text(encoding="utf-8")))
    return replace(taken, questions=asked, written=tuple(f"treaties/{taken.slug}/{name}" for name in sorted(written)))


def _answered(data: bytes, stated: Stated) -> str:
    """The treaty.yml that is there, with the questions answered that the new text answers. Raises Refused."""
    try:
        text = data.decode("utf-8")
        known: Any = yaml.safe_load(text)
        codes = [str(party.get("code", "")) for party in known["parties"]]
    except (UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError):
        raise Refused(Code.YAML_BROKEN, "its treaty.yml cannot be read", "mend it first: `check` says where") from None
    questions: list[Question] = open_questions(text)
    return answer(text, answers(questions, stated, codes))


