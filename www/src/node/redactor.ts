/** `createRedactor` in Node: files are read from folders, the worker is a thread. */

import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { MODEL_FILES, SHIPPED_MODEL, WASM_FILES, modelFiles } from "../assets.js";
import { invalid } from "../engine-options.js";
import { ScrubjayError, throwIfAborted, toScrubjayError } from "../errors.js";
import { openRedactor } from "../live.js";
import { chooseModel } from "../model.js";
import { loadModule } from "../module.js";
import type { SessionOptions } from "../session.js";
import { cpuBuild } from "../simd.js";
import { threadCount } from "../threads.js";
import type { ModelFile, ModelSource, OnProgress, Redactor } from "../types.js";
import { spawnThread } from "./thread.js";

/** Settings of a redactor in Node. Folders are paths or `file:` URLs. */
export interface NodeRedactorOptions {
  /** There is no other. */
  readonly device?: "auto" | "cpu";
  /** Folder of `scrubjay-cpu_bg.wasm` (of `scrubjay_bg.wasm` for Node 20) and `model/`. Default: `assets/` in the package. */
  readonly assets?: URL | string;
  /** Another model: the folder of its three files, or their contents. Give its hashes, or you answer for what lies there. */
  readonly model?: ModelSource;
  /** `false` runs in the calling thread, which then stands still while the CPU computes. Default: `true`. */
  readonly worker?: boolean;
  /** How many threads read a long note at once; see the browser's option. Default: half of the processors, four at most. */
  readonly threads?: number;
  readonly onProgress?: OnProgress;
  /** Cancels the creation. */
  readonly signal?: AbortSignal;
}

function folder(option: string, value: URL | string): string {
  try {
    const isUrl = typeof value !== "string" || value.startsWith("file:");
    return isUrl ? fileURLToPath(value) : resolve(value);
  } catch {
    throw invalid(option, "must be a path or a file: URL");
  }
}

async function read(path: string, name: string, signal: AbortSignal | undefined): Promise<Blob> {
  try {
    return new Blob([await readFile(path, { signal })]);
  } catch {
    throwIfAborted(signal);
    throw new ScrubjayError("ASSET_MISSING", `${name}: cannot be read`);
  }
}

async function sessionOptions({ device = "auto", assets, model, threads: given, signal }: NodeRedactorOptions): Promise<SessionOptions> {
  if (!["auto", "cpu"].includes(device)) throw invalid("device", "must be auto or cpu");
  const threads = threadCount(given, availableParallelism());
  const { url, files, sha256 } = chooseModel(model);
  const assetFolder = folder("assets", assets ?? new URL("../assets/", import.meta.url));
  const own = url === undefined ? undefined : folder("model", url);
  const path = (name: ModelFile) => (own === undefined ? resolve(assetFolder, SHIPPED_MODEL[name]) : resolve(own, name));
  const readModel = async () => {
    const blobs = await Promise.all(MODEL_FILES.map((name) => read(path(name), name, signal)));
    return modelFiles((name: ModelFile) => blobs[MODEL_FILES.indexOf(name)] as Blob);
  };
  const name = WASM_FILES[cpuBuild()];
  const [wasm, contents] = await Promise.all([read(resolve(assetFolder, name), name, signal), files ?? readModel()]);
  const sources = { wasm: { cpu: wasm, webgpu: wasm }, model: contents };
  return { sources, device: "cpu", pinned: model === undefined, sha256, remember: false, threads };
}

/**
 * Loads the model and starts it on the CPU.
 *
 * @throws {ScrubjayError} by code: `ASSET_MISSING`, `ASSET_INVALID`, `HASH_MISMATCH`, `CANCELLED` …
 */
export async function createRedactor(options: NodeRedactorOptions = {}): Promise<Redactor> {
  try {
    const { worker = true, onProgress, signal } = options;
    throwIfAborted(signal);
    const settings = await sessionOptions(options);
    return await openRedactor({ load: loadModule, spawn: spawnThread }, settings, worker, onProgress, signal);
  } catch (error) {
    throw toScrubjayError(error);
  }
}
