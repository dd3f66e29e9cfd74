/**
 * What an alignment says of a passage: the same as build_scripts/quote/report.py, which says what is tolerated.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const { SIGN, OMISSION, isWord } = Kelisim.quoteWords;
  const MOST_MISSING = 20; // words of one gap that count in the score
  const MOST_LISTED = 20; // words with look-alike letters that are named
  const MOST_JOINED = 60; // tokens that are tried whether they are the same letters, written together or apart

  const withoutFirst = (word) => Array.from(word).slice(1).join("");
  const lowered = (word) => word.toLowerCase().replace(/’/g, "'");

  /** Goes through the steps once, block by block. */
  class Reporter {
    constructor(steps, passage, given, text) {
      this.passage = passage;
      this.given = given;
      this.text = text;
      this.steps = withoutEnds(steps);
      this.out = {
        parts: [], rows: new Map(), letters: [], spacing: [], first_letter: false,
        same: 0, given: given.filter(isWord).length, different: 0, marks: 0, run: 0,
      };
      this.at = 0; // how much of the passage is told
      this.run = 0;
      this.freeRows = new Map();
      this.begins = true; // a word that comes now begins the passage, or follows an omission
      this.tolerated = this.toleratedSigns();
    }

    report() {
      let block = [];
      this.steps.forEach((step, number) => {
        if (this.isFree(step)) return;
        if (this.isSame(step, number)) {
          this.tellBlock(block);
          block = [];
          this.tellSame(step);
        } else {
          block.push(step);
        }
      });
      this.tellBlock(block);
      this.tellUpTo(this.passage.length, "same");
      if (!this.out.rows.size) this.out.rows = this.freeRows;
      return this.out;
    }

    // what a step is

    token([given]) {
      return given < 0 ? null : this.given[given];
    }

    source([, source]) {
      return source < 0 ? null : this.text.tokens[source];
    }

    kind(step) {
      const token = this.token(step);
      if (token) return token.kind;
      const source = this.source(step);
      return source ? source.token.kind : SIGN;
    }

    isFree(step) {
      const source = this.source(step);
      return step[0] < 0 && source !== null && source.free;
    }

    isSame(step, number) {
      const token = this.token(step);
      const source = this.source(step);
      if (this.tolerated.has(number) || (token && token.kind === OMISSION)) return true;
      if (!token || !source) return false;
      if (token.exact === source.token.exact) return true;
      if (token.key !== source.token.key) return token.kind === SIGN && source.free;
      return source.free || (this.begins && withoutFirst(token.exact) === withoutFirst(source.token.exact));
    }

    /** The signs at the ends, beside omissions, and of numbers. */
    toleratedSigns() {
      const found = new Set();
      const kinds = this.steps.map((step) => this.kind(step));
      const forward = kinds.map((_, number) => number);
      for (const order of [forward, forward.slice().reverse()]) {
        let isEdge = true;
        let besideNumber = false;
        for (const number of order) {
          const step = this.steps[number];
          const source = this.source(step);
          if (kinds[number] === OMISSION) isEdge = true;
          else if (kinds[number] === SIGN && step[0] >= 0 && (isEdge || (besideNumber && !source))) found.add(number);
          else if (kinds[number] !== SIGN && !this.isFree(step)) isEdge = false;
          besideNumber = source !== null && source.free && step[0] >= 0;
        }
      }
      return found;
    }

    isMark(step) {
      const token = this.token(step);
      const source = this.source(step);
      if (token && source && token.key === source.token.key) return true;
      return this.kind(step) === SIGN;
    }

    // telling

    tellSame(step) {
      const token = this.token(step);
      const source = this.source(step);
      if (token && token.kind === OMISSION) {
        this.tellUpTo(token.start, "same");
        this.tellUpTo(token.end, "omitted");
        this.begins = true;
        this.run = 0;
        return;
      }
      if (token && isWord(token) && source) {
        if (token.exact !== source.token.exact && !source.free) this.out.first_letter = true;
        this.countSame(token, source);
      }
      this.tellUpTo(token ? token.end : this.at, "same");
    }

    countSame(token, source) {
      this.out.same += 1;
      this.run += 1;
      this.out.run = Math.max(this.out.run, this.run);
      const { letters } = this.out;
      const differ = lowered(token.text) !== lowered(source.token.text);
      if (differ && token.text.length > 1 && !letters.includes(token.text) && letters.length < MOST_LISTED) letters.push(token.text);
      this.place(source);
      this.begins = false;
    }

    place({ row, free }) {
      const rows = free ? this.freeRows : this.out.rows;
      rows.set(row, (rows.get(row) || 0) + 1);
    }

    /** A stretch that is not the same: words in it are told as other words, else as signs or capitals. */
    tellBlock(block) {
      if (!block.length) return;
      if (block.every((step) => this.isMark(step))) {
        this.tellMarks(block);
        return;
      }
      const head = this.joined(block, (given, one) => given + one);
      if (head === block.length) {
        this.tellSpacing(block);
        return;
      }
      let tail = this.joined(block.slice().reverse(), (given, one) => one + given);
      if (head + tail > block.length) tail = 0;
      this.tellSpacing(block.slice(0, head));
      this.tellWords(block.slice(head, block.length - tail));
      this.tellSpacing(block.slice(block.length - tail));
    }

    tellMarks(block) {
      for (const step of block) {
        const token = this.token(step);
        const source = this.source(step);
        if (token && source && isWord(token)) this.countSame(token, source);
      }
      this.out.marks += block.length;
      this.tellPart("mark", block);
    }

    /** How many steps at one end are the same letters, written together or apart: the most, where both sides meet. */
    joined(block, join) {
      let given = "";
      let source = "";
      let found = 0;
      for (let count = 1; count <= Math.min(block.length, MOST_JOINED); count += 1) {
        const step = block[count - 1];
        if (this.kind(step) === SIGN) break;
        const token = this.token(step);
        const beside = this.source(step);
        given = join(given, token ? token.key : "");
        source = join(source, beside ? beside.token.key : "");
        if (given.length === source.length && given === source) found = count;
      }
      return found;
    }

    tellSpacing(block) {
      if (!block.length) return;
      const given = block.map((step) => this.token(step)).filter(Boolean);
      this.out.same += given.length;
      this.out.spacing.push(given.map((token) => token.text).join(" "));
      block.map((step) => this.source(step)).filter(Boolean).forEach((source) => this.place(source));
      this.begins = false;
      this.tellUpTo(given[given.length - 1].end, "same");
    }

    tellWords(block) {
      if (!block.length) return;
      const given = block.filter((step) => step[0] >= 0 && isWord(this.token(step))).length;
      const source = block.filter((step) => step[1] >= 0 && isWord(this.source(step).token)).length;
      this.out.different += Math.max(given, Math.min(source, MOST_MISSING));
      this.run = 0;
      for (const step of block) if (step[0] >= 0 && step[1] >= 0) this.place(this.source(step));
      const hasGiven = block.some((step) => step[0] >= 0);
      const hasSource = block.some((step) => step[1] >= 0);
      if (hasGiven) this.tellPart(hasSource ? "changed" : "added", block);
      else this.tellPart("missing", block);
      this.begins = this.begins && !given;
    }

    tellPart(kind, block) {
      const tokens = block.map((step) => this.token(step)).filter(Boolean);
      if (tokens.length) this.tellUpTo(tokens[0].start, "same");
      const end = tokens.length ? tokens[tokens.length - 1].end : this.at;
      this.out.parts.push({ kind, given: this.passage.slice(this.at, end), source: this.said(block) });
      this.at = end;
    }

    /** The words of the text from the first to the last token of a block, row by row. */
    said(block) {
      const spans = [];
      for (const step of block) {
        if (step[1] < 0) continue;
        const { token, row } = this.source(step);
        const last = spans[spans.length - 1];
        if (last && last.row === row) last.end = token.end;
        else spans.push({ row, start: token.start, end: token.end });
      }
      return spans.map(({ row, start, end }) => this.text.strings[row].slice(start, end)).join(" ");
    }

    /** The passage up to `end` as a part, joined to the one before where both are the same. */
    tellUpTo(end, kind) {
      if (end <= this.at) return;
      const given = this.passage.slice(this.at, end);
      const last = this.out.parts[this.out.parts.length - 1];
      if (last && last.kind === "same" && kind === "same") last.given += given;
      else this.out.parts.push({ kind, given, source: "" });
      this.at = end;
    }
  }

  /** Without what the text has before the first and after the last token of the passage. */
  function withoutEnds(steps) {
    let first = 0;
    let last = steps.length;
    while (first < last && steps[first][0] < 0) first += 1;
    while (last > first && steps[last - 1][0] < 0) last -= 1;
    return steps.slice(first, last);
  }

  Kelisim.quoteReport = {
    MOST_LISTED,
    report: (steps, passage, given, text) => new Reporter(steps, passage, given, text).report(),
  };
})(window.Kelisim);
