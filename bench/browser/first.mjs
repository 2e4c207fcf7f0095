import { readFileSync } from "node:fs";
import { serve } from "./server.mjs";
import { cpuTime, launch, open } from "./chromium.mjs";
const notes = JSON.parse(readFileSync("work/notes.json"));
const site = await serve();
const systems = [
  { name: "scrubjay f32", system: "scrubjay", model: "minilm", device: "cpu" },
  { name: "tjs wasm f32 1", system: "transformers", model: "minilm", device: "wasm", weights: "float32", threads: 1 },
  { name: "plain wasm f32 1", system: "transformers", model: "minilm", device: "wasm", weights: "float32", threads: 1, runtime: "plain" },
];
const browser = await launch();
const pages = [];
for (const s of systems) pages.push(await open(browser, site, s, notes.lengths[50]));
for (const p of pages) console.log(p.system.name, JSON.stringify(p.cold));
const all = {};
for (let r = 0; r < 10; r++) for (const p of pages) {
  const before = await cpuTime(browser);
  const out = await p.page.evaluate((n) => measure([n]), notes.lengths[250]);
  const cpu = (await cpuTime(browser)) - before;
  (all[p.system.name] ??= []).push([out.ms, cpu]);
}
const med = (v) => v.sort((a, b) => a - b)[v.length >> 1].toFixed(0);
for (const [n, v] of Object.entries(all)) console.log(n, "wall", med(v.map((x) => x[0])), v[0][0].toFixed(0), "cpu", med(v.map((x) => x[1])), v.map(x=>x[1].toFixed(0)).join());
await browser.close(); site.stop();
