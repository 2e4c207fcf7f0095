/**
 * Files that notes come from. One that is text is reviewed in the note's pane as if it were pasted; others, and several at once, stand in
 * a list, are redacted one after another in their own form, and saved.
 */

import { MAX_FILE_BYTES } from "scrubjay";
import { agrees } from "../controls/dialogs.js";
import { announce, byId, plural } from "../dom.js";
import type { Engine } from "../engine/engine.js";
import { quiet, showFailure } from "../engine/status.js";
import { MOST } from "../note-text.js";
import { bytesOf, inspect, redactAll, type BatchOptions } from "./batch.js";
import { explainFile } from "./explain.js";
import { Item } from "./item.js";
import { caution, isPdf, pdfText } from "./pdf.js";
import { pickFiles } from "./pick.js";
import { saveAll, saveOne, saveReport } from "./save.js";
import { decode, isPlain } from "./text.js";
import { itemView } from "./view.js";

/** All files of the list together, in bytes: their results are held until they are saved. */
const MOST_BYTES = 4 * MAX_FILE_BYTES;

/** What the page does for its files. */
export interface SourcesOptions {
  readonly engine: Engine;
  /** Puts a text where a note is pasted, if the person agrees, and has it read. */
  readonly openNote: (text: string) => Promise<boolean>;
  /** The page's settings. */
  readonly options: () => BatchOptions;
}

const ui = {
  section: byId("files"),
  list: byId("files-list"),
  redact: byId<HTMLButtonElement>("files-redact"),
  save: byId<HTMLButtonElement>("files-save"),
  keep: byId<HTMLInputElement>("files-keep"),
  add: byId<HTMLButtonElement>("files-add"),
  close: byId<HTMLButtonElement>("files-close"),
  open: byId<HTMLButtonElement>("files-open"),
  said: byId("files-said"),
};

/** Says what must be known of the note's source. Another note takes it away. */
export function sayOfNote(words: string): void {
  ui.said.textContent = words;
  ui.said.hidden = words === "";
}

export class Sources {
  readonly #page: SourcesOptions;
  #items: Item[] = [];
  #count = 0;
  #busy = false;

