"""The guarantees of numbers as headings print them, one by one; and their order."""

import pytest

from build_scripts.number import between, follows, is_first
from build_scripts.numeral import flattened, in_words, read_numbers, roman_value

WORDS = {"twenty": 20, "eight": 8, "first": 1, "thirty": 30, "hundred": 100, "and": 0}


@pytest.mark.parametrize(("printed", "readings"), [
    ("12", ("12",)), ("١٢", ("12",)), ("IX", ("9",)), ("XIV", ("14",)), ("Х", ("10", "x")),  # the last is Cyrillic
    ("TWENTY-EIGHT", ("28",)), ("thirty first", ("31",)), ("(5)", ("5",)), ("№ 7", ("7",)),
    ("129-1", ("129-1",)), ("129‐1", ("129-1",)), ("32.1", ("32-1",)), ("67¹", ("67-1",)), ("12A", ("12a",)), ("2А", ("2a",)),
    ("12 bis", ("12-bis",)), ("8BIS.2", ("8-bis-2",)), ("140 (A)", ("140a",)), ("4-A", ("4a",)),
    ("D-03", ("d-3", "500-3")), ("IV-1", ("4-1",)), ("V.1", ("5-1", "v-1")),
    ("C", ("c", "100")), ("I", ("1", "i")), ("A", ("a",)), ("Б", ("b",)), ("l", ("l", "50", "1")), ("Il", ("2",)),
    ("", ()), ("word", ()), ("IIX", ()), ("...", ()),
])
def test_readings(printed: str, readings: tuple[str, ...]) -> None:
    assert read_numbers(printed, WORDS) == readings


def test_flattened() -> None:
    assert flattened("671") == ("67-1", "67", "6")
    assert flattened("2410") == ("241-0", "241", "24")
    assert flattened("7") == flattened("67-1") == ()


def test_number_words_are_added_and_none_is_said_twice() -> None:
    assert in_words("twenty and eight", WORDS) == 28
    assert in_words("first eight", WORDS) == 0
    assert in_words("twenty thirty", WORDS) == 0
    assert in_words("twenty men", WORDS) == 0


@pytest.mark.parametrize(("text", "value"), [
    ("i", 1), ("iv", 4), ("xl", 40), ("mcmxcix", 1999), ("iiii", 4), ("vx", 0), ("", 0), ("abc", 0),
])
def test_roman(text: str, value: int) -> None:
    assert roman_value(text) == value


@pytest.mark.parametrize(("previous", "number"), [
    ("1-1", "1-2"), ("1-9", "2-1"), ("c-18", "d-1"), ("b-1", "c-0"), ("12", "12a"), ("12a", "12b"), ("12a", "13"),
    ("12", "12-bis"),
    ("12-bis", "12-ter"), ("89-6", "90"), ("z", "aa"), ("8-bis-1", "8-bis-2"),
])
def test_follows(previous: str, number: str) -> None:
    assert follows(previous, number)


@pytest.mark.parametrize(("previous", "number"), [
    ("12", "13-1"), ("12", "12-2"), ("1-1", "1-3"), ("1-9", "2-2"), ("c-1", "4-1"), ("12-bis", "12-bis"), ("9", "9"),
    ("12-1", "14"),
])
def test_does_not_follow(previous: str, number: str) -> None:
    assert not follows(previous, number)


def test_what_a_row_begins_with() -> None:
    assert [number for number in ("1", "a", "1-1", "a-1", "1-0", "2", "b", "2-1", "12", "1-2") if is_first(number)] == [
        "1", "a", "1-1", "a-1", "1-0",
    ]


def test_the_one_number_that_is_lost() -> None:
    assert between("3", "5") == "4"
    assert between("", "1-2") == "1-1"
    assert between("1-9", "1-11") == "1-10"
    assert between("3", "6") == between("3", "4") == between("3", "") == ""
