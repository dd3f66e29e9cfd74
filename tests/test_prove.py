"""Proofs of walkthroughs: each with a broken example, its code and its line; coverage over all those of a treaty."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from build_scripts.cover import coverage
from build_scripts.library import Treaty
from build_scripts.limits import Limits
from build_scripts.model import Authority, Conservation, Expression, Kind, Part, Passage, Provision
from build_scripts.problems import Code, Problems
from build_scripts.prove import reached
from build_scripts.walk import read_all

from .conftest import sample_data

SMALL = """\
title: {kk: К, en: K}
lead: {kk: К, en: K}
side: requested-party
start: first
questions:
  first:
    cites: [art_1__para_1]
    ask: {kk: Бірінші, en: First}
    why: {kk: Неге, en: Why}
    answers:
      so: {label: {kk: Иә, en: "Yes"}, next: second}
      not: {label: {kk: Жоқ, en: "No"}, next: result, finding: {effect: must-refuse, says: {kk: Тиіс, en: Must}}}
    unknown: {next: second, says: {kk: Белгісіз, en: Unknown}}
  second:
    cites: [art_1__para_2__point_a]
    ask: {kk: Екінші, en: Second}
    why: {kk: Неге, en: Why}
    given: {first: [so, unknown]}
    next: result
    answers:
      so: {label: {kk: Иә, en: "Yes"}}
      not: {label: {kk: Жоқ, en: "No"}}
    unknown: {says: {kk: Белгісіз, en: Unknown}}
outcomes:
  refuse: {kind: must-refuse, when: [must-refuse], cites: [art_1], says: {kk: Жоқ, en: "No"}, explains: {kk: К, en: K}}
  extradite: {kind: must-grant, cites: [art_1], says: {kk: Иә, en: "Yes"}, explains: {kk: К, en: K}}
