/** What the element shows: made node by node, so that no page policy on scripts, styles or HTML is in its way. */

const CSS = `
:host { display: block; font: inherit; color: inherit; }
:host([hidden]), [hidden] { display: none !important; }
label, .row { display: block; margin-block: 0.25rem; }
.row { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
textarea { box-sizing: border-box; inline-size: 100%; min-block-size: 10em; font: inherit; color: inherit; background: transparent; border: 1px solid; padding: 0.5em; resize: vertical; }
button { font: inherit; }
progress { inline-size: 100%; }
p { margin-block: 0.25rem; }
:focus-visible { outline: 2px solid Highlight; outline-offset: 2px; }
`;

let sheet: CSSStyleSheet | undefined;

/** One for all elements. Not a `<style>`: content security policies forbid those. */
function styles(): CSSStyleSheet {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}

function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
  ...children: Node[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** The element's parts, by name. */
export interface View {
  readonly label: HTMLElement;
  readonly note: HTMLTextAreaElement;
  readonly button: HTMLButtonElement;
  readonly cancel: HTMLButtonElement;
  readonly status: HTMLElement;
  readonly progress: HTMLProgressElement;
  readonly error: HTMLElement;
  readonly outputLabel: HTMLElement;
  readonly output: HTMLTextAreaElement;
}

/** Fills `root`. */
export function createView(root: ShadowRoot): View {
  root.adoptedStyleSheets = [styles()];
  const view: View = {
    label: make("slot", { name: "label" }),
    note: make("textarea", { id: "note", part: "note", spellcheck: "false", autocomplete: "off" }),
    button: make("button", { type: "button", part: "button" }),
    cancel: make("button", { type: "button", part: "cancel", hidden: "" }),
    status: make("p", { role: "status", part: "status" }),
    progress: make("progress", { part: "progress", hidden: "" }),
    error: make("p", { role: "alert", part: "error" }),
    outputLabel: make("label", { for: "output", part: "output-label", hidden: "" }),
    output: make("textarea", { id: "output", part: "output", readonly: "", hidden: "" }),
  };
  root.append(
    make("label", { for: "note", part: "label" }, view.label),
    view.note,
    make("div", { class: "row", part: "actions" }, view.button, view.cancel, make("slot", { name: "actions" })),
    view.status,
    view.progress,
    view.error,
    view.outputLabel,
    view.output,
  );
  return view;
}
