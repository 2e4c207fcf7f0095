import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import type { ScrubjayError } from "../src/errors.js";
import { createRedactorWith } from "../src/redactor.js";
import type { Progress, RedactOptions } from "../src/types.js";
import { FakeServer, fakes, fileBytes, type Override } from "./fake.js";

const NOTE = "Mrs Smith 👩🏽‍⚕️ e\u0301 was seen by Smith in 2019.\r\nשלום Smith\u200b.";
const LONG = `Smith ${"word ".repeat(2000)}`;

/** Rejects with `code`, and with nothing of the note in its message. */
async function rejects(promise: Promise<unknown>, code: string): Promise<ScrubjayError> {
  try {
    await promise;
  } catch (error) {
    const { name, code: found, message } = error as ScrubjayError;
    assert.equal(name, "ScrubjayError");
    assert.equal(found, code, message);
    assert.ok(error instanceof Error);
    assert.ok(!message.includes("Smith"), message);
    return error as ScrubjayError;
  }
  return assert.fail(`resolved, expected ${code}`);
}

let server: FakeServer;
before(async () => (server = await FakeServer.start()));
after(() => server.stop());
beforeEach(() => {
  server.override = () => undefined;
  server.requests.length = 0;
});

for (const worker of [true, false]) {
  describe(worker ? "in a worker" : "in the calling thread", () => {
    const open = (over: ReturnType<typeof fakes>, options = {}) =>
      createRedactorWith(over.seams, { assets: server.assets, worker, ...options });

    it("redacts, and offsets are slices of the input", async () => {
      const over = fakes();
      const redactor = await open(over);
      const result = await redactor.redact(NOTE);
      assert.equal(result.text, NOTE.replaceAll("Smith", "[PATIENT]").replace("2019", "[DATE]"));
      assert.deepEqual(result.entities.map((e) => NOTE.slice(e.start, e.end)), ["Smith", "Smith", "2019", "Smith"]);
      assert.equal(redactor.info.device, "cpu");
      assert.deepEqual(over.log.pinned, [true]);
      assert.equal(over.count(), worker ? 1 : 0);
      redactor.dispose();
    });

    it("reports bytes, stages and windows in order", async () => {
      const seen: Progress[] = [];
      const redactor = await open(fakes(), { onProgress: (p: Progress) => seen.push(p) });
      assert.deepEqual([...new Set(seen.map((p) => p.stage))], ["download", "compile", "device"]);
      const bytes = ["scrubjay-cpu_bg.wasm", "model/config.json", "model/tokenizer.json", "model/model.safetensors.gz"]
        .reduce((sum, name) => sum + fileBytes(name).length, 0);
      assert.deepEqual(seen.filter((p) => p.stage === "download").at(-1), { stage: "download", loaded: bytes, total: bytes });
      const windows: Progress[] = [];
      await redactor.redact("one ".repeat(25), { onProgress: (p) => windows.push(p) });
      assert.deepEqual(windows.map((p) => p.loaded), [1, 2, 3]);
      redactor.dispose();
    });

    it("survives a listener that throws", async () => {
      const onProgress = () => {
        throw new Error("listener");
      };
      const redactor = await open(fakes(), { onProgress });
      assert.match((await redactor.redact(NOTE, { onProgress })).text, /^Mrs \[PATIENT\]/);
      redactor.dispose();
    });

    it("runs concurrent calls one after the other", async () => {
      const over = fakes();
      const redactor = await open(over);
      const notes = Array.from({ length: 8 }, (_, i) => `Smith ${1000 + i} `.repeat(10));
      const results = await Promise.all(notes.map((note) => redactor.redact(note)));
      results.forEach((r, i) => assert.equal(r.text, notes[i]?.replaceAll("Smith", "[PATIENT]").replaceAll(String(1000 + i), "[DATE]")));
      assert.equal(over.log.most, 1);
      redactor.dispose();
    });

    it("passes the engine its options, and refuses unknown ones", async () => {
      const over = fakes();
      const redactor = await open(over);
      const options: RedactOptions = { policy: "i2b2", threshold: 0.5, allow: ["a"], deny: [{ text: "b", type: "CITY" }] };
      await redactor.redact(NOTE, { ...options, signal: new AbortController().signal });
      assert.deepEqual(JSON.parse(over.log.options[0] ?? ""), options);
      await rejects(redactor.redact(NOTE, { treshold: 0.5 } as RedactOptions), "OPTION_INVALID");
      await rejects(redactor.redact(NOTE, { threshold: 2 }), "OPTION_INVALID");
      await rejects(redactor.redact(undefined as unknown as string), "OPTION_INVALID");
      assert.match((await redactor.redact(NOTE)).text, /PATIENT/);
      redactor.dispose();
    });

    it("writes the secret as hexadecimal digits and passes on the rest of the review's options", async () => {
      const over = fakes();
      const redactor = await open(over);
      const thresholds = { DATE: 0.3, PATIENT: 0.1 };
      await redactor.redact(NOTE, { context: { key: "clé", patient: "7" }, thresholds });
      await redactor.apply(NOTE, [], { policy: "surrogate", context: { key: new Uint8Array([0, 15, 255]) } });
      const seen = over.log.options.map((json) => JSON.parse(json) as unknown);
      assert.deepEqual(seen[0], { context: { key: "636cc3a9", patient: "7" }, thresholds });
      assert.deepEqual(seen[1], { policy: "surrogate", context: { key: "000fff" } });
      for (const context of [{ key: 7 }, { salt: "a" }, { patient: 7 }, null, "key"]) {
        await rejects(redactor.redact(NOTE, { context } as unknown as RedactOptions), "OPTION_INVALID");
      }
      redactor.dispose();
    });

    it("returns what is doubtful only if asked", async () => {
      const redactor = await open(fakes());
      const note = "Smith, May 2019";
      assert.deepEqual((await redactor.redact(note)).doubtful, []);
      const { doubtful, text } = await redactor.redact(note, { doubtful: true });
      assert.deepEqual(doubtful.map(({ start, end, type }) => [note.slice(start, end), type]), [["May", "DATE"]]);
      assert.equal(text, "[PATIENT], May [DATE]");
      redactor.dispose();
    });

    it("applies what a person has reviewed, and runs no model", async () => {
      const over = fakes();
      const redactor = await open(over);
      const note = "Zoë 👩🏽‍⚕️ saw Smith";
      const entities = [{ start: 0, end: 3, type: "DOCTOR", replacement: "x" }] as const;
      const result = await redactor.apply(note, entities, { policy: "i2b2" });
      assert.equal(result.text, "[DOCTOR] 👩🏽‍⚕️ saw Smith");
      assert.deepEqual(result.doubtful, []);
      assert.deepEqual(JSON.parse(over.log.given[0] ?? ""), [{ start: 0, end: 3, type: "DOCTOR" }]);
      assert.equal((await redactor.apply(note, [])).text, note);
      assert.equal(over.log.most, 0);
      redactor.dispose();
    });

    it("refuses what it cannot apply", async () => {
      const redactor = await open(fakes());
      const note = "Seen by Smith";
      const bad: unknown[] = [undefined, {}, "[]", [null], [{}], [{ start: "0", end: 4, type: "CITY" }], [{ start: 0, end: 4.5, type: "CITY" }]];
      for (const entities of bad) await rejects(redactor.apply(note, entities as never), "OPTION_INVALID");
      await rejects(redactor.apply(note, [{ start: 0, end: 99, type: "CITY" }]), "OPTION_INVALID");
      await rejects(redactor.apply(note, [], { threshold: 0.5 } as never), "OPTION_INVALID");
      await rejects(redactor.apply(7 as never, []), "OPTION_INVALID");
      await rejects(redactor.apply(note, [], { signal: AbortSignal.abort() }), "CANCELLED");
      assert.equal((await redactor.apply(note, [])).text, note);
      await rejects(redactor.apply("TRAP Smith", []), "WORKER_FAILED");
      redactor.dispose();
      await rejects(redactor.apply(note, []), "DISPOSED");
    });

    it("cancels a running and a waiting call, and goes on", async () => {
      const over = fakes();
      const redactor = await open(over);
      const running = new AbortController();
      const waiting = new AbortController();
      const first = redactor.redact(LONG, { signal: running.signal, onProgress: () => running.abort() });
      const second = redactor.redact(LONG, { signal: waiting.signal });
      const third = redactor.redact(NOTE);
      waiting.abort();
      await Promise.all([rejects(first, "CANCELLED"), rejects(second, "CANCELLED")]);
      assert.match((await third).text, /PATIENT/);
      assert.equal(over.log.options.length, 2, "the waiting call never reached the engine");
      await rejects(redactor.redact(NOTE, { signal: AbortSignal.abort() }), "CANCELLED");
      redactor.dispose();
    });

    it("cancels the creation", async () => {
      const over = fakes();
      await rejects(open(over, { signal: AbortSignal.abort() }), "CANCELLED");
      const controller = new AbortController();
      await rejects(open(over, { signal: controller.signal, onProgress: () => controller.abort() }), "CANCELLED");
      // A worker's memory goes with the worker.
      if (!worker) assert.equal(over.log.created, over.log.freed);
    });

    it("rejects pending and later calls once disposed of", async () => {
      const redactor = await open(fakes());
      const pending = redactor.redact(LONG);
      redactor.dispose();
      redactor.dispose();
      await rejects(pending, "DISPOSED");
      await rejects(redactor.redact(NOTE), "DISPOSED");
    });

    it("names what is wrong with the assets", async () => {
      const html = { type: "text/html; charset=utf-8", body: "<!doctype html><p>home" };
      const cases: [string, string, NonNullable<ReturnType<Override>>][] = [
        ["scrubjay-cpu_bg.wasm", "ASSET_MISSING", { status: 404, body: "no" }],
        ["scrubjay-cpu_bg.wasm", "ASSET_INVALID", html],
        ["scrubjay-cpu_bg.wasm", "ASSET_INVALID", { body: new Uint8Array([0, 0x61, 0x73, 0x6d]) }],
        ["model/config.json", "ASSET_MISSING", { status: 500, body: "no" }],
        ["model/config.json", "ASSET_INVALID", html],
        ["model/tokenizer.json", "ASSET_INVALID", { body: "" }],
        ["model/model.safetensors.gz", "ASSET_INVALID", html],
        ["model/model.safetensors.gz", "ASSET_INVALID", { body: fileBytes("model/model.safetensors").subarray(0, 12) }],
        ["model/model.safetensors.gz", "ASSET_INVALID", { body: fileBytes("model/model.safetensors.gz").subarray(0, 12) }],
        ["model/model.safetensors.gz", "ASSET_INVALID", { body: "abc", announce: 14 }],
        // A server may unpack it by itself.
        ["model/model.safetensors.gz", "HASH_MISMATCH", { body: fileBytes("model/model.safetensors").map((b) => (b === 4 ? 5 : b)) }],
      ];
      for (const [path, code, answer] of cases) {
        server.override = (asked) => (asked === path ? answer : undefined);
        const error = await rejects(open(fakes()), code);
        assert.ok(error.message.startsWith(path.replace("model/", "").replace(".gz", "")), `${path}: ${error.message}`);
      }
    });

    it("tries again after a failed start", async () => {
      const over = fakes();
      server.override = (path) => (path === "scrubjay-cpu_bg.wasm" ? { body: new Uint8Array([0, 0x61, 0x73, 0x6d]) } : undefined);
      await rejects(open(over), "ASSET_INVALID");
      server.override = () => undefined;
      (await open(over)).dispose();
    });

    it("passes on the engine's own errors", async () => {
      await rejects(open(fakes(), { device: "webgpu" }), "DEVICE_UNAVAILABLE");
      await rejects(open(fakes(), { device: "tpu" }), "OPTION_INVALID");
      await rejects(open(fakes(), { assets: "http://[" }), "OPTION_INVALID");
    });

    it("takes another model, unpinned", async () => {
      const over = fakes();
      const redactor = await open(over, { model: new URL("model", server.assets) });
      assert.deepEqual(over.log.pinned, [false]);
      assert.ok(server.requests.includes("model/config.json"));
      redactor.dispose();
    });

    it("asks for nothing after loading", async () => {
      const redactor = await open(fakes());
      const loaded = server.requests.length;
      await redactor.redact(NOTE);
      assert.equal(loaded, 4);
      assert.equal(server.requests.length, loaded);
      redactor.dispose();
    });

    it("does not quote the note when the engine traps", async () => {
      const redactor = await open(fakes());
      await rejects(redactor.redact("TRAP Smith"), "WORKER_FAILED");
      redactor.dispose();
    });
  });
}

