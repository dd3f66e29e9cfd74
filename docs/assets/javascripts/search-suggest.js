/**
 * Words of the index, and queries, that a reader may have meant: the same as build_scripts/suggest.py, which says what a slip
 * costs, and build_scripts/meant.py.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const vocabularies = new WeakMap(); // by language: by the length of words
  let near = null; // pairs of letters that are typed for one another, and for each letter a bit that it has in common with those

  function nearLetters() {
    if (!near) {
      near = { pairs: new Set(), bits: new Map() };
      for (const letters of Kelisim.searchRules.analysis.near_letters) {
        const met = Array.from(letters, (letter) => near.bits.get(letter)).filter((bit) => bit !== undefined);
        const bit = met.length ? met[0] : bitOf(letters[0]);
        for (const [letter, other] of near.bits) if (met.includes(other)) near.bits.set(letter, bit);
        for (const a of letters) {
          near.bits.set(a, bit);
          for (const b of letters) near.pairs.add(a + b);
        }
      }
    }
    return near;
  }

  function bitOf(letter) {
    return 1 << (letter.codePointAt(0) % 31);
  }

  /** The letters of a word as a set of bits; near letters have the same. Two words one slip apart differ in one bit each at most. */
  function signatureOf(letters) {
    const { bits } = nearLetters();
    return letters.reduce((found, letter) => found | (bits.has(letter) ? bits.get(letter) : bitOf(letter)), 0);
  }

  function sizeOf(bits) {
    let size = 0;
    for (let left = bits; left; left &= left - 1) size += 1;
    return size;
  }

  /** The words of a length: {word, letters, count, signature} each. */
  async function vocabulary(length, data) {
    if (!vocabularies.has(data)) vocabularies.set(data, new Map());
    const known = vocabularies.get(data);
    if (!known.has(length)) {
      const words = new Map(stopWords(data.lang).filter((word) => isSuggestible(word) && Array.from(word).length === length)
        .map((word) => [word, 0]));
      for (const [word, count] of await data.wordsOfLength(length)) words.set(word, count);
      known.set(length, Array.from(words, ([word, count]) => {
        const letters = Array.from(word);
        return { word, letters, count, signature: signatureOf(letters) };
      }));
    }
    return known.get(length);
  }

  function stopWords(lang) {
    return Kelisim.searchRules.analysis.stop_words[lang] || [];
  }

  /** Whether all that is wrong in `typed` are letters that people type for those of `meant`. Both are lists of letters. */
  function hasNearLettersOnly(typed, meant) {
    const { pairs } = nearLetters();
    return typed.length === meant.length && typed.every((letter, i) => letter === meant[i] || pairs.has(letter + meant[i]));
  }

  /** Whether the first vowel of `ending` may follow the last of `stem`; see suggest.py. */
  function isInHarmony(stem, ending, lang) {
    const rows = Kelisim.searchRules.analysis.harmony[lang] || [];
    const rowOf = (letter) => rows.findIndex((row) => row.includes(letter));
    const before = stem.map(rowOf).filter((row) => row >= 0);
    const after = ending.map(rowOf).filter((row) => row >= 0);
    return !before.length || !after.length || before[before.length - 1] === after[0];
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
    const { missing, doubled, swapped, extra, wrong, near: typedFor } = Kelisim.searchRules.suggest;
    const { pairs } = nearLetters();
    let before = [];
    let last = Array.from({ length: meant.length + 1 }, (_, j) => missing * j);
    yield last;
    for (let i = 1; i <= typed.length; i += 1) {
      const letter = typed[i - 1];
      const tooMany = i > 1 && typed[i - 2] === letter ? doubled : extra;
      const row = [last[0] + tooMany];
      for (let j = 1; j <= meant.length; j += 1) {
        const other = meant[j - 1];
        const changed = letter === other ? 0 : pairs.has(letter + other) ? typedFor : wrong;
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
    const { missing, slip, near, beginning, shorter, longer, letter, farthest, longer_word: longerWord } = Kelisim.searchRules.suggest;
    const limit = mostCost(letters.length);
    const stops = new Set(stopWords(data.lang));
    const begins = beginsNear(letters.slice(0, beginning), slip, beginning + Math.floor(slip / missing));
    const found = [];
    for (let length = letters.length - shorter; length <= letters.length + longer; length += 1) {
      for (const candidate of await vocabulary(length, data)) {
        if (!begins(candidate.letters) || stops.has(candidate.word)) continue;
        const begun = cost(letters, candidate.letters, limit, true);
        if (begun <= limit) found.push([begun + longerWord, -candidate.count, candidate.word]);
        const stem = Kelisim.stemOf(candidate.word, data.lang);
        const stemLetters = Array.from(stem);
        const [spent, taken] = nearestBeginning(letters, stemLetters);
        if (spent > mostCost(stemLetters.length) || letters.length - taken > longer) continue;
        const rest = letters.slice(taken);
        const made = stem + rest.join("");
        const isForm = made !== letters.join("") && isInHarmony(stemLetters, rest, data.lang) && Kelisim.stemOf(made, data.lang) === stem;
        const far = spent + slip + letter * rest.length;
        if (isForm) {
          const least = hasNearLettersOnly(letters.slice(0, taken), stemLetters) ? near : spent;
          found.push([rest.length ? least : least + near, -candidate.count, made]);
        } else if (far <= farthest) {
          found.push([far, -candidate.count, candidate.word]);
        }
      }
    }
    return found;
  }

  /** Tells of words whether they begin within `limit` of `typed`; no more than `longest` letters of them can matter. */
  function beginsNear(typed, limit, longest) {
    const known = new Map();
    return (letters) => {
      const first = letters.slice(0, longest);
      const key = first.join("");
      if (!known.has(key)) known.set(key, cost(typed, first, limit, true) <= limit);
      return known.get(key);
    };
  }

  /** `letters` as two words of the index, the commonest pair; see suggest.py. */
  async function asTwo(letters, data) {
    const { missing, beginning } = Kelisim.searchRules.suggest;
    const countOf = async (part) => {
      const word = part.join("");
      const found = (await vocabulary(part.length, data)).find((candidate) => candidate.word === word);
      return found ? found.count : 0;
    };
    const rows = [];
    for (let at = beginning; at <= letters.length - beginning; at += 1) {
      const [one, other] = [letters.slice(0, at), letters.slice(at)];
      const count = Math.min(await countOf(one), await countOf(other));
      if (count) rows.push([missing, -count, `${one.join("")} ${other.join("")}`]);
    }
    return rows.sort(compare).slice(0, 1);
  }

  /**
   * @param {string} word @param {Object} data a language of the index
   * @returns {Promise<Array>} [cost, minus the number of documents, word] of the words near `word`, best first
   */
  async function nearest(word, data) {
    const { missing, near, most } = Kelisim.searchRules.suggest;
    const letters = Array.from(word);
    const signature = signatureOf(letters);
    const limit = mostCost(letters.length);
    const slips = Math.floor(limit / missing); // but for near letters
    let found = [];
    for (let length = letters.length - slips; length <= letters.length + slips; length += 1) {
      for (const candidate of await vocabulary(length, data)) {
        if (sizeOf(signature & ~candidate.signature) > slips || sizeOf(candidate.signature & ~signature) > slips) continue;
        const spent = cost(letters, candidate.letters, limit);
        if (spent > limit) continue;
        found.push([hasNearLettersOnly(letters, candidate.letters) ? near : spent, -candidate.count, candidate.word]);
      }
    }
    const least = Math.min(...found.map((row) => row[0])); // Infinity where there is none
    if (least >= missing) {
      const made = await byStem(letters, data);
      found = found.concat(made.filter((row) => row[0] < least), await asTwo(letters, data));
    }
    const best = new Map(); // by stem: another form of a word finds nothing else
    for (const row of found.sort(compare)) {
      const stem = row[2].includes(" ") ? row[2] : Kelisim.stemOf(row[2], data.lang);
      if (!best.has(stem)) best.set(stem, row);
      if (best.size === most) break;
    }
    return Array.from(best.values());
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
          const isSure = clause.stop || !isWords || whole || !isSuggestible(clause.exacts[i]);
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
