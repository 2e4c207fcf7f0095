/** Types of files of notes. */

import type { Device, RedactOptions } from "./types.js";

/** A file of notes: a picked `File`, or its content. */
export type FileSource = Blob | ArrayBuffer | ArrayBufferView;

/**
 * A kind of file. `text` is plain text or Markdown, `jsonl` a JSON object a line, `hl7` HL7 v2 messages, `fhir` FHIR resources as JSON,
 * `docx` a Word document.
 */
export type FileFormat = "text" | "csv" | "tsv" | "jsonl" | "hl7" | "fhir" | "docx";

/** Names of the WHATWG Encoding Standard. */
export type FileEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** How a file is read. */
export interface ReadingOptions {
  /** The file's name, whose extension tells its format. Default: that of a `File`; without a name the content tells. */
  readonly name?: string;
  /** Its format, whatever its name says. */
  readonly inputFormat?: FileFormat;
  /** CSV and TSV: the columns to read, by their names in the header. Default: all. Columns left out come back as they were. */
  readonly columns?: readonly string[];
  /** CSV and TSV: whether the first row names the columns. Default: unless it looks like data. The header is never redacted. */
  readonly header?: boolean;
  /** JSON lines: the field of the note, or "*" for every string. Fields left out come back as they were. Default: "text". */
  readonly textField?: string;
  /**
   * CSV, TSV and JSON lines: the column or field that tells whose note it is. Notes of one patient get the same surrogates and one date
   * offset. Needs a `key`.
   */
  readonly patientField?: string;
  /** The encoding of a file without a byte order mark. It is never guessed. Default: "utf-8". */
  readonly encoding?: FileEncoding;
  /** Leaves what cannot be read (pictures, embedded files) in the file as it is. Default: `false`, which refuses such a file. */
  readonly keepUnread?: boolean;
}

/** Settings of {@link Redactor.redactFile}. */
export interface FileOptions extends Omit<RedactOptions, "doubtful">, ReadingOptions {}

/** Settings of {@link Redactor.inspectFile}. */
export interface InspectOptions extends ReadingOptions {
  readonly signal?: AbortSignal;
}

/** What there is to choose in a file. */
export interface InspectedFile {
  readonly format: FileFormat;
  /**
   * CSV and TSV: the columns that the header names; JSON lines: the fields at the top that hold strings. `filled` is how many cells or
   * lines hold text. Empty for other formats, and without a header.
   */
  readonly fields: readonly { readonly name: string; readonly filled: number }[];
}

/** What {@link Redactor.redactFile} resolves to. */
export interface RedactedFile {
  /** The file, in its own form and encoding. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly format: FileFormat;
  /** How many notes were read: rows, lines, resources; 1 of text, HL7 and Word. */
  readonly notes: number;
  /** With `keepUnread`: what was left in the file as it is, in words ("pictures: 2"). */
  readonly unread: readonly string[];
  /** Counts and settings over all notes; holds no text of them. */
  readonly report: Readonly<Record<string, unknown>>;
  /** Where the encoder runs: no longer on the GPU of {@link Redactor.info} where that failed on the way. */
  readonly device: Device;
  /** Milliseconds by stage. */
  readonly timings: Readonly<Record<string, number>>;
}
