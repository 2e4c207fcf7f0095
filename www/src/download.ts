/** Reading the module and the model: from the page's own origin or from picked files, counted in bytes, and looked at before use. */

import { ScrubjayError, cancelled, throwIfAborted } from "./errors.js";

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

/** A stream whose beginning was looked at. */
interface Begun {
  /** At least as many bytes as were asked for, unless there are fewer. */
  readonly start: Uint8Array;
  readonly whole: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Whether it broke off. */
  readonly broke: () => boolean;
}

/** Looks at the first `length` bytes of `stream`. Each chunk that comes is counted. */
async function begin(stream: ReadableStream<Uint8Array>, length: number, count: (bytes: number) => void): Promise<Begun> {
  const reader = (stream as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
  let broke = false;
  const next = async () => {
    const { value } = await reader.read().catch((error: unknown) => {
      broke = true;
      throw error;
    });
    if (value !== undefined) count(value.length);
    return value;
  };
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const start: number[] = [];
  while (start.length < length) {
    const chunk = await next();
    if (chunk === undefined) break;
    chunks.push(chunk);
    start.push(...chunk.subarray(0, length));
  }
  const whole = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const chunk = chunks.shift() ?? (await next());
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { start: Uint8Array.from(start), whole, broke: () => broke };
}

/** RFC 1952; the ninth byte tells it from safetensors, whose header's length may begin with the same three. */
function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b && start[2] === 0x08 && start[8] !== OPENING_BRACE;
}

/** What a stream holds. */
interface Contents {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How many came, before they were unpacked. */
  readonly came: number;
}

/** Reads `body` of `size` bytes into one buffer, unpacked if it is a gzip file, reporting as it comes. */
async function readAll(
  file: { readonly name: string; readonly limit?: number },
  body: ReadableStream<Uint8Array>,
  size: number | undefined,
  onBytes: (came: number) => void,
): Promise<Contents> {
  let came = 0;
  const { start, whole, broke } = await begin(body, 9, (bytes) => onBytes((came += bytes)));
  const packed = isGzip(start);
  // With a known size there is one buffer from the start: weights are large, and a second copy of them may not fit. Weights of one byte
  // shrink to about half.
  let buffer = new Uint8Array(size === undefined ? 1 << 16 : packed ? size * 2 : size);
  let loaded = 0;
  const reader = (packed ? whole.pipeThrough(new DecompressionStream("gzip")) : whole).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      checkLimit(file, loaded + value.length);
      if (loaded + value.length > buffer.length) {
        const grown = new Uint8Array(Math.max(buffer.length * 2, loaded + value.length));
        grown.set(buffer.subarray(0, loaded));
        buffer = grown;
      }
      buffer.set(value, loaded);
      loaded += value.length;
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (!packed || broke() || error instanceof ScrubjayError || error instanceof RangeError) throw error;
    throw invalid(file.name, "cannot be unpacked; it is damaged or cut short");
  }
  return { bytes: buffer.subarray(0, loaded), came };
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
  let contents: Contents;
  try {
    checkLimit(file, size ?? 0);
    contents = await readAll(file, response.body ?? new Blob([]).stream(), size, (came) => {
      checkLimit(file, came);
      onBytes(came, size);
    });
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (error instanceof ScrubjayError) throw error;
    throw invalid(file.name, error instanceof RangeError ? "does not fit into memory" : "the connection broke off");
  }
  const { bytes, came } = contents;
  if (size !== undefined && came !== size) throw invalid(file.name, `${came} bytes came, ${size} were announced`);
  checkContent(file.name, bytes, response.headers.get("content-type") ?? "");
  onBytes(came, came);
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
  let contents: Contents;
  try {
    contents = await readAll(file, blob.stream(), blob.size, (came) => {
      throwIfAborted(signal);
      onBytes(came, blob.size);
    });
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (error instanceof ScrubjayError) throw error;
    throw invalid(name, error instanceof RangeError ? "does not fit into memory" : "cannot be read; was it changed or moved since?");
  }
  const { bytes, came } = contents;
  if (came !== blob.size) throw invalid(name, `${came} of ${blob.size} bytes could be read`);
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
