/** The built page and package behind a server that can be told to spoil single files. */

import { createReadStream, existsSync, statSync } from "node:fs";
import type { Server, ServerResponse } from "node:http";
import { join, resolve } from "node:path";
import { Transform } from "node:stream";
import { HEADERS, handler, listen } from "../../www/scripts/serve.mjs";

const repo = resolve(import.meta.dirname, "../..");
const page = join(repo, "www/dist/page");

/** A page of the same origin and policy with nothing on it, for tests of the package alone. */
export const BLANK = "/blank.html";
const BLANK_PAGE = '<!doctype html><meta charset="utf-8"><title>blank</title><link rel="icon" href="/icon.svg">';

/** What is wrong with a file. */
export type Fault = "missing" | "html" | "truncated" | "corrupt" | "stalled";

export class Site {
  readonly requests: string[] = [];
  readonly #faults = new Map<string, Fault>();
  readonly #server: Server;
  readonly origin: string;

  private constructor(server: Server) {
    this.#server = server;
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the server does not listen");
    this.origin = `http://127.0.0.1:${address.port}`;
  }

  static async start(): Promise<Site> {
    for (const path of [join(page, "index.html"), join(repo, "www/dist/lib/index.js")]) {
      if (!existsSync(path)) throw new Error(`${path} is missing: run \`npm run build\` in www`);
    }
    const handle = handler({ "/lib/": join(repo, "www/dist/lib"), "/models/": join(repo, "models"), "/": page });
    const server = await listen((request, response) => {
      const path = new URL(request.url ?? "/", "http://localhost").pathname;
      site.requests.push(path);
      const fault = site.#faults.get(path);
      if (path === BLANK) response.writeHead(200, { ...HEADERS, "content-type": "text/html; charset=utf-8" }).end(BLANK_PAGE);
      else if (fault === undefined) handle(request, response);
      else spoil(fault, path, response);
    }, 0);
    const site = new Site(server);
    return site;
  }

  /** Spoils `path` until {@link heal}. */
  break(path: string, fault: Fault): void {
    this.#faults.set(path, fault);
  }

  heal(): void {
    this.#faults.clear();
    this.requests.length = 0;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}

function spoil(fault: Fault, path: string, response: ServerResponse): void {
  const file = join(page, path);
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
