/** An edit history: every state is kept whole, and states share what they have in common. */

/** One state and what led to it, in words without any text of the note. */
interface Step<T> {
  readonly state: T;
  readonly did: string;
}

export interface History<T> {
  readonly past: readonly Step<T>[];
  readonly present: Step<T>;
  readonly future: readonly Step<T>[];
}

/** More steps are forgotten from the far end. */
export const LONGEST = 1000;

export function begin<T>(state: T, did: string): History<T> {
  return { past: [], present: { state, did }, future: [] };
}

/** The history after an edit. An edit that changed nothing is none. */
export function record<T>(history: History<T>, state: T, did: string): History<T> {
  if (state === history.present.state) return history;
  return { past: [...history.past, history.present].slice(-LONGEST), present: { state, did }, future: [] };
}

/** One step back, or the same where there is none. */
export function undo<T>(history: History<T>): History<T> {
  const last = history.past.at(-1);
  if (last === undefined) return history;
  return { past: history.past.slice(0, -1), present: last, future: [history.present, ...history.future] };
}

/** One step forward again, or the same where there is none. */
export function redo<T>(history: History<T>): History<T> {
  const next = history.future[0];
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future: history.future.slice(1) };
}
