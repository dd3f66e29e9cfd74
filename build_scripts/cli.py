"""The commands: `python -m build_scripts COMMAND`.

Reads   the command line; for `-`, standard input
Writes  standard output; faults to standard error, with exit code 1
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import click

from .build import Places, build, write_xml
from .cite import Resolver, to_json
from .dates import DateFault, parse_date
from .foreign import NotAkomaNtoso, notation_of, told
from .gather import Gathered, gather, stale
from .grammar import LONGEST_QUERY
from .index import build_index, documents_of
from .intake import Request, fault_to_json, lines
from .intake import add as take_in
from .intake import to_json as intake_to_json
from .library import Library
from .limits import Limit, Limits
from .pages.labels import length_label, provision_label, short_title
from .pages.words import Words, load_all_words
from .postgres import PostgresFault, PostgresIndex, digest_of, write_index
from .preview import Preview, handler_of
from .problems import Code, Problem, Problems, ProblemsFound
from .query import MOST_CLAUSES, MOST_WORDS, NoticeKind
from .quote import Check, check_quote
from .quote import to_json as quote_to_json
from .reckon import Count, Reckoned, disorder, reckon
from .reckon import to_json as reckoned_to_json
from .search import Answer, AnyIndex, Searcher, answer_to_json
from .tell import Given, find, parse_answers, questions_to_json, questions_to_text, read_answers, walk_to_json, walk_to_text
from .typed import month_names

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
        except PostgresFault as fault:
            click.echo(str(fault), err=True)
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
    """Take in a treaty's text: plain text, Markdown, HTML, DOCX, PDF or Akoma Ntoso.

    Several files of one text are joined in order.
    """
    problems = Problems()
    taken = take_in(project, Request(files, slug, lang, encoding, without_control_characters, dry_run), problems)
    if as_json:
        none = {"written": [], "faults": [fault_to_json(problem) for problem in sorted(set(problems))]}
        _print(intake_to_json(taken) if taken else none, 2)
    elif taken:
        click.echo("\n".join(lines(taken)))
    problems.raise_if_any()


@command
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def text(project: Path, file: Path) -> None:
    """Print an Akoma Ntoso XML, ours or others', as text in our own notation. What of it is not supported is said."""
    try:
        written, unsupported = notation_of(file.read_bytes(), file.name)
    except NotAkomaNtoso as fault:
        click.echo(str(fault), err=True)
        sys.exit(1)
    click.echo(written, nl=False)
    for line in told(unsupported):
        click.echo(line, err=True)


