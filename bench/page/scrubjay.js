// scrubjay as its users call it: the package's own worker, module and windows, another model.
import { createRedactor } from "/lib/index.js";

/** Starts it; `mark` is told as each stage ends. */
export async function start({ model, device, threads }, mark) {
  let downloaded = 0;
  const redactor = await createRedactor({
    model: `/models/${model}/`,
    device,
    threads,
    // The same texts are read again and again.
    remember: false,
    onProgress: ({ stage, loaded, total }) => {
      // Bytes come in until compiling begins.
      if (stage === "compile" && loaded === 0) mark("download");
      if (stage === "compile" && loaded === total) mark("compile");
      if (stage === "device" && loaded === total) mark("weights");
    },
  });
  return {
    info: { device: redactor.info.device, adapter: redactor.info.adapter, reason: redactor.info.reason },
    /** Redacts a note. How many windows there were is known; how many tokens is for the native command to say. */
    async read({ text }) {
      let windows = 0;
      const result = await redactor.redact(text, { onProgress: ({ total }) => (windows = total) });
      return { windows, found: result.entities.length };
    },
  };
}
