"""Each format gives the same words, in the order in which they are read, and the same articles."""

import re
from pathlib import Path

import pytest

from build_scripts.intake.assemble import Assembled, assemble
from build_scripts.intake.breaks import Signs
from build_scripts.intake.html import read_markup
from build_scripts.intake.reading import read
from build_scripts.intake.received import Received
from build_scripts.intake.recognise import Format
from build_scripts.intake.refuse import Refused
from build_scripts.intake.understand import signs, understand
from build_scripts.problems import Code

from . import sample

NONE = Signs(lambda text: False, lambda text: False)


def taken(name: str, data: bytes, lang: str) -> Assembled:
    return assemble([read(Received(name, data), lang, None, False, signs(lang))])


def made(format_: str, lang: str, folder: Path) -> tuple[str, bytes]:
    if format_ == "docx":
        return "a.docx", sample.as_docx(lang)
    if format_ == "pdf":
        return "a.pdf", sample.as_pdf(lang, folder)
    text = {"txt": sample.as_text, "md": sample.as_markdown, "html": sample.as_html}[format_](lang)
    return f"a.{format_}", text.encode("utf-8")


def plain(text: str) -> str:
    """Without the marks of headings and without white space."""
    return "".join(re.sub(r"(?m)^#{1,6} ", "", text).split())


@pytest.mark.parametrize("lang", ["en", "kk"])
@pytest.mark.parametrize("format_", ["txt", "md", "html", "docx", "pdf"])
def test_nothing_is_lost_and_the_articles_are_found(format_: str, lang: str, tmp_path: Path) -> None:
    text = taken(*made(format_, lang, tmp_path), lang)
    assert plain(text.edited) == sample.words(lang)
    articles = understand(text.edited, lang, "x.txt", text.layout).parsed.articles
    assert [article.number for article in articles] == sample.ARTICLES
    assert [article.heading.text for article in articles if article.heading] == [
        heading.partition(". ")[2] for heading, is_heading in sample.paragraphs(lang) if is_heading
    ]


@pytest.mark.parametrize("lang", ["en", "kk", "ru"])
def test_a_printed_treaty_gives_the_paragraphs_it_was_made_of(lang: str, tmp_path: Path) -> None:
    text = taken("a.pdf", sample.as_pdf(lang, tmp_path), lang)
    lines = [line for line in text.edited.split("\n") if line]
    assert lines == [sample.TITLE[lang], *(each for each, _ in sample.paragraphs(lang))]


def test_a_lone_mark_of_a_heading_is_no_letter_of_the_title() -> None:
    files = {"a.md": b"# AGREEMENT\n\nArticle 1\n\nWords.\n", "a.html": b"<h1>AGREEMENT</h1><p>Article 1</p><p>Words.</p>"}
    for name, data in files.items():
        assert taken(name, data, "en").text == "AGREEMENT\n\nArticle 1\n\nWords.\n"


def test_text_and_markdown_with_headings_are_kept_byte_for_byte() -> None:
    for name, text in (("a.txt", sample.as_text("en")), ("a.md", sample.as_markdown("kk"))):
        data = text.replace("\n", "\r\n").encode("utf-8-sig")
        assert taken(name, data, "en" if name == "a.txt" else "kk").data == data


def test_markdown_marks_go_and_typed_numbers_stay() -> None:
    data = (
        b"# AGREEMENT\n\n## Article 1\n\nThe **Parties** agree\\. See [this](x) and H~2~.\n\n"
        b"3. Third\n4. Fourth\n\n7) Seven\n\n1986. was\n"
    )
    text = taken("a.md", data, "en").text
    lines = [line for line in text.split("\n") if line]
    assert lines == [
        "# AGREEMENT", "## Article 1", "The Parties agree. See this and H~2~.", "3. Third", "4. Fourth", "7) Seven", "1986. was",
    ]


@pytest.mark.parametrize(("name", "found"), [("a.md", Format.MARKDOWN), ("a.txt", Format.TEXT), ("a", Format.TEXT)])
def test_text_is_markdown_only_by_its_name(name: str, found: Format) -> None:
    assert read(Received(name, b"Article 1\n\n**x**\n"), "en", None, False, NONE).format is found


