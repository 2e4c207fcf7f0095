/** What a person can set: what stands in place of an identifier, how much to look for, and the secret of the substitutes. */

import type { ApplyOptions, PolicyName, RedactContext, RedactOptions } from "scrubjay";
import { byId } from "../dom.js";

const POLICIES: readonly (readonly [PolicyName, string, string])[] = [
  ["i2b2", "Type labels", "[PATIENT], [DATE]: every identifier becomes its type."],
  ["numbered", "Numbered labels", "[PATIENT-1], [PATIENT-2]: the same name has the same number throughout the note."],
  ["mask", "Blocks", "████: lengths stay."],
  ["surrogate", "Made-up substitutes", "Invented names, places and numbers of the same form; dates are shifted."],
  ["safe-harbor", "Safe Harbor (HIPAA)", "Years, ages up to 89, states and the first digits of most postcodes stay."],
  ["limited-dataset", "Limited data set (HIPAA)", "Dates, ages, cities, states and postcodes stay."],
];

const POINTS: Readonly<Record<string, string>> = {
  balanced: "Few harmless words are taken.",
  "high-recall": "Misses less, and takes more harmless words.",
  own: "Less finds more.",
};

const ui = {
  policy: byId<HTMLSelectElement>("policy"),
  policyHint: byId("policy-hint"),
  points: byId("points"),
  pointHint: byId("point-hint"),
  own: byId("own"),
  threshold: byId<HTMLInputElement>("threshold"),
  thresholdValue: byId("threshold-value"),
  context: byId("context"),
  key: byId<HTMLInputElement>("key"),
  patient: byId<HTMLInputElement>("patient"),
};

/** The key of a page that was given none. */
const drawn = crypto.getRandomValues(new Uint8Array(32));

/** The policy's name. */
export function policy(): PolicyName {
  return ui.policy.value as PolicyName;
}

function context(): RedactContext {
  const [key, patient] = [ui.key.value, ui.patient.value.trim()];
  return { key: key === "" ? drawn : key, ...(patient === "" ? {} : { patient }) };
}

function point(): string {
  return ui.points.querySelector<HTMLInputElement>("input[name=point]:checked")?.value ?? "balanced";
}

/** How much to look for. */
export function threshold(): NonNullable<RedactOptions["threshold"]> {
  const chosen = point();
  return chosen === "own" ? Number(ui.threshold.value) : (chosen as "balanced" | "high-recall");
}

/** For `apply`. */
export function applyOptions(): ApplyOptions {
  return { policy: policy(), context: context() };
}

function show(): void {
  ui.policyHint.textContent = POLICIES.find(([name]) => name === policy())?.[2] ?? "";
  ui.context.hidden = !["surrogate"].includes(policy());
  ui.own.hidden = point() !== "own";
  ui.thresholdValue.textContent = Number(ui.threshold.value).toFixed(2);
  ui.pointHint.textContent = POINTS[point()] ?? "";
}

/** Sets the controls up. `replace` is called when replacements change, `look` when another reading of the note would find other things. */
export function settings(replace: () => void, look: () => void): void {
  for (const [name, title] of POLICIES) ui.policy.append(new Option(title, name));
  // A browser may bring back what was chosen before a reload, and show one thing while the page does another.
  ui.policy.value = "i2b2";
  ui.key.value = "";
  ui.patient.value = "";
  for (const control of [ui.policy, ui.key, ui.patient]) {
    control.addEventListener("change", () => {
      show();
      replace();
    });
  }
  ui.threshold.addEventListener("input", show);
  ui.points.addEventListener("change", () => {
    show();
    look();
  });
  show();
}
