/**
 * The files of the index (build_scripts/export.py says what they hold), loaded by script elements when they are asked for.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = new Uint8Array(128);
  Array.from(DIGITS).forEach((digit, value) => { VALUES[digit.charCodeAt(0)] = value; });

  const values = new Map();
  const promises = new Map();

  /** A file of the index that is missing or damaged. */
  class SearchFault extends Error {
    /** @param {string} name as for `load` */
    constructor(name) {
      super(`search-data/${name}.js cannot be read`);
      this.file = `search-data/${name}.js`;
    }
  }

  /** Each file of the index calls this once. */
  Kelisim.searchData = function (name, value) {
    values.set(name, value);
    if (name === "meta") Kelisim.searchRules = value;
  };

  /**
   * The value of one file of the index.
   * @param {string} name without folder and ending: "meta", "kk/terms-0"
   * @returns {Promise<any>} rejected when the file is missing or damaged; asked again, it is tried again
   */
  function load(name) {
    if (!promises.has(name)) promises.set(name, insert(name));
    return promises.get(name);
  }

  function insert(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const fail = () => {
        promises.delete(name);
        reject(new SearchFault(name));
      };
      script.onload = () => (values.has(name) ? resolve(values.get(name)) : fail());
      script.onerror = fail;
      script.src = `${Kelisim.page.root}search-data/${name}.js`;
      document.head.append(script);
      script.addEventListener("load", () => script.remove());
      script.addEventListener("error", () => script.remove());
    });
  }

  /** Load a file that is read once, and forget it. */
  async function take(name) {
    const value = await load(name);
    values.delete(name);
    promises.delete(name);
    return value;
  }

  /** @param {string} text @returns {number[]} the numbers that build_scripts.pack.packed made into `text` */
  function unpacked(text) {
    const numbers = [];
    let number = 0;
    let factor = 1;
    for (let i = 0; i < text.length; i += 1) {
      const digit = VALUES[text.charCodeAt(i)];
      number += (digit & 31) * factor;
      if (digit & 32) {
        factor *= 32;
      } else {
        numbers.push(number);
        number = 0;
        factor = 1;
      }
    }
    return numbers;
  }

  /** Distances, as the numbers that they lead to. */
  function summed(distances) {
    let at = 0;
    return distances.map((distance) => (at += distance));
  }

  /** The number of the last item of sorted `items` that is not after `wanted`, or -1. */
  function lastUpTo(items, wanted) {
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (items[middle] <= wanted) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The number of the leaf of a tree (build_scripts/leaves.py) that would hold `key`, or -1. tree: its name, with the folder. */
  async function leafNumber({ level, fan, firsts }, tree, key) {
    let number = lastUpTo(firsts, key);
    for (let here = level; here > 0 && number >= 0; here -= 1) {
      const names = await load(`${tree}-branch-${here}-${number}`);
      number = number * fan + Math.max(0, lastUpTo(names, key));
    }
    return number;
  }

  /** The leaf of a tree that would hold `key`; an empty one when it would stand before all others. */
  async function leafWith(root, tree, key, column = tree) {
    const number = await leafNumber(root, tree, key);
    return number < 0 ? {} : load(`${column}-${number}`);
  }

  /** The value of a key in a tree, or null. column: the name of the leaves, where it is not the tree's. */
  async function valueIn(root, tree, key, column = tree) {
    const leaf = await leafWith(root, tree, key, column);
    return Object.hasOwn(leaf, key) ? leaf[key] : null;
  }

  const FIELDS = { text: 0, heading: 1, exact: 2 };
  const SAME = "="; // exact postings that are those in the text
  const MOST_PIECES = 1000; // that are kept decoded
  const NONE = Object.freeze({ count: 0, docs: new Uint32Array(0), frequencies: new Uint32Array(0), lengths: new Uint32Array(0) });

  /** What the index knows of one language. Everything is read from files, so everything is a promise. */
  class LanguageData {
    constructor(lang, meta) {
      this.lang = lang;
      this.rules = meta;
      this.meta = meta.languages[lang];
      this.decoded = new Map(); // promises of pieces by name, the latest asked for last
    }

    load(name) {
      return load(`${this.lang}/${name}`);
    }

    /** The value of a key in a tree, or null. column: the name of the leaves, where it is not the tree's. */
    value(root, tree, key, column = tree) {
      return valueIn(root, `${this.lang}/${tree}`, key, `${this.lang}/${column}`);
    }

    /** What stands in a leaf for the postings of a word in a field: packed, a list for long ones, "" for none. */
    async entry(field, word) {
      const entry = await this.value(this.meta.trees.terms, "terms", word);
      if (!entry) return "";
      return entry[FIELDS[field]] === SAME ? entry[FIELDS.text] : entry[FIELDS[field]];
    }

    /** How many documents have a word in a field. */
    async frequency(field, word) {
      return countOf(await this.entry(field, word));
    }

    /**
     * The documents of a word in a field, in their order: numbers, frequencies, lengths of the field; not to be changed.
     * @param {string} field @param {string} word
     * @param {{within?: Uint32Array, positions?: boolean}} [options] within: only these documents matter, others may be left out;
     *   positions: give the positions too (text, heading): those in document i are places[starts[i]] … places[starts[i + 1] - 1],
     *   growing
     * @returns {Promise<{count: number, docs: Uint32Array, frequencies: Uint32Array, lengths: Uint32Array, starts?: Uint32Array,
     *   places?: Uint32Array}>} count: how many documents there are in all
     */
    async postings(field, word, { within = null, positions = false } = {}) {
      const entry = await this.entry(field, word);
      if (entry === "") return NONE;
      if (typeof entry === "string") {
        const found = decodePostings(entry);
        if (positions) Object.assign(found, decodePositions(await this.shortPositions(field, word), found.frequencies));
        return { count: found.docs.length, ...found };
      }
      const [count, first, distances] = entry;
      const wanted = piecesWith(within, summed(unpacked(distances)));
      const parts = await Promise.all(wanted.map((i) => this.piece(first + i, positions)));
      return { count, ...joined(parts, positions) };
    }

    async shortPositions(field, word) {
      const positions = await this.value(this.meta.trees.terms, "terms", word, "positions");
      return positions ? positions[FIELDS[field]] : "";
    }

    /** A piece of long postings, with its positions where they are wanted. */
    async piece(number, positions) {
      const found = await this.kept(`pieces-${number}`, decodePostings);
      if (!positions) return found;
      const places = await this.kept(`piece-positions-${number}`, (text) => decodePositions(text, found.frequencies));
      return { ...found, ...places };
    }

    /** What `decode` makes of a file, which is kept in place of the file; the one that was not used for longest goes first. */
    kept(name, decode) {
      const found = this.decoded.get(name) || take(`${this.lang}/${name}`).then(decode);
      this.decoded.delete(name);
      this.decoded.set(name, found);
      found.catch(() => this.decoded.delete(name));
      if (this.decoded.size > MOST_PIECES) this.decoded.delete(this.decoded.keys().next().value);
      return found;
    }

    /** The exact words that begin with `prefix`, or the commonest of them where there are many: [word, number of documents] each. */
    async wordsFrom(prefix) {
      const commonest = await this.value(this.meta.trees.beginnings, "beginnings", prefix);
      if (commonest) return counted(commonest);
      const words = [];
      const { terms } = this.meta.trees;
      let passed = false;
      for (let leaf = Math.max(0, await leafNumber(terms, `${this.lang}/terms`, prefix)); leaf < terms.count && !passed; leaf += 1) {
        for (const [word, [text, , exact]] of Object.entries(await this.load(`terms-${leaf}`))) {
          if (!word.startsWith(prefix)) passed = passed || word > prefix;
          else if (exact) words.push([word, countOf(exact === SAME ? text : exact)]);
        }
      }
      return words;
    }

    /** The words as written of one length, for suggestions: [word, number of documents] each. */
    async wordsOfLength(length) {
      if (!this.meta.lengths.includes(length)) return [];
      const [words, counts] = await take(`${this.lang}/words-${length}`);
      const frequencies = unpacked(counts);
      let last = "";
      return words.split(" ").map((word, i) => {
        last = last.slice(0, VALUES[word.charCodeAt(0)]) + word.slice(1); // what it shares with the word before, and the rest
        return [last, frequencies[i]];
      });
    }

    /** @returns {Promise<Object>} document number `doc`, as build_scripts.index.Document */
    async document(doc) {
      const { treaties, articles, rows } = await this.load(`documents-${Math.floor(doc / this.rules.block)}`);
      const [number, eid, lead, text] = rows[doc % this.rules.block];
      const [owner, article, num, heading] = articles[number];
      const [treaty, titles] = treaties[owner];
      return { lang: this.lang, treaty, titles, article, num, heading, eid, lead, text };
    }

    /** The first document of each treaty, in the order of the treaties. */
    async starts() {
      if (!this.firsts) this.firsts = Uint32Array.from(summed(unpacked(await this.load("starts"))));
      return this.firsts;
    }

    /** Treaty number `number`: its slug, its titles, and the first document of each of its parts (an article and so on) by eId. */
    async treaty(number) {
      const [slug, titles, places] = await this.load(`treaty-${number}`);
      return { slug, titles, places };
    }

    /** The treaties that come first, at most `most`. */
    async firstTreaties(most) {
      const { length } = await this.starts();
      return Promise.all(Array.from({ length: Math.min(most, length) }, (_, number) => this.treaty(number)));
    }

    /** The number of a treaty, or -1 when it is not held in this language. */
    async treatyNumber(slug) {
      const number = await this.value(this.meta.trees.slugs, "slugs", slug);
      return number === null ? -1 : number;
    }

    /** The first document of the part of a treaty (an article and so on) that a provision stands in; null when it is not held. */
    async firstOf(treaty, eid) {
      const number = await this.treatyNumber(treaty);
      const { places } = number < 0 ? { places: {} } : await this.treaty(number);
      const part = eid.split("__")[0];
      return Object.hasOwn(places, part) ? places[part] : null;
    }

    /** The documents that make up a provision, in their order; none when it is not held in this language. */
    async documentsOf(treaty, eid) {
      const first = await this.firstOf(treaty, eid);
      const found = [];
      for (let doc = first; first !== null && doc < this.meta.documents; doc += 1) {
        const document = await this.document(doc);
        if (document.treaty !== treaty || document.eid.split("__")[0] !== eid.split("__")[0]) break;
        if (document.eid === eid || document.eid.startsWith(`${eid}__`)) found.push(document);
      }
      return found;
    }
  }

  /** Words in one string, and their counts, packed: [word, count] each. */
  function counted([words, counts]) {
    const frequencies = unpacked(counts);
    return words.split(" ").map((word, i) => [word, frequencies[i]]);
  }

  /** The number of documents of an entry of a leaf. */
  function countOf(entry) {
    return typeof entry === "string" ? decodePostings(entry).docs.length : entry[0];
  }

  /** The numbers of the pieces that may have one of the documents `within`; of all pieces when it is null. */
  function piecesWith(within, firsts) {
    if (!within || within.length >= 8 * firsts.length) return firsts.map((_, i) => i);
    const found = new Set();
    for (const doc of within) found.add(lastUpTo(firsts, doc));
    found.delete(-1);
    return Array.from(found);
  }

  /** A number that is packed at a place of a text; reader.at moves on to the next. */
  function nextOf(reader) {
    const { text } = reader;
    let digit = VALUES[text.charCodeAt(reader.at++)];
    let number = digit & 31;
    for (let shift = 5; digit & 32; shift += 5) {
      digit = VALUES[text.charCodeAt(reader.at++)];
      number |= (digit & 31) << shift;
    }
    return number;
  }

  function decodePostings(text) {
    const most = text.length >> 1;
    const columns = { docs: new Uint32Array(most), frequencies: new Uint32Array(most), lengths: new Uint32Array(most) };
    const reader = { text, at: 0 };
    let doc = 0;
    let count = 0;
    while (reader.at < text.length) {
      const distance = nextOf(reader);
      doc += distance >> 1;
      columns.docs[count] = doc;
      columns.frequencies[count] = distance & 1 ? nextOf(reader) : 1;
      columns.lengths[count] = nextOf(reader);
      count += 1;
    }
    for (const name of Object.keys(columns)) columns[name] = columns[name].slice(0, count);
    return columns;
  }

  function decodePositions(text, frequencies) {
    const starts = new Uint32Array(frequencies.length + 1);
    for (let i = 0; i < frequencies.length; i += 1) starts[i + 1] = starts[i] + frequencies[i];
    const places = new Uint32Array(starts[frequencies.length]);
    const reader = { text, at: 0 };
    for (let row = 0; row < frequencies.length; row += 1) {
      let place = 0;
      for (let i = starts[row]; i < starts[row + 1]; i += 1) {
        place += nextOf(reader);
        places[i] = place;
      }
    }
    return { starts, places };
  }

  /** Pieces that follow each other as one. */
  function joined(parts, positions) {
    if (parts.length === 1) return parts[0];
    const whole = {};
    for (const column of positions ? ["docs", "frequencies", "lengths", "places"] : ["docs", "frequencies", "lengths"]) {
      whole[column] = new Uint32Array(parts.reduce((sum, part) => sum + part[column].length, 0));
      let at = 0;
      for (const part of parts) {
        whole[column].set(part[column], at);
        at += part[column].length;
      }
    }
    if (positions) {
      whole.starts = new Uint32Array(whole.docs.length + 1);
      for (let i = 0; i < whole.docs.length; i += 1) whole.starts[i + 1] = whole.starts[i] + whole.frequencies[i];
    }
    return whole;
  }

  let opened = null;

  /** @returns {Promise<{rules: Object, languages: Map<string, LanguageData>}>} the index, its first file read */
  function open() {
    if (!opened) {
      opened = load("meta").then((meta) => ({
        rules: meta,
        languages: new Map(meta.order.map((lang) => [lang, new LanguageData(lang, meta)])),
      }));
      opened.catch(() => { opened = null; });
    }
    return opened;
  }

  Kelisim.SearchFault = SearchFault;
  Kelisim.searchIndex = { open, load, leafWith, valueIn, unpacked, summed };
})(window.Kelisim);
