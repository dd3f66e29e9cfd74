/**
 * The answers in the address after "#", by name, so that back, reload and sharing work by themselves:
 *   #territory=there&offence=both              the next question, or the result when there is none
 *   #territory=there&offence=both&at=offence   that question, to change its answer
 *   #territory=there&at=result                 the result so far
 *   #territory=there&on.arrest=2027-03-01      and the day of an event, from which time limits run
 * An address may be old, cut off or made up. What this walkthrough does not know is left out and named, never guessed.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  var AT = "at";
  var ON = "on."; // no name of a question has a full stop
  var LONGEST = 60; // of a name that is shown again, in characters

  function has(object, name) { return Object.prototype.hasOwnProperty.call(object, name); }

  function brief(text) { return text.length > LONGEST ? text.slice(0, LONGEST) + "…" : text; }

  /**
   * @param {object} data as build_scripts/pages/walkthrough.py writes it
   * @param {string} hash "#territory=there&offence=both&at=offence"
   * @returns {{answers: Object<string, string>, at: ?string, days: Object<string, string>, wrong: Object<string, string>,
   *   dropped: string[], contradicted: string[]}}
   *   at: the question or the result to show; days: event -> its day; wrong: event -> what stands there and is no date;
   *   dropped: what is not known here, as it stood; contradicted: the questions that were answered in two ways, and so in none
   */
  function read(data, hash) {
    var state = { answers: {}, at: null, days: {}, wrong: {}, dropped: [], contradicted: [] };
    new URLSearchParams(hash.replace(/^#/, "")).forEach(function (answer, question) {
      if (question === AT) {
        state.at = answer;
      } else if (data.limits && question.indexOf(ON) === 0 && has(data.limits.events, question.slice(ON.length))) {
        var found = Kelisim.dates.parse(answer, data.limits.months);
        if (found.date) state.days[question.slice(ON.length)] = found.date;
        else state.wrong[question.slice(ON.length)] = brief(answer);
      } else if (!has(data.questions, question) || !has(data.questions[question].choices, answer)) {
        state.dropped.push(brief(question + (answer ? "=" + answer : "")));
      } else if (has(state.answers, question) && state.answers[question] !== answer) {
        if (state.contradicted.indexOf(question) < 0) state.contradicted.push(question);
      } else {
        state.answers[question] = answer;
      }
    });
    state.contradicted.forEach(function (question) { delete state.answers[question]; });
    return state;
  }

  /** @returns {string} the address after "#" for these answers and days; questions in the order of the walkthrough */
  function write(data, answers, days, at) {
    var pairs = Object.keys(data.questions)
      .filter(function (name) { return has(answers, name); })
      .map(function (name) { return name + "=" + answers[name]; });
    Object.keys(data.limits ? data.limits.events : {}).forEach(function (event) {
      if (has(days, event)) pairs.push(ON + event + "=" + days[event]);
    });
    if (at) pairs.push(AT + "=" + at);
    return "#" + pairs.join("&");
  }

  Kelisim.walkAddress = { read: read, write: write };
})(window.Kelisim);
