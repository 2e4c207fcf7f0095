// Copies what the browser fetches into an assets folder: the modules and the default model, its weights compressed, because few servers do
// that by themselves, and by Huffman codes alone: nothing repeats in weights, and what seems to costs more than it saves. `node scripts/copy-assets.mjs FOLDER`.
import { constants as modes, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { constants, gzipSync } from "node:zlib";
import { MODULES, fail, repo, root } from "./lib.mjs";

const target = resolve(root, process.argv[2] ?? fail("which folder?"));
const model = join(repo, "models/default");
const files = [
  ...MODULES.map((name) => [join(root, `src/wasm/${name}_bg.wasm`), `${name}_bg.wasm`, "build it with `make wasm`"]),
  ...["config.json", "tokenizer.json", "model.safetensors"].map((name) => [
    join(model, name),
    `model/${name}${name.endsWith(".safetensors") ? ".gz" : ""}`,
    "the default model belongs into models/default",
  ]),
];
for (const [from, , hint] of files) {
  if (!existsSync(from)) fail(`${from} is missing: ${hint}`);
}
rmSync(target, { recursive: true, force: true });
for (const [from, name] of files) {
  const to = join(target, name);
  mkdirSync(dirname(to), { recursive: true });
  if (name.endsWith(".gz")) writeFileSync(to, gzipSync(readFileSync(from), { level: 9, strategy: constants.Z_HUFFMAN_ONLY }));
  else copyFileSync(from, to, modes.COPYFILE_FICLONE);
}
