// What the npm package is made of, as CycloneDX 1.6: `node scripts/sbom.mjs FILE [PACKAGE…]`. npm tells of packages, cargo of the crates in the
// module; beside them the Rust standard library and the model. It has no date and no serial number: the same sources, the same file.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { bundled } from "./bundled.mjs";
import { compiler, crates } from "./crates.mjs";
import { fail, root } from "./lib.mjs";
import { modelCard } from "./model-card.mjs";

const file = resolve(root, process.argv[2] ?? fail("which file?"));
const bom = packages();
const { own, all } = crates();
const more = bundled(process.argv.slice(3));
const card = modelCard();
const refs = { crate: purl(own), std: "rust-std", model: `model:${card.id}` };

bom.components.push(
  library(own.name, own.version, refs.crate, own.license, { description: "The WebAssembly module, compiled from this crate" }),
  ...all.map((each) => library(each.name, each.version, purl(each), each.license, source(each))),
  ...more.map((each) => library(each.name, each.version, npm(each), each.license, {})),
  {
    ...library("rust-std", compiler().split(" ")[1], refs.std, "MIT OR Apache-2.0", { description: "The Rust standard library" }),
    purl: undefined,
  },
  {
    type: "machine-learning-model",
    "bom-ref": refs.model,
    name: card.id,
    licenses: [{ license: { id: card.license } }],
    components: Object.entries(card.files).map(([name, { sha256 }]) => ({ type: "file", name, hashes: [{ alg: "SHA-256", content: sha256 }] })),
  },
);
bom.dependencies.find(({ ref }) => ref === bom.metadata.component["bom-ref"]).dependsOn.push(refs.crate, refs.model, ...more.map(npm));
bom.dependencies.push(
  { ref: refs.crate, dependsOn: [...keys(own.needs), refs.std] },
  ...more.map((each) => ({ ref: npm(each) })),
  ...all.map((each) => ({ ref: purl(each), dependsOn: keys(each.needs) })),
);

const text = `${JSON.stringify(bom, null, 2)}\n`;
const problems = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text);
if (problems !== null) fail(`the bill of materials does not fit its schema: ${JSON.stringify(problems).slice(0, 2000)}`);
writeFileSync(file, text);
console.log(`${file}: ${bom.components.length} components`);

/** npm's own, of what an installation of the package brings with it. */
function packages() {
  const args = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--omit", "dev", "--omit", "optional", "--omit", "peer"];
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd: root, encoding: "utf8" });
  if (status !== 0) fail(`npm sbom: ${stderr}`);
  const found = JSON.parse(stdout);
  found.$schema = "http://cyclonedx.org/schema/bom-1.6.schema.json";
  found.specVersion = "1.6";
  delete found.serialNumber;
  found.metadata = { lifecycles: [{ phase: "build" }], component: { ...found.metadata.component, name: "scrubjay" } };
  return found;
}

function library(name, version, ref, license, more) {
  return { type: "library", "bom-ref": ref, name, version, purl: ref, licenses: [{ expression: license }], ...more };
}

function source({ repository, sha256 }) {
  const externalReferences = repository ? [{ type: "vcs", url: repository }] : undefined;
  return { hashes: [{ alg: "SHA-256", content: sha256 }], externalReferences };
}

function purl({ name, version }) {
  return `pkg:cargo/${name}@${encodeURIComponent(version)}`;
}

function npm({ name, version }) {
  return `pkg:npm/${name}@${version}`;
}

function keys(needs) {
  return [...needs].map((key) => purl({ name: key.slice(0, key.lastIndexOf("@")), version: key.slice(key.lastIndexOf("@") + 1) })).sort();
}
