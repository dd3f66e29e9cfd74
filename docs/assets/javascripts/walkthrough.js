/**
 * A walkthrough one question at a time, and its result as a document.
 *
 * The questions stand on the page as sections; the script shows one of them and turns its answers into addresses (see
 * walkthrough-address.js). Nothing is kept anywhere else unless the reader asks for it.
 *   #q-offence, #outcomes, #flow               all questions on one page, at this place
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  var source = document.getElementById("k-walkthrough");
  if (!source) return;

  var MONTHS = { "six-months": 6 };
  var WHOLE = /^#(q-|outcomes$|flow$)/;

  var walk = Kelisim.walk;
  var make = Kelisim.walkView.make;
  var link = Kelisim.walkView.link;
  var data = JSON.parse(source.textContent);
  var t = Kelisim.walkDocument.words.bind(null, data);
  var page = document.querySelector(".k-walk");
  var tools = page.querySelector(".k-walk__tools");
  var said = page.querySelector(".k-walk__said");
  var memo = page.querySelector(".k-memo");
  var answered = page.querySelector(".k-answered");
  var flow = page.querySelector(".k-flow");
  var sections = Array.prototype.slice.call(page.querySelectorAll(".k-asked"));
  var site = document.title;
  var store = "kelisim.walk." + data.name;
  var state = { answers: {}, days: {}, wrong: {} };
  var caseName = "";
  var view = Kelisim.walkView.of(data, page, function (question) { return address(question); });

  function address(at) { return Kelisim.walkAddress.write(data, state.answers, state.days, at); }

  function button(text, act) {
    var element = make("button", { type: "button", "class": "k-button" }, text);
    element.addEventListener("click", act);
    return element;
  }

  function today() { return Kelisim.limitWords.date(Kelisim.dates.today()); }

  function memoDocument(result) {
    return Kelisim.walkDocument.make(data, result, view.quote, { case: caseName, made: today(), days: state.days });
  }

  function fileName(ending) { return data.name.replace("/", "-") + "." + ending; }

  // ---- what the reader does with the result

  /** Copies; says what came of it in the button itself. */
  function copy(text, event, words) {
    var target = event.currentTarget;
    var refused = function () { target.textContent = t(words[1]); words[2](); };
    if (!navigator.clipboard) return refused();
    navigator.clipboard.writeText(text).then(function () { target.textContent = t(words[0]); }, refused);
  }

  function copyText(result, event) {
    var text = Kelisim.walkText(memoDocument(result));
    copy(text, event, ["copied-text", "copy-text-by-hand", function () {
      var box = make("textarea", { "class": "k-memo__text", readonly: "", rows: "12", "aria-label": t("copy-text") });
      box.value = text;
      memo.prepend(box);
      box.focus();
      box.select();
    }]);
  }

  /** The dates as a file for a calendar; without a date there is none, and the button says so. */
  function saveCalendar(result, event) {
    var entries = Kelisim.walkDates.entries(data.limits, walk.limitsNamed(data, result), state.days);
    if (!entries.length) {
      event.currentTarget.textContent = t("ics-none");
      return;
    }
    var text = Kelisim.ics(entries, { name: data.title, lang: data.lang, stamp: new Date().toISOString() });
    Kelisim.saveFile(fileName("ics"), "text/calendar", text);
  }

  function keep(event) {
    var target = event.currentTarget;
    try {
      localStorage.setItem(store, address());
      target.textContent = t("kept");
    } catch (refused) {
      target.textContent = t("keep-refused");
    }
  }

  function kept() {
    try { return localStorage.getItem(store); } catch (refused) { return null; }
  }

  function forget() {
    try { localStorage.removeItem(store); } catch (refused) { /* then nothing was kept */ }
    show(false);
  }

  function resultTools(result) {
    var box = make("input", { type: "text", maxlength: "200", autocomplete: "off" });
    box.value = caseName;
    box.addEventListener("input", function () {
      caseName = box.value.trim();
      memo.querySelector(".k-memo__case").textContent = caseName ? t("case-of", { name: caseName }) : "";
    });
    return [
      button(t("print"), function () { window.print(); }),
      button(t("copy-text"), function (event) { copyText(result, event); }),
      button(t("docx"), function () { Kelisim.saveFile(fileName("docx"), Kelisim.walkDocx.TYPE, Kelisim.walkDocx.make(memoDocument(result))); }),
      walk.limitsNamed(data, result).length && button(t("ics"), function (event) { saveCalendar(result, event); }),
      button(t("copy"), function (event) { copy(location.href, event, ["copied", "copy-by-hand", function () {}]); }),
      button(t("keep"), keep),
      make("label", { "class": "k-walk__case" }, [t("case"), box]),
    ].filter(Boolean);
  }

  // ---- what is shown

  function showTools(result, at) {
    var order = result.steps.map(function (step) { return step.question; });
    var place = order.indexOf(at);
    var number = (place < 0 ? order.length : place) + 1;
    var before = order[number - 2];
    var most = walk.mostSteps(data, result);
    tools.replaceChildren.apply(tools, (at === walk.RESULT ? resultTools(result) : [
      make("span", { "class": "k-walk__place" }, t("question", { n: number, most: most })),
      make("progress", { "class": "k-walk__progress", value: String(order.length), max: String(most), "aria-hidden": "true" }),
    ]).concat([
      before && link(address(before), t("back"), { rel: "prev" }),
      at !== walk.RESULT && order.length && link(address(walk.RESULT), t(result.pending ? "result" : "result-full")),
      place >= 0 && link(address(), t(result.pending ? "continue" : "result-full")),
      link("#q-" + (at === walk.RESULT ? data.start : at), t("all")),
      flow && link("#flow", t("flow")),
      order.length && link("#", t("again")),
    ].filter(Boolean)));
    tools.hidden = false;
  }

  /** What was wrong with the address, and the offer of what was kept. */
  function showSaid() {
    var offer = Object.keys(state.answers).length ? null : kept();
    said.replaceChildren.apply(said, [
      state.dropped.length && make("p", {}, t("dropped") + " " + state.dropped.join(", ") + "."),
      state.contradicted.length && make("p", {}, t("contradicted") + " " + state.contradicted.map(function (name) { return data.questions[name].ask; }).join(" ")),
      offer && make("p", {}, [t("kept-offer"), " ", link(offer, t("kept-open")), " ", button(t("kept-forget"), forget)]),
    ].filter(Boolean));
  }

  function showQuestion(shown, at) {
    sections.forEach(function (one) { one.hidden = one !== shown; });
    if (!shown) return;
    shown.querySelectorAll(".k-answer").forEach(function (answer) {
      var changed = Object.assign({}, state.answers);
      changed[at] = answer.dataset.answer;
      answer.setAttribute("href", Kelisim.walkAddress.write(data, changed, state.days));
      if (state.answers[at] === answer.dataset.answer) answer.setAttribute("aria-current", "true");
      else answer.removeAttribute("aria-current");
    });
  }

  /** Fields for the days that the time limits `names` run from. What is entered goes into the address, and into every link. */
  function datesPanel(names) {
    var shown = {
      names: names, days: state.days, wrong: state.wrong, table: data.table,
      unknown: function (events) { return t("dates.unknown", { events: events }); },
    };
    return Kelisim.walkDates.panel(data.limits, shown, function (event, day) {
      delete state.wrong[event];
      if (day) state.days[event] = day;
      else delete state.days[event];
      history.replaceState(null, "", address(state.at) === "#" ? location.href.split("#")[0] : address(state.at));
      page.querySelectorAll('a[href^="#"]').forEach(function (one) {
        var hash = one.getAttribute("href");
        if (hash === "#" || WHOLE.test(hash)) return;
        var leads = Kelisim.walkAddress.read(data, hash);
        one.setAttribute("href", Kelisim.walkAddress.write(data, leads.answers, state.days, leads.at));
      });
    });
  }

  /** Under a question that names time limits: the days they run from. */
  function showDates(shown, at) {
    page.querySelectorAll(".k-asked .k-walk__dates").forEach(function (one) { one.remove(); });
    if (shown && data.questions[at].limits.length) shown.querySelector(".k-asked__ask").append(datesPanel(data.questions[at].limits));
  }

  /** Marks in the picture where the reader is and has been. */
  function markFlow(result, at) {
    if (!flow) return;
    var been = result.steps.map(function (step) { return step.question; });
    flow.querySelectorAll(".k-flow__box").forEach(function (box) {
      var name = box.dataset.box;
      box.classList.toggle("k-flow__box--been", been.indexOf(name) >= 0);
      box.classList.toggle("k-flow__box--here", name === at);
    });
  }

  /** The page as it is without script, at one place; its answers lead to one another again. */
  function showAll() {
    page.classList.remove("k-walk--steps");
    sections.forEach(function (one) {
      one.hidden = false;
      one.querySelectorAll(".k-answer").forEach(function (answer) {
        answer.setAttribute("href", answer.dataset.plain);
        answer.removeAttribute("aria-current");
      });
    });
    memo.hidden = answered.hidden = true;
    said.replaceChildren();
    tools.hidden = false;
    tools.replaceChildren(link(address() || "#", t("steps")));
    if (flow) flow.open = true;
    markFlow(walk.findings(data, state.answers), "");
    document.title = site;
    var target = document.getElementById(location.hash.slice(1));
    if (target) target.scrollIntoView();
  }

  /** Shows what the address says. moved: the reader came here from another step. */
  function show(moved) {
    if (WHOLE.test(location.hash)) return showAll();
    var isFirst = !page.classList.contains("k-walk--steps");
    state = Kelisim.walkAddress.read(data, location.hash);
    var result = walk.findings(data, state.answers);
    var asked = result.steps.map(function (step) { return step.question; }).concat(result.pending || []);
    var at = asked.indexOf(state.at) >= 0 || state.at === walk.RESULT ? state.at : result.pending || walk.RESULT;
    var shown = sections.find(function (one) { return one.dataset.question === at; });
    page.classList.add("k-walk--steps");
    if (flow && isFirst) flow.open = false;
    showQuestion(shown, at);
    showDates(shown, at);
    showTools(result, at);
    showSaid();
    markFlow(result, at);
    memo.hidden = at !== walk.RESULT;
    if (!memo.hidden) memo.replaceChildren.apply(memo, view.memo(memoDocument(result), result.pending && address(), function () {
      return datesPanel(walk.limitsNamed(data, result));
    }));
    answered.hidden = !result.steps.length || !memo.hidden;
    answered.replaceChildren(make("h2", {}, t("answered")), view.answers(result, at));
    var heading = shown ? shown.querySelector("h2") : memo.querySelector("h2");
    document.title = heading.textContent + " · " + site;
    if (moved) {
      heading.focus({ preventScroll: true });
      (memo.hidden ? tools : page).scrollIntoView({ block: "start" });
    }
  }

  /** A reckoning that helps with an answer; the reader still chooses it. */
  function addReckoning(section) {
    var months = MONTHS[section.dataset.reckon];
    var start = make("input", { type: "date", name: "start" });
    var end = make("input", { type: "date", name: "end" });
    var output = make("output", {});
    var box = make("fieldset", { "class": "k-reckon" }, [
      make("legend", {}, t("reckon")),
      make("label", {}, [t("reckon.start"), start]), make("label", {}, [t("reckon.end"), end]), output,
    ]);
    box.addEventListener("input", function () {
      output.textContent = start.value && end.value
        ? t(Kelisim.dates.atLeastMonths(months, start.value, end.value) ? "reckon.yes" : "reckon.no") : "";
    });
    section.querySelector(".k-answers").before(box);
  }

  page.querySelectorAll(".k-answer").forEach(function (answer) { answer.dataset.plain = answer.getAttribute("href"); });
  sections.filter(function (one) { return one.dataset.reckon; }).forEach(addReckoning);
  window.addEventListener("hashchange", function () { show(true); });
  show(false);
})(window.Kelisim);
