/** What the types of PHI are called on the page, and which belong together. */

import type { EntityType } from "scrubjay";

/** The colour of a type. */
export type Category = "person" | "place" | "time" | "contact" | "number";

interface Group {
  readonly title: string;
  readonly category: Category;
  readonly types: readonly (readonly [EntityType, string])[];
}

export const GROUPS: readonly Group[] = [
  {
    title: "People",
    category: "person",
    types: [["PATIENT", "Patient"], ["DOCTOR", "Clinician"], ["USERNAME", "User name"], ["PROFESSION", "Occupation"]],
  },
  {
    title: "Places",
    category: "place",
    types: [
      ["HOSPITAL", "Hospital"],
      ["ORGANIZATION", "Organisation"],
      ["STREET", "Street"],
      ["CITY", "City"],
      ["STATE", "State"],
      ["COUNTRY", "Country"],
      ["ZIP", "Postcode"],
      ["LOCATION-OTHER", "Other place"],
    ],
  },
  { title: "Dates and ages", category: "time", types: [["DATE", "Date"], ["AGE", "Age"]] },
  {
    title: "Contact",
    category: "contact",
    types: [["PHONE", "Phone"], ["FAX", "Fax"], ["EMAIL", "E-mail"], ["URL", "Web address"], ["IPADDR", "IP address"]],
  },
  {
    title: "Numbers",
    category: "number",
    types: [
      ["MEDICALRECORD", "Record no."],
      ["SSN", "Social security no."],
      ["HEALTHPLAN", "Health plan no."],
      ["ACCOUNT", "Account no."],
      ["LICENSE", "Licence no."],
      ["VEHICLE", "Vehicle no."],
      ["DEVICE", "Device no."],
      ["BIOID", "Biometric no."],
      ["IDNUM", "Other number"],
    ],
  },
];

/** All types. */
export const TYPES: readonly EntityType[] = GROUPS.flatMap(({ types }) => types.map(([type]) => type));

const known = new Map(GROUPS.flatMap(({ category, types }) => types.map(([type, name]) => [type, { name, category }] as const)));

/** A type in words. */
export function nameOf(type: EntityType): string {
  return known.get(type)?.name ?? type;
}

export function categoryOf(type: EntityType): Category {
  return known.get(type)?.category ?? "number";
}

const SOURCES: Readonly<Record<string, string>> = { model: "the model", rule: "a rule", list: "a list", user: "you" };

/** Who says that it is one. */
export function sourceOf(source: string): string {
  return SOURCES[source] ?? source;
}
