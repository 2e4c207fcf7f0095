/** The page: a note goes in, and what was found and the redacted text stand beside each other. Uses the package and nothing else. */

import { createRedactor, ScrubjayError, type Progress, type Redactor, type RedactResult, type RedactorOptions } from "scrubjay";
import { highlighted, legend, redacted } from "./highlight.js";
import { explain } from "./messages.js";
import { SAMPLES } from "./samples.js";

const POLICY = "i2b2";

function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const node = document.getElementById(id);
  if (node === null) throw new Error(`the page lacks #${id}`);
  return node as T;
}

const ui = {
  status: byId("status"),
  progress: byId<HTMLProgressElement>("progress"),
  engine: byId("engine"),
  failure: byId("failure"),
  retry: byId<HTMLButtonElement>("retry"),
  sample: byId<HTMLSelectElement>("sample"),
  note: byId<HTMLTextAreaElement>("note"),
  highlighted: byId("highlighted"),
  redact: byId<HTMLButtonElement>("redact"),
  cancel: byId<HTMLButtonElement>("cancel"),
  edit: byId<HTMLButtonElement>("edit"),
  clear: byId<HTMLButtonElement>("clear"),
  redacted: byId("redacted"),
  copy: byId<HTMLButtonElement>("copy"),
  promise: byId("promise"),
  found: byId("found"),
  legend: byId("legend"),
};

let redactor: Redactor | undefined;
let task: AbortController | undefined;
let result: RedactResult | undefined;

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** When and about what the status last spoke: a screen reader reads out each change of it. */
const spoken = { stage: "", at: 0 };

/** Progress as a bar, without a value where the end is not known, and once a second in words. */
function showProgress({ stage, loaded, total }: Progress): void {
  ui.progress.hidden = false;
  if (total === undefined || (loaded === 0 && stage !== "download")) ui.progress.removeAttribute("value");
  else ui.progress.value = total === 0 ? 1 : loaded / total;

  const now = performance.now();
  if (spoken.stage === stage && now - spoken.at < 1000) return;
  Object.assign(spoken, { stage, at: now });
  const words = {
    download: total === undefined ? `Loading the model: ${megabytes(loaded)}` : `Loading the model: ${megabytes(loaded)} of ${megabytes(total)}`,
    compile: "Compiling …",
    device: "Starting the model on the device and checking it …",
    window: `Reading the note: part ${loaded} of ${total ?? "?"}`,
  };
  ui.status.textContent = words[stage];
}

function quiet(status: string): void {
  ui.status.textContent = status;
  ui.progress.hidden = true;
}

function showFailure(error: unknown): void {
  const failure = error instanceof ScrubjayError ? error : new ScrubjayError("UNKNOWN", "an error of the page");
  if (failure.code === "CANCELLED") {
    quiet(redactor === undefined ? "Cancelled. The model is not loaded." : "Cancelled. Nothing was redacted.");
    return;
  }
  quiet("Stopped.");
  ui.failure.textContent = explain(failure);
  ui.failure.dataset["code"] = failure.code;
  ui.failure.hidden = false;
}

function clearFailure(): void {
  ui.failure.hidden = true;
  ui.failure.textContent = "";
  delete ui.failure.dataset["code"];
}

/** What stands on the right belongs to the note on the left, or is not there. */
function clearResult(): void {
  result = undefined;
  ui.redacted.replaceChildren();
  ui.highlighted.replaceChildren();
  ui.legend.replaceChildren();
  ui.found.hidden = true;
  ui.promise.hidden = true;
  ui.copy.disabled = true;
  showEditor(true);
}

function showEditor(editing: boolean): void {
  ui.note.hidden = !editing;
  ui.highlighted.hidden = editing;
  ui.edit.hidden = editing;
}

function showResult(note: string, found: RedactResult): void {
  result = found;
  ui.highlighted.replaceChildren(highlighted(note, found.entities));
  ui.redacted.replaceChildren(redacted(note, found));
  ui.legend.replaceChildren(legend(found.entities));
  ui.found.hidden = found.entities.length === 0;
  ui.promise.textContent =
    `Redacted by policy ${POLICY}. That says what was looked for, not that nothing was missed: this text may still identify somebody.`;
  ui.promise.hidden = false;
  ui.copy.disabled = false;
  showEditor(false);
}

