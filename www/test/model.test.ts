import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { after, before, beforeEach, describe, it } from "node:test";
import { chooseModel } from "../src/model.js";
import { createRedactorWith } from "../src/redactor.js";
import type { ModelFile, ModelSource, NamedFile, Progress } from "../src/types.js";
import { FakeServer, fakes, fileBytes } from "./fake.js";

const NAMES: readonly ModelFile[] = ["config.json", "tokenizer.json", "model.safetensors"];
const bytesOf = (name: ModelFile) => Uint8Array.from(fileBytes(`model/${name}`));
const hashOf = (name: ModelFile) => createHash("sha256").update(bytesOf(name)).digest("hex");
const HASHES = { "config.json": hashOf("config.json"), "model.safetensors": hashOf("model.safetensors").toUpperCase() };

/** A file, of a picked folder if `path` is given. */
function file(name: string, content: BlobPart = bytesOf(name as ModelFile), path = ""): NamedFile {
  return Object.defineProperty(new File([content], name), "webkitRelativePath", { value: path });
}

const three = () => NAMES.map((name) => file(name));
const without = (name: ModelFile) => three().filter((f) => f.name !== name);
const inFolder = (...paths: string[]) =>
  paths.map((path) => file(path.slice(path.lastIndexOf("/") + 1), undefined, path));
const contents = () => ({
  "config.json": bytesOf("config.json").buffer,
  "tokenizer.json": bytesOf("tokenizer.json"),
  "model.safetensors": new Blob([bytesOf("model.safetensors")]),
});

describe("the choice of a model", () => {
  const CASES: readonly [what: string, model: unknown, code: string, words: RegExp][] = [
    ["a file is missing", { files: without("tokenizer.json") }, "ASSET_MISSING", /^tokenizer\.json: /],
    ["all are missing", { files: [] }, "ASSET_MISSING", /^config\.json, tokenizer\.json, model\.safetensors: /],
    ["there is one too many", { files: [...three(), file("Smith.txt", "x")] }, "ASSET_INVALID", /^1 more than/],
    ["there are two of a name", { files: [...three(), file("config.json")] }, "ASSET_INVALID", /^config\.json: .*two/],
    ["the weights are a pickle", { files: [...without("model.safetensors"), file("pytorch_model.bin", "x")] }, "ASSET_INVALID", /pickle/],
    ["a pickle lies beside the weights", { files: [...three(), file("pytorch_model.bin", "x")] }, "ASSET_INVALID", /pickle/],
    ["a folder has but a pickle", { files: inFolder("m/config.json", "m/tokenizer.json", "m/pytorch_model.bin") }, "ASSET_INVALID", /pickle/],
    ["the files lie deeper", { files: inFolder("m/a/config.json", "m/a/tokenizer.json", "m/a/model.safetensors") }, "ASSET_MISSING", /config/],
    ["the contents lack one", { files: { ...contents(), "config.json": undefined } }, "ASSET_MISSING", /^config\.json: /],
    ["the contents have another", { files: { ...contents(), "Smith.txt": new Blob() } }, "OPTION_INVALID", /names are/],
    ["the contents have a pickle", { files: { ...contents(), "pytorch_model.bin": new Blob() } }, "ASSET_INVALID", /pickle/],
    ["a content is a string", { files: { ...contents(), "config.json": "{}" } }, "OPTION_INVALID", /Blob/],
    ["a content is shared", { files: { ...contents(), "config.json": new Uint8Array(new SharedArrayBuffer(2)) } }, "OPTION_INVALID", /Blob/],
    ["the list has no files", { files: ["config.json"] }, "OPTION_INVALID", /files with names/],
    ["the list is one buffer", { files: new Uint8Array(3) }, "OPTION_INVALID", /files with names/],
    ["the list has no names", { files: [new Blob()] }, "OPTION_INVALID", /files with names/],
    ["the list is no list", { files: "config.json" }, "OPTION_INVALID", /list/],
    ["there are a URL and files", { url: "m/", files: three() }, "OPTION_INVALID", /either/],
    ["there is neither", { sha256: {} }, "OPTION_INVALID", /either/],
    ["a list is given bare", three(), "OPTION_INVALID", /knows/],
    ["a name is wrong", { url: "m/", sha265: {} }, "OPTION_INVALID", /knows/],
    ["it is nothing", null, "OPTION_INVALID", /URL or an object/],
    ["a hash is of another file", { url: "m/", sha256: { "vocab.txt": hashOf("config.json") } }, "OPTION_INVALID", /names are/],
    ["a hash is cut short", { url: "m/", sha256: { "config.json": hashOf("config.json").slice(1) } }, "OPTION_INVALID", /64/],
    ["a hash is not there", { url: "m/", sha256: { "config.json": undefined } }, "OPTION_INVALID", /64/],
    ["the hashes are one string", { url: "m/", sha256: hashOf("config.json") }, "OPTION_INVALID", /map/],
  ];
  for (const [what, model, code, words] of CASES) {
    it(`is refused if ${what}`, () => {
      assert.throws(
        () => chooseModel(model as ModelSource),
        (error: Error & { code: string }) => {
          assert.equal(error.code, code, error.message);
          assert.match(error.message, words);
          assert.ok(!error.message.includes("Smith"), "a file may be called after a patient");
          return true;
        },
      );
    });
  }

  it("takes a folder's own three files, whatever lies about", () => {
    const about = ["m/README.md", "m/training_args.bin", "m/pytorch_model.bin", "m/checkpoint-9/config.json"];
    const { files } = chooseModel({ files: inFolder(...about, ...NAMES.map((name) => `m/${name}`)) });
    assert.equal(files?.["config.json"].size, bytesOf("config.json").length);
  });

  it("is a URL, alone or with hashes", () => {
    const url = new URL("https://a.example/m/");
    assert.deepEqual(chooseModel(url), { url, files: undefined, sha256: {} });
    const sha256 = { "config.json": hashOf("config.json") };
    assert.deepEqual(chooseModel({ url: "m/", sha256 }), { url: "m/", files: undefined, sha256 });
  });
});

