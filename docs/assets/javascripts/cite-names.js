/**
 * The words that choose treaties: the same as build_scripts/typed/names.py, of which a query loads the parts that its words may
 * stand in. The files are those of a tree (build_scripts/leaves.py) that build_scripts/cite.py writes: "language stem stem …" or
 * "0 year", and the numbers of the treaties, packed as distances.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const TREE = "cite/names";
  const YEARS = "0"; // stands for the language of years

  function branch() {
    return { next: new Map(), numbers: "", treaties: null };
  }

  /** The treaties that a branch names. */
  function treatiesOf(node) {
    if (!node.treaties) node.treaties = new Set(Kelisim.searchIndex.summed(Kelisim.searchIndex.unpacked(node.numbers)));
    return node.treaties;
  }

  class TreatyNames {
    /** @param {{names: Object, languages: string[]}} root of the tree; the languages that names are in */
    constructor(root) {
      this.root = root.names;
      this.languages = root.languages;
      this.trees = new Map([YEARS, ...root.languages].map((lang) => [lang, branch()]));
      this.known = new Set(); // leaves
    }

    /** Load what a query needs: as citeRead.namesSoughtIn says. A list whose word names nothing is not followed further. */
    async ready({ lists, years }) {
      for (const year of years) await this.load(`${YEARS} ${year}`);
      for (const words of lists) await this.readyFor(words);
    }

    async readyFor(words) {
      let reached = 0;
      for (let at = 0; at < words.length; at += 1) {
        for (const lang of this.languages) reached = Math.max(reached, await this.follow(words, at, lang));
        if (words[at].isName && reached <= at) return;
      }
    }

    /** Load all names in a language that begin as the words from `at` on. Gives the place after the longest of them. */
    async follow(words, at, lang) {
      let key = lang;
      let node = this.trees.get(lang);
      let reached = at;
      for (let here = at; here < words.length; here += 1) {
        const stem = Kelisim.citeRead.stem(words[here].text, lang);
        key += ` ${stem}`;
        await this.load(key);
        await this.load(`${key} \uffff`); // the last name that goes on from here
        node = node.next.get(stem);
        if (!node) break;
        if (node.numbers) reached = here + 1;
        if (!node.next.size) break;
      }
      return reached;
    }

    /** Load the leaf that would hold a key. */
    async load(key) {
      const leaf = await Kelisim.searchIndex.leafWith(this.root, TREE, key);
      if (this.known.has(leaf)) return;
      this.known.add(leaf);
      for (const [name, numbers] of Object.entries(leaf)) {
        const [lang, ...stems] = name.split(" ");
        let node = this.trees.get(lang);
        for (const stem of stems) {
          if (!node.next.has(stem)) node.next.set(stem, branch());
          node = node.next.get(stem);
        }
        node.numbers = numbers;
      }
    }

    /**
     * How many words from `at` name treaties, and which. All languages are tried.
     * @param {string[]} words @param {number} at @returns {{length: number, treaties: Set<number>}}
     */
    longest(words, at) {
      let length = 0;
      let found = new Set();
      for (const lang of this.languages) {
        let node = this.trees.get(lang);
        for (let here = at; here < words.length; here += 1) {
          node = node.next.get(Kelisim.citeRead.stem(words[here], lang));
          if (!node) break;
          const reached = here - at + 1;
          if (node.numbers && reached >= length) {
            found = new Set([...treatiesOf(node), ...(reached === length ? found : [])]);
            length = reached;
          }
        }
      }
      return { length, treaties: found };
    }

    /** @param {string} year @returns {Set<number>} the treaties signed in a year */
    signedIn(year) {
      const node = this.trees.get(YEARS).next.get(year);
      return node ? treatiesOf(node) : new Set();
    }
  }

  Kelisim.TreatyNames = TreatyNames;
})(window.Kelisim);
