// The crates whose code is in the WebAssembly modules, with their licences and where their sources lie.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "smol-toml";
import { fail, repo } from "./lib.mjs";

// Of the larger module: the other one's crates are among them.
const { modules } = parse(readFileSync(join(repo, "wasm-pack.toml"), "utf8"));
const features = ["--no-default-features", "--features", modules.scrubjay.features.join(",")];

function output(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: repo, encoding: "utf8", maxBuffer: 1 << 28 });
  if (error || status !== 0) fail(`${command} ${args[0]}: ${error?.message ?? stderr}`);
  return stdout;
}

/** The compiler that builds the module, and with it the standard library: `rustc 1.95.0 (…)`. */
export function compiler() {
  const wrapper = join(repo, "scripts/wasm-cargo.sh");
  const route = output(wrapper, ["--route"]).trim();
  if (route === "none") fail("no Rust toolchain here has the WebAssembly target: run scripts/setup.sh");
  return output(route === "debian" ? "/usr/bin/rustc" : "rustc", ["--version"]).trim();
}

/**
 * All crates of the module but scrubjay itself, by name and version: `{ name, version, license, authors, repository, folder, sha256, needs }`.
 * Which they are is known to `cargo tree` alone: `cargo metadata` joins the features that tests and build scripts ask for.
 */
export function crates() {
  const tree = ["tree", "--locked", "-e", "normal,no-proc-macro", "--prefix", "depth", "--format", " {p}", ...features];
  const [own, ...lines] = output(join(repo, "scripts/wasm-cargo.sh"), tree).trim().split("\n").map(entry);
  const needs = new Map([[own.key, new Set()]]);
  const path = [own.key];
  for (const { depth, key } of lines) {
    path.length = depth;
    needs.get(path.at(-1)).add(key);
    if (!needs.has(key)) needs.set(key, new Set());
    path.push(key);
  }
  const metadata = JSON.parse(output("cargo", ["metadata", "--format-version", "1", "--locked", ...features]));
  const packages = new Map(metadata.packages.map((each) => [`${each.name}@${each.version}`, each]));
  const lock = parse(readFileSync(join(repo, "Cargo.lock"), "utf8"));
  const sums = new Map(lock.package.map((each) => [`${each.name}@${each.version}`, each.checksum]));
  const described = [...needs.keys()].filter((key) => key !== own.key).map((key) => describe(key, packages.get(key), sums.get(key), needs.get(key)));
  return { own: { ...packages.get(own.key), needs: needs.get(own.key) }, all: described.sort((a, b) => (a.key < b.key ? -1 : 1)) };
}

function entry(line) {
  const found = /^(\d+) (\S+) v(\S+)/.exec(line) ?? fail(`cargo tree printed: ${line}`);
  return { depth: Number(found[1]), key: `${found[2]}@${found[3]}` };
}

function describe(key, found, sha256, needs) {
  if (found === undefined || sha256 === undefined) fail(`${key} is in cargo tree, but not in cargo metadata and Cargo.lock`);
  // The older way to write "or", which SPDX does not know.
  const license = found.license?.replaceAll(/\s*\/\s*/g, " OR ") ?? fail(`${key} names no licence`);
  const { name, version, authors, repository, manifest_path: manifest } = found;
  return { key, name, version, license, authors, repository, folder: dirname(manifest), sha256, needs };
}
