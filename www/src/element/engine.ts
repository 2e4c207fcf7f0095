/** The redactor of an element: given, or its own, made when it is first needed and freed with the element. */

import { abortable } from "../errors.js";
import { createRedactor } from "../redactor.js";
import type { OnProgress, Redactor, RedactorOptions } from "../types.js";

interface Own {
  readonly ready: Promise<Redactor>;
  readonly stop: AbortController;
}

export class ElementEngine {
  readonly #onProgress: OnProgress;
  #given: Redactor | undefined;
  #own: Own | undefined;

  /** `onProgress` hears of the loading. */
  constructor(onProgress: OnProgress) {
    this.#onProgress = onProgress;
  }

  /** The one that the page gave; it is the page's to dispose of. */
  get given(): Redactor | undefined {
    return this.#given;
  }

  set given(redactor: Redactor | undefined) {
    this.#given = redactor;
    this.dispose();
  }

  /** A redactor; `options` are for making one. Who cancels stops waiting, while the loading goes on for the next call. */
  async get(options: RedactorOptions, signal: AbortSignal): Promise<Redactor> {
    if (this.#given !== undefined) return this.#given;
    this.#own ??= this.#start(options);
    return abortable(this.#own.ready, signal);
  }

  #start(options: RedactorOptions): Own {
    const stop = new AbortController();
    const own: Own = { ready: createRedactor({ ...options, onProgress: this.#onProgress, signal: stop.signal }), stop };
    // A failed start is not kept.
    own.ready.catch(() => {
      if (this.#own === own) this.#own = undefined;
    });
    return own;
  }

  /** Frees its own, or ends its loading. */
  dispose(): void {
    const own = this.#own;
    this.#own = undefined;
    own?.stop.abort();
    void own?.ready.then((redactor) => redactor.dispose(), () => undefined);
  }
}
