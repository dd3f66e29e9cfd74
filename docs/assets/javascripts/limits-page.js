/**
 * The calculator of time limits. What is typed lives in the fields and in the address after "#", and nowhere else:
 *   #arrest=2027-03-01&surrender-date=2027-05-01
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const source = document.getElementById("k-limits");
  const page = document.getElementById("k-calculator");
  if (!source || !page) return;

  const { word, make } = Kelisim.searchView;
  const { capital, dateInWeek, fault } = Kelisim.limitWords;
  const { parse, today } = Kelisim.dates;
  const LONGEST = 100; // letters of a date in an address
  const MOST_NAMES = 5; // unknown names that are said
  const PAUSE = 600; // milliseconds after the last key until the count is said

  const data = JSON.parse(source.textContent);
  const fields = new Map(); // event -> {input, note}
  const open = new Set(); // lists of days that are open
  const shown = make("div", { class: "k-dues" });
  const status = make("p", { class: "k-calculator__status", role: "status" });
  const remarks = make("div", { class: "k-calculator__remarks", role: "alert" });
  const clock = make("p", { class: "k-calculator__today" });
  const tools = make("div", { class: "k-calculator__tools" });
  const said = make("div", { class: "k-calculator__said", role: "status" });
  let written = ""; // the hash that this page wrote itself
  let timer = 0;
  let found = [];
  let drawnOn = ""; // the day that "today" was

  // the fields

  function field(name, event) {
    const id = `k-event-${name}`;
    const input = make("input", {
      id, type: "text", name, autocomplete: "off", spellcheck: "false", maxlength: String(LONGEST), "aria-describedby": `${id}-note`,
    });
    const note = make("p", { id: `${id}-note`, class: "k-field__note", "aria-live": "polite" });
    input.addEventListener("input", () => changed(false));
    input.addEventListener("change", () => changed(true));
    input.addEventListener("keydown", (key) => { if (key.key === "Enter") changed(true); });
    fields.set(name, { input, note });
    return make("div", { class: "k-field" },
      make("label", { for: id }, event.name),
      make("p", { class: "k-places" }, ...event.links.flatMap(([label, href], place) => [place ? ", " : "", make("a", { href }, label)])),
      event.help ? make("p", { class: "k-small" }, event.help) : null,
      make("div", { class: "k-field__line" }, input, picker(name, event, input)), note);
  }

  /** The browser's own calendar, behind a button; it only fills the field. */
  function picker(name, event, input) {
    const native = make("input", { type: "date", class: "k-field__native", tabindex: "-1", "aria-hidden": "true", min: "1900-01-01", max: "2199-12-31" });
    if (!native.showPicker) return null;
    const button = make("button", { type: "button", class: "k-button k-field__pick", "aria-label": word("limits.pick", { name: event.name }), title: word("limits.pick", { name: event.name }) });
    button.addEventListener("click", () => {
      const read = parse(input.value, data.months);
      native.value = read.date || "";
      try { native.showPicker(); } catch (refused) { input.focus(); }
    });
    native.addEventListener("change", () => {
      if (!native.value) return;
      input.value = native.value;
      changed(true);
      input.focus();
    });
    return make("span", { class: "k-field__picker" }, button, native);
  }

  function groups() {
    return Object.entries(data.groups).map(([group, title]) => make("fieldset", { class: "k-calculator__group" },
      make("legend", {}, title),
      ...Object.entries(data.events).filter(([, event]) => event.group === group).map(([name, event]) => field(name, event))));
  }

  /** The dates that can be read. isDone: say what is wrong with the others; while one types, a date is not yet wrong. */
  function days(isDone) {
    const known = {};
    for (const [name, { input, note }] of fields) {
      const typed = input.value.trim();
      const read = typed ? parse(typed, data.months) : null;
      const isWrong = Boolean(read && read.fault);
      if (read && read.date) known[name] = read.date;
      if (isWrong && !isDone && input === document.activeElement) {
        note.textContent = "";
        input.removeAttribute("aria-invalid");
        continue;
      }
      note.classList.toggle("k-field__note--wrong", isWrong);
      note.textContent = !read ? "" : isWrong ? fault(read.fault, read.values) : dateInWeek(read.date);
      if (isWrong) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
    for (const [name, other] of Kelisim.limits.disorder(data, known)) {
      const { note } = fields.get(name);
      note.textContent += `. ${word("limits.disorder", { other: data.events[other].name })}`;
      note.classList.add("k-field__note--wrong");
    }
    return known;
  }

  function changed(isDone) {
    const known = days(isDone);
    show(known);
    write(known);
    clearTimeout(timer);
    timer = setTimeout(() => tell(), PAUSE);
  }

  // the address

  function write(known) {
    const pairs = Object.keys(data.events).filter((name) => known[name]).map((name) => `${name}=${known[name]}`);
    if (!pairs.length && !written && !location.hash.includes("=")) return;
    written = pairs.length ? `#${pairs.join("&")}` : "";
    history.replaceState(null, "", written || location.href.split("#")[0]);
  }

  /** Fills the fields with what the address holds; what it cannot use it says. */
  function read() {
    const unknown = [];
    const twice = [];
    const given = new Map();
    if (location.hash.includes("=")) {
      for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
        if (!fields.has(name)) unknown.push(name);
        else if (given.has(name) && given.get(name) !== value) twice.push(data.events[name].name);
        else if (!given.has(name)) given.set(name, value);
      }
    }
    for (const [name, { input }] of fields) input.value = (given.get(name) || "").slice(0, LONGEST);
    const list = (names) => names.slice(0, MOST_NAMES).map((name) => `«${name.length > 40 ? `${name.slice(0, 40)}…` : name}»`).join(", ");
    remarks.replaceChildren(
      ...(unknown.length ? [make("p", {}, word("limits.unknown-events", { names: list(unknown) }))] : []),
      ...(twice.length ? [make("p", {}, word("limits.twice", { names: list(twice) }))] : []));
    show(days(true));
    tell();
  }

  // what follows

  function show(known) {
    const now = drawnOn = today();
    found = Kelisim.limits.reckon(data, known);
    for (const list of shown.querySelectorAll(".k-days")) {
      if (list.open) open.add(list.dataset.key);
      else open.delete(list.dataset.key);
    }
    clock.replaceChildren(make("b", {}, word("limits.today", { date: dateInWeek(now) })), `, ${word("limits.today.zone", { zone: zone() })}.`);
    shown.replaceChildren(...(found.length
      ? found.map((one) => Kelisim.limitsView.due(one, data, now, open))
      : [make("p", { class: "k-silent" }, word("limits.results.none"))]));
    tools.hidden = !found.length;
    page.classList.toggle("k-calculator--empty", !found.length);
    said.replaceChildren();
  }

  function zone() {
    try { return Intl.DateTimeFormat().resolvedOptions().timeZone || "?"; } catch (unsupported) { return "?"; }
  }

  /** Says the result in one sentence, for those who do not see it. */
  function tell() {
    if (!found.length) {
      status.replaceChildren();
      return;
    }
    const now = today();
    const ahead = found.map((one) => [one, Kelisim.limits.earliest(one)]).find(([, day]) => day >= now);
    const count = word(`limits.results.count.${found.length === 1 ? "one" : "many"}`, { n: found.length });
    const next = ahead ? word("limits.next", { date: dateInWeek(ahead[1]), what: data.limits[ahead[0].limit].what }) : "";
    status.replaceChildren(make("a", { href: "#results" }, count), ` ${next}`);
  }

  // to take along

  function button(key, act) {
    const made = make("button", { type: "button", class: "k-button" }, word(key));
    made.addEventListener("click", act);
    return made;
  }

  /** Copies a text; where the browser refuses, it stands there selected. */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      said.replaceChildren(word("limits.copied"));
    } catch (refused) {
      const box = make("textarea", { readonly: "", rows: "4", "aria-label": word("limits.copy-by-hand") });
      box.value = text;
      said.replaceChildren(word("limits.copy-by-hand"), box);
      box.select();
    }
  }

  function saveCalendar() {
    const text = Kelisim.ics(Kelisim.limitsFile.entries(found, data), {
      name: word("limits.ics.name", { title: data.title }), lang: Kelisim.page.lang, stamp: new Date().toISOString(),
    });
    Kelisim.saveFile(`${word("limits.ics.file")}-${data.treaty}.ics`, "text/calendar", text);
  }

  function clear() {
    for (const { input } of fields.values()) input.value = "";
    open.clear();
    remarks.replaceChildren();
    changed(true);
    fields.values().next().value.input.focus();
  }

  tools.append(
    button("limits.ics", saveCalendar),
    button("limits.copy", () => copy(Kelisim.limitsFile.text(found, data, today()))),
    button("limits.address", () => copy(location.href)),
    button("limits.print", () => window.print()),
    button("limits.clear", clear));
  page.append(
    make("p", { class: "k-lead" }, word("limits.calculator.lead")),
    make("p", { class: "k-small" }, word("limits.calculator.forms")),
    clock, remarks,
    make("div", { class: "k-calculator__columns" },
      make("div", { class: "k-calculator__given" }, make("form", { class: "k-calculator__form", novalidate: "" }, ...groups()), status),
      make("div", { class: "k-calculator__found" },
        make("h3", { id: "results", tabindex: "-1" }, capital(word("limits.results"))), tools, said, shown)));
  page.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", () => { if (location.hash !== written && (location.hash.includes("=") || !location.hash)) read(); });
  window.addEventListener("focus", () => { if (today() !== drawnOn) show(days(true)); }); // the page was left open overnight
  page.hidden = false;
  read();
  if (location.hash && !location.hash.includes("=")) { // the page has grown since the browser went there
    const target = document.getElementById(location.hash.slice(1));
    if (target) target.scrollIntoView();
  }
})(window.Kelisim);
