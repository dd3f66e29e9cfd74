/**
 * Check a quotation against the texts held: is it verbatim, where does it stand, what is different. No page, no network.
 * The same as build_scripts/quote (`python -m build_scripts quote`); tests/cases/quotes.json is run by both.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const { WORD, OMISSION, plain, tokensOf, lettersOf, isWord } = Kelisim.quoteWords;
  const { makeText, shelvesOf, find, sameWords, wholeUnits } = Kelisim.quotePlace;
  const { align } = Kelisim.quoteAlign;
  const { report, MOST_LISTED } = Kelisim.quoteReport;
  const MOST_PLACES = 60; // where the same words stand
  const MOST_WORK = 200000; // words compared to find them all
  const ENOUGH = 0.5; // a share of words, below which another text is quoted

  /**
   * @typedef {Object} Place
   * @property {string} treaty @property {string} lang
   * @property {string} authority what that text is: "as-published", "working-translation" …
   * @property {string[]} eids in the order of the text
   *
   * @typedef {Object} Part
   * @property {"same"|"changed"|"added"|"missing"|"mark"|"omitted"} kind mark: other signs or capitals
   * @property {string} given what the passage has; all of them joined are the passage, made plain
   * @property {string} source what the text has instead
   *
   * @typedef {Object} Check
   * @property {"verbatim"|"marks"|"differs"|"nowhere"|"empty"} verdict
   * @property {number} score in a hundred words, how many are the same
   * @property {Place[]} places all where the same words stand; when it stands nowhere, the nearest there is
   * @property {Part[]} parts
   * @property {string[]} letters words with letters of another script
   * @property {string[]} spacing words written together or apart
   * @property {boolean} first_letter a capital at a beginning is another
   */

  /** The texts, ready to be searched. @param {object[]} texts as search-data/passages.js has them @returns {Map<string, Shelf[]>} */
  function prepare(texts) {
    const byLang = new Map();
    for (const text of texts) {
      if (!byLang.has(text.lang)) byLang.set(text.lang, []);
      byLang.get(text.lang).push(makeText(text));
    }
    return new Map([...byLang].map(([lang, held]) => [lang, shelvesOf(held)]));
  }

  function wordsOf(tokens) {
    const words = { keys: [], segments: [] };
    let segment = 0;
    for (const token of tokens) {
      if (token.kind === OMISSION) {
        segment += 1;
      } else if (isWord(token)) {
        words.keys.push(token.key);
        words.segments.push(segment);
      }
    }
    return words;
  }

  /** The languages of the script that most letters of a passage belong to. */
  function languagesOf(passage, held) {
    const counts = [...held.keys()].map((lang) => [lang, lettersOf(passage, lang)]);
    const most = Math.max(...counts.map(([, count]) => count));
    return counts.filter(([, count]) => count === most).map(([lang]) => lang);
  }

  /** Whether enough is the same, and in a row, for this to be the text that is quoted. */
  function isNear(told) {
    return told.same >= ENOUGH * told.given && told.run >= Math.min(told.given, told.given < 6 ? 2 : 3);
  }

  const scoreOf = (told) => Math.floor((100 * told.same) / Math.max(1, told.same + told.different));

  function placeOf(text, told) {
    let rows = [...told.rows.keys()].sort((one, other) => one - other);
    if (told.different) { // a single word that is the same by chance is no place
      const sure = rows.filter((row) => told.rows.get(row) > 1);
      rows = sure.length ? sure : rows;
    }
    const { treaty, lang, authority } = text.data;
    const eids = [...new Set(rows.map((row) => text.data.rows[row][0]))];
    return { treaty, lang, authority, eids: wholeUnits(eids, text) };
  }

  /** Everywhere that the words stand, with the fewest other signs, in the order of the texts. */
  function allPlaces(passage, tokens, words, shelves) {
    const count = words.keys.length;
    const most = Math.max(1, Math.min(MOST_PLACES, Math.floor(MOST_WORK / count)));
    const found = new Map();
    for (const shelf of shelves) {
      for (const [number, place] of sameWords(words, shelf, most)) {
        const text = shelf.texts[number];
        const key = `${number} ${text.words[place]}`;
        if (found.has(key)) continue;
        const told = report(align(tokens, text, [{ i: 0, p: place, length: count }]), passage, tokens, text);
        found.set(key, { text, told, number, at: text.words[place], other: told.different * 1e6 + told.marks });
      }
    }
    const fewest = Math.min(...[...found.values()].map(({ other }) => other));
    const best = [...found.values()].filter(({ other }) => other === fewest);
    return best.sort((one, other) => one.number - other.number || one.at - other.at);
  }

  function judge(passage, { found, tokens, words, shelves }) {
    let told = report(align(tokens, found.text, found.runs), passage, tokens, found.text);
    const nothing = { places: [], parts: [], letters: [], spacing: [], first_letter: false };
    if (!isNear(told)) {
      const nearest = told.run > 2 ? { places: [placeOf(found.text, told)], parts: told.parts } : {};
      return { verdict: "nowhere", score: scoreOf(told), ...nothing, ...nearest };
    }
    let places = [{ text: found.text, told }];
    if (found.runs.length === 1 && found.runs[0].length === words.keys.length) {
      const all = allPlaces(passage, tokens, words, shelves);
      places = all.length ? all : places;
      told = places[0].told;
    }
    let verdict = told.marks ? "marks" : "verbatim";
    if (told.different) verdict = "differs";
    return {
      verdict, score: scoreOf(told), places: places.map((each) => placeOf(each.text, each.told)), parts: told.parts,
      letters: told.letters, spacing: told.spacing.slice(0, MOST_LISTED), first_letter: told.first_letter,
    };
  }

  /**
   * @param {string} quotation what was pasted, of any length
   * @param {Map<string, Shelf[]>} held what prepare() gave
   * @returns {Check}
   */
  function check(quotation, held) {
    const passage = plain(quotation);
    const nothing = { score: 0, places: [], parts: [], letters: [], spacing: [], first_letter: false };
    let best = null;
    for (const lang of languagesOf(passage, held)) {
      const tokens = tokensOf(passage, lang);
      if (!tokens.some((token) => token.kind === WORD)) return { verdict: "empty", ...nothing };
      const words = wordsOf(tokens);
      for (const shelf of held.get(lang)) {
        const found = find(words, shelf);
        if (found && (!best || found.score > best.found.score)) best = { found, tokens, words, shelves: held.get(lang) };
      }
    }
    return best ? judge(passage, best) : { verdict: "nowhere", ...nothing };
  }

  Kelisim.quote = { prepare, check };
})(window.Kelisim);
