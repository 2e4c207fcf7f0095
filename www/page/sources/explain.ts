/** What an error of a file means to the person at the page. */

import { MAX_FILE_BYTES, ScrubjayError } from "scrubjay";
import { PdfError } from "./pdf.js";

const WORDS: Readonly<Record<string, string>> = {
  TOO_LARGE: `It is larger than the ${MAX_FILE_BYTES / 2 ** 20} MiB that are read at once, or would be when unpacked. Split it into smaller files.`,
  IO: "It cannot be read: it was moved or changed, another program holds it, or it is a folder.",
  WORKER_FAILED: "The engine broke down on it, perhaps for lack of memory. Split it, or close other pages, and try again.",
};

/** An error in words, with its code. Holds no text of the file. */
export function explainFile(error: unknown): { words: string; code: string } {
  if (error instanceof PdfError) return { words: error.message, code: error.code };
  if (!(error instanceof ScrubjayError)) return { words: "Something went wrong.", code: "UNKNOWN" };
  const { code, message } = error;
  // Where and why it is not what it should be is all there is to say.
  if (code === "FORMAT_INVALID") return { words: sentence(message), code };
  return { words: `${WORDS[code] ?? "It cannot be redacted."} (${message})`, code };
}

function sentence(message: string): string {
  return `It cannot be read as it is. ${message.charAt(0).toUpperCase()}${message.slice(1)}.`.replace("`keep_unread` leaves it in as it is", "you may leave it in as it is, unread");
}
