/** The forms that a redacted note leaves in, and the way back. */

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { HARD_NOTE, expect, openReady, redactNote, test } from "./harness.js";

const NOTE = "Seen by Dr. Rajesh Patel on 03/14/2019, tel. 617-555-0123.\nDr. Patel will call on 03/20/2019 & write.";
const PASSPHRASE = "correct horse – 正しい馬";

const exporting = (page: Page) => page.getByRole("dialog", { name: "Accept and export" });
const restoring = (page: Page) => page.getByRole("dialog", { name: "Restore" });

async function openMore(page: Page): Promise<void> {
  await page.locator("#export").click();
  await page.locator("#export-more summary").press("Enter");
}

/** What `press` downloads. */
async function saved(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent("download");
  await press();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** Seals the mapping of the note under review. */
async function seal(page: Page): Promise<Buffer> {
  await openMore(page);
  await exporting(page).getByLabel("Passphrase").fill(PASSPHRASE);
  await exporting(page).getByLabel("The same again").fill(PASSPHRASE);
  const { name, bytes } = await saved(page, () => exporting(page).getByRole("button", { name: "Save mapping" }).press("Enter"));
  expect(name).toBe("redacted.mapping");
  await expect(page.locator("#exported")).toContainText("Saved as redacted.mapping");
  await expect(exporting(page).getByLabel("Passphrase")).toHaveValue("");
  await page.keyboard.press("Escape");
  return bytes;
}

async function restore(page: Page, text: string, mapping: Buffer, passphrase: string): Promise<void> {
  await page.locator("#restore-open").press("Enter");
  await restoring(page).getByLabel("Redacted text").fill(text);
  await page.locator("#restore-mapping-file").setInputFiles({ name: "m", mimeType: "application/octet-stream", buffer: mapping });
  await expect(page.locator("#restore-mapping-state")).toContainText("opened");
  await restoring(page).getByLabel("Passphrase").fill(passphrase);
  await page.keyboard.press("Enter");
}

test("the redacted note is saved in the forms of research", async ({ page, site }) => {
  await openReady(page, site);
  await redactNote(page, NOTE);
  await openMore(page);
  for (const [title, file, holds] of [
    ["i2b2 2014 XML", "redacted.xml", 'TYPE="PHONE"'],
    ["brat annotations, beside the text", "redacted.ann", "\tPHONE "],
    ["CoNLL, a token a line", "redacted.conll", "B-PHONE"],
    ["Web page with marks", "redacted.html", "<!doctype html>"],
  ] as const) {
    await exporting(page).getByLabel("Form", { exact: true }).selectOption({ label: title });
    const { name, bytes } = await saved(page, () => exporting(page).getByRole("button", { name: "Save", exact: true }).press("Enter"));
    expect(name).toBe(file);
    const text = bytes.toString();
    expect(text.toLowerCase()).toContain(holds.toLowerCase());
    for (const word of ["Patel", "555-0123", "03/14/2019"]) expect(text, file).not.toContain(word);
    await expect(page.locator("#exported")).toContainText(`Saved as ${file}.`);
  }
});

test("a form that cannot hold the note says so, and the others still can", async ({ page, site }) => {
  await openReady(page, site);
  // XML has no NUL; beside a name it would go with the name.
  await redactNote(page, `${HARD_NOTE}\nAbdomen soft \u0000 and not tender.`);
  await openMore(page);
  await exporting(page).getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.locator("#export-problem")).toContainText("cannot hold the note; nothing was saved. (CORPUS_INVALID:");
  for (const word of ["Lindstr", "Rajesh", "555-0123"]) await expect(page.locator("#export-problem")).not.toContainText(word);
  const { bytes } = await saved(page, () => page.locator("#export-text").click());
  expect(bytes.toString()).toBe(await page.locator("#redacted").textContent());
});

test("passphrases that differ or are too short seal nothing", async ({ page, site }) => {
  await openReady(page, site);
  await redactNote(page, NOTE);
  await openMore(page);
  const [one, again] = [exporting(page).getByLabel("Passphrase"), exporting(page).getByLabel("The same again")];
  await one.fill("motor-hålla 7");
  await again.fill("motor-ha\u030alla 7");
  await exporting(page).getByRole("button", { name: "Save mapping" }).click();
  await expect(page.locator("#export-problem")).toContainText("differ");
  await expect(again).toBeFocused();
  for (const node of [one, again]) await node.fill("7 chars");
  await page.keyboard.press("Enter");
  await expect(page.locator("#export-problem")).toContainText("OPTION_INVALID: option passphrase: at least 8 characters");
  await page.keyboard.press("Escape");
  await page.locator("#export").click();
  await expect(one).toHaveValue("");
  await expect(page.locator("#export-problem")).toBeHidden();
});

