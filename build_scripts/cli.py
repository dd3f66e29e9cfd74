"""The commands: `python -m build_scripts COMMAND`.

Reads   the command line; for `-`, standard input
Writes  standard output; faults to standard error, with exit code 1
"""

from __future__ import annotations

import functools
import http.server
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

import click

from .build import Places, build, write_xml
from .cite import Resolver, to_json
from .gather import Gathered, gather, stale
from .index import build_index
from .intake import Request, fault_to_json, lines
from .intake import add as take_in
from .intake import to_json as intake_to_json
from .library import Library
from .pages.labels import provision_label, short_title
from .pages.words import load_all_words
from .problems import Code, Problems, ProblemsFound
from .quote import Check, check_quote
from .quote import to_json as quote_to_json
from .search import Answer, Searcher, answer_to_json

ROOT = Path(__file__).resolve().parents[1]
INTERFACE = ROOT / "docs" / "interface"


@click.group()
@click.option("--project", type=click.Path(path_type=Path, file_okay=False, exists=True), default=ROOT,
              help="The folder that treaties/ lies in.")
@click.pass_context
def main(context: click.Context, project: Path) -> None:
    """Kelisim: treaty texts become a legal reference site."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # Windows would use its code page
    context.obj = project.resolve()


def command(function: Callable[..., None]) -> Callable[..., None]:
    """A command that is given the project, and that ends with all faults found and exit code 1."""

    @main.command(name=function.__name__.rstrip("_"))
    @click.pass_obj
    @functools.wraps(function)
    def run(project: Path, *arguments: Any, **options: Any) -> None:
        try:
            function(project, *arguments, **options)
        except ProblemsFound as found:
            click.echo("\n".join(str(problem) for problem in found.problems), err=True)
            count = len(found.problems)
            click.echo(f"\n{count} {'fault' if count == 1 else 'faults'} found; nothing was changed.", err=True)
            sys.exit(1)

    return run


def _gathered(project: Path) -> Gathered:
    problems = Problems()
    gathered = gather(project, problems)
    problems.raise_if_any()
    return gathered


def _say(problems: Problems) -> None:
    """What is only said, and stops nothing."""
    for notice in problems.notices:
        click.echo(str(notice), err=True)


@command
@click.option("--force", is_flag=True, help="Build even when nothing has changed.")
def site(project: Path, force: bool) -> None:
    """Build site/ and kelisim-offline.zip."""
    places = Places.of(project)
    built = build(places, force)
    size = places.archive.stat().st_size / 1_000_000
    click.echo("The site was built." if built else "Nothing has changed; the site is up to date.")
    click.echo(f"  read it from disk:   {places.site / 'index.html'}")
    click.echo("  or from a server:    make serve   (python -m build_scripts serve)")
    click.echo(f"  take it along:       {places.archive} ({size:.1f} MB)")


@command
def draw(project: Path) -> None:
    """Write the Akoma Ntoso XML beside the texts, nothing else."""
    write_xml(_gathered(project))


@command
def check(project: Path) -> None:
    """Check all input, and that the committed XML is what its sources make."""
    problems = Problems()
    gathered = gather(project, problems)
    for path in stale(gathered):
        problems.add(
            Code.XML_STALE, path.relative_to(project).as_posix(), 0, "the file is not what its sources make",
            "run `make draw` (python -m build_scripts draw), read the difference, and commit it",
        )
    problems.raise_if_any()
    _say(problems)
    expressions = [e for treaty in gathered.library.treaties for e in treaty.expressions.values()]
    for expression in expressions:
        kept = expression.conservation
        click.echo(f"{expression.source_file}: {kept.kept} of {kept.source} characters stand in the XML")
    click.echo(f"{len(gathered.library.treaties)} treaties, {len(expressions)} texts: no faults")


@command
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--slug", default="", help="The name of the treaty's folder, such as kz-jo-extradition-2017.")
@click.option("--lang", required=True, help="The language of the text: kk, ru, en …")
@click.option("--dry-run", is_flag=True, help="Only say what the text holds; write nothing.")
@click.option("--encoding", help="The encoding of a text or a page, when it is not recognised: windows-1251 …")
@click.option("--without-control-characters", is_flag=True, help="Take out characters that no text should hold, and say so.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def add(
    project: Path, files: tuple[Path, ...], slug: str, lang: str, dry_run: bool, encoding: str | None,
    without_control_characters: bool, as_json: bool,
) -> None:
    """Take in a treaty's text: plain text, Markdown, HTML, DOCX or PDF. Several files of one text are joined in order."""
    problems = Problems()
    taken = take_in(project, Request(files, slug, lang, encoding, without_control_characters, dry_run), problems)
    if as_json:
        none = {"written": [], "faults": [fault_to_json(problem) for problem in sorted(set(problems))]}
        _print(intake_to_json(taken) if taken else none, 2)
    elif taken:
        click.echo("\n".join(lines(taken)))
    problems.raise_if_any()


