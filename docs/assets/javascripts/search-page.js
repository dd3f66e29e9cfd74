/**
 * The search page: all hits of a query, grouped by article. Query and filters stand in the address after "#", so that back,
 * reload and sharing work from disk too; a form without script gives "?q=", which is read as well.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const STEP = 20; // hits shown at first, and more with each press
  const MOST_LINES = 12; // parts of a provision that is cited
  const HELP = "k-search-help";
  const ROWS = "a.k-group__hit, .k-group h2 a, .k-cited h2 a, .k-nearest a, .k-meant a, .k-recent a, .k-each-word a, .k-said-of-query a";
  const { word, make, label, quiet, href, marked, headingOf, titleIn, origin, amount, failure } = Kelisim.searchView;

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
        make("a", { href: `${page}#${first.article ? name : first.eid}` }, label(first.article ? name : first.eid)),
        first.heading ? " · " : "",
        headingOf(first)),
      origin(first),
      make("ul", {}, ...hits.map((hit) => make("li", {},
        make("a", { class: "k-group__hit", href: href(hit) },
          hit.eid === name || (!hit.article && hits.length === 1) ? null : make("span", { class: "k-hit__label" }, label(hit.eid)),
          marked(hit.snippet, hit.marks, hit.lang))))));
  }

  /** Buttons of one filter, each with its count. rows: [value, name, count] */
  function filter(kind, rows, chosen, choose) {
    const name = word(`search.${kind}`);
    const buttons = rows.map(([value, text, count]) => {
      const pressed = chosen === value;
      const button = make("button", { type: "button", "aria-pressed": String(pressed), "data-filter": `${kind} ${value}` },
        text, " ", make("span", { class: "k-filter__count" }, String(count)));
      button.addEventListener("click", () => choose(pressed ? "" : value));
      return button;
    });
    return make("div", { class: "k-filter", role: "group", "aria-label": name }, make("span", { class: "k-filter__name" }, name), ...buttons);
  }

  function filters(counts, state) {
    const { languages, treaties } = counts;
    if (state.lang && !languages.has(state.lang)) languages.set(state.lang, 0); // a filter that is set can be taken off
    if (state.treaty && !treaties.has(state.treaty)) treaties.set(state.treaty, { titles: { "": state.treaty }, count: 0 });
    const byLanguage = Array.from(languages).map(([lang, count]) => [lang, word(`search.language.${lang}`), count]);
    const byTreaty = Array.from(treaties).map(([slug, { titles, count }]) => [slug, titleIn(titles), count]);
    const rows = [
      byLanguage.length > 1 || state.lang ? filter("language", byLanguage, state.lang, (lang) => go({ ...state, lang, n: STEP })) : null,
      byTreaty.length > 1 || state.treaty ? filter("treaty", byTreaty, state.treaty, (treaty) => go({ ...state, treaty, n: STEP })) : null,
    ].filter(Boolean);
    return rows.length ? make("div", { class: "k-filters" }, ...rows) : null;
  }

  function suggestions(answer, state) {
    if (answer.instead) return make("p", { class: "k-meant k-instead", dir: "auto" }, word("search.instead", { query: answer.instead }));
    if (!answer.suggestions.length) return null;
    const links = answer.suggestions.map((query) => make("a", { href: addressOf({ ...state, q: query, n: STEP }), dir: "auto" }, query));
    return make("p", { class: "k-meant" }, word("search.meant"), " ", ...links.flatMap((link, i) => (i ? [", ", link] : [link])));
  }

  function nothing(state) {
    const everywhere = make("a", { href: addressOf({ q: state.q, n: STEP }) }, word("search.everywhere"));
    return make("div", { class: "k-nothing" },
      state.lang || state.treaty ? make("p", {}, everywhere) : null,
      make("ul", {}, ...["spelling", "fewer", "forms", "citation"].map((tip) => make("li", {}, word(`search.tip.${tip}`))),
        make("li", {}, make("a", { href: `#${HELP}`, "data-k-help": "" }, word("search.help")))));
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

  /** How much was found, in words. */
  function summary(answer) {
    const words = answer.hits.filter((hit) => !hit.cited);
    const named = answer.resolved.length + answer.nearest.length > 0; // the query is a citation
    if (named && !words.length) return answer.nearest.length ? word("search.nearest") : amount(answer.resolved.length);
    return answer.complete ? amount(answer.total) : word(words.length ? "search.some" : "search.none");
  }

  function content(answer, counts, state) {
    const { asRead, noticeOf, wordList } = Kelisim.searchSay;
    const words = answer.hits.filter((hit) => !hit.cited);
    const named = answer.resolved.length + answer.nearest.length > 0;
    const addressWith = (q) => addressOf({ ...state, q, n: STEP });
    const read = answer.reading.plain ? "" : asRead(answer.reading); // said where it is not what was typed
    return [
      answer.faults.length ? failure(answer.faults, false) : null,
      ...answer.notices.map((notice) => noticeOf(notice, answer.reading, addressWith)),
      read && read !== state.q.trim() ? make("p", { class: "k-small k-as-read", dir: "auto" }, word("search.read", { query: read })) : null,
      ...answer.resolved.map(citedBox),
      nearestList(answer),
      suggestions(answer, state),
      wordList(answer, (q) => addressOf({ q, n: STEP })),
      words.length || state.lang || state.treaty ? filters(counts, state) : null,
      words.length ? make("ol", { class: "k-groups" }, ...groups(words).map(group)) : null,
      answer.hits.length || named ? null : nothing(state),
      moreButton(answer, words.length, state),
      someMore(answer),
    ].filter(Boolean);
  }

  /** The last searches, while nothing is asked for. */
  function recent(forget) {
    const queries = Kelisim.searchRecent.all();
    if (!queries.length) return [];
    const button = make("button", { type: "button", class: "k-button" }, word("search.recent.clear"));
    button.addEventListener("click", forget);
    return [make("section", { class: "k-recent", "aria-labelledby": "k-recent-title" },
      make("h2", { id: "k-recent-title" }, word("search.recent")),
      make("ul", {}, ...queries.map((q) => make("li", {}, make("a", { href: addressOf({ q, n: STEP }), dir: "auto" }, q)))),
      make("p", { class: "k-small" }, word("search.recent.kept")), button)];
  }

  class SearchPage {
    constructor(place, input) {
      this.place = place;
      this.input = input;
      this.status = document.getElementById("k-search-status");
      this.help = document.getElementById(HELP);
      this.turn = 0;
      this.shown = null; // the state that is shown
      input.closest("form").addEventListener("submit", (event) => this.onSubmit(event));
      window.addEventListener("hashchange", () => this.show());
      document.addEventListener("click", (event) => {
        if (!event.target.closest("[data-k-help]")) return;
        event.preventDefault(); // the address keeps the query
        this.showHelp();
      });
      input.addEventListener("keydown", (event) => this.onKey(event));
      place.addEventListener("keydown", (event) => this.onKey(event));
      this.show();
      if (window.location.hash === `#${HELP}`) this.showHelp();
    }

    showHelp() {
      this.help.open = true;
      this.help.scrollIntoView();
      this.help.querySelector("summary").focus({ preventScroll: true });
    }

    onSubmit(event) {
      event.preventDefault();
      const state = asked();
      const q = this.input.value.trim();
      Kelisim.searchRecent.add(q);
      go({ ...state, q, n: STEP });
      if (state.q === q) this.show();
    }

    /** The arrows lead from the field through what is found, and back; Esc to the field. */
    onKey(event) {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const rows = Array.from(this.place.querySelectorAll(ROWS));
      const at = rows.indexOf(document.activeElement);
      if (event.key === "ArrowDown" && at + 1 < rows.length) rows[at + 1].focus();
      else if (event.key === "ArrowUp" && at > 0) rows[at - 1].focus();
      else if (event.key === "ArrowUp" && at === 0) this.input.focus();
      else if (event.key === "Escape" && at >= 0) this.input.select();
      else return;
      event.preventDefault();
    }

    async show() {
      const state = asked();
      const turn = ++this.turn;
      this.input.value = state.q;
      this.help.open = !state.q.trim();
      if (!state.q.trim()) {
        this.fill(recent(() => {
          Kelisim.searchRecent.clear();
          this.fill([], state, word("search.recent.cleared"));
          this.input.focus();
        }), state, "");
        return;
      }
      this.place.setAttribute("aria-busy", "true");
      try {
        const options = { lang: state.lang || undefined, treaty: state.treaty || undefined };
        const answer = await Kelisim.searchEngine.search(state.q, { ...options, limit: state.n, prefer: Kelisim.page.lang });
        const counts = await Kelisim.searchEngine.count(answer, options).catch((fault) => {
          answer.faults.push(fault);
          return { languages: new Map(), treaties: new Map() };
        });
        if (turn === this.turn) this.fill(content(answer, counts, state), state, summary(answer));
      } catch (fault) {
        if (turn === this.turn) this.fill([failure([fault], true)], state, "");
      }
      if (turn === this.turn) this.place.removeAttribute("aria-busy");
    }

    /** Put what is found in its place; whoever was at a filter, or at "more", is there again, or at the first new hit. */
    fill(rows, state, said) {
      const { activeElement } = document;
      const pressed = this.place.contains(activeElement) ? activeElement.dataset.filter : undefined;
      const more = this.place.contains(activeElement) && activeElement.classList.contains("k-more");
      const before = this.shown ? this.place.querySelectorAll(".k-group__hit").length : 0;
      this.shown = state;
      this.place.replaceChildren(...rows);
      this.status.textContent = said;
      if (pressed) Array.from(this.place.querySelectorAll("[data-filter]")).find((button) => button.dataset.filter === pressed)?.focus();
      if (more) this.place.querySelectorAll(".k-group__hit")[before]?.focus();
    }
  }

  const place = document.getElementById("k-search-page");
  const input = document.getElementById("k-find");
  if (place && input) Kelisim.searchPage = new SearchPage(place, input);
})(window.Kelisim);
