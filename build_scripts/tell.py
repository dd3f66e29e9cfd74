"""A walkthrough taken without a browser, for other programs.

Reads   answers as JSON; the walkthroughs and the texts they rest on
Writes  what the answers amount to, or the questions, as data that JSON can hold; faults of the answers as Problems

Words stand in every language that the treaty is held in. Provisions are named by eId wherever they are cited; their words
stand once, under `provisions`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .answer import Found, findings
from .cover import Walks
from .decide import UNKNOWN, Finding, Follow, Question, See, Walkthrough, nodes
from .describe import Words as Wording
from .library import Library, Treaty
from .pages.addresses import address_of
from .pages.labels import provision_label
from .pages.walkthrough import url_of
from .pages.words import Words
from .problems import Code, Problems

LONGEST = 1_000_000  # bytes of a file of answers
EXAMPLE = '{"answers": {"territory": "there", "offence": "unknown"}}'


def find(name: str, walks: Mapping[str, Walks], problems: Problems) -> tuple[str, str] | None:
    """Treaty and name of the walkthrough called "treaty/name", or None with the fault in `problems`."""
    slug, _, each = name.partition("/")
    if slug in walks and each in walks[slug].walkthroughs:
        return slug, each
    there = ", ".join(f"{treaty}/{one}" for treaty, held in walks.items() for one in held.walkthroughs)
    problems.add(Code.ANSWERS_WRONG, name, 0, "there is no such walkthrough", f"there are: {there or 'none'}")
    return None


# ---- answers


def read_answers(path: Path, walkthrough: Walkthrough, problems: Problems) -> dict[str, str]:
    """The answers in the file at `path`: {"answers": {question: answer}}, or the inner object alone.

    Every fault of the file becomes a Problem; the answers are only good when there was none.
    """
    name = path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as fault:
        message = f"the file cannot be read: {fault.strerror}"
        problems.add(Code.FILE_MISSING, name, 0, message, f"it holds, for instance: {EXAMPLE}")
        return {}
    return parse_answers(data, name, walkthrough, problems)


def parse_answers(data: bytes, name: str, walkthrough: Walkthrough, problems: Problems) -> dict[str, str]:
    """As `read_answers`, from the bytes of a file called `name`."""
    if len(data) > LONGEST:
        problems.add(Code.ANSWERS_WRONG, name, 0, f"{len(data)} bytes are too many", f"at most {LONGEST}; such as: {EXAMPLE}")
        return {}
    try:
        text = data.decode("utf-8-sig")
        held = json.loads(text, object_pairs_hook=_Pairs)
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        problems.add(Code.NOT_UTF8, name, line, f"byte {fault.start} is not UTF-8", "save the file as UTF-8")
        return {}
    except (json.JSONDecodeError, RecursionError) as fault:
        line, what = getattr(fault, "lineno", 0), getattr(fault, "msg", "nested too deep")
        problems.add(Code.ANSWERS_WRONG, name, line, f"not JSON: {what}", f"a file of answers looks so: {EXAMPLE}")
        return {}
    if isinstance(held, _Pairs) and [key for key, _ in held] == ["answers"]:
        held = held[0][1]
    if not isinstance(held, _Pairs):
        problems.add(
            Code.ANSWERS_WRONG, name, 1, f"expected an object of questions and answers; found {_brief(held)}",
            f"a file of answers looks so: {EXAMPLE}",
        )
        return {}
    return _checked(held, text, name, walkthrough, problems)


class _Pairs(list[tuple[str, Any]]):
    """An object of JSON as its pairs, so that a name said twice is seen."""


def _checked(pairs: _Pairs, text: str, name: str, walkthrough: Walkthrough, problems: Problems) -> dict[str, str]:
    answers: dict[str, str] = {}
    for question, answer in pairs:
        line = _line(text, question)
        if question not in walkthrough.questions:
            message, hint = f"there is no question {_brief(question)}", "the questions: " + ", ".join(walkthrough.questions)
        elif not isinstance(answer, str) or answer not in walkthrough.questions[question].choices:
            message = f"{question!r} has no answer {_brief(answer)}"
            hint = "its answers: " + ", ".join(walkthrough.questions[question].choices)
        elif answers.get(question, answer) != answer:
            message, hint = f"{question!r} is answered twice: {answers[question]!r} and {answer!r}", "answer a question once"
        else:
            answers[question] = answer
            continue
        problems.add(Code.ANSWERS_WRONG, name, line, message, hint)
    return answers


def _line(text: str, key: str) -> int:
    """The line on which a key stands, as JSON writes it; 1 when it is written otherwise."""
    at = max(text.find(json.dumps(key)), text.find(json.dumps(key, ensure_ascii=False)))
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def _brief(value: Any) -> str:
    text = repr([list(pair) for pair in value]) if isinstance(value, _Pairs) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


# ---- as JSON


def questions_to_json(slug: str, name: str, walks: Mapping[str, Walks], library: Library) -> dict[str, Any]:
    """The questions of a walkthrough with their answers, in order, so that another program can ask them."""
    walkthrough, treaty = walks[slug].walkthroughs[name], library.treaty(slug)
    return {
        **_head(slug, name, walkthrough, walks),
        "start": walkthrough.start,
        "questions": [_question(each, question) for each, question in walkthrough.questions.items()],
        "outcomes": [
            {"name": each, "kind": one.kind.value, "says": one.says, "cites": one.cites}
            for each, one in walkthrough.outcomes.items()
        ],
        **_texts(treaty, _all_cited(walkthrough)),
    }


def _question(name: str, question: Question) -> dict[str, Any]:
    return {
        "name": name, "ask": question.ask, "why": question.why, "help": question.help, "doubt": question.doubt,
        "cites": question.cites, "given": question.given, "otherwise": question.next if question.given else None,
        "answers": [
            {
                "name": key, "label": None if key == UNKNOWN else answer.label, "next": question.after(key),
                "finds": [finding.effect.value for finding in answer.found],
            }
            for key, answer in question.choices.items()
        ],
    }


def walk_to_json(
    slug: str, name: str, answers: Mapping[str, str], walks: Mapping[str, Walks], library: Library
) -> dict[str, Any]:
    """What `answers` amount to: the path, what is open, the outcome and everything found, with kinds, provisions, duties."""
    walkthrough, treaty = walks[slug].walkthroughs[name], library.treaty(slug)
    memo = findings(walkthrough, answers)
    outcome = walkthrough.outcomes[memo.outcome]
    taken = {step.question for step in memo.steps}
    found = [_found(one) for one in memo.found]
    result = {
        **_head(slug, name, walkthrough, walks),
        "path": [
            {"question": step.question, "answer": step.answer, "ask": walkthrough.questions[step.question].ask}
            for step in memo.steps
        ],
        "unused": [question for question in answers if question not in taken],
        "next": memo.pending,
        "open": [one for one in found if one["kind"] in ("open", "open-after")],
        "outcome": {
            "name": memo.outcome, "kind": outcome.kind.value, "says": outcome.says, "explains": outcome.explains,
            "cites": outcome.cites,
        },
        "found": found,
        "duties": [_follow(follow) for follow in _once(memo.follows)],
        "see": [_see(link, slug) for step in memo.steps for link in _links(walkthrough, step.question, step.answer)]
        + [_see(link, slug) for link in outcome.see],
    }
    return {**result, **_texts(treaty, _cited_in(result))}


def _head(slug: str, name: str, walkthrough: Walkthrough, walks: Mapping[str, Walks]) -> dict[str, Any]:
    return {
        "walkthrough": f"{slug}/{name}", "title": walkthrough.title, "side": walkthrough.side.value,
        "url": url_of(slug, name), "sha256": walks[slug].sums.get(name, ""),
    }


def _found(found: Found) -> dict[str, Any]:
    return {
        "question": found.question or None, "answer": found.answer or None, "kind": found.effect.value,
        **_finding(found.finding), "cites": list(found.cites),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "says": finding.says, "doubt": finding.doubt,
        "readings": [{"leads": reading.leads_to, "says": reading.says} for reading in finding.readings],
    }


def _follow(follow: Follow) -> dict[str, Any]:
    return {"says": follow.says, "by": follow.by, "cites": follow.cites}


def _once(follows: Sequence[Follow]) -> list[Follow]:
    return [follow for place, follow in enumerate(follows) if follow not in follows[:place]]


def _links(walkthrough: Walkthrough, question: str, answer: str) -> list[See]:
    asked = walkthrough.questions[question]
    return [*asked.see, *asked.choices[answer].see]


def _see(link: See, slug: str) -> dict[str, Any]:
    return {
        "walkthrough": "/".join(link.target(slug)), "question": link.question, "says": link.says, "cites": link.cites,
    }


def _all_cited(walkthrough: Walkthrough) -> list[str]:
    return [eid for _, node in nodes(walkthrough) if not isinstance(node, See) for eid in getattr(node, "cites", ())]


def _cited_in(result: Mapping[str, Any]) -> list[str]:
    parts = [result["outcome"], *result["found"], *result["duties"]]
    return [eid for part in parts for eid in part["cites"]]


def _texts(treaty: Treaty, cited: Iterable[str]) -> dict[str, Any]:
    """The provisions cited, in their words, and the texts they are taken from."""
    eids = list(dict.fromkeys(cited))
    held = {lang: {unit.eid: unit for unit in text.walk()} for lang, text in treaty.expressions.items()}
    return {
        "provisions": {
            eid: {
                "words": {
                    lang: f"{units[eid].num} {units[eid].full_text}".strip() for lang, units in held.items() if eid in units
                },
                "url": address_of(treaty.slug, eid),
            }
            for eid in eids
        },
        "texts": [
            {"lang": lang, "authority": text.authority.value, "file": text.source_file, "sha256": text.sha256}
            for lang, text in treaty.expressions.items()
        ],
        "signed": treaty.data.signed.date.isoformat(),
        "prevailing_language": treaty.data.prevailing_language,
    }


# ---- to be read


def walk_to_text(told: Mapping[str, Any], words: Words) -> str:
    """The same in words: the outcome, what was found with its provisions, what follows."""
    lines = [_in(told["title"], words), "", _in(told["outcome"]["says"], words), _in(told["outcome"]["explains"], words)]
    for one in told["found"]:
        lines += ["", f"{words('walk.js.effect.' + one['kind'])} {_in(one['says'], words)} [{_labels(one['cites'], words)}]"]
        lines += [
            f"    {words('walk.js.reading', n=place)}: {_in(reading['says'], words)}"
            for place, reading in enumerate(one["readings"], 1)
        ]
    if told["duties"]:
        lines += ["", words("walk.js.section.after")]
    for one in told["duties"]:
        by = f" {_in(one['by'], words)}." if one["by"] else ""
        lines.append(f"  - {_in(one['says'], words)}{by} [{_labels(one['cites'], words)}]")
    if told["next"]:
        lines += ["", words("walk.js.memo.pending")]
    return "\n".join(lines)


def questions_to_text(told: Mapping[str, Any], words: Words) -> str:
    """The questions and the names of their answers, as a file of answers needs them."""
    lines = [_in(told["title"], words)]
    for one in told["questions"]:
        lines += ["", f"{one['name']}: {_in(one['ask'], words)} [{_labels(one['cites'], words)}]"]
        lines += [
            f"    {answer['name']}: {_in(answer['label'], words) if answer['label'] else words('walk.js.unknown')}"
            for answer in one["answers"]
        ]
    return "\n".join(lines)


def _in(wording: Wording, words: Words) -> str:
    return wording.get(words.lang) or next(iter(wording.values()), "")


def _labels(eids: Iterable[str], words: Words) -> str:
    return ", ".join(provision_label(eid, words) for eid in eids)
