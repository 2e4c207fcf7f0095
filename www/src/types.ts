/** Types of the public interface. Offsets are UTF-16 code units, as in `String.prototype.slice`. */

import type { ExportOptions, Restored, SealOptions, Sealed } from "./export-types.js";
import type { FileOptions, FileSource, InspectOptions, InspectedFile, RedactedFile } from "./file-types.js";

export type * from "./export-types.js";
export type * from "./file-types.js";

/** A type of PHI, named as in the i2b2 2014 annotation guideline. */
export type EntityType =
  | "PATIENT"
  | "DOCTOR"
  | "USERNAME"
  | "PROFESSION"
  | "HOSPITAL"
  | "ORGANIZATION"
  | "STREET"
  | "CITY"
  | "STATE"
  | "COUNTRY"
  | "ZIP"
  | "LOCATION-OTHER"
  | "AGE"
  | "DATE"
  | "PHONE"
  | "FAX"
  | "EMAIL"
  | "URL"
  | "IPADDR"
  | "SSN"
  | "MEDICALRECORD"
  | "HEALTHPLAN"
  | "ACCOUNT"
  | "LICENSE"
  | "VEHICLE"
  | "DEVICE"
  | "BIOID"
  | "IDNUM";

/** Who found an entity: the model, a rule, the caller's list or the caller's pattern. */
export type EntitySource = "model" | "rule" | "list" | "user";

/** A piece of PHI in the input: `input.slice(start, end)`. */
export interface Entity {
  readonly start: number;
  readonly end: number;
  readonly type: EntityType;
  /** Between 0 and 1. */
  readonly score: number;
  readonly source: EntitySource;
  /** What stands in its place in the redacted text. */
  readonly replacement: string;
}

/** A piece of the input that may be PHI but stands below the threshold: nothing was done to it. */
export interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly type: EntityType;
  /** Between 0 and 1. */
  readonly score: number;
  readonly source: EntitySource;
}

/** A piece of the input that the caller says is PHI. */
export interface GivenEntity {
  readonly start: number;
  readonly end: number;
  readonly type: EntityType;
  /** Between 0 and 1; 1 if left out. */
  readonly score?: number;
  /** "user" if left out. */
  readonly source?: EntitySource;
}

/** What {@link Redactor.redact} and {@link Redactor.apply} resolve to. */
export interface RedactResult {
  /** The redacted text. */
  readonly text: string;
  /** In the order of the input, disjoint. */
  readonly entities: readonly Entity[];
  /** With the option `doubtful`: what stands below the threshold. In the order of the input, disjoint, also from `entities`. */
  readonly doubtful: readonly Candidate[];
  /** Counts and settings; holds no text of the note. */
  readonly report: Readonly<Record<string, unknown>>;
  /** Where the encoder runs: no longer on the GPU of {@link Redactor.info} where that failed on the way. */
  readonly device: Device;
  /** Milliseconds by stage. */
  readonly timings: Readonly<Record<string, number>>;
}

/** Where the encoder runs. */
export type Device = "webgpu" | "cpu";

/** What an engine says about itself. */
export interface RedactorInfo {
  readonly device: Device;
  /** Why this device, in words. */
  readonly reason: string;
  /** How many threads read a long note at most. */
  readonly threads: number;
  /** The GPU adapter's name, if there is one. */
  readonly adapter?: string;
  /** The model's id. */
  readonly model: string;
  /** SHA-256 of the weights, hexadecimal. */
  readonly sha256: string;
  /** Version of scrubjay. */
  readonly version: string;
  readonly [key: string]: unknown;
}

/** Name of one of a model's three files. */
export type ModelFile = "config.json" | "tokenizer.json" | "model.safetensors";

/** SHA-256 of some or all of a model's files, hexadecimal, as `sha256sum` prints them. */
export type ModelHashes = Readonly<Partial<Record<ModelFile, string>>>;

/** A picked file. `File` is one; a `Blob` needs a `name`. */
export type NamedFile = Blob & { readonly name: string; readonly webkitRelativePath?: string };

/** A model in a folder of the page's own origin. */
export interface ModelFolder {
  readonly url: URL | string;
  /** Files with another hash are refused: `HASH_MISMATCH`. Those without one here are not checked. */
  readonly sha256?: ModelHashes;
}

