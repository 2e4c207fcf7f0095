// What the model's card and manifest (models/default) say of its origin.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fail, repo } from "./lib.mjs";

const ORIGINS = ["Encoder", "Data", "Carriers", "Templates", "Surrogates", "Hard negatives"];

/** `{ id, files, license, origins }`: `origins` are the rows of the card's first table that say what the model was made from. */
export function modelCard() {
  const folder = join(repo, "models/default");
  const rows = new Map();
  for (const line of readFileSync(join(folder, "README.md"), "utf8").split("\n## ", 1)[0].split("\n")) {
    const [, name, words] = /^\| ([^|]+) \| ([^|]+) \|$/.exec(line) ?? [];
    if (name !== undefined) rows.set(name, words);
  }
  const row = (name) => rows.get(name) ?? fail(`models/default/README.md has no row ${name}`);
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  return { id: manifest.id, files: manifest.files, license: row("Licence"), origins: ORIGINS.map((name) => [name, row(name)]) };
}
