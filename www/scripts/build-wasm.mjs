// Builds the WebAssembly modules as wasm-pack.toml says: `node scripts/build-wasm.mjs dev|dist [MODULE…]`.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { parse } from "smol-toml";
import { cache, fail, repo, run } from "./lib.mjs";

const [name = "dev", ...only] = process.argv.slice(2);
const matrix = parse(readFileSync(join(repo, "wasm-pack.toml"), "utf8"));
if (matrix[name]?.profile === undefined) {
  fail(`no build ${name} in wasm-pack.toml; there are ${Object.keys(matrix).filter((key) => matrix[key].profile !== undefined).join(", ")}`);
}
const build = { ...matrix.common, ...matrix[name] };
const outDir = join(repo, build["out-dir"]);
const targetDir = process.env.CARGO_TARGET_DIR ?? join(cache, "target");

const modules = Object.entries(matrix.modules).filter(([module]) => only.length === 0 || only.includes(module));
if (modules.length === 0) fail(`wasm-pack.toml has no module ${only.join(" or ")}`);
if (only.length === 0) rmSync(outDir, { recursive: true, force: true });
mkdirSync(outDir, { recursive: true });
for (const [module, { features }] of modules) {
  compileCrate(features);
  bindgen(module);
  measure(module);
}

function compileCrate(features) {
  const args = ["build", "--lib", "--profile", build.profile, "--features", features.join(",")];
  if (build["default-features"] === false) args.push("--no-default-features");
  const env = { ...process.env, CARGO_TARGET_DIR: targetDir, SCRUBJAY_LTO: build.lto ? "1" : "0" };
  run(join(repo, "scripts/wasm-cargo.sh"), args, { cwd: repo, env });
}

/** The command-line tool must be of the very version that the crate was compiled with. */
function bindgen(module) {
  const lock = parse(readFileSync(join(repo, "Cargo.lock"), "utf8"));
  const wanted = lock.package.find((entry) => entry.name === "wasm-bindgen")?.version;
  const tool = join(cache, "tools/bin/wasm-bindgen");
  const found = spawnSync(tool, ["--version"], { encoding: "utf8" }).stdout?.trim().split(" ").at(-1);
  if (found !== wanted) fail(`wasm-bindgen ${wanted} is wanted, ${found ?? "none"} is there: run scripts/setup.sh`);
  const wasm = join(targetDir, "wasm32-unknown-unknown", build.profile, "scrubjay.wasm");
  if (!existsSync(wasm)) fail(`${wasm} is missing`);
  // No default path: bundlers would take it for a file of theirs, and the shim always gives the bytes.
  const strip = build.strip ? ["--remove-name-section", "--remove-producers-section"] : [];
  run(tool, [wasm, ...strip, "--target", build.target, "--out-dir", outDir, "--out-name", module, "--omit-default-module-path"]);
}

function measure(module) {
  const wasm = join(outDir, `${module}_bg.wasm`);
  const raw = statSync(wasm).size / 1e6;
  const budget = build["budget-mb"]?.[module];
  if (budget === undefined) {
    console.log(`${wasm}: ${raw.toFixed(2)} MB`);
    return;
  }
  const bytes = readFileSync(wasm);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length, [constants.BROTLI_PARAM_LGWIN]: 24 };
  const brotli = brotliCompressSync(bytes, { params }).length / 1e6;
  console.log(`${wasm}: ${raw.toFixed(2)} MB, brotli ${brotli.toFixed(2)} MB (budget ${budget.raw} and ${budget.brotli})`);
  if (raw > budget.raw || brotli > budget.brotli) fail("the module is larger than its budget in wasm-pack.toml");
}
