// The packages of npm that are bundled with the page.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib.mjs";

/** What `names` are, as they lie in node_modules. */
export function bundled(names) {
  return names.map((name) => {
    const folder = join(root, "node_modules", name);
    const { version, license, homepage, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const authors = [typeof author === "string" ? author : author?.name].filter(Boolean);
    return { name, version, license, folder, authors, key: `${name}@${version}`, repository: `https://www.npmjs.com/package/${name}`, homepage };
  });
}
