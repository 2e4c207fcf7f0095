// Imports an entry point where there is no browser: nothing may be thrown, started or left behind.
const before = Object.getOwnPropertyNames(globalThis).sort().join();
const requests = [];
globalThis.fetch = (url) => (requests.push(String(url)), Promise.reject(new Error("no network")));
const entry = process.argv[2];
const exported = Object.keys(await import(entry));
const after = Object.getOwnPropertyNames(globalThis).sort().join();
const rendered = entry.endsWith("/react") ? await render() : undefined;
console.log(JSON.stringify({ exported, changed: before !== after, requests, rendered }));

async function render() {
  const { createElement, StrictMode } = await import("react");
  const { renderToString } = await import("react-dom/server");
  const { ScrubjayRedactor, useRedactor } = await import(entry);
  const App = () => createElement(ScrubjayRedactor, { name: "text", required: true, redactor: useRedactor().redactor });
  return renderToString(createElement(StrictMode, null, createElement(App)));
}
