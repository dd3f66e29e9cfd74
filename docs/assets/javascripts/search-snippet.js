/**
 * The piece of a text that shows why it was found: the same as build_scripts/snippet.py.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  /** The numbers of the tokens that stand in one of the phrases. */
  function insidePhrases(tokens, phrases) {
    const places = new Map();
    tokens.forEach((token, number) => {
      const key = `${token.position} ${token.term}`;
      if (!places.has(key)) places.set(key, number);
    });
    const inside = new Set();
    for (const phrase of phrases) {
      for (const token of tokens) {
        if (token.term !== phrase[0]) continue;
        const numbers = phrase.map((stem, step) => places.get(`${token.position + step} ${stem}`));
        if (!numbers.includes(undefined)) numbers.forEach((number) => inside.add(number));
      }
    }
    return inside;
  }

  function among(tokens, wanted) {
    const inside = insidePhrases(tokens, wanted.phrases);
    return tokens.filter((token, number) => wanted.stems.has(token.term) || wanted.exacts.has(token.exact) || inside.has(number));
  }

  function densest(found, width) {
    let best = 0;
    let place = 0;
    found.forEach((token, number) => {
      const terms = new Set();
      for (const other of found.slice(number, number + width.width)) {
        if (other.end <= token.start + width.width - width.lead) terms.add(other.term);
      }
      if (terms.size > best) {
        best = terms.size;
        place = token.start;
      }
    });
    return place;
  }

  function windowOf(chars, found, width) {
    if (chars.length <= width.width) return [0, chars.length];
    const first = densest(found, width);
    let begin = 0;
    if (first > width.lead) {
      const space = chars.indexOf(" ", first - width.lead);
      begin = space >= 0 && space < first ? space + 1 : first;
    }
    if (begin + width.width >= chars.length) return [begin, chars.length];
    const space = chars.lastIndexOf(" ", begin + width.width);
    return [begin, space > begin ? space : begin + width.width];
  }

  /**
   * @param {string} text @param {string} lang
   * @param {{stems: Set<string>, exacts: Set<string>, phrases: string[][]}} wanted
   * @returns {{text: string, marks: number[][]}} marks: start and end in code points of the piece
   */
  Kelisim.snippet = function (text, lang, wanted) {
    const chars = Array.from(text);
    const found = among(Kelisim.analyse(text, lang), wanted);
    const [begin, end] = windowOf(chars, found, Kelisim.searchRules.snippet);
    const before = begin ? "… " : "";
    const after = end < chars.length ? " …" : "";
    const shift = before.length - begin;
    const marks = [];
    const ordered = found.slice().sort((a, b) => a.start - b.start || b.end - a.end);
    for (const token of ordered) {
      const inside = begin <= token.start && token.end <= end;
      if (inside && (!marks.length || token.start + shift >= marks[marks.length - 1][1])) {
        marks.push([token.start + shift, token.end + shift]);
      }
    }
    return { text: before + chars.slice(begin, end).join("") + after, marks };
  };
})(window.Kelisim);
