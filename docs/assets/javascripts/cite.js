/**
 * Resolve what somebody typed as a citation: the same as build_scripts/cite.py and outline.py. cite-read.js comes first.
 *
 * The words of citations (Kelisim.citeWords) are the script file search-data/citations.js, loaded when the first query is asked.
 * What names the treaties and what they have are the files that cite.py writes, loaded by search-data.js where a query may cite.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const KINDS = {
    a: "art", p: "para", o: "point", i: "indent", s: "subpara", b: "intro", e: "wrapup", r: "rec", w: "preamble", u: "aside",
  };
  const WITHOUT_NUMBER = ["preamble", "intro", "wrapup"];
  const FARTHEST = 1e9; // how far off the provision is that lacks the number
  const MOST_MISSES = 3; // of one treaty, that the nearest are sought for
  const NEAREST_OF_ONE = 3; // of one treaty
  const { read, asideIn, namesSoughtIn, clean, fold, roman, understood } = Kelisim.citeRead;
  const NOTHING = Object.freeze({ resolved: [], nearest: [], understood: "" });
  const trees = new Map(); // by the number of a treaty; the lower it is, the likelier it is meant
  let loading = null;

  const tables = () => Kelisim.citeWords;
  const key = (kind, number) => `${kind} ${number}`;

  // what exists

  function nodeOf(kind, number, bracket, cyrillic) {
    return { eid: "", kind, number, bracket, cyrillic, parent: null, depth: 0, children: [], byNumber: new Map() };
  }

  function add(parent, node) {
    node.parent = parent;
    node.depth = parent.depth + 1;
    parent.children.push(node);
    if (!parent.byNumber.has(key(node.kind, node.number))) parent.byNumber.set(key(node.kind, node.number), node);
  }

  /** The tree that an outline says; outline.tree_from. */
  function treeFrom(outline) {
    const root = nodeOf("", "", false, false);
    let path = [root];
    for (const word of outline ? outline.split(" ") : []) {
      const depth = word.search(/[^>]/);
      const [body, eid] = word.slice(depth).split("=");
      const kind = KINDS[body[0]];
      const number = kind === "aside" ? eid : body.slice(1).replace(/[)~]+$/, "");
      const node = nodeOf(kind, number, body.includes(")"), body.includes("~"));
      path = path.slice(0, depth + 1);
      add(path[depth], node);
      node.eid = eid || derived(node);
      path.push(node);
    }
    return root;
  }

  function derived(node) {
    if (node.kind === "preamble") return "preamble";
    const inside = node.parent.kind !== "" && node.parent.kind !== "preamble";
    const start = node.kind === "rec" ? "preamble__" : inside ? `${node.parent.eid}__` : "";
    return start + node.kind + (WITHOUT_NUMBER.includes(node.kind) ? "" : `_${node.number}`);
  }

  function* walk(node) {
    yield node;
    for (const child of node.children) yield* walk(child);
  }

  /** A treaty by its number: its slug and its tree. */
  async function treatyOf(number, { block }) {
    if (!trees.has(number)) {
      const rows = await Kelisim.searchIndex.load(`cite/outlines-${Math.floor(number / block)}`);
      const [slug, outline] = rows[number % block];
      trees.set(number, { slug, root: treeFrom(outline) });
    }
    return trees.get(number);
  }

  /** The likeliest treaties of those that `isMeant` lets through, as many as are looked into; the open one comes first. */
  function likeliest(isMeant, open, held) {
    const found = open >= 0 && isMeant(open) ? [open] : [];
    for (let number = 0; number < held.count && found.length < tables().limits.treaties; number += 1) {
      if (number !== open && isMeant(number)) found.push(number);
    }
    return Promise.all(found.map((number) => treatyOf(number, held)));
  }

  // one treaty

  function match(one, citations) {
    const found = { slug: one.slug, nodes: [], misses: [], tier: 0 };
    for (const steps of citations) follow(one.root, steps, found);
    return found;
  }

  /** Add the provisions at the end of a citation's steps, and what was missed on the way. */
  function follow(root, steps, found) {
    let here = new Map([["", root]]);
    for (const step of joined(root, steps)) {
      const following = new Map();
      for (const node of here.values()) {
        for (const item of step.items.length ? step.items : [{ first: "", last: "", either: false }]) {
          const picked = pick(node, step.unit, item);
          for (const child of picked.nodes) following.set(child.eid, child);
          found.misses.push(...picked.misses);
          if (picked.nodes.length) found.tier = Math.max(found.tier, picked.tier);
        }
      }
      here = following;
    }
    found.nodes.push(...here.values());
  }

  /** 12.1 is article 12-1 where there is one and article 12 has no paragraph 1. */
  function joined(root, steps) {
    if (steps.length < 2 || !steps[1].dotted || steps[0].items.length !== 1 || steps[1].items.length !== 1) return steps;
    const [first] = steps[0].items;
    const [second] = steps[1].items;
    const inserted = `${first.first}-${second.first}`;
    const plain = root.byNumber.get(key("art", first.first));
    if (!root.byNumber.has(key("art", inserted)) || (plain && child(plain, steps[1].unit, second.first).node)) return steps;
    return [{ ...steps[0], items: [{ first: inserted, last: "", either: false }] }, ...steps.slice(2)];
  }

  /** The children that an item names, their tier, and what it names in vain. */
  function pick(node, unit, item) {
    const missed = { nodes: [], tier: 0, misses: [{ node, unit, item }] };
    const one = (found) => ({ nodes: [found.node], tier: found.tier, misses: [] });
    if (!item.last) {
      const found = child(node, unit, item.first);
      return found.node ? one(found) : missed;
    }
    if (item.either) {
      const found = child(node, unit, `${item.first}-${item.last}`);
      if (found.node) return one(found);
      if (valueOf(item.first) >= valueOf(item.last)) return missed;
    }
    return range(node, unit, item, missed);
  }

  function range(node, unit, item, missed) {
    const labels = [item.first, item.last];
    const ends = labels.map((label) => child(node, unit, label));
    const known = ends.filter((end) => end.node);
    if (!known.length) return missed;
    const misses = labels.filter((_, at) => !ends[at].node).map((first) => ({ node, unit, item: { first, last: "", either: false } }));
    const values = ends.map((end, at) => valueOf(end.node ? end.node.number : labels[at]));
    const nodes = ofKind(node, known[0].node.kind)
      .filter((one) => valueOf(one.number) >= Math.min(...values) && valueOf(one.number) <= Math.max(...values));
    return { nodes, tier: Math.max(...ends.map((end) => end.tier)), misses };
  }

  const ofKind = (node, kind) => node.children.filter((one) => one.kind === kind);
  const plainKind = (kind) => kind.replace(")", "");

  /** The child with a number as `unit`, and the tier; node null when there is none. */
  function child(node, unit, label) {
    if (unit === "preamble") return { node: node.byNumber.get(key("preamble", "")) || null, tier: 0 };
    const tiers = tiersOf(node, unit, label);
    for (let tier = 0; tier < tiers.length; tier += 1) {
      for (const kind of tiers[tier]) {
        for (const reading of readingsOf(label, node.cyrillic)) {
          const found = node.byNumber.get(key(plainKind(kind), reading));
          if (found && (found.bracket || !kind.endsWith(")"))) return { node: found, tier };
        }
      }
    }
    return { node: null, tier: 0 };
  }

  function tiersOf(node, unit, label) {
    if (node.kind === "") return [["art"]];
    if (node.kind === "preamble") return [["rec"]];
    const rules = tables().units[unit] || {};
    const letters = !/^[0-9]/.test(label) && !(Array.from(label).length > 1 && roman(label));
    return rules[letters ? "letters" : "kinds"] || [];
  }

  const kindsOf = (node, unit, label) => tiersOf(node, unit, label).flat().map(plainKind);

  /** What a number as typed may be in eIds. */
  function readingsOf(label, cyrillic) {
    if (!label || /^[0-9]/.test(label)) return [label];
    const letters = Array.from(label);
    const found = [letters.map((letter) => fold(letter)).join("")];
    const place = letters.length === 1 ? tables().folding.places.indexOf(label) : -1;
    if (place >= 0 && place < 26) found.splice(cyrillic ? 0 : 1, 0, String.fromCharCode(97 + place));
    const value = roman(label);
    return value ? [...found, value] : found;
  }

  /** A number that orders labels: 12-1 after 12; letters by their place. */
  function valueOf(label) {
    const [first, second = ""] = label.split("-");
    if (/^[0-9]+$/.test(first)) return Number(first) * 1000 + (/^[0-9]+$/.test(second) ? Number(second) : 0);
    const letter = readingsOf(first, false).find((reading) => /^[a-z]$/.test(reading));
    return letter ? (letter.charCodeAt(0) - 96) * 1000 : Number(roman(first) || 0) * 1000;
  }

  // the answer

  /** What stands around the articles, in the treaties that have it; where none has, the first that such a one has. */
  function named({ eid }, treaties) {
    const resolved = [];
    const near = [];
    for (const one of treaties) {
      const eids = one.root.children.filter(({ kind }) => kind === "aside").map((node) => node.eid);
      if (eids.includes(eid)) resolved.push({ treaty: one.slug, eid });
      near.push(...eids.slice(0, 1).map((first) => ({ treaty: one.slug, eid: first })));
    }
    return { resolved, nearest: resolved.length ? [] : near, understood: eid };
  }

  /** The matches that are the answer, and those whose misses call for the nearest. */
  function choose(matches) {
    const whole = matches.filter((one) => !one.misses.length);
    if (whole.length) {
      const best = Math.min(...whole.map((one) => one.tier));
      return [whole.filter((one) => one.tier === best), []];
    }
    const parts = matches.filter((one) => one.nodes.length).sort((a, b) => a.misses.length - b.misses.length);
    return [parts, parts.length ? parts : matches];
  }

  const idOf = (target) => `${target.treaty}#${target.eid}`;

  function distinct(targets) {
    return Array.from(new Map(targets.map((target) => [idOf(target), target])).values());
  }

  function targetsOf(matches) {
    const all = matches.flatMap((one) => one.nodes.map((node) => ({ treaty: one.slug, eid: node.eid })));
    return distinct(all).slice(0, tables().limits.targets);
  }

  function nearest(missed, others, resolved) {
    const ranked = [];
    missed.forEach((one, order) => {
      const offers = one.misses.slice(0, MOST_MISSES).flatMap(offersFor);
      if (!offers.length) return;
      const depth = Math.max(...one.misses.map((miss) => miss.node.depth));
      const targets = distinct(offers.map((offer) => ({ treaty: one.slug, eid: offer.node.eid }))).slice(0, NEAREST_OF_ONE);
      ranked.push({ rank: [-depth, offers[0].far, order], targets });
    });
    ranked.sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.rank[2] - b.rank[2]);
    const found = ranked.flatMap((entry) => entry.targets).concat(targetsOf(others.filter((one) => !one.misses.length)));
    const known = new Set(resolved.map(idOf));
    return distinct(found).filter((target) => !known.has(idOf(target))).slice(0, tables().limits.nearest);
  }

  /** Provisions near one that is missed, each with how far off it is. */
  function offersFor({ node, unit, item }) {
    const found = [];
    const offer = (far, one) => found.push({ far, node: one });
    if (item.either) {
      const outer = child(node, "bare", item.first).node;
      const inner = outer && child(outer, "bare", item.last).node;
      if (inner) offer(0, inner);
    } else if (node.kind !== "" && item.first) {
      for (const one of elsewhere(node, item.first)) offer(0, one);
    }
    const rows = kindsOf(node, unit, item.first).map((kind) => ofKind(node, kind));
    const siblings = (rows.find((row) => row.length) || node.children).filter((one) => one.number && one.kind !== "aside");
    if (siblings.length && (item.first || node.kind === "")) {
      const wanted = valueOf(item.first);
      const far = (one) => Math.abs(valueOf(one.number) - wanted);
      const closest = siblings.reduce((best, one) => (far(one) < far(best) ? one : best));
      offer(1 + far(closest), closest);
    }
    if (node.kind !== "") offer(FARTHEST, node);
    return found;
  }

  /** Children with a number that are other units than was said; else the only one further in that has it. */
  function elsewhere(node, label) {
    for (const reading of readingsOf(label, node.cyrillic)) {
      const same = Array.from(walk(node)).filter((one) => one !== node && one.number === reading);
      const direct = same.filter((one) => one.parent === node);
      if (direct.length || same.length === 1) return direct.length ? direct : same;
    }
    return [];
  }

  /** The provisions whose eIds stand in a query (a link that was pasted), or null. */
  async function addressed(query, open, held) {
    if (!query.includes("_") || Array.from(query).length > tables().limits.query) return null;
    const text = clean(query);
    const all = Array.from(new Set(text.match(/[a-z]+_[0-9a-z_-]+/g) || [])).sort();
    const eids = all.filter((eid) => !all.some((other) => other.startsWith(`${eid}__`)));
    if (!eids.length) return null;
    const slugs = new Set(await Promise.all((text.match(/[a-z0-9-]+/g) || []).map((slug) => numberOf(slug, held))));
    slugs.delete(-1);
    const exact = [];
    const above = [];
    for (const one of await likeliest((number) => !slugs.size || slugs.has(number), open, held)) {
      const known = new Set(Array.from(walk(one.root), (node) => node.eid).filter(Boolean));
      for (const eid of eids) {
        const outer = eid.slice(0, Math.max(0, eid.lastIndexOf("__")));
        if (known.has(eid)) exact.push({ treaty: one.slug, eid });
        else if (known.has(outer)) above.push({ treaty: one.slug, eid: outer });
      }
    }
    if (!exact.length && !above.length) return null;
    return { resolved: exact, nearest: exact.length ? [] : above, understood: eids.join(", ") };
  }

  /** The number of the treaty with a slug, or -1. */
  async function numberOf(slug, held) {
    const number = slug ? await Kelisim.searchIndex.valueIn(held.slugs, "cite/slugs", slug) : null;
    return number === null ? -1 : number;
  }

  async function cited(query, open, held) {
    const sought = namesSoughtIn(query);
    if (!sought) return NOTHING;
    await held.names.ready(sought);
    const aside = asideIn(query, held.names);
    if (aside) return named(aside, await likeliest((number) => aside.treaties.has(number), open, held));
    const { citations, treaties } = read(query, held.names);
    if (!citations.length) return NOTHING;
    const isMeant = (number) => !treaties || treaties.has(number);
    const matchesOf = (found) => found.map((one) => match(one, citations));
    const [answer, missed] = choose(matchesOf(await likeliest(isMeant, open, held)));
    const others = missed.length ? matchesOf(await likeliest((number) => !isMeant(number), open, held)) : [];
    const resolved = targetsOf(answer);
    return { resolved, nearest: nearest(missed, others, resolved), understood: understood(citations) };
  }

  // the data

  function loadWords() {
    if (Kelisim.citeWords) return Promise.resolve();
    return new Promise((done, fail) => {
      const script = document.createElement("script");
      script.onload = () => (Kelisim.citeWords ? done() : script.onerror());
      script.onerror = () => {
        const file = "search-data/citations.js";
        fail(Object.assign(new Error(`${file} cannot be read`), { file }));
      };
      script.src = `${Kelisim.page.root}search-data/citations.js`;
      document.head.append(script);
    });
  }

  /** What the treaties held are found by. Rejected when it cannot be read, and then tried again when asked again. */
  function ready() {
    if (!loading) {
      loading = Promise.all([Kelisim.searchIndex.load("provisions"), loadWords()])
        .then(([held]) => ({ ...held, names: new Kelisim.TreatyNames(held) }));
      loading.catch(() => { loading = null; });
    }
    return loading;
  }

  /**
   * What a query cites.
   * @param {string} query
   * @param {string} [treaty] slug of the treaty whose page is open, which then comes first
   * @returns {Promise<{resolved: {treaty: string, eid: string}[], nearest: {treaty: string, eid: string}[], understood: string}>}
   *   as build_scripts.cite.Resolution
   */
  async function ask(query, treaty = "") {
    const held = await ready();
    const open = await numberOf(treaty, held);
    return (await addressed(query, open, held)) || cited(query, open, held);
  }

  Kelisim.cite = { ask };
})(window.Kelisim);
