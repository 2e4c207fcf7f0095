// What the build scripts share.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of the npm package. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
/** Folder of the crate. */
export const repo = resolve(root, "..");
/** Where tools and build products that outlive a checkout lie. */
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "scrubjay");

/** Stops with a message for a person, not a stack trace. */
export function fail(message) {
  console.error(`error: ${message}`);
  process.exit(1);
}

/** Runs a command with its output shown; stops if it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: "inherit", cwd: root, ...options });
  if (error) fail(`${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

/** Compiles TypeScript by a tsconfig in this package. */
export function compile(project, options = []) {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  if (!existsSync(tsc)) fail("www/node_modules is missing: run scripts/setup.sh");
  run(process.execPath, [tsc, "-p", project, ...options]);
}

/** The modules of the engine, by the names that their files have in src/wasm: for WebGPU as well, and for the CPU alone. */
export const MODULES = ["scrubjay", "scrubjay-cpu"];

/** The interface of the modules, so that the sources can be checked and tested before they are built. */
export function generatedTypes() {
  for (const file of MODULES.map((name) => join(root, `src/wasm/${name}.d.ts`))) standIn(file);
}

function standIn(file) {
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  const names = ["version", "defaultModel", "inspectFile", "restore", "prepare", "Engine", "Helper"];
  const consts = names.map((name) => `export declare const ${name}: WasmModule["${name}"];\n`).join("");
  const head = '// Stands in until the module is built.\nimport type { WasmModule } from "../module.js";\ndeclare const init: WasmModule["default"];\nexport default init;\n';
  writeFileSync(file, head + consts);
}
