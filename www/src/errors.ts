/** The one error class. Codes are stable; messages are for developers and never hold text of a note. */

/** Codes of the engine (Rust) and, after the gap, of this package. */
export const ERROR_CODES = [
  "IO",
  "CONFIG_INVALID",
  "CONFIG_UNSUPPORTED",
  "LABELS_INVALID",
  "TOKENIZER_INVALID",
  "WEIGHTS_CORRUPT",
  "WEIGHTS_MISSING_TENSOR",
  "WEIGHTS_SHAPE",
  "WEIGHTS_UNKNOWN_TENSOR",
  "HASH_MISMATCH",
  "DEVICE_UNAVAILABLE",
  "DEVICE_FAILED",
  "ENCODER_FAILED",
  "CORPUS_INVALID",
  "FORMAT_INVALID",
  "TOO_LARGE",
  "OPTION_INVALID",
  "TRAINING_FAILED",
  "MAPPING_INVALID",
  "PASSPHRASE_WRONG",
  "RANDOM_UNAVAILABLE",
  "CANCELLED",

  /** A file could not be fetched, or is not among the model's files that were given. */
  "ASSET_MISSING",
  /** A file is not what it should be (a web page, a pickle, cut short, too large), or does not belong to a model. */
  "ASSET_INVALID",
  /** There is no usable WebAssembly here: too old, or forbidden by the content security policy. */
  "NO_WASM",
  /** The redactor was disposed of. */
  "DISPOSED",
  /** The engine broke down. The next call starts a new one. */
  "WORKER_FAILED",
] as const;

/** A stable error code. Engines may add codes; treat an unknown one as a failure. */
export type ErrorCode = (typeof ERROR_CODES)[number] | (string & {});

/** Every rejection of this package. */
export class ScrubjayError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = "ScrubjayError";
    this.code = code;
  }
}

/** An error on its way out of the worker. */
export interface WireError {
  readonly code: string;
  readonly message: string;
}

/** Whether `value` is an error of the engine's: it came over the wasm border with a code, so its message is safe. */
function hasCode(value: unknown): value is Error & { code: string } {
  return value instanceof Error && value.name === "ScrubjayError" && "code" in value && typeof value.code === "string";
}

/**
 * Any thrown value as a {@link ScrubjayError}. The message of a foreign error is dropped: a trap in the middle of a note
 * may quote it.
 */
export function toScrubjayError(value: unknown): ScrubjayError {
  if (value instanceof ScrubjayError) return value;
  if (hasCode(value)) return new ScrubjayError(value.code, value.message);
  const kind = value instanceof Error ? value.name : typeof value;
  return new ScrubjayError("WORKER_FAILED", `the engine broke down (${kind})`);
}

/** For `postMessage`. */
export function toWire(value: unknown): WireError {
  const { code, message } = toScrubjayError(value);
  return { code, message };
}

/** Back from `postMessage`. */
export function fromWire(error: WireError): ScrubjayError {
  return new ScrubjayError(error.code, error.message);
}

/** The rejection of a cancelled call. */
export function cancelled(): ScrubjayError {
  return new ScrubjayError("CANCELLED", "cancelled");
}

/** Throws if `signal` is aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled();
}

/** `promise`, or the rejection of a cancelled call as soon as `signal` is aborted. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(cancelled());
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}
