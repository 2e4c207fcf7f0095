/** One engine and the calls on it, one at a time. Runs in the worker, or in the calling thread without one. */

import { onCpu, planFor, type Plan } from "./adapter.js";
import { MODEL_FILES, MODEL_LIMITS, WASM_FILES, type Source, type Sources } from "./assets.js";
import { CALLS, type CallName, type Calls } from "./calls.js";
import { ByteCounter, download, readBlob } from "./download.js";
import { ScrubjayError, cancelled, throwIfAborted, toScrubjayError } from "./errors.js";
import { Pool, type Staff } from "./helpers/pool.js";
import { isLoaded, loadedModule, requireWasm } from "./loading.js";
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
  readonly #pool: Pool | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  #disposed = false;

  private constructor(engine: WasmEngine, module: WasmModule, build: Build, reason: string | undefined, pool: Pool | undefined) {
    this.#engine = engine;
    this.#module = module;
    this.build = build;
    const info = { ...(JSON.parse(engine.info()) as RedactorInfo), ...(reason === undefined ? {} : { reason }) };
    this.#pool = info.device === "cpu" ? pool : undefined;
    this.info = { ...info, threads: this.#pool?.threads ?? 1 };
    this.#pool?.share(engine);
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
    const wished = await planFor(options.device);
    throwIfAborted(signal);
    const counter = new ByteCounter((loaded, total) => {
      report(total === undefined ? { stage: "download", loaded } : { stage: "download", loaded, total });
    });
    const readModel = (name: ModelFile) => read(name, sources.model[name], counter, signal, MODEL_LIMITS[name]);

    const readModule = async (plan: Plan) => {
      const { build } = plan;
      return { plan, wasm: isLoaded(load, build) ? undefined : await read(WASM_FILES[build], sources.wasm[build], counter, signal) };
    };
    // A page that is kept for use without a network may have only the module that it needed so far.
    const chosen = readModule(wished).catch((error: unknown) => {
      const other = onCpu("the module for WebGPU could not be loaded");
      if (wished.device !== "auto" || other.build === wished.build || signal.aborted) throw error;
      return readModule(other);
    });
    const small = Promise.all([chosen, readModel("config.json"), readModel("tokenizer.json")]);
    const weighty = readModel("model.safetensors");
    // While the weights are on their way, what can be made without them is made.
    const prepared = small.then(async ([{ plan, wasm }, config, tokenizer]) => {
      const loaded = await loadedModule(load, plan.build, wasm);
      return { ...loaded, plan, config, tokenizer, parts: await loaded.module.prepare(config, tokenizer) };
    });
    const here = Promise.all([weighty, small]).then(() => report({ stage: "compile", loaded: 0, total: 1 }));
    const [weights, { module, code, plan: { build, device, adapter, reason }, config, tokenizer, parts }] = await Promise.all([weighty, prepared, here]);
    report({ stage: "compile", loaded: 1, total: 1 });

    if (pinned) {
      const files = { "config.json": config, "tokenizer.json": tokenizer, "model.safetensors": weights };
      checkSizes(files, JSON.parse(module.defaultModel()) as DefaultModel);
    }
    throwIfAborted(signal);
    report({ stage: "device", loaded: 0, total: 1 });
    const hashes = pinned ? undefined : JSON.stringify(sha256);
    const engine = await module.Engine.create(parts, weights, device, adapter, hashes, remember);
    if (signal.aborted) {
      engine.free();
      throw cancelled();
    }
    report({ stage: "device", loaded: 1, total: 1 });
    const alone = staff === undefined || threads === 1;
    const pool = alone ? undefined : new Pool(staff, { build, code, config, weights: new Blob([weights]) }, threads);
    return new Session(engine, module, build, reason, pool);
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
