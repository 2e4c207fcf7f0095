/** The look of a mark, the same on both sides. */

import { element } from "../dom.js";
import { categoryOf, nameOf, sourceOf } from "../names.js";
import type { Mark } from "../review/marks.js";

/** What becomes of a mark. */
export type Fate = "replaced" | "doubtful" | "standing";

const WORDS: Readonly<Record<Fate, string>> = { replaced: "", doubtful: "doubtful, ", standing: "left standing, " };

/** The element of a mark around `text`. */
export function markElement(mark: Mark, fate: Fate, text: string): HTMLElement {
  const node = element("mark", `mark ${fate} ${categoryOf(mark.type)}`, text);
  if (fate === "replaced") node.classList.add("entity");
  node.dataset["name"] = nameOf(mark.type);
  node.dataset["start"] = String(mark.start);
  return node;
}

/** A mark in words, for whoever does not see its colour. */
export function describe(mark: Mark, fate: Fate, text: string): string {
  return `${WORDS[fate]}${nameOf(mark.type)}: ${text}`;
}

/** Who found it and how sure that is. */
export function provenance({ source, score }: Mark): string {
  return source === "user" ? "marked by you" : `found by ${sourceOf(source)}, score ${score.toFixed(2)}`;
}
