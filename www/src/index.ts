/**
 * Finds and redacts protected health information in clinical notes, inside the browser.
 *
 * ```ts
 * import { redact } from "scrubjay";
 * const { text, entities } = await redact(note);
 * ```
 *
 * Importing does nothing: the model is fetched from the page's own origin at the first call, and no note leaves the page.
 */

import { abortable } from "./errors.js";
import { createRedactor } from "./redactor.js";
import type { OnProgress, RedactOptions, RedactResult, Redactor } from "./types.js";

export { ERROR_CODES, ScrubjayError, type ErrorCode } from "./errors.js";
export { createRedactor } from "./redactor.js";
export type {
  ApplyOptions,
  Candidate,
  DenyEntry,
  Device,
  Entity,
  EntitySource,
  EntityType,
  GivenEntity,
  ModelFile,
  ModelFolder,
  ModelFromFiles,
  ModelHashes,
  ModelSource,
  NamedFile,
  OnProgress,
  Pattern,
  PolicyName,
  Progress,
  RedactContext,
  RedactOptions,
  RedactResult,
  Redactor,
  RedactorInfo,
  RedactorOptions,
} from "./types.js";

let shared: Promise<Redactor> | undefined;

/** The default redactor. A failed start is not kept: the next call tries again. */
function start(onProgress: OnProgress | undefined): Promise<Redactor> {
  const starting = createRedactor(onProgress === undefined ? {} : { onProgress });
  starting.catch(() => {
    if (shared === starting) shared = undefined;
  });
  return starting;
}

/**
 * Redacts one note with the default model, which the first call loads; that call's `onProgress` hears of the loading too.
 * Rejects with a `ScrubjayError`; never resolves to the unredacted note.
 */
export async function redact(text: string, options: RedactOptions = {}): Promise<RedactResult> {
  shared ??= start(options.onProgress);
  // Whoever cancels stops waiting, no more: others may wait for the same engine.
  const redactor = await abortable(shared, options.signal);
  return redactor.redact(text, options);
}
