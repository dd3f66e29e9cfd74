/**
 * The search box in the header of every page: what is found stands under it while one types; before that, the last searches.
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
      this.popup = form.querySelector("#k-search-results");
      this.view = Kelisim.searchView;
      this.list = this.view.make("div", { id: "k-search-options", role: "listbox", "aria-label": this.view.word("search.title") });
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
      this.popup.append(this.list);
    }

    listen() {
      this.input.addEventListener("input", () => this.later());
      this.input.addEventListener("focus", () => this.onFocus());
      this.input.addEventListener("click", () => { if (this.popup.hidden) this.answer(); });
      this.input.addEventListener("keydown", (event) => this.onKey(event));
      this.form.addEventListener("submit", (event) => this.onSubmit(event));
      this.form.addEventListener("focusout", (event) => { if (!this.form.contains(event.relatedTarget)) this.close(); });
      this.popup.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
      this.list.addEventListener("click", (event) => this.onChoice(event.target.closest('[role="option"]')));
    }

    onFocus() {
      Kelisim.searchIndex.open().catch(() => {});
      if (!this.input.value.trim()) this.showRecent();
    }

    onChoice(option) {
      if (!option) return;
      if (option.dataset.clear) {
        Kelisim.searchRecent.clear();
        this.close();
        this.status.textContent = this.view.word("search.recent.cleared");
      } else if (option.dataset.query) {
        this.ask(option.dataset.query);
      } else {
        Kelisim.searchRecent.add(this.input.value.trim());
      }
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
      if (!query) {
        this.showRecent();
        return;
      }
      try {
        const answer = await answerWhileTyping(query);
        if (turn === this.turn) this.show(answer);
      } catch (fault) {
        if (turn === this.turn) this.open([this.view.failure([fault], true)], []);
      }
    }

    /** The last searches, where there are any; else nothing is open. */
    showRecent() {
      const { word, make } = this.view;
      const queries = Kelisim.searchRecent.all();
      if (!queries.length) {
        this.close();
        return;
      }
      const rows = queries.map((query) => make("div", { role: "option", class: "k-hit k-hit--query", "data-query": query, dir: "auto" }, query));
      const forget = make("div", { role: "option", class: "k-hit k-hit--quiet", "data-clear": "yes" }, word("search.recent.clear"));
      this.open([make("p", { class: "k-search-note" }, word("search.recent"))], [...rows, forget]);
    }

    show(answer) {
      const { word, make, amount, failure } = this.view;
      const found = answer.hits.length + answer.nearest.length;
      const asked = answer.suggestions.slice(0, 3).map((query) => make(
        "div", { role: "option", class: "k-hit k-hit--query", "data-query": query }, word("search.meant"), " ", make("b", {}, query),
      ));
      let note = "";
      if (answer.nearest.length) note = word("search.nearest");
      else if (!answer.complete && answer.hits.length) note = word("search.some");
      else if (!found) note = word("search.none");
      const notes = [...answer.notices.map((notice) => Kelisim.searchSay.noticeLine(notice, answer.reading)), note].filter(Boolean);
      const all = make("a", { role: "option", class: "k-hit k-hit--all", tabindex: "-1", href: pageOf(answer.query) },
        answer.hits.length ? word("search.all", { n: Math.max(answer.total, answer.hits.length) }) : word("search.page"));
      this.open(
        [...notes.map((text) => make("p", { class: "k-search-note" }, text)), answer.faults.length ? failure(answer.faults, false) : null],
        [...answer.nearest.map((hit) => this.option(hit)), ...asked, ...answer.hits.map((hit) => this.option(hit)), all],
      );
      this.status.textContent = [...notes, answer.complete && found ? amount(Math.max(answer.total, found)) : ""].filter(Boolean).join(" ");
    }

    option(hit) {
      const { make, label, href, marked, headingOf, origin } = this.view;
      return make(
        "a", { role: "option", tabindex: "-1", href: href(hit), class: hit.cited ? "k-hit k-hit--cited" : "k-hit" },
        make("span", { class: "k-hit__head" },
          make("span", { class: "k-hit__label" }, label(hit.eid)),
          hit.heading ? " · " : "",
          headingOf(hit)),
        marked(hit.snippet, hit.marks, hit.lang),
        origin(hit),
      );
    }

    get options() {
      return Array.from(this.list.children);
    }

    /** Show what is said, and below it the options. */
    open(said, options) {
      this.popup.replaceChildren(...said.filter(Boolean), this.list);
      this.list.replaceChildren(...options);
      options.forEach((option, i) => {
        option.id = `k-search-option-${i}`;
        option.setAttribute("aria-selected", "false");
      });
      this.popup.hidden = false;
      this.popup.scrollTop = 0;
      this.input.setAttribute("aria-expanded", String(options.length > 0));
      this.move(-1);
    }

    close() {
      this.turn += 1;
      clearTimeout(this.timer);
      this.popup.hidden = true;
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
        if (this.popup.hidden) this.answer();
        else if (event.key === "ArrowDown") this.move(this.active < last ? this.active + 1 : -1);
        else this.move(this.active < 0 ? last : this.active - 1);
      } else if (event.key === "Escape") {
        if (this.popup.hidden) this.input.value = "";
        this.close();
        event.preventDefault();
      } else if (event.key === "Enter" && !this.popup.hidden && this.active >= 0) {
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
      Kelisim.searchRecent.add(query);
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
