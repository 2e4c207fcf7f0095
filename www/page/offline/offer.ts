/** The offer of a new version: taken when the person takes it, and not before they know what becomes of the note. */

function button(text: string, onClick: () => void): HTMLButtonElement {
  const node = document.createElement("button");
  node.type = "button";
  node.textContent = text;
  node.addEventListener("click", onClick);
  return node;
}

function noteOnScreen(): boolean {
  return (document.querySelector<HTMLTextAreaElement>("#note")?.value ?? "") !== "";
}

/** Shows the offer; `accept` puts the new version in the page's place. */
export function offerVersion(accept: () => void): void {
  document.getElementById("update")?.remove();
  const box = document.createElement("aside");
  box.id = "update";
  box.setAttribute("aria-label", "New version");
  const words = document.createElement("p");
  // Read out by a screen reader only if it is there before its text is.
  words.setAttribute("role", "status");
  const later = button("Later", () => box.remove());
  const reload = button("Reload", () => {
    if (!noteOnScreen()) return accept();
    words.textContent = "Reloading clears the note on this screen.";
    reload.replaceWith(button("Clear it and reload", accept));
    later.focus();
  });
  box.append(words, reload, later);
  document.body.append(box);
  words.textContent = "A new version is ready.";
}
