/**
 * Check a quotation against the texts held: is it verbatim, where does it stand, and what is different. No page, no network.
 *
 * Words and signs are compared one by one. What does not count: white space, line breaks, hyphens and dashes, quotation marks,
 * square brackets, invisible characters, and the numbers that stand before paragraphs and points. An ellipsis stands for any words
 * left out. Capital letters and look-alike letters of another script do not make a quotation false, but are told.
 * The work grows with the length of the quotation and no faster.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const INVISIBLE = /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
  const TOKEN = /…|\.{3,}|[\p{L}\p{M}\p{N}]+|[,.;:!?()№]/gu;
  const LATIN = "aceopxyhijkmtb";
  const CYRILLIC = "асеорхуһіјкмтв";
  const FOLD = new Map(Array.from(LATIN, (letter, place) => [letter, CYRILLIC[place]]));
  const NUMBER = /^(?:\p{N}{1,3}|\p{L}|[ivx]{2,4})$/u; // what may stand before a bracket or full stop as a number
  const COMMON = 60; // places of three words that are too many to tell anything
  const LONGEST = 20000; // words of a quotation that are looked at
  const AHEAD = 40; // words looked ahead for where two texts meet again
  const BUCKET = 32;
  const NOWHERE = 0.35; // a share of equal words below which a text is not the one that is quoted

  /** A word as it is compared. Latin letters inside a Cyrillic word are read as the Cyrillic ones they look like. */
  function keyOf(word) {
    const lower = word.normalize("NFC").toLowerCase();
    if (!/\p{Script=Cyrillic}/u.test(lower)) return lower;
    return Array.from(lower, (letter) => FOLD.get(letter) || letter).join("");
  }

  /** @param {string} text @returns {{key: string, text: string, line: boolean}[]} words and signs, in order */
  function tokensOf(text) {
    const clean = text.normalize("NFC").replace(INVISIBLE, "");
    const tokens = [];
    let end = 0;
    for (const found of clean.matchAll(TOKEN)) {
      const isGap = found[0] === "…" || found[0].startsWith("...");
      const line = found.index === 0 || /\n\s*$/.test(clean.slice(Math.max(end, found.index - 50), found.index));
      tokens.push({ key: isGap ? "…" : keyOf(found[0]), text: found[0], line });
      end = found.index + found[0].length;
      if (tokens.length >= LONGEST) break;
    }
    return tokens;
  }

  /** How many tokens are the number of an article before its heading: "12-бап", "Article 12."; 0 when none are. */
  function articleAt(tokens, at) {
    const [first, second, third] = [0, 1, 2].map((step) => (tokens[at + step] ? tokens[at + step].key : ""));
    const isNumber = (key) => /^\p{N}{1,4}$/u.test(key);
    if (!(isNumber(first) && second === "бап") && !(first === "article" && isNumber(second))) return 0;
    return third === "." ? 3 : 2;
  }

  /** The tokens without the numbers of paragraphs and points, which are told apart: [{before: place, key}]. */
  function withoutNumbers(tokens) {
    const words = [];
    const numbers = [];
    for (let at = 0; at < tokens.length; at += 1) {
      const opens = tokens[at].key === "(" ? 1 : 0;
      const number = tokens[at + opens];
      const closing = tokens[at + opens + 1];
      const before = words.length ? words[words.length - 1].key : "";
      const begins = tokens[at].line || words.length === 0 || ".;:".includes(before);
      const isClosed = closing && (closing.key === ")" || (!opens && closing.key === "." && /^\p{N}/u.test(number.key)));
      const goesOn = at + opens + 2 < tokens.length;
      const article = begins ? articleAt(tokens, at) : 0;
      if (article) {
        at += article - 1;
      } else if (begins && number && NUMBER.test(number.key) && isClosed && goesOn) {
        numbers.push({ before: words.length, key: number.key, text: tokens.slice(at, at + opens + 2).map((t) => t.text).join("") });
        at += opens + 1;
      } else {
        words.push(tokens[at]);
      }
    }
    return { words, numbers };
  }

  const three = (keys, at) => `${keys[at]} ${keys[at + 1]} ${keys[at + 2]}`;

  /** The texts, ready to be searched. @param {object[]} texts as search-data/passages.js has them */
  function prepare(texts) {
    const places = new Map();
    const prepared = texts.map((text, number) => {
      const words = [];
      const passage = [];
      text.passages.forEach(([, , said], row) => {
        for (const token of tokensOf(said)) {
          words.push(token);
          passage.push(row);
        }
      });
      const keys = words.map((token) => token.key);
      for (let at = 0; at + 2 < keys.length; at += 1) {
        const key = three(keys, at);
        if (!places.has(key)) places.set(key, []);
        places.get(key).push([number, at]);
      }
      return { text, words, keys, passage };
    });
    return { texts: prepared, places };
  }

  function standsAt(keys, at, wanted) {
    if (at + wanted.length > keys.length) return false;
    for (let place = 0; place < wanted.length; place += 1) if (keys[at + place] !== wanted[place]) return false;
    return true;
  }

  /** Every place of `wanted` in the texts, as [text, place]. */
  function* placesOf(wanted, held) {
    if (wanted.length >= 3) {
      for (const [number, at] of held.places.get(three(wanted, 0)) || []) {
        if (standsAt(held.texts[number].keys, at, wanted)) yield [number, at];
      }
      return;
    }
    for (let number = 0; number < held.texts.length; number += 1) {
      const { keys } = held.texts[number];
      for (let at = 0; at < keys.length; at += 1) if (standsAt(keys, at, wanted)) yield [number, at];
    }
  }

  function after(keys, from, wanted) {
    for (let at = from; at + wanted.length <= keys.length; at += 1) if (standsAt(keys, at, wanted)) return at;
    return -1;
  }

  /** The parts of a quotation between ellipses. */
  function partsOf(words) {
    const parts = [[]];
    for (const word of words) {
      if (word.key === "…") parts.push([]);
      else parts[parts.length - 1].push(word);
    }
    return parts.filter((part) => part.length);
  }

  /** All places where every part stands, in order, as [text, [place of each part]]; at most `most`. */
  function verbatim(parts, held, most = 5) {
    const wanted = parts.map((part) => part.map((word) => word.key));
    const found = [];
    for (const [number, first] of placesOf(wanted[0], held)) {
      const { keys } = held.texts[number];
      const at = [first];
      for (const part of wanted.slice(1)) {
        const next = after(keys, at[at.length - 1] + wanted[at.length - 1].length, part);
        if (next < 0) break;
        at.push(next);
      }
      if (at.length === wanted.length) found.push([number, at]);
      if (found.length === most) break;
    }
    return found;
  }

  /** The place where most runs of three words stand as in the quotation, or null. */
  function nearest(keys, held) {
    const votes = new Map();
    for (let at = 0; at + 2 < keys.length; at += 1) {
      const places = held.places.get(three(keys, at)) || [];
      if (places.length > COMMON) continue;
      for (const [number, place] of places) {
        const bucket = `${number} ${Math.floor((place - at) / BUCKET)}`;
        const vote = votes.get(bucket) || { count: 0, number, start: place - at };
        vote.count += 1;
        votes.set(bucket, vote);
      }
    }
    let best = null;
    for (const vote of votes.values()) if (!best || vote.count > best.count) best = vote;
    return best && { number: best.number, start: Math.max(best.start, 0) };
  }

  /** The fewest words to leave out on each side until the two texts go on alike, or null. */
  function meeting(quoted, at, keys, place) {
    for (let sum = 1; sum <= 2 * AHEAD; sum += 1) {
      for (let left = Math.max(0, sum - AHEAD); left <= Math.min(sum, AHEAD); left += 1) {
        const a = at + left;
        const b = place + sum - left;
        if (a >= quoted.length || b >= keys.length || quoted[a].key !== keys[b]) continue;
        const last = a + 1 >= quoted.length || (sum === 2 && left === 1); // one word for another
        if (last || (b + 1 < keys.length && quoted[a + 1].key === keys[b + 1])) return [left, sum - left];
      }
    }
    return null;
  }

  /** What is the same, missing and added, in order, and the places of the text that it covers. */
  function difference(quoted, text, start) {
    const steps = [];
    const add = (kind, word) => {
      const last = steps[steps.length - 1];
      if (last && last.kind === kind) last.words.push(word);
      else steps.push({ kind, words: [word] });
    };
    let place = start;
    let equal = 0;
    let first = -1;
    let end = -1;
    for (let at = 0; at < quoted.length; ) {
      if (quoted[at].key === text.keys[place]) {
        add("same", text.words[place].text);
        equal += 1;
        first = first < 0 ? place : first;
        end = place;
        at += 1;
        place += 1;
        continue;
      }
      const met = meeting(quoted, at, text.keys, place);
      const [added, missing] = met || [1, 0];
      for (let n = 0; n < missing; n += 1, place += 1) if (first >= 0) add("missing", text.words[place].text);
      for (let n = 0; n < added; n += 1, at += 1) add("added", quoted[at].text);
    }
    return { steps, equal, first, end };
  }

  function rowsBetween(text, first, end) {
    const rows = [];
    for (let row = text.passage[first]; row <= text.passage[end]; row += 1) rows.push(row);
    return rows;
  }

  const eidsOf = (text, rows) => [...new Set(rows.map((row) => text.text.passages[row][0]))];

  /** Numbers in the quotation that are not those printed at that place. at(place): the place in the text of a word quoted. */
  function wrongNumbers(numbers, text, at) {
    const wrong = [];
    for (const { before, key, text: said } of numbers) {
      const place = at(before);
      if (place === undefined) continue;
      const printed = text.text.passages[text.passage[place]][1];
      const digits = tokensOf(printed).map((token) => token.key).find((each) => NUMBER.test(each)) || "";
      const alike = (letter) => FOLD.get(letter) || letter;
      const begins = place === 0 || text.passage[place - 1] !== text.passage[place];
      if (!begins || alike(digits) !== alike(key)) wrong.push({ said, printed: begins ? printed : "" });
    }
    return wrong;
  }

  /** Soft differences between words that are compared as equal. */
  function soft(pairs) {
    let capitals = 0;
    let letters = 0;
    pairs.forEach(([quoted, printed], number) => {
      if (quoted === printed) return;
      if (quoted.toLowerCase() === printed.toLowerCase()) capitals += number === 0 ? 0 : 1;
      else letters += 1;
    });
    return { capitals, letters };
  }

  function found(held, number, rows, extra) {
    const text = held.texts[number];
    const { treaty, lang, titles, working } = text.text;
    return { treaty, lang, titles, working, eids: eidsOf(text, rows), ...extra };
  }

  /**
   * @param {string} quotation what was pasted
   * @param {object} held what prepare() gave
   * @returns {object} {verdict: "empty" | "verbatim" | "differs" | "nowhere", score, places, steps, numbers, capitals, letters}
   */
  function check(quotation, held) {
    const tokens = tokensOf(quotation);
    const asItStands = partsOf(tokens);
    const there = asItStands.length ? verbatim(asItStands, held) : [];
    const { words, numbers } = there.length ? { words: tokens, numbers: [] } : withoutNumbers(tokens);
    const parts = partsOf(words);
    const nothing = { score: 0, places: [], steps: [], numbers: [], capitals: 0, letters: 0 };
    if (!parts.some((part) => part.some((word) => /[\p{L}\p{N}]/u.test(word.key)))) return { verdict: "empty", ...nothing };
    const exact = there.length ? there : verbatim(parts, held);
    if (exact.length) return isVerbatim(parts, numbers, words, exact, held);
    const whole = parts.flat();
    const near = nearest(whole.map((word) => word.key), held);
    if (!near) return { verdict: "nowhere", ...nothing };
    const text = held.texts[near.number];
    const { steps, equal, first, end } = difference(whole, text, near.start);
    const other = steps.reduce((sum, step) => sum + (step.kind === "same" ? 0 : step.words.length), 0);
    const score = equal / (equal + other);
    const places = first < 0 ? [] : [found(held, near.number, rowsBetween(text, first, end), {})];
    return { ...nothing, verdict: score < NOWHERE || !places.length ? "nowhere" : "differs", score, places, steps };
  }

  function isVerbatim(parts, numbers, words, exact, held) {
    const [number, at] = exact[0];
    const text = held.texts[number];
    const placeOf = new Map();
    const pairs = [];
    let word = -1;
    parts.forEach((part, index) => part.forEach((token, offset) => {
      do word += 1; while (words[word].key === "…");
      placeOf.set(word, at[index] + offset);
      pairs.push([token.text, text.words[at[index] + offset].text]);
    }));
    const places = exact.map(([which, starts]) => {
      const rows = starts.flatMap((start, index) => rowsBetween(held.texts[which], start, start + parts[index].length - 1));
      return found(held, which, rows, {});
    });
    return {
      verdict: "verbatim", score: 1, places, steps: [],
      numbers: wrongNumbers(numbers, text, (place) => placeOf.get(place)), ...soft(pairs),
    };
  }

  Kelisim.quote = { prepare, check, tokensOf };
})(window.Kelisim);
