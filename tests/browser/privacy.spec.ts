import { HARD_NOTE, expect, openReady, redactNote, test, withApi } from "./harness.js";
import { HEADERS } from "../../www/scripts/serve.mjs";

/** Words of {@link HARD_NOTE} that a leak would show. */
const TELLTALES = ["Lindstr", "Rajesh", "555-0123", "zoe.lindstrom", "00482917"];

test("nothing is requested once the page is loaded, and the note is nowhere but in the page", async ({ page, site, context, consoleLog, requested }) => {
  await openReady(page, site);
  const loaded = [...site.requests];
  expect(loaded).toContain("/assets/model/model.safetensors.gz");
  // The worker's requests are watched as well as the page's.
  expect(requested).toContain("/assets/model/model.safetensors.gz");
  const before = requested.length;
  await redactNote(page, HARD_NOTE);
  await page.locator("#edit").click();
  await redactNote(page, "Seen by Dr. Rajesh Patel, tel. 617-555-0123.");
  expect(site.requests).toEqual(loaded);
  expect(requested).toHaveLength(before);

  expect(page.url()).toBe(`${site.origin}/?device=cpu`);
  expect(consoleLog.join("\n")).toBe("");
  expect(await context.cookies()).toEqual([]);
  const kept = await page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    history: history.state as unknown,
    name: window.name,
  }));
  expect(kept).toEqual({ local: 0, session: 0, databases: 0, caches: 0, history: null, name: "" });
});

test("the report holds nothing of the note", async ({ page, site }) => {
  const { report, entities } = await withApi(page, site, HARD_NOTE, async ({ api, arg }) => {
    const redactor = await api.createRedactor({ device: "cpu", model: "/models/tiny-bert/" });
    const result = await redactor.redact(arg, { threshold: 0 });
    redactor.dispose();
    return { report: JSON.stringify(result.report), entities: result.entities.length };
  });
  expect(entities).toBeGreaterThan(3);
  expect(report.length).toBeGreaterThan(2);
  for (const word of TELLTALES) expect(report).not.toContain(word);
});

test("a link cannot point the page at other assets", async ({ page, site }) => {
  await openReady(page, site, "?device=cpu&assets=https://other.example/&model=https://other.example/");
  expect(site.requests).toContain("/assets/model/model.safetensors.gz");
});

test("the policy forbids what it should, in the page as in the headers", async ({ page, site }) => {
  await openReady(page, site);
  const csp = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  // A page cannot say by itself who may frame it.
  expect(`${csp}; frame-ancestors 'none'`).toBe(HEADERS["content-security-policy"]);
  expect(csp).toContain("default-src 'none'");
  expect(csp).toContain("connect-src 'self'");
  expect(csp).not.toContain("unsafe-inline");
  expect(csp?.replace("'wasm-unsafe-eval'", "")).not.toContain("unsafe");
});

test("reloading forgets the note", async ({ page, site }) => {
  await openReady(page, site);
  await redactNote(page, "Seen by Dr. Rajesh Patel.");
  await page.reload();
  await expect(page.locator("#redact")).toBeEnabled();
  await expect(page.locator("#note")).toHaveValue("");
});
