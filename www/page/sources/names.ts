/** What redacted files are called. A file's own name may hold PHI, so they get neutral ones unless the person keeps theirs. DOM-free. */

import type { FileFormat } from "scrubjay";

/** Ends of names by format, and the types of their content. */
const KINDS: Readonly<Record<FileFormat, readonly [extension: string, type: string]>> = {
  text: ["txt", "text/plain"],
  csv: ["csv", "text/csv"],
  tsv: ["tsv", "text/tab-separated-values"],
  jsonl: ["jsonl", "application/jsonl"],
  hl7: ["hl7", "application/octet-stream"],
  fhir: ["json", "application/fhir+json"],
  docx: ["docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
};

export const typeOf = (format: FileFormat) => KINDS[format][1];

interface Named {
  /** Its number in the list, from 1. */
  readonly number: number;
  readonly name: string;
  readonly format: FileFormat;
  /** Whether its form changed: a PDF file became text. */
  readonly converted: boolean;
}

/** Names of the given files, no two the same on any system: `redacted-1.csv`, or their own. */
export function outputNames(files: readonly Named[], keep: boolean): string[] {
  const taken = new Set<string>();
  return files.map((file) => {
    const [base, extension] = keep ? own(file) : [`redacted-${file.number}`, KINDS[file.format][0]];
    for (let n = 1; ; n++) {
      const name = `${base}${n === 1 ? "" : ` (${n})`}${extension === "" ? "" : `.${extension}`}`;
      // Neither Windows nor macOS tells upper from lower case.
      const key = name.normalize("NFC").toLowerCase();
      if (taken.has(key)) continue;
      taken.add(key);
      return name;
    }
  });
}

/** A file's own name in two, without what would lead out of its folder. */
function own({ name, format, converted }: Named): [string, string] {
  const safe = name.replace(/[\u0000-\u001f\u007f<>:"/\\|?*]/g, "_").replace(/^\.+/, "_");
  const dot = safe.lastIndexOf(".");
  const [base, extension] = dot > 0 ? [safe.slice(0, dot), safe.slice(dot + 1)] : [safe, ""];
  return [base === "" ? "_" : base, converted ? KINDS[format][0] : extension];
}
