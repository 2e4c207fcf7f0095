/** The class of `<scrubjay-redactor>`. */

import { ScrubjayError, cancelled, toScrubjayError } from "../errors.js";
import type { Progress, RedactOptions, RedactResult, Redactor, RedactorOptions } from "../types.js";
import { FormControl } from "./control.js";
import { ElementEngine } from "./engine.js";
import { ENGLISH, statusOf, type ElementStrings } from "./strings.js";
import { createView, type View } from "./view.js";

/** The element's events; they bubble and cross shadow roots. None holds text of the note but what the policy kept. */
export interface ScrubjayRedactorEventMap {
  "scrubjay-progress": CustomEvent<Progress>;
  "scrubjay-result": CustomEvent<RedactResult>;
  "scrubjay-error": CustomEvent<ScrubjayError>;
}

/** See the file's head. Attributes: `policy threshold device assets placeholder name disabled readonly required`. */
export class ScrubjayRedactorElement extends FormControl {
  static readonly observedAttributes = ["policy", "threshold", "device", "assets", "placeholder", "readonly", "required"];

  readonly #view: View;
  readonly #engine = new ElementEngine((progress) => this.#onProgress(progress));
  #policy: RedactOptions["policy"];
  #options: RedactOptions = {};
  #strings = ENGLISH;
  #result: RedactResult | undefined;
  #task: AbortController | undefined;
  #formDisabled = false;

