/** JSON files that the person opens: policies and lists. DOM-free. */

import { Refused } from "./refused.js";

/** Bytes; far more than any policy or list has. */
export const MOST = 8 << 20;

const refused = (reason: string) => new Refused("FILE_NOT_JSON", reason);

/**
 * The value in a file. What the engine would refuse and `JSON.parse` lets pass is refused here: a key that stands twice in one object, of
 * which `JSON.parse` takes the last.
 *
 * @throws {Refused} `FILE_NOT_JSON` or `TOO_LARGE`; their messages quote nothing, for a list holds names.
 */
export async function readJson(file: Blob): Promise<unknown> {
  if (file.size > MOST) throw new Refused("TOO_LARGE", `the file is larger than the ${MOST >> 20} MiB that this page reads`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw refused("the file cannot be read, or is not text in UTF-8");
  }
  return parseJson(text);
}

/** {@link readJson} of a text. */
export function parseJson(text: string): unknown {
  let keys = 0;
  let value: unknown;
  try {
    value = JSON.parse(text, (_key, part: unknown) => {
      if (typeof part === "object" && part !== null && !Array.isArray(part)) keys += Object.keys(part).length;
      return part;
    });
  } catch {
    throw refused("the file is not JSON");
  }
  // In JSON, quotes stand around strings alone; a string before a colon is a key.
  const written = text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/gu);
  if ([...written].filter(([, colon]) => colon !== undefined).length !== keys) throw refused("a key stands twice in one object");
  return value;
}

/** Whether a value is an object, neither a list nor `null`. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
