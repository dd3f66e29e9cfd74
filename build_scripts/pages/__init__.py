"""The pages of one tree, as Markdown files whose body is one block of HTML.

Reads   a Library, the interface's words (docs/interface), what the walkthroughs and the bundle give
Writes  `<out_dir>/index.md`, `<slug>/index.md`, `<slug>/art_4.md`, instruments, references, terms, about; the files to
        take along beside them

    words  addresses        the interface's words; where a provision stands
    labels tree             how a provision is cited; what all pages draw on
    remarks passage grid    notes and edits; words with links and marks; rows of several languages
    relations               cites, cited by, questions, previews
    article treaty limits home instruments references terms about search quote
    layers flow law walkthrough walkthroughs
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import jinja2
import yaml

from ..library import Library
from ..limits import Limits
from .about import about_page
from .article import article_page, paired_articles
from .home import home_page
from .instruments import instruments_page
from .limits import limits_page
from .quote import quote_page
from .references import references_page
from .search import search_page
from .terms import terms_page
from .treaty import treaty_page
from .tree import OfflineBundle, Page, Tree, Walkthrough
from .words import load_all_words, load_languages

PACKAGE = Path(__file__).resolve().parent.parent
PROJECT = PACKAGE.parent
FORMATS = ("xml", "txt")

__all__ = ["OfflineBundle", "Page", "Tree", "Walkthrough", "make_pages", "page_text", "write_pages"]


def write_pages(
    library: Library, out_dir: Path, lang: str, *, walkthroughs: Iterable[Walkthrough] = (),
    offline_bundle: OfflineBundle | None = None, interface: Path = PROJECT / "docs" / "interface",
    project: Path | None = None, limits: Mapping[str, Limits] | None = None,
) -> list[Path]:
    """Writes every page of the tree `lang` below `out_dir` and returns the files written, in order.

    project: where `treaties/<slug>/<lang>.xml` and `.txt` lie, to be offered beside the pages; without it none are.
    limits: the time limits of treaties, by slug.
    """
    formats = {treaty.slug: _formats(treaty.expressions, project, treaty.slug) for treaty in library.treaties}
    tree = Tree(
        library, lang, load_all_words(interface), load_languages(interface), tuple(walkthroughs), offline_bundle,
        {slug: tuple(file.name for file in files) for slug, files in formats.items()}, limits or {},
    )
    environment = page_environment()
    texts = [(out_dir / page.path, page_text(page, tree, environment)) for page in make_pages(tree)]
    for file, text in texts:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    written = [file for file, _ in texts]
    for slug, files in formats.items():
        for source in files:
            written.append(Path(shutil.copyfile(source, out_dir / slug / source.name)))
    return written


def make_pages(tree: Tree) -> list[Page]:
    """All pages of a tree, nothing written yet."""
    pages = [home_page(tree)]
    for treaty in tree.library.treaties:
        pages.append(treaty_page(tree, treaty))
        pages += [article_page(tree, treaty, parallel) for parallel in paired_articles(tree.columns(treaty))]
        if treaty.slug in tree.limits:
            pages.append(limits_page(tree, treaty, tree.limits[treaty.slug]))
    return pages + [
        instruments_page(tree), references_page(tree), terms_page(tree), about_page(tree), search_page(tree),
        quote_page(tree),
    ]


def page_environment() -> jinja2.Environment:
    """The templates; everything that is not Markup is escaped, and a name that is not there is an error."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(PACKAGE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )


def page_text(page: Page, tree: Tree, environment: jinja2.Environment) -> str:
    """A page as Markdown: front matter, then one block of HTML without an empty line, which Markdown leaves alone."""
    template = environment.get_template(page.template)
    html = template.render(w=tree.words, tree=tree, page=page, **page.data)
    block = re.sub(r"\n\s*\n", "\n", html.strip())
    meta = yaml.safe_dump(dict(page.meta), allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{meta}---\n\n{block}\n"


def _formats(langs: Iterable[str], project: Path | None, slug: str) -> list[Path]:
    if project is None:
        return []
    files = [project / "treaties" / slug / f"{lang}.{ending}" for lang in langs for ending in FORMATS]
    return [file for file in files if file.is_file()]
