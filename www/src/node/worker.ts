/** Entry of the thread. */

import { parentPort, type MessagePort } from "node:worker_threads";
import { host } from "../host.js";
import { loadModule } from "../module.js";
import type { Reply, Request } from "../protocol.js";

/** What Node lets go through a port: it has types of its own for it. */
type Transfer = NonNullable<Parameters<MessagePort["postMessage"]>[1]>;

const port = parentPort;
if (port === null) throw new Error("this is the entry of a worker thread");
const send = (reply: Reply, transfer: Transferable[]) => port.postMessage(reply, transfer as Transfer);

// A trap between two awaits surfaces here and nowhere else. Its text may quote the note, so it goes no further.
for (const type of ["uncaughtException", "unhandledRejection"] as const) process.on(type, () => send({ kind: "broken" }, []));

const receive = host(send, loadModule);
port.on("message", (request: Request) => receive(request));
