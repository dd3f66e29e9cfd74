/** What follows from the dates, as it stands on the page. All text is set as text, never as markup. */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const { word, make } = Kelisim.searchView;
  const { capital, date, dateInWeek, isDated, reading, state, then } = Kelisim.limitWords;
  const MOST_DAYS = 800; // listed day by day

  const link = (href, text) => make("a", { href }, text);
  const place = (href, label) => make("span", { class: "k-places" }, "(", link(href, label), ")");

  /** Every day that is counted, made when it is opened. key: to keep it open when the page is drawn again. */
  function dayList(counted, event, key, open) {
    const details = make("details", { class: "k-days" },
      make("summary", {}, word("limits.days", { first: date(counted.first), last: date(counted.last) })));
    details.dataset.key = key;
    const fill = () => {
      if (details.querySelector("ol, p")) return;
      const days = Kelisim.limits.dayByDay(counted);
      if (days.length > MOST_DAYS) return details.append(make("p", {}, word("limits.days.over", { n: MOST_DAYS })));
      if (counted.first > event) details.append(make("p", { class: "k-small" }, word("limits.days.event", { date: dateInWeek(event) })));
      details.append(make("ol", {}, ...days.map((day) => make("li", {}, dateInWeek(day)))));
    };
    details.addEventListener("toggle", () => { if (details.open) fill(); });
    if (open.has(key)) {
      fill();
      details.open = true;
    }
    return details;
  }

  function countRow(counted, today) {
    const now = state(counted, today);
    return make("tr", { class: `k-due__count k-due__count--${now.tone}` },
      make("th", { scope: "row" }, word(`limits.count.${counted.count}`)),
      make("td", { "data-head": word("limits.last") },
        make("b", {}, dateInWeek(counted.last)), " ", make("span", { class: "k-due__state" }, now.text)),
      make("td", { "data-head": word("limits.then") }, then(counted)));
  }

  /** What is not counted is a sentence: due at once, or on the day itself. */
  function dayLine(counted, today) {
    const now = state(counted, today);
    return make("p", { class: `k-due__day k-due__count--${now.tone}` }, `${word(`limits.count.${counted.count}`)}: `,
      make("b", {}, dateInWeek(counted.last)), make("span", { class: "k-due__state" }, ` (${now.text})`));
  }

  function countTable(counts, today) {
    return make("table", { class: "k-table k-due__table" },
      make("thead", {}, make("tr", {}, ...["count", "last", "then"].map((key) => make("th", { scope: "col" }, word(`limits.${key}`))))),
      make("tbody", {}, ...counts.map((counted) => countRow(counted, today))));
  }

  function readingPart(found, limit, name, data, today, open) {
    const start = limit.starts.find(({ event }) => event === found.event);
    const title = reading(limit, found.event);
    const dated = found.counts.filter(isDated);
    return make("div", { class: `k-due__reading${title ? " k-due__reading--doubt" : ""}` },
      make("p", { class: "k-due__from" }, title ? make("b", {}, `${title}. `) : "", dated.length ? `${word("limits.from")}: ` : "",
        data.events[found.event].name, ", ", make("b", {}, dateInWeek(found.day)),
        start.words ? make("span", { class: "k-due__words" }, " ", make("q", {}, start.words)) : ""),
      start.why ? make("p", { class: "k-small" }, `${word("limits.why")} ${start.why}`) : null,
      ...(dated.length ? [countTable(dated, today)] : found.counts.map((counted) => dayLine(counted, today))),
      ...dated.filter(({ count }) => count !== "hours").map((counted) =>
        dayList(counted, found.day, `${name}.${found.event}.${counted.count}`, open)));
  }

  function consequences(limit) {
    const said = limit.then.map(({ force, says, label, href }) => make("li", {},
      make("b", { class: `k-force k-force--${force}` }, word(`limits.force.${force}`)), " ", says, " ", place(href, label)));
    if (limit.extension) said.push(make("li", {}, make("b", {}, word("limits.extension")), " ", limit.extension));
    return said.length ? make("ul", { class: "k-due__then" }, ...said) : null;
  }

  function doubts(limit) {
    if (!limit.doubts.length) return null;
    return make("div", { class: "k-doubt" }, make("b", {}, word("limits.doubts")),
      make("ul", {}, ...limit.doubts.map((doubt) => make("li", {}, doubt))));
  }

  /** One limit that runs. @param {Kelisim.Reckoned} found @param {Set<string>} open keys of the lists that are open */
  function due(found, data, today, open) {
    const limit = data.limits[found.limit];
    return make("article", { class: "k-due" },
      make("h4", {}, capital(limit.what)),
      make("p", { class: "k-due__who" }, limit.who ? `${limit.who} · ` : "", link(`#${limit.anchor}`, limit.length_words), " · ", link(limit.href, limit.label)),
      ...found.readings.map((one) => readingPart(one, limit, found.limit, data, today, open)),
      consequences(limit), doubts(limit));
  }

  Kelisim.limitsView = { due };
})(window.Kelisim);
