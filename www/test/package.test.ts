import assert from "node:assert/strict";
import { describe, it } from "node:test";

describe("the package", () => {
  it("is imported without touching anything of a browser", async () => {
    const before = Object.keys(globalThis).sort();
    const api = await import("../src/index.js");
    assert.deepEqual(Object.keys(api).sort(), ["ERROR_CODES", "MAX_FILE_BYTES", "ScrubjayError", "createRedactor", "redact"]);
    assert.deepEqual(Object.keys(globalThis).sort(), before);
  });

  it("rejects, with a code, where there is nothing to fetch from", async () => {
    const { createRedactor, redact } = await import("../src/index.js");
    for (const call of [() => createRedactor({ worker: false }), () => redact("Mrs Smith")]) {
      await assert.rejects(call, { name: "ScrubjayError", code: "ASSET_MISSING" });
    }
  });
});
