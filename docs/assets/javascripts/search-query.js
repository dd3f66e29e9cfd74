/**
 * From what a reader typed to the plan to find it: the same as build_scripts/query.py, which says what a query means.
 *
 * A node of a plan: {kind: "leaf", field, words, boost}, {kind: "within", field, values}, {kind: "and", parts, without},
 * {kind: "or", parts}; build_scripts/index.py says what each finds.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const NOTHING = { kind: "or", parts: [] };
  const EVERYTHING = { kind: "and", parts: [], without: [] };

  function isNothing(node) {
    return node.kind === "or" && !node.parts.length;
  }

  function isEverything(node) {
    return node.kind === "and" && !node.parts.length && !node.without.length;
  }

  /** The "and" of the parts without others, in the shortest form. */
  function allOf(parts, without = []) {
    const inner = parts.filter((part) => !isEverything(part));
    const outer = without.filter((part) => !isNothing(part));
    if (inner.some(isNothing) || outer.some(isEverything)) return NOTHING;
    return inner.length === 1 && !outer.length ? inner[0] : { kind: "and", parts: inner, without: outer };
  }

  /** The "or" of the parts, in the shortest form. */
  function anyOf(parts) {
    const there = parts.filter((part) => !isNothing(part));
    return there.length === 1 ? there[0] : { kind: "or", parts: there };
  }

  function leaf(field, words, boost = Kelisim.searchRules.boosts[field]) {
    return { kind: "leaf", field, words, boost };
  }

  function sideBySide(stems) {
    return [leaf("text", stems), leaf("heading", stems)];
  }

  function wordLeaves(stem, exact) {
    return [leaf("text", [stem]), leaf("heading", [stem]), leaf("exact", [exact])];
  }

  function stemsOf(words, lang) {
    return words.map((word) => Kelisim.stemOf(word, lang));
  }

  /** However a number is written: in figures, or in any words for it. */
  function numberLeaves(number, lang) {
    const leaves = wordLeaves(String(number), String(number));
    for (const words of Kelisim.searchNumerals.spellings(number, lang)) {
      const stems = stemsOf(words, lang);
      leaves.push(...(words.length === 1 ? wordLeaves(stems[0], words[0]) : sideBySide(stems)));
    }
    return leaves.map((one) => ({ ...one, boost: Kelisim.searchRules.numberBoost * one.boost }));
  }

  function onceBy(items, key) {
    const found = new Map();
    for (const item of items) if (!found.has(key(item))) found.set(key(item), item);
    return Array.from(found.values());
  }

  function once(leaves) {
    return onceBy(leaves, (one) => JSON.stringify([one.field, one.words, one.boost]));
  }

  /** The ways to write a phrase: each number in it in words, in figures, or in both, as texts have it: алпыс (60). */
  function ways(phrase, lang) {
    const { numberAt, spellings } = Kelisim.searchNumerals;
    const choices = [];
    let at = 0;
    while (at < phrase.exacts.length) {
      let [number, count] = numberAt(phrase.exacts.slice(at), lang);
      if (!number) {
        choices.push([[phrase.stems[at]]]);
        at += 1;
        continue;
      }
      const begin = at;
      at += count;
      let again;
      [again, count] = numberAt(phrase.exacts.slice(at), lang);
      if (again === number) at += count;
      const figure = [String(number)];
      const spelt = spellings(number, lang).map((words) => stemsOf(words, lang));
      const all = [phrase.stems.slice(begin, at), figure, ...spelt, ...spelt.map((words) => words.concat(figure))];
      choices.push(onceBy(all, JSON.stringify));
    }
    let found = [[]];
    for (const choice of choices) {
      const kept = found.length * choice.length > Kelisim.searchRules.mostSpellings ? choice.slice(0, 1) : choice;
      found = found.flatMap((begun) => kept.map((words) => begun.concat(words)));
    }
    return found;
  }

  /** Pairs of words side by side; of a number, its figures stand last: sixty (60) days. */
  function neighbours(clauses) {
    return clauses.slice(1)
      .map((other, i) => [clauses[i], other])
      .filter((pair) => pair.every((clause) => clause.kind !== "prefix"))
      .map(([one, other]) => {
        const last = one.number ? String(one.number) : one.stems[one.stems.length - 1];
        return leaf("text", [last, other.stems[0]], Kelisim.searchRules.neighbourBoost);
      });
  }

  /** Makes the plan for one language, and gathers what belongs to the query as a whole. */
  class Builder {
    constructor(chars, data) {
      this.chars = chars;
      this.data = data;
      this.optional = [];
      this.sought = [];
      this.notices = [];
      this.left = Kelisim.searchRules.mostClauses;
      this.insideNot = 0;
    }

    /** The plan of a piece of the query, {wanted, some}; null where it asks for nothing. */
    async part(asked) {
      if (asked.kind === "without") {
        const part = await this.unwanted(asked);
        return part && { wanted: allOf([], [part.wanted]), some: allOf([], [part.wanted]) };
      }
      if (asked.join === "or") {
        const parts = [];
        for (const one of asked.parts) parts.push(await this.part(one));
        const there = parts.filter(Boolean);
        if (!there.length) return null;
        return { wanted: anyOf(there.map((part) => part.wanted)), some: anyOf(there.map((part) => part.some)) };
      }
      if (asked.join === "and") return this.both(asked.parts);
      return this.beside(asked.kind === "group" ? asked.parts : [asked]);
    }

    async unwanted(asked) {
      this.insideNot += 1;
      const part = await this.part(asked.part);
      this.insideNot -= 1;
      return part;
    }

    async both(parts) {
      const inner = [];
      const outer = [];
      for (const one of parts) if (one.kind !== "without") inner.push(await this.part(one));
      for (const one of parts) if (one.kind === "without") outer.push(await this.unwanted(one));
      const there = inner.filter(Boolean);
      const without = outer.filter(Boolean).map((part) => part.wanted);
      if (!there.length && !without.length) return null;
      return { wanted: allOf(there.map((part) => part.wanted), without), some: allOf(there.map((part) => part.some), without) };
    }

    /** All of the parts first, then some; filters, and what is not wanted, hold in both. */
    async beside(parts) {
      const runs = [[]];
      const groups = [];
      const places = [];
      const outer = [];
      for (const one of parts) {
        if (one.kind === "words") {
          runs[runs.length - 1].push(...Kelisim.searchClauses.clausesOf(this.chars, one, this.data.lang));
        } else if (one.kind === "filter") {
          places.push(...await this.place(one));
        } else if (one.kind === "without") {
          const unwanted = await this.unwanted(one);
          if (unwanted) outer.push(unwanted.wanted);
        } else {
          const group = await this.part(one);
          if (group) groups.push(group);
          runs.push([]);
        }
      }
      const known = new Set();
      const afforded = runs.map((run) => this.afforded(Kelisim.searchClauses.withNumbers(run, this.data.lang), known));
      const clauses = afforded.flat();
      if (!clauses.length && !groups.length && !places.length && !outer.length) return null;
      const necessary = clauses.filter((clause) => !clause.stop);
      const required = necessary.length || groups.length ? necessary : clauses;
      const words = await this.words(afforded, required);
      const wanted = [...words.wanted, ...groups.map((group) => group.wanted)];
      const some = [...words.some, ...groups.map((group) => group.some)];
      const enough = clauses.length || groups.length ? [anyOf(some)] : [];
      return { wanted: allOf([...wanted, ...places], outer), some: allOf([...enough, ...places], outer) };
    }

    /** The clauses that are not `known` yet, as many as the query may still have. */
    afforded(clauses, known) {
      const fresh = [];
      for (const clause of clauses) {
        const meaning = Kelisim.searchClauses.meaning(clause);
        if (!known.has(meaning)) fresh.push(clause);
        known.add(meaning);
      }
      if (fresh.length > this.left) this.notice("many");
      const kept = fresh.slice(0, this.left);
      this.left -= kept.length;
      return kept;
    }

    notice(kind, value = "", start = 0) {
      const isSame = (one) => one.kind === kind && one.value === value && one.start === start;
      if (!this.notices.some(isSame)) this.notices.push({ kind, value, start });
    }

    /** The nodes of the clauses required, and those for some of them. What only adds to the score is gathered. */
    async words(runs, required) {
      const wanted = [];
      const some = [];
      const optional = [];
      for (const clause of runs.flat()) {
        const leaves = await this.leaves(clause);
        if (!this.insideNot) this.sought.push({ clause, node: anyOf(leaves) });
        if (!required.includes(clause)) {
          optional.push(...leaves);
          continue;
        }
        wanted.push(anyOf(leaves));
        some.push(...leaves);
        if (clause.stems.length > 1 && clause.kind !== "number") {
          const single = clause.stems.flatMap((stem, i) => wordLeaves(stem, clause.exacts[i]));
          some.push(...single);
          optional.push(...single.filter((one) => one.field === "exact"));
        }
      }
      optional.push(...runs.flatMap(neighbours));
      some.push(...runs.flatMap((run) => neighbours(run.filter((clause) => required.includes(clause)))));
      if (!this.insideNot) this.optional.push(...optional);
      return { wanted, some: once(some) };
    }

    async leaves(clause) {
      const { lang } = this.data;
      if (clause.kind === "prefix") return this.beginning(clause);
      if (clause.kind === "number") return numberLeaves(clause.number, lang);
      if (clause.kind === "word") return wordLeaves(clause.stems[0], clause.exacts[0]);
      const leaves = (clause.kind === "phrase" ? ways(clause, lang) : [clause.stems]).flatMap(sideBySide);
      return clause.whole ? leaves.concat(wordLeaves(...clause.whole)) : leaves;
    }

    async beginning(clause) {
      const { mostWords } = Kelisim.searchRules;
      const found = await this.data.wordsFrom(clause.exacts[0]);
      found.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      if (found.length > mostWords) this.notice("prefix", clause.exacts[0], clause.spans[0][0]);
      return found.slice(0, mostWords).map(([word]) => leaf("exact", [word], 1));
    }

    /** What a filter lets through: one node, or none where the query has no room for it. */
    async place(asked) {
      if (!this.left) {
        this.notice("many");
        return [];
      }
      this.left -= 1;
      if (asked.field === "lang") {
        const isHere = Kelisim.searchGrammar.languageNamed(asked.value) === this.data.lang;
        if (!isHere) this.notice("lang", asked.value, asked.start);
        return [isHere ? EVERYTHING : NOTHING];
      }
      const { treatiesNamed, placesNamed } = Kelisim.searchPlaces;
      const values = await (asked.field === "treaty" ? treatiesNamed : placesNamed)(asked.value, this.data);
      if (!values.length) this.notice(asked.field, asked.value, asked.start);
      return [values.length ? { kind: "within", field: asked.field === "treaty" ? "treaty" : "place", values } : NOTHING];
    }
  }

  /**
   * What a query asks of one language.
   * @param {Object} reading what searchGrammar.read gave @param {Object} data a language of the index
   * @returns {Promise<Object|null>} {plan: {wanted, optional, some}, sought, notices}; null where it asks for nothing
   */
  async function understand(reading, data) {
    const builder = new Builder(reading.chars, data);
    const part = reading.asked && await builder.part(reading.asked);
    if (!part) return null;
    const some = JSON.stringify(part.some) === JSON.stringify(part.wanted) ? null : part.some;
    const notices = reading.cut ? [{ kind: "cut", value: "", start: 0 }] : [];
    return {
      plan: { wanted: part.wanted, optional: once(builder.optional), some }, sought: builder.sought, notices: notices.concat(builder.notices),
    };
  }

  Kelisim.searchQuery = { understand, allOf, NOTHING };
})(window.Kelisim);
