/** Redacts files one after another. One that fails stops none of the others. */

import { ScrubjayError, type RedactOptions, type Redactor } from "scrubjay";
import type { Task } from "../engine/engine.js";
import { explainFile } from "./explain.js";
import type { Item } from "./item.js";
import { caution, isPdf, pdfText } from "./pdf.js";

export type BatchOptions = Omit<RedactOptions, "doubtful" | "signal" | "onProgress">;

/** A file's bytes, for what the engine does not read itself. */
export async function bytesOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer());
}

/** Has the engine look at a file: its format and what there is to choose. Whether it is a PDF file is told before. */
export async function inspect(item: Item, redactor: Redactor, signal?: AbortSignal): Promise<void> {
  try {
    const start = new Uint8Array(await item.file.slice(0, 1024).arrayBuffer());
    item.pdf = isPdf(start);
    item.found = item.pdf ? undefined : await redactor.inspectFile(item.file, { ...item.reading, ...(signal === undefined ? {} : { signal }) });
  } catch (error) {
    item.failure = explainFile(toIo(error));
    item.state = "failed";
  }
}

/** Redacts what waits among `items`. `changed` is called with each as it changes. Rejects only if the person cancels. */
export async function redactAll(
  items: readonly Item[],
  redactor: Redactor,
  options: BatchOptions,
  { signal, onProgress }: Task,
  changed: (item: Item, done: number) => void,
): Promise<void> {
  for (const [i, item] of items.entries()) {
    item.reset();
    item.state = "reading";
    changed(item, i);
    try {
      const source = item.pdf ? await textOfPdf(item, signal) : item.file;
      const reading = item.pdf ? { name: "text.txt" } : item.reading;
      item.result = await redactor.redactFile(source, { ...options, ...reading, signal, onProgress });
      item.state = "done";
    } catch (error) {
      if (signal.aborted) {
        item.reset();
        changed(item, i);
        throw error;
      }
      item.failure = explainFile(toIo(error));
      item.state = "failed";
    }
    changed(item, i + 1);
  }
}

async function textOfPdf(item: Item, signal: AbortSignal): Promise<Blob> {
  const read = await pdfText(await bytesOf(item.file), signal);
  item.caution = caution(read);
  return new Blob([read.text]);
}

/** The browser's own word for a file that is gone, as the engine's. */
function toIo(error: unknown): unknown {
  return error instanceof DOMException ? new ScrubjayError("IO", "the browser cannot read the file") : error;
}
