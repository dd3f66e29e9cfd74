"""Read Akoma Ntoso that others made.

Reads   a document in any version of Akoma Ntoso 3.0
Writes  Foreign: an Expression with all of its words, the data for its own XML, and what is not supported

Divisions, articles, paragraphs, points, lists, opening and closing words keep their kind and their eId. Where a document has
sections in the place of articles, they are read as articles. What has no place in our model is kept as text where it stands,
and is said: tables, quoted structures, notes inside the text, references to what is not in the document.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from .articles import Eids, step_in
from .describe import ExpressionData, Party, Signed, TreatyData
from .forms import languages
from .load import load_expression
from .markup import OWN, mark_up
from .model import Authority, Conservation, Expression, Kind, Part, Passage, Provision, Reference, Target
from .notation import read_notation, write_notation

HIERARCHY = {
    "article": Kind.ARTICLE,
    "paragraph": Kind.PARAGRAPH,
    "point": Kind.POINT,
    "indent": Kind.INDENT,
    "subparagraph": Kind.SUBPARAGRAPH,
    "alinea": Kind.SUBPARAGRAPH,
    "part": Kind.PART,
    "title": Kind.TITLE_DIVISION,
    "chapter": Kind.CHAPTER,
    "section": Kind.SECTION,
    "subsection": Kind.SUBSECTION,
}
# read as the nearest kind, and said
NEAREST = {
    "book": Kind.PART,
    "tome": Kind.PART,
    "subpart": Kind.SUBSECTION,
    "subtitle": Kind.SUBSECTION,
    "subchapter": Kind.SUBSECTION,
    "division": Kind.SECTION,
    "subdivision": Kind.SUBSECTION,
    "clause": Kind.PARAGRAPH,
    "subclause": Kind.POINT,
    "rule": Kind.PARAGRAPH,
    "subrule": Kind.POINT,
    "transitional": Kind.SUBPARAGRAPH,
    "proviso": Kind.SUBPARAGRAPH,
    "level": Kind.SECTION,
    "hcontainer": Kind.TEXT,
    "sublist": Kind.SUBPARAGRAPH,
    "crossHeading": Kind.SUBPARAGRAPH,
}
STEPS = {
    Kind.ARTICLE: "art",
    Kind.PARAGRAPH: "para",
    Kind.POINT: "point",
    Kind.INDENT: "indent",
    Kind.SUBPARAGRAPH: "subpara",
    Kind.PART: "part",
    Kind.TITLE_DIVISION: "title",
    Kind.CHAPTER: "chp",
    Kind.SECTION: "sec",
    Kind.SUBSECTION: "subsec",
    Kind.ANNEX: "annex",
}
OUTER = {
    "coverPage": Part.PREFACE,
    "preface": Part.PREFACE,
    "preamble": Part.PREAMBLE,
    "body": Part.BODY,
    "mainBody": Part.BODY,
    "portionBody": Part.BODY,
    "conclusions": Part.CONCLUSIONS,
    "attachments": Part.ATTACHMENTS,
    "components": Part.ATTACHMENTS,
    "header": Part.PREFACE,
}
# in a document that has sections in the place of articles
SECTIONS_AS_ARTICLES = {
    "section": Kind.ARTICLE,
    "subsection": Kind.PARAGRAPH,
    "paragraph": Kind.POINT,
    "subparagraph": Kind.POINT,
}
BLOCKS = {
    "p",
    "block",
    "listIntroduction",
    "listWrapUp",
    "docTitle",
    "tocItem",
    "li",
    "th",
    "td",
    "caption",
    "longTitle",
    "num",
    "heading",
}
KEPT_AS_TEXT = {
    "table",
    "quotedStructure",
    "authorialNote",
    "toc",
    "ul",
    "ol",
    "foreign",
    "embeddedStructure",
    "blockContainer",
    "tblock",
}
LOST = {"img", "componentRef", "documentRef"}  # they hold no words
LANGUAGES = {"eng": "en", "fra": "fr", "rus": "ru", "kaz": "kk", "ukr": "uk", "kir": "ky", "uzb": "uz", "spa": "es", "ara": "ar"}
EID = re.compile(r"[A-Za-z0-9_.~-]+")


@dataclass(frozen=True)
class Foreign:
    """A document of others. unsupported: what is not, and how often; characters: of its words without white space, without
    its meta; kept: how many of them stand in the XML that is made of it, from the beginning on; lang: the language it says,
    or "" when that is none of ours; title: the one it marks as such, or ""."""

    expression: Expression
    data: TreatyData
    unsupported: Mapping[str, int]
    characters: int
    kept: int
    lang: str = ""
    title: str = ""


class NotAkomaNtoso(ValueError):
    """XML of another kind, or no XML."""


def read_foreign(xml: bytes, name: str, slug: str = "foreign") -> Foreign:
    """The document `xml`, called `name` in messages. Entities are not resolved and nothing is loaded. Raises NotAkomaNtoso."""
    root = _parsed(xml, name)
    return _Document(root[0], name, slug, hashlib.sha256(xml).hexdigest()).read()


def _parsed(xml: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as fault:
        raise NotAkomaNtoso(f"{name} is no XML: {fault}") from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotAkomaNtoso(f"{name} has a document type of its own, which may ask for other files; save it without")
    if _name(root) != "akomaNtoso" or not len(root):
        raise NotAkomaNtoso(f"{name} is no Akoma Ntoso: its root is {_name(root)!r}")
    return root


def notation_of(xml: bytes, name: str) -> tuple[str, Mapping[str, int]]:
    """The text in our own notation of an XML, ours or others', and what of it is not supported, how often.

    Raises NotAkomaNtoso."""
    if is_ours(xml, name):
        return write_notation(load_expression(xml)), {}
    found = read_foreign(xml, name)
    return write_notation(found.expression), found.unsupported


def told(unsupported: Mapping[str, int]) -> list[str]:
    """What is not supported, in words, each with how often."""
    lines = []
    for name, count in unsupported.items():
        what = ", left out" if name in LOST else "" if ", " in name else ", kept as text"
        lines.append(f"not supported{what}: {name} ({count})")
    return lines


def is_ours(xml: bytes, name: str) -> bool:
    """Whether this project made the XML. Raises NotAkomaNtoso."""
    return _parsed(xml, name).find(f".//{{{OWN}}}source") is not None


def renamed(expression: Expression) -> Expression:
    """The expression with the eIds that our notation makes of its numbers, in the provisions and in what refers to them."""
    made = read_notation(write_notation(expression, with_eids=False, with_lines=False))
    names = {old.eid: new.eid for old, new in zip(expression.walk(), made.walk())}
    slug = expression.treaty

    def target(old: Target) -> Target:
        return replace(old, eid=names[old.eid]) if old.treaty == slug and old.eid in names else old

    def passage(old: Passage) -> Passage:
        references = tuple(replace(each, targets=tuple(map(target, each.targets))) for each in old.references)
        return replace(old, references=references)

    def provision(old: Provision) -> Provision:
        return replace(
            old,
            eid=names[old.eid],
            heading=passage(old.heading) if old.heading else None,
            passages=tuple(map(passage, old.passages)),
            children=tuple(map(provision, old.children)),
        )

    parts = {part: tuple(map(provision, tops)) for part, tops in expression.parts.items()}
    notes = tuple(replace(note, eid=names.get(note.eid, note.eid)) for note in expression.notes)
    return replace(expression, parts=parts, notes=notes)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _flat(text: str) -> str:
    return " ".join(text.split())


class _Document:
    def __init__(self, document: etree._Element, name: str, slug: str, sha256: str):
        self.document, self.name, self.slug, self.sha256 = document, name, slug, sha256
        self.unsupported: Counter[str] = Counter()
        self.eids = _Eids()
        self.known = {element.get("eId") for element in document.iter() if element.get("eId")}
        self.lang = ""
        self.title = ""
        names = {_name(element) for element in document.iter()}
        self.kinds = {**HIERARCHY, **(SECTIONS_AS_ARTICLES if "article" not in names else {})}

    def read(self) -> Foreign:
        if _name(self.document) not in ("act", "bill", "doc", "portion", "statement", "documentCollection"):
            self.unsupported[f"document type {_name(self.document)}"] += 1
        parts: dict[Part, tuple[Provision, ...]] = {}
        words: list[str] = []
        for child in self.document:
            if _name(child) == "meta":
                continue
            if _name(child) not in OUTER and _all_words(child):
                self.unsupported[_name(child)] += 1
            part = OUTER.get(_name(child), Part.BODY)
            words.append(_all_words(child))
            parts[part] = (*parts.get(part, ()), *self._part(child, part))
        titles = (_flat("".join(each.itertext())) for each in self.document.iter() if _name(each) == "docTitle")
        self.title = next(titles, "")
        title = self.title or self.name
        lang = self._language()
        expression = Expression(
            self.slug, lang, Authority.AUTHENTIC, title, parts, (), (), Conservation(0, 0, 0), self.name, self.sha256
        )
        data = self._data(lang, title)
        source = "".join(words)
        made = _made_words(mark_up(expression, data))
        same = next((i for i, (a, b) in enumerate(zip(source, made)) if a != b), min(len(source), len(made)))
        return Foreign(expression, data, dict(self.unsupported), len(source), same, self.lang, self.title)

    # what is known of it

    def _language(self) -> str:
        said = next((each.get("language", "") for each in self.document.iter() if _name(each) == "FRBRlanguage"), "")
        lang = LANGUAGES.get(said, said[:2])
        if lang in languages():
            self.lang = lang
            return lang
        self.unsupported[f"language {said!r}, taken for English"] += 1
        return "en"

    def _data(self, lang: str, title: str) -> TreatyData:
        date = next((each.get("date", "") for each in self.document.iter() if _name(each) == "FRBRdate"), "")
        country = next((each.get("value", "") for each in self.document.iter() if _name(each) == "FRBRcountry"), "")[:2].lower()
        code = country if re.fullmatch("[a-z]{2}", country) else "xx"
        words = {"en": code}
        day = re.match(r"\d{4}-\d\d-\d\d", date)
        return TreatyData(
            slug=self.slug,
            kind="other",
            names={},
            short_title={"en": title},
            parties=[Party(name=words, short=words, code=code)],
            signed=Signed(date=datetime.date.fromisoformat(day.group()) if day else datetime.date(1, 1, 1), place={}),
            authentic_languages=[lang],
            status="not-stated",
            entry_into_force={},
            frbr_author=code,
            expressions=[ExpressionData(lang=lang, authority=Authority.AUTHENTIC, title=title, short_title=title)],
        )

    # parts

    def _part(self, element: etree._Element, part: Part) -> Iterator[Provision]:
        if part is Part.ATTACHMENTS:
            for attachment in element:
                yield self._attachment(attachment)
        elif part is Part.BODY:
            yield from self._units(element, "")
        else:
            yield from self._around(element, part)

    def _around(self, element: etree._Element, part: Part) -> Iterator[Provision]:
        for child in element:
            name = _name(child)
            passages = tuple(self._passages(child))
            if not passages:
                continue
            if name in ("recital", "recitals") and part is Part.PREAMBLE:
                for recital in [child] if name == "recital" else list(child):
                    if found := tuple(self._passages(recital)):
                        yield self._plain(Kind.RECITAL, self.eids.give(recital, "preamble", "rec"), found)
            elif name == "formula" and part is Part.PREAMBLE:
                yield self._plain(Kind.PREAMBLE_FORMULA, self.eids.give(child, "preamble", "formula"), passages)
            elif name == "longTitle" and part is Part.PREFACE:
                yield self._plain(Kind.TITLE, self.eids.give(child, "", "title"), passages)
            else:
                yield self._plain(Kind.TEXT, self.eids.give(child, part.value, "text"), passages)

    def _plain(self, kind: Kind, eid: str, passages: tuple[Passage, ...]) -> Provision:
        return Provision(eid, kind, passages=passages, lines=(passages[0].lines[0], passages[-1].lines[1]))

    def _attachment(self, element: etree._Element) -> Provision:
        document = next((child for child in element if _name(child) in ("doc", "act", "bill")), None)
        eid = self.eids.give(element, "", "annex")
        children: list[Provision] = []
        for child in document if document is not None else ():
            if _name(child) in ("body", "mainBody"):
                children += self._units(child, eid)
            elif _name(child) == "attachments":
                children += [self._attachment(each) for each in child]
            elif _name(child) in OUTER and (passages := tuple(self._passages(child))):
                children.append(self._plain(Kind.TEXT, self.eids.give(child, eid, "text"), passages))
        return self._made(element, Kind.ANNEX, eid, (), children)

    # hierarchy

    def _made(
        self, element: etree._Element, kind: Kind, eid: str, passages: tuple[Passage, ...], children: Sequence[Provision]
    ) -> Provision:
        num = next((_flat("".join(child.itertext())) for child in element if _name(child) == "num"), "")
        headings = [child for child in element if _name(child) in ("heading", "subheading")]
        heading = next((self._words(child) for child in headings[:1]), None)
        for extra in headings[1:]:
            self.unsupported["second heading"] += 1
            if words := self._words(extra):
                children = [self._plain(Kind.SUBPARAGRAPH, self.eids.give(extra, eid, "subpara"), (words,)), *children]
        line = element.sourceline or 0
        step = eid.rpartition("__")[2]
        number = step.partition("_")[2].partition("_dup_")[0] if num else ""
        return Provision(
            eid, kind, num, number, heading, passages, tuple(children), (line, max([line, *(c.lines[1] for c in children)]))
        )

    def _units(self, element: etree._Element, above: str) -> list[Provision]:
        """The units in an element. Blocks between them become paragraphs without a number."""
        found: list[Provision] = []
        for child in element:
            name = _name(child)
            if name in ("num", "heading", "subheading", "meta"):
                continue
            if name in self.kinds or name in NEAREST:
                found.append(self._unit(child, above))
            elif name == "list":
                found += self._units(child, above)
            elif name in ("intro", "wrapUp"):
                kind, step = (Kind.INTRO, "intro") if name == "intro" else (Kind.WRAPUP, "wrapup")
                found += self._blocks(child, above, kind, step)
            elif name == "blockList":
                found += self._items(child, above)
            elif name in LOST:
                self.unsupported[name] += 1
            else:
                found += self._blocks(child, above, Kind.SUBPARAGRAPH, "subpara", whole=name != "content")
        return _settled(found)

    def _unit(self, element: etree._Element, above: str) -> Provision:
        name = _name(element)
        kind = self.kinds.get(name) or NEAREST[name]
        if name == "hcontainer" and any(_name(child) in self.kinds for child in element):
            kind = Kind.SECTION
        if kind is not HIERARCHY.get(name):
            self.unsupported[f"{name}, read as {kind.value}"] += 1
        eid = self.eids.give(element, above, STEPS.get(kind, kind.value))
        if name == "crossHeading":
            words = self._words(element)
            return self._made(element, kind, eid, (words,) if words else (), ())
        content = [child for child in element if _name(child) not in ("num", "heading", "subheading")]
        if len(content) == 1 and _name(content[0]) == "content" and not any(_name(each) == "blockList" for each in content[0]):
            return self._made(element, kind, eid, tuple(self._passages(content[0])), ())
        return self._made(element, kind, eid, (), self._units(element, eid))

    def _blocks(self, element: etree._Element, above: str, kind: Kind, step: str, whole: bool = False) -> list[Provision]:
        """The blocks in `element`, or the block that it is, as units of `kind`; lists among them as points."""
        units: list[Provision] = []
        run: list[Passage] = []

        def close() -> None:
            if run:
                units.append(self._plain(kind, self.eids.give(element if not units else None, above, step), tuple(run)))
                run.clear()

        for child in [element] if whole else list(element):
            if _name(child) == "blockList":
                close()
                units += self._items(child, above)
            else:
                run.extend(self._passages(child))
        close()
        return units

    def _items(self, element: etree._Element, above: str) -> list[Provision]:
        units: list[Provision] = []
        for child in element:
            if _name(child) == "item":
                eid = self.eids.give(child, above, "point")
                inner = [each for each in child if _name(each) not in ("num", "heading")]
                nested = [each for each in inner if _name(each) == "blockList"]
                passages = tuple(p for each in inner if _name(each) != "blockList" for p in self._passages(each))
                if nested:
                    own = [self._plain(Kind.INTRO, self.eids.give(None, eid, "intro"), passages)] if passages else []
                    units.append(
                        self._made(child, Kind.POINT, eid, (), [*own, *(u for each in nested for u in self._items(each, eid))])
                    )
                else:
                    units.append(self._made(child, Kind.POINT, eid, passages, ()))
            elif passages := tuple(self._passages(child)):
                kind, step = (Kind.INTRO, "intro") if not units else (Kind.SUBPARAGRAPH, "subpara")
                units.append(self._plain(kind, self.eids.give(child, above, step), passages))
        return units

    # words

    def _passages(self, element: etree._Element) -> Iterator[Passage]:
        """The blocks of words in an element, in order. What holds other blocks is gone into; what is not supported is said."""
        name = _name(element)
        if name == "meta":
            return
        if name in KEPT_AS_TEXT:
            self.unsupported[name] += 1
        if name in LOST:
            self.unsupported[name] += 1
            return
        if name in BLOCKS or not any(_holds_blocks(child) for child in element):
            words = self._words(element)
            if words is not None:
                yield words
            return
        if _flat(element.text or ""):
            yield Passage(_flat(element.text or ""), self._lines(element))
        for child in element:
            yield from self._passages(child)
            if _flat(child.tail or ""):
                yield Passage(_flat(child.tail or ""), self._lines(child))

    def _lines(self, element: etree._Element) -> tuple[int, int]:
        return (element.sourceline or 0, element.sourceline or 0)

    def _words(self, element: etree._Element) -> Passage | None:
        inline = _Inline(self)
        inline.read(element)
        text = "".join(inline.pieces).rstrip(" ")
        if not text:
            return None
        references = tuple(each for each in inline.references if each.start < each.end <= len(text))
        return Passage(text, self._lines(element), references)


class _Inline:
    """Reads mixed content; white space becomes single spaces."""

    def __init__(self, document: _Document):
        self.document = document
        self.pieces: list[str] = []
        self.length = 0
        self.ends_in_space = True
        self.references: list[Reference] = []
        self.depth = 0

    def read(self, element: etree._Element) -> None:
        self._text(element.text)
        for child in element:
            name = _name(child)
            if name == "meta":
                self._text(child.tail)
                continue
            if name in KEPT_AS_TEXT or name == "authorialNote":
                self.document.unsupported[name] += 1
            if name in ("eol", "br") or name in BLOCKS or name in KEPT_AS_TEXT:
                self._text(" ")
            if name in LOST:
                self.document.unsupported[name] += 1
            start = self.length
            self.depth += name in ("ref", "rref", "mref")
            self.read(child)
            self.depth -= name in ("ref", "rref", "mref")
            if name in ("ref", "rref", "mref"):
                self._reference(child, name, start)
            if name in BLOCKS or name in KEPT_AS_TEXT:
                self._text(" ")
            self._text(child.tail)

    def _reference(self, element: etree._Element, name: str, start: int) -> None:
        href = element.get("href") or ""
        if name == "ref" and not self.depth and href.startswith("#") and href[1:] in self.document.known:
            self.references.append(Reference(start, self.length, (Target(self.document.slug, href[1:]),)))
        elif name != "ref" or not self.depth:
            self.document.unsupported[f"{name} to another document" if name == "ref" else name] += 1

    def _text(self, text: str | None) -> None:
        for part in re.findall(r"\s+|\S+", text or ""):
            if part.isspace():
                if self.ends_in_space:
                    continue
                part = " "
            self.ends_in_space = part == " "
            self.pieces.append(part)
            self.length += len(part)


class _Eids:
    """The eIds of others where they can be ours, and new ones where not; each once."""

    def __init__(self) -> None:
        self.eids = Eids()
        self.counts: Counter[tuple[str, str]] = Counter()
        self.used: set[str] = set()

    def give(self, element: etree._Element | None, above: str, step: str) -> str:
        own = element.get("eId") if element is not None else None
        if own and EID.fullmatch(own) and own not in self.used:
            self.used.add(own)
            self.eids.free(own)
            return own
        while True:
            self.counts[above, step] += 1
            name = step if step in ("intro", "wrapup", "title", "formula") else f"{step}_{self.counts[above, step]}"
            eid = self.eids.free(step_in(above, name))
            if eid not in self.used:
                self.used.add(eid)
                return eid


def _settled(units: list[Provision]) -> list[Provision]:
    """Opening words first and closing words last, as the standard has them; elsewhere they are paragraphs without a number."""
    return [
        replace(unit, kind=Kind.SUBPARAGRAPH)
        if (unit.kind is Kind.INTRO and place) or (unit.kind is Kind.WRAPUP and place < len(units) - 1)
        else unit
        for place, unit in enumerate(units)
    ]


def _holds_blocks(element: etree._Element) -> bool:
    return any(_name(each) in BLOCKS or _name(each) in KEPT_AS_TEXT for each in element.iter())


def _all_words(element: etree._Element) -> str:
    """Its words without white space, without those of any meta in it."""
    return "".join("".join(text.split()) for text in _texts(element))


def _texts(element: etree._Element) -> Iterator[str]:
    if _name(element) == "meta":
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _made_words(xml: bytes) -> str:
    act = etree.fromstring(xml, etree.XMLParser(huge_tree=True))[0]
    return "".join(_all_words(part) for part in act)
