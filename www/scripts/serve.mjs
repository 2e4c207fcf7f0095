// A small static server for the built page: `node scripts/serve.mjs [--port 8080]`. The browser tests use it too.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { SECURITY_HEADERS, TYPES, UNKNOWN_TYPE } from "./headers.mjs";
import { fail, root } from "./lib.mjs";

/** With every answer. The browser asks again each time, so that a new version is noticed. */
export const HEADERS = { ...SECURITY_HEADERS, "cache-control": "no-cache" };

/** The file under one of `mounts` (path prefix → folder) that `path` names. */
function locate(mounts, path) {
  for (const [prefix, folder] of Object.entries(mounts)) {
    if (!path.startsWith(prefix)) continue;
    let file = resolve(join(folder, path.slice(prefix.length)));
    if (file !== folder && !file.startsWith(folder + sep)) continue;
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (existsSync(file)) return file;
  }
  return undefined;
}

function answer(mounts, request, response) {
  const refuse = (status, text) => response.writeHead(status, { ...HEADERS, "content-type": "text/plain" }).end(text);
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(405, "GET only");
  let path;
  try {
    path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  } catch {
    return refuse(400, "not a path");
  }
  const file = path.includes("\0") ? undefined : locate(mounts, path);
  if (file === undefined) return refuse(404, "no such file");
  const { size, mtimeMs } = statSync(file);
  const etag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`;
  const type = TYPES[extname(file)] ?? UNKNOWN_TYPE;
  if (request.headers["if-none-match"] === etag) return response.writeHead(304, { ...HEADERS, etag }).end();
  response.writeHead(200, { ...HEADERS, etag, "content-type": type, "content-length": size });
  if (request.method === "HEAD") return response.end();
  return createReadStream(file).on("error", () => response.destroy()).pipe(response);
}

/** A request handler over `mounts`: path prefixes, longest first, to absolute folders. */
export function handler(mounts) {
  return (request, response) => answer(mounts, request, response);
}

/** Starts a server on the loopback interface. */
export function listen(handle, port) {
  const server = createServer(handle);
  return new Promise((started, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => started(server));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { port: { type: "string", default: "8080" } } });
  const page = join(root, "dist/page");
  if (!existsSync(join(page, "index.html"))) fail("the page is not built: run `make run`");
  try {
    const server = await listen(handler({ "/": page }), Number(values.port));
    console.log(`scrubjay is at http://localhost:${server.address().port}/ (Ctrl+C ends it)`);
  } catch (error) {
    fail(`port ${values.port}: ${error.code === "EADDRINUSE" ? "in use; take another with PORT=…" : error.message}`);
  }
}
