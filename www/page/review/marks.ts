/** What stands marked in a note: sorted, disjoint spans with a type. Immutable; an edit gives new ones. */

import type { EntitySource, EntityType } from "scrubjay";

/** UTF-16 code units of the note, as in `String.prototype.slice`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span and what it is taken for. */
export interface Mark extends Span {
  readonly type: EntityType;
  readonly score: number;
  readonly source: EntitySource;
}

/** A note's marks. Both lists are sorted, and no two marks of either overlap. */
export interface Marks {
  /** What will be replaced. */
  readonly entities: readonly Mark[];
  /** What a person has yet to decide on, and what is left standing until then. */
  readonly doubtful: readonly Mark[];
}

export const NO_MARKS: Marks = { entities: [], doubtful: [] };

/** A mark by a person's hand. */
export function byHand({ start, end }: Span, type: EntityType): Mark {
  return { start, end, type, score: 1, source: "user" };
}

export function sameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

export function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** `span` with the other half of any surrogate pair that it cuts: half a character can be neither shown nor replaced. */
export function whole(note: string, { start, end }: Span): Span {
  const cuts = (at: number) => /^[\ud800-\udbff][\udc00-\udfff]$/.test(note.slice(at - 1, at + 1));
  return { start: start > 0 && cuts(start) ? start - 1 : start, end: end > 0 && cuts(end) ? end + 1 : end };
}

/** `span` without white space at its ends; undefined where nothing else is in it. */
export function trimmed<S extends Span>(note: string, span: S): S | undefined {
  const text = note.slice(span.start, span.end);
  const start = span.start + (text.length - text.trimStart().length);
  const end = span.end - (text.length - text.trimEnd().length);
  return start < end ? { ...span, start, end } : undefined;
}

/**
 * `marks` without what `span` covers. What of a mark stands outside it stays marked: taking a piece for another type must not
 * uncover the rest.
 */
export function cut(note: string, marks: readonly Mark[], span: Span): readonly Mark[] {
  return marks.flatMap((mark) => {
    if (!overlap(mark, span)) return [mark];
    const rest = [
      { ...mark, end: span.start },
      { ...mark, start: span.end },
    ];
    return rest.flatMap((piece) => (piece.start < piece.end ? (trimmed(note, piece) ?? []) : []));
  });
}

/** `marks` with `mark` among the entities, in place of whatever it overlaps. */
export function put(note: string, marks: Marks, mark: Mark): Marks {
  const entities = [...cut(note, marks.entities, mark), mark].sort((a, b) => a.start - b.start);
  return { entities, doubtful: cut(note, marks.doubtful, mark) };
}

/** `marks` without this one. */
export function drop({ entities, doubtful }: Marks, span: Span): Marks {
  const others = (mark: Mark) => !sameSpan(mark, span);
  return { entities: entities.filter(others), doubtful: doubtful.filter(others) };
}

/** Both lists as one, in the order of the note. */
export function inOrder({ entities, doubtful }: Marks): readonly Mark[] {
  return [...entities, ...doubtful].sort((a, b) => a.start - b.start);
}

/** The mark at `span`, if it is still there. */
export function find({ entities, doubtful }: Marks, span: Span): Mark | undefined {
  const here = (mark: Mark) => sameSpan(mark, span);
  return entities.find(here) ?? doubtful.find(here);
}

/** The mark that holds `offset`, else the next one, else the last: where a person goes on after an edit. */
export function nearest(marks: Marks, offset: number): Mark | undefined {
  const all = inOrder(marks);
  return all.find(({ end }) => end > offset) ?? all.at(-1);
}
