/** Which build of the engine a device needs, found out before anything is fetched: most machines need the smaller one. */

import { ScrubjayError } from "./errors.js";
import type { Build } from "./module.js";
import { cpuBuild } from "./simd.js";

/** What a session does with the device that it was asked for. */
export interface Plan {
  readonly build: Build;
  /** As the engine is asked. */
  readonly device: string;
  /** What the browser calls its adapter for WebGPU. */
  readonly adapter: string;
  /** Why it is not as it was asked for. */
  readonly reason?: string;
}

interface Adapter {
  readonly name: string;
  /** A hundred times slower than the CPU path. */
  readonly software: boolean;
}

/** The part of WebGPU in use: TypeScript's own types do not know it everywhere. */
interface Gpu {
  requestAdapter(): Promise<{ readonly isFallbackAdapter?: boolean; readonly info?: Readonly<Record<string, unknown>> } | null>;
}

const SOFTWARE = ["swiftshader", "llvmpipe", "lavapipe", "microsoft basic render"];

async function findAdapter(): Promise<Adapter | undefined> {
  const { gpu } = (globalThis.navigator ?? {}) as { gpu?: Gpu };
  const adapter = await gpu?.requestAdapter().catch(() => null);
  if (adapter === undefined || adapter === null) return undefined;
  const { info = {}, isFallbackAdapter } = adapter;
  const words = ["vendor", "architecture", "device", "description"].map((key) => info[key]);
  const name = words.filter((word) => typeof word === "string" && word !== "").join(" ");
  const flagged = isFallbackAdapter === true || info["isFallbackAdapter"] === true;
  const software = flagged || SOFTWARE.some((word) => name.toLowerCase().includes(word));
  return { name: name === "" ? "WebGPU adapter" : name, software };
}

/** To run on the CPU: for a `reason`, where it was not asked for. */
export function onCpu(reason?: string): Plan {
  return { build: cpuBuild(), device: "cpu", adapter: "", ...(reason === undefined ? {} : { reason }) };
}

/** What to load for `device`: `cpu`, `webgpu` or `auto`. */
export async function planFor(device: string): Promise<Plan> {
  if (device === "cpu") return onCpu();
  const adapter = await findAdapter();
  const none = "this browser offers no WebGPU adapter";
  if (device === "auto") {
    if (adapter === undefined) return onCpu(none);
    if (adapter.software) return onCpu(`the WebGPU adapter (${adapter.name}) is software, slower than the CPU path`);
  }
  if (adapter === undefined) throw new ScrubjayError("DEVICE_UNAVAILABLE", `device webgpu: ${none}`);
  return { build: "webgpu", device, adapter: adapter.name };
}
