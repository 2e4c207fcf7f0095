/**
 * "All the same in this note": whole words, in whatever case. White space of any kind and number is one, as are the apostrophes and
 * the two ways of writing an accented letter, since a name broken across lines is still the name.
 */

import type { Span } from "./marks.js";
import { WORD_CHAR } from "./words.js";

/** Longer passages are not repeated. */
const LONGEST = 300;

/** One character, in each way of writing it. */
function character(char: string): string {
  if (/['’ʼ]/u.test(char)) return "['’ʼ]";
  const ways = [...new Set([char, char.normalize("NFD")])].map((way) => way.replace(/[\^$\\.*+?()[\]{}|/]/gu, "\\$&"));
  return ways.length === 1 ? ways[0]! : `(?:${ways.join("|")})`;
}

/** What finds `text` and its like, or nothing where there is nothing to look for. */
function pattern(text: string): RegExp | undefined {
  const parts = text.trim().normalize("NFC").split(/\s+/u);
  if (parts[0] === "" || text.length > LONGEST) return undefined;
  const body = parts.map((part) => Array.from(part, character).join("")).join("\\s+");
  const before = new RegExp(`^${WORD_CHAR}`, "u").test(parts[0]!) ? `(?<!${WORD_CHAR})` : "";
  const after = new RegExp(`${WORD_CHAR}$`, "u").test(parts.at(-1)!) ? `(?!${WORD_CHAR})` : "";
  return new RegExp(`${before}${body}${after}`, "giu");
}

/** Where `note.slice(span.start, span.end)` stands in the note, itself included; in order, disjoint. */
export function occurrences(note: string, span: Span): readonly Span[] {
  const itself = { start: span.start, end: span.end };
  const like = pattern(note.slice(span.start, span.end));
  if (like === undefined) return [itself];
  const found = Array.from(note.matchAll(like), (match) => ({ start: match.index, end: match.index + match[0].length }));
  // Part of a word, which a person may well mark, is no whole word anywhere, itself included.
  const others = found.filter(({ start, end }) => end <= span.start || start >= span.end);
  return [...others, itself].sort((a, b) => a.start - b.start);
}

/** Whether two spans have the same text in this sense. */
export function sameText(note: string): (a: Span) => (b: Span) => boolean {
  const folded = ({ start, end }: Span) =>
    note.slice(start, end).trim().normalize("NFC").replace(/\s+/gu, " ").replace(/[’ʼ]/gu, "'").toLowerCase();
  return (a) => {
    const wanted = folded(a);
    return (b) => folded(b) === wanted;
  };
}
