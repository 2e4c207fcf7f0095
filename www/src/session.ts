/** One engine and the calls on it, one at a time. Runs in the worker, or in the calling thread without one. */

import { plan } from "./adapter.js";
import { MODEL_FILES, MODEL_LIMITS, WASM_FILES, type Source, type Sources } from "./assets.js";
import { CALLS, type CallName, type Calls } from "./calls.js";
import { ByteCounter, download, readBlob } from "./download.js";
import { ScrubjayError, cancelled, throwIfAborted, toScrubjayError } from "./errors.js";
import { Pool, type Staff } from "./helpers/pool.js";
import type { Build, DefaultModel, LoadModule, WasmEngine, WasmModule } from "./module.js";
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
  /** How many threads may read at once on the CPU, this one among them. */
  readonly threads: number;
}

/** Windows that each thread reads between two reports of progress: more, and less time is lost at their end. */
const WINDOWS_AT_ONCE = 4;

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

async function instantiate(module: WasmModule, bytes: BufferSource, name: string): Promise<Loaded> {
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
    throw new ScrubjayError("ASSET_INVALID", `${name}: cannot be compiled; it is cut short or of another build`);
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
  readonly build: Build;
  readonly #engine: WasmEngine;
  readonly #module: WasmModule;
  #pool: Pool | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  #disposed = false;

  private constructor(engine: WasmEngine, module: WasmModule, build: Build, reason: string | undefined) {
    this.#engine = engine;
    this.#module = module;
    this.build = build;
    const info = JSON.parse(engine.info()) as RedactorInfo;
    this.info = reason === undefined ? info : { ...info, reason };
  }

  /** Fetches, compiles and starts an engine. `staff` finds it helpers; without, it reads alone. */
  static async open(
    options: SessionOptions,
    load: LoadModule,
    onProgress: OnProgress | undefined,
    signal: AbortSignal | undefined,
    staff?: Staff,
  ): Promise<Session> {
    throwIfAborted(signal);
    requireWasm();
    const report = reporter(onProgress);
    // Stops the other downloads as soon as one has failed.
    const stop = new AbortController();
    const onAbort = () => stop.abort();
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
      return await Session.#open(options, load, report, stop.signal, staff);
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
    staff: Staff | undefined,
  ): Promise<Session> {
    const { sources, pinned, sha256, remember, threads } = options;
    const { build, device, adapter, reason } = await plan(options.device);
    throwIfAborted(signal);
    const counter = new ByteCounter((loaded, total) => {
      report(total === undefined ? { stage: "download", loaded } : { stage: "download", loaded, total });
    });
    const readModel = (name: ModelFile) => read(name, sources.model[name], counter, signal, MODEL_LIMITS[name]);

    const known = loadedBy(load);
    const wasm = known[build] === undefined ? read(WASM_FILES[build], sources.wasm[build], counter, signal) : undefined;
    const [wasmBytes, config, tokenizer, weights] = await Promise.all([
      wasm,
      readModel("config.json"),
      readModel("tokenizer.json"),
      readModel("model.safetensors"),
    ]);

    report({ stage: "compile", loaded: 0, total: 1 });
    if (wasmBytes !== undefined) {
      const loading = Session.#compile(load, build, wasmBytes);
      known[build] = loading;
      loading.catch(() => delete known[build]);
    }
    const { module, code } = await known[build]!;
    report({ stage: "compile", loaded: 1, total: 1 });

    if (pinned) {
      const files = { "config.json": config, "tokenizer.json": tokenizer, "model.safetensors": weights };
      checkSizes(files, JSON.parse(module.defaultModel()) as DefaultModel);
    }
    throwIfAborted(signal);
    report({ stage: "device", loaded: 0, total: 1 });
    const hashes = pinned ? undefined : JSON.stringify(sha256);
    const engine = await module.Engine.create(config, tokenizer, weights, device, adapter, hashes, remember);
    if (signal.aborted) {
      engine.free();
      throw cancelled();
    }
    report({ stage: "device", loaded: 1, total: 1 });
    const session = new Session(engine, module, build, reason);
    if (staff !== undefined && threads > 1 && session.info.device === "cpu") {
      const pool = new Pool(staff, { build, code, config, weights: new Blob([weights]) }, threads - 1);
      engine.share((windows) => pool.read(windows, (window) => engine.classify(window)), WINDOWS_AT_ONCE * threads);
      session.#pool = pool;
    }
    return session;
  }

  static async #compile(load: LoadModule, build: Build, bytes: BufferSource): Promise<Loaded> {
    let module: WasmModule;
    try {
      module = await load(build);
    } catch {
      throw new ScrubjayError("ASSET_MISSING", "the JavaScript part of the engine cannot be loaded");
    }
    return instantiate(module, bytes, WASM_FILES[build]);
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
    this.#pool?.close();
    // After a trap there is nothing left to free.
    void this.#tail.then(() => this.#engine.free()).catch(() => undefined);
  }
}
