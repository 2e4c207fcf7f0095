/** The ways that files come in: picked, or dropped anywhere on the page. */

import { byId } from "../dom.js";

/** Calls `take` with files that the person picks or drops. */
export function pickFiles(take: (files: File[]) => void): void {
  const input = byId<HTMLInputElement>("files-input");
  for (const id of ["files-open", "files-add"]) byId(id).addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // The same file may be picked again.
    input.value = "";
    if (files.length > 0) take(files);
  });

  // A browser that is left to itself would open the file in place of the page. The model's own inputs take theirs themselves.
  const dropped = ({ dataTransfer, target }: DragEvent) =>
    dataTransfer?.types.includes("Files") === true && !(target instanceof HTMLInputElement && target.type === "file");
  let over = 0;
  const show = (on: boolean) => document.documentElement.toggleAttribute("data-drop", on);
  addEventListener("dragenter", (event) => {
    if (dropped(event)) show(++over > 0);
  });
  addEventListener("dragleave", (event) => {
    if (dropped(event)) show((over = Math.max(0, over - 1)) > 0);
  });
  addEventListener("dragover", (event) => {
    if (!dropped(event)) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = document.querySelector("dialog[open]") === null ? "copy" : "none";
  });
  addEventListener("drop", (event) => {
    show((over = 0) > 0);
    if (!dropped(event)) return;
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    // A dialog wants its answer first.
    if (files.length > 0 && document.querySelector("dialog[open]") === null) take(files);
  });
}
