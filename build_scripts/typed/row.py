"""The tokens of a query in a row, and looking about in it. A place may lie outside the row: there is nothing there."""

from __future__ import annotations

from .words import Token, classes_of

NOTHING = Token("", "", False)


class Row:
    """Tokens with the classes that each word has, and whether a name or a date has taken them."""

    def __init__(self, tokens: list[Token]):
        self.tokens = tokens
        self.classes = [classes_of(token.text) if token.kind == "word" else [] for token in tokens]
        self.taken = [False] * len(tokens)

    def token(self, at: int) -> Token:
        return self.tokens[at] if 0 <= at < len(self.tokens) else NOTHING

    def classes_at(self, at: int) -> list[str]:
        return self.classes[at] if 0 <= at < len(self.tokens) else []

    def is_free(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and not self.taken[at]

    def past(self, at: int, *marks: str) -> int:
        """The place after one of these marks, when one stands here; else this place."""
        return at + 1 if self.token(at).text in marks else at

    def back(self, at: int) -> int:
        """The place before a point, a dash or a bracket, when one stands here; else this place."""
        return at - 1 if self.token(at).text in (".", "-", "(") else at

    def is_single(self, at: int) -> bool:
        return self.token(at).kind == "word" and len(self.token(at).text) == 1

    def text_of(self, start: int, end: int) -> str:
        return "".join((" " if token.space else "") + token.text for token in self.tokens[start:end]).strip()
