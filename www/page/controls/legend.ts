/** The types that were found, how often, and a switch for each. */

import type { EntityType } from "scrubjay";
import { byId, element } from "../dom.js";
import { categoryOf, nameOf } from "../names.js";
import type { Marks } from "../review/marks.js";

const found = byId("found");
const list = byId("legend");

interface Item {
  readonly node: HTMLElement;
  readonly input: HTMLInputElement;
  readonly count: HTMLElement;
  readonly state: HTMLElement;
}

/** By type, so that a switch that has the keyboard keeps it. */
const items = new Map<EntityType, Item>();

function item(type: EntityType, change: (type: EntityType, on: boolean) => void): Item {
  const input = element("input");
  input.type = "checkbox";
  input.setAttribute("role", "switch");
  input.addEventListener("change", () => change(type, input.checked));
  const count = element("span", "count");
  const state = element("span", "kept quiet");
  const label = element("label", "", input, element("span", `swatch ${categoryOf(type)}`), element("span", "type", nameOf(type)), count, state);
  return { node: element("li", "", label), input, count, state };
}

/** Draws the list: the commonest type first, when it is drawn for the first time. */
export function showLegend(marks: Marks | undefined, off: ReadonlySet<EntityType>, change: (type: EntityType, on: boolean) => void): void {
  const counts = new Map<EntityType, number>();
  for (const { type } of marks?.entities ?? []) counts.set(type, (counts.get(type) ?? 0) + 1);
  if (marks === undefined) items.clear();
  // What is switched off stays, or it could not be switched on again.
  for (const type of items.keys()) if (!counts.has(type) && !off.has(type)) items.delete(type);
  for (const [type] of [...counts].sort(([a, m], [b, n]) => n - m || nameOf(a).localeCompare(nameOf(b)))) {
    if (!items.has(type)) items.set(type, item(type, change));
  }
  for (const [type, { input, count, state }] of items) {
    input.checked = !off.has(type);
    count.textContent = String(counts.get(type) ?? 0);
    state.textContent = off.has(type) ? "left standing" : "";
  }
  const nodes = [...items.values()].map(({ node }) => node);
  if (nodes.length !== list.children.length || nodes.some((node, i) => node !== list.children[i])) list.replaceChildren(...nodes);
  found.hidden = items.size === 0;
}
