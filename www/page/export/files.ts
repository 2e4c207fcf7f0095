/** Files and paper. A file's name tells nothing of the note. */

/** Hands `content` over as a download. */
export function save(name: string, type: string, content: string): void {
  saveBlob(name, new Blob([content], { type: `${type};charset=utf-8` }));
}

/** Hands bytes over as a download. */
export function saveBlob(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read the blob after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export function saveJson(name: string, content: unknown): void {
  save(name, "application/json", `${JSON.stringify(content, null, 2)}\n`);
}

/** Prints the redacted text or the report. The note itself is never printed: see style/print.css. */
export function printOnly(what: "text" | "report"): void {
  document.documentElement.dataset["print"] = what;
  addEventListener("afterprint", () => delete document.documentElement.dataset["print"], { once: true });
  print();
}
