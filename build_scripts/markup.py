"""Write an expression as Akoma Ntoso XML.

Reads   an Expression
Writes  one `<act name="agreement">` document, valid against the OASIS schema of 2018, as UTF-8 bytes

Hierarchy without `<list>`: article > paragraph > intro, point, indent, wrapUp, subparagraph. The schema lets nothing stand
after `wrapUp`; a paragraph without a number that follows closing words is therefore a `<block name="subparagraph">` at the
end of `wrapUp` (docs/decisions/0003). What has no place in the standard (source lines, edits of layout, conservation)
is in `<proprietary>`, in a namespace of our own.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from .describe import ExpressionData, TreatyData
from .forms import forms
from .model import Expression, Kind, Note, Part, Passage, Provision, Reference, Target

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "https://kelisim.example/ns/1"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HIERARCHY = {
    Kind.ARTICLE: "article", Kind.PARAGRAPH: "paragraph", Kind.POINT: "point", Kind.INDENT: "indent",
    Kind.SUBPARAGRAPH: "subparagraph", Kind.PART: "part", Kind.TITLE_DIVISION: "title", Kind.CHAPTER: "chapter",
    Kind.SECTION: "section", Kind.SUBSECTION: "subsection",
}
NOTHING = "nothing"  # the name of what stands for a body that a text has not
INSTRUMENT_URI = "/instruments/"


def _element(parent: etree._Element | None, name: str, /, **attributes: str) -> etree._Element:
    tag = f"{{{AKN}}}{name}"
    clean = {key.rstrip("_"): value for key, value in attributes.items()}
    return etree.Element(tag, clean, nsmap={None: AKN, "k": OWN}) if parent is None else etree.SubElement(parent, tag, clean)


def _own(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{OWN}}}{name}", attributes)


def work_uri(data: TreatyData) -> str:
    """The FRBR URI of the work: country of the editors, type, subtype, author, date of signature, name."""
    return f"/akn/kz/act/agreement/{data.frbr_author}/{data.signed.date.isoformat()}/{data.slug}"


def mark_up(expression: Expression, data: TreatyData) -> bytes:
    """The XML document of `expression`. The same expression makes the same bytes."""
    root = _element(None, "akomaNtoso")
    act = _element(root, "act", name="agreement")
    _meta(act, expression, data)
    _preface(act, expression.parts.get(Part.PREFACE, ()))
    _preamble(act, expression.parts.get(Part.PREAMBLE, ()))
    body = _element(act, "body")
    for provision in expression.parts.get(Part.BODY, ()):
        _hierarchy(body, provision)
    if not len(body):
        _element(body, "hcontainer", name=NOTHING, eId="body")  # the standard wants something in it
    _conclusions(act, expression.parts.get(Part.CONCLUSIONS, ()))
    _attachments(act, expression.parts.get(Part.ATTACHMENTS, ()), expression, data)
    _number_references(root)
    _shorten_own(root, expression.treaty)
    _indent(root, 0)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


PROSE = {"p", "num", "heading", "docTitle", "block"}  # white space in these is text


def _indent(element: etree._Element, depth: int) -> None:
    """Put each element that is not inside prose on a line of its own."""
    if etree.QName(element).localname in PROSE and element.tag.startswith(f"{{{AKN}}}"):
        return
    for child in element:
        _indent(child, depth + 1)
        child.tail = "\n" + "  " * (depth + 1)
    if len(element):
        element.text = "\n" + "  " * (depth + 1)
        element[-1].tail = "\n" + "  " * depth


# --- meta ---------------------------------------------------------------------------------------------------------


def _meta(act: etree._Element, expression: Expression, data: TreatyData) -> None:
    meta = _element(act, "meta")
    own = data.expression(expression.lang)
    _identification(_element(meta, "identification", source="#editors"), own, data, "main")
    _references(_element(meta, "references", source="#editors"), expression, data)
    if expression.notes:
        notes = _element(meta, "notes", source="#editors")
        for note in expression.notes:
            _note(notes, note)
    _proprietary(_element(meta, "proprietary", source="#editors"), expression)


def _identification(parent: etree._Element, own: ExpressionData, data: TreatyData, component: str) -> None:
    uri = work_uri(data)
    language = forms(own.lang).akn_language
    signed = data.signed.date.isoformat()
    work = _element(parent, "FRBRWork")
    _frbr(work, uri, component, signed, "signature", "#parties")
    _element(work, "FRBRcountry", value=data.parties[0].code)
    _element(work, "FRBRsubtype", value="agreement")
    _element(work, "FRBRname", value=data.slug)
    expression = _element(parent, "FRBRExpression")
    author = "#editors" if own.translated_from else "#parties"
    _frbr(expression, f"{uri}/{language}@{signed}", component, signed, "expression", author)
    _element(expression, "FRBRlanguage", language=language)
    if own.translated_from:
        origin = forms(own.translated_from).akn_language
        _element(
            expression, "FRBRtranslation", href=f"{uri}/{origin}@{signed}", by="#editors", authoritative="false",
            fromLanguage=origin,
        )
    manifestation = _element(parent, "FRBRManifestation")
    _frbr(manifestation, f"{uri}/{language}@{signed}.xml", component, signed, "expression", "#editors")
    _element(manifestation, "FRBRformat", value="application/xml")


def _frbr(parent: etree._Element, uri: str, component: str, date: str, name: str, author: str) -> None:
    this = f"{uri[:-4]}/!{component}.xml" if uri.endswith(".xml") else f"{uri}/!{component}"
    _element(parent, "FRBRthis", value=this)
    _element(parent, "FRBRuri", value=uri)
    _element(parent, "FRBRdate", date=date, name=name)
    _element(parent, "FRBRauthor", href=author)


def _references(parent: etree._Element, expression: Expression, data: TreatyData) -> None:
    _element(parent, "TLCOrganization", eId="editors", href="/ontology/organization/kelisim", showAs="Kelisim")
    names = ", ".join(party.name.get("en", party.code) for party in data.parties)
    _element(parent, "TLCOrganization", eId="parties", href=f"/ontology/organization/{data.frbr_author}", showAs=names)


def _note(parent: etree._Element, note: Note) -> None:
    element = _element(parent, "note", eId=f"note-{note.id}", class_=note.kind, placementBase=f"#{note.eid}")
    for lang, text in sorted(note.text.items()):
        paragraph = _element(element, "p")
        paragraph.set(XML_LANG, lang)
        paragraph.text = " ".join(text.split())


def _proprietary(parent: etree._Element, expression: Expression) -> None:
    own = _own(
        parent, "source", file=expression.source_file, sha256=expression.sha256, treaty=expression.treaty,
        lang=expression.lang, authority=expression.authority.value, title=expression.title,
    )
    kept = expression.conservation
    _own(own, "conservation", source=str(kept.source), kept=str(kept.kept), headingMarks=str(kept.heading_marks))
    for edit in expression.edits:
        element = _own(
            own, "edit", id=edit.id, line=str(edit.line), quote=edit.quote, replacement=edit.replacement
        )
        for lang, text in sorted(edit.reason.items()):
            reason = _own(element, "reason")
            reason.set(XML_LANG, lang)
            reason.text = text
    lines = _own(own, "lines")
    for provision in expression.walk():
        unit = _own(lines, "unit", of=provision.eid, lines=f"{provision.lines[0]}-{provision.lines[1]}")
        for passage in ([provision.heading] if provision.heading else []) + list(provision.passages):
            _own(unit, "p", lines=f"{passage.lines[0]}-{passage.lines[1]}")


# --- what stands around the articles ------------------------------------------------------------------------------


def _container(parent: etree._Element, provision: Provision) -> None:
    container = _element(parent, "container", name=provision.kind.value, eId=provision.eid)
    for passage in provision.passages:
        _inline(_element(container, "p"), passage)
    for child in provision.children:
        if child.num:
            item = _element(_element(container, "blockList", eId=f"{child.eid}__list"), "item", eId=child.eid)
            _element(item, "num").text = child.num
            for passage in child.passages:
                _inline(_element(item, "p"), passage)
        else:
            _container(container, child)


def _preface(act: etree._Element, provisions: Sequence[Provision]) -> None:
    if not provisions:
        return
    preface = _element(act, "preface")
    for provision in provisions:
        if provision.kind is Kind.TITLE:
            title = _element(preface, "longTitle", eId=provision.eid)
            for passage in provision.passages:
                _inline(_element(_element(title, "p"), "docTitle"), passage)
        else:
            _container(preface, provision)


def _preamble(act: etree._Element, provisions: Sequence[Provision]) -> None:
    if not provisions:
        return
    preamble = _element(act, "preamble")
    recitals, groups = None, 0
    for provision in provisions:
        if provision.kind is Kind.RECITAL:
            if recitals is None:
                groups += 1
                recitals = _element(preamble, "recitals", eId="preamble__recs" + (f"_{groups}" if groups > 1 else ""))
            _paragraphs(_element(recitals, "recital", eId=provision.eid), provision.passages)
            continue
        recitals = None
        if provision.kind is Kind.PREAMBLE_FORMULA:
            _paragraphs(_element(preamble, "formula", name="enacting", eId=provision.eid), provision.passages)
        else:
            _container(preamble, provision)


def _conclusions(act: etree._Element, provisions: Sequence[Provision]) -> None:
    if not provisions:
        return
    conclusions = _element(act, "conclusions")
    for provision in provisions:
        _container(conclusions, provision)


def _attachments(
    act: etree._Element, provisions: Sequence[Provision], expression: Expression, data: TreatyData
) -> None:
    """Annexes and protocols after the end of the text: each is a document of its own, as the standard has it."""
    if not provisions:
        return
    attachments = _element(act, "attachments")
    for provision in provisions:
        attachment = _element(attachments, "attachment", eId=provision.eid)
        _num_and_heading(attachment, provision)
        doc = _element(attachment, "doc", name=provision.kind.value)
        meta = _element(doc, "meta")
        own = data.expression(expression.lang)
        _identification(_element(meta, "identification", source="#editors"), own, data, provision.eid)
        main = _element(doc, "mainBody")
        if provision.passages:
            _paragraphs(main, provision.passages)
        for child in provision.children:
            _hierarchy(main, child)
        if not len(main):
            _element(main, "p")  # the standard wants one, and the annex has nothing but its heading


# --- the articles -------------------------------------------------------------------------------------------------


def _hierarchy(parent: etree._Element, provision: Provision) -> None:
    name = HIERARCHY.get(provision.kind)
    if name is None:  # an annex between articles, or the end of an annex
        element = _element(parent, "hcontainer", name=provision.kind.value, eId=provision.eid)
    else:
        element = _element(parent, name, eId=provision.eid)
    _num_and_heading(element, provision)
    if provision.passages:
        _paragraphs(_element(element, "content"), provision.passages)
    wrapup = None
    for child in provision.children:
        if child.kind is Kind.INTRO:
            _paragraphs(_element(element, "intro", eId=child.eid), child.passages)
        elif child.kind is Kind.WRAPUP:
            wrapup = _element(element, "wrapUp", eId=child.eid)
            _paragraphs(wrapup, child.passages)
        elif wrapup is not None:
            for passage in child.passages:
                _inline(_element(wrapup, "block", name="subparagraph", eId=child.eid), passage)
        else:
            _hierarchy(element, child)


def _num_and_heading(element: etree._Element, provision: Provision) -> None:
    if provision.num:
        _element(element, "num").text = provision.num
    if provision.heading:
        _inline(_element(element, "heading"), provision.heading)


def _paragraphs(parent: etree._Element, passages: Sequence[Passage]) -> None:
    for passage in passages:
        _inline(_element(parent, "p"), passage)


# --- words and what is marked in them -----------------------------------------------------------------------------


def _href(target: Target) -> str:
    if target.instrument:
        return f"{INSTRUMENT_URI}{target.instrument}"
    return f"/treaties/{target.treaty}#{target.eid}" if target.treaty else f"#{target.eid}"


class _Writer:
    """Writes mixed content from left to right."""

    def __init__(self, element: etree._Element):
        self.element = element

    def text(self, words: str) -> None:
        if len(self.element):
            self.element[-1].tail = (self.element[-1].tail or "") + words
        else:
            self.element.text = (self.element.text or "") + words


def _inline(element: etree._Element, passage: Passage) -> None:
    """The words of `passage` with its references, notes and edits as elements."""
    writer = _Writer(element)
    at = 0
    for reference in passage.references:
        _run(writer, passage, at, reference.start)
        _reference(element, passage, reference)
        at = reference.end
    _run(writer, passage, at, len(passage.text), last=True)


def _reference(element: etree._Element, passage: Passage, reference: Reference) -> None:
    if reference.is_range:
        first, last = (_href(target) for target in reference.targets)
        _run(_Writer(_element(element, "rref", from_=first, upTo=last)), passage, reference.start, reference.end, inside=True)
        return
    if len(reference.targets) == 1:
        link = _element(element, "ref", href=_href(reference.targets[0]))
        _run(_Writer(link), passage, reference.start, reference.end, inside=True)
        return
    many = _element(element, "mref")
    at = reference.start
    for (start, end), target in zip(reference.spans or ((reference.start, reference.end),), reference.targets):
        _run(_Writer(many), passage, at, start, inside=True)
        _run(_Writer(_element(many, "ref", href=_href(target))), passage, start, end, inside=True)
        at = end


def _run(writer: _Writer, passage: Passage, start: int, end: int, last: bool = False, inside: bool = False) -> None:
    """The words from `start` to `end` with the marks that stand after `start` and up to `end`.

    A mark at the very start of a run was written by the run before it, save at the start of the text.
    """
    marks = sorted(
        [(mark.at, f"note-{mark.id}", "note") for mark in passage.notes]
        + [(mark.at, mark.id, "edit") for mark in passage.edits]
    )
    at = start
    for place, name, marker in marks:
        if start < place <= end or (place == start == 0 and not inside):
            writer.text(passage.text[at:place])
            _element(writer.element, "noteRef", href=f"#{name}", marker=marker)
            at = place
    writer.text(passage.text[at:end])


def _number_references(root: etree._Element) -> None:
    """References need eIds of their own: ref_1, ref_2 … within the provision they stand in."""
    counts: dict[str, int] = {}
    for element in root.iter(f"{{{AKN}}}ref", f"{{{AKN}}}mref", f"{{{AKN}}}rref"):
        holder = next(e for e in element.iterancestors() if e.get("eId") and e.tag.rpartition("}")[2] != "mref")
        owner = str(holder.get("eId"))
        counts[owner] = counts.get(owner, 0) + 1
        element.set("eId", f"{owner}__ref_{counts[owner]}")


def _shorten_own(root: etree._Element, treaty: str) -> None:
    """A reference to this treaty itself is written without its address."""
    own = f"/treaties/{treaty}#"
    for element in root.iter(f"{{{AKN}}}ref", f"{{{AKN}}}rref"):
        for name in ("href", "from", "upTo"):
            if (element.get(name) or "").startswith(own):
                element.set(name, "#" + element.get(name).removeprefix(own))
