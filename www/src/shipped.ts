/**
 * Where the package's own files lie.
 *
 * Each address is written out as `new URL("…", import.meta.url)`, because that is how Vite, webpack, Parcel and Next.js know a file
 * that belongs to the code, copy it to their output and put its new address here. Other bundlers leave the addresses as they are:
 * beside the bundle. They are functions because a bundle that is no ES module has no `import.meta.url`.
 */

import type { Build } from "./module.js";
import type { ModelFile } from "./types.js";

export interface Shipped {
  readonly wasm: Readonly<Record<Build, () => URL>>;
  readonly model: Readonly<Record<ModelFile, () => URL>>;
}

export const SHIPPED: Shipped = {
  wasm: {
    cpu: () => new URL("./assets/scrubjay-cpu_bg.wasm", import.meta.url),
    webgpu: () => new URL("./assets/scrubjay_bg.wasm", import.meta.url),
  },
  model: {
    "config.json": () => new URL("./assets/model/config.json", import.meta.url),
    "tokenizer.json": () => new URL("./assets/model/tokenizer.json", import.meta.url),
    "model.safetensors": () => new URL("./assets/model/model.safetensors.gz", import.meta.url),
  },
};
