"""What many tests share: the project's own treaties, drawn up once; a treaty made of a few lines; a whole built site."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from build_scripts.blocks import lay_out, mark_closing
from build_scripts.build import Places, build
from build_scripts.describe import ClosingWords, Party, Signed, TreatyData
from build_scripts.forms import forms
from build_scripts.gather import Gathered, gather
from build_scripts.library import Library
from build_scripts.model import Expression, Part, Provision
from build_scripts.parse import parse
from build_scripts.problems import Problem, Problems
from build_scripts.read import edit_lines

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
EXTRADITION = "kz-jo-extradition-2017"
CRIME = "kz-jo-crime-cooperation-2017"


@pytest.fixture(scope="session")
def gathered() -> Gathered:
    """The project's own treaties; they have no faults."""
    problems = Problems()
    result = gather(ROOT, problems)
    assert not list(problems)
    return result


@pytest.fixture(scope="session")
def library(gathered: Gathered) -> Library:
    return gathered.library


@pytest.fixture(scope="session")
def extradition(library: Library) -> Expression:
    return library.treaty(EXTRADITION).expressions["kk"]


@pytest.fixture(scope="session")
def crime(library: Library) -> Expression:
    return library.treaty(CRIME).expressions["kk"]


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, built once into a folder of the tests. Beside it lies kelisim-offline.zip."""
    folder = tmp_path_factory.mktemp("built")
    places = Places(ROOT, folder / "work", folder / "site", folder / "kelisim-offline.zip")
    build(places)
    return places.site


@pytest.fixture
def shared() -> Path:
    """The folder of real and damaged texts; the test is skipped where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("the shared texts are not on this machine")
    return SHARED


@dataclass(frozen=True)
class Parsed:
    """What a text of a few lines became."""

    parts: dict[Part, tuple[Provision, ...]]
    problems: list[Problem]

    @property
    def by_eid(self) -> dict[str, Provision]:
        return {p.eid: p for tops in self.parts.values() for top in tops for p in top.walk()}

    @property
    def eids(self) -> list[str]:
        return list(self.by_eid)


def sample_data(**changes: object) -> TreatyData:
    """The data of a treaty called SAMPLE TREATY."""
    words = {"en": "x", "kk": "x"}
    fields: dict[str, object] = {
        "slug": "sample", "kind": "other", "names": {"en": ["sample"]}, "short_title": words,
        "parties": [Party(name=words, short=words, code="kz")],
        "signed": Signed(date="2020-01-01", place=words), "authentic_languages": ["en"], "status": "not-stated",
        "entry_into_force": {}, "frbr_author": "kz",
        "expressions": [{"lang": "en", "authority": "authentic", "title": "SAMPLE TREATY", "short_title": "Sample"}],
    }
    return TreatyData(**{**fields, **changes})  # type: ignore[arg-type]


def parse_text(
    text: str, lang: str = "en", title: str = "SAMPLE TREATY", closing: list[ClosingWords] | None = None, layout: str = "auto"
) -> Parsed:
    """Parse `text` as the main job does, without files."""
    problems = Problems()
    lines, _ = edit_lines(text, [], "sample.txt", "edits.yml", problems)
    blocks, _ = lay_out(lines, forms(lang), layout)
    blocks = mark_closing(blocks, [(words, 1) for words in closing or []], "sample.txt", "edits.yml", problems)
    parts = parse(blocks, sample_data(), title, forms(lang), "sample.txt", problems)
    return Parsed(dict(parts), list(problems))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project's treaties, to be damaged."""
    shutil.copytree(ROOT / "treaties", tmp_path / "treaties")
    return tmp_path


