/** Steps through a note by characters and words. */

import type { Span } from "./marks.js";

/** A letter, digit or mark: what a word is made of. */
export const WORD_CHAR = "[\\p{L}\\p{N}\\p{M}_]";
/** What joins two runs of them to one word: O'Neil, 03/14/2019, 00482-9173, a@b.org. */
const JOINER = "['’.\\-/@:]";
const WORD = new RegExp(`${WORD_CHAR}+(?:${JOINER}${WORD_CHAR}+)*`, "gu");

/** How far a step looks. A note may have two million characters. */
const REACH = 1000;

/** What moves an end of a mark, and how far. */
export type Unit = "character" | "word";
export type Edge = "start" | "end";
export type Direction = "back" | "forward";

/** The words of `note.slice(from, to)`. */
function words(note: string, from: number, to: number): Span[] {
  const base = Math.max(0, from);
  return Array.from(note.slice(base, Math.max(base, to)).matchAll(WORD), (match) => {
    const start = base + match.index;
    return { start, end: start + match[0].length };
  });
}

/** The first word that starts at `offset` or after it. */
export function nextWord(note: string, offset: number): Span | undefined {
  for (let reach = REACH; ; reach *= 8) {
    const found = words(note, offset - REACH, offset + reach).find(({ start }) => start >= offset);
    if (found !== undefined || offset + reach >= note.length) return found;
  }
}

/** The last word that ends at `offset` or before it. */
export function previousWord(note: string, offset: number): Span | undefined {
  for (let reach = REACH; ; reach *= 8) {
    const found = words(note, offset - reach, offset + REACH).filter(({ end }) => end <= offset).at(-1);
    if (found !== undefined || offset <= reach) return found;
  }
}

/** The word that `offset` stands inside, not at its start. */
function around(note: string, offset: number): Span | undefined {
  return words(note, offset - REACH, offset + REACH).find(({ start, end }) => start < offset && offset < end);
}

/** The word that `offset` stands in or before, else the last one. */
export function wordAt(note: string, offset: number): Span | undefined {
  return around(note, offset) ?? nextWord(note, offset) ?? previousWord(note, note.length);
}

let segmenter: Intl.Segmenter | undefined;

/** The offset one character (grapheme cluster) away: a family of emoji is one. */
function character(note: string, offset: number, direction: Direction): number {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const base = Math.max(0, offset - REACH);
  const segments = segmenter.segment(note.slice(base, offset + REACH));
  const segment = segments.containing(direction === "back" ? offset - base - 1 : offset - base);
  if (segment === undefined) return offset;
  return base + segment.index + (direction === "back" ? 0 : segment.segment.length);
}

/** `span` with one end moved by one step, or as it was where there is no further to go. It never becomes empty. */
export function moved(note: string, span: Span, edge: Edge, unit: Unit, direction: Direction): Span {
  const from = span[edge];
  const to = unit === "character" ? character(note, from, direction) : word(note, from, edge, direction);
  const next = { start: span.start, end: span.end, [edge]: to ?? from };
  return next.start < next.end ? next : { start: span.start, end: span.end };
}

/** The next place for this end of a mark: starts go to where words start, ends to where they end. */
function word(note: string, from: number, edge: Edge, direction: Direction): number | undefined {
  if (direction === "forward") {
    return edge === "start" ? nextWord(note, from + 1)?.start : (around(note, from) ?? nextWord(note, from))?.end;
  }
  return edge === "end" ? previousWord(note, from - 1)?.end : (around(note, from) ?? previousWord(note, from))?.start;
}
