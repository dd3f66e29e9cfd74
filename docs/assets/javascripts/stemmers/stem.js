// The stems of Kazakh, English and Russian words: what build_scripts/stemmers gives in Python.
// Loaded after base-stemmer.js and the stemmers of the languages that are asked for.
globalThis.Kelisim = globalThis.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const CLASSES = new Map([["kk", "KazakhStemmer"], ["en", "EnglishStemmer"], ["ru", "RussianStemmer"]]);
  const languages = new Map();

  function languageOf(lang) {
    if (!languages.has(lang)) {
      const Stemmer = (Kelisim.stemmers || {})[CLASSES.get(lang)];
      if (!Stemmer) {
        throw new Error(`Kelisim.stem: ${CLASSES.get(lang)} is not loaded; expected its script before the first word`);
      }
      languages.set(lang, { stemmer: new Stemmer(), stems: new Map() });
    }
    return languages.get(lang);
  }

  /**
   * The stem of a word, a key under which its inflected forms meet.
   *
   * @param {string} word one word, in lower case, Latin look-alikes folded to Cyrillic, without a number before it
   * @param {string} lang "kk", "en" or "ru"; in any other language the word is its own stem
   * @returns {string}
   * @throws {Error} where the language's stemmer is not loaded
   */
  Kelisim.stem = function (word, lang) {
    if (!CLASSES.has(lang)) return word;
    const { stemmer, stems } = languageOf(lang);
    let stem = stems.get(word);
    if (stem === undefined) {
      stem = stemmer.stemWord(word);
      stems.set(word, stem);
    }
    return stem;
  };
})(globalThis.Kelisim);