let server: FakeServer;
before(async () => (server = await FakeServer.start()));
after(() => server.stop());
beforeEach(() => {
  server.override = () => undefined;
  server.requests.length = 0;
});

for (const worker of [true, false]) {
  describe(`a model of the caller's ${worker ? "in a worker" : "in the calling thread"}`, () => {
    const open = (model: ModelSource, over = fakes(), options = {}) =>
      createRedactorWith(over.seams, { assets: server.assets, worker, model, ...options });

    const sources: [string, () => ModelSource][] = [
      ["files", () => ({ files: three(), sha256: HASHES })],
      ["files that can be gone through once", () => ({ files: three().values(), sha256: HASHES })],
      ["contents", () => ({ files: contents(), sha256: HASHES })],
    ];
    for (const [what, source] of sources) {
      it(`is read from ${what}, and nothing of it is asked for`, async () => {
        const over = fakes();
        const seen: Progress[] = [];
        const redactor = await open(source(), over, { onProgress: (p: Progress) => seen.push(p) });
        assert.equal((await redactor.redact("Smith")).text, "[PATIENT]");
        assert.deepEqual(over.log.pinned, [false]);
        assert.deepEqual(server.requests.filter((path) => path.startsWith("model/")), []);
        const total = [...NAMES.map(bytesOf), fileBytes("scrubjay-cpu_bg.wasm")].reduce((sum, { length }) => sum + length, 0);
        assert.deepEqual(seen.filter(({ stage }) => stage === "download").at(-1), { stage: "download", loaded: total, total });
        redactor.dispose();
      });
    }

    it("is checked by hash", async () => {
      const wrong = { "model.safetensors": hashOf("config.json") };
      for (const model of [{ files: three(), sha256: wrong }, { url: new URL("model/", server.assets), sha256: wrong }]) {
        await assert.rejects(open(model), {
          code: "HASH_MISMATCH",
          message: `model.safetensors: SHA-256 is ${hashOf("model.safetensors")}, expected ${hashOf("config.json")}`,
        });
      }
      (await open({ url: new URL("model/", server.assets), sha256: HASHES })).dispose();
    });

    it("is looked at before it is used", async () => {
      const cases: [ModelFile, BlobPart, RegExp][] = [
        ["config.json", new Uint8Array(2 ** 20 + 1).fill(0x7b), /too large/],
        ["config.json", "", /empty/],
        ["tokenizer.json", "<!doctype html>", /web page/],
        ["tokenizer.json", "[]", /not a JSON object/],
        ["model.safetensors", "PK\u0003\u0004 and a pickle in a ZIP archive", /pickle/],
        ["model.safetensors", new Uint8Array([0x80, 0x02, 0x8a, 0x0a, 0, 0, 0, 0, 0, 0]), /pickle/],
      ];
      for (const [name, content, words] of cases) {
        await assert.rejects(open({ files: [...without(name), file(name, content)] }), (error: Error & { code: string }) => {
          assert.equal(error.code, "ASSET_INVALID");
          assert.match(error.message, words);
          return error.message.startsWith(`${name}: `);
        });
      }
      const packed = gzipSync(bytesOf("model.safetensors"));
      (await open({ files: [...without("model.safetensors"), file("model.safetensors", packed)], sha256: HASHES })).dispose();
      for (const damaged of [packed.subarray(0, -9), packed.map((byte, i) => (i === packed.length - 5 ? byte ^ 1 : byte))]) {
        await assert.rejects(open({ files: [...without("model.safetensors"), file("model.safetensors", damaged)] }), {
          code: "ASSET_INVALID",
          message: "model.safetensors: cannot be unpacked; it is damaged or cut short",
        });
      }
      // What unpacks to more than a file may hold is not unpacked to its end.
      await assert.rejects(open({ files: [...without("config.json"), file("config.json", gzipSync(Buffer.alloc(2 ** 24, "{")))] }), {
        code: "ASSET_INVALID",
        message: /too large/,
      });
      server.override = (path) => (path === "model/config.json" ? { body: "{".repeat(2 ** 20 + 1) } : undefined);
      await assert.rejects(open(new URL("model/", server.assets)), { code: "ASSET_INVALID", message: /too large/ });
    });

    it("can be cancelled while it is read", async () => {
      const controller = new AbortController();
      const onProgress = () => controller.abort();
      await assert.rejects(open({ files: three() }, fakes(), { signal: controller.signal, onProgress }), { code: "CANCELLED" });
    });
  });
}

it("a new worker gets the model again, though its buffers were reused", async () => {
  const over = fakes();
  const files = contents();
  const redactor = await createRedactorWith(over.seams, { assets: server.assets, worker: true, model: { files, sha256: HASHES } });
  files["tokenizer.json"].fill(0);
  structuredClone(files["config.json"], { transfer: [files["config.json"]] });
  over.kill();
  assert.equal((await redactor.redact("Smith")).text, "[PATIENT]");
  assert.equal(over.count(), 2);
  redactor.dispose();
});
