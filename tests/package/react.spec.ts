import { cpSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { outFolder } from "./bundlers.js";
import { PACKAGE, PROJECT } from "./project.js";
import { expect, serve, test } from "./site.js";

test("the hook and the component share an engine, under StrictMode, until they are unmounted", async ({ page }) => {
  const out = outFolder("react");
  await build({ absWorkingDir: PROJECT, entryPoints: { app: "react.js" }, bundle: true, format: "esm", splitting: true, outdir: out, logLevel: "error" });
  cpSync(join(PACKAGE, "dist/lib"), join(out, "scrubjay"), { recursive: true });
  const site = await serve(out, { script: "/app.js" });
  try {
    await page.goto(`${site.origin}/`);
    // Before it is ready: the call waits.
    await page.locator("#hook").click();
    await expect(page.locator("#text")).toHaveText("Seen by Dr. [DOCTOR] on [DATE], BP 120/80.");
    await expect(page.locator("#status")).toHaveText("ready");
    expect(page.workers()).toHaveLength(1);
    const seen = await page.evaluate(() => [...(globalThis as unknown as { seen: Set<string> }).seen]);
    for (const each of ["loading", "ready", "download", "device", "window"]) expect(seen).toContain(each);

    const element = page.locator("scrubjay-redactor");
    await expect(element).toHaveAttribute("required", "");
    await page.getByRole("textbox", { name: "Note" }).fill("Seen by Dr. Rajesh Patel.");
    await page.getByRole("button", { name: "Redact" }).click();
    await expect(page.locator("#result")).toHaveText(/^Seen by Dr. █+\.$/);
    expect(page.workers()).toHaveLength(1);

    await page.evaluate(() => (globalThis as unknown as { unmount(): void }).unmount());
    await expect.poll(() => page.workers().length).toBe(0);
  } finally {
    await site.stop();
  }
});
