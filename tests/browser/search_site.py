"""A small site with the search and nothing else: one page of the kind that MkDocs makes, the scripts, the exported index."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jinja2
import yaml

from build_scripts.cite import write_provisions_data
from build_scripts.export import export
from build_scripts.filters import write_filters
from build_scripts.index import Index
from build_scripts.library import Library
from build_scripts.pages.search import search_help
from build_scripts.pages.words import Words
from build_scripts.typed import write_typed_data

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "docs" / "assets"
SCRIPTS = (
    "words", "stemmers/base-stemmer", "stemmers/kazakh-stemmer", "stemmers/english-stemmer", "stemmers/russian-stemmer",
    "stemmers/stem", "analyse", "cite-read", "cite-names", "cite", "search-data",
    "search-grammar", "search-numerals", "search-clauses", "search-places", "search-query", "search-run",
    "search-snippet", "search-suggest", "search-engine", "search-view",
    "search-say", "search-recent", "search-box",
)
STYLES = ("fonts", "tokens", "shell", "text", "search")
PAGE = """<!doctype html><html lang="{lang}" class="js"><head><meta charset="utf-8"><title>search</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script>window.Kelisim = window.Kelisim || {{}}; Kelisim.page = {{root: "../", lang: "{lang}", treaty: "", eid: ""}};</script>
{styles}</head><body class="k-page">
<header class="k-header"><div class="k-header__row"><form class="k-search" role="search" action="search.html">
<input id="k-search-input" name="q" type="search"><div id="k-search-results" hidden></div></form></div></header>
<div class="k-frame"><main class="k-main" id="k-content" tabindex="-1">{body}</main></div>
{scripts}</body></html>"""


def words_of(lang: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for file in sorted((ROOT / "docs" / "interface").glob(f"*.{lang}.yml")):
        words.update(yaml.safe_load(file.read_text("utf-8")) or {})
    return {key: str(value) for key, value in words.items()}


def write_site(site: Path, library: Library, index: Index) -> None:
    """index.html and search.html in each tree, and search-data."""
    template = jinja2.Template((ROOT / "build_scripts" / "templates" / "search.html").read_text("utf-8"))
    styles = "".join(f'<link rel="stylesheet" href="assets/stylesheets/{name}.css">' for name in STYLES)
    for lang in ("kk", "en"):
        tree = site / lang
        shutil.copytree(ASSETS, tree / "assets")
        words = words_of(lang)
        text = f"window.Kelisim = window.Kelisim || {{}}; Kelisim.words = {json.dumps(words, ensure_ascii=False)};"
        (tree / "assets" / "javascripts" / "words.js").write_text(text, "utf-8")
        for name, body, names in (
            ("index", "<h1>Text</h1>", SCRIPTS),
            ("search", template.render(w=words.__getitem__, **search_help(Words(lang, words))), (*SCRIPTS, "search-page")),
        ):
            scripts = "".join(f'<script src="assets/javascripts/{script}.js"></script>' for script in names)
            (tree / f"{name}.html").write_text(PAGE.format(lang=lang, styles=styles, body=body, scripts=scripts), "utf-8")
    export(index, site / "search-data")
    write_filters(index, site / "search-data")
    write_typed_data(site / "search-data" / "citations.js")
    write_provisions_data(library, site / "search-data")
