/** The page's side of the protocol: an engine in a worker. */

import { buffers, type CallName, type Calls } from "./calls.js";
import { ScrubjayError, cancelled, fromWire, throwIfAborted } from "./errors.js";
import type { Reply, Request } from "./protocol.js";
import type { SessionOptions } from "./session.js";
import type { OnProgress, RedactorInfo } from "./types.js";

/** The part of `Worker` in use; tests give one end of a `MessageChannel`. */
export interface WorkerLike {
  onmessage: ((event: { data: Reply }) => void) | null;
  onerror: ((event: { preventDefault?(): void }) => void) | null;
  onmessageerror: ((event: unknown) => void) | null;
  postMessage(request: Request, transfer: Transferable[]): void;
  terminate(): void;
}

/** Starts a worker. */
export type SpawnWorker = () => WorkerLike;

/** The real one. Bundlers know this form, word by word, and make a file of the worker. */
export const spawnWorker: SpawnWorker = () =>
  new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "scrubjay" }) as unknown as WorkerLike;

/** One from a file that lies elsewhere. */
export const startWorker = (url: URL): SpawnWorker => () =>
  new Worker(url, { type: "module", name: "scrubjay" }) as unknown as WorkerLike;

interface Pending {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: ScrubjayError) => void;
  readonly onProgress: OnProgress | undefined;
}

/** One worker, the calls that wait for it, and the workers that help it. */
export class Client {
  readonly #spawn: SpawnWorker;
  readonly #worker: WorkerLike;
  readonly #helpers: WorkerLike[] = [];
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #end: ScrubjayError | undefined;

  constructor(spawn: SpawnWorker) {
    this.#spawn = spawn;
    try {
      this.#worker = spawn();
    } catch {
      throw new ScrubjayError("WORKER_FAILED", "the worker cannot be started");
    }
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onmessageerror = () => this.#fail("a message of the worker cannot be read");
    this.#worker.onerror = (event) => {
      event.preventDefault?.();
      this.#fail("the worker broke down or cannot be loaded");
    };
  }

  /** Whether the worker is gone. */
  get dead(): boolean {
    return this.#end !== undefined;
  }

  /** Loads the engine. */
  async open(options: SessionOptions, onProgress?: OnProgress, signal?: AbortSignal): Promise<RedactorInfo> {
    const reply = await this.#ask((id) => ({ kind: "open", id, options }), [], onProgress, signal);
    if (reply.kind !== "opened") throw new ScrubjayError("WORKER_FAILED", "the worker gave an unexpected answer");
    return reply.info;
  }

  /** Has `name` done. The buffers of `args` are handed over. */
  async call<K extends CallName>(
    name: K,
    args: Calls[K]["args"],
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Calls[K]["result"]> {
    const reply = await this.#ask((id) => ({ kind: "call", id, name, args }), buffers(args), onProgress, signal);
    if (reply.kind !== "done") throw new ScrubjayError("WORKER_FAILED", "the worker gave an unexpected answer");
    return reply.result;
  }

  /** Ends the worker; pending calls reject with `reason`. */
  close(reason: ScrubjayError): void {
    if (this.#end !== undefined) return;
    this.#end = reason;
    this.#worker.terminate();
    this.#dismiss();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(reason);
  }

  #fail(message: string): void {
    this.close(new ScrubjayError("WORKER_FAILED", message));
  }

  #ask(
    request: (id: number) => Request & { readonly id: number },
    transfer: ArrayBuffer[],
    onProgress: OnProgress | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Reply> {
    return new Promise((resolve, reject) => {
      throwIfAborted(signal);
      if (this.#end !== undefined) throw this.#end;
      const id = this.#nextId++;
      // The caller hears of the cancellation at once; the worker drops the call at its next window.
      const onAbort = () => {
        this.#pending.delete(id);
        this.#worker.postMessage({ kind: "cancel", id }, []);
        reject(cancelled());
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      const settled = () => signal?.removeEventListener("abort", onAbort);
      this.#pending.set(id, {
        resolve: (reply) => (settled(), resolve(reply)),
        reject: (error) => (settled(), reject(error)),
        onProgress,
      });
      this.#worker.postMessage(request(id), transfer);
    });
  }

  /** Starts a helper. If it cannot be started or breaks down, the engine does without. */
  #hire(port: MessagePort): void {
    try {
      const helper = this.#spawn();
      helper.onmessage = () => helper.terminate();
      helper.onerror = (event) => {
        event.preventDefault?.();
        helper.terminate();
      };
      this.#helpers.push(helper);
      helper.postMessage({ kind: "help", port }, [port]);
    } catch {
      port.close();
    }
  }

  #dismiss(): void {
    for (const helper of this.#helpers.splice(0)) helper.terminate();
  }

  #receive(reply: Reply): void {
    switch (reply.kind) {
      case "broken":
        this.#fail("the engine broke down");
        return;
      case "hire":
        reply.ports.forEach((port) => this.#hire(port));
        return;
      case "dismiss":
        this.#dismiss();
        return;
    }
    const pending = this.#pending.get(reply.id);
    if (pending === undefined) return;
    if (reply.kind === "progress") {
      try {
        pending.onProgress?.(reply.progress);
      } catch {
        // The listener's own affair.
      }
      return;
    }
    this.#pending.delete(reply.id);
    if (reply.kind === "failed") pending.reject(fromWire(reply.error));
    else pending.resolve(reply);
  }
}
