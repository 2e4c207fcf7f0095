// The entry point for Node, where there are no types of a browser's.
import { ScrubjayError, createRedactor, redact, type NodeRedactorOptions } from "scrubjay/node";

const options: NodeRedactorOptions = { model: new URL("file:///models/mine/"), worker: false };
// @ts-expect-error: the CPU alone
export const wrong: NodeRedactorOptions = { device: "webgpu" };

export async function calls(note: string): Promise<number> {
  const redactor = await createRedactor(options);
  let found = 0;
  for await (const { entities } of redactor.redactStream([note])) found += entities.length;
  redactor.dispose();
  if ((await redact(note)).text === "") throw new ScrubjayError("IO", "nothing");
  return found;
}
