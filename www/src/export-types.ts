/** Types of handing a reviewed note on, and of the way back. */

import type { ApplyOptions } from "./types.js";

/**
 * A form that a redacted note is handed on in: the text alone, a JSON line (offsets in characters), the XML of the i2b2 2014 task, brat's
 * `.ann`, CoNLL with IOB2 labels, a web page with marks.
 */
export type ExportFormat = "text" | "json" | "i2b2" | "brat" | "conll" | "html";

/** Settings of {@link Redactor.export}. */
export interface ExportOptions extends ApplyOptions {
  readonly format: ExportFormat;
  /** What the note is called in it; it may not hold PHI. Default: "note". */
  readonly id?: string;
}

/** Settings of {@link Redactor.seal}. */
export interface SealOptions extends ApplyOptions {
  /** Encrypts the mapping; eight characters at least. */
  readonly passphrase: string;
}

/** A redacted text with the way back. */
export interface Sealed {
  readonly text: string;
  /** What stood where: PHI, encrypted under the passphrase. */
  readonly mapping: Uint8Array<ArrayBuffer>;
}

/** A text with what was taken out put back. It is PHI again. */
export interface Restored {
  readonly text: string;
  /** How many replacements were put back. */
  readonly restored: number;
  /** How many still stand there, because each stood for several things (`[DATE]`). */
  readonly ambiguous: number;
}
