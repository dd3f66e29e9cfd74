/** How dates and time limits are said, in the interface's words. Nothing here touches the page. */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const { word } = Kelisim.searchView;
  const { between, parts, weekday } = Kelisim.dates;
  const DATED = ["next-day", "same-day", "hours", "next-month"];

  const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
  const month = (number) => word(`page.month.${number}`);

  /** @returns {string} "10 April 2027" */
  function date(day) {
    const [year, number, own] = parts(day);
    return word("page.date", { day: own, month: month(number), year });
  }

  /** @returns {string} "Saturday, 10 April 2027" */
  function dateInWeek(day) { return word("dates.with-weekday", { weekday: word(`dates.weekday.${weekday(day)}`), date: date(day) }); }

  /** @returns {string} why a text is no date; values as Kelisim.dates.parse gives them */
  function fault(code, values) {
    return word(`dates.fault.${code}`, code === "no-such-day" ? { ...values, month: month(values.month) } : values);
  }

  /** @returns {boolean} whether a length is counted, so that there is a last day */
  function isDated({ count }) { return DATED.includes(count); }

  /** How far a day is from today. @returns {{tone: "past"|"today"|"ahead", text: string}} */
  function state(counted, today) {
    const days = between(today, counted.last);
    const number = (key, n) => word(`limits.state.${key}.${n === 1 ? "one" : "many"}`, { n });
    if (days === 0) return { tone: "today", text: word("limits.state.today") };
    if (days > 0) return { tone: "ahead", text: number("ahead", days) };
    const isOver = isDated(counted) || counted.count === "on-day";
    return { tone: isOver ? "past" : "since", text: number(isOver ? "past" : "since", -days) };
  }

  /** @returns {string} the first day on which a limit has passed: "11 April 2027"; "" where nothing is counted */
  function then(counted) {
    if (!counted.then) return "";
    return counted.count === "hours" ? word("limits.then.hours") : date(counted.then);
  }

  /** Which reading of a limit it is: "Reading 2 of 3"; "" when the text has one. */
  function reading(limit, event) {
    const readings = limit.starts.filter((start) => !start.after_extension);
    const place = readings.findIndex((start) => start.event === event);
    if (place < 0) return word("limits.if-extended");
    return readings.length > 1 ? word("limits.reading", { n: place + 1, of: readings.length }) : "";
  }

  Kelisim.limitWords = { capital, date, dateInWeek, fault, isDated, reading, state, then };
})(window.Kelisim);
