/**
 * Redacts a text piece by piece, in bounded memory.
 *
 * The model reads each piece with `overlap` before and after it, both lengthened to the next line. Where a piece ends is decided
 * after that, so that it is inside nothing that was found. If what is found at a place depends on the text within `overlap` around it
 * and on nothing else, the pieces in a row are the redacted whole.
 */

import { invalid } from "../engine-options.js";
import { throwIfAborted } from "../errors.js";
import type { ApplyOptions, Candidate, Entity, RedactOptions, RedactResult, RedactedPiece, Redactor, StreamOptions, TextSource } from "../types.js";
import { seam } from "./seams.js";
import { TextReader } from "./source.js";

interface Range {
  readonly start: number;
  readonly end: number;
}

/** What of `ranges` lies in `from..to`, counted from `base`. */
function within<T extends Range>(ranges: readonly T[], from: number, to: number, base: number): T[] {
  return ranges
    .filter(({ start, end }) => start < to && end > from)
    .map((range) => ({ ...range, start: Math.max(range.start, from) - base, end: Math.min(range.end, to) - base }));
}

function length(option: string, value: unknown, least: number): number {
  if (!Number.isSafeInteger(value) || (value as number) < least) throw invalid(option, `must be a whole number of at least ${least}`);
  return value as number;
}

/** Pieces would each be numbered from 1: the same number would name different persons. */
function refuseNumbers(policy: ApplyOptions["policy"]): void {
  const numbers = policy === "numbered" || (typeof policy === "object" && JSON.stringify(policy)?.includes('"numbered-label"'));
  if (numbers) throw invalid("policy", "numbers cannot run on from piece to piece");
}

/** Without a key every call would draw its own, and the same name or date would become another in each piece. */
function withKey({ policy, context, signal }: RedactOptions): ApplyOptions {
  const key = context?.key ?? crypto.getRandomValues(new Uint8Array(32));
  return { ...(policy === undefined ? {} : { policy }), ...(signal === undefined ? {} : { signal }), context: { ...context, key } };
}

/** Where a piece from `from` on ends: in the second half of its length, outside of what was found. */
function pieceEnd(text: string, from: number, pieceLength: number, found: readonly Range[]): number {
  const to = from + pieceLength;
  const free = (at: number) => !found.some(({ start, end }) => start < at && at < end);
  // Where one thing fills the half piece: after it.
  return seam(text, from + Math.floor(pieceLength / 2), to, free) ?? found.find(({ start, end }) => start < to && to < end)?.end ?? to;
}

/** See the file's head. Offsets of the results are those of the whole text. */
export async function* redactStream(
  redactor: Pick<Redactor, "redact" | "apply">,
  source: TextSource,
  { pieceLength = 32_768, overlap = 4_096, ...options }: StreamOptions,
): AsyncGenerator<RedactedPiece, void, undefined> {
  length("pieceLength", pieceLength, 1_024);
  length("overlap", overlap, 256);
  refuseNumbers(options.policy);
  throwIfAborted(options.signal);
  const applying = withKey(options);
  const reader = new TextReader(source, options.signal);
  // What is in memory: of the whole text, from `base` on. Its first `from` characters are in earlier pieces.
  let text = "";
  let base = 0;
  let from = 0;
  try {
    for (;;) {
      const most = from + pieceLength + 2 * overlap;
      while (!reader.ended && text.length <= most) text += await reader.read();
      if (from === text.length) return;

      const windowEnd = text.length <= most ? text.length : (seam(text, most - overlap, most) ?? most);
      const found = await redactor.redact(text.slice(0, windowEnd), options);
      const last = reader.ended && text.length - from <= pieceLength;
      const to = last ? text.length : pieceEnd(text, from, pieceLength, [...found.entities, ...found.doubtful]);
      yield base === 0 && from === 0 && last
        ? { ...found, start: 0, end: to }
        : await applied(redactor, text.slice(from, to), found, from, base, applying);

      const start = to <= 2 * overlap ? 0 : (seam(text, to - 2 * overlap, to - overlap) ?? to - overlap);
      text = text.slice(start);
      base += start;
      from = to - start;
    }
  } finally {
    reader.close();
  }
}

/** The piece at `from` of a window that begins at `base`: what was found there is replaced in it alone. */
async function applied(
  redactor: Pick<Redactor, "apply">,
  piece: string,
  found: RedactResult,
  from: number,
  base: number,
  options: ApplyOptions,
): Promise<RedactedPiece> {
  const to = from + piece.length;
  const result = await redactor.apply(piece, within<Entity>(found.entities, from, to, from), options);
  const [start, end] = [base + from, base + to];
  return {
    ...result,
    start,
    end,
    entities: within(result.entities, 0, piece.length, -start),
    doubtful: within<Candidate>(found.doubtful, from, to, -base),
    timings: found.timings,
  };
}
