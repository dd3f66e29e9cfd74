// Resolves queries with the browser's scripts. Reads {queries: [string, ...]} from standard input;
// writes [[target], [target], understood] for each, targets as "treaty#eid".
// Usage: node cite_in_node.js FOLDER SCRIPT...   (FOLDER has search-data/, which the scripts load from)
const fs = require("fs");
const vm = require("vm");

const [folder, ...scripts] = process.argv.slice(2);
const page = vm.createContext({});
page.window = page;
const run = (file) => vm.runInContext(fs.readFileSync(file, "utf8"), page, { filename: file });
// a page that does nothing but load scripts
page.document = {
  createElement: () => ({ addEventListener() {}, remove() {} }),
  head: {
    append(script) {
      try {
        run(`${folder}/${script.src}`);
      } catch (fault) {
        script.onerror(fault);
        return;
      }
      script.onload();
    },
  },
};
const before = Object.keys(page);
scripts.forEach(run);
const globals = Object.keys(page).filter((name) => !before.includes(name));
if (globals.join() !== "Kelisim") throw new Error(`expected the one global Kelisim, found: ${globals.join(", ")}`);
page.Kelisim.page = { root: "" };

const { queries } = JSON.parse(fs.readFileSync(0, "utf8"));
const ids = (targets) => targets.map((target) => `${target.treaty}#${target.eid}`);

async function answers() {
  const all = [];
  for (const query of queries) {
    const found = await page.Kelisim.cite.ask(query);
    all.push([ids(found.resolved), ids(found.nearest), found.understood]);
  }
  return all;
}

answers().then((all) => process.stdout.write(JSON.stringify(all)));
