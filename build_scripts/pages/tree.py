"""What every page of one tree is made from.

Reads   a Library, the interface's words, the languages, and what other parts of the build give to the pages
Writes  Tree; Page, which is one file to be written
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from babel import Locale

from ..library import Library, Treaty
from ..limits import Limits
from ..model import Expression
from .words import Language, Words


@dataclass(frozen=True)
class Walkthrough:
    """A walkthrough, as pages show it, in the language of the tree.

    url: relative to the tree; nodes: for each provision (eId) the questions that rest on it, as (label, url); side: whom it
    is for.
    """

    treaty: str
    question: str
    url: str
    nodes: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    side: str = ""


@dataclass(frozen=True)
class OfflineBundle:
    """The site as one file. url: relative to the tree; size in megabytes and SHA-256 where they are known."""

    url: str
    size: str | None = None  # as the page says it: "12.3"
    sha256: str | None = None


@dataclass(frozen=True)
class Tree:
    """One tree of the site: all that its pages draw on."""

    library: Library
    lang: str
    all_words: Mapping[str, Words]  # of every language of the reader, for citations in all of them
    languages: Mapping[str, Language]
    walkthroughs: tuple[Walkthrough, ...] = ()
    bundle: OfflineBundle | None = None
    formats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # slug -> file names to take along
    limits: Mapping[str, Limits] = field(default_factory=dict)  # slug -> its time limits, where they are written down

    @property
    def words(self) -> Words:
        return self.all_words[self.lang]

    @property
    def dir(self) -> str:
        return self.languages[self.lang].dir

    def columns(self, treaty: Treaty) -> tuple[Expression, ...]:
        """The texts of a treaty, the reader's language first, the others in the order of languages.yml."""
        order = [self.lang] + [lang for lang in self.languages if lang != self.lang]
        return tuple(treaty.expressions[lang] for lang in order if lang in treaty.expressions)

    def name(self, lang: str) -> str:
        """The name of a language in the reader's: ours, or for a language in which no text can be held, the CLDR's."""
        if lang in self.languages:
            return self.languages[lang].names[self.lang]
        name = str(Locale(self.lang).languages.get(lang, lang))
        return name.removesuffix(self.words("page.language-suffix"))


@dataclass(frozen=True)
class Link:
    label: str
    href: str


@dataclass(frozen=True)
class Page:
    """One page: where it goes (`art_4.md`), its front matter, its template and what that shows."""

    path: str
    meta: Mapping[str, Any]
    template: str
    data: Mapping[str, Any]

    @property
    def url(self) -> str:
        return self.path.removesuffix(".md") + ".html"


def breadcrumb(tree: Tree, key: str) -> list[dict[str, str]]:
    """From the first page of the tree to a page named by the words of `key`."""
    return [{"label": tree.words("page.home"), "url": "index.html"}, {"label": tree.words(key)}]
