/**
 * What a set of answers amounts to: the twin of build_scripts/answer.py. Both run the cases in
 * tests/cases/walkthroughs/. Pure: it touches neither the page nor the address.
 */
window.Kelisim = window.Kelisim || {};

/**
 * @typedef {{question: string, answer: string}} Step
 * @typedef {{question: string, answer: string, effect: string, cites: string[], finding: object}} Found
 * @typedef {{steps: Step[], pending: ?string, found: Found[], outcome: string, follows: object[]}} Memo
 */
(function (Kelisim) {
  "use strict";

  var RESULT = "result";
  var OPEN = "open";

  /** @returns {boolean} whether `object` itself has `name` */
  function has(object, name) { return Object.prototype.hasOwnProperty.call(object, name); }

  /**
   * @param {Object<string, string[]>} given question name -> answer names
   * @returns {boolean} whether each question of `given` has been answered with one of the answers it names
   */
  function holds(given, answers) {
    return Object.keys(given).every(function (question) {
      return has(answers, question) && given[question].indexOf(answers[question]) >= 0;
    });
  }

  /**
   * The way that the answers take, up to the first question without a known answer.
   * @param {object} data as build_scripts/pages/walkthrough.py writes it
   * @param {Object<string, string>} answers question name -> answer name
   * @returns {{steps: Step[], taken: Object<string, string>, pending: ?string}}
   */
  function way(data, answers) {
    var steps = [];
    var taken = {};
    var met = {};
    var name = data.start;
    while (name !== RESULT) {
      // a faulty walkthrough, which is shown to its editor but never published
      if (has(met, name) || !has(data.questions, name)) return { steps: steps, taken: taken, pending: null };
      met[name] = true;
      var question = data.questions[name];
      if (!holds(question.given, taken)) {
        name = question.next;
        continue;
      }
      if (!has(answers, name) || !has(question.choices, answers[name])) return { steps: steps, taken: taken, pending: name };
      steps.push({ question: name, answer: answers[name] });
      taken[name] = answers[name];
      name = question.choices[answers[name]].next;
    }
    return { steps: steps, taken: taken, pending: null };
  }

  /** A finding where it was found; what is always found comes from no question. */
  function foundAt(step, finding) {
    return { question: step.question, answer: step.answer, effect: finding.effect, cites: finding.cites, finding: finding };
  }

  /**
   * What `answers` amount to. Answers to questions that are not on the way are left out; what has not been asked
   * counts as open.
   * @returns {Memo}
   */
  function findings(data, answers) {
    var taken = way(data, answers);
    var found = data.always.map(foundAt.bind(null, { question: "", answer: "" }));
    var follows = [];
    taken.steps.forEach(function (step) {
      var choice = data.questions[step.question].choices[step.answer];
      found = found.concat(choice.findings.map(foundAt.bind(null, step)));
      follows = follows.concat(choice.follows);
    });
    found.sort(function (one, other) { return data.effects.indexOf(one.effect) - data.effects.indexOf(other.effect); });
    var effects = found.map(function (one) { return one.effect; }).concat(taken.pending ? [OPEN] : []);
    var outcome = Object.keys(data.outcomes).find(function (name) {
      var one = data.outcomes[name];
      var fits = !one.when.length || one.when.some(function (effect) { return effects.indexOf(effect) >= 0; });
      return fits && holds(one.given, taken.taken);
    }) || "";
    if (outcome) follows = follows.concat(data.outcomes[outcome].follows);
    return { steps: taken.steps, pending: taken.pending, found: found, outcome: outcome, follows: follows };
  }

  /** @returns {string[]} the time limits that the questions asked, what was found and what follows name, each once */
  function limitsNamed(data, result) {
    var named = {};
    function add(names) { names.forEach(function (name) { named[name] = true; }); }
    result.steps.forEach(function (step) { add(data.questions[step.question].limits); });
    result.found.forEach(function (found) { add(found.finding.limits); });
    result.follows.forEach(function (follow) { add(follow.limits); });
    return Object.keys(named);
  }

  /**
   * How many questions a way has at most that begins as `result` does: for the progress that the page shows.
   * @param {Memo} result
   * @returns {number}
   */
  function mostSteps(data, result) {
    var taken = {};
    var longest = {};
    result.steps.forEach(function (step) { taken[step.question] = step.answer; });
    function from(name) {
      if (name === RESULT || !has(data.questions, name)) return 0;
      if (!has(longest, name)) {
        longest[name] = 0;
        var question = data.questions[name];
        var isKnown = Object.keys(question.given).every(function (one) { return has(taken, one); });
        longest[name] = isKnown && !holds(question.given, taken)
          ? from(question.next)
          : 1 + Object.keys(question.choices).reduce(function (most, key) { return Math.max(most, from(question.choices[key].next)); }, 0);
      }
      return longest[name];
    }
    return result.steps.length + (result.pending ? from(result.pending) : 0);
  }

  Kelisim.walk = { RESULT: RESULT, findings: findings, mostSteps: mostSteps, limitsNamed: limitsNamed };
})(window.Kelisim);
