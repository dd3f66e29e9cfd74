/**
 * What a hit looks like, in the box of the header and on the search page. All text is set as text, never as markup.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const STEP = /^(art|para|point|indent|subpara|intro|wrapup)(?:_(.+))?$/;

  /** @param {string} key @param {Object<string, string|number>} [values] @returns {string} the interface's words */
  function word(key, values = {}) {
    const text = has(key) ? Kelisim.words[key] : key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  }

  function has(key) {
    return Object.hasOwn(Kelisim.words || {}, key);
  }

  /** An element with its class, attributes and children (elements or strings). */
  function make(tag, { class: name, ...attributes } = {}, ...children) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(key, value);
    element.append(...children.filter((child) => child !== null && child !== ""));
    return element;
  }

  /** "Article 12(2)(e)", as build_scripts/pages/labels.py has it. */
  function label(eid) {
    const steps = eid.split("__").map((segment) => STEP.exec(segment));
    if (!eid.startsWith("art_") || steps.some((step) => !step)) return nameOf(eid);
    return steps.map(([, unit, number], place) => {
      let key = `page.unit.${unit}.${place < steps.length - 1 ? "of" : "last"}`;
      if (steps.length === 1 && has(`page.unit.${unit}.alone`)) key = `page.unit.${unit}.alone`;
      return word(key, { n: number || "" });
    }).join(word("page.unit.join"));
  }

  /** The name of what stands around the articles, as build_scripts/unnumbered.py has it. */
  function nameOf(eid) {
    const names = Kelisim.searchRules ? Kelisim.searchRules.unnumbered : {};
    const numbered = /^(.+)_(\d+)$/.exec(eid);
    const [key, number] = Object.hasOwn(names, eid) || !numbered ? [eid, ""] : [numbered[1], numbered[2]];
    if (!Object.hasOwn(names, key)) return eid;
    return (names[key][Kelisim.page.lang] || Object.values(names[key])[0]).replace("{n}", number);
  }

  /** A heading printed all in capitals gets small letters. */
  function quiet(heading) {
    if (!heading || heading !== heading.toUpperCase() || heading === heading.toLowerCase()) return heading;
    const [first, ...rest] = Array.from(heading.toLowerCase());
    return first.toUpperCase() + rest.join("");
  }

  /** The address of a hit from this page: in the reader's own tree, which has the text in every language. */
  function href(hit) {
    return `${Kelisim.page.root}${Kelisim.page.lang}/${hit.url.slice(hit.lang.length + 1)}`;
  }

  /** A snippet with the words found as <mark>. */
  function marked(snippet, marks, lang) {
    return make("span", { class: "k-hit__text", lang, dir: "auto" }, ...pieces(snippet, marks));
  }

  /** Text, with the marks (start and end in code points) as elements. */
  function pieces(text, marks) {
    const chars = Array.from(text);
    const found = [];
    let at = 0;
    for (const [start, end] of marks) {
      found.push(chars.slice(at, start).join(""), make("mark", {}, chars.slice(start, end).join("")));
      at = end;
    }
    return [...found, chars.slice(at).join("")];
  }

  /** The heading of a hit with the words found marked; small letters may make it another length, then nothing is marked. */
  function headingOf({ heading, headingMarks, lang }) {
    if (!heading) return null;
    const text = quiet(heading);
    const marks = headingMarks && Array.from(text).length === Array.from(heading).length ? headingMarks : [];
    return make("span", { class: "k-hit__heading", lang, dir: "auto" }, ...pieces(text, marks));
  }

  /** A treaty's short title in the reader's language, else in one that it has. */
  function titleIn(titles) {
    return titles[Kelisim.page.lang] || Object.values(titles)[0];
  }

  /** Treaty and language of a hit. */
  function origin(hit) {
    const key = `search.language.${hit.lang}`;
    return make("span", { class: "k-hit__origin" },
      titleIn(hit.titles), " · ", has(key) ? word(key) : hit.lang);
  }

  /** How many hits there are, in words. */
  function amount(count) {
    if (count === 0) return word("search.none");
    return count === 1 ? word("search.one") : word("search.many", { n: count });
  }

  /** What to say of files that cannot be read. whole: nothing can be found; else something is missing only. */
  function failure(faults, whole) {
    const files = Array.from(new Set(faults.map((fault) => fault.file || word("search.fault.unknown")))).join(", ");
    for (const fault of faults) if (!fault.file) console.error(fault);
    return make("p", { class: "k-search-fault", role: "alert" }, word(whole ? "search.fault" : "search.fault.part", { what: files }));
  }

  Kelisim.searchView = { word, has, make, label, quiet, href, marked, headingOf, titleIn, origin, amount, failure };
})(window.Kelisim);
