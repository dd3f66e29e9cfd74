// Calls functions of the browser's scripts. Reads [[name below Kelisim, [argument, ...]], ...] from standard input; writes
// [{value}, {throws: name of the error}, ...].
// Usage: node call_in_node.js SCRIPT...
const fs = require("fs");
const vm = require("vm");

const page = vm.createContext({ TextEncoder });
page.window = page;
const before = Object.keys(page);
for (const script of process.argv.slice(2)) vm.runInContext(fs.readFileSync(script, "utf8"), page, { filename: script });
const globals = Object.keys(page).filter((name) => !before.includes(name));
if (globals.join() !== "Kelisim") throw new Error(`expected the one global Kelisim, found: ${globals.join(", ")}`);

const answers = JSON.parse(fs.readFileSync(0, "utf8")).map(([name, given]) => {
  const called = name.split(".").reduce((object, key) => object[key], page.Kelisim);
  try {
    return { value: called(...given) };
  } catch (fault) {
    return { throws: fault.name };
  }
});
process.stdout.write(JSON.stringify(answers));
