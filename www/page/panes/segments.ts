/** A text as a row of plain pieces and marked ones, and the least change from one row to the next. */

/** Plain text, or text with a mark around it. `key` tells marks of the same look and place apart from others. */
export interface Segment {
  readonly text: string;
  readonly key?: string;
  /** Makes the mark's element around `text`. */
  readonly build?: (text: string) => HTMLElement;
}

const same = (a: Segment | undefined, b: Segment | undefined) => a?.text === b?.text && a?.key === b?.key;

/** What {@link patch} drew last in an element. */
const drawn = new WeakMap<HTMLElement, readonly Segment[]>();

/**
 * Draws `next` in `container`, one child a segment. What has not changed at either end keeps its nodes, so that an edit in a long note
 * costs little, and the keyboard's place and the selection stay.
 */
export function patch(container: HTMLElement, segments: readonly Segment[]): void {
  const next = segments.filter(({ text, key }) => text !== "" || key !== undefined);
  const old = drawn.get(container) ?? [];
  let head = 0;
  while (head < old.length && head < next.length && same(old[head], next[head])) head++;
  let tail = 0;
  while (tail < old.length - head && tail < next.length - head && same(old.at(-1 - tail), next.at(-1 - tail))) tail++;

  const children = container.childNodes;
  for (let i = old.length - tail - 1; i >= head; i--) children[i]?.remove();
  const fresh = document.createDocumentFragment();
  for (const { text, build } of next.slice(head, next.length - tail)) fresh.append(build === undefined ? document.createTextNode(text) : build(text));
  container.insertBefore(fresh, children[head] ?? null);
  drawn.set(container, next);
}

/** Empties `container`. */
export function clear(container: HTMLElement): void {
  patch(container, []);
  container.replaceChildren();
}
