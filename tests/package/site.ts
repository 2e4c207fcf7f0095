/**
 * A static server as a hospital might run it, with a strict content security policy; and a page that fails its test on any error, any
 * violation of that policy and any request to another origin.
 */

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { test as base, expect } from "@playwright/test";

export const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; " +
  "base-uri 'none'; form-action 'self'";
/** The same with Trusted Types, of which only the policy `name` may be made. */
export const trustedTypes = (name: string) => `${CSP}; require-trusted-types-for 'script'; trusted-types ${name}`;

const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };

const page = (script: string | undefined) =>
  `<!doctype html><meta charset="utf-8"><title>app</title>${script === undefined ? "" : `<script type="module" src="${script}"></script>`}<main></main>`;

export interface Site {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Serves `folder`, and at `/` a page with its `script`. */
export async function serve(folder: string, { script, csp = CSP }: { script?: string; csp?: string } = {}): Promise<Site> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const headers = { "content-security-policy": csp, "x-content-type-options": "nosniff" };
    if (path === "/") return void response.writeHead(200, { ...headers, "content-type": "text/html" }).end(page(script));
    if (path === "/favicon.ico") return void response.writeHead(204, headers).end();
    const file = join(folder, normalize(path));
    if (!existsSync(file) || !statSync(file).isFile()) return void response.writeHead(404, headers).end();
    response.writeHead(200, { ...headers, "content-type": TYPES[extname(file)] ?? "application/octet-stream", "content-length": statSync(file).size });
    return void createReadStream(file).pipe(response);
  });
  await new Promise<void>((started) => server.listen(0, "127.0.0.1", started));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((done) => server.close(() => done()));
  };
  return { origin, stop };
}

export const test = base.extend<{ faults: string[] }>({
  faults: async ({}, use) => use([]),
  page: async ({ page, faults }, use) => {
    page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
    });
    page.on("request", (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (!["data:", "blob:", "about:"].includes(protocol) && hostname !== "127.0.0.1" && hostname !== "localhost") {
        faults.push(`request to another origin: ${request.url()}`);
      }
    });
    await use(page);
    expect(faults).toEqual([]);
  },
});

export { expect };
