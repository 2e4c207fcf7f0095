/** `createRedactor` in a browser: checks what the caller gives, and where the files and the worker lie. */

import { ownUrl, resolveAssets } from "./assets.js";
import { spawnWorker, startWorker, type SpawnWorker } from "./client.js";
import { invalid } from "./engine-options.js";
import { toScrubjayError } from "./errors.js";
import { openRedactor, type Seams } from "./live.js";
import { chooseModel } from "./model.js";
import { loadModule } from "./module.js";
import type { SessionOptions } from "./session.js";
import { SHIPPED } from "./shipped.js";
import { threadCount } from "./threads.js";
import type { Redactor, RedactorOptions } from "./types.js";

const REAL: Seams = { load: loadModule, spawn: spawnWorker };

function sessionOptions(options: RedactorOptions): SessionOptions {
  const { device = "auto", assets, model, remember = true } = options;
  if (!["auto", "webgpu", "cpu"].includes(device)) throw invalid("device", "must be auto, webgpu or cpu");
  if (typeof remember !== "boolean") throw invalid("remember", "must be true or false");
  const threads = threadCount(options.threads, globalThis.navigator?.hardwareConcurrency ?? 1);
  const { url, files, sha256 } = chooseModel(model);
  const sources = resolveAssets(assets, url, SHIPPED);
  return { sources: { ...sources, model: files ?? sources.model }, device, pinned: model === undefined, sha256, remember, threads };
}

/** How the caller wants workers to be started; `undefined` for none. */
function spawner(worker: RedactorOptions["worker"], usual: SpawnWorker): SpawnWorker | undefined {
  if (worker === undefined) return typeof Worker === "undefined" ? undefined : usual;
  if (typeof worker === "boolean") return worker ? usual : undefined;
  if (typeof worker === "function") return worker as () => never;
  return startWorker(ownUrl("worker", worker));
}

/** {@link createRedactor} on the given seams. */
export async function createRedactorWith(seams: Seams, options: RedactorOptions = {}): Promise<Redactor> {
  try {
    const spawn = spawner(options.worker, seams.spawn);
    const { onProgress, signal } = options;
    return await openRedactor({ ...seams, spawn: spawn ?? seams.spawn }, sessionOptions(options), spawn !== undefined, onProgress, signal);
  } catch (error) {
    throw toScrubjayError(error);
  }
}

/**
 * Loads the model and starts it on a device.
 *
 * @throws {ScrubjayError} by code: `ASSET_MISSING`, `ASSET_INVALID`, `HASH_MISMATCH`, `NO_WASM`, `DEVICE_UNAVAILABLE`, `CANCELLED` …
 */
export function createRedactor(options: RedactorOptions = {}): Promise<Redactor> {
  return createRedactorWith(REAL, options);
}
