/**
 * The search page: all hits of a query, grouped by article. Query and filters stand in the address after "#", so that back,
 * reload and sharing work from disk too; a form without script gives "?q=", which is read as well.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const STEP = 20; // hits shown at first, and more with each press
  const MOST_LINES = 12; // parts of a provision that is cited
  const { word, make, label, quiet, href, marked, titleIn, origin, amount, failure } = Kelisim.searchView;

  /** @returns {{q: string, lang: string, treaty: string, n: number}} what the address asks for */
  function asked() {
    const after = new URLSearchParams(window.location.hash.slice(1));
    const given = after.has("q") ? after : new URLSearchParams(window.location.search);
    const n = Number.parseInt(given.get("n") || "", 10);
    return { q: given.get("q") || "", lang: given.get("lang") || "", treaty: given.get("treaty") || "", n: n > STEP ? n : STEP };
  }

  function addressOf(state) {
    const parts = new URLSearchParams({ q: state.q });
    if (state.lang) parts.set("lang", state.lang);
    if (state.treaty) parts.set("treaty", state.treaty);
    if (state.n > STEP) parts.set("n", state.n);
    return `#${parts}`;
  }

  function go(state) {
    window.location.hash = addressOf(state);
  }

  /** What a citation names: a box with its text. */
  function citedBox(hit) {
    return make("section", { class: "k-cited" },
      make("h2", {}, make("a", { href: href(hit) }, label(hit.eid), hit.heading ? ` · ${quiet(hit.heading)}` : "")),
      make("div", { class: "k-cited__text", lang: hit.lang, dir: "auto" },
        ...hit.lines.slice(0, MOST_LINES).map((line) => make("p", {}, line)),
        hit.lines.length > MOST_LINES ? make("p", {}, "…") : null),
      origin(hit));
  }

  /** Hits of one article in one language, together, in the order in which the first of each stands. */
  function groups(hits) {
    const found = new Map();
    for (const hit of hits) {
      const key = `${hit.lang} ${hit.treaty} ${hit.article || hit.eid.split("__")[0]}`;
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(hit);
    }
    return Array.from(found.values());
  }

  function group(hits) {
    const [first] = hits;
    const name = first.article || first.eid.split("__")[0];
    const page = href(first).split("#")[0];
    return make("li", { class: "k-group" },
      make("h2", {},
        make("a", { href: `${page}#${first.article ? name : first.eid}` }, label(name)),
        first.heading ? " · " : "",
        first.heading ? make("span", { class: "k-group__heading", lang: first.lang, dir: "auto" }, quiet(first.heading)) : null),
      origin(first),
      make("ul", {}, ...hits.map((hit) => make("li", {},
        make("a", { class: "k-group__hit", href: href(hit) },
          hit.eid === name ? null : make("span", { class: "k-hit__label" }, label(hit.eid)),
          marked(hit.snippet, hit.marks, hit.lang))))));
  }

  /** Buttons of one filter, each with its count. rows: [value, name, count] */
  function filter(name, rows, chosen, choose) {
    const buttons = rows.map(([value, text, count]) => {
      const pressed = chosen === value;
      const button = make("button", { type: "button", "aria-pressed": String(pressed) }, text, " ", make("span", { class: "k-filter__count" }, String(count)));
      button.addEventListener("click", () => choose(pressed ? "" : value));
      return button;
    });
    return make("div", { class: "k-filter", role: "group", "aria-label": name }, make("span", { class: "k-filter__name" }, name), ...buttons);
  }

  function filters(counts, state) {
    const languages = Array.from(counts.languages).map(([lang, count]) => [lang, word(`search.language.${lang}`), count]);
    const treaties = Array.from(counts.treaties).map(([slug, { titles, count }]) => [
      slug, titleIn(titles), count,
    ]);
    return make("div", { class: "k-filters" },
      languages.length > 1 || state.lang ? filter(word("search.language"), languages, state.lang, (lang) => go({ ...state, lang, n: STEP })) : null,
      treaties.length > 1 || state.treaty ? filter(word("search.treaty"), treaties, state.treaty, (treaty) => go({ ...state, treaty, n: STEP })) : null);
  }

  function suggestions(answer, state) {
    if (answer.instead) return make("p", { class: "k-meant k-instead", dir: "auto" }, word("search.instead", { query: answer.instead }));
    if (!answer.suggestions.length) return null;
    const links = answer.suggestions.map((query) => make("a", { href: addressOf({ ...state, q: query, n: STEP }) }, query));
    return make("p", { class: "k-meant" }, word("search.meant"), " ", ...links.flatMap((link, i) => (i ? [", ", link] : [link])));
  }

  function nothing() {
    return make("div", { class: "k-nothing" },
      make("ul", {}, ...["spelling", "fewer", "forms", "citation"].map((tip) => make("li", {}, word(`search.tip.${tip}`)))));
  }

  /** Provisions with some of the words, after the few that have all. */
  function someMore(answer) {
    if (!answer.more.length) return null;
    return make("section", { class: "k-some" }, make("h2", {}, word("search.more.some")),
      make("ol", { class: "k-groups" }, ...groups(answer.more).map(group)));
  }

  function moreButton(answer, shown, state) {
    if (answer.total <= shown) return null;
    const button = make("button", { type: "button", class: "k-button k-more" }, word("search.more", { n: answer.total - shown }));
    button.addEventListener("click", () => go({ ...state, n: state.n + STEP }));
    return button;
  }

  function nearestList(answer) {
    if (!answer.nearest.length) return null;
    return make("section", { class: "k-nearest" }, make("p", {}, word("search.nearest")),
      make("ul", {}, ...answer.nearest.map((hit) => make("li", {},
        make("a", { href: href(hit) }, label(hit.eid), hit.heading ? ` · ${quiet(hit.heading)}` : ""), " ", origin(hit)))));
  }

  function content(answer, counts, state) {
    const words = answer.hits.filter((hit) => !hit.cited);
    const named = answer.resolved.length + answer.nearest.length > 0; // the query is a citation
    const said = answer.complete ? amount(words.length ? answer.total : answer.hits.length) : word(words.length ? "search.some" : "search.none");
    return [
      ...answer.resolved.map(citedBox),
      nearestList(answer),
      words.length || !named ? make("p", { class: "k-amount", role: "status" }, said) : null,
      suggestions(answer, state),
      words.length || state.lang || state.treaty ? filters(counts, state) : null,
      words.length ? make("ol", { class: "k-groups" }, ...groups(words).map(group)) : null,
      answer.hits.length || named ? null : nothing(),
      moreButton(answer, words.length, state),
      someMore(answer),
    ].filter(Boolean);
  }

  class SearchPage {
    constructor(place, input) {
      this.place = place;
      this.input = input;
      this.turn = 0;
      const form = input.closest("form");
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const state = asked();
        go({ ...state, q: input.value.trim(), n: STEP });
        if (state.q === input.value.trim()) this.show();
      });
      window.addEventListener("hashchange", () => this.show());
      this.show();
    }

    async show() {
      const state = asked();
      const turn = ++this.turn;
      this.input.value = state.q;
      if (!state.q.trim()) return this.place.replaceChildren();
      this.place.setAttribute("aria-busy", "true");
      try {
        const options = { lang: state.lang || undefined, treaty: state.treaty || undefined };
        const answer = await Kelisim.searchEngine.search(state.q, { ...options, limit: state.n, prefer: Kelisim.page.lang });
        const counts = await Kelisim.searchEngine.count(answer, options);
        if (turn === this.turn) this.place.replaceChildren(...content(answer, counts, state));
      } catch (fault) {
        if (turn === this.turn) this.place.replaceChildren(failure(fault));
      }
      if (turn === this.turn) this.place.removeAttribute("aria-busy");
      return undefined;
    }
  }

  const place = document.getElementById("k-search-page");
  const input = document.getElementById("k-find");
  if (place && input) Kelisim.searchPage = new SearchPage(place, input);
})(window.Kelisim);
