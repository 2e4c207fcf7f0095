/** Files on the page: opened, dropped, redacted one after another, saved. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Page } from "@playwright/test";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, openReady, test } from "./harness.js";
import { pdf } from "./pdf.js";

const fixtures = resolve(import.meta.dirname, "../fixtures/formats");
const fixture = (name: string) => readFileSync(join(fixtures, name));

interface Given {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const given = (name: string, content: Buffer | string): Given => ({
  name,
  mimeType: "application/octet-stream",
  buffer: typeof content === "string" ? Buffer.from(content) : content,
});

const open = (page: Page, ...files: Given[]) => page.locator("#files-input").setInputFiles(files);
const item = (page: Page, n: number) => page.locator("#files-list > li").nth(n - 1);

/** Drops files on the page, as a person does. */
async function drop(page: Page, ...files: Given[]): Promise<void> {
  const transfer = await page.evaluateHandle((files) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of files) transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    return transfer;
  }, files.map(({ name, buffer }) => ({ name, base64: buffer.toString("base64") })));
  await page.dispatchEvent("#note", "dragenter", { dataTransfer: transfer });
  await expect(page.locator("html")).toHaveAttribute("data-drop", "");
  await page.dispatchEvent("#note", "dragover", { dataTransfer: transfer });
  await page.dispatchEvent("#note", "drop", { dataTransfer: transfer });
  await expect(page.locator("html")).not.toHaveAttribute("data-drop", "");
}

/** What pressing `button` downloads. */
async function saved(page: Page, button: string | ReturnType<Page["locator"]>): Promise<{ name: string; bytes: Buffer; path: string }> {
  const download = page.waitForEvent("download");
  await (typeof button === "string" ? page.locator(button) : button).click();
  const file = await download;
  const path = await file.path();
  return { name: file.suggestedFilename(), bytes: readFileSync(path), path };
}

