"""Find out how the letters of a text file are encoded.

Reads   bytes, the language of the text, the encoding the editor or the file itself names
Writes  the text, and the name of the encoding; when it is not sure, the file is Refused with what it might be

UTF-16 is told by its bytes, UTF-8 by being right; then the older tables of the language are tried (alphabets.yml). One of
those is only taken when it gives letters of the language alone, and no other table gives other words nearly as well.
"""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from charset_normalizer import from_bytes

from ..problems import Code
from ..tables import read_table
from .extract import brief
from .refuse import Refused

MARKS = {
    codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
NAMES = {"cp1251": "windows-1251", "koi8_r": "KOI8-R", "koi8_u": "KOI8-U", "cp1252": "windows-1252", "cp1256": "windows-1256"}
COHERENT = 0.35  # of charset-normalizer: how far the letters are those that a language uses most
MARGIN = 0.12  # how much less coherent a second reading must be
SAMPLE = 200_000  # bytes that are looked at
TYPOGRAPHIC = frozenset("“”‘’«»„–—…§№©®°·•\u00a0\u00ad€")


@dataclass(frozen=True)
class _Alphabet:
    letters: frozenset[str]
    tables: tuple[str, ...]

    @property
    def is_latin(self) -> bool:
        return "à" in self.letters


@cache
def _alphabet(lang: str) -> _Alphabet:
    data = read_table(Path(__file__).parent / "alphabets.yml")
    own = data.get(lang, data["en"])
    return _Alphabet(frozenset(own["letters"] + own["letters"].upper()), tuple(own["tables"]))


def name_of(encoding: str) -> str:
    return NAMES.get(encoding, encoding.replace("_", "-"))


def decode(data: bytes, lang: str, named: str | None = None) -> tuple[str, str]:
    """The text and its encoding as Python names it. named: what the editor says it is. Raises Refused."""
    if named is not None:
        return _as_named(data, named)
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return _marked(data, encoding)
    wide = _wide(data)
    if wide:
        return _marked(data, wide)
    try:
        return _not_mistaken(data.decode("utf-8"), lang), "utf-8"
    except UnicodeDecodeError as fault:
        if _is_mostly_utf8(data):
            line = data[: fault.start].count(b"\n") + 1
            raise Refused(
                Code.NOT_UTF8, f"byte {fault.start} (0x{data[fault.start]:02x}) is not UTF-8, as the rest of the file is",
                "look up the place in the original: a character was lost or damaged there", line,
            ) from None
    return _older(data, lang)


def decode_utf8_or_wide(data: bytes) -> bool:
    """Whether the bytes say themselves how they are encoded: by a mark, or by being UTF-16."""
    return any(data.startswith(mark) for mark in MARKS) or bool(_wide(data))


def _as_named(data: bytes, named: str) -> tuple[str, str]:
    try:
        encoding = codecs.lookup(named).name.replace("-", "_")
        return data.decode(encoding).removeprefix("\ufeff"), encoding.replace("utf_8", "utf-8")
    except LookupError:
        raise Refused(
            Code.ENCODING_UNSURE, f"no encoding is called {named!r}", "examples: utf-8, utf-16, windows-1251, koi8-r, kz1048"
        ) from None
    except (UnicodeDecodeError, AttributeError, TypeError) as fault:
        at = getattr(fault, "start", 0)
        raise Refused(
            Code.ENCODING_UNSURE, f"the file is not {named}: byte {at} does not fit", "leave --encoding out, or name another",
            data[:at].count(b"\n") + 1,
        ) from None


def _marked(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding).removeprefix("\ufeff"), encoding
    except UnicodeDecodeError as fault:
        raise Refused(
            Code.FILE_BROKEN, f"the file says that it is {encoding.upper()}, but byte {fault.start} does not fit",
            "ask for it again: it was cut off or changed on the way",
        ) from None


def _wide(data: bytes) -> str:
    """"utf-16-le" or "utf-16-be" when every second byte is nearly always one of few, as it is in no other text."""
    sample = data[: min(len(data), SAMPLE) // 2 * 2]
    for encoding, high, low in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        zeros = high.count(0)
        few = zeros + high.count(4) + high.count(5) + high.count(6) + high.count(0x20)
        if len(high) > 1 and few >= 0.95 * len(high) and zeros >= 0.02 * len(high) and low.count(0) < 0.05 * len(low):
            return encoding
    return ""


def _is_mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    right = sum(1 for character in text[:SAMPLE] if ord(character) > 127 and character != "\ufffd")
    return right >= 20 and lost * 50 <= right


def _not_mistaken(text: str, lang: str) -> str:
    """The text, unless somebody has already read it with the wrong table and saved what he saw ("Ð¡Ñ‚Ð°Ñ‚ÑŒÑ")."""
    sample = text[:SAMPLE]
    letters = sum(1 for character in sample if character.isalpha())
    strange = sum(1 for character in sample if "\u00c0" <= character <= "\u00ff")
    if not _alphabet(lang).is_latin and letters and strange > 0.3 * letters:
        raise Refused(
            Code.ENCODING_UNSURE, f"the letters were damaged before the file was saved: {brief(sample, 40)!r}",
            "ask for the original file; what was lost here cannot be told from what is left",
        )
    return text


def _older(data: bytes, lang: str) -> tuple[str, str]:
    own = _alphabet(lang)
    if own.is_latin and _is_typographic(data):
        return data.decode("cp1252"), "cp1252"
    found = from_bytes(data[:SAMPLE], cp_isolation=list(own.tables), enable_fallback=False)
    readings: dict[str, tuple[float, str]] = {}
    for match in found:
        if _reads(str(match), own):
            readings.setdefault(str(match), (match.coherence - match.chaos, match.encoding))
    ranked = sorted(readings.values(), reverse=True)
    clear = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] >= MARGIN)
    if not clear or ranked[0][0] < COHERENT:
        raise _unsure(data, own.tables)
    try:
        return data.decode(ranked[0][1]), ranked[0][1]
    except UnicodeDecodeError:
        raise _unsure(data, own.tables) from None


