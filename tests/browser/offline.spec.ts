import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { HARD_NOTE, expect, redactNote, test as base } from "./harness.js";
import { Light } from "./light.js";
import { pdf } from "./pdf.js";
import { PAGE, Site } from "./site.js";

const FULL = "/scrubjay/";
const LIGHT = "/light/";

/** Two pages of one origin, each in its folder: the whole one and one without a model. */
const test = base.extend<object, { light: Light; site: Site }>({
  light: [
    async ({}, use) => {
      const light = new Light();
      await use(light);
      light.remove();
    },
    { scope: "worker" },
  ],
  site: [
    async ({ light }, use) => {
      const site = await Site.start({ [FULL]: PAGE, [LIGHT]: light.folder });
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],
});

test.use({
  serviceWorker: true,
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), "--host-resolver-rules=MAP lan.test 127.0.0.1"] });
  },
});
test.beforeEach(({ light }) => light.build("A"));

interface Build {
  readonly files: Readonly<Record<string, { readonly sha256: string; readonly bytes: number; readonly onDemand?: true }>>;
}

/** What a first visit keeps: all but what is kept on demand. */
function build(folder: string): Build {
  const line = readFileSync(join(folder, "sw.js"), "utf8").split("\n", 1)[0] ?? "";
  const { files } = JSON.parse(line.replace("self.build=", "").replace(/;$/, "")) as Build;
  return { files: Object.fromEntries(Object.entries(files).filter(([, { onDemand }]) => !onDemand)) };
}

/** Opens the page without a model and waits until it is kept; it then stops at the module. */
async function openLight(page: Page, site: Site): Promise<void> {
  await page.goto(site.origin + LIGHT);
  await expect(page.locator("#offline")).toHaveAttribute("data-state", "kept");
  await expect(page.locator("#failure")).toHaveAttribute("data-code", "ASSET_INVALID");
}

function times(site: Site, path: string): number {
  return site.requests.filter((one) => one === path).length;
}

/** What the caches hold, by address. */
function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map(({ url }) => url).sort();
  });
}

function addresses(site: Site, base: string, { files }: Build): string[] {
  return Object.entries(files).map(([path, { sha256 }]) => `${new URL(path, site.origin + base).href}?sha256=${sha256}`).sort();
}

test("after one visit the page reloads and redacts without a network, and keeps nothing of the note", async ({ page, context, site, requested, consoleLog }) => {
  const before = site.bytes;
  await page.goto(`${site.origin}${FULL}?device=cpu`);
  await expect(page.locator("#redact")).toBeEnabled();
  await expect(page.locator("#offline")).toHaveAttribute("data-state", "kept");
  const known = build(PAGE);
  // A browser asks for the worker anew with each page and worker that it starts. That is how it learns of a new version.
  await expect.poll(() => times(site, `${FULL}sw.js`)).toBe(2);
  // All else once, but for the page itself, which was opened by another address than it is kept under.
  const paths = Object.keys(known.files).map((path) => new URL(path, site.origin + FULL).pathname);
  expect(site.requests.filter((path) => path !== `${FULL}sw.js`).sort()).toEqual([...paths, FULL].sort());
  const once = Object.values(known.files).reduce((sum, { bytes }) => sum + bytes, 0);
  const sent = site.bytes - before;
  expect(sent).toBeGreaterThan(once);
  expect(sent).toBeLessThan(once + 100_000);
  expect(await kept(page)).toEqual(addresses(site, FULL, known));

  site.down = true;
  await context.setOffline(true);
  site.requests.length = 0;
  await page.reload();
  await expect(page.locator("#redact")).toBeEnabled();
  const loaded = requested.length;
  const redacted = await redactNote(page, HARD_NOTE);
  for (const name of ["Lindström", "Rajesh", "555-0123", "zoe.lindstrom"]) expect(redacted).not.toContain(name);
  expect(requested).toHaveLength(loaded);
  // Code that is only loaded when it is needed is there too.
  const letter = { name: "letter.pdf", mimeType: "application/pdf", buffer: pdf([["Seen by Dr. Rajesh Patel."]]) };
  await page.locator("#files-input").setInputFiles([letter]);
  await expect(page.locator("#highlighted")).toHaveText("Seen by Dr. Rajesh Patel.");
  // But for the browser's own question for a newer version, none even tried.
  expect(site.requests.filter((path) => path !== `${FULL}sw.js`)).toEqual([]);

  expect(await kept(page)).toEqual(addresses(site, FULL, known));
  const held = await page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    cookies: document.cookie,
    history: history.state as unknown,
    name: window.name,
  }));
  expect(held).toEqual({ local: 0, session: 0, databases: 0, cookies: "", history: null, name: "" });
  expect(page.url()).toBe(`${site.origin}${FULL}?device=cpu`);
  expect(consoleLog.join("\n")).toBe("");
});

