/** A file of notes as the engine takes it: its bytes, its name, and how it is read. */

import { invalid } from "./engine-options.js";
import { ScrubjayError, abortable, throwIfAborted } from "./errors.js";
import type { FileOptions, FileSource } from "./file-types.js";
import type { RedactOptions } from "./types.js";

/** The largest file that is read, in bytes: 64 MiB, as the engine has it. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** A file's name, and a copy of its bytes, so that the caller's are left alone. Too large ones are refused before they are read. */
export async function takeFile(
  file: FileSource,
  given: unknown,
  signal: AbortSignal | undefined,
): Promise<{ name: string; bytes: Uint8Array }> {
  throwIfAborted(signal);
  const bytes = await fileBytes(file, signal);
  const name = given ?? ("name" in file ? file.name : "");
  if (typeof name !== "string") throw invalid("name", "must be a string");
  return { name, bytes };
}

async function fileBytes(file: FileSource, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if (file instanceof Blob) {
    refuse(file.size);
    const read = file.arrayBuffer().catch(() => {
      throw new ScrubjayError("IO", "the file cannot be read: it was moved, changed or locked");
    });
    return new Uint8Array(await abortable(read, signal));
  }
  return bytesOf("file", file);
}

/** A copy of the caller's bytes. */
export function bytesOf(option: string, value: unknown): Uint8Array {
  const view = ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : value;
  if (view instanceof Uint8Array) return refuse(view.byteLength), view.slice();
  if (view instanceof ArrayBuffer) return refuse(view.byteLength), new Uint8Array(view.slice(0));
  throw invalid(option, option === "file" ? "must be a File, a Blob or bytes" : "must be bytes");
}

function refuse(size: number): void {
  if (size > MAX_FILE_BYTES) throw new ScrubjayError("TOO_LARGE", `the file is larger than the ${MAX_FILE_BYTES} bytes that scrubjay reads`);
}

/** The options, parted: the engine's JSON on how the file is read, and what goes for each of its notes. */
export function partOptions(options: FileOptions): { reading: string; rest: Omit<RedactOptions, "doubtful"> } {
  const { name: _name, inputFormat, columns, header, textField, patientField, encoding, keepUnread, ...rest } = options;
  return { reading: JSON.stringify({ format: inputFormat, columns, header, textField, patientField, encoding, keepUnread }), rest };
}
