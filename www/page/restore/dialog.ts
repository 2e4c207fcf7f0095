/** The dialog of the way back: a redacted text, its mapping and the passphrase give the note. Nothing of it outlives the dialog. */

import type { ScrubjayError } from "scrubjay";
import { byId, plural } from "../dom.js";
import { needed, type InUse } from "../engine/ask.js";
import { asFailure } from "../engine/status.js";
import { save } from "../export/files.js";
import { pickFile } from "../pick.js";
import { Refused } from "../refused.js";
import { restore } from "./restore.js";

const ui = {
  dialog: byId<HTMLDialogElement>("restore-dialog"),
  form: byId<HTMLFormElement>("restore-form"),
  text: byId<HTMLTextAreaElement>("restore-text"),
  mapping: byId("restore-mapping-state"),
  passphrase: byId<HTMLInputElement>("restore-passphrase"),
  problem: byId("restore-problem"),
  said: byId("restore-said"),
  result: byId("restore-result"),
  out: byId("restore-out"),
};

/** Bytes of a redacted text or of a mapping; far more than either has. */
const MOST = 32 << 20;

const WORDS: Readonly<Record<string, string>> = {
  PASSPHRASE_WRONG: "The passphrase is wrong, or the mapping was changed since it was saved. The two cannot be told apart.",
  MAPPING_INVALID: "This file is no mapping of scrubjay's.",
  TEXT_EMPTY: "There is no redacted text yet.",
  MAPPING_MISSING: "There is no mapping yet.",
  TOO_LARGE: "This file is too large.",
};

let mapping: ArrayBuffer | undefined;
/** A text file as it is, and as the field shows it: a field makes one kind of line end of all. */
let opened: { readonly text: string; readonly shown: string } | undefined;
let restored = "";

function clearResult(): void {
  restored = "";
  ui.out.textContent = "";
  ui.result.hidden = true;
  ui.problem.hidden = true;
  ui.said.textContent = "";
}

function forget(): void {
  mapping = undefined;
  opened = undefined;
  ui.form.reset();
  ui.mapping.textContent = "none yet";
  clearResult();
}

function refuse({ code, message }: ScrubjayError): void {
  clearResult();
  ui.problem.textContent = `${WORDS[code] ?? "The text cannot be restored."} (${code}: ${message})`;
  ui.problem.dataset["code"] = code;
  ui.problem.hidden = false;
}

/** The bytes of a file that the person opens. */
async function bytesOf(file: File): Promise<ArrayBuffer> {
  if (file.size > MOST) throw new Refused("TOO_LARGE", `the file is larger than the ${MOST >> 20} MiB that this page reads`);
  try {
    return await file.arrayBuffer();
  } catch {
    throw new Refused("IO", "the file cannot be read");
  }
}

async function openText(file: File): Promise<void> {
  const bytes = await bytesOf(file);
  let text: string;
  try {
    // A byte order mark is part of the text that the mapping knows.
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused("IO", "the file is not text in UTF-8");
  }
  ui.text.value = text;
  opened = { text, shown: ui.text.value };
}

async function run(engine: InUse): Promise<void> {
  const redactor = needed(engine);
  const text = opened?.shown === ui.text.value ? opened.text : ui.text.value;
  if (text.trim() === "") throw new Refused("TEXT_EMPTY", "paste the redacted text, or open its file");
  if (mapping === undefined) throw new Refused("MAPPING_MISSING", "open the mapping that was saved with the text");
  clearResult();
  ui.said.textContent = "Restoring …";
  const result = await restore(redactor, text, mapping, ui.passphrase.value);
  if (!ui.dialog.open) return;
  restored = result.text;
  ui.out.textContent = restored;
  ui.result.hidden = false;
  const standing = result.ambiguous === 0 ? "" : ` ${plural(result.ambiguous, "label")} could not be: each stood for several things, and the text was changed since.`;
  const none = result.restored === 0 && result.ambiguous === 0 ? " Does this mapping belong to this text?" : "";
  ui.said.textContent = `${plural(result.restored, "passage")} put back.${standing}${none}`;
  ui.out.focus();
}

/** Sets the dialog up. */
export function restoreDialog(engine: InUse): void {
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (ui.dialog.open) refuse(asFailure(error));
    }
  };
  byId("restore-open").addEventListener("click", () => {
    forget();
    ui.dialog.showModal();
  });
  pickFile("restore-text-open", "restore-text-file", (file) => attempt(() => openText(file)));
  pickFile("restore-mapping-open", "restore-mapping-file", (file) =>
    attempt(async () => {
      mapping = await bytesOf(file);
      clearResult();
      ui.mapping.textContent = `opened, ${plural(mapping.byteLength, "byte")}`;
    }),
  );
  ui.form.addEventListener("submit", (event) => {
    event.preventDefault();
    void attempt(() => run(engine));
  });
  byId("restore-copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(restored);
      ui.said.textContent = "The restored text is on the clipboard. It identifies the patient.";
    } catch {
      getSelection()?.selectAllChildren(ui.out);
      ui.said.textContent = "The browser does not let this page use the clipboard. The text is selected: press Ctrl+C.";
    }
  });
  byId("restore-save").addEventListener("click", () => {
    save("restored.txt", "text/plain", restored);
    ui.said.textContent = "Saved as restored.txt. It identifies the patient.";
  });
  byId("restore-close").addEventListener("click", () => ui.dialog.close());
  ui.dialog.addEventListener("close", forget);
  forget();
}
