// A peer in a page: `peers.NAME.load()` reads its index, `peers.NAME.ask(query, most)` gives the ids of the first hits.
window.peers = {
  material: {
    async load() {
      const { config, docs } = await (await fetch("index.json")).json();
      this.worker = new Worker("assets/javascripts/workers/search.js");
      await this.send({ type: 0, data: { config, docs, options: { suggest: false } } }, 1);
    },
    send(message, wanted) {
      return new Promise((resolve, reject) => {
        this.worker.onmessage = ({ data }) => { if (data.type === wanted) resolve(data.data); };
        this.worker.onerror = (fault) => reject(new Error(fault.message));
        this.worker.postMessage(message);
      });
    },
    async ask(query, most) {
      const { items } = await this.send({ type: 2, data: query }, 3);
      return items.flat().filter((item) => item.score > 0).slice(0, most).map((item) => item.location);
    },
  },
  minisearch: {
    async load() {
      this.index = window.MiniSearch.loadJSON(await (await fetch("index.json")).text(), { fields: ["title", "text"] });
    },
    async ask(query, most) {
      return this.index.search(query, { prefix: true, fuzzy: 0.2, boost: { title: 2 } }).slice(0, most).map((hit) => hit.id);
    },
  },
  flexsearch: {
    async load() {
      this.index = new window.FlexSearch.Document({ document: { id: "id", index: ["title", "text"] }, tokenize: "forward" });
      for (const [number, key] of (await (await fetch("index.json")).json()).entries()) {
        const data = await (await fetch(`part-${number}.txt`)).text();
        if (data) this.index.import(key, data);
      }
    },
    async ask(query, most) {
      const fields = this.index.search(query, { limit: most, suggest: true });
      return Array.from(new Set(fields.sort((a, b) => (a.field < b.field ? -1 : 1)).flatMap(({ result }) => result))).slice(0, most);
    },
  },
  pagefind: {
    async load() {
      this.index = await import("./pagefind/pagefind.js");
      await this.index.init();
    },
    async ask(query, most) {
      const { results } = await this.index.search(query);
      const found = await Promise.all(results.slice(0, most).map((result) => result.data()));
      return found.map((one) => decodeURI(one.raw_url || one.url).replace(/^\//, ""));
    },
  },
};
