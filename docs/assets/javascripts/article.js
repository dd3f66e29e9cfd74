/**
 * The text of a treaty: notes opened at their mark, the provision named in the address, copying of links and citations,
 * previews of references, and one column at a time on a phone. Classic script; the page can be read without it.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  /** The words shown here, where the build gave none. */
  var ENGLISH = {
    "copy-link": "Copy link", "copy-citation": "Copy citation", "copied-link": "Link copied",
    "copied-citation": "Citation copied", "style": "Style", "style-short": "short", "style-long": "long",
    "style-markdown": "Markdown", "style-html": "HTML", "copy-by-hand": "Copying was refused: the words are selected, press Ctrl+C",
    "close": "Close", "show-twin": "Show in {language}", "hide-twin": "Hide {language}", "tools": "Tools for {label}"
  };

  /**
   * @param {string} key without its prefix "page.js."
   * @param {Object<string, string>=} values what stands for {…}
   * @returns {string}
   */
  function word(key, values) {
    var text = (Kelisim.words && Kelisim.words["page.js." + key]) || ENGLISH[key] || key;
    return text.replace(/\{(\w+)\}/g, function (whole, name) { return (values && values[name]) || whole; });
  }

  /** @param {string} selector @param {ParentNode=} within @returns {Element[]} */
  function all(selector, within) { return Array.from((within || document).querySelectorAll(selector)); }

  /** @param {string} tag @param {string} name its class @param {string=} text @returns {HTMLElement} */
  function make(tag, name, text) {
    var element = document.createElement(tag);
    element.className = name;
    if (tag === "button") element.type = "button";
    if (text) element.textContent = text;
    return element;
  }

  /** @returns {Element|null} what the address names on this page */
  function named() {
    var id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch (broken) { return null; }
    return id ? document.getElementById(id) : null;
  }

  /** Notes: the mark opens its note and leads there; a note named in the address is open. */
  function startNotes() {
    function open(note, mark) {
      note.open = true;
      note.scrollIntoView({ block: "nearest" });
      var summary = note.querySelector("summary");
      summary.focus({ preventScroll: true });
      note.dataset.from = mark ? "1" : "";
    }

    document.addEventListener("click", function (event) {
      var mark = event.target.closest("a.k-mark, a[data-opens]");
      if (!mark) return;
      var note = document.getElementById(mark.getAttribute("href").slice(1));
      if (!note) return;
      event.preventDefault();
      if (note.open && mark.classList.contains("k-mark")) note.open = false;
      else open(note, mark);
    });
    function openNamed() {
      var note = named();
      if (note && note.matches("details.k-remark")) open(note, null);
    }
    addEventListener("hashchange", openNamed);
    openNamed();
  }

  /** @returns {HTMLElement} where is said what was done, on the screen and to a screen reader */
  function speaker() {
    var said = document.querySelector(".k-said");
    if (!said) {
      said = make("div", "k-said");
      said.setAttribute("role", "status");
      said.setAttribute("aria-live", "polite");
      document.body.appendChild(said);
    }
    return said;
  }

  var silence = 0;

  /** @param {string} words @param {string} text what was copied */
  function say(words, text) {
    var said = speaker();
    said.textContent = words + ": " + text;
    clearTimeout(silence);
    silence = setTimeout(function () { said.textContent = ""; }, 6000);
  }

  /** Where the clipboard cannot be had: the words stand selected, to be copied by hand. @param {string} text */
  function offer(text) {
    var said = speaker();
    clearTimeout(silence);
    said.textContent = word("copy-by-hand");
    var field = document.createElement("textarea");
    field.readOnly = true;
    field.rows = 3;
    field.value = text;
    field.addEventListener("keydown", function (event) { if (event.key === "Escape") said.textContent = ""; });
    field.addEventListener("blur", function () { said.textContent = ""; });
    said.appendChild(field);
    field.select();
  }

  /** @param {string} text @returns {boolean} whether the older way of copying worked */
  function copyByCommand(text) {
    var field = make("textarea", "k-unseen");
    var focused = document.activeElement;
    field.value = text;
    document.body.appendChild(field);
    field.select();
    var done = false;
    try { done = document.execCommand("copy"); } catch (refused) { done = false; }
    field.remove();
    if (focused) focused.focus({ preventScroll: true });
    return done;
  }

  /** @param {string} text @param {string} words what to say when it is done */
  function copy(text, words) {
    function older() {
      if (copyByCommand(text)) say(words, text);
      else offer(text);
    }
    if (!navigator.clipboard || !window.isSecureContext) { older(); return; }
    navigator.clipboard.writeText(text).then(function () { say(words, text); }, older);
  }

  /** @param {HTMLElement} row @returns {string} the permalink of the provision that the row's number names */
  function permalink(row) {
    return new URL(Kelisim.page.root + Kelisim.page.lang + "/" + row.dataset.link, location.href).href;
  }

  var FORMS = JSON.parse((document.getElementById("k-cite") || { textContent: "{}" }).textContent);
  var SHORT = { kk: "ҚАЗ", ru: "РУС", en: "ENG" };
  var STYLES = ["short", "long", "markdown", "html"];

  /** @returns {HTMLSelectElement} the style of citations, as it was chosen last */
  function styleChoice() {
    var choice = make("select", "k-tools__style");
    choice.setAttribute("aria-label", word("style"));
    STYLES.forEach(function (style) {
      var option = make("option", "", word("style-" + style));
      option.value = style;
      choice.appendChild(option);
    });
    try { choice.value = localStorage.getItem("kelisim.cite") || "short"; } catch (refused) { /* the first */ }
    if (choice.selectedIndex < 0) choice.selectedIndex = 0;
    choice.addEventListener("change", function () {
      try { localStorage.setItem("kelisim.cite", choice.value); } catch (refused) { /* for this page only */ }
    });
    return choice;
  }

  /**
   * @param {HTMLElement} row
   * @param {string} lang
   * @param {string} style short, long, markdown or html; the last two are links with the short words
   * @returns {string} the citation of the provision that the row's number names; build_scripts/compose.py makes the same
   */
  function citation(row, lang, style) {
    var isLong = style === "long";
    var words = JSON.parse(row.dataset.cite)[lang][isLong ? 1 : 0];
    var form = FORMS[lang][isLong ? ("aside" in row.dataset ? "aside" : "long") : "short"];
    var text = form.replace("{provision}", function () { return words; });
    if (style === "markdown") return "[" + text.replace(/[\\[\]]/g, "\\$&") + "](" + permalink(row) + ")";
    if (style !== "html") return text;
    var link = make("a", "", text);
    link.removeAttribute("class");
    link.setAttribute("href", permalink(row));
    return link.outerHTML;
  }

  /** Copy link, copy citation in each language: for the row pointed at, in focus, or named in the address. */
  function startTools() {
    var tools = make("div", "k-tools");
    var current = null;
    tools.setAttribute("role", "group");
    tools.hidden = true;

    function button(label, act, lang) {
      var made = make("button", "", label);
      if (lang) made.dataset.lang = lang;
      made.addEventListener("click", act);
      tools.appendChild(made);
    }

    button(word("copy-link"), function () { copy(permalink(current), word("copied-link")); });
    var style = styleChoice();
    tools.appendChild(make("span", "k-tools__label", word("copy-citation")));
    tools.appendChild(style);
    Object.keys(SHORT).filter(function (lang) { return lang in FORMS; }).forEach(function (lang) {
      button(SHORT[lang], function () { copy(citation(current, lang, style.value), word("copied-citation")); }, lang);
      tools.lastChild.setAttribute("aria-label", word("copy-citation") + " · " + SHORT[lang]);
    });

    /** @param {HTMLElement|null} row above it while it is pointed at; below it, in its own place, when it is named */
    function show(row) {
      if (!row || row === current && !tools.hidden) return;
      current = row;
      var isNamed = row.classList.contains("k-here");
      tools.classList.toggle("k-tools--still", isNamed);
      tools.setAttribute("aria-label", word("tools", { label: row.dataset.label }));
      var number = row.querySelector(".k-cell--shown .k-num, .k-cell--shown .k-heading__num, .k-num, .k-heading__num");
      (number ? number.closest(".k-cell") : row).appendChild(tools);
      tools.hidden = false;
    }

    /** Back to the provision named in the address, where there is one. */
    function hide() {
      if (tools.contains(document.activeElement) || tools.matches(":hover")) return;
      var here = document.querySelector(".k-here");
      if (here) show(here);
      else tools.hidden = true;
    }

    var NUMBERS = ".k-num, .k-heading__num";
    document.addEventListener("focusin", function (event) {
      if (event.target.matches(NUMBERS)) show(event.target.closest(".k-row"));
      else if (!tools.contains(event.target)) hide();
    });
    document.addEventListener("pointerover", function (event) {
      if (event.pointerType !== "mouse") return;
      if (event.target.closest(NUMBERS)) show(event.target.closest(".k-row"));
      else if (!event.target.closest(".k-row") || event.target.closest(".k-row") !== current) hide();
    });
    document.addEventListener("keydown", function (event) { if (event.key === "Escape" && !tools.hidden) tools.hidden = true; });
    document.addEventListener("k-named", function () { tools.hidden = true; hide(); });
    document.addEventListener("click", function (event) {
      var number = event.target.closest(NUMBERS);
      if (number) show(number.closest(".k-row"));
    });
  }

  /** The provision named in the address: its number has the focus, so that it is read first. */
  function startTarget() {
    function mark() {
      all(".k-here").forEach(function (row) { row.classList.remove("k-here"); });
      var unit = named();
      var row = unit && unit.matches(".k-unit") ? unit.querySelector(".k-row") : null;
      if (row) row.classList.add("k-here");
      document.dispatchEvent(new CustomEvent("k-named"));
      if (!row) return;
      var number = all(".k-num, .k-heading__num", row).find(function (link) { return link.offsetParent !== null; });
      if (number) number.focus({ preventScroll: true });
    }
    addEventListener("hashchange", mark);
    mark();
    // a browser that goes to the place named takes the focus away again: once it is there, the number gets it back
    addEventListener("load", function () { setTimeout(mark, 0); });
  }

  /** Hover or focus on a reference opens the words it leads to, in the language it stands in, from this page's own data. */
  function startPreviews() {
    var box = make("div", "k-popover");
    var timer = 0;
    var link = null;
    box.id = "k-popover";
    box.setAttribute("role", "tooltip");
    box.hidden = true;
    document.body.appendChild(box);

    function show(reference) {
      var lang = reference.closest("[data-lang]").dataset.lang;
      var found = reference.dataset.targets.split(" ").map(function (key) {
        return all("template.k-preview").find(function (template) {
          return template.dataset.target === key && template.dataset.lang === lang;
        });
      }).filter(Boolean);
      if (!found.length) return;
      box.textContent = "";
      found.forEach(function (template) { box.appendChild(template.content.cloneNode(true)); });
      box.hidden = false;
      link = reference;
      link.setAttribute("aria-describedby", box.id);
      place(reference.getClientRects()[0]);
    }

    function place(at) {
      var left = Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - 16);
      var below = at.bottom + 6;
      var fits = below + box.offsetHeight < innerHeight || at.top < box.offsetHeight + 80;
      box.style.left = Math.max(16, left) + scrollX + "px";
      box.style.top = (fits ? below : at.top - box.offsetHeight - 6) + scrollY + "px";
    }

    function hide() {
      clearTimeout(timer);
      box.hidden = true;
      if (link) link.removeAttribute("aria-describedby");
      link = null;
    }

    function later(act, wait) { clearTimeout(timer); timer = setTimeout(act, wait); }

    document.addEventListener("pointerover", function (event) {
      if (event.pointerType !== "mouse") return;
      var reference = event.target.closest(".k-ref");
      if (reference) later(function () { show(reference); }, reference === link ? 0 : 250);
      else if (box.contains(event.target)) clearTimeout(timer);
      else if (!box.hidden) later(hide, 200);
      else clearTimeout(timer);
    });
    document.addEventListener("focusin", function (event) {
      if (event.target.matches(".k-ref")) show(event.target);
      else if (!box.contains(event.target)) hide();
    });
    document.addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
  }

  /** On a narrow screen one language at a time; the choice is kept; each provision can show its twin. */
  function startColumns() {
    all(".k-text").forEach(function (text) {
      var bar = text.querySelector(".k-switch");
      var buttons = bar ? all("button", bar) : [];
      if (buttons.length < 2) return;
      var langs = buttons.map(function (button) { return button.dataset.show; });
      bar.hidden = false;

      function show(lang) {
        var place = placeKept();
        text.dataset.shown = lang;
        all(".k-cell", text).forEach(function (cell) { cell.classList.toggle("k-cell--shown", cell.dataset.lang === lang); });
        all(".k-row--twin", text).forEach(function (row) { row.classList.remove("k-row--twin"); });
        buttons.forEach(function (button) { button.setAttribute("aria-pressed", String(button.dataset.show === lang)); });
        all(".k-twin", text).forEach(label);
        place();
      }

      /** The row at the top of the window stays there. @returns {function(): void} */
      function placeKept() {
        var row = all(".k-row", text).find(function (one) { return one.getBoundingClientRect().bottom > 80; });
        var top = row ? row.getBoundingClientRect().top : 0;
        return function () {
          if (row && scrollY > 0) scrollBy({ top: row.getBoundingClientRect().top - top, behavior: "instant" });
        };
      }

      function label(button) {
        var row = button.closest(".k-row");
        var others = langs.filter(function (lang) { return lang !== text.dataset.shown; });
        var open = row.classList.contains("k-row--twin");
        var names = others.map(nameOf).join(", ");
        button.textContent = others.map(function (lang) { return buttonOf(lang).dataset.short; }).join(" ");
        button.setAttribute("aria-label", word(open ? "hide-twin" : "show-twin", { language: names }));
        button.setAttribute("aria-expanded", String(open));
        var cell = row.querySelector(".k-cell--shown");
        var words = cell && (cell.querySelector(".k-words p:last-child, .k-heading") || cell.querySelector(".k-words"));
        if (words) words.appendChild(button);
      }

      function buttonOf(lang) { return buttons[langs.indexOf(lang)]; }

      function nameOf(lang) {
        var head = text.querySelector(".k-head[data-lang='" + lang + "']");
        return head.dataset.name || lang;
      }

      all(".k-row", text).forEach(function (row) {
        if (row.classList.contains("k-heads") || all(".k-cell:not(.k-cell--none)", row).length < 2) return;
        var button = make("button", "k-twin");
        button.lang = Kelisim.page.lang;
        button.addEventListener("click", function () {
          row.classList.toggle("k-row--twin");
          label(button);
          button.focus();
        });
        row.appendChild(button);
      });
      buttons.forEach(function (button) {
        button.addEventListener("click", function () {
          show(button.dataset.show);
          try { localStorage.setItem("kelisim.column", button.dataset.show); } catch (refused) { /* for this page only */ }
        });
      });
      var kept = null;
      try { kept = localStorage.getItem("kelisim.column"); } catch (refused) { kept = null; }
      show(langs.indexOf(kept) >= 0 ? kept : langs[0]);
    });
  }

  startColumns();
  startNotes();
  startTools();
  startPreviews();
  startTarget();
})(window.Kelisim);
