"""Interim: the entry points of the parser that is being made; goes with its arrival."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..articles import ENUMERATOR  # noqa: F401
from ..blocks import lay_out
from ..describe import TreatyData
from ..forms import forms
from ..model import Kind, Part, Provision
from ..parse import parse
from ..problems import Problems
from ..read import Line, edit_lines

TITLE = re.compile(r"(?i)^(agreement|treaty|convention|sample|соглашение|договор)\b|(келісім|шарт)$")


@dataclass(frozen=True)
class Parsed:
    title: str
    parts: Mapping[Part, tuple[Provision, ...]]
    lines: tuple[Line, ...]
    heading_marks: int

    @property
    def articles(self):
        return tuple(p for p in self.parts.get(Part.BODY, ()) if p.kind is Kind.ARTICLE)

    def by_kind(self, kind):
        return tuple(p for t in self.parts.values() for top in t for p in top.walk() if p.kind is kind)


def read_text(text, lang, file, problems, *, title=None, layout="auto", enclosing=None):
    lines, _ = edit_lines(text, [], file, "edits.yml", Problems())
    blocks, marks = lay_out(lines, forms(lang), layout)
    if title is None:
        title = next((b.text for b in blocks[:12] if TITLE.search(b.text)), "")
    data = TreatyData(slug="x", kind="other", names={}, short_title={}, parties=[{"code": "kz", "name": {}, "short": {}}],
                      signed={"date": "2000-01-01", "place": {}}, authentic_languages=[lang], status="not-stated",
                      entry_into_force={}, frbr_author="x", expressions=[{"lang": lang, "authority": "authentic", "title": title, "short_title": title}],
                      enclosing={"kind": enclosing or "law", "title": {}})
    parts = parse(blocks, data, title, forms(lang), file, problems)
    return Parsed(title, parts, lines, marks)
