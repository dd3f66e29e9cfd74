"""Load an expression from its Akoma Ntoso XML.

Reads   a document as markup.py writes it
Writes  an Expression; `load_expression(mark_up(expression))` gives the same expression back
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from .markup import AKN, HIERARCHY, INSTRUMENT_URI, NOTHING, OWN, XML_LANG
from .model import Authority, Conservation, EditMade, Expression, Kind, Mark, Note, Part, Passage, Provision, Reference, Target

KINDS = {name: kind for kind, name in HIERARCHY.items()} | {"intro": Kind.INTRO, "wrapUp": Kind.WRAPUP}
Lines = dict[str, tuple[tuple[int, int], list[tuple[int, int]]]]


def _tag(name: str) -> str:
    return f"{{{AKN}}}{name}"


def _own(name: str) -> str:
    return f"{{{OWN}}}{name}"


def load_expression(source: Path | bytes) -> Expression:
    """The expression in the file at `source`, or in its bytes. Raises lxml.etree.XMLSyntaxError when it is no XML."""
    data = source.read_bytes() if isinstance(source, Path) else source
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    act = etree.fromstring(data, parser)[0]
    own = act.find(f"{_tag('meta')}/{_tag('proprietary')}/{_own('source')}")
    loader = _Loader(own.get("treaty"), _lines(own))
    kept = own.find(_own("conservation"))
    return Expression(
        treaty=own.get("treaty"),
        lang=own.get("lang"),
        authority=Authority(own.get("authority")),
        title=own.get("title"),
        parts={part: loader.part(act, part) for part in Part if act.find(_tag(part.value)) is not None},
        notes=tuple(_note(note) for note in act.iterfind(f"{_tag('meta')}/{_tag('notes')}/{_tag('note')}")),
        edits=tuple(_edit(edit) for edit in own.iterfind(_own("edit"))),
        conservation=Conservation(int(kept.get("source")), int(kept.get("kept")), int(kept.get("headingMarks"))),
        source_file=own.get("file"),
        sha256=own.get("sha256"),
    )


def _range(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    return int(first), int(last)


def _lines(own: etree._Element) -> Lines:
    return {
        unit.get("of"): (_range(unit.get("lines")), [_range(p.get("lines")) for p in unit])
        for unit in own.iterfind(f"{_own('lines')}/{_own('unit')}")
    }


def _note(note: etree._Element) -> Note:
    text = {p.get(XML_LANG): p.text or "" for p in note.iterfind(_tag("p"))}
    return Note(note.get("eId").removeprefix("note-"), note.get("placementBase").removeprefix("#"), note.get("class"), text)


def _edit(edit: etree._Element) -> EditMade:
    reasons = {reason.get(XML_LANG): reason.text or "" for reason in edit}
    return EditMade(edit.get("id"), int(edit.get("line")), edit.get("quote"), edit.get("replacement"), reasons)


class _Loader:
    def __init__(self, treaty: str, lines: Lines):
        self.treaty = treaty
        self.lines = lines

    def part(self, act: etree._Element, part: Part) -> tuple[Provision, ...]:
        provisions: list[Provision] = []
        for element in act.find(_tag(part.value)):
            name = etree.QName(element).localname
            if name == "recitals":
                provisions += [self._simple(recital, Kind.RECITAL) for recital in element]
            elif name == "longTitle":
                provisions.append(self._simple(element, Kind.TITLE, list(element.iter(_tag("docTitle")))))
            elif name == "formula":
                provisions.append(self._simple(element, Kind.PREAMBLE_FORMULA))
            elif name == "container":
                provisions.append(self._container(element))
            elif name == "attachment":
                provisions.append(self._attachment(element))
            elif element.get("name") == NOTHING:
                continue
            else:
                provisions.append(self._hierarchy(element))
        return tuple(provisions)

    def _simple(
        self, element: etree._Element, kind: Kind, words: list[etree._Element] | None = None, num: str = "", number: str = ""
    ) -> Provision:
        eid = element.get("eId")
        lines, own = self.lines[eid]
        found = list(element.iterfind(_tag("p"))) if words is None else words
        passages = tuple(self._passage(p, place) for p, place in zip(found, own))
        return Provision(eid, kind, num, number, None, passages, (), lines)

    def _container(self, element: etree._Element) -> Provision:
        provision = self._simple(element, Kind(element.get("name")))
        children: list[Provision] = []
        for child in element:
            name = etree.QName(child).localname
            if name == "container":
                children.append(self._container(child))
            elif name == "blockList":
                for item in child:
                    num = item.findtext(_tag("num")) or ""
                    number = item.get("eId").rpartition("_")[2]
                    children.append(self._simple(item, Kind.PARAGRAPH, None, num, number))
        return Provision(provision.eid, provision.kind, "", "", None, provision.passages, tuple(children), provision.lines)

    def _attachment(self, element: etree._Element) -> Provision:
        doc = element.find(_tag("doc"))
        main = doc.find(_tag("mainBody"))
        return self._unit(element, Kind(doc.get("name")), main, main)

    def _hierarchy(self, element: etree._Element) -> Provision:
        name = etree.QName(element).localname
        kind = Kind(element.get("name")) if name == "hcontainer" else KINDS[name]
        return self._unit(element, kind, element if name in ("intro", "wrapUp") else element.find(_tag("content")), element)

    def _unit(self, element: etree._Element, kind: Kind, holder: etree._Element | None, inner: etree._Element) -> Provision:
        """holder: what the words of its own stand in; inner: what its parts stand in."""
        eid = element.get("eId")
        lines, own = self.lines[eid]
        places = iter(own)
        heading = element.find(_tag("heading"))
        loaded_heading = self._passage(heading, next(places)) if heading is not None else None
        passages = tuple(
            self._passage(p, place)
            for p, place in zip(holder.iterfind(_tag("p")) if holder is not None else (), places)
        )
        children = () if kind is Kind.WRAPUP else tuple(self._children(inner))
        num = element.findtext(_tag("num")) or ""
        step = eid.rpartition("__")[2]
        number = step.partition("_")[2].partition("_dup_")[0] if num else ""
        return Provision(eid, kind, num, number, loaded_heading, passages, children, lines)

    def _children(self, element: etree._Element) -> Iterator[Provision]:
        for child in element:
            name = etree.QName(child).localname
            if name in KINDS or name == "hcontainer":
                yield self._hierarchy(child)
            if name == "wrapUp":
                for block in child.iterfind(_tag("block")):
                    yield self._simple(block, Kind.SUBPARAGRAPH, [block])

    def _passage(self, element: etree._Element, lines: tuple[int, int]) -> Passage:
        reader = _Inline(self.treaty)
        reader.read(element)
        return Passage(
            "".join(reader.words), lines, tuple(reader.references), tuple(reader.notes), tuple(reader.edits)
        )


class _Inline:
    """Reads mixed content from left to right."""

    def __init__(self, treaty: str):
        self.treaty = treaty
        self.words: list[str] = []
        self.length = 0
        self.references: list[Reference] = []
        self.notes: list[Mark] = []
        self.edits: list[Mark] = []

    def read(self, element: etree._Element) -> None:
        self._text(element.text)
        for child in element:
            start = self.length
            name = etree.QName(child).localname
            if name == "noteRef":
                target = child.get("href").removeprefix("#")
                if child.get("marker") == "edit":
                    self.edits.append(Mark(start, target))
                else:
                    self.notes.append(Mark(start, target.removeprefix("note-")))
            elif name == "mref":
                self._many(child, start)
            else:
                self.read(child)
                if name == "ref":
                    self.references.append(Reference(start, self.length, (self._target(child.get("href")),)))
                elif name == "rref":
                    ends = (self._target(child.get("from")), self._target(child.get("upTo")))
                    self.references.append(Reference(start, self.length, ends, True))
            self._text(child.tail)

    def _many(self, element: etree._Element, start: int) -> None:
        before = len(self.references)
        self.read(element)
        inner = self.references[before:]
        del self.references[before:]
        targets = tuple(target for reference in inner for target in reference.targets)
        spans = tuple((reference.start, reference.end) for reference in inner)
        self.references.append(Reference(start, self.length, targets, False, spans))

    def _text(self, text: str | None) -> None:
        if text:
            self.words.append(text)
            self.length += len(text)

    def _target(self, href: str) -> Target:
        if href.startswith(INSTRUMENT_URI):
            return Target(instrument=href.removeprefix(INSTRUMENT_URI))
        path, _, eid = href.partition("#")
        return Target(path.removeprefix("/treaties/") or self.treaty, eid)
