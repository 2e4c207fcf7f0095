/** What an error means to the person at the page, by its code. */

import type { ScrubjayError } from "scrubjay";

const MESSAGES: Readonly<Record<string, string>> = {
  ASSET_MISSING: "A file that this page needs could not be fetched. Is the server still there, and was it set up with the assets folder?",
  ASSET_INVALID: "A file that this page needs is damaged or incomplete on the server.",
  HASH_MISMATCH: "The model's files are not the ones this page was built for (their checksum differs), so they are not used.",
  NO_WASM: "This browser cannot run WebAssembly with SIMD, or a policy forbids it here. A current Firefox, Chrome, Edge or Safari can.",
  DEVICE_UNAVAILABLE: "The device that was asked for is not there. This browser may have no WebGPU; without ?device=webgpu the page takes the processor instead.",
  DEVICE_FAILED: "The graphics device gave wrong results or gave up, so its results are not used. Try ?device=cpu.",
  ENCODER_FAILED: "The model gave no usable answer for this note.",
  WORKER_FAILED: "The engine broke down, perhaps for lack of memory. It starts again with the next try.",
  OPTION_INVALID: "A setting cannot be used.",
  DISPOSED: "The engine was shut down. Reload the page.",
  CANCELLED: "Cancelled.",
};

/** Where the page cannot answer for the files, because the person chose them. */
const OWN_MODEL: Readonly<Record<string, string>> = {
  ASSET_MISSING: "A file of this model is missing: it takes config.json, tokenizer.json and model.safetensors.",
  ASSET_INVALID: "These files are not a model that this page can read.",
  HASH_MISMATCH: "The model is not the one whose checksum you gave, so it is not used.",
  OPTION_INVALID: "This model cannot be loaded as it was given.",
  CONFIG_UNSUPPORTED: "This is not a model of a kind that scrubjay can run.",
  LABELS_INVALID: "This model's labels are not those of scrubjay, so what it finds would mean nothing here.",
};

/**
 * An error in words, with its code for whoever can do something about it. Holds no text of the note. `own` is whether it came of
 * loading a model that the person chose, `outcome` how things stand now.
 */
export function explain(error: ScrubjayError, own: boolean, outcome: string): string {
  const known = (own ? OWN_MODEL[error.code] : undefined) ?? MESSAGES[error.code];
  const words = known ?? (isModel(error.code) ? "The model's files do not fit together or are damaged." : "Something went wrong.");
  return `${words} ${outcome} (${error.code}: ${error.message})`;
}

function isModel(code: string): boolean {
  return /^(CONFIG|LABELS|TOKENIZER|WEIGHTS)_/.test(code);
}
