/**
 * What a reader typed, as clauses, and the plan to find them: the same as build_scripts/query.py, which says the grammar.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const QUOTE = /["“”„‟«»]/;

  /** Pieces of the query between quotation marks; the last one is never quoted. */
  function segments(chars) {
    const marks = [];
    chars.forEach((char, i) => { if (QUOTE.test(char)) marks.push(i); });
    const found = [];
    let begin = 0;
    let quoted = false;
    marks.forEach((mark, number) => {
      found.push([begin, mark, quoted]);
      begin = mark + 1;
      quoted = !quoted && number + 1 < marks.length;
    });
    found.push([begin, chars.length, false]);
    return found;
  }

  function words(tokens) {
    const groups = [];
    for (const token of tokens) {
      if (groups.length && (token.glued || token.whole)) groups[groups.length - 1].push(token);
      else groups.push([token]);
    }
    return groups;
  }

  function clauseOf(group, quoted, chars, offset, lang) {
    const parts = group.filter((token) => !token.whole);
    const whole = group.find((token) => token.whole);
    const start = parts[0].start + offset;
    const end = parts[parts.length - 1].end + offset;
    let kind = "word";
    if (parts.length > 1) kind = quoted ? "phrase" : "compound";
    else if (chars[end] === "*" && !quoted) kind = "prefix";
    return {
      kind,
      stems: parts.map((token) => token.term),
      exacts: parts.map((token) => token.exact),
      whole: whole && !quoted ? [whole.term, whole.exact] : null,
      stop: kind === "word" && !quoted && Kelisim.isStopWord(parts[0].exact, lang),
      start,
      end,
    };
  }

  /**
   * @param {string} query @param {string} lang
   * @returns {Object[]} the clauses of the query as words of the language, each once
   */
  function parse(query, lang) {
    const chars = Array.from(query).slice(0, Kelisim.searchRules.longestQuery);
    const found = new Map();
    for (const [start, end, quoted] of segments(chars)) {
      const tokens = Kelisim.analyse(chars.slice(start, end).join(""), lang);
      const groups = quoted && tokens.length ? [tokens] : words(tokens);
      for (const group of groups) {
        const clause = clauseOf(group, quoted, chars, start, lang);
        const meaning = JSON.stringify([clause.kind, clause.stems, clause.exacts]);
        if (!found.has(meaning)) found.set(meaning, clause);
      }
    }
    return Array.from(found.values()).slice(0, Kelisim.searchRules.mostClauses);
  }

  function leaf(field, terms) {
    return { field, words: terms };
  }

  function wordLeaves(stem, exact) {
    return [leaf("text", [stem]), leaf("heading", [stem]), leaf("exact", [exact])];
  }

  async function leavesOf(clause, data) {
    if (clause.kind === "prefix") {
      const found = await data.wordsFrom(clause.exacts[0]);
      found.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      return found.slice(0, Kelisim.searchRules.mostWords).map(([word]) => ({ field: "exact", words: [word], boost: 1 }));
    }
    if (clause.kind === "word") return wordLeaves(clause.stems[0], clause.exacts[0]);
    const leaves = [leaf("text", clause.stems), leaf("heading", clause.stems)];
    return clause.whole ? leaves.concat(wordLeaves(...clause.whole)) : leaves;
  }

  function neighbours(clauses) {
    return clauses.slice(1)
      .map((other, i) => [clauses[i], other])
      .filter((pair) => pair.every((clause) => clause.kind !== "prefix"))
      .map(([one, other]) => ({
        field: "text", words: [one.stems[one.stems.length - 1], other.stems[0]], boost: Kelisim.searchRules.neighbourBoost,
      }));
  }

  function once(leaves) {
    return Array.from(new Map(leaves.map((one) => [JSON.stringify([one.field, one.words, one.boost]), one])).values());
  }

  /**
   * What the index is to find: clauses (lists of leaves), optional leaves, and the leaves for when nothing has every clause.
   * @param {Object[]} clauses @param {Object} data a language of the index
   */
  async function plan(clauses, data) {
    const necessary = clauses.filter((clause) => !clause.stop);
    const required = necessary.length ? necessary : clauses;
    const optional = [];
    const some = [];
    const all = [];
    for (const clause of clauses) {
      const leaves = await leavesOf(clause, data);
      if (!required.includes(clause)) {
        optional.push(...leaves);
        continue;
      }
      all.push(leaves);
      some.push(...leaves);
      if (clause.stems.length > 1) {
        const single = clause.stems.flatMap((stem, i) => wordLeaves(stem, clause.exacts[i]));
        some.push(...single);
        optional.push(...single.filter((one) => one.field === "exact"));
      }
    }
    optional.push(...neighbours(clauses));
    return { clauses: all, optional: once(optional), some: once(some) };
  }

  Kelisim.searchQuery = { parse, plan };
})(window.Kelisim);
