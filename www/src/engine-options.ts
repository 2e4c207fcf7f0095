/** What the caller gives with a call, checked and written as the engine reads it. */

import { ScrubjayError } from "./errors.js";
import type { ApplyOptions, GivenEntity, RedactContext, RedactOptions } from "./types.js";

/** The options that each call hands to the engine. */
const REPLACING = ["policy", "context"];
const FINDING = [...REPLACING, "threshold", "thresholds", "types", "allow", "deny", "patterns"];
const KNOWN = { redact: [...FINDING, "doubtful"], redactFile: FINDING, inspectFile: [] as string[], apply: REPLACING };

/** The error of an unusable option. */
export function invalid(option: string, reason: string): ScrubjayError {
  return new ScrubjayError("OPTION_INVALID", `option ${option}: ${reason}`);
}

/** The key as lower-case hexadecimal digits, because JSON has no bytes. */
function hex(key: unknown): string {
  const bytes = typeof key === "string" ? new TextEncoder().encode(key) : key;
  if (!(bytes instanceof Uint8Array)) throw invalid("context.key", "must be a string or a Uint8Array");
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function engineContext(context: RedactContext): Record<string, string> {
  if (typeof context !== "object" || context === null) throw invalid("context", "must be an object");
  for (const name of Object.keys(context)) {
    if (name !== "key" && name !== "patient") throw invalid(`context.${name}`, "there is no such option");
  }
  const { key, patient } = context;
  if (patient !== undefined && typeof patient !== "string") throw invalid("context.patient", "must be a string");
  return { ...(key === undefined ? {} : { key: hex(key) }), ...(patient === undefined ? {} : { patient }) };
}

/** The engine's share of the options, as JSON. Only what is known goes through, so that a slip in a name is no silent default. */
export function engineOptions(options: RedactOptions | ApplyOptions, call: keyof typeof KNOWN): string {
  const { signal: _signal, onProgress: _onProgress, ...rest } = options as RedactOptions;
  for (const name of Object.keys(rest)) {
    if (!KNOWN[call].includes(name)) throw invalid(name, "there is no such option");
  }
  const { context } = rest;
  try {
    return JSON.stringify(context === undefined ? rest : { ...rest, context: engineContext(context) });
  } catch (error) {
    if (error instanceof ScrubjayError) throw error;
    throw invalid("policy", "cannot be written as JSON");
  }
}

/** The caller's entities as JSON: their place, type, score and source; what else they carry (a replacement) stays behind. */
export function engineEntities(entities: readonly GivenEntity[]): string {
  if (!Array.isArray(entities)) throw invalid("entities", "must be an array");
  const given = entities.map((entity: GivenEntity | null | undefined) => {
    const { start, end, type, score, source } = entity ?? ({} as GivenEntity);
    if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end)) throw invalid("entities", "start and end must be whole numbers");
    return { start, end, type, score, source };
  });
  return JSON.stringify(given);
}
