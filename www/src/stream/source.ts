/** A source of text, whatever its kind, as an iterator. */

import { invalid } from "../engine-options.js";
import { abortable, throwIfAborted } from "../errors.js";
import type { TextSource } from "../types.js";

interface Chunks {
  next(): Promise<IteratorResult<unknown, unknown>>;
  return?(): Promise<unknown>;
}

function chunks(source: TextSource): Chunks {
  // A string would be iterated by character.
  if (typeof source === "string") return chunks([source]);
  if (typeof source !== "object" || source === null) throw invalid("source", "must be a stream or an iterable of strings");
  // Not every browser iterates streams.
  if ("getReader" in source) {
    const reader = source.getReader();
    return { next: () => reader.read() as Promise<IteratorResult<unknown, unknown>>, return: () => reader.cancel() };
  }
  if (Symbol.asyncIterator in source) return source[Symbol.asyncIterator]() as Chunks;
  if (!(Symbol.iterator in source)) throw invalid("source", "must be a stream or an iterable of strings");
  const iterator = source[Symbol.iterator]();
  return { next: async () => iterator.next(), return: async () => iterator.return?.() };
}

/** See the file's head. */
export class TextReader {
  readonly #chunks: Chunks;
  readonly #signal: AbortSignal | undefined;
  #ended = false;

  constructor(source: TextSource, signal: AbortSignal | undefined) {
    this.#chunks = chunks(source);
    this.#signal = signal;
  }

  /** Whether there is no more. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The next chunk; "" at the end. What the source throws is the caller's own and goes through as it is. */
  async read(): Promise<string> {
    throwIfAborted(this.#signal);
    const { done, value } = await abortable(this.#chunks.next(), this.#signal);
    if (done === true) {
      this.#ended = true;
      return "";
    }
    if (typeof value !== "string") throw invalid("source", "must give strings");
    return value;
  }

  /** Tells the source that nobody reads on. Not waited for: it may be busy with a chunk that never comes. */
  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    void this.#chunks.return?.().catch(() => undefined);
  }
}
