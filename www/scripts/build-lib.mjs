// Builds the npm package into dist/lib: the compiled sources, and beside them the modules' JavaScript and the assets.
import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { MODULES, compile, fail, repo, root, run } from "./lib.mjs";

const wasm = join(root, "src/wasm");
const out = join(root, "dist/lib");
const glue = MODULES.flatMap((name) => [`${name}.js`, `${name}.d.ts`]);
for (const name of glue) if (!existsSync(join(wasm, name))) fail(`www/src/wasm/${name} is missing: build it with \`make wasm\``);
rmSync(out, { recursive: true, force: true });
compile("tsconfig.json");
compile("tsconfig.node.json");
mkdirSync(join(out, "wasm"), { recursive: true });
for (const name of glue) copyFileSync(join(wasm, name), join(out, "wasm", name));
copyFileSync(join(repo, "src/redact/policy.schema.json"), join(out, "policy.schema.json"));
run(process.execPath, ["scripts/copy-assets.mjs", "dist/lib/assets"]);
// npm looks for it beside package.json and no higher.
copyFileSync(join(repo, "LICENSE"), join(root, "LICENSE"));
