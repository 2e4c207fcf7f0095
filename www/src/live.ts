/** A redactor on an engine that is kept alive: a broken one is replaced at the next call. */

import { Client, type SpawnWorker } from "./client.js";
import { engineEntities, engineOptions, invalid } from "./engine-options.js";
import { ScrubjayError, abortable, throwIfAborted, toScrubjayError } from "./errors.js";
import { Inline, type Backend } from "./inline.js";
import type { LoadModule } from "./module.js";
import type { ExportOptions, Restored, SealOptions, Sealed } from "./export-types.js";
import type { FileOptions, FileSource, InspectOptions, InspectedFile, RedactedFile } from "./file-types.js";
import { bytesOf, partOptions, takeFile } from "./files.js";
import { Session, type SessionOptions } from "./session.js";
import { redactStream } from "./stream/stream.js";
import type {
  ApplyOptions,
  GivenEntity,
  OnProgress,
  RedactOptions,
  RedactResult,
  RedactedPiece,
  Redactor,
  RedactorInfo,
  StreamOptions,
  TextSource,
} from "./types.js";

/** What a redactor stands on. Tests replace it. */
export interface Seams {
  readonly load: LoadModule;
  readonly spawn: SpawnWorker;
}

interface Opened {
  readonly backend: Backend;
  readonly info: RedactorInfo;
}

async function openInline(
  options: SessionOptions,
  seams: Seams,
  onProgress: OnProgress | undefined,
  signal: AbortSignal | undefined,
): Promise<Opened> {
  const session = await Session.open(options, seams.load, onProgress, signal);
  return { backend: new Inline(session, seams.load), info: session.info };
}

async function openWorker(
  options: SessionOptions,
  seams: Seams,
  onProgress: OnProgress | undefined,
  signal: AbortSignal | undefined,
): Promise<Opened> {
  const client = new Client(seams.spawn);
  try {
    return { backend: client, info: await client.open(options, onProgress, signal) };
  } catch (error) {
    client.close(toScrubjayError(error));
    throw error;
  }
}

class LiveRedactor implements Redactor {
  readonly #reopen: (onProgress?: OnProgress, signal?: AbortSignal) => Promise<Opened>;
  #opened: Opened;
  #reopening: Promise<Opened> | undefined;
  #disposed: ScrubjayError | undefined;

  constructor(opened: Opened, reopen: (onProgress?: OnProgress, signal?: AbortSignal) => Promise<Opened>) {
    this.#opened = opened;
    this.#reopen = reopen;
  }

  get info(): RedactorInfo {
    return this.#opened.info;
  }

  async redact(text: string, options: RedactOptions = {}): Promise<RedactResult> {
    this.#check(text);
    const { onProgress, signal } = options;
    const json = engineOptions(options, "redact");
    const backend = await this.#backend(signal);
    return backend.call("redact", { text, options: json }, onProgress, signal);
  }

  async apply(text: string, entities: readonly GivenEntity[], options: ApplyOptions = {}): Promise<RedactResult> {
    this.#check(text);
    const { signal } = options;
    const args = { text, entities: engineEntities(entities), options: engineOptions(options, "apply") };
    const backend = await this.#backend(signal);
    return backend.call("apply", args, undefined, signal);
  }

  async redactFile(file: FileSource, options: FileOptions = {}): Promise<RedactedFile> {
    this.#living();
    const { onProgress, signal } = options;
    const { reading, rest } = partOptions(options);
    const json = engineOptions(rest, "redactFile");
    const args = { ...(await takeFile(file, options.name, signal)), reading, options: json };
    const backend = await this.#backend(signal);
    return backend.call("redactFile", args, onProgress, signal);
  }

  async inspectFile(file: FileSource, options: InspectOptions = {}): Promise<InspectedFile> {
    this.#living();
    const { reading, rest } = partOptions(options);
    engineOptions(rest, "inspectFile");
    const args = { ...(await takeFile(file, options.name, options.signal)), reading };
    const backend = await this.#backend(options.signal);
    return backend.call("inspectFile", args, undefined, options.signal);
  }

  async export(text: string, entities: readonly GivenEntity[], { format, id = "note", ...rest }: ExportOptions): Promise<string> {
    this.#check(text);
    if (typeof format !== "string") throw invalid("format", "must be a string");
    if (typeof id !== "string") throw invalid("id", "must be a string");
    const args = { id, text, entities: engineEntities(entities), options: engineOptions(rest, "apply"), format };
    const backend = await this.#backend(rest.signal);
    return backend.call("export", args, undefined, rest.signal);
  }

  async seal(text: string, entities: readonly GivenEntity[], { passphrase, ...rest }: SealOptions): Promise<Sealed> {
    this.#check(text);
    if (typeof passphrase !== "string") throw invalid("passphrase", "must be a string");
    const args = { text, entities: engineEntities(entities), options: engineOptions(rest, "apply"), passphrase };
    const backend = await this.#backend(rest.signal);
    return backend.call("seal", args, undefined, rest.signal);
  }

  async restore(text: string, mapping: ArrayBuffer | ArrayBufferView, passphrase: string): Promise<Restored> {
    this.#check(text);
    if (typeof passphrase !== "string") throw invalid("passphrase", "must be a string");
    const args = { text, mapping: bytesOf("mapping", mapping), passphrase };
    const backend = await this.#backend(undefined);
    return backend.call("restore", args);
  }

  redactStream(source: TextSource, options: StreamOptions = {}): AsyncGenerator<RedactedPiece, void, undefined> {
    return redactStream(this, source, options);
  }

  #living(): void {
    if (this.#disposed !== undefined) throw this.#disposed;
  }

  #check(text: string): void {
    this.#living();
    if (typeof text !== "string") throw invalid("text", "must be a string");
  }

  /** A living engine. */
  async #backend(signal: AbortSignal | undefined): Promise<Backend> {
    throwIfAborted(signal);
    const backend = this.#opened.backend.dead ? (await abortable(this.#revive(), signal)).backend : this.#opened.backend;
    this.#living();
    return backend;
  }

  /** A new engine in place of the dead one: one for all calls that wait for it. */
  #revive(): Promise<Opened> {
    this.#reopening ??= this.#reopen()
      .then((opened) => {
        if (this.#disposed !== undefined) opened.backend.close(this.#disposed);
        this.#opened = opened;
        return opened;
      })
      .finally(() => (this.#reopening = undefined));
    return this.#reopening;
  }

  dispose(): void {
    if (this.#disposed !== undefined) return;
    this.#disposed = new ScrubjayError("DISPOSED", "the redactor was disposed of");
    this.#opened.backend.close(this.#disposed);
  }
}

/** Opens an engine by `settings`, in a worker or in the calling thread. */
export async function openRedactor(
  seams: Seams,
  settings: SessionOptions,
  inWorker: boolean,
  onProgress?: OnProgress,
  signal?: AbortSignal,
): Promise<Redactor> {
  const open = inWorker ? openWorker : openInline;
  const reopen = (onProgress?: OnProgress, signal?: AbortSignal) => open(settings, seams, onProgress, signal);
  return new LiveRedactor(await reopen(onProgress, signal), reopen);
}