  constructor(page: SourcesOptions) {
    this.#page = page;
    ui.keep.checked = false;
    pickFiles((files) => void this.#take(files));
    ui.redact.addEventListener("click", () => void this.#redact());
    ui.save.addEventListener("click", () => void this.#save());
    ui.close.addEventListener("click", () => void this.#leave());
  }

  async #leave(): Promise<void> {
    const left = this.#items.filter(({ result, saved }) => result !== undefined && !saved).length;
    const words = `${plural(left, "redacted file was", "redacted files were")} not saved.`;
    if (left > 0 && !(await agrees("Close the list of files?", words, "Keep the list"))) return;
    this.close();
    ui.open.focus();
  }

  /** Whether there are results that have not been saved. */
  get unsaved(): boolean {
    return this.#items.some(({ result, saved }) => result !== undefined && !saved);
  }

  /** The engine is there, or another one. */
  async ready(): Promise<void> {
    for (const item of this.#items) if (item.found === undefined && item.failure === undefined && !item.pdf) await this.#inspect(item);
  }

  /** Forgets all files. */
  close(): void {
    if (this.#busy) this.#page.engine.cancel();
    this.#items = [];
    this.#show();
  }

  async #take(files: File[]): Promise<void> {
    const [only] = files;
    if (only !== undefined && files.length === 1 && this.#items.length === 0 && (await this.#asNote(only))) return;
    if (this.#busy) {
      showFailure("Files are being redacted. Wait until they are done, or cancel, and open these again.", "FILES_BUSY");
      return;
    }
    const bytes = [...this.#items.map(({ file }) => file), ...files].reduce((sum, { size }) => sum + size, 0);
    if (bytes > MOST_BYTES && files.length + this.#items.length > 1) {
      const words = `These files have more than ${MOST_BYTES / 2 ** 20} MiB together, which this page does not take at once. Open fewer, or use the command-line program.`;
      showFailure(words, "FILES_TOO_LARGE");
      return;
    }
    const added = files.map((file) => new Item(++this.#count, file));
    this.#items.push(...added);
    this.#show();
    ui.section.querySelector("h2")?.focus();
    for (const item of added) await this.#inspect(item);
    announce(`${plural(this.#items.length, "file")} in the list.`);
  }

  /** Opens one text file or PDF file in the note's pane; whether that is what it was. One that cannot be opened goes to the list, which says why. */
  async #asNote(file: File): Promise<boolean> {
    if (file.size > MAX_FILE_BYTES) return false;
    try {
      const bytes = await bytesOf(file);
      if (isPdf(bytes)) return await this.#openPdf(bytes);
      if (!isPlain(file.name)) return false;
      const text = decode(bytes);
      return text !== undefined && this.#fits(text) && (await this.#open(text, ""));
    } catch (error) {
      if (error instanceof DOMException) return false;
      const { words, code } = explainFile(error);
      this.#say("Stopped.");
      showFailure(`${words} Nothing was opened.`, code);
      return true;
    }
  }

  /** The status speaks of the engine's work while there is some. */
  #say(words: string): void {
    if (!this.#page.engine.busy) quiet(words);
  }

  async #openPdf(bytes: Uint8Array): Promise<boolean> {
    this.#say("Reading the PDF file …");
    const read = await pdfText(bytes, new AbortController().signal);
    return this.#fits(read.text) && (await this.#open(read.text, caution(read)));
  }

  #fits(text: string): boolean {
    return text.trim() !== "" && text.length <= MOST && !text.includes("\0");
  }

  /** Whether the person agreed or not, the file was seen to. */
  async #open(text: string, words: string): Promise<true> {
    if (await this.#page.openNote(text)) sayOfNote(words);
    return true;
  }

  async #inspect(item: Item): Promise<void> {
    const { redactor } = this.#page.engine;
    if (redactor === undefined) return;
    await inspect(item, redactor);
    if (this.#items.includes(item)) this.#show();
  }

  async #redact(): Promise<void> {
    const { engine, options } = this.#page;
    const { items } = this.#next;
    const objection = items.find((item) => item.objection !== undefined);
    if (objection !== undefined) {
      showFailure(`File ${objection.number}: ${objection.objection}`, "FILE_UNCHOSEN");
      return;
    }
    if (engine.busy || engine.redactor === undefined) {
      showFailure("The model is busy or not loaded yet. Try again when it is ready.", "NOT_READY");
      return;
    }
    this.#busy = true;
    const focused = document.activeElement === ui.redact;
    this.#show();
    const finished = await engine.read("Redacting the files …", async (redactor, task) => {
      try {
        await redactAll(items, redactor, options(), task, (item, done) => {
          this.#show();
          if (item.state === "done" || item.state === "failed") announce(`File ${item.number} ${item.state === "done" ? "is redacted" : "failed"}. ${done} of ${items.length}.`);
        });
        return true;
      } catch (error) {
        if (task.signal.aborted) return false;
        throw error;
      }
    });
    this.#busy = false;
    this.#show();
    if (focused) (ui.save.disabled ? ui.redact : ui.save).focus();
    const [done, failed] = [this.#items.filter(({ state }) => state === "done"), this.#items.filter(({ state }) => state === "failed")];
    const count = `${plural(done.length, "file is", "files are")} redacted${failed.length === 0 ? "" : `, ${failed.length} failed`}.`;
    if (finished === true) quiet(`${count} Read what comes out before you pass it on.`);
    else if (!engine.busy) quiet(`Cancelled. ${count}`);
  }

  /** What pressing the button redacts, and what it says: those that wait, else those that failed, else all. */
  get #next(): { items: Item[]; words: string; waiting: boolean } {
    const among = (state: Item["state"]) => this.#items.filter((item) => item.state === state);
    const [waiting, failed] = [among("waiting"), among("failed")];
    if (waiting.length > 0) return { items: waiting, words: `Redact ${plural(waiting.length, "file")}`, waiting: true };
    if (failed.length > 0) return { items: failed, words: `Try ${plural(failed.length, "file")} again`, waiting: false };
    return { items: this.#items, words: "Redact again", waiting: false };
  }

  async #save(): Promise<void> {
    const name = await saveAll(this.#items, ui.keep.checked);
    this.#show();
    quiet(`Saved as ${name}.`);
  }

  async #review(item: Item): Promise<void> {
    try {
      const bytes = await bytesOf(item.file);
      if (item.pdf ? await this.#openPdf(bytes) : await this.#reviewText(item, bytes)) return;
      showFailure(`File ${item.number} is too long to be reviewed here, or has no text. Redact it in the list.`, "NOTE_TOO_LONG");
    } catch (error) {
      const { words, code } = explainFile(error);
      this.#say("Stopped.");
      showFailure(words, code);
    }
  }

  async #reviewText(item: Item, bytes: Uint8Array): Promise<boolean> {
    const text = decode(bytes, item.choices.encoding);
    return text !== undefined && this.#fits(text) && this.#open(text, "");
  }

  /** Draws the list, and leaves the keyboard where it was. */
  #show(): void {
    const had = document.activeElement;
    const place = had instanceof HTMLElement ? had.closest<HTMLElement>("#files-list > li")?.dataset["number"] : undefined;
    const controls = (node: Element | null | undefined) => [...(node?.querySelectorAll<HTMLElement>("button, input, select, summary") ?? [])];
    const at = place === undefined ? -1 : controls(had?.closest("li")).indexOf(had as HTMLElement);
    const actions = {
      choose: (item: Item, choices: Item["choices"] | object) => {
        item.choose(choices);
        // Columns and fields are known; what is read otherwise is looked at anew.
        if ("columns" in choices && !("header" in choices)) this.#show();
        else if ("textField" in choices) this.#show();
        else void this.#inspect(item);
      },
      review: (item: Item) => void this.#review(item),
      save: (item: Item) => {
        const name = saveOne(item, ui.keep.checked);
        this.#show();
        quiet(`Saved as ${name}.`);
      },
      report: (item: Item) => quiet(`Saved as ${saveReport(item, ui.keep.checked)}.`),
      remove: (item: Item) => {
        this.#items = this.#items.filter((one) => one !== item);
        this.#show();
        (this.#items.length === 0 ? ui.open : ui.add).focus();
      },
    };
    ui.list.replaceChildren(...this.#items.map((item) => itemView(item, this.#busy, actions)));
    if (place !== undefined && at >= 0) controls(ui.list.querySelector(`[data-number="${place}"]`))[at]?.focus();

    const { words, waiting } = this.#next;
    ui.section.hidden = this.#items.length === 0;
    ui.redact.disabled = this.#busy;
    ui.redact.textContent = words;
    ui.redact.classList.toggle("primary", waiting);
    ui.save.disabled = this.#busy || !this.#items.some(({ state }) => state === "done");
    ui.save.classList.toggle("primary", !waiting);
    ui.add.disabled = this.#busy;
  }
}
