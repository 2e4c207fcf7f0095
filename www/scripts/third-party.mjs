// The licences of everything in the package, with their texts: `node scripts/third-party.mjs FILE [PACKAGE…]`.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { bundled } from "./bundled.mjs";
import { compiler, crates } from "./crates.mjs";
import { fail, repo, root } from "./lib.mjs";
import { modelCard } from "./model-card.mjs";

const file = resolve(root, process.argv[2] ?? fail("which file?"));
const standard = createRequire(import.meta.url);
// Of several licences that a crate offers, the first of these is the one it is used under.
const PREFERRED = ["Apache-2.0", "MIT", "Zlib", "BSD-3-Clause", "BSL-1.0", "MPL-2.0", "Apache-2.0 WITH LLVM-exception"];
// Text → whose it is. Many crates have the very same one.
const texts = new Map();
const lines = [];

const packages = bundled(process.argv.slice(3));
const all = [...crates().all, ...packages];
const card = modelCard();
for (const crate of all) {
  const licences = chosen(crate);
  lines.push(`${crate.name} ${crate.version}: ${crate.license}${crate.license === licences.join(" AND ") ? "" : ` (used under ${licences.join(" AND ")})`}`);
  lines.push(`    ${crate.repository ?? `https://crates.io/crates/${crate.name}`}`);
  for (const licence of licences) for (const text of textsOf(crate, licence)) add(text, `${crate.name} ${crate.version}`, licence);
  for (const name of found(crate, /^notice/i)) add(read(crate, name), `${crate.name} ${crate.version}`, "NOTICE");
}
const std = `the Rust standard library (${compiler().split(" ").slice(0, 2).join(" ")})`;
add(readFileSync(join(repo, "LICENSE"), "utf8"), std, "Apache-2.0");
add(readFileSync(join(repo, "LICENSE"), "utf8"), "scrubjay, the model and its base encoder", "Apache-2.0");
add(readFileSync(join(repo, "src/synth/lexicon/names/LICENSE.faker.txt"), "utf8"), "names of Faker", "MIT");
add(spdx("CC-BY-4.0"), "MTS-Dialog, in the training of the model", "CC-BY-4.0");

writeFileSync(file, document());
console.log(`${file}: ${all.length} crates and packages, ${texts.size} texts`);

/** The licences that a crate is used under: of `A OR B` one, of `A AND B` both. */
function chosen({ key, license }) {
  return license.split(/ AND /).map((part) => {
    const offered = part.replaceAll(/[()]/g, "").split(" OR ");
    if (license.includes("AND") && offered.length > 1 && !/\(.*\)/.test(license)) fail(`${key}: ${license} has no brackets`);
    return PREFERRED.find((each) => offered.includes(each)) ?? (offered.length === 1 ? offered[0] : fail(`${key}: none of ${license} is known`));
  });
}

/** The crate's own files. Apache-2.0 names nobody, so one text serves all; a crate that packs no text gets the standard one. */
function textsOf(crate, licence) {
  if (licence === "Apache-2.0") return [readFileSync(join(repo, "LICENSE"), "utf8")];
  const files = found(crate, /^(un)?licen[cs]e|^copying|^copyright/i);
  const short = licence.split("-")[0];
  const named = files.filter((name) => name.toUpperCase().includes(short.toUpperCase()));
  const own = (named.length > 0 ? named : files).map((name) => read(crate, name));
  if (own.length > 0) return own;
  const holders = crate.authors.length > 0 ? crate.authors.map((each) => each.replace(/ <.*>$/, "")).join(", ") : `the authors of ${crate.name}`;
  return [`(The crate packs no text; this is the standard one.)\n\n${spdx(licence).replace(/<year> <copyright holders>/, holders)}`];
}

function found({ folder }, pattern) {
  return readdirSync(folder).filter((name) => pattern.test(name)).sort();
}

function read({ folder }, name) {
  return readFileSync(join(folder, name), "utf8");
}

function spdx(id) {
  return standard(`spdx-license-list/licenses/${id.replace(" WITH ", "-")}.json`).licenseText;
}

function add(text, whose, licence) {
  const key = text.replaceAll(/\s+/g, " ").trim();
  const entry = texts.get(key) ?? { text: text.replaceAll("\r\n", "\n").trim(), licence, whose: new Set() };
  entry.whose.add(whose);
  texts.set(key, entry);
}

function document() {
  const rule = "=".repeat(100);
  const blocks = [...texts.values()].map(({ text, licence, whose }) => `${rule}\n${licence}: ${[...whose].join(", ")}\n${rule}\n\n${text}\n`);
  return [
    "Third-party software and data in scrubjay\n",
    "scrubjay itself is under the Apache License 2.0. In its WebAssembly module are the crates below and",
    `${std}, MIT OR Apache-2.0 (used under Apache-2.0). Sources: https://crates.io/crates/NAME/VERSION.\n`,
    `The model ${card.id} (${card.license}) was made from, as its card says:\n`,
    ...card.origins.map(([name, words]) => `${name}: ${words.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")}`),
    packages.length === 0 ? "\nCrates\n" : "\nCrates, and packages of npm that are bundled with the page\n",
    ...lines,
    `\nTexts\n`,
    ...blocks,
  ].join("\n");
}
