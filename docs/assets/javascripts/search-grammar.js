/**
 * What a reader typed, as a tree of words, filters and operators: the same as build_scripts/grammar.py, which says the grammar.
 * Needs `Kelisim.searchRules` (search-data/meta.js) for its tables.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const QUOTES = '"“”„‟«»';
  const MINUS = "-−";
  const SPACE = /[\p{Zs}\p{Zl}\p{Zp}\p{Cc}]/u;
  const IGNORED = /\p{Cf}/u;
  const LOWER = /\p{Lowercase}/u;
  const UPPER = /\p{Uppercase}/u;
  const CYRILLIC = /[\u0400-\u052f]/;
  const WORD_BEGIN = /[\p{L}\p{N}]/u;

  /** The key of the list in `table` that has `word`, in any case and with look-alike letters; else null. */
  function named(table, word) {
    if (Array.from(word).length > Kelisim.searchRules.grammar.longestOperator) return null;
    const folded = [Kelisim.fold(word, "en")];
    if (CYRILLIC.test(word)) folded.push(Kelisim.fold(word, "kk"));
    const row = Object.entries(table).find(([, names]) => names.some((name) => folded.includes(name.toLowerCase())));
    return row ? row[0] : null;
  }

  /** Whether words in capitals may be operators: not where all of the query's other words are in capitals too. */
  function hasOperators(chars) {
    const { operators } = Kelisim.searchRules.grammar;
    const chunks = chars.map((char) => (SPACE.test(char) ? " " : char)).join("").split(" ");
    const others = chunks.filter((chunk) => chunk && named(operators, chunk) === null);
    return others.some((chunk) => LOWER.test(chunk)) || (others.length > 0 && !others.some((chunk) => UPPER.test(chunk)));
  }

  /** Where the quotation marks and parentheses that have a twin stand: from the first to its second, and for ) from itself. */
  function twinsOf(chars) {
    const twins = new Map();
    const opened = [];
    const marks = [];
    chars.forEach((char, at) => { if (QUOTES.includes(char)) marks.push(at); });
    for (let i = 0; i + 1 < marks.length; i += 2) twins.set(marks[i], marks[i + 1]);
    for (let at = 0; at < chars.length; at += 1) {
      if (twins.has(at)) {
        at = twins.get(at);
      } else if (chars[at] === "(") {
        opened.push(at);
      } else if (chars[at] === ")" && opened.length) {
        const begin = opened.pop();
        if (opened.length < Kelisim.searchRules.grammar.mostDepth) twins.set(begin, at).set(at, begin);
      }
    }
    return twins;
  }

  /** Cuts a query into signs: {kind, asked}. */
  class Scanner {
    constructor(chars) {
      this.chars = chars;
      this.operators = hasOperators(chars);
      this.twins = twinsOf(chars);
    }

    signs() {
      const found = [];
      let at = 0;
      while (at < this.chars.length) {
        const char = this.chars[at];
        if (QUOTES.includes(char) || char === "(" || char === ")") {
          const twin = this.twins.get(at);
          if (QUOTES.includes(char) && twin !== undefined) {
            found.push({ kind: "words", asked: { kind: "words", start: at + 1, end: twin, quoted: true } });
            at = twin;
          } else if (twin !== undefined) {
            found.push({ kind: char, asked: null });
          }
          at += 1;
        } else if (SPACE.test(char)) {
          at += 1;
        } else {
          const [sign, end] = this.word(at);
          found.push(sign);
          at = end;
        }
      }
      return found;
    }

    /** The sign that begins at `at`, where neither space nor mark stands, and where it ends. */
    word(at) {
      const { chars } = this;
      const end = this.chunkEnd(at);
      let begin = at;
      while (begin < end && IGNORED.test(chars[begin])) begin += 1;
      const isFirst = at === 0 || SPACE.test(chars[at - 1]) || "(-−".includes(chars[at - 1]);
      if (isFirst && begin < end && MINUS.includes(chars[begin]) && this.standsBeforeSomething(begin + 1)) {
        return [{ kind: "not", asked: null }, begin + 1];
      }
      const chunk = chars.slice(at, end).join("");
      if (this.operators && !LOWER.test(chunk)) {
        const operator = named(Kelisim.searchRules.grammar.operators, chunk);
        if (operator) return [{ kind: operator, asked: null }, end];
      }
      return this.filter(begin, end) || [{ kind: "words", asked: { kind: "words", start: at, end, quoted: false } }, end];
    }

    chunkEnd(from) {
      let at = from;
      while (at < this.chars.length && !QUOTES.includes(this.chars[at]) && !"()".includes(this.chars[at]) && !SPACE.test(this.chars[at])) {
        at += 1;
      }
      return at;
    }

    /** Whether a word, a phrase or a group begins at `at`: a minus may stand before it. */
    standsBeforeSomething(at) {
      if (at >= this.chars.length) return false;
      const char = this.chars[at];
      return MINUS.includes(char) || (this.twins.has(at) && char !== ")") || WORD_BEGIN.test(char);
    }

    /** The filter that the chunk from `at` to `end` begins, and where it ends; null when it is none. */
    filter(at, end) {
      const { chars } = this;
      const { fields, longestOperator } = Kelisim.searchRules.grammar;
      const colon = chars.slice(at, Math.min(end, at + longestOperator + 1)).indexOf(":") + at;
      const field = colon > at ? named(fields, chars.slice(at, colon).join("")) : null;
      if (field === null) return null;
      const begin = colon + 1;
      if (begin === end && this.twins.has(end) && QUOTES.includes(chars[end])) {
        const twin = this.twins.get(end);
        return [this.filterSign(field, end + 1, twin), twin + 1];
      }
      const last = field === "article" ? this.bracketsEnd(begin, end) : end;
      return begin === last ? null : [this.filterSign(field, begin, last), last];
    }

    filterSign(field, start, end) {
      return { kind: "filter", asked: { kind: "filter", field, value: this.chars.slice(start, end).join(""), start, end } };
    }

    /** The end of a value such as 12(1)(e), whose parentheses are a part of it. */
    bracketsEnd(begin, from) {
      let end = from;
      while (end > begin && this.twins.has(end) && this.chars[end] === "(") {
        const twin = this.twins.get(end);
        if (this.chunkEnd(end + 1) !== twin) break;
        end = this.chunkEnd(twin + 1);
      }
      return end;
    }
  }

  /** The parts that are there, as one. */
  function group(join, parts) {
    const there = parts.filter(Boolean);
    if (there.length < 2) return there[0] || null;
    return { kind: "group", join, parts: there };
  }

  /** Recursive descent; its depth is bounded, for parentheses that are too deep are no signs. */
  class Parser {
    constructor(signs) {
      this.signs = signs;
      this.at = 0;
    }

    next() {
      return this.at < this.signs.length ? this.signs[this.at].kind : "";
    }

    take(kind) {
      const found = this.next() === kind;
      if (found) this.at += 1;
      return found;
    }

    query() {
      const parts = [this.beside()];
      while (this.take("or")) parts.push(this.beside());
      return group("or", parts);
    }

    beside() {
      const parts = [];
      while (!["", "or", ")"].includes(this.next())) {
        const part = this.both();
        if (part && part.join === "beside") parts.push(...part.parts);
        else parts.push(part);
      }
      return group("beside", parts);
    }

    both() {
      const parts = this.next() === "and" ? [] : [this.unary()];
      while (this.take("and")) if (!["", "and", "or", ")"].includes(this.next())) parts.push(this.unary());
      return group("and", parts);
    }

    unary() {
      let isNot = false;
      while (this.take("not")) isNot = !isNot;
      const part = this.primary();
      if (!isNot || !part) return part;
      return part.kind === "without" ? part.part : { kind: "without", part };
    }

    primary() {
      if (this.take("(")) {
        const part = this.query();
        this.take(")");
        return part;
      }
      if (!["words", "filter"].includes(this.next())) return null;
      this.at += 1;
      return this.signs[this.at - 1].asked;
    }
  }

  /** How many code points of a query are read. A word that would be cut in two is left out. */
  function readable(chars) {
    const { grammar: { longestQuery }, longestWord } = Kelisim.searchRules;
    if (chars.length <= longestQuery || SPACE.test(chars[longestQuery])) return longestQuery;
    let end = longestQuery;
    while (end > longestQuery - longestWord && !SPACE.test(chars[end - 1])) end -= 1;
    return SPACE.test(chars[end - 1]) ? end : longestQuery;
  }

  /**
   * @param {string} query
   * @returns {{asked: Object|null, plain: boolean, operators: boolean, cut: boolean, chars: string[]}} asked: null where the query has nothing in it;
   *   plain: it is words and phrases only; cut: it is longer than what is read; chars: the code points that are read
   */
  function read(query) {
    const { longestQuery } = Kelisim.searchRules.grammar;
    const begun = [];
    for (const char of query) {
      begun.push(char);
      if (begun.length > longestQuery) break;
    }
    const cut = begun.length > longestQuery;
    const chars = begun.slice(0, readable(begun));
    const signs = new Scanner(chars).signs();
    return {
      asked: new Parser(signs).query(),
      plain: signs.every((sign) => ["words", "(", ")"].includes(sign.kind)),
      operators: signs.some((sign) => ["and", "or", "not"].includes(sign.kind)),
      cut,
      chars,
    };
  }

  /** @param {string} value @returns {string|null} the code of the language that `value` names */
  function languageNamed(value) {
    return named(Kelisim.searchRules.grammar.languages, value.trim());
  }

  Kelisim.searchGrammar = { read, languageNamed, QUOTES };
})(window.Kelisim);
