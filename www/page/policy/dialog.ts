/** The dialog in which a person makes a policy, or opens and saves one as a file. */

import type { ScrubjayError } from "scrubjay";
import { byId } from "../dom.js";
import { refusal, typeCalled, type InUse } from "../engine/ask.js";
import { asFailure } from "../engine/status.js";
import { saveJson } from "../export/files.js";
import { isObject, readJson } from "../json-file.js";
import { pickFile } from "../pick.js";
import { buildForm, current, fill } from "./form.js";
import { BUILT_IN, POLICIES, type OwnPolicy } from "./policies.js";

const ui = {
  dialog: byId<HTMLDialogElement>("policy-dialog"),
  form: byId<HTMLFormElement>("policy-form"),
  base: byId<HTMLSelectElement>("policy-base"),
  problem: byId("policy-problem"),
  said: byId("policy-said"),
};

function say(words: string): void {
  ui.problem.hidden = true;
  ui.said.textContent = words;
}

function refuse(words: string, { code, message }: ScrubjayError): void {
  ui.said.textContent = "";
  ui.problem.hidden = false;
  ui.problem.textContent = `${words} (${code}: ${message})`;
  ui.problem.dataset["code"] = code;
}

/** A policy file in the form. What the engine refuses changes nothing. */
async function open(engine: InUse, file: File): Promise<void> {
  try {
    const value = await readJson(file);
    // The engine takes a string for the name of a policy, and nothing for the default one.
    const policy = isObject(value) ? value : [];
    const error = await refusal(engine, { policy: policy as Record<string, unknown> });
    if (error !== undefined) return refuse("This file cannot be used; the form is as it was.", error);
    fill(await official(engine, policy as OwnPolicy));
    say("Opened. Look it through, then press “Use this policy”.");
  } catch (error) {
    refuse("This file cannot be used; the form is as it was.", asFailure(error));
  }
}

/** `policy` with its types by their official names. */
async function official(engine: InUse, policy: OwnPolicy): Promise<OwnPolicy> {
  const types = await Promise.all(Object.entries(policy.types ?? {}).map(async ([name, operator]) => [(await typeCalled(engine, name)) ?? name, operator]));
  return { ...policy, types: Object.fromEntries(types) };
}

/** What the form says, if the engine takes it. */
async function checked(engine: InUse): Promise<OwnPolicy | undefined> {
  const policy = current();
  const error = await refusal(engine, { policy: { ...policy } });
  if (error === undefined) return policy;
  refuse("This policy cannot be used.", error);
  return undefined;
}

/** Sets the dialog up; returns what opens it. `use` is called with a policy that the engine takes. */
export function policyDialog(engine: InUse, use: (policy: OwnPolicy) => void): () => void {
  buildForm();
  for (const [name, title] of POLICIES) ui.base.append(new Option(title, name));
  byId("policy-fill").addEventListener("click", () => {
    const [name, title] = POLICIES[ui.base.selectedIndex] ?? POLICIES[0]!;
    fill({ ...BUILT_IN[name], name: current().name ?? "" });
    say(`Filled in from “${title}”.`);
  });
  pickFile("policy-open", "policy-file", (file) => open(engine, file));
  byId("policy-save").addEventListener("click", async () => {
    const policy = await checked(engine);
    if (policy === undefined) return;
    saveJson("policy.json", policy);
    say("Saved as policy.json.");
  });
  ui.form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const policy = await checked(engine);
    if (policy === undefined) return;
    use(policy);
    ui.dialog.close();
  });
  byId("policy-cancel").addEventListener("click", () => ui.dialog.close());
  return () => {
    say("");
    ui.dialog.showModal();
  };
}
