/** The page that checks a quotation. The texts are a script file, loaded when the page opens. */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const { word, make, label, titleIn, failure } = Kelisim.searchView;
  const PAUSE = 250; // milliseconds after the last key
  const MOST_UNITS = 12; // provisions of one place named one by one
  const MOST_PLACES = 8; // other places of the same words
  const MOST_PARTS = 400; // of a passage that are shown
  const MOST_ROWS = 60; // of the list of differences
  const LONG = 60; // words of a part that are shown whole
  const KEPT = 20; // words at each end of a longer one

  /** The texts, ready to be searched, and each treaty's titles. @returns {Promise<{shelves: Map, titles: Map}>} */
  function load() {
    return new Promise((resolve, reject) => {
      const script = make("script", { src: `${Kelisim.page.root}search-data/passages.js` });
      script.onload = () => resolve({
        shelves: Kelisim.quote.prepare(Kelisim.quoteTexts),
        titles: new Map(Kelisim.quoteTexts.map((text) => [text.treaty, text.titles])),
      });
      script.onerror = () => {
        script.remove();
        reject(Object.assign(new Error("search-data/passages.js cannot be read"), { file: "search-data/passages.js" }));
      };
      document.head.append(script);
    });
  }

  // where it stands

  function address(treaty, eid) {
    const article = /^art_[^_]+/.exec(eid);
    return `${Kelisim.page.root}${Kelisim.page.lang}/${treaty}/${article ? article[0] : "index"}.html#${eid}`;
  }

  function placeItem(place, titles) {
    const shown = place.eids.slice(0, MOST_UNITS);
    const left = place.eids.length - shown.length;
    return make("li", {},
      ...shown.flatMap((eid, index) => [index ? ", " : "", make("a", { href: address(place.treaty, eid) }, label(eid))]),
      left ? ` ${word("quote.more", { n: left })}` : "", make("br"),
      make("span", { class: "k-small" },
        titleIn(titles.get(place.treaty)), " · ", word(`search.language.${place.lang}`), ", ", word(`page.authority.${place.authority}`)));
  }

  function placeList(places, titles) {
    return make("ul", { class: "k-quote__places" }, ...places.map((place) => placeItem(place, titles)));
  }

  function placesSection(result, titles) {
    const [first, ...others] = result.places;
    if (!first) return null;
    const shown = others.slice(0, MOST_PLACES);
    const left = others.length - shown.length;
    return make("section", {},
      make("h3", {}, word(result.verdict === "nowhere" ? "quote.nearest" : "quote.where")),
      placeList([first], titles),
      shown.length ? make("h3", {}, word("quote.also")) : null,
      shown.length ? placeList(shown, titles) : null,
      left ? make("p", { class: "k-small" }, word("quote.more", { n: left })) : null);
  }

  // what is different

  /** A long piece without its middle, which is told in words. Pieces of a text of many pages stay short so. */
  function shortened(text) {
    const words = text.split(" ");
    if (words.length <= LONG) return [text];
    const left = make("span", { class: "k-quote__left" }, ` ${word("quote.left", { n: words.length - 2 * KEPT })} `);
    return [words.slice(0, KEPT).join(" "), left, words.slice(-KEPT).join(" ")];
  }

  const unseen = (text) => make("span", { class: "k-unseen" }, text);

  /** One part of the passage. Each difference says in words what it is; colour and sign only repeat it. */
  function partNodes({ kind, given, source }) {
    const said = given.trimEnd();
    const after = given.slice(said.length);
    if (kind === "same") return [...shortened(given)];
    if (kind === "omitted") return [make("span", { class: "k-quote__omitted" }, unseen(` ${word("quote.kind.omitted")}: `), given)];
    const small = kind === "mark" ? "k-quote__mark" : undefined;
    const nodes = [unseen(` (${word(`quote.kind.${kind}`)}: `)];
    if (said) nodes.push(make("del", { class: small }, unseen(`${word("quote.yours")} `), ...shortened(said)));
    if (said && source) nodes.push(" ");
    if (source) nodes.push(make("ins", { class: small }, unseen(`${word("quote.theirs")} `), ...shortened(source)));
    return [...nodes, unseen(")"), after];
  }

  function comparison(result) {
    const text = make("div", { class: "k-quote__text", lang: result.places[0].lang, dir: "auto" });
    for (const part of result.parts.slice(0, MOST_PARTS)) {
      if (!part.given && text.hasChildNodes() && !/^[,.;:!?)]/.test(part.source)) text.append(" ");
      text.append(...partNodes(part));
    }
    if (result.parts.length > MOST_PARTS) text.append(" …");
    return text;
  }

  function differenceTable(result) {
    const found = result.parts.filter(({ kind }) => kind !== "same" && kind !== "omitted");
    const { lang } = result.places[0];
    const cell = (text) => make("td", { lang, dir: "auto" }, ...(text.trim() ? shortened(text.trim()) : ["–"]));
    const rows = found.slice(0, MOST_ROWS).map(({ kind, given, source }) => make("tr", {},
      make("th", { scope: "row" }, word(`quote.kind.${kind}`)), cell(given), cell(source)));
    const table = make("table", { class: "k-table k-quote__table" },
      make("caption", { class: "k-unseen" }, word("quote.list")),
      make("thead", {}, make("tr", {}, ...["what", "yours.head", "theirs.head"].map((key) => make("th", { scope: "col" }, word(`quote.${key}`))))),
      make("tbody", {}, ...rows));
    const left = found.length - rows.length;
    return make("div", { class: "k-scroll" }, table, left ? make("p", { class: "k-small" }, word("quote.more", { n: left })) : null);
  }

  function differences(result) {
    const isShown = result.parts.some(({ kind }) => kind !== "same") && result.places.length > 0;
    if (!isShown) return null;
    const hasList = result.verdict === "differs" || result.verdict === "marks";
    return make("section", {},
      make("h3", {}, word("quote.difference")),
      hasList || result.verdict === "nowhere" ? make("p", { class: "k-small k-quote__legend" }, make("del", {}, word("quote.legend.yours")), " ", make("ins", {}, word("quote.legend.theirs"))) : null,
      comparison(result), hasList ? differenceTable(result) : null);
  }

  // what is said

  const quoted = (words) => words.map((one) => `«${one}»`).join(", ");

  function remarks(result) {
    const said = [];
    const [first] = result.places;
    if (first && result.verdict !== "nowhere") {
      const key = `quote.authority.${first.authority}`;
      if (Object.hasOwn(Kelisim.words, key)) said.push(make("li", { class: "k-quote__authority" }, word(key)));
    }
    const omissions = result.parts.filter(({ kind }) => kind === "omitted").length;
    if (omissions) said.push(make("li", {}, word("quote.omissions", { n: omissions })));
    if (result.letters.length) said.push(make("li", {}, word("quote.letters", { words: quoted(result.letters) })));
    if (result.spacing.length) said.push(make("li", {}, word("quote.spacing", { words: quoted(result.spacing) })));
    if (result.first_letter) said.push(make("li", {}, word("quote.first_letter")));
    return said.length ? make("ul", { class: "k-quote__remarks" }, ...said) : null;
  }

  function content(result, titles) {
    if (result.verdict === "empty") return [make("p", { class: "k-small" }, word("quote.empty"))];
    const isScored = result.verdict === "differs" || (result.verdict === "nowhere" && result.places.length > 0);
    return [
      make("h2", { class: `k-quote__verdict k-quote__verdict--${result.verdict}` }, word(`quote.${result.verdict}`)),
      make("p", {}, isScored ? word("quote.score", { n: result.score }) : word(`quote.${result.verdict}.means`)),
      remarks(result), placesSection(result, titles), differences(result),
    ].filter(Boolean);
  }

  const form = document.getElementById("k-quote");
  const field = document.getElementById("k-quote-text");
  const out = document.getElementById("k-quote-result");
  const status = document.getElementById("k-quote-status");
  if (!form) return;
  let texts = null;
  let timer = 0;

  /** The texts, asked for again when they could not be read. */
  function ready() {
    if (!texts) {
      texts = load();
      texts.catch(() => { texts = null; });
    }
    return texts;
  }

  function told(result, titles) {
    const [place] = result.places;
    const where = place ? `${label(place.eids[0])}, ${titleIn(titles.get(place.treaty))}` : "";
    const score = result.verdict === "differs" ? word("quote.score", { n: result.score }) : "";
    return [`${word(`quote.${result.verdict}`)}.`, score, where].filter(Boolean).join(" ");
  }

  async function answer() {
    clearTimeout(timer);
    if (!field.value.trim()) {
      out.replaceChildren();
      status.textContent = "";
      return;
    }
    try {
      const { shelves, titles } = await ready();
      const result = Kelisim.quote.check(field.value, shelves);
      out.replaceChildren(...content(result, titles));
      status.textContent = result.verdict === "empty" ? word("quote.empty") : told(result, titles);
    } catch (fault) {
      out.replaceChildren(failure([fault], true));
    }
  }

  form.hidden = false;
  ready();
  form.addEventListener("submit", (event) => { event.preventDefault(); answer(); });
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(answer, PAUSE); });
  if (field.value.trim()) answer(); // the browser keeps what was typed when one comes back
})(window.Kelisim);
