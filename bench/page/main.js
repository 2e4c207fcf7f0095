// Starts the system that the address names, reads a first note, and waits for the driver's.
const options = JSON.parse(decodeURIComponent(location.hash.slice(1)));
/** Milliseconds since the navigation began, at the end of each stage. */
const marks = {};
const mark = (stage) => (marks[stage] = performance.now());

try {
  const { start } = await import(options.system === "scrubjay" ? "./scrubjay.js" : "./transformers.js");
  mark("script");
  const { info, read } = await start(options, mark);
  mark("ready");
  const { windows, found } = await read(globalThis.firstNote);
  mark("first");
  globalThis.cold = { marks, info, windows, found };

  /** Milliseconds of reading each of `notes` once, and the windows they had. */
  globalThis.measure = async (notes) => {
    let windows = 0;
    const begun = performance.now();
    for (const note of notes) windows += (await read(note)).windows;
    return { ms: performance.now() - begun, windows };
  };
} catch (error) {
  globalThis.cold = { error: String(error?.stack ?? error) };
}
