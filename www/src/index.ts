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

import { createRedactor } from "./redactor.js";
import { sharedRedact } from "./shared.js";

export { ERROR_CODES, ScrubjayError, type ErrorCode } from "./errors.js";
export { MAX_FILE_BYTES } from "./files.js";
export { createRedactor } from "./redactor.js";
export type {
  ApplyOptions,
  Candidate,
  DenyEntry,
  Device,
  Entity,
  EntitySource,
  EntityType,
  ExportFormat,
  ExportOptions,
  FileEncoding,
  FileFormat,
  FileOptions,
  FileSource,
  GivenEntity,
  InspectOptions,
  InspectedFile,
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
  ReadingOptions,
  RedactContext,
  RedactOptions,
  RedactResult,
  RedactedFile,
  RedactedPiece,
  Redactor,
  RedactorInfo,
  RedactorOptions,
  Restored,
  SealOptions,
  Sealed,
  StreamOptions,
  TextSource,
} from "./types.js";

/**
 * Redacts one note with the default model, which the first call loads; that call's `onProgress` hears of the loading too.
 * Rejects with a `ScrubjayError`; never resolves to the unredacted note.
 */
export const redact = /* @__PURE__ */ sharedRedact(createRedactor);