describe("a dead worker", () => {
  it("rejects what waits, and the next calls share a new one", async () => {
    const over = fakes();
    const redactor = await createRedactorWith(over.seams, { assets: server.assets, worker: true });
    const pending = [redactor.redact(LONG), redactor.redact(LONG)];
    over.kill();
    await Promise.all(pending.map((call) => rejects(call, "WORKER_FAILED")));
    const results = await Promise.all([redactor.redact(NOTE), redactor.redact(NOTE)]);
    for (const result of results) assert.match(result.text, /PATIENT/);
    assert.equal(over.count(), 2);
    redactor.dispose();
  });

  it("is replaced after a trap", async () => {
    const over = fakes();
    const redactor = await createRedactorWith(over.seams, { assets: server.assets, worker: true });
    await rejects(redactor.redact("TRAP Smith"), "WORKER_FAILED");
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.match((await redactor.redact(NOTE)).text, /PATIENT/);
    assert.equal(over.count(), 2);
    redactor.dispose();
  });

  it("is reported when it cannot be started", async () => {
    const spawn = () => {
      throw new Error("no workers");
    };
    await rejects(createRedactorWith({ ...fakes().seams, spawn }, { assets: server.assets, worker: true }), "WORKER_FAILED");
  });
});

describe("several threads", () => {
  const open = (over: ReturnType<typeof fakes>, threads: number) => createRedactorWith(over.seams, { assets: server.assets, worker: true, threads });

  it("read a long note together, and a short one alone", async () => {
    const over = fakes();
    const redactor = await open(over, 3);
    assert.match((await redactor.redact(NOTE)).text, /PATIENT/);
    assert.deepEqual([over.count(), over.log.helped], [1, 0]);
    const windows: Progress[] = [];
    assert.ok((await redactor.redact(LONG, { onProgress: (p) => windows.push(p) })).text.startsWith("[PATIENT] word"));
    assert.equal(over.count(), 3);
    assert.ok(over.log.here > 0 && over.log.helped > over.log.here, `${over.log.here} here, ${over.log.helped} by helpers`);
    assert.equal(windows.at(-1)?.loaded, windows.at(-1)?.total);
    redactor.dispose();
  });

  it("are one after a helper broke down", async () => {
    const over = fakes();
    const redactor = await open(over, 2);
    const pending = redactor.redact(LONG);
    while (over.count() < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    over.kill();
    assert.match((await pending).text, /^\[PATIENT\] word/);
    assert.match((await redactor.redact(LONG)).text, /^\[PATIENT\] word/);
    assert.equal(over.count(), 2);
    redactor.dispose();
  });

  it("are as many as a person may want", async () => {
    for (const threads of [0, -1, 1.5, 65, "2" as unknown as number]) await rejects(open(fakes(), threads), "OPTION_INVALID");
  });
});

describe("a graphics processor", () => {
  const navigator = Object.getOwnPropertyDescriptor(globalThis, "navigator") ?? { value: undefined, configurable: true };
  before(() => {
    const gpu = { requestAdapter: async () => ({ info: { vendor: "acme" } }) };
    Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true });
  });
  after(() => void Object.defineProperty(globalThis, "navigator", navigator));
  const open = (device: "auto" | "webgpu") => createRedactorWith(fakes().seams, { assets: server.assets, device });

  it("gets the larger module", async () => {
    server.override = (path) => (path === "scrubjay_bg.wasm" ? { body: fileBytes("scrubjay-cpu_bg.wasm") } : undefined);
    (await open("auto")).dispose();
    assert.ok(server.requests.includes("scrubjay_bg.wasm") && !server.requests.includes("scrubjay-cpu_bg.wasm"));
  });

  it("is done without where that cannot be had, unless it was asked for", async () => {
    const redactor = await open("auto");
    assert.equal(redactor.info.reason, "the module for WebGPU could not be loaded");
    assert.match((await redactor.redact(NOTE)).text, /PATIENT/);
    redactor.dispose();
    await rejects(open("webgpu"), "ASSET_MISSING");
  });
});

describe("without a worker", () => {
  it("does not use a module again after a trap", async () => {
    const over = fakes();
    const redactor = await createRedactorWith(over.seams, { assets: server.assets, worker: false });
    await rejects(redactor.redact("TRAP Smith"), "WORKER_FAILED");
    await rejects(redactor.redact(NOTE), "WORKER_FAILED");
    redactor.dispose();
  });

  it("shares the compiled module between redactors", async () => {
    const over = fakes();
    const first = await createRedactorWith(over.seams, { assets: server.assets, worker: false });
    const second = await createRedactorWith(over.seams, { assets: server.assets, worker: false });
    assert.equal(server.requests.filter((path) => path === "scrubjay-cpu_bg.wasm").length, 1);
    first.dispose();
    assert.match((await second.redact(NOTE)).text, /PATIENT/);
    second.dispose();
  });
});
