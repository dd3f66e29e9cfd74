/**
 * The dates of a walkthrough: fields for the days that its time limits run from, and what follows from them. The reckoning is
 * that of limits.js, the days stand in the address as "on.arrest=2027-03-01".
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const { make, word } = Kelisim.searchView;
  const { capital, dateInWeek, fault, isDated, reading, then } = Kelisim.limitWords;
  const LONGEST = 100; // letters of a date

  /** The events that start the limits `names`, in the order of the treaty's file. */
  function eventsOf(data, names) {
    const started = new Set(names.flatMap((name) => data.limits[name].starts.map(({ event }) => event)));
    return Object.keys(data.events).filter((name) => started.has(name));
  }

  /** @returns {Reckoned[]} the dates of the limits `names`, the earliest first */
  function reckon(data, names, days) {
    const limits = Object.fromEntries(names.map((name) => [name, data.limits[name]]));
    return Kelisim.limits.reckon({ ...data, limits }, days);
  }

  /**
   * The dates as items of a document.
   * @param {?object} data the time limits, as build_scripts/pages/limits.py writes them; null where there are none
   * @param {string[]} names of the limits
   * @param {Object<string, string>} days event -> its day
   * @param {function(string): string} unknown what is said of a limit without a date, from the names of its events
   */
  function items(data, names, days, unknown) {
    if (!data || !names.length) return [];
    const found = reckon(data, names, days);
    const dated = found.map(({ limit: name, readings }) => {
      const limit = data.limits[name];
      return {
        kind: "date", limit: name, says: `${capital(limit.what)}: ${limit.length_words}`, links: [[limit.label, limit.href]],
        readings: readings.map((own) => ({
          name: reading(limit, own.event), from: `${data.events[own.event].name}: ${dateInWeek(own.day)}`,
          counts: own.counts.map((counted) => ({
            name: word(`limits.count.${counted.count}`), last: dateInWeek(counted.last),
            then: isDated(counted) ? `${word("limits.then")}: ${then(counted)}` : "",
          })),
        })),
        then: limit.then.map(({ says }) => says), doubts: limit.doubts,
      };
    });
    const open = names.filter((name) => !found.some(({ limit }) => limit === name)).map((name) => {
      const limit = data.limits[name];
      const from = eventsOf(data, [name]).map((event) => data.events[event].name).join("; ");
      return { kind: "date", limit: name, says: `${capital(limit.what)}: ${limit.length_words}`, links: [[limit.label, limit.href]],
        readings: [], then: [from ? unknown(from) : ""].filter(Boolean), doubts: [] };
    });
    return [...dated, ...open];
  }

  /**
   * The fields and what follows. changed(event, day): a day was entered, or null where it was taken away.
   * @param {object} data the time limits
   * @param {{names: string[], days: Object<string, string>, wrong: Object<string, string>, table: string,
   *   unknown: function(string): string}} shown wrong: what stands in the address and is no date; table: the page with all
   *   time limits; unknown: what is said of a limit without a date, from the names of its events
   */
  function panel(data, shown, changed) {
    const dues = make("div", { class: "k-dues" });
    const open = new Set();
    const days = { ...shown.days };
    const notes = {};

    function draw() {
      for (const [name, note] of Object.entries(notes)) if (days[name]) note.textContent = dateInWeek(days[name]);
      for (const [name, other] of Kelisim.limits.disorder(data, days)) {
        notes[name].textContent += `. ${word("limits.disorder", { other: data.events[other].name })}`;
      }
      dues.replaceChildren(...reckon(data, shown.names, days).map((one) => {
        const due = Kelisim.limitsView.due(one, data, Kelisim.dates.today(), open);
        due.querySelectorAll('a[href^="#limit-"]').forEach((link) => link.setAttribute("href", shown.table + link.getAttribute("href")));
        return due;
      }), ...items(data, shown.names, days, shown.unknown).filter(({ readings }) => !readings.length).map((one) =>
        make("p", { class: "k-walk__undated" }, make("b", {}, one.says), " (", make("a", { href: one.links[0][1] }, one.links[0][0]), "). ", one.then.join(" "))));
    }

    function field(name) {
      const id = `k-on-${name}`;
      const input = make("input", { id, type: "text", autocomplete: "off", spellcheck: "false", maxlength: String(LONGEST), "aria-describedby": `${id}-note` });
      const note = notes[name] = make("p", { id: `${id}-note`, class: "k-field__note", "aria-live": "polite" });
      function read(isDone) {
        const typed = input.value.trim();
        const found = typed ? Kelisim.dates.parse(typed, data.months) : {};
        const isWrong = Boolean(found.fault);
        if (isWrong && !isDone) return;
        note.classList.toggle("k-field__note--wrong", isWrong);
        note.textContent = isWrong ? fault(found.fault, found.values) : "";
        if (isWrong) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
        delete days[name];
        if (found.date) days[name] = found.date;
        draw();
        changed(name, found.date || null);
      }
      input.value = days[name] || shown.wrong[name] || "";
      input.addEventListener("input", () => read(false));
      input.addEventListener("change", () => read(true));
      if (shown.wrong[name]) {
        const found = Kelisim.dates.parse(shown.wrong[name], data.months);
        note.textContent = found.fault ? fault(found.fault, found.values) : "";
        note.classList.toggle("k-field__note--wrong", Boolean(found.fault));
        input.setAttribute("aria-invalid", "true");
      }
      return make("div", { class: "k-field" },
        make("label", { for: id }, data.events[name].name), make("div", { class: "k-field__line" }, input), note);
    }

    const fields = eventsOf(data, shown.names).map(field);
    const part = make("div", { class: "k-walk__dates" }, make("div", { class: "k-walk__days" }, ...fields), dues);
    draw();
    return part;
  }

  /** @returns {Array} the entries of a calendar file, for Kelisim.ics */
  function entries(data, names, days) { return data ? Kelisim.limitsFile.entries(reckon(data, names, days), data) : []; }

  Kelisim.walkDates = { entries, eventsOf, items, panel };
})(window.Kelisim);
