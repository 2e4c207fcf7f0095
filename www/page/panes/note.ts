/** The note under review: marks that the keyboard and the mouse reach, and text that can be selected. */

import type { EntityType } from "scrubjay";
import { announce, byId } from "../dom.js";
import type { Review } from "../review/review.js";
import { inOrder, NO_MARKS, sameSpan, type Mark, type Span } from "../review/marks.js";
import { moved, nextWord, previousWord, wordAt } from "../review/words.js";
import { describe, markElement, type Fate } from "./marks.js";
import { patch, type Segment } from "./segments.js";
import { focusOffset, holdSelection, reveal, selected, selectText } from "./selection.js";

const pane = byId("highlighted");

/** The review on the screen. */
let review: Review | undefined;

function segment(mark: Mark, fate: Fate): Segment {
  return {
    text: review!.note.slice(mark.start, mark.end),
    key: `${mark.start} ${mark.type} ${fate}`,
    build(text) {
      const node = markElement(mark, fate, text);
      node.setAttribute("role", "button");
      node.setAttribute("aria-label", describe(mark, fate, text));
      node.tabIndex = -1;
      return node;
    },
  };
}

/** Shows which mark the person is at. One is in the order of Tab, that or the first; the arrow keys go on from there. */
export function showPlace(): void {
  const { current, selection } = review ?? {};
  const place = current && pane.querySelector<HTMLElement>(`[data-start="${current.start}"]`);
  const reachable = place ?? pane.querySelector<HTMLElement>("mark");
  for (const node of pane.querySelectorAll<HTMLElement>("[aria-current], [tabindex='0']")) {
    if (node !== place) node.removeAttribute("aria-current");
    if (node !== reachable) node.tabIndex = -1;
  }
  place?.setAttribute("aria-current", "true");
  if (reachable) reachable.tabIndex = 0;
  holdSelection(pane, selection);
  if (!place) return;
  reveal(pane, place.getBoundingClientRect());
  // The keyboard goes along from mark to mark.
  if (markOf(document.activeElement) !== undefined) place.focus({ preventScroll: true });
}

/** Draws the note of `next`, or nothing. */
export function showNote(next: Review | undefined, off: ReadonlySet<EntityType>): void {
  review = next;
  const { note, marks } = review ?? { note: "", marks: NO_MARKS };
  const focused = pane.contains(document.activeElement) && document.activeElement !== pane;
  const segments: Segment[] = [];
  let at = 0;
  const doubtful = new Set(marks.doubtful);
  for (const mark of inOrder(marks)) {
    const fate = doubtful.has(mark) ? "doubtful" : off.has(mark.type) ? "standing" : "replaced";
    segments.push({ text: note.slice(at, mark.start) }, segment(mark, fate));
    at = mark.end;
  }
  segments.push({ text: note.slice(at) });
  patch(pane, segments);
  showPlace();
  // A redrawn mark is another element: the keyboard's place moves over to it.
  if (focused && !(pane.contains(document.activeElement) && document.activeElement !== pane)) focusCurrent();
}

/** Puts the keyboard where the person is: at the current mark, or on the note. */
export function focusCurrent(): void {
  (pane.querySelector<HTMLElement>("[aria-current]") ?? pane).focus({ preventScroll: true });
}

/** Selects text, as the keyboard does, and says what. */
function selectSpan(span: Span): void {
  selectText(pane, span);
  review?.select(span);
  announce(review?.note.slice(span.start, span.end) ?? "");
}

/** Where the words begin that the arrow keys select: at the selection, the current mark, or the top. */
function place(): Span {
  const at = review?.selection ?? review?.current ?? { start: 0, end: 0 };
  return { start: at.start, end: at.end };
}

/** A word one line up or down, by the browser's own idea of lines. */
function wordOnLine(direction: "backward" | "forward"): Span | undefined {
  const { start } = place();
  selectText(pane, { start, end: start });
  getSelection()?.modify("move", direction, "line");
  const offset = focusOffset(pane);
  return offset === undefined ? undefined : wordAt(review!.note, offset);
}

/** The arrow keys on the note itself. Whether the key was one of them. */
function selectByKey({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  const { note } = review!;
  const { start, end } = place();
  const unit = ctrlKey || metaKey || altKey ? "character" : "word";
  const fresh = review!.selection === undefined && review!.current === undefined;
  let span: Span | undefined;
  if (key === "ArrowRight" || key === "ArrowLeft") {
    const forward = key === "ArrowRight";
    if (shiftKey && !fresh) span = moved(note, { start, end }, "end", unit, forward ? "forward" : "back");
    else if (unit === "word") span = forward ? nextWord(note, end) : previousWord(note, start);
  } else if ((key === "ArrowDown" || key === "ArrowUp") && !shiftKey && unit === "word") {
    span = fresh ? wordAt(note, 0) : wordOnLine(key === "ArrowDown" ? "forward" : "backward");
  } else return false;
  if (span !== undefined) selectSpan(span);
  return span !== undefined;
}

export interface NoteActions {
  /** A key on a mark. Whether it meant something. */
  onMark(mark: Mark, event: KeyboardEvent): boolean;
  /** Goes from the note to what can be done about the current mark or the selection. */
  toActions(): void;
}

function markOf(target: EventTarget | null): Mark | undefined {
  const node = target instanceof Element ? target.closest<HTMLElement>("mark") : null;
  if (node === null || review === undefined || !pane.contains(node)) return undefined;
  return inOrder(review.marks).find(({ start }) => String(start) === node.dataset["start"]);
}

/** Sets the pane up. */
export function notePane(actions: NoteActions): void {
  pane.addEventListener("click", (event) => {
    const mark = markOf(event.target);
    if (mark === undefined || getSelection()?.isCollapsed === false) return;
    review?.choose(mark);
    // Screen readers press what the keyboard cannot: they go on to the actions themselves.
    focusCurrent();
  });
  pane.addEventListener("focusin", (event) => {
    const mark = markOf(event.target);
    if (mark !== undefined && !(review?.current && sameSpan(review.current, mark))) review?.choose(mark);
  });
  pane.addEventListener("keydown", (event) => {
    if (review === undefined) return;
    const mark = markOf(event.target);
    if (mark !== undefined) {
      if (actions.onMark(mark, event)) event.preventDefault();
    } else if (event.key === "Escape" && review.selection !== undefined) {
      getSelection()?.removeAllRanges();
      review.select(undefined);
    } else if (event.key === "Enter" && review.selection !== undefined) {
      event.preventDefault();
      actions.toActions();
    } else if (selectByKey(event)) {
      event.preventDefault();
    }
  });
  let waiting = false;
  document.addEventListener("selectionchange", () => {
    if (waiting || review === undefined) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const span = selected(pane);
      if (span === undefined || review === undefined) return;
      const now = review.selection;
      if (now === undefined || !sameSpan(now, span)) review.select(span);
    });
  });
  // A press on the note gives the last selection up; one elsewhere, on a button that is to use it, does not.
  pane.addEventListener("pointerdown", () => {
    if (review?.selection !== undefined) review.select(undefined);
  });
}
