/** A fake module: finds every "Smith" and every four-digit year, in windows of ten words, and yields between them. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import { MessageChannel } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import { MODEL_FILES } from "../src/assets.js";
import type { SpawnWorker, WorkerLike } from "../src/client.js";
import { host } from "../src/host.js";
import type { LoadModule, WasmEngine, WasmFile, WasmHelper, WasmModule, WasmPrepared, WasmSealed } from "../src/module.js";
import type { Seams } from "../src/live.js";

// Whatever this Node knows: the tests are of a browser that knows relaxed SIMD. No fake module holds any.
WebAssembly.validate = () => true;

/** An error as the wasm border throws it. */
export function engineError(code: string, message: string): Error {
  const error = Object.assign(new Error(message), { code });
  error.name = "ScrubjayError";
  return error;
}

const WEIGHTS = new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d, 1, 2, 3, 4]);

const FILES: Record<string, Uint8Array> = {
  "scrubjay-cpu_bg.wasm": new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
  "model/config.json": new TextEncoder().encode('{"model_type":"bert"}'),
  "model/tokenizer.json": new TextEncoder().encode('{"version":"1.0"}'),
  "model/model.safetensors": WEIGHTS,
  "model/model.safetensors.gz": gzipSync(WEIGHTS),
};

/** What the fakes of one test saw. */
export interface Log {
  running: number;
  most: number;
  created: number;
  freed: number;
  options: string[];
  given: string[];
  pinned: boolean[];
  /** Of each file: its name and how it is read. */
  files: [string, unknown][];
  /** Windows read by the engine and by its helpers, where the work is shared. */
  here: number;
  helped: number;
}

export function newLog(): Log {
  return { running: 0, most: 0, created: 0, freed: 0, options: [], given: [], pinned: [], files: [], here: 0, helped: 0 };
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly type: string;
}

/** Every entity becomes its label. */
function replaced(text: string, found: readonly Found[]) {
  const entities = found.map((entity) => ({ ...entity, replacement: `[${entity.type}]` }));
  let redacted = "";
  let at = 0;
  for (const { start, end, replacement } of entities) {
    redacted += text.slice(at, start) + replacement;
    at = end;
  }
  return { text: redacted + text.slice(at), entities, report: {}, device: "cpu", timings: {} };
}

/** The logits of a window are its ids. */
async function fakeLogits(window: Uint32Array): Promise<Float32Array> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  return Float32Array.from(window);
}

class FakeHelper implements WasmHelper {
  constructor(readonly log: Log) {}

  classify(window: Uint32Array): Promise<Float32Array> {
    this.log.helped += 1;
    return fakeLogits(window);
  }
}

class FakePrepared implements WasmPrepared {
  constructor(readonly config: Uint8Array, readonly tokenizer: Uint8Array) {}

  free(): void {}
}

class FakeEngine implements WasmEngine {
  atOnce = 1;
  read = (windows: Uint32Array[]): Promise<Float32Array[]> => Promise.all(windows.map((window) => this.classify(window)));

  constructor(readonly log: Log, readonly device: string) {}

  share(read: FakeEngine["read"], atOnce: number): void {
    [this.read, this.atOnce] = [read, atOnce];
  }

  classify(window: Uint32Array): Promise<Float32Array> {
    this.log.here += 1;
    return fakeLogits(window);
  }

