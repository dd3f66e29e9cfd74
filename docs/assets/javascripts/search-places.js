/**
 * Provisions by their number and treaties by their name, for the filters `article:` and `treaty:`: the same as
 * build_scripts/places.py and build_scripts/titles.py. Reads what build_scripts/filters.py writes.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const STEP = /[0-9]{1,6}(?:-[0-9]{1,6})?|[^ 0-9().,;:/_-]+/g;
  const DASHES = /[‐‑‒–—−]/g;
  const ORDER = /([0-9]+)(?:-([0-9]+))?|([^()0-9-]+)/g;

  function load(data, name) {
    return Kelisim.searchIndex.load(`${data.lang}/${name}`);
  }

  /** @returns {Promise<string[]>} the numbers of all articles of a language */
  async function articles(data) {
    return (await load(data, "places")).articles;
  }

  /** The places below the articles of this number, as they are cited. */
  async function placesOf(data, article) {
    if (!(await articles(data)).includes(article)) return [];
    const { places } = await load(data, `article-${article}`);
    const all = new Set();
    for (const place of places) {
      const steps = place.split("(");
      for (let i = 2; i <= steps.length; i += 1) all.add(steps.slice(0, i).join("("));
    }
    return Array.from(all).sort(compare);
  }

  function orderOf(place) {
    return Array.from(place.matchAll(ORDER), ([, number, inserted, letters]) => [Number(number || 0), Number(inserted || 0), letters || ""]);
  }

  function compare(one, other) {
    const [a, b] = [orderOf(one).flat(), orderOf(other).flat()];
    for (let i = 0; i < Math.min(a.length, b.length); i += 1) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
    return a.length - b.length;
  }

  /** The numbers of a place as typed, outermost first; none where it begins with no number. */
  function stepsOf(value) {
    const text = Array.from(value).slice(0, Kelisim.searchRules.longestPlace).join("").replace(DASHES, "-");
    const steps = Kelisim.fold(text, "en").match(STEP) || [];
    return steps.length && /^[0-9]/.test(steps[0]) ? steps : [];
  }

  /** First and last number of a range; null where `step` is none. */
  function rangeOf(step) {
    const [first, last] = step.split("-").map(Number);
    return last > first ? [first, last] : null;
  }

  /** The places that `value` names: 12; 12-14, a range; 67-1, an inserted article; 12(1)(e), 12.1.e. None where there is none. */
  async function placesNamed(value, data) {
    const steps = stepsOf(value);
    if (!steps.length) return [];
    const range = rangeOf(steps[0]);
    if (range) {
      if (steps.length > 1) return [];
      return (await articles(data)).filter((number) => compare(String(range[0]), number) <= 0 && compare(number, String(range[1])) <= 0);
    }
    const place = steps[0] + steps.slice(1).map((step) => `(${step})`).join("");
    const there = steps.length === 1 ? await articles(data) : await placesOf(data, steps[0]);
    return there.includes(place) ? [place] : [];
  }

  /** The number of the article that a place as typed is in; "" where there is none, or it is a range. */
  function articleIn(value) {
    const [first] = stepsOf(value);
    return first === undefined || rangeOf(first) ? "" : first;
  }

  /** Numbers in their order as a reader writes them: 1–22, 67-1; 12(1) one by one. */
  function ranges(places) {
    const runs = [];
    for (const place of places) {
      const run = runs[runs.length - 1];
      const last = run && run[run.length - 1];
      if (run && /^\d+$/.test(place) && /^\d+$/.test(last) && Number(place) === Number(last) + 1) run.push(place);
      else runs.push([place]);
    }
    return runs.map((run) => (run.length === 1 ? run[0] : `${run[0]}–${run[run.length - 1]}`));
  }

  /** The stems of `text` in a language, or its words in a slug (language ""), each once. */
  function terms(text, lang) {
    const tokens = Kelisim.analyse(text, lang || "en").filter((token) => !token.whole);
    return Array.from(new Set(tokens.map((token) => (lang ? token.term : token.exact))));
  }

  /** The numbers of the treaties that `value` names: the one with this slug, or all with its words in the slug or a title. */
  async function treatiesNamed(value, data) {
    const number = await data.treatyNumber(value.trim().toLowerCase());
    if (number >= 0) return [number];
    const found = new Set();
    for (const lang of (await load(data, "places")).languages) {
      let common = null;
      for (const word of terms(value, lang)) {
        const numbers = new Set(await treatiesWith(`${lang} ${word}`, data));
        common = common === null ? numbers : new Set(Array.from(common).filter((number) => numbers.has(number)));
        if (!common.size) break;
      }
      for (const number of common || []) found.add(number);
    }
    return Array.from(found).sort((a, b) => a - b);
  }

  /** The numbers of the treaties with a word in their name. */
  async function treatiesWith(word, data) {
    const { titles } = await load(data, "places");
    const numbers = await data.value(titles, "titles", word);
    return numbers ? Kelisim.searchIndex.summed(Kelisim.searchIndex.unpacked(numbers)) : [];
  }

  /**
   * The documents of a place of a plan, in their order.
   * @param {{field: string, values: Array<string|number>}} within values: places, or treaties by their number or slug
   * @returns {Promise<Uint32Array>}
   */
  async function documentsWithin({ field, values }, data) {
    const found = new Set();
    for (const value of values) for (const doc of await (field === "treaty" ? inTreaty(value, data) : inPlace(value, data))) found.add(doc);
    return Uint32Array.from(found).sort();
  }

  async function inTreaty(treaty, data) {
    const number = typeof treaty === "number" ? treaty : await data.treatyNumber(treaty);
    if (number < 0) return [];
    const starts = await data.starts();
    const end = number + 1 < starts.length ? starts[number + 1] : data.meta.documents;
    return Array.from({ length: end - starts[number] }, (_, i) => starts[number] + i);
  }

  async function inPlace(place, data) {
    const article = place.split("(")[0];
    if (!(await articles(data)).includes(article)) return [];
    const { places, rows } = await load(data, `article-${article}`);
    const isInside = places.map((one) => one === place || one.startsWith(`${place}(`));
    const numbers = Kelisim.searchIndex.unpacked(rows);
    const docs = [];
    let doc = 0;
    for (let i = 0; i < numbers.length; i += 2) {
      doc += numbers[i];
      if (isInside[numbers[i + 1]]) docs.push(doc);
    }
    return docs;
  }

  Kelisim.searchPlaces = { articles, placesOf, placesNamed, articleIn, ranges, compare, treatiesNamed, documentsWithin };
})(window.Kelisim);
