/** The bundlers, each as its own guide begins: no plugin but where it can resolve no package without. */

import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import resolvePackages from "@rollup/plugin-node-resolve";
import { build as esbuild } from "esbuild";
import { rollup } from "rollup";
import { build as vite } from "vite";
import webpack from "webpack";
import { PACKAGE, PROJECT } from "./project.js";

export interface Bundler {
  readonly name: string;
  /** Bundles into `out`; the page's script is then `app.js`. */
  build(out: string): Promise<void>;
}

/** What README.md says to copy where the bundler doesn't. */
function host(out: string): void {
  cpSync(join(PACKAGE, "dist/lib"), join(out, "scrubjay"), { recursive: true });
}

export const BUNDLERS: readonly Bundler[] = [
  {
    name: "Vite",
    async build(out) {
      await vite({
        root: PROJECT,
        configFile: false,
        logLevel: "error",
        build: { outDir: out, rollupOptions: { input: join(PROJECT, "shipped.js"), output: { entryFileNames: "app.js" } } },
      });
    },
  },
  {
    name: "webpack",
    async build(out) {
      const compiler = webpack({ mode: "production", context: PROJECT, entry: "./shipped.js", output: { path: out, filename: "app.js", publicPath: "auto" }, performance: false });
      const stats = await new Promise<webpack.Stats | undefined>((done, failed) => compiler?.run((error, stats) => (error ? failed(error) : done(stats))));
      if (stats === undefined || stats.hasErrors() || stats.hasWarnings()) throw new Error(stats?.toString("errors-warnings") ?? "no bundle");
      await new Promise((closed) => compiler?.close(closed));
    },
  },
  {
    name: "esbuild",
    async build(out) {
      await esbuild({ absWorkingDir: PROJECT, entryPoints: { app: "hosted.js" }, bundle: true, format: "esm", splitting: true, outdir: out, logLevel: "error" });
      host(out);
    },
  },
  {
    name: "esbuild, without modules",
    async build(out) {
      await esbuild({ absWorkingDir: PROJECT, entryPoints: { app: "hosted.js" }, bundle: true, format: "iife", outdir: out, logLevel: "error" });
      host(out);
    },
  },
  {
    name: "Rollup",
    async build(out) {
      const bundle = await rollup({ input: join(PROJECT, "hosted.js"), plugins: [resolvePackages()], logLevel: "silent" });
      await bundle.write({ dir: out, format: "es", entryFileNames: "app.js" });
      await bundle.close();
      host(out);
    },
  },
];

/** An empty folder for a bundle. */
export function outFolder(name: string): string {
  const out = join(PROJECT, "out", name.replaceAll(/\W+/g, "-"));
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  return out;
}
