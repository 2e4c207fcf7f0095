/** The redacted text, with marks where something was replaced and where something was left. */

import type { EntityType, RedactResult } from "scrubjay";
import { byId, element } from "../dom.js";
import type { Mark, Marks, Span } from "../review/marks.js";
import { describe, markElement, type Fate } from "./marks.js";
import { clear, patch, type Segment } from "./segments.js";
import { reveal } from "./selection.js";

const pane = byId("redacted");

interface Piece extends Mark {
  readonly fate: Fate;
  readonly shown: string;
}

/** Everything on the right that is marked, in the order of the note. */
function pieces(note: string, { entities }: RedactResult, marks: Marks, off: ReadonlySet<EntityType>): Piece[] {
  const original = ({ start, end }: Span) => note.slice(start, end);
  const standing = (mark: Mark, fate: Fate): Piece => ({ ...mark, fate, shown: original(mark) });
  return [
    ...entities.map((entity): Piece => {
      // A policy may keep what it finds: a year, a state.
      const kept = entity.replacement === original(entity);
      return { ...entity, fate: kept ? "standing" : "replaced", shown: entity.replacement };
    }),
    ...marks.entities.filter(({ type }) => off.has(type)).map((mark) => standing(mark, "standing")),
    ...marks.doubtful.map((mark) => standing(mark, "doubtful")),
  ].sort((a, b) => a.start - b.start);
}

function segment(piece: Piece): Segment {
  return {
    text: piece.shown,
    key: `${piece.start} ${piece.type} ${piece.fate}`,
    build(text) {
      const node = markElement(piece, piece.fate, text);
      node.title = describe(piece, piece.fate, piece.fate === "replaced" ? "replaced" : text);
      return node;
    },
  };
}

/** Draws the result; without marks should it not agree with itself. */
export function showRedacted(note: string, result: RedactResult, marks: Marks, off: ReadonlySet<EntityType>): void {
  const segments: Segment[] = [];
  let at = 0;
  for (const piece of pieces(note, result, marks, off)) {
    segments.push({ text: note.slice(at, piece.start) }, segment(piece));
    at = piece.end;
  }
  segments.push({ text: note.slice(at) });
  if (segments.map(({ text }) => text).join("") === result.text) patch(pane, segments);
  else patch(pane, [{ text: result.text }]);
}

/** Empties the pane; with `words`, says there why. */
export function clearRedacted(words = ""): void {
  clear(pane);
  if (words !== "") pane.append(element("p", "quiet", words));
}

/** Shows where on the right `mark` went. */
export function pointAt(mark: Mark | undefined): void {
  pane.querySelector(".here")?.classList.remove("here");
  const node = mark && pane.querySelector<HTMLElement>(`[data-start="${mark.start}"]`);
  if (!node) return;
  node.classList.add("here");
  reveal(pane, node.getBoundingClientRect());
}

/** Calls back with the start of the mark that was pressed. */
export function onRedactedMark(choose: (start: number) => void): void {
  pane.addEventListener("click", ({ target }) => {
    const start = target instanceof Element ? target.closest<HTMLElement>("mark")?.dataset["start"] : undefined;
    if (start !== undefined && getSelection()?.isCollapsed !== false) choose(Number(start));
  });
}
