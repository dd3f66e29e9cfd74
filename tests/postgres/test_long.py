"""Provisions longer than a tsvector has room for lose no hit."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import pytest

from build_scripts.describe import TreatyData
from build_scripts.index import EXACT, HEADING, TEXT, TREATY, And, Index, Leaf, Node, Or, Within, build_index
from build_scripts.library import Library, Treaty
from build_scripts.model import Authority, Conservation, Expression, Kind, Part, Passage, Provision
from build_scripts.postgres import PostgresIndex, write_index
from tests.conftest import sample_data

from .conftest import Database, statement
from .test_equal import assert_found_the_same

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def coined(number: int) -> str:
    """A word of its own for each number, long enough to fill a tsvector soon; no stemmer cuts it."""
    signs = ""
    for _ in range(5):
        number, sign = divmod(number, 26)
        signs += LETTERS[sign]
    return f"zq{signs}xqzxqzxqzxqzxq"


TEXTS = {
    # 20,000 words: positions above 16383
    "far": " ".join(["alpha", *(coined(number % 300) for number in range(20_000)), "gamma delta omega co-operation beta"]),
    # a word 300 times, the phrase only after the 255th
    "often": " ".join(["gamma alpha"] * 300 + ["gamma delta"]),
    # more different words than fit into 1 MB
    "many": " ".join(["gamma", *(coined(number) for number in range(40_000)), "delta alpha alpha beta's"]),
    # and some that are short
    "short": "alpha beta gamma delta",
    "other": "delta gamma alpha, co-operation beta",
    "none": "omega",
}


def library_of(texts: dict[str, str]) -> Library:
    """Treaties of one article each, with the heading "Gamma"."""
    return Library(tuple(treaty(slug, text) for slug, text in texts.items()))


def treaty(slug: str, text: str) -> Treaty:
    article = Provision(
        "art_1", Kind.ARTICLE, "Article 1", "1", heading=Passage("Gamma", (1, 1)), passages=(Passage(text, (1, 1)),)
    )
    data: TreatyData = sample_data(slug=slug)
    expression = Expression(
        slug, "en", Authority.AUTHENTIC, slug, {Part.BODY: (article,)}, (), (), Conservation(0, 0, 0), f"{slug}/en.txt", ""
    )
    return Treaty(data, {"en": expression})


@pytest.fixture(scope="module")
def long_whoosh() -> Index:
    return build_index(library_of(TEXTS))


@pytest.fixture(scope="module", params=["one server", "two servers"])
def long_postgres(request: pytest.FixtureRequest, database: Database) -> Iterator[PostgresIndex]:
    url = database()
    write_index(library_of(TEXTS), url, [] if request.param == "one server" else [database(1)])
    index = PostgresIndex(url)
    yield index
    index.close()


def slugs(index: PostgresIndex, node: Node) -> list[str]:
    part = index.parts["en"]
    return [part.document(doc).treaty for doc, _ in part.find(node)]


def test_the_texts_are_as_long_as_they_should_be(database: Database) -> None:
    url = database()
    write_index(library_of(TEXTS), url)
    (token,), = statement(url, "SELECT value FROM kelisim.state WHERE key = 'token'")
    rows = statement(url, f"SELECT treaty, words::text = '''*''', places IS NULL FROM kelisim_{token}.provisions ORDER BY doc")
    assert rows == [
        ("far", False, False), ("often", False, False), ("many", True, False),
        ("short", False, True), ("other", False, True), ("none", False, True),
    ]


@pytest.mark.parametrize(("words", "expected"), [
    (("alpha",), ["far", "often", "many", "short", "other"]),
    (("gamma", "delta"), ["far", "often", "short"]),
    (("delta", "omega"), ["far"]),
    (("gamma", "delta", "omega"), ["far"]),
    (("alpha", "alpha"), ["many"]),
    (("gamma", "alpha"), ["often", "other"]),
    (("oper", "beta"), ["far", "other"]),
    (("cooper", "oper"), ["far", "other"]),  # the whole word stands at its first part
    (("delta", "cooper"), []),
    ((coined(39_999), "delta"), ["many"]),
    ((coined(0), coined(1)), ["far", "many"]),
    ((coined(299), coined(0)), ["far"]),
    ((coined(1), coined(0)), []),
])
def test_words_and_phrases_of_long_provisions(long_postgres: PostgresIndex, words: tuple[str, ...], expected: list[str]) -> None:
    assert slugs(long_postgres, Leaf(TEXT, words)) == expected
    everything = set(TEXTS)
    assert set(slugs(long_postgres, And((), (Leaf(TEXT, words),)))) == everything - set(expected)


def test_each_phrase_scores_as_in_whoosh(long_postgres: PostgresIndex, long_whoosh: Index) -> None:
    words = ["alpha", "gamma", "delta", "oper", "cooper", coined(0), coined(1)]
    source = random.Random(9)
    found = 0
    for one in words:
        for other in words:
            found += assert_found_the_same(Leaf(TEXT, (one, other), 0.5), long_postgres, long_whoosh, "en", [])
    for _ in range(30):
        found += assert_found_the_same(tree(source, words, 2), long_postgres, long_whoosh, "en", [Leaf(TEXT, ("delta", "gamma"))])
    assert found > 40


def tree(source: random.Random, words: Sequence[str], depth: int) -> Node:
    kind = source.choice(["word", "phrase", "exact", "place", *(["and", "or", "or"] if depth else [])])
    if kind == "word":
        return Leaf(source.choice([TEXT, HEADING]), (source.choice(words),))
    if kind == "exact":
        return Leaf(EXACT, (source.choice(["alpha", "cooperation", "beta's", "gamma"]),), 0.4)
    if kind == "phrase":
        return Leaf(TEXT, tuple(source.choices(words, k=source.choice([2, 2, 3]))))
    if kind == "place":
        return Within(TREATY, tuple(source.sample(list(TEXTS), 3)))
    parts = tuple(tree(source, words, depth - 1) for _ in range(source.randrange(1, 4)))
    without = tuple(tree(source, words, depth - 1) for _ in range(source.choice([0, 1])))
    return And(parts, without) if kind == "and" else Or(parts)
