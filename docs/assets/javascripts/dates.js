/**
 * Reckon with calendar days, and read dates as people type them: the twin of build_scripts/dates.py. Both run the cases in
 * tests/cases/dates.json. A date is a day of the Gregorian calendar, written "2027-03-01": no hour, no time zone, no Date.
 * Only `today` asks the clock.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const FIRST_YEAR = 1900;
  const LAST_YEAR = 2199;
  const SPACES = /[\t-\r \u00a0\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]+/g;
  const FORMS = [
    /^(?<year>[0-9]{1,9})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})$/,
    /^(?<day>[0-9]{1,2})\.(?<month>[0-9]{1,2})\.(?<year>[0-9]{1,9})(?: ?(?:ж|г)\.)?$/,
    /^(?<day>[0-9]{1,2}) (?<month>\p{L}+),? (?<year>[0-9]{1,9})(?: ?(?:ж|г)\.)?$/u,
    /^(?<month>\p{L}+) (?<day>[0-9]{1,2}),? (?<year>[0-9]{1,9})$/u,
    /^(?<year>[0-9]{1,9}) ?(?:жылғы|жылдың|жылы|ж\.) (?<day>[0-9]{1,2}) (?<month>\p{L}+)$/u,
  ];
  const DAYS_IN_400_YEARS = 146097;
  const DAYS_TO_1970 = 719468; // from 1 March of the year 0

  const isLeap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

  /** @returns {number} how many days a month (1 to 12) has */
  function daysInMonth(year, month) {
    if (month === 2) return isLeap(year) ? 29 : 28;
    return [4, 6, 9, 11].includes(month) ? 30 : 31;
  }

  const two = (number) => String(number).padStart(2, "0");
  const write = (year, month, day) => `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;

  /** @param {string} date @returns {number[]} year, month, day. Throws RangeError when there is no such day. */
  function parts(date) {
    if (!isDate(date)) throw new RangeError(`no date: ${date}`);
    return date.split("-").map(Number);
  }

  /** @returns {boolean} whether `text` is a day of the calendar in the form 2027-03-01 */
  function isDate(text) {
    const found = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
    if (!found) return false;
    const [year, month, day] = found.slice(1).map(Number);
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  }

  /** @returns {number} days since 1970-01-01; years begin in March here, so that a leap day is the last of its year */
  function dayNumber(date) {
    const [year, month, day] = parts(date);
    const from = month > 2 ? year : year - 1;
    const era = Math.floor(from / 400);
    const ofEra = from - era * 400;
    const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
    return era * DAYS_IN_400_YEARS + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - DAYS_TO_1970;
  }

  function dateOf(number) {
    const shifted = number + DAYS_TO_1970;
    const era = Math.floor(shifted / DAYS_IN_400_YEARS);
    const dayOfEra = shifted - era * DAYS_IN_400_YEARS;
    const yearOfEra = Math.floor(
      (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365);
    const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
    const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
    const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    return write(yearOfEra + era * 400 + (month < 3 ? 1 : 0), month, dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1);
  }

  /** @returns {string} the day that is `days` days after `start` (before it, when negative) */
  function addDays(start, days) { return dateOf(dayNumber(start) + days); }

  /** @returns {number} how many days `end` is after `start` */
  function between(start, end) { return dayNumber(end) - dayNumber(start); }

  /** @returns {number} 1 for Monday to 7 for Sunday */
  function weekday(date) { return ((dayNumber(date) + 3) % 7 + 7) % 7 + 1; }

  /** @returns {string} the day with the same number, `months` months later; where there is no such day, the month's last one */
  function addMonths(start, months) {
    const [year, month, day] = parts(start);
    const count = year * 12 + month - 1 + months;
    const [toYear, toMonth] = [Math.floor(count / 12), (count % 12 + 12) % 12 + 1];
    return write(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
  }

  /** @returns {boolean} whether the month that is `months` after `start` has no day with the same number */
  function lacksDay(start, months) { return addMonths(start, months).slice(8) !== start.slice(8); }

  /** @returns {boolean} whether `end` is `months` calendar months after `start`, or later */
  function atLeastMonths(months, start, end) { return end >= addMonths(start, months); }

  /**
   * The date in a text: 2027-03-01, 01.03.2027, 1 March 2027, March 1, 2027, 1 наурыз 2027, 2027 жылғы 1 наурыз.
   * @param {string} text
   * @param {Object<string, number>} months names in small letters, and their numbers
   * @returns {{date: string}|{fault: string, values: Object<string, number>}} fault: as in build_scripts/dates.py
   */
  function parse(text, months) {
    const words = text.replace(SPACES, " ").trim().toLowerCase();
    for (const form of FORMS) {
      const found = form.exec(words);
      if (!found) continue;
      const { year, month, day } = found.groups;
      const isNamed = !/^[0-9]+$/.test(month);
      if (isNamed && !Object.hasOwn(months, month)) continue;
      return checked(Number(year), isNamed ? months[month] : Number(month), Number(day));
    }
    return { fault: "unreadable", values: {} };
  }

  function checked(year, month, day) {
    if (year < FIRST_YEAR || year > LAST_YEAR) return { fault: "year", values: { year, first: FIRST_YEAR, last: LAST_YEAR } };
    if (month < 1 || month > 12) return { fault: "no-such-month", values: { month } };
    const days = daysInMonth(year, month);
    if (day < 1 || day > days) return { fault: "no-such-day", values: { day, month, year, days } };
    return { date: write(year, month, day) };
  }

  /** @returns {string} the day that it is where the reader is, by the reader's own clock and time zone */
  function today() {
    const now = new Date();
    return write(now.getFullYear(), now.getMonth() + 1, now.getDate());
  }

  Kelisim.dates = {
    addDays, addMonths, atLeastMonths, between, daysInMonth, isDate, lacksDay, parse, parts, today, weekday,
  };
})(window.Kelisim);
