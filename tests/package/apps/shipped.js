// Everything at its default: the bundler must find the worker and the files.
import { createRedactor } from "scrubjay";
import { defineScrubjayElement } from "scrubjay/element";
import { run } from "./run.js";

defineScrubjayElement();
void run(createRedactor, {});
