/** What a person can set: what stands in place of an identifier, what to look for, and the secret of the substitutes. */

import type { ApplyOptions, PolicyName, RedactOptions } from "scrubjay";
import { byId } from "../dom.js";
import type { InUse } from "../engine/ask.js";
import { forgetLists, listsControl, lists } from "../lists/dialog.js";
import { policyDialog } from "../policy/dialog.js";
import { BUILT_IN, POLICIES, usesKey, type OwnPolicy } from "../policy/policies.js";
import { context, forgetKey, keyControl } from "./key.js";
import { thresholds, thresholdsControl } from "./thresholds.js";

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
};

/** The person's own policy, once there is one; the list offers it as `OWN`. */
let own: OwnPolicy | undefined;
const OWN = "own";

function ownInUse(): OwnPolicy | undefined {
  return ui.policy.value === OWN ? own : undefined;
}

/** What the policy is called. A person's own says so, whatever its name. */
export function policy(): string {
  const mine = ownInUse();
  return mine === undefined ? ui.policy.value : `${mine.name ?? "custom"} (own)`;
}

function point(): string {
  return ui.points.querySelector<HTMLInputElement>("input[name=point]:checked")?.value ?? "balanced";
}

/** What to look for. */
export function findOptions(): RedactOptions {
  const chosen = point();
  const threshold = chosen === "own" ? Number(ui.threshold.value) : (chosen as "balanced" | "high-recall");
  return { threshold, thresholds: thresholds(), ...lists() };
}

/** What to put in its place. */
export function applyOptions(): ApplyOptions {
  const mine = ownInUse();
  return { policy: mine === undefined ? ui.policy.value : { ...mine }, context: context() };
}

/** Forgets what may hold names or secrets. */
export function forget(): void {
  forgetKey();
  forgetLists();
}

function show(): void {
  const mine = ownInUse();
  ui.policyHint.textContent = mine === undefined ? (POLICIES.find(([name]) => name === ui.policy.value)?.[2] ?? "") : "Kept until you leave this page.";
  ui.context.hidden = !usesKey(mine ?? BUILT_IN[ui.policy.value as PolicyName]);
  ui.own.hidden = point() !== "own";
  ui.thresholdValue.textContent = Number(ui.threshold.value).toFixed(2);
  ui.pointHint.textContent = POINTS[point()] ?? "";
}

function take(policy: OwnPolicy): void {
  own = policy;
  ui.policy.querySelector(`option[value=${OWN}]`)?.remove();
  ui.policy.append(new Option(`Own policy: ${policy.name ?? "custom"}`, OWN));
  ui.policy.value = OWN;
}

/** Sets the controls up. `replace` is called when replacements change, `look` when another reading of the note would find other things. */
export function settings(engine: InUse, replace: () => void, look: () => void): void {
  for (const [name, title] of POLICIES) ui.policy.append(new Option(title, name));
  // A browser may bring back what was chosen before a reload, and show one thing while the page does another.
  ui.policy.value = "i2b2";
  const changed = () => {
    show();
    replace();
  };
  ui.policy.addEventListener("change", changed);
  const openPolicy = policyDialog(engine, (policy) => {
    take(policy);
    changed();
  });
  byId("policy-own").addEventListener("click", openPolicy);
  keyControl(engine, replace);
  ui.threshold.addEventListener("input", show);
  ui.points.addEventListener("change", ({ target }) => {
    // The thresholds of single types stand in there too, and speak for themselves.
    if (!(target instanceof HTMLInputElement)) return;
    show();
    look();
  });
  thresholdsControl(look);
  listsControl(engine, look);
  show();
}
