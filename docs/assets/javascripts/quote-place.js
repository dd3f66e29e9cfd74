/**
 * Where in the texts a passage stands, as nearly as can be found: the same as build_scripts/quote/place.py, which tells how.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const { tokensOf, isWord } = Kelisim.quoteWords;
  const COMMON = 40; // places of a group of words that are looked at, in the texts and in the passage
  const SHORT = 12; // words of a passage in which pairs of words are looked up too
  const LONG = 12; // words of a run that make short ones beside it needless
  const WORTH = 4; // of a word that is the same; the prices below are in the same unit
  const FAR = 24; // going on elsewhere
  const FAR_OMITTED = 8; // the same where words are left out
  const STEP = 4; // any break
  const CUTS = [0, 1, 2, 3, 4, 6, 8]; // words by which a run may be cut short for the next to begin
  const BUCKET = 64; // words
  const NEAR = 24; // runs of a bucket that are looked at as neighbours
  const BORDER = "\n"; // no word; stands between texts
  const NO_END = [-1, 0, -1, 0];

  /** The units of an article that a provision belongs to, the article first, itself last; outside the articles itself. */
  function unitsOf(eid) {
    if (!eid.startsWith("art_")) return [eid];
    const segments = eid.split("__");
    return segments.map((_, at) => segments.slice(0, at + 1).join("__"));
  }

  function sizesOf(eids) {
    const sizes = new Map();
    for (const eid of eids) for (const unit of unitsOf(eid)) sizes.set(unit, (sizes.get(unit) || 0) + 1);
    return sizes;
  }

  /** `eids` in which all parts of a unit are named by the unit. */
  function wholeUnits(eids, text) {
    const sizes = sizesOf(eids);
    return [...new Set(eids.map((eid) => unitsOf(eid).find((unit) => sizes.get(unit) === text.sizes.get(unit)) || eid))];
  }

  /** A text as search-data/passages.js has it, ready to be compared. */
  function makeText(data) {
    const strings = [];
    const tokens = [];
    data.rows.forEach(([, number, said, isHeading], row) => {
      const string = `${number} ${said}`.trim();
      strings.push(string);
      for (const token of tokensOf(string, data.lang)) tokens.push({ token, row, free: Boolean(isHeading) || token.start < number.length });
    });
    const words = [];
    tokens.forEach(({ token }, at) => { if (isWord(token)) words.push(at); });
    const sizes = sizesOf(new Set(data.rows.filter((row) => !row[3]).map(([eid]) => eid)));
    return { data, strings, tokens, words, sizes };
  }

  /** The texts of one language, and where each group of words stands in them. */
  class Shelf {
    constructor(texts) {
      this.texts = texts;
      this.keys = [];
      this.starts = [];
      this.made = new Map();
      for (const text of texts) {
        this.starts.push(this.keys.length);
        for (const at of text.words) this.keys.push(text.tokens[at].token.key);
        this.keys.push(BORDER);
      }
    }

    groups(size) {
      if (!this.made.has(size)) {
        const found = new Map();
        for (let at = 0; at + size <= this.keys.length; at += 1) {
          const group = this.keys.slice(at, at + size).join(" ");
          if (found.has(group)) found.get(group).push(at);
          else found.set(group, [at]);
        }
        this.made.set(size, found);
      }
      return this.made.get(size);
    }

    places(words) {
      return this.groups(words.length).get(words.join(" ")) || [];
    }

    textAt(place) {
      let number = this.starts.length - 1;
      let low = 0;
      while (low < number) {
        const middle = (low + number + 1) >> 1;
        if (this.starts[middle] <= place) low = middle;
        else number = middle - 1;
      }
      return low;
    }
  }

  /** The texts as they are printed, and without numbers and headings: a passage may be quoted either way. */
  function shelvesOf(texts) {
    const bare = texts.map((text) => ({ ...text, words: text.words.filter((at) => !text.tokens[at].free) }));
    return [new Shelf(texts), new Shelf(bare)];
  }

  function longestOf(words) {
    const counts = new Map();
    let most = 0;
    for (const segment of words.segments) {
      counts.set(segment, (counts.get(segment) || 0) + 1);
      most = Math.max(most, counts.get(segment));
    }
    return most;
  }

  function grown(words, keys, i, p, size, done) {
    const distance = p - i;
    const segment = words.segments[i];
    const floor = Math.max(done.get(distance) || 0, -distance);
    let first = i;
    let last = i + size;
    while (first > floor && words.segments[first - 1] === segment && words.keys[first - 1] === keys[first - 1 + distance]) first -= 1;
    while (last < words.keys.length && words.segments[last] === segment && words.keys[last] === keys[last + distance]) last += 1;
    done.set(distance, last);
    return { i: first, p: first + distance, length: last - first };
  }

  function runsOfSize(words, shelf, size, takeCommon) {
    const groups = shelf.groups(size);
    const done = new Map(); // by distance of text and passage: how far runs go
    const met = new Map();
    const runs = [];
    for (let i = 0; i + size <= words.keys.length; i += 1) {
      if (words.segments[i] !== words.segments[i + size - 1]) continue;
      const group = words.keys.slice(i, i + size).join(" ");
      const places = groups.get(group);
      if (places === undefined || (places.length > COMMON && !takeCommon)) continue;
      met.set(group, (met.get(group) || 0) + 1);
      if (met.get(group) > COMMON) continue;
      for (const p of places.slice(0, COMMON)) {
        if ((done.get(p - i) || 0) <= i) runs.push(grown(words, shelf.keys, i, p, size, done));
      }
    }
    return runs;
  }

  /** Without the short runs of words that stand in a much longer one. */
  function pruned(runs, count) {
    const cover = new Int32Array(count);
    for (const run of runs) {
      if (run.length < LONG) continue;
      for (let at = run.i; at < run.i + run.length; at += 1) cover[at] = Math.max(cover[at], run.length);
    }
    return runs.filter((run) => 4 * run.length > Math.min(cover[run.i], cover[run.i + run.length - 1]));
  }

  function runsOf(words, shelf) {
    const longest = longestOf(words);
    const sizes = [3];
    if (words.keys.length <= SHORT || longest === 2) sizes.push(2);
    if (longest === 1 || words.keys.length <= 2) sizes.push(1);
    for (const size of sizes) {
      for (const takeCommon of [false, true]) {
        const runs = runsOfSize(words, shelf, size, takeCommon);
        if (runs.length) return pruned(runs, words.keys.length);
      }
    }
    return [];
  }

  const isBetter = (one, other) => one[0] > other[0] || (one[0] === other[0] && one[1] > other[1]);

  /** The best end of a chain up to each place of the text (a Fenwick tree of maxima). */
  class Best {
    constructor(size) {
      this.ends = new Array(size + 2).fill(NO_END);
    }

    add(end) {
      for (let at = end[1] + 1; at < this.ends.length; at += at & -at) if (isBetter(end, this.ends[at])) this.ends[at] = end;
    }

    upTo(place) {
      let best = NO_END;
      for (let at = place + 1; at > 0; at -= at & -at) if (isBetter(this.ends[at], best)) best = this.ends[at];
      return best;
    }
  }

  /** What the chain up to a neighbouring run is worth to `run`: [worth, run, words cut off], or null. */
  function beside(runs, other, run, worth, segments) {
    const pred = runs[other];
    if (pred.i >= run.i || pred.p >= run.p) return null;
    const gapI = run.i - pred.i - pred.length;
    const gapP = run.p - pred.p - pred.length;
    const over = Math.max(0, -gapI, -gapP);
    if (over >= pred.length) return null;
    const price = Math.min(segments[pred.i] === segments[run.i] ? FAR : FAR_OMITTED, STEP + Math.abs(gapP - gapI));
    return [worth - WORTH * over - price, other, over];
  }

  function walkBack(runs, worth, before, cut) {
    let at = 0;
    for (let number = 1; number < runs.length; number += 1) if (worth[number] > worth[at]) at = number;
    const score = worth[at];
    const chain = [];
    let short = 0;
    while (at >= 0) {
      chain.push({ i: runs[at].i, p: runs[at].p, length: runs[at].length - short });
      short = cut[at];
      at = before[at];
    }
    return { score, runs: chain.reverse() };
  }

  /** The best chain of runs (sorted) and what it is worth. An end is [worth, place in the text, run, words cut off]. */
  function chainOf(runs, segments, size) {
    const everywhere = new Best(size);
    const omitted = new Best(size);
    const waiting = new Map();
    const near = new Map();
    const [worth, before, cut] = [[], [], []];
    let thisSegment = [];
    let segment = 0;
    let reached = 0;
    runs.forEach((run, number) => {
      for (; reached <= run.i; reached += 1) {
        for (const end of waiting.get(reached) || []) {
          everywhere.add(end);
          thisSegment.push(end);
        }
        waiting.delete(reached);
      }
      if (segments[run.i] !== segment) {
        segment = segments[run.i];
        thisSegment.forEach((end) => omitted.add(end));
        thisSegment = [];
      }
      let best = [0, -1, 0];
      const offer = (option) => { if (option && option[0] > best[0]) best = option; };
      const bucket = Math.floor(run.p / BUCKET);
      for (const each of [bucket - 1, bucket, bucket + 1]) {
        for (const other of (near.get(each) || []).slice(-NEAR)) offer(beside(runs, other, run, worth[other], segments));
      }
      for (const [end, price] of [[omitted.upTo(run.p), FAR_OMITTED], [everywhere.upTo(run.p), FAR]]) {
        if (end[2] >= 0) offer([end[0] - price, end[2], end[3]]);
      }
      [, before[number], cut[number]] = best;
      worth[number] = best[0] + WORTH * run.length;
      for (const off of CUTS) {
        if (off >= run.length) continue;
        const at = run.i + run.length - off;
        if (!waiting.has(at)) waiting.set(at, []);
        waiting.get(at).push([worth[number] - WORTH * off, run.p + run.length - off, number, off]);
      }
      const own = Math.floor((run.p + run.length) / BUCKET);
      if (!near.has(own)) near.set(own, []);
      near.get(own).push(number);
    });
    return walkBack(runs, worth, before, cut);
  }

  /** The place of a passage: of the text where most of it stands. @returns {{text, runs, score}|null} */
  function find(words, shelf) {
    const byText = new Map();
    for (const run of runsOf(words, shelf)) {
      const number = shelf.textAt(run.p);
      if (!byText.has(number)) byText.set(number, []);
      byText.get(number).push({ ...run, p: run.p - shelf.starts[number] });
    }
    let best = null;
    for (const number of [...byText.keys()].sort((one, other) => one - other)) {
      const own = byText.get(number).sort((one, other) => one.i - other.i || one.p - other.p);
      const text = shelf.texts[number];
      const { score, runs } = chainOf(own, words.segments, text.words.length);
      if (!best || score > best.score) best = { text, runs, score };
    }
    return best;
  }

  /** The places where all words of a passage stand side by side, at most `most`: [number of the text, word of it] each. */
  function sameWords(words, shelf, most) {
    const { keys } = words;
    const size = Math.min(3, keys.length);
    let rarest = 0;
    let fewest = Infinity;
    for (let at = 0; at + size <= keys.length; at += 1) {
      const count = shelf.places(keys.slice(at, at + size)).length;
      if (count < fewest) [rarest, fewest] = [at, count];
    }
    const found = [];
    for (const place of shelf.places(keys.slice(rarest, rarest + size))) {
      const start = place - rarest;
      if (start < 0 || !keys.every((key, at) => key === shelf.keys[start + at])) continue;
      const number = shelf.textAt(start);
      found.push([number, start - shelf.starts[number]]);
      if (found.length === most) break;
    }
    return found;
  }

  Kelisim.quotePlace = { makeText, shelvesOf, find, sameWords, wholeUnits };
})(window.Kelisim);
