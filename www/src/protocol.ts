/** What the page and the worker say to each other. Every call has a number, and ends in one `done` or one `failed`. */

import type { CallName, Calls } from "./calls.js";
import type { WireError } from "./errors.js";
import type { SessionOptions } from "./session.js";
import type { Progress, RedactorInfo } from "./types.js";

/** From the page. */
export type Request =
  | { readonly kind: "open"; readonly id: number; readonly options: SessionOptions }
  | { readonly kind: "call"; readonly id: number; readonly name: CallName; readonly args: Calls[CallName]["args"] }
  | { readonly kind: "cancel"; readonly id: number }
  /** Be a helper of the engine at the other end of the port, and nothing else. */
  | { readonly kind: "help"; readonly port: MessagePort };

/** From the worker. */
export type Reply =
  | { readonly kind: "opened"; readonly id: number; readonly info: RedactorInfo }
  | { readonly kind: "done"; readonly id: number; readonly result: Calls[CallName]["result"] }
  | { readonly kind: "failed"; readonly id: number; readonly error: WireError }
  | { readonly kind: "progress"; readonly id: number; readonly progress: Progress }
  /** A helper is wanted for each port. */
  | { readonly kind: "hire"; readonly ports: MessagePort[] }
  /** The helpers are not wanted any more. */
  | { readonly kind: "dismiss" }
  /** The engine is broken for good. */
  | { readonly kind: "broken" };
