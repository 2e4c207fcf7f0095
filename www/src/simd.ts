/** What WebAssembly can do here. */

import type { Build } from "./module.js";

/** A module of one function, which multiplies with `i32x4.relaxed_dot_i8x16_i7x16_add_s`. */
function probe(): Uint8Array<ArrayBuffer> {
  const zero = [0xfd, 0x0c, ...Array<number>(16).fill(0)];
  const body = [0, ...zero, ...zero, ...zero, 0xfd, 0x93, 0x02, 0x0b];
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const type = [1, 5, 1, 0x60, 0, 1, 0x7b];
  return new Uint8Array([...header, ...type, 3, 2, 1, 0, 10, body.length + 2, 1, body.length, ...body]);
}

/** The build for the CPU: the smaller one, which is made of relaxed SIMD, or, where that is not known, the other one. */
export function cpuBuild(): Build {
  return WebAssembly.validate(probe()) ? "cpu" : "webgpu";
}