  async redact(text: string, options: string, progress?: (done: number, total: number) => boolean | void): Promise<string> {
    this.log.running += 1;
    this.log.most = Math.max(this.log.most, this.log.running);
    this.log.options.push(options);
    try {
      if (text.includes("TRAP")) throw new WebAssembly.RuntimeError(`unreachable at ${text}`);
      const { threshold, doubtful } = JSON.parse(options) as { threshold?: number; doubtful?: boolean };
      if (threshold !== undefined && threshold > 1) throw engineError("OPTION_INVALID", "option threshold: above 1");
      const total = Math.ceil(text.split(" ").length / 10);
      for (let done = 0; done < total; ) {
        const batch = Array.from({ length: Math.min(this.atOnce, total - done) }, (_, i) => Uint32Array.of(done + i));
        const logits = await this.read(batch);
        assert.deepEqual(logits, batch.map((window) => Float32Array.from(window)));
        done += batch.length;
        if (progress?.(done, total) === false) throw engineError("CANCELLED", "cancelled");
      }
      const entities = [...text.matchAll(/Smith|\b\d{4}\b/gu)].map((m) => ({
        start: m.index,
        end: m.index + m[0].length,
        type: m[0] === "Smith" ? "PATIENT" : "DATE",
        score: 0.9,
        source: "model",
      }));
      const candidates = [...text.matchAll(/\bMay\b/gu)].map((m) => ({ start: m.index, end: m.index + 3, type: "DATE", score: 0.3, source: "model" }));
      return JSON.stringify({ ...replaced(text, entities), doubtful: doubtful ? candidates : [] });
    } finally {
      this.log.running -= 1;
    }
  }

  apply(text: string, entities: string, options: string): string {
    this.log.options.push(options);
    this.log.given.push(entities);
    if (text.includes("TRAP")) throw new WebAssembly.RuntimeError(`unreachable at ${text}`);
    const given = JSON.parse(entities) as Found[];
    if (given.some(({ end }) => end > text.length)) throw engineError("OPTION_INVALID", "option entities: past the end");
    return JSON.stringify({ ...replaced(text, given), doubtful: [] });
  }

  export(id: string, text: string, entities: string, options: string, format: string): string {
    const { text: redacted } = JSON.parse(this.apply(text, entities, options)) as { text: string };
    if (format === "xml") throw engineError("OPTION_INVALID", "option format: there is none such");
    return `${format} ${id} ${redacted}`;
  }

  seal(text: string, entities: string, options: string, passphrase: string): WasmSealed {
    const { text: redacted } = JSON.parse(this.apply(text, entities, options)) as { text: string };
    if (passphrase.length < 8) throw engineError("OPTION_INVALID", "option passphrase: too short");
    return { text: redacted, mapping: new TextEncoder().encode(`${passphrase}\n${text}`), free: () => void this.log.freed++ };
  }

  /** A note a line. */
  async redactFile(
    name: string,
    bytes: Uint8Array,
    reading: string,
    options: string,
    progress?: (done: number, total: number) => boolean | void,
  ): Promise<WasmFile> {
    this.log.files.push([name, JSON.parse(reading)]);
    if (bytes.includes(0)) throw engineError("FORMAT_INVALID", "text, byte 0: a binary file");
    const lines = new TextDecoder().decode(bytes).split("\n");
    const done: string[] = [];
    for (const line of lines) {
      const { text } = JSON.parse(await this.redact(line, options)) as { text: string };
      done.push(text);
      if (progress?.(done.length, lines.length) === false) throw engineError("CANCELLED", "cancelled");
    }
    const about = JSON.stringify({ format: "text", notes: lines.length, unread: [], report: {}, device: "cpu", timings: {} });
    return { bytes: new TextEncoder().encode(done.join("\n")), about, free: () => void this.log.freed++ };
  }

  info(): string {
    return JSON.stringify({ device: "cpu", reason: "fake", model: "fake", sha256: "00", version: "0.1.0" });
  }

  free(): void {
    this.log.freed += 1;
  }
}

