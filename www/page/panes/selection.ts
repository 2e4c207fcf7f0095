/** Between the browser's selection and offsets in the note. Each child of the pane is text, or an element around text. */

import type { Span } from "../review/marks.js";

/** How far into `pane`'s text a point of the document lies. */
function offsetOf(pane: HTMLElement, node: Node, offset: number): number {
  const before = document.createRange();
  before.setStart(pane, 0);
  before.setEnd(node, offset);
  return before.toString().length;
}

/** The selected part of `pane`'s text; undefined where nothing is selected or something outside it is. */
export function selected(pane: HTMLElement): Span | undefined {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  if (!pane.contains(range.commonAncestorContainer)) return undefined;
  const start = offsetOf(pane, range.startContainer, range.startOffset);
  return { start, end: start + range.toString().length };
}

/** Where the selection moves, within `pane`. */
export function focusOffset(pane: HTMLElement): number | undefined {
  const node = getSelection()?.focusNode;
  return node && pane.contains(node) ? offsetOf(pane, node, getSelection()!.focusOffset) : undefined;
}

/** The place in the document of an offset into `pane`'s text. */
function pointAt(pane: HTMLElement, offset: number): [Node, number] {
  let left = offset;
  for (const child of pane.childNodes) {
    const text = child instanceof Text ? child : child.firstChild;
    const length = text?.textContent?.length ?? 0;
    if (text !== null && left <= length) return [text, left];
    left -= length;
  }
  return [pane, pane.childNodes.length];
}

/** The span of `pane`'s text as a range of the document. */
export function rangeOf(pane: HTMLElement, { start, end }: Span): Range {
  const range = document.createRange();
  range.setStart(...pointAt(pane, start));
  range.setEnd(...pointAt(pane, end));
  return range;
}

/** Selects `span` and brings its end into view. */
export function selectText(pane: HTMLElement, span: Span): void {
  const range = rangeOf(pane, span);
  getSelection()?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  reveal(pane, range.getBoundingClientRect());
}

/** Scrolls `pane`, and nothing around it, so that `box` can be seen. */
export function reveal(pane: HTMLElement, box: DOMRect): void {
  const frame = pane.getBoundingClientRect();
  const margin = Math.min(48, frame.height / 4);
  if (box.top < frame.top + margin) pane.scrollTop -= frame.top + margin - box.top;
  else if (box.bottom > frame.bottom - margin) pane.scrollTop += box.bottom - (frame.bottom - margin);
}

/** Keeps `span` visibly selected while the person is elsewhere, where the browser can. */
export function holdSelection(pane: HTMLElement, span: Span | undefined): void {
  if (typeof Highlight === "undefined") return;
  if (span === undefined) CSS.highlights.delete("pending");
  else CSS.highlights.set("pending", new Highlight(rangeOf(pane, span)));
}
