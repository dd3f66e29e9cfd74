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

  /** @param {string} text @returns {number[]} the numbers that build_scripts.export.packed made into `text` */
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

  /** What the index knows of one language. Everything is read from files, so everything is a promise. */
  class LanguageData {
    constructor(lang, meta) {
      this.lang = lang;
      this.rules = meta;
      this.meta = meta.languages[lang];
      this.decoded = new Map();
    }

    async entry(kind, word) {
      const shard = lastUpTo(this.meta.shards, word);
      if (shard < 0) return null;
      const entries = await load(`${this.lang}/${kind}-${shard}`);
      return Object.hasOwn(entries, word) ? entries[word] : null;
    }

    /**
     * The documents of a word in a field, in their order: numbers, frequencies, lengths of the field.
     * @returns {Promise<{docs: number[], frequencies: number[], lengths: number[]}>}
     */
    async postings(field, word) {
      const key = `${field} ${word}`;
      if (!this.decoded.has(key)) {
        const entry = await this.entry("terms", word);
        this.decoded.set(key, decodePostings(entry ? entry[FIELDS[field]] : ""));
      }
      return this.decoded.get(key);
    }

    /** The positions of a word in a field (text, heading), a list for each document of its postings. */
    async positions(field, word) {
      const { frequencies } = await this.postings(field, word);
      const entry = await this.entry("positions", word);
      return decodePositions(entry ? entry[FIELDS[field]] : "", frequencies);
    }

    /** The exact words that begin with `prefix`: [word, number of documents] each. */
    async wordsFrom(prefix) {
      const words = [];
      for (let shard = Math.max(0, lastUpTo(this.meta.shards, prefix)); shard < this.meta.shards.length; shard += 1) {
        const first = this.meta.shards[shard];
        if (first > prefix && !first.startsWith(prefix)) break;
        const entries = await load(`${this.lang}/terms-${shard}`);
        for (const [word, fields] of Object.entries(entries)) {
          if (word.startsWith(prefix) && fields[FIELDS.exact]) words.push([word, decodePostings(fields[FIELDS.exact]).docs.length]);
        }
      }
      return words;
    }

    /** The exact words of one length: [word, number of documents] each. */
    async wordsOfLength(length) {
      if (!this.meta.lengths.includes(length)) return [];
      const [words, counts] = await load(`${this.lang}/words-${length}`);
      const frequencies = unpacked(counts);
      return words.split(" ").map((word, i) => [word, frequencies[i]]);
    }

    /** @returns {Promise<Object>} document number `doc`, as build_scripts.index.Document */
    async document(doc) {
      const { articles, rows } = await load(`${this.lang}/documents-${Math.floor(doc / this.rules.block)}`);
      const [number, eid, lead, text] = rows[doc % this.rules.block];
      const [treaty, titles, article, num, heading] = articles[number];
      return { lang: this.lang, treaty, titles, article, num, heading, eid, lead, text };
    }

    /** The first document of each treaty, in the order of the treaties. */
    async starts() {
      let at = 0;
      return unpacked(await load(`${this.lang}/starts`)).map((distance) => (at += distance));
    }

    slugs() {
      return load(`${this.lang}/slugs`);
    }

    /** The documents that make up a provision, in their order; none when it is not held in this language. */
    async documentsOf(treaty, eid) {
      const places = await load(`${this.lang}/treaty-${treaty}`).catch(() => ({}));
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

  function decodePostings(text) {
    const docs = [];
    const frequencies = [];
    const lengths = [];
    const numbers = unpacked(text);
    let doc = 0;
    for (let i = 0; i < numbers.length;) {
      const distance = numbers[i];
      doc += Math.floor(distance / 2);
      docs.push(doc);
      frequencies.push(distance % 2 ? numbers[i + 1] : 1);
      lengths.push(numbers[i + 1 + (distance % 2)]);
      i += 2 + (distance % 2);
    }
    return { docs, frequencies, lengths };
  }

  function decodePositions(text, frequencies) {
    const numbers = unpacked(text);
    let next = 0;
    return frequencies.map((frequency) => {
      let at = 0;
      return Array.from({ length: frequency }, () => (at += numbers[next++]));
    });
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
  Kelisim.searchIndex = { open, load, unpacked };
})(window.Kelisim);
