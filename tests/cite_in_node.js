// Resolves queries with the browser's scripts. Reads {queries: [string, ...], folds: [string, ...]} from standard input;
// writes {resolved: [[target], [target], rest, understood], cleaned: [...]}, targets as "treaty#eid".
// Usage: node cite_in_node.js SCRIPT...
const fs = require("fs");
const vm = require("vm");

const page = vm.createContext({});
page.window = page;
const before = Object.keys(page);
for (const script of process.argv.slice(2)) vm.runInContext(fs.readFileSync(script, "utf8"), page, { filename: script });
const globals = Object.keys(page).filter((name) => !before.includes(name));
if (globals.join() !== "Kelisim") throw new Error(`expected the one global Kelisim, found: ${globals.join(", ")}`);

const { queries } = JSON.parse(fs.readFileSync(0, "utf8"));
const ids = (targets) => targets.map((target) => `${target.treaty}#${target.eid}`);
const answers = queries.map((query) => {
  const found = page.Kelisim.cite.resolve(query);
  return [ids(found.resolved), ids(found.nearest), found.rest, found.understood];
});
process.stdout.write(JSON.stringify(answers));
