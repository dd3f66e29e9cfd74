/** What follows from the dates, to be taken along: as plain text, and as entries of a calendar file. Pure. */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const { word } = Kelisim.searchView;
  const { capital, date, dateInWeek, isDated, reading, then } = Kelisim.limitWords;

  const small = (text) => text.slice(0, 1).toLowerCase() + text.slice(1);
  const bare = (text) => text.replace(/[.:]$/, "");
  const from = (limit, data, found) => [
    reading(limit, found.event),
  `${found.counts.some(isDated) ? `${word("limits.from")}: ` : ""}${data.events[found.event].name}, ${dateInWeek(found.day)}`,
  ].filter(Boolean).join(". ");

  function countLine(counted) {
    const way = word(`limits.count.${counted.count}`);
    if (!isDated(counted)) return `${way}: ${dateInWeek(counted.last)}`;
    return `${way}: ${small(word("limits.last"))} – ${dateInWeek(counted.last)}; ${small(word("limits.then"))} – ${then(counted)}`;
  }

  function afterLines(limit) {
    return [
      ...limit.then.map(({ force, says, label }) => `${word(`limits.force.${force}`)}: ${bare(says)} (${label}).`),
      limit.extension && `${word("limits.extension")} ${limit.extension}`,
      ...limit.doubts.map((doubt) => `${word("limits.doubts")} ${doubt}`),
    ].filter(Boolean);
  }

  const head = (limit) => `${capital(limit.what)}${limit.who ? ` (${limit.who})` : ""} – ${limit.length_words}, ${limit.label}`;

  /** Everything that was found, as plain text. @returns {string} */
  function text(found, data, today) {
    const parts = found.map((one) => {
      const limit = data.limits[one.limit];
      return [
        head(limit), `  «${limit.words}»`,
        ...one.readings.flatMap((own) => [`  ${from(limit, data, own)}`, ...own.counts.map((counted) => `    ${countLine(counted)}`)]),
        ...afterLines(limit).map((line) => `  ${line}`),
      ].join("\n");
    });
    return [
      word("limits.text.heading", { title: data.title }), word("limits.text.made", { date: date(today) }), "", parts.join("\n\n"), "",
    ].join("\n");
  }

  /** The entries of one way of counting: the last day, where somebody has to act; the day after, where something follows then. */
  function entriesOf(name, limit, data, own, counted) {
    const key = `${data.treaty}.${name}.${own.event}.${own.day}.${counted.count}`;
    const described = [head(limit), `«${limit.words}»`, from(limit, data, own), countLine(counted), ...afterLines(limit)].join("\n");
    const make = (part, day, summary) => ({
      uid: `${key}.${part}`, date: day, summary: `${summary} (${limit.label})`, description: described, categories: [data.title],
    });
    if (!isDated(counted)) {
      return [make("day", counted.last, `${capital(counted.count === "at-once" ? limit.length_words : word("limits.count.on-day"))}: ${limit.what}`)];
    }
    const way = small(word(`limits.count.${counted.count}`));
    return [
      limit.who && make("last", counted.last, `${word("limits.ics.last", { what: limit.what })} – ${way}`),
      limit.ends === "after" && limit.then.length && make("then", counted.then, `${bare(limit.then[0].says)} – ${way}`),
    ].filter(Boolean);
  }

  /** Everything that was found, as entries for Kelisim.ics. By the hour no other day comes out: it is in the description. */
  function entries(found, data) {
    return found.flatMap((one) => one.readings.flatMap((own) => own.counts
      .filter(({ count }) => count !== "hours")
      .flatMap((counted) => entriesOf(one.limit, data.limits[one.limit], data, own, counted))));
  }

  Kelisim.limitsFile = { entries, text };
})(window.Kelisim);
