import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

/** The system's browser: Playwright's own are never downloaded. */
const chromium = process.env["CHROMIUM"] ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));
if (chromium === undefined) throw new Error("no Chromium: run scripts/setup.sh, or set CHROMIUM");

export default defineConfig({
  testDir: ".",
  testIgnore: ".project/**",
  outputDir: "test-results",
  globalSetup: "./install.ts",
  reporter: "list",
  forbidOnly: true,
  retries: 0,
  workers: 1,
  timeout: 120_000,
  globalTimeout: 900_000,
  expect: { timeout: 60_000 },
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath: chromium,
      args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
  },
});
