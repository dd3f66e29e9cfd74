/** Offer words or bytes as a file to be saved. It works from disk too: nothing is asked of a server. */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  const KEPT = 60000; // milliseconds that the browser may need until it has the file

  /**
   * @param {string} name of the file
   * @param {string} type "text/calendar", "text/plain" …; words are written as UTF-8
   * @param {string|Blob|ArrayBuffer} content
   */
  Kelisim.saveFile = function (name, type, content) {
    const address = URL.createObjectURL(new Blob([content], { type: typeof content === "string" ? `${type};charset=utf-8` : type }));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.hidden = true;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), KEPT);
  };
})(window.Kelisim);
