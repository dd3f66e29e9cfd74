/**
 * The result of a walkthrough as a document: what it says, section by section, before it is a page, a text or a .docx.
 * Pure: the words come from `data`, the law's words from `quote`.
 *
 * @typedef {{lang: string, dir: string, heading: string, num: string, text: string}} Cell
 * @typedef {{kind: string, [name: string]: *}} Item
 *   kind "finding": question, effect, word, says, links, readings [{name, says, leads}], doubt, rows [Cell[]]
 *   kind "open":    the same, with ask
 *   kind "follow":  says, by, links
 *   kind "date":    says, links, readings [{name, from, counts [{name, last, then}]}], then, doubts: a time limit
 *   kind "note":    says, links
 *   kind "see":     title, href, says, cites
 *   kind "answer":  question, ask, label, links
 *   kind "line":    says
 * @typedef {{name: string, heading: string, items: Item[]}} Section
 * @typedef {{title: string, treaty: string, case: string, made: string, guide: string, says: string, tone: string,
 *   explains: string, links: string[][], about: string[], sections: Section[]}} MemoDocument
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  var SECTIONS = [ // in the order of the document: what the text commands before what it leaves open
    ["must", ["not-permitted", "must-refuse"]],
    ["grant", ["must-grant"]],
    ["required", ["missing", "required"]],
    ["no-duty", ["no-duty", "no-duty-in-part"]],
    ["may", ["may-grant", "may-refuse"]],
    ["right", ["permitted", "right"]],
    ["readings", ["both-readings"]],
    ["unclear", ["unclear"]],
    ["open", ["open", "open-after"]],
    ["after", ["duty", "time-limit"]],
  ];
  var TONES = { "must-refuse": "must", "not-permitted": "must", "both-readings": "readings", "unclear": "readings" };

  /** @returns {string} the interface's words, their {…} filled in */
  function words(data, key, values) {
    return Object.keys(values || {}).reduce(function (text, name) {
      return text.split("{" + name + "}").join(values[name]);
    }, data.words[key]);
  }

  function unique(items, key) {
    var seen = {};
    return items.filter(function (item) {
      var name = "$" + key(item);
      var isNew = !seen[name];
      seen[name] = true;
      return isNew;
    });
  }

  /**
   * @param {object} data as build_scripts/pages/walkthrough.py writes it
   * @param {Memo} result of Kelisim.walk.findings
   * @param {function(string): Cell[]} quote the words of a provision, a cell a language
   * @param {{case: string, made: string, days: Object<string, string>}} about what the reader calls the case; today, in
   *   words; event -> its day
   * @returns {MemoDocument}
   */
  function memoDocument(data, result, quote, about) {
    var t = words.bind(null, data);
    var outcome = data.outcomes[result.outcome];

    /** What a finding rests on, in the words of the text. The words around a list stand once a section: `seen`. */
    function quoted(one, seen) {
      return one.rows.filter(function (eid) {
        var isCited = one.cites.some(function (cited) { return eid === cited || eid.indexOf(cited + "__") === 0; });
        var isNew = !seen["$" + eid];
        seen["$" + eid] = true;
        return isCited || isNew;
      }).map(quote);
    }

    function finding(seen, found) {
      var one = found.finding;
      return {
        kind: "finding", question: found.question, effect: found.effect, word: t("effect." + found.effect), says: one.says,
        links: one.links, doubt: one.doubt, rows: quoted(one, seen),
        readings: one.readings.map(function (reading, place) {
          return { name: t("reading", { n: place + 1 }), says: reading.says, leads: t("effect." + reading.leads) };
        }),
      };
    }

    function open(found) {
      return Object.assign(finding({}, found), { kind: "open", ask: found.question ? data.questions[found.question].ask : "" });
    }

    function follows() {
      return unique(result.follows, function (item) { return item.says + item.by; }).map(function (item) {
        return { kind: "follow", says: item.says, by: item.by, links: item.links };
      });
    }

    /** What is doubtful in the words that a finding rests on: what its question says of them, and the editor's notes. */
    function doubts() {
      var rows = {};
      var asked = [];
      result.found.forEach(function (found) {
        var question = data.questions[found.question];
        if (question && question.doubt) asked.push({ kind: "note", says: question.doubt, links: question.links });
        found.finding.rows.forEach(function (eid) { rows[eid] = true; });
      });
      var notes = data.notes.filter(function (note) { return rows[note.eid]; }).map(function (note) {
        return { kind: "note", says: note.says, links: note.links };
      });
      return unique(asked.concat(notes), function (note) { return note.says; });
    }

    function also() {
      var links = outcome.see.slice();
      result.steps.forEach(function (step) {
        var question = data.questions[step.question];
        links = links.concat(question.see, question.choices[step.answer].see);
      });
      return unique(links, function (link) { return link.href; }).map(function (link) {
        return Object.assign({ kind: "see" }, link);
      });
    }

    function answers() {
      return result.steps.map(function (step) {
        var question = data.questions[step.question];
        return {
          kind: "answer", question: step.question, ask: question.ask, label: question.choices[step.answer].label,
          links: question.links,
        };
      });
    }

    var sections = SECTIONS.map(function (one) {
      var found = result.found.filter(function (each) { return one[1].indexOf(each.effect) >= 0; });
      var items = found.map(one[0] === "open" ? open : finding.bind(null, {}));
      return { name: one[0], items: one[0] === "after" ? items.concat(follows()) : items };
    });
    sections.push(
      { name: "dates", items: Kelisim.walkDates.items(data.limits, Kelisim.walk.limitsNamed(data, result), about.days, function (names) {
        return t("dates.unknown", { events: names });
      }) },
      { name: "doubts", items: doubts() }, { name: "see", items: also() }, { name: "answers", items: answers() },
      { name: "edition", items: data.edition.map(function (line) { return { kind: "line", says: line }; }) }
    );
    var isDecided = result.found.some(function (found) { return ["duty", "time-limit"].indexOf(found.effect) < 0; });
    return {
      title: data.title, treaty: data.treaty, case: about.case ? t("case-of", { name: about.case }) : "",
      made: t("made", { date: about.made }), guide: data.guide, lang: data.lang,
      says: outcome.says, tone: TONES[outcome.kind] || "plain", explains: outcome.explains, links: outcome.links,
      about: [t("memo.about")].concat(
        result.pending ? t("memo.pending") : [], isDecided || result.pending ? [] : t("memo.none")
      ),
      sections: sections.filter(function (section) { return section.items.length; }).map(function (section) {
        return { name: section.name, heading: t("section." + section.name), items: section.items };
      }),
    };
  }

  Kelisim.walkDocument = { words: words, make: memoDocument };
})(window.Kelisim);
