"""The site while its editor works on a walkthrough: its faults stand on its page, each at the question it is about.

Reads   the project; the walkthroughs again whenever one of their files has changed
Writes  build/preview/: pages of walkthroughs that stand in front of those of the site; the site itself stays as it is

What is shown here is never published: `build` refuses a site with faults.
"""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from .build import Places, build, run_mkdocs, write_faulty_site
from .gather import gather
from .hooks import trees
from .pages.walkthroughs import write_walkthroughs
from .problems import Problem, Problems, ProblemsFound
from .walk import FILE, faults_at_nodes


def is_of_walkthrough(problem: Problem) -> bool:
    return FILE.fullmatch(problem.file) is not None


class Preview:
    """What `serve` shows. said: is told every fault found, so that it can be read where the command was given."""

    def __init__(self, places: Places, said: Callable[[Iterable[Problem]], None]):
        self.places = places
        self.said = said
        self.over = places.work / "preview-pages"
        self.lock = threading.Lock()
        self.state = self._state()
        if self.over.exists():
            shutil.rmtree(self.over)
        self.site = self._first()

    def _first(self) -> Path:
        """The folder of the site. Raises ProblemsFound for faults that are not those of walkthroughs."""
        try:
            build(self.places)
        except ProblemsFound as found:
            if not all(map(is_of_walkthrough, found.problems)):
                raise
            self.said(found.problems)
            faults = faults_at_nodes(self.places.root, found.problems)
            return write_faulty_site(self.places, gather(self.places.root, Problems()), faults)
        return self.places.site

    def file(self, path: str) -> Path:
        """The file at the address `path` (relative to the site), drawn again where a walkthrough has changed."""
        if "/walkthrough" in path:
            with self.lock:
                state = self._state()
                if state != self.state:
                    self._draw()
                    self.state = state
        over = self.over / path
        return over if over.is_file() else self.site / path

    def _state(self) -> tuple[tuple[str, int, int], ...]:
        """Changes whenever a file of a walkthrough does."""
        files = sorted((self.places.root / "treaties").glob("*/walkthroughs/*.yml"))
        return tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files)

    def _draw(self) -> None:
        problems = Problems()
        gathered = gather(self.places.root, problems)
        self.said(sorted(set(problems)))
        work = self.places.work / "preview-work"
        if work.exists():
            shutil.rmtree(work)
        langs = [tree["lang"] for tree in trees()]
        faults = faults_at_nodes(self.places.root, sorted(set(problems)))
        for lang in langs:
            docs = work / "docs" / lang
            write_walkthroughs(gathered.library, gathered.walks, docs, lang, gathered.limits, faults=faults)
            (docs / "index.md").write_text("---\nkind: home\n---\n", encoding="utf-8")
        run_mkdocs(self.places.root, work, work / "site", langs, Problems(), strict=False)
        for page in (work / "site").glob("*/*/walkthrough*.html"):
            target = self.over / page.relative_to(work / "site")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(page, target)
        shutil.rmtree(work)


def handler_of(preview: Preview) -> Callable[..., http.server.SimpleHTTPRequestHandler]:
    """A handler of requests that answers from the preview."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any, **options: Any):
            super().__init__(*arguments, directory=str(preview.site), **options)

        def translate_path(self, path: str) -> str:
            own = Path(super().translate_path(path))
            inside = own.relative_to(preview.site) if own.is_relative_to(preview.site) else Path()
            return str(preview.file(inside.as_posix())) if inside.suffix == ".html" else str(own)

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "no-store")
            super().end_headers()

        def log_message(self, *arguments: Any) -> None:
            """Says nothing: the faults are to be read, not the requests."""

    return Handler