@pytest.mark.parametrize(("page", "lines"), [
    # numbers that a browser prints
    ("<ol><li>a<li>b</ol>", ["1. a", "2. b"]),
    ("<ol start=4><li>a<li value=9>b<li>c</ol>", ["4. a", "9. b", "10. c"]),
    ("<ol type=a><li>x<li>y</ol>", ["a. x", "b. y"]),
    ("<ol type=I><li>x<ol style='list-style-type: lower-roman'><li>y</ol><li>z</ol>", ["I. x", "i. y", "II. z"]),
    ("<ol><li>1. typed<li>2. typed</ol>", ["1. typed", "2. typed"]),
    ("<ul><li>x<li>y</ul>", ["x", "y"]),
    # raised figures
    ("<p>Article 67<sup>1</sup>, 129<sup>-1</sup></p>", ["Article 67¹, 129-1"]),
    ("<p>the 1<sup>st</sup> day</p>", ["the 1st day"]),
    # white space: a no-break space and a soft hyphen are text, a new line in the source is not
    ("<p>Article&nbsp;1\n  of</p><p>exam&shy;ple</p>", ["Article\u00a01 of", "exam\u00adple"]),
    # line breaks
    ("<p>AGREEMENT<br>between A and B</p>", ["AGREEMENT between A and B"]),
    ("<p>1. One;<br>2. Two<br>a) three<br><br>Four</p>", ["1. One;", "2. Two", "a) three", "Four"]),
    # tables
    ("<table><tr><td>a<td>1<tr><td>b<td>2</table>", ["| a | 1 |", "| b | 2 |"]),
    ("<table><tr><td><p>FOR A</p><p>Minister</p><td>FOR B</table>", ["FOR A", "Minister", "FOR B"]),
    # what is not shown
    ("<p>x</p><script>y</script><style>z</style><template>t</template><!-- c -->", ["x"]),
    ("text without a frame", ["text without a frame"]),
    ("<div>one<div>two</div>three</div>", ["one", "two", "three"]),
    ("<h3>Heading</h3><p>a &lt; b &amp; c</p>", ["### Heading", "a < b & c"]),
])
def test_a_page_gives_what_a_reader_sees(page: str, lines: list[str]) -> None:
    found = [f"{'#' * each.level} {each.text}" if each.level else each.text for each in read_markup(page, NONE).paragraphs]
    assert found == lines


def test_what_a_page_hides_is_left_out_and_said() -> None:
    extract = read_markup("<nav>Home</nav><p>x</p><p hidden>secret</p><p style='display:none'>more</p>", NONE)
    assert [each.text for each in extract.paragraphs] == ["x"]
    assert [words for words in ("Home", "secret", "more") if words not in " ".join(extract.left_out)] == []


def test_the_main_part_of_a_page_is_taken_and_the_rest_said() -> None:
    extract = read_markup("<header>Site</header><main><p>The whole of the text</p></main><footer>Foot</footer>", NONE)
    assert [each.text for each in extract.paragraphs] == ["The whole of the text"]
    assert "Site" in extract.left_out[0] and "Foot" in extract.left_out[0]


def test_a_page_nested_thousands_of_levels_deep_is_read_to_its_end() -> None:
    page = "<div>" * 1900 + "deep" + "</div>" * 1900 + "<p>end</p>"
    assert [each.text for each in read_markup(page, NONE).paragraphs] == ["deep", "end"]
    with pytest.raises(Refused) as refused:  # and what is too deep is not read in part
        read_markup("<div>" * 5000 + "deep", NONE)
    assert refused.value.code is Code.FILE_TOO_LARGE


def test_several_files_are_joined_in_order() -> None:
    parts = [Received("1.txt", b"Article 1\nOne.\n"), Received("2.html", b"<p>Article 2</p><p>Two.</p>")]
    text = assemble([read(part, "en", None, False, signs("en")) for part in parts])
    assert text.text == "Article 1\nOne.\n\nArticle 2\n\nTwo.\n"
    assert [source.lines for source in text.sources] == [(1, 2), (4, 6)]


def test_markdown_nested_too_deep_is_not_read_in_part() -> None:
    text = taken("a.md", b">" * 40 + b" deep\n\nend\n", "en").text
    assert text.split() == ["deep", "end"]
    with pytest.raises(Refused) as refused:
        taken("a.md", b">" * 300 + b" deep\n\nend\n", "en")
    assert refused.value.code is Code.FILE_TOO_LARGE
