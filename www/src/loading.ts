/** The modules, compiled and running in this thread. */

import { WASM_FILES } from "./assets.js";
import { ScrubjayError } from "./errors.js";
import type { Build, LoadModule, WasmModule } from "./module.js";

/** `(module (func (result v128) i32.const 0 i8x16.splat i8x16.popcnt))`: valid only where there is SIMD. */
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/** Fails where there is no WebAssembly that the modules run on. */
export function requireWasm(): void {
  if (typeof WebAssembly === "undefined") throw new ScrubjayError("NO_WASM", "there is no WebAssembly here");
  if (!WebAssembly.validate(SIMD_PROBE)) throw new ScrubjayError("NO_WASM", "WebAssembly has no SIMD here");
}

/** A module, running in this thread, and its code, for others. */
interface Loaded {
  readonly module: WasmModule;
  readonly code: WebAssembly.Module;
}

/** Loaded modules by loader and build: wasm-bindgen keeps one instance a thread, however often it is asked. */
const loaded = new WeakMap<LoadModule, Partial<Record<Build, Promise<Loaded>>>>();

function loadedBy(load: LoadModule): Partial<Record<Build, Promise<Loaded>>> {
  const known = loaded.get(load) ?? {};
  loaded.set(load, known);
  return known;
}

/**
 * Gives up the module of `load` after a trap: its memory is in an unknown state, and a thread cannot have a second instance.
 * A worker is thrown away instead.
 */
export function poison(load: LoadModule, build: Build): void {
  const broken = Promise.reject(
    new ScrubjayError("WORKER_FAILED", "the engine broke down in this thread: reload the page, or use a worker"),
  );
  broken.catch(() => undefined);
  loadedBy(load)[build] = broken;
}

async function instantiate(load: LoadModule, build: Build, bytes: BufferSource): Promise<Loaded> {
  let module: WasmModule;
  try {
    module = await load(build);
  } catch {
    throw new ScrubjayError("ASSET_MISSING", "the JavaScript part of the engine cannot be loaded");
  }
  try {
    const code = await WebAssembly.compile(bytes);
    await module.default({ module_or_path: code });
    return { module, code };
  } catch (error) {
    // The engines' own words differ; what they mean is either a forbidding policy or a file that is no module.
    const forbidden = error instanceof Error && /content security policy|unsafe-eval/i.test(error.message);
    if (forbidden) {
      throw new ScrubjayError("NO_WASM", "the content security policy forbids WebAssembly: add 'wasm-unsafe-eval' to script-src");
    }
    throw new ScrubjayError("ASSET_INVALID", `${WASM_FILES[build]}: cannot be compiled; it is cut short or of another build`);
  }
}

/** Whether a module of `load` runs here, or is about to. */
export function isLoaded(load: LoadModule, build: Build): boolean {
  return loadedBy(load)[build] !== undefined;
}

/** The module of `load` that runs here; of `bytes`, if none does. */
export function loadedModule(load: LoadModule, build: Build, bytes: BufferSource | undefined): Promise<Loaded> {
  const known = loadedBy(load);
  if (known[build] === undefined) {
    if (bytes === undefined) throw new ScrubjayError("WORKER_FAILED", "the engine could not be loaded");
    const loading = instantiate(load, build, bytes);
    loading.catch(() => delete known[build]);
    known[build] = loading;
  }
  return known[build];
}
