/** One engine and the calls on it, one at a time. Runs in the worker, or in the calling thread without one. */

import { MODEL_FILES, MODEL_LIMITS, WASM_FILE, type Source, type Sources } from "./assets.js";
import { CALLS, type CallName, type Calls } from "./calls.js";
import { ByteCounter, download, readBlob } from "./download.js";
import { ScrubjayError, cancelled, throwIfAborted, toScrubjayError } from "./errors.js";
import type { DefaultModel, LoadModule, WasmEngine, WasmModule } from "./module.js";
import type { ModelFile, ModelHashes, OnProgress, Progress, RedactorInfo } from "./types.js";

/** What a session is opened with. */
export interface SessionOptions {
  readonly sources: Sources;
  readonly device: string;
  /** Whether the model must be the one that the build is pinned to. */
  readonly pinned: boolean;
  /** What the files of another model must hash to. */
  readonly sha256: ModelHashes;
  /** Whether the engine keeps what the encoder said of the last windows. */
  readonly remember: boolean;
}

/** `(module (func (result v128) i32.const 0 i8x16.splat i8x16.popcnt))`: valid only where there is SIMD. */
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

function requireWasm(): void {
  if (typeof WebAssembly === "undefined") throw new ScrubjayError("NO_WASM", "there is no WebAssembly here");
  if (!WebAssembly.validate(SIMD_PROBE)) throw new ScrubjayError("NO_WASM", "WebAssembly has no SIMD here");
}

/** Sends progress on; a listener that throws must not break a redaction. */
function reporter(onProgress: OnProgress | undefined): (progress: Progress) => void {
  return (progress) => {
    try {
      onProgress?.(progress);
    } catch {
      // The listener's own affair.
    }
  };
}

/** Compiled modules by loader: wasm-bindgen keeps one instance a thread, however often it is asked. */
const compiled = new WeakMap<LoadModule, Promise<WasmModule>>();

/**
 * Gives up the module of `load` after a trap: its memory is in an unknown state, and a thread cannot have a second instance.
 * A worker is thrown away instead.
 */
export function poison(load: LoadModule): void {
  const broken = Promise.reject(
    new ScrubjayError("WORKER_FAILED", "the engine broke down in this thread: reload the page, or use a worker"),
  );
  broken.catch(() => undefined);
  compiled.set(load, broken);
}

async function instantiate(module: WasmModule, bytes: BufferSource): Promise<void> {
  try {
    await module.default({ module_or_path: bytes });
  } catch (error) {
    // The engines' own words differ; what they mean is either a forbidding policy or a file that is no module.
    const forbidden = error instanceof Error && /content security policy|unsafe-eval/i.test(error.message);
    if (forbidden) {
      throw new ScrubjayError("NO_WASM", "the content security policy forbids WebAssembly: add 'wasm-unsafe-eval' to script-src");
    }
    throw new ScrubjayError("ASSET_INVALID", `${WASM_FILE}: cannot be compiled; it is cut short or of another build`);
  }
}

/** A file, whole. */
function read(name: string, source: Source, counter: ByteCounter, signal: AbortSignal, limit?: number): Promise<Uint8Array<ArrayBuffer>> {
  const file = limit === undefined ? { name } : { name, limit };
  return typeof source === "string"
    ? download({ ...file, url: source }, counter.file(), signal)
    : readBlob({ ...file, blob: source }, counter.file(), signal);
}

function checkSizes(files: Record<ModelFile, Uint8Array>, model: DefaultModel): void {
  for (const name of MODEL_FILES) {
    const expected = model.files[name]?.bytes;
    const found = files[name].length;
    if (expected !== undefined && found < expected) {
      throw new ScrubjayError("ASSET_INVALID", `${name}: cut short, ${found} of ${expected} bytes`);
    }
  }
}

/** See the file's head. */
export class Session {
  readonly info: RedactorInfo;
  readonly #engine: WasmEngine;
  readonly #module: WasmModule;
  #tail: Promise<unknown> = Promise.resolve();
  #disposed = false;

  private constructor(engine: WasmEngine, module: WasmModule) {
    this.#engine = engine;
    this.#module = module;
    this.info = JSON.parse(engine.info()) as RedactorInfo;
  }

