/**
 * What a set of answers amounts to: the twin of `findings` in build_scripts/decide.py. Both run the cases in
 * tests/cases/walkthrough.json. Pure: it touches neither the page nor the address.
 */
window.Kelisim = window.Kelisim || {};

/**
 * @typedef {{question: string, answer: string}} Step
 * @typedef {{question: string, answer: string, effect: string, cites: string[]}} Found
 * @typedef {{steps: Step[], pending: ?string, found: Found[], outcome: string, follows: object[]}} Memo
 */
(function (Kelisim) {
  "use strict";

  var RESULT = "result";
  var OPEN = "open";

  /** @returns {boolean} whether `object` itself has `name` */
  function has(object, name) { return Object.prototype.hasOwnProperty.call(object, name); }

  /**
   * The way that the answers take, up to the first question without a known answer.
   * @param {object} data as build_scripts/pages/walkthrough.py writes it
   * @param {Object<string, string>} answers question name -> answer name
   * @returns {{steps: Step[], pending: ?string}}
   */
  function way(data, answers) {
    var steps = [];
    var name = data.start;
    while (name !== RESULT) {
      var choices = data.questions[name].choices;
      if (!has(answers, name) || !has(choices, answers[name])) return { steps: steps, pending: name };
      steps.push({ question: name, answer: answers[name] });
      name = choices[answers[name]].next;
    }
    return { steps: steps, pending: null };
  }

  /**
   * What `answers` amount to. Answers to questions that are not on the way are left out; what has not been asked
   * counts as open.
   * @returns {Memo}
   */
  function findings(data, answers) {
    var taken = way(data, answers);
    var choices = taken.steps.map(function (step) { return data.questions[step.question].choices[step.answer]; });
    var found = taken.steps
      .map(function (step, place) {
        var finding = choices[place].finding;
        return finding && { question: step.question, answer: step.answer, effect: finding.effect, cites: finding.cites };
      })
      .filter(Boolean)
      .sort(function (one, other) { return data.effects.indexOf(one.effect) - data.effects.indexOf(other.effect); });
    var effects = found.map(function (one) { return one.effect; }).concat(taken.pending ? [OPEN] : []);
    var outcome = Object.keys(data.outcomes).find(function (name) {
      var when = data.outcomes[name].when;
      return !when.length || when.some(function (effect) { return effects.indexOf(effect) >= 0; });
    }) || "";
    var follows = choices.reduce(function (all, choice) { return all.concat(choice.follows); }, []);
    if (outcome) follows = follows.concat(data.outcomes[outcome].follows);
    return { steps: taken.steps, pending: taken.pending, found: found, outcome: outcome, follows: follows };
  }

  /**
   * Whether `end` is `months` calendar months after `start`, or later; where the month in which they end has no such
   * day, its last day counts.
   * @param {number} months
   * @param {string} start a date as 2026-08-31
   * @param {string} end a date as 2027-02-28
   * @returns {boolean}
   */
  function atLeastMonths(months, start, end) {
    var parts = start.split("-").map(Number);
    var month = parts[1] - 1 + months;
    var last = new Date(Date.UTC(parts[0], month + 1, 0)).getUTCDate();
    return Date.parse(end + "T00:00:00Z") >= Date.UTC(parts[0], month, Math.min(parts[2], last));
  }

  /**
   * The answers that an address carries after "#".
   * @param {string} hash "#territory=there&offence=both&at=offence"
   * @returns {{answers: Object<string, string>, at: ?string}} at: the question or the result to show
   */
  function readHash(hash) {
    var answers = {};
    var at = null;
    new URLSearchParams(hash.replace(/^#/, "")).forEach(function (answer, question) {
      if (question === "at") at = answer;
      else answers[question] = answer;
    });
    return { answers: answers, at: at };
  }

  /** @returns {string} the address after "#" for these answers; questions in the order of the walkthrough */
  function writeHash(data, answers, at) {
    var pairs = Object.keys(data.questions)
      .filter(function (name) { return has(answers, name); })
      .map(function (name) { return name + "=" + answers[name]; });
    if (at) pairs.push("at=" + at);
    return "#" + pairs.join("&");
  }

  Kelisim.walk = {
    RESULT: RESULT, findings: findings, atLeastMonths: atLeastMonths, readHash: readHash, writeHash: writeHash,
  };
})(window.Kelisim);
