"""Where a provision stands in the site, and how one page leads to another.

Paths are relative to the tree of a language (`site/kk/`), with forward slashes.
"""

from __future__ import annotations

import posixpath

from ..model import Target

INSTRUMENTS = "instruments.html"


def unit_of(eid: str) -> str:
    """The article that `eid` belongs to ("art_4", "annex_1__art_2"), or "" when it stands outside the articles."""
    segments = eid.split("__")
    for place in range(len(segments), 0, -1):
        if segments[place - 1].startswith("art_"):
            return "__".join(segments[:place])
    return ""


def named_unit(eid: str) -> str:
    """The unit that a lawyer would name for `eid`: the list, for its opening and closing words."""
    return eid.removesuffix("__intro").removesuffix("__wrapup")


def page_of(treaty: str, eid: str) -> str:
    """The page that shows the provision: its article's, or the treaty's for all that stands around the articles."""
    return f"{treaty}/{unit_of(eid) or 'index'}.html"


def address_of(treaty: str, eid: str) -> str:
    """The permalink of a provision; of the treaty when `eid` is ""."""
    return page_of(treaty, eid) + (f"#{eid}" if eid else "")


def limits_page(treaty: str) -> str:
    """The page of a treaty's time limits."""
    return f"{treaty}/time-limits.html"


def limit_anchor(name: str) -> str:
    """Where a time limit stands on that page. A date never looks so: "arrest=2027-03-01"."""
    return f"limit-{name}"


def address(target: Target) -> str:
    """The address of what a reference leads to."""
    if target.instrument and not target.treaty:
        return f"{INSTRUMENTS}#{target.instrument}"
    return address_of(target.treaty, target.eid)


def relative(page: str, to: str) -> str:
    """The link on `page` that leads to the address `to`; on the page itself only its fragment."""
    path, mark, fragment = to.partition("#")
    if path == page and mark:
        return mark + fragment
    return posixpath.relpath(path, posixpath.dirname(page) or ".") + mark + fragment


def walkthrough_page(treaty: str, name: str) -> str:
    """The page of a walkthrough."""
    return f"{treaty}/walkthrough-{name}.html"


def walkthroughs_page(treaty: str) -> str:
    """The page that lists the walkthroughs of a treaty, with the provisions they rest on."""
    return f"{treaty}/walkthroughs.html"
