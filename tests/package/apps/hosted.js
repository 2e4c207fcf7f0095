// For bundlers that know no workers and files: the package's own are served from a folder.
import { createRedactor } from "scrubjay";
import { defineScrubjayElement } from "scrubjay/element";
import { run } from "./run.js";

defineScrubjayElement();
void run(createRedactor, { worker: "/scrubjay/worker.js", assets: "/scrubjay/assets/" });
