/** A long note read by several threads at once. The machine of the tests may have two processors: it is told otherwise. */

import type { Page, Worker } from "@playwright/test";
import type * as scrubjay from "scrubjay";
import { HARD_NOTE, expect, openReady, redactNote, test } from "./harness.js";
import { BLANK, type Site } from "./site.js";

type Api = typeof scrubjay;

const LONG = `${HARD_NOTE}\nNo chest pain, no oedema; seen by Dr. Rajesh Patel again on 4 May, in the clinic at Ashford, for follow-up.\n`.repeat(30);

/** What `page` keeps between two steps of a test. */
async function begin(page: Page, site: Site, threads: number): Promise<void> {
  await page.goto(`${site.origin}${BLANK}`);
  await page.evaluate(`import("/lib/index.js").then(async (api) => {
    const open = (threads) => api.createRedactor({ device: "cpu", remember: false, threads });
    globalThis.redactors = [await open(1), await open(${threads})];
    globalThis.result = redactors[1].redact(${JSON.stringify(LONG)});
  })`);
}

const same = (page: Page) =>
  page.evaluate(`(async () => {
    const [one, several] = [await redactors[0].redact(${JSON.stringify(LONG)}), await result];
    return one.text === several.text && JSON.stringify(one.entities) === JSON.stringify(several.entities) && one.entities.length > 100;
  })()`);

test("what three threads find is what one finds, and they end with the redactor", async ({ page, site }) => {
  await begin(page, site, 3);
  await expect.poll(() => page.workers().length).toBe(4);
  expect(await same(page)).toBe(true);
  await page.evaluate("redactors.forEach((redactor) => redactor.dispose())");
  await expect.poll(() => page.workers().length).toBe(0);
});

test("helpers that end in the middle of a note cost nothing but time", async ({ page, site }) => {
  await page.goto(`${site.origin}${BLANK}`);
  const started: Worker[] = [];
  page.on("worker", (worker) => started.push(worker));
  await begin(page, site, 3);
  await expect.poll(() => started.length).toBe(4);
  for (const helper of started.slice(2)) await helper.evaluate("self.close()").catch(() => undefined);
  expect(await same(page)).toBe(true);
  await page.evaluate("redactors.forEach((redactor) => redactor.dispose())");
});

test("the page uses them, under its own policy", async ({ page, site }) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "hardwareConcurrency", { value: 6 }));
  await openReady(page, site);
  expect(page.workers()).toHaveLength(1);
  const most: number[] = [];
  page.on("worker", () => most.push(page.workers().length));
  const redacted = await redactNote(page, LONG);
  expect(redacted).not.toContain("Patel");
  expect(Math.max(...most)).toBe(3);
});

test("short notes are read by one", async ({ page, site }) => {
  await page.goto(`${site.origin}${BLANK}`);
  const body = async (api: Api, note: string) => (await (await api.createRedactor({ device: "cpu", threads: 4 })).redact(note)).text;
  expect(await page.evaluate(`import("/lib/index.js").then((api) => (${body.toString()})(api, "Seen by Dr. Rajesh Patel."))`)).not.toContain("Patel");
  expect(page.workers()).toHaveLength(1);
});
