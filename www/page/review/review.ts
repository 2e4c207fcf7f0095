/** The review of one note: its marks, their history, and where the person is. Knows nothing of the page. */

import type { EntityType } from "scrubjay";
import { changes, total, type Changes } from "./changes.js";
import * as edits from "./edits.js";
import { begin, record, redo, undo, type History } from "./history.js";
import { find, inOrder, nearest, trimmed, whole, type Mark, type Marks, type Span } from "./marks.js";
import type { Direction, Edge, Unit } from "./words.js";

/** What changed: the marks, or only where the person is. */
export type Listener = (what: "marks" | "place") => void;

const count = (n: number) => (n === 1 ? "1 passage" : `${n} passages`);

export class Review {
  readonly note: string;
  #history: History<Marks>;
  /** What the program found last: what a person's changes are counted against. */
  #found: Marks;
  /** What was exported last, or found and not changed. */
  #saved: Marks;
  #current: Span | undefined;
  #selection: Span | undefined;
  readonly #listeners: Listener[] = [];

  constructor(note: string, found: Marks) {
    this.note = note;
    this.#history = begin(found, "Found");
    this.#found = found;
    this.#saved = found;
  }

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  get marks(): Marks {
    return this.#history.present.state;
  }

  /** The mark that the person is at. */
  get current(): Mark | undefined {
    return this.#current === undefined ? undefined : find(this.marks, this.#current);
  }

  /** Selected text that is to become a mark. */
  get selection(): Span | undefined {
    return this.#selection;
  }

  get canUndo(): boolean {
    return this.#history.past.length > 0;
  }

  get canRedo(): boolean {
    return this.#history.future.length > 0;
  }

  get changes(): Changes {
    return changes(this.#found, this.marks);
  }

  /** How many changes would be lost with the review. */
  get unexported(): number {
    return this.marks === this.#saved ? 0 : total(this.changes);
  }

  exported(): void {
    this.#saved = this.marks;
  }

  /** Goes to a mark, or to none. */
  choose(span: Span | undefined): void {
    this.#current = span;
    this.#selection = undefined;
    this.#tell("place");
  }

  /** Takes a selection; white space at its ends does not count. */
  select(span: Span | undefined): void {
    this.#selection = span === undefined ? undefined : trimmed(this.note, whole(this.note, span));
    if (this.#selection !== undefined) this.#current = undefined;
    this.#tell("place");
  }

  /** The mark `by` further on; from none, the first or the last. */
  step(by: 1 | -1, among: (mark: Mark) => boolean = () => true): Mark | undefined {
    const all = inOrder(this.marks).filter(among);
    const at = this.#current?.start;
    if (at === undefined) return by === 1 ? all[0] : all.at(-1);
    return by === 1 ? (all.find(({ start }) => start > at) ?? all[0]) : (all.filter(({ start }) => start < at).at(-1) ?? all.at(-1));
  }

  isDoubtful(mark: Mark): boolean {
    return this.marks.doubtful.includes(mark);
  }

  /** Each edit says in words what it did, without any text of the note. An edit of nothing says nothing. */
  remove(span: Span, scope: edits.Scope): string {
    const doubtful = this.marks.doubtful.some((mark) => mark.start === span.start);
    const next = edits.remove(this.note, this.marks, span, scope);
    return this.#edit(next, doubtful ? "Dismissed" : "Left standing", nearest(next, span.start));
  }

  accept(span: Span, scope: edits.Scope): string {
    const next = edits.accept(this.note, this.marks, span, scope);
    return this.#edit(next, "Accepted", span);
  }

  relabel(span: Span, type: EntityType, scope: edits.Scope): string {
    return this.#edit(edits.relabel(this.note, this.marks, span, type, scope), "Relabelled", span);
  }

  /** Marks a passage, and with `same` its like elsewhere. */
  add(span: Span, type: EntityType, scope: edits.Scope): string {
    return this.#edit(edits.add(this.note, this.marks, span, type, scope), "Marked", trimmed(this.note, span));
  }

  resize(span: Span, edge: Edge, unit: Unit, direction: Direction): string {
    const next = edits.resize(this.note, this.marks, span, edge, unit, direction);
    return this.#edit(next.marks, "Moved an end", next.span);
  }

  /** The program has read the note again. That can be undone too. */
  refind(found: Marks): void {
    this.#found = found;
    const saved = this.unexported === 0;
    this.#edit(found, "Found again", undefined);
    if (saved) this.#saved = found;
  }

  undo(): string {
    return this.#travel(undo(this.#history), "Undone", this.#history.present.did);
  }

  redo(): string {
    const next = redo(this.#history);
    return this.#travel(next, "Done again", next.present.did);
  }

  /** Places of the same text, this one included: marks of it, and where no entity covers it. */
  like(span: Span): { readonly marked: number; readonly missing: number } {
    return { marked: edits.sameMarks(this.note, this.marks, span), missing: edits.missing(this.note, this.marks, span).length };
  }

  #edit(next: Marks, verb: string, place: Span | undefined): string {
    const before = this.marks;
    if (next === before) return "";
    const did = `${verb}: ${count(difference(before, next))}`;
    this.#history = record(this.#history, next, did);
    this.#current = place;
    this.#selection = undefined;
    this.#tell("marks");
    return did;
  }

  #travel(history: History<Marks>, verb: string, did: string): string {
    if (history === this.#history) return "";
    const before = new Set(inOrder(this.marks));
    this.#history = history;
    // To the first thing that is different now.
    const place = inOrder(this.marks).find((mark) => !before.has(mark));
    this.#current = place ?? nearest(this.marks, this.#current?.start ?? 0);
    this.#selection = undefined;
    this.#tell("marks");
    return `${verb}: ${did}`;
  }

  #tell(what: "marks" | "place"): void {
    for (const listener of this.#listeners) listener(what);
  }
}

/** How many marks are not as they were. */
function difference(before: Marks, after: Marks): number {
  const gone = inOrder(before).filter((mark) => !after.entities.includes(mark) && !after.doubtful.includes(mark)).length;
  const come = inOrder(after).filter((mark) => !before.entities.includes(mark) && !before.doubtful.includes(mark)).length;
  return Math.max(gone, come);
}
