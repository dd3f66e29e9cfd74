/**
 * The result of a walkthrough as elements of the page. Words are put in as text, never as markup.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

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

  /** The provisions as links, in the words a lawyer uses. */
  function cited(links) {
    var parts = [];
    links.forEach(function (one, place) { parts.push(place ? ", " : "", link(one[1], one[0])); });
    return make("span", { "class": "k-rests-on" }, parts);
  }

  /**
   * @param {object} data the walkthrough
   * @param {Element} page what holds the law's rows
   * @param {function(string): string} toQuestion the address at which a question's answer can be changed
   */
  function view(data, page, toQuestion) {
    var t = Kelisim.walkDocument.words.bind(null, data);

    function row(eid) {
      return Array.prototype.find.call(page.querySelectorAll(".k-law__row[data-eid]"), function (one) { return one.dataset.eid === eid; });
    }

    function change(question, ask) {
      return link(toQuestion(question), t("change"), { "class": "k-change", "aria-label": t("change-of", { ask: ask }) });
    }

    function doubt(text) { return text && make("p", { "class": "k-doubt" }, [make("b", {}, t("doubt")), " " + text]); }

    function readings(all) {
      return all.length && make("ol", { "class": "k-readings" }, all.map(function (reading) {
        return make("li", {}, [
          make("b", {}, reading.name + ":"), " " + reading.says + " ", make("span", { "class": "k-leads" }, t("leads") + " " + reading.leads),
        ]);
      }));
    }

    function finding(item) {
      return make("li", { "class": "k-ground k-finding k-finding--" + item.effect, "data-question": item.question }, [
        make("h4", {}, cited(item.links)),
        make("p", {}, [make("strong", { "class": "k-effect" }, item.word), " " + item.says]),
        readings(item.readings), doubt(item.doubt),
        make("div", { "class": "k-law" }, item.rows.map(function (cells) { return row(cells.eid).cloneNode(true); })),
      ]);
    }

    var ITEMS = {
      finding: finding,
      open: function (item) {
        return make("li", { "class": "k-finding k-finding--" + item.effect, "data-question": item.question }, [
          item.says + " ", cited(item.links), " ", item.question && change(item.question, item.ask), readings(item.readings), doubt(item.doubt),
        ]);
      },
      follow: function (item) {
        return make("li", {}, [
          item.says, item.by && make("span", { "class": "k-by" }, [make("b", {}, t("by")), " " + item.by + "."]), " ", cited(item.links),
        ]);
      },
      note: function (item) { return make("li", {}, [cited(item.links), ": " + item.says]); },
      see: function (item) { return make("li", {}, [link(item.href, item.title), ": " + item.says + " (" + item.cites + ")"]); },
      line: function (item) { return make("li", {}, item.says); },
      answer: function (item) {
        return make("li", {}, [
          make("span", { "class": "k-answered__ask" }, item.ask), " ", cited(item.links), " ", make("b", {}, item.label), " ", change(item.question, item.ask),
        ]);
      },
    };
    var LISTS = { finding: "k-grounds", follow: "k-follows", answer: "k-answered__list", note: "k-notes", line: "k-edition" };

    /** Items of one kind after another make a list each. */
    function lists(items) {
      var made = [];
      items.forEach(function (item, place) {
        if (!place || items[place - 1].kind !== item.kind) {
          made.push(make(item.kind === "finding" || item.kind === "answer" ? "ol" : "ul", { "class": LISTS[item.kind] || "" }));
        }
        made[made.length - 1].append(ITEMS[item.kind](item));
      });
      return made;
    }

    return {
      /** @returns {Cell[]} the words of a provision, read off the page; `eid` names its row */
      quote: function (eid) {
        var cells = Array.prototype.map.call(row(eid).querySelectorAll(".k-law__cell"), function (cell) {
          var heading = cell.querySelector(".k-law__heading");
          var num = cell.querySelector(".k-law__num");
          var words = cell.querySelector("p:not(.k-law__heading)");
          var number = num ? num.textContent.trim() : "";
          var text = words ? words.textContent.trim() : "";
          return {
            lang: cell.lang, dir: cell.dir, heading: heading ? heading.textContent.trim() : "", num: number,
            text: number && text.indexOf(number) === 0 ? text.slice(number.length).trim() : text,
          };
        });
        cells.eid = eid;
        return cells;
      },

      /**
       * The whole result.
       * @param {MemoDocument} memo
       * @param {?string} onward the address of the next question, where one is open
       * @param {function(): Element} dates the fields and the dates that follow from them, for that section
       * @returns {Element[]}
       */
      memo: function (memo, onward, dates) {
        return [
          make("p", { "class": "k-memo__case" }, memo.case),
          make("h2", { tabindex: "-1", "class": "k-memo__outcome k-memo__outcome--" + memo.tone }, memo.says),
          make("p", { "class": "k-memo__explains" }, [memo.explains + " ", cited(memo.links)]),
          make("p", { "class": "k-memo__about" }, memo.about.join(" ")),
          make("p", { "class": "k-memo__made" }, memo.made + ". " + memo.guide),
          onward && make("p", { "class": "k-memo__go-on" }, link(onward, t("continue"), { "class": "k-button" })),
        ].concat(memo.sections.map(function (section) {
          return make("section", { "class": "k-memo__section", "data-section": section.name }, [make("h3", {}, section.heading)].concat(
            section.name === "dates" ? [make("p", { "class": "k-walk__hint" }, t("dates.how")), dates()] : lists(section.items)));
        })).filter(Boolean);
      },

      /** The answers given, each with the way to change it. current: the question that is shown */
      answers: function (result, current) {
        return make("ol", { "class": "k-answered__list" }, result.steps.map(function (step) {
          var question = data.questions[step.question];
          return make("li", step.question === current ? { "aria-current": "step" } : {}, [
            make("span", { "class": "k-answered__ask" }, question.ask), " ", make("b", {}, question.choices[step.answer].label), " ",
            change(step.question, question.ask),
          ]);
        }));
      },
    };
  }

  Kelisim.walkView = { make: make, link: link, of: view };
})(window.Kelisim);
