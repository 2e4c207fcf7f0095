/** Text areas with a type each, an entry a line. */

import type { EntityType } from "scrubjay";
import { element } from "../dom.js";
import { GROUPS, nameOf } from "../names.js";

/** An entry, and where it stands. */
export interface Line {
  readonly text: string;
  readonly type: EntityType;
  readonly area: HTMLTextAreaElement;
  /** UTF-16 code units of the area's value. */
  readonly start: number;
  /** Counts from 1. */
  readonly line: number;
}

interface Block {
  readonly type: HTMLSelectElement;
  readonly area: HTMLTextAreaElement;
}

/** The lines of a text area that hold something, as they are. */
export function linesOf(area: HTMLTextAreaElement): readonly { readonly text: string; readonly start: number; readonly line: number }[] {
  let start = 0;
  const lines = area.value.split("\n").map((text, i) => {
    const one = { text, start, line: i + 1 };
    start += text.length + 1;
    return one;
  });
  return lines.filter(({ text }) => text.trim() !== "");
}

/** A text area for entries. */
export function entryArea(): HTMLTextAreaElement {
  const area = element("textarea", "entries");
  Object.assign(area, { rows: 3, spellcheck: false, autocomplete: "off", autocapitalize: "off" });
  return area;
}

export class Blocks {
  readonly #box: HTMLElement;
  readonly #what: string;
  readonly #first: EntityType;
  #blocks: readonly Block[] = [];

  /** Blocks in `box`; `what` an entry is called, in the plural, and the type of the first block. */
  constructor(box: HTMLElement, what: string, first: EntityType) {
    this.#box = box;
    this.#what = what;
    this.#first = first;
    this.fill(new Map());
  }

  /** Shows entries by type; there is always a block. */
  fill(entries: ReadonlyMap<EntityType, readonly string[]>): void {
    this.#box.replaceChildren();
    this.#blocks = [];
    for (const [type, texts] of entries.size === 0 ? new Map([[this.#first, [] as string[]]]) : entries) {
      this.add(type).area.value = texts.map((text) => `${text}\n`).join("");
    }
  }

  /** One more block, for a type that has none. */
  add(type = this.#unused()): Block {
    const select = element("select");
    for (const { title, types } of GROUPS) {
      const group = element("optgroup");
      group.label = title;
      for (const [value, name] of types) group.append(new Option(name, value));
      select.append(group);
    }
    select.value = type;
    const area = entryArea();
    const name = () => {
      area.setAttribute("aria-label", `${this.#what}, type ${nameOf(select.value as EntityType)}, one a line`);
    };
    select.addEventListener("change", name);
    name();
    this.#box.append(element("div", "block", element("label", "field", element("span", "quiet", "Type"), select), area));
    const block = { type: select, area };
    this.#blocks = [...this.#blocks, block];
    return block;
  }

  #unused(): EntityType {
    const used = new Set(this.#blocks.map(({ type }) => type.value));
    return GROUPS.flatMap(({ types }) => types.map(([type]) => type)).find((type) => !used.has(type)) ?? "IDNUM";
  }

  /** The entries, block by block. */
  read(): readonly Line[] {
    return this.#blocks.flatMap(({ type, area }) => linesOf(area).map((line) => ({ ...line, type: type.value as EntityType, area })));
  }
}
