"use client";
/** scrubjay in React (18 or newer): a hook, and a component around `<scrubjay-redactor>`. Importing is safe on a server. */

export { ScrubjayRedactor, type ScrubjayRedactorProps } from "./component.js";
export { useRedactor, type RedactorStatus, type UseRedactor, type UseRedactorOptions } from "./hook.js";
export { ScrubjayError, type ErrorCode } from "../errors.js";
export type { ScrubjayRedactorElement } from "../element/element.js";
export type * from "../types.js";
