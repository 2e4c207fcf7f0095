/** Thresholds of single types, for those who know their notes. */

import type { EntityType, RedactOptions } from "scrubjay";
import { byId, element } from "../dom.js";
import { categoryOf, GROUPS } from "../names.js";

const ui = { types: byId("threshold-types"), count: byId("threshold-count"), reset: byId<HTMLButtonElement>("threshold-reset") };

/** The probabilities to choose from: those of the slider. */
const STEPS = Array.from({ length: 19 }, (_, i) => ((i + 1) / 20).toFixed(2));

const selects = new Map<EntityType, HTMLSelectElement>();

/** The types that have one of their own. */
export function thresholds(): NonNullable<RedactOptions["thresholds"]> {
  return Object.fromEntries([...selects].filter(([, { value }]) => value !== "").map(([type, { value }]) => [type, Number(value)]));
}

function show(): void {
  const count = Object.keys(thresholds()).length;
  ui.count.textContent = count === 0 ? "" : ` (${count} set)`;
  ui.reset.disabled = count === 0;
}

/** Sets the control up. `look` is called when another reading of the note would find other things. */
export function thresholdsControl(look: () => void): void {
  for (const { types } of GROUPS) {
    for (const [type, name] of types) {
      const select = element("select");
      select.append(new Option("as above", ""), ...STEPS.map((step) => new Option(step, step)));
      selects.set(type, select);
      ui.types.append(element("label", "type-field", element("span", `swatch ${categoryOf(type)}`), element("span", "", name), select));
    }
  }
  ui.types.addEventListener("change", () => {
    show();
    look();
  });
  ui.reset.addEventListener("click", () => {
    for (const select of selects.values()) select.value = "";
    show();
    selects.get("PATIENT")?.focus();
    look();
  });
  show();
}
