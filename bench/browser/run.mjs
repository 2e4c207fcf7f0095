// Measures all systems in one Chromium, by turns: `node browser/run.mjs [--rounds 3] [--repetitions 5] …`, see the README.
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { cpuBetween, cpuTimes, launch, open, peaks } from "./chromium.mjs";
import { bench, serve } from "./server.mjs";
import { onCpu, onWebgpu } from "./systems.mjs";

const { values: args } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    repetitions: { type: "string", default: "5" },
    words: { type: "string", default: "50,250,2000" },
    /** Read once a round, by scrubjay alone: does the cost of a word grow with the text? */
    long: { type: "string", default: "20000" },
    /** Systems whose names match. */
    only: { type: "string", default: "" },
    /** "software" or "hardware": WebGPU instead of the CPU. */
    webgpu: { type: "string" },
    "no-throughput": { type: "boolean", default: false },
    "no-memory": { type: "boolean", default: false },
    output: { type: "string", default: "work/browser.json" },
  },
});

const texts = JSON.parse(readFileSync(join(bench, "work/notes.json"), "utf8"));
const lengths = args.words.split(",").filter(Boolean);
const software = args.webgpu === "software";
const systems = (args.webgpu ? onWebgpu(software) : onCpu()).filter(({ name }) => new RegExp(args.only).test(name));
const results = systems.map((system) => ({ ...system, cold: [], texts: {}, throughput: [] }));
const say = (...words) => console.error(new Date().toTimeString().slice(0, 8), ...words);

const site = await serve();
// What a page fetches is compressed when it is first asked for, which takes minutes: not while the clock runs.
await site.prepare(systems);
const environment = { processor: cpus()[0]?.model.trim(), threads: availableParallelism(), load: [loadavg()[0]], date: new Date().toISOString() };

const browser = await launch({ softwareWebgpu: software });
environment.chromium = browser.version();
for (let round = 0; round < Number(args.rounds); round++) {
  // Another one is the first each time.
  const turn = results.map((_, i) => results[(i + round) % results.length]);
  const pages = [];
  for (const result of turn) {
    const page = await open(browser, site, result, texts.lengths[lengths[0]]);
    if (page.twice.length > 0) throw new Error(`${result.name} fetched twice: ${page.twice}`);
    check(result, page.cold.windows, [texts.lengths[lengths[0]]]);
    result.info = page.cold.info;
    result.sent = page.sent;
    result.cold.push(page.cold.marks);
    say(`round ${round + 1}: ${result.name}: first result after ${page.cold.marks.first.toFixed(0)} ms`);
    await measure(page, [texts.lengths[lengths.at(-1)]]); // lets the compiler see what is hot
    pages.push({ ...page, result });
  }
  for (const length of lengths) {
    for (let i = 0; i < Number(args.repetitions); i++) {
      for (const page of pages) (page.result.texts[length] ??= []).push(await measure(page, [texts.lengths[length]]));
    }
    save();
    say(`round ${round + 1}: ${length} words`);
  }
  for (const page of pages) {
    if (!args["no-throughput"]) page.result.throughput.push(await measure(page, texts.notes));
    if (args.long && page.system.system === "scrubjay") (page.result.texts[args.long] ??= []).push(await measure(page, [texts.lengths[args.long]]));
  }
  say(`round ${round + 1}: throughput`);
  for (const page of pages) await page.close();
  save();
}
await browser.close();
if (!args["no-memory"]) {
  for (const result of results) result.memory = await memory(result);
}
environment.load.push(loadavg()[0]);
save();
site.stop();

/** Clock and processor milliseconds of reading `notes`. */
async function measure({ page, system }, notes) {
  const before = await cpuTimes(browser);
  const { ms, windows } = await page.evaluate((notes) => globalThis.measure(notes), notes);
  const cpu = cpuBetween(before, await cpuTimes(browser));
  check(system, windows, notes);
  return { ms, cpu };
}

/** All must read the same. That the tokens are the same, the pages of transformers.js check, and native.py for scrubjay. */
function check({ name }, windows, notes) {
  const expected = notes.reduce((sum, note) => sum + note.windows.length, 0);
  if (windows !== expected) throw new Error(`${name} made ${windows} windows of what should be ${expected}`);
}

/** Most memory in bytes, in a Chromium with nothing else in it. */
async function memory(system) {
  const browser = await launch({ softwareWebgpu: software });
  const { page } = await open(browser, site, system, texts.lengths[lengths[0]]);
  await page.evaluate((notes) => globalThis.measure(notes), [texts.lengths[lengths.at(-1)]]);
  const found = await peaks(browser);
  found.after = await page.evaluate(async () => (await performance.measureUserAgentSpecificMemory()).bytes);
  await browser.close();
  say(`${system.name}: ${(found.renderer / 1e6).toFixed(0)} MB at most`);
  return found;
}

function save() {
  const count = ({ words, tokens, fed, windows }) => ({ words, tokens, read: fed, windows: windows.length });
  const notes = {
    lengths: Object.fromEntries(Object.entries(texts.lengths).map(([n, text]) => [n, count(text)])),
    throughput: texts.notes.map(count).reduce((a, b) => Object.fromEntries(Object.keys(a).map((key) => [key, a[key] + b[key]]))),
    count: texts.notes.length,
  };
  writeFileSync(join(bench, args.output), JSON.stringify({ environment, notes, systems: results }, null, 1));
}
