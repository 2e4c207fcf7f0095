// Packs what dist/lib holds, and fails where it is larger than wasm-pack.toml allows: `node scripts/pack.mjs`.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { fail, repo, root } from "./lib.mjs";

const budget = parse(readFileSync(join(repo, "wasm-pack.toml"), "utf8")).package["budget-mb"];
// An array, or in newer releases an object by package name.
const [packed] = Object.values(JSON.parse(execFileSync("npm", ["pack", "--json", "--ignore-scripts"], { cwd: root, encoding: "utf8" })));
const javascript = packed.files.filter(({ path }) => path.endsWith(".js")).reduce((sum, { size }) => sum + size, 0);
const sizes = { tarball: packed.size, unpacked: packed.unpackedSize, javascript };

let over = false;
for (const [name, bytes] of Object.entries(sizes)) {
  const most = budget[name];
  if (typeof most !== "number") fail(`wasm-pack.toml has no package.budget-mb.${name}`);
  over ||= bytes > most * 1e6;
  console.log(`${name.padEnd(10)} ${(bytes / 1e6).toFixed(2).padStart(6)} MB of ${most}`);
}
if (over) fail("the package is larger than its budget in wasm-pack.toml");
console.log(join(root, packed.filename));
