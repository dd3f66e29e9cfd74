/**
 * From a query to provisions: the same as build_scripts/search.py, on the index that search-data.js loads.
 * Scores are Whoosh's BM25F. Citations are resolved by cite.js where it is loaded.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

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

  /** @returns {Promise<{docs: number[], scores: number[]}>} the documents that one leaf of a plan finds */
  async function run(leaf, data) {
    const boost = leaf.boost === undefined ? data.rules.boosts[leaf.field] : leaf.boost;
    if (leaf.words.length > 1) return runPhrase(leaf, data, boost);
    const postings = await data.postings(leaf.field, leaf.words[0]);
    return { docs: postings.docs, scores: scored(postings, data, leaf.field, boost) };
  }

  async function runPhrase(leaf, data, boost) {
    const columns = [];
    for (const word of leaf.words) {
      const postings = await data.postings(leaf.field, word);
      if (!postings.docs.length) return { docs: [], scores: [] };
      const positions = await data.positions(leaf.field, word);
      columns.push({ postings, positions, scores: scored(postings, data, leaf.field, boost), next: 0 });
    }
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

  /** Documents with every clause: [document, score] each, in the order of the documents. */
  async function findAll(plan, data, range) {
    const total = new Float64Array(data.meta.documents);
    const matched = new Uint16Array(data.meta.documents);
    for (const [number, leaves] of plan.clauses.entries()) {
      for (const leaf of leaves) {
        const { docs, scores } = await run(leaf, data);
        docs.forEach((doc, i) => {
          if (matched[doc] === number) matched[doc] = number + 1;
          if (matched[doc] === number + 1) total[doc] += scores[i];
        });
      }
    }
    const rows = rowsOf(total, (doc) => matched[doc] === plan.clauses.length, range);
    if (rows.length) {
      for (const leaf of plan.optional) add(await run(leaf, data), total);
    }
    return rows.map((doc) => [doc, total[doc]]);
  }

  /** Documents with some of the words: [document, score] each, in the order of the documents. */
  async function findAny(plan, data, range) {
    const total = new Float64Array(data.meta.documents);
    for (const leaf of plan.some) add(await run(leaf, data), total);
    return rowsOf(total, (doc) => total[doc] > 0, range).map((doc) => [doc, total[doc]]);
  }

  function add({ docs, scores }, total) {
    docs.forEach((doc, i) => { total[doc] += scores[i]; });
  }

  function rowsOf(total, isFound, [from, to]) {
    const rows = [];
    for (let doc = from; doc < Math.min(to, total.length); doc += 1) if (isFound(doc)) rows.push(doc);
    return rows;
  }

  /** First document of the treaty and the one after its last; all when no treaty is named. */
  async function rangeOf(data, treaty) {
    if (!treaty) return [0, data.meta.documents];
    const number = (await data.slugs()).indexOf(treaty);
    if (number < 0) return [0, 0];
    const starts = await data.starts();
    return [starts[number], number + 1 < starts.length ? starts[number + 1] : data.meta.documents];
  }

  /** What has all the words; or, unless `strict`, what has some of them, and complete: false. */
  async function find(words, { lang, treaty, strict }) {
    const index = await Kelisim.searchIndex.open();
    const found = [];
    for (const data of index.languages.values()) {
      const clauses = !lang || lang === data.lang ? Kelisim.searchQuery.parse(words, data.lang) : [];
      if (clauses.length) {
        const plan = await Kelisim.searchQuery.plan(clauses, data);
        const range = await rangeOf(data, treaty);
        found.push({ data, clauses, plan, range, rows: await findAll(plan, data, range) });
      }
    }
    if (strict || !found.length || found.some((one) => one.rows.length)) return { found, complete: true };
    for (const one of found) one.rows = await findAny(one.plan, one.data, one.range);
    return { found, complete: false };
  }

  /** The score as it is compared: equal where two only differ by the order in which floats were added. */
  function rank(score) {
    return Math.floor(score * 1e9 + 0.5);
  }

  /** All rows of all languages, best first: {data, plan, doc, score}. */
  function ordered(found) {
    const rows = found.flatMap((one, order) => one.rows.map(([doc, score]) => ({ order, doc, score, data: one.data, plan: one.plan })));
    return rows.sort((a, b) => rank(b.score) - rank(a.score) || a.order - b.order || a.doc - b.doc);
  }

  function urlOf({ treaty, article, eid, lang }) {
    const page = `${lang}/${treaty}/${article || "index"}.html`;
    return eid ? `${page}#${eid}` : page;
  }

  function wantedOf(plan) {
    const stems = new Set();
    const exacts = new Set();
    for (const leaf of plan.some) leaf.words.forEach((word) => (leaf.field === "exact" ? exacts : stems).add(word));
    return { stems, exacts };
  }

  async function hitOf({ data, doc, plan, score }) {
    const document = await data.document(doc);
    const piece = Kelisim.snippet(document.text, data.lang, wantedOf(plan));
    return { ...document, snippet: piece.text, marks: piece.marks, url: urlOf(document), score };
  }

  /** The language that a citation is answered in; see language_of in search.py. */
  function languageOf(query, languages, prefer) {
    const words = (query.match(/\p{L}{2,}/gu) || []).join("");
    const counts = {
      cyrillic: (words.match(/[\u0400-\u052f]/g) || []).length,
      latin: (words.match(/[A-Za-z]/g) || []).length,
    };
    const script = counts.latin > counts.cyrillic ? "latin" : "cyrillic";
    const scripts = Kelisim.searchRules.analysis.scripts;
    const written = languages.filter((lang) => counts[script] && scripts[lang] === script);
    if (written.length) return written[0];
    return languages.includes(prefer) ? prefer : languages[0];
  }

  /** The words of a provision, each part with the numbers printed before it, as they are read. */
  function linesOf(documents, eid) {
    const depth = eid.split("__").length;
    return documents.map((document) => {
      const missing = document.eid.split("__").length - document.lead.length;
      const numbers = document.lead.filter((number, i) => number && missing + i + 1 >= depth);
      return [...numbers, document.text].join(" ");
    });
  }

  async function cited(target, query, { lang, prefer }, index) {
    const held = [];
    for (const data of index.languages.values()) {
      const documents = await data.documentsOf(target.treaty, target.eid);
      if (documents.length) held.push({ data, documents });
    }
    if (!held.length) return null;
    const chosen = lang || languageOf(query, held.map((one) => one.data.lang), prefer);
    const one = held.find((each) => each.data.lang === chosen);
    if (!one) return null;
    const lines = linesOf(one.documents, target.eid);
    const piece = Kelisim.snippet(lines.join(" "), chosen, { stems: new Set(), exacts: new Set() });
    const { titles, article, num, heading } = one.documents[0];
    const hit = { treaty: target.treaty, titles, eid: target.eid, lang: chosen, article, num, heading, lines };
    return { ...hit, snippet: piece.text, marks: [], url: urlOf(hit), score: index.rules.cited, cited: true };
  }

  async function citedAll(targets, query, options, index) {
    const wanted = (targets || []).filter((target) => target.treaty && target.eid && (!options.treaty || options.treaty === target.treaty));
    const hits = [];
    for (const target of wanted.slice(0, options.limit)) hits.push(await cited(target, query, options, index));
    return hits.filter(Boolean);
  }

  /** The query with each word that no language knows replaced by one that is near it. */
  async function suggest(query, found) {
    const near = [];
    for (const [span, exacts] of await unknown(found)) {
      const rows = [];
      for (const [order, one] of found.entries()) {
        for (const [spent, frequency, word] of await Kelisim.searchSuggest.nearest(exacts[order], one.data)) {
          rows.push([spent, frequency, order, word]);
        }
      }
      const words = Array.from(new Set(rows.sort(Kelisim.searchSuggest.compare).map((row) => row[3])));
      if (words.length) near.push([span, words.slice(0, Kelisim.searchRules.suggest.most)]);
    }
    if (near.length === 1) return near[0][1].map((word) => replaced(query, [[near[0][0], word]]));
    return near.length ? [replaced(query, near.map(([span, words]) => [span, words[0]]))] : [];
  }

  /** Where in the query a word stands that no language has, and how each language reads it. */
  async function unknown(found) {
    const known = new Set();
    const read = new Map();
    for (const { data, clauses } of found) {
      for (const clause of clauses) {
        const span = `${clause.start} ${clause.end}`;
        if (!read.has(span)) read.set(span, []);
        read.get(span).push(clause.exacts[0]);
        const single = clause.kind === "word" && Kelisim.searchSuggest.isSuggestible(clause.exacts[0]);
        if (!single || await isHeld(clause.stems[0], data)) known.add(span);
      }
    }
    return Array.from(read).filter(([span]) => !known.has(span))
      .map(([span, exacts]) => [span.split(" ").map(Number), exacts])
      .sort(([a], [b]) => a[0] - b[0] || a[1] - b[1]);
  }

  async function isHeld(stem, data) {
    for (const field of ["text", "heading"]) if ((await data.postings(field, stem)).docs.length) return true;
    return false;
  }

  function replaced(query, words) {
    const chars = Array.from(query);
    for (const [[start, end], word] of words.slice().reverse()) chars.splice(start, end - start, ...word);
    return chars.join("");
  }

  /**
   * The answer to a query.
   * @param {string} query
   * @param {{lang?: string, treaty?: string, limit?: number, prefer?: string}} [options]
   *   prefer: the language a bare citation is answered in
   * @returns {Promise<{query: string, resolved: Object[], hits: Object[], suggestions: string[], nearest: Object[],
   *   complete: boolean, total: number, words: string, strict: boolean}>} total: how many hits the words have without the
   *   limit; words: what was searched for beside the citation; strict: whether only provisions with all words were wanted
   */
  async function search(query, options = {}) {
    const asked = { limit: 20, ...options };
    const index = await Kelisim.searchIndex.open();
    const read = Array.from(query).slice(0, index.rules.longestQuery).join("");
    const citation = await Kelisim.searchEngine.resolve(read);
    const resolved = citation ? await citedAll(citation.resolved, query, asked, index) : [];
    const nearest = citation ? await citedAll(citation.nearest, query, asked, index) : [];
    const words = resolved.length && citation.rest.trim() ? citation.rest : query;
    const strict = words === query && resolved.length + nearest.length > 0;
    const { found, complete } = await find(words, { ...asked, strict });
    const known = new Set(resolved.map((hit) => `${hit.lang} ${hit.treaty} ${hit.eid}`));
    const rows = ordered(found);
    const hits = resolved.slice(0, asked.limit);
    for (const row of rows) {
      if (hits.length >= asked.limit) break;
      const hit = await hitOf(row);
      if (!known.has(`${hit.lang} ${hit.treaty} ${hit.eid}`)) hits.push(hit);
    }
    const suggestions = complete ? [] : await suggest(words, found);
    return { query, resolved, hits, suggestions, nearest, complete, total: rows.length, words, strict };
  }

  /**
   * How many hits each language and each treaty has, for the filters. Each kind of filter is counted under the other's choice.
   * @param {{words: string, strict: boolean}} answer what `search` gave
   * @param {{lang?: string, treaty?: string}} chosen the filters that are set
   * @returns {Promise<{languages: Map<string, number>, treaties: Map<string, {titles: Object, count: number}>}>}
   */
  async function count({ words, strict }, chosen = {}) {
    const languages = new Map();
    const treaties = new Map();
    const byLanguage = await find(words, { treaty: chosen.treaty, strict });
    for (const one of byLanguage.found) if (one.rows.length) languages.set(one.data.lang, one.rows.length);
    const byTreaty = await find(words, { lang: chosen.lang, strict });
    for (const { data, rows } of byTreaty.found) {
      const starts = await data.starts();
      const counts = new Map();
      let number = 0;
      for (const [doc] of rows) {
        while (number + 1 < starts.length && starts[number + 1] <= doc) number += 1;
        counts.set(number, (counts.get(number) || 0) + 1);
      }
      const most = Array.from(counts).sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 12);
      for (const [treaty, counted] of most) {
        const { treaty: slug, titles } = await data.document(starts[treaty]);
        const entry = treaties.get(slug) || { titles, count: 0 };
        entry.count += counted;
        treaties.set(slug, entry);
      }
    }
    return { languages, treaties };
  }

  /** What a query cites; null when no resolver is loaded, or its data cannot be read. */
  async function resolve(query) {
    return Kelisim.cite ? Kelisim.cite.ask(query, Kelisim.page.treaty).catch(() => null) : null;
  }

  Kelisim.searchEngine = { search, count, resolve };
})(window.Kelisim);