test("a redacted note comes back to the letter, and a wrong passphrase brings nothing", async ({ page, site, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: site.origin });
  await openReady(page, site);
  const redacted = await redactNote(page, HARD_NOTE);
  const note = await page.locator("#note").inputValue();
  const mapping = await seal(page);
  expect(mapping.includes("Patel")).toBe(false);

  await restore(page, redacted, mapping, `${PASSPHRASE} `);
  await expect(page.locator("#restore-problem")).toContainText("The passphrase is wrong, or the mapping was changed");
  await expect(page.locator("#restore-problem")).toHaveAttribute("data-code", "PASSPHRASE_WRONG");
  await expect(page.locator("#restore-result")).toBeHidden();
  await restoring(page).getByLabel("Passphrase").fill(PASSPHRASE);
  await page.keyboard.press("Enter");
  await expect(page.locator("#restore-said")).toContainText("put back.");
  await expect(page.locator("#restore-problem")).toBeHidden();
  await expect(page.locator("#restore-out")).toBeFocused();
  expect(await page.locator("#restore-out").textContent()).toBe(note);
  const { name, bytes } = await saved(page, () => restoring(page).getByRole("button", { name: "Save as text" }).click());
  expect([name, bytes.toString()]).toEqual(["restored.txt", note]);
  await restoring(page).getByRole("button", { name: "Copy" }).click();
  await expect(page.locator("#restore-said")).toContainText("clipboard");

  // Nothing outlives the dialog.
  await page.keyboard.press("Escape");
  await expect(page.locator("#restore-open")).toBeFocused();
  await page.locator("#restore-open").click();
  await expect(page.locator("#restore-out")).toBeEmpty();
  await expect(restoring(page).getByLabel("Redacted text")).toHaveValue("");
  await expect(restoring(page).getByLabel("Passphrase")).toHaveValue("");
  await expect(page.locator("#restore-mapping-state")).toHaveText("none yet");
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
});

test("a text that went through other hands is restored as far as its labels lead back", async ({ page, site }) => {
  await openReady(page, site);
  await page.locator("#policy").selectOption("numbered");
  const redacted = await redactNote(page, NOTE);
  const mapping = await seal(page);
  await restore(page, `Dear all,\n${redacted.replace("will call on", "called back")}`, mapping, PASSPHRASE);
  await expect(page.locator("#restore-out")).toContainText("Dear all,");
  await expect(page.locator("#restore-out")).toContainText("Seen by Dr. Rajesh Patel on 03/14/2019, tel. 617-555-0123.");
  // The text's own file, its lines ended as another system ends them.
  await page.locator("#restore-text-file").setInputFiles({ name: "t.txt", mimeType: "text/plain", buffer: Buffer.from(redacted.replaceAll("\n", "\r\n")) });
  await page.locator("#restore-form").getByRole("button", { name: "Restore" }).click();
  await expect(page.locator("#restore-out")).not.toContainText("Dear all");
  await expect(page.locator("#restore-out")).toContainText("will call on 03/20/2019 & write.");
});

test("labels that stood for several things stay, and are counted", async ({ page, site }) => {
  await openReady(page, site);
  const redacted = await redactNote(page, NOTE);
  const mapping = await seal(page);
  await restore(page, `${redacted} Thanks.`, mapping, PASSPHRASE);
  await expect(page.locator("#restore-said")).toContainText(/\d+ labels could not be: each stood for several things/);
  await expect(page.locator("#restore-out")).toContainText("[DATE]");
  await expect(page.locator("#restore-out")).toContainText("617-555-0123");
});

test("what is no mapping, no text or not there is said", async ({ page, site }) => {
  await openReady(page, site);
  const problem = page.locator("#restore-problem");
  await restore(page, "Seen by [DOCTOR].", Buffer.from('{"output": "", "entries": []}'), PASSPHRASE);
  await expect(problem).toContainText("This file is no mapping of scrubjay's. (MAPPING_INVALID");
  await page.keyboard.press("Escape");
  await page.locator("#restore-open").click();
  await restoring(page).getByRole("button", { name: "Restore" }).click();
  await expect(problem).toHaveAttribute("data-code", "TEXT_EMPTY");
  await restoring(page).getByLabel("Redacted text").fill("Seen by [DOCTOR].");
  await restoring(page).getByRole("button", { name: "Restore" }).click();
  await expect(problem).toHaveAttribute("data-code", "MAPPING_MISSING");
  await page.locator("#restore-text-file").setInputFiles({ name: "t.docx", mimeType: "", buffer: Buffer.from([0x50, 0x4b, 3, 4, 0xff]) });
  await expect(problem).toContainText("not text in UTF-8");
  await expect(restoring(page).getByLabel("Redacted text")).toHaveValue("Seen by [DOCTOR].");
});
