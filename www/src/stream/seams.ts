/** Places where a text may be cut. */

/** Best first; the cut comes after the match. None splits a CRLF. */
const KINDS: readonly RegExp[] = [
  // Blank lines: what stands on both sides seldom needs the other to be understood.
  /\n(?:[^\S\n]*\n)+/g,
  /\n/g,
  /\s(?!\n)/g,
];

const LOW_SURROGATE = /[\udc00-\udfff]/;

/** Whether a cut at `at` leaves both halves well-formed. */
function betweenCharacters(text: string, at: number): boolean {
  return !LOW_SURROGATE.test(text.charAt(at));
}

/**
 * The last of the best places in `from..=to` that `free` allows; failing all, the last between two characters; and `undefined` if there
 * is none such either.
 */
export function seam(text: string, from: number, to: number, free: (at: number) => boolean = () => true): number | undefined {
  const region = text.slice(from, to);
  for (const kind of KINDS) {
    const ends = Array.from(region.matchAll(kind), (match) => from + match.index + match[0].length);
    // The region may end within a CRLF or a run of blank lines; that it does not is checked on the text.
    const found = ends.reverse().find((at) => text.slice(at - 1, at + 1) !== "\r\n" && free(at));
    if (found !== undefined) return found;
  }
  for (let at = to; at > from; at--) if (betweenCharacters(text, at) && free(at)) return at;
  return undefined;
}
