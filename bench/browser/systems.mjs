// Who is measured.
import { availableParallelism } from "node:os";

const scrubjay = (device, weights, model) => ({ name: `scrubjay ${device} ${weights}`, system: "scrubjay", device, weights, model });
const other = (name, device, weights, threads, model, rest) => ({
  name: `${name} ${device === "wasm" ? `${threads} thread${threads > 1 ? "s" : ""}` : device} ${weights}`,
  system: "transformers", device, weights, threads, model, ...rest,
});

/** All systems on the CPU: the encoder of minilm's shape, float32 and 8-bit weights. */
export function onCpu() {
  const threads = availableParallelism();
  return ["float32", "int8"].flatMap((weights) => [
    scrubjay("cpu", weights, weights === "int8" ? "minilm-8bit" : "minilm"),
    other("transformers.js", "wasm", weights, 1, "minilm"),
    // A tougher one: onnxruntime-web's build for the CPU alone, which transformers.js does not take by itself.
    other("transformers.js on ort CPU build", "wasm", weights, 1, "minilm", { runtime: "plain" }),
    ...(threads > 1 ? [other("transformers.js", "wasm", weights, threads, "minilm")] : []),
  ]);
}

/** On WebGPU. In software only a tiny encoder comes to an end in time. */
export function onWebgpu(software) {
  const model = software ? "tiny" : "minilm";
  return [
    scrubjay("webgpu", "float32", model),
    scrubjay("webgpu", "int8", `${model}-8bit`),
    other("transformers.js", "webgpu", "float32", 1, model),
  ];
}
