"""Trees of pages made of the project's own treaties, and of one small treaty made by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from build_scripts.library import Library, Treaty, collect_citing
from build_scripts.model import Authority, Conservation, Expression, Kind, Part, Passage, Provision
from build_scripts.pages import Page, Tree, Walkthrough, make_pages, page_text
from build_scripts.pages import page_environment as environment_of
from build_scripts.pages.words import load_all_words, load_languages
from tests.conftest import ROOT, sample_data

INTERFACE = ROOT / "docs" / "interface"


def tree_of(library: Library, lang: str, walkthroughs: tuple[Walkthrough, ...] = ()) -> Tree:
    return Tree(library, lang, load_all_words(INTERFACE), load_languages(INTERFACE), walkthroughs)


def texts_of(tree: Tree) -> dict[str, str]:
    """Every page of a tree as it is written, by path."""
    environment = environment_of()
    return {page.path: page_text(page, tree, environment) for page in make_pages(tree)}


@pytest.fixture(scope="session")
def trees(library: Library) -> dict[str, Tree]:
    return {lang: tree_of(library, lang) for lang in ("kk", "en")}


@pytest.fixture(scope="session")
def pages(trees: dict[str, Tree]) -> dict[str, dict[str, Page]]:
    return {lang: {page.path: page for page in make_pages(tree)} for lang, tree in trees.items()}


@pytest.fixture(scope="session")
def texts(trees: dict[str, Tree]) -> dict[str, dict[str, str]]:
    return {lang: texts_of(tree) for lang, tree in trees.items()}


def text_of(lang: str, *articles: Provision, authority: Authority = Authority.AS_PUBLISHED) -> Expression:
    """An expression of the sample treaty that has only these articles."""
    return Expression(
        "sample", lang, authority, "SAMPLE TREATY", {Part.BODY: articles}, (), (), Conservation(1, 1, 0),
        f"treaties/sample/{lang}.txt", "0" * 64,
    )


def article(number: int, *passages: Passage, heading: str = "", children: tuple[Provision, ...] = ()) -> Provision:
    return Provision(
        f"art_{number}", Kind.ARTICLE, f"Article {number}.", str(number), Passage(heading, (1, 1)) if heading else None,
        passages, children, (1, 1),
    )


@pytest.fixture
def sample_library() -> Callable[..., Library]:
    def make(*expressions: Expression) -> Library:
        treaty = Treaty(sample_data(), {expression.lang: expression for expression in expressions})
        return Library((treaty,), cited_by=collect_citing([treaty]))

    return make