@command
@click.option("--port", default=8000, show_default=True)
def serve(project: Path, port: int) -> None:
    """Serve site/ on this computer."""
    folder = Places.of(project).site
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        click.echo(f"http://localhost:{port}/  (stop with Ctrl+C)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()


def _queries(query: str) -> Iterator[str]:
    return (line.rstrip("\r\n") for line in sys.stdin) if query == "-" else iter([query])


def _print(value: Any, indent: int | None) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=indent))


@command
@click.argument("query")
@click.option("--lang", help="Only texts in this language: kk, en …")
@click.option("--treaty", help="Only this treaty, by the name of its folder.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=0), help="How many hits at most.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON. With - for the query: one object a line.")
def search(project: Path, query: str, lang: str | None, treaty: str | None, limit: int, as_json: bool) -> None:
    """Search the texts. QUERY: words, a "phrase", or a citation such as 12(5); - reads one query a line."""
    library = _gathered(project).library
    searcher = Searcher(build_index(library), library, Resolver(library).resolve)
    for each in _queries(query):
        answer = searcher.search(each, lang, treaty, limit)
        if as_json:
            _print(answer_to_json(answer), None if query == "-" else 2)
        else:
            _show(answer, library)


def _show(answer: Answer, library: Library) -> None:
    words = load_all_words(INTERFACE)
    for hit in answer.hits:
        mark = "=" if hit in answer.resolved else " "
        label = provision_label(hit.eid, words.get(hit.lang, words["en"]))
        title = short_title(library.treaty(hit.treaty), hit.lang)
        click.echo(f"{mark} {label}, {title}  [{hit.lang}]  {hit.treaty}#{hit.eid}\n    {hit.snippet}")
    if not answer.hits:
        click.echo("nothing found")
    if answer.nearest:
        click.echo("no such provision; the nearest: " + ", ".join(f"{hit.treaty}#{hit.eid}" for hit in answer.nearest))
    if answer.suggestions:
        click.echo("did you mean: " + ", ".join(answer.suggestions))


@command
@click.argument("query")
@click.option("--lang", default="en", show_default=True, help="The language of titles and addresses.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON. With - for the query: one object a line.")
def cite(project: Path, query: str, lang: str, as_json: bool) -> None:
    """Resolve a citation as people type it; - reads one a line."""
    library = _gathered(project).library
    resolver = Resolver(library)
    for each in _queries(query):
        answer = to_json(each, resolver.resolve(each), library, lang)
        if as_json:
            _print(answer, None if query == "-" else 2)
            continue
        for found in answer["resolved"]:
            click.echo(f"= {found['title']}  {found['url']}")
        for found in answer["nearest"]:
            click.echo(f"  not found; near: {found['title']}  {found['url']}")
        if not answer["resolved"] and not answer["nearest"]:
            click.echo("no citation")


@command
@click.argument("file", type=click.File(encoding="utf-8"))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def quote(project: Path, file: TextIO, as_json: bool) -> None:
    """Check whether a passage is quoted word for word. FILE holds it; - reads it from standard input."""
    found = check_quote(file.read(), _gathered(project).library)
    if as_json:
        _print(quote_to_json(found), 2)
    else:
        _show_check(found)


def _show_check(found: Check) -> None:
    click.echo(f"{found.verdict}  {found.score} %")
    for place in found.places:
        click.echo(f"  {place.treaty} [{place.lang}, {place.authority}]  " + ", ".join(place.eids))
    for part in found.parts:
        if part.kind not in ("same", "omitted"):
            click.echo(f"  {part.kind}: {_brief(part.given)!r} -> {_brief(part.source)!r}")
    for name, words in (("letters of another script", found.letters), ("written together or apart", found.spacing)):
        if words:
            click.echo(f"  {name}: " + ", ".join(words))


def _brief(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 200 else f"{text[:120]} … {text[-60:]}"
