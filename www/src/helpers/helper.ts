/** A thread that reads windows for an engine in another. */

import type { Build, LoadModule, WasmHelper } from "../module.js";

/** What a helper is made of. */
export interface Material {
  readonly build: Build;
  /** The module, compiled once for all threads. */
  readonly code: WebAssembly.Module;
  readonly config: Uint8Array<ArrayBuffer>;
  /** Not bytes: a blob is handed on without being copied. */
  readonly weights: Blob;
}

/** To a helper, through its port: first what it is made of, then windows. */
export type Order =
  | { readonly kind: "open"; readonly material: Material }
  | { readonly kind: "read"; readonly id: number; readonly window: Uint32Array };

/** From a helper. One that fails says nothing more: what it was given, others do. */
export type Answer =
  | { readonly kind: "ready" }
  | { readonly kind: "read"; readonly id: number; readonly logits: Float32Array };

/** Does what comes through `port`, in order. */
export function help(port: MessagePort, load: LoadModule): void {
  const answer = (answer: Answer, transfer: Transferable[] = []) => port.postMessage(answer, transfer);
  let helper: WasmHelper | undefined;

  async function obey(order: Order): Promise<void> {
    if (order.kind === "open") {
      const { build, code, config, weights } = order.material;
      const [module, bytes] = await Promise.all([load(build), weights.arrayBuffer()]);
      await module.default({ module_or_path: code });
      helper = new module.Helper(config, new Uint8Array(bytes));
      answer({ kind: "ready" });
    } else if (helper !== undefined) {
      const logits = await helper.classify(order.window);
      answer({ kind: "read", id: order.id, logits }, [logits.buffer]);
    }
  }

  let tail = Promise.resolve();
  port.onmessage = ({ data }: MessageEvent<Order>) => {
    tail = tail.then(() => obey(data));
    tail.catch(() => port.close());
  };
}
