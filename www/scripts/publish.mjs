// Publishes the package with provenance: `node scripts/publish.mjs` tries everything and publishes nothing; `--publish` does it, and
// only in a build service that can sign where the package was built.
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "smol-toml";
import { fail, repo, root, run } from "./lib.mjs";

const { values } = parseArgs({ options: { publish: { type: "boolean", default: false }, "dry-run": { type: "boolean", default: false } } });
const real = values.publish && !values["dry-run"];
const output = (command, ...args) => execFileSync(command, args, { cwd: repo, encoding: "utf8" }).trim();
const { name, version, repository } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

checkTree();
checkVersion();
checkProvenance();
run(join(repo, "scripts/test.sh"), [], { cwd: repo });
// After the tests, which build the module for work and not for shipping.
run("make", ["package"], { cwd: repo });
checkTree();
const tarball = join(root, `${name}-${version}.tgz`);
run("npm", ["publish", tarball, "--provenance", "--access", "public", "--ignore-scripts", ...(real ? [] : ["--dry-run"])]);
console.log(real ? `${name} ${version} is published` : `${name} ${version} could be published: \`node scripts/publish.mjs --publish\``);

function checkTree() {
  if (output("git", "status", "--porcelain") !== "") fail("the working tree is not clean: what is published must be what is committed");
}

/** One version everywhere, tagged, and not yet taken. */
function checkVersion() {
  const crate = parse(readFileSync(join(repo, "Cargo.toml"), "utf8")).package.version;
  if (crate !== version) fail(`package.json says ${version}, Cargo.toml ${crate}`);
  if (!output("git", "tag", "--points-at", "HEAD").split("\n").includes(`v${version}`)) fail(`HEAD has no tag v${version}`);
  const { status, stdout, stderr } = spawnSync("npm", ["view", `${name}@${version}`, "version"], { encoding: "utf8" });
  if (status === 0 && stdout.trim() === version) fail(`${name} ${version} is published already`);
  if (status !== 0 && !stderr.includes("E404")) fail("the registry cannot be asked which versions there are");
}

/** npm compares the repository with the one that the build service signs. */
function checkProvenance() {
  if (repository === undefined) fail("package.json names no repository, which provenance needs");
  const signs = process.env.ACTIONS_ID_TOKEN_REQUEST_URL !== undefined || process.env.SIGSTORE_ID_TOKEN !== undefined;
  if (real && !signs) fail("nothing here can sign where the package was built: publish from the build service, with permission to write id-tokens");
}
