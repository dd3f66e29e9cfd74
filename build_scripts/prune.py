"""Take out of a finished tree what MkDocs and Material add and no page of ours loads.

Reads   a tree written by MkDocs (`site/kk/`)
Writes  the same tree without Material's scripts, search workers and source maps, MkDocs' site map and 404 page (their
        content depends on an address and a date), and without the outside addresses in the comments of Material's CSS
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

UNUSED = (
    "404.html",
    "sitemap.xml",
    "sitemap.xml.gz",
    "search",
    "assets/images/favicon.png",
    "assets/javascripts/bundle.*.min.js",
    "assets/javascripts/lunr",
    "assets/javascripts/workers",
    "assets/stylesheets/palette.*.min.css",
    "assets/**/*.map",
)
COMMENT = re.compile(r"/\*.*?\*/|(?:<|\\3c )!--.*?-->", re.DOTALL)  # of the sheet, and of the pictures in it


def prune(tree: Path) -> list[str]:
    """Remove from `tree` what is not used; returns what was removed, relative to it, in order."""
    removed = []
    for pattern in UNUSED:
        for path in sorted(tree.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
            removed.append(path.relative_to(tree).as_posix())
    for sheet in sorted(tree.glob("assets/stylesheets/main.*.min.css")):
        text = sheet.read_text(encoding="utf-8")
        sheet.write_text(COMMENT.sub("", text), encoding="utf-8", newline="\n")
    return removed
