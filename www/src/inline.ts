/** An engine in the calling thread. */

import type { CallName, Calls } from "./calls.js";
import { ScrubjayError } from "./errors.js";
import { poison } from "./loading.js";
import type { LoadModule } from "./module.js";
import type { Session } from "./session.js";
import type { OnProgress } from "./types.js";

/** An engine, wherever it runs. */
export interface Backend {
  /** Whether it is broken or closed, and a new one is needed. */
  readonly dead: boolean;
  /** Has `name` done after the calls before it. The buffers of `args` may be taken. */
  call<K extends CallName>(name: K, args: Calls[K]["args"], onProgress?: OnProgress, signal?: AbortSignal): Promise<Calls[K]["result"]>;
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

  call<K extends CallName>(name: K, args: Calls[K]["args"], onProgress?: OnProgress, signal?: AbortSignal): Promise<Calls[K]["result"]> {
    return new Promise((resolve, reject) => {
      this.#watch(reject);
      this.#session
        .call(name, args, onProgress, signal)
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
    poison(this.#load, this.#session.build);
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
