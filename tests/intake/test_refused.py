"""Files that are not taken in: a clear message for each, exit code 1, and no half-made folder."""

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from build_scripts.cli import main
from build_scripts.intake import limits
from build_scripts.problems import Code

from . import sample

TEXT = sample.as_text("en").encode()


def run(project: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["--project", str(project), "add", *map(str, arguments)])


def listing(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def docx_with(name: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(sample.saved(docx.Document()))) as archive:
        return zipped({part: change(archive.read(part)) if part == name else archive.read(part) for part in archive.namelist()})


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'

REFUSED: dict[str, tuple[str, bytes, Code]] = {
    "an empty file": ("a.txt", b"", Code.FILE_EMPTY),
    "white space alone": ("a.txt", b" \n\t\n", Code.FILE_EMPTY),
    "a page without words": ("a.html", b"<html><body><script>x</script></body></html>", Code.FILE_EMPTY),
    "a NUL": ("a.txt", TEXT.replace(b"Purpose", b"Pur\x00pose"), Code.CONTROL_CHARACTER),
    "a letter that was lost": ("a.txt", TEXT.replace(b"Purpose", "Pur\ufffdpose".encode()), Code.CONTROL_CHARACTER),
    "control characters without end": ("a.txt", b"\x01\x02" * 50_000, Code.CONTROL_CHARACTER),
    "an unsure encoding": ("a.txt", b"Article 1\n\n\x80\x81\x8d\x8f\x90\x9d\xa0\xad", Code.ENCODING_UNSURE),
    "UTF-8 that is damaged": ("a.txt", "é".encode() * 60 + b"\xff", Code.NOT_UTF8),
    "a picture": ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(100), Code.NO_TEXT),
    "a picture that is called a text": ("a.txt", b"\xff\xd8\xff\xe0" + bytes(100), Code.NO_TEXT),
    "an old Word file": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Code.FORMAT_UNKNOWN),
    "a Word file with a password": (
        "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        Code.PASSWORD_PROTECTED,
    ),
    "RTF": ("a.rtf", b"{\\rtf1 Article 1}", Code.FORMAT_UNKNOWN),
    "an archive": ("a.zip", zipped({"a.txt": TEXT}), Code.FORMAT_UNKNOWN),
    "gzip": ("a.gz", b"\x1f\x8b" + bytes(50), Code.FORMAT_UNKNOWN),
    "a table": ("a.xlsx", zipped({"xl/workbook.xml": b"<x/>"}), Code.FORMAT_UNKNOWN),
    "a damaged DOCX": ("a.docx", sample.saved(docx.Document())[:3000], Code.FILE_BROKEN),
    "a DOCX without a document": ("a.docx", zipped({"word/document.xml": b"<x/>"}), Code.FILE_BROKEN),
    "a ZIP bomb": ("a.docx", zipped({"word/document.xml": bytes(300_000_000)}), Code.FILE_TOO_LARGE),
    "a smaller ZIP bomb": ("a.docx", zipped({"word/document.xml": bytes(30_000_000)}), Code.FILE_TOO_LARGE),
    "entities in a DOCX": (
        "a.docx", docx_with("word/document.xml", lambda data: ENTITY + data.partition(b"?>")[2]), Code.XML_UNSAFE,
    ),
    "entities late in a DOCX": (
        "a.docx",
        docx_with("word/styles.xml", lambda data: b"<!--" + b"x" * 9000 + b"-->" + ENTITY[21:] + data.partition(b"?>")[2]),
        Code.XML_UNSAFE,
    ),
    "XML with an external entity": ("a.xml", ENTITY + b"<x>&secret;</x>", Code.XML_UNSAFE),
    "XML whose entities grow": ("a.xml", BOMB, Code.XML_UNSAFE),
    "a page with an entity": (
        "a.html", b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>Article 1 &x;</p></body></html>',
        Code.XML_UNSAFE,
    ),
    "XML": ("a.xml", b"<?xml version='1.0'?><akomaNtoso/>", Code.FORMAT_UNKNOWN),
    "a damaged PDF": ("a.pdf", b"%PDF-1.7\nnothing", Code.FILE_BROKEN),
    "a PDF with a password": ("a.pdf", (Path(__file__).parent / "files" / "password.pdf").read_bytes(), Code.PASSWORD_PROTECTED),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_is_not_taken_in(case: str, project: Path) -> None:
    name, data, code = REFUSED[case]
    file = project / name
    file.write_bytes(data)
    before = listing(project)
    result = run(project, file, "--slug", "a-b-weather-2021", "--lang", "en")
    assert result.exit_code == 1, result.output
    assert f": {code.value}: " in result.output and "hint: " in result.output and "Traceback" not in result.output
    assert str(file) in result.output
    assert listing(project) == before


