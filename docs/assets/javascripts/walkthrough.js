/**
 * A walkthrough one question at a time, and its result as a document.
 *
 * The questions stand on the page as sections; the script shows one of them and turns its answers into addresses. What
 * has been answered lives in the address after "#" and nowhere else, so back, reload and sharing work by themselves:
 *   #territory=there&offence=both              the next question, or the result when there is none
 *   #territory=there&offence=both&at=offence   that question, to change its answer
 *   #territory=there&at=result                 the result so far
 *   #q-offence                                 all questions on one page, at this one
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  var source = document.getElementById("k-walkthrough");
  if (!source) return;

  var SECTIONS = [
    ["must", ["must-refuse", "not-permitted"]],
    ["no-duty", ["no-duty", "no-duty-in-part"]],
    ["may", ["may-refuse", "may-grant"]],
    ["readings", ["both-readings"]],
    ["open", ["open", "open-after"]],
  ];
  var MONTHS = { "six-months": 6 };

  var walk = Kelisim.walk;
  var data = JSON.parse(source.textContent);
  var page = document.querySelector(".k-walk");
  var tools = page.querySelector(".k-walk__tools");
  var memo = page.querySelector(".k-memo");
  var answered = page.querySelector(".k-answered");
  var sections = Array.prototype.slice.call(page.querySelectorAll(".k-asked"));
  var site = document.title;

  /** @returns {string} the interface's words, their {…} filled in */
  function t(key, values) {
    return Object.keys(values || {}).reduce(function (text, name) {
      return text.replace("{" + name + "}", values[name]);
    }, data.words[key]);
  }

  /**
   * An element. parts: strings become text, elements are put in, anything empty is left out.
   * @param {string} tag
   * @param {Object<string, string>} attributes
   */
  function make(tag, attributes, parts) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    [].concat(parts || []).filter(Boolean).forEach(function (part) { element.append(part); });
    return element;
  }

  function link(href, text, attributes) { return make("a", Object.assign({ href: href }, attributes), text); }

  function button(text, act) {
    var element = make("button", { type: "button", "class": "k-button" }, text);
    element.addEventListener("click", act);
    return element;
  }

  /** The provisions as links, in the words a lawyer uses. */
  function cited(links) {
    var parts = [];
    links.forEach(function (one, place) { parts.push(place ? ", " : "", link(one[1], one[0])); });
    return make("span", { "class": "k-rests-on" }, parts);
  }

  /** The provisions themselves, in every language: copies of the rows that stand beside the questions. */
  function quoted(eids) {
    return make("div", { "class": "k-law" }, eids.map(function (eid) {
      return page.querySelector('.k-law__row[data-eid="' + eid + '"]').cloneNode(true);
    }));
  }

  function follow(item) {
    return make("li", {}, [
      item.says, item.by && make("span", { "class": "k-by" }, [make("b", {}, t("by")), " " + item.by + "."]), " ", cited(item.links),
    ]);
  }

  function doubt(text) { return text && make("p", { "class": "k-doubt" }, [make("b", {}, t("doubt")), " " + text]); }

  /** The ways in which the text can be read, or null when there is one. */
  function readings(finding) {
    return finding.readings.length && make("ol", { "class": "k-readings" }, finding.readings.map(function (reading, place) {
      return make("li", {}, [make("b", {}, t("reading", { n: place + 1 }) + ":"), " " + reading.says]);
    }));
  }

  /** One finding: the provision, what is found, the readings there are, the words it rests on. */
  function ground(found) {
    var finding = found.finding;
    return make("li", { "class": "k-ground k-finding k-finding--" + found.effect, "data-question": found.question }, [
      make("h4", {}, cited(finding.links)),
      make("p", {}, [make("strong", { "class": "k-effect" }, t("effect." + found.effect)), " " + finding.says]),
      readings(finding),
      doubt(finding.doubt),
      quoted(finding.rows),
    ]);
  }

  /** An open question: what is not known, and the way to answer it. */
  function openQuestion(found, answers) {
    var finding = found.finding;
    return make("li", { "class": "k-finding k-finding--" + found.effect, "data-question": found.question }, [
      finding.says + " ", cited(finding.links), " ", changeLink(found.question, answers), readings(finding), doubt(finding.doubt),
    ]);
  }

  function changeLink(question, answers) {
    return link(walk.writeHash(data, answers, question), t("change"), {
      "class": "k-change", "aria-label": t("change-of", { ask: data.questions[question].ask }),
    });
  }

  function section(name, body) {
    return make("section", { "class": "k-memo__section", "data-section": name }, [make("h3", {}, t("section." + name))].concat(body));
  }

  function grounds(result, answers) {
    return SECTIONS.map(function (one) {
      var found = result.found.filter(function (each) { return one[1].indexOf(each.effect) >= 0; });
      if (!found.length) return null;
      if (one[0] === "open") {
        return section("open", make("ul", {}, found.map(function (each) { return openQuestion(each, answers); })));
      }
      return section(one[0], make("ol", { "class": "k-grounds" }, found.map(ground)));
    });
  }

  /** What follows: the duties that were found, then what the answers and the outcome bring with them. */
  function after(result) {
    var duties = result.found.filter(function (found) { return found.effect === "duty"; });
    var seen = {};
    var items = result.follows.filter(function (item) {
      var key = item.says + item.by;
      var isNew = !seen[key];
      seen[key] = true;
      return isNew;
    });
    if (!duties.length && !items.length) return null;
    return section("after", [
      duties.length && make("ol", { "class": "k-grounds" }, duties.map(ground)),
      items.length && make("ul", { "class": "k-follows" }, items.map(follow)),
    ]);
  }

  function answerList(result, answers, current) {
    return make("ol", { "class": "k-answered__list" }, result.steps.map(function (step) {
      var question = data.questions[step.question];
      return make("li", step.question === current ? { "aria-current": "step" } : {}, [
        make("span", { "class": "k-answered__ask" }, question.ask), " ", cited(question.links), " ",
        make("b", {}, question.choices[step.answer].label), " ", changeLink(step.question, answers),
      ]);
    }));
  }

  /** @returns {string} how strong the outcome is, for its colour: "must" only where extradition must be refused */
  function tone(outcome) {
    if (outcome.when.indexOf("must-refuse") >= 0) return "must";
    return outcome.when.indexOf("both-readings") >= 0 ? "readings" : "plain";
  }

  /** The result as a document: answer, grounds in order with their words, what follows, the answers it rests on. */
  function showMemo(result, answers) {
    var outcome = data.outcomes[result.outcome];
    var decisive = result.found.some(function (found) { return SECTIONS.some(function (one) { return one[1].indexOf(found.effect) >= 0; }); });
    memo.replaceChildren.apply(memo, [
      make("h2", { tabindex: "-1", "class": "k-memo__outcome k-memo__outcome--" + tone(outcome) }, outcome.says),
      make("p", { "class": "k-memo__explains" }, [outcome.explains + " ", cited(outcome.links)]),
      make("p", { "class": "k-memo__about" }, [t("memo.about"), result.pending ? " " + t("memo.pending") : ""]),
      result.pending && make("p", { "class": "k-memo__go-on" }, link(walk.writeHash(data, answers), t("continue"), { "class": "k-button" })),
    ].concat(
      decisive ? grounds(result, answers) : result.pending ? [] : make("p", { "class": "k-memo__none" }, t("memo.none")),
      after(result),
      section("answers", answerList(result, answers))
    ).filter(Boolean));
  }

  function showTools(result, answers, at) {
    var order = result.steps.map(function (step) { return step.question; });
    var place = order.indexOf(at);
    var before = order[(place < 0 ? order.length : place) - 1];
    tools.replaceChildren.apply(tools, (at === walk.RESULT ? [
      button(t("print"), function () { window.print(); }),
      button(t("copy"), copyAddress),
    ] : [
      make("span", { "class": "k-walk__place" }, t("question", { n: (place < 0 ? order.length : place) + 1 })),
    ]).concat([
      before && link(walk.writeHash(data, answers, before), t("back"), { rel: "prev" }),
      at !== walk.RESULT && order.length && link(walk.writeHash(data, answers, walk.RESULT), t(result.pending ? "result" : "result-full")),
      place >= 0 && link(walk.writeHash(data, answers), t(result.pending ? "continue" : "result-full")),
      link("#q-" + (at === walk.RESULT ? data.start : at), t("all")),
      order.length && link("#", t("again")),
    ].filter(Boolean)));
    tools.hidden = false;
  }

  /** Copies the address with the answers; says what came of it in the button itself. */
  function copyAddress(event) {
    var target = event.currentTarget;
    var done = function () { target.textContent = t("copied"); };
    var refused = function () { target.textContent = t("copy-by-hand"); };
    if (!navigator.clipboard) return refused();
    navigator.clipboard.writeText(location.href).then(done, refused);
  }

  function showQuestion(shown, answers, at) {
    sections.forEach(function (one) { one.hidden = one !== shown; });
    if (!shown) return;
    shown.querySelectorAll(".k-answer").forEach(function (answer) {
      var changed = Object.assign({}, answers);
      changed[at] = answer.dataset.answer;
      answer.setAttribute("href", walk.writeHash(data, changed));
      if (answers[at] === answer.dataset.answer) answer.setAttribute("aria-current", "true");
      else answer.removeAttribute("aria-current");
    });
  }

  /** The page as it is without script, at one question; its answers lead to one another again. */
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
    tools.hidden = false;
    tools.replaceChildren(link("#", t("steps")));
    document.title = site;
    var target = document.getElementById(location.hash.slice(1));
    if (target) target.scrollIntoView();
  }

  /** Shows what the address says. moved: the reader came here from another step. */
  function show(moved) {
    if (/^#(q-|outcomes$)/.test(location.hash)) return showAll();
    var state = walk.readHash(location.hash);
    var result = walk.findings(data, state.answers);
    var asked = result.steps.map(function (step) { return step.question; }).concat(result.pending || []);
    var at = asked.indexOf(state.at) >= 0 || state.at === walk.RESULT ? state.at : result.pending || walk.RESULT;
    var shown = sections.find(function (one) { return one.dataset.question === at; });
    page.classList.add("k-walk--steps");
    showQuestion(shown, state.answers, at);
    showTools(result, state.answers, at);
    memo.hidden = at !== walk.RESULT;
    if (!memo.hidden) showMemo(result, state.answers);
    answered.hidden = !result.steps.length || !memo.hidden;
    answered.replaceChildren(make("h2", {}, t("answered")), answerList(result, state.answers, at));
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
    var said = make("output", {});
    var box = make("fieldset", { "class": "k-reckon" }, [
      make("legend", {}, t("reckon")),
      make("label", {}, [t("reckon.start"), start]), make("label", {}, [t("reckon.end"), end]), said,
    ]);
    box.addEventListener("input", function () {
      said.textContent = start.value && end.value
        ? t(walk.atLeastMonths(months, start.value, end.value) ? "reckon.yes" : "reckon.no") : "";
    });
    section.querySelector(".k-answers").before(box);
  }

  page.querySelectorAll(".k-answer").forEach(function (answer) { answer.dataset.plain = answer.getAttribute("href"); });
  sections.filter(function (one) { return one.dataset.reckon; }).forEach(addReckoning);
  window.addEventListener("hashchange", function () { show(true); });
  show(false);
})(window.Kelisim);