/** The files of a zip archive, by another program than the one under test. */
function unzip(path: string): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "scrubjay-"));
  try {
    execFileSync("python3", ["-m", "zipfile", "-t", path]);
    execFileSync("python3", ["-m", "zipfile", "-e", path, folder]);
    return Object.fromEntries(readdirSync(folder).sort().map((name) => [name, readFileSync(join(folder, name), "latin1")]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function accessible(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(violations.map(({ id, nodes }) => `${state}: ${id}: ${nodes.map(({ target }) => String(target)).join(", ")}`)).toEqual([]);
}

const NOTE = "Mrs. Zoë Lindström was seen by Dr. Rajesh Patel on 03/14/2019.\n";
const CSV = "id,patient,note\n1,Jane Roe,Seen by Dr. Rajesh Patel.\n2,Ann Poe,\"Dr. Rajesh Patel, again\"\n";

test("a text file is reviewed as if it were pasted, in any encoding that says so", async ({ page, site }) => {
  await openReady(page, site);
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(NOTE, "utf16le")]);
  for (const file of [given("a.txt", NOTE), given("A.MD", `\u{feff}${NOTE}`), given("b.txt", utf16)]) {
    await open(page, file);
    await expect(page.locator("#copy")).toBeEnabled();
    await expect(page.locator("#highlighted")).toHaveText(NOTE.trim());
    await expect(page.locator("#redacted")).not.toContainText("Patel");
    await expect(page.locator("#files")).toBeHidden();
    await page.locator("#clear").click();
  }
});

test("a dropped file asks before corrections are lost", async ({ page, site }) => {
  await openReady(page, site);
  await drop(page, given("a.txt", NOTE));
  await expect(page.locator("#copy")).toBeEnabled();
  await page.locator("#highlighted mark").first().click();
  await page.keyboard.press("Delete");
  await drop(page, given("b.txt", "Another note."));
  await page.getByRole("button", { name: "Keep reviewing" }).click();
  await expect(page.locator("#highlighted")).toContainText("Patel");
  await drop(page, given("b.txt", "Another note."));
  await page.getByRole("button", { name: "Give them up" }).click();
  await expect(page.locator("#highlighted")).toHaveText("Another note.");
});

test("a text file in another encoding says so, and is read when the person tells it", async ({ page, site }) => {
  await openReady(page, site);
  await open(page, given("a.txt", Buffer.from(NOTE, "latin1")));
  await expect(item(page, 1)).toHaveAttribute("data-code", "FORMAT_INVALID");
  await expect(item(page, 1)).toContainText("Windows-1252");
  await accessible(page, "failed");
  await item(page, 1).getByLabel("Encoding").selectOption("windows-1252");
  await expect(item(page, 1)).toHaveAttribute("data-state", "waiting");
  await item(page, 1).getByRole("button", { name: "Review as a note" }).click();
  await expect(page.locator("#copy")).toBeEnabled();
  await expect(page.locator("#highlighted")).toContainText("Zoë Lindström");
  await page.locator("#files-redact").click();
  await expect(item(page, 1)).toHaveAttribute("data-state", "done");
  const { name, bytes } = await saved(page, item(page, 1).getByRole("button", { name: "Save" }));
  expect(name).toBe("redacted-1.txt");
  expect(bytes.toString("latin1")).not.toContain("Patel");
});

test("a person chooses the columns of a table", async ({ page, site }) => {
  await openReady(page, site);
  await open(page, given("Jane Roe.csv", CSV));
  const file = item(page, 1);
  await expect(file.getByRole("checkbox", { name: "note 2 cells" })).toBeChecked();
  await expect(file.getByRole("checkbox", { name: "patient 2 cells" })).toBeChecked();
  await accessible(page, "columns");
  for (const name of ["id", "patient", "note"]) await file.getByRole("checkbox", { name: `${name} 2 cells` }).uncheck();
  await page.locator("#files-redact").click();
  await expect(page.locator("#failure")).toHaveAttribute("data-code", "FILE_UNCHOSEN");
  await file.getByRole("checkbox", { name: "note 2 cells" }).check();
  await expect(file.getByRole("checkbox", { name: "note 2 cells" })).toBeFocused();
  await page.locator("#files-redact").click();
  await expect(file).toHaveAttribute("data-state", "done");
  await expect(file).toContainText("Redacted by policy i2b2");
  await accessible(page, "done");
  const about = await saved(page, file.getByRole("button", { name: "Report" }));
  expect(JSON.parse(about.bytes.toString())).toMatchObject({ files: [{ number: 1, file: "redacted-1.csv", notes: 2, report: { policy: "i2b2" } }] });
  expect(about.bytes.toString()).not.toMatch(/Jane|Patel/);
  const some = await saved(page, file.getByRole("button", { name: "Save" }));
  expect(some.name).toBe("redacted-1.csv");
  expect(some.bytes.toString()).toMatch(/^id,patient,note\n1,Jane Roe,.*\[DOCTOR\].*\n2,Ann Poe,".*\[DOCTOR\].*"\n$/);

  await file.getByRole("checkbox", { name: "patient 2 cells" }).check();
  await expect(file).toHaveAttribute("data-state", "waiting");
  await page.locator("#policy").selectOption("mask");
  await page.locator("#files-keep").check();
  await page.locator("#files-redact").click();
  await expect(file).toContainText("Redacted by policy mask");
  const more = await saved(page, file.getByRole("button", { name: "Save" }));
  expect(more.name).toBe("Jane Roe.csv");
  expect(more.bytes.toString()).toContain("█");
  expect(more.bytes.toString()).not.toMatch(/Patel|Jane Roe|\[/);

  await file.getByRole("checkbox", { name: "The first row names the columns" }).uncheck();
  await expect(file).toContainText("Every cell is read");
});

test("many files come out as one archive; those that fail are listed, and the rest is done", async ({ page, site }) => {
  await openReady(page, site);
  const docx = fixture("letter.docx");
  await open(
    page,
    given("Jane Roe.docx", docx),
    given("damaged.docx", docx.subarray(0, docx.length - 300)),
    given("notes.jsonl", fixture("notes.jsonl")),
    given("oru.hl7", fixture("oru.hl7")),
    given("patient.json", fixture("patient.json")),
    given("note.txt", NOTE),
    given("scan.png", Buffer.from("\x89PNG\r\n\x1a\n\0\0", "latin1")),
    given("letter.pdf", pdf([["Seen by Dr. Rajesh Patel", "on 03/14/2019."], []])),
    given("scan.pdf", pdf([[]])),
    given("locked.pdf", pdf([["Dr. Rajesh Patel"]], true)),
  );
  await expect(page.locator("#files-list > li")).toHaveCount(10);
  await expect(item(page, 7)).toHaveAttribute("data-code", "FORMAT_INVALID");
  await expect(item(page, 3)).toContainText("JSON lines");
  await page.locator("#files-redact").click();
  await expect(page.locator("#status")).toContainText("6 files are redacted, 4 failed.");
  for (const [n, code] of [[2, "FORMAT_INVALID"], [7, "FORMAT_INVALID"], [9, "PDF_SCANNED"], [10, "PDF_PASSWORD"]] as const) {
    await expect(item(page, n)).toHaveAttribute("data-code", code);
  }
  await expect(item(page, 8)).toContainText("1 of 2 pages have no text layer");
  await expect(page.locator("#failure")).toBeHidden();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await accessible(page, `a batch, ${colorScheme}`);
  }

  const { name, path } = await saved(page, "#files-save");
  expect(name).toBe("redacted.zip");
  const files = unzip(path);
  const names = ["redacted-1.docx", "redacted-3.jsonl", "redacted-4.hl7", "redacted-5.json", "redacted-6.txt", "redacted-8.txt", "report.json"];
  expect(Object.keys(files)).toEqual(names);
  expect(files["redacted-8.txt"]).toMatch(/^Seen by Dr. \[DOCTOR\]\non \[DATE\]\.$/);
  expect(files["redacted-6.txt"]).not.toContain("Patel");
  expect(JSON.parse(files["redacted-5.json"] ?? "")).toMatchObject({ resourceType: "Patient" });
  const report = JSON.parse(files["report.json"] ?? "") as { files: { number: number; failed?: string; file?: string }[] };
  expect(report.files.map(({ failed, file }) => failed ?? file)).toEqual([
    "redacted-1.docx", "FORMAT_INVALID", "redacted-3.jsonl", "redacted-4.hl7", "redacted-5.json", "redacted-6.txt", "FORMAT_INVALID", "redacted-8.txt", "PDF_SCANNED", "PDF_PASSWORD",
  ]);
  expect(files["report.json"]).not.toMatch(/Jane|Roe|Patel|letter/);
});

test("a PDF file is opened by its text layer, and one without says so", async ({ page, site, requested }) => {
  await openReady(page, site);
  expect(requested.filter((path) => path.includes("pdf"))).toEqual([]);
  await open(page, given("letter.pdf", pdf([["Seen by Dr. Rajesh Patel", "on 03/14/2019."], [], ["Call (617) 555-0123."]])));
  await expect(page.locator("#copy")).toBeEnabled();
  await expect(page.locator("#highlighted")).toHaveText("Seen by Dr. Rajesh Patel\non 03/14/2019.\n\nCall (617) 555-0123.");
  await expect(page.locator("#files-said")).toContainText("layout, its pictures");
  await expect(page.locator("#files-said")).toContainText("1 of 3 pages");
  await accessible(page, "a PDF file");
  for (const [file, code] of [
    [pdf([[]]), "PDF_SCANNED"],
    [pdf([["Dr. Patel"]], true), "PDF_PASSWORD"],
    [Buffer.from("%PDF-1.7 Dr. Patel"), "PDF_DAMAGED"],
  ] as const) {
    await open(page, given("a.pdf", file));
    await expect(page.locator("#failure")).toHaveAttribute("data-code", code);
    await expect(page.locator("#failure")).not.toContainText("Patel");
    // What was there is still there.
    await expect(page.locator("#highlighted")).toContainText("Rajesh Patel");
    await expect(page.locator("#files-said")).toContainText("1 of 3 pages");
  }
  await page.locator("#clear").click();
  await expect(page.locator("#files-said")).toBeHidden();
});

test("a batch is cancelled, keeps what is done, and is taken up again", async ({ page, site }) => {
  await openReady(page, site);
  const long = "Seen by Dr. Rajesh Patel for cough and fever. ".repeat(4000);
  await open(page, given("a.csv", CSV), given("b.txt", long), given("c.csv", CSV));
  await expect(item(page, 3)).toContainText("CSV");
  await page.locator("#files-redact").click();
  await expect(item(page, 2)).toHaveAttribute("data-state", "reading");
  await open(page, given("d.csv", CSV));
  await expect(page.locator("#failure")).toHaveAttribute("data-code", "FILES_BUSY");
  await page.locator("#cancel").click();
  await expect(page.locator("#status")).toContainText("Cancelled. 1 file is redacted.");
  await expect(item(page, 1)).toHaveAttribute("data-state", "done");
  await expect(item(page, 2)).toHaveAttribute("data-state", "waiting");
  await item(page, 2).getByRole("button", { name: "Remove" }).click();
  await page.locator("#files-redact").click();
  await expect(page.locator("#status")).toContainText("2 files are redacted.");
  await page.locator("#files-close").click();
  await expect(page.getByRole("alertdialog")).toContainText("2 redacted files were not saved.");
  await page.getByRole("button", { name: "Keep the list" }).click();
  await expect(item(page, 1)).toHaveAttribute("data-state", "done");
  await page.locator("#files-close").click();
  await page.getByRole("button", { name: "Give them up" }).click();
  await expect(page.locator("#files")).toBeHidden();
  await expect(page.locator("#files-open")).toBeFocused();
});

test("what cannot be read in a file is left in only if the person says so", async ({ page, site }) => {
  await openReady(page, site);
  const patient = { resourceType: "Patient", name: [{ family: "Lindström" }], photo: [{ contentType: "image/png", data: "iVBORw0KGgo=" }] };
  await open(page, given("patient.json", JSON.stringify(patient)));
  await expect(item(page, 1)).toContainText("FHIR");
  await page.locator("#files-redact").click();
  await expect(item(page, 1)).toHaveAttribute("data-code", "FORMAT_INVALID");
  await expect(item(page, 1)).toContainText("you can choose to leave it in, unread");
  await item(page, 1).getByLabel("Leave pictures").check();
  await page.locator("#files-redact").click();
  await expect(item(page, 1)).toContainText("Left in it, unread:");
  const { bytes } = await saved(page, item(page, 1).getByRole("button", { name: "Save" }));
  const redacted = JSON.parse(bytes.toString()) as typeof patient;
  expect(redacted.photo).toEqual(patient.photo);
  expect(bytes.toString()).not.toContain("Lindström");
});

test("a file that is too large is refused, and the way out is said", async ({ page, site }) => {
  await openReady(page, site);
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(64 * 2 ** 20 + 1)], "a.csv"));
    document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: transfer }));
  });
  await expect(item(page, 1)).toHaveAttribute("data-code", "TOO_LARGE");
  await expect(item(page, 1)).toContainText("64 MiB");
  await expect(item(page, 1)).toContainText("Split it");
});

