/** The redacted text that belongs to the review as it stands. Whoever takes it out waits for it, so nothing outdated ever leaves. */

import type { EntityType, RedactResult, Redactor } from "scrubjay";
import { byId } from "./dom.js";
import { applyOptions } from "./controls/settings.js";
import { clearFailure, asFailure, showFailure } from "./engine/status.js";
import { explain } from "./messages.js";
import { clearRedacted, showRedacted } from "./panes/redacted.js";
import type { Review } from "./review/review.js";

const pane = byId("redacted");

export class Outcome {
  #latest: Promise<RedactResult> | undefined;
  #work: AbortController | undefined;

  /** Follows the review: by `known`, if the engine has just said it, else by asking the engine. */
  follow(review: Review, off: ReadonlySet<EntityType>, redactor: Redactor, known?: RedactResult): void {
    this.#work?.abort();
    const work = new AbortController();
    this.#work = work;
    const { note, marks } = review;
    const replaced = marks.entities.filter(({ type }) => !off.has(type));
    const latest = known === undefined ? redactor.apply(note, replaced, { ...applyOptions(), signal: work.signal }) : Promise.resolve(known);
    this.#latest = latest;
    pane.setAttribute("aria-busy", "true");
    latest.then(
      (result) => {
        if (this.#latest !== latest) return;
        pane.removeAttribute("aria-busy");
        if (known === undefined) clearFailure();
        showRedacted(note, result, marks, off);
      },
      (error: unknown) => {
        if (this.#latest !== latest) return;
        pane.removeAttribute("aria-busy");
        // What stood there was another redaction than the one that is wanted.
        clearRedacted("There is no redacted text for these changes.");
        const failure = asFailure(error);
        showFailure(explain(failure, false, "Your changes are kept."), failure.code);
      },
    );
  }

  /** The result, once it is there; undefined where there is none. */
  async result(): Promise<RedactResult | undefined> {
    for (;;) {
      const latest = this.#latest;
      const result = await latest?.catch(() => undefined);
      if (latest === this.#latest) return result;
    }
  }

  clear(): void {
    this.#work?.abort();
    this.#latest = undefined;
    pane.removeAttribute("aria-busy");
    clearRedacted();
  }
}
