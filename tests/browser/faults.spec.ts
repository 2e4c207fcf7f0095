import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, openReady, redactNote, test } from "./harness.js";
import { pdf } from "./pdf.js";
import { PAGE, type Fault } from "./site.js";

// The browser's own notes on an answer of 404, and on a machine without a graphics device.
// One expression: of two, Playwright takes the second for the option's own settings.
test.use({ allowedConsole: [/Failed to load resource: the server responded with a status of 404|No available adapters/] });

const CASES: readonly [path: string, fault: Fault, code: string, words: string][] = [
  ["/assets/scrubjay-cpu_bg.wasm", "missing", "ASSET_MISSING", "could not be fetched"],
  ["/assets/scrubjay-cpu_bg.wasm", "html", "ASSET_INVALID", "web page instead"],
  ["/assets/scrubjay-cpu_bg.wasm", "truncated", "ASSET_INVALID", "cut short"],
  ["/assets/model/config.json", "missing", "ASSET_MISSING", "could not be fetched"],
  ["/assets/model/tokenizer.json", "html", "ASSET_INVALID", "web page instead"],
  ["/assets/model/tokenizer.json", "corrupt", "HASH_MISMATCH", "checksum"],
  ["/assets/model/model.safetensors.gz", "missing", "ASSET_MISSING", "could not be fetched"],
  ["/assets/model/model.safetensors.gz", "truncated", "ASSET_INVALID", "cut short"],
  ["/assets/model/model.safetensors.gz", "corrupt", "ASSET_INVALID", "damaged"],
];

for (const [path, fault, code, words] of CASES) {
  test(`${path} is ${fault}: ${code}, and trying again works once it is back`, async ({ page, site }) => {
    site.break(path, fault);
    await page.goto(`${site.origin}/?device=cpu`);
    const failure = page.locator("#failure");
    await expect(failure).toBeVisible();
    await expect(failure).toHaveAttribute("data-code", code);
    await expect(failure).toContainText(words);
    await expect(failure).toContainText(path.slice(path.lastIndexOf("/") + 1).replace(/\.gz$/, ""));
    await expect(page.locator("#redact")).toBeDisabled();
    expect(site.requests).toContain(path);

    site.heal();
    await page.locator("#retry").click();
    await expect(page.locator("#redact")).toBeEnabled();
    await expect(failure).toBeHidden();
    expect(await redactNote(page, "Seen by Dr. Rajesh Patel.")).not.toContain("Patel");
  });
}

test("WebGPU is asked for where there is none", async ({ page, site }) => {
  await page.goto(`${site.origin}/?device=webgpu`);
  await expect(page.locator("#failure")).toHaveAttribute("data-code", "DEVICE_UNAVAILABLE");
  await expect(page.locator("#failure")).toContainText("no WebGPU");
  await expect(page.locator("#redact")).toBeDisabled();
});

test("a device that does not exist is refused", async ({ page, site }) => {
  await page.goto(`${site.origin}/?device=tpu`);
  await expect(page.locator("#failure")).toHaveAttribute("data-code", "OPTION_INVALID");
});

for (const part of ["pdf-worker-", "pdf-"]) {
  test(`${part}….js is missing: PDF files are not read, and all else works`, async ({ page, site }) => {
    const code = readdirSync(join(PAGE, "code")).find((name) => name.startsWith(part) && name.endsWith(".js") && (part !== "pdf-" || !name.startsWith("pdf-worker-")));
    site.break(`/code/${code}`, "missing");
    await openReady(page, site);
    await page.locator("#files-input").setInputFiles([{ name: "a.pdf", mimeType: "application/pdf", buffer: pdf([["Dr. Rajesh Patel"]]) }]);
    await expect(page.locator("#failure")).toHaveAttribute("data-code", "PDF_READER");
    expect(await redactNote(page, "Seen by Dr. Rajesh Patel.")).not.toContain("Patel");
  });
}