@command
@click.option("--port", default=8000, show_default=True)
def serve(project: Path, port: int) -> None:
    """Build the site and serve it on this computer. Faults of a walkthrough are shown on its page, at their question."""
    preview = Preview(Places.of(project), lambda problems: _say_faults(list(problems)))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler_of(preview)) as server:
        click.echo(f"http://localhost:{port}/  (stop with Ctrl+C)")
        click.echo("A walkthrough that you change is drawn again when its page is loaded.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()


def _say_faults(problems: list[Problem]) -> None:
    count = len(problems)
    click.echo("\n".join(str(problem) for problem in problems), err=True)
    click.echo("no faults" if not count else f"{count} {'fault' if count == 1 else 'faults'} in walkthroughs", err=True)


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
@click.option("--from", "url", metavar="URL", help="Ask the index that `index --to URL` made in PostgreSQL.")
def search(
    project: Path, query: str, lang: str | None, treaty: str | None, limit: int, as_json: bool, url: str | None
) -> None:
    """Search the texts.

    QUERY: words, a "phrase", begin*, AND OR NOT, parentheses, treaty: article: lang:, or a citation such as 12(5); - reads one
    query a line. Before a query that begins with a minus stands --.
    """
    library = _gathered(project).library
    with _index(library, url) as index:
        searcher = Searcher(index, library, Resolver(library).resolve)
        for each in _queries(query):
            answer = searcher.search(each, lang, treaty, limit)
            for line in _notices(answer):
                click.echo(line, err=as_json)  # JSON stays JSON
            if as_json:
                _print(answer_to_json(answer), None if query == "-" else 2)
            else:
                _show(answer, library)


@contextlib.contextmanager
def _index(library: Library, url: str | None) -> Iterator[AnyIndex]:
    """The index of `library`: the one in PostgreSQL at `url`, or one made for this run."""
    if url is None:
        yield build_index(library)
        return
    with contextlib.closing(PostgresIndex(url)) as index:
        if index.digest != digest_of(documents_of(library)):
            click.echo(
                "The index was made from other texts than this project has now; `python -m build_scripts index --to URL` "
                "makes it anew.", err=True,
            )
        yield index


@command
@click.option("--to", "url", metavar="URL", required=True,
              help="postgresql://USER@HOST:PORT/DATABASE. Leave the password to PGPASSWORD or ~/.pgpass, where nobody sees it.")
@click.option("--shard", "shards", metavar="URL", multiple=True,
              help="A further database that takes a share of the provisions. May be given several times.")
def index(project: Path, url: str, shards: tuple[str, ...]) -> None:
    """Put all provisions into PostgreSQL, in place of those it has. Only for a corpus too large for one machine's memory."""
    written = write_index(_gathered(project).library, url, shards)
    click.echo(f"{written.provisions} provisions in {', '.join(written.languages)}: {', '.join(written.places)}")
    for each in written.left:
        click.echo(each, err=True)


def _notices(answer: Answer) -> Iterator[str]:
    """What is to be said about the query: a filter that nothing bears, what was left out."""
    words = load_all_words(INTERFACE)["en"]
    counts = {NoticeKind.CUT: LONGEST_QUERY, NoticeKind.MANY: MOST_CLAUSES, NoticeKind.PREFIX: MOST_WORDS}
    for notice in answer.notices:
        text = words(f"search.notice.{notice.kind.value}", value=notice.value, n=counts.get(notice.kind, 0))
        yield f"{text} {words('search.notice.known')} {', '.join(notice.known)}" if notice.known else text


def _show(answer: Answer, library: Library) -> None:
    words = load_all_words(INTERFACE)
    held = {treaty.slug for treaty in library.treaties}
    if answer.instead:
        click.echo(f"looked for instead: {answer.instead}")
    for number, hit in enumerate((*answer.hits, *answer.more)):
        if number == len(answer.hits):
            click.echo("with some of the words:")
        mark = "=" if hit in answer.resolved else " "
        label = provision_label(hit.eid, words.get(hit.lang, words["en"]))
        title = short_title(library.treaty(hit.treaty), hit.lang) if hit.treaty in held else hit.treaty
        click.echo(f"{mark} {label}, {title}  [{hit.lang}]  {hit.treaty}#{hit.eid}\n    {hit.snippet}")
    if not answer.hits:
        click.echo("nothing found")
    if answer.nearest:
        click.echo("no such provision; the nearest: " + ", ".join(f"{hit.treaty}#{hit.eid}" for hit in answer.nearest))
    if answer.suggestions and not answer.instead:
        click.echo("did you mean: " + ", ".join(answer.suggestions))
    if len(answer.words) > 1:
        click.echo("each by itself: " + ", ".join(f"{word.text} {word.count}" for word in answer.words))


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


@command
@click.argument("treaty")
@click.option("--event", "events", multiple=True, metavar="NAME=DATE", help="A day that starts limits: arrest=2027-03-01.")
@click.option("--lang", type=click.Choice(["en", "kk"]), default="en", show_default=True, help="The language of the words.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def limits(project: Path, treaty: str, events: tuple[str, ...], lang: str, as_json: bool) -> None:
    """The time limits of a treaty; with --event, the dates that follow. TREATY: the name of its folder."""
    gathered = _gathered(project)
    if treaty not in gathered.limits:
        raise click.BadParameter(f"{treaty!r} is none of: {', '.join(gathered.limits)}", param_hint="TREATY")
    known, words = gathered.limits[treaty], load_all_words(INTERFACE)[lang]
    days = _days(events, known, words)
    found = reckon(known, days)
    wrong_order = disorder(known, days)
    if as_json:
        _print({
            "treaty": treaty,
            "events": {name: event.model_dump(mode="json") for name, event in known.events.items()},
            "limits": {name: limit.model_dump(mode="json") for name, limit in known.limits.items()},
            "results": [reckoned_to_json(one) for one in found],
            "disorder": [list(pair) for pair in wrong_order],
        }, 2)
        return
    for name, other in wrong_order:
        click.echo(f"{name}: " + words("limits.disorder", other=known.events[other].name[lang]))
    if found:
        for one in found:
            _show_dates(one, known.limits[one.limit], words)
    else:
        _show_limits(known, words)


def _days(events: tuple[str, ...], known: Limits, words: Words) -> dict[str, date]:
    """The days given as NAME=DATE. Raises click.BadParameter on a name or a date that does not exist."""
    days: dict[str, date] = {}
    for event in events:
        name, _, text = event.partition("=")
        if name not in known.events:
            raise click.BadParameter(f"{name!r} is no event; there are: {', '.join(known.events)}", param_hint="--event")
        try:
            day = parse_date(text, month_names())
        except DateFault as fault:
            values = {**fault.values}
            if fault.code == "no-such-day":
                values["month"] = words(f"page.month.{values['month']}")
            raise click.BadParameter(f"{name}: " + words(f"dates.fault.{fault.code}", **values), param_hint="--event") from fault
        if days.setdefault(name, day) != day:
            raise click.BadParameter(f"{name!r} is given two dates", param_hint="--event")
    return days


def _head(limit: Limit, words: Words) -> str:
    who = f"{limit.who[words.lang]}: " if limit.who else ""
    return f"{provision_label(limit.eid, words)}  {length_label(limit, words)}  {who}{limit.what[words.lang]}"


def _show_limits(known: Limits, words: Words) -> None:
    for name, limit in known.limits.items():
        starts = ", ".join(start.event for start in limit.starts)
        click.echo(f"{name}: {_head(limit, words)}" + (f"  [{starts}]" if starts else ""))
    click.echo()
    for name, event in known.events.items():
        click.echo(f"--event {name}=…  {event.name[words.lang]}")


def _show_dates(found: Reckoned, limit: Limit, words: Words) -> None:
    click.echo(_head(limit, words))
    for reading in found.readings:
        click.echo(f"  {reading.event} {reading.day}")
        for counted in reading.counts:
            then = words("limits.then.hours") if counted.count is Count.HOURS else counted.then
            after = f"  ({words('limits.then')}: {then})" if then else ""
            click.echo(f"    {words(f'limits.count.{counted.count.value}')}: {counted.last}{after}")


@command
@click.argument("name", metavar="TREATY/NAME")
@click.option(
    "--answers", "file",
    help='A file such as {"answers": {"territory": "there"}, "dates": {"arrest": "2027-03-01"}}; - reads standard input.',
)
@click.option("--questions", "list_questions", is_flag=True, help="List the questions with their answers.")
@click.option("--lang", default="en", show_default=True, help="The language of what is printed without --json.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the words in every language.")
def walk(project: Path, name: str, file: str | None, list_questions: bool, lang: str, as_json: bool) -> None:
    """Take a walkthrough without a browser: what the answers amount to, or with --questions what is asked."""
    words = load_all_words(INTERFACE)
    if lang not in words:
        raise click.UsageError(f"no words in {lang!r}; there are: {', '.join(words)}")
    gathered = _gathered(project)
    problems = Problems()
    found = find(name, gathered.walks, problems)
    problems.raise_if_any()
    assert found is not None
    slug, each = found
    if list_questions:
        asked = questions_to_json(slug, each, gathered.walks, gathered.library)
        _print(asked, 2) if as_json else click.echo(questions_to_text(asked, words[lang]))
        return
    walkthrough = gathered.walks[slug].walkthroughs[each]
    limits = gathered.limits.get(slug, Limits())
    if file == "-":
        given = parse_answers(sys.stdin.buffer.read(), "standard input", walkthrough, limits, problems)
    else:
        given = read_answers(Path(file), walkthrough, limits, problems) if file else Given()
    problems.raise_if_any()
    told = walk_to_json(slug, each, given, gathered.walks, gathered.library, limits)
    _print(told, 2) if as_json else click.echo(walk_to_text(told, words[lang]))
