/**
 * A calendar file (iCalendar, RFC 5545): days as entries that last all day. Pure; save-file.js offers it as a download.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const PRODUCT = "-//Kelisim//Kelisim//EN";
  const LONGEST = 75; // octets of a line, without its end (section 3.1)
  const encoder = new TextEncoder();

  /**
   * @typedef {Object} CalendarEntry
   * @property {string} uid the same for the same entry, whenever the file is made; "@kelisim" is added
   * @property {string} date its day, "2027-04-10"
   * @property {string} [end] its last day, when it lasts longer
   * @property {string} summary plain text
   * @property {string} [description] plain text; line breaks are kept
   * @property {string[]} [categories]
   */

  /** A text as a value (section 3.3.11): escaped, without characters that no text may hold. */
  function escaped(text) {
    return String(text)
      .replace(/\r\n?/g, "\n")
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
      .replace(/[\\;,]/g, "\\$&")
      .replace(/\n/g, "\\n");
  }

  /** A line broken so that no piece has more than 75 octets, and no letter is divided. */
  function folded(line) {
    const pieces = [""];
    let size = 0;
    for (const letter of line) {
      const octets = encoder.encode(letter).length;
      if (size + octets > LONGEST) {
        pieces.push("");
        size = 1; // the space that the next line begins with
      }
      pieces[pieces.length - 1] += letter;
      size += octets;
    }
    return pieces.join("\r\n ");
  }

  function day(date) {
    if (!Kelisim.dates.isDate(date)) throw new RangeError(`no date: ${date}`);
    return date.replaceAll("-", "");
  }

  function stampOf(instant) {
    const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z$/.exec(instant);
    if (!found) throw new RangeError(`no instant in UTC: ${instant}`);
    const [, year, month, date, hour, minute, second] = found;
    return `${year}${month}${date}T${hour}${minute}${second}Z`;
  }

  function entryLines(entry, language, stamp) {
    const after = Kelisim.dates.addDays(entry.end || entry.date, 1); // DTEND is the first day that does not belong to it
    if (after <= entry.date) throw new RangeError(`it ends before it begins: ${entry.date}, ${entry.end}`);
    const lines = [
      "BEGIN:VEVENT",
      `UID:${escaped(entry.uid)}@kelisim`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${day(entry.date)}`,
      `DTEND;VALUE=DATE:${day(after)}`,
      `SUMMARY${language}:${escaped(entry.summary)}`,
    ];
    if (entry.description) lines.push(`DESCRIPTION${language}:${escaped(entry.description)}`);
    if (entry.categories && entry.categories.length) lines.push(`CATEGORIES${language}:${entry.categories.map(escaped).join(",")}`);
    return [...lines, "TRANSP:TRANSPARENT", "END:VEVENT"];
  }

  /**
   * The calendar file with these entries.
   * @param {CalendarEntry[]} events
   * @param {{name: string, lang: string, stamp: string}} meta name: of the calendar; lang: of its words, "kk"; stamp: the
   *   instant in which it is made, as toISOString gives it
   * @returns {string} its lines end in CRLF. Throws RangeError on a date or an instant that does not exist.
   */
  function ics(events, { name, lang, stamp }) {
    const language = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(lang || "") ? `;LANGUAGE=${lang}` : "";
    const instant = stampOf(stamp);
    const lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:${PRODUCT}`, "CALSCALE:GREGORIAN",
      `NAME${language}:${escaped(name)}`, `X-WR-CALNAME:${escaped(name)}`, // RFC 7986, and what came before it
      ...events.flatMap((entry) => entryLines(entry, language, instant)),
      "END:VCALENDAR",
    ];
    return lines.map((line) => `${folded(line)}\r\n`).join("");
  }

  Kelisim.ics = ics;
})(window.Kelisim);
