"""What provisions a treaty has: the tree that citations are looked up in.

Reads   the expressions of a treaty (the provisions of all its languages together)
Writes  an outline, one short string a treaty, which the browser reads too; and from it a tree of nodes

An outline is one word a provision, in the order of the text: ">" for each level, the kind's letter, the number; a ")"
when the number is printed with one (only at paragraphs), "~" when its list is in Cyrillic order, "=" and the eId when
it cannot be made from the parent's. `a4 >p1 >>b >>oa` is art_4, art_4__para_1, …__intro, …__point_a. What stands around
the articles comes last, by its eId alone: `u=done_at`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from .model import ATTACHED, Expression, Kind, Part, Provision
from .unnumbered import key_of

ROOT = ""
PREAMBLE = "preamble"
ASIDE = "aside"  # what stands around the articles; its number is its eId
LETTERS = {
    "a": "art",
    "p": "para",
    "o": "point",
    "i": "indent",
    "s": "subpara",
    "b": "intro",
    "e": "wrapup",
    "r": "rec",
    "w": PREAMBLE,
    "u": ASIDE,
}
WITHOUT_NUMBER = (PREAMBLE, "intro", "wrapup")
CODES = {kind: letter for letter, kind in LETTERS.items()}
KINDS = {
    Kind.ARTICLE: "art",
    Kind.PARAGRAPH: "para",
    Kind.POINT: "point",
    Kind.INDENT: "indent",
    Kind.SUBPARAGRAPH: "subpara",
    Kind.RECITAL: "rec",
    Kind.INTRO: "intro",
    Kind.WRAPUP: "wrapup",
}
LOOKALIKES = frozenset("аесһіорхуёјѕ")  # Cyrillic letters that a Latin list may hold


@dataclass(eq=False)
class Node:
    """A provision that can be cited, or the root of a treaty. kind: as in eIds. By the time it is given out it is final."""

    eid: str = ROOT
    kind: str = ROOT
    number: str = ""
    bracket: bool = False  # printed as 1)
    cyrillic: bool = False  # its list is in Cyrillic order
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    by_number: dict[tuple[str, str], Node] = field(default_factory=dict)

    def add(self, node: Node) -> None:
        node.parent = self
        self.children.append(node)
        self.by_number.setdefault((node.kind, node.number), node)

    @property
    def depth(self) -> int:
        return 0 if self.parent is None else self.parent.depth + 1

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


def tree_of(expressions: Collection[Expression]) -> Node:
    """The provisions of all expressions of a treaty in one tree, in the order of the first; the others fill gaps."""
    root = Node()
    known: dict[str, Node] = {ROOT: root}
    for expression in expressions:
        preamble = [p for top in expression.parts.get(Part.PREAMBLE, ()) for p in top.walk()]
        if preamble and not root.by_number.get((PREAMBLE, "")):
            root.add(Node(preamble[0].eid, PREAMBLE))
        for provision in preamble:
            if provision.kind is Kind.RECITAL:
                _place(provision, root.by_number[PREAMBLE, ""], known)
        for top in expression.parts.get(Part.BODY, ()):
            _gather(top, root, known)
    for expression in expressions:
        for provision in expression.walk():
            if provision.eid not in known and key_of(provision.eid)[0]:
                known[provision.eid] = Node(provision.eid, ASIDE, provision.eid)
                root.add(known[provision.eid])
    return root


def _gather(provision: Provision, parent: Node, known: dict[str, Node]) -> None:
    """Add a provision and what is below it; what cannot be cited by a number is passed through. Annexes have numbers of
    their own."""
    if provision.kind in ATTACHED:
        return
    node = _place(provision, parent, known) if provision.kind in KINDS else parent
    for child in provision.children:
        _gather(child, node, known)
    if any(child.kind is Kind.POINT and _is_cyrillic(child.num) for child in provision.children):
        node.cyrillic = True


def _place(provision: Provision, parent: Node, known: dict[str, Node]) -> Node:
    node = known.get(provision.eid)
    if node is None:
        kind = KINDS[provision.kind]
        number = "" if kind in WITHOUT_NUMBER else provision.eid.rpartition("__")[2].rpartition("_")[2]
        node = known[provision.eid] = Node(provision.eid, kind, number)
        parent.add(node)
    if provision.kind is Kind.PARAGRAPH and provision.num.rstrip(" .").endswith(")"):
        node.bracket = True
    return node


def _is_cyrillic(num: str) -> bool:
    """Whether a printed number holds a letter that only a list in Cyrillic order has."""
    return any("а" <= letter <= "я" and letter not in LOOKALIKES for letter in num.lower())


def outline_of(root: Node) -> str:
    """A tree as one string. `tree_from(outline_of(root))` is the same tree."""
    words = []
    for node in root.walk():
        if node is root:
            continue
        marks = ")" * node.bracket + "~" * node.cyrillic
        eid = "" if node.eid == _derived(node) else f"={node.eid}"
        number = "" if node.kind == ASIDE else node.number
        words.append(">" * (node.depth - 1) + CODES[node.kind] + number + marks + eid)
    return " ".join(words)


def tree_from(outline: str) -> Node:
    """The tree that an outline says."""
    root = Node()
    path = [root]
    for word in outline.split(" ") if outline else ():
        body = word.lstrip(">")
        depth = len(word) - len(body)
        body, _, eid = body.partition("=")
        number = body[1:].rstrip("~").rstrip(")") if body[0] != CODES[ASIDE] else eid
        node = Node("", LETTERS[body[0]], number, ")" in body, "~" in body)
        del path[depth + 1 :]
        path[-1].add(node)
        node.eid = eid or _derived(node)
        path.append(node)
    return root


def _derived(node: Node) -> str:
    if node.kind == PREAMBLE:
        return PREAMBLE
    start = node.parent.eid + "__" if node.parent and node.parent.kind not in (ROOT, PREAMBLE) else ""
    start = "preamble__" if node.kind == "rec" else start
    return start + node.kind + ("" if node.kind in WITHOUT_NUMBER else f"_{node.number}")
