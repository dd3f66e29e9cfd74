"""How the letters of a text are encoded: recognised when it is sure, refused when it is not."""

import codecs

import pytest

from build_scripts.intake.encoding import decode
from build_scripts.intake.refuse import Refused
from build_scripts.problems import Code

from . import sample

RUSSIAN, KAZAKH, ENGLISH = sample.as_text("ru"), sample.as_text("kk"), sample.as_text("en")


@pytest.mark.parametrize(("text", "lang", "encoding", "found"), [
    (RUSSIAN, "ru", "utf-8", "utf-8"), (RUSSIAN, "ru", "utf-8-sig", "utf-8"), (RUSSIAN, "ru", "utf-16", "utf-16"),
    (RUSSIAN, "ru", "utf-16-le", "utf-16-le"), (RUSSIAN, "ru", "utf-16-be", "utf-16-be"),
    (ENGLISH, "en", "utf-16-le", "utf-16-le"),
    (KAZAKH, "kk", "utf-16-le", "utf-16-le"), (RUSSIAN, "ru", "utf-32", "utf-32"),
    (RUSSIAN, "ru", "cp1251", "cp1251"), (RUSSIAN, "ru", "koi8-r", "koi8_r"), (RUSSIAN, "ru", "cp866", "cp866"),
    (RUSSIAN, "ru", "iso8859-5", "iso8859_5"), (RUSSIAN, "ru", "mac-cyrillic", "mac_cyrillic"),
    (RUSSIAN[:400], "ru", "cp1251", "cp1251"), (RUSSIAN[:400], "ru", "koi8-r", "koi8_r"),
    (KAZAKH, "kk", "kz1048", "kz1048"), (KAZAKH, "kk", "ptcp154", "ptcp154"),
    ("“The Parties” — Article 1", "en", "cp1252", "cp1252"),
])
def test_an_encoding_that_is_sure_is_recognised(text: str, lang: str, encoding: str, found: str) -> None:
    read, name = decode(text.encode(encoding), lang)
    assert read == text
    assert name == found


@pytest.mark.parametrize(("data", "lang"), [
    ("Статья".encode("cp1251"), "ru"),  # six letters say too little
    (bytes(range(128, 256)) * 20, "ru"),
    ("Łódź, żółć, gęś. ".encode("cp1250") * 30, "en"),  # a table that is none of those of English
])
def test_an_encoding_that_is_not_sure_is_refused_with_its_readings(data: bytes, lang: str) -> None:
    with pytest.raises(Refused) as refused:
        decode(data, lang)
    assert refused.value.code is Code.ENCODING_UNSURE
    assert "--encoding" in refused.value.hint


def test_the_editor_can_name_the_encoding() -> None:
    assert decode("Статья".encode("koi8-r"), "ru", "KOI8-R") == ("Статья", "koi8_r")
    for named, data in (("klingon", b"x"), ("utf-8", b"\xff"), ("rot13", b"x"), ("utf-16", b"x")):
        with pytest.raises(Refused) as refused:
            decode(data, "ru", named)
        assert refused.value.code is Code.ENCODING_UNSURE


def test_a_damaged_place_in_utf8_is_named_by_line() -> None:
    data = RUSSIAN.encode().replace("Статья 2".encode(), b"\xd0\xff 2")
    with pytest.raises(Refused) as refused:
        decode(data, "ru")
    assert (refused.value.code, refused.value.line) == (Code.NOT_UTF8, data[: data.index(b"\xff")].count(b"\n") + 1)


def test_letters_that_were_read_wrongly_before_are_refused() -> None:
    wrong = RUSSIAN.encode().decode("latin-1").encode()
    with pytest.raises(Refused) as refused:
        decode(wrong, "ru")
    assert refused.value.code is Code.ENCODING_UNSURE and "original" in refused.value.hint


def test_a_mark_that_does_not_fit_is_a_damaged_file() -> None:
    with pytest.raises(Refused) as refused:
        decode(codecs.BOM_UTF16_LE + b"a\x00b", "en")
    assert refused.value.code is Code.FILE_BROKEN