function options(): RedactorOptions {
  // Only this: a link must not be able to point the page at another model.
  const device = new URLSearchParams(location.search).get("device") ?? "auto";
  return { device: device as "auto", assets: new URL("./assets/", document.baseURI), onProgress: showProgress };
}

/** Makes `controller` the task that Cancel ends. */
function begin(controller: AbortController, status: string): void {
  task?.abort();
  task = controller;
  clearFailure();
  ui.redact.disabled = true;
  ui.note.readOnly = redactor !== undefined;
  ui.cancel.hidden = false;
  ui.retry.hidden = true;
  ui.status.textContent = status;
  spoken.stage = "";
}

/** Whether `controller`'s task was still the current one; if so there is none now. */
function end(controller: AbortController): boolean {
  if (task !== controller) return false;
  task = undefined;
  ui.redact.disabled = redactor === undefined;
  ui.note.readOnly = false;
  ui.cancel.hidden = true;
  ui.retry.hidden = redactor !== undefined;
  return true;
}

async function load(): Promise<void> {
  const controller = new AbortController();
  begin(controller, "Loading the model …");
  try {
    redactor = await createRedactor({ ...options(), signal: controller.signal });
    end(controller);
    const { device, reason, model, sha256, adapter } = redactor.info;
    const name = device === "webgpu" ? `WebGPU${adapter ? ` (${adapter})` : ""}` : "processor (CPU)";
    ui.engine.textContent = `Device: ${name}: ${reason}. Model: ${model} (SHA-256 ${sha256.slice(0, 12)}…).`;
    ui.engine.dataset["device"] = device;
    ui.engine.hidden = false;
    quiet("Ready. Everything is loaded; nothing more is sent or fetched.");
  } catch (error) {
    if (end(controller)) showFailure(error);
  }
}

async function run(): Promise<void> {
  if (redactor === undefined) return;
  const note = ui.note.value;
  const controller = new AbortController();
  begin(controller, "Reading the note …");
  clearResult();
  const started = performance.now();
  try {
    const onProgress = (progress: Progress) => {
      if (task === controller) showProgress(progress);
    };
    const found = await redactor.redact(note, { policy: POLICY, onProgress, signal: controller.signal });
    if (!end(controller)) return;
    showResult(note, found);
    const n = found.entities.length;
    quiet(`${n} ${n === 1 ? "identifier" : "identifiers"} replaced in ${Math.round(performance.now() - started)} ms.`);
  } catch (error) {
    if (end(controller)) showFailure(error);
  }
}

async function copy(): Promise<void> {
  if (result === undefined) return;
  try {
    await navigator.clipboard.writeText(result.text);
    ui.status.textContent = "The redacted text is on the clipboard.";
  } catch {
    getSelection()?.selectAllChildren(ui.redacted);
    ui.status.textContent = "The browser does not let this page use the clipboard. The text is selected: press Ctrl+C.";
  }
}

function setNote(text: string): void {
  if (redactor !== undefined) task?.abort();
  clearResult();
  ui.note.value = text;
}

SAMPLES.forEach(({ title }, i) => ui.sample.append(new Option(title, String(i))));
ui.sample.addEventListener("change", () => {
  const sample = SAMPLES[Number(ui.sample.value)];
  if (ui.sample.value === "" || sample === undefined) return;
  setNote(sample.text);
  void run();
});
ui.note.addEventListener("input", () => {
  if (result !== undefined) clearResult();
});
ui.redact.addEventListener("click", () => void run());
ui.cancel.addEventListener("click", () => task?.abort());
ui.edit.addEventListener("click", () => {
  clearResult();
  ui.note.focus();
});
ui.clear.addEventListener("click", () => {
  setNote("");
  ui.sample.value = "";
  ui.note.focus();
});
ui.copy.addEventListener("click", () => void copy());
ui.retry.addEventListener("click", () => void load());
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && task === undefined) void run();
  if (event.key === "Escape") task?.abort();
});
// A browser that restores the page would otherwise bring the last note back.
addEventListener("pageshow", (event) => {
  if (event.persisted) setNote("");
});
ui.note.value = "";
void load();
