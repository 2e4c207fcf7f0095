import { HARD_NOTE, expect, openReady, redactNote, test } from "./harness.js";

test("nothing is requested once the page is loaded, and the note is nowhere but in the page", async ({ page, site, context, consoleLog, requested }) => {
  await openReady(page, site);
  const loaded = [...site.requests];
  expect(loaded).toContain("/assets/model/model.safetensors");
  // The worker's requests are watched as well as the page's.
  expect(requested).toContain("/assets/model/model.safetensors");
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

test("a link cannot point the page at other assets", async ({ page, site }) => {
  await openReady(page, site, "?device=cpu&assets=https://other.example/&model=https://other.example/");
  expect(site.requests).toContain("/assets/model/model.safetensors");
});

test("the policy forbids what it should", async ({ page, site }) => {
  await openReady(page, site);
  const csp = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
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
