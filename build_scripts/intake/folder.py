"""Put a text into the folder of its treaty, whole or not at all.

Reads   what the folder holds, when it is there
Writes  treaties/<slug>/: <lang>.txt, treaty.yml, edits.yml, notes.yml, received/

Everything is made in a folder beside, which then takes the place in one step. Nothing that is there is overwritten; where a
language is added, treaty.yml, edits.yml and notes.yml get new entries and keep all others as they stand.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from ..forms import languages
from ..problems import Code, Problems
from .refuse import Refused
from .yaml_text import NotAList, add_items

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 80  # characters of a slug
TAKEN = frozenset(  # what Windows cannot call a folder, and what the site calls its own
    ["con", "prn", "aux", "nul", "assets", "search-data"] + [f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)]
)


@dataclass(frozen=True)
class Contents:
    """What goes into the folder. files: bytes by name; items: entries by (file, key), "" for a file that is a list."""

    files: Mapping[str, bytes]
    items: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)


def check_language(lang: str, problems: Problems) -> None:
    if lang not in languages():
        problems.add(
            Code.LANGUAGE_UNKNOWN, "--lang", 0, f"the language {lang!r} is not known",
            f"known are {', '.join(languages())}, two letters each",
        )


def check_names(treaties: Path, slug: str, lang: str, problems: Problems) -> None:
    """Whether the folder may be made, or may get a text in this language."""
    name = f"treaties/{slug}"
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST or slug in TAKEN:
        problems.add(
            Code.SLUG_WRONG, "--slug", 0, f"{slug!r} cannot be the name of a treaty's folder",
            f"small Latin letters, digits and single hyphens, at most {LONGEST}, such as kz-jo-extradition-2017",
        )
        return
    folder = treaties / slug
    if not folder.exists() and not folder.is_symlink():
        return
    if not (folder / "treaty.yml").is_file():
        problems.add(
            Code.ALREADY_THERE, name, 0, "the folder is there, but no treaty.yml in it",
            "take the folder away, or choose another name",
        )
    elif (folder / f"{lang}.txt").exists() or lang in _expressions(folder / "treaty.yml"):
        problems.add(
            Code.ALREADY_THERE, f"{name}/{lang}.txt", 0, f"the treaty has a text in {lang} already; it was not touched",
            "choose another --slug for another treaty; to replace a text, take the old one and its entries out first",
        )


def _expressions(path: Path) -> set[str]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return {each["lang"] for each in data["expressions"]}
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError):
        return set()


def create(root: Path, slug: str, contents: Contents) -> list[str]:
    """Make treaties/<slug>/. Returns the names of the files. Raises Refused when it came into being meanwhile."""
    target = root / "treaties" / slug
    with _beside(root) as work:
        made = Path(work) / slug
        made.mkdir()
        written = _fill(made, contents)
        _move(made, target)
    return written


def extend(root: Path, slug: str, contents: Contents) -> list[str]:
    """Add to treaties/<slug>/. Raises Refused when one of its files is of a form that cannot be added to."""
    target = root / "treaties" / slug
    with _beside(root) as work:
        made, old = Path(work) / slug, Path(work) / f"{slug}.old"
        shutil.copytree(target, made)
        written = _fill(made, contents)
        target.rename(old)
        try:
            _move(made, target)
        except BaseException:
            old.rename(target)
            raise
    return written


def _beside(root: Path) -> tempfile.TemporaryDirectory[str]:
    (root / "build").mkdir(exist_ok=True)
    return tempfile.TemporaryDirectory(dir=root / "build", prefix="add-")


def _move(made: Path, target: Path) -> None:
    try:
        if target.exists():
            raise FileExistsError
        os.rename(made, target)
    except FileExistsError:
        raise Refused(Code.ALREADY_THERE, "the folder came into being meanwhile", "look what is in it") from None


def _fill(folder: Path, contents: Contents) -> list[str]:
    for name, data in contents.files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    by_file: dict[str, list[tuple[str, Sequence[str]]]] = {}
    for (name, key), items in contents.items.items():
        if items:
            by_file.setdefault(name, []).append((key, items))
    for name, entries in by_file.items():
        path = folder / name
        text = path.read_bytes().decode("utf-8") if path.exists() else ""
        for key, items in entries:
            text = _added(name, text, key, items)
        path.write_bytes(text.encode("utf-8"))
    return [*contents.files, *(name for name in by_file if name not in contents.files)]


def _added(name: str, text: str, key: str, items: Sequence[str]) -> str:
    """The text with the entries; it says what it said before, and the entries after that."""
    hint = f"write the list of {name} an entry on a line, as treaties/README.md shows"
    try:
        new = add_items(text, key or None, items)
        before, after = yaml.safe_load(text), yaml.safe_load(new)
    except (NotAList, yaml.YAMLError):
        raise Refused(Code.YAML_BROKEN, f"{name} cannot be added to", hint) from None
    old_list = (before or []) if not key else ((before or {}).get(key) or [])
    new_list = after if not key else after[key]
    if new_list[: len(old_list)] != old_list or len(new_list) != len(old_list) + len(items):
        raise Refused(Code.YAML_BROKEN, f"{name} cannot be added to", hint)
    return new