/** A model in files that the caller has. Nothing of it is uploaded. */
export interface ModelFromFiles {
  /**
   * What a file input or a drop gives, as it is, or the contents by name. Files picked one by one must be the three and no others; of
   * a folder (`webkitdirectory`) the three are taken, and what lies beside them or in folders inside it is left unread. Pickles
   * (`pytorch_model.bin`) are never read. Buffers are copied at once; files are not, and must not change while the redactor is in use.
   */
  readonly files: Iterable<NamedFile> | Readonly<Record<ModelFile, Blob | BufferSource>>;
  /** Files with another hash are refused: `HASH_MISMATCH`. Those without one here are not checked. */
  readonly sha256?: ModelHashes;
}

/** Where a model comes from; a URL alone is a {@link ModelFolder} without hashes. */
export type ModelSource = URL | string | ModelFolder | ModelFromFiles;

/** One report of progress. */
export interface Progress {
  /**
   * `download` counts bytes (fetched, or read from the caller's files), `window` windows of the note, `note` notes of the file; `compile`
   * and `device` go from 0 to 1.
   */
  readonly stage: "download" | "compile" | "device" | "window" | "note";
  readonly loaded: number;
  /** Left out while it is not known (a server that tells no length). */
  readonly total?: number;
}

/** Receives progress. What it throws is ignored. */
export type OnProgress = (progress: Progress) => void;

/** Settings of a {@link Redactor}. */
export interface RedactorOptions {
  /** `auto` (the default) takes WebGPU where a hardware adapter passes the self-check, else the CPU. */
  readonly device?: "auto" | Device;
  /**
   * Folder of the modules (`scrubjay_bg.wasm`, `scrubjay-cpu_bg.wasm`) and of `model/`, on the page's own origin: a copy of the package's `dist/lib/assets`. Default: where the
   * bundler put them, or beside this module.
   */
  readonly assets?: URL | string;
  /**
   * Another model: BERT, RoBERTa, DistilBERT or XLNet fine-tuned for token classification, as `config.json`, `tokenizer.json` and
   * `model.safetensors`, in a folder on the page's own origin or in files. Give its hashes, or you answer for what lies there.
   */
  readonly model?: ModelSource;
  /**
   * `false` runs in the calling thread, which then stands still while the CPU computes. The address of a copy of `scrubjay/worker`, or
   * a function that starts one, is for bundlers that make no file of the worker and for pages that require Trusted Types.
   * Default: `true` where there are workers.
   */
  readonly worker?: boolean | URL | string | (() => Worker);
  /**
   * Whether the engine keeps in memory what the encoder said of the last windows that it read (8 MB at most), so that a note that is
   * changed or read with other settings is not read anew. Default: `true`.
   */
  readonly remember?: boolean;
  /**
   * How many threads read a long note at once where the CPU does it, in workers that come when there is enough to do and go half a minute
   * afterwards. Each needs some 100 MB. `1` reads in one thread. Default: half of the processors, four at most.
   */
  readonly threads?: number;
  readonly onProgress?: OnProgress;
  /** Cancels the creation. */
  readonly signal?: AbortSignal;
}

/** A text that is always PHI, with its type. */
export interface DenyEntry {
  readonly text: string;
  readonly type: EntityType;
}

/** A regular expression (syntax of Rust's `regex`) whose matches are PHI. */
export interface Pattern {
  readonly pattern: string;
  readonly type: EntityType;
}

/** The policies that have a name. */
export type PolicyName = "i2b2" | "mask" | "numbered" | "surrogate" | "safe-harbor" | "limited-dataset";

/** What keeps replacements the same from note to note. */
export interface RedactContext {
  /**
   * The secret of the operators `hash`, `surrogate` and `date-shift`: at least 16 random bytes, or a string whose UTF-8 bytes count.
   * Whoever has it can test guesses against a redacted note, so keep it as you keep the notes.
   */
  readonly key?: string | Uint8Array;
  /** Whose note it is: with the same key, one patient's notes get the same surrogates and the same shift of dates. */
  readonly patient?: string;
}

/** Settings of {@link Redactor.apply}. */
export interface ApplyOptions {
  /** The name of a policy, or your own: type → operator. Default: "i2b2". */
  readonly policy?: PolicyName | (string & {}) | Readonly<Record<string, unknown>>;
  readonly context?: RedactContext;
  readonly signal?: AbortSignal;
}

