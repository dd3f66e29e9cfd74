"""Our own notation: XML -> text -> XML is the identity, for the project's own treaties and for any expression that can be."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from build_scripts.cli import main
from build_scripts.gather import Gathered, gather
from build_scripts.load import load_expression
from build_scripts.markup import mark_up
from build_scripts.model import (
    Authority,
    Conservation,
    EditMade,
    Expression,
    Kind,
    Mark,
    Note,
    Part,
    Passage,
    Provision,
    Reference,
    Target,
)
from build_scripts.notation import NotationBroken, read_notation, write_notation
from build_scripts.problems import Code, Problems

from .conftest import CRIME, EXTRADITION, ROOT


def canonical(xml: bytes) -> bytes:
    return etree.tostring(etree.fromstring(xml), method="c14n")


def test_the_treaties_of_the_project_come_back(gathered: Gathered) -> None:
    for path, xml in gathered.xml.items():
        data = gathered.library.treaty(path.parent.name).data
        back = read_notation(write_notation(load_expression(xml)))
        assert canonical(mark_up(back, data)) == canonical(xml)


def test_what_it_looks_like() -> None:
    text = write_notation(load_expression((ROOT / "treaties" / EXTRADITION / "en.xml").read_bytes()))
    assert "\n= body\n{article art_1 @" in text
    (line,) = [line for line in text.split("\n") if "shall not apply if:" in line and "{refs}" in line]
    assert line.strip() == (
        ": {refs}{ref #art_11__para_1}Paragraphs 1{/} and {ref #art_11__para_2}2 of this Article{/}{/} shall not apply if:"
    )


# --- any expression -----------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("{}/:#@ "), min_size=1, max_size=30)
NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
LINES = st.tuples(st.integers(0, 99), st.integers(0, 99))


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    text = draw(WORDS)
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    targets = st.builds(Target, st.just("own") | NAMES, NAMES) | st.builds(lambda name: Target(instrument=name), NAMES)
    references = []
    for start, end in zip(places[::2], places[1::2]):
        if start == end or (references and start < references[-1].end):
            continue
        kind = draw(st.sampled_from(["one", "range", "many"] if end - start > 1 else ["one", "range"]))  # each span has words
        if kind == "one":
            references.append(Reference(start, end, (draw(targets),)))
        elif kind == "range":
            references.append(Reference(start, end, (draw(targets), draw(targets)), True))
        else:
            middle = draw(st.integers(start + 1, end - 1))
            references.append(Reference(start, end, (draw(targets), draw(targets)), False, ((start, middle), (middle, end))))
    offsets = st.lists(st.integers(0, len(text)), max_size=2).map(sorted)
    notes, edits = (
        tuple(Mark(at, f"{name}-{number}") for number, at in enumerate(draw(offsets))) for name in ("n", "edit")
    )
    return Passage(text, draw(LINES), tuple(references), notes, edits)


@st.composite
def provisions(draw: st.DrawFn, depth: int = 2) -> Provision:
    num = draw(st.just("") | WORDS)
    eid = f"{draw(NAMES)}_{draw(st.integers(1, 99))}"
    children = tuple(draw(st.lists(provisions(depth=depth - 1), max_size=2))) if depth else ()
    return Provision(
        eid, draw(st.sampled_from(list(Kind))), num, eid.partition("_")[2] if num else "", draw(st.none() | passages()),
        tuple(draw(st.lists(passages(), max_size=2))), children, draw(LINES),
    )


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.dictionaries(st.sampled_from(list(Part)), st.lists(provisions(), max_size=2).map(tuple), max_size=3), WORDS)
def test_any_expression_comes_back(parts: dict[Part, tuple[Provision, ...]], words: str) -> None:
    expression = Expression(
        "own", "en", Authority.AS_PUBLISHED, words, {part: parts[part] for part in Part if part in parts},
        (Note("n-0", "art_1", "translation", {"en": words}),), (EditMade("edit-1", 3, words, words, {"en": words}),),
        Conservation(5, 4, 3), "treaties/own/en.txt", "0" * 64,
    )
    assert read_notation(write_notation(expression)) == expression


# --- an editor begins with it -------------------------------------------------------------------------------------

HEAD = '%kelisim-text {"lang": "en", "title": "T"}\n'


def test_what_an_editor_leaves_out_is_made() -> None:
    text = HEAD + (
        "= body\n{chapter} CHAPTER I\n  # Terms\n  {article} Article 1\n    {paragraph} 1.\n      {intro}\n        : Any of:\n"
        "      {point} a)\n        : one;\n      {point} b)\n        : two.\n  {article} Article 12-1\n    : Words.\n"
        "= conclusions\n{signature}\n  : A\n{signature}\n  : B\n"
    )
    assert [(p.eid, p.number, p.lines[0]) for p in read_notation(text).walk()] == [
        ("chp_1", "1", 3), ("art_1", "1", 5), ("art_1__para_1", "1", 6), ("art_1__para_1__intro", "", 7),
        ("art_1__para_1__point_a", "a", 9), ("art_1__para_1__point_b", "b", 11), ("art_12-1", "12-1", 13),
        ("signature_1", "", 16), ("signature_2", "", 18),
    ]


@pytest.mark.parametrize(("text", "line", "words"), [
    ("Article 1", 1, "%kelisim-text"),
    ("%kelisim-text {", 1, "%kelisim-text"),
    (HEAD + "%what {}\n", 2, "%what"),
    (HEAD + "{article} Article 1", 2, "= body"),
    (HEAD + "= bodies", 2, "bodies"),
    (HEAD + "= body\nArticle 1", 3, "neither a unit"),
    (HEAD + "= body\n{artcle} Article 1", 3, "artcle"),
    (HEAD + "= body\n{article} Article 1\n      {point} a)", 4, "deeper"),
    (HEAD + "= body\n{article} Article 1\n  : a {ref #art_2}b", 4, "not closed"),
    (HEAD + "= body\n{article} Article 1\n  : a {/} b", 4, "closes nothing"),
    (HEAD + "= body\n{article} Article 1\n  : a { b", 4, "brace"),
    (HEAD + "= body\n{article} Article 1\n  : a {range #art_2}b{/}", 4, "1 targets"),
])
def test_what_is_broken_is_said_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(NotationBroken) as caught:
        read_notation(text)
    assert caught.value.line == line
    assert words in str(caught.value)


def as_notation(project: Path, slug: str, lang: str) -> Path:
    """Puts the notation of the XML in the place of the text, as `text` prints it; what is in edits.yml and notes.yml is in
    it now."""
    folder = project / "treaties" / slug
    printed = CliRunner().invoke(main, ["text", str(folder / f"{lang}.xml")])
    assert printed.exit_code == 0
    path = folder / f"{lang}.txt"
    path.write_text(printed.stdout, encoding="utf-8")
    return path


def test_a_treaty_is_built_from_its_notation(project: Path) -> None:
    """A text that the parser need not read makes the same XML, save for what is known of its file."""
    before = load_expression((project / "treaties" / CRIME / "en.xml").read_bytes())
    as_notation(project, CRIME, "en")
    (project / "treaties" / CRIME / "notes.yml").unlink()
    problems = Problems()
    gathered = gather(project, problems)
    assert list(problems) == []
    after = gathered.library.treaty(CRIME).expressions["en"]
    assert (after.parts, after.notes) == (before.parts, before.notes)
    assert after.conservation.kept == after.conservation.source == before.conservation.source


def test_edits_of_a_text_in_the_notation_are_refused(project: Path) -> None:
    path = as_notation(project, CRIME, "kk")
    yml = path.parent / "treaty.yml"
    yml.write_text("\n".join(line for line in yml.read_text("utf-8").split("\n") if "sha256" not in line), "utf-8")
    problems = Problems()
    gather(project, problems)
    assert {(problem.code, problem.file.rpartition("/")[2]) for problem in problems if problem.code is Code.EDIT_NOT_FOUND} == {
        (Code.EDIT_NOT_FOUND, "edits.yml"),
    }


def test_a_broken_notation_is_a_fault_with_its_line(project: Path) -> None:
    path = as_notation(project, CRIME, "en")
    path.write_text(path.read_text("utf-8").replace("= body", "= boddy"), "utf-8")
    problems = Problems()
    gather(project, problems)
    (fault,) = [problem for problem in problems if problem.code is Code.NOTATION_BROKEN]
    assert fault.line == path.read_text("utf-8").split("\n").index("= boddy") + 1
