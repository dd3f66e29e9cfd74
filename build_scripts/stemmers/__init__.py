"""The stems of Kazakh, English and Russian words, as Snowball's compiled programs cut them.

Reads: one word, in lower case, Latin look-alikes already folded to Cyrillic, without the number in front of it
(`бабында`, not `5-бабында`).
Writes: nothing; gives the word's stem, a key under which its inflected forms meet.

The browser has the same in `docs/assets/javascripts/stemmers/`, compiled from the same sources; a test holds the two
equal. How the programs are compiled and what they reach stands in README.md beside this file.
"""

from functools import lru_cache

from .english_stemmer import EnglishStemmer
from .kazakh_stemmer import KazakhStemmer
from .russian_stemmer import RussianStemmer

__all__ = ["stem"]

# A stemmer holds the word it is at work on, so these are for one thread.
_STEMMERS = {"kk": KazakhStemmer(), "en": EnglishStemmer(), "ru": RussianStemmer()}


@lru_cache(maxsize=1 << 16)
def stem(word: str, lang: str) -> str:
    """Return the stem of a lower-case word in the language `lang` ("kk", "en", "ru"); in any other, the word itself."""
    stemmer = _STEMMERS.get(lang)
    return stemmer.stemWord(word) if stemmer else word
