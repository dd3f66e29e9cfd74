"""Read a Word document (DOCX).

Reads   bytes, Signs
Writes  Extract: a paragraph for each of the document, with its automatic number, and its footnotes

What is not the text of the treaty (comments, page heads, hidden words) is left out and said. A document whose changes are
neither accepted nor rejected is Refused: it holds two texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from lxml import etree

from ..problems import Code
from .breaks import Signs, divide
from .extract import Extract, Footnote, Gathering, Paragraph, brief, superscript
from .numbering import Numbering
from .package import open_docx
from .received import Received
from .refuse import Refused

CHANGES = {
    "ins": "inserted", "del": "deleted", "moveFrom": "moved away", "moveTo": "moved here", "cellIns": "inserted",
    "cellDel": "deleted",
}
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
BREAK = "\v"
TABLE_CELL = 60  # characters: a table with longer cells is layout, and read cell by cell
HEADING = 300  # characters: what is longer is no heading, whatever its style
SYMBOLS = {  # of the fonts Symbol and Wingdings, by code point below the private area
    0xB0: "°", 0xB1: "±", 0xA7: "§", 0xB7: "·", 0xA2: "¢", 0xA3: "£", 0x2D: "–", 0x97: "—", 0x96: "–", 0xD7: "×", 0xB4: "×",
}
OFF = ("0", "false", "none")


def read_word(file: Received, signs: Signs) -> Extract:
    """Raises Refused."""
    document = open_docx(file.data)
    _refuse_changes(document)
    return _Reader(document, signs).run()


def _refuse_changes(document: Document) -> None:
    found: list[etree._Element] = []
    roots = [document.element.body, *_note_roots(document)]
    for root in roots:
        found += root.iter(*(qn(f"w:{name}") for name in CHANGES))
    if not found:
        return
    first = next((one for one in found if _words(one)), found[0])
    kind = CHANGES[etree.QName(first).localname]
    who = first.get(qn("w:author")) or "somebody"
    raise Refused(
        Code.TRACKED_CHANGES,
        f"the document holds {len(found)} tracked changes that are neither accepted nor rejected; the first: {kind} by {who}: "
        f"{brief(_words(first)) or 'the end of a paragraph'!r}",
        "it holds two texts; send the one that was signed: the final version with all changes accepted (Word: Review, Accept All "
        "Changes), or a PDF of it",
    )


def _note_roots(document: Document) -> Iterator[etree._Element]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    for relation in document.part.rels.values():
        if relation.reltype in (RT.FOOTNOTES, RT.ENDNOTES) and not relation.is_external:
            yield etree.fromstring(relation.target_part.blob, parser)


def _words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t"), qn("w:delText")))


@dataclass
class _Line:
    """A paragraph while it is read: words, and where raised words begin and footnotes hang."""

    words: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    footnotes: list[tuple[int, Footnote]] = field(default_factory=list)

    def add(self, words: str, raised: bool = False) -> None:
        if raised:
            self.raised.append(words)
        else:
            self.settle()
            self.words.append(words)

    def settle(self) -> None:
        words = "".join(self.raised)
        if words:
            before = "".join(self.words[-3:])
            self.words.append(superscript(words) if before[-1:].isalnum() else words)
            self.raised = []

    @property
    def length(self) -> int:
        return sum(map(len, self.words))


class _Reader:
    def __init__(self, document: Document, signs: Signs):
        self.document = document
        self.signs = signs
        self.gathering = Gathering()
        styles = document.styles.element
        self.styles = {style.get(qn("w:styleId")): style for style in styles.iterfind(qn("w:style"))}
        self.numbering = Numbering(_numbering(document), styles)
        self.notes = self._notes()
        self.marks = 0
        self.hidden: list[str] = []

    def run(self) -> Extract:
        self._blocks(self.document.element.body)
        self._say_what_is_left_out()
        return self.gathering.extract()

    def _blocks(self, parent: etree._Element) -> None:
        """Paragraphs and tables, also those in content controls."""
        for child in parent:
            name = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name in ("sdt", "sdtContent", "customXml", "smartTag"):
                self._blocks(child)
            elif child.tag == f"{ALTERNATE}AlternateContent":
                choice = child.find(f"{ALTERNATE}Choice")
                self._blocks(choice if choice is not None else child)
            elif name == "altChunk":
                self.gathering.remarks.append("a part of the document is another file inside it, which was not read")

    def _paragraph(self, paragraph: etree._Element) -> None:
        line = _Line([self.numbering.label(paragraph)])
        boxes = self._runs(paragraph, line)
        line.settle()
        self._add(line, self._level(paragraph))
        for box in boxes:
            self._blocks(box)

    def _level(self, paragraph: etree._Element) -> int:
        """1 to 6 for a heading: what the paragraph or its style says of the outline; a title is 1."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        named = "" if style is None else str(style.get(qn("w:val")))
        while own is None and named in self.styles:
            name = self.styles[named].find(qn("w:name"))
            if name is not None and str(name.get(qn("w:val"))).lower() == "title":
                return 1
            own = self.styles[named].find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            based = self.styles[named].find(qn("w:basedOn"))
            named = "" if based is None else str(based.get(qn("w:val")))
        level = 9 if own is None else int(own.get(qn("w:val"), "9"))
        return min(level + 1, 6) if level < 9 and len(_words(paragraph)) <= HEADING else 0

    def _add(self, line: _Line, level: int = 0) -> None:
        pieces = "".join(line.words).split(BREAK)
        starts = [0]
        for piece in pieces[:-1]:
            starts.append(starts[-1] + len(piece) + 1)
        groups = divide(pieces, self.signs)
        for index, group in enumerate(groups):
            text = " ".join(pieces[place].strip() for place in group)
            end = starts[groups[index + 1][0]] if index + 1 < len(groups) else line.length + 1
            notes = tuple(
                (_offset(at, group, pieces, starts), note) for at, note in line.footnotes if starts[group[0]] <= at < end
            )
            self.gathering.add(Paragraph(text, level=level, footnotes=notes))
        if not groups:
            self.gathering.add(Paragraph("", footnotes=tuple(line.footnotes)))

    def _runs(self, parent: etree._Element, line: _Line) -> list[etree._Element]:
        """The words of a paragraph into `line`; the boxes of text that hang on it."""
        boxes: list[etree._Element] = []
        for child in parent:
            if not isinstance(child.tag, str):
                continue
            name = etree.QName(child).localname
            if child.tag == qn("w:r"):
                self._run(child, line, boxes)
            elif child.tag == f"{ALTERNATE}AlternateContent":
                choice = child.find(f"{ALTERNATE}Choice")
                boxes += self._runs(choice if choice is not None else child, line)
            elif child.tag == MATH_TEXT:
                line.add(child.text or "")
            elif name not in ("pPr", "rPr", "sdtPr", "sdtEndPr", "fldData"):
                boxes += self._runs(child, line)
        return boxes

    def _run(self, run: etree._Element, line: _Line, boxes: list[etree._Element]) -> None:
        if self._has(run, "w:vanish"):
            self.hidden.append(_words(run))
            return
        raised = self._says(run, "w:vertAlign") == "superscript"
        for child in run:
            if not isinstance(child.tag, str):
                continue
            name = etree.QName(child).localname
            if name == "t":
                line.add(child.text or "", raised)
            elif name in ("tab", "ptab"):
                line.add("\t")
            elif name in ("br", "cr"):
                line.add(BREAK)
            elif name == "noBreakHyphen":
                line.add("\u2011")
            elif name == "softHyphen":
                line.add("\u00ad")
            elif name == "sym":
                line.add(self._symbol(child))
            elif name in ("footnoteReference", "endnoteReference"):
                self._hang(child, name, line)
            elif name in ("drawing", "pict", "object"):
                boxes += child.iter(qn("w:txbxContent"))
            elif child.tag == f"{ALTERNATE}AlternateContent":
                choice = child.find(f"{ALTERNATE}Choice")
                boxes += (choice if choice is not None else child).iter(qn("w:txbxContent"))

    def _symbol(self, element: etree._Element) -> str:
        code = int(element.get(qn("w:char"), "0"), 16)
        if 0xF000 <= code <= 0xF0FF:
            found = SYMBOLS.get(code - 0xF000)
            if found is None:
                self.gathering.remarks.append(f"a sign of the font {element.get(qn('w:font'))} (U+{code:04X}) was left out")
            return found or ""
        return chr(code)

    def _hang(self, reference: etree._Element, name: str, line: _Line) -> None:
        note = self.notes.get((name.removesuffix("Reference"), reference.get(qn("w:id")) or ""))
        line.settle()
        if note is None:
            return
        custom = reference.get(qn("w:customMarkFollows")) in ("1", "true")
        if not custom:
            self.marks += 1
        line.footnotes.append((line.length, Footnote("" if custom else str(self.marks), note)))

    def _has(self, run: etree._Element, name: str) -> bool:
        return self._says(run, name) not in ("", *OFF)

    def _says(self, run: etree._Element, name: str) -> str:
        """What the run says of itself, or its style says; "" when neither does."""
        own = run.find(f"{qn('w:rPr')}/{qn(name)}")
        style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        named = "" if style is None else str(style.get(qn("w:val")))
        while own is None and named in self.styles:
            own = self.styles[named].find(f"{qn('w:rPr')}/{qn(name)}")
            based = self.styles[named].find(qn("w:basedOn"))
            named = "" if based is None else str(based.get(qn("w:val")))
        return "" if own is None else str(own.get(qn("w:val"), "1"))

    def _table(self, table: etree._Element) -> None:
        """Row by row; one line a row where its cells are short, otherwise cell by cell."""
        rows = [list(_cells(row)) for row in _rows(table)]
        cells = [cell for row in rows for cell in row]
        wide = [row for row in rows if len(row) > 1]
        short = all(
            len(_words(cell)) <= TABLE_CELL and len(list(cell.iterfind(qn("w:p")))) == 1 and cell.find(qn("w:tbl")) is None
            for cell in cells
        )
        for row in rows:
            if len(wide) > 1 and short:
                self._row(row)
            else:
                for cell in row:
                    self._blocks(cell)

    def _row(self, row: list[etree._Element]) -> None:
        line = _Line(["| "])
        for place, cell in enumerate(row):
            line.add(" | " if place else "")
            paragraph = cell.find(qn("w:p"))
            line.add(self.numbering.label(paragraph))
            self._runs(paragraph, line)
        line.add(" |")
        self._add(line)

    def _notes(self) -> dict[tuple[str, str], str]:
        """The words of footnotes and endnotes, by kind and id."""
        found = {}
        for root in _note_roots(self.document):
            for kind in ("footnote", "endnote"):
                for note in root.iterfind(qn(f"w:{kind}")):
                    if note.get(qn("w:type")) in (None, "normal"):
                        found[kind, note.get(qn("w:id")) or ""] = self._note_words(note)
        return found

    def _note_words(self, note: etree._Element) -> str:
        pieces = []
        for paragraph in note.iter(qn("w:p")):
            line = _Line()
            self._runs(paragraph, line)
            line.settle()
            pieces.append(" ".join("".join(line.words).replace(BREAK, " ").split(" ")).strip())
        return " ".join(piece for piece in pieces if piece)

    def _say_what_is_left_out(self) -> None:
        said = self.gathering.left_out
        if "".join(self.hidden).strip():
            said.append(f"hidden words: {brief(' '.join(self.hidden))!r}")
        comments = len(list(self.document.element.body.iter(qn("w:commentReference"))))
        if comments:
            said.append(f"{comments} comments in the margin")
        for relation in self.document.part.rels.values():
            if relation.reltype in (RT.HEADER, RT.FOOTER) and not relation.is_external:
                words = brief(_words(relation.target_part.element))
                kind = "head" if relation.reltype == RT.HEADER else "foot"
                if words and f"the {kind} of a page: {words!r}" not in said:
                    said.append(f"the {kind} of a page: {words!r}")
        if self.document.element.body.find(f".//{qn('w:pict')}") is not None or self._has_pictures():
            self.gathering.remarks.append("the document holds pictures; what is written in them is not in the text")

    def _has_pictures(self) -> bool:
        return any(relation.reltype == RT.IMAGE for relation in self.document.part.rels.values())


def _numbering(document: Document) -> etree._Element | None:
    for relation in document.part.rels.values():
        if relation.reltype == RT.NUMBERING and not relation.is_external:
            return relation.target_part.element
    return None


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == qn("w:tr"):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml")):
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml")):
            yield from _cells(child)


def _offset(at: int, group: list[int], pieces: list[str], starts: list[int]) -> int:
    """A place in the paragraph's source as one in the text that its pieces make."""
    before = 0
    for place in group:
        piece = pieces[place]
        lead = len(piece) - len(piece.lstrip())
        if at <= starts[place] + len(piece):
            return before + min(max(at - starts[place] - lead, 0), len(piece.strip()))
        before += len(piece.strip()) + 1
    return before
