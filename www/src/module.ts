/** What the WebAssembly module exports, and how it is loaded. */

/** An engine: one model on one device. */
export interface WasmEngine {
  redact(
    text: string,
    options: string,
    progress?: (done: number, total: number) => boolean | void,
  ): Promise<string>;
  /** Replaces `entities` (JSON) and runs no model; options and result as of `redact`. */
  apply(text: string, entities: string, options: string): string;
  info(): string;
  free(): void;
}

/** The module that wasm-bindgen writes. */
export interface WasmModule {
  default(input: { module_or_path: BufferSource }): Promise<unknown>;
  version(): string;
  defaultModel(): string;
  Engine: {
    create(
      config: Uint8Array,
      tokenizer: Uint8Array,
      weights: Uint8Array,
      device: string,
      pinned: boolean,
    ): Promise<WasmEngine>;
  };
}

/** The model that a build is pinned to. */
export interface DefaultModel {
  readonly id: string;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

/** Loads the JavaScript side of the module. Tests put a fake here. */
export type LoadModule = () => Promise<WasmModule>;

/** The real one: also the place where the compiler checks that the generated types fit the interface above. */
export const loadModule: LoadModule = () => import("./wasm/scrubjay.js");
