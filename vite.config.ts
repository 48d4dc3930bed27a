// Builds the window's page from ui/ into dist/, and runs its tests.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: "ui",
  clearScreen: false,
  plugins: [svelte({ configFile: false }), svelteTesting()],
  server: { strictPort: true },
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    // The content security policy allows no data: addresses, so every font and picture stays a file.
    assetsInlineLimit: 0,
  },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.ts"],
    setupFiles: ["tests/setup.ts"],
    // The contrast test reads the colours; other style sheets stay empty in tests.
    css: { include: /tokens\.css/ },
    restoreMocks: true,
  },
});
