/** An engine in a thread of Node's, seen as a worker of a browser's. */

import { Worker } from "node:worker_threads";
import type { SpawnWorker, WorkerLike } from "../client.js";
import type { Reply } from "../protocol.js";

/** What Node lets go to a thread: it has types of its own for it. */
type Transfer = NonNullable<Parameters<Worker["postMessage"]>[1]>;

/** Starts a thread. It keeps the process alive only while a call waits for it. */
export const spawnThread: SpawnWorker = () => {
  // What a broken engine says may quote the note, so it goes nowhere.
  const thread = new Worker(new URL("./worker.js", import.meta.url), { name: "scrubjay", stdout: true, stderr: true });
  const waiting = new Set<number>();
  const answered = ({ kind, ...reply }: Reply) => {
    if (kind === "broken") waiting.clear();
    else if (kind !== "progress" && "id" in reply) waiting.delete(reply.id);
    if (waiting.size === 0) thread.unref();
  };
  const worker: WorkerLike = {
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    postMessage(request, transfer) {
      if (request.kind === "help") {
        thread.unref();
      } else if (request.kind === "cancel") {
        waiting.delete(request.id);
        if (waiting.size === 0) thread.unref();
      } else {
        waiting.add(request.id);
        thread.ref();
      }
      thread.postMessage(request, transfer as Transfer);
    },
    terminate: () => void thread.terminate(),
  };
  thread.on("message", (reply: Reply) => {
    answered(reply);
    worker.onmessage?.({ data: reply });
  });
  thread.on("messageerror", (error) => worker.onmessageerror?.(error));
  thread.on("error", () => worker.onerror?.({}));
  // One that ends without an error would leave its calls waiting for ever.
  thread.on("exit", () => worker.onerror?.({}));
  return worker;
};
