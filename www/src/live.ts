/** A redactor on an engine that is kept alive: a broken one is replaced at the next call. */

import { Client, type SpawnWorker } from "./client.js";
import { engineEntities, engineOptions, invalid } from "./engine-options.js";
import { ScrubjayError, abortable, throwIfAborted, toScrubjayError } from "./errors.js";
import { Inline, type Backend } from "./inline.js";
import type { LoadModule } from "./module.js";
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
    return backend.redact(text, json, onProgress, signal);
  }

  async apply(text: string, entities: readonly GivenEntity[], options: ApplyOptions = {}): Promise<RedactResult> {
    this.#check(text);
    const { signal } = options;
    const [given, json] = [engineEntities(entities), engineOptions(options, "apply")];
    const backend = await this.#backend(signal);
    return backend.apply(text, given, json, signal);
  }

  redactStream(source: TextSource, options: StreamOptions = {}): AsyncGenerator<RedactedPiece, void, undefined> {
    return redactStream(this, source, options);
  }

  #check(text: string): void {
    if (this.#disposed !== undefined) throw this.#disposed;
    if (typeof text !== "string") throw invalid("text", "must be a string");
  }

  /** A living engine. */
  async #backend(signal: AbortSignal | undefined): Promise<Backend> {
    throwIfAborted(signal);
    const backend = this.#opened.backend.dead ? (await abortable(this.#revive(), signal)).backend : this.#opened.backend;
    if (this.#disposed !== undefined) throw this.#disposed;
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
