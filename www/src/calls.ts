/** What an engine is asked for: its calls by name. Options, entities and the way of reading are the engine's JSON. */

import { ScrubjayError } from "./errors.js";
import type { Restored, Sealed } from "./export-types.js";
import type { InspectedFile, RedactedFile } from "./file-types.js";
import type { WasmEngine, WasmModule } from "./module.js";
import type { Progress, RedactResult } from "./types.js";

/** The arguments and the result of each call. Both go through `postMessage`; bytes are handed over, not copied. */
export interface Calls {
  readonly redact: { args: { text: string; options: string }; result: RedactResult };
  readonly apply: { args: { text: string; entities: string; options: string }; result: RedactResult };
  readonly redactFile: { args: { name: string; bytes: Uint8Array; reading: string; options: string }; result: RedactedFile };
  readonly inspectFile: { args: { name: string; bytes: Uint8Array; reading: string }; result: InspectedFile };
  readonly export: { args: { id: string; text: string; entities: string; options: string; format: string }; result: string };
  readonly seal: { args: { text: string; entities: string; options: string; passphrase: string }; result: Sealed };
  readonly restore: { args: { text: string; mapping: Uint8Array; passphrase: string }; result: Restored };
}

export type CallName = keyof Calls;

/** What a call works with. */
export interface Tools {
  readonly engine: WasmEngine;
  readonly module: WasmModule;
  /** Counts `stage` by the engine's own reports; the answer `false` cancels. */
  readonly progress: (stage: Progress["stage"]) => (done: number, total: number) => boolean;
}

type Table = { readonly [K in CallName]: (tools: Tools, args: Calls[K]["args"]) => Calls[K]["result"] | Promise<Calls[K]["result"]> };

/** How each is done. */
export const CALLS: Table = {
  redact: async ({ engine, progress }, { text, options }) => result(await engine.redact(text, options, progress("window"))),
  apply: ({ engine }, { text, entities, options }) => result(engine.apply(text, entities, options)),
  async redactFile({ engine, progress }, { name, bytes, reading, options }) {
    const file = await engine.redactFile(name, bytes, reading, options, progress("note"));
    return taken(file, ({ bytes, about }) => {
      const parsed = JSON.parse(about) as Omit<RedactedFile, "bytes"> | null;
      if (!(bytes instanceof Uint8Array) || typeof parsed?.format !== "string") throw nothing();
      return { ...parsed, bytes: own(bytes) };
    });
  },
  inspectFile: ({ module }, { name, bytes, reading }) => JSON.parse(module.inspectFile(name, bytes, reading)) as InspectedFile,
  export: ({ engine }, { id, text, entities, options, format }) => engine.export(id, text, entities, options, format),
  seal: ({ engine }, { text, entities, options, passphrase }) =>
    taken(engine.seal(text, entities, options, passphrase), ({ text, mapping }) => ({ text, mapping: own(mapping) })),
  restore: ({ module }, { text, mapping, passphrase }) => JSON.parse(module.restore(text, mapping, passphrase)) as Restored,
};

/** The buffers of `value`, which `postMessage` may take. */
export function buffers(value: unknown): ArrayBuffer[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((part) => (part instanceof Uint8Array ? [part.buffer as ArrayBuffer] : []));
}

function nothing(): ScrubjayError {
  return new ScrubjayError("ENCODER_FAILED", "the engine gave no result");
}

/** A result that lacks a part must not reach a caller who would read `undefined` as "nothing found". */
function result(json: string): RedactResult {
  const parsed = JSON.parse(json) as Partial<RedactResult> | null;
  if (typeof parsed?.text !== "string" || !Array.isArray(parsed.entities)) throw nothing();
  return { ...(parsed as RedactResult), doubtful: parsed.doubtful ?? [] };
}

/** The module's getters copy out of its memory: the type of the bytes does not say that they are nobody else's. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}

/** What `read` copies out of an object in the module's memory, which is freed. */
function taken<T extends { free(): void }, R>(object: T, read: (object: T) => R): R {
  try {
    return read(object);
  } finally {
    object.free();
  }
}
