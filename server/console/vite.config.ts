import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const page = (name: string) => resolve(import.meta.dirname, name);

/** Three pages, one set of files, built into `server/web/console`, where the server and the wheel pick them up. */
export default defineConfig({
  plugins: [react()],
  base: "/console/",
  build: {
    outDir: "../web/console",
    emptyOutDir: true,
    assetsDir: "assets",
    assetsInlineLimit: 0,
    manifest: "manifest.json",
    sourcemap: false,
    target: ["es2020", "chrome80", "safari14"], // the syntax that phones of 2020 know
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: {
        console: page("index.html"),
        officer: page("officer.html"),
        party: page("party.html"),
        "officer-sw": page("src/officer/sw.ts"),
      },
      // A service worker keeps its name: browsers look for a newer one at the address they know.
      output: {
        entryFileNames: ({ name }) => (name === "officer-sw" ? "officer-sw.js" : "assets/[name]-[hash].js"),
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8420" } },
  test: { environment: "jsdom", include: ["src/**/*.test.{ts,tsx}"] },
});
