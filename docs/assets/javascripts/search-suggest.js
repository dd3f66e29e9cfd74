/**
 * Words of the index, and queries, that a reader may have meant: the same as build_scripts/suggest.py, which says what a slip
 * costs, and build_scripts/meant.py.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  function isNear(a, b) {
    return Kelisim.searchRules.analysis.near_letters.some((letters) => letters.includes(a) && letters.includes(b));
  }

  function mostCost(length) {
    const { slip, near, shortest } = Kelisim.searchRules.suggest;
    if (length <= shortest) return length === shortest ? near : 0;
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
    const { missing, slip, beginning, shorter, longer } = Kelisim.searchRules.suggest;
    const found = [];
    for (let length = letters.length - shorter; length <= letters.length + longer; length += 1) {
      for (const [candidate, frequency] of await data.wordsOfLength(length)) {
        if (cost(letters.slice(0, beginning), Array.from(candidate), slip, true) > slip) continue;
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

  /** `letters` as two words of the index, the commonest pair; see suggest.py. */
  async function asTwo(letters, data) {
    const { missing, beginning } = Kelisim.searchRules.suggest;
    const counts = new Map();
    for (let length = beginning; length <= letters.length - beginning; length += 1) {
      for (const [word, count] of await data.wordsOfLength(length)) counts.set(word, count);
    }
    const rows = [];
    for (let at = beginning; at <= letters.length - beginning; at += 1) {
      const [one, other] = [letters.slice(0, at).join(""), letters.slice(at).join("")];
      if (counts.has(one) && counts.has(other)) rows.push([missing, -Math.min(counts.get(one), counts.get(other)), `${one} ${other}`]);
    }
    return rows.sort(compare).slice(0, 1);
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
      found = (found.length ? found.concat(made.near) : made.all).concat(await asTwo(letters, data));
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

  /**
   * What may have been meant by a query; see meant.py.
   * @param {string} query @param {Object[]} asked {data, understood} of each language
   * @returns {Promise<{queries: string[], sure: boolean}>} best first
   */
  async function meant(query, asked) {
    const { missing, most } = Kelisim.searchRules.suggest;
    const missed = await unknown(asked);
    const near = [];
    for (const [span, exacts] of missed) {
      const rows = await nearestInAll(exacts, asked);
      if (rows.length) near.push([span, rows]);
    }
    const queries = await joined(query, asked);
    const isJoined = queries.length > 0;
    if (near.length === 1) queries.push(...near[0][1].map((row) => replaced(query, [[near[0][0], row[2]]])));
    else if (near.length) queries.push(replaced(query, near.map(([span, rows]) => [span, rows[0][2]])));
    const sure = near.length > 0 && !isJoined && near.length === missed.length && near.every(([, rows]) => rows[0][0] < missing);
    return { queries: Array.from(new Set(queries)).slice(0, most), sure };
  }

  async function nearestInAll(exacts, asked) {
    const rows = [];
    for (const [order, { data }] of asked.entries()) {
      for (const [spent, count, word] of await nearest(exacts[order], data)) rows.push([spent, count, order, word]);
    }
    const best = new Map();
    for (const [spent, count, , word] of rows.sort(compare)) if (!best.has(word)) best.set(word, [spent, count, word]);
    return Array.from(best.values()).slice(0, Kelisim.searchRules.suggest.most);
  }

  /** Where in the query a word stands that no language has, and how each language reads it: [[start, end], words] each. */
  async function unknown(asked) {
    const known = new Set();
    const read = new Map();
    for (const { data, understood } of asked) {
      for (const { clause } of understood.sought) {
        const isWords = ["word", "compound", "phrase"].includes(clause.kind);
        const whole = clause.whole !== null && await isHeld(clause.whole[0], data);
        for (const [i, [start, end]] of clause.spans.entries()) {
          const span = `${start} ${end}`;
          if (!read.has(span)) read.set(span, []);
          read.get(span).push(clause.exacts[i]);
          const isSure = !isWords || whole || !isSuggestible(clause.exacts[i]);
          if (isSure || await isHeld(clause.stems[i], data)) known.add(span);
        }
      }
    }
    return Array.from(read).filter(([span, exacts]) => !known.has(span) && exacts.length === asked.length)
      .map(([span, exacts]) => [span.split(" ").map(Number), exacts])
      .sort(([a], [b]) => a[0] - b[0] || a[1] - b[1]);
  }

  /** The query with two words side by side made one, where a language has the one and not both. */
  async function joined(query, asked) {
    const chars = Array.from(query);
    const queries = [];
    for (const { data, understood } of asked) {
      const words = understood.sought.map(({ clause }) => clause).filter((clause) => clause.kind === "word");
      for (const [i, other] of words.slice(1).entries()) {
        const one = words[i];
        const apart = chars.slice(one.spans[0][1], other.spans[0][0]).join("");
        const word = one.exacts[0] + other.exacts[0];
        if (!apart || apart.trim() || !await isHeld(Kelisim.stemOf(word, data.lang), data)) continue;
        if (!await isHeld(one.stems[0], data) || !await isHeld(other.stems[0], data)) {
          queries.push(replaced(query, [[[one.spans[0][0], other.spans[0][1]], word]]));
        }
      }
    }
    return queries;
  }

  async function isHeld(stem, data) {
    for (const field of ["text", "heading"]) if (await data.frequency(field, stem)) return true;
    return false;
  }

  function replaced(query, words) {
    const chars = Array.from(query);
    for (const [[start, end], word] of words.slice().reverse()) chars.splice(start, end - start, ...word);
    return chars.join("");
  }

  Kelisim.searchSuggest = { nearest, meant };
})(window.Kelisim);
