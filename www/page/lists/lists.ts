/** The person's lists, in the form that the command line reads with `--lists`. DOM-free. */

import type { DenyEntry, EntityType, Pattern, RedactOptions, ScrubjayError } from "scrubjay";
import { isObject } from "../json-file.js";
import { Refused } from "../refused.js";

/** What is left alone, what is always taken out, and what by its form. */
export interface Lists {
  readonly allow: readonly string[];
  readonly deny: readonly DenyEntry[];
  readonly patterns: readonly Pattern[];
}

export const NONE: Lists = { allow: [], deny: [], patterns: [] };

const count = (n: number, one: string) => `${n} ${one}${n === 1 ? "" : "s"}`;

/** "3 words left alone, 1 pattern"; nothing for none. It names no entry. */
export function counted({ allow, deny, patterns }: Lists): string {
  const parts = [
    [allow.length, `${count(allow.length, "word")} left alone`],
    [deny.length, `${count(deny.length, "word")} always taken out`],
    [patterns.length, count(patterns.length, "pattern")],
  ] as const;
  return parts.filter(([n]) => n > 0).map(([, words]) => words).join(", ");
}

/** What the engine holds against settings; undefined where nothing. */
export type Ask = (settings: RedactOptions) => Promise<ScrubjayError | undefined>;

/** An entry that the engine does not take. */
export interface BadEntry {
  /** Counts from 0; undefined where no single entry is at fault. */
  readonly index?: number;
  readonly error: ScrubjayError;
}

/** The first of `entries` that the engine does not take, as by asking for ever smaller parts of them. */
export async function firstRefused<T>(entries: readonly T[], ask: (some: readonly T[]) => ReturnType<Ask>): Promise<BadEntry | undefined> {
  const error = await ask(entries);
  if (error === undefined) return undefined;
  let [taken, refused] = [0, entries.length];
  while (refused - taken > 1) {
    const half = (taken + refused) >> 1;
    if ((await ask(entries.slice(0, half))) === undefined) taken = half;
    else refused = half;
  }
  const alone = refused === 0 ? undefined : await ask(entries.slice(refused - 1, refused));
  // Each may do alone where all are too many.
  return alone === undefined ? { error } : { index: refused - 1, error: alone };
}

const invalid = (words: string) => new Refused("OPTION_INVALID", words);

/**
 * The lists of a file, if the engine takes them.
 *
 * @throws {Refused} with the place of what it does not take, and none of its words: lists hold names.
 */
export async function fromFile(value: unknown, ask: Ask): Promise<Lists> {
  if (!isObject(value)) throw invalid("the file holds no JSON object");
  const fields = ["allow", "deny", "patterns"] as const;
  if (Object.keys(value).some((name) => !fields.includes(name as "allow"))) throw invalid("the file has a field other than allow, deny and patterns");
  for (const field of fields) {
    const entries = value[field] ?? (field in value ? null : []);
    if (!Array.isArray(entries)) throw invalid(`“${field}” is not a list`);
    const found = await firstRefused(entries, (some) => ask({ [field]: some }));
    if (found === undefined) continue;
    const place = found.index === undefined ? `“${field}”` : `entry ${found.index + 1} of “${field}”`;
    throw new Refused(found.error.code, `${place} cannot be used: ${reasonOf(found.error)}`);
  }
  const { allow = [], deny = [], patterns = [] } = value as Partial<Record<keyof Lists, readonly unknown[]>>;
  const lists = { allow: allow as string[], deny: (deny as (string | DenyEntry)[]).map(typed), patterns: patterns as Pattern[] };
  const many = lists.patterns.findIndex(({ pattern }) => /[\r\n]/u.test(pattern) || pattern.trim() === "");
  if (many >= 0) throw invalid(`entry ${many + 1} of “patterns” is blank or has several lines, which this page cannot show`);
  return lists;
}

/** A text without a type must go, whatever it is. */
function typed(entry: string | DenyEntry): DenyEntry {
  return typeof entry === "string" ? { text: entry, type: "IDNUM" } : { text: entry.text, type: entry.type };
}

/** What is wrong with an entry that was asked for alone. */
export function reasonOf({ message }: ScrubjayError): string {
  return message.replace(/^option \w+: (pattern 0: )?/u, "");
}

/** Entries by their type, in the order of the types' first entries. */
export function byType<T extends { readonly type: EntityType }>(entries: readonly T[]): ReadonlyMap<EntityType, readonly T[]> {
  const groups = new Map<EntityType, T[]>();
  for (const entry of entries) groups.set(entry.type, [...(groups.get(entry.type) ?? []), entry]);
  return groups;
}
