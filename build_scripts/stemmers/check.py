"""Check the Kazakh stemmer against its word list.

Reads: kazakh-voc.txt, a word a line; kazakh-output.txt, the stem of each, in the same order, as Snowball keeps its own.
Writes: to the screen, each word whose stem is another.

Run as `python -m build_scripts.stemmers.check`, or `python -m stemmers.check` where the folder was taken alone.
"""

import sys
from pathlib import Path

from . import stem

FOLDER = Path(__file__).resolve().parent
LANGUAGES = {"kazakh": "kk"}


def differing() -> list[tuple[str, str, str]]:
    """Word, stem expected, stem found, of every word whose stem is not the expected one."""
    return [
        (word, expected, stem(word, lang))
        for language, lang in LANGUAGES.items()
        for word, expected in pairs(language)
        if stem(word, lang) != expected
    ]


def pairs(language: str) -> list[tuple[str, str]]:
    """The words of a language's list with their stems. Raises ValueError where the two files are not of one length."""
    words, stems = (
        (FOLDER / f"{language}-{name}.txt").read_text(encoding="utf-8").splitlines() for name in ("voc", "output")
    )
    return list(zip(words, stems, strict=True))


def main() -> int:
    """Say how many words were compared, and which differ."""
    wrong = differing()
    for word, expected, found in wrong:
        print(f"{word}: expected {expected}, found {found}")
    count = sum(len(pairs(language)) for language in LANGUAGES)
    print(f"{count} words, {len(wrong)} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
