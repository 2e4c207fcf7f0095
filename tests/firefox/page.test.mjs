// The page in Firefox, on the processor: what is peculiar to Chromium would show here. The other browser tests are in tests/browser.
// Driven over WebDriver BiDi, which Debian's Firefox speaks of itself; Playwright's own Firefox would be a download.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "puppeteer-core";
import { handler, listen } from "../../www/scripts/serve.mjs";

const PAGE = resolve(import.meta.dirname, "../../www/dist/page");
const FIREFOX = process.env.FIREFOX ?? ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find((path) => existsSync(path));
const NOTE = "Mrs. Zoë Lindström was seen by Dr. Rajesh Patel on 03/14/2019, tel. 617-555-0123.";
const TIMEOUT = 120_000;

const arrived = [];
let down = false;
let server;
let origin;
let browser;

before(async () => {
  assert.ok(FIREFOX, "no Firefox: run scripts/setup.sh, or set FIREFOX");
  assert.ok(existsSync(join(PAGE, "sw.js")), "the page is not built: run `npm run build` in www");
  const handle = handler({ "/": PAGE });
  server = await listen((request, response) => {
    arrived.push(request.url);
    if (down) request.socket.destroy();
    else handle(request, response);
  }, 0);
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await launch({ browser: "firefox", executablePath: FIREFOX, headless: true, timeout: TIMEOUT, protocolTimeout: TIMEOUT });
});

after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

/** Waits until the page is ready, and redacts the note. */
async function redact(page) {
  const ready = () => page.waitForSelector("#redact:enabled", { timeout: TIMEOUT });
  await Promise.race([ready(), page.waitForSelector("#failure:not([hidden])", { timeout: TIMEOUT })]);
  assert.equal(await page.$eval("#failure", (node) => node.textContent), "");
  const loaded = arrived.filter((url) => url !== "/sw.js");
  await page.$eval("#note", (node, note) => {
    node.value = note;
    node.dispatchEvent(new Event("input", { bubbles: true }));
  }, NOTE);
  await page.click("#redact");
  await page.waitForSelector("#copy:enabled", { timeout: TIMEOUT });
  // The browser's question for a newer version may come at any time, and is the only one.
  assert.deepEqual(arrived.filter((url) => url !== "/sw.js"), loaded);
  const text = await page.$eval("#redacted", (node) => node.textContent);
  for (const name of ["Lindström", "Rajesh", "Patel", "555-0123", "2019"]) assert.ok(!text.includes(name), `${name} was left standing`);
  assert.ok(text.includes("was seen by"));
}

test("redacts on the processor, again without a server, and sends nothing", { timeout: 3 * TIMEOUT }, async () => {
  const page = await browser.newPage();
  const faults = [];
  page.on("pageerror", ({ message }) => faults.push(`page error: ${message}`));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) faults.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { protocol, origin: to } = new URL(request.url());
    // Firefox brings a font of its own along as a data URL.
    if (protocol !== "data:" && to !== origin) faults.push(`request to another origin: ${request.url()}`);
  });
  await page.evaluateOnNewDocument(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      throw new Error(`content security policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  await page.goto(`${origin}/?device=cpu`, { timeout: TIMEOUT });
  await redact(page);
  assert.equal(await page.$eval("#offline", (node) => node.dataset.state), "kept");
  for (const path of ["/assets/scrubjay-cpu_bg.wasm", "/assets/model/model.safetensors.gz"]) {
    assert.equal(arrived.filter((url) => url === path).length, 1, path);
  }

  down = true;
  arrived.length = 0;
  await page.reload({ timeout: TIMEOUT });
  await redact(page);
  assert.deepEqual(arrived.filter((url) => url !== "/sw.js"), []);
  assert.deepEqual(faults, []);
});
