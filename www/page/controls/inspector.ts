/** What can be done about the current mark, or about selected text. It always stands in the same place, under the note. */

import type { EntityType } from "scrubjay";
import { byId, element, plural } from "../dom.js";
import { categoryOf, GROUPS } from "../names.js";
import { provenance } from "../panes/marks.js";
import type { Scope } from "../review/edits.js";
import type { Mark, Span } from "../review/marks.js";
import type { Review } from "../review/review.js";
import type { Direction, Edge, Unit } from "../review/words.js";

const box = byId("inspector");

export interface InspectorActions {
  /** Does what settles a mark, and puts the keyboard back on the note. */
  decide(edit: (review: Review) => string): void;
  /** Does what a person may do several times over, and leaves the keyboard where it is. */
  adjust(edit: (review: Review) => string): void;
  /** Goes to another mark. */
  go(by: 1 | -1, doubtful?: boolean): void;
}

/** The type that a person gave last: what is missed once is often missed again. */
let lastType: EntityType = "PATIENT";

function button(label: string, press: () => void, className = "", title = ""): HTMLButtonElement {
  const node = element("button", className, label);
  node.type = "button";
  if (title !== "") {
    node.setAttribute("aria-label", title);
    node.title = title;
  }
  node.addEventListener("click", ({ detail }) => {
    // The second press of a double click would meet the next mark.
    if (detail <= 1) press();
  });
  return node;
}

function typeSelect(type: EntityType): HTMLSelectElement {
  const select = element("select", "type");
  select.setAttribute("aria-label", "Type");
  for (const { title, types } of GROUPS) {
    const group = element("optgroup");
    group.label = title;
    for (const [value, name] of types) group.append(new Option(name, value));
    select.append(group);
  }
  select.value = type;
  return select;
}

/** A box to tick for "all the same", where there are others. */
function scopeBox(count: number): { node: HTMLElement[]; scope: () => Scope } {
  if (count < 2) return { node: [], scope: () => "one" };
  const input = element("input");
  input.type = "checkbox";
  input.className = "same";
  return { node: [element("label", "same", input, ` all ${count} the same`)], scope: () => (input.checked ? "same" : "one") };
}

/** What is shown of a passage: enough to know it by. */
function quote(text: string): HTMLElement {
  const flat = text.replace(/\s+/gu, " ");
  return element("q", "passage", flat.length > 60 ? `${flat.slice(0, 40)} … ${flat.slice(-15)}` : flat);
}

const STEPS: readonly (readonly [Unit, Direction, string])[] = [
  ["word", "back", "«"],
  ["character", "back", "‹"],
  ["character", "forward", "›"],
  ["word", "forward", "»"],
];

function ends(mark: Span, { adjust }: InspectorActions): HTMLElement {
  const node = element("div", "ends");
  for (const edge of ["start", "end"] as const satisfies readonly Edge[]) {
    const name = edge === "start" ? "Start" : "End";
    const group = element("div", "end", element("span", "quiet", name));
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", name);
    for (const [unit, direction, sign] of STEPS) {
      const label = `${name} one ${unit} ${direction}`;
      const press = () => adjust((review) => review.resize(mark, edge, unit, direction));
      const step = button(sign, press, "step", label);
      step.dataset["step"] = `${edge} ${unit} ${direction}`;
      group.append(step);
    }
    node.append(group);
  }
  return node;
}

function steps({ go }: InspectorActions): HTMLElement {
  return element("div", "steps", button("←", () => go(-1), "step", "Previous marked passage"), button("→", () => go(1), "step", "Next marked passage"));
}

