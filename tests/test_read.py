"""Bytes to lines: encoding, checksum, control characters, edits."""

from build_scripts.describe import Edit
from build_scripts.problems import Code, Problems
from build_scripts.read import decode, edit_lines


def codes(problems: Problems) -> list[tuple[Code, int]]:
    return [(problem.code, problem.line) for problem in problems]


def test_text_that_is_not_utf8_names_the_line() -> None:
    problems = Problems()
    assert decode("Article 1\nбап\n".encode("cp1251"), "x.txt", None, problems) is None
    assert codes(problems) == [(Code.NOT_UTF8, 2)]


def test_every_control_character_is_reported() -> None:
    problems = Problems()
    assert decode(b"Article 1\nBefore\x00 end.\x1a\n", "x.txt", None, problems) is None
    assert codes(problems) == [(Code.CONTROL_CHARACTER, 2), (Code.CONTROL_CHARACTER, 2)]
    assert [problem.message.split()[0] for problem in problems] == ["U+0000", "U+001A"]


def test_a_lost_character_is_reported() -> None:
    problems = Problems()
    decode("a \ufffd b".encode(), "x.txt", None, problems)
    assert codes(problems) == [(Code.CONTROL_CHARACTER, 1)]


def test_white_space_of_any_kind_is_text() -> None:
    problems = Problems()
    assert decode("\ufeffa\tb\u00a0c\x0cd\u2028e".encode(), "x.txt", None, problems) == "a\tb\u00a0c\x0cd\u2028e"
    assert not list(problems)


def test_checksum() -> None:
    problems = Problems()
    # printf 'abc' | sha256sum
    right = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert decode(b"abc", "x.txt", right, problems) == "abc"
    assert not list(problems)
    decode(b"abd", "x.txt", right, problems)
    assert codes(problems) == [(Code.CHECKSUM_WRONG, 0)]


def edit(line: int, quote: str, replacement: str) -> tuple[Edit, int]:
    return Edit(lang="kk", line=line, quote=quote, replacement=replacement, reason={"en": "x"}), 7


def test_edits_change_their_line_only_and_are_marked() -> None:
    problems = Problems()
    lines, made = edit_lines("1-БАПБЕРУ\n1-БАПБЕРУ", [edit(2, "1-БАПБЕРУ", "1-БАП БЕРУ")], "x.txt", "edits.yml", problems)
    assert [line.text for line in lines] == ["1-БАПБЕРУ", "1-БАП БЕРУ"]
    assert [mark.at for mark in lines[1].marks] == [10]
    assert (made[0].line, made[0].quote) == (2, "1-БАПБЕРУ")


def test_two_edits_of_one_line_keep_their_places() -> None:
    lines, _ = edit_lines("ab cd", [edit(1, "cd", "c d"), edit(1, "ab", "a b")], "x.txt", "edits.yml", Problems())
    assert lines[0].text == "a b c d"
    assert [mark.at for mark in lines[0].marks] == [3, 7]


def test_edit_that_no_longer_matches_says_where_the_words_are() -> None:
    problems = Problems()
    edit_lines("a\nb\nc", [edit(1, "b", "B")], "x.txt", "edits.yml", problems)
    assert codes(problems) == [(Code.EDIT_NOT_FOUND, 7)]
    assert "it stands on line 2" in list(problems)[0].message


def test_edit_found_twice() -> None:
    problems = Problems()
    lines, made = edit_lines("b b", [edit(1, "b", "B")], "x.txt", "edits.yml", problems)
    assert codes(problems) == [(Code.EDIT_AMBIGUOUS, 7)]
    assert (lines[0].text, made) == ("b b", ())


def test_edit_of_a_line_that_is_not_there() -> None:
    problems = Problems()
    edit_lines("a", [edit(9, "a", "b")], "x.txt", "edits.yml", problems)
    assert codes(problems) == [(Code.EDIT_NOT_FOUND, 7)]
