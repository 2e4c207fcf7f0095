// Debian's Chromium, a window a system.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { chromium } from "playwright-core";

const executablePath = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));

const ARGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Pages take turns: none may be slowed down for being behind another.
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
  "--disable-background-timer-throttling",
  // performance.measureUserAgentSpecificMemory at once, not at the next collection.
  "--enable-blink-features=ForceEagerMeasureMemory",
];
const SOFTWARE_WEBGPU = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];

export function launch({ softwareWebgpu = false } = {}) {
  if (executablePath === undefined) throw new Error("no Chromium: run scripts/setup.sh, or set CHROMIUM");
  return chromium.launch({ executablePath, args: softwareWebgpu ? [...ARGS, ...SOFTWARE_WEBGPU] : ARGS });
}

/** Opens `system` in a profile of its own, nothing cached, and waits for its first result. */
export async function open(browser, site, system, firstNote) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(600_000);
  await page.addInitScript((note) => (globalThis.firstNote = note), firstNote);
  site.reset();
  await page.goto(`${site.origin}/?runtime=${system.runtime ?? "default"}#${encodeURIComponent(JSON.stringify(system))}`);
  const cold = await (await page.waitForFunction(() => globalThis.cold)).jsonValue();
  if (cold.error) throw new Error(`${system.name}: ${cold.error}`);
  return { system, page, cold, sent: site.sent(), twice: site.twice(), close: () => context.close() };
}

async function processes(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo;
}

/** Nanoseconds that each thread of the browser's processes has spent on processors so far. */
export async function cpuTimes(browser) {
  const times = new Map();
  for (const { id } of await processes(browser)) {
    // A thread may end between the two looks.
    for (const task of readdirSync(`/proc/${id}/task`)) times.set(task, Number(read(`/proc/${id}/task/${task}/schedstat`).split(" ")[0]));
  }
  return times;
}

/**
 * Milliseconds between two looks: what other programs do to the clock, they do less to this. Of a thread that ended in between nothing is
 * known but what it had before, which is not to be taken off.
 */
export function cpuBetween(before, after) {
  let nanoseconds = 0;
  for (const [task, time] of after) nanoseconds += time - (before.get(task) ?? 0);
  return nanoseconds / 1e6;
}

/** The most resident memory in bytes that the largest renderer and the GPU's process have had. */
export async function peaks(browser) {
  const found = {};
  for (const { id, type } of await processes(browser)) {
    const peak = Number(/VmHWM:\s*(\d+)/.exec(read(`/proc/${id}/status`))?.[1] ?? 0) * 1024;
    const key = type === "GPU" ? "gpu" : type;
    found[key] = Math.max(found[key] ?? 0, peak);
  }
  return { renderer: found.renderer, gpu: found.gpu };
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
