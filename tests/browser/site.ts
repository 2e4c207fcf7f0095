/** The built page and package behind a server that can be told to spoil single files. */

import { createReadStream, existsSync, statSync } from "node:fs";
import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { join, resolve } from "node:path";
import { Transform } from "node:stream";
import { HEADERS, handler, listen } from "../../www/scripts/serve.mjs";

const repo = resolve(import.meta.dirname, "../..");
/** The built page. */
export const PAGE = join(repo, "www/dist/page");

/**
 * A page of the same origin with nothing on it, for tests of the package alone: with the page's policy less Trusted Types, which take a
 * policy of the page's own.
 */
export const BLANK = "/blank.html";
const BLANK_HEADERS = {
  ...HEADERS,
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": HEADERS["content-security-policy"]!.replace(/; require-trusted-types-for 'script'; trusted-types \w+/, ""),
};
const BLANK_PAGE = '<!doctype html><meta charset="utf-8"><title>blank</title><link rel="icon" href="/icon.svg">';

/** What is wrong with a file. */
export type Fault = "missing" | "html" | "truncated" | "corrupt" | "stalled";

export class Site {
  readonly requests: string[] = [];
  /** Whether the server hangs up on every request. */
  down = false;
  readonly #faults = new Map<string, Fault>();
  readonly #server: Server;
  readonly #sockets: Socket[] = [];
  readonly origin: string;

  private constructor(server: Server) {
    this.#server = server;
    server.on("connection", (socket: Socket) => this.#sockets.push(socket));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the server does not listen");
    this.origin = `http://127.0.0.1:${address.port}`;
  }

  /** `mounts` are path prefixes, longest first, and their folders. */
  static async start(mounts?: Readonly<Record<string, string>>): Promise<Site> {
    for (const path of [join(PAGE, "index.html"), join(repo, "www/dist/lib/index.js")]) {
      if (!existsSync(path)) throw new Error(`${path} is missing: run \`npm run build\` in www`);
    }
    const handle = handler(mounts ?? { "/lib/": join(repo, "www/dist/lib"), "/models/": join(repo, "models"), "/": PAGE });
    const server = await listen((request, response) => {
      const path = new URL(request.url ?? "/", "http://localhost").pathname;
      site.requests.push(path);
      if (site.down) return void request.socket.destroy();
      const fault = site.#faults.get(path);
      if (path === BLANK) response.writeHead(200, BLANK_HEADERS).end(BLANK_PAGE);
      else if (fault === undefined) handle(request, response);
      else spoil(fault, path, response);
    }, 0);
    const site = new Site(server);
    return site;
  }

  /** Bytes sent so far, headers included. */
  get bytes(): number {
    return this.#sockets.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0);
  }

  /** Spoils `path` until {@link heal}. */
  break(path: string, fault: Fault): void {
    this.#faults.set(path, fault);
  }

  heal(): void {
    this.#faults.clear();
    this.requests.length = 0;
    this.down = false;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}

function spoil(fault: Fault, path: string, response: ServerResponse): void {
  const file = join(PAGE, path);
  if (fault === "missing") {
    response.writeHead(404, { ...HEADERS, "content-type": "text/plain" }).end("no such file");
    return;
  }
  if (fault === "html") {
    // As servers of single-page applications do.
    response.writeHead(200, { ...HEADERS, "content-type": "text/html" }).end("<!doctype html><title>home</title>");
    return;
  }
  const size = statSync(file).size;
  if (fault === "stalled") {
    response.writeHead(200, { ...HEADERS, "content-type": "application/octet-stream", "content-length": size });
    response.write(Buffer.alloc(1 << 20));
    return;
  }
  const end = fault === "truncated" ? Math.floor(size * 0.6) : size;
  let at = 0;
  const flip = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const target = size - 5 - at;
      if (fault === "corrupt" && target >= 0 && target < chunk.length) chunk[target] = (chunk[target] ?? 0) ^ 0x10;
      at += chunk.length;
      done(null, chunk);
    },
  });
  response.writeHead(200, { ...HEADERS, "content-type": "application/octet-stream", "content-length": end });
  createReadStream(file, { end: end - 1 }).pipe(flip).pipe(response);
}
