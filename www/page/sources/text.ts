/** Text that a file holds as it is. DOM-free. */

/** Names of files whose whole content is a note. */
const PLAIN = /\.(?:txt|text|md|markdown)$/i;

export const isPlain = (name: string) => PLAIN.test(name);

/** The text of `bytes`, without its byte order mark; undefined if it is not in `encoding`, which a mark overrules. */
export function decode(bytes: Uint8Array, encoding = "utf-8"): string | undefined {
  const [a, b] = bytes;
  const marked = a === 0xff && b === 0xfe ? "utf-16le" : a === 0xfe && b === 0xff ? "utf-16be" : encoding;
  try {
    return new TextDecoder(marked, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