test("a new version is offered, waits for a note, and then takes over", async ({ page, site, light }) => {
  await openLight(page, site);
  await expect(page).toHaveTitle("A");
  const first = build(light.folder);
  light.build("B");
  await page.reload();
  await expect(page).toHaveTitle("A");
  const offer = page.locator("#update");
  await expect(offer).toContainText("A new version is ready");
  await page.locator("#note").fill("A note.");

  await offer.getByRole("button", { name: "Reload" }).click();
  await expect(offer).toContainText("clears the note");
  await expect(page).toHaveTitle("A");
  await offer.getByRole("button", { name: "Later" }).click();
  await expect(offer).toHaveCount(0);
  await expect(page.locator("#note")).toHaveValue("A note.");

  // Still the old one, and offered again.
  await page.reload();
  await expect(page).toHaveTitle("A");
  await expect(page.locator("#note")).toHaveValue("");
  await offer.getByRole("button", { name: "Reload" }).click();
  await expect(page).toHaveTitle("B");
  await expect(offer).toHaveCount(0);
  const second = build(light.folder);
  expect(await kept(page)).toEqual(addresses(site, LIGHT, second));
  // What the versions share was not fetched again.
  expect(times(site, `${LIGHT}assets/scrubjay-cpu_bg.wasm`)).toBe(1);
  expect(second.files["./"]?.sha256).not.toBe(first.files["./"]?.sha256);
});

test("another window keeps its note when one takes the new version", async ({ page, context, site, light }) => {
  await openLight(page, site);
  const other = await context.newPage();
  await other.goto(site.origin + LIGHT);
  await other.locator("#note").fill("A note.");
  light.build("B");
  await page.reload();
  await page.locator("#update").getByRole("button", { name: "Reload" }).click();
  await expect(page).toHaveTitle("B");
  await expect(other.locator("#update")).toContainText("A new version is ready");
  await expect(other.locator("#note")).toHaveValue("A note.");
  await expect(other).toHaveTitle("A");
});

test("a new version with a file that is not the one it was built with is refused", async ({ page, context, site, light }) => {
  await openLight(page, site);
  const first = addresses(site, LIGHT, build(light.folder));
  light.build("B");
  light.write("index.html", "<!doctype html><title>Not B</title>");
  await page.reload();
  await expect(page.locator("#offline")).toHaveAttribute("data-state", "refused");
  await expect(page.locator("#update")).toHaveCount(0);
  site.down = true;
  await context.setOffline(true);
  await page.reload();
  await expect(page).toHaveTitle("A");
  await expect(page.locator("#offline")).toHaveAttribute("data-state", "kept");
  expect(await kept(page)).toEqual(expect.arrayContaining(first));
});

test.describe(() => {
  test.use({ allowedConsole: [/status of 404/] });

  test("a first visit whose files cannot all be kept works with the network, and says so", async ({ page, site }) => {
    site.break(`${LIGHT}icon-512.png`, "missing");
    await page.goto(site.origin + LIGHT);
    await expect(page.locator("#offline")).toHaveAttribute("data-state", "failed");
    await expect(page.locator("#failure")).toHaveAttribute("data-code", "ASSET_INVALID");
    expect(site.requests).toContain(`${LIGHT}assets/scrubjay-cpu_bg.wasm`);
  });
});

test("where there are no service workers, as over http from another computer, the page says so and goes on", async ({ browser, site }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://lan.test:${new URL(site.origin).port}${LIGHT}`);
  expect(await page.evaluate(() => isSecureContext || "serviceWorker" in navigator)).toBe(false);
  await expect(page.locator("#offline")).toHaveAttribute("data-state", "unavailable");
  await expect(page.locator("#offline")).toContainText("https");
  await expect(page.locator("#failure")).toHaveAttribute("data-code", "ASSET_INVALID");
  await context.close();
});

test("the module for graphics processors is kept once it was asked for, and then by each version", async ({ page, context, site, light }) => {
  await openLight(page, site);
  const module = `${LIGHT}assets/scrubjay_bg.wasm`;
  const ask = () => page.evaluate(async (url) => (await fetch(url)).text(), module);
  expect(times(site, module)).toBe(0);
  expect(await ask()).toBe("no scrubjay_bg.wasm");
  site.down = true;
  await context.setOffline(true);
  expect(await ask()).toBe("no scrubjay_bg.wasm");
  expect(times(site, module)).toBe(1);
  await context.setOffline(false);
  site.down = false;
  light.build("B", { "scrubjay_bg.wasm": "another" });
  await page.reload();
  await page.locator("#update").getByRole("button", { name: "Reload" }).click();
  await expect(page).toHaveTitle("B");
  expect(times(site, module)).toBe(2);
  expect(await ask()).toBe("another");
  expect(times(site, module)).toBe(2);
});

test("the page can be installed", async ({ page, context, site }) => {
  await openLight(page, site);
  const session = await context.newCDPSession(page);
  const manifest = await session.send("Page.getAppManifest");
  expect(manifest.errors).toEqual([]);
  expect(manifest.url).toBe(`${site.origin}${LIGHT}manifest.webmanifest`);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // Playwright's windows are private ones.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
});

test("the worker answers with the policy, and leaves all but the page's files alone", async ({ page, site, light }) => {
  await openLight(page, site);
  const found = await page.evaluate(async () => {
    const own = await fetch("./icon.svg?by=worker");
    await fetch("/scrubjay/icon.svg");
    return { csp: own.headers.get("content-security-policy"), type: own.headers.get("content-type") };
  });
  expect(found.csp).toContain("frame-ancestors 'none'");
  expect(found.type).toBe("image/svg+xml");
  expect(times(site, `${LIGHT}icon.svg`)).toBe(1);
  expect(times(site, `${FULL}icon.svg`)).toBe(1);
  expect(await kept(page)).toEqual(addresses(site, LIGHT, build(light.folder)));
});
