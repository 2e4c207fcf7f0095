// What a user would pick instead: the same encoder in transformers.js, on onnxruntime-web.
import { AutoModelForTokenClassification, AutoTokenizer, Tensor, env } from "@huggingface/transformers";

/** Starts it; `mark` is told as each stage ends. */
export async function start({ model, device, weights, threads, runtime }, mark) {
  // As from a model hub, but from here. What it takes for local it fetches twice: once for the headers alone, but by a whole GET.
  env.allowLocalModels = false;
  env.remoteHost = location.origin;
  env.remotePathTemplate = "/models/{model}/";
  env.useBrowserCache = false;
  env.useWasmCache = false;
  const onnx = env.backends.onnx;
  const build = runtime === "plain" ? "" : ".asyncify";
  onnx.wasm.wasmPaths = { mjs: `/ort/ort-wasm-simd-threaded${build}.mjs`, wasm: `/ort/ort-wasm-simd-threaded${build}.wasm` };
  onnx.wasm.numThreads = threads;
  const progress_callback = ({ status, file }) => {
    if (status === "done" && file.endsWith(".onnx")) mark("download");
  };
  const tokenizer = await AutoTokenizer.from_pretrained(model);
  // Compiling the module and reading the weights are one step from outside.
  const classifier = await AutoModelForTokenClassification.from_pretrained(model, {
    device,
    dtype: weights === "int8" ? "q8" : "fp32",
    progress_callback,
  });
  mark("weights");
  const [cls, sep] = tokenizer.encode("");
  return {
    info: { device, threads: onnx.wasm.numThreads, version: env.version, isolated: crossOriginIsolated },
    /** Finds the label of every token. The windows are given: cutting them costs it nothing. */
    async read({ text, ids: expected, windows }) {
      const ids = tokenizer.encode(text, { add_special_tokens: false });
      if (ids.length !== expected.length || ids.some((id, i) => id !== expected[i])) {
        throw new Error(`other tokens: ${ids.length} of them for ${expected.length}`);
      }
      let found = 0;
      for (const [from, to] of windows) found += await classify([cls, ...ids.slice(from, to), sep]);
      return { windows: windows.length, found };
    },
  };

  async function classify(ids) {
    const dims = [1, ids.length];
    const tensor = (values) => new Tensor("int64", BigInt64Array.from(values, BigInt), dims);
    const inputs = {
      input_ids: tensor(ids),
      attention_mask: tensor(ids.map(() => 1)),
      token_type_ids: tensor(ids.map(() => 0)),
    };
    const { logits } = await classifier(inputs);
    const [, length, labels] = logits.dims;
    let found = 0;
    // The best label of each token and its probability, as the library's own pipeline has them.
    for (let i = 1; i < length - 1; i++) {
      const row = logits.data.subarray(i * labels, (i + 1) * labels);
      const max = Math.max(...row);
      let sum = 0;
      for (const value of row) sum += Math.exp(value - max);
      found += row.indexOf(max) > 0 && 1 / sum > 0.5;
    }
    return found;
  }
}
