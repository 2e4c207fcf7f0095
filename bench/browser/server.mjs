// Serves everything brotli-compressed, cross-origin isolated, and counts what it sends.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { SECURITY_HEADERS, TYPES, UNKNOWN_TYPE } from "../../www/scripts/headers.mjs";
import { listen } from "../../www/scripts/serve.mjs";

export const bench = resolve(import.meta.dirname, "..");
const modules = join(bench, "node_modules");
const compressed = join(bench, "work/brotli");

const MOUNTS = {
  "/lib/": join(bench, "../www/dist/lib"),
  "/models/": join(bench, "work"),
  "/page/": join(bench, "page"),
  "/transformers/": join(modules, "@huggingface/transformers/dist"),
  "/ort/": join(modules, "onnxruntime-web/dist"),
  "/ort-common/": join(modules, "onnxruntime-common/dist/esm"),
};

// transformers.js compiles functions that it makes, and onnxruntime-web starts its threads from blobs: no content security policy here.
const { "cross-origin-opener-policy": opener, "cross-origin-embedder-policy": embedder, "cross-origin-resource-policy": resource } = SECURITY_HEADERS;
const HEADERS = {
  "cross-origin-opener-policy": opener,
  "cross-origin-embedder-policy": embedder,
  "cross-origin-resource-policy": resource,
  "cache-control": "no-store",
};

/** The page. `plain` is onnxruntime-web's build for the CPU alone, smaller than the one that transformers.js takes by itself. */
function html(runtime) {
  const imports = {
    "@huggingface/transformers": "/transformers/transformers.web.min.js",
    "onnxruntime-common": "/ort-common/index.js",
    "onnxruntime-web/webgpu": runtime === "plain" ? "/ort/ort.wasm.bundle.min.mjs" : "/ort/ort.webgpu.bundle.min.mjs",
  };
  return `<!doctype html><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({ imports })}</script><script type="module" src="/page/main.js"></script>`;
}

/** The file as brotli makes it: at its best, but for weights, on which the best takes minutes to save a percent. Kept from run to run. */
function brotli(file) {
  const { size, mtimeMs } = statSync(file);
  const quality = [".safetensors", ".onnx"].includes(extname(file)) ? 5 : 11;
  const kept = join(compressed, createHash("sha256").update(`${file} ${size} ${mtimeMs} ${quality}`).digest("hex"));
  if (existsSync(kept)) return readFileSync(kept);
  if (size > 5e6) console.error(`compressing ${file}`);
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: size };
  const bytes = brotliCompressSync(readFileSync(file), { params });
  mkdirSync(compressed, { recursive: true });
  writeFileSync(kept, bytes);
  return bytes;
}

/** Starts it. `sent` maps paths to encoded bytes since the last `reset`. */
export async function serve() {
  const ready = new Map();
  let sent = {};
  let twice = [];
  const server = await listen((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const send = (type, bytes, headers = {}) => {
      // A large file that is sent again would be held against the system that asks for it: the driver must know.
      if (pathname in sent && bytes.length > 1e6) twice.push(pathname);
      sent[pathname] = (sent[pathname] ?? 0) + bytes.length;
      response.writeHead(200, { ...HEADERS, ...headers, "content-type": type, "content-length": bytes.length }).end(bytes);
    };
    if (pathname === "/") return send(TYPES[".html"], Buffer.from(html(searchParams.get("runtime"))));
    const [prefix, folder] = Object.entries(MOUNTS).find(([prefix]) => pathname.startsWith(prefix)) ?? [];
    const file = prefix && join(folder, pathname.slice(prefix.length));
    if (file === undefined || !existsSync(file)) return response.writeHead(404, HEADERS).end();
    if (!ready.has(file)) ready.set(file, brotli(file));
    if (request.headers.range === "bytes=0-0") {
      // How transformers.js asks whether a file is there, and how large it is. The answer's body is not read.
      return response.writeHead(206, { ...HEADERS, "content-range": `bytes 0-0/${statSync(file).size}`, "content-length": 1 }).end("{");
    }
    send(TYPES[extname(file).replace(".mjs", ".js")] ?? UNKNOWN_TYPE, ready.get(file), { "content-encoding": "br" });
  }, 0);
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    /** Compresses the large files of `systems`. */
    prepare(systems) {
      for (const { system, model, device, weights, runtime } of systems) {
        const files = system === "scrubjay"
          ? [join(MOUNTS["/lib/"], `assets/scrubjay${device === "cpu" ? "-cpu" : ""}_bg.wasm`), join(bench, "work", model, "model.safetensors")]
          : [
              join(MOUNTS["/ort/"], `ort-wasm-simd-threaded${runtime === "plain" ? "" : ".asyncify"}.wasm`),
              join(bench, "work", model, `onnx/model${weights === "int8" ? "_quantized" : ""}.onnx`),
            ];
        for (const file of files) if (!ready.has(file)) ready.set(file, brotli(file));
      }
    },
    reset: () => ([sent, twice] = [{}, []]),
    sent: () => sent,
    twice: () => twice,
    stop: () => server.closeAllConnections() ?? server.close(),
  };
}
