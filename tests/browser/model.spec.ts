import type * as scrubjay from "scrubjay";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, openReady, redactNote, test, withApi } from "./harness.js";

const MODELS = resolve(import.meta.dirname, "../../models");
const FILES = ["config.json", "tokenizer.json", "model.safetensors"] as const;
const NOTE = "Seen by Dr. Rajesh Patel on 03/14/2019, tel. 617-555-0123.";

const paths = (model: string) => FILES.map((name) => join(MODELS, model, name));
const hashOf = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
const hashes = (model: string) => Object.fromEntries(FILES.map((name) => [name, hashOf(join(MODELS, model, name))]));

// The browser's own notes on an answer of 404.
test.use({ allowedConsole: [/Failed to load resource: the server responded with a status of 404/] });

for (const model of ["tiny-bert", "tiny-roberta", "tiny-distilbert", "tiny-xlnet"]) {
  for (const worker of [true, false]) {
    test(`${model} is the same from a folder, a list of files and buffers ${worker ? "in a worker" : "without one"}`, async ({ page, site }) => {
      const sha256 = hashes(model);
      const arg = { model, worker, sha256, note: NOTE, names: FILES };
      const results = await withApi(page, site, arg, async ({ api, arg }) => {
        const bytes = await Promise.all(
          arg.names.map(async (name) => [name, await (await fetch(`/models/${arg.model}/${name}`)).arrayBuffer()] as const),
        );
        // As an <input type=file multiple> gives them.
        const picked = new DataTransfer();
        for (const [name, content] of bytes) picked.items.add(new File([content], name));
        const contents = Object.fromEntries(bytes) as Record<scrubjay.ModelFile, ArrayBuffer>;
        const sources: scrubjay.ModelSource[] = [
          `/models/${arg.model}/`,
          { url: `/models/${arg.model}`, sha256: arg.sha256 },
          { files: picked.files, sha256: arg.sha256 },
          { files: contents, sha256: arg.sha256 },
        ];
        const results = [];
        for (const model of sources) {
          const redactor = await api.createRedactor({ device: "cpu", worker: arg.worker, model });
          const { text, entities } = await redactor.redact(arg.note, { threshold: 0 });
          results.push({ text, entities, sha256: redactor.info.sha256 });
          redactor.dispose();
        }
        return results;
      });
      expect(results).toHaveLength(4);
      expect(results[0]?.sha256).toBe(sha256["model.safetensors"]);
      expect(results[0]?.text).not.toContain("617-555-0123");
      expect(results[0]?.entities.some(({ source }) => source === "model")).toBe(true);
      for (const result of results) expect(result).toEqual(results[0]);
    });
  }
}

for (const worker of [true, false]) {
  test(`what is no model is refused with its code ${worker ? "in a worker" : "without one"}`, async ({ page, site }) => {
    const arg = { worker, names: FILES, wrong: "0".repeat(64) };
    const codes = await withApi(page, site, arg, async ({ api, arg }) => {
      const file = async (name: string, from = name) => new File([await (await fetch(`/models/tiny-bert/${from}`)).blob()], name);
      const three = await Promise.all(arg.names.map((name) => file(name)));
      const caught = async (model: scrubjay.ModelSource) => {
        const stages: string[] = [];
        const onProgress = ({ stage }: scrubjay.Progress) => void stages.push(stage);
        try {
          (await api.createRedactor({ device: "cpu", worker: arg.worker, model, onProgress })).dispose();
          return "resolved";
        } catch (error) {
          const code = error instanceof api.ScrubjayError ? error.code : String(error);
          return stages.includes("compile") ? `${code} after compiling` : code;
        }
      };
      const replaced = (name: string, content: BlobPart) => three.map((f) => (f.name === name ? new File([content], name) : f));
      return [
        await caught({ files: three, sha256: { "model.safetensors": "00" } }),
        await caught({ files: three.slice(0, 2) }),
        await caught({ files: [...three.slice(0, 2), await file("pytorch_model.bin", "model.safetensors")] }),
        await caught({ files: replaced("model.safetensors", "PK\u0003\u0004 a pickle in a ZIP archive") }),
        await caught({ files: [...three, await file("vocab.txt", "config.json")] }),
        await caught({ files: [...three, await file("config.json")] }),
        await caught({ files: replaced("config.json", new Uint8Array(2 ** 20 + 1).fill(0x7b)) }),
        await caught({ files: replaced("tokenizer.json", "<!doctype html>") }),
        await caught({ url: "/models/none/" }),
        await caught({ url: "https://other.example/" }),
        // The engine's own objections, from here on.
        await caught({ files: three, sha256: { "model.safetensors": arg.wrong } }),
        await caught({ url: "/models/tiny-bert/", sha256: { "config.json": arg.wrong } }),
        await caught({ files: replaced("config.json", '{"model_type":"gpt2"}') }),
        await caught({ files: replaced("model.safetensors", "version https://git-lfs.github.com/spec/v1") }),
      ];
    });
    expect(codes.slice(0, 10)).toEqual([
      "OPTION_INVALID",
      "ASSET_MISSING",
      "ASSET_INVALID",
      "ASSET_INVALID",
      "ASSET_INVALID",
      "ASSET_INVALID",
      "ASSET_INVALID",
      "ASSET_INVALID",
      "ASSET_MISSING",
      "OPTION_INVALID",
    ]);
    expect(codes[10]).toMatch(/^HASH_MISMATCH/);
    expect(codes[11]).toMatch(/^HASH_MISMATCH/);
    expect(codes[12]).toMatch(/^CONFIG_/);
    expect(codes[13]).toMatch(/^WEIGHTS_CORRUPT/);
  });
}

