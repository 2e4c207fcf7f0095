import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import { planFor } from "../src/adapter.js";
import { cpuBuild } from "../src/simd.js";

const before = Object.getOwnPropertyDescriptor(globalThis, "navigator") ?? { value: undefined, configurable: true };

function browser(navigator: object): void {
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
}

/** Has the browser offer an adapter; null for none, undefined for no WebGPU. */
function offer(adapter: object | null | undefined): void {
  browser(adapter === undefined ? {} : { gpu: { requestAdapter: async () => adapter } });
}

describe("the build for a device", () => {
  let relaxed = true;
  beforeEach(() => {
    relaxed = true;
    mock.method(WebAssembly, "validate", () => relaxed);
  });
  afterEach(() => {
    mock.restoreAll();
    Object.defineProperty(globalThis, "navigator", before);
  });

  it("is the smaller one for the CPU, and no adapter is asked for", async () => {
    browser({ gpu: { requestAdapter: () => assert.fail("asked") } });
    assert.deepEqual(await planFor("cpu"), { build: "cpu", device: "cpu", adapter: "" });
  });

  it("is the larger one for a CPU without relaxed SIMD", async () => {
    relaxed = false;
    assert.deepEqual(await planFor("cpu"), { build: "webgpu", device: "cpu", adapter: "" });
    offer(null);
    assert.equal((await planFor("auto")).build, "webgpu");
  });

  it("is asked for by a module that some browser knows", () => {
    mock.restoreAll();
    // Node knows relaxed SIMD since version 22.
    assert.equal(cpuBuild(), Number(process.versions.node.split(".")[0]) >= 22 ? "cpu" : "webgpu");
  });

  it("is the larger one where there is a graphics processor", async () => {
    offer({ info: { vendor: "acme", architecture: "gen 9", device: "", description: "" } });
    assert.deepEqual(await planFor("auto"), { build: "webgpu", device: "auto", adapter: "acme gen 9" });
    assert.deepEqual(await planFor("webgpu"), { build: "webgpu", device: "webgpu", adapter: "acme gen 9" });
    offer({});
    assert.deepEqual(await planFor("auto"), { build: "webgpu", device: "auto", adapter: "WebGPU adapter" });
  });

  it("is the smaller one where there is none, or one in software, and says so", async () => {
    for (const adapter of [undefined, null]) {
      offer(adapter);
      assert.deepEqual(await planFor("auto"), { build: "cpu", device: "cpu", adapter: "", reason: "this browser offers no WebGPU adapter" });
    }
    for (const adapter of [{ info: { description: "Google SwiftShader" } }, { isFallbackAdapter: true }, { info: { isFallbackAdapter: true } }]) {
      offer(adapter);
      const { build, reason } = await planFor("auto");
      assert.equal(build, "cpu");
      assert.match(reason ?? "", /is software, slower than the CPU path$/);
      assert.equal((await planFor("webgpu")).build, "webgpu", "who asks for it gets it");
    }
  });

  it("does not exist for a graphics processor where there is none", async () => {
    offer(null);
    await assert.rejects(planFor("webgpu"), { code: "DEVICE_UNAVAILABLE", message: "device webgpu: this browser offers no WebGPU adapter" });
  });
});
