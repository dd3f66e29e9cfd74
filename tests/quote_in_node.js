// Checks quotations with the browser's scripts. Reads a list of passages from standard input; writes the list of answers.
// Usage: node quote_in_node.js SCRIPT...   (the first one is search-data/passages.js)
const fs = require("fs");
const vm = require("vm");

const page = vm.createContext({});
page.window = page;
const before = Object.keys(page);
for (const script of process.argv.slice(2)) vm.runInContext(fs.readFileSync(script, "utf8"), page, { filename: script });
const globals = Object.keys(page).filter((name) => !before.includes(name));
if (globals.join() !== "Kelisim") throw new Error(`expected the one global Kelisim, found: ${globals.join(", ")}`);

const held = page.Kelisim.quote.prepare(page.Kelisim.quoteTexts);
const passages = JSON.parse(fs.readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(passages.map((passage) => page.Kelisim.quote.check(passage, held))));
