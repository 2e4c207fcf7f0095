import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE, PROJECT, REPO, run } from "./project.js";

/** Packs the package, and installs it in an empty project beside the programs of apps/. */
export default function install(): void {
  const www = join(REPO, "www");
  if (!existsSync(join(www, "dist/lib/index.js"))) throw new Error("the package is not built: run `npm run lib` in www");
  rmSync(PROJECT, { recursive: true, force: true });
  mkdirSync(PROJECT);
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", PROJECT], { cwd: www, stdio: ["ignore", "ignore", "inherit"] });
  const tarball = readdirSync(PROJECT).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error("npm pack made nothing");
  writeFileSync(join(PROJECT, "package.json"), JSON.stringify({ name: "empty", private: true, type: "module" }));
  // Nothing else may be needed: it has no dependencies.
  run("npm", "install", "--silent", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=peer", `./${tarball}`);
  if (!existsSync(PACKAGE)) throw new Error("npm install installed nothing");
  cpSync(join(import.meta.dirname, "apps"), PROJECT, { recursive: true });
}
