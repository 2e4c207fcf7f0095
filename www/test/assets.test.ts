import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { SHIPPED_MODEL, modelFiles, resolveAssets } from "../src/assets.js";
import { ByteCounter } from "../src/download.js";
import type { Shipped } from "../src/shipped.js";

/** The package's own files, as a bundler would have placed them under `base`. */
const shippedAt = (base: string): Shipped => ({
  wasm: { cpu: () => new URL("cpu.wasm", base), webgpu: () => new URL("webgpu.wasm", base) },
  model: modelFiles((name) => () => new URL(`hash-${name}`, base)),
});

const scope = globalThis as { location?: unknown; document?: unknown };

describe("folders", () => {
  afterEach(() => {
    delete scope.location;
    delete scope.document;
  });

  it("get a slash, and the model lies in model/", () => {
    const sources = resolveAssets("https://a.example/x/assets?q=1#f", undefined, shippedAt("https://b.example/"));
    assert.deepEqual(sources.wasm, {
      cpu: "https://a.example/x/assets/scrubjay-cpu_bg.wasm",
      webgpu: "https://a.example/x/assets/scrubjay_bg.wasm",
    });
    assert.deepEqual(sources.model, modelFiles((name) => `https://a.example/x/assets/${SHIPPED_MODEL[name]}`));
  });

  it("are relative to the page", () => {
    scope.location = new URL("https://a.example/app/");
    scope.document = { baseURI: "https://a.example/app/" };
    const { wasm, model } = resolveAssets("assets", "../m", shippedAt("https://a.example/"));
    assert.equal(wasm.cpu, "https://a.example/app/assets/scrubjay-cpu_bg.wasm");
    assert.equal(model["config.json"], "https://a.example/m/config.json");
  });

  it("are those of the package where none are given", () => {
    const { wasm, model } = resolveAssets(undefined, undefined, shippedAt("https://a.example/"));
    assert.deepEqual(wasm, { cpu: "https://a.example/cpu.wasm", webgpu: "https://a.example/webgpu.wasm" });
    assert.equal(model["config.json"], "https://a.example/hash-config.json");
    const own = resolveAssets(undefined, "https://a.example/m", shippedAt("https://a.example/"));
    assert.deepEqual(own.wasm, wasm);
    assert.equal(own.model["config.json"], "https://a.example/m/config.json");
  });

  it("are read out of the code where a bundler wrote files into it", async () => {
    const shipped = shippedAt("https://a.example/");
    for (const url of ["data:application/json;base64,eyLDoSI6MX0=", "data:application/json;charset=utf-8,%7B%22%C3%A1%22:1}"]) {
      const model = { ...shipped.model, "config.json": () => new URL(url) };
      const blob = resolveAssets(undefined, undefined, { ...shipped, model }).model["config.json"];
      assert.ok(blob instanceof Blob);
      assert.equal(await blob.text(), '{"á":1}');
    }
  });

  it("must be given to a bundle that does not know where it lies", () => {
    const unknown = () => new URL("./x.wasm", undefined);
    const shipped = { ...shippedAt("https://a.example/"), wasm: { cpu: unknown, webgpu: unknown } };
    assert.throws(() => resolveAssets(undefined, undefined, shipped), { code: "OPTION_INVALID", message: /^option assets: must be given/ });
    assert.equal(resolveAssets("https://a.example/", undefined, shipped).wasm.webgpu, "https://a.example/scrubjay_bg.wasm");
  });

  it("are refused on another origin", () => {
    scope.location = new URL("https://a.example/app/");
    scope.document = { baseURI: "https://a.example/app/" };
    const fallback = shippedAt("https://a.example/");
    const other = ["https://b.example/", "http://a.example/", "//b.example/", "https://a.example:8443/", "data:text/plain,x", "\\\\b.example\\"];
    for (const url of other) {
      assert.throws(() => resolveAssets(url, undefined, fallback), { code: "OPTION_INVALID" }, url);
      assert.throws(() => resolveAssets(undefined, url, fallback), { code: "OPTION_INVALID" }, url);
    }
    assert.throws(() => resolveAssets(undefined, undefined, shippedAt("https://cdn.example/")), { code: "OPTION_INVALID" });
  });
});

describe("ByteCounter", () => {
  it("tells a total only when every size is known", () => {
    const seen: [number, number | undefined][] = [];
    const counter = new ByteCounter((loaded, total) => seen.push([loaded, total]));
    const [a, b] = [counter.file(), counter.file()];
    a(1, 10);
    b(2, undefined);
    b(5, 5);
    assert.deepEqual(seen, [[1, undefined], [3, undefined], [6, 15]]);
  });
});
