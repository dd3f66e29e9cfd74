/**
 * What is said about a query beside its hits: how it was read, what no text bears, which word stands where.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const { word, has, make, titleIn, amount } = Kelisim.searchView;

  /** A query as it was read, with the operators in the reader's language and parentheses where there are groups. */
  function asRead({ asked, chars }) {
    return asked ? said(asked, chars, false) : "";
  }

  function said(asked, chars, inner) {
    const text = (from, to) => chars.slice(from, to).join("");
    if (asked.kind === "words") return asked.quoted ? `"${text(asked.start, asked.end)}"` : text(asked.start, asked.end);
    if (asked.kind === "filter") return `${word(`search.field.${asked.field}`)}:${/\s/.test(asked.value) ? `"${asked.value}"` : asked.value}`;
    if (asked.kind === "without") return `${word("search.not")} ${said(asked.part, chars, true)}`;
    const join = asked.join === "beside" ? " " : ` ${word(`search.${asked.join}`)} `;
    const parts = asked.parts.map((part) => said(part, chars, true)).join(join);
    return inner ? `(${parts})` : parts;
  }

  /** The query with another value in the place that a notice is about. */
  function replaced(reading, notice, value) {
    const chars = reading.chars.slice();
    chars.splice(notice.start, Array.from(notice.value).length, value);
    return chars.join("");
  }

  function languageName(lang) {
    return has(`search.language.${lang}`) ? word(`search.language.${lang}`) : lang;
  }

  /** What a notice says, without what it offers. */
  function noticeText({ kind, value }) {
    const { grammar, mostClauses, mostWords } = Kelisim.searchRules;
    const n = { cut: grammar.longestQuery, many: mostClauses, prefix: mostWords }[kind];
    return word(`search.notice.${kind}`, { value, n });
  }

  /** A notice as one line of text. */
  function noticeLine(notice, reading) {
    const known = offers(notice, reading).map(([name]) => name);
    return known.length ? `${noticeText(notice)} ${word("search.notice.known")} ${known.join(" · ")}` : noticeText(notice);
  }

  /** What a notice offers: [name, query] each; a query of null where the name cannot be put in the place of the value. */
  function offers(notice, reading) {
    return notice.known.map((known) => {
      if (notice.kind === "treaty") return [notice.titles[known] ? titleIn(notice.titles[known]) : known, replaced(reading, notice, known)];
      if (notice.kind === "lang") return [languageName(known), replaced(reading, notice, known)];
      return [known, /^[0-9]+–/.test(known) ? null : replaced(reading, notice, known)];
    });
  }

  /** @param {Object} notice @param {Object} reading @param {function(string): string} addressOf of a query @returns {Element} */
  function noticeOf(notice, reading, addressOf) {
    const list = offers(notice, reading).map(([name, query]) => (query === null ? name : make("a", { href: addressOf(query) }, name)));
    const rest = list.length ? [" ", word("search.notice.known"), " ", ...list.flatMap((one, i) => (i ? [" · ", one] : [one]))] : [];
    return make("p", { class: "k-said-of-query" }, noticeText(notice), ...rest);
  }

  /** Each word by itself, with how many provisions have it. */
  function wordList(answer, addressOf) {
    if (!answer.words.length || (answer.words.length < 2 && answer.reading.plain)) return null;
    return make("div", { class: "k-each-word" },
      make("p", {}, word("search.words")),
      make("ul", {}, ...answer.words.map(({ text, count }) => make("li", {},
        count ? make("a", { href: addressOf(text), dir: "auto" }, text) : make("b", { dir: "auto" }, text),
        " – ", count ? amount(count) : word("search.words.none")))));
  }

  Kelisim.searchSay = { asRead, noticeLine, noticeOf, wordList };
})(window.Kelisim);
