/** The export dialog's second half: the forms of research, and the way back under a passphrase. */

import type { ApplyOptions, ExportFormat, RedactResult, Redactor } from "scrubjay";
import { byId } from "../dom.js";
import { asFailure } from "../engine/status.js";
import { save, saveBlob } from "./files.js";

/** What is exported. */
export interface Exported {
  readonly redactor: Redactor;
  readonly note: string;
  readonly result: RedactResult;
  /** By which `result` was made. */
  readonly options: ApplyOptions;
}

interface Form {
  readonly format: ExportFormat;
  readonly title: string;
  readonly file: string;
  readonly type: string;
  /** Whether the file holds the redacted text. */
  readonly whole: boolean;
}

const FORMS: readonly Form[] = [
  { format: "i2b2", title: "i2b2 2014 XML", file: "redacted.xml", type: "application/xml", whole: true },
  { format: "brat", title: "brat annotations, beside the text", file: "redacted.ann", type: "text/plain", whole: false },
  { format: "conll", title: "CoNLL, a token a line", file: "redacted.conll", type: "text/plain", whole: true },
  { format: "html", title: "Web page with marks", file: "redacted.html", type: "text/html", whole: true },
];

const ui = {
  form: byId<HTMLSelectElement>("form-choice"),
  passphrase: byId<HTMLInputElement>("seal-passphrase"),
  again: byId<HTMLInputElement>("seal-again"),
  seal: byId<HTMLButtonElement>("seal"),
  problem: byId("export-problem"),
  exported: byId("exported"),
  dialog: byId<HTMLDialogElement>("export-dialog"),
};

function refuse(words: string): void {
  ui.exported.textContent = "";
  ui.problem.textContent = words;
  ui.problem.hidden = false;
}

async function attempt(outcome: string, work: () => Promise<string>): Promise<void> {
  ui.problem.hidden = true;
  ui.exported.textContent = "Working …";
  try {
    ui.exported.textContent = await work();
  } catch (error) {
    const { code, message } = asFailure(error);
    refuse(`${outcome} (${code}: ${message})`);
  }
}

let leaving: Exported | undefined;

/** The dialog opens on `exported`. */
export function openMore(exported: Exported): void {
  leaving = exported;
  ui.problem.hidden = true;
}

/** Sets this half up. `left` is called when the redacted text has left the page. */
export function moreControl(left: () => void): void {
  for (const { format, title } of FORMS) ui.form.append(new Option(title, format));
  byId("form-save").addEventListener("click", () => {
    const form = FORMS[ui.form.selectedIndex];
    if (leaving === undefined || form === undefined) return;
    const { redactor, note, result, options } = leaving;
    void attempt("This form cannot hold the note; nothing was saved.", async () => {
      save(form.file, form.type, await redactor.export(note, result.entities, { ...options, format: form.format, id: "redacted" }));
      if (form.whole) left();
      return form.whole ? `Saved as ${form.file}.` : `Saved as ${form.file}. Save the text too: it belongs beside it.`;
    });
  });
  ui.seal.addEventListener("click", () => {
    if (leaving === undefined) return;
    if (ui.passphrase.value !== ui.again.value) {
      refuse("The two passphrases differ. Nothing was saved: with one that you do not know, there would be no way back.");
      ui.again.focus();
      return;
    }
    const { redactor, note, result, options } = leaving;
    void attempt("The mapping was not saved.", async () => {
      const { text, mapping } = await redactor.seal(note, result.entities, { ...options, passphrase: ui.passphrase.value });
      // The mapping leads back from its own text, and that must be the one that is exported.
      if (text !== result.text) return "The mapping was not saved: it would belong to another text. Close this dialog and open it again.";
      saveBlob("redacted.mapping", new Blob([mapping]));
      forget();
      return "Saved as redacted.mapping. It leads back from the text as it stands; whoever has it and the passphrase has the identities.";
    });
  });
  for (const field of [ui.passphrase, ui.again]) {
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      // It would close the dialog.
      event.preventDefault();
      ui.seal.click();
    });
  }
  ui.dialog.addEventListener("close", () => {
    forget();
    leaving = undefined;
  });
}

/** Forgets the passphrase. */
function forget(): void {
  ui.passphrase.value = "";
  ui.again.value = "";
}