def _is_typographic(data: bytes) -> bool:
    """Whether the text is plain but for quotation marks, dashes and the like, as windows-1252 has them."""
    try:
        return all(character in TYPOGRAPHIC for character in data.decode("cp1252") if ord(character) > 127)
    except UnicodeDecodeError:
        return False


def _reads(text: str, own: _Alphabet) -> bool:
    """Whether its letters are those of the language, and sit in words as letters do: no capital after a small one, no sign."""
    foreign = [character for character in text if ord(character) > 127]
    letters = sum(1 for character in foreign if character.isalpha())
    strange = sum(1 for character in foreign if character.isalpha() and character not in own.letters)
    odd = sum(1 for above, below in zip(text, text[1:]) if above.islower() and below.isupper())
    signs = sum(1 for character in foreign if unicodedata.category(character) in ("So", "Sm", "Cn", "Co", "Cc"))
    return letters > 0 and odd <= 0.05 * letters and signs <= 0.02 * letters and strange <= 0.01 * letters


def _unsure(data: bytes, tables: tuple[str, ...]) -> Refused:
    readings = []
    for encoding in tables:
        try:
            words = [word for word in data[:SAMPLE].decode(encoding).split() if any(ord(letter) > 127 for letter in word)]
        except UnicodeDecodeError:
            continue
        readings.append(f"{name_of(encoding)}: {brief(' '.join(words[:6]), 40)}")
    return Refused(
        Code.ENCODING_UNSURE, "the encoding is not sure; read as " + "; ".join(readings or ["none of those of the language"]),
        "say which one reads right, such as --encoding windows-1251, or save the file as UTF-8",
    )
