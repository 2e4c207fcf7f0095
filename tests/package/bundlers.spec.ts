import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { createServer } from "vite";
import { BUNDLERS, outFolder } from "./bundlers.js";
import { PROJECT } from "./project.js";
import { expect, serve, test } from "./site.js";

interface Outcome {
  readonly worker?: string;
  readonly thread?: string;
  readonly error?: string;
}

async function redacts(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/`);
  const handle = await page.waitForFunction(() => (globalThis as unknown as { outcome?: Outcome }).outcome, undefined, { timeout: 100_000 });
  const outcome = (await handle.jsonValue()) as Outcome;
  const redacted = "Seen by Dr. [DOCTOR] on [DATE], BP 120/80.";
  expect(outcome).toEqual({ worker: redacted, thread: redacted });
}

for (const bundler of BUNDLERS) {
  test(`a bundle by ${bundler.name} redacts`, async ({ page }) => {
    const out = outFolder(bundler.name);
    await bundler.build(out);
    expect(existsSync(join(out, "app.js")), readdirSync(out).join()).toBe(true);
    const site = await serve(out, { script: "/app.js" });
    try {
      await redacts(page, site.origin);
    } finally {
      await site.stop();
    }
  });
}

test("Vite's development server serves it, pre-bundled", async ({ page }) => {
  const server = await createServer({
    root: PROJECT,
    configFile: false,
    logLevel: "error",
    cacheDir: outFolder("vite-cache"),
    // The package must be there at the first request: found late, it would reload the page.
    optimizeDeps: { include: ["scrubjay", "scrubjay/element"] },
    server: { host: "127.0.0.1", port: 0, hmr: false, ws: false },
    appType: "custom",
    plugins: [
      {
        name: "page",
        configureServer: ({ middlewares }) =>
          void middlewares.use((request, response, next) => {
            if (request.url === "/favicon.ico") return void response.writeHead(204).end();
            if (request.url !== "/") return next();
            response.setHeader("content-type", "text/html");
            response.end('<!doctype html><title>app</title><script type="module" src="/shipped.js"></script>');
          }),
      },
    ],
  });
  try {
    await server.listen();
    const address = server.httpServer?.address();
    if (address === null || address === undefined || typeof address === "string") throw new Error("the server does not listen");
    await redacts(page, `http://127.0.0.1:${address.port}`);
  } finally {
    await server.close();
  }
});
