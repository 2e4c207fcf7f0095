/**
 * The tests' page: fails a test on any error of the page, any error or warning on the console, any violation of the content
 * security policy and any request that leaves the origin.
 */

import { test as base, expect, type Page } from "@playwright/test";
import type * as scrubjay from "scrubjay";
import { BLANK, Site } from "./site.js";

interface Fixtures {
  /** Whether the browser has service workers. Without them each visit is a first one, and spoilt files are met where they lie. */
  serviceWorker: boolean;
  /** Console messages that a test provokes on purpose (the browser's own note on a 404). */
  allowedConsole: RegExp[];
  /** Everything that was said on the console. */
  consoleLog: string[];
  /** Paths of everything that was requested, as the browser saw it. */
  requested: string[];
}

export const test = base.extend<Fixtures, { site: Site }>({
  site: [
    async ({}, use) => {
      const site = await Site.start();
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],
  serviceWorker: [false, { option: true }],
  allowedConsole: [[], { option: true }],
  consoleLog: async ({}, use) => use([]),
  requested: async ({}, use) => use([]),
  page: async ({ page, context, site, serviceWorker, allowedConsole, consoleLog, requested }, use) => {
    site.heal();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
    page.on("console", (message) => {
      consoleLog.push(message.text());
      const bad = message.type() === "error" || message.type() === "warning";
      if (bad && !allowedConsole.some((pattern) => pattern.test(message.text()))) {
        faults.push(`console ${message.type()}: ${message.text()}`);
      }
    });
    // The service worker's as well as the page's.
    context.on("request", (request) => {
      const { origin, pathname } = new URL(request.url());
      requested.push(pathname);
      if (origin !== site.origin) faults.push(`request to another origin: ${request.url()}`);
    });
    if (!serviceWorker) {
      await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "serviceWorker", { value: undefined }));
    }
    await page.exposeFunction("cspViolation", (text: string) => faults.push(`content security policy: ${text}`));
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        (window as unknown as { cspViolation(text: string): void }).cspViolation(`${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    await use(page);
    site.heal();
    expect(faults).toEqual([]);
  },
});

export { expect };

/** Runs `body` in a blank page with the package as it is shipped. */
export async function withApi<A, R>(
  page: Page,
  site: Site,
  arg: A,
  body: (context: { api: typeof scrubjay; arg: A }) => Promise<R>,
): Promise<R> {
  await page.goto(`${site.origin}${BLANK}`);
  const source = `(async ({ arg }) => { const api = await import("/lib/index.js"); return (${body.toString()})({ api, arg }); })(${JSON.stringify({ arg })})`;
  return (await page.evaluate(source)) as R;
}

/** Opens the page and waits until it is ready. */
export async function openReady(page: Page, site: Site, query = "?device=cpu"): Promise<void> {
  await page.goto(`${site.origin}/${query}`);
  await expect(page.locator("#redact")).toBeEnabled();
  await expect(page.locator("#failure")).toBeHidden();
}

/** Pastes a note and waits for its result. */
export async function redactNote(page: Page, note: string): Promise<string> {
  await page.locator("#note").fill(note);
  await page.locator("#redact").click();
  await expect(page.locator("#copy")).toBeEnabled();
  return (await page.locator("#redacted").textContent()) ?? "";
}

/** Text that goes wrong wherever offsets are counted in the wrong unit. */
export const HARD_NOTE =
  "\u{feff}Mrs. Zoë Lindström 👩🏽‍⚕️ (Zoe\u0308) was seen by Dr. Rajesh Patel.\r\n" +
  "שם: דוד כהן, tel. 617-555-0123\u200b, \u202bالمريض\u202c 𝔍𝔬𝔥𝔫.\r\n\tE-mail zoe.lindstrom@example.org on 03/14/2019 🎂.\n" +
  "Address: 12 Foundry Street, 東京. MRN: 00482917\u0000 end.";
