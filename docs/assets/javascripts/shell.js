/**
 * The frame of the page: appearance, drawer, the key to the search, the reader's last language.
 * Classic script; nothing here is needed to read the page.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  var PALETTES = ["auto", "light", "dark"];
  var html = document.documentElement;

  /** @param {string} key @returns {string|null} what this browser keeps under `key`, or null where it keeps nothing */
  function recall(key) {
    try { return localStorage.getItem("kelisim." + key); } catch (refused) { return null; }
  }

  /** @param {string} key @param {string} value */
  function remember(key, value) {
    try { localStorage.setItem("kelisim." + key, value); } catch (refused) { /* then it holds for this page only */ }
  }

  /** Light or dark as chosen; "auto" follows the system, also when it changes. */
  function startPalette() {
    var button = document.getElementById("k-palette");
    var system = matchMedia("(prefers-color-scheme: dark)");
    var choice = recall("palette");
    if (PALETTES.indexOf(choice) < 0) choice = "auto";

    function show() {
      var dark = choice === "dark" || (choice === "auto" && system.matches);
      html.setAttribute("data-md-color-scheme", dark ? "slate" : "default");
      button.dataset.choice = choice;
      button.title = button.dataset[choice];
      button.setAttribute("aria-label", button.dataset[choice]);
    }

    button.addEventListener("click", function () {
      choice = PALETTES[(PALETTES.indexOf(choice) + 1) % PALETTES.length];
      remember("palette", choice);
      show();
    });
    system.addEventListener("change", show);
    button.hidden = false;
    show();
  }

  /** The drawer of a narrow screen: while it is open nothing else can be reached; closing gives the focus back. */
  function startDrawer() {
    var drawer = document.getElementById("k-drawer");
    var menu = document.getElementById("k-menu");
    var close = document.getElementById("k-drawer-close");
    var narrow = matchMedia("(max-width: 59.99rem)");

    function isOpen() { return document.body.classList.contains("k-drawer-open"); }

    function setOpen(open) {
      document.body.classList.toggle("k-drawer-open", open);
      menu.setAttribute("aria-expanded", String(open));
      document.querySelectorAll(".k-skip, .k-header, .k-main, .k-footer").forEach(function (part) { part.inert = open; });
      if (open) {
        drawer.setAttribute("role", "dialog");
        drawer.setAttribute("aria-modal", "true");
        drawer.setAttribute("aria-label", drawer.dataset.label);
        close.focus();
        var here = drawer.querySelector(".k-articles__list [aria-current]");
        if (here) here.scrollIntoView({ block: "nearest" });
      } else {
        ["role", "aria-modal", "aria-label"].forEach(function (name) { drawer.removeAttribute(name); });
      }
    }

    function shut() {
      if (!isOpen()) return;
      setOpen(false);
      menu.focus();
    }

    menu.setAttribute("role", "button");
    menu.setAttribute("aria-expanded", "false");
    close.hidden = false;
    menu.addEventListener("click", function (event) { event.preventDefault(); setOpen(true); });
    menu.addEventListener("keydown", function (event) {
      if (event.key === " ") { event.preventDefault(); setOpen(true); }
    });
    close.addEventListener("click", shut);
    drawer.addEventListener("click", function (event) { if (event.target.closest("a")) shut(); });
    document.addEventListener("pointerdown", function (event) {
      if (isOpen() && !drawer.contains(event.target)) { event.preventDefault(); shut(); }
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && isOpen()) { event.preventDefault(); shut(); }
    });
    narrow.addEventListener("change", function () { if (!narrow.matches && isOpen()) setOpen(false); });
  }

  /** The list of articles begins at the one that is read. */
  function showCurrentArticle() {
    var list = document.querySelector(".k-articles");
    var here = list && list.querySelector(".k-articles__list [aria-current]");
    if (!here) return;
    var below = here.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom;
    if (below > -60) list.scrollTop += below + list.clientHeight / 2;
  }

  /** @param {Element|null} element @returns {boolean} whether keys typed there are text */
  function takesText(element) {
    return Boolean(element && element.closest("input, textarea, select, [contenteditable]"));
  }

  /** The key "/" leads to the search; by its place too, since a Kazakh keyboard has another sign there. */
  function startSearchKey() {
    document.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.key !== "/" && !(event.code === "Slash" && !event.shiftKey)) return;
      if (takesText(document.activeElement) || document.body.classList.contains("k-drawer-open")) return;
      event.preventDefault();
      var input = document.getElementById("k-search-input") || document.getElementById("k-find");
      input.focus();
      input.select();
    });
  }

  /** The switch keeps the place in the page; the first page of the site leads to the language read last. */
  function startLanguages() {
    remember("lang", Kelisim.page.lang);
    document.querySelectorAll("[data-k-language]").forEach(function (link) {
      var address = link.getAttribute("href");
      link.addEventListener("click", function () {
        link.setAttribute("href", address + location.search + location.hash);
        remember("lang", link.dataset.kLanguage);
      });
    });
  }

  startPalette();
  startDrawer();
  showCurrentArticle();
  startSearchKey();
  startLanguages();
})(window.Kelisim);
