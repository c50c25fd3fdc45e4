import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Built into `server/web/console`, where the server and the wheel pick it up. */
export default defineConfig({
  plugins: [react()],
  base: "/console/",
  build: {
    outDir: "../web/console",
    emptyOutDir: true,
    assetsDir: "assets",
    sourcemap: false,
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8420" } },
  test: { environment: "jsdom", include: ["src/**/*.test.{ts,tsx}"] },
});
