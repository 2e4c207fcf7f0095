/** What the page says about the work in progress, and about what went wrong. */

import { ScrubjayError, type Progress } from "scrubjay";
import { byId } from "../dom.js";
import { Refused } from "../refused.js";

const ui = { status: byId("status"), progress: byId<HTMLProgressElement>("progress"), failure: byId("failure") };

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** When and about what the status last spoke: a screen reader reads out each change of it. */
const spoken = { stage: "", at: 0 };

/** Progress as a bar, without a value where the end is not known, and once a second in words. */
export function showProgress({ stage, loaded, total }: Progress): void {
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
    note: `Reading the file: note ${Math.min(loaded + 1, total ?? loaded + 1)} of ${total ?? "?"}`,
    window: `Reading the note: part ${loaded} of ${total ?? "?"}`,
  };
  ui.status.textContent = words[stage];
}

/** Work begins. */
export function working(status: string): void {
  clearFailure();
  spoken.stage = "";
  ui.status.textContent = status;
}

/** There is no work. */
export function quiet(status: string): void {
  ui.status.textContent = status;
  ui.progress.hidden = true;
}

/** Something is wrong, in words; `code` for whoever can do something about it. */
export function showFailure(words: string, code: string): void {
  ui.failure.textContent = words;
  ui.failure.dataset["code"] = code;
  ui.failure.hidden = false;
}

export function clearFailure(): void {
  ui.failure.hidden = true;
  ui.failure.textContent = "";
  delete ui.failure.dataset["code"];
}

/** Any thrown value as an error with a code. An error of the page's own keeps its words to itself: they may quote the note. */
export function asFailure(error: unknown): ScrubjayError {
  if (error instanceof Refused) return new ScrubjayError(error.code, error.message);
  return error instanceof ScrubjayError ? error : new ScrubjayError("UNKNOWN", "an error of the page");
}
