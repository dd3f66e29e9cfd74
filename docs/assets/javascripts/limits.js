/**
 * Make dates of the time limits of a treaty: the twin of build_scripts/reckon.py. Both run the cases in
 * tests/cases/limits.json. Pure: it touches neither the page nor the address. Dates are strings such as "2027-03-01".
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const { addDays, addMonths, daysInMonth, lacksDay, parts } = Kelisim.dates;
  const DAYS = { days: 1, weeks: 7 };
  const MONTHS = { months: 1, years: 12 };

  /**
   * @typedef {{count: string, first: string, last: string, then: ?string}} Counted
   *   count: next-day, same-day, hours, next-month, at-once, on-day; then: the first day on which the limit has passed
   * @typedef {{event: string, day: string, after_extension: boolean, counts: Counted[]}} Reading
   * @typedef {{limit: string, readings: Reading[]}} Reckoned
   */

  const upto = (count, first, last) => ({ count, first, last, then: addDays(last, 1) });
  const firstOfMonth = (day) => `${day.slice(0, 8)}01`;

  function sameNumber(day, { number, unit }) {
    return unit in DAYS ? addDays(day, number * DAYS[unit]) : addMonths(day, number * MONTHS[unit]);
  }

  /** The last day where the day of the event is the first. */
  function dayBefore(day, { number, unit }) {
    if (unit in DAYS) return addDays(day, number * DAYS[unit] - 1);
    const target = addMonths(firstOfMonth(day), number * MONTHS[unit]);
    const [year, month] = parts(target);
    const own = parts(day)[2];
    return own === 1 ? addDays(target, -1) : addDays(target, Math.min(own - 1, daysInMonth(year, month)) - 1);
  }

  /** @returns {Counted[]} every way to count that the text leaves open */
  function counts({ kind, length }, { runs }, day) {
    if (!length) return [{ count: kind === "at-once" ? "at-once" : "on-day", first: day, last: day, then: null }];
    const found = [upto("next-day", addDays(day, 1), sameNumber(day, length))];
    if (runs === "day" || runs === "unsaid") found.push(upto("same-day", day, dayBefore(day, length)));
    if (length.unit in DAYS) {
      const last = sameNumber(day, length);
      found.push({ count: "hours", first: day, last, then: last });
    } else {
      const months = length.number * MONTHS[length.unit];
      if (lacksDay(day, months)) found.push(upto("next-month", addDays(day, 1), addMonths(firstOfMonth(day), months + 1)));
    }
    return found;
  }

  /** @returns {string} the first of the last days, on any reading */
  function earliest({ readings }) {
    return readings.flatMap((reading) => reading.counts.map((counted) => counted.last)).sort()[0];
  }

  /**
   * The dates of every limit that the events start, the earliest first.
   * @param {object} data as build_scripts/pages/limits.py writes it
   * @param {Object<string, string>} days event -> its day
   * @returns {Reckoned[]}
   */
  function reckon(data, days) {
    const isKnown = ({ event }) => Object.hasOwn(days, event);
    return Object.entries(data.limits)
      .filter(([, { length }]) => !length || length.unit in DAYS || length.unit in MONTHS)
      .map(([limit, own]) => ({
        limit,
        readings: own.starts.filter(isKnown).map((start) => ({
          event: start.event, day: days[start.event], after_extension: start.after_extension,
          counts: counts(own, start, days[start.event]),
        })),
      }))
      .filter(({ readings }) => readings.length)
      .sort((one, other) => (earliest(one) < earliest(other) ? -1 : earliest(one) > earliest(other) ? 1 : 0));
  }

  /** Events that stand before one that they cannot come before. @returns {string[][]} pairs: the event, the other */
  function disorder(data, days) {
    return Object.entries(data.events).flatMap(([name, event]) => event.not_before
      .filter((other) => Object.hasOwn(days, name) && Object.hasOwn(days, other) && days[name] < days[other])
      .map((other) => [name, other]));
  }

  /** Every day that is counted, in order. @param {Counted} counted @returns {string[]} */
  function dayByDay({ first, last }) {
    const days = [];
    for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
    return days;
  }

  Kelisim.limits = { dayByDay, disorder, earliest, reckon };
})(window.Kelisim);