  /** Fetches, compiles and starts an engine. */
  static async open(
    options: SessionOptions,
    load: LoadModule,
    onProgress: OnProgress | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Session> {
    throwIfAborted(signal);
    requireWasm();
    const report = reporter(onProgress);
    // Stops the other downloads as soon as one has failed.
    const stop = new AbortController();
    const onAbort = () => stop.abort();
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
      return await Session.#open(options, load, report, stop.signal);
    } catch (error) {
      stop.abort();
      if (signal?.aborted) throw cancelled();
      throw toScrubjayError(error);
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
  }

  static async #open(
    options: SessionOptions,
    load: LoadModule,
    report: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<Session> {
    const { sources, device, pinned, sha256, remember } = options;
    const counter = new ByteCounter((loaded, total) => {
      report(total === undefined ? { stage: "download", loaded } : { stage: "download", loaded, total });
    });
    const readModel = (name: ModelFile) => read(name, sources.model[name], counter, signal, MODEL_LIMITS[name]);

    let moduleReady = compiled.get(load);
    const wasm = moduleReady === undefined ? read(WASM_FILE, sources.wasm, counter, signal) : undefined;
    const [wasmBytes, config, tokenizer, weights] = await Promise.all([
      wasm,
      readModel("config.json"),
      readModel("tokenizer.json"),
      readModel("model.safetensors"),
    ]);

    report({ stage: "compile", loaded: 0, total: 1 });
    if (wasmBytes !== undefined) {
      moduleReady = Session.#compile(load, wasmBytes);
      compiled.set(load, moduleReady);
      moduleReady.catch(() => compiled.delete(load));
    }
    const module = await moduleReady!;
    report({ stage: "compile", loaded: 1, total: 1 });

    if (pinned) {
      const files = { "config.json": config, "tokenizer.json": tokenizer, "model.safetensors": weights };
      checkSizes(files, JSON.parse(module.defaultModel()) as DefaultModel);
    }
    throwIfAborted(signal);
    report({ stage: "device", loaded: 0, total: 1 });
    const engine = await module.Engine.create(config, tokenizer, weights, device, pinned ? undefined : JSON.stringify(sha256), remember);
    if (signal.aborted) {
      engine.free();
      throw cancelled();
    }
    report({ stage: "device", loaded: 1, total: 1 });
    return new Session(engine, module);
  }

  static async #compile(load: LoadModule, bytes: BufferSource): Promise<WasmModule> {
    let module: WasmModule;
    try {
      module = await load();
    } catch {
      throw new ScrubjayError("ASSET_MISSING", "the JavaScript part of the engine cannot be loaded");
    }
    await instantiate(module, bytes);
    return module;
  }

  /** Has `name` done after the calls before it. */
  call<K extends CallName>(
    name: K,
    args: Calls[K]["args"],
    onProgress: OnProgress | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Calls[K]["result"]> {
    const result = this.#tail.then(() => this.#run(name, args, reporter(onProgress), signal));
    // What comes after it need not hold its result.
    const over = () => undefined;
    this.#tail = result.then(over, over);
    return result;
  }

  async #run<K extends CallName>(
    name: K,
    args: Calls[K]["args"],
    report: (progress: Progress) => void,
    signal: AbortSignal | undefined,
  ): Promise<Calls[K]["result"]> {
    if (this.#disposed) throw new ScrubjayError("DISPOSED", "the redactor was disposed of");
    throwIfAborted(signal);
    const progress = (stage: Progress["stage"]) => (loaded: number, total: number) => {
      report({ stage, loaded, total });
      return signal?.aborted !== true;
    };
    try {
      const result = await CALLS[name]({ engine: this.#engine, module: this.#module, progress }, args);
      throwIfAborted(signal);
      return result;
    } catch (error) {
      throw toScrubjayError(error);
    }
  }

  /** Frees the engine once the running call is over; later calls reject with `DISPOSED`. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    // After a trap there is nothing left to free.
    void this.#tail.then(() => this.#engine.free()).catch(() => undefined);
  }
}
