/**
 * A zip whose files are stored as they are: all that a .docx needs. APPNOTE.TXT of PKWARE, sections 4.3.7, 4.3.12, 4.3.16.
 */
window.Kelisim = window.Kelisim || {};

(function (Kelisim) {
  "use strict";

  var DATE = 0x21; // 1 January 1980, the earliest there is: the same contents make the same bytes
  var UTF8 = 0x800; // names are UTF-8
  var VERSION = 20;

  var table = [];
  for (var number = 0; number < 256; number += 1) {
    var value = number;
    for (var bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    table.push(value >>> 0);
  }

  /**
   * @param {Uint8Array} bytes
   * @returns {number} CRC-32 (ISO 3309)
   */
  function crc32(bytes) {
    var crc = 0xffffffff;
    for (var place = 0; place < bytes.length; place += 1) crc = table[(crc ^ bytes[place]) & 0xff] ^ (crc >>> 8);
    return (crc ^ 0xffffffff) >>> 0;
  }

  /** Numbers in little-endian order. fields: [size in bytes, number] … */
  function packed(fields) {
    var bytes = [];
    fields.forEach(function (field) {
      for (var place = 0; place < field[0]; place += 1) bytes.push((field[1] >>> (8 * place)) & 0xff);
    });
    return new Uint8Array(bytes);
  }

  /** What the entry of a file and the directory say of it alike. */
  function described(file) {
    return [
      [2, VERSION], [2, UTF8], [2, 0], [2, 0], [2, DATE], [4, file.crc], [4, file.data.length], [4, file.data.length],
      [2, file.name.length], [2, 0],
    ];
  }

  /**
   * @param {Array<[string, string]>} entries name and text of each file, in their order
   * @returns {Uint8Array} the bytes of the zip
   */
  function zip(entries) {
    var encoder = new TextEncoder();
    var parts = [];
    var directory = [];
    var length = 0;
    function add(part) { parts.push(part); length += part.length; }
    entries.forEach(function (entry) {
      var file = { name: encoder.encode(entry[0]), data: encoder.encode(entry[1]) };
      file.crc = crc32(file.data);
      directory.push(packed([[4, 0x02014b50], [2, VERSION]].concat(described(file), [
        [2, 0], [2, 0], [2, 0], [4, 0], [4, length],
      ])), file.name);
      add(packed([[4, 0x04034b50]].concat(described(file))));
      add(file.name);
      add(file.data);
    });
    var start = length;
    directory.forEach(add);
    add(packed([
      [4, 0x06054b50], [2, 0], [2, 0], [2, entries.length], [2, entries.length], [4, length - start], [4, start], [2, 0],
    ]));
    var whole = new Uint8Array(length);
    parts.reduce(function (at, part) { whole.set(part, at); return at + part.length; }, 0);
    return whole;
  }

  Kelisim.zip = zip;
})(window.Kelisim);
