/** Fetching the module and the model: from the page's own origin, counted in bytes, and looked at before use. */

import { ScrubjayError, cancelled, throwIfAborted } from "./errors.js";
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

/** Name of the WebAssembly file in the assets folder. */
export const WASM_FILE = "scrubjay_bg.wasm";

/** Where a file comes from: an absolute URL, or its contents. */
export type Source = string | Blob;

/** Where an engine's files come from. They cross to a worker. */
export interface Sources {
  readonly wasm: Source;
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
  return {
    wasm: given?.(WASM_FILE) ?? beside(shipped.wasm),
    model: modelFiles((name) => own?.(name) ?? given?.(`model/${name}`) ?? beside(shipped.model[name])),
  };
}

/** A file to fetch. */
export interface Download {
  readonly name: string;
  readonly url: string;
  /** More bytes than this are refused. */
  readonly limit?: number;
}

/** Sums up the bytes of several downloads. */
export class ByteCounter {
  readonly #report: (loaded: number, total: number | undefined) => void;
  readonly #files: { loaded: number; total: number | undefined }[] = [];

  constructor(report: (loaded: number, total: number | undefined) => void) {
    this.#report = report;
  }

  /** Adds a file; call the result with its bytes so far and, once known, its size. */
  file(): (loaded: number, total: number | undefined) => void {
    const entry: { loaded: number; total: number | undefined } = { loaded: 0, total: undefined };
    this.#files.push(entry);
    return (loaded, total) => {
      entry.loaded = loaded;
      entry.total = total;
      let sum = 0;
      let size: number | undefined = 0;
      for (const f of this.#files) {
        sum += f.loaded;
        size = size === undefined || f.total === undefined ? undefined : size + f.total;
      }
      this.#report(sum, size);
    };
  }
}

/** A length that counts the bytes the reader sees: none where the server compresses, because it then counts others. */
function contentLength(response: Response): number | undefined {
  const encoding = response.headers.get("content-encoding");
  const length = response.headers.get("content-length");
  if (length === null || (encoding !== null && encoding !== "identity")) return undefined;
  const bytes = Number(length);
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : undefined;
}

async function open(file: Download, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(file.url, { mode: "same-origin", credentials: "same-origin", signal });
  } catch {
    if (signal.aborted) throw cancelled();
    throw new ScrubjayError("ASSET_MISSING", `${file.name}: the server cannot be reached`);
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new ScrubjayError("ASSET_MISSING", `${file.name}: the server answered ${response.status}`);
  }
  return response;
}

function invalid(name: string, what: string): ScrubjayError {
  return new ScrubjayError("ASSET_INVALID", `${name}: ${what}`);
}

function checkLimit({ name, limit }: { readonly name: string; readonly limit?: number }, bytes: number): void {
  if (limit !== undefined && bytes > limit) throw invalid(name, `too large, more than ${limit} bytes`);
}

/** Reads `body` into one buffer, reporting as it grows. */
async function readAll(
  body: ReadableStream<Uint8Array>,
  size: number | undefined,
  onBytes: (loaded: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  // With a known size there is one buffer from the start: weights are large, and a second copy of them may not fit.
  let buffer = new Uint8Array(size ?? 1 << 16);
  let loaded = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (loaded + value.length > buffer.length) {
      const grown = new Uint8Array(Math.max(buffer.length * 2, loaded + value.length));
      grown.set(buffer.subarray(0, loaded));
      buffer = grown;
    }
    buffer.set(value, loaded);
    loaded += value.length;
    onBytes(loaded);
  }
  return loaded === buffer.length ? buffer : buffer.slice(0, loaded);
}

/** Fetches one file whole, and rejects what is plainly not it. */
export async function download(
  file: Download,
  onBytes: (loaded: number, total: number | undefined) => void,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  throwIfAborted(signal);
  const response = await open(file, signal);
  const size = contentLength(response);
  onBytes(0, size);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    checkLimit(file, size ?? 0);
    const onLoaded = (loaded: number) => {
      checkLimit(file, loaded);
      onBytes(loaded, size);
    };
    bytes = response.body === null ? new Uint8Array(await response.arrayBuffer()) : await readAll(response.body, size, onLoaded);
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (error instanceof ScrubjayError) throw error;
    throw invalid(file.name, error instanceof RangeError ? "does not fit into memory" : "the connection broke off");
  }
  if (size !== undefined && bytes.length !== size) {
    throw invalid(file.name, `${bytes.length} bytes came, ${size} were announced`);
  }
  checkContent(file.name, bytes, response.headers.get("content-type") ?? "");
  onBytes(bytes.length, bytes.length);
  return bytes;
}

/** Reads one file of the caller's whole, and rejects what is plainly not it. */
export async function readBlob(
  file: { readonly name: string; readonly blob: Blob; readonly limit?: number },
  onBytes: (loaded: number, total: number | undefined) => void,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const { name, blob } = file;
  checkLimit(file, blob.size);
  onBytes(0, blob.size);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await readAll(blob.stream(), blob.size, (loaded) => {
      throwIfAborted(signal);
      onBytes(loaded, blob.size);
    });
  } catch (error) {
    if (signal.aborted) throw cancelled();
    throw invalid(name, error instanceof RangeError ? "does not fit into memory" : "cannot be read; was it changed or moved since?");
  }
  if (bytes.length !== blob.size) throw invalid(name, `${bytes.length} of ${blob.size} bytes could be read`);
  checkContent(name, bytes, undefined);
  return bytes;
}

const WASM_MAGIC = [0x00, 0x61, 0x73, 0x6d];
const SPACE = new Set([0x09, 0x0a, 0x0d, 0x20]);
const LESS_THAN = 0x3c;
const OPENING_BRACE = 0x7b;
/** How a pickle of torch begins: as a ZIP archive or, in old ones, with the second protocol's mark. */
const PICKLE_STARTS = [[0x50, 0x4b, 0x03, 0x04], [0x80, 0x02]];

/**
 * A server that answers every unknown path with its start page is the commonest fault: name it. `contentType` is undefined for what
 * no server sent.
 */
function checkContent(name: string, bytes: Uint8Array, contentType: string | undefined): void {
  if (bytes.length === 0) throw invalid(name, "the file is empty");
  let start = 0;
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) start = 3;
  while (SPACE.has(bytes[start] ?? 0)) start += 1;
  const first = bytes[start];
  const html = first === LESS_THAN || contentType?.toLowerCase().startsWith("text/html") === true;
  const webPage = contentType === undefined ? "a web page, saved under this name" : "the server sent a web page instead";
  const startsWith = (start: readonly number[]) => start.every((byte, i) => bytes[i] === byte);
  if (name.endsWith(".wasm") && !startsWith(WASM_MAGIC)) throw invalid(name, html ? webPage : "not a WebAssembly file");
  if (name.endsWith(".json") && first !== OPENING_BRACE) throw invalid(name, html ? webPage : "not a JSON object");
  // Eight bytes of header length, then the header, a JSON object. Whether the rest is right is the engine's to say.
  if (name.endsWith(".safetensors") && bytes[8] !== OPENING_BRACE) {
    if (html) throw invalid(name, webPage);
    if (PICKLE_STARTS.some(startsWith)) throw invalid(name, "a pickle under another name, not safetensors");
  }
}
