/** Entry of the worker. */

import { host } from "./host.js";
// Not by `import()`: bundlers make workers of one file where they are not told otherwise.
import * as cpu from "./wasm/scrubjay-cpu.js";
import * as webgpu from "./wasm/scrubjay.js";
import type { Reply, Request } from "./protocol.js";

/** The part of `DedicatedWorkerGlobalScope` in use: the DOM's types know only the window. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(reply: Reply, transfer: Transferable[]): void;
  addEventListener(type: "error" | "unhandledrejection", listener: (event: Event) => void): void;
}

const scope = globalThis as unknown as WorkerScope;

// A trap between two awaits surfaces here and nowhere else. Its text may quote the note, so it goes no further.
for (const type of ["error", "unhandledrejection"] as const) {
  scope.addEventListener(type, (event) => {
    event.preventDefault();
    scope.postMessage({ kind: "broken" }, []);
  });
}

const receive = host((reply, transfer) => scope.postMessage(reply, transfer), async (build) => (build === "cpu" ? cpu : webgpu));
scope.onmessage = (event) => receive(event.data);
