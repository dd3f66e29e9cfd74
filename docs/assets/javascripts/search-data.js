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
        reject(new Error(`search-data/${name}.js cannot be read`));
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

  const FIELDS = { text: 0, heading: 1, exact: 2 };
  const SAME = "="; // exact postings that are those in the text
  const MOST_KEPT = 4e6; // postings that are kept decoded
  const NONE = { docs: new Uint32Array(0), frequencies: new Uint32Array(0), lengths: new Uint32Array(0) };

  /** What the index knows of one language. Everything is read from files, so everything is a promise. */
  class LanguageData {
    constructor(lang, meta) {
      this.lang = lang;
      this.rules = meta;
      this.meta = meta.languages[lang];
      this.decoded = new Map(); // promises of postings by field and word, the latest asked for last
      this.sizes = new Map(); // of those that are there
      this.kept = 0;
    }

    load(name) {
      return load(`${this.lang}/${name}`);
    }

    /** The number of the leaf of a tree (build_scripts/leaves.py) that would hold `key`, or -1. */
    async leafNumber(tree, key) {
      const { level, firsts } = this.meta.trees[tree];
      let number = lastUpTo(firsts, key);
      for (let here = level; here > 0 && number >= 0; here -= 1) {
        const names = await this.load(`${tree}-branch-${here}-${number}`);
        number = number * this.rules.fan + Math.max(0, lastUpTo(names, key));
      }
      return number;
    }

    /** The value of a key in a column of a tree's leaves, or null. */
    async value(tree, column, key) {
      const number = await this.leafNumber(tree, key);
      if (number < 0) return null;
      const leaf = await this.load(`${column}-${number}`);
      return Object.hasOwn(leaf, key) ? leaf[key] : null;
    }

    /** What stands in a leaf for the postings of a word in a field: packed, a list for long ones, "" for none. */
    async entry(field, word) {
      const entry = await this.value("terms", "terms", word);
      if (!entry) return "";
      return entry[FIELDS[field]] === SAME ? entry[FIELDS.text] : entry[FIELDS[field]];
    }

    /** How many documents have a word in a field. */
    async frequency(field, word) {
      const entry = await this.entry(field, word);
      return typeof entry === "string" ? decodePostings(entry).docs.length : entry[0];
    }

    /**
     * The documents of a word in a field, in their order: numbers, frequencies, lengths of the field.
     * @returns {Promise<{docs: Uint32Array, frequencies: Uint32Array, lengths: Uint32Array}>} not to be changed
     */
    postings(field, word) {
      const key = `${field} ${word}`;
      const kept = this.decoded.get(key) || this.readPostings(field, word);
      this.decoded.delete(key);
      this.decoded.set(key, kept);
      kept.catch(() => this.decoded.delete(key));
      return kept;
    }

    async readPostings(field, word) {
      const entry = await this.entry(field, word);
      const pieces = typeof entry === "string" ? [entry] : await this.pieces("pieces", entry);
      const postings = joined(pieces.map(decodePostings));
      this.keep(`${field} ${word}`, postings.docs.length);
      return postings;
    }

    /** Note that postings are kept, and forget the longest unused ones where these are too many. */
    keep(key, size) {
      this.sizes.set(key, size);
      this.kept += size;
      for (const other of this.decoded.keys()) {
        if (this.kept <= MOST_KEPT) break;
        if (other !== key && this.sizes.has(other)) {
          this.kept -= this.sizes.get(other);
          this.sizes.delete(other);
          this.decoded.delete(other);
        }
      }
    }

    pieces(kind, [, first, starts]) {
      return Promise.all(unpacked(starts).map((_, i) => take(`${this.lang}/${kind}-${first + i}`)));
    }

    /**
     * The positions of a word in a field (text, heading): those in document number i of its postings are
     * places[starts[i]] … places[starts[i + 1] - 1], growing.
     * @returns {Promise<{starts: Uint32Array, places: Uint32Array}>}
     */
    async positions(field, word) {
      const { frequencies } = await this.postings(field, word);
      const entry = await this.entry(field, word);
      if (typeof entry !== "string") return decodePositions(await this.pieces("piece-positions", entry), frequencies);
      const positions = await this.value("terms", "positions", word);
      return decodePositions([positions ? positions[FIELDS[field]] : ""], frequencies);
    }

    /** The exact words that begin with `prefix`, or the commonest of them where there are many: [word, number of documents] each. */
    async wordsFrom(prefix) {
      const commonest = await this.value("beginnings", "beginnings", prefix);
      if (commonest) return counted(commonest);
      const words = [];
      const { count } = this.meta.trees.terms;
      let passed = false;
      for (let leaf = Math.max(0, await this.leafNumber("terms", prefix)); leaf < count && !passed; leaf += 1) {
        for (const [word, [text, , exact]] of Object.entries(await this.load(`terms-${leaf}`))) {
          if (!word.startsWith(prefix)) passed = passed || word > prefix;
          else if (exact) words.push([word, countOf(exact === SAME ? text : exact)]);
        }
      }
      return words;
    }

    /** The exact words of one length: [word, number of documents] each. */
    async wordsOfLength(length) {
      return this.meta.lengths.includes(length) ? counted(await this.load(`words-${length}`)) : [];
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

    /** The number of a treaty, or -1 when it is not held in this language. */
    async treatyNumber(slug) {
      const number = await this.value("slugs", "slugs", slug);
      return number === null ? -1 : number;
    }

    /** First document of a treaty and the one after its last. */
    async rangeOf(slug) {
      const number = await this.treatyNumber(slug);
      if (number < 0) return [0, 0];
      const starts = await this.starts();
      return [starts[number], number + 1 < starts.length ? starts[number + 1] : this.meta.documents];
    }

    /** The documents that make up a provision, in their order; none when it is not held in this language. */
    async documentsOf(treaty, eid) {
      const number = await this.treatyNumber(treaty);
      const { places } = number < 0 ? { places: {} } : await this.treaty(number);
      const top = eid.split("__")[0];
      const found = [];
      if (!Object.hasOwn(places, top)) return found;
      for (let doc = places[top]; doc < this.meta.documents; doc += 1) {
        const document = await this.document(doc);
        if (document.treaty !== treaty || document.eid.split("__")[0] !== top) break;
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

  function countOf(entry) {
    return typeof entry === "string" ? decodePostings(entry).docs.length : entry[0];
  }

  function decodePostings(text) {
    const most = text.length >> 1;
    const docs = new Uint32Array(most);
    const frequencies = new Uint32Array(most);
    const lengths = new Uint32Array(most);
    let at = 0;
    let doc = 0;
    let count = 0;
    const next = () => {
      let digit = VALUES[text.charCodeAt(at++)];
      let number = digit & 31;
      for (let shift = 5; digit & 32; shift += 5) {
        digit = VALUES[text.charCodeAt(at++)];
        number |= (digit & 31) << shift;
      }
      return number;
    };
    while (at < text.length) {
      const distance = next();
      doc += distance >> 1;
      docs[count] = doc;
      frequencies[count] = distance & 1 ? next() : 1;
      lengths[count] = next();
      count += 1;
    }
    return { docs: docs.subarray(0, count), frequencies: frequencies.subarray(0, count), lengths: lengths.subarray(0, count) };
  }

  function joined(parts) {
    if (parts.length < 2) return parts[0] || NONE;
    const size = parts.reduce((sum, part) => sum + part.docs.length, 0);
    const whole = {};
    for (const column of ["docs", "frequencies", "lengths"]) {
      whole[column] = new Uint32Array(size);
      let at = 0;
      for (const part of parts) {
        whole[column].set(part[column], at);
        at += part[column].length;
      }
    }
    return whole;
  }

  function decodePositions(texts, frequencies) {
    const starts = new Uint32Array(frequencies.length + 1);
    for (let i = 0; i < frequencies.length; i += 1) starts[i + 1] = starts[i] + frequencies[i];
    const places = new Uint32Array(starts[frequencies.length]);
    let row = 0;
    let count = 0;
    let place = 0;
    for (const text of texts) {
      for (let at = 0; at < text.length;) {
        let digit = VALUES[text.charCodeAt(at++)];
        let distance = digit & 31;
        for (let shift = 5; digit & 32; shift += 5) {
          digit = VALUES[text.charCodeAt(at++)];
          distance |= (digit & 31) << shift;
        }
        if (count === starts[row]) place = 0;
        place += distance;
        places[count++] = place;
        if (count === starts[row + 1]) row += 1;
      }
    }
    return { starts, places };
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

  Kelisim.searchIndex = { open, load, unpacked };
})(window.Kelisim);
