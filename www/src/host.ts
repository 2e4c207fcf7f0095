/** The worker's side of the protocol. */

import { buffers } from "./calls.js";
import { ScrubjayError, toWire } from "./errors.js";
import type { LoadModule } from "./module.js";
import type { Reply, Request } from "./protocol.js";
import { Session } from "./session.js";

/** Answers requests through `send`, which takes the buffers along. Returns the function to call with each of them. */
export function host(send: (reply: Reply, transfer: ArrayBuffer[]) => void, load: LoadModule): (request: Request) => void {
  const running = new Map<number, AbortController>();
  let session: Session | undefined;

  async function answer(request: Exclude<Request, { kind: "cancel" }>, signal: AbortSignal): Promise<Reply> {
    const { id } = request;
    const onProgress = (progress: (Reply & { kind: "progress" })["progress"]) => send({ kind: "progress", id, progress }, []);
    if (request.kind === "open") {
      session = await Session.open(request.options, load, onProgress, signal);
      return { kind: "opened", id, info: session.info };
    }
    if (session === undefined) throw new ScrubjayError("WORKER_FAILED", "there is no engine yet");
    return { kind: "done", id, result: await session.call(request.name, request.args, onProgress, signal) };
  }

  return (request) => {
    if (request.kind === "cancel") {
      running.get(request.id)?.abort();
      return;
    }
    const controller = new AbortController();
    running.set(request.id, controller);
    answer(request, controller.signal)
      .then((reply) => send(reply, reply.kind === "done" ? buffers(reply.result) : []))
      .catch((error: unknown) => {
        const wire = toWire(error);
        send({ kind: "failed", id: request.id, error: wire }, []);
        // A trap leaves the module's memory in an unknown state: nothing it says afterwards can be trusted.
        if (wire.code === "WORKER_FAILED") send({ kind: "broken" }, []);
      })
      .finally(() => running.delete(request.id));
  };
}
