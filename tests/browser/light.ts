/** A copy of the built page without module and model, whose versions can be changed: for tests that redact nothing. */

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stamp } from "../../www/scripts/build-worker.mjs";
import { PAGE } from "./site.js";

const ASSETS = ["scrubjay_bg.wasm", "scrubjay-cpu_bg.wasm", "model/config.json", "model/tokenizer.json", "model/model.safetensors.gz"];

export class Light {
  readonly folder = mkdtempSync(join(tmpdir(), "scrubjay-"));

  /** Puts version `name` in place: its title says so. The page stops at the module, which is none. `others` are assets of another content. */
  build(name: string, others: Readonly<Record<string, string>> = {}): void {
    cpSync(PAGE, this.folder, { recursive: true, filter: (path) => !path.startsWith(join(PAGE, "assets")) });
    mkdirSync(join(this.folder, "assets/model"), { recursive: true });
    for (const asset of ASSETS) this.write(`assets/${asset}`, others[asset] ?? `no ${asset}`);
    this.write("index.html", readFileSync(join(PAGE, "index.html"), "utf8").replace(/<title>.*<\/title>/, `<title>${name}</title>`));
    stamp(this.folder);
  }

  /** Writes a file that the service worker's list does not know of. */
  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
