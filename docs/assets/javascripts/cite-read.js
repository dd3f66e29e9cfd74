/**
 * Read what somebody typed as a citation: the same as build_scripts/typed.py and names.py, with the same tables.
 * The tables (Kelisim.citeWords) are a script file that the build writes; cite.js loads it before it calls anything here.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const FIRST = -1; // the rank of a bare number that begins a citation, until the rest is read
  const INNERMOST = 350; // of one that comes before a named article: "(e) of paragraph 1 of article 4"
  const SHORTEST_STEM = 3;
  const WITHOUT_NUMBER = ["preamble", "intro", "wrapup"]; // units
  const NO_TOKEN = { kind: "", text: "", space: false, size: 0 };
  const NO_ELEMENT = { kind: "", text: "", lang: "" };
  let endings = null;

  const tables = () => Kelisim.citeWords;
  const isEnding = (text) => (endings = endings || new Set(tables().endings)).has(text);
  const sizeOf = (text) => Array.from(text).length;
  const isNumber = (text) => /^[0-9]/.test(text);
  const own = (table, key) => (Object.prototype.hasOwnProperty.call(table, key) ? table[key] : undefined);

  // words and numbers

  /** A word in one alphabet; a single letter keeps more of itself unless `whole`. */
  function fold(word, whole = false) {
    const letters = tables().folding[whole || sizeOf(word) > 1 ? "words" : "labels"];
    return Array.from(word.toLowerCase(), (letter) => own(letters, letter) || letter).join("");
  }

  /** One form for what is written in many: typed.clean has the list of what it guarantees. */
  function clean(query) {
    const { characters, superscripts } = tables();
    let raised = false;
    let text = "";
    for (const mark of query.replace(/№/g, " no ")) {
      const digit = own(superscripts, mark);
      text += digit === undefined ? mark : (raised ? "" : "^") + digit;
      raised = digit !== undefined;
    }
    const kept = Array.from(text.normalize("NFKC").toLowerCase(), (mark) => {
      const plain = own(characters, mark) || mark;
      if (/\p{Cc}/u.test(plain)) return " ";
      return /[\p{M}\p{Cf}\p{Cs}]/u.test(plain) ? "" : plain;
    });
    return kept.join("").split(" ").filter(Boolean).join(" ");
  }

  function kindOf(letter) {
    if (/^[0-9]$/.test(letter)) return "number";
    return /^\p{L}$/u.test(letter) ? "word" : "mark";
  }

  /** The words, numbers and marks of a clean query. */
  function tokensOf(text) {
    const letters = Array.from(text);
    const ignored = new Set(tables().ignored);
    const found = [];
    let space = false;
    let at = 0;
    while (at < letters.length) {
      let end = at + 1;
      if (letters[at] === " " || ignored.has(letters[at])) {
        space = true;
      } else {
        const kind = kindOf(letters[at]);
        while (kind !== "mark" && end < letters.length && kindOf(letters[end]) === kind) end += 1;
        found.push({ kind, text: letters.slice(at, end).join(""), space, size: end - at });
        space = false;
      }
      at = end;
    }
    return found;
  }

  /** What a word may be: "unit article kk", "ordinal 4", "and" … */
  function classesOf(word) {
    const known = tables();
    if (sizeOf(word) > known.limits.word) return [];
    const folded = fold(word);
    const found = (own(known.words, folded) || []).slice();
    for (let cut = folded.length; cut > Math.max(1, folded.length - known.longest_ending - 1); cut -= 1) {
      const classes = own(known.stems, folded.slice(0, cut));
      if (classes && (cut === folded.length || isEnding(folded.slice(cut)))) {
        found.push(...classes.filter((name) => !found.includes(name)));
        break;
      }
    }
    return found;
  }

  /** What follows `name` in the first class that begins with it, or "". */
  function valueIn(classes, name) {
    const found = classes.find((entry) => entry.startsWith(`${name} `));
    return found ? found.slice(name.length + 1) : "";
  }

  const langOf = (unit) => unit.slice(unit.lastIndexOf(" ") + 1);

  /** The number that Roman numerals up to 89 say, in digits, or "". */
  function roman(word) {
    const values = { i: 1, v: 5, x: 10, l: 50 };
    const { labels } = tables().folding;
    const letters = Array.from(word, (letter) => own(labels, letter) || letter);
    if (!letters.length || letters.length > 8 || letters.some((letter) => !own(values, letter))) return "";
    let total = 0;
    letters.forEach((letter, at) => {
      const value = values[letter];
      total += (values[letters[at + 1]] || 0) > value ? -value : value;
    });
    return asRoman(total) === letters.join("") ? String(total) : "";
  }

  function asRoman(number) {
    let text = "";
    for (const [value, letters] of [[50, "l"], [40, "xl"], [10, "x"], [9, "ix"], [5, "v"], [4, "iv"], [1, "i"]]) {
      text += letters.repeat(Math.max(0, Math.floor(number / value)));
      number %= value;
    }
    return text;
  }

  // the words that choose a treaty

  /** A word of a name without its endings; names.stem. */
  function stem(word, lang) {
    const soft = tables().folding.soft_ends;
    const known = own(tables().name_endings, lang) || [];
    let text = fold(word, true);
    for (;;) {
      const ending = known.find((one) => text.endsWith(one) && sizeOf(text) - sizeOf(one) >= SHORTEST_STEM);
      if (!ending) return text;
      text = text.slice(0, -ending.length);
      if (lang !== "kk") return text;
      const last = text.slice(-1);
      text = text.slice(0, -1) + (own(soft, last) || last);
    }
  }

  const NO_NAMES = { longest: () => ({ length: 0, treaties: new Set() }), signedIn: () => new Set() };

  // tokens -> elements

  /** typed._Scan: the elements of a query, the treaties named, the words left over. */
  function scan(tokens, names) {
    const classes = tokens.map((token) => (token.kind === "word" ? classesOf(token.text) : []));
    const taken = tokens.map(() => false);
    const elements = [];
    const rest = [];
    const hints = [];
    let depth = 0;
    let numbered = false; // "No." stands before

    // looking about

    const token = (at) => tokens[at] || NO_TOKEN;
    const classesAt = (at) => classes[at] || [];
    const isFree = (at) => at >= 0 && at < tokens.length && !taken[at];
    const past = (at, ...marks) => (marks.includes(token(at).text) ? at + 1 : at);
    const back = (at) => ([".", "-", "("].includes(token(at).text) ? at - 1 : at);
    const isSingle = (at) => token(at).kind === "word" && token(at).size === 1;
    const last = () => elements[elements.length - 1] || NO_ELEMENT;
    const lastLabel = () => elements.slice(-3).reverse().find((element) => element.kind === "label") || NO_ELEMENT;

    // names and dates

    function findNames() {
      const places = tokens.map((_, at) => at).filter((at) => tokens[at].kind !== "mark");
      const words = places.map((at) => tokens[at].text);
      let at = 0;
      while (at < words.length) {
        const { length, treaties } = names.longest(words, at);
        if (length) {
          hints.push(treaties);
          places.slice(at, at + length).forEach((place) => { taken[place] = true; });
        }
        at += length || 1;
      }
    }

    function findDates() {
      let at = 0;
      while (at < tokens.length) {
        const [end, year] = dateAt(at);
        if (!end) {
          at += 1;
          continue;
        }
        const treaties = year ? names.signedIn(year) : new Set();
        if (treaties.size) hints.push(treaties);
        else rest.push(tokens.slice(at, end).map((one) => (one.space ? " " : "") + one.text).join("").trim());
        for (; at < end; at += 1) if (at < tokens.length) taken[at] = true;
      }
    }

    function dateAt(at) {
      const numeric = numericDateAt(at);
      if (numeric[0]) return numeric;
      let year = "";
      let day = "";
      let month = "";
      let here = at;
      for (let turn = 0; turn < 4; turn += 1) {
        const { kind, text, size } = token(here);
        if (isFree(here) && kind === "number" && isYear(here) && !year) {
          year = text;
          here = afterYear(here);
        } else if (isFree(here) && kind === "number" && size < 3 && Number(text) > 0 && Number(text) < 32 && !day) {
          if (!(month || isMonth(past(here + 1, "-", "/", ".")))) break;
          day = text;
          here = past(here + 1, "-", "/", ".");
        } else if (isFree(here) && isMonth(here) && !month) {
          if (!(day || year || token(past(here + 1, ".")).kind === "number")) break;
          month = text;
          here = past(here + 1, ".", ",");
        } else {
          break;
        }
      }
      if (month && (day || year)) return [here, year];
      if (year && isYear(at) && !besideUnit(at)) return [afterYear(at), year];
      return [0, ""];
    }

    function numericDateAt(at) {
      const [first, mark, second, again, third] = [0, 1, 2, 3, 4].map((step) => token(at + step));
      if (![".", "/", "-"].includes(mark.text) || again.text !== mark.text || !isFree(at)) return [0, ""];
      if (first.kind !== "number" || second.kind !== "number" || third.kind !== "number") return [0, ""];
      const short = mark.text !== "-" && third.size === 2 && third.text > "09" && first.size + second.size > 2;
      const isDay = first.size < 3 && Number(first.text) > 0 && Number(first.text) < 32;
      if (short && isDay && second.size < 3 && Number(second.text) < 13) {
        return [afterYear(at + 4), `20${third.text}`]; // 1.11.17, but 4.1.12 is a provision
      }
      const [day, year] = first.size === 4 ? [third, first] : [first, third];
      if (year.size === 4 && day.size < 3 && second.size < 3 && Number(day.text) < 32 && Number(second.text) < 13) {
        return [year === third ? afterYear(at + 4) : at + 5, year.text];
      }
      return [0, ""];
    }

    function isYear(at) {
      const { kind, text, size } = token(at);
      return kind === "number" && size === 4 && text >= "1800" && text <= "2199";
    }

    function isMonth(at) {
      return isFree(at) && Boolean(valueIn(classesAt(at), "month"));
    }

    function afterYear(at) {
      let here = at + 1;
      if (token(here).text === "-" && classesAt(here + 1).includes("year")) here += 1;
      if (classesAt(here).includes("year")) {
        here += 1;
        if (token(here).text === ".") here += 1;
      }
      return past(here, ",");
    }

    function besideUnit(at) {
      const before = valueIn(classesAt(back(at - 1)), "unit");
      return Boolean(before) || valueIn(classesAt(past(at + 1, "-")), "unit").endsWith("kk");
    }

    // one token: each takes the token at a place and returns the place of the next

    function step(at) {
      const { kind, size } = tokens[at];
      if (kind === "number") return number(at);
      if (kind === "mark") return mark(at);
      return size === 1 ? letter(at) : word(at);
    }

    function junk(at) {
      rest.push(tokens[at].text);
      numbered = false;
      return at + 1;
    }

    function unit(name, after) {
      const [text, lang] = name.split(" ");
      const again = last().kind === "unit" && last().text === text && last().lang === lang; // ст.ст. 3-5
      if (!again) elements.push({ kind: "unit", text, lang });
      return after;
    }

    function label(at, text, after, spoken = false) {
      const bracket = depth > 0 || token(after).text === ")";
      const dotted = token(at - 1).text === "." && !token(at).space && last().kind === "label";
      elements.push({ kind: "label", text, lang: "", bracket, word: spoken, dotted });
      return after;
    }

    function number(at) {
      let { text } = tokens[at];
      let after = at + 1;
      if (text[0] === "0" || text.length > tables().limits.digits || (numbered && last().kind !== "unit")) return junk(at);
      numbered = false;
      if (token(after).text === "^" && token(after + 1).kind === "number") {
        text = `${text}-${token(after + 1).text}`;
        after += 2;
      }
      return label(at, text, afterSuffix(after));
    }

    function afterSuffix(at) {
      const dash = token(at).text === "-" && !token(at).space;
      const here = at + (dash ? 1 : 0);
      const { kind, text, space, size } = token(here);
      if (kind !== "word" || space || !isFree(here)) return at;
      if (classesAt(here).includes("suffix") && (dash || size > 1)) return here + 1;
      if (dash && size > 1 && isEnding(fold(text)) && !valueIn(classesAt(here), "unit")) return here + 1;
      return at;
    }

    function mark(at) {
      const { text, space } = tokens[at];
      if (text === "(" || text === ")") {
        depth = Math.max(0, depth + (text === "(" ? 1 : -1));
      } else if (text === "§") {
        unit("paragraph en", at);
      } else if (text === "-") {
        if (last().kind === "label") elements.push({ kind: "dash", text: "", lang: "", tight: !space && !token(at + 1).space });
      } else if (text === "," || text === "&" || text === "+") {
        join("and");
      } else if (!["/", ".", ":"].includes(text) || isTime(at)) {
        return junk(at);
      }
      return at + 1;
    }

    function isTime(at) {
      const after = token(at + 1);
      const tight = token(at - 1).kind === "number" && after.kind === "number" && !after.space;
      return tokens[at].text === ":" && tight && after.size === 2;
    }

    function join(kind) {
      const before = last().kind;
      if (!["", "and", "to"].includes(before)) {
        if (before === "dash") elements.pop();
        elements.push({ kind, text: "", lang: "" });
      } else if (before === "and" && kind === "to") {
        elements[elements.length - 1] = { kind, text: "", lang: "" };
      }
    }

    /** A single letter: a number of a list, an abbreviation, or a small word. */
    function letter(at) {
      const { text, space } = tokens[at];
      const known = classes[at];
      const name = valueIn(known, "unit");
      const lang = langOf(name);
      const dot = token(at + 1).text === ".";
      const after = past(at + 1, ".");
      if (text === "п" && [".", "/"].includes(token(at + 1).text) && token(at + 2).text === "п") {
        return unit("point ru", past(at + 3, "."));
      }
      if (token(at + 1).text === ")" || token(at - 1).text === "(") return label(at, text, at + 1);
      const numberNext = token(after).kind === "number";
      if (last().kind === "unit" && !(name && numberNext)) return label(at, text, at + 1);
      if (last().kind === "label" && ["/", "."].includes(token(at - 1).text) && !space) return label(at, text, at + 1);
      if (last().kind === "label") return letterAfterLabel(at, name, lang, dot, after);
      if (last().kind === "dash" && last().tight) {
        if (lang !== "kk") return label(at, text, at + 1);
        elements.pop();
        return unit(name, after);
      }
      if (name && (numberNext || token(after).text === "(" || (dot && isSingle(after)))) return unit(name, after);
      if (["and", "to", "dash"].includes(last().kind) && lastLabel().text && !isNumber(lastLabel().text)) {
        return label(at, text, at + 1);
      }
      if (known.includes("number") && (dot || numberNext)) {
        numbered = true;
        return after;
      }
      const next = valueIn(classesAt(at + 1), "unit");
      if (next && (next.endsWith("kk") || !smallWord(known))) return label(at, text, at + 1);
      return small(at);
    }

    function letterAfterLabel(at, name, lang, dot, after) {
      const { text, space } = tokens[at];
      const glued = token(at - 1).kind === "number" && !space;
      const russian = lang === "ru";
      if (name && lang === "kk" && (dot || !glued) && isNumber(last().text)) return unit(name, after);
      if (name && (dot || russian || !glued) && token(after).kind === "number") return unit(name, after);
      if (name && (dot || (russian && !glued)) && isSingle(after)) return unit(name, after);
      if (glued || token(at - 1).text === "-" || !smallWord(classes[at]) || !token(at + 1).kind) return label(at, text, at + 1);
      if (classes[at].includes("and") || valueIn(classesAt(at + 1), "unit") || token(at + 1).kind === "number") return small(at);
      return label(at, text, at + 1);
    }

    const smallWord = (known) => ["and", "to", "skip"].some((name) => known.includes(name));

    function small(at) {
      for (const kind of ["and", "to"]) {
        if (classes[at].includes(kind)) {
          join(kind);
          return at + 1;
        }
      }
      if (classes[at].includes("until")) {
        until();
        return at + 1;
      }
      return classes[at].includes("skip") ? at + 1 : junk(at);
    }

    /** 3-тен 5-бапқа дейін: a joint between the two numbers; 3-баптан 5-бапқа дейін: between the two citations. */
    function until() {
      const place = elements.length - (last().kind === "unit" ? 2 : 1);
      const both = place > 0 && elements[place].kind === "label" && elements[place - 1].kind === "label";
      elements.splice(both ? place : elements.length, 0, { kind: both ? "to" : "until", text: "", lang: "" });
    }

    function word(at) {
      const { text, size } = tokens[at];
      const known = classes[at];
      if (known.includes("sub")) {
        const here = past(at + 1, "-", ".");
        const inner = valueIn(classesAt(here), "unit");
        if (inner) return unit(`point ${langOf(inner)}`, here + 1);
      }
      const name = valueIn(known, "unit");
      if (name) return unit(name, at + 1);
      const [spoken, after] = spokenNumber(at);
      if (spoken) return label(at, spoken, after, true);
      const bracketed = token(at - 1).text === "(" && token(at + 1).text === ")";
      if (isRoman(at) || (bracketed && size <= 3)) return label(at, text, at + 1);
      if (known.includes("number")) {
        numbered = true;
        return past(at + 1, ".");
      }
      return small(at);
    }

    /** "fourth", "twenty-first"; after a unit also "four". */
    function spokenNumber(at) {
      const kinds = last().kind === "unit" ? ["ordinal", "cardinal"] : ["ordinal"];
      const tens = valueIn(classesAt(at), "tens");
      if (tens) {
        const here = past(at + 1, "-");
        for (const kind of kinds) {
          const ones = valueIn(classesAt(here), kind);
          if (ones && Number(ones) < 10) return [String(Number(tens) + Number(ones)), here + 1];
        }
      }
      for (const kind of kinds) {
        const value = valueIn(classesAt(at), kind);
        if (value) return [value, at + 1];
      }
      return tens && last().kind === "unit" ? [tens, at + 1] : ["", at];
    }

    function isRoman(at) {
      if (!roman(tokens[at].text)) return false;
      const beside = token(at - 1).text === "(" || ["(", ")", "/"].includes(token(at + 1).text);
      const joined = ["and", "to", "dash", "label"].includes(last().kind) && Boolean(roman(lastLabel().text));
      const kazakh = valueIn(classesAt(past(at + 1, "-")), "unit").endsWith("kk");
      const named = hints.length > 0 && tokens[at].size > 1;
      return last().kind === "unit" || beside || joined || kazakh || named;
    }

    findNames();
    findDates();
    let at = 0;
    while (at < tokens.length) at = taken[at] ? at + 1 : step(at);
    return { elements, rest, hints };
  }

  // elements -> runs of numbers -> steps -> citations

  function runsOf(elements) {
    const parts = [];
    let run = [];
    let joint = null;
    const close = () => {
      parts.push(...runsIn(run));
      run = [];
    };
    for (const element of elements) {
      if (element.kind === "label") {
        const row = run[run.length - 1];
        const before = row && row[row.length - 1];
        const path = before && joint && joint.kind === "dash" && joint.tight && isNumber(before.text) && !isNumber(element.text);
        if (before && joint && fit(before, element)) {
          if (joint.kind === "and") run.push([element]);
          else row.push(joint, element);
        } else if (path) {
          row.push(joint, element);
        } else {
          close();
          const again = before && before.bracket && isNumber(element.text) && !element.bracket;
          if (joint && (joint.kind !== "and" || again)) parts.push({ kind: joint.kind === "dash" ? "to" : joint.kind, text: "" });
          run.push([element]);
        }
        joint = null;
      } else if (["and", "to", "dash"].includes(element.kind)) {
        joint = element;
      } else {
        close();
        if (joint && joint.kind === "to") parts.push(joint);
        joint = null;
        parts.push(element);
      }
    }
    close();
    return parts;
  }

  /** Whether two labels are numbers of one list. */
  function fit(one, other) {
    if (isNumber(one.text) !== isNumber(other.text)) return false;
    return !isNumber(one.text) || one.bracket === other.bracket;
  }

  function runsIn(run) {
    const runs = [];
    let items = [];
    const word = run.some((row) => row.some((label) => label.word));
    const dotted = run.length > 0 && run[0][0].dotted;
    const asRun = (some) => ({ kind: "run", text: "", items: distinct(some), word, dotted });
    const textsOf = (row) => row.filter((element) => element.kind === "label").map((element) => element.text);
    for (const row of run) {
      const wide = row.findIndex((element) => element.kind === "to" || (element.kind === "dash" && !element.tight));
      const texts = textsOf(row);
      if (wide >= 0) {
        items.push({ first: textsOf(row.slice(0, wide)).join("-"), last: textsOf(row.slice(wide + 1)).join("-"), either: false });
      } else if (texts.length === 4 && texts.every(isNumber)) {
        items.push({ first: texts.slice(0, 2).join("-"), last: texts.slice(2).join("-"), either: false });
      } else if (texts.length === 2 && isNumber(texts[0]) === isNumber(texts[1])) {
        items.push({ first: texts[0], last: texts[1], either: isNumber(texts[0]) && !row[0].bracket });
      } else if (texts.length === 1) {
        items.push({ first: texts[0], last: "", either: false });
      } else {
        if (items.length) runs.push(asRun(items));
        items = [];
        for (const text of texts) runs.push({ ...asRun([{ first: text, last: "", either: false }]), dotted: false });
      }
    }
    if (items.length) runs.push(asRun(items));
    return runs;
  }

  function distinct(items) {
    return Array.from(new Map(items.map((item) => [`${item.first} ${item.last} ${item.either}`, item])).values());
  }

  /** Give each run its unit; null when a unit is left alone. */
  function stepsOf(parts) {
    const steps = [];
    let chain = [];
    for (const part of [...parts, { kind: "end", text: "" }]) {
      const takesTurn = (part.kind === "run" || part.kind === "unit") && !WITHOUT_NUMBER.includes(part.text);
      const before = chain[chain.length - 1];
      if (before && !(takesTurn && part.kind !== before.kind)) {
        if (part.kind === "unit" && before.text === "loose") continue; // "unnumbered paragraph"
        const paired = pair(chain);
        if (!paired) return null;
        steps.push(...paired);
        chain = [];
      }
      if (takesTurn) chain.push(part);
      else if (WITHOUT_NUMBER.includes(part.text)) steps.push({ unit: part.text, items: [], rank: 0, word: false, dotted: false });
      else if (part.kind !== "end") steps.push(part);
    }
    return steps;
  }

  function pair(chain) {
    const startsBare = chain[0].kind === "run";
    const endsBare = chain[chain.length - 1].kind === "run";
    if (!startsBare && !endsBare) return null;
    let unitFirst = !startsBare;
    let lone = -1; // the run without a unit
    if (startsBare && endsBare) {
      const kazakh = chain.length > 1 && chain[1].lang === "kk";
      lone = kazakh ? chain.length - 1 : 0;
      unitFirst = !kazakh;
    }
    const steps = [];
    chain.forEach((part, at) => {
      if (part.kind !== "run") return;
      const unit = at === lone ? "bare" : chain[unitFirst ? at - 1 : at + 1].text;
      steps.push({ unit, items: part.items, rank: 0, word: part.word, dotted: part.dotted });
    });
    return steps;
  }

  /** Group steps into citations: a level said again begins the next one. */
  function citationsOf(steps) {
    const { units } = tables();
    const groups = [{ steps: [], to: false }];
    for (const step of steps) {
      if (step.kind) {
        if (step.kind === "until") groups[groups.length - 1].to = true;
        else groups.push({ steps: [], to: step.kind === "to" });
        continue;
      }
      const current = groups[groups.length - 1].steps;
      if (current.length === tables().limits.steps) return [];
      let { rank } = units[step.unit];
      if (step.unit === "bare") rank = current.length ? Math.max(current[current.length - 1].rank, 0) + 1 : FIRST;
      const before = current[current.length - 1];
      if (before && before.rank === rank && isInner(before, step)) rank += 1;
      else if (current.some((other) => other.rank === rank)) groups.push({ steps: [], to: false });
      groups[groups.length - 1].steps.push({ ...step, rank });
    }
    const sorted = groups.filter((group) => group.steps.length).map((group) => ({ steps: ordered(group.steps), to: group.to }));
    const found = [];
    sorted.forEach((group) => {
      let levels = group.steps;
      if (levels[0].rank > 0) {
        const near = found.length ? found[found.length - 1] : (sorted.find((other) => other.steps[0].rank <= 0) || group).steps;
        levels = near.filter((step) => step.rank < levels[0].rank).concat(levels);
      }
      const range = group.to && found.length ? ranged(found[found.length - 1], levels) : null;
      if (range) found[found.length - 1] = range;
      else found.push(levels);
    });
    return found;
  }

  /** 13-баптың 2) тармақшасының а) тармақшасы: letters right after a number are its parts. */
  function isInner(outer, step) {
    if (outer.unit !== step.unit || !outer.items.length || !step.items.length) return false;
    return isNumber(outer.items[0].first) && !isNumber(step.items[0].first);
  }

  /** Two citations as one range, when they differ in their last number only. */
  function ranged(first, last) {
    const said = (steps) => JSON.stringify(steps.slice(0, -1).map((step) => step.items));
    const ends = [first, last].map((steps) => steps[steps.length - 1].items);
    if (said(first) !== said(last) || ends.some((items) => items.length !== 1 || items[0].last)) return null;
    const item = { first: ends[0][0].first, last: ends[1][0].first, either: false };
    return [...first.slice(0, -1), { ...first[first.length - 1], items: [item] }];
  }

  /** From the outside in. */
  function ordered(steps) {
    let group = steps;
    if (group[0].rank === FIRST) {
      const named = group.some((step) => step.rank === 0);
      group = [{ ...group[0], rank: named ? INNERMOST : 0 }, ...group.slice(1)];
    } else if (group.some((step) => step.unit === "recital") && group.every((step) => step.rank)) {
      group = [{ unit: "preamble", items: [], rank: 0, word: false, dotted: false }, ...group];
    }
    return group.slice().sort((a, b) => a.rank - b.rank);
  }

  /** It begins with an article or the preamble; a bare ordinal, letter or large count is no article. */
  function isCitation(steps) {
    const [first] = steps;
    if (first.rank !== 0 || steps.some((step) => step.word && step.unit === "bare")) return false;
    if (first.unit !== "bare") return true;
    const text = first.items[0].first;
    if (!isNumber(text)) return Boolean(roman(text)) && (sizeOf(text) > 1 || steps.length > 1);
    return Number(text.split("-")[0]) <= tables().limits.bare_number;
  }

  /** The treaties that all words choose; when they choose different ones, all of them; null when none does. */
  function chosen(hints) {
    if (!hints.length) return null;
    const common = [...hints[0]].filter((number) => hints.every((hint) => hint.has(number)));
    return new Set(common.length ? common : hints.flatMap((hint) => [...hint]));
  }

  /**
   * The citations in a query.
   * @param {string} query @param {Object} names what words name treaties; see cite-names.js
   * @returns {{citations: Object[][], treaties: ?Set<number>, rest: string}} each citation: its steps, the article first
   */
  function read(query, names) {
    const text = clean(query);
    if (sizeOf(text) > tables().limits.query) return { citations: [], treaties: null, rest: text };
    const { elements, rest, hints } = scan(tokensOf(text), names);
    const treaties = chosen(hints);
    if (rest.length) return { citations: [], treaties, rest: rest.join(" ") };
    const steps = stepsOf(runsOf(elements));
    const citations = steps && steps.length ? citationsOf(steps) : [];
    return { citations: citations.every(isCitation) ? citations : [], treaties, rest: "" };
  }

  /**
   * The provision around the articles whose name stands in a query, when all other words only choose treaties.
   * @returns {?{eid: string, treaties: Set<number>}} null when there is none
   */
  function asideIn(query, names) {
    const text = clean(query);
    if (sizeOf(text) > tables().limits.query) return null;
    const tokens = tokensOf(text).filter((token) => token.kind !== "mark");
    const [start, end, eid] = nameIn(tokens);
    if (!eid) return null;
    const { elements, rest, hints } = scan([...tokens.slice(0, start), ...tokens.slice(end)], names);
    const treaties = chosen(hints);
    return treaties && !rest.length && !elements.length ? { eid, treaties } : null;
  }

  /**
   * What must be known of the names of treaties to read a query; null when it cites nothing, whatever they are.
   * @returns {?{lists: {text: string, isName: boolean}[][], years: string[]}} lists: words side by side among which names may
   *   stand; isName: the word can be nothing else; years: numbers that may be one
   */
  function namesSoughtIn(query) {
    const text = clean(query);
    if (sizeOf(text) > tables().limits.query) return null;
    const tokens = tokensOf(text);
    const words = tokens.filter((token) => token.kind !== "mark");
    const [start, end, eid] = nameIn(words);
    const cites = scan(tokens, NO_NAMES).elements.length > 0 || words.some((token) => roman(token.text));
    const lists = [...(eid ? [[...words.slice(0, start), ...words.slice(end)]] : []), ...(cites ? [words] : [])];
    const isName = ({ kind, text: word, size }) => kind === "word" && size > 1 && !classesOf(word).length && !roman(word);
    const asWord = (token) => ({ text: token.text, isName: isName(token) });
    const years = words.filter(({ kind, size }) => kind === "number" && size === 4).map((token) => token.text);
    return lists.length ? { lists: lists.map((list) => list.map(asWord)), years } : null;
  }

  /** Where the longest name of a provision stands, the first of several, and its eId. */
  function nameIn(tokens) {
    const known = tables().unnumbered;
    const longest = Math.max(...Object.keys(known).map((name) => name.split(" ").length));
    const words = tokens.map(({ kind, text }) => (kind === "number" ? "#" : fold(text, true)));
    for (let size = Math.min(longest, words.length); size > 0; size -= 1) {
      for (let start = 0; start + size <= words.length; start += 1) {
        const eid = own(known, words.slice(start, start + size).join(" "));
        if (eid) {
          const number = tokens.slice(start, start + size).find(({ kind }) => kind === "number");
          return [start, start + size, eid.replace("{n}", number ? number.text : "")];
        }
      }
    }
    return [0, 0, ""];
  }

  const foldLabel = (label) => Array.from(label, (letter) => fold(letter)).join("");

  function itemText(item) {
    return item.last ? `${foldLabel(item.first)}${item.either ? "-" : "–"}${foldLabel(item.last)}` : foldLabel(item.first);
  }

  /** Citations in the shortest form: "4(1)(e)". */
  function understood(citations) {
    return citations.map((steps) => {
      const [head, ...inner] = steps.map((step) => step.items.map(itemText).join(", ") || step.unit);
      return (roman(head) || head) + inner.map((words) => `(${words})`).join("");
    }).join(", ");
  }

  Kelisim.citeRead = { read, asideIn, namesSoughtIn, clean, fold, stem, roman, understood };
})(window.Kelisim);