function forMark(review: Review, mark: Mark, actions: InspectorActions): Node[] {
  const doubtful = review.isDoubtful(mark);
  const { marked, missing } = review.like(mark);
  const { node: same, scope } = scopeBox(marked);
  const select = typeSelect(mark.type);
  select.addEventListener("change", () => {
    lastType = select.value as EntityType;
    actions.adjust((now) => now.relabel(mark, lastType, scope()));
  });
  const type = element("label", "field", element("span", "quiet", "Type"), select);
  const decisions = doubtful
    ? [
        button("Accept", () => actions.decide((now) => now.accept(mark, scope())), "primary"),
        button("Dismiss", () => actions.decide((now) => now.remove(mark, scope()))),
      ]
    : [button("Leave standing", () => actions.decide((now) => now.remove(mark, scope())))];
  const others = doubtful || missing === 0 ? [] : [button(`Mark ${missing} more like it`, () => actions.decide((now) => now.add(mark, mark.type, "same")))];
  const head = element("p", "what", element("span", `swatch ${categoryOf(mark.type)}`), quote(review.note.slice(mark.start, mark.end)), " ");
  head.append(element("span", "quiet", `${doubtful ? "doubtful, " : ""}${provenance(mark)}`));
  return [
    element("div", "row", head, steps(actions)),
    element("div", "row", type, ...decisions, ...same),
    element("div", "row", ends(mark, actions), ...others),
  ];
}

function forSelection(review: Review, span: Span, actions: InspectorActions): Node[] {
  const { node: same, scope } = scopeBox(review.like(span).missing);
  const select = typeSelect(lastType);
  const mark = () => {
    lastType = select.value as EntityType;
    actions.decide((now) => now.add(span, lastType, scope()));
  };
  select.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    mark();
  });
  return [
    element("div", "row", element("p", "what", "Selected: ", quote(review.note.slice(span.start, span.end)))),
    element("div", "row", element("label", "field", element("span", "quiet", "Type"), select), button("Mark it", mark, "primary"), ...same),
  ];
}

function forNothing(review: Review, actions: InspectorActions): Node[] {
  const { entities, doubtful } = review.marks;
  const counts = `${plural(entities.length, "passage")} marked${doubtful.length === 0 ? "" : `, ${doubtful.length} doubtful`}.`;
  const hint = element("p", "what", `${counts} `, element("span", "quiet", "Choose a marked passage to change it; select text that was missed to mark it."));
  const row = element("div", "row", hint);
  if (entities.length + doubtful.length > 0) row.append(steps(actions));
  if (doubtful.length > 0) return [row, element("div", "row", button("Next doubtful passage", () => actions.go(1, true)))];
  return [row];
}

/** What had the keyboard, by its place among its like, so that it is found again in the next drawing. */
function focusKey(): string | undefined {
  const node = document.activeElement;
  if (!(node instanceof HTMLElement) || !box.contains(node)) return undefined;
  return node.dataset["step"] ?? node.getAttribute("aria-label") ?? node.textContent ?? undefined;
}

/** Draws the inspector for where the person is. */
export function showInspector(review: Review | undefined, actions: InspectorActions): void {
  box.hidden = review === undefined;
  if (review === undefined) return box.replaceChildren();
  const key = focusKey();
  const { current, selection } = review;
  const rows = current !== undefined
    ? forMark(review, current, actions)
    : selection !== undefined ? forSelection(review, selection, actions) : forNothing(review, actions);
  box.replaceChildren(...rows);
  box.dataset["about"] = current !== undefined ? (review.isDoubtful(current) ? "doubtful" : "entity") : selection !== undefined ? "selection" : "nothing";
  if (key !== undefined) {
    const again = [...box.querySelectorAll<HTMLElement>("button, select")].find(
      (node) => key === (node.dataset["step"] ?? node.getAttribute("aria-label") ?? node.textContent),
    );
    again?.focus();
  }
}

/** Moves the keyboard into the inspector: to the type, or to the first thing there is to press. */
export function focusInspector(type = false): void {
  const first = type || box.dataset["about"] === "selection" ? box.querySelector<HTMLElement>("select") : box.querySelector<HTMLElement>(".row:nth-child(2) button");
  (first ?? box.querySelector<HTMLElement>("button, select"))?.focus();
}

/** Whether the keyboard is in the inspector. */
export function inInspector(): boolean {
  return box.contains(document.activeElement);
}

