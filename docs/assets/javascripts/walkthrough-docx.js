/**
 * The result of a walkthrough as a .docx (Office Open XML, ECMA-376), made in the browser: text, tables of the law's words in
 * every language side by side, page numbers. Whatever is said is text and nothing else.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  var MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  var OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  var PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  var WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
  var HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  var TYPE = WORD + "document";
  var WIDTH = 9638; // of the text on A4 with 2 cm at each side, in twentieths of a point
  var FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g; // in XML 1.0; half a surrogate pair is replaced on encoding

  function escaped(text) {
    return String(text).replace(FORBIDDEN, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  }

  /**
   * Words in one piece. look: "b" bold, "i" italic; lang: their language
   * @param {string} text
   */
  function run(text, look, lang) {
    if (!text) return "";
    var properties = (look === "b" ? "<w:b/>" : "") + (look === "i" ? "<w:i/>" : "") + (lang ? '<w:lang w:val="' + escaped(lang) + '"/>' : "");
    return "<w:r>" + (properties ? "<w:rPr>" + properties + "</w:rPr>" : "") + '<w:t xml:space="preserve">' + escaped(text) + "</w:t></w:r>";
  }

  function paragraph(runs, style, isRightToLeft) {
    return '<w:p><w:pPr><w:pStyle w:val="' + (style || "Normal") + '"/>' + (isRightToLeft ? "<w:bidi/>" : "") + "</w:pPr>" + [].concat(runs).join("") + "</w:p>";
  }

  function cited(links) { return links.map(function (link) { return link[0]; }).join(", "); }

  /** The law's words, a column a language. */
  function table(rows) {
    if (!rows.length) return "";
    var width = Math.floor(WIDTH / rows[0].length);
    var grid = rows[0].map(function () { return '<w:gridCol w:w="' + width + '"/>'; }).join("");
    var body = rows.map(function (cells) {
      return '<w:tr><w:trPr><w:cantSplit/></w:trPr>' + cells.map(function (cell) {
        var runs = [run(cell.heading, "b", cell.lang), run(cell.num ? cell.num + " " : "", "b", cell.lang), run(cell.text, "", cell.lang)];
        return '<w:tc><w:tcPr><w:tcW w:w="' + width + '" w:type="dxa"/></w:tcPr>' + paragraph(runs, "Quotation", cell.dir === "rtl") + "</w:tc>";
      }).join("") + "</w:tr>";
    }).join("");
    return '<w:tbl><w:tblPr><w:tblStyle w:val="Law"/><w:tblW w:w="' + width * rows[0].length + '" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>' +
      grid + "</w:tblGrid>" + body + "</w:tbl>" + paragraph([], "Quotation");
  }

  /** A time limit with its dates, reading by reading. */
  function dates(one) {
    var parts = [paragraph([run("– " + one.says, "b"), run(" (" + cited(one.links) + ")")], "Item")];
    one.readings.forEach(function (reading) {
      parts.push(paragraph([run(reading.name ? reading.name + ". " : "", "b"), run(reading.from)], "Item"));
      reading.counts.forEach(function (counted) {
        parts.push(paragraph([run(counted.name + ": "), run(counted.last, "b"), run(counted.then ? "; " + counted.then : "")], "Item"));
      });
    });
    one.then.forEach(function (line) { parts.push(paragraph([run(line)], "Item")); });
    one.doubts.forEach(function (line) { parts.push(paragraph([run(line, "i")], "Item")); });
    return parts.join("");
  }

  function item(one, number) {
    if (one.kind === "follow") {
      return paragraph([run("– " + one.says), run(one.by ? " " + one.by + "." : "", "b"), run(" (" + cited(one.links) + ")")], "Item");
    }
    if (one.kind === "note") return paragraph([run("– " + cited(one.links) + ": ", "b"), run(one.says)], "Item");
    if (one.kind === "date") return dates(one);
    if (one.kind === "see") return paragraph([run("– " + one.title, "b"), run(": " + one.says + " (" + one.cites + ")")], "Item");
    if (one.kind === "answer") return paragraph([run(number + ". " + one.ask + " "), run(one.label, "b"), run(" (" + cited(one.links) + ")")], "Item");
    if (one.kind === "line") return paragraph([run(one.says)], "Small");
    var parts = [paragraph([run(number + ". " + cited(one.links) + ". ", "b"), run(one.word + " ", "b"), run(one.says)], "Ground")];
    one.readings.forEach(function (reading) {
      parts.push(paragraph([run(reading.name + ": ", "b"), run(reading.says), run(" → " + reading.leads, "b")], "Item"));
    });
    if (one.doubt) parts.push(paragraph([run(one.doubt, "i")], "Item"));
    if (one.kind !== "open") parts.push(table(one.rows));
    return parts.join("");
  }

  function documentXml(memo) {
    var body = [
      paragraph([run(memo.title)], "Title"), paragraph([run(memo.treaty)], "Small"),
      memo.case ? paragraph([run(memo.case, "b")]) : "", paragraph([run(memo.made)], "Small"), paragraph([run(memo.guide, "i")]),
      paragraph([run(memo.says)], "Outcome"), paragraph([run(memo.explains + " (" + cited(memo.links) + ")")]),
    ].concat(memo.about.map(function (line) { return paragraph([run(line)], "Small"); }));
    memo.sections.forEach(function (section) {
      body.push(paragraph([run(section.heading)], "Heading1"));
      section.items.forEach(function (one, place) { body.push(item(one, place + 1)); });
    });
    body.push('<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>' +
      '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>');
    return HEAD + '<w:document xmlns:w="' + MAIN + '" xmlns:r="' + OFFICE + '"><w:body>' + body.join("") + "</w:body></w:document>";
  }

  /** A style. size: in half points; extra: properties of the paragraph */
  function style(id, name, size, look, extra) {
    return '<w:style w:type="paragraph" w:styleId="' + id + '"' + (id === "Normal" ? ' w:default="1"' : "") + '><w:name w:val="' + name + '"/>' +
      (id === "Normal" ? "" : '<w:basedOn w:val="Normal"/>') + "<w:pPr>" + (extra || "") + "</w:pPr><w:rPr>" + (look || "") +
      '<w:sz w:val="' + size + '"/></w:rPr></w:style>';
  }

  function stylesXml(lang) {
    var keep = "<w:keepNext/>";
    return HEAD + '<w:styles xmlns:w="' + MAIN + '"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>' +
      '<w:lang w:val="' + escaped(lang) + '"/></w:rPr></w:rPrDefault></w:docDefaults>' +
      style("Normal", "Normal", 22, "", '<w:spacing w:after="100"/>') +
      style("Title", "Title", 34, "<w:b/>", keep + '<w:spacing w:after="60"/>') +
      style("Outcome", "Outcome", 28, "<w:b/>", keep + '<w:spacing w:before="240" w:after="80"/>') +
      style("Heading1", "heading 1", 26, "<w:b/>", keep + '<w:spacing w:before="280" w:after="100"/><w:outlineLvl w:val="0"/>') +
      style("Ground", "Ground", 22, "", keep + '<w:spacing w:before="120" w:after="80"/>') +
      style("Item", "Item", 22, "", '<w:spacing w:after="80"/><w:ind w:left="284"/>') +
      style("Quotation", "Quotation", 19, "", '<w:spacing w:after="40"/>') +
      style("Small", "Small", 19, "", '<w:spacing w:after="60"/>') +
      '<w:style w:type="table" w:styleId="Law"><w:name w:val="Law"/><w:tblPr><w:tblCellMar><w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>' +
      '<w:tblBorders><w:left w:val="single" w:sz="6" w:color="868E97"/><w:insideV w:val="single" w:sz="4" w:color="D5D9DE"/></w:tblBorders></w:tblPr></w:style></w:styles>';
  }

  function footerXml(memo) {
    var field = function (type) { return '<w:r><w:fldChar w:fldCharType="' + type + '"/></w:r>'; };
    return HEAD + '<w:ftr xmlns:w="' + MAIN + '">' + paragraph([
      run(memo.title + " · "), field("begin"), '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>', field("separate"), run("1"), field("end"),
    ], "Small") + "</w:ftr>";
  }

  function relations(all) {
    return HEAD + '<Relationships xmlns="' + PACKAGE + 'relationships">' + all.map(function (one, place) {
      return '<Relationship Id="rId' + (place + 1) + '" Type="' + one[0] + '" Target="' + one[1] + '"/>';
    }).join("") + "</Relationships>";
  }

  function coreXml(memo) {
    return HEAD + '<cp:coreProperties xmlns:cp="' + PACKAGE + 'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>' +
      escaped(memo.title) + "</dc:title><dc:language>" + escaped(memo.lang) + "</dc:language></cp:coreProperties>";
  }

  /**
   * @param {MemoDocument} memo
   * @returns {Uint8Array} the bytes of the .docx
   */
  function docx(memo) {
    var types = [["/word/document.xml", WORD + "document.main+xml"], ["/word/styles.xml", WORD + "styles+xml"], ["/word/footer1.xml", WORD + "footer+xml"],
      ["/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"]];
    return Kelisim.zip([
      ["[Content_Types].xml", HEAD + '<Types xmlns="' + PACKAGE + 'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        '<Default Extension="xml" ContentType="application/xml"/>' + types.map(function (one) {
        return '<Override PartName="' + one[0] + '" ContentType="' + one[1] + '"/>';
      }).join("") + "</Types>"],
      ["_rels/.rels", relations([[OFFICE + "/officeDocument", "word/document.xml"], [PACKAGE + "relationships/metadata/core-properties", "docProps/core.xml"]])],
      ["word/_rels/document.xml.rels", relations([[OFFICE + "/styles", "styles.xml"], [OFFICE + "/footer", "footer1.xml"]])],
      ["word/document.xml", documentXml(memo)],
      ["word/styles.xml", stylesXml(memo.lang)],
      ["word/footer1.xml", footerXml(memo)],
      ["docProps/core.xml", coreXml(memo)],
    ]);
  }

  Kelisim.walkDocx = { TYPE: TYPE, make: docx };
})(window.Kelisim);
