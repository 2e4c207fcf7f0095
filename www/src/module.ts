/** What the WebAssembly modules export, and how they are loaded. */

/** The two builds: for the CPU alone and on relaxed SIMD, and for WebGPU as well, whose CPU path does without. */
export type Build = "cpu" | "webgpu";

/** An engine: one model on one device. */
export interface WasmEngine {
  redact(
    text: string,
    options: string,
    progress?: (done: number, total: number) => boolean | void,
  ): Promise<string>;
  /** Replaces `entities` (JSON) and runs no model; options and result as of `redact`. */
  apply(text: string, entities: string, options: string): string;
  /** As `apply`, the redacted text in another form. */
  export(id: string, text: string, entities: string, options: string, format: string): string;
  /** As `apply`, with the encrypted mapping. */
  seal(text: string, entities: string, options: string, passphrase: string): WasmSealed;
  /** Redacts a file. `progress` counts notes. */
  redactFile(
    name: string,
    bytes: Uint8Array,
    reading: string,
    options: string,
    progress?: (done: number, total: number) => boolean | void,
  ): Promise<WasmFile>;
  /** From now on has up to `atOnce` windows of token ids read by `read`. */
  share(read: (windows: Uint32Array[]) => Promise<Float32Array[]>, atOnce: number): void;
  /** Logits of one window, row by row. */
  classify(window: Uint32Array): Promise<Float32Array>;
  info(): string;
  free(): void;
}

/** An encoder alone. */
export interface WasmHelper {
  classify(window: Uint32Array): Promise<Float32Array>;
}

/** A redacted text and its mapping, in the module's memory: reading a property copies it out. */
export interface WasmSealed {
  readonly text: string;
  readonly mapping: Uint8Array;
  free(): void;
}

/** A redacted file, in the module's memory; `about` is JSON. */
export interface WasmFile {
  readonly bytes: Uint8Array;
  readonly about: string;
  free(): void;
}

/** A model's two small files, understood. `Engine.create` takes it over. */
export interface WasmPrepared {
  free(): void;
}

/** The module that wasm-bindgen writes. */
export interface WasmModule {
  default(input: { module_or_path: WebAssembly.Module }): Promise<unknown>;
  version(): string;
  defaultModel(): string;
  /** What there is to choose in a file, as JSON. */
  inspectFile(name: string, bytes: Uint8Array, reading: string): string;
  /** Puts back what a mapping holds; the result is JSON. */
  restore(text: string, mapping: Uint8Array, passphrase: string): string;
  prepare(config: Uint8Array, tokenizer: Uint8Array): Promise<WasmPrepared>;
  Engine: {
    create(
      prepared: WasmPrepared,
      weights: Uint8Array,
      device: string,
      adapter: string,
      /** Expected SHA-256 by file name (JSON) of a model that is not the one this build is pinned to. */
      hashes: string | undefined,
      remember: boolean,
    ): Promise<WasmEngine>;
  };
  Helper: new (config: Uint8Array, weights: Uint8Array) => WasmHelper;
}

/** The model that a build is pinned to. */
export interface DefaultModel {
  readonly id: string;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

/** Loads the JavaScript side of a module. Tests put a fake here. */
export type LoadModule = (build: Build) => Promise<WasmModule>;

/** The real one: also the place where the compiler checks that the generated types fit the interface above. */
export const loadModule: LoadModule = (build) => (build === "cpu" ? import("./wasm/scrubjay-cpu.js") : import("./wasm/scrubjay.js"));
