import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { PACKAGE, PROJECT, entries, manifest, run } from "./project.js";

const REDACTED = "Seen by Dr. [DOCTOR] on [DATE], BP 120/80.";

test("the package holds what its manifest names, and nothing that is not shipped", () => {
  for (const [name, target] of Object.entries(manifest().exports)) {
    const paths = typeof target === "string" ? [target] : Object.values(target);
    for (const path of paths.filter((path) => !path.includes("*"))) expect(existsSync(join(PACKAGE, path)), `${name}: ${path}`).toBe(true);
  }
  for (const path of manifest().sideEffects) expect(existsSync(join(PACKAGE, path)), path).toBe(true);
  for (const file of ["sbom.json", "THIRD-PARTY-LICENSES.txt"]) expect(existsSync(join(PACKAGE, "dist/lib", file)), file).toBe(true);
  expect(readdirSync(PACKAGE).sort()).toEqual(["LICENSE", "README.md", "dist", "package.json"]);
  expect(readdirSync(join(PACKAGE, "dist"))).toEqual(["lib"]);
  expect(readdirSync(join(PACKAGE, "dist/lib/assets")).sort()).toEqual(["model", "scrubjay-cpu_bg.wasm", "scrubjay_bg.wasm"]);
});

test("its README names every entry point", () => {
  const readme = readFileSync(join(PACKAGE, "README.md"), "utf8");
  expect(entries().length).toBeGreaterThan(4);
  for (const entry of entries()) expect(readme).toContain(`\`${entry}\``);
});

for (const config of ["bundler", "node16", "node"]) {
  test(`types are right for ${config}`, () => {
    run("tsc", "-p", `types/tsconfig.${config}.json`);
  });
}

for (const entry of ["scrubjay", "scrubjay/element", "scrubjay/react", "scrubjay/node"]) {
  test(`${entry} is imported without a browser, and does nothing`, () => {
    const { exported, changed, requests, rendered } = JSON.parse(run("node", "server.js", entry)) as {
      exported: string[];
      changed: boolean;
      requests: string[];
      rendered?: string;
    };
    expect(exported).toContain("ScrubjayError");
    expect(requests).toEqual([]);
    expect(changed).toBe(false);
    if (rendered !== undefined) expect(rendered).toBe('<scrubjay-redactor name="text" required=""></scrubjay-redactor>');
  });
}

test("it redacts in Node, from its own folder, and lets the process end", () => {
  expect(JSON.parse(run("node", "batch.js"))).toEqual({
    thread: REDACTED,
    here: REDACTED,
    streamed: REDACTED,
    together: true,
    stages: ["download", "compile", "device", "window"],
    device: "cpu",
    codes: {
      disposed: "DISPOSED",
      webgpu: "OPTION_INVALID",
      remote: "OPTION_INVALID",
      missing: "ASSET_MISSING",
      cancelled: "CANCELLED",
      option: "OPTION_INVALID",
      aborted: "CANCELLED",
    },
  });
});

test("only what a program uses is in its bundle", async () => {
  const { build } = await import("esbuild");
  const bundle = async (code: string) => {
    const { outputFiles } = await build({ stdin: { contents: code, resolveDir: PROJECT }, bundle: true, format: "esm", write: false, logLevel: "silent", external: ["react"] });
    return outputFiles[0]?.text.trim() ?? "";
  };
  for (const entry of ["scrubjay", "scrubjay/element", "scrubjay/react"]) expect(await bundle(`import "${entry}";`)).toBe("");
  expect(await bundle('export { ScrubjayError } from "scrubjay";')).not.toContain("postMessage");
});
