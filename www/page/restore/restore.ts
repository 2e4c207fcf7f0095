/** Puts back what was taken out, from a text that went through other hands. DOM-free. */

import type { Redactor, Restored } from "scrubjay";

/**
 * Restores `text`. The mapping knows its own text to the letter, and fields and clipboards change the ends of lines: so it is asked with
 * the other kind too, and what brought more back is taken.
 */
export async function restore(redactor: Pick<Redactor, "restore">, text: string, mapping: ArrayBuffer, passphrase: string): Promise<Restored> {
  const first = await redactor.restore(text, mapping, passphrase);
  const other = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text.replaceAll("\n", "\r\n");
  if (other === text) return first;
  const second = await redactor.restore(other, mapping, passphrase);
  return second.restored > first.restored ? second : first;
}
