/** What a person can do to a note's marks. Each edit is a function from marks to marks, for one passage or for all the same. */

import type { EntityType } from "scrubjay";
import { byHand, cut, drop, find, put, sameSpan, trimmed, type Mark, type Marks, type Span } from "./marks.js";
import { occurrences, sameText } from "./same.js";
import { moved, type Direction, type Edge, type Unit } from "./words.js";

/** One passage, or all with the same text. */
export type Scope = "one" | "same";

/** The marks of `list` that an edit of `span` is about. */
function affected(note: string, list: readonly Mark[], span: Span, scope: Scope): readonly Mark[] {
  if (scope === "one") return list.filter((mark) => sameSpan(mark, span));
  return list.filter(sameText(note)(span));
}

/** How many marks an edit of `span` and all the same is about. */
export function sameMarks(note: string, marks: Marks, span: Span): number {
  return affected(note, marks.entities, span, "same").length + affected(note, marks.doubtful, span, "same").length;
}

/** Leaves the entity standing; dismisses the doubtful candidate. */
export function remove(note: string, marks: Marks, span: Span, scope: Scope): Marks {
  const gone = new Set([...affected(note, marks.entities, span, scope), ...affected(note, marks.doubtful, span, scope)]);
  if (gone.size === 0) return marks;
  const stays = (mark: Mark) => !gone.has(mark);
  return { entities: marks.entities.filter(stays), doubtful: marks.doubtful.filter(stays) };
}

/** Gives it another type. A doubtful candidate is accepted by that. */
export function relabel(note: string, marks: Marks, span: Span, type: EntityType, scope: Scope): Marks {
  const changed = [...affected(note, marks.entities, span, scope), ...affected(note, marks.doubtful, span, scope)];
  return changed.reduce((now, mark) => put(note, now, byHand(mark, type)), marks);
}

/** Makes entities of doubtful candidates, each by its own type. */
export function accept(note: string, marks: Marks, span: Span, scope: Scope): Marks {
  return affected(note, marks.doubtful, span, scope).reduce((now, mark) => put(note, now, byHand(mark, mark.type)), marks);
}

/** Marks a passage that was missed. All the same leaves alone what stands inside another entity. */
export function add(note: string, marks: Marks, span: Span, type: EntityType, scope: Scope): Marks {
  const wanted = trimmed(note, span);
  if (wanted === undefined) return marks;
  const first = put(note, marks, byHand(wanted, type));
  return scope === "one" ? first : missing(note, first, wanted).reduce((now, other) => put(note, now, byHand(other, type)), first);
}

/** Where the text of `span` stands that no entity covers. */
export function missing(note: string, marks: Marks, span: Span): readonly Span[] {
  return occurrences(note, span).filter(({ start, end }) => !marks.entities.some((mark) => mark.start <= start && end <= mark.end));
}

/** Moves one end by one step. A neighbour that is reached gives way. Returns the marks and where the moved one is now. */
export function resize(
  note: string,
  marks: Marks,
  span: Span,
  edge: Edge,
  unit: Unit,
  direction: Direction,
): { readonly marks: Marks; readonly span: Span } {
  const mark = find(marks, span);
  if (mark === undefined) return { marks, span };
  const next = moved(note, span, edge, unit, direction);
  if (sameSpan(next, span)) return { marks, span };
  const doubtful = marks.doubtful.includes(mark);
  const others = drop(marks, span);
  if (!doubtful) return { marks: put(note, others, byHand(next, mark.type)), span: next };
  // A candidate stays one, and does not take an entity's place.
  if (others.entities.some((entity) => entity.start < next.end && next.start < entity.end)) return { marks, span };
  const rest = [...cut(note, others.doubtful, next), { ...mark, ...next }].sort((a, b) => a.start - b.start);
  return { marks: { ...others, doubtful: rest }, span: next };
}
