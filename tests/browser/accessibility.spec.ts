import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, openReady, redactNote, test } from "./harness.js";

const NOTE = "Seen by Dr. Rajesh Patel on 03/14/2019, tel. 617-555-0123, with Zundel. ".repeat(3);

/** WCAG 2.2 up to AA, and axe's own best practices. */
async function check(page: Page, state: string): Promise<void> {
  const { violations, passes } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  expect(passes.length, state).toBeGreaterThan(10);
  expect(violations.map(({ id, nodes }) => `${state}: ${id}: ${nodes.map(({ target }) => String(target)).slice(0, 3).join(", ")}`)).toEqual([]);
}

/** Goes through the page's states and calls `look` in each. */
async function everyState(page: Page, look: (state: string) => Promise<void>): Promise<void> {
  await look("empty");
  await page.locator("#redact").click();
  await expect(page.locator("#failure")).toBeVisible();
  await look("refused");
  await redactNote(page, NOTE);
  await look("reviewed");
  await page.locator("#highlighted mark").first().click();
  await look("at a mark");
  await page.keyboard.press("Delete");
  await page.locator("#highlighted").focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowRight");
  await look("with a selection");
  await page.getByRole("switch").first().uncheck();
  await page.getByLabel("Own threshold").check();
  await look("with a type switched off");
  await page.locator("#policy").selectOption("surrogate");
  await page.locator("#context summary").click();
  await page.locator("#key").fill("short");
  await page.locator("#thresholds summary").click();
  await page.locator("#threshold-types select").first().selectOption("0.10");
  await expect(page.locator("#key-problem")).toBeVisible();
  await page.locator("#model summary").click();
  await look("with all opened");
  await page.locator("#key").fill("");
  await page.locator("#key").press("Tab");
  await expect(page.locator("#key-problem")).toBeHidden();
  await page.locator("#export").click();
  await page.locator("#export-more summary").click();
  await page.locator("#seal-passphrase").fill("one");
  await page.locator("#seal").click();
  await expect(page.locator("#export-problem")).toBeVisible();
  await look("exporting");
  await page.keyboard.press("Escape");
  await page.locator("#policy-own").click();
  await page.locator("#policy-rest").selectOption({ label: "Leave as written" });
  await page.locator("#policy-file").setInputFiles({ name: "p", mimeType: "", buffer: Buffer.from("{") });
  await expect(page.locator("#policy-problem")).toBeVisible();
  await look("with a policy refused");
  await page.keyboard.press("Escape");
  await page.locator("#lists-open").click();
  await page.locator("#lists-patterns-more summary").click();
  await page.locator("#lists-deny-add").click();
  await page.locator("#lists-patterns textarea").fill("(");
  await page.getByRole("button", { name: "Use these" }).click();
  await expect(page.locator("#lists-problem")).toBeVisible();
  await look("with a pattern refused");
  await page.keyboard.press("Escape");
  await page.locator("#restore-open").click();
  await page.locator("#restore-form").getByRole("button", { name: "Restore" }).click();
  await expect(page.locator("#restore-problem")).toBeVisible();
  await look("restoring");
  await page.keyboard.press("Escape");
  await page.locator("#clear").click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await look("asked");
  await page.keyboard.press("Escape");
  await page.locator("#help-open").click();
  await look("helped");
  await page.keyboard.press("Escape");
}

for (const [name, media] of [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
] as const) {
  test(`every state is accessible, ${name}`, async ({ page, site }) => {
    await page.emulateMedia({ ...media, reducedMotion: "reduce" });
    await openReady(page, site);
    await everyState(page, (state) => check(page, state));
  });
}

test("doubtful passages are accessible", async ({ page, site }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openReady(page, site);
  await page.getByLabel("Own threshold").check();
  await page.getByRole("slider").fill("0.95");
  await page.locator("#sample").selectOption({ index: 1 });
  await page.locator("#highlighted mark.doubtful").first().click();
  await check(page, "doubtful");
});

test("a screen 320 pixels wide scrolls one way, in every state", async ({ page, site }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await openReady(page, site);
  await everyState(page, async (state) => {
    const [content, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(content, state).toBeLessThanOrEqual(width ?? 0);
  });
});

test("loading and its failure are accessible", async ({ page, site }) => {
  site.break("/assets/model/model.safetensors.gz", "stalled");
  await page.goto(`${site.origin}/?device=cpu`);
  await expect(page.locator("#status")).toContainText(/Loading the model: [\d.]+ MB/);
  await check(page, "loading");
  await page.locator("#cancel").press("Enter");
  await expect(page.locator("#retry")).toBeFocused();
  await check(page, "cancelled");
});

test("forced colours tell marks, doubts and what is left standing apart by their lines", async ({ page, site }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await openReady(page, site);
  await redactNote(page, NOTE);
  await page.getByRole("switch", { name: /^Phone/ }).uncheck();
  const lines = (selector: string) =>
    page.locator(`#highlighted ${selector}`).first().evaluate((node) => getComputedStyle(node).borderBottomStyle);
  expect(await lines("mark.entity")).toBe("solid");
  expect(await lines("mark.standing")).toBe("dotted");
});

test("results are said, and each passage is a button with a name", async ({ page, site }) => {
  await openReady(page, site);
  await expect(page.locator("#note")).toHaveAccessibleName("Note");
  await redactNote(page, NOTE);
  const status = page.getByRole("status").first();
  await expect(status).toContainText(/^\d+ identifiers found/);
  for (const mark of (await page.locator("#highlighted mark").all()).slice(0, 6)) {
    await expect(mark).toHaveRole("button");
    await expect(mark).toHaveAccessibleName(/^(doubtful, )?[A-Z][\w .-]+: .+/);
  }
  await expect(page.locator("#redacted")).toHaveAccessibleName("Redacted text");
});
