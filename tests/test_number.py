"""The guarantees of the numbers in eIds, one by one."""

import pytest

from build_scripts.number import follows, normalise


def test_look_alikes_in_a_latin_list() -> None:
    # extradition agreement, article 4(1): а, е, һ and і are Cyrillic, the others Latin
    assert normalise(["а", "b", "c", "d", "е", "f", "g", "һ", "і"]) == list("abcdefghi")


def test_one_cyrillic_c_in_a_latin_list() -> None:
    assert normalise(["a", "b", "с"]) == ["a", "b", "c"]  # article 11(1)


def test_a_cyrillic_list_is_numbered_by_place() -> None:
    assert normalise(["а", "б", "в", "г"]) == ["a", "b", "c", "d"]
    assert normalise(["а", "ә", "б", "в"]) == ["a", "b", "c", "d"]
    assert normalise(["а", "б", "в", "г", "д", "е"]) == list("abcdef")


def test_capital_letters() -> None:
    assert normalise(["A", "B", "С"]) == ["a", "b", "c"]


def test_repeats_keep_their_number() -> None:
    assert normalise(["a", "b", "b"]) == ["a", "b", "b"]
    assert normalise(["а", "б", "б", "в"]) == ["a", "b", "b", "c"]


@pytest.mark.parametrize(("previous", "number"), [
    ("1", "2"), ("12", "12-1"), ("12-1", "12-2"), ("12-3", "13"), ("c", "d"), ("0", "1"),
])
def test_follows(previous: str, number: str) -> None:
    assert follows(previous, number)


@pytest.mark.parametrize(("previous", "number"), [("1", "3"), ("2", "2"), ("2", "1"), ("12", "12-2"), ("c", "e"), ("c", "2")])
def test_does_not_follow(previous: str, number: str) -> None:
    assert not follows(previous, number)
