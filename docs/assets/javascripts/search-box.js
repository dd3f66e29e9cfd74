/**
 * The search box in the header of every page: what is found stands under it while one types.
 * A combobox as the ARIA practices describe it: the focus stays in the box, the arrows move through the list.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const MOST = 7;
  const PAUSE = 120; // milliseconds after the last key

  /** @param {string} query @returns {string} the address of the search page with this query */
  function pageOf(query) {
    return `${Kelisim.page.root}${Kelisim.page.lang}/search.html#q=${encodeURIComponent(query)}`;
  }

  /** The answer while one types: the last word may be a beginning. */
  async function answerWhileTyping(query) {
    const options = { limit: MOST, prefer: Kelisim.page.lang };
    const answer = await Kelisim.searchEngine.search(query, options);
    if (answer.resolved.length || (answer.complete && answer.hits.length) || !/[\p{L}\p{N}]$/u.test(query)) return answer;
    const begun = await Kelisim.searchEngine.search(`${query}*`, options);
    return begun.complete && begun.hits.length ? { ...begun, query } : answer;
  }

  class SearchBox {
    constructor(form) {
      this.form = form;
      this.input = form.querySelector("input");
      this.list = form.querySelector("#k-search-results");
      this.view = Kelisim.searchView;
      this.status = this.view.make("span", { class: "k-unseen", role: "status" });
      this.turn = 0; // answers to earlier queries are not shown
      this.timer = 0;
      this.active = -1;
      form.append(this.status);
      this.describe();
      this.listen();
    }

    describe() {
      const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false" };
      for (const [key, value] of Object.entries(attributes)) this.input.setAttribute(key, value);
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", this.view.word("search.title"));
    }

    listen() {
      this.input.addEventListener("input", () => this.later());
      this.input.addEventListener("focus", () => Kelisim.searchIndex.open().catch(() => {}));
      this.input.addEventListener("keydown", (event) => this.onKey(event));
      this.form.addEventListener("submit", (event) => this.onSubmit(event));
      this.form.addEventListener("focusout", (event) => { if (!this.form.contains(event.relatedTarget)) this.close(); });
      this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[data-query]");
        if (option) this.ask(option.dataset.query);
      });
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.answer(), PAUSE);
    }

    /** Put a query into the box and answer it at once. */
    ask(query) {
      this.input.value = query;
      this.answer();
    }

    async answer() {
      const query = this.input.value.trim();
      const turn = ++this.turn;
      if (!query) return this.close();
      try {
        const answer = await answerWhileTyping(query);
        if (turn === this.turn) this.show(answer);
      } catch (fault) {
        if (turn === this.turn) this.open([this.view.failure(fault)]);
      }
      return undefined;
    }

    show(answer) {
      const { word, make, amount } = this.view;
      const rows = answer.hits.map((hit) => this.option(hit));
      const asked = answer.suggestions.slice(0, 3).map((query) => make(
        "div", { role: "option", class: "k-hit k-hit--suggestion", "data-query": query },
        word("search.meant"), " ", make("b", {}, query),
      ));
      const nearest = answer.nearest.map((hit) => this.option(hit));
      const note = answer.complete ? "" : word(answer.hits.length ? "search.some" : "search.none");
      const said = [
        nearest.length ? make("p", { class: "k-search-note" }, word("search.nearest")) : null, ...nearest,
        note ? make("p", { class: "k-search-note" }, note) : null, ...asked, ...rows,
        answer.complete && !rows.length && !nearest.length ? make("p", { class: "k-search-note" }, word("search.none")) : null,
      ].filter(Boolean);
      if (answer.hits.length) {
        const all = word("search.all", { n: Math.max(answer.total, answer.hits.length) });
        said.push(make("a", { role: "option", class: "k-hit k-hit--all", tabindex: "-1", href: pageOf(answer.query) }, all));
      }
      this.open(said);
      this.status.textContent = answer.complete ? amount(answer.hits.length) : note;
    }

    option(hit) {
      const { make, label, quiet, href, marked, origin } = this.view;
      return make(
        "a", { role: "option", tabindex: "-1", href: href(hit), class: hit.cited ? "k-hit k-hit--cited" : "k-hit" },
        make("span", { class: "k-hit__head" },
          make("span", { class: "k-hit__label" }, label(hit.eid)),
          hit.heading ? " · " : "",
          hit.heading ? make("span", { class: "k-hit__heading", lang: hit.lang }, quiet(hit.heading)) : null),
        marked(hit.snippet, hit.marks, hit.lang),
        origin(hit),
      );
    }

    get options() {
      return Array.from(this.list.querySelectorAll('[role="option"]'));
    }

    open(rows) {
      this.list.replaceChildren(...rows);
      this.options.forEach((option, i) => {
        option.id = `k-search-option-${i}`;
        option.setAttribute("aria-selected", "false");
      });
      this.list.hidden = false;
      this.list.scrollTop = 0;
      this.input.setAttribute("aria-expanded", "true");
      this.move(-1);
    }

    close() {
      this.turn += 1;
      clearTimeout(this.timer);
      this.list.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
      this.status.textContent = "";
      this.move(-1);
    }

    /** Make one option the active one; -1 for none. */
    move(number) {
      this.active = number;
      this.options.forEach((option, i) => {
        option.setAttribute("aria-selected", String(i === number));
        if (i === number) option.scrollIntoView({ block: "nearest" });
      });
      if (number < 0) this.input.removeAttribute("aria-activedescendant");
      else this.input.setAttribute("aria-activedescendant", `k-search-option-${number}`);
    }

    onKey(event) {
      const last = this.options.length - 1;
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (this.list.hidden) this.answer();
        else if (event.key === "ArrowDown") this.move(this.active < last ? this.active + 1 : -1);
        else this.move(this.active < 0 ? last : this.active - 1);
      } else if (event.key === "Escape") {
        if (this.list.hidden) this.input.value = "";
        this.close();
        event.preventDefault();
      } else if (event.key === "Enter" && !this.list.hidden && this.active >= 0) {
        event.preventDefault();
        this.options[this.active].click();
      }
    }

    /** Enter: a citation of one provision leads to it, all else to the search page. */
    async onSubmit(event) {
      event.preventDefault();
      const query = this.input.value.trim();
      if (!query) return;
      clearTimeout(this.timer);
      this.turn += 1;
      let address = pageOf(query);
      try {
        const answer = await Kelisim.searchEngine.search(query, { limit: 2, prefer: Kelisim.page.lang });
        if (answer.resolved.length === 1 && answer.hits.length === 1) address = this.view.href(answer.resolved[0]);
      } catch (fault) {
        // the search page says what is wrong
      }
      this.close();
      window.location.assign(address);
    }
  }

  const form = document.querySelector("form.k-search");
  if (form) Kelisim.searchBox = new SearchBox(form);
})(window.Kelisim);
