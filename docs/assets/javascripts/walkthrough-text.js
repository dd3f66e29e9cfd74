/** The result of a walkthrough as plain text, to be pasted into a letter or a file. */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  var QUOTED = "    ";

  function cited(links) { return links.map(function (link) { return link[0]; }).join(", "); }

  function brackets(text) { return text ? " (" + text + ")" : ""; }

  /** The law's words, language by language, each row as printed. */
  function quotation(rows) {
    var langs = rows.length ? rows[0].map(function (cell) { return cell.lang; }) : [];
    return langs.reduce(function (lines, lang, column) {
      return lines.concat("", rows.map(function (cells) {
        var cell = cells[column];
        return QUOTED + [cell.heading, cell.num, cell.text].filter(Boolean).join(" ");
      }).filter(function (line) { return line.trim(); }));
    }, []);
  }

  /** A time limit with its dates, reading by reading. */
  function dates(one) {
    var lines = ["- " + one.says + brackets(cited(one.links))];
    one.readings.forEach(function (reading) {
      lines.push(QUOTED + (reading.name ? reading.name + ". " : "") + reading.from);
      reading.counts.forEach(function (counted) {
        lines.push(QUOTED + QUOTED + counted.name + ": " + counted.last + (counted.then ? "; " + counted.then : ""));
      });
    });
    return lines.concat(one.then.concat(one.doubts).map(function (line) { return QUOTED + line; }));
  }

  function item(one, number) {
    if (one.kind === "follow") return ["- " + one.says + brackets(cited(one.links)) + (one.by ? " " + one.by + "." : "")];
    if (one.kind === "note") return ["- " + cited(one.links) + ": " + one.says];
    if (one.kind === "date") return dates(one);
    if (one.kind === "see") return ["- " + one.title + ": " + one.says + brackets(one.cites)];
    if (one.kind === "answer") return [number + ". " + one.ask + brackets(cited(one.links)), QUOTED + one.label];
    if (one.kind === "line") return [one.says];
    var lines = [number + ". " + cited(one.links) + ". " + one.word + " " + one.says];
    one.readings.forEach(function (reading) {
      lines.push(QUOTED + reading.name + ": " + reading.says + " → " + reading.leads);
    });
    if (one.doubt) lines.push(QUOTED + one.doubt);
    return one.kind === "open" ? lines : lines.concat(quotation(one.rows), "");
  }

  /**
   * @param {MemoDocument} memo
   * @returns {string} lines end with "\n"
   */
  function text(memo) {
    var lines = [memo.title, memo.treaty, memo.case, memo.made, "", memo.guide, "", memo.says, memo.explains + brackets(cited(memo.links)), ""]
      .concat(memo.about);
    memo.sections.forEach(function (section) {
      lines.push("", section.heading.toUpperCase(), "");
      section.items.forEach(function (one, place) { lines = lines.concat(item(one, place + 1)); });
    });
    return lines.join("\n").replace(/\n{3,}/g, "\n\n").trim() + "\n";
  }

  Kelisim.walkText = text;
})(window.Kelisim);