/** A module of nothing that knows the sizes of {@link FILES}. */
export function fakeModule(log: Log): LoadModule {
  const module: WasmModule = {
    async default({ module_or_path }) {
      assert.ok(module_or_path instanceof WebAssembly.Module);
    },
    version: () => "0.1.0",
    inspectFile(_name, bytes, reading) {
      if (bytes.includes(0)) throw engineError("FORMAT_INVALID", "text, byte 0: a binary file");
      const { header } = JSON.parse(reading) as { header?: boolean };
      const [first = ""] = new TextDecoder().decode(bytes).split("\n");
      return JSON.stringify({ format: "csv", fields: header === false ? [] : first.split(",").map((name) => ({ name, filled: 1 })) });
    },
    restore(text, mapping, passphrase) {
      const [sealed, ...original] = new TextDecoder().decode(mapping).split("\n");
      if (sealed !== passphrase) throw engineError("PASSPHRASE_WRONG", "the passphrase is wrong, or the mapping was changed");
      return JSON.stringify({ text: original.join("\n"), restored: text.split("[").length - 1, ambiguous: 0 });
    },
    defaultModel: () => {
      const sizes = MODEL_FILES.map((name) => [name, { bytes: fileBytes(`model/${name}`).length, sha256: "00" }]);
      return JSON.stringify({ id: "fake", files: Object.fromEntries(sizes) });
    },
    prepare: async (config, tokenizer) => new FakePrepared(config, tokenizer),
    Engine: {
      async create(prepared, weights, device, _adapter, hashes) {
        const { config, tokenizer } = prepared as FakePrepared;
        log.created += 1;
        log.pinned.push(hashes === undefined);
        const expected = JSON.parse(hashes ?? "{}") as Record<string, string>;
        [config, tokenizer, weights].forEach((bytes, i) => {
          const name = MODEL_FILES[i]!;
          const found = createHash("sha256").update(bytes).digest("hex");
          const { [name]: wanted = found } = expected;
          if (wanted !== found) throw engineError("HASH_MISMATCH", `${name}: SHA-256 is ${found}, expected ${wanted}`);
        });
        if (weights.at(-1) !== 4) throw engineError("HASH_MISMATCH", "model.safetensors: SHA-256 is 01, expected 00");
        return new FakeEngine(log, device);
      },
    },
    Helper: class extends FakeHelper {
      constructor() {
        super(log);
      }
    },
  };
  // Loading goes by the identity of the loader, so each test gets its own.
  return async () => module;
}

/** What Node lets go through a channel: it has types of its own for it. */
type Transfer = NonNullable<Parameters<InstanceType<typeof MessageChannel>["port1"]["postMessage"]>[1]>;

/** Workers that are message channels in this thread. `kill` breaks the newest. */
export function fakeWorkers(load: LoadModule): { spawn: SpawnWorker; kill: () => void; count: () => number } {
  const workers: WorkerLike[] = [];
  const spawn: SpawnWorker = () => {
    const { port1, port2 } = new MessageChannel();
    const receive = host((reply, transfer) => port2.postMessage(reply, transfer as Transfer), load);
    port2.on("message", receive);
    const worker: WorkerLike = {
      onmessage: null,
      onerror: null,
      onmessageerror: null,
      postMessage: (request, transfer) => port1.postMessage(request, transfer as Transfer),
      terminate: () => {
        port1.close();
        port2.close();
      },
    };
    port1.on("message", (data) => worker.onmessage?.({ data }));
    workers.push(worker);
    return worker;
  };
  return { spawn, kill: () => workers.at(-1)?.onerror?.({}), count: () => workers.length };
}

/** Seams on fakes. */
export function fakes(): { seams: Seams; log: Log; kill: () => void; count: () => number } {
  const log = newLog();
  const load = fakeModule(log);
  const { spawn, kill, count } = fakeWorkers(load);
  return { seams: { load, spawn }, log, kill, count };
}

/** What a server answers for a path, if not the fake file: status, type, body. */
export type Override = (path: string) => { status?: number; type?: string; body: Uint8Array | string; announce?: number } | undefined;

/** A server of the fake files. */
export class FakeServer {
  override: Override = () => undefined;
  readonly requests: string[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<FakeServer> {
    const server = createServer();
    const self = new FakeServer(server);
    server.on("request", (request, response) => {
      const path = (request.url ?? "/").slice("/assets/".length);
      self.requests.push(path);
      const file = FILES[path];
      const answer = self.override(path) ?? (file === undefined ? { status: 404, body: "no" } : { body: file });
      response.writeHead(answer.status ?? 200, {
        "content-type": answer.type ?? "application/octet-stream",
        ...(answer.announce === undefined ? {} : { "content-length": answer.announce }),
      });
      if (answer.announce === undefined) response.end(answer.body);
      else response.write(answer.body, () => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return self;
  }

  get assets(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("not listening");
    return `http://127.0.0.1:${address.port}/assets/`;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** A fake file's bytes. */
export function fileBytes(name: string): Uint8Array {
  return FILES[name] ?? new Uint8Array();
}
