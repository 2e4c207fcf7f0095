// Who is measured.
import { availableParallelism } from "node:os";

const on = (device, threads) => (device === "webgpu" ? device : `${threads} thread${threads > 1 ? "s" : ""}`);
const scrubjay = (device, weights, threads, model) => ({
  name: `scrubjay ${on(device, threads)} ${weights}`, system: "scrubjay", device, weights, threads, model,
});
const other = (name, device, weights, threads, model, rest) => ({
  name: `${name} ${on(device, threads)} ${weights}`, system: "transformers", device, weights, threads, model, ...rest,
});

/** All systems on the CPU: the encoder of minilm's shape, float32 and 8-bit weights. */
export function onCpu() {
  const threads = availableParallelism();
  const ours = (weights, threads) => scrubjay("cpu", weights, threads, weights === "int8" ? "minilm-8bit-packed" : "minilm");
  return ["float32", "int8"].flatMap((weights) => [
    ours(weights, 1),
    other("transformers.js", "wasm", weights, 1, "minilm"),
    // A tougher one: onnxruntime-web's build for the CPU alone, which transformers.js does not take by itself.
    other("transformers.js on ort CPU build", "wasm", weights, 1, "minilm", { runtime: "plain" }),
    ...(threads > 1 ? [ours(weights, threads), other("transformers.js", "wasm", weights, threads, "minilm")] : []),
  ]);
}

/** On WebGPU. In software only a tiny encoder comes to an end in time. */
export function onWebgpu(software) {
  const model = software ? "tiny" : "minilm";
  return [
    scrubjay("webgpu", "float32", 1, model),
    scrubjay("webgpu", "int8", 1, `${model}-8bit-packed`),
    other("transformers.js", "webgpu", "float32", 1, model),
  ];
}
