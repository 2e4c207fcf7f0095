/** Whether what was pasted is a note that can be read. DOM-free. */

/** UTF-16 code units: far more than a note has, and what the page can still show and the engine still read in minutes. */
export const MOST = 2_000_000;

/** What is wrong with a text, in words for the person at the page. */
export interface Objection {
  readonly code: "NOTE_EMPTY" | "NOTE_TOO_LONG" | "NOTE_NOT_TEXT";
  readonly words: string;
}

/** Control characters that text does not have, and what a decoder puts in place of bytes that are no text. */
const ODD = /[\u0000-\u0008\u000e-\u001f\u007f\ufffd]/g;
/** One stray in a note is no reason to refuse it; one character in twenty is. */
const MOST_ODD = 0.05;
/** Enough to tell by. */
const SAMPLE = 100_000;

/** What stands against redacting `text`; undefined where nothing does. */
export function objection(text: string): Objection | undefined {
  if (text.trim() === "") {
    return { code: "NOTE_EMPTY", words: "There is no note yet. Paste one on the left, or choose a made-up example." };
  }
  if (text.length > MOST) {
    const [length, most] = [text.length, MOST].map((n) => n.toLocaleString("en"));
    return {
      code: "NOTE_TOO_LONG",
      words: `This note has ${length} characters; the page takes up to ${most}. Redact it in parts, or with the command-line program: scrubjay redact FILE.`,
    };
  }
  const sample = text.slice(0, SAMPLE);
  if ((sample.match(ODD)?.length ?? 0) > sample.length * MOST_ODD) {
    return {
      code: "NOTE_NOT_TEXT",
      words: "This is not text: it looks like the contents of a file such as a PDF, a Word document or an image. Open the file in its own program, and copy the text from there.",
    };
  }
  return undefined;
}
