/** A graphics device fails in the middle of work: the note is not lost, and work goes on. */

import type * as scrubjay from "scrubjay";
import { expect, test } from "./harness.js";
import { BLANK } from "./site.js";

type Api = typeof scrubjay;

// Software: right, and a hundred times slower than the processor. Hence the tiny model.
test.use({
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"] });
  },
  // Chromium's own remarks on a software adapter, and on a device that was lost.
  allowedConsole: [/WebGPU|powerPreference|software (adapter|rendering)|No available adapters|[Dd]evice (was|is) (lost|destroyed)|GPU (process|connection)|destroyed|external Instance reference/],
});
test.setTimeout(600_000);

/** Runs in the page, where the devices that are opened are kept in `devices`; on the page's own thread, where they can be reached. */
const FAULTS: readonly [name: string, fail: string][] = [
  ["is destroyed", "device.destroy()"],
  ["runs out of memory", 'device.dispatchEvent(new GPUUncapturedErrorEvent("uncapturederror", { error: new GPUOutOfMemoryError("x") }))'],
  ["reports an error that nobody caught", 'device.dispatchEvent(new GPUUncapturedErrorEvent("uncapturederror", { error: new GPUValidationError("x") }))'],
];

for (const [name, fail] of FAULTS) {
  test(`the device ${name}: the call ends on the processor, and so does the next one`, async ({ page, site }) => {
    await page.goto(`${site.origin}${BLANK}`);
    const body = async (api: Api, fail: (device: unknown) => void) => {
      const devices: unknown[] = [];
      const { prototype } = (globalThis as unknown as { GPUAdapter: { prototype: { requestDevice(...args: unknown[]): Promise<unknown> } } }).GPUAdapter;
      const { requestDevice } = prototype;
      prototype.requestDevice = async function (...args) {
        const device = await requestDevice.apply(this, args);
        devices.push(device);
        return device;
      };
      const open = (device: "webgpu" | "cpu") => api.createRedactor({ device, worker: false, model: "/models/tiny-bert/" });
      const [gpu, cpu] = [await open("webgpu"), await open("cpu")];
      const note = (i: number) => `Seen by Dr. Rajesh Patel on 03/1${i}/2019, tel. 617-555-0123.`;
      const results = [];
      for (const i of [0, 1, 2]) {
        if (i === 1) {
          devices.forEach(fail);
          await new Promise((done) => setTimeout(done, 100));
        }
        const { text, device } = await gpu.redact(note(i), { threshold: 0 });
        results.push({ device, same: text === (await cpu.redact(note(i), { threshold: 0 })).text });
      }
      return { results, opened: devices.length };
    };
    const { results, opened } = (await page.evaluate(
      `import("/lib/index.js").then((api) => (${body.toString()})(api, (device) => { ${fail}; }))`,
    )) as Awaited<ReturnType<typeof body>>;
    expect(opened).toBeGreaterThan(0);
    expect(results).toEqual([
      { device: "webgpu", same: true },
      { device: "cpu", same: true },
      { device: "cpu", same: true },
    ]);
  });
}

/** Several windows, so that the first call has hardly begun when its device goes. */
const LONG = "Seen by Dr. Rajesh Patel on 03/14/2019, tel. 617-555-0123, for a follow-up of his heart failure; no oedema, chest clear.\n".repeat(16);

for (const worker of [true, false]) {
  test(`the GPU process is killed in the middle of a call ${worker ? "in a worker" : "without one"}: nothing is lost`, async ({ page, site }) => {
    await page.goto(`${site.origin}${BLANK}`);
    const open = (device: string) => `api.createRedactor({ device: "${device}", worker: ${worker}, model: "/models/tiny-bert/" })`;
    const progress = "onProgress: ({ loaded }) => { globalThis.windows = loaded; }";
    await page.evaluate(`import("/lib/index.js").then(async (api) => {
      globalThis.redactors = [await ${open("webgpu")}, await ${open("cpu")}];
      globalThis.windows = 0;
      globalThis.call = redactors[0].redact(${JSON.stringify(LONG)}, { threshold: 0, ${progress} });
    })`);
    await expect.poll(() => page.evaluate("globalThis.windows")).toBeGreaterThan(0);
    const session = await page.context().browser()!.newBrowserCDPSession();
    // The process dies before it can answer.
    void session.send("Browser.crashGpuProcess").catch(() => undefined);
    const results = await page.evaluate(`(async () => {
      const same = ({ text }, other) => text === other.text;
      const [gpu, cpu] = redactors;
      const first = await call;
      const second = await gpu.redact("Seen by Dr. Rajesh Patel.", { threshold: 0 });
      return [
        [first.device, same(first, await cpu.redact(${JSON.stringify(LONG)}, { threshold: 0 }))],
        [second.device, same(second, await cpu.redact("Seen by Dr. Rajesh Patel.", { threshold: 0 }))],
      ];
    })()`);
    expect(results).toEqual([
      ["cpu", true],
      ["cpu", true],
    ]);
  });
}

