/**
 * The reader's last searches. They stay in this browser (localStorage) and can be forgotten; where the browser keeps nothing,
 * there are none, and nothing is said.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const KEY = "kelisim.searches";
  const MOST = 8;
  const LONGEST = 200; // characters of a query that is kept

  /** @returns {string[]} the last queries, the newest first */
  function all() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(kept) ? kept.filter((query) => typeof query === "string" && query.length <= LONGEST).slice(0, MOST) : [];
    } catch (refused) {
      return [];
    }
  }

  /** @param {string} query */
  function add(query) {
    if (!query || query.length > LONGEST) return;
    try {
      localStorage.setItem(KEY, JSON.stringify([query, ...all().filter((other) => other !== query)].slice(0, MOST)));
    } catch (refused) { /* then it is not kept */ }
  }

  function clear() {
    try { localStorage.removeItem(KEY); } catch (refused) { /* then there is nothing to forget */ }
  }

  Kelisim.searchRecent = { all, add, clear };
})(window.Kelisim);
