/**
 * Words of the index that a reader may have meant: the same as build_scripts/suggest.py, which says what an edit costs.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  function isNear(a, b) {
    return Kelisim.searchRules.analysis.near_letters.some((letters) => letters.includes(a) && letters.includes(b));
  }

  function mostCost(length) {
    const { edit, shortest } = Kelisim.searchRules.suggest;
    if (length < shortest) return 0;
    return length <= 5 ? edit : 2 * edit;
  }

  /** @param {string} word @returns {boolean} */
  function isSuggestible(word) {
    return Array.from(word).length >= Kelisim.searchRules.suggest.shortest && /^\p{L}+$/u.test(word);
  }

  /** The cost of turning a into b (lists of letters); limit + 1 when it is more than the limit. */
  function cost(a, b, limit) {
    const { edit, near } = Kelisim.searchRules.suggest;
    let before = [];
    let last = Array.from({ length: b.length + 1 }, (_, j) => edit * j);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [edit * i];
      for (let j = 1; j <= b.length; j += 1) {
        const letter = a[i - 1];
        const other = b[j - 1];
        const changed = letter === other ? 0 : isNear(letter, other) ? near : edit;
        let best = Math.min(last[j] + edit, row[j - 1] + edit, last[j - 1] + changed);
        if (i > 1 && j > 1 && letter === b[j - 2] && a[i - 2] === other) best = Math.min(best, before[j - 2] + edit);
        row.push(best);
      }
      if (Math.min(...row) > limit && Math.min(...last) > limit) return limit + 1;
      before = last;
      last = row;
    }
    return Math.min(last[b.length], limit + 1);
  }

  /**
   * @param {string} word @param {Object} data a language of the index
   * @returns {Promise<Array>} [cost, minus the number of documents, word] of the words near `word`, best first
   */
  async function nearest(word, data) {
    const { edit, most } = Kelisim.searchRules.suggest;
    const letters = Array.from(word);
    const limit = mostCost(letters.length);
    const found = [];
    for (let length = letters.length - limit / edit; length <= letters.length + limit / edit; length += 1) {
      for (const [candidate, frequency] of await data.wordsOfLength(length)) {
        const spent = cost(letters, Array.from(candidate), limit);
        if (spent <= limit) found.push([spent, -frequency, candidate]);
      }
    }
    return found.sort(compare).slice(0, most);
  }

  /** Rows compared item by item, as Python compares tuples. */
  function compare(a, b) {
    for (let i = 0; i < a.length; i += 1) {
      if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
    }
    return 0;
  }

  Kelisim.searchSuggest = { isSuggestible, nearest, compare };
})(window.Kelisim);
