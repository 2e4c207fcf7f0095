import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "@playwright/test";

test("the package holds what a page needs, and nothing else", () => {
  const folder = resolve(import.meta.dirname, "../../www");
  const out = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: folder, encoding: "utf8" });
  const packed = JSON.parse(out) as { files: { path: string }[] }[] | Record<string, { files: { path: string }[] }>;
  const paths = Object.values(packed).flatMap(({ files }) => files.map(({ path }) => path));
  for (const needed of [
    "package.json",
    "README.md",
    "dist/lib/index.js",
    "dist/lib/index.d.ts",
    "dist/lib/worker.js",
    "dist/lib/wasm/scrubjay.js",
    "dist/lib/policy.schema.json",
    "dist/lib/sbom.json",
    "dist/lib/THIRD-PARTY-LICENSES.txt",
    "dist/lib/assets/scrubjay_bg.wasm",
    "dist/lib/assets/model/config.json",
    "dist/lib/assets/model/tokenizer.json",
    "dist/lib/assets/model/model.safetensors",
  ]) {
    expect(paths).toContain(needed);
  }
  const unexpected = paths.filter((path) => !path.startsWith("dist/lib/") && !["package.json", "README.md", "LICENSE"].includes(path));
  expect(unexpected).toEqual([]);
});
