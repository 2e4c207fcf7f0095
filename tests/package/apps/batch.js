// The entry point for Node, in its own thread and in this one; it must end by itself.
import { ScrubjayError, createRedactor, redact } from "scrubjay/node";
import { NOTE } from "./note.js";

globalThis.fetch = () => Promise.reject(new Error("no network"));
const code = (promise) => promise.then(() => "resolved", (error) => (error instanceof ScrubjayError ? error.code : String(error)));
const stages = new Set();
const thread = (await redact(NOTE, { onProgress: ({ stage }) => stages.add(stage) })).text;

const redactor = await createRedactor({ worker: false });
const here = (await redactor.redact(NOTE)).text;
let streamed = "";
for await (const { text } of redactor.redactStream([NOTE.slice(0, 17), NOTE.slice(17)])) streamed += text;
redactor.dispose();

// Read by two threads, of which neither may keep the process alive.
const long = `${NOTE}\n`.repeat(60);
const [one, two] = [await createRedactor({ threads: 1 }), await createRedactor({ threads: 2 })];
const together = (await one.redact(long)).text === (await two.redact(long)).text;
one.dispose();

const codes = {
  disposed: await code(redactor.redact(NOTE)),
  webgpu: await code(createRedactor({ device: "webgpu" })),
  remote: await code(createRedactor({ assets: new URL("https://other.example/") })),
  missing: await code(createRedactor({ model: "./nowhere" })),
  cancelled: await code(createRedactor({ signal: AbortSignal.abort() })),
  option: await code(redact(NOTE, { nonsense: 1 })),
  aborted: await code(redact(NOTE, { signal: AbortSignal.abort() })),
};
console.log(JSON.stringify({ thread, here, streamed, together, stages: [...stages], codes, device: redactor.info.device }));
// The shared redactor's thread and two others are still there: they must not keep the process alive.
