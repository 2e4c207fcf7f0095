/** The page: a note goes in, and what was found and the redacted text stand beside each other. Uses the package and nothing else. */

import { createRedactor, ScrubjayError, type Progress, type Redactor, type RedactResult, type RedactorOptions } from "scrubjay";
import { byId } from "./dom.js";
import { highlighted, legend, redacted } from "./highlight.js";
import { explain } from "./messages.js";
import { modelControl, type Choice } from "./model.js";
import { filesKept } from "./offline/offline.js";
import { SAMPLES } from "./samples.js";

const POLICY = "i2b2";

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
/** Whether the task is a note, not a model. */
let reading = false;
/** The model last asked for, where it is not the shipped one. */
let wanted: Choice | undefined;
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
  const kept = !reading && redactor !== undefined;
  const outcome = kept ? `The model in use is still ${redactor?.info.model}.` : "Nothing was redacted.";
  if (failure.code === "CANCELLED") {
    quiet(`Cancelled. ${redactor === undefined ? "The model is not loaded." : outcome}`);
    return;
  }
  quiet("Stopped.");
  ui.failure.textContent = explain(failure, !reading && wanted !== undefined, outcome);
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
  return { device: device as "auto", assets: new URL("./assets/", document.baseURI) };
}

/** Makes `controller` the task that Cancel ends. */
function begin(controller: AbortController, status: string, ofNote: boolean): void {
  task?.abort();
  task = controller;
  reading = ofNote;
  clearFailure();
  ui.redact.disabled = true;
  ui.note.readOnly = reading;
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

/** Loads the shipped model or the person's. The one in use stays until the other is ready, and if that fails. */
async function load(choice?: Choice): Promise<void> {
  const controller = new AbortController();
  wanted = choice;
  begin(controller, "Loading the model …", false);
  const onProgress = (progress: Progress) => {
    if (task === controller) showProgress(progress);
  };
  try {
    await filesKept({ onProgress, signal: controller.signal });
    const source = choice === undefined ? {} : { model: choice.model };
    const next = await createRedactor({ ...options(), ...source, onProgress, signal: controller.signal });
    if (task !== controller) return next.dispose();
    redactor?.dispose();
    redactor = next;
    end(controller);
    // What the model before found is not what this one finds.
    clearResult();
    model.show(redactor.info, choice);
    const { device, reason, model: id, sha256, adapter } = redactor.info;
    const name = device === "webgpu" ? `WebGPU${adapter ? ` (${adapter})` : ""}` : "processor (CPU)";
    ui.engine.textContent = `Device: ${name}: ${reason}. Model: ${id} (SHA-256 ${sha256.slice(0, 12)}…).`;
    ui.engine.dataset["device"] = device;
    ui.engine.hidden = false;
    quiet("Ready. Everything is loaded; nothing more is sent or fetched.");
  } catch (error) {
    if (!end(controller)) return;
    if (redactor === undefined && choice !== undefined) model.offerShipped();
    showFailure(error);
  }
}

async function run(): Promise<void> {
  // A model on its way is waited for: the note could be read by either.
  if (redactor === undefined || (task !== undefined && !reading)) return;
  const note = ui.note.value;
  const controller = new AbortController();
  begin(controller, "Reading the note …", true);
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
  if (reading) task?.abort();
  clearResult();
  ui.note.value = text;
}

const model = modelControl((choice) => void load(choice));
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
ui.retry.addEventListener("click", () => void load(wanted));
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
