/**
 * A passage as words and signs, so that two can be compared: the same as build_scripts/quote/words.py, which says what it
 * guarantees. Needs `Kelisim.quoteRules` (search-data/passages.js).
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const WORD = "word";
  const NUMBER = "number";
  const SIGN = "sign";
  const OMISSION = "omission";

  const SPACE = /[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
  const FIRST_LETTER = /\[(\p{L})\](?=\p{L})/gu;
  const APOSTROPHE = /['’‘ʼʻ`′]/g;
  const TOKEN = new RegExp([
    "(?<dots>[(\\[<{] ?[.…](?: ?[.…])* ?[)\\]>}]|[.…](?: ?[.…])*)",
    "(?<word>\\p{L}(?:[\\p{L}\\p{M}]|['’‘ʼʻ`′](?=\\p{L}))*)",
    "(?<number>\\p{N}+)",
    "(?<sign>[^ \\p{L}\\p{M}\\p{N}\\p{Pd}\\p{Pi}\\p{Pf}'’‘ʼʻ`′\"„‚″−_*•·‣◦|~#])",
  ].join("|"), "gu");
  const SCRIPT = { cyrillic: /[\u0400-\u052f]/g, latin: /[A-Za-z]/g };

  /**
   * @typedef {Object} Token
   * @property {string} kind word, number, sign or omission
   * @property {string} text as written
   * @property {string} exact compared to the letter
   * @property {string} key compared without regard to capitals
   * @property {number} start in the plain text @property {number} end
   */

  /** @param {string} text @returns {string} composed, with single spaces, none at its ends, without invisible characters */
  function plain(text) {
    const visible = text.replace(/\p{Cf}/gu, "").normalize("NFC").replace(SPACE, " ").replace(/^ | $/g, "");
    return visible.replace(FIRST_LETTER, "$1");
  }

  const scriptOf = (lang) => (Object.hasOwn(Kelisim.quoteRules.scripts, lang) ? Kelisim.quoteRules.scripts[lang] : null);

  /** `word` with look-alike letters in the language's script, when it has letters of that script or no others. */
  function inOwnScript(word, lang) {
    const straight = word.replace(APOSTROPHE, "'");
    const script = scriptOf(lang);
    if (script === null) return straight;
    const table = Kelisim.quoteRules.lookAlikes[script];
    const letters = Array.from(straight);
    const own = straight.search(SCRIPT[script]) >= 0 || letters.every((letter) => Object.hasOwn(table, letter));
    return own ? letters.map((letter) => (Object.hasOwn(table, letter) ? table[letter] : letter)).join("") : straight;
  }

  function token(kind, text, lang, start) {
    const exact = kind === WORD ? inOwnScript(text, lang) : text;
    return { kind, text, exact, key: exact.toLowerCase(), start, end: start + text.length };
  }

  /** @param {string} text a plain text @param {string} lang @returns {Token[]} */
  function tokensOf(text, lang) {
    const tokens = [];
    for (const match of text.matchAll(TOKEN)) {
      const [said] = match;
      const start = match.index;
      const { dots, word, number } = match.groups;
      if (word !== undefined) tokens.push(token(WORD, said, lang, start));
      else if (number !== undefined) tokens.push(token(NUMBER, said, lang, start));
      else if (dots === undefined) tokens.push(token(SIGN, said, lang, start));
      else if (said.includes("…") || said.split(".").length > 3) {
        tokens.push({ kind: OMISSION, text: said, exact: "…", key: "…", start, end: start + said.length });
      } else {
        for (let at = 0; at < said.length; at += 1) if (said[at] !== " ") tokens.push(token(SIGN, said[at], lang, start + at));
      }
    }
    return tokens;
  }

  const countOf = (text, pattern) => (text.match(pattern) || []).length;

  /** How many letters of the language's script a text has; without a table, letters of no script that has one. */
  function lettersOf(text, lang) {
    const script = scriptOf(lang);
    if (script !== null) return countOf(text, SCRIPT[script]);
    return countOf(text, /\p{L}/gu) - Object.values(SCRIPT).reduce((sum, pattern) => sum + countOf(text, pattern), 0);
  }

  const isWord = (one) => one.kind === WORD || one.kind === NUMBER;

  Kelisim.quoteWords = { WORD, NUMBER, SIGN, OMISSION, plain, tokensOf, lettersOf, isWord };
})(window.Kelisim);
