/** Shows a note with its entities, through text nodes only: a note may hold anything, markup included. */

import type { Entity, EntityType, RedactResult } from "scrubjay";

const CATEGORIES: Readonly<Record<EntityType, string>> = {
  PATIENT: "name",
  DOCTOR: "name",
  USERNAME: "name",
  PROFESSION: "profession",
  HOSPITAL: "location",
  ORGANIZATION: "location",
  STREET: "location",
  CITY: "location",
  STATE: "location",
  COUNTRY: "location",
  ZIP: "location",
  "LOCATION-OTHER": "location",
  AGE: "age",
  DATE: "date",
  PHONE: "contact",
  FAX: "contact",
  EMAIL: "contact",
  URL: "contact",
  IPADDR: "contact",
  SSN: "id",
  MEDICALRECORD: "id",
  HEALTHPLAN: "id",
  ACCOUNT: "id",
  LICENSE: "id",
  VEHICLE: "id",
  DEVICE: "id",
  BIOID: "id",
  IDNUM: "id",
};

const SOURCES: Readonly<Record<string, string>> = { model: "the model", rule: "a rule", list: "a list", user: "your pattern" };

function element(tag: string, className: string, text = ""): HTMLElement {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

function mark(entity: Entity, text: string): HTMLElement {
  const node = element("mark", `entity ${CATEGORIES[entity.type] ?? "id"}`, text);
  node.dataset["type"] = entity.type;
  node.title = `${entity.type}, found by ${SOURCES[entity.source] ?? entity.source}, score ${entity.score.toFixed(2)}`;
  return node;
}

/** The note with a mark around each entity. */
export function highlighted(note: string, entities: readonly Entity[]): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let at = 0;
  for (const entity of entities) {
    fragment.append(note.slice(at, entity.start), mark(entity, note.slice(entity.start, entity.end)));
    at = entity.end;
  }
  fragment.append(note.slice(at));
  return fragment;
}

/** The redacted text with a mark around each replacement; without marks should the two not agree. */
export function redacted(note: string, { text, entities }: RedactResult): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let at = 0;
  for (const entity of entities) {
    fragment.append(note.slice(at, entity.start), mark(entity, entity.replacement));
    at = entity.end;
  }
  fragment.append(note.slice(at));
  if (fragment.textContent !== text) fragment.replaceChildren(text);
  return fragment;
}

/** One item a type, the commonest first. */
export function legend(entities: readonly Entity[]): DocumentFragment {
  const counts = new Map<EntityType, number>();
  for (const { type } of entities) counts.set(type, (counts.get(type) ?? 0) + 1);
  const fragment = document.createDocumentFragment();
  for (const [type, count] of [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b))) {
    const item = document.createElement("li");
    item.append(element("span", `swatch ${CATEGORIES[type] ?? "id"}`), element("span", "type", type), element("span", "count", String(count)));
    fragment.append(item);
  }
  return fragment;
}
