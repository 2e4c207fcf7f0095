/** What a person can choose for a type, in words. DOM-free. */

import type { EntityType } from "scrubjay";
import { operatorName, type Operator } from "./policies.js";

/** An operator, its title, and the types that it is for: elsewhere the engine would put a label. */
const OPERATORS: readonly (readonly [operator: string, title: string, types?: readonly EntityType[]])[] = [
  ["label", "Label: [TYPE]"],
  ["numbered-label", "Numbered label: [TYPE-1]"],
  ["mask", "Blocks: ████"],
  ["surrogate", "Made-up substitute"],
  ["date-shift", "Shifted by days", ["DATE", "AGE"]],
  ["generalise", "Less exact", ["DATE", "AGE", "ZIP"]],
  ["hash", "Keyed hash"],
  ["remove", "Nothing"],
  ["keep", "Leave as written"],
];

/** What "less exact" means. */
const LESS_EXACT: Readonly<Partial<Record<EntityType, string>>> = { DATE: "Year only", AGE: "90+ if over 89", ZIP: "First three digits" };

/** The operators to choose from for `type`, or for all types. */
export function operatorsFor(type?: EntityType): readonly (readonly [operator: string, title: string])[] {
  if (type === undefined) return OPERATORS.map(([name, title]) => [name, title]);
  // Dates are shifted: there is no made-up one.
  const fits = OPERATORS.filter(([name, , only]) => only?.includes(type) ?? !(name === "surrogate" && type === "DATE"));
  return fits.map(([name, title]) => [name, (name === "generalise" ? LESS_EXACT[type] : undefined) ?? title.replace("TYPE", type)]);
}

/** An operator of a file that is none of those, or has settings. */
export function titleOf(operator: Operator): string {
  const name = operatorName(operator);
  const title = OPERATORS.find(([known]) => known === name)?.[1].replace(/:.*/, "") ?? name;
  const settings = typeof operator === "string" ? {} : (Object.values(operator)[0] as object);
  const words = Object.entries(settings).map(([setting, value]) => `${setting.replaceAll("_", " ")} ${String(value)}`);
  return words.length === 0 ? title : `${title} (${words.join(", ")})`;
}
