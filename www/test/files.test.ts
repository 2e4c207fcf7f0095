import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { ScrubjayError } from "../src/errors.js";
import { MAX_FILE_BYTES } from "../src/files.js";
import { createRedactorWith } from "../src/redactor.js";
import type { FileOptions, FileSource, Progress } from "../src/types.js";
import { FakeServer, fakes } from "./fake.js";

const TEXT = "Mrs Smith 👩🏽‍⚕️ in 2019\nZoe\u0308 Smith\r\nשלום Smith\u200b";
const REDACTED = TEXT.replaceAll("Smith", "[PATIENT]").replace("2019", "[DATE]");
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

async function rejects(promise: Promise<unknown>, code: string): Promise<void> {
  await assert.rejects(promise, (error: ScrubjayError) => {
    assert.equal(error.name, "ScrubjayError");
    assert.equal(error.code, code, error.message);
    assert.ok(!error.message.includes("Smith"), error.message);
    return true;
  });
}

let server: FakeServer;
before(async () => (server = await FakeServer.start()));
after(() => server.stop());

for (const worker of [true, false]) {
  describe(worker ? "files in a worker" : "files in the calling thread", () => {
    const open = (over = fakes()) => createRedactorWith(over.seams, { assets: server.assets, worker });

    it("takes files, blobs and bytes, and leaves the caller's alone", async () => {
      const over = fakes();
      const redactor = await open(over);
      const whole = bytes(`xx${TEXT}yy`);
      const part = whole.subarray(2, whole.length - 2);
      const sources: [FileSource, string][] = [
        [new File([TEXT], "a.txt"), "a.txt"],
        [new Blob([TEXT]), ""],
        [part, ""],
        [new DataView(whole.buffer, 2, part.length), ""],
        [part.slice().buffer, ""],
      ];
      for (const [source, name] of sources) {
        const result = await redactor.redactFile(source);
        assert.equal(text(result.bytes), REDACTED);
        assert.deepEqual([result.format, result.notes], ["text", 3]);
        assert.deepEqual(over.log.files.at(-1), [name, {}]);
      }
      assert.equal(text(whole), `xx${TEXT}yy`, "nothing of the caller's was taken");
      assert.equal(over.log.freed, sources.length, "what the module held was freed");
      redactor.dispose();
    });

    it("tells the engine how to read it, and what goes for each note", async () => {
      const over = fakes();
      const redactor = await open(over);
      await redactor.redactFile(new File(["Smith"], "smith.csv"), {
        name: "a.csv",
        inputFormat: "tsv",
        columns: ["note"],
        header: true,
        textField: "*",
        encoding: "windows-1252",
        keepUnread: true,
        policy: "mask",
        threshold: 0.5,
      });
      const reading = { format: "tsv", columns: ["note"], header: true, textField: "*", encoding: "windows-1252", keepUnread: true };
      assert.deepEqual(over.log.files, [["a.csv", reading]]);
      assert.deepEqual(JSON.parse(over.log.options[0] ?? ""), { policy: "mask", threshold: 0.5 });
      redactor.dispose();
    });

    it("refuses what is no file, and unknown options", async () => {
      const over = fakes();
      const redactor = await open(over);
      for (const file of [undefined, null, "Smith", 7, {}, [1, 2]]) await rejects(redactor.redactFile(file as never), "OPTION_INVALID");
      const wrong: object[] = [{ name: 7 }, { doubtful: true }, { format: "csv" }, { context: { salt: "Smith" } }];
      for (const options of wrong) await rejects(redactor.redactFile(new Blob(["Smith"]), options as FileOptions), "OPTION_INVALID");
      assert.deepEqual(over.log.files, []);
      redactor.dispose();
    });

    it("tells what there is to choose", async () => {
      const over = fakes();
      const redactor = await open(over);
      const fields = [{ name: "id", filled: 1 }, { name: "note", filled: 1 }];
      assert.deepEqual(await redactor.inspectFile(bytes("id,note\n1,Smith")), { format: "csv", fields });
      assert.deepEqual(await redactor.inspectFile(new File(["1,Smith"], "a.csv"), { header: false }), { format: "csv", fields: [] });
      await rejects(redactor.inspectFile(bytes("Smith\0")), "FORMAT_INVALID");
      await rejects(redactor.inspectFile(bytes("Smith"), { policy: "mask" } as never), "OPTION_INVALID");
      await rejects(redactor.inspectFile(bytes("Smith"), { signal: AbortSignal.abort() }), "CANCELLED");
      assert.equal(over.log.most, 0);
      redactor.dispose();
    });

    it("refuses a file above the stated size before it is read", async () => {
      const over = fakes();
      const redactor = await open(over);
      const huge = new Blob(["Smith"]);
      Object.defineProperty(huge, "size", { value: MAX_FILE_BYTES + 1 });
      Object.defineProperty(huge, "arrayBuffer", { value: () => assert.fail("read") });
      await rejects(redactor.redactFile(huge), "TOO_LARGE");
      await rejects(redactor.redactFile(new ArrayBuffer(MAX_FILE_BYTES + 1)), "TOO_LARGE");
      assert.deepEqual(over.log.files, []);
      redactor.dispose();
    });

    it("says so when a file is gone", async () => {
      const redactor = await open();
      const gone = new Blob(["Smith"]);
      Object.defineProperty(gone, "arrayBuffer", { value: async () => { throw new DOMException("Smith.txt", "NotFoundError"); } });
      await rejects(redactor.redactFile(gone), "IO");
      redactor.dispose();
    });

    it("counts notes, waits for its turn and passes on the engine's errors", async () => {
      const over = fakes();
      const redactor = await open(over);
      const seen: Progress[] = [];
      const calls = [
        redactor.redactFile(new Blob([TEXT]), { onProgress: (progress) => seen.push(progress) }),
        redactor.redact("Smith"),
        redactor.redactFile(bytes("Smith\nSmith")),
      ];
      await Promise.all(calls);
      assert.deepEqual(seen, [1, 2, 3].map((loaded) => ({ stage: "note", loaded, total: 3 })));
      assert.equal(over.log.most, 1);
      await rejects(redactor.redactFile(bytes("Smith\0")), "FORMAT_INVALID");
      assert.equal(text((await redactor.redactFile(bytes("Smith"))).bytes), "[PATIENT]");
      redactor.dispose();
    });

    it("cancels, and goes on", async () => {
      const over = fakes();
      const redactor = await open(over);
      const running = new AbortController();
      const lines = bytes("Smith\n".repeat(200));
      const first = redactor.redactFile(lines, { signal: running.signal, onProgress: () => running.abort() });
      const waiting = new AbortController();
      const second = redactor.redactFile(lines, { signal: waiting.signal });
      waiting.abort();
      await Promise.all([rejects(first, "CANCELLED"), rejects(second, "CANCELLED")]);
      await rejects(redactor.redactFile(lines, { signal: AbortSignal.abort() }), "CANCELLED");
      assert.equal(text((await redactor.redactFile(bytes("Smith"))).bytes), "[PATIENT]");
      redactor.dispose();
      await rejects(redactor.redactFile(lines), "DISPOSED");
    });

    it("does not quote the file when the engine traps", async () => {
      const redactor = await open();
      await rejects(redactor.redactFile(bytes("TRAP Smith")), "WORKER_FAILED");
      redactor.dispose();
    });
  });

  describe(worker ? "handing on in a worker" : "handing on in the calling thread", () => {
    const open = (over = fakes()) => createRedactorWith(over.seams, { assets: server.assets, worker });
    const note = "Zoë 👩🏽‍⚕️ saw Smith";
    const entities = [{ start: note.indexOf("Smith"), end: note.length, type: "PATIENT" }] as const;

    it("writes other forms", async () => {
      const over = fakes();
      const redactor = await open(over);
      assert.equal(await redactor.export(note, entities, { format: "brat", policy: "mask" }), "brat note Zoë 👩🏽‍⚕️ saw [PATIENT]");
      assert.equal(await redactor.export(note, entities, { format: "conll", id: "7" }), "conll 7 Zoë 👩🏽‍⚕️ saw [PATIENT]");
      assert.deepEqual(over.log.options.map((json) => JSON.parse(json) as unknown), [{ policy: "mask" }, {}]);
      for (const wrong of [{}, { format: 7 }, { format: "xml" }, { format: "json", id: 7 }, { format: "json", threshold: 1 }]) {
        await rejects(redactor.export(note, entities, wrong as never), "OPTION_INVALID");
      }
      await rejects(redactor.export(note, entities, { format: "text", signal: AbortSignal.abort() }), "CANCELLED");
      redactor.dispose();
    });

    it("seals and restores", async () => {
      const over = fakes();
      const redactor = await open(over);
      const sealed = await redactor.seal(note, entities, { passphrase: "correct horse", policy: "numbered" });
      assert.equal(sealed.text, "Zoë 👩🏽‍⚕️ saw [PATIENT]");
      const before = sealed.mapping.slice();
      assert.deepEqual(await redactor.restore(sealed.text, sealed.mapping, "correct horse"), { text: note, restored: 1, ambiguous: 0 });
      assert.deepEqual(sealed.mapping, before, "the caller's mapping stays");
      await rejects(redactor.restore(sealed.text, sealed.mapping, "wrong horse"), "PASSPHRASE_WRONG");
      await rejects(redactor.seal(note, entities, { passphrase: "short" }), "OPTION_INVALID");
      await rejects(redactor.seal(note, entities, {} as never), "OPTION_INVALID");
      for (const mapping of [undefined, "Smith", {}]) await rejects(redactor.restore(note, mapping as never, "correct horse"), "OPTION_INVALID");
      assert.equal(over.log.freed, 1);
      redactor.dispose();
      await rejects(redactor.restore(sealed.text, before, "correct horse"), "DISPOSED");
    });
  });
}
