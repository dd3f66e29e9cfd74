/**
 * Runs the trees of a plan on the index that search-data.js loads; finds and scores what Whoosh does (BM25F).
 * Documents found are {docs, scores}: numbers in their order, and a score for each.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const NONE = { docs: [], scores: [] };
  const scratches = new WeakMap();

  /** The score of one word in documents, as whoosh.scoring.bm25 has it. */
  function scored(postings, data, field, boost) {
    const { b, k1 } = data.rules;
    const average = data.meta.averages[field];
    const idf = Math.log(data.meta.documents / (postings.docs.length + 1)) + 1;
    return postings.docs.map((_, i) => {
      const frequency = postings.frequencies[i];
      const length = postings.lengths[i];
      return boost * idf * ((frequency * (k1 + 1)) / (frequency + k1 * ((1 - b) + (b * length) / average)));
    });
  }

  async function runLeaf(leaf, data) {
    if (leaf.words.length > 1) return runPhrase(leaf, data);
    const postings = await data.postings(leaf.field, leaf.words[0]);
    return { docs: postings.docs, scores: scored(postings, data, leaf.field, leaf.boost) };
  }

  async function runPhrase(leaf, data) {
    const columns = [];
    for (const word of leaf.words) {
      const postings = await data.postings(leaf.field, word);
      if (!postings.docs.length) return NONE;
      columns.push({ postings, positions: null, scores: scored(postings, data, leaf.field, leaf.boost), next: 0 });
    }
    for (const [i, word] of leaf.words.entries()) columns[i].positions = await data.positions(leaf.field, word);
    const docs = [];
    const scores = [];
    columns[0].postings.docs.forEach((doc, i) => {
      let ends = new Set(columns[0].positions[i]);
      let score = columns[0].scores[i];
      for (const column of columns.slice(1)) {
        const { docs: others } = column.postings;
        while (column.next < others.length && others[column.next] < doc) column.next += 1;
        if (others[column.next] !== doc) return;
        ends = new Set(column.positions[column.next].filter((place) => ends.has(place - 1)));
        if (!ends.size) return;
        score += column.scores[column.next];
      }
      docs.push(doc);
      scores.push(score);
    });
    return { docs, scores };
  }

  /** Documents of any of the parts found, scores summed. */
  function united(parts, data) {
    const there = parts.filter((part) => part.docs.length);
    if (there.length < 2) return there[0] || NONE;
    if (!scratches.has(data)) scratches.set(data, { total: new Float64Array(data.meta.documents), seen: new Uint8Array(data.meta.documents) });
    const { total, seen } = scratches.get(data);
    const docs = [];
    for (const part of there) {
      part.docs.forEach((doc, i) => {
        if (!seen[doc]) docs.push(doc);
        seen[doc] = 1;
        total[doc] += part.scores[i];
      });
    }
    docs.sort((a, b) => a - b);
    const scores = docs.map((doc) => total[doc]);
    for (const doc of docs) {
      total[doc] = 0;
      seen[doc] = 0;
    }
    return { docs, scores };
  }

  /** Documents of both, scores summed. */
  function common(one, other) {
    const docs = [];
    const scores = [];
    let at = 0;
    one.docs.forEach((doc, i) => {
      while (at < other.docs.length && other.docs[at] < doc) at += 1;
      if (other.docs[at] !== doc) return;
      docs.push(doc);
      scores.push(one.scores[i] + other.scores[at]);
    });
    return { docs, scores };
  }

  /** `found` without the documents of `unwanted`. */
  function without(found, unwanted) {
    const out = new Set(unwanted.docs);
    const kept = found.docs.map((doc, i) => i).filter((i) => !out.has(found.docs[i]));
    return { docs: kept.map((i) => found.docs[i]), scores: kept.map((i) => found.scores[i]) };
  }

  /** `found` with the scores of the leaves added; they find nothing themselves. */
  async function added(found, leaves, data) {
    const scores = found.scores.slice();
    for (const leaf of leaves) {
      const extra = await runLeaf(leaf, data);
      let at = 0;
      found.docs.forEach((doc, i) => {
        while (at < extra.docs.length && extra.docs[at] < doc) at += 1;
        if (extra.docs[at] === doc) scores[i] += extra.scores[at];
      });
    }
    return { docs: found.docs, scores };
  }

  /** What a node finds. */
  async function run(node, data) {
    if (node.kind === "leaf") return runLeaf(node, data);
    if (node.kind === "within") return unscored(await Kelisim.searchPlaces.documentsWithin(node, data));
    if (node.kind === "or") {
      const parts = [];
      for (const part of node.parts) parts.push(await run(part, data));
      return united(parts, data);
    }
    let found = node.parts.length ? await run(node.parts[0], data) : unscored(Array.from({ length: data.meta.documents }, (_, doc) => doc));
    for (const part of node.parts.slice(1)) {
      if (!found.docs.length) return NONE;
      found = common(found, await run(part, data));
    }
    for (const part of node.without) {
      if (!found.docs.length) return NONE;
      found = without(found, await run(part, data));
    }
    return found;
  }

  function unscored(docs) {
    return { docs, scores: docs.map(() => 0) };
  }

  /**
   * @param {Object} wanted a tree @param {Object[]} optional leaves that add to the score @param {Object} data a language
   * @returns {Promise<{docs: number[], scores: number[]}>}
   */
  async function find(wanted, optional, data) {
    const found = await run(wanted, data);
    return found.docs.length && optional.length ? added(found, optional, data) : found;
  }

  Kelisim.searchRun = { find };
})(window.Kelisim);
