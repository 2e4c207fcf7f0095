/** The one-call form: one redactor for all who don't make their own. */

import { abortable } from "./errors.js";
import type { OnProgress, RedactOptions, RedactResult, Redactor } from "./types.js";

type Create = (options: { readonly onProgress?: OnProgress }) => Promise<Redactor>;

/** A `redact` on the redactor that `create` makes at the first call. */
export function sharedRedact(create: Create): (text: string, options?: RedactOptions) => Promise<RedactResult> {
  let shared: Promise<Redactor> | undefined;

  /** A failed start is not kept: the next call tries again. */
  function start(onProgress: OnProgress | undefined): Promise<Redactor> {
    const starting = create(onProgress === undefined ? {} : { onProgress });
    starting.catch(() => {
      if (shared === starting) shared = undefined;
    });
    return starting;
  }

  return async (text, options = {}) => {
    shared ??= start(options.onProgress);
    // Whoever cancels stops waiting, no more: others may wait for the same engine.
    const redactor = await abortable(shared, options.signal);
    return redactor.redact(text, options);
  };
}
