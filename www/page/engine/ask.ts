/** What the engine says to settings. It is the only judge of them: the page repeats none of its rules. */

import { ScrubjayError, type EntityType, type RedactOptions, type Redactor } from "scrubjay";
import { GROUPS } from "../names.js";
import { asFailure } from "./status.js";

/** The engine in use, if there is one yet. */
export type InUse = () => Redactor | undefined;

/** The engine in use, or the error that there is none yet. */
export function needed(engine: InUse): Redactor {
  const redactor = engine();
  if (redactor === undefined) throw new ScrubjayError("NOT_READY", "the model is not loaded yet, so this cannot be done; wait until the page says Ready, and try again");
  return redactor;
}

/** What the engine holds against `settings`; undefined where nothing. It reads no note for that. */
export async function refusal(engine: InUse, settings: RedactOptions): Promise<ScrubjayError | undefined> {
  try {
    await needed(engine).redact("", settings);
    return undefined;
  } catch (error) {
    return asFailure(error);
  }
}

/** The type that the engine knows by `name`: a policy may use other spellings. */
export async function typeCalled(engine: InUse, name: string): Promise<EntityType | undefined> {
  const types = GROUPS.flatMap((group) => group.types.map(([type]) => type));
  if (types.includes(name as EntityType)) return name as EntityType;
  const one = types.map((type, i) => ({ start: i, end: i + 1, type }));
  const { entities } = await needed(engine).apply("x".repeat(types.length), one, { policy: { types: { [name]: "remove" } } });
  return entities.find(({ replacement }) => replacement === "")?.type;
}
