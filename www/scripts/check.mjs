// Type-checks the sources, the page, its service worker and the unit tests.
import { compile, generatedTypes } from "./lib.mjs";

generatedTypes();
for (const project of ["tsconfig.json", "tsconfig.node.json", "page/tsconfig.json", "offline/tsconfig.json", "test/tsconfig.json"]) {
  compile(project, ["--noEmit"]);
}
