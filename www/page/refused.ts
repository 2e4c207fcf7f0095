/** Something that the person gave and the page cannot use. DOM-free. */

/** Has a code as the engine's errors have; its message quotes nothing. */
export class Refused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
