/** An empty project with the package in it, installed from the file that would be published. */

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const REPO = resolve(import.meta.dirname, "../..");
/** Inside this folder, so that the project finds the bundlers and React that are installed here. */
export const PROJECT = join(import.meta.dirname, ".project");
/** The package as its users have it. */
export const PACKAGE = join(PROJECT, "node_modules/scrubjay");

export interface Manifest {
  readonly version: string;
  readonly sideEffects: readonly string[];
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
}

export function manifest(): Manifest {
  return JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")) as Manifest;
}

/** Entry points for code. */
export function entries(): string[] {
  return Object.entries(manifest().exports).flatMap(([name, target]) => (typeof target === "string" ? [] : [name.replace(".", "scrubjay")]));
}

/** Runs a program in the project, and gives what it prints; throws with all of it if it fails. */
export function run(program: string, ...args: string[]): string {
  const local = join(import.meta.dirname, "node_modules/.bin", program);
  const { status, stdout, stderr, error } = spawnSync(existsSync(local) ? local : program, args, { cwd: PROJECT, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${error?.message ?? ""}\n${stdout}\n${stderr}`);
  return stdout;
}
