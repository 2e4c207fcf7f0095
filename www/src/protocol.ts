/** What the page and the worker say to each other. Every call has a number, and ends in one `done` or one `failed`. */

import type { WireError } from "./errors.js";
import type { SessionOptions } from "./session.js";
import type { Progress, RedactResult, RedactorInfo } from "./types.js";

/** From the page. */
export type Request =
  | { readonly kind: "open"; readonly id: number; readonly options: SessionOptions }
  | { readonly kind: "redact"; readonly id: number; readonly text: string; readonly options: string }
  | { readonly kind: "apply"; readonly id: number; readonly text: string; readonly entities: string; readonly options: string }
  | { readonly kind: "cancel"; readonly id: number };

/** From the worker. */
export type Reply =
  | { readonly kind: "opened"; readonly id: number; readonly info: RedactorInfo }
  | { readonly kind: "done"; readonly id: number; readonly result: RedactResult }
  | { readonly kind: "failed"; readonly id: number; readonly error: WireError }
  | { readonly kind: "progress"; readonly id: number; readonly progress: Progress }
  /** The engine is broken for good. */
  | { readonly kind: "broken" };