"""
DECLARED = "- {eid: art_2, reason: {kk: К, en: K}}\n"
WALK, DECLARATIONS = "treaties/sample/walkthroughs/w.yml", "treaties/sample/walkthroughs/not-decisive.yml"


def words(text: str) -> tuple[Passage, ...]:
    return (Passage(text, (1, 1)),)


def expression(lang: str) -> Expression:
    """Article 1 with a paragraph and a list of one point, and Article 2; only the Kazakh list has closing words."""
    closing = (Provision("art_1__para_2__wrapup", Kind.WRAPUP, passages=words("w")),) if lang == "kk" else ()
    listed = Provision("art_1__para_2", Kind.PARAGRAPH, "2.", "2", children=(
        Provision("art_1__para_2__intro", Kind.INTRO, passages=words("i")),
        Provision("art_1__para_2__point_a", Kind.POINT, "a)", "a", passages=words("p")), *closing,
    ))
    articles = (
        Provision("art_1", Kind.ARTICLE, "1", "1", children=(
            Provision("art_1__para_1", Kind.PARAGRAPH, "1.", "1", passages=words("x")), listed,
        )),
        Provision("art_2", Kind.ARTICLE, "2", "2", passages=words("y")),
    )
    return Expression(
        "sample", lang, Authority.AS_PUBLISHED, "T", {Part.BODY: articles}, (), (), Conservation(0, 0, 0), f"t/{lang}.txt", "",
    )


EXPRESSIONS = {"kk": expression("kk"), "en": expression("en")}
TREATY = Treaty(sample_data(), EXPRESSIONS)
LIMITS = Limits.model_validate({"limits": {"notice": {
    "kind": "at-once", "eid": "art_2", "words": {"kk": "y", "en": "y"}, "what": {"kk": "К", "en": "K"},
}}})


@dataclass
class Files:
    """Walkthroughs of the treaty "sample" in a folder of the tests."""

    root: Path
    texts: dict[str, str] = field(default_factory=dict)

    def read(self):
        """(walks, problems) of the files as they stand."""
        folder = self.root / "treaties" / "sample" / "walkthroughs"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.texts.items():
            (folder / f"{name}.yml").write_text(text, "utf-8")
        problems = Problems()
        walks = read_all(self.root, (TREATY,), {"sample": LIMITS}, problems)
        assert all(problem.hint for problem in problems)
        return walks.get("sample"), sorted(set(problems))

    def faults(self) -> list[tuple[str, int, Code, str]]:
        return [(one.file, one.line, one.code, one.message) for one in self.read()[1]]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path, {"w": SMALL, "not-decisive": DECLARED})


def line_with(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_a_walkthrough_that_proves_itself_has_no_faults(files: Files) -> None:
    assert files.faults() == []


def test_a_treaty_without_walkthroughs_owes_nothing(files: Files) -> None:
    assert Files(files.root / "elsewhere").faults() == []
    files.texts = {"not-decisive": DECLARED}
    assert files.read()[0] is None


@pytest.mark.parametrize(("old", "new", "where", "code", "message"), [
    ('en: "Yes"}, next: second}', 'en: "Yes"}, next: third}', "next: third", Code.ANSWER_DEAD,
     "leads to 'third', which is no question"),
    ("start: first", "start: zero", "start: zero", Code.ANSWER_DEAD, "leads to 'zero', which is no question"),
    ("unknown: {next: second,", "unknown: {next: nowhere,", "next: nowhere", Code.ANSWER_DEAD,
     "leads to 'nowhere', which is no question"),
    ("    next: result\n", "", "  second:", Code.ANSWER_DEAD, "leads nowhere: neither it nor its question has a `next`"),
    ("start: first", "start: second", "  first:", Code.QUESTION_UNREACHED, "no way leads to the question 'first'"),
    ("given: {first: [so, unknown]}", "given: {first: [not]}", "  second:", Code.QUESTION_UNREACHED,
     "no way leads to the question 'second'"),
    ("given: {first: [so, unknown]}", "given: {third: [so]}", "given: {third", Code.CONDITION_WRONG,
     "asks about 'third', which is no question"),
    ("given: {first: [so, unknown]}", "given: {first: [so, maybe]}", "maybe", Code.CONDITION_WRONG,
     "'first' has no answer 'maybe'"),
    ("given: {first: [so, unknown]}", "given: {first: []}", "given: {first", Code.CONDITION_WRONG, "names no answer to 'first'"),
    ("    next: result\n", "    next: first\n", "    next: first", Code.WAY_ENDLESS,
     "'second' leads to 'first', from which a way leads back to 'second'"),
    ("cites: [art_1__para_1]", "cites: [art_9]", "[art_9]", Code.CITATION_UNKNOWN,
     "cites 'art_9', which the text does not have in: kk, en"),
    ("cites: [art_1__para_1]", "cites: [art_1__para_1, art_1__para_2__wrapup]", "wrapup", Code.CITATION_UNKNOWN,
     "cites 'art_1__para_2__wrapup', which the text does not have in: en"),
    ("when: [must-refuse], cites: [art_1]", "when: [must-refuse], cites: [art_1, art_8]", "art_8", Code.CITATION_UNKNOWN,
     "cites 'art_8', which the text does not have in: kk, en"),
    ("start: first", "start: first\nalways:\n  - {effect: required, says: {kk: К, en: K}}", "  - {effect", Code.CITATION_UNKNOWN,
     "cites nothing"),
    ("ask: {kk: Екінші, en: Second}", "ask: {kk: Екінші}", "ask: {kk: Екінші}", Code.WORDS_MISSING, "ask has no words in: en"),
    ("why: {kk: Неге, en: Why}", 'why: {kk: "  ", en: Why}', "why:", Code.WORDS_MISSING, "why has no words in: kk"),
    ("says: {kk: Тиіс, en: Must}", "says: {en: Must}", "says: {en: Must}", Code.WORDS_MISSING, "says has no words in: kk"),
    ("kind: must-grant, cites", "kind: must-grant, when: [open], cites", "extradite:", Code.OUTCOME_UNREACHED,
     "the last outcome, 'extradite', has a condition"),
    ("when: [must-refuse]", "when: [may-refuse]", "refuse:", Code.OUTCOME_UNREACHED, "no way comes to the outcome 'refuse'"),
    ("when: [must-refuse]", "when: [must-refuse], given: {second: [so]}", "refuse:", Code.OUTCOME_UNREACHED,
     "no way comes to the outcome 'refuse'"),
    ("unknown: {says:", "see: [{walkthrough: v, cites: [art_1], says: {kk: К, en: K}}]\n    unknown: {says:", "see:",
     Code.LINK_UNKNOWN, "links to 'v', which is no walkthrough"),
    ("unknown: {says:", "see: [{walkthrough: w, question: q, cites: [art_1], says: {kk: К, en: K}}]\n    unknown: {says:",
     "see:", Code.LINK_UNKNOWN, "links to 'q', which is no question of 'w'"),
    ("unknown: {says:", "see: [{walkthrough: other/w, cites: [art_1], says: {kk: К, en: K}}]\n    unknown: {says:", "see:",
     Code.LINK_UNKNOWN, "links to 'other/w', which is no walkthrough"),
    ("unknown: {says:", "see: [{walkthrough: w, cites: [art_7], says: {kk: К, en: K}}]\n    unknown: {says:", "see:",
     Code.CITATION_UNKNOWN, "cites 'art_7', which the text does not have in: kk, en"),
    ("effect: must-refuse,", "effect: must-refuse, limits: [notice, later],", "later", Code.LIMIT_UNKNOWN,
     "names 'later', which is no time limit of the treaty"),
])
def test_what_is_wrong_is_said_with_its_code_and_line(files: Files, old, new, where, code, message) -> None:
    files.texts["w"] = changed(SMALL, old, new)
    assert (WALK, line_with(files.texts["w"], where), code, message) in files.faults()


def test_an_outcome_that_an_earlier_one_always_hides_is_never_reached(files: Files) -> None:
    refuse = next(line for line in SMALL.splitlines(keepends=True) if line.startswith("  refuse:"))
    files.texts["w"] = SMALL.replace(refuse, refuse + refuse.replace("refuse:", "again:", 1))
    assert [(code, message) for _, _, code, message in files.faults()] == [
        (Code.OUTCOME_UNREACHED, "no way comes to the outcome 'again'"),
    ]


def test_a_condition_on_two_answers_at_once_is_walked(files: Files) -> None:
    """`both` fits only where the two answers are given on one way; `never` names two answers that no way has together."""
    said = "cites: [art_1], says: {kk: К, en: K}, explains: {kk: К, en: K}"
    both = "  both: {kind: permitted, given: {first: [so], second: [not]}, " + said + "}\n"
    never = both.replace("both:", "never:").replace("[so]", "[not]")
    files.texts["w"] = SMALL.replace("  extradite:", both + never + "  extradite:")
    assert [message for *_, message in files.faults()] == ["no way comes to the outcome 'never'"]
    walks, _ = files.read()
    assert reached(walks.walkthroughs["w"]).outcomes == {"refuse", "both", "extradite"}


@pytest.mark.parametrize(("text", "where", "code", "message"), [
    (DECLARED.replace("art_2", "art_3"), 1, Code.CITATION_UNKNOWN, "cites 'art_3', which the text does not have in: kk, en"),
    (DECLARED.replace("art_2", "art_3"), 1, Code.PROVISION_UNUSED, "no walkthrough rests on 'art_2', and it is not declared"),
    (DECLARED + DECLARED, 2, Code.DECLARATION_WRONG, "'art_2' is declared twice"),
    (DECLARED + DECLARED.replace("art_2", "art_1__para_1"), 2, Code.DECLARATION_WRONG,
     "'art_1__para_1' is declared not decisive, and used in: w"),
    (DECLARED + DECLARED.replace("art_2", "art_1"), 2, Code.DECLARATION_WRONG,
     "'art_1' is declared not decisive, and used in: w"),
    (DECLARED.replace(", en: K", ""), 1, Code.WORDS_MISSING, "reason has no words in: en"),
])
def test_what_is_wrong_in_the_declarations(files: Files, text: str, where: int, code: Code, message: str) -> None:
    files.texts["not-decisive"] = text
    assert (DECLARATIONS, where, code, message) in files.faults()


def test_a_point_is_used_only_when_it_is_cited_itself(files: Files) -> None:
    files.texts["w"] = changed(SMALL, "cites: [art_1__para_2__point_a]", "cites: [art_1__para_2]")
    message = "no walkthrough rests on 'art_1__para_2__point_a', and it is not declared"
    assert (DECLARATIONS, 1, Code.PROVISION_UNUSED, message) in files.faults()


def test_all_walkthroughs_of_a_treaty_cover_it_together(files: Files) -> None:
    files.texts = {"w": SMALL, "v": SMALL.replace("art_1__para_1", "art_2")}
    walks, problems = files.read()
    assert problems == []
    assert [(one.eid, [(use.walkthrough, use.question) for use in one.uses]) for one in coverage(walks, EXPRESSIONS)] == [
        ("art_1__para_1", [("w", "first")]),
        ("art_1__para_2__point_a", [("v", "second"), ("w", "second")]),
        ("art_2", [("v", "first")]),
    ]


def test_a_link_rests_on_nothing(files: Files) -> None:
    see = "see: [{walkthrough: w, question: first, cites: [art_2], says: {kk: К, en: K}}]\n    "
    files.texts["w"] = changed(SMALL, "unknown: {says:", see + "unknown: {says:")
    assert files.faults() == []
    del files.texts["not-decisive"]
    (files.root / DECLARATIONS).unlink()
    assert [code for _, _, code, _ in files.faults()] == [Code.PROVISION_UNUSED]


def test_every_fault_is_reported_in_one_run(files: Files) -> None:
    files.texts["w"] = SMALL.replace("next: second}", "next: third}", 1).replace(", en: Second", "")
    files.texts["v"] = SMALL.replace("[art_1__para_1]", "[art_7]")
    files.texts["not-decisive"] = DECLARED.replace("art_2", "art_3")
    assert {code for _, _, code, _ in files.faults()} == {
        Code.ANSWER_DEAD, Code.WORDS_MISSING, Code.CITATION_UNKNOWN, Code.PROVISION_UNUSED,
    }


def test_a_file_that_cannot_be_read_makes_no_provision_look_unused(files: Files) -> None:
    files.texts["v"] = "title: ["
    assert {code for _, _, code, _ in files.faults()} == {Code.YAML_BROKEN}


@pytest.mark.parametrize("name", ["result", "at"])
def test_a_name_with_a_use_of_its_own_is_no_question(files: Files, name: str) -> None:
    files.texts["w"] = SMALL.replace("second", name)
    assert (Code.NAME_RESERVED, f"a question is named {name!r}") in [(code, message) for _, _, code, message in files.faults()]


def test_a_file_is_named_as_its_address(files: Files) -> None:
    files.texts["Very New"] = SMALL
    assert [(code, message) for _, _, code, message in files.faults()] == [(Code.NAME_RESERVED, "the file is named 'Very New'")]


def test_not_known_yet_stands_beside_the_answers(files: Files) -> None:
    files.texts["w"] = changed(SMALL, 'not: {label: {kk: Жоқ, en: "No"}}', 'unknown: {label: {kk: Жоқ, en: "No"}}')
    found = [(code, message) for _, _, code, message in files.faults()]
    assert (Code.NAME_RESERVED, "'unknown' stands among the answers") in found


@pytest.mark.parametrize(("old", "new", "message"), [
    ("effect: must-refuse", "effect: both-readings", "an unclear text has at least two readings"),
    ("effect: must-refuse", "effect: must-refuse, readings: [{leads: nothing, says: {kk: К, en: K}}]",
     "an unclear text has at least two readings"),
    ("effect: must-refuse", "effect: should-refuse", "Input should be"),
    ("    unknown: {says: {kk: Белгісіз, en: Unknown}}\n", "", "questions.second.unknown: Field required"),
    ("    why: {kk: Неге, en: Why}\n", "", "questions.first.why: Field required"),
    ("cites: [art_1__para_1]", "cites: []", "at least 1 item"),
    ("      not: {label", "      no: {label", "questions.first.answers"),
    ("start: first", "start: first\nend: last", "Extra inputs are not permitted"),
    ("side: requested-party", "side: nobody", "Input should be"),
    ("finding: {effect: must-refuse, says: {kk: Тиіс, en: Must}}",
     "finding: {effect: right, says: {kk: К, en: K}}, findings: [{effect: right, says: {kk: К, en: K}}]", "not both"),
])
def test_a_file_of_the_wrong_form_is_a_fault_of_its_fields(files: Files, old: str, new: str, message: str) -> None:
    files.texts["w"] = changed(SMALL, old, new)
    walks, problems = files.read()
    assert (dict(walks.walkthroughs), walks.broken) == ({}, ["w"])
    assert {problem.code for problem in problems} == {Code.FIELD_WRONG}
    assert any(message in problem.message for problem in problems)


def test_walkthroughs_are_listed_by_side_and_order(files: Files) -> None:
    files.texts["b"] = SMALL.replace("requested-party", "defence")
    files.texts["a"] = SMALL.replace("requested-party", "requested-party\norder: 2")
    files.texts["w"] = SMALL.replace("requested-party", "requested-party\norder: 1")
    assert list(files.read()[0].walkthroughs) == ["w", "a", "b"]
