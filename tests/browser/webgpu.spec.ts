import type * as scrubjay from "scrubjay";
import { expect, test } from "./harness.js";
import { BLANK } from "./site.js";

// Software: right, and a hundred times slower than the processor. Hence the tiny model.
test.use({
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"] });
  },
  // Chromium's own remarks on a software adapter.
  allowedConsole: [/WebGPU is experimental|powerPreference|software (adapter|rendering)|No available adapters/i],
});

test("a tiny model gives the same on WebGPU and on the processor", async ({ page, site }) => {
  test.setTimeout(600_000);
  await page.goto(`${site.origin}${BLANK}`);
  const body = async (api: typeof scrubjay) => {
    const note = "Seen by Dr. Rajesh Patel on 03/14/2019, tel. 617-555-0123.";
    const both = [];
    for (const device of ["webgpu", "cpu"] as const) {
      const redactor = await api.createRedactor({ device, model: "/models/tiny-bert/" });
      const { text, entities } = await redactor.redact(note, { threshold: 0 });
      both.push({ device: redactor.info.device, text, entities });
      redactor.dispose();
    }
    return both;
  };
  const [gpu, cpu] = (await page.evaluate(`import("/lib/index.js").then(${body.toString()})`)) as Awaited<ReturnType<typeof body>>;
  expect(gpu?.device).toBe("webgpu");
  expect(cpu?.device).toBe("cpu");
  expect(gpu?.text).toBe(cpu?.text);
  expect(gpu?.entities.map(({ start, end, type }) => ({ start, end, type }))).toEqual(
    cpu?.entities.map(({ start, end, type }) => ({ start, end, type })),
  );
  gpu?.entities.forEach(({ score }, i) => expect(score).toBeCloseTo(cpu?.entities[i]?.score ?? -1, 3));
});

test("auto does not take a software adapter", async ({ page, site }) => {
  await page.goto(`${site.origin}/?device=auto`);
  await expect(page.locator("#redact")).toBeEnabled();
  await expect(page.locator("#engine")).toHaveAttribute("data-device", "cpu");
  await expect(page.locator("#engine")).toContainText(/: \S.+\. Model/);
});
