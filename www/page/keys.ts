/** What the keys mean on a mark and anywhere on the page. The help lists them. */

import { announce } from "./dom.js";
import { focusInspector, inInspector, type InspectorActions } from "./controls/inspector.js";
import { focusCurrent } from "./panes/note.js";
import { inOrder, type Mark } from "./review/marks.js";
import type { Review } from "./review/review.js";
import type { Edge } from "./review/words.js";

/** The end that the arrow keys move. */
let edge: Edge = "end";

function turn(): void {
  edge = edge === "end" ? "start" : "end";
  announce(`Shift and the arrow keys now move the ${edge}.`);
  document.documentElement.dataset["edge"] = edge;
}

/** A key on a mark. Whether it meant something. */
export function keyOnMark(review: Review, mark: Mark, event: KeyboardEvent, actions: InspectorActions, help: () => void): boolean {
  const { key, shiftKey } = event;
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  const sideways = key === "ArrowRight" ? "forward" : key === "ArrowLeft" ? "back" : undefined;
  if (shiftKey && sideways !== undefined) {
    actions.adjust((now) => now.resize(mark, edge, modified ? "word" : "character", sideways));
    return true;
  }
  if (modified) return false;
  const scope = shiftKey ? "same" : "one";
  const marks = inOrder(review.marks);
  const does: Readonly<Record<string, () => void>> = {
    ArrowRight: () => actions.go(1),
    ArrowDown: () => actions.go(1),
    ArrowLeft: () => actions.go(-1),
    ArrowUp: () => actions.go(-1),
    Home: () => review.choose(marks[0]),
    End: () => review.choose(marks.at(-1)),
    Delete: () => actions.decide((now) => now.remove(mark, scope)),
    Backspace: () => actions.decide((now) => now.remove(mark, scope)),
    Enter: () => focusInspector(),
    " ": () => focusInspector(),
    t: () => focusInspector(true),
    n: () => actions.go(1, true),
    s: turn,
    a() {
      if (review.isDoubtful(mark)) actions.decide((now) => now.accept(mark, scope));
      else if (shiftKey) actions.decide((now) => now.add(mark, mark.type, "same"));
    },
    "?": help,
  };
  const found = does[key.length === 1 ? key.toLowerCase() : key];
  found?.();
  return found !== undefined;
}

export interface Everywhere {
  redact(): void;
  cancel(): void;
  undo(): void;
  redo(): void;
  /** Whether there is a review to undo in. */
  reviewing(): boolean;
}

/** Sets up the keys that work wherever the keyboard is. */
export function keysEverywhere(actions: Everywhere): void {
  document.addEventListener("keydown", (event) => {
    const { key, shiftKey, target } = event;
    if (document.querySelector("dialog[open]") !== null) return;
    if (key === "Escape") {
      if (inInspector()) focusCurrent();
      actions.cancel();
    }
    if (!event.ctrlKey && !event.metaKey) return;
    if (key === "Enter") actions.redact();
    // A field has an undo of its own.
    if (!actions.reviewing() || (target instanceof HTMLInputElement && target.type === "text")) return;
    const letter = key.toLowerCase();
    if (letter === "z" || letter === "y") {
      event.preventDefault();
      if (letter === "y" || shiftKey) actions.redo();
      else actions.undo();
    }
  });
}
