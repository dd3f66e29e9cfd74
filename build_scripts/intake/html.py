"""Read an HTML page.

Reads   bytes, the language, Signs
Writes  Extract: a paragraph for each block of the page, with the numbers that a browser puts before the items of a list

Scripts, menus and what the page hides are left out, and said. Where a page marks its main part, that part alone is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from ..problems import Code
from .breaks import Signs, divide
from .encoding import decode, decode_utf8_or_wide
from .extract import Extract, Gathering, Paragraph, brief, superscript, table_row
from .received import Received
from .refuse import Refused

BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
])
SILENT = frozenset([
    "script", "style", "template", "head", "iframe", "object", "embed", "svg", "canvas", "audio", "video", "noscript",
    "datalist",
])
MENUS = frozenset(["nav", "button", "select", "textarea"])
HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
STYLED = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
TYPES = {
    "a": "a", "lower-alpha": "a", "lower-latin": "a", "A": "A", "upper-alpha": "A", "upper-latin": "A", "i": "i",
    "lower-roman": "i", "I": "I", "upper-roman": "I", "none": "",
}
TYPED = re.compile(r"^\s*\(?(?:\d{1,4}|[^\W\d_]{1,4})(?:[-.]\d+)*[.)]")
DECLARED = re.compile(rb"""(?is)<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w-]+)""")
SPACE = re.compile(r"[ \t\r\n\f]+")  # what HTML takes for white space; a no-break space is none
BREAK = "\v"
CELL = "\x1f"  # between the cells of a row that is one line
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
HEADING = 300  # characters: what is longer is no heading, whatever the page calls it
PICTURES = "the page holds pictures; what is written in them is not in the text"
TABLE_CELL = 60  # characters: a table with longer cells is layout, and read cell by cell
OWN_NUMBER = "data-printed-number"  # how markdown.py hands over a number that was typed


def read_html(file: Received, lang: str, encoding: str | None, signs: Signs) -> Extract:
    """Raises Refused when the encoding is not sure, or the page holds no words."""
    text, found = _decode(file.data, lang, encoding)
    if "<!ENTITY" in text[:100_000]:
        raise Refused(
            Code.XML_UNSAFE, "the page declares entities: it may ask for other files, or grow without end",
            "ask for the text itself, as DOCX, PDF or plain text",
        )
    extract = read_markup(text, signs)
    return Extract(extract.paragraphs, encoding=found, left_out=extract.left_out, remarks=extract.remarks)


def read_markup(text: str, signs: Signs) -> Extract:
    """The paragraphs of HTML that is decoded."""
    body = _body(text)
    if body is None:
        return Extract()
    gathering = Gathering()
    main = _main(body)
    if main is not body:
        rest = brief(_words_outside(body, main))
        if rest:
            gathering.left_out.append(f"what stands around the main part of the page: {rest!r}")
    _Reader(gathering, signs).read(main)
    return gathering.extract()


def _decode(data: bytes, lang: str, encoding: str | None) -> tuple[str, str]:
    declared = DECLARED.search(data[:4096])
    if encoding is None and declared and not decode_utf8_or_wide(data):
        named = (declared[1] or declared[2]).decode("ascii")
        try:
            return decode(data, lang, named)
        except Refused:
            pass  # a page is often saved in another encoding than it says
    return decode(data, lang, encoding)


def _body(text: str) -> etree._Element | None:
    text = re.sub(r"<\?xml[^>]*\?>", "", text, count=1)
    parser = lxml.html.HTMLParser(huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text, parser=parser)
    except (etree.ParserError, ValueError):
        return None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Refused(
            Code.FILE_TOO_LARGE, "the page is nested deeper than any that a person has written; not all of it can be read",
            "open it in a browser and save it as plain text, or as PDF",
        )
    body = root.find("body")
    return root if body is None else body


def _main(body: etree._Element) -> etree._Element:
    """The main part of the page, when it marks one and most of its words stand there."""
    marked = body.xpath("//main | //*[@role='main']")
    if len(marked) == 1 and len(_visible(marked[0])) * 2 > len(_visible(body)):
        return marked[0]
    return body


def _visible(element: etree._Element) -> str:
    words = element.xpath(
        ".//text()[not(ancestor::script or ancestor::style or ancestor::template or ancestor::head or ancestor::noscript)]"
    )
    return "".join("".join(words).split())


def _words_outside(body: etree._Element, main: etree._Element) -> str:
    inside = set(main.iter())
    words = []
    for element in body.iter():
        if element in inside or element.tag in SILENT or not isinstance(element.tag, str):
            if element is main and element.tail:
                words.append(element.tail)
            continue
        words += [element.text or ""] + ([element.tail or ""] if element is not body else [])
    return " ".join(words)


class _Reader:
    """Walks a page from its beginning to its end, without recursion: pages may be nested thousands of levels deep."""

    def __init__(self, gathering: Gathering, signs: Signs):
        self.gathering = gathering
        self.signs = signs
        self.words: list[str] = []
        self.level = 0
        self.raised: list[int] = []  # where the raised words that are open begin
        self.kept: list[bool] = []  # whether white space is text: inside <pre>
        self.counters: dict[etree._Element, int] = {}
        self.rows: set[etree._Element] = set()  # rows that are one line each

    def read(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if self._is_left_out(element):
                    walk.skip_subtree()
                    self.words.append(" ") if element.tag in BLOCKS else None
                else:
                    self._start(element)
            else:
                if not self._is_left_out(element):
                    self._end(element)
                if element is not root:
                    self._text(element.tail)
        self._flush()

    def _is_left_out(self, element: etree._Element) -> bool:
        if not isinstance(element.tag, str) or element.tag in SILENT:
            return True
        hidden = element.get("hidden") is not None or HIDDEN.search(element.get("style") or "")
        if element.tag in MENUS or hidden:
            words = brief(" ".join(element.itertext()))
            said = f"{'hidden words' if hidden else 'a menu or a button'}: {words!r}"
            if words and said not in self.gathering.left_out:
                self.gathering.left_out.append(said)
            return True
        return False

    def _start(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == "br":
            self.words.append(BREAK)
        elif tag == "img" and PICTURES not in self.gathering.remarks:
            self.gathering.remarks.append(PICTURES)
        elif tag == "sup":
            self.raised.append(len(self.words))
        elif tag in ("td", "th") and element.getparent() in self.rows:
            self.words.append(CELL if element.getprevious() is not None else "")
        elif tag in BLOCKS and not self._is_in_row(element):
            self._flush()
            if tag == "table":
                self._note_rows(element)
            elif tag == "li":
                self.words.append(self._number(element))
            elif tag == "pre":
                self.kept.append(True)
            elif tag in HEADINGS:
                self.level = int(tag[1])
        self._text(element.text)

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == "sup" and self.raised:
            start = self.raised.pop()
            words = "".join(self.words[start:])
            before = "".join(self.words[max(start - 3, 0) : start])
            self.words[start:] = [superscript(words.strip()) if before[-1:].isalnum() else words]
        elif tag in BLOCKS and not self._is_in_row(element):
            if tag == "pre" and self.kept:
                self._flush()
                self.kept.pop()
            self._flush()
            if tag in HEADINGS:
                self.level = 0

    def _is_in_row(self, element: etree._Element) -> bool:
        """Whether it stands in a row that is one line."""
        return bool(self.rows) and any(above in self.rows for above in element.iterancestors())

    def _text(self, words: str | None) -> None:
        if words:
            self.words.append(words.replace("\n", BREAK) if self.kept else SPACE.sub(" ", words))

    def _flush(self) -> None:
        pieces = "".join(self.words).split(BREAK)
        self.words, self.raised = [], []
        for group in divide(pieces, self.signs):
            text = SPACE.sub(" ", " ".join(pieces[place].strip(" ") for place in group))
            if CELL in text:
                text = table_row(text.split(CELL))
            self.gathering.add(Paragraph(text, level=self.level if len(text) <= HEADING else 0))

    def _note_rows(self, table: etree._Element) -> None:
        if table.find(".//table") is not None:
            return
        rows = list(table.iter("tr"))
        cells = [cell for row in rows for cell in row.iterchildren("td", "th")]
        wide = [row for row in rows if len(list(row.iterchildren("td", "th"))) > 1]
        if len(wide) > 1 and all(len(SPACE.sub(" ", cell.text_content()).strip()) <= TABLE_CELL for cell in cells):
            self.rows.update(rows)

    def _number(self, item: etree._Element) -> str:
        """What a browser prints before an item: "3. ", or nothing."""
        if item.get(OWN_NUMBER):
            return f"{item.get(OWN_NUMBER)} "
        above = item.getparent()
        if above is None or above.tag != "ol":
            return ""
        number = _whole(item.get("value"), self.counters.get(above, _whole(above.get("start"), 1)))
        self.counters[above] = number + 1
        style = STYLED.search(item.get("style") or "") or STYLED.search(above.get("style") or "")
        kind = TYPES.get(style[1].lower() if style else above.get("type") or "", "1")
        if not kind:
            return ""
        if TYPED.match(item.text_content()):
            remark = "the items of a list are numbered twice, by the page and in their words; the numbers in the words were taken"
            if remark not in self.gathering.remarks:
                self.gathering.remarks.append(remark)
            return ""
        return f"{_printed(number, kind)}. "


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value) else otherwise


def _printed(number: int, kind: str) -> str:
    if kind == "1" or number < 1:
        return str(number)
    words = letters(number) if kind in "aA" else roman(number)
    return words.upper() if kind in "AI" else words


def letters(number: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    """1 -> a, 26 -> z, 27 -> aa."""
    words = ""
    while number > 0:
        number, place = divmod(number - 1, len(alphabet))
        words = alphabet[place] + words
    return words


def roman(number: int) -> str:
    """4 -> iv. Numbers beyond 3999 are printed as digits."""
    if not 0 < number < 4000:
        return str(number)
    return "".join(_steps(number))


def _steps(number: int) -> Iterator[str]:
    for value, sign in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
        (5, "v"), (4, "iv"), (1, "i"),
    ):
        yield sign * (number // value)
        number %= value
