"""How treaty texts are laid out, one data file a language; what stands there stands with its examples, which are tests.

Reads   forms/<lang>.yml
Writes  Forms: how each unit is announced and numbered, number words, compiled patterns of the clauses around the articles
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..tables import read_table

HERE = Path(__file__).parent
# letters that look alike: a word of two scripts is read in the script of its language
LATIN, CYRILLIC = "aceopxyhiktmb", "асеорхуһіктмв"
SCRIPTS = {"latin": str.maketrans(CYRILLIC, LATIN), "cyrillic": str.maketrans(LATIN, CYRILLIC), "arabic": {}}
EVERYWHERE = str.maketrans("أإآٱىةґё‐‑‒–—−٠١٢٣٤٥٦٧٨٩", "اااايهге------0123456789")
SILENT = "\u00ad\u200b-\u200f\u2060\ufeff\u0640\u064b-\u0652\u0301"  # soft hyphens, marks of direction, vowel signs, accents
ROMAN = "ivxlcdmіхсⅰ-ⅿ"


@dataclass(frozen=True)
class Unit:
    """How one unit is announced. unnumbered: it may have no number; of: words in small letters that may follow the number."""

    name: str
    unnumbered: bool = False
    of: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Forms:
    """What is known of one language. The patterns are searched in one logical paragraph, white space as single spaces;
    `after`, `before`, `bare` in folded words, the others in the words as they are."""

    lang: str
    akn_language: str  # three letters, ISO 639-2/T
    script: Mapping[int, int]
    order: tuple[str, ...]  # names of the units, the largest first
    words: Mapping[str, Unit]  # by the folded word, without white space and silent characters
    numerals: Mapping[str, int]
    continues: frozenset[str]  # words after a number that go on with a sentence
    leads_on: frozenset[str]  # words that no sentence and no heading ends with
    after: re.Pattern[str]  # groups word, number: "Article 12"
    before: re.Pattern[str] | None  # groups number, word: "12-бап"
    within: re.Pattern[str]  # where in a paragraph any of the words begins, with its number before it or after it
    nearly: re.Pattern[str]  # groups word, number, or first, last: a line that is one word and a number
    bare: re.Pattern[str] | None  # groups number, word: "ANNEX", "Келісімге 1-қосымша"
    titles: re.Pattern[str]
    enclosing_citation: re.Pattern[str]
    enclosing_formula: re.Pattern[str]
    enclosing_signature: re.Pattern[str]
    editorial_note: re.Pattern[str]
    entry_into_force: re.Pattern[str]
    preamble_formula: re.Pattern[str]
    testimonium: re.Pattern[str]
    done_at: re.Pattern[str]
    language_clause: re.Pattern[str]
    signature: re.Pattern[str]
    certification: re.Pattern[str]

    def fold(self, text: str) -> str:
        """`text` in small letters, letters that look alike as the script of the language has them; as long as `text`."""
        return fold(text, self.script)

    def unit(self, word: str) -> Unit:
        """The unit that a folded word, as one of the patterns found it, announces."""
        return self.words[_joined(word)]


SIDES = {"after": (False,), "before": (True,), "either": (False, True)}
CLAUSES = (
    "titles",
    "enclosing_citation",
    "enclosing_formula",
    "enclosing_signature",
    "editorial_note",
    "entry_into_force",
    "preamble_formula",
    "testimonium",
    "done_at",
    "language_clause",
    "signature",
    "certification",
)


def fold(text: str, script: Mapping[int, int]) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):  # İ becomes two characters
        lowered = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    return lowered.translate(EVERYWHERE).translate(script)


def languages() -> tuple[str, ...]:
    """The languages whose texts can be parsed, two letters each."""
    return tuple(sorted(path.stem for path in HERE.glob("*.yml") if len(path.stem) == 2))


def load_data(lang: str) -> dict[str, Any]:
    """forms/<lang>.yml as it is. Raises FileNotFoundError when there is none."""
    return read_table(HERE / f"{lang}.yml")


@cache
def forms(lang: str) -> Forms:
    """The forms of `lang`. Raises FileNotFoundError when there are none."""
    data = load_data(lang)
    script = SCRIPTS[data["script"]]
    numerals = {_squeeze(fold(str(word), script)): value for value, words in data["numerals"].items() for word in words}
    words: dict[str, Unit] = {}
    spellings: dict[bool, list[str]] = {True: [], False: []}
    bare: list[str] = []
    for name, unit in data["units"].items():
        sides = {word: unit.get("number", "after") for word in unit["words"]} | unit.get("also", {})
        for word, side in sides.items():
            folded = fold(word, script)
            spelling = _spelled(folded)
            words[_joined(folded)] = Unit(
                name,
                unit.get("unnumbered", False),
                frozenset(fold(str(each), script) for each in unit.get("of", ())),
            )
            for is_before in SIDES[side]:
                spellings[is_before].append(spelling)
            if unit.get("unnumbered"):
                bare.append(spelling)
    number = _number(numerals)
    patterns = {name: re.compile(data[name]["pattern"], re.VERBOSE | re.IGNORECASE) for name in CLAUSES}
    return Forms(
        lang=lang,
        akn_language=str(data["akn_language"]),
        script=script,
        order=tuple(data["units"]),
        words=words,
        numerals=numerals,
        continues=frozenset(fold(str(each), script) for each in data["continues"]),
        leads_on=frozenset(fold(str(each), script) for each in data["leads_on"]),
        after=_after(spellings[False], number),
        before=_before(spellings[True], number),
        within=_within(spellings, number),
        nearly=_nearly(bool(spellings[True])),
        bare=_bare(bare, [fold(str(each), script) for each in data.get("led_by", ())], number),
        **patterns,
    )


def _joined(word: str) -> str:
    return re.sub(rf"[\s{SILENT}]", "", word)


def _squeeze(words: str) -> str:
    return " ".join(words.replace("-", " ").split())


def _spelled(word: str) -> str:
    """A pattern for the word with soft hyphens and the like in it, or with its letters set apart (C H A P T E R)."""
    gap = f"[{SILENT}]{{0,2}}"
    letters = [re.escape(letter) if letter != " " else r"\s{1,2}" for letter in word]
    plain = gap.join(letters)
    apart = r"\s".join(letters) if len(word) > 3 and " " not in word else ""
    return f"{plain}|{apart}" if apart else plain


def _alternatives(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _number(numerals: Mapping[str, int]) -> str:
    said = _alternatives([re.escape(word).replace(r"\ ", r"[\s-]{1,2}") for word in numerals])
    later = r"(?:[\s-]?(?:bis|ter|quater|quinquies|sexies)(?!\w)(?:\.\d{1,3})?)"
    return (
        rf"(?:(?:{said})(?:[\s-]{{1,3}}(?:{said})){{0,4}}"
        rf"|\d{{1,4}}(?:[-.]\d{{1,3}}(?!\d))*[⁰¹²³⁴-⁹]*(?:{later}|-?[^\W\d_](?!\w)|\s?\([^\W\d_]\)(?=\s*$))?"
        rf"|[^\W\d_][-.]?\d{{1,3}}(?:[-.]\d{{1,3}}(?!\d))?"
        rf"|[{ROMAN}]{{1,9}}(?:[-.]\d{{1,3}}|{later})?"
        r"|[^\W\d_])"
    )


LEAD = 200  # characters at most before the word: "Үкіметтің … қаулысына қосымша"
ORNAMENT = r"[\[*_|\s]{0,4}"


def _after(words: list[str], number: str) -> re.Pattern[str]:
    return re.compile(
        rf"{ORNAMENT}(?P<word>{_alternatives(words) or '(?!)'})"
        r"(?P<gap>[\s.:]{0,3}(?:-{1,2}\s?)?(?:(?:№|n[°ºo]\.?|nr\.?|num\.|رقم)\s?)?\(?)"
        rf"(?P<number>{number})(?!\w)"
    )


def _before(words: list[str], number: str) -> re.Pattern[str] | None:
    if not words:
        return None
    return re.compile(rf"{ORNAMENT}(?:№\s?)?(?P<number>{number})(?P<gap>\)?\s?[-.]?\s?)(?P<word>{_alternatives(words)})")


def _within(spellings: Mapping[bool, list[str]], number: str) -> re.Pattern[str]:
    after = rf"(?:{_alternatives(spellings[False])})[\s.:]{{0,3}}(?:-\s?)?{number}(?!\w)" if spellings[False] else "(?!)"
    before = rf"{number}\)?\s?[-.]?\s?(?:{_alternatives(spellings[True])})(?!\w)" if spellings[True] else "(?!)"
    return re.compile(rf"(?<!\w)(?:{before}|{after})")


def _nearly(is_before: bool) -> re.Pattern[str]:
    number = rf"\d{{1,4}}(?:[-.]\d{{1,3}})*|[{ROMAN}]{{1,8}}"
    before = rf"(?P<first>{number})[\s.-]{{1,3}}(?P<last>[^\W\d_]{{3,14}})" if is_before else "(?P<first>(?!))(?P<last>)"
    return re.compile(rf"[\W_]{{0,4}}(?:{before}|(?P<word>[^\W\d_]{{3,14}})(?:[\s.:-]{{1,4}}(?P<number>{number}))?)[\W_]{{0,4}}")


def _bare(words: list[str], endings: list[str], number: str) -> re.Pattern[str] | None:
    """The words of annexes without a number; where the number stands before the word, with one and what leads to it."""
    if not words:
        return None
    led = (
        rf"(?:[^.;:]{{0,{LEAD}}}\w(?:{_alternatives(endings)})\s)?(?:№\s?)?(?:(?P<number>{number})[-\s.]{{1,2}})?"
        if endings
        else ""
    )
    return re.compile(rf"{ORNAMENT}{led or '(?P<number>(?!))?'}(?P<word>{_alternatives(words)})(?!\w)")
