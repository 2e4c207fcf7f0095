/** What the build says about itself: `scripts/build-worker.mjs` writes it into the worker's first line. */

/** One file of the page. */
export interface BuildFile {
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
  /** Size in bytes. */
  readonly bytes: number;
  /** Content type. */
  readonly type: string;
  /** Kept from its first use on: most machines never ask for it. */
  readonly onDemand?: true;
}

/** The page, file by file. Any change of a file changes this, and with it the worker: that is how a browser notices a new version. */
export interface Build {
  /** Hash over all that follows. */
  readonly version: string;
  /** Sent with every file: what a host without headers of its own leaves out, the worker adds. */
  readonly headers: Readonly<Record<string, string>>;
  /** By path under the worker's folder; the page itself is `./`. */
  readonly files: Readonly<Record<string, BuildFile>>;
}