test("files opened before the model is there wait for it", async ({ page, site }) => {
  site.break("/assets/model/model.safetensors.gz", "stalled");
  await page.goto(`${site.origin}/?device=cpu`);
  await expect(page.locator("#status")).toContainText(/Loading the model: [\d.]+ MB/);
  await open(page, given("a.csv", CSV));
  await expect(item(page, 1)).toContainText("Kind not known");
  await page.locator("#files-redact").click();
  await expect(page.locator("#failure")).toHaveAttribute("data-code", "NOT_READY");
  await page.locator("#cancel").click();
  site.heal();
  await page.locator("#retry").click();
  await expect(item(page, 1).getByRole("checkbox", { name: "note 2 cells" })).toBeChecked();
  await page.locator("#files-redact").click();
  await expect(item(page, 1)).toHaveAttribute("data-state", "done");
});

test("files fit a narrow screen", async ({ page, site }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await openReady(page, site);
  await open(page, given(`${"a-long-name-without-an-end".repeat(4)}.csv`, CSV), given("b.jsonl", fixture("notes.jsonl")), given("c.docx", "no Word document"));
  await expect(item(page, 3)).toHaveAttribute("data-state", "failed");
  await page.locator("#files-redact").click();
  await expect(page.locator("#status")).toContainText("2 files are redacted, 1 failed.");
  const [content, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(content).toBeLessThanOrEqual(width ?? 0);
});
