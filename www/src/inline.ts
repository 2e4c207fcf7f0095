/** An engine in the calling thread. */

import { ScrubjayError } from "./errors.js";
import type { LoadModule } from "./module.js";
import { poison, type Session } from "./session.js";
import type { OnProgress, RedactResult } from "./types.js";

/** An engine, wherever it runs. */
export interface Backend {
  /** Whether it is broken or closed, and a new one is needed. */
  readonly dead: boolean;
  redact(text: string, options: string, onProgress?: OnProgress, signal?: AbortSignal): Promise<RedactResult>;
  apply(text: string, entities: string, options: string, signal?: AbortSignal): Promise<RedactResult>;
  /** Ends it; pending calls reject with `reason`. */
  close(reason: ScrubjayError): void;
}

/** Whether an uncaught error comes from inside the module. */
function isTrap(event: Event): boolean {
  const cause: unknown = "reason" in event ? event.reason : "error" in event ? event.error : undefined;
  return cause instanceof WebAssembly.RuntimeError;
}

/** See the file's head. */
export class Inline implements Backend {
  readonly #session: Session;
  readonly #load: LoadModule;
  readonly #waiting = new Set<(error: ScrubjayError) => void>();
  #dead = false;

  constructor(session: Session, load: LoadModule) {
    this.#session = session;
    this.#load = load;
  }

  get dead(): boolean {
    return this.#dead;
  }

  redact(text: string, options: string, onProgress?: OnProgress, signal?: AbortSignal): Promise<RedactResult> {
    return this.#guard(() => this.#session.redact(text, options, onProgress, signal));
  }

  apply(text: string, entities: string, options: string, signal?: AbortSignal): Promise<RedactResult> {
    return this.#guard(() => this.#session.apply(text, entities, options, signal));
  }

  #guard(call: () => Promise<RedactResult>): Promise<RedactResult> {
    return new Promise((resolve, reject) => {
      this.#watch(reject);
      call()
        .then(resolve, (error: ScrubjayError) => {
          if (error.code === "WORKER_FAILED") this.#breakDown();
          reject(error);
        })
        .finally(() => this.#unwatch(reject));
    });
  }

  close(reason: ScrubjayError): void {
    this.#dead = true;
    this.#session.dispose();
    for (const reject of this.#waiting) {
      this.#unwatch(reject);
      reject(reason);
    }
  }

  // A trap between two awaits leaves the engine's promise pending for ever; the only trace of it is the page's error event.
  readonly #onError = (event: Event): void => {
    if (!isTrap(event)) return;
    event.preventDefault();
    this.#breakDown();
  };

  #breakDown(): void {
    poison(this.#load);
    this.close(new ScrubjayError("WORKER_FAILED", "the engine broke down"));
  }

  #watch(reject: (error: ScrubjayError) => void): void {
    if (this.#waiting.size === 0) {
      globalThis.addEventListener?.("error", this.#onError);
      globalThis.addEventListener?.("unhandledrejection", this.#onError);
    }
    this.#waiting.add(reject);
  }

  #unwatch(reject: (error: ScrubjayError) => void): void {
    this.#waiting.delete(reject);
    if (this.#waiting.size === 0) {
      globalThis.removeEventListener?.("error", this.#onError);
      globalThis.removeEventListener?.("unhandledrejection", this.#onError);
    }
  }
}
