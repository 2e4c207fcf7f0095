/**
 * scrubjay in Node, on the CPU: for batches, servers and tests.
 *
 * ```ts
 * import { redact } from "scrubjay/node";
 * const { text } = await redact(note);
 * ```
 *
 * The files are read from the package's own folder; nothing is fetched. The engine runs in a thread of its own, which does not keep
 * the process alive.
 */

import { sharedRedact } from "../shared.js";
import { createRedactor } from "./redactor.js";

export { ERROR_CODES, ScrubjayError, type ErrorCode } from "../errors.js";
export { MAX_FILE_BYTES } from "../files.js";
export { createRedactor, type NodeRedactorOptions } from "./redactor.js";
export type * from "../types.js";

/**
 * Redacts one note with the default model, which the first call loads; that call's `onProgress` hears of the loading too.
 * Rejects with a `ScrubjayError`; never resolves to the unredacted note.
 */
export const redact = /* @__PURE__ */ sharedRedact(createRedactor);
