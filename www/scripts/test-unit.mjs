// Compiles the unit tests and runs them with Node's own runner. They need no WebAssembly build: the module is a fake.
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { compile, generatedTypes, root, run } from "./lib.mjs";

generatedTypes();
const out = join(root, "dist/test");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
compile("test/tsconfig.json");
const tests = readdirSync(join(out, "test")).filter((name) => name.endsWith(".test.js"));
if (tests.length === 0 || !existsSync(join(out, "src/index.js"))) throw new Error("no unit tests were compiled");
run(process.execPath, ["--test", "--test-reporter=spec", "--test-timeout=120000", ...tests.map((name) => join(out, "test", name))]);
