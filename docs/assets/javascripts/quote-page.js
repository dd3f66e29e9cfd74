/** The page that checks a quotation. The texts are a script file, loaded when the page opens. */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const { word, make, label, titleIn, failure } = Kelisim.searchView;
  const PAUSE = 250; // milliseconds after the last key
  const MOST_PLACES = 12; // provisions named one by one

  /** @returns {Promise<object>} the texts, ready to be searched */
  function load() {
    return new Promise((resolve, reject) => {
      const script = make("script", { src: `${Kelisim.page.root}search-data/passages.js` });
      script.onload = () => resolve(Kelisim.quote.prepare(Kelisim.quoteTexts));
      script.onerror = () => reject(new Error("passages.js"));
      document.head.append(script);
    });
  }

  function placeLinks(place) {
    const page = (eid) => {
      const article = /^art_[^_]+/.exec(eid);
      return `${Kelisim.page.root}${Kelisim.page.lang}/${place.treaty}/${article ? article[0] : "index"}.html#${eid}`;
    };
    const shown = place.eids.slice(0, MOST_PLACES);
    return make("li", {},
      make("strong", {}, titleIn(place.titles)), " · ", word(`search.language.${place.lang}`), ": ",
      ...shown.flatMap((eid, index) => [index ? ", " : "", make("a", { href: page(eid) }, label(eid))]),
      place.eids.length > shown.length ? " …" : "");
  }

  /** The words of the text; what the quotation leaves out and what it adds is said, not only coloured. */
  function differences(steps, lang) {
    const line = make("p", { class: "k-quote__text", lang, dir: "auto" });
    for (const { kind, words } of steps) {
      const text = words.join(" ").replace(/ ([,.;:!?)])/g, "$1").replace(/\( /g, "(");
      if (line.childNodes.length && !/^[,.;:!?)]/.test(text)) line.append(" ");
      if (kind === "same") line.append(text);
      else line.append(make(kind === "missing" ? "ins" : "del", {}, make("span", { class: "k-unseen" }, `${word(`quote.${kind}`)}: `), text));
    }
    return line;
  }

  function remarks(result) {
    const said = [];
    if (result.places.some((place) => place.working)) said.push(word("quote.working"));
    for (const { said: number, printed } of result.numbers) {
      said.push(printed ? word("quote.number", { said: number, printed }) : word("quote.number.none", { said: number }));
    }
    if (result.capitals) said.push(word("quote.capitals", { n: result.capitals }));
    if (result.letters) said.push(word("quote.letters", { n: result.letters }));
    return said.length ? make("ul", { class: "k-quote__remarks" }, ...said.map((text) => make("li", {}, text))) : null;
  }

  function show(result) {
    if (result.verdict === "empty") return [make("p", { class: "k-small" }, word("quote.empty"))];
    const percent = Math.floor(result.score * 100);
    const near = result.verdict === "nowhere" && result.places.length;
    return [
      make("h2", { class: `k-quote__verdict k-quote__verdict--${result.verdict}` }, word(`quote.${result.verdict}`)),
      result.verdict === "differs" ? make("p", {}, word("quote.equal", { n: percent })) : null,
      near ? make("p", {}, word("quote.nearest")) : null,
      result.places.length ? make("ul", { class: "k-quote__places" }, ...result.places.map(placeLinks)) : null,
      remarks(result),
      result.verdict === "differs" ? make("h3", {}, word("quote.difference")) : null,
      result.verdict === "differs" ? make("p", { class: "k-small" }, word("quote.legend")) : null,
      result.verdict === "differs" ? differences(result.steps, result.places[0].lang) : null,
    ].filter(Boolean);
  }

  const form = document.getElementById("k-quote");
  const field = document.getElementById("k-quote-text");
  const out = document.getElementById("k-quote-result");
  if (!form) return;
  const texts = load();
  let timer = 0;

  async function answer() {
    try {
      const held = await texts;
      out.replaceChildren(...show(Kelisim.quote.check(field.value, held)));
    } catch (fault) {
      out.replaceChildren(failure(fault));
    }
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); answer(); });
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(answer, PAUSE); });
  if (field.value.trim()) answer();
})(window.Kelisim);
