/** The element that the page has under `id`. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const node = document.getElementById(id);
  if (node === null) throw new Error(`the page lacks #${id}`);
  return node as T;
}

/** A new element. Text goes in as text nodes: a note may hold anything, markup included. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (className !== "") node.className = className;
  node.append(...children);
  return node;
}

/** `1 passage`, `2 passages`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

const spoken = byId("spoken");

/** Says something to a screen reader that the page shows otherwise, or not in words. */
export function announce(words: string): void {
  // The same words twice are two events.
  spoken.textContent = spoken.textContent === words ? `${words}\u00a0` : words;
}
