// A checkpoint as the package carries one, its weights in Huffman codes: `node browser/pack.mjs work/NAME` makes `work/NAME-packed`.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, gzipSync } from "node:zlib";

const [folder] = process.argv.slice(2);
const packed = `${folder}-packed`;
mkdirSync(packed, { recursive: true });
for (const name of ["config.json", "tokenizer.json"]) copyFileSync(join(folder, name), join(packed, name));
// Under its plain name: the browser sees what it is.
const weights = readFileSync(join(folder, "model.safetensors"));
writeFileSync(join(packed, "model.safetensors"), gzipSync(weights, { level: 9, strategy: constants.Z_HUFFMAN_ONLY }));
