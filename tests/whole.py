"""A text of which nothing is known but its language, taken all the way: parsed, marked up, checked. What the tests of the corpus,
the properties and the report share."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from build_scripts.conserve import conserve
from build_scripts.describe import TreatyData
from build_scripts.draw_up import schema
from build_scripts.markup import mark_up
from build_scripts.model import Authority, Conservation, Expression
from build_scripts.parse import Parsed, read_text
from build_scripts.problems import Problem, Problems

from .conftest import sample_data

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
INPUTS = ROOT.parent / "shared" / "inputs"


@dataclass(frozen=True)
class Whole:
    """One text, taken all the way."""

    parsed: Parsed
    expression: Expression
    data: TreatyData
    xml: bytes
    problems: list[Problem]
    lost: int  # characters of the source that are not in the XML, or stand elsewhere
    repeated: tuple[str, ...]  # eIds that stand twice
    invalid: tuple[str, ...]  # what the schema says


def data_for(lang: str, title: str) -> TreatyData:
    return sample_data(
        expressions=[{"lang": lang, "authority": "authentic", "title": title or "?", "short_title": "?"}],
        authentic_languages=[lang],
    )


def whole(text: str, lang: str, title: str | None = None, layout: str = "auto", enclosing: str | None = None) -> Whole:
    problems = Problems()
    parsed = read_text(text, lang, "sample.txt", problems, title=title, layout=layout, enclosing=enclosing)
    data = data_for(lang, parsed.title)
    expression = Expression(
        "sample", lang, Authority.AUTHENTIC, parsed.title or "?", parsed.parts, (), (), Conservation(0, 0, parsed.heading_marks),
        "sample.txt", hashlib.sha256(text.encode()).hexdigest(),
    )
    xml = mark_up(expression, data)
    kept = conserve(parsed.lines, parsed.heading_marks, xml, "sample.txt", problems)
    expression = replace(expression, conservation=kept)
    root = etree.fromstring(xml, etree.XMLParser(huge_tree=True))
    schema().validate(root)
    eids = Counter(root.xpath("//@eId"))
    return Whole(
        parsed, expression, data, mark_up(expression, data), list(problems), kept.source - kept.kept,
        tuple(eid for eid, count in eids.items() if count > 1), tuple(error.message for error in schema().error_log),
    )


def read_file(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")
