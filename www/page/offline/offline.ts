/** Keeps the page for use without a network, by its service worker (../../offline), and says how that stands. */

import { offerVersion } from "./offer.js";
import { trustOwnWorkers } from "./trusted.js";

/** Whoever waits for the files. */
export interface Waiting {
  readonly signal: AbortSignal;
  onProgress(progress: { stage: "download"; loaded: number; total: number }): void;
}

const KEPT =
  "Works without a network: this browser keeps the page and the model, and never a note. Opened with a network, it asks this server " +
  "for a newer version, and for nothing else.";
const NOT_SECURE = "Needs the network each time: a browser keeps a page only if it comes over https or from this computer itself.";
const NOT_THERE = "Needs the network each time: this browser keeps no pages, perhaps because the window is a private one.";
const NOT_KEPT = "Needs the network each time: this browser could not keep all of the page's files.";
const REFUSED = "A newer version did not arrive whole and unchanged, so it is not used; this one stays.";

/** Says how it stands, at the foot of the page. */
function say(words: string, state: "kept" | "unavailable" | "failed" | "refused"): void {
  let line = document.getElementById("offline");
  if (line === null) {
    line = document.createElement("p");
    line.id = "offline";
    line.className = "quiet";
    (document.querySelector("footer") ?? document.body).append(line);
  }
  line.textContent = words;
  line.dataset["state"] = state;
}

/** Resolves once `worker` has got as far as `state` or has failed: whether it got there. */
function reaches(worker: ServiceWorker, state: "installed" | "activated"): Promise<boolean> {
  return new Promise((resolve) => {
    const look = () => {
      if (worker.state === state || worker.state === "activated") resolve(true);
      else if (worker.state === "redundant") resolve(false);
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

/** Offers each new version once it is whole. */
function watch(container: ServiceWorkerContainer, registration: ServiceWorkerRegistration): void {
  let accepted = false;
  const accept = () => {
    accepted = true;
    // None is waiting if the person has accepted it in another window.
    if (registration.waiting === null) location.reload();
    else registration.waiting.postMessage("activate");
  };
  const newer = async (worker: ServiceWorker) => {
    if (await reaches(worker, "installed")) offerVersion(accept);
    else say(REFUSED, "refused");
  };
  container.addEventListener("controllerchange", () => {
    if (accepted) location.reload();
    else offerVersion(accept);
  });
  registration.addEventListener("updatefound", () => {
    if (registration.installing !== null) void newer(registration.installing);
  });
  const found = registration.waiting ?? registration.installing;
  if (found !== null) void newer(found);
}

let onProgress: Waiting["onProgress"] | undefined;

async function keep(): Promise<void> {
  trustOwnWorkers();
  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (container === undefined) return say(isSecureContext ? NOT_THERE : NOT_SECURE, "unavailable");
  container.onmessage = ({ data }: MessageEvent<{ loaded: number; total: number }>) => onProgress?.({ stage: "download", ...data });
  try {
    const registration = await container.register(new URL("./sw.js", document.baseURI));
    // The first worker takes over once it has everything; the page then loads through it.
    if (registration.active === null) {
      const first = registration.installing ?? registration.waiting;
      if (first === null || !(await reaches(first, "activated"))) return say(NOT_KEPT, "failed");
    }
    watch(container, registration);
    say(KEPT, "kept");
  } catch {
    say(NOT_KEPT, "failed");
  }
}

let kept: Promise<void> | undefined;

/**
 * Resolves once the page's files can be loaded: from what the browser keeps, or from the server if it keeps none, or once `signal`
 * aborts. Never rejects. The first call starts it all.
 */
export async function filesKept({ signal, ...waiting }: Waiting): Promise<void> {
  onProgress = waiting.onProgress;
  kept ??= keep().finally(() => (onProgress = undefined));
  await Promise.race([kept, new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }))]);
}
