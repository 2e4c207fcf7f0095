// Uses every entry point for browsers, as strictly as the compiler can be.
import {
  ScrubjayError,
  createRedactor,
  redact,
  type InspectedFile,
  type RedactResult,
  type RedactedFile,
  type RedactedPiece,
  type Redactor,
  type Restored,
  type Sealed,
} from "scrubjay";
import { ELEMENT_NAME, ENGLISH, ScrubjayRedactorElement, defineScrubjayElement } from "scrubjay/element";
import { ScrubjayRedactor, useRedactor, type RedactorStatus } from "scrubjay/react";
import { createElement } from "react";

export async function calls(note: string): Promise<string> {
  const { text, entities }: RedactResult = await redact(note, { policy: "safe-harbor", threshold: 0.2, types: ["PATIENT"] });
  const start: number | undefined = entities[0]?.start;
  const redactor: Redactor = await createRedactor({ worker: () => new Worker("/worker.js", { type: "module" }), assets: "/scrubjay/" });
  for await (const piece of redactor.redactStream(new ReadableStream<string>(), { pieceLength: 4096 })) {
    const { end }: RedactedPiece = piece;
    if (end > (start ?? 0)) break;
  }
  // @ts-expect-error: there is no such type of PHI
  await redactor.redact(note, { types: ["NAME"] });
  try {
    await redactor.apply(note, [{ start: 0, end: 4, type: "DATE" }]);
    const { fields }: InspectedFile = await redactor.inspectFile(new File([], "a.csv"));
    const { bytes, format }: RedactedFile = await redactor.redactFile(new Uint8Array(), { columns: fields.map(({ name }) => name), policy: "mask" });
    // @ts-expect-error: a file's doubtful passages have no place to be told
    await redactor.redactFile(new Blob([bytes]), { inputFormat: format, doubtful: true });
    const { text: sealed, mapping }: Sealed = await redactor.seal(note, entities, { passphrase: "correct horse", policy: "numbered" });
    const { restored }: Restored = await redactor.restore(sealed, mapping, "correct horse");
    if (restored > 0) return await redactor.export(note, entities, { format: "i2b2" });
  } catch (error) {
    if (error instanceof ScrubjayError && error.code === "CANCELLED") redactor.dispose();
  }
  return text;
}

export function element(): string {
  defineScrubjayElement();
  const element: ScrubjayRedactorElement = document.createElement(ELEMENT_NAME);
  element.strings = { ...ENGLISH, redact: "Schwärzen" };
  element.addEventListener("scrubjay-result", ({ detail }) => console.log(detail.text));
  return element.value;
}

export function Component(): unknown {
  const { status, redactor } = useRedactor({ device: "cpu" });
  const known: RedactorStatus = status;
  // @ts-expect-error: not a device
  useRedactor({ device: "tpu" });
  return createElement(ScrubjayRedactor, { redactor, placeholder: known, onResult: ({ text }) => console.log(text) });
}
