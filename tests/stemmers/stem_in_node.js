// Stems words with the browser's scripts. Reads {lang: [word, ...]} from standard input, writes {lang: [stem, ...]}.
// Usage: node stem_in_node.js FOLDER_OF_SCRIPTS SCRIPT...
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const [folder, ...scripts] = process.argv.slice(2);
const page = vm.createContext({});
const before = Object.keys(page);
for (const script of scripts) {
  vm.runInContext(fs.readFileSync(path.join(folder, script), "utf8"), page, { filename: script });
}
const globals = Object.keys(page).filter((name) => !before.includes(name));
if (globals.join() !== "Kelisim") throw new Error(`expected the one global Kelisim, found: ${globals.join(", ")}`);

const words = JSON.parse(fs.readFileSync(0, "utf8"));
const stems = {};
for (const lang of Object.keys(words)) stems[lang] = words[lang].map((word) => page.Kelisim.stem(word, lang));
process.stdout.write(JSON.stringify(stems));
