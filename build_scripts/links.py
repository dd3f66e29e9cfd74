"""Check the links of a finished site.

Reads   the HTML files below a folder
Writes  a Problem for every link or loaded file that leads nowhere, and for every file loaded from outside
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

from .problems import Code, Problems

LOADED = (("script", "src"), ("img", "src"), ("link", "href"), ("iframe", "src"), ("source", "src"))
REL_NOT_LOADED = {"alternate", "canonical", "next", "prev"}


def check_links(site: Path, problems: Problems, ignore: frozenset[str] = frozenset()) -> int:
    """The number of links checked. ignore: files, relative to `site`, that come later."""
    files = ignore | {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = {name: html.fromstring((site / name).read_bytes()) for name in sorted(files) if name.endswith(".html")}
    anchors = {name: {str(e) for e in tree.xpath("//@id | //a/@name")} for name, tree in pages.items()}
    checked = 0
    for name, tree in pages.items():
        for line, address, loaded in _addresses(tree):
            checked += 1
            fault = _fault(name, address, loaded, files, anchors)
            if fault:
                problems.add(
                    Code.PAGE_BROKEN, f"site/{name}", line, f"{address!r} {fault}",
                    "this is a fault of the build; tell the developers which page it is on",
                )
    return checked


def _addresses(tree: html.HtmlElement) -> Iterator[tuple[int, str, bool]]:
    for element in tree.iter("a", "area"):
        if element.get("href") is not None:
            yield element.sourceline or 0, element.get("href"), False
    for tag, attribute in LOADED:
        for element in tree.iter(tag):
            address = element.get(attribute)
            if address is not None:
                rel = set((element.get("rel") or "").split())
                yield element.sourceline or 0, address, not (tag == "link" and rel & REL_NOT_LOADED)


def _fault(page: str, address: str, loaded: bool, files: frozenset[str], anchors: Mapping[str, set[str]]) -> str:
    parts = urlsplit(address)
    if parts.scheme == "data":
        return ""
    if parts.scheme or parts.netloc:
        return "is loaded from outside" if loaded else ""
    if parts.path.startswith("/"):
        return "starts at the root of a server, and so leads nowhere from disk"
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path))) if parts.path else page
    if target not in files:
        return "leads to no file"
    fragment = unquote(parts.fragment)
    if fragment and target in anchors and fragment not in anchors[target] and not fragment.startswith(("q=", "!")):
        return f"leads to a page without the place {fragment!r}"
    return ""
