import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { ByteCounter, resolveAssets } from "../src/assets.js";

const scope = globalThis as { location?: unknown; document?: unknown };

describe("folders", () => {
  afterEach(() => {
    delete scope.location;
    delete scope.document;
  });

  it("get a slash, and the model lies in model/", () => {
    const urls = resolveAssets("https://a.example/x/assets?q=1#f", undefined, new URL("https://b.example/"));
    assert.deepEqual(urls, { assets: "https://a.example/x/assets/", model: "https://a.example/x/assets/model/" });
  });

  it("are relative to the page", () => {
    scope.location = new URL("https://a.example/app/");
    scope.document = { baseURI: "https://a.example/app/" };
    assert.equal(resolveAssets("assets", "../m", new URL("https://a.example/")).model, "https://a.example/m/");
  });

  it("are refused on another origin", () => {
    scope.location = new URL("https://a.example/app/");
    scope.document = { baseURI: "https://a.example/app/" };
    const fallback = new URL("https://a.example/");
    const other = ["https://b.example/", "http://a.example/", "//b.example/", "https://a.example:8443/", "data:text/plain,x", "\\\\b.example\\"];
    for (const url of other) {
      assert.throws(() => resolveAssets(url, undefined, fallback), { code: "OPTION_INVALID" }, url);
      assert.throws(() => resolveAssets(undefined, url, fallback), { code: "OPTION_INVALID" }, url);
    }
    assert.throws(() => resolveAssets(undefined, undefined, new URL("https://cdn.example/")), { code: "OPTION_INVALID" });
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
