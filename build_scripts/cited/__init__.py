"""Find the citations in a text.

Reads   a text, the forms of its language
Writes  Citation: where it stands, the provisions it names, whether they are another instrument's

    scan      text -> tokens
    atoms     tokens -> numbers and letters
    naming                the name of the instrument beside a citation, in English and Russian
    leading   trailing    tokens -> drafts of citations: English and Russian, Kazakh
    belong    drafts -> citations: what each takes from those before and after it

Every step goes over the text once, and looks no more than a few tokens back or ahead: the work grows with the length of
the text and no faster.
"""

from __future__ import annotations

from ..citations import ReferenceForms
from .belong import settle
from .leading import Leading
from .model import PRECEDING, THIS, Citation, Path, Step
from .scan import scan
from .trailing import Trailing

__all__ = ["PRECEDING", "THIS", "Citation", "Path", "Step", "find"]


def find(text: str, forms: ReferenceForms) -> list[Citation]:
    """The citations of provisions in `text`, in order. Places are in code points."""
    tokens = scan(text, forms)
    reader = Leading(tokens, forms) if forms.unit_first else Trailing(tokens, forms)
    return settle(reader.drafts(), tokens, forms)