  constructor() {
    super();
    this.internals.role = "group";
    this.#view = createView(this.attachShadow({ mode: "open", delegatesFocus: true }));
    const { note, button, cancel } = this.#view;
    note.addEventListener("input", () => this.#stale());
    button.addEventListener("click", () => void this.redact().catch(() => undefined));
    cancel.addEventListener("click", () => this.cancel());
    this.shadowRoot?.addEventListener("keydown", (event) => this.#onKey(event as KeyboardEvent));
    this.#say(ENGLISH);
    this.#validate();
  }

  /** The note. It stays in the element: neither forms nor events have it. */
  get note(): string {
    return this.#view.note.value;
  }

  set note(text: string) {
    this.#view.note.value = text;
    this.#stale();
  }

  /** The redacted text; "" until there is one for the note as it stands. */
  get value(): string {
    return this.#result?.text ?? "";
  }

  get result(): RedactResult | undefined {
    return this.#result;
  }

  /** The name of a policy (also the attribute) or the caller's own. */
  get policy(): RedactOptions["policy"] {
    return this.#policy ?? this.getAttribute("policy") ?? undefined;
  }

  set policy(policy: RedactOptions["policy"]) {
    this.#policy = typeof policy === "object" ? policy : undefined;
    this.reflect("policy", typeof policy === "string" ? policy : undefined);
    this.#stale();
  }

  /** A named point or a probability, as the attribute. */
  get threshold(): RedactOptions["threshold"] {
    const given = this.getAttribute("threshold");
    if (given === null) return undefined;
    // What is no number is the engine's to judge: a slip must be an error, not a default.
    return given.trim() === "" || Number.isNaN(Number(given)) ? (given as "balanced") : Number(given);
  }

  set threshold(threshold: RedactOptions["threshold"]) {
    this.reflect("threshold", threshold);
  }

  get device(): NonNullable<RedactorOptions["device"]> {
    return (this.getAttribute("device") ?? "auto") as "auto";
  }

  set device(device: RedactorOptions["device"]) {
    this.reflect("device", device);
  }

  get assets(): string | undefined {
    return this.getAttribute("assets") ?? undefined;
  }

  set assets(assets: URL | string | undefined) {
    this.reflect("assets", assets);
  }

  /** Further options of each redaction: `types`, `allow`, `deny`, `patterns`, `context`, …. */
  get options(): RedactOptions {
    return this.#options;
  }

  set options(options: RedactOptions) {
    this.#options = options;
    this.#stale();
  }

  /** A redactor that the page has, for several elements or with a model of its own. The element does not dispose of it. */
  get redactor(): Redactor | undefined {
    return this.#engine.given;
  }

  set redactor(redactor: Redactor | undefined) {
    this.#engine.given = redactor ?? undefined;
    this.#stale();
  }

  /** The words of the element, where they are not English ones. */
  set strings(strings: Partial<ElementStrings>) {
    this.#say({ ...ENGLISH, ...strings });
    this.#validate();
  }

  /** Redacts the note. Rejects with a `ScrubjayError`, which is also an event; a cancelled redaction is none. */
  async redact(): Promise<RedactResult> {
    this.#stale();
    const task = new AbortController();
    this.#task = task;
    const { signal } = task;
    const onProgress = (progress: Progress) => this.#onProgress(progress);
    this.#working(true, this.#strings.loading);
    try {
      const redactor = await this.#engine.get(this.#redactorOptions(), signal);
      const result = await redactor.redact(this.note, { ...this.#redactOptions(), onProgress, signal });
      if (this.#task !== task) throw cancelled();
      this.#finish(result);
      return result;
    } catch (error) {
      const failure = toScrubjayError(error);
      if (this.#task === task) this.#fail(failure);
      throw failure;
    }
  }

  /** Ends a running redaction. */
  cancel(): void {
    if (this.#task === undefined) return;
    this.#task.abort();
    this.#task = undefined;
    this.#working(false, this.#strings.cancelled);
  }

  connectedCallback(): void {
    this.#enable();
  }

  disconnectedCallback(): void {
    // One that is moved is connected again by now.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.cancel();
      this.#engine.dispose();
    });
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after) return;
    if (name === "placeholder") this.#view.note.placeholder = after ?? "";
    else if (name === "readonly") this.#enable();
    else if (name === "required") this.#validate();
    else {
      if (name === "policy" && after !== null) this.#policy = undefined;
      if (name === "device" || name === "assets") this.#engine.dispose();
      this.#stale();
    }
  }

  formDisabledCallback(disabled: boolean): void {
    this.#formDisabled = disabled;
    if (disabled) this.cancel();
    this.#enable();
  }

  formResetCallback(): void {
    this.note = "";
    this.#view.status.textContent = "";
  }

  #redactorOptions(): RedactorOptions {
    const { device, assets } = this;
    return assets === undefined ? { device } : { device, assets };
  }

  #redactOptions(): RedactOptions {
    const { policy, threshold } = this;
    return {
      ...this.#options,
      ...(policy === undefined ? {} : { policy }),
      ...(threshold === undefined ? {} : { threshold }),
    };
  }

  /** Takes back what was said of another note or by other rules. */
  #stale(): void {
    this.cancel();
    const { output, outputLabel, error, status } = this.#view;
    if (this.#result !== undefined) status.textContent = "";
    this.#result = undefined;
    output.value = "";
    output.hidden = outputLabel.hidden = true;
    error.textContent = "";
    this.#validate();
  }

  /** A form with a note that is not redacted cannot be sent: an empty field would pass for a result. */
  #validate(): void {
    // No state: what a browser keeps to restore a page is written to disk.
    this.internals.setFormValue(this.#result?.text ?? null, null);
    const { note, button } = this.#view;
    const anchor = note.value === "" ? note : button;
    if (this.#result !== undefined) this.internals.setValidity({});
    else if (note.value !== "") this.internals.setValidity({ customError: true }, this.#strings.pending, anchor);
    else if (this.required) this.internals.setValidity({ valueMissing: true }, this.#strings.missing, anchor);
    else this.internals.setValidity({});
  }

  #working(working: boolean, status: string): void {
    const { cancel, progress, status: line } = this.#view;
    const focused = this.shadowRoot?.activeElement;
    progress.hidden = cancel.hidden = !working;
    progress.removeAttribute("value");
    line.textContent = status;
    this.internals.ariaBusy = String(working);
    this.#enable();
    // A control that vanishes would let the keyboard's place on the page go.
    if (working && focused === this.#view.button) cancel.focus();
    if (!working && focused === cancel) this.#view.button.focus();
  }

  #onProgress(progress: Progress): void {
    if (this.#task === undefined) return;
    const { status, progress: bar } = this.#view;
    const words = statusOf(this.#strings, progress);
    if (status.textContent !== words) status.textContent = words;
    if (progress.total === undefined) bar.removeAttribute("value");
    else {
      bar.max = progress.total;
      bar.value = progress.loaded;
    }
    this.#tell("scrubjay-progress", progress);
  }

  #finish(result: RedactResult): void {
    this.#task = undefined;
    this.#result = result;
    const { output, outputLabel } = this.#view;
    output.value = result.text;
    output.hidden = outputLabel.hidden = false;
    this.#working(false, this.#strings.done(result));
    this.#validate();
    this.#tell("scrubjay-result", result);
  }

  #fail(error: ScrubjayError): void {
    this.#task = undefined;
    this.#working(false, "");
    this.#view.error.textContent = this.#strings.failed(error);
    this.#tell("scrubjay-error", error);
  }

  #tell(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.#task !== undefined) this.cancel();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !this.#view.button.disabled) this.#view.button.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #enable(): void {
    const { note, button } = this.#view;
    const working = this.#task !== undefined;
    note.disabled = this.#formDisabled;
    // While it is read, the note must stay what the result will be of.
    note.readOnly = this.readOnly || working;
    button.disabled = this.#formDisabled || working;
  }

  #say(strings: ElementStrings): void {
    this.#strings = strings;
    const { label, button, cancel, outputLabel, progress } = this.#view;
    label.textContent = strings.label;
    button.textContent = strings.redact;
    cancel.textContent = strings.cancel;
    outputLabel.textContent = strings.output;
    progress.setAttribute("aria-label", strings.loading);
  }
}

/** Listeners know what they are given. */
export interface ScrubjayRedactorElement {
  addEventListener<K extends keyof ScrubjayRedactorEventMap>(
    type: K,
    listener: (this: ScrubjayRedactorElement, event: ScrubjayRedactorEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}
