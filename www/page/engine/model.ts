/** The control that names the model in use and lets the person take another one, from disk or from this server, and go back. */

import type { ModelHashes, ModelSource, RedactorInfo } from "scrubjay";
import { byId } from "../dom.js";

/** A model that the person chose. */
export interface Choice {
  readonly model: ModelSource;
  /** Where it comes from, in words. */
  readonly from: string;
}

export interface ModelControl {
  /** Names the model in use; no `choice` is the shipped one. */
  show(info: RedactorInfo, choice: Choice | undefined): void;
  /** Lets the person go back to the shipped model after another could not be loaded. */
  offerShipped(): void;
}

const ui = {
  summary: document.querySelector<HTMLElement>("#model summary")!,
  id: byId("model-id"),
  now: byId("model-now"),
  shipped: byId<HTMLButtonElement>("model-shipped"),
  form: byId<HTMLFormElement>("model-form"),
  files: byId<HTMLInputElement>("model-files"),
  folder: byId<HTMLInputElement>("model-folder"),
  url: byId<HTMLInputElement>("model-url"),
  sha256: byId<HTMLInputElement>("model-sha256"),
  missing: byId("model-missing"),
};

/** One way of naming a model at a time: whichever was used last. */
const ways = [ui.files, ui.folder, ui.url];

/** What the form says, if it says anything. */
function chosen(): Choice | undefined {
  const digits = ui.sha256.value.trim();
  const sha256: ModelHashes = digits === "" ? {} : { "model.safetensors": digits };
  for (const { files } of [ui.files, ui.folder]) {
    // An array, because the input's own list empties with the input.
    if (files !== null && files.length > 0) return { model: { files: [...files], sha256 }, from: "from files on this computer" };
  }
  const url = ui.url.value.trim();
  return url === "" ? undefined : { model: { url, sha256 }, from: "from an address on this server" };
}

/** Sets the control up. `load` is called with the person's choice, or with none for the shipped model. */
export function modelControl(load: (choice: Choice | undefined) => void): ModelControl {
  for (const way of ways) {
    way.addEventListener("change", () => {
      ui.missing.hidden = true;
      for (const other of ways) if (other !== way && way.value !== "") other.value = "";
    });
  }
  ui.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const choice = chosen();
    ui.missing.hidden = choice !== undefined;
    if (choice !== undefined) load(choice);
  });
  ui.shipped.addEventListener("click", () => load(undefined));

  return {
    show({ model, sha256 }, choice) {
      ui.id.textContent = model;
      ui.now.textContent = `In use: ${model}, ${choice?.from ?? "shipped with this page"}. SHA-256 of model.safetensors: ${sha256}`;
      const focused = document.activeElement === ui.shipped;
      ui.shipped.hidden = choice === undefined;
      if (choice === undefined) ui.form.reset();
      // A hidden button would let the keyboard's place on the page go.
      if (focused && ui.shipped.hidden) ui.summary.focus();
    },
    offerShipped() {
      ui.shipped.hidden = false;
    },
  };
}