test("hashes are checked where the page is no secure context, too", async ({ page, site }) => {
  const arg = { right: hashes("tiny-bert"), wrong: { "config.json": "0".repeat(64) } };
  const outcome = await withApi(page, site, arg, async ({ api, arg }) => {
    // What is missing there; and in a worker it could not be taken away.
    Object.defineProperty(crypto, "subtle", { value: undefined });
    const open = (sha256: scrubjay.ModelHashes) =>
      api.createRedactor({ device: "cpu", worker: false, model: { url: "/models/tiny-bert/", sha256 } });
    const refused = await open(arg.wrong).catch((error: scrubjay.ScrubjayError) => error);
    return ["code" in refused ? refused.code : "resolved", (await open(arg.right)).info.sha256];
  });
  expect(outcome).toEqual(["HASH_MISMATCH", arg.right["model.safetensors"]]);
});

test("a model is picked on the page, and the shipped one comes back", async ({ page, site, requested }) => {
  await openReady(page, site);
  const shipped = await page.locator("#model-id").textContent();
  expect(shipped).not.toBe("custom");
  await redactNote(page, NOTE);
  const before = requested.length;

  // With the keyboard alone, but for the system's own window.
  await page.locator("#model summary").press("Enter");
  await page.getByLabel("Files of the model").setInputFiles(paths("tiny-bert"));
  await page.getByLabel("SHA-256 of model.safetensors").fill(hashOf(join(MODELS, "tiny-bert/model.safetensors")));
  await page.keyboard.press("Enter");
  await expect(page.locator("#model-id")).toHaveText("custom");
  await expect(page.locator("#model-now")).toContainText("files on this computer");
  await expect(page.locator("#model-now")).toContainText(hashOf(join(MODELS, "tiny-bert/model.safetensors")));
  // What the other model found is gone, the note is not.
  await expect(page.locator("#redacted")).toHaveText("");
  await expect(page.locator("#note")).toHaveValue(NOTE);
  expect(await redactNote(page, NOTE)).not.toContain("617-555-0123");
  expect(requested.slice(before).filter((path) => /json$|safetensors$/.test(path))).toEqual([]);

  await page.locator("#model-shipped").press("Enter");
  await expect(page.locator("#model-id")).toHaveText(shipped ?? "");
  await expect(page.locator("#model-shipped")).toBeHidden();
  await expect(page.locator("#model summary")).toBeFocused();
  expect(await redactNote(page, NOTE)).not.toContain("Patel");
});

test("a folder is picked with all that lies in it, and an address is given", async ({ page, site }, info) => {
  const folder = info.outputPath("checkpoint");
  cpSync(join(MODELS, "tiny-roberta"), folder, { recursive: true });
  mkdirSync(join(folder, "checkpoint-9"));
  writeFileSync(join(folder, "checkpoint-9/config.json"), "{}");
  writeFileSync(join(folder, "training_args.bin"), "a pickle that nobody reads");
  await openReady(page, site);
  await page.locator("#model summary").click();
  await page.locator("#model-folder").setInputFiles(folder);
  await page.getByRole("button", { name: "Load this model" }).click();
  await expect(page.locator("#model-now")).toContainText(hashOf(join(folder, "model.safetensors")));
  expect(await redactNote(page, NOTE)).not.toContain("617-555-0123");

  await page.locator("#model-url").fill("/models/tiny-bert/");
  await page.locator("#model-url").press("Enter");
  await expect(page.locator("#model-now")).toContainText("an address on this server");
  await expect(page.locator("#model-now")).toContainText(hashOf(join(MODELS, "tiny-bert/model.safetensors")));
  // The other ways of naming a model were given up for this one.
  expect(await page.locator("#model-folder").evaluate((input: HTMLInputElement) => input.files?.length)).toBe(0);
});

