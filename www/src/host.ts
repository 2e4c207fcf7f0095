/** The worker's side of the protocol. */

import { buffers } from "./calls.js";
import { ScrubjayError, toWire } from "./errors.js";
import { help } from "./helpers/helper.js";
import type { Staff } from "./helpers/pool.js";
import type { LoadModule } from "./module.js";
import type { Reply, Request } from "./protocol.js";
import { Session } from "./session.js";

/** Answers requests through `send`, which takes the buffers along. Returns the function to call with each of them. */
export function host(send: (reply: Reply, transfer: Transferable[]) => void, load: LoadModule): (request: Request) => void {
  const running = new Map<number, AbortController>();
  let session: Session | undefined;
  const staff: Staff = {
    hire(count) {
      const channels = Array.from({ length: count }, () => new MessageChannel());
      const ports = channels.map(({ port2 }) => port2);
      send({ kind: "hire", ports }, ports);
      return channels.map(({ port1 }) => port1);
    },
    dismiss: () => send({ kind: "dismiss" }, []),
  };

  async function answer(request: Exclude<Request, { kind: "cancel" | "help" }>, signal: AbortSignal): Promise<Reply> {
    const { id } = request;
    const onProgress = (progress: (Reply & { kind: "progress" })["progress"]) => send({ kind: "progress", id, progress }, []);
    if (request.kind === "open") {
      session = await Session.open(request.options, load, onProgress, signal, staff);
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
    if (request.kind === "help") {
      help(request.port, load);
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
