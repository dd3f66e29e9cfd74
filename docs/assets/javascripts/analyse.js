/**
 * Words to terms: the same analysis as build_scripts/analyse.py, which says what it guarantees.
 * Needs stemmers/stem.js, and `Kelisim.searchRules` (search-data/meta.js) for its tables.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const APOSTROPHES = "'’‘ʼʻ`′";
  const HYPHENS = "-\u2010\u2011";
  const WORD = /L(?:[LMF]|A(?=L))*|D[DMF]*|S[SMF]*/g;
  const GLUE = /^F*H?F*$/;
  const MARKS = /[\u0300-\u036f\u064b-\u0652\u0670\u0640]/g;
  const SCRIPT = { cyrillic: /[\u0400-\u052f]/, latin: /[A-Za-z]/ };
  const classes = new Map();

  /** @param {string} char one code point @returns {string} L letter, M mark, D digit, S other number, F ignored, A, H, O other */
  function classOf(char) {
    let kind = classes.get(char);
    if (kind === undefined) {
      if (APOSTROPHES.includes(char)) kind = "A";
      else if (HYPHENS.includes(char)) kind = "H";
      else if (/\p{Cf}/u.test(char)) kind = "F";
      else if (/\p{Nd}/u.test(char)) kind = "D";
      else if (/\p{L}/u.test(char)) kind = "L";
      else if (/\p{M}/u.test(char)) kind = "M";
      else if (/\p{N}/u.test(char)) kind = "S";
      else kind = "O";
      classes.set(char, kind);
    }
    return kind;
  }

  function translated(word, table) {
    return Array.from(word, (char) => (Object.hasOwn(table, char) ? table[char] : char)).join("");
  }

  function inOwnScript(word, lang) {
    const { scripts, look_alikes: lookAlikes } = Kelisim.searchRules.analysis;
    const script = Object.hasOwn(scripts, lang) ? scripts[lang] : null;
    if (script === null) return word;
    const table = lookAlikes[script];
    const own = SCRIPT[script].test(word) || Array.from(word).every((char) => Object.hasOwn(table, char));
    return own ? translated(word, table) : word;
  }

  /** An ASCII digit for a decimal digit of any script: the digits of a script stand in a row of ten. */
  function asciiDigit(char) {
    if (char < "\u0080" || classOf(char) !== "D") return char;
    let below = char.codePointAt(0) - 1;
    while (classOf(String.fromCodePoint(below)) === "D") below -= 1;
    return String((char.codePointAt(0) - below - 1) % 10);
  }

  /**
   * A word as the exact field has it: composed, lower case, look-alike letters and accents folded.
   * @param {string} word @param {string} lang @returns {string}
   */
  function fold(word, lang) {
    const { analysis, longestWord } = Kelisim.searchRules;
    const kept = Array.from(word).slice(0, 4 * longestWord).filter((char) => classOf(char) !== "F").join("");
    const own = translated(inOwnScript(kept.normalize("NFC"), lang), analysis.folds);
    const folded = Array.from(own.toLowerCase().replace(MARKS, ""), asciiDigit);
    return folded.slice(0, longestWord).join("");
  }

  /** A folded word with the spelling of its ending that is stemmed; the longest ending in the table counts. */
  function respelt(word, lang) {
    const { spellings } = Kelisim.searchRules.analysis;
    const endings = Object.hasOwn(spellings, lang) ? spellings[lang] : {};
    for (let start = 0; start < word.length; start += 1) {
      const ending = word.slice(start);
      if (Object.hasOwn(endings, ending)) return word.slice(0, start) + endings[ending];
    }
    return word;
  }

  /**
   * The stem of a folded word.
   * @param {string} word @param {string} lang @returns {string}
   */
  function stemOf(word, lang) {
    return Kelisim.stem(respelt(word, lang), lang);
  }

  function wholeOf(parts, lang) {
    const exact = Array.from(parts.map((part) => part.exact).join("")).slice(0, Kelisim.searchRules.longestWord).join("");
    const first = parts[0];
    return {
      term: stemOf(exact, lang), exact, position: first.position, start: first.start, end: parts[parts.length - 1].end,
      glued: false, whole: true,
    };
  }

  /**
   * @typedef {Object} Token
   * @property {string} term its stem
   * @property {string} exact the word, folded
   * @property {number} position its place among the words
   * @property {number} start in code points @property {number} end
   * @property {boolean} glued it belongs to one word with the token before it
   * @property {boolean} whole it is that whole word without its hyphens
   */

  /** @param {string} text @param {string} lang @returns {Token[]} in the order of their positions */
  function analyse(text, lang) {
    const chars = Array.from(text);
    const kinds = chars.map(classOf).join("");
    const tokens = [];
    let parts = [];
    let end = -1;
    let position = 0;
    for (const match of kinds.matchAll(WORD)) {
      const start = match.index;
      const letters = match[0][0] === "L";
      const stop = start + match[0].replace(/F+$/, "").length;
      const glued = end >= 0 && GLUE.test(kinds.slice(end, start));
      if (!glued) {
        if (parts.length > 1) tokens.push(wholeOf(parts, lang));
        parts = [];
      }
      const exact = fold(chars.slice(start, stop).join(""), lang);
      const token = { term: letters ? stemOf(exact, lang) : exact, exact, position, start, end: stop, glued, whole: false };
      if (!letters) parts = [];
      else if (parts.length || !glued) parts.push(token);
      tokens.push(token);
      end = start + match[0].length;
      position += 1;
    }
    if (parts.length > 1) tokens.push(wholeOf(parts, lang));
    return tokens;
  }

  /** @param {string} exact @param {string} lang @returns {boolean} */
  function isStopWord(exact, lang) {
    return (Kelisim.searchRules.analysis.stop_words[lang] || []).includes(exact);
  }

  Kelisim.analyse = analyse;
  Kelisim.fold = fold;
  Kelisim.stemOf = stemOf;
  Kelisim.isStopWord = isStopWord;
})(window.Kelisim);
