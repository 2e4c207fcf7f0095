/**
 * The page's files in the browser's cache, each under its hash: what two versions have in common is kept and fetched once, and the old
 * version stays whole until the new one is.
 */

import type { Build, BuildFile } from "./build.js";

/** Hears of bytes that came over the network. */
export type OnBytes = (loaded: number, total: number) => void;

const hex = (digest: ArrayBuffer) => Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The file at `url`, or undefined if that is not, byte by byte, what the build knows. */
async function fetchExactly(
  url: URL,
  file: BuildFile,
  cache: RequestCache,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const response = await fetch(url, { cache, mode: "same-origin", credentials: "same-origin" });
  const reader = response.body?.getReader();
  if (!response.ok || reader === undefined) return undefined;
  const bytes = new Uint8Array(file.bytes);
  let loaded = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (loaded + value.length > bytes.length) {
      await reader.cancel();
      return undefined;
    }
    bytes.set(value, loaded);
    loaded += value.length;
    onBytes(loaded);
  }
  if (loaded !== bytes.length || hex(await crypto.subtle.digest("SHA-256", bytes)) !== file.sha256) return undefined;
  return bytes;
}

/** See the file's head. */
export class Store {
  readonly #build: Build;
  readonly #scope: URL;
  readonly #name: string;

  /** `scope` is the worker's folder. Others on the same origin have their own. */
  constructor(build: Build, scope: URL) {
    this.#build = build;
    this.#scope = scope;
    this.#name = `scrubjay ${scope.pathname}`;
  }

  /** The path of a request for one of the page's files. All other requests are none of the worker's business. */
  path({ method, url }: Request): string | undefined {
    const { origin, pathname } = new URL(url);
    if (method !== "GET" || origin !== this.#scope.origin || !pathname.startsWith(this.#scope.pathname)) return undefined;
    const rest = pathname.slice(this.#scope.pathname.length);
    const path = rest === "" || rest === "index.html" ? "./" : rest;
    return Object.hasOwn(this.#build.files, path) ? path : undefined;
  }

  /**
   * Keeps every file of this version, but those on demand of which no version was ever asked for. Rejects if one cannot be had as the build
   * knows it; those that could stay for the next try.
   */
  async fill(onBytes: OnBytes): Promise<void> {
    const cache = await caches.open(this.#name);
    const missing: [string, BuildFile][] = [];
    const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
    for (const [path, file] of Object.entries(this.#build.files)) {
      if (file.onDemand && !kept.has(new URL(path, this.#scope).pathname)) continue;
      if ((await cache.match(this.#key(path, file))) === undefined) missing.push([path, file]);
    }
    const total = missing.reduce((sum, [, { bytes }]) => sum + bytes, 0);
    let before = 0;
    // One after the other: the largest file is in memory once, and not together with the second largest.
    for (const [path, file] of missing) {
      await this.#obtain(cache, path, file, (loaded) => onBytes(before + loaded, total));
      before += file.bytes;
    }
  }

  /** The file at one of {@link path}'s paths. */
  async answer(path: string): Promise<Response> {
    const file = this.#build.files[path];
    if (file === undefined) throw new Error("no file of the page");
    const cache = await caches.open(this.#name);
    const kept = await cache.match(this.#key(path, file));
    // Those on demand the first time; others only where somebody cleared a part of the browser's storage.
    const body = kept?.body ?? (await this.#obtain(cache, path, file, () => undefined));
    const headers = { ...this.#build.headers, "content-type": file.type, "content-length": String(file.bytes) };
    return new Response(body, { headers });
  }

  /** Drops the files of other versions. */
  async prune(): Promise<void> {
    const cache = await caches.open(this.#name);
    const wanted = new Set(Object.entries(this.#build.files).map(([path, file]) => this.#key(path, file)));
    for (const request of await cache.keys()) {
      if (!wanted.has(request.url)) await cache.delete(request);
    }
  }

  #key(path: string, { sha256 }: BuildFile): string {
    const url = new URL(path, this.#scope);
    url.search = `sha256=${sha256}`;
    return url.href;
  }

  async #obtain(cache: Cache, path: string, file: BuildFile, onBytes: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>> {
    // The page has just fetched its code, so the browser has it at hand, however old it thinks it is; if it is too old, its hash says
    // so. The page leaves the assets to the worker, and a second copy of them in the browser's own cache would be waste.
    const modes: RequestCache[] = path.startsWith("assets/") ? ["no-store"] : ["force-cache", "reload"];
    for (const mode of modes) {
      const bytes = await fetchExactly(new URL(path, this.#scope), file, mode, onBytes);
      if (bytes === undefined) continue;
      await cache.put(this.#key(path, file), new Response(bytes));
      return bytes;
    }
    throw new Error(`${path} is not the file that this version was built with`);
  }
}
