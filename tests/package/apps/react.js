// The hook and the component under StrictMode, which mounts everything twice.
import { StrictMode, createElement, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { ScrubjayRedactor, useRedactor } from "scrubjay/react";
import { NOTE } from "./note.js";

const options = { device: "cpu", worker: "/scrubjay/worker.js", assets: "/scrubjay/assets/" };

function Notes() {
  const { status, progress, error, redactor, redact } = useRedactor(options);
  const [text, setText] = useState("");
  const [result, setResult] = useState("");
  useEffect(() => void (globalThis.seen ??= new Set()).add(status), [status]);
  useEffect(() => void (progress && globalThis.seen.add(progress.stage)), [progress]);
  const onClick = () => redact(NOTE).then(({ text }) => setText(text), (error) => setText(error.code));
  return createElement(
    "section",
    null,
    createElement("output", { id: "status" }, error?.code ?? status),
    createElement("button", { onClick, id: "hook" }, "by the hook"),
    createElement("output", { id: "text" }, text),
    createElement(ScrubjayRedactor, { redactor, name: "text", placeholder: "note", required: true, policy: "mask", onResult: ({ text }) => setResult(text) }, createElement("span", { slot: "label" }, "Note")),
    createElement("output", { id: "result" }, result),
  );
}

const root = createRoot(document.querySelector("main"));
root.render(createElement(StrictMode, null, createElement(Notes)));
globalThis.unmount = () => root.unmount();