@pytest.mark.parametrize(("slug", "lang", "code"), [
    ("../x", "en", Code.SLUG_WRONG), ("a/b", "en", Code.SLUG_WRONG), ("/tmp/x", "en", Code.SLUG_WRONG),
    ("..", "en", Code.SLUG_WRONG),
    ("", "en", Code.SLUG_WRONG), ("A-B", "en", Code.SLUG_WRONG), ("шарт", "en", Code.SLUG_WRONG), ("a--b", "en", Code.SLUG_WRONG),
    ("a b", "en", Code.SLUG_WRONG), ("a" * 81, "en", Code.SLUG_WRONG), ("con", "en", Code.SLUG_WRONG),
    ("a\n", "en", Code.SLUG_WRONG),
    ("assets", "en", Code.SLUG_WRONG), ("a-b", "xx", Code.LANGUAGE_UNKNOWN), ("a-b", "../en", Code.LANGUAGE_UNKNOWN),
    ("a-b", "EN", Code.LANGUAGE_UNKNOWN), ("kz-jo-extradition-2017", "en", Code.ALREADY_THERE),
])
def test_a_name_or_a_language_that_is_not_taken(slug: str, lang: str, code: Code, project: Path) -> None:
    file = project / "a.txt"
    file.write_bytes(TEXT)
    before = listing(project.parent)
    result = run(project, file, "--slug", slug, "--lang", lang)
    assert result.exit_code == 1 and code.value in result.output and "Traceback" not in result.output, result.output
    assert listing(project.parent) == before


def test_a_folder_a_missing_file_a_pipe_and_a_file_that_may_not_be_read(project: Path) -> None:
    (project / "folder").mkdir()
    cases = [(project / "folder", Code.FILE_UNREADABLE), (project / "missing.txt", Code.FILE_MISSING)]
    if hasattr(os, "mkfifo"):
        os.mkfifo(project / "pipe")
        cases.append((project / "pipe", Code.FILE_UNREADABLE))
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        (project / "locked.txt").write_bytes(TEXT)
        (project / "locked.txt").chmod(0)
        cases.append((project / "locked.txt", Code.FILE_UNREADABLE))
    result = run(project, *(path for path, _ in cases), "--slug", "a-b", "--lang", "en")
    assert result.exit_code == 1
    for path, code in cases:  # all of them in one run
        assert f"{path}: {code.value}: " in result.output
    assert not (project / "treaties" / "a-b").exists()


def test_a_file_of_200_megabytes_is_refused_unread(project: Path) -> None:
    file = project / "large.txt"
    with file.open("wb") as stream:
        stream.truncate(200_000_000)
    result = run(project, file, "--slug", "a-b", "--lang", "en")
    assert result.exit_code == 1
    assert "200 MB" in result.output and limits.megabytes(limits.FILE) in result.output


def test_a_size_that_lies_is_found(project: Path) -> None:
    """A DOCX whose list of contents says that a part is small, though it is not."""
    data = zipped({"word/document.xml": bytes(60_000_000)})
    small = data.replace(struct.pack("<I", 60_000_000), struct.pack("<I", 1000))
    (project / "a.docx").write_bytes(small)
    result = run(project, project / "a.docx", "--slug", "a-b", "--lang", "en")
    assert result.exit_code == 1 and "Traceback" not in result.output


def test_a_name_that_says_another_format_is_said_and_read(project: Path) -> None:
    for name, data in (("page.txt", sample.as_html("en").encode()), ("word.pdf", sample.as_docx("en")), ("text.docx", TEXT)):
        (project / name).write_bytes(data)
        result = run(project, project / name, "--lang", "en", "--dry-run")
        assert result.exit_code == 0, result.output
        assert "whatever its name says" in result.output and "Articles found: 4" in result.output


def test_control_characters_are_named_by_line_and_can_be_taken_out(project: Path) -> None:
    file = project / "a.txt"
    file.write_bytes(TEXT.replace(b"Purpose", b"Pur\x00pose\x07"))
    line = TEXT[: TEXT.index(b"Purpose")].count(b"\n") + 1
    result = run(project, file, "--slug", "a-b", "--lang", "en")
    assert f"{file}:{line}: control-character: U+0000" in result.output and "U+0007" in result.output
    result = run(project, file, "--slug", "a-b", "--lang", "en", "--without-control-characters")
    assert result.exit_code == 0, result.output
    folder = project / "treaties" / "a-b"
    assert (folder / "en.txt").read_bytes() == TEXT
    assert (folder / "received" / "en.txt").read_bytes() == file.read_bytes()
    assert "U+0000 (1), U+0007 (1)" in (folder / "treaty.yml").read_text(encoding="utf-8")


def test_control_characters_are_named_in_the_file_they_stand_in(project: Path) -> None:
    (project / "1.txt").write_bytes(b"Article 1\n\nWords.\n")
    (project / "2.txt").write_bytes(b"Article 2\n\nWo\x01rds.\n")
    result = run(project, project / "1.txt", project / "2.txt", "--slug", "a-b", "--lang", "en")
    assert f"{project / '2.txt'}:3: control-character: U+0001 in column 3" in result.output


def test_the_same_file_twice(project: Path) -> None:
    (project / "a.txt").write_bytes(TEXT)
    (project / "b.txt").write_bytes(TEXT)
    result = run(project, project / "a.txt", project / "b.txt", "--slug", "a-b", "--lang", "en")
    assert result.exit_code == 1 and "b.txt: already-there" in result.output


def test_a_disk_that_cannot_be_written(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "a.txt").write_bytes(TEXT)

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    result = run(project, project / "a.txt", "--slug", "a-b", "--lang", "en")
    assert result.exit_code == 1 and "No space left" in result.output
    assert not (project / "treaties" / "a-b").exists() and not list((project / "build").iterdir())
