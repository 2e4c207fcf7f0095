/** Redacted files on their way out of the page. */

import { downloadZip } from "client-zip";
import type { RedactorInfo } from "scrubjay";
import { saveBlob } from "../export/files.js";
import { STATEMENT } from "../export/report.js";
import type { Item } from "./item.js";
import { outputNames, typeOf } from "./names.js";

/** The report on files: counts and settings. It holds no text of them, and no name but those they go out under. */
export interface FilesReport {
  readonly made: string;
  readonly program: { readonly name: "scrubjay"; readonly version: string };
  readonly model: { readonly id: string; readonly sha256: string; readonly device: string };
  readonly files: readonly Readonly<Record<string, unknown>>[];
  readonly statement: string;
}

/** What is known of `items` under the names that `keep` gives them. Those that failed are in it, with the code of what went wrong. */
export function filesReport(items: readonly Item[], keep: boolean, info: RedactorInfo, made: Date): FilesReport {
  const done = items.filter(({ result }) => result !== undefined);
  const names = nameAll(done, keep);
  return {
    made: made.toISOString(),
    program: { name: "scrubjay", version: info.version },
    model: { id: info.model, sha256: info.sha256, device: info.device },
    files: items.map((item) => {
      const { number, result, failure, caution } = item;
      if (result === undefined) return { number, ...(keep ? { file: item.file.name } : {}), failed: failure?.code ?? "NOT_REDACTED" };
      const { format, notes, unread, report } = result;
      return { number, file: names[done.indexOf(item)], format, notes, unread, ...(caution === "" ? {} : { caution }), report };
    }),
    statement: STATEMENT,
  };
}

function nameAll(items: readonly Item[], keep: boolean): string[] {
  return outputNames(items.map((item) => ({ number: item.number, name: item.file.name, format: item.result!.format, converted: item.pdf })), keep);
}

/** Saves one file. */
export function saveOne(item: Item, keep: boolean): string {
  const [name = ""] = nameAll([item], keep);
  const { bytes, format } = item.result!;
  saveBlob(name, new Blob([bytes], { type: typeOf(format) }));
  item.saved = true;
  return name;
}

/** Saves all that are done, with the report, as one zip archive. Nothing is packed tighter: that would take time, and Word files are. */
export async function saveAll(items: readonly Item[], keep: boolean, info: RedactorInfo): Promise<string> {
  const made = new Date();
  const done = items.filter(({ result }) => result !== undefined);
  const names = nameAll(done, keep);
  const entries = done.map((item, i) => ({ name: names[i]!, lastModified: made, input: new Blob([item.result!.bytes]) }));
  // A file of the person's own may be called so too.
  let name = "report.json";
  for (let n = 2; names.some((own) => own.toLowerCase() === name); n++) name = `report (${n}).json`;
  const report = `${JSON.stringify(filesReport(items, keep, info, made), null, 2)}\n`;
  saveBlob("redacted.zip", await downloadZip([...entries, { name, lastModified: made, input: report }]).blob());
  for (const item of done) item.saved = true;
  return "redacted.zip";
}
