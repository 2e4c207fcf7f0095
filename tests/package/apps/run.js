import { NOTE } from "./note.js";

/** Redacts with and without a worker, and leaves what came out where the tests read it. */
export async function run(createRedactor, options) {
  const outcome = {};
  try {
    for (const worker of [options.worker ?? true, false]) {
      const redactor = await createRedactor({ device: "cpu", ...options, worker });
      outcome[worker === false ? "thread" : "worker"] = (await redactor.redact(NOTE)).text;
      redactor.dispose();
    }
  } catch (error) {
    outcome.error = `${error.code}: ${error.message}`;
  }
  globalThis.outcome = outcome;
}
