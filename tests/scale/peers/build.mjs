// Builds the index of a peer. Usage: node build.mjs PEER MODULES DOCS OUT
// DOCS: a JSON list of {id, lang, title, text}; OUT: the folder that its files go to, with the script of the peer.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [peer, modules, docsFile, out] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const docs = JSON.parse(readFileSync(docsFile, "utf8"));
mkdirSync(out, { recursive: true });

const builders = {
  minisearch() {
    const MiniSearch = require("minisearch");
    const index = new MiniSearch({ fields: ["title", "text"] });
    index.addAll(docs);
    writeFileSync(join(out, "index.json"), JSON.stringify(index));
    copyFileSync(join(modules, "node_modules/minisearch/dist/umd/index.js"), join(out, "peer.js"));
  },
  async flexsearch() {
    const { Document } = require("flexsearch");
    const index = new Document({ document: { id: "id", index: ["title", "text"] }, tokenize: "forward" });
    docs.forEach((doc) => index.add(doc));
    const parts = []; // one file of all would be more than a string can hold
    await index.export((key, data) => {
      writeFileSync(join(out, `part-${parts.length}.txt`), data || "");
      parts.push(key);
    });
    writeFileSync(join(out, "index.json"), JSON.stringify(parts));
    copyFileSync(join(modules, "node_modules/flexsearch/dist/flexsearch.bundle.min.js"), join(out, "peer.js"));
  },
  async pagefind() {
    const { createIndex, close } = await import(join(modules, "node_modules/pagefind/lib/index.js"));
    const { index } = await createIndex({ forceLanguage: "en" }); // one index: a reader asks for both languages at once
    for (const doc of docs) {
      await index.addCustomRecord({ url: doc.id, content: `${doc.title} ${doc.text}`.trim(), language: "en", meta: { title: doc.title } });
    }
    await index.writeFiles({ outputPath: join(out, "pagefind") });
    await close();
  },
};

await builders[peer]();
