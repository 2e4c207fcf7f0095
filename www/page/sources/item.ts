/** A file in the list, and how it stands. DOM-free. */

import type { FileEncoding, InspectedFile, ReadingOptions, RedactedFile } from "scrubjay";

/** What became of a file. */
export type State = "waiting" | "reading" | "done" | "failed";

/** What a person chooses about a file. */
export interface Choices {
  /** CSV: the columns to read, by place; undefined for all. */
  columns?: ReadonlySet<string> | undefined;
  /** CSV: undefined lets the engine tell. */
  header?: boolean | undefined;
  /** JSON lines: "*" for all. */
  textField: string;
  encoding?: FileEncoding | undefined;
  keepUnread: boolean;
}

export class Item {
  state: State = "waiting";
  /** What there is to choose; undefined until the engine has looked. */
  found: InspectedFile | undefined;
  /** Whether it is a PDF file, of which the text layer is read. */
  pdf = false;
  choices: Choices = { textField: "*", keepUnread: false };
  result: RedactedFile | undefined;
  /** Whether the result has left the page. */
  saved = false;
  /** What went wrong, in words, with its code. */
  failure: { readonly words: string; readonly code: string } | undefined;
  /** What a person must know of the result. */
  caution = "";

  constructor(
    readonly number: number,
    readonly file: File,
  ) {}

  get format(): InspectedFile["format"] | undefined {
    return this.pdf ? "text" : (this.result?.format ?? this.found?.format);
  }

  /** How the engine is to read it. */
  get reading(): ReadingOptions {
    const { columns, header, textField, encoding, keepUnread } = this.choices;
    const csv = this.format === "csv" || this.format === "tsv";
    return {
      name: this.file.name,
      ...(csv && columns !== undefined ? { columns: [...columns] } : {}),
      ...(csv && header !== undefined ? { header } : {}),
      ...(this.format === "jsonl" ? { textField } : {}),
      ...(encoding === undefined ? {} : { encoding }),
      ...(keepUnread ? { keepUnread } : {}),
    };
  }

  /** Another choice: what was made by the one before is not offered any more. */
  choose(choices: Partial<Choices>): void {
    Object.assign(this.choices, choices);
    this.reset();
  }

  reset(): void {
    this.state = "waiting";
    this.result = undefined;
    this.failure = undefined;
    this.saved = false;
  }

  /** What keeps it from being redacted, in words. */
  get objection(): string | undefined {
    return this.choices.columns?.size === 0 ? "Choose at least one column, or remove the file from the list." : undefined;
  }
}
