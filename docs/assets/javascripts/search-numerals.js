/**
 * Numbers from 1 to 999 in words and in figures: the same as build_scripts/numerals.py.
 * Needs `Kelisim.searchRules` (search-data/meta.js) for its tables.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const MOST = 999;

  function tableOf(lang) {
    const { numerals } = Kelisim.searchRules;
    return Object.hasOwn(numerals, lang) ? numerals[lang] : null;
  }

  /** The number in ASCII figures, or 0. */
  function figure(word) {
    return /^[1-9][0-9]{0,2}$/.test(word) ? Number(word) : 0;
  }

  /** `value` with the numeral `following` after it, or 0 where the two do not make one number. */
  function joined(value, following, table) {
    if (following === 100) {
      if (value >= 1 && value <= 9) return 100 * value;
      return !value && table.bare_hundred ? 100 : 0;
    }
    if (following >= 100) return value ? 0 : following;
    if (following >= 10) return value % 100 ? 0 : value + following;
    const takesUnit = value % 10 === 0 && (value % 100 !== 10 || table.ten_and);
    return following && takesUnit ? value + following : 0;
  }

  /**
   * The number that `words` begin with, and how many of them say it; 0 and 0 when they begin with none.
   * @param {string[]} words folded @param {string} lang @returns {[number, number]}
   */
  function numberAt(words, lang) {
    if (words.length && figure(words[0])) return [figure(words[0]), 1];
    const table = tableOf(lang);
    if (!table) return [0, 0];
    let value = 0;
    let count = 0;
    while (count < words.length) {
      const joint = count > 0 && words[count] === table.joint && value % 100 === 0 ? 1 : 0;
      const following = words[count + joint];
      const numeral = following !== undefined && Object.hasOwn(table.words, following) ? table.words[following] : 0;
      const together = joined(value, numeral, table);
      if (!together) break;
      value = together;
      count += joint + 1;
    }
    return count === 1 && table.no_number.includes(words[0]) ? [0, 0] : [value, count];
  }

  /** The ways to write `number` in words, each a list of words; none for a language that is not in the table. */
  function spellings(number, lang) {
    const table = tableOf(lang);
    if (!table || number < 1 || number > MOST) return [];
    const wordOf = new Map(Object.entries(table.words).map(([word, value]) => [value, word]));
    const rest = number % 100;
    const hundreds = number - rest;
    const parts = wordOf.has(rest) ? [rest] : [rest - (rest % 10), rest % 10];
    const tail = parts.filter(Boolean).map((part) => wordOf.get(part));
    if (!hundreds) return [tail];
    const heads = wordOf.has(hundreds) && (hundreds > 100 || table.bare_hundred) ? [[wordOf.get(hundreds)]] : [];
    if (!wordOf.has(200)) heads.unshift([wordOf.get(hundreds / 100), wordOf.get(100)]);
    const joints = table.joint && tail.length ? [[table.joint], []] : [[]];
    return heads.flatMap((head) => joints.map((joint) => [...head, ...joint, ...tail]));
  }

  Kelisim.searchNumerals = { numberAt, spellings };
})(window.Kelisim);
