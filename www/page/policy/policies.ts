/** Policies as the page knows them: the built-in ones, and the person's own. DOM-free. */

import type { PolicyName } from "scrubjay";

/** What is done to an identifier: an operator's name, or an object from it to its settings. */
export type Operator = string | Readonly<Record<string, unknown>>;

/** A policy as it stands in a file. The engine says whether it can be used: `src/redact/policy.schema.json` is its form. */
export interface OwnPolicy {
  readonly name?: string;
  readonly default?: Operator;
  readonly types?: Readonly<Record<string, Operator>>;
}

/** A built-in policy, its title, and what it does. */
export const POLICIES: readonly (readonly [PolicyName, string, string])[] = [
  ["i2b2", "Type labels", "[PATIENT], [DATE]: every identifier becomes its type."],
  ["numbered", "Numbered labels", "[PATIENT-1], [PATIENT-2]: the same name has the same number throughout the note."],
  ["mask", "Blocks", "████: lengths stay."],
  ["surrogate", "Made-up substitutes", "Invented names, places and numbers of the same form; dates are shifted."],
  ["safe-harbor", "Safe Harbor (HIPAA)", "Years, ages up to 89, states and the first digits of most postcodes stay."],
  ["limited-dataset", "Limited data set (HIPAA)", "Dates, ages, cities, states and postcodes stay."],
];

/** The built-in policies written out, to start one's own from. A test holds them against the engine's. */
export const BUILT_IN: Readonly<Record<PolicyName, OwnPolicy>> = {
  i2b2: { default: "label" },
  numbered: { default: "numbered-label" },
  mask: { default: "mask" },
  surrogate: { default: "surrogate", types: { DATE: "date-shift", AGE: "generalise" } },
  "safe-harbor": { default: "label", types: { AGE: "generalise", DATE: "generalise", ZIP: "generalise", STATE: "keep", COUNTRY: "keep" } },
  "limited-dataset": { default: "label", types: { AGE: "keep", CITY: "keep", COUNTRY: "keep", DATE: "keep", STATE: "keep", ZIP: "keep" } },
};

/** Whether what stands in place of identifiers comes of a key. */
export function usesKey({ default: rest = "label", types = {} }: OwnPolicy): boolean {
  const keyed = ["surrogate", "date-shift", "hash"];
  return [rest, ...Object.values(types)].some((operator) => keyed.includes(operatorName(operator)));
}

/** An operator without its settings. */
export function operatorName(operator: Operator): string {
  return typeof operator === "string" ? operator : (Object.keys(operator)[0] ?? "");
}
