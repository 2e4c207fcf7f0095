/**
 * `<scrubjay-redactor>`: a note, a button and the redacted text, as one control of a form.
 *
 * ```ts
 * import { defineScrubjayElement } from "scrubjay/element";
 * defineScrubjayElement();
 * ```
 *
 * Importing defines nothing and is safe where there is no browser.
 */

import { ScrubjayRedactorElement } from "./element.js";

export { ScrubjayRedactorElement, type ScrubjayRedactorEventMap } from "./element.js";
export { ENGLISH, type ElementStrings } from "./strings.js";
export type * from "../types.js";
export { ScrubjayError, type ErrorCode } from "../errors.js";

/** The name that the element usually has. */
export const ELEMENT_NAME = "scrubjay-redactor";

/** Defines the element. Does nothing where there is no browser, and the second time. */
export function defineScrubjayElement(name: string = ELEMENT_NAME): void {
  const registry = globalThis.customElements as CustomElementRegistry | undefined;
  if (registry === undefined || registry.get(name) !== undefined) return;
  // A class can have one name only.
  registry.define(name, name === ELEMENT_NAME ? ScrubjayRedactorElement : class extends ScrubjayRedactorElement {});
}

declare global {
  interface HTMLElementTagNameMap {
    [ELEMENT_NAME]: ScrubjayRedactorElement;
  }
}
