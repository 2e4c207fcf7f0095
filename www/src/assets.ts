/** The modules and the model: the names, the limits and the addresses of their files. */

import { ScrubjayError } from "./errors.js";
import type { Build } from "./module.js";
import type { Shipped } from "./shipped.js";
import type { ModelFile } from "./types.js";

/** The three files of a model. */
export const MODEL_FILES: readonly ModelFile[] = ["config.json", "tokenizer.json", "model.safetensors"];

/** Most bytes of each. The weights' are what 32 bits can address in one piece; the others' are far above any in use. */
export const MODEL_LIMITS: Readonly<Record<ModelFile, number>> = {
  "config.json": 2 ** 20,
  "tokenizer.json": 2 ** 26,
  "model.safetensors": 2 ** 31 - 1,
};

/** The paths of the shipped model's files in the assets folder. Few servers compress weights, so they lie there compressed. */
export const SHIPPED_MODEL: Readonly<Record<ModelFile, string>> = {
  "config.json": "model/config.json",
  "tokenizer.json": "model/tokenizer.json",
  "model.safetensors": "model/model.safetensors.gz",
};

/** Names of the builds' WebAssembly files in the assets folder. */
export const WASM_FILES: Readonly<Record<Build, string>> = { cpu: "scrubjay-cpu_bg.wasm", webgpu: "scrubjay_bg.wasm" };

/** Where a file comes from: an absolute URL, or its contents. */
export type Source = string | Blob;

/** Where an engine's files come from. They cross to a worker. */
export interface Sources {
  readonly wasm: Readonly<Record<Build, Source>>;
  readonly model: Readonly<Record<ModelFile, Source>>;
}

/** Makes the record of a model's files. */
export function modelFiles<T>(make: (name: ModelFile) => T): Record<ModelFile, T> {
  return {
    "config.json": make("config.json"),
    "tokenizer.json": make("tokenizer.json"),
    "model.safetensors": make("model.safetensors"),
  };
}

/** An absolute URL of the page's own origin. Notes are confidential: a page must not be talked into running what somebody else serves. */
export function ownUrl(option: string, value: URL | string): URL {
  let url: URL;
  try {
    url = new URL(value, globalThis.document?.baseURI);
  } catch {
    throw new ScrubjayError("OPTION_INVALID", `option ${option}: not a URL`);
  }
  const page = globalThis.location as Location | undefined;
  if (page !== undefined && (url.origin !== page.origin || url.protocol !== page.protocol)) {
    throw new ScrubjayError("OPTION_INVALID", `option ${option}: must lie on the page's own origin`);
  }
  return url;
}

function inFolder(option: string, value: URL | string): (name: string) => string {
  const url = ownUrl(option, value);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  url.search = "";
  url.hash = "";
  return (name) => url.href + name;
}

/** A file that a bundler wrote into the code. It is not fetched: content security policies seldom allow `data:`. */
function inlined(url: URL): Blob | undefined {
  if (url.protocol !== "data:") return undefined;
  const comma = url.href.indexOf(",");
  const body = decodeURIComponent(url.href.slice(comma + 1));
  return new Blob([url.href.slice(0, comma).endsWith(";base64") ? Uint8Array.from(atob(body), (c) => c.charCodeAt(0)) : body]);
}

/** A file of the package, where it or the bundler says that it lies. */
function beside(address: () => URL): Source {
  let url: URL;
  try {
    url = address();
  } catch {
    throw new ScrubjayError("OPTION_INVALID", "option assets: must be given, because a bundle of this format does not know where it lies");
  }
  return inlined(url) ?? ownUrl("assets", url).href;
}

/** Where to load from: the folders that the caller names, else the package's own files. */
export function resolveAssets(assets: URL | string | undefined, model: URL | string | undefined, shipped: Shipped): Sources {
  const given = assets === undefined ? undefined : inFolder("assets", assets);
  const own = model === undefined ? undefined : inFolder("model", model);
  const wasm = (build: Build) => given?.(WASM_FILES[build]) ?? beside(shipped.wasm[build]);
  return {
    wasm: { cpu: wasm("cpu"), webgpu: wasm("webgpu") },
    model: modelFiles((name) => own?.(name) ?? given?.(SHIPPED_MODEL[name]) ?? beside(shipped.model[name])),
  };
}
