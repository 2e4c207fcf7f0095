// Builds the page from the package as it is shipped (dist/lib), so that what works here works for its users.
import { resolve } from "node:path";
import { defineConfig } from "vite";

/** The page has the package's files in assets/ and says so: they need not be in its code's folder as well. */
const assetsOnce = {
  name: "assets-once",
  load: (id) => (id === resolve(import.meta.dirname, "dist/lib/shipped.js") ? "export const SHIPPED = undefined;" : undefined),
};

export default defineConfig({
  root: import.meta.dirname,
  // Relative, so that the page can lie in any folder of a server.
  base: "./",
  plugins: [assetsOnce],
  resolve: { alias: { scrubjay: resolve(import.meta.dirname, "dist/lib/index.js") } },
  worker: { format: "es" },
  build: {
    outDir: "dist/page",
    assetsDir: "code",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: true,
    // The content security policy knows neither inline scripts nor data URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
