/**
 * A passage laid beside the place where it stands, token by token: the same as build_scripts/quote/align.py, which tells how.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const { NUMBER, SIGN, OMISSION, isWord } = Kelisim.quoteWords;
  const CELLS = 60000; // of one alignment
  const ALL_CELLS = 1000000; // of all in a passage
  const NEVER = 1000000;
  const CAPITAL = 1; // one for another
  const OTHER_SIGN = 3;
  const OTHER_NUMBER = 3;
  const OTHER_ENDING = 3;
  const OTHER_WORD = 7;
  const WHOLE_WORD = 4; // too much or too little
  const WHOLE_SIGN = 2;
  const AT_END = 3; // one word for another at the ends of a passage or beside words left out: more likely than one too many
  const FEW = 4; // words at an end for which that holds
  const STEM = 3; // letters that two words must share to be each other's beginning or end

  const mayNumber = (token) => token.kind === NUMBER || token.key.length === 1;

  function sharesStem(one, other) {
    const [short, long] = one.length <= other.length ? [one, other] : [other, one];
    return short.length >= STEM && (long.startsWith(short) || long.endsWith(short));
  }

  function pairCost(given, { token, free }, otherWord) {
    if (given.kind === OMISSION || (given.kind === SIGN) !== (token.kind === SIGN)) return NEVER;
    if (given.exact === token.exact) return 0;
    if (given.key === token.key) return CAPITAL;
    if (given.kind === SIGN) return OTHER_SIGN;
    if (free && mayNumber(given) && mayNumber(token)) return OTHER_NUMBER;
    return sharesStem(given.key, token.key) ? OTHER_ENDING : otherWord;
  }

  function excess(given) {
    if (given.kind === OMISSION) return 0;
    return given.kind === SIGN ? WHOLE_SIGN : WHOLE_WORD;
  }

  function lack({ token, free }) {
    if (free) return 0;
    return token.kind === SIGN ? WHOLE_SIGN : WHOLE_WORD;
  }

  const reach = (count) => (count ? 2 * count + 12 : 0);

  /** What stands between the words that are the same; from, to: of the passage, start, stop: of the text. */
  function slicesOf(pairs, given, source) {
    const [first, last] = [pairs[0], pairs[pairs.length - 1]];
    const slices = [{ from: 0, to: first[0], start: Math.max(0, first[1] - reach(first[0])), stop: first[1], isHead: true, isTail: false }];
    for (let n = 0; n + 1 < pairs.length; n += 1) {
      slices.push({ from: pairs[n][0] + 1, to: pairs[n + 1][0], start: pairs[n][1] + 1, stop: pairs[n + 1][1], isHead: false, isTail: false });
    }
    const left = given - last[0] - 1;
    slices.push({ from: last[0] + 1, to: given, start: last[1] + 1, stop: Math.min(source, last[1] + 1 + reach(left)), isHead: false, isTail: true });
    return slices;
  }

  function unlike(part, given) {
    const steps = [];
    let omits = part.isHead || part.isTail;
    for (let at = part.from; at < part.to; at += 1) {
      steps.push([at, -1]);
      omits = omits || given[at].kind === OMISSION;
    }
    if (!omits) for (let place = part.start; place < part.stop; place += 1) steps.push([-1, place]);
    return steps;
  }

  function otherWordIn(part, given) {
    const tokens = given.slice(part.from, part.to);
    const isEnd = part.isHead || part.isTail || tokens.some((token) => token.kind === OMISSION);
    return isEnd && tokens.filter(isWord).length <= FEW ? AT_END : OTHER_WORD;
  }

  function aligned(part, given, source) {
    const rows = part.to - part.from;
    const columns = part.stop - part.start;
    if (!rows) return Array.from({ length: columns }, (_, column) => [-1, part.start + column]);
    const width = columns + 1;
    const otherWord = otherWordIn(part, given);
    const costs = new Int32Array((rows + 1) * width);
    for (let row = 0; row <= rows; row += 1) {
      const token = row ? given[part.from + row - 1] : null;
      const isFree = (row === 0 && part.isHead) || (row === rows && part.isTail) || (token && token.kind === OMISSION);
      const added = token ? excess(token) : 0;
      for (let column = 0; column <= columns; column += 1) {
        const beside = column ? source[part.start + column - 1] : null;
        const here = row * width + column;
        let best = !row && !column ? 0 : NEVER;
        if (token && beside) best = Math.min(best, costs[here - width - 1] + pairCost(token, beside, otherWord));
        if (token) best = Math.min(best, costs[here - width] + added);
        if (beside) best = Math.min(best, costs[here - 1] + (isFree ? 0 : lack(beside)));
        costs[here] = best;
      }
    }
    return trace(part, given, source, costs, otherWord);
  }

  function trace(part, given, source, costs, otherWord) {
    const steps = [];
    const rows = part.to - part.from;
    const width = part.stop - part.start + 1;
    let row = rows;
    let column = width - 1;
    while (row || column) {
      const at = part.from + row - 1;
      const place = part.start + column - 1;
      const here = row * width + column;
      if (row && column && costs[here] === costs[here - width - 1] + pairCost(given[at], source[place], otherWord)) {
        steps.push([at, place]);
        row -= 1;
        column -= 1;
      } else if (row && costs[here] === costs[here - width] + excess(given[at])) {
        steps.push([at, -1]);
        row -= 1;
      } else {
        const leftOut = (row === 0 && part.isHead) || (row === rows && part.isTail) || (row && given[at].kind === OMISSION);
        if (!leftOut) steps.push([-1, place]);
        column -= 1;
      }
    }
    return steps.reverse();
  }

  /**
   * All tokens of `given` in order, each with its like in the text; between them what the passage lacks.
   * @returns {[number, number][]} [token of the passage, token of the text], -1 for none
   */
  function align(given, text, runs) {
    const places = [];
    given.forEach((token, at) => { if (isWord(token)) places.push(at); });
    const pairs = [];
    for (const run of runs) for (let n = 0; n < run.length; n += 1) pairs.push([places[run.i + n], text.words[run.p + n]]);
    const steps = [];
    let left = ALL_CELLS;
    for (const part of slicesOf(pairs, given.length, text.tokens.length)) {
      const cells = (part.to - part.from) * (part.stop - part.start);
      let found;
      if (cells > Math.min(CELLS, left)) {
        found = unlike(part, given);
      } else {
        left -= cells;
        found = aligned(part, given, text.tokens);
      }
      for (const step of found) steps.push(step);
      if (!part.isTail) steps.push([part.to, part.stop]);
    }
    return steps;
  }

  Kelisim.quoteAlign = { align };
})(window.Kelisim);
