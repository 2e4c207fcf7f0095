/** The model in use, and the one task at a time that it is loaded for or reads. */

import { createRedactor, type Device, type OnProgress, type Redactor, type RedactorInfo, type RedactorOptions } from "scrubjay";
import { byId } from "../dom.js";
import { explain } from "../messages.js";
import { filesKept } from "../offline/offline.js";
import { modelControl, type Choice } from "./model.js";
import { asFailure, clearFailure, quiet, showFailure, showProgress, working } from "./status.js";

const ui = {
  engine: byId("engine"),
  device: byId("device"),
  retry: byId<HTMLButtonElement>("retry"),
  cancel: byId<HTMLButtonElement>("cancel"),
  redact: byId<HTMLButtonElement>("redact"),
  note: byId<HTMLTextAreaElement>("note"),
};

/** What a task is given. */
export interface Task {
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

export class Engine {
  #redactor: Redactor | undefined;
  #task: AbortController | undefined;
  /** Whether the task is a note, not a model. */
  #reading = false;
  /** The model last asked for, where it is not the shipped one. */
  #wanted: Choice | undefined;
  readonly #model = modelControl((choice) => void this.load(choice));
  readonly #changed: () => void;

  /** `changed` is called when another model is in use than before. */
  constructor(changed: () => void) {
    this.#changed = changed;
    ui.cancel.addEventListener("click", () => this.cancel());
    ui.retry.addEventListener("click", () => void this.load(this.#wanted));
  }

  get redactor(): Redactor | undefined {
    return this.#redactor;
  }

  get busy(): boolean {
    return this.#task !== undefined;
  }

  get reading(): boolean {
    return this.#task !== undefined && this.#reading;
  }

  cancel(): void {
    this.#task?.abort();
  }

  /** Loads the shipped model or the person's. The one in use stays until the other is ready, and if that fails. */
  async load(choice?: Choice): Promise<void> {
    const controller = new AbortController();
    this.#wanted = choice;
    const task = this.#begin(controller, "Loading the model …", false);
    try {
      await filesKept(task);
      const source = choice === undefined ? {} : { model: choice.model };
      const next = await createRedactor({ ...options(), ...source, ...task });
      if (this.#task !== controller) return next.dispose();
      this.#redactor?.dispose();
      this.#redactor = next;
      this.#end(controller);
      this.#changed();
      this.#name(next, choice);
      quiet("Ready. What you paste or open is read here and sent nowhere.");
    } catch (error) {
      if (!this.#end(controller)) return;
      if (choice !== undefined && this.#redactor === undefined) this.#model.offerShipped();
      this.#fail(error);
    }
  }

  /**
   * Has the model read a note: `read` is given what it needs, and its result is passed on if it is still wanted. A failure is shown
   * and changes nothing else.
   */
  async read<T>(status: string, read: (redactor: Redactor, task: Task) => Promise<T>): Promise<T | undefined> {
    // A model on its way is waited for: the note could be read by either.
    if (this.#redactor === undefined || (this.#task !== undefined && !this.#reading)) return undefined;
    const controller = new AbortController();
    const task = this.#begin(controller, status, true);
    try {
      const result = await read(this.#redactor, task);
      return this.#end(controller) ? result : undefined;
    } catch (error) {
      if (this.#end(controller)) this.#fail(error);
      return undefined;
    }
  }

  /** Makes `controller` the task that Cancel ends. */
  #begin(controller: AbortController, status: string, reading: boolean): Task {
    this.#task?.abort();
    this.#task = controller;
    this.#reading = reading;
    working(status);
    ui.redact.disabled = true;
    ui.note.readOnly = reading;
    ui.cancel.hidden = false;
    ui.retry.hidden = true;
    const onProgress: OnProgress = (progress) => {
      if (this.#task === controller) showProgress(progress);
    };
    return { signal: controller.signal, onProgress };
  }

  /** Whether `controller`'s task was still the current one; if so there is none now. */
  #end(controller: AbortController): boolean {
    if (this.#task !== controller) return false;
    this.#task = undefined;
    ui.redact.disabled = this.#redactor === undefined;
    ui.note.readOnly = false;
    const focused = document.activeElement === ui.cancel;
    ui.cancel.hidden = true;
    ui.retry.hidden = this.#redactor !== undefined;
    // A hidden button would let the keyboard's place on the page go.
    if (focused) (ui.redact.disabled ? ui.retry : ui.redact).focus();
    return true;
  }

  #fail(error: unknown): void {
    const failure = asFailure(error);
    const kept = !this.#reading && this.#redactor !== undefined;
    const outcome = kept ? `The model in use is still ${this.#redactor?.info.model}.` : "Nothing was redacted.";
    if (failure.code === "CANCELLED") {
      quiet(`Cancelled. ${this.#redactor === undefined ? "The model is not loaded." : outcome}`);
      return;
    }
    quiet("Stopped.");
    showFailure(explain(failure, !this.#reading && this.#wanted !== undefined, outcome), failure.code);
  }

  #name(redactor: Redactor, choice: Choice | undefined): void {
    clearFailure();
    this.#model.show(redactor.info, choice);
    const { device, reason, adapter } = redactor.info;
    this.#nameDevice(redactor.info, device, device === "webgpu" && adapter ? `${adapter}: ${reason}` : reason);
  }

  /** Says on which device a note was read: a graphics device may fail, and the processor goes on. */
  ran(device: Device): void {
    const info = this.#redactor?.info;
    if (info !== undefined && device !== info.device) this.#nameDevice(info, device, "the graphics device failed");
  }

  #nameDevice({ model, sha256, threads }: RedactorInfo, device: Device, reason: string): void {
    const cpu = threads > 1 ? `Processor (CPU, up to ${threads} threads)` : "Processor (CPU)";
    const name = device === "webgpu" ? "Graphics device (WebGPU)" : cpu;
    ui.device.textContent = name;
    ui.engine.textContent = `Device: ${name}: ${reason}. Model: ${model} (SHA-256 ${sha256.slice(0, 12)}…).`;
    ui.engine.dataset["device"] = device;
    ui.engine.hidden = false;
  }
}

function options(): RedactorOptions {
  // Only this: a link must not be able to point the page at another model.
  const device = new URLSearchParams(location.search).get("device") ?? "auto";
  return { device: device as "auto", assets: new URL("./assets/", document.baseURI) };
}
