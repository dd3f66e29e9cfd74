"""Build the site.

Reads   the project: treaties/, docs/, mkdocs.yml
Writes  treaties/<slug>/<lang>.xml, site/, kelisim-offline.zip

First everything is gathered and checked; then the new site is written beside the old one and takes its place whole. A
run with faults leaves the old site as it was.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import bundle
from .cite import write_provisions_data
from .export import export
from .filters import write_filters
from .gather import Gathered, gather
from .hooks import trees
from .index import build_index
from .links import check_links
from .pages import OfflineBundle, write_pages
from .pages.walkthroughs import Faults, write_walkthroughs
from .pages.words import write_words
from .passages import write_passages
from .problems import Code, Problems
from .prune import prune
from .typed import write_typed_data

ARCHIVE = "kelisim-offline.zip"
INPUTS = ("treaties", "build_scripts", "docs", "mkdocs.yml", "requirements.txt")
IGNORED = frozenset(["__pycache__", "received"])  # originals are kept, and nothing on the site is made from them
SIZE_LATER, SUM_LATER = "@@bundle-size@@", "@@bundle-sha256@@"


@dataclass(frozen=True)
class Places:
    """Where a build works. work: everything on the way; site, archive: what it ends with."""

    root: Path
    work: Path
    site: Path
    archive: Path

    @classmethod
    def of(cls, root: Path) -> Places:
        return cls(root, root / "build", root / "site", root / ARCHIVE)


def build(places: Places, force: bool = False) -> bool:
    """Build the site. True when it was built, False when nothing has changed since the last time.

    Raises ProblemsFound with all faults; the old site and archive stay as they were.
    """
    stamp = places.work / "stamp"
    state = fingerprint(places.root)
    if not force and places.archive.exists() and places.site.exists() and _read(stamp) == state:
        return False
    problems = Problems()
    gathered = gather(places.root, problems)
    problems.raise_if_any()
    write_xml(gathered)
    places.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=places.work) as folder:
        site = _write_site(places, gathered, Path(folder), problems)
        archive = _finish(site, Path(folder))
        _take_the_place(site, places.site)
        os.replace(archive, places.archive)
    stamp.write_text(fingerprint(places.root), encoding="utf-8")
    return True


def write_xml(gathered: Gathered) -> None:
    """Write the XML beside its texts, where it changed."""
    for path, xml in gathered.xml.items():
        if not path.exists() or path.read_bytes() != xml:
            path.write_bytes(xml)


def fingerprint(root: Path) -> str:
    """A digest of everything that a build reads."""
    digest = hashlib.sha256(sys.version.encode())
    for path in _inputs(root):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(data)}\n".encode() + data)
    return digest.hexdigest()


def _inputs(root: Path) -> Iterator[Path]:
    for name in INPUTS:
        path = root / name
        if path.is_file():
            yield path
        for file in sorted(path.rglob("*")) if path.is_dir() else ():
            if file.is_file() and not IGNORED & set(file.parts):
                yield file


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def write_faulty_site(places: Places, gathered: Gathered, faults: Faults) -> Path:
    """The whole site although walkthroughs have faults, which stand on their pages; in a folder of its own, to be looked at.

    Raises ProblemsFound when MkDocs cannot draw it.
    """
    work = places.work / "preview"
    if work.exists():
        shutil.rmtree(work)
    site = _write_site(places, gathered, work, Problems(), faults)
    for page in _first_pages(site):
        page.write_text(_inside(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return site


def _write_site(
    places: Places, gathered: Gathered, work: Path, problems: Problems, faults: Faults | None = None
) -> Path:
    """The whole site in a folder of its own, checked unless it has `faults`. Raises ProblemsFound."""
    site = work / "site"
    langs = [tree["lang"] for tree in trees()]
    for lang in langs:
        _write_docs(places.root, gathered, work / "docs" / lang, lang, faults)
    run_mkdocs(places.root, work, site, langs, problems)
    problems.raise_if_any()
    for lang in langs:
        prune(site / lang)
    for path in sorted((places.root / "docs" / "root").iterdir()):
        shutil.copyfile(path, site / path.name)
    data = site / "search-data"
    index = build_index(gathered.library)
    export(index, data)
    write_filters(index, data)
    write_typed_data(data / "citations.js")
    write_provisions_data(gathered.library, data)
    write_passages(gathered.library, data / "passages.js")
    if not faults:
        check_links(site, problems, frozenset({ARCHIVE}))
    problems.raise_if_any()
    return site


def _write_docs(root: Path, gathered: Gathered, docs: Path, lang: str, faults: Faults | None) -> None:
    """What MkDocs turns into one tree: generated pages, hand-written ones, assets."""
    shutil.copytree(root / "docs" / "assets", docs / "assets")
    if (root / "docs" / "pages" / lang).is_dir():
        shutil.copytree(root / "docs" / "pages" / lang, docs, dirs_exist_ok=True)
    walkthroughs = write_walkthroughs(gathered.library, gathered.walks, docs, lang, gathered.limits, faults=faults)
    write_pages(
        gathered.library, docs, lang, walkthroughs=walkthroughs, project=root, limits=gathered.limits,
        offline_bundle=OfflineBundle(f"../{ARCHIVE}", SIZE_LATER, SUM_LATER),
    )
    write_words(root / "docs" / "interface", lang, docs / "assets" / "javascripts" / "words.js")


def run_mkdocs(
    root: Path, work: Path, site: Path, langs: Sequence[str], problems: Problems, strict: bool = True
) -> None:
    """One MkDocs run a tree, side by side. Whatever MkDocs warns of is a Problem; not `strict`, only what stops it is."""
    runs = []
    for lang in langs:
        environment = dict(
            os.environ, KELISIM_LANG=lang, KELISIM_DOCS=str(work / "docs" / lang), KELISIM_SITE=str(site / lang),
            NO_MKDOCS_2_WARNING="1", SOURCE_DATE_EPOCH="0", PYTHONDONTWRITEBYTECODE="1",
        )
        command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(root / "mkdocs.yml")]
        command += ["--strict"] if strict else []
        runs.append((lang, subprocess.Popen(
            command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            encoding="utf-8",
        )))
    for lang, run in runs:
        said, _ = run.communicate()
        if run.returncode:
            problems.add(
                Code.PAGE_BROKEN, "mkdocs.yml", 0, f"MkDocs ended with {run.returncode} ({lang}): {said.strip()[-2000:]}",
                "this is a fault of the build; tell the developers",
            )


def _finish(site: Path, work: Path) -> Path:
    """Pack the offline copy, then put its size and checksum on the first pages of the site. Returns the archive."""
    offline = work / "offline"
    shutil.copytree(site, offline)
    for page in _first_pages(offline):
        page.write_text(_inside(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    archive = work / ARCHIVE
    bundle.pack(offline, archive)
    data = archive.read_bytes()
    for page in _first_pages(site):
        text = _outside(page.read_text(encoding="utf-8"), f"{len(data) / 1_000_000:.1f}", bundle.sha256(data))
        page.write_text(text, encoding="utf-8", newline="\n")
    shutil.copyfile(archive, site / ARCHIVE)
    return archive


def _first_pages(site: Path) -> list[Path]:
    return sorted(path for path in site.rglob("*.html") if SUM_LATER in path.read_text(encoding="utf-8"))


OFFER = re.compile(r'<section id="offline">.*?</section>\s*<template id="offline-inside">(.*?)</template>', re.DOTALL)


def _inside(text: str) -> str:
    """The first page as it stands in the archive: it does not offer the archive, but says that it is the copy."""
    return OFFER.sub(r"\1", text)


def _outside(text: str, size: str, checksum: str) -> str:
    """The first page as it stands on the site, with the size and the checksum of the archive."""
    offer = OFFER.search(text)
    if offer:
        text = text[: offer.start()] + offer.group().partition("<template")[0] + text[offer.end() :]
    return text.replace(SIZE_LATER, size).replace(SUM_LATER, checksum)


def _take_the_place(new: Path, site: Path) -> None:
    old = site.with_name(site.name + ".old")
    if old.exists():
        shutil.rmtree(old)
    if site.exists():
        site.rename(old)
    try:
        shutil.move(new, site)
    except OSError:
        if old.exists() and not site.exists():
            old.rename(site)
        raise
    if old.exists():
        shutil.rmtree(old)
