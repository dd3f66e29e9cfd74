/**
 * The words of a query as clauses: words, numbers, phrases, beginnings. The same as build_scripts/clauses.py.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  /**
   * @typedef {Object} Clause
   * @property {string} kind word, compound, number, phrase or prefix
   * @property {string[]} stems @property {string[]} exacts
   * @property {[string, string]|null} whole stem and exact form of a compound without hyphens
   * @property {boolean} stop @property {number[][]} spans start and end of its parts, code points of the query
   * @property {number} number what a number says, else 0
   */

  /** Tokens that are one word together. */
  function grouped(tokens) {
    const groups = [];
    for (const token of tokens) {
      if (groups.length && (token.glued || token.whole)) groups[groups.length - 1].push(token);
      else groups.push([token]);
    }
    return groups;
  }

  /** The tokens of a phrase or compound, as several where there are too many: without the whole words then. */
  function inPieces(group) {
    const { longestPhrase } = Kelisim.searchRules;
    if (group.length <= longestPhrase) return [group];
    const parts = group.filter((token) => !token.whole);
    return Array.from({ length: Math.ceil(parts.length / longestPhrase) }, (_, i) => parts.slice(i * longestPhrase, (i + 1) * longestPhrase));
  }

  function clauseOf(group, chars, piece, lang) {
    const parts = group.filter((token) => !token.whole);
    const token = group.find((one) => one.whole);
    const whole = token && !piece.quoted ? [token.term, token.exact] : null;
    const spans = parts.map((part) => [part.start + piece.start, part.end + piece.start]);
    const end = spans[spans.length - 1][1];
    const clause = {
      kind: "word", stems: parts.map((part) => part.term), exacts: parts.map((part) => part.exact), whole, stop: false, spans, number: 0,
    };
    if (chars[end] === "*" && !piece.quoted && (whole || parts.length === 1)) {
      const word = whole ? whole[1] : clause.exacts[0];
      return { ...clause, kind: "prefix", stems: [word], exacts: [word], whole: null, spans: [[spans[0][0], end]] };
    }
    if (parts.length > 1) return { ...clause, kind: piece.quoted ? "phrase" : "compound" };
    return { ...clause, whole: null, stop: !piece.quoted && Kelisim.isStopWord(clause.exacts[0], lang) };
  }

  /**
   * The clauses of a piece of a query; numbers are not among them yet.
   * @param {string[]} chars the query @param {{start: number, end: number, quoted: boolean}} piece @param {string} lang
   * @returns {Clause[]}
   */
  function clausesOf(chars, piece, lang) {
    const tokens = Kelisim.analyse(chars.slice(piece.start, piece.end).join(""), lang);
    const groups = piece.quoted && tokens.length ? [tokens] : grouped(tokens);
    return groups.flatMap(inPieces).map((group) => clauseOf(group, chars, piece, lang));
  }

  /** The number that the clauses from `at` on say, and how many of them; 0 and 0 when they say none. */
  function numberOf(clauses, at, lang) {
    const words = [];
    const ends = [];
    for (const clause of clauses.slice(at, at + Kelisim.searchRules.longestNumber)) {
      if (clause.kind !== "word" && clause.kind !== "compound") break;
      words.push(...clause.exacts);
      ends.push(words.length);
    }
    const [number, count] = Kelisim.searchNumerals.numberAt(words, lang);
    return ends.includes(count) ? [number, ends.indexOf(count) + 1] : [0, 0];
  }

  function joined(clauses, number) {
    return {
      kind: "number",
      stems: clauses.flatMap((clause) => clause.stems),
      exacts: clauses.flatMap((clause) => clause.exacts),
      whole: null,
      stop: false,
      spans: clauses.flatMap((clause) => clause.spans),
      number,
    };
  }

  /** The clauses with those that say a number made one: one hundred and eighty; алпыс (60), which says it twice. */
  function withNumbers(clauses, lang) {
    const found = [];
    let at = 0;
    while (at < clauses.length) {
      const [number, count] = numberOf(clauses, at, lang);
      if (!number) {
        found.push(clauses[at]);
        at += 1;
        continue;
      }
      let one = joined(clauses.slice(at, at + count), number);
      at += count;
      if (found.length && found[found.length - 1].number === number) one = joined([found.pop(), one], number);
      found.push(one);
    }
    return found;
  }

  /** What two clauses that ask for the same have in common. */
  function meaning(clause) {
    return JSON.stringify(clause.number ? [clause.kind, clause.number] : [clause.kind, clause.stems, clause.exacts]);
  }

  Kelisim.searchClauses = { clausesOf, withNumbers, meaning };
})(window.Kelisim);
