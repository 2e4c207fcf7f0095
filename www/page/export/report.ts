/** The report: what was done, in numbers. It holds no text and no positions of the note. DOM-free. */

import type { EntityType, RedactOptions, RedactResult, RedactorInfo } from "scrubjay";
import type { Changes } from "../review/changes.js";
import type { Marks } from "../review/marks.js";

/** What is true of every redacted text. */
export const STATEMENT =
  "This says what was looked for and replaced, not that nothing was missed: the text may still identify somebody. " +
  "Whether it may be passed on is a person's decision.";

export interface Report {
  readonly made: string;
  readonly program: { readonly name: "scrubjay"; readonly version: string };
  readonly model: { readonly id: string; readonly sha256: string; readonly device: string };
  readonly policy: string;
  readonly threshold: string | number;
  /** Types with a threshold of their own. */
  readonly thresholds: NonNullable<RedactOptions["thresholds"]>;
  /** How many entries the person's lists had, by list. */
  readonly lists: Readonly<Record<"allow" | "deny" | "patterns", number>>;
  /** By type. `kept` is what the policy let stand, `leftStanding` what stood because its type was switched off. */
  readonly types: Readonly<Partial<Record<EntityType, { readonly replaced: number; readonly kept: number; readonly leftStanding: number }>>>;
  readonly replaced: number;
  readonly kept: number;
  readonly leftStanding: number;
  /** What a person changed. */
  readonly review: Changes;
  /** Doubtful passages that nobody decided on: they stand in the text. */
  readonly undecided: number;
  readonly statement: string;
  /** The engine's own report on the replacements, and on nothing else: it did not search when it made them. */
  readonly engine: RedactResult["report"];
}

export interface Reported {
  readonly note: string;
  readonly result: RedactResult;
  readonly marks: Marks;
  readonly off: ReadonlySet<EntityType>;
  readonly changes: Changes;
  readonly info: RedactorInfo;
  readonly policy: string;
  /** What the note was searched with. */
  readonly looked: RedactOptions;
  readonly made: Date;
}

/** The report on a redacted note. */
export function report({ note, result, marks, off, changes, info, policy, looked, made }: Reported): Report {
  const types: Partial<Record<EntityType, { replaced: number; kept: number; leftStanding: number }>> = {};
  const sums = { replaced: 0, kept: 0, leftStanding: 0 };
  const count = (type: EntityType, what: keyof typeof sums) => {
    (types[type] ??= { replaced: 0, kept: 0, leftStanding: 0 })[what] += 1;
    sums[what] += 1;
  };
  for (const { type, start, end, replacement } of result.entities) count(type, replacement === note.slice(start, end) ? "kept" : "replaced");
  const { threshold: _threshold, thresholds: _thresholds, allowed: _allowed, patterns: _patterns, ...engine } = result.report;
  for (const { type } of marks.entities) if (off.has(type)) count(type, "leftStanding");
  return {
    made: made.toISOString(),
    program: { name: "scrubjay", version: info.version },
    model: { id: info.model, sha256: info.sha256, device: info.device },
    policy,
    threshold: looked.threshold ?? "balanced",
    thresholds: looked.thresholds ?? {},
    lists: { allow: looked.allow?.length ?? 0, deny: looked.deny?.length ?? 0, patterns: looked.patterns?.length ?? 0 },
    types,
    ...sums,
    review: changes,
    undecided: marks.doubtful.length,
    statement: STATEMENT,
    engine,
  };
}