test("a tab that is frozen in the middle of a call goes on when it is thawed", async ({ page, site }) => {
  await page.goto(`${site.origin}${BLANK}`);
  await page.evaluate(`import("/lib/index.js").then(async (api) => {
    globalThis.redactor = await api.createRedactor({ device: "webgpu", model: "/models/tiny-bert/" });
    globalThis.windows = 0;
    globalThis.call = redactor.redact(${JSON.stringify(LONG)}, { threshold: 0, onProgress: ({ loaded }) => { globalThis.windows = loaded; } });
  })`);
  await expect.poll(() => page.evaluate("globalThis.windows")).toBeGreaterThan(0);
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await page.waitForTimeout(1_500);
  await session.send("Page.setWebLifecycleState", { state: "active" });
  const [text, again] = (await page.evaluate("(async () => [(await call).text, (await redactor.redact('Dr. Rajesh Patel')).text])()")) as string[];
  expect(text).not.toContain("617-555-0123");
  expect(text!.split("\n")).toHaveLength(LONG.split("\n").length);
  expect(again).not.toContain("Patel");
});

test("a device that computes something else is not believed", async ({ page, site }) => {
  await page.goto(`${site.origin}${BLANK}`);
  const body = async (api: Api) => {
    const shader = (globalThis as unknown as { GPUDevice: { prototype: { createShaderModule(d: { code: string }): unknown } } }).GPUDevice.prototype;
    const { createShaderModule } = shader;
    // In the softmax of attention. A kernel's sums must stay: its loops count by them, and would not end.
    shader.createShaderModule = function (descriptor) {
      return createShaderModule.call(this, { ...descriptor, code: descriptor.code.replaceAll("exp(", "cos(") });
    };
    try {
      await api.createRedactor({ device: "webgpu", worker: false, model: "/models/tiny-bert/" });
      return "opened";
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(await page.evaluate(`import("/lib/index.js").then(${body.toString()})`)).toMatch(/^(DEVICE|ENCODER)_FAILED$/);
});

test("memory is where it was after a thousand calls", async ({ page, site }) => {
  await page.goto(`${site.origin}${BLANK}`);
  const body = async (api: Api) => {
    const memories: WebAssembly.Memory[] = [];
    const { instantiate } = WebAssembly;
    WebAssembly.instantiate = (async (source: BufferSource, imports: WebAssembly.Imports) => {
      const made = (await instantiate(source, imports)) as unknown as { instance?: WebAssembly.Instance } & WebAssembly.Instance;
      memories.push((made.instance ?? made).exports["memory"] as WebAssembly.Memory);
      return made;
    }) as unknown as typeof instantiate;
    const redactor = await api.createRedactor({ device: "cpu", worker: false, remember: false, model: "/models/tiny-bert/" });
    const bytes = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
    const call = async (i: number) => {
      const note = `Note ${i}: seen by Dr. Rajesh Patel on 03/14/2019, tel. 617-555-${1000 + i}.\n`.repeat(8);
      const { text } = await redactor.redact(note, { threshold: 0 });
      return text.length;
    };
    for (let i = 0; i < 200; i += 1) await call(i);
    const before = bytes();
    for (let i = 200; i < 1200; i += 1) await call(i);
    return { before, after: bytes() };
  };
  const { before, after } = (await page.evaluate(`import("/lib/index.js").then(${body.toString()})`)) as Awaited<ReturnType<typeof body>>;
  expect(before).toBeGreaterThan(0);
  // The allocator may take a page or two more for what it does not reuse at once; a kilobyte a call would be sixteen.
  expect((after - before) / 65_536).toBeLessThan(8);
});
