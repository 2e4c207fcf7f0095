/**
 * The service worker: keeps the page for use without a network. It answers requests for the page's own files and sees no others; a note
 * is never in a request.
 */

import type { Build } from "./build.js";
import { Store } from "./store.js";

const scope = globalThis as unknown as ServiceWorkerGlobalScope & { readonly build: Build };
const folder = new URL("./", scope.location.href);
const store = new Store(scope.build, folder);

/** Told to the page once for so many bytes. */
const STEP = 2 ** 19;

/** Tells the page that waits for its first load how far it is. */
function report(): (loaded: number, total: number) => void {
  let told = 0;
  return (loaded, total) => {
    if (loaded - told < STEP && loaded !== total) return;
    told = loaded;
    void scope.clients.matchAll({ type: "window", includeUncontrolled: true }).then((pages) => {
      for (const page of pages) if (page.url.startsWith(folder.href)) page.postMessage({ loaded, total });
    });
  };
}

async function answer(path: string, request: Request): Promise<Response> {
  try {
    return await store.answer(path);
  } catch (error) {
    if (request.mode !== "navigate") throw error;
    // This version is lost here and on the server: begin anew.
    await scope.registration.unregister();
    return fetch(request);
  }
}

scope.addEventListener("install", (event) => event.waitUntil(store.fill(report())));
// Claims the page of the first visit, so that the model comes through here and is not fetched twice.
scope.addEventListener("activate", (event) => event.waitUntil(store.prune().then(() => scope.clients.claim())));
// A new version takes over when the person says so, not before.
scope.addEventListener("message", ({ data }) => {
  if (data === "activate") void scope.skipWaiting();
});
scope.addEventListener("fetch", (event) => {
  const path = store.path(event.request);
  if (path !== undefined) event.respondWith(answer(path, event.request));
});
