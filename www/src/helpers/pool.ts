/**
 * Windows read by several threads at once.
 *
 * The engine's own thread reads too, and takes over what a helper does not give back: one that is slow, or dead, costs time and nothing
 * else. Each helper has a module and weights of its own, so this needs neither shared memory nor a page that is isolated from other origins.
 */

import type { WasmEngine } from "../module.js";
import type { Answer, Material, Order } from "./helper.js";

/** Whoever starts threads and ends them. */
export interface Staff {
  /** The ports of as many new helpers, some of which may never answer. */
  hire(count: number): MessagePort[];
  dismiss(): void;
}

/** Reads one window in the engine's own thread. */
export type ReadHere = (window: Uint32Array) => Promise<Float32Array>;

/** Windows that each thread reads between two reports of progress: of more, less time is lost at their end. */
const AT_ONCE = 4;
/** Windows in one go from which helpers are worth their start, a third of a second or so. */
const HIRE_FROM = 4;
/** Windows that a helper has at a time: while this thread computes, it hands out no others. */
const AHEAD = 2;
/** What is not back after as many times what a window takes here is read here. */
const PATIENCE = 4;
/** Milliseconds after which helpers that have nothing to do are let go, with their memory. */
const IDLE = 30_000;

interface Helper {
  readonly port: MessagePort;
  /** What it may be given. */
  room: number;
}

/** What is being read. */
interface Round {
  readonly first: number;
  readonly windows: readonly Uint32Array[];
  /** Indices of the windows that nobody has begun. */
  readonly waiting: number[];
  readonly done: (i: number, logits: Float32Array) => void;
}

export class Pool {
  readonly #staff: Staff;
  readonly #material: Material;
  /** How many read at most, the engine's own thread among them. */
  readonly threads: number;
  #helpers: Helper[] = [];
  #round: Round | undefined;
  #nextId = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  /** Its helpers are started when there is enough to do. */
  constructor(staff: Staff, material: Material, threads: number) {
    this.#staff = staff;
    this.#material = material;
    this.threads = threads;
  }

  /** Reads for `engine`, and with it. */
  share(engine: WasmEngine): void {
    engine.share((windows) => this.read(windows, (window) => engine.classify(window)), AT_ONCE * this.threads);
  }

  /** The logits of `windows`; one call at a time. Rejects as `here` does. */
  async read(windows: readonly Uint32Array[], here: ReadHere): Promise<Float32Array[]> {
    clearTimeout(this.#idle);
    if (windows.length >= HIRE_FROM && this.#helpers.length === 0) this.#hire();
    const logits = new Array<Float32Array | undefined>(windows.length).fill(undefined);
    const waiting = windows.map((_, i) => i);
    let left = windows.length;
    let wake = () => {};
    const done = (i: number, values: Float32Array) => {
      if (logits[i] === undefined) left -= 1;
      logits[i] = values;
      wake();
    };
    this.#round = { first: this.#nextId, windows, waiting, done };
    this.#nextId += windows.length;
    try {
      for (let slowest = 0; left > 0; ) {
        let i = waiting.shift();
        this.#give();
        if (i === undefined) {
          const before = left;
          await Promise.race([new Promise<void>((resolve) => (wake = resolve)), later(PATIENCE * slowest)]);
          if (left < before) continue;
          i = logits.indexOf(undefined);
        }
        const start = performance.now();
        done(i, await here(windows[i]!));
        slowest = Math.max(slowest, performance.now() - start);
      }
    } finally {
      this.#round = undefined;
      if (this.#helpers.length > 0) this.#idle = setTimeout(() => this.close(), IDLE);
    }
    return logits as Float32Array[];
  }

  /** Lets the helpers go. They are hired anew when they are needed. */
  close(): void {
    clearTimeout(this.#idle);
    if (this.#helpers.length === 0) return;
    for (const { port } of this.#helpers) port.close();
    this.#helpers = [];
    this.#staff.dismiss();
  }

  #hire(): void {
    this.#helpers = this.#staff.hire(this.threads - 1).map((port) => {
      const helper: Helper = { port, room: 0 };
      port.onmessage = ({ data }: MessageEvent<Answer>) => this.#hear(helper, data);
      const order: Order = { kind: "open", material: this.#material };
      port.postMessage(order);
      return helper;
    });
  }

  #hear(helper: Helper, answer: Answer): void {
    if (answer.kind === "ready") {
      helper.room = AHEAD;
    } else {
      helper.room += 1;
      const i = answer.id - (this.#round?.first ?? Infinity);
      // An answer to an earlier round comes too late.
      if (i >= 0) this.#round?.done(i, answer.logits);
    }
    this.#give();
  }

  /** Hands out windows from the end, while this thread reads from the beginning. */
  #give(): void {
    if (this.#round === undefined) return;
    const { first, windows, waiting } = this.#round;
    for (let ahead = AHEAD; ahead > 0; ahead--) {
      for (const helper of this.#helpers) {
        if (helper.room < ahead) continue;
        const i = waiting.pop();
        if (i === undefined) return;
        helper.room -= 1;
        const order: Order = { kind: "read", id: first + i, window: windows[i]! };
        helper.port.postMessage(order);
      }
    }
  }
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
