/** How many threads read at once. */

import { invalid } from "./engine-options.js";

const MOST = 64;

/** What the caller gives; else half of the processors, which are often two to a core, and no more than four: each takes memory. */
export function threadCount(given: number | undefined, processors: number): number {
  const threads = given ?? Math.min(4, Math.ceil(processors / 2));
  if (!Number.isInteger(threads) || threads < 1 || threads > MOST) throw invalid("threads", `must be a whole number from 1 to ${MOST}`);
  return threads;
}