test("a model that cannot be used leaves the one in use", async ({ page, site }) => {
  await openReady(page, site);
  const shipped = (await page.locator("#model-id").textContent()) ?? "";
  await page.locator("#model summary").click();
  const load = page.getByRole("button", { name: "Load this model" });
  await load.click();
  await expect(page.locator("#model-missing")).toBeVisible();

  const [config = "", tokenizer = "", weights = ""] = paths("tiny-bert");
  const cases: [string[], string, string, string][] = [
    [[config, tokenizer], "", "ASSET_MISSING", "model.safetensors"],
    [[config, tokenizer, weights], "0".repeat(64), "HASH_MISMATCH", "checksum"],
    [[config, tokenizer, weights], "none", "OPTION_INVALID", "hexadecimal"],
    [[config, join(MODELS, "tiny-roberta/tokenizer.json"), weights, join(MODELS, "default/README.md")], "", "ASSET_INVALID", "1 more than"],
  ];
  for (const [files, sha256, code, words] of cases) {
    await page.locator("#model-files").setInputFiles(files);
    await page.locator("#model-sha256").fill(sha256);
    await load.click();
    await expect(page.locator("#failure")).toHaveAttribute("data-code", code);
    await expect(page.locator("#failure")).toContainText(words);
    await expect(page.locator("#failure")).toContainText(`still ${shipped}`);
    await expect(page.locator("#model-missing")).toBeHidden();
    await expect(page.locator("#model-id")).toHaveText(shipped);
  }
  expect(await redactNote(page, NOTE)).not.toContain("Patel");
  await expect(page.locator("#failure")).toBeHidden();
});

test("loading another model is cancelled, and the one in use goes on", async ({ page, site }) => {
  await openReady(page, site);
  const shipped = (await page.locator("#model-id").textContent()) ?? "";
  await redactNote(page, NOTE);
  site.break("/assets/scrubjay-cpu_bg.wasm", "stalled");
  await page.locator("#model summary").click();
  await page.locator("#model-files").setInputFiles(paths("tiny-bert"));
  await page.getByRole("button", { name: "Load this model" }).click();
  await expect(page.locator("#status")).toContainText(/Loading the model: [\d.]+ MB/);
  // An example can be chosen meanwhile; it is not read by either model.
  await page.locator("#sample").selectOption({ index: 2 });
  await expect(page.locator("#note")).toHaveValue(/PRYDDERCH/);
  await expect(page.locator("#redact")).toBeDisabled();
  await page.locator("#cancel").click();
  await expect(page.locator("#status")).toContainText(`still ${shipped}`);
  await expect(page.locator("#failure")).toBeHidden();
  expect(await redactNote(page, NOTE)).not.toContain("Patel");
});

test("a picked model takes the place of a shipped one that is not there", async ({ page, site }) => {
  site.break("/assets/model/model.safetensors.gz", "missing");
  await page.goto(`${site.origin}/?device=cpu`);
  await expect(page.locator("#failure")).toHaveAttribute("data-code", "ASSET_MISSING");
  await page.locator("#model summary").click();
  await page.locator("#model-files").setInputFiles(paths("tiny-bert").slice(1));
  await page.getByRole("button", { name: "Load this model" }).click();
  await expect(page.locator("#failure")).toContainText("config.json: not among the files given");
  await expect(page.locator("#model-shipped")).toBeVisible();
  await page.locator("#model-files").setInputFiles(paths("tiny-bert"));
  await page.getByRole("button", { name: "Load this model" }).click();
  await expect(page.locator("#model-id")).toHaveText("custom");
  await expect(page.locator("#redact")).toBeEnabled();
});

test("the opened control fits a narrow screen", async ({ page, site }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openReady(page, site);
  await page.locator("#model summary").click();
  const [content, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(content).toBeLessThanOrEqual(width ?? 0);
});
