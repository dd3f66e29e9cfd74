/**
 * Words of the index that a reader may have meant: the same as build_scripts/suggest.py, which says what a slip costs.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  function isNear(a, b) {
    return Kelisim.searchRules.analysis.near_letters.some((letters) => letters.includes(a) && letters.includes(b));
  }

  function mostCost(length) {
    const { slip, shortest } = Kelisim.searchRules.suggest;
    if (length < shortest) return 0;
    return length <= 5 ? slip : 2 * slip;
  }

  /** @param {string} word @returns {boolean} */
  function isSuggestible(word) {
    return Array.from(word).length >= Kelisim.searchRules.suggest.shortest && /^\p{L}+$/u.test(word);
  }

  /** For each beginning of `typed`, from the empty one: its cost for each beginning of `meant`. Both are lists of letters. */
  function* rowsOf(typed, meant) {
    const { missing, doubled, swapped, extra, wrong, near } = Kelisim.searchRules.suggest;
    let before = [];
    let last = Array.from({ length: meant.length + 1 }, (_, j) => missing * j);
    yield last;
    for (let i = 1; i <= typed.length; i += 1) {
      const letter = typed[i - 1];
      const tooMany = i > 1 && typed[i - 2] === letter ? doubled : extra;
      const row = [last[0] + tooMany];
      for (let j = 1; j <= meant.length; j += 1) {
        const other = meant[j - 1];
        const changed = letter === other ? 0 : isNear(letter, other) ? near : wrong;
        let best = Math.min(last[j] + tooMany, row[j - 1] + missing, last[j - 1] + changed);
        if (i > 1 && j > 1 && letter === meant[j - 2] && typed[i - 2] === other) best = Math.min(best, before[j - 2] + swapped);
        row.push(best);
      }
      yield row;
      before = last;
      last = row;
    }
  }

  /** The cost of the slips that make `typed` of `meant`, or of the nearest beginning of it; limit + 1 when it is more. */
  function cost(typed, meant, limit, begins = false) {
    let last = null;
    for (const row of rowsOf(typed, meant)) {
      if (last && Math.min(...row) > limit && Math.min(...last) > limit) return limit + 1;
      last = row;
    }
    return Math.min(begins ? Math.min(...last) : last[meant.length], limit + 1);
  }

  /** The cost of `meant` as the beginning of `typed` that is nearest, and the length of that beginning. */
  function nearestBeginning(typed, meant) {
    let best = null;
    let taken = 0;
    for (const row of rowsOf(typed, meant)) {
      if (!best || row[meant.length] <= best[0]) best = [row[meant.length], taken];
      taken += 1;
    }
    return best;
  }

  /** `letters` with a stem of the index in place of a beginning that is near it; see suggest.py. */
  async function byStem(letters, data) {
    const { missing, slip, shortest, shorter, longer } = Kelisim.searchRules.suggest;
    const found = [];
    for (let length = letters.length - shorter; length <= letters.length + longer; length += 1) {
      for (const [candidate, frequency] of await data.wordsOfLength(length)) {
        if (cost(letters.slice(0, shortest), Array.from(candidate), slip, true) > slip) continue;
        const stem = Kelisim.stemOf(candidate, data.lang);
        const size = Array.from(stem).length;
        const [spent, taken] = nearestBeginning(letters, Array.from(stem));
        if (spent > mostCost(size) || letters.length - taken > longer) continue;
        const made = stem + letters.slice(taken).join("");
        const isForm = taken < letters.length && made !== letters.join("") && Kelisim.stemOf(made, data.lang) === stem;
        found.push(isForm ? [spent, -frequency, made] : [spent + slip, -frequency, candidate]);
      }
    }
    return { near: found.filter((row) => row[0] < missing), all: found };
  }

  /**
   * @param {string} word @param {Object} data a language of the index
   * @returns {Promise<Array>} [cost, minus the number of documents, word] of the words near `word`, best first
   */
  async function nearest(word, data) {
    const { missing, most } = Kelisim.searchRules.suggest;
    const letters = Array.from(word);
    const limit = mostCost(letters.length);
    const within = Math.floor(limit / missing);
    let found = [];
    for (let length = letters.length - within; length <= letters.length + within; length += 1) {
      for (const [candidate, frequency] of await data.wordsOfLength(length)) {
        const spent = cost(letters, Array.from(candidate), limit);
        if (spent <= limit) found.push([spent, -frequency, candidate]);
      }
    }
    if (found.every((row) => row[0] > missing)) {
      const made = await byStem(letters, data);
      found = found.length ? found.concat(made.near) : made.all;
    }
    const best = new Map();
    for (const row of found.sort(compare)) if (!best.has(row[2])) best.set(row[2], row);
    return Array.from(best.values()).slice(0, most);
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
