import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openReady, test, expect } from "./harness.js";
import { pdf } from "./pdf.js";
const fixtures = resolve(import.meta.dirname, "../fixtures/formats");
const g = (name: string, buffer: Buffer) => ({ name, mimeType: "application/octet-stream", buffer });
test("shots", async ({ page, site }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await openReady(page, site);
  await page.locator("#files-input").setInputFiles([
    g("visits 2024.csv", Buffer.from('id,patient,date,note,comment\n1,Jane Roe,2024,"Seen by Dr. Rajesh Patel.",\n2,Ann Poe,2024,"Dr. Rajesh Patel, again",x\n')),
    g("notes.jsonl", readFileSync(join(fixtures, "notes.jsonl"))),
    g("letter.docx", readFileSync(join(fixtures, "letter.docx"))),
    g("scan.pdf", pdf([[]])),
    g("letter.pdf", pdf([["Seen by Dr. Rajesh Patel", "on 03/14/2019."], []])),
    g("picture.png", Buffer.from("\x89PNG\r\n\x1a\n\0\0", "latin1")),
  ]);
  await expect(page.locator("#files-list > li").nth(5)).toHaveAttribute("data-state", "failed");
  await page.screenshot({ path: "/tmp/wf-1.png", fullPage: true });
  await page.locator("#files-redact").click();
  await expect(page.locator("#status")).toContainText("redacted");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: "/tmp/wf-2.png", fullPage: true });
  await page.locator("#files-close").click();
  await page.emulateMedia({ colorScheme: "light" });
  await page.locator("#files-input").setInputFiles([g("letter.pdf", pdf([["Seen by Dr. Rajesh Patel", "on 03/14/2019."], []]))]);
  await expect(page.locator("#copy")).toBeEnabled();
  await page.screenshot({ path: "/tmp/wf-3.png" });
});
test("narrow", async ({ page, site }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await openReady(page, site);
  await page.locator("#files-input").setInputFiles([
    g(`${"a-long-name-without-an-end".repeat(4)}.csv`, Buffer.from("id,patient,note\n1,Jane Roe,Seen\n")),
    g("notes.jsonl", readFileSync(join(fixtures, "notes.jsonl"))),
    g("c.docx", Buffer.from("no Word")),
  ]);
  await expect(page.locator("#files-list > li").nth(2)).toHaveAttribute("data-state", "failed");
  const wide = await page.evaluate(() => [...document.querySelectorAll("*")].filter((n) => n.getBoundingClientRect().right > 321).map((n) => `${n.tagName}#${n.id}.${n.className} ${n.getBoundingClientRect().right}`).slice(0, 30));
  console.log(wide.join("\n"));
  await page.screenshot({ path: "/tmp/wf-4.png", fullPage: true });
});