/** Settings of {@link Redactor.redact}. */
export interface RedactOptions extends ApplyOptions {
  /**
   * From what on a word is taken for PHI: "balanced" (the default) and "high-recall" are the model's own points; a number between 0
   * and 1 is a probability, and less finds more.
   */
  readonly threshold?: "balanced" | "high-recall" | number;
  /** Another probability for single types, between 0 and 1. */
  readonly thresholds?: Readonly<Partial<Record<EntityType, number>>>;
  /** Whether to return also what stands below the threshold, for a person to look at. Default: `false`. */
  readonly doubtful?: boolean;
  /** Only these types. */
  readonly types?: readonly EntityType[];
  /** Texts that are never PHI. */
  readonly allow?: readonly string[];
  /** Texts that are always PHI. */
  readonly deny?: readonly (string | DenyEntry)[];
  readonly patterns?: readonly Pattern[];
  readonly onProgress?: OnProgress;
}

/** A text that comes in pieces: what they are cut at does not matter. */
export type TextSource = AsyncIterable<string> | Iterable<string> | ReadableStream<string>;

/** Settings of {@link Redactor.redactStream}. */
export interface StreamOptions extends RedactOptions {
  /** The most UTF-16 code units of a piece, 1,024 at least. Default: 32,768. */
  readonly pieceLength?: number;
  /** How many UTF-16 code units the model reads before and after each piece, 256 at least. Default: 4,096. */
  readonly overlap?: number;
}

/** A piece of a text that was redacted as a stream. Offsets are those of the whole text. */
export interface RedactedPiece extends RedactResult {
  /** Where the piece begins in the whole text: where the one before ended. */
  readonly start: number;
  readonly end: number;
}

/** A loaded model on a device. */
export interface Redactor {
  /** Device, model and why. */
  readonly info: RedactorInfo;
  /** Redacts one note. Concurrent calls wait for each other. Rejects with a `ScrubjayError`; never resolves to the unredacted note. */
  redact(text: string, options?: RedactOptions): Promise<RedactResult>;
  /**
   * Replaces the given entities, and nothing else, without running the model: for what a person has reviewed. They must be sorted and disjoint.
   * Takes milliseconds. Rejects with a `ScrubjayError`.
   */
  apply(text: string, entities: readonly GivenEntity[], options?: ApplyOptions): Promise<RedactResult>;
  /**
   * Redacts a text too long to be held, or not there yet, in pieces that end at blank lines or line ends; their texts in a row are the
   * redacted whole. The model reads some text before and after each piece. Still, what it does in the whole document is done in each
   * piece for itself: a name found in one is not looked for in the others. A text of one piece comes out as of {@link redact}.
   * Policies that number are refused, because numbers would start again in each piece. An error ends the stream; pieces before it
   * are as good as without it.
   */
  redactStream(source: TextSource, options?: StreamOptions): AsyncGenerator<RedactedPiece, void, undefined>;
  /**
   * Redacts a file of notes and gives it back in its own form: plain text and Markdown, CSV and TSV, JSON lines, HL7 v2, FHIR JSON, Word.
   * What its format calls structure stays; each note is redacted for itself, and labels are numbered anew in each. Files above 64 MiB
   * are refused (`TOO_LARGE`): split them. `FORMAT_INVALID` says where a file is not what it should be, or what in it cannot be read.
   * A file's name may hold PHI: choose another for the result.
   */
  redactFile(file: FileSource, options?: FileOptions): Promise<RedactedFile>;
  /** Tells a file's format, and what of it can be chosen with `columns` and `textField`. Runs no model. Rejects as {@link redactFile}. */
  inspectFile(file: FileSource, options?: InspectOptions): Promise<InspectedFile>;
  /** As {@link apply}, the redacted text in another form, its replacements annotated. */
  export(text: string, entities: readonly GivenEntity[], options: ExportOptions): Promise<string>;
  /**
   * As {@link apply}, with the way back: a mapping that holds what was taken out, encrypted under a passphrase. Whoever has both can read
   * it. Numbered labels lead back also after the text was edited.
   */
  seal(text: string, entities: readonly GivenEntity[], options: SealOptions): Promise<Sealed>;
  /**
   * Puts back what was taken out of `text`, which may have been edited since. Rejects with `PASSPHRASE_WRONG` also if the mapping was
   * changed, and with `MAPPING_INVALID` for what is none.
   */
  restore(text: string, mapping: ArrayBuffer | ArrayBufferView, passphrase: string): Promise<Restored>;
  /** Frees the model and ends the worker. Pending calls reject with `DISPOSED`. */
  dispose(): void;
}
