/** The form of a policy: an operator for each type, and one for all others. */

import type { EntityType } from "scrubjay";
import { byId, element } from "../dom.js";
import { categoryOf, GROUPS, nameOf } from "../names.js";
import { operatorsFor, titleOf } from "./operators.js";
import type { Operator, OwnPolicy } from "./policies.js";

const ui = {
  name: byId<HTMLInputElement>("policy-name"),
  rest: byId<HTMLSelectElement>("policy-rest"),
  types: byId("policy-types"),
  kept: byId("policy-kept"),
};

const selects = new Map<EntityType, HTMLSelectElement>();

/** An option's value is its operator as JSON, so that settings of a file go through as they are. */
function option(operator: Operator, title: string): HTMLOptionElement {
  return new Option(title, JSON.stringify(operator));
}

function typeField(type: EntityType, name: string): HTMLElement {
  const select = element("select");
  select.append(new Option("as above", ""), ...operatorsFor(type).map(([operator, title]) => option(operator, title)));
  selects.set(type, select);
  return element("label", "type-field", element("span", `swatch ${categoryOf(type)}`), element("span", "", name), select);
}

/** Builds the form. */
export function buildForm(): void {
  ui.rest.append(...operatorsFor().map(([operator, title]) => option(operator, title)));
  for (const { title, types } of GROUPS) {
    const group = element("fieldset", "type-group", element("legend", "", title));
    group.append(...types.map(([type, name]) => typeField(type, name)));
    ui.types.append(group);
  }
  for (const select of [ui.rest, ...selects.values()]) select.addEventListener("change", showKept);
  fill({});
}

/** Says what stays: the one choice that lets identifiers through. */
function showKept(): void {
  const { default: rest, types = {} } = current();
  const kept = [...selects.keys()].filter((type) => (types[type] ?? rest) === "keep");
  ui.kept.hidden = kept.length === 0;
  ui.kept.textContent = `${kept.length === selects.size ? "Everything stays" : "These stay"} as written: ${kept.map(nameOf).join(", ")}.`;
}

function choose(select: HTMLSelectElement, operator: Operator | undefined): void {
  const value = operator === undefined ? "" : JSON.stringify(operator);
  for (const old of select.querySelectorAll("option.file")) old.remove();
  if (operator !== undefined && ![...select.options].some((one) => one.value === value)) {
    const added = option(operator, titleOf(operator));
    added.className = "file";
    select.append(added);
  }
  select.value = value;
}

/** Shows `policy`, which the engine has taken, with its types by their official names. */
export function fill({ name = "", default: rest = "label", types = {} }: OwnPolicy): void {
  ui.name.value = name;
  choose(ui.rest, rest);
  for (const [type, select] of selects) choose(select, types[type]);
  showKept();
}

/** The policy that the form says. */
export function current(): OwnPolicy {
  const chosen = [...selects].filter(([, { value }]) => value !== "");
  const types = Object.fromEntries(chosen.map(([type, { value }]) => [type, JSON.parse(value) as Operator]));
  const name = ui.name.value.trim();
  return { ...(name === "" ? {} : { name }), default: JSON.parse(ui.rest.value) as Operator, types };
}
