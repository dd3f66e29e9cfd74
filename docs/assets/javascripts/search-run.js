/**
 * Runs the trees of a plan on the index that search-data.js loads; finds and scores what Whoosh does (BM25F).
 * Documents found are {docs, scores}: numbers in their order, and a score for each, in typed arrays of one length.
 *
 * Parts that all must be there run from the rarest to the commonest, each only on the documents that are left, so that of a common
 * word no more is read and scored than what the rare ones leave.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const NONE = { docs: new Uint32Array(0), scores: new Float64Array(0) };

  /** The score of a word in the document at a place of its postings, as whoosh.scoring.bm25 has it. */
  function scorer(postings, data, { field, boost }) {
    const { b, k1 } = data.rules;
    const average = data.meta.averages[field];
    const idf = Math.log(data.meta.documents / (postings.count + 1)) + 1;
    const { frequencies, lengths } = postings;
    return (i) => boost * idf * ((frequencies[i] * (k1 + 1)) / (frequencies[i] + k1 * ((1 - b) + (b * lengths[i]) / average)));
  }

  /** The first place from `from` on where `docs` is not below `doc`: steps that double, then halves. */
  function placeOf(docs, doc, from) {
    let low = from;
    let step = 1;
    while (low + step < docs.length && docs[low + step] < doc) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, docs.length);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (docs[middle] < doc) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Calls `each` with the places in both lists of every document that both have. */
  function meet(docs, others, each) {
    let at = 0;
    for (let i = 0; i < docs.length && at < others.length; i += 1) {
      if (others[at] < docs[i]) at = placeOf(others, docs[i], at);
      if (others[at] === docs[i]) each(i, at);
    }
  }

  /** Rows that are gathered one by one, at most `most`. */
  function gathering(most) {
    const docs = new Uint32Array(most);
    const scores = new Float64Array(most);
    let count = 0;
    return {
      add(doc, score) {
        docs[count] = doc;
        scores[count++] = score;
      },
      rows: () => ({ docs: docs.slice(0, count), scores: scores.slice(0, count) }),
    };
  }

  /** What a leaf finds; within: only among these documents. */
  async function runLeaf(leaf, data, within) {
    if (leaf.words.length > 1) return runPhrase(leaf, data, within);
    const postings = await data.postings(leaf.field, leaf.words[0], { within });
    const score = scorer(postings, data, leaf);
    if (!within) return { docs: postings.docs, scores: Float64Array.from(postings.docs, (_, i) => score(i)) };
    const found = gathering(Math.min(within.length, postings.docs.length));
    meet(...shorterFirst(within, postings.docs, (i, at) => found.add(postings.docs[at], score(at))));
    return found.rows();
  }

  /** The arguments of `meet`, with the shorter list first. */
  function shorterFirst(one, other, each) {
    return one.length <= other.length ? [one, other, each] : [other, one, (i, at) => each(at, i)];
  }

  async function runPhrase(leaf, data, within) {
    const { field } = leaf;
    const words = Array.from(new Set(leaf.words)); // a word may stand twice
    const counts = await Promise.all(words.map((word) => data.frequency(field, word)));
    if (counts.includes(0)) return NONE;
    let left = within;
    for (const i of Array.from(words.keys()).sort((a, b) => counts[a] - counts[b])) {
      const postings = await data.postings(field, words[i], { within: left });
      left = left ? bothOf(left, postings.docs) : postings.docs;
      if (!left.length) return NONE;
    }
    const columns = await Promise.all(words.map((word) => data.postings(field, word, { within: left, positions: true })));
    const scores = columns.map((postings) => scorer(postings, data, leaf));
    const order = leaf.words.map((word) => words.indexOf(word));
    const found = gathering(left.length);
    const at = words.map(() => 0);
    for (const doc of left) {
      columns.forEach(({ docs }, i) => { at[i] = placeOf(docs, doc, at[i]); });
      if (stands(columns, at, order)) found.add(doc, order.reduce((sum, i) => sum + scores[i](at[i]), 0));
    }
    return found.rows();
  }

  /** Whether the words of the columns stand side by side in this order somewhere in the document at these places of their postings. */
  function stands(columns, at, order) {
    const places = columns.map((column, i) => column.places.subarray(column.starts[at[i]], column.starts[at[i] + 1]));
    return places[order[0]].some((place) => order.every((i, step) => places[i].includes(place + step)));
  }

  function bothOf(docs, others) {
    const found = new Uint32Array(Math.min(docs.length, others.length));
    let count = 0;
    meet(...shorterFirst(docs, others, (i) => { found[count++] = docs[i]; }));
    return found.slice(0, count);
  }

  /** Documents of any of the parts found, scores summed. */
  function united(parts) {
    if (parts.length < 2) return parts[0] || NONE;
    const half = parts.length >> 1;
    const [one, other] = [united(parts.slice(0, half)), united(parts.slice(half))];
    if (!one.docs.length || !other.docs.length) return one.docs.length ? one : other;
    const found = gathering(one.docs.length + other.docs.length);
    let i = 0;
    let j = 0;
    while (i < one.docs.length && j < other.docs.length) {
      if (one.docs[i] < other.docs[j]) found.add(one.docs[i], one.scores[i++]);
      else if (one.docs[i] > other.docs[j]) found.add(other.docs[j], other.scores[j++]);
      else found.add(one.docs[i], one.scores[i++] + other.scores[j++]);
    }
    for (; i < one.docs.length; i += 1) found.add(one.docs[i], one.scores[i]);
    for (; j < other.docs.length; j += 1) found.add(other.docs[j], other.scores[j]);
    return found.rows();
  }

  /** Documents of both, scores summed. */
  function common(one, other) {
    const found = gathering(Math.min(one.docs.length, other.docs.length));
    meet(...shorterFirst(one.docs, other.docs, (i, j) => found.add(one.docs[i], one.scores[i] + other.scores[j])));
    return found.rows();
  }

  /** `found` without the documents of `unwanted`. */
  function without(found, unwanted) {
    const out = new Uint8Array(found.docs.length);
    meet(...shorterFirst(found.docs, unwanted.docs, (i) => { out[i] = 1; }));
    return { docs: found.docs.filter((_, i) => !out[i]), scores: found.scores.filter((_, i) => !out[i]) };
  }

  /** `found` with the scores of the leaves added; they find nothing themselves. */
  async function added(found, leaves, data) {
    const scores = found.scores.slice();
    for (const extra of await Promise.all(leaves.map((leaf) => runLeaf(leaf, data, found.docs)))) {
      meet(extra.docs, found.docs, (i, at) => { scores[at] += extra.scores[i]; });
    }
    return { docs: found.docs, scores };
  }

  /** About how many documents a node finds, at most; read from the leaves of the index alone. */
  async function sizeOf(node, data) {
    if (node.kind === "within") return data.meta.documents;
    const sizes = node.kind === "leaf"
      ? await Promise.all(Array.from(new Set(node.words), (word) => data.frequency(node.field, word)))
      : await Promise.all(node.parts.map((part) => sizeOf(part, data)));
    if (node.kind === "or") return sizes.reduce((sum, size) => sum + size, 0);
    return Math.min(data.meta.documents, ...sizes);
  }

  /** What a node finds; within: only among these documents, all when it is null. */
  async function run(node, data, within) {
    if (node.kind === "leaf") return runLeaf(node, data, within);
    if (node.kind === "within") return among(unscored(await Kelisim.searchPlaces.documentsWithin(node, data)), within);
    if (node.kind === "or") return united(await Promise.all(node.parts.map((part) => run(part, data, within))));
    return runAnd(node, data, within);
  }

  async function runAnd(node, data, within) {
    const sizes = await Promise.all(node.parts.map((part) => sizeOf(part, data)));
    const parts = node.parts.map((part, i) => [part, sizes[i]]).sort((a, b) => a[1] - b[1]);
    let found = parts.length ? null : among(unscored(Uint32Array.from({ length: data.meta.documents }, (_, doc) => doc)), within);
    for (const [part] of parts) {
      const next = await run(part, data, found ? found.docs : within);
      found = found ? common(found, next) : next;
      if (!found.docs.length) return NONE;
    }
    for (const part of node.without) {
      if (!found.docs.length) return NONE;
      found = without(found, await run(part, data, found.docs));
    }
    return found;
  }

  function among(found, within) {
    return within ? common(found, unscored(within)) : found;
  }

  function unscored(docs) {
    return { docs, scores: new Float64Array(docs.length) };
  }

  /**
   * @param {Object} wanted a tree @param {Object[]} optional leaves that add to the score @param {Object} data a language
   * @returns {Promise<{docs: Uint32Array, scores: Float64Array}>}
   */
  async function find(wanted, optional, data) {
    const found = await run(wanted, data, null);
    return found.docs.length && optional.length ? added(found, optional, data) : found;
  }

  Kelisim.searchRun = { find };
})(window.Kelisim);
