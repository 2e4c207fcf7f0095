/** Opening a file by a button. */

import { byId } from "./dom.js";

/**
 * Has the button `button` open the file picker of the hidden input `input`, and calls `take` with the file. The same file can be picked
 * again, as after it was mended.
 */
export function pickFile(button: string, input: string, take: (file: File) => unknown): void {
  const picker = byId<HTMLInputElement>(input);
  byId(button).addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => {
    const file = picker.files?.[0];
    picker.value = "";
    if (file !== undefined) void take(file);
  });
}
