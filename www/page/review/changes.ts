/** What a person changed, in numbers. */

import { overlap, sameSpan, type Mark, type Marks } from "./marks.js";

export interface Changes {
  /** Marked where nothing was. */
  readonly added: number;
  /** Doubtful candidates that became entities as they were. */
  readonly accepted: number;
  /** Given other ends or another type. */
  readonly changed: number;
  /** Left standing. */
  readonly removed: number;
  /** Doubtful candidates that were put aside. */
  readonly dismissed: number;
}

/** What leads from what the program found to what stands now. */
export function changes(found: Marks, now: Marks): Changes {
  const touches = (list: readonly Mark[], mark: Mark) => list.some((other) => overlap(mark, other));
  const same = (a: Mark, b: Mark) => sameSpan(a, b) && a.type === b.type;
  const kept = (mark: Mark) => found.entities.some((other) => same(other, mark));
  const counts = { added: 0, accepted: 0, changed: 0, removed: 0, dismissed: 0 };
  for (const mark of now.entities) {
    if (kept(mark)) continue;
    if (touches(found.entities, mark)) counts.changed += 1;
    else if (found.doubtful.some((other) => same(other, mark))) counts.accepted += 1;
    else counts.added += 1;
  }
  counts.removed = found.entities.filter((mark) => !touches(now.entities, mark)).length;
  counts.dismissed = found.doubtful.filter((mark) => !touches(now.entities, mark) && !touches(now.doubtful, mark)).length;
  return counts;
}

/** How many edits that makes. */
export function total(counts: Changes): number {
  return Object.values(counts).reduce((sum: number, n: number) => sum + n, 0);
}
