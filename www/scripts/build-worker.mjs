// Builds the service worker of the built page: its first line names every file with its hash, the rest is offline/*.ts.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { SECURITY_HEADERS, TYPES, UNKNOWN_TYPE } from "./headers.mjs";
import { root } from "./lib.mjs";

const WORKER = "sw.js";
/** The module for graphics processors: few machines without one ever get one. */
const ON_DEMAND = ["assets/scrubjay_bg.wasm"];
const sha256 = (data) => createHash("sha256").update(data).digest("hex");

/** Every file of the page in `folder` that a browser asks for. */
function files(folder) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((name) => name !== WORKER && !name.endsWith(".map"))
    .sort();
  return Object.fromEntries(
    names.map((name) => {
      const data = readFileSync(join(folder, name));
      const type = TYPES[extname(name)] ?? UNKNOWN_TYPE;
      // By the folder's address: some hosts redirect that of the file.
      return [name === "index.html" ? "./" : name, { sha256: sha256(data), bytes: data.length, type, ...(ON_DEMAND.includes(name) ? { onDemand: true } : {}) }];
    }),
  );
}

/** Writes the worker for the page in `folder`, from `code` or from the worker that is there. */
export function stamp(folder, code) {
  const target = join(folder, WORKER);
  const rest = code ?? readFileSync(target, "utf8").replace(/^.*\n/, "");
  const build = { headers: SECURITY_HEADERS, files: files(folder) };
  const version = sha256(JSON.stringify(build) + rest).slice(0, 16);
  writeFileSync(target, `self.build=${JSON.stringify({ version, ...build })};\n${rest}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { build } = await import("vite");
  const { output } = (
    await build({
      configFile: false,
      root,
      logLevel: "warn",
      publicDir: false,
      build: {
        write: false,
        target: "es2022",
        // A classic script: not every browser takes a service worker as a module.
        lib: { entry: join(root, "offline/worker.ts"), formats: ["iife"], name: "scrubjay", fileName: () => WORKER },
      },
    })
  )[0];
  stamp(join(root, "dist/page"), output[0].code);
}
