/**
 * From a query to provisions: the same as build_scripts/search.py, on the index that search-data.js loads.
 * Citations are resolved by cite.js where it is loaded.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const MOST_TREATIES = 12; // that the filters offer
  const EXACTLY = ["phrase", "prefix"];
  const NO_GUESS = { queries: [], sure: false };

  /** What `words` ask of each language, where they ask for anything: {data, understood, found, faults} each. */
  async function understandAll(words) {
    const index = await Kelisim.searchIndex.open();
    const reading = Kelisim.searchGrammar.read(words);
    const asked = [];
    for (const data of index.languages.values()) {
      const understood = await Kelisim.searchQuery.understand(reading, data);
      if (understood) asked.push({ data, understood, found: new Map(), faults: [] });
    }
    return asked;
  }

  /** What each language has. name: of the tree of its plan; what was found once is kept with `asked`. */
  function runAll(asked, name, treaty) {
    return Promise.all(asked.map(async (one) => {
      const key = `${name} ${treaty || ""}`;
      if (!one.found.has(key)) one.found.set(key, runOne(one, name, treaty));
      return one.found.get(key);
    }));
  }

  async function runOne(asked, name, treaty) {
    const { data, understood, faults } = asked;
    const { plan } = understood;
    const by = plan[name] || Kelisim.searchQuery.NOTHING;
    const wanted = treaty ? Kelisim.searchQuery.allOf([by, { kind: "within", field: "treaty", values: [treaty] }]) : by;
    const { find: run } = Kelisim.searchRun;
    const rows = await run(wanted, name === "wanted" ? plan.optional : [], data).catch(async (fault) => {
      const plain = await run(wanted, [], data); // what only adds to the score may be missing
      faults.push(fault);
      return plain;
    });
    return { asked, data, understood, by, rows };
  }

  /** What has all that is asked for; or, unless `strict`, what has some of it, and complete: false. */
  async function find(asked, { lang, treaty, strict }) {
    const here = asked.filter((one) => !lang || lang === one.data.lang);
    const found = await runAll(here, "wanted", treaty);
    if (strict || !found.length || found.some((one) => one.rows.docs.length)) return { found, complete: true };
    return { found: await runAll(here, "some", treaty), complete: false };
  }

  /** The score as it is compared: equal where two only differ by the order in which floats were added. */
  function rank(score) {
    return Math.floor(score * 1e9 + 0.5);
  }

  /** The best rows of all languages, best first: {data, by, doc, score}. Of equal ones, the language and the document that comes first. */
  function best(found, most) {
    let rows = [];
    let worst = -Infinity; // of the rows that are kept, once there are enough
    const cut = () => {
      rows = rows.sort((a, b) => b.rank - a.rank || a.order - b.order || a.doc - b.doc).slice(0, most);
      if (rows.length === most) worst = most ? rows[most - 1].rank : Infinity;
    };
    found.forEach(({ rows: { docs, scores }, data, by }, order) => {
      for (let i = 0; i < docs.length; i += 1) {
        const here = rank(scores[i]);
        if (here <= worst) continue;
        rows.push({ rank: here, order, doc: docs[i], score: scores[i], data, by });
        if (rows.length >= 4 * most) cut();
      }
    });
    cut();
    return rows;
  }

  function urlOf({ treaty, article, eid, lang }) {
    const page = `${lang}/${treaty}/${article || "index"}.html`;
    return eid ? `${page}#${eid}` : page;
  }

  /** The words to mark: those that a tree finds, not those that only add to the score or are left out. */
  function wantedOf(tree) {
    const leaves = leavesOf(tree);
    const single = (isExact) => new Set(
      leaves.filter((leaf) => leaf.words.length === 1 && (leaf.field === "exact") === isExact).map((leaf) => leaf.words[0]),
    );
    const phrases = new Map(leaves.filter((leaf) => leaf.words.length > 1).map((leaf) => [leaf.words.join(" "), leaf.words]));
    return { stems: single(false), exacts: single(true), phrases: Array.from(phrases.values()) };
  }

  function leavesOf(node) {
    if (node.kind === "leaf") return [node];
    return (node.parts || []).flatMap(leavesOf);
  }

  async function hitOf({ data, doc, by, score }) {
    const document = await data.document(doc);
    const wanted = wantedOf(by);
    const piece = Kelisim.snippet(document.text, data.lang, wanted);
    const heading = Kelisim.snippet(document.heading, data.lang, wanted);
    const headingMarks = heading.text === document.heading ? heading.marks : [];
    return { ...document, headingMarks, snippet: piece.text, marks: piece.marks, url: urlOf(document), score };
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

  /** What makes up a provision in the language that it is answered in: {data, documents}; null when `lang` does not have it. */
  async function textOf({ treaty, eid }, query, { lang, prefer }, index) {
    const all = Array.from(index.languages.values());
    const firsts = await Promise.all(all.map((data) => data.firstOf(treaty, eid)));
    let held = all.filter((_, i) => firsts[i] !== null); // the article at least
    while (held.length) {
      const chosen = lang || languageOf(query, held.map((data) => data.lang), prefer);
      const data = held.find((one) => one.lang === chosen);
      const documents = data ? await data.documentsOf(treaty, eid) : [];
      if (!data || documents.length) return data ? { data, documents } : null;
      held = held.filter((one) => one !== data);
    }
    throw new Kelisim.SearchFault(`treaty-${treaty}`);
  }

  async function cited(target, query, options, index) {
    const one = await textOf(target, query, options, index);
    if (!one) return null;
    const chosen = one.data.lang;
    const lines = linesOf(one.documents, target.eid);
    const piece = Kelisim.snippet(lines.join(" "), chosen, { stems: new Set(), exacts: new Set(), phrases: [] });
    const { titles, article, num, heading } = one.documents[0];
    const hit = { treaty: target.treaty, titles, eid: target.eid, lang: chosen, article, num, heading, lines };
    return { ...hit, snippet: piece.text, marks: [], url: urlOf(hit), score: index.rules.cited, cited: true };
  }

  async function citedAll(targets, query, options, index) {
    const wanted = (targets || []).filter((target) => target.treaty && target.eid && (!options.treaty || options.treaty === target.treaty));
    const hits = await Promise.all(wanted.slice(0, options.limit).map((target) => cited(target, query, options, index)));
    return hits.filter(Boolean);
  }

  /** How many provisions each thing sought is in, whatever the filters, in the order of the query: {text, count}. */
  async function countsOf(words, asked) {
    const chars = Array.from(words);
    const counts = new Map();
    for (const { data, understood } of asked) {
      for (const { clause, node } of understood.sought) {
        const span = [clause.spans[0][0], clause.spans[clause.spans.length - 1][1]];
        const entry = counts.get(span.join(" ")) || { span, text: asTyped(chars, ...span), count: 0 };
        entry.count += (await Kelisim.searchRun.find(node, [], data)).docs.length;
        counts.set(span.join(" "), entry);
      }
    }
    return Array.from(counts.values()).sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1]).map(({ text, count }) => ({ text, count }));
  }

  /** A word of the query with the signs that belong to it. */
  function asTyped(chars, start, end) {
    const isQuote = (char) => char !== undefined && Kelisim.searchGrammar.QUOTES.includes(char);
    if (isQuote(chars[start - 1]) && isQuote(chars[end])) return chars.slice(start - 1, end + 1).join("");
    return chars.slice(start, chars[end] === "*" ? end + 1 : end).join("");
  }

  /** The notices that every language has, with the values there are: {kind, value, start, known, titles}. */
  async function said(asked) {
    const isSame = (a) => (b) => a.kind === b.kind && a.value === b.value && a.start === b.start;
    const [first, ...others] = asked.map((one) => one.understood.notices);
    const common = (first || []).filter((notice) => others.every((list) => list.some(isSame(notice))));
    for (const notice of asked.flatMap((one) => one.understood.notices)) {
      if (notice.kind === "prefix" && !common.some(isSame(notice))) common.push(notice);
    }
    const parts = asked.map((one) => one.data);
    const notices = [];
    for (const notice of common) notices.push({ ...notice, known: await knownFor(notice, parts), titles: await titlesFor(notice, parts) });
    return notices;
  }

  /** The titles of the treaties that a notice offers, by slug. */
  async function titlesFor(notice, parts) {
    const titles = {};
    if (notice.kind !== "treaty") return titles;
    for (const data of parts) for (const one of await data.firstTreaties(Kelisim.searchRules.mostKnown)) titles[one.slug] = one.titles;
    return titles;
  }

  /** What could stand in the place of the value that a notice is about: codes of languages, slugs, places. */
  async function knownFor({ kind, value }, parts) {
    const { mostKnown } = Kelisim.searchRules;
    const { articleIn, placesOf, articles, compare, ranges } = Kelisim.searchPlaces;
    const found = new Set();
    if (kind === "lang") for (const data of parts) found.add(data.lang);
    if (kind === "treaty") for (const data of parts) for (const { slug } of await data.firstTreaties(mostKnown)) found.add(slug);
    if (kind !== "article") return Array.from(found).slice(0, mostKnown);
    const article = articleIn(value);
    for (const data of parts) for (const place of article ? await placesOf(data, article) : []) if (place.split("(").length === 2) found.add(place);
    if (!found.size) for (const data of parts) for (const number of await articles(data)) found.add(number);
    return ranges(Array.from(found).sort(compare)).slice(0, mostKnown);
  }

  /**
   * The answer to a query.
   * @param {string} query
   * @param {{lang?: string, treaty?: string, limit?: number, prefer?: string}} [options]
   *   prefer: the language a bare citation is answered in
   * @returns {Promise<{query: string, resolved: Object[], hits: Object[], more: Object[], suggestions: string[], instead: string,
   *   nearest: Object[], complete: boolean, total: number, notices: Object[], words: Object[], reading: Object, asked: Object[],
   *   strict: boolean, faults: Error[]}>}
   *   more: what has some of the words, where few have all and there are no operators; instead: the query that is answered in place of the one asked, when that
   *   was typed without Kazakh letters;
   *   total: how many hits the words have without the limit; notices: {kind, value, start, known, titles}; words: {text, count} of
   *   what is sought, where not everything was found; reading: how the query was read; asked, strict: for `count`; faults: files
   *   that could not be read, without which something is missing in the answer
   *   Rejected where the words cannot be looked up at all.
   */
  async function search(query, options = {}) {
    const chosen = { limit: 20, ...options };
    const faults = [];
    const attempt = (promise, otherwise) => promise.catch((fault) => {
      faults.push(fault);
      return otherwise;
    });
    const index = await Kelisim.searchIndex.open();
    const reading = Kelisim.searchGrammar.read(query);
    const citation = reading.plain ? await attempt(Kelisim.searchEngine.resolve(reading.chars.join("")), null) : null;
    const resolved = citation ? await attempt(citedAll(citation.resolved, query, chosen, index), []) : [];
    const nearest = citation ? await attempt(citedAll(citation.nearest, query, chosen, index), []) : [];
    const strict = resolved.length + nearest.length > 0;
    const asked = await understandAll(query);
    const { found, complete } = await find(asked, { ...chosen, strict });
    const guess = complete ? NO_GUESS : await attempt(Kelisim.searchSuggest.meant(query, found), NO_GUESS);
    if (guess.sure) {
      const [instead] = guess.queries;
      const answer = await search(instead, options);
      if (answer.complete && answer.hits.length) return { ...answer, query, suggestions: guess.queries, instead };
    }
    const hits = await merged(resolved, found, chosen.limit, attempt);
    const enough = Math.min(chosen.limit, index.rules.enough);
    const isShort = complete && !strict && !reading.operators && hits.length > 0 && hits.length < enough;
    const more = isShort ? (await merged(hits, await attempt(someOf(found, chosen), []), enough, attempt)).slice(hits.length) : [];
    const total = found.reduce((sum, one) => sum + one.rows.docs.length, 0);
    const counts = complete ? [] : await attempt(countsOf(query, asked), []);
    const notices = await attempt(said(asked), []);
    faults.push(...asked.flatMap((one) => one.faults));
    return {
      query, resolved, hits, more, suggestions: guess.queries, instead: "", nearest, complete, total, notices, words: counts, reading,
      asked, strict, faults,
    };
  }

  /** `hits` and after them the best found that are not among them, until there are `most`. */
  async function merged(hits, found, most, attempt) {
    const keyOf = (hit) => `${hit.lang} ${hit.treaty} ${hit.eid}`;
    const known = new Set(hits.map(keyOf));
    const others = await Promise.all(best(found, most).map((row) => attempt(hitOf(row), null)));
    return hits.concat(others.filter((hit) => hit && !known.has(keyOf(hit)))).slice(0, most);
  }

  /** What has some of the words, in the languages where they are not meant exactly so. */
  function someOf(found, { treaty }) {
    const isWords = ({ plan, sought }) => plan.some && !sought.some(({ clause }) => EXACTLY.includes(clause.kind));
    return runAll(found.filter((one) => isWords(one.understood)).map((one) => one.asked), "some", treaty);
  }

  /**
   * How many hits each language and each treaty has, for the filters. Each kind of filter is counted under the other's choice.
   * @param {{asked: Object[], strict: boolean}} answer what `search` gave
   * @param {{lang?: string, treaty?: string}} chosen the filters that are set
   * @returns {Promise<{languages: Map<string, number>, treaties: Map<string, {titles: Object, count: number}>}>}
   */
  async function count({ asked, strict }, chosen = {}) {
    const languages = new Map();
    const treaties = new Map();
    const byLanguage = await find(asked, { treaty: chosen.treaty, strict });
    for (const { data, rows } of byLanguage.found) if (rows.docs.length) languages.set(data.lang, rows.docs.length);
    const byTreaty = await find(asked, { lang: chosen.lang, strict });
    for (const { data, rows } of byTreaty.found) {
      const most = mostCommon(rows.docs, await data.starts());
      const named = await Promise.all(most.map(([treaty]) => data.treaty(treaty)));
      for (const [i, [, counted]] of most.entries()) {
        const { slug, titles } = named[i];
        const entry = treaties.get(slug) || { titles, count: 0 };
        entry.count += counted;
        treaties.set(slug, entry);
      }
    }
    return { languages, treaties };
  }

  /** The treaties with the most of the documents: [number, documents] each. starts: the first document of each treaty. */
  function mostCommon(docs, starts) {
    const counts = [];
    let number = 0;
    for (let i = 0; i < docs.length;) {
      while (number + 1 < starts.length && starts[number + 1] <= docs[i]) number += 1;
      const end = number + 1 < starts.length ? starts[number + 1] : Infinity;
      const begin = i;
      while (i < docs.length && docs[i] < end) i += 1;
      counts.push([number, i - begin]);
    }
    return counts.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST_TREATIES);
  }

  /** What a query cites; null when no resolver is loaded. Rejected when its data cannot be read. */
  async function resolve(query) {
    return Kelisim.cite ? Kelisim.cite.ask(query, Kelisim.page.treaty) : null;
  }

  Kelisim.searchEngine = { search, count, resolve };
})(window.Kelisim);
