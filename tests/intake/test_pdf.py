"""PDF: reading order, what belongs to the page, words that the end of a line cuts. The pages are drawn here, letter by letter."""

import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from build_scripts.intake.assemble import assemble
from build_scripts.intake.breaks import Signs
from build_scripts.intake.columns import Line, read_page
from build_scripts.intake.extract import Paragraph
from build_scripts.intake.glyphs import Page, Run, _in_order, _Letter
from build_scripts.intake.pages import furniture
from build_scripts.intake.pdf import read_pdf
from build_scripts.intake.reading import read
from build_scripts.intake.received import Received
from build_scripts.intake.refuse import Refused
from build_scripts.intake.understand import signs
from build_scripts.problems import Code

from . import sample

NONE = Signs(lambda text: False, lambda text: False)
WIDTH = 5.5  # of a letter, in points


def pdf(*pages: str) -> bytes:
    """A PDF of pages that are content streams. Fonts: /F1 is Helvetica."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    kids = []
    for page in pages:
        stream = page.encode("cp1252")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return data + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))


def at(x: float, y: float, text: str, size: float = 10) -> str:
    return f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"


def column(x: float, y: float, lines: Sequence[str], step: float = 12) -> str:
    return "".join(at(x, y - step * place, line) for place, line in enumerate(lines))


def paragraphs(data: bytes) -> list[Paragraph]:
    return list(read_pdf(Received("a.pdf", data), NONE).paragraphs)


def texts(data: bytes) -> list[str]:
    return [each.text for each in paragraphs(data)]


LEFT = [
    "The left column begins here and", "goes on for some lines, each of", "them as long as the column is,", "until it ends here.",
]
RIGHT = [
    "The right column is read after", "the left, though its lines stand", "beside those of the left column",
    "all the way down to this place.",
]


def test_two_columns_are_read_one_after_the_other() -> None:
    title = at(60, 560, "A TITLE THAT STANDS ACROSS BOTH OF THE COLUMNS BELOW IT", 11)
    data = pdf(title + column(30, 530, LEFT) + column(210, 530, RIGHT))
    assert texts(data)[1:] == [" ".join(LEFT), " ".join(RIGHT)]


def test_columns_are_told_even_when_the_file_goes_line_by_line() -> None:
    stream = "".join(at(30, 530 - 12 * n, LEFT[n]) + at(210, 530 - 12 * n, RIGHT[n]) for n in range(4))
    assert texts(pdf(stream)) == [" ".join(LEFT), " ".join(RIGHT)]


def test_a_table_is_read_row_by_row() -> None:
    rows = [("Tariff", "Rate", "Year"), ("Wheat", "5 %", "1999"), ("Barley", "7 %", "2000"), ("Rye", "9 %", "2001")]
    stream = "".join(
        at(x, 500 - 14 * place, cell) for place, row in enumerate(rows) for x, cell in zip((40, 150, 260), row)
    )
    assert "\n".join(texts(pdf(stream))).split() == [word for row in rows for cell in row for word in cell.split()]


def test_signatures_beside_each_other_are_read_one_after_the_other() -> None:
    first, second = (["For the Government of", f"the Republic of {name}"] for name in "AB")
    stream = column(30, 200, first) + column(220, 200, second)
    assert " ".join(texts(pdf(stream))) == "For the Government of the Republic of A For the Government of the Republic of B"


def test_paragraphs_begin_with_an_indent_or_after_a_short_line_or_after_white() -> None:
    lines = [
        (42, "This first paragraph begins with an indent and it goes on over"),
        (30, "a second line which is as long as the first, and then it ends."),
        (42, "Another begins with an indent, though the line above was full,"), (30, "and ends early."),
        (30, "A third has no indent, but the line above it had room for its"),
        (30, "first word, so that it must be one of its own and no other one."),
    ]
    stream = "".join(at(x, 500 - 12 * place, text) for place, (x, text) in enumerate(lines)) + at(30, 400, "After much white.")
    assert [text[:8] for text in texts(pdf(stream))] == ["This fir", "Another ", "A third ", "After mu"]


def test_raised_figures() -> None:
    stream = at(30, 500, "Article 67") + at(71.7, 504, "1", 6) + at(85, 500, "of the treaty, which has more words")
    assert texts(pdf(stream)) == ["Article 67¹ of the treaty, which has more words"]


def page(number: int, body: Sequence[str], head: str = "Weather Gazette") -> str:
    return at(150, 580, head, 8) + column(30, 540, body) + at(195, 20, f"- {number} -", 8)


BODY = [
    [
        "Article 1 is long enough to fill the first line of this page and",
        "the second, and it goes on over the turn of the page, where the",
    ],
    ["words go on as they should. 12", "12", "A line that is a number and no more stays when it is no page's."],
    ["The third page has its own words, which are as long as the", "others, and it ends the text."],
]


def test_page_numbers_and_running_heads_are_marked_and_the_paragraph_goes_on() -> None:
    found = paragraphs(pdf(*(page(number + 5, body) for number, body in enumerate(BODY))))
    marked = [(each.text, each.furniture) for each in found if each.furniture]
    assert sorted(marked) == sorted(
        [("Weather Gazette", "running-head")] * 3 + [(f"- {number} -", "page-number") for number in (5, 6, 7)]
    )
    rest = " ".join(each.text for each in found if not each.furniture)
    assert rest == " ".join(line for body in BODY for line in body)
    assert any("where the words go on" in each.text for each in found)


def test_they_are_taken_out_by_declared_edits_and_stay_in_the_text() -> None:
    data = pdf(*(page(number + 5, body) for number, body in enumerate(BODY)))
    text = assemble([read(Received("a.pdf", data), "en", None, False, signs("en"))])
    assert text.text.count("Weather Gazette") == 3 and "- 6 -" in text.text
    assert "Weather" not in text.edited and "- 6 -" not in text.edited
    lines = text.text.split("\n")
    for each in text.corrections:
        assert lines[each.line - 1].count(each.quote) == 1


def numbered(text: str, y: float) -> Line:
    return Line(text, 30, 30 + WIDTH * len(text), y, 10, 30, 370)


@pytest.mark.parametrize(("feet", "kinds"), [
    (["1", "2", "3"], ["page-number"] * 3), (["12", "13"], ["page-number"] * 2),
    (["Page 4 of 9", "Page 5 of 9"], ["page-number"] * 2),
    (["iv", "v"], ["page-number"] * 2), (["1-бет", "2-бет"], ["page-number"] * 2), (["1/3", "2/3", "3/3"], ["page-number"] * 3),
    (["1999", "2001", "1987"], [""] * 3),  # numbers that do not count with the pages
    (["7"], [""]),  # one page says nothing
])
def test_a_page_number_counts_with_the_pages(feet: list[str], kinds: list[str]) -> None:
    pages = [
        [numbered("words of the text", 500), numbered(f"words of page {n}, which differ", 400 - n), numbered(foot, 20)]
        for n, foot in enumerate(feet)
    ]
    assert [kinds_of[-1] for kinds_of in furniture(pages)] == kinds


def test_headings_of_articles_that_stand_at_the_head_of_pages_are_no_running_heads() -> None:
    bodies = [[f"Article {number}", f"The Parties do what they do under number {number} of it."] for number in (5, 11, 19, 23)]
    data = pdf(*(page(number + 1, body) for number, body in enumerate(bodies)))
    found = read_pdf(Received("a.pdf", data), signs("en")).paragraphs
    assert [each.text for each in found if each.text.startswith("Article") and not each.furniture] == [
        "Article 5", "Article 11", "Article 19", "Article 23",
    ]


def test_where_no_line_cuts_a_word_a_hyphen_is_one_of_the_word() -> None:
    lines = ["The Parties and the self-", "governing bodies of the", *["act as they have agreed to act"] * 20]
    text = assemble([read(Received("a.pdf", pdf(column(30, 560, lines))), "en", None, False, signs("en"))])
    assert [(each.quote, each.replacement, each.sure) for each in text.corrections] == [
        ("self- governing", "self-governing", False),
    ]


def letters(words: str, right: float, y: float, start: int, turned: bool) -> list[_Letter]:
    """A word from right to left, each letter six points wide, in the file as it is read or turned round."""
    placed = [_Letter(letter, right - 6 * (n + 1), right - 6 * n, y, 12, False, start + n) for n, letter in enumerate(words)]
    return placed[::-1] if turned else placed


def test_words_from_right_to_left_are_read_by_where_their_letters_stand() -> None:
    """A file may hold one word as it is read and the next as it is seen; a number runs from left to right in any case."""
    article, one, other = "المادة", "جميع", "الناس"
    number = [_Letter("1", 250, 256, 500, 12, True), _Letter("2", 256, 262, 500, 12, False)]
    found = [
        *letters(article, 300, 500, 0, True), *number, *letters(one, 300, 480, 20, False), *letters(other, 270, 480, 40, True),
    ]
    placed = _in_order([replace(letter, index=place) for place, letter in enumerate(found)])
    words = "".join((" " if letter.space else "") + letter.text for letter in placed)
    assert words == f"{article} 12{one} {other}"


def test_a_printed_text_from_right_to_left(tmp_path: Path) -> None:
    lines = ["المادة 1", "يولد جميع الناس في الكرامة والحقوق", "المادة 2", "لكل إنسان حق في الحياة"]
    page = '<html lang=ar dir=rtl><meta charset=utf-8><body>' + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"
    found = read_pdf(Received("a.pdf", sample.printed(page, tmp_path).read_bytes()), signs("ar"))
    assert [each.text for each in found.paragraphs] == lines


CUT = [
    "The Parties exchange obser-", "vations of the weather, and the", "observations are sent by the co-",
    "operation office. A co-operation",
    "of this kind is well-", "known. The Nur-", "Sultan office, with its unique-", "ness, ends it in this way here.",
]


def test_words_that_the_end_of_a_line_cuts() -> None:
    text = assemble([read(Received("a.pdf", pdf(column(30, 500, CUT))), "en", None, False, signs("en"))])
    made = {each.quote: (each.replacement, each.sure) for each in text.corrections}
    assert made["obser- vations"] == ("observations", True)  # as the text writes it elsewhere
    assert made["co- operation"] == ("co-operation", True)
    assert made["Nur- Sultan"] == ("Nur-Sultan", True)  # a capital
    assert made["unique- ness"] == ("uniqueness", False)  # nothing shows which: the report says that it is not sure
    assert "- " not in text.edited


def test_lines_and_columns_hold_every_run_once() -> None:
    runs = tuple(Run(f"w{n}", 30 + 37 * (n % 9), 60 + 37 * (n % 9), 500 - 13 * (n // 9), 10, n) for n in range(90))
    lines = read_page(Page(400, 600, runs, False))
    assert sorted(word for line in lines for word in line.text.split()) == sorted(run.text for run in runs)


def test_a_printed_treaty_of_several_pages(tmp_path: Path) -> None:
    text = assemble([read(Received("a.pdf", sample.as_pdf("en", tmp_path)), "en", None, False, signs("en"))])
    assert "".join(text.edited.split()) == sample.words("en")
    reasons = [each.reason for each in text.corrections]
    assert reasons.count("page-number") >= 2 and reasons.count("running-head") >= 2


def test_a_pdf_that_grows_without_end_when_it_is_unpacked_is_refused() -> None:
    stream = zlib.compress(b" " * 40_000_000, 9)
    with pytest.raises(Refused) as refused:
        read_pdf(Received("a.pdf", b"%PDF-1.4\n1 0 obj<</Filter/FlateDecode>>stream\n" + stream + b"\nendstream endobj"), NONE)
    assert refused.value.code is Code.FILE_TOO_LARGE


def test_a_scan_a_damaged_file_and_one_with_a_password_are_refused() -> None:
    picture = "q 400 0 0 600 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"
    good = pdf(at(30, 500, "x"))
    for data, code in (
        (pdf(picture), Code.NO_TEXT), (pdf(""), Code.NO_TEXT), (b"%PDF-1.4\n garbage", Code.FILE_BROKEN),
        ((Path(__file__).parent / "files" / "password.pdf").read_bytes(), Code.PASSWORD_PROTECTED),
    ):
        with pytest.raises(Refused) as refused:
            read_pdf(Received("a.pdf", data), NONE)
        assert refused.value.code is code, data[:60]
    assert [each.text for each in read_pdf(Received("a.pdf", good), NONE).paragraphs] == ["x"]
