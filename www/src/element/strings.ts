/** What the element says. */

import { ScrubjayError } from "../errors.js";
import type { Progress, RedactResult } from "../types.js";

/** Every word of the element; replace some or all for another language. */
export interface ElementStrings {
  readonly label: string;
  readonly redact: string;
  readonly cancel: string;
  readonly output: string;
  readonly loading: string;
  readonly reading: string;
  readonly cancelled: string;
  /** Of a result. */
  readonly done: (result: RedactResult) => string;
  /** Of a failure; `code` is stable. */
  readonly failed: (error: ScrubjayError) => string;
  /** Why the form cannot be sent yet. */
  readonly pending: string;
  readonly missing: string;
}

export const ENGLISH: ElementStrings = {
  label: "Clinical note",
  redact: "Redact",
  cancel: "Cancel",
  output: "Redacted text",
  loading: "Loading the model …",
  reading: "Reading the note …",
  cancelled: "Cancelled. Nothing was redacted.",
  done: ({ entities, report }) =>
    `Redacted by policy ${String(report["policy"] ?? "i2b2")}: ${entities.length} found. Some may have been missed: read it before use.`,
  failed: ({ code, message }) => `Nothing was redacted: ${message} (${code})`,
  pending: "Redact the note first.",
  missing: "Enter a note and redact it.",
};

/** What is being done. */
export function statusOf(strings: ElementStrings, progress: Progress): string {
  return progress.stage === "window" ? strings.reading : strings.loading;
}
