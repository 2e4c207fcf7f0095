/** The secret of substitutes and date shifts, and whose note it is. Held in memory alone. */

import type { RedactContext } from "scrubjay";
import { byId, plural } from "../dom.js";
import { refusal, type InUse } from "../engine/ask.js";
import { saveBlob } from "../export/files.js";
import { pickFile } from "../pick.js";

const ui = {
  key: byId<HTMLInputElement>("key"),
  patient: byId<HTMLInputElement>("patient"),
  state: byId("key-state"),
  problem: byId("key-problem"),
  forget: byId<HTMLButtonElement>("key-forget"),
};

/** Bytes of a key file: it is a secret, not a text. */
const MOST = 1 << 20;

const random = () => crypto.getRandomValues(new Uint8Array(32));

/** The key of a page that was given none. */
const drawn = random();

/** What a key file held, byte by byte, as the command line reads it. */
let bytes: Uint8Array | undefined;

/** For the engine. */
export function context(): RedactContext {
  const key = bytes ?? (ui.key.value === "" ? drawn : ui.key.value);
  const patient = ui.patient.value.trim();
  return { key, ...(patient === "" ? {} : { patient }) };
}

/** Forgets key and patient. */
export function forgetKey(): void {
  bytes = undefined;
  ui.key.value = "";
  ui.patient.value = "";
  ui.problem.hidden = true;
  showState();
}

function showState(said = ""): void {
  const own = bytes !== undefined || ui.key.value !== "";
  const words = bytes !== undefined ? `In use: a key of ${plural(bytes.length, "byte")} from a file.` : "In use: the key that you entered.";
  ui.state.textContent = said || (own ? words : "In use: a random key that this page drew when it was loaded, and forgets when you leave it.");
  const focused = document.activeElement === ui.forget;
  ui.forget.hidden = !own;
  // A hidden button would let the keyboard's place on the page go.
  if (focused && !own) ui.key.focus();
}

/** Sets the control up. `changed` is called when substitutes become others. */
export function keyControl(engine: InUse, changed: () => void): void {
  let turn = 0;
  const take = async (next?: Uint8Array, said = "") => {
    const mine = ++turn;
    bytes = next;
    if (next !== undefined) ui.key.value = "";
    showState(said);
    changed();
    const error = engine() === undefined ? undefined : await refusal(engine, { context: context() });
    if (mine !== turn) return;
    ui.problem.hidden = error === undefined;
    // A key that the engine refuses stays: with another one, notes would quietly get other substitutes.
    ui.problem.textContent = error === undefined ? "" : `This key cannot be used, and nothing is redacted with it. (${error.code}: ${error.message})`;
    ui.key.setAttribute("aria-invalid", String(error !== undefined));
  };
  ui.key.addEventListener("change", () => void take());
  ui.patient.addEventListener("change", changed);
  pickFile("key-open", "key-file", async (file) => {
    const content = file.size > MOST ? undefined : await file.arrayBuffer().catch(() => undefined);
    if (content !== undefined) return take(new Uint8Array(content));
    ui.problem.hidden = false;
    ui.problem.textContent = "This file cannot be read, or is larger than a key file is (1 MiB). The key is as it was.";
  });
  byId("key-make").addEventListener("click", () => {
    const made = random();
    saveBlob("scrubjay.key", new Blob([made]));
    void take(made, "Saved as scrubjay.key, and in use. Keep it as you keep the notes.");
  });
  ui.forget.addEventListener("click", () => {
    forgetKey();
    void take();
  });
  forgetKey();
}
